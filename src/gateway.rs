//! The road once, in order: who asks, for what, out of which session, on which order; then what the
//! operation decides, what the acquirer says, and one durable commit before anything is answered.

use crate::acquirer;
use crate::auth::Merchants;
use crate::check::{self, Checked, shape};
use crate::domain::failure::{Failure, Fault, Mistake, Rejection};
use crate::domain::merchant::Merchant;
use crate::domain::order::Order;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::domain::version::ApiVersion;
use crate::fields::Fields;
use crate::limits;
use crate::op::{self, Drawn, Found, Input, Op, Plan, Settled};
use crate::seams::Seams;
use crate::spec::dialect::{self, outgoing};
use crate::spec::operations::SessionUse;
use crate::spec::retirement::Retired;
use crate::store::{Change, Committed, Key, Kind, Record, Store};
use data_encoding::{BASE64, HEXLOWER};
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
}

/// A request as a codec has read it.
pub struct Inbound {
    /// The API version of its address.
    pub version: ApiVersion,
    /// Its fields.
    pub fields: Fields,
}

/// One gateway: merchants, a store, and the tables in between. Shared by all workers.
pub struct Gateway {
    settings: Settings,
    merchants: Merchants,
    store: Store,
    seams: Seams,
}

/// A request whose caller and operation are known.
struct Request {
    version: ApiVersion,
    merchant: Arc<Merchant>,
    found: Found,
    fields: Fields,
    /// Empty where the operation makes no transaction, which alone can be repeated.
    fingerprint: String,
}

/// A record as it was read: what is in it, and which version of it a change must replace.
struct Loaded<T> {
    value: T,
    version: u64,
}

/// How one attempt to carry a request out ended.
enum Attempt {
    Answered(Fields),
    /// Somebody else changed a record in between; nothing was written.
    Lost {
        order: bool,
    },
}

impl Gateway {
    /// A gateway over a store.
    pub fn new(settings: Settings, merchants: Merchants, store: Store, seams: Seams) -> Gateway {
        Gateway { settings, merchants, store, seams }
    }

    /// Whether an API version is answered at all; step 1 of the order of checks, before any body is looked at.
    pub fn admit(&self, version: ApiVersion) -> Result<(), Rejection> {
        check::in_service(self.settings.retired, version, None, self.seams.now())
    }

    /// Carries one request out. Whatever it answers has been stored durably before.
    pub async fn answer(&self, inbound: Inbound) -> Result<Fields, Failure> {
        let (request, correlation_id) = self.understand(inbound.version, inbound.fields)?;
        let mut answer = self.carry_out(&request).await.map_err(|failure| request.in_its_words(failure))?;
        answer.set_some("correlationId", correlation_id);
        outgoing::answer(request.version, &mut answer);
        Ok(answer)
    }

    /// Steps 3 to 5 of the order of checks: shape, caller, operation.
    fn understand(&self, version: ApiVersion, mut fields: Fields) -> Result<(Request, Option<String>), Rejection> {
        shape::shape(&fields, version, &self.settings.policy)?;
        shape::drop_empty_text(&mut fields);
        let merchant = self.merchants.authenticate(&fields, version)?.merchant;
        let found = Op::find(&fields, version, &merchant)?;
        check::in_service(self.settings.retired, version, Some(found.row.name), self.seams.now())?;
        let correlation_id = fields.remove("correlationId");
        fields.retain(|name, _| !CONTROL.contains(&name.as_str()));
        let fingerprint = if found.op.adds_transaction() { self.fingerprint(&fields) } else { String::new() };
        dialect::to_newest(found.row.name, version, &mut fields);
        Ok((Request { version, merchant, found, fields, fingerprint }, correlation_id))
    }

    async fn carry_out(&self, request: &Request) -> Result<Fields, Failure> {
        let mut lost_order = false;
        for _ in 0..limits::COMMIT_ATTEMPTS {
            match self.attempt(request, lost_order).await? {
                Attempt::Answered(answer) => return Ok(answer),
                Attempt::Lost { order } => lost_order |= order,
            }
        }
        // Wording observed, the two spaces included.
        let words = "Operation temporarily rejected because the system is busy.  Try again in 10 seconds.";
        Err(Rejection::general(Mistake::Busy, words).into())
    }

    /// Steps 6 to 13, the acquirer and the commit. `lost_order` says that an earlier attempt met another
    /// operation on the same order.
    async fn attempt(&self, request: &Request, lost_order: bool) -> Result<Attempt, Failure> {
        let now = self.seams.now();
        let (session, order) = self.load(request, now).await?;
        let row = request.found.row;
        let known_order = order.as_ref().map(|loaded| &loaded.value);
        // An operation about a session looks at the session itself, not at a request merged with it.
        let merged = session.as_ref().filter(|_| row.session == SessionUse::References);
        let effective = request.found.op.merge(&request.fields, merged.map(|loaded| &loaded.value), known_order);

        if let (Some(order), true) = (&order, request.found.op.adds_transaction()) {
            let id = effective.get("transaction.id").unwrap_or_default();
            let stored = op::stored_answer(&request.merchant, &order.value, id, &request.fingerprint)?;
            if let Some(answer) = stored {
                return Ok(Attempt::Answered(answer));
            }
        }
        if request.names_session() {
            check::session(row, &request.fields, request.version, session.as_ref().map(|loaded| &loaded.value))?;
        }
        request.found.op.refuse_unexpected(&request.fields, known_order)?;
        let checked = Checked::new(row, request.version, effective, &request.merchant)?;
        if lost_order {
            let answer = op::lock_failure(row.name, &request.merchant, checked.fields(), request.version, now);
            return Ok(Attempt::Answered(answer));
        }

        let card = checked.card().map(|card| self.keyed_hash("card", card.number.expose().as_bytes()));
        let plan = request.found.op.plan(&Input {
            merchant: &request.merchant,
            version: request.version,
            request: &request.fields,
            checked: &checked,
            session: session.as_ref().map(|loaded| &loaded.value),
            order: known_order,
            fingerprint: &request.fingerprint,
            card: card.as_deref().unwrap_or_default(),
            drawn: &self.draw(),
            now,
        })?;
        // The simulator is in this process and does nothing that could be lost, so that claiming the
        // transaction and recording its outcome are one commit.
        let mut settled = match plan {
            Plan::Settle(settled) => settled,
            Plan::Ask { question, pending } => pending.settle(acquirer::ask(&question, &self.seams)),
        };
        if let (SessionUse::References, Some(loaded)) = (row.session, &session) {
            let mut used = loaded.value.clone();
            used.drop_security_code();
            settled.session = Some(used);
        }
        self.commit(request, settled, session.as_ref(), order.as_ref(), now).await
    }

    /// Reads the session and the order the request names, in one round trip where the order is named by the
    /// request itself and not by the session.
    async fn load(
        &self,
        request: &Request,
        now: Timestamp,
    ) -> Result<(Option<Loaded<Session>>, Option<Loaded<Order>>), Failure> {
        let session_key = request.session_id().map(|id| request.key(Kind::Session, id));
        let mut order_key = request.order_id(None).map(|id| request.key(Kind::Order, id));
        let keys: Vec<Key> = session_key.iter().chain(&order_key).cloned().collect();
        let mut records = self.store.load(&keys, now).await?.into_iter();
        let mut session: Option<Loaded<Session>> = match &session_key {
            Some(_) => opened(records.next().flatten())?,
            None => None,
        };
        if let Some(loaded) = &mut session {
            let lifetime_seconds = i64::from(self.settings.security_code_ttl_seconds);
            loaded.value.drop_security_code_if_old(lifetime_seconds, now);
        }
        let mut record = records.next().flatten();
        if order_key.is_none() {
            order_key =
                request.order_id(session.as_ref().map(|loaded| &loaded.value)).map(|id| request.key(Kind::Order, id));
            if let Some(key) = order_key {
                record = self.store.load(&[key], now).await?.into_iter().next().flatten();
            }
        }
        Ok((session, opened(record)?))
    }

    async fn commit(
        &self,
        request: &Request,
        settled: Settled,
        session: Option<&Loaded<Session>>,
        order: Option<&Loaded<Order>>,
        now: Timestamp,
    ) -> Result<Attempt, Failure> {
        let mut changes = Vec::with_capacity(2);
        if let Some(value) = &settled.session {
            changes.push(Change {
                key: request.key(Kind::Session, &value.id),
                replaces: session.map_or(0, |loaded| loaded.version),
                expires: Some(now.plus_seconds(i64::from(self.settings.session_ttl_seconds))),
                bytes: sealed_form(value)?,
            });
        }
        let order_at = changes.len();
        if let Some(value) = &settled.order {
            changes.push(Change {
                key: request.key(Kind::Order, &value.id),
                replaces: order.map_or(0, |loaded| loaded.version),
                expires: None,
                bytes: sealed_form(value)?,
            });
        }
        if changes.is_empty() {
            return Ok(Attempt::Answered(settled.answer));
        }
        match self.store.commit(changes).await? {
            Committed::Done => Ok(Attempt::Answered(settled.answer)),
            Committed::Lost { changes } => Ok(Attempt::Lost { order: changes.contains(&order_at) }),
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
            success_indicator: HEXLOWER.encode(&self.seams.bytes(8)),
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
    pub async fn ready(&self) -> Result<(), Fault> {
        self.store.ready().await
    }

    /// Deletes what has expired and says how much it was.
    pub async fn sweep(&self) -> Result<u64, Fault> {
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
            SessionUse::References => self.session_id().is_some(),
            SessionUse::Creates | SessionUse::None => false,
        }
    }

    fn session_id(&self) -> Option<&str> {
        match self.found.row.session {
            SessionUse::Target | SessionUse::References => self.fields.get("session.id"),
            SessionUse::Creates | SessionUse::None => None,
        }
    }

    fn order_id<'a>(&'a self, session: Option<&'a Session>) -> Option<&'a str> {
        let of_session = || session.and_then(|session| session.fields.get("order.id"));
        if self.found.op.uses_order() { self.fields.get("order.id").or_else(of_session) } else { None }
    }

    fn key(&self, kind: Kind, id: &str) -> Key {
        Key { kind, merchant: self.merchant.id.clone(), id: id.to_owned() }
    }
}

fn opened<T: serde::de::DeserializeOwned>(record: Option<Record>) -> Result<Option<Loaded<T>>, Fault> {
    let Some(record) = record else {
        return Ok(None);
    };
    // serde_json's error names a place in the text, not the text.
    let value = serde_json::from_slice(&record.bytes)
        .map_err(|error| Fault::new(format_args!("a stored record cannot be read: {error}")))?;
    Ok(Some(Loaded { value, version: record.version }))
}

fn sealed_form<T: serde::Serialize>(value: &T) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let bytes =
        serde_json::to_vec(value).map_err(|error| Fault::new(format_args!("a record cannot be written: {error}")))?;
    Ok(Zeroizing::new(bytes))
}
