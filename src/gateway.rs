//! Carries a request from its fields to its answer: steps 3 to 12 of ARCHITECTURE.md, in their order.

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
use crate::dialect::{answers, requests};
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

/// The credentials and the correlation id of a request. The gateway neither merges nor stores these fields. Two
/// requests that differ in them alone are the same request.
const CONTROL: [Name; 4] = [names::API_PASSWORD, names::API_USERNAME, names::CORRELATION_ID, names::MERCHANT];

/// The configuration that operations depend on.
#[derive(Clone, Debug)]
pub struct GatewaySettings {
    /// Seconds a session lives after its last creation, update or use.
    pub session_ttl_seconds: u32,
    /// Seconds a security code stays in a session after the update that stored it.
    pub security_code_ttl_seconds: u32,
    /// Rules for the shape of a request.
    pub policy: shape::Policy,
    /// The gateway's answer to API versions that are switched off.
    pub retired: Retired,
    /// The address at which payers reach the gateway, where the configuration names one.
    pub public_url: Option<String>,
}

/// A request as a face has read it.
pub struct Inbound {
    /// The API version of the address.
    pub version: ApiVersion,
    /// The fields of the body.
    pub fields: Fields,
    /// The credentials.
    pub offered: Offered,
    /// The host as the client names it.
    pub host: Option<String>,
}

/// One gateway: merchants, a store, and the tables. All workers share one gateway.
pub struct Gateway {
    settings: GatewaySettings,
    merchants: Merchants,
    store: Store,
    environment: Environment,
    webhooks: Webhooks,
    unknown_names: UnknownNames,
}

/// The end of one attempt to carry out a request.
enum Attempt {
    /// The answer, and the API version in whose form the gateway writes the answer.
    Answered(Fields, ApiVersion),
    /// Another request changed a record meanwhile. This attempt wrote nothing.
    Lost { order: bool },
}

impl Gateway {
    /// A gateway over a store.
    pub fn new(settings: GatewaySettings, merchants: Merchants, store: Store, environment: Environment) -> Gateway {
        let webhooks = Webhooks::new(store.clone(), merchants.clone(), environment.clone(), settings.policy.targets);
        let unknown_names = UnknownNames::default();
        Gateway { settings, merchants, store, environment, webhooks, unknown_names }
    }

    /// Whether the gateway answers an API version. This check comes before the body is read, when the merchant is
    /// unknown. A version is refused here once every merchant's clock has reached the day on which it is switched
    /// off.
    ///
    /// # Errors
    /// The operator refuses versions that are switched off, and `version` is switched off.
    pub fn admit(&self, version: ApiVersion) -> Result<(), Rejection> {
        check::in_service(self.settings.retired, version, None, self.environment.earliest())
    }

    /// Carries out one request. The answer is returned only after its changes are durable.
    ///
    /// # Errors
    /// A rejection for the caller, or a fault for the log. `exchange` says at which step.
    pub async fn answer(&self, inbound: Inbound, exchange: &mut Exchange) -> Result<Fields, Failure> {
        let answered = self.answer_in_its_version(inbound, exchange).await;
        if let Err(failure) = &answered {
            exchange.set_failure(failure);
        }
        answered
    }

    async fn answer_in_its_version(&self, inbound: Inbound, exchange: &mut Exchange) -> Result<Fields, Failure> {
        let (request, correlation_id) = self.understand(inbound, exchange).await?;
        let carried_out = self.carry_out(&request, exchange).await;
        let (mut answer, version) = carried_out.map_err(|failure| request.in_its_names(failure))?;
        exchange.reach(Step::Answer);
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
        exchange.reach(Step::Shape);
        self.unknown_names.see(&shape::shape(&fields, version, &self.settings.policy)?);
        shape::drop_empty_text(&mut fields);
        exchange.reach(Step::Caller);
        let caller = self.caller(&offered).await?;
        if matches!(caller, Caller::Payer { .. }) {
            // No operation is open to a payer.
            return Err(auth::invalid_credentials().into());
        }
        let merchant = caller.merchant();
        exchange.set_merchant(&merchant.id);
        exchange.reach(Step::Operation);
        let world = self.environment.world(&merchant.id);
        // The merchant's clock may be ahead of the earliest clock.
        check::in_service(self.settings.retired, version, None, world.now())?;
        let op = op::find(&fields, version, merchant)?;
        exchange.set_operation(op);
        check::in_service(self.settings.retired, version, Some(op), world.now())?;
        let correlation_id = fields.remove(names::CORRELATION_ID).map(String::from);
        fields.retain(|name, _| !CONTROL.iter().any(|control| name == control));
        let fingerprint = if op.row().adds_transaction() { self.fingerprint(&fields) } else { String::new() };
        requests::to_newest(op, version, &mut fields);
        let entry_point = EntryPoint::WebServicesApi;
        Ok((Request { version, caller, world, op, fields, entry_point, link: None, host, fingerprint }, correlation_id))
    }

    /// Step 4: the caller. The record of a session proves the claim of a payer.
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

    /// Steps 6 to 11. Another request may change a record meanwhile. Then the steps start again.
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

    /// Steps 6 to 11 once. `order_was_lost` says that another request changed the order during an earlier attempt.
    async fn attempt(
        &self,
        request: &Request,
        order_was_lost: bool,
        exchange: &mut Exchange,
    ) -> Result<Attempt, Failure> {
        let now = request.world.now();
        exchange.reach(Step::Load);
        let Some((mut loaded, given)) = self.load(request, now).await? else {
            return Ok(Attempt::Lost { order: false });
        };
        exchange.reach(Step::Replay);
        if let Some(replayed) = loaded.replayed(request, &given)? {
            return Ok(Attempt::Answered(replayed.answer, replayed.version));
        }
        exchange.reach(Step::Check);
        loaded
            .check(request, &given, now, |expiry| acquirer::has_expired(expiry, request.merchant().simulator, now))?;
        let effective = self.effective(request, &loaded, given, exchange).await?;
        let is_form = request.link.is_some();
        // The fields of a payment link were checked at the time when the merchant made the link.
        let asked_now = (!is_form).then_some(now);
        let checked = Checked::new(request.op.row(), request.version, effective, request.merchant(), asked_now)?;
        let asked = Asked {
            op: request.op,
            version: request.version,
            merchant: request.merchant(),
            request: &request.fields,
            checked: &checked,
            now,
        };
        if order_was_lost && !is_form {
            return Ok(Attempt::Answered(op::lock_failure(&asked), request.version));
        }
        exchange.reach(Step::Decide);
        let plan = self.decide(request, asked, &mut loaded).await?;
        exchange.reach(Step::Acquirer);
        let decision = self.ask(request, plan, exchange);
        exchange.reach(Step::Commit);
        self.commit(request, decision, loaded, &checked, now).await
    }

    /// Step 9: gives the operation the context of its family.
    async fn decide(&self, request: &Request, asked: Asked<'_>, loaded: &mut Loaded) -> Result<Plan, Failure> {
        let hash = |digits: &str| self.card_hash(digits);
        let has_expired = |expiry| acquirer::has_expired(expiry, request.merchant().simulator, asked.now);
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

    /// Step 10: asks the acquirer where the plan has a question. The simulator runs in this process and has no
    /// effects that a crash could lose. One commit therefore both claims the transaction and records its outcome.
    fn ask(&self, request: &Request, plan: Plan, exchange: &mut Exchange) -> Decision {
        let simulator = request.merchant().simulator;
        let mut ask = |question: &_| {
            let (reply, trigger) = acquirer::ask(question, simulator, request.version, &request.world);
            exchange.set_trigger(trigger);
            reply
        };
        match plan {
            Plan::Decided(decision) => decision,
            Plan::Transaction(question, pending) => pending.complete(ask(&question)),
            Plan::Token(question, pending) => pending.complete(&ask(&question)),
            Plan::Balance(question, pending) => pending.complete(acquirer::balance(&question, simulator)),
        }
    }

    /// A keyed hash over names and values. Each text is hashed with its length, so that two different requests never
    /// give the same bytes.
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

    /// Deletes the records that have expired by every merchant's clock. Returns the number of deleted records.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn sweep(&self) -> Result<u64, StoreError> {
        self.store.sweep(self.environment.earliest()).await
    }

    /// Commits the waiting changes and closes the store.
    pub fn close(&self) {
        self.store.close();
    }
}
