//! The road once, in order: who asks, for what, out of which session, on which order; then what the
//! operation decides, what the acquirer says, and one durable commit before anything is answered.

mod loaded;
mod notifications;
mod outcome;
mod payment_links;
mod records;
mod request;
mod tokens;

pub use payment_links::{Form, State, Visit};

use crate::acquirer;
use crate::auth::Merchants;
use crate::check::{self, Checked, shape};
use crate::domain::failure::{Failure, Rejection};
use crate::domain::order::EntryPoint;
use crate::fields::{Fields, Name, names};
use crate::limits;
use crate::op::{self, Drawn, Input, Plan};
use crate::seams::Seams;
use crate::spec::dialect::{self, outgoing};
use crate::spec::operations::Op;
use crate::spec::retirement::Retired;
use crate::spec::versions::ApiVersion;
use crate::store::{Store, StoreError};
use crate::webhooks::Webhooks;
use data_encoding::{BASE64, HEXLOWER};
use records::Records;
use request::Request;
use std::future::Future;
use zeroize::Zeroizing;

/// Fields that say who asks for what. They are neither merged nor stored, and no part of what makes two
/// requests the same.
const CONTROL: [Name; 4] = [names::API_PASSWORD, names::API_USERNAME, names::CORRELATION_ID, names::MERCHANT];

/// What of the configuration the operations depend on.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Seconds a session lives after it was last created, updated or used.
    pub session_ttl_seconds: u32,
    /// Seconds a security code stays in a session after it was written.
    pub security_code_ttl_seconds: u32,
    /// What the shape of a request may be.
    pub policy: shape::Policy,
    /// What becomes of API versions that have been switched off.
    pub retired: Retired,
    /// The address that payers reach the gateway at, if the configuration says it.
    pub public_url: Option<String>,
}

/// A request as a codec has read it.
pub struct Inbound {
    /// The API version of its address.
    pub version: ApiVersion,
    /// Its fields.
    pub fields: Fields,
    /// The host that it was sent to, as the client calls it.
    pub host: Option<String>,
}

/// One gateway: merchants, a store, and the tables in between. Shared by all workers.
pub struct Gateway {
    settings: Settings,
    merchants: Merchants,
    store: Store,
    seams: Seams,
    webhooks: Webhooks,
}

/// How one attempt to carry a request out ended.
enum Attempt {
    Answered(Fields),
    /// What the same request was answered, in the version that it was made in.
    Repeated(Fields, ApiVersion),
    /// Somebody else changed a record in between; nothing was written.
    Lost {
        order: bool,
    },
}

impl Gateway {
    /// A gateway over a store.
    pub fn new(settings: Settings, merchants: Merchants, store: Store, seams: Seams) -> Gateway {
        let webhooks = Webhooks::new(store.clone(), merchants.clone(), seams.clone(), settings.policy.targets);
        Gateway { settings, merchants, store, seams, webhooks }
    }

    /// Whether an API version is answered at all; step 1 of the order of checks, before any body is looked at.
    pub fn admit(&self, version: ApiVersion) -> Result<(), Rejection> {
        check::in_service(self.settings.retired, version, None, self.seams.now())
    }

    /// Carries one request out. Whatever it answers has been stored durably before.
    pub async fn answer(&self, inbound: Inbound) -> Result<Fields, Failure> {
        let (request, correlation_id) = self.understand(inbound)?;
        let carried_out = self.carry_out(&request).await;
        let (mut answer, version) = carried_out.map_err(|failure| request.in_its_words(failure))?;
        answer.set_some(names::CORRELATION_ID, correlation_id);
        outgoing::answer(version, &mut answer);
        Ok(answer)
    }

    /// Steps 3 to 5 of the order of checks: shape, caller, operation.
    fn understand(&self, inbound: Inbound) -> Result<(Request, Option<String>), Rejection> {
        let Inbound { version, mut fields, host } = inbound;
        shape::shape(&fields, version, &self.settings.policy)?;
        shape::drop_empty_text(&mut fields);
        let merchant = self.merchants.authenticate(&fields, version)?.merchant;
        let op = op::find(&fields, version, &merchant)?;
        check::in_service(self.settings.retired, version, Some(op), self.seams.now())?;
        let correlation_id = fields.remove(names::CORRELATION_ID).map(String::from);
        fields.retain(|name, _| !CONTROL.iter().any(|control| name == control));
        let fingerprint = if op.row().adds_transaction() { self.fingerprint(&fields) } else { String::new() };
        dialect::to_newest(op, version, &mut fields);
        let entry_point = EntryPoint::WebServicesApi;
        Ok((Request { version, merchant, op, fields, entry_point, host, fingerprint }, correlation_id))
    }

    /// The answer, and the version whose names it is to have.
    async fn carry_out(&self, request: &Request) -> Result<(Fields, ApiVersion), Failure> {
        let mut lost_order = false;
        for _ in 0..limits::COMMIT_ATTEMPTS {
            match self.attempt(request, lost_order).await? {
                Attempt::Answered(answer) => return Ok((answer, request.version)),
                Attempt::Repeated(answer, version) => return Ok((answer, version)),
                Attempt::Lost { order } => lost_order |= order,
            }
        }
        Err(Rejection::busy().into())
    }

    /// Steps 6 to 14, the acquirer and the commit. `lost_order` says that an earlier attempt met another
    /// operation on the same order.
    async fn attempt(&self, request: &Request, lost_order: bool) -> Result<Attempt, Failure> {
        let (op, row) = (request.op, request.op.row());
        let now = self.seams.now();
        let mut records = Records::default();
        let Some(mut loaded) = self.load(request, &mut records, now).await? else {
            return Ok(Attempt::Lost { order: false });
        };
        if let Some((answer, version)) = loaded.stored_answer(request)? {
            return Ok(Attempt::Repeated(answer, version));
        }
        let has_expired = |expiry| acquirer::has_expired(expiry, request.merchant.simulator, now);
        loaded.check(request, has_expired)?;
        let effective = self.effective(request, &mut loaded).await?;
        // What a payment link says was held against the time at which it was made.
        let asked_now = (request.entry_point == EntryPoint::WebServicesApi).then_some(now);
        let checked = Checked::new(row, request.version, effective, &request.merchant, asked_now)?;
        if lost_order {
            let answer = op::lock_failure(op, &request.merchant, checked.fields(), request.version, now);
            return Ok(Attempt::Answered(answer));
        }

        let card = checked.card().map(|card| self.card_hash(card.number.expose()));
        let token_of_card = match (op, &card) {
            (Op::ManageCard | Op::Tokenize, Some(hash)) => self.token_of_card(request, hash, &mut records, now).await?,
            _ => None,
        };
        let found = match op {
            Op::SearchTokens => Some(self.search_tokens(request, &mut records, now).await?),
            _ => None,
        };
        let plan = op::plan(
            op,
            &Input {
                merchant: &request.merchant,
                version: request.version,
                request: &request.fields,
                checked: &checked,
                session: loaded.session.as_ref(),
                order: loaded.order.as_ref(),
                token: loaded.token.as_ref(),
                token_of_card: token_of_card.as_ref(),
                quote: loaded.quote.as_ref(),
                found: found.as_ref(),
                has_expired: &has_expired,
                entry_point: &request.entry_point,
                address: row.draws.then(|| self.address(request)).flatten().as_deref(),
                fingerprint: &request.fingerprint,
                card: card.as_deref().unwrap_or_default(),
                card_hash: &|digits| self.card_hash(digits),
                drawn: &if row.draws { self.draw() } else { Drawn::default() },
                now,
            },
        )?;
        // The simulator is in this process and does nothing that could be lost, so that claiming the
        // transaction and recording its outcome are one commit.
        let settled = match plan {
            Plan::Settle(settled) => settled,
            Plan::Ask { question, pending } => {
                pending.settle(acquirer::ask(&question, request.merchant.simulator, request.version, &self.seams))
            }
            Plan::AskBalance { question, inquiry } => {
                inquiry.settle(acquirer::balance(&question, request.merchant.simulator))
            }
        };
        self.conclude(request, settled, loaded, &checked, &records, now).await
    }

    /// A keyed hash over names and values, each with its length, so that no two requests run together.
    fn fingerprint(&self, fields: &Fields) -> String {
        let mut bytes = Zeroizing::new(Vec::with_capacity(1024));
        for (name, value) in fields.iter() {
            for text in [&*name.text(), value] {
                bytes.extend_from_slice(&(text.len() as u64).to_le_bytes());
                bytes.extend_from_slice(text.as_bytes());
            }
        }
        self.keyed_hash("request", &bytes)
    }

    fn keyed_hash(&self, purpose: &str, bytes: &[u8]) -> String {
        BASE64.encode(&self.store.keyed_hash(purpose, bytes))
    }

    fn draw(&self) -> Drawn {
        const UPPER: &[u8] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        Drawn {
            session_id: format!("SESSION0002{}", self.seams.characters(UPPER, 20)),
            session_version: HEXLOWER.encode(&self.seams.bytes(4)),
            aes256_key: BASE64.encode(&self.seams.bytes(32)),
            conversion_id: self.seams.characters(UPPER, 20),
            success_indicator: HEXLOWER.encode(&self.seams.bytes(8)),
            link_id: format!("PAYLINK0001{}", self.seams.characters(UPPER, 20)),
            token_digits: self.seams.characters(b"0123456789", 15),
        }
    }

    /// The answer to the gateway check, which needs no credentials (documented: `status`, `gatewayVersion`).
    pub fn information(&self) -> Fields {
        let mut answer = Fields::new();
        answer.set(names::GATEWAY_VERSION, concat!("nvpgate-", env!("CARGO_PKG_VERSION")));
        answer.set(names::STATUS, "OPERATING");
        answer
    }

    /// Whether the store answers.
    pub async fn ready(&self) -> Result<(), StoreError> {
        self.store.ready().await
    }

    /// Delivers notifications until `stop` is done.
    pub async fn deliver_notifications(&self, stop: impl Future<Output = ()>) {
        self.webhooks.deliver(stop).await;
    }

    /// Deletes what has expired and says how much it was.
    pub async fn sweep(&self) -> Result<u64, StoreError> {
        self.store.sweep(self.seams.now()).await
    }

    /// Commits what waits and closes the store.
    pub fn close(&self) {
        self.store.close();
    }
}
