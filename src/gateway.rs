//! The road once, in order: who asks, for what, out of which session, on which order; then what the
//! operation decides, what the acquirer says, and one durable commit before anything is answered.

mod notifications;
mod payment_links;
mod records;
mod tokens;

pub use payment_links::{Form, State, Visit};

use crate::acquirer;
use crate::auth::Merchants;
use crate::check::{self, Checked, shape};
use crate::domain::failure::{Failure, Fault, Rejection};
use crate::domain::merchant::Merchant;
use crate::domain::order::{EntryPoint, Order};
use crate::domain::quote::Quote;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Token;
use crate::domain::version::ApiVersion;
use crate::fields::Fields;
use crate::limits;
use crate::op::{self, Drawn, Found, Input, Op, Plan, Settled, TokenChange};
use crate::seams::Seams;
use crate::spec::dialect::{self, outgoing};
use crate::spec::operations::SessionUse;
use crate::spec::retirement::Retired;
use crate::store::{Change, Committed, Key, Kind, Store, StoreError};
use crate::webhooks::Webhooks;
use data_encoding::{BASE64, HEXLOWER};
use records::Records;
use std::future::Future;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Fields that say who asks for what. They are neither merged nor stored, and no part of what makes two
/// requests the same.
const CONTROL: &[&str] = &["apiPassword", "apiUsername", "correlationId", "merchant"];

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

/// A request whose caller and operation are known.
struct Request {
    version: ApiVersion,
    merchant: Arc<Merchant>,
    found: Found,
    fields: Fields,
    entry_point: EntryPoint,
    host: Option<String>,
    /// Empty where the operation makes no transaction, which alone can be repeated.
    fingerprint: String,
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
        answer.set_some("correlationId", correlation_id);
        outgoing::answer(version, &mut answer);
        Ok(answer)
    }

    /// Steps 3 to 5 of the order of checks: shape, caller, operation.
    fn understand(&self, inbound: Inbound) -> Result<(Request, Option<String>), Rejection> {
        let Inbound { version, mut fields, host } = inbound;
        shape::shape(&fields, version, &self.settings.policy)?;
        shape::drop_empty_text(&mut fields);
        let merchant = self.merchants.authenticate(&fields, version)?.merchant;
        let found = Op::find(&fields, version, &merchant)?;
        check::in_service(self.settings.retired, version, Some(found.row.name), self.seams.now())?;
        let correlation_id = fields.remove("correlationId");
        fields.retain(|name, _| !CONTROL.contains(&name.as_str()));
        let fingerprint = if found.op.adds_transaction() { self.fingerprint(&fields) } else { String::new() };
        dialect::to_newest(found.row.name, version, &mut fields);
        let entry_point = EntryPoint::WebServicesApi;
        Ok((Request { version, merchant, found, fields, entry_point, host, fingerprint }, correlation_id))
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
        let now = self.seams.now();
        let row = request.found.row;
        let mut records = Records::default();
        records.read(&self.store, request.keys(&request.fields), now).await?;
        let session = self.session(request, &records, now)?;
        // An operation about a session looks at the session itself, not at a request merged with it.
        let merged = session.as_ref().filter(|_| row.session == SessionUse::References);
        let merge = |order| request.found.op.merge(&request.fields, merged, order);
        let mut given = merge(None);
        // One more trip to the store, and only if the session names what the request does not.
        records.read(&self.store, request.keys(&given), now).await?;
        let mut order: Option<Order> = records.opened(request.order_key(&given).as_ref())?;
        if let Some(order) = &mut order {
            let Some(time) = self.time_of(request, order, &records, now).await? else {
                return Ok(Attempt::Lost { order: false });
            };
            order.settle(time);
        }
        // Only an operation about what was done on the order before leaves the session's card aside.
        if request.found.op.is_linked(order.as_ref()) {
            given = merge(order.as_ref());
        }
        let token: Option<Token> = records.opened::<Option<Token>>(request.token_key(&given).as_ref())?.flatten();
        let quote: Option<Quote> = records.opened(request.quote_key(&given).as_ref())?;

        if let (Some(order), true) = (&order, request.found.op.adds_transaction()) {
            let id = given.get("transaction.id").unwrap_or_default();
            let stored = op::stored_answer(&request.merchant, order, id, &request.fingerprint)?;
            if let Some((answer, version)) = stored {
                return Ok(Attempt::Repeated(answer, version));
            }
        }
        if request.names_session() {
            check::session(row, &request.fields, request.version, session.as_ref())?;
        }
        request.found.op.refuse_unexpected(&request.fields, order.as_ref())?;
        let has_expired = |expiry| acquirer::has_expired(expiry, request.merchant.simulator, now);
        if request.token_key(&given).is_some() {
            let has_expired = token.as_ref().is_some_and(|token| has_expired(token.expiry));
            check::token(row, &given, &request.merchant, token.as_ref(), has_expired)?;
        }
        check::quote(request.found.op.quote_named_in(&given), quote.as_ref())?;
        // Under the request and its session lies the card of a token, and over that one the card of an order; and
        // what a quote says.
        let mut beneath = token.as_ref().map(Token::fields);
        if let Some(quote) = &quote {
            beneath.get_or_insert_default().overlay(&quote.fields());
        }
        if let (Op::Tokenize, Some(id)) = (request.found.op, given.get("referenceOrderId")) {
            let card = self.card_of_order(request, order.as_ref()).await?;
            let card = check::card_of_order(id, order.as_ref(), card, &request.merchant)?;
            beneath.get_or_insert_default().overlay(&card);
        }
        let effective = match beneath {
            Some(mut fields) => {
                fields.overlay(&given);
                fields
            }
            None => given,
        };
        let checked = Checked::new(row, request.version, effective, &request.merchant)?;
        if lost_order {
            let answer = op::lock_failure(row.name, &request.merchant, checked.fields(), request.version, now);
            return Ok(Attempt::Answered(answer));
        }

        let card = checked.card().map(|card| self.card_hash(card.number.expose()));
        let token_of_card = match (request.found.op, &card) {
            (Op::Tokenize, Some(hash)) => self.token_of_card(request, hash, &mut records, now).await?,
            _ => None,
        };
        let found = match request.found.op {
            Op::SearchTokens => Some(self.search_tokens(request, &mut records, now).await?),
            _ => None,
        };
        let needs_chance = request.found.op.needs_chance();
        let plan = request.found.op.plan(&Input {
            merchant: &request.merchant,
            version: request.version,
            request: &request.fields,
            checked: &checked,
            session: session.as_ref(),
            order: order.as_ref(),
            token: token.as_ref(),
            token_of_card: token_of_card.as_ref(),
            quote: quote.as_ref(),
            found: found.as_ref(),
            has_expired: &has_expired,
            entry_point: &request.entry_point,
            address: needs_chance.then(|| self.address(request)).flatten().as_deref(),
            fingerprint: &request.fingerprint,
            card: card.as_deref().unwrap_or_default(),
            card_hash: &|digits| self.card_hash(digits),
            drawn: &if needs_chance { self.draw() } else { Drawn::default() },
            now,
        })?;
        // The simulator is in this process and does nothing that could be lost, so that claiming the
        // transaction and recording its outcome are one commit.
        let mut settled = match plan {
            Plan::Settle(settled) => settled,
            Plan::Ask { question, pending } => {
                pending.settle(acquirer::ask(&question, request.merchant.simulator, request.version, &self.seams))
            }
            Plan::AskBalance { question, inquiry } => {
                inquiry.settle(acquirer::balance(&question, request.merchant.simulator))
            }
        };
        if let (Some(order), Some(card)) = (&mut settled.order, checked.card()) {
            self.keep_card(request, order, card).await?;
        }
        if let (SessionUse::References, Some(mut used)) = (row.session, session) {
            used.drop_security_code();
            settled.session = Some(used);
        }
        if let (true, Some(used)) = (request.pays_with_token(), token.and_then(|token| token.after_use(now))) {
            settled.token = Some(TokenChange { id: used.id.clone(), token: Some(used), card: None });
        }
        if let (Some(order), Some(quote)) = (&settled.order, quote) {
            settled.quote = quote.after_use(order).map(Box::new);
        }
        let notifications = self.notifications(request, checked.fields(), settled.order.as_mut(), now)?;
        self.commit(request, settled, notifications, &records, now).await
    }

    fn session(&self, request: &Request, records: &Records, now: Timestamp) -> Result<Option<Session>, Fault> {
        let mut session: Option<Session> = records.opened(request.session_key().as_ref())?;
        if let Some(session) = &mut session {
            session.drop_security_code_if_old(i64::from(self.settings.security_code_ttl_seconds), now);
        }
        Ok(session)
    }

    async fn commit(
        &self,
        request: &Request,
        settled: Settled,
        notifications: Vec<Change>,
        records: &Records,
        now: Timestamp,
    ) -> Result<Attempt, Failure> {
        let mut changes = Vec::with_capacity(4);
        let change = |key: Key, expires, bytes| Change {
            replaces: records.version(&key),
            key,
            expires,
            wakes: None,
            listed: false,
            bytes,
        };
        if let Some(session) = &settled.session {
            let expires = now.plus_seconds(i64::from(self.settings.session_ttl_seconds));
            changes.push(change(request.key(Kind::Session, &session.id), Some(expires), records::written(session)?));
        }
        if let Some(TokenChange { id, token, card }) = &settled.token {
            // A deleted token leaves an empty record, so that its number never comes to stand for another card
            // unless a merchant says so.
            let stored = change(request.key_in_repository(id), None, records::written(token)?);
            changes.push(Change { listed: token.is_some(), ..stored });
            if let Some(hash) = card {
                let leads = request.key_in_repository(&tokens::card_id(hash));
                changes.push(change(leads, None, records::written(id)?));
            }
        }
        changes.extend(settled.link.as_deref().map(payment_links::made).transpose()?);
        if let Some(quote) = settled.quote.as_deref() {
            let key = request.key(Kind::Quote, &quote.id);
            changes.push(change(key, Some(quote.expires()), records::written(quote)?));
        }
        // The order last, so that its place says whether it was the order that was lost.
        let order_at = settled.order.as_ref().map(|_| changes.len());
        if let Some(order) = &settled.order {
            changes.push(change(request.key(Kind::Order, &order.id), None, records::written(order)?));
        }
        if changes.is_empty() {
            return Ok(Attempt::Answered(settled.answer));
        }
        let notifies = !notifications.is_empty();
        changes.extend(notifications);
        match self.store.commit(changes).await? {
            Committed::Done => {
                if notifies {
                    self.webhooks.hurry();
                }
                Ok(Attempt::Answered(settled.answer))
            }
            Committed::Lost { changes } => {
                Ok(Attempt::Lost { order: order_at.is_some_and(|order| changes.contains(&order)) })
            }
        }
    }

    /// A keyed hash over names and values, each with its length, so that no two requests run together.
    fn fingerprint(&self, fields: &Fields) -> String {
        let mut bytes = Zeroizing::new(Vec::with_capacity(1024));
        for (name, value) in fields.iter() {
            for text in [name.as_str(), value] {
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
        answer.set("gatewayVersion", concat!("nvpgate-", env!("CARGO_PKG_VERSION")));
        answer.set("status", "OPERATING");
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

impl Request {
    /// A failure whose field has the name that the request's API version has for it.
    fn in_its_words(&self, failure: Failure) -> Failure {
        match failure {
            Failure::Rejection(rejection) => {
                rejection.renamed(|name| dialect::spoken_name(self.found.row.name, self.version, name)).into()
            }
            fault => fault,
        }
    }

    fn names_session(&self) -> bool {
        match self.found.row.session {
            SessionUse::Target => true,
            SessionUse::References => self.session_key().is_some(),
            SessionUse::Creates | SessionUse::None => false,
        }
    }

    fn session_key(&self) -> Option<Key> {
        let id = match self.found.row.session {
            SessionUse::Target | SessionUse::References => self.fields.get("session.id"),
            SessionUse::Creates | SessionUse::None => None,
        };
        id.map(|id| self.key(Kind::Session, id))
    }

    fn order_key(&self, given: &Fields) -> Option<Key> {
        self.found.op.order_named_in(given).map(|id| self.key(Kind::Order, id))
    }

    fn token_key(&self, given: &Fields) -> Option<Key> {
        self.found.op.token_named_in(self.found.row, given).map(|id| self.key_in_repository(id))
    }

    fn quote_key(&self, given: &Fields) -> Option<Key> {
        self.found.op.quote_named_in(given).map(|id| self.key(Kind::Quote, id))
    }

    /// What `given`, the request's own fields or those over its session's, name.
    fn keys(&self, given: &Fields) -> Vec<Key> {
        let keys = [self.session_key(), self.order_key(given), self.token_key(given), self.quote_key(given)];
        keys.into_iter().flatten().collect()
    }

    /// Whether a token that it names is used, and not stored, read or deleted.
    fn pays_with_token(&self) -> bool {
        self.found.row.session == SessionUse::References && self.found.op.adds_transaction()
    }

    fn key(&self, kind: Kind, id: &str) -> Key {
        Key { kind, merchant: self.merchant.id.clone(), id: id.to_owned() }
    }

    /// A shared repository is one world for all its merchants.
    fn key_in_repository(&self, id: &str) -> Key {
        Key { kind: Kind::Token, merchant: self.merchant.tokens.id.clone(), id: id.to_owned() }
    }
}
