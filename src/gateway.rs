//! Carries a request from its fields to its answer: steps 3 to 12 of ARCHITECTURE.md, once and in their order.

mod commit;
mod exchange;
mod load;
mod notifications;
mod payment_links;
mod random;
mod records;
mod request;
mod tokens;
mod unknown_names;

pub use exchange::{Exchange, Origin, Step};
pub use payment_links::OpenedLink;

use crate::acquirer;
use crate::auth::{self, Caller, Offered};
use crate::check::{self, Checked, shape};
use crate::dialect::answers;
use crate::domain::failure::Failure;
use crate::domain::order::EntryPoint;
use crate::domain::rejection::Rejection;
use crate::domain::session::Session;
use crate::environment::Environment;
use crate::fields::{Fields, Name, names};
use crate::limits;
use crate::merchants::Merchants;
use crate::op::{
    self, Asked, Decision, Handler, InquiryContext, OrderContext, Plan, SearchContext, SessionContext, TokenContext,
};
use crate::spec::dialect;
use crate::spec::retirement::Retired;
use crate::spec::versions::ApiVersion;
use crate::store::{Key, Kind, Store, StoreError};
use crate::webhooks::Webhooks;
use data_encoding::BASE64;
use load::Loaded;
use records::Records;
use request::Request;
use std::future::Future;
use unknown_names::UnknownNames;
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

/// A request as a face has read it.
pub struct Inbound {
    /// The API version of its address.
    pub version: ApiVersion,
    /// Its fields.
    pub fields: Fields,
    /// Its credentials.
    pub offered: Offered,
    /// The host that it was sent to, as the client calls it.
    pub host: Option<String>,
}

/// One gateway: merchants, a store, and the tables in between. Shared by all workers.
pub struct Gateway {
    settings: Settings,
    merchants: Merchants,
    store: Store,
    environment: Environment,
    webhooks: Webhooks,
    unknown_names: UnknownNames,
}

/// How one attempt to carry a request out ended.
enum Attempt {
    /// Its answer, and the API version in whose form the answer is written.
    Answered(Fields, ApiVersion),
    /// Another request changed a record in between. Nothing was written.
    Lost { order: bool },
}

impl Gateway {
    /// A gateway over a store.
    pub fn new(settings: Settings, merchants: Merchants, store: Store, environment: Environment) -> Gateway {
        let webhooks = Webhooks::new(store.clone(), merchants.clone(), environment.clone(), settings.policy.targets);
        let unknown_names = UnknownNames::default();
        Gateway { settings, merchants, store, environment, webhooks, unknown_names }
    }

    /// Whether an API version is answered at all, which is asked before any body is looked at. The merchant is not known
    /// yet, so that a version is refused here once it is switched off by every merchant's clock.
    ///
    /// # Errors
    /// The operator refuses versions that were switched off, and this is one.
    pub fn admit(&self, version: ApiVersion) -> Result<(), Rejection> {
        check::in_service(self.settings.retired, version, None, self.environment.earliest())
    }

    /// Carries one request out. Whatever it answers has been stored durably before.
    ///
    /// # Errors
    /// A rejection for the caller, or a fault for the log. `exchange` says at which step.
    pub async fn answer(&self, inbound: Inbound, exchange: &mut Exchange) -> Result<Fields, Failure> {
        let (request, correlation_id) = self.understand(inbound, exchange).await?;
        let carried_out = self.carry_out(&request, exchange).await;
        let (mut answer, version) = carried_out.map_err(|failure| request.in_its_names(failure))?;
        exchange.at(Step::Answer);
        answer.set_some(names::CORRELATION_ID, correlation_id);
        answers::answer(version, &mut answer);
        Ok(answer)
    }

    /// Steps 3 to 5: the shape of the fields, the caller and the operation.
    async fn understand(
        &self,
        inbound: Inbound,
        exchange: &mut Exchange,
    ) -> Result<(Request, Option<String>), Failure> {
        let Inbound { version, mut fields, offered, host } = inbound;
        exchange.at(Step::Shape);
        self.unknown_names.see(&shape::shape(&fields, version, &self.settings.policy)?);
        shape::drop_empty_text(&mut fields);
        exchange.at(Step::Caller);
        let Caller::Merchant(merchant) = self.caller(&offered).await? else {
            // No operation lets a payer in yet.
            return Err(auth::invalid_credentials().into());
        };
        exchange.is_of(&merchant.id);
        exchange.at(Step::Operation);
        let world = self.environment.world(&merchant.id);
        // The merchant's clock may have reached a day that another clock has not.
        check::in_service(self.settings.retired, version, None, world.now())?;
        let op = op::find(&fields, version, &merchant)?;
        exchange.asks_for(op);
        check::in_service(self.settings.retired, version, Some(op), world.now())?;
        let correlation_id = fields.remove(names::CORRELATION_ID).map(String::from);
        fields.retain(|name, _| !CONTROL.iter().any(|control| name == control));
        let fingerprint = if op.row().adds_transaction() { self.fingerprint(&fields) } else { String::new() };
        dialect::to_newest(op, version, &mut fields);
        let entry_point = EntryPoint::WebServicesApi;
        Ok((
            Request { version, merchant, world, op, fields, entry_point, link: None, host, fingerprint },
            correlation_id,
        ))
    }

    /// Step 4: who speaks. The claim of a payer is proved by the record of a session.
    async fn caller(&self, offered: &Offered) -> Result<Caller, Failure> {
        let claim = auth::claim(&self.merchants, offered);
        let key = claim.session().map(|(merchant, id)| Key {
            kind: Kind::Session,
            merchant: merchant.clone(),
            id: id.to_owned(),
        });
        let mut records = Records::default();
        if let Some(key) = &key {
            records.read(&self.store, vec![key.clone()], self.environment.world(&key.merchant).now()).await?;
        }
        let session: Option<Session> = records.opened(key.as_ref())?;
        Ok(claim.prove(session.as_ref())?)
    }

    /// Steps 6 to 11, again where another request changed a record in between.
    async fn carry_out(&self, request: &Request, exchange: &mut Exchange) -> Result<(Fields, ApiVersion), Failure> {
        let mut order_was_lost = false;
        for _ in 0..limits::COMMIT_ATTEMPTS {
            exchange.begin_attempt();
            match self.attempt(request, order_was_lost, exchange).await? {
                Attempt::Answered(answer, version) => return Ok((answer, version)),
                Attempt::Lost { order } => order_was_lost |= order,
            }
        }
        Err(Rejection::busy().into())
    }

    /// Steps 6 to 11 once. `order_was_lost` says that an earlier attempt met another operation on the same order.
    async fn attempt(
        &self,
        request: &Request,
        order_was_lost: bool,
        exchange: &mut Exchange,
    ) -> Result<Attempt, Failure> {
        let now = request.world.now();
        exchange.at(Step::Load);
        let Some(mut loaded) = self.load(request, now).await? else {
            return Ok(Attempt::Lost { order: false });
        };
        exchange.at(Step::Replay);
        if let Some(replayed) = loaded.replayed(request)? {
            return Ok(Attempt::Answered(replayed.answer, replayed.version));
        }
        exchange.at(Step::Check);
        loaded.check(request, now, |expiry| acquirer::has_expired(expiry, request.merchant.simulator, now))?;
        let effective = self.effective(request, &mut loaded, exchange).await?;
        let is_form = request.link.is_some();
        // What a payment link says was held against the time at which the link was made.
        let asked_now = (!is_form).then_some(now);
        let checked = Checked::new(request.op.row(), request.version, effective, &request.merchant, asked_now)?;
        let asked = Asked {
            op: request.op,
            version: request.version,
            merchant: &request.merchant,
            request: &request.fields,
            checked: &checked,
            now,
        };
        if order_was_lost && !is_form {
            return Ok(Attempt::Answered(op::lock_failure(&asked), request.version));
        }
        exchange.at(Step::Decide);
        let plan = self.decide(request, asked, &mut loaded).await?;
        exchange.at(Step::Acquirer);
        let decision = self.ask(request, plan, exchange);
        exchange.at(Step::Commit);
        self.commit(request, decision, loaded, &checked, now).await
    }

    /// Step 9: hands the operation the context of its family.
    async fn decide(&self, request: &Request, asked: Asked<'_>, loaded: &mut Loaded) -> Result<Plan, Failure> {
        let hash = |digits: &str| self.card_hash(digits);
        let has_expired = |expiry| acquirer::has_expired(expiry, request.merchant.simulator, asked.now);
        let random = &request.world;
        let plan = match op::handler(request.op) {
            None => Err(op::not_offered(request.op)),
            Some(Handler::Session(decide)) => {
                let address = self.address(request);
                decide(SessionContext { asked, session: loaded.session.take(), address: address.as_deref(), random })
            }
            Some(Handler::Order(decide)) => decide(OrderContext {
                asked,
                order: loaded.order.take(),
                quote: loaded.quote.as_ref(),
                entry_point: &request.entry_point,
                fingerprint: &request.fingerprint,
                hash: &hash,
            }),
            Some(Handler::Token(decide)) => {
                let number = asked.checked.card().map(|card| card.number.expose());
                let token_of_card = self.token_of_card(request, number, &mut loaded.records, asked.now).await?;
                let (token, token_of_card) = (loaded.token.as_ref(), token_of_card.as_ref());
                decide(TokenContext { asked, token, token_of_card, has_expired: &has_expired, hash: &hash, random })
            }
            Some(Handler::Search(decide)) => {
                let page = self.search_tokens(request, &mut loaded.records, asked.now).await?;
                decide(SearchContext { asked, page: &page, has_expired: &has_expired })
            }
            Some(Handler::Inquiry(decide)) => decide(InquiryContext { asked, hash: &hash, random }),
        };
        Ok(plan?)
    }

    /// Step 10: asks the acquirer where the plan has a question. The simulator is in this process and does nothing that
    /// could be lost, so that claiming the transaction and recording its outcome are one commit.
    fn ask(&self, request: &Request, plan: Plan, exchange: &mut Exchange) -> Decision {
        let simulator = request.merchant.simulator;
        let mut ask = |question: &_| {
            let (reply, trigger) = acquirer::ask(question, simulator, request.version, &request.world);
            exchange.triggered(trigger);
            reply
        };
        match plan {
            Plan::Decided(decision) => decision,
            Plan::Transaction(question, pending) => pending.complete(ask(&question)),
            Plan::Token(question, pending) => pending.complete(&ask(&question)),
            Plan::Balance(question, pending) => pending.complete(acquirer::balance(&question, simulator)),
        }
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

    /// The answer to the gateway check, which needs no credentials (documented: `status`, `gatewayVersion`).
    pub fn information(&self) -> Fields {
        let mut answer = Fields::new();
        answer.set(names::GATEWAY_VERSION, concat!("nvpgate-", env!("CARGO_PKG_VERSION")));
        answer.set(names::STATUS, "OPERATING");
        answer
    }

    /// Whether the store answers.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn ready(&self) -> Result<(), StoreError> {
        self.store.ready().await
    }

    /// Delivers notifications until `stop` is done.
    pub async fn deliver_notifications(&self, stop: impl Future<Output = ()>) {
        self.webhooks.deliver(stop).await;
    }

    /// Deletes what has expired by every merchant's clock and says how much it was.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn sweep(&self) -> Result<u64, StoreError> {
        self.store.sweep(self.environment.earliest()).await
    }

    /// Commits what waits and closes the store.
    pub fn close(&self) {
        self.store.close();
    }
}
