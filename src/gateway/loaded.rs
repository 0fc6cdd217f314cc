//! What one request is about, as the store has it: read in one trip, or in two where its session names more.

use super::Gateway;
use super::records::Records;
use super::request::Request;
use crate::check;
use crate::domain::card::Expiry;
use crate::domain::failure::{Failure, Fault, Rejection};
use crate::domain::order::Order;
use crate::domain::quote::Quote;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Token;
use crate::fields::{Fields, names};
use crate::op;
use crate::spec::operations::{Op, SessionUse};
use crate::spec::versions::ApiVersion;

/// The records that a request names, opened.
pub(super) struct Loaded {
    /// The request's fields over those of its session.
    pub given: Fields,
    pub session: Option<Session>,
    /// With the outcomes that have come since it was written.
    pub order: Option<Order>,
    pub token: Option<Token>,
    pub quote: Option<Quote>,
}

impl Gateway {
    /// Reads what the request is about; `None` where the order was changed while it was read.
    pub(super) async fn load(
        &self,
        request: &Request,
        records: &mut Records,
        now: Timestamp,
    ) -> Result<Option<Loaded>, Failure> {
        records.read(&self.store, request.keys(&request.fields), now).await?;
        let session = self.session(request, records, now)?;
        // An operation about a session looks at the session itself, not at a request merged with it.
        let merged = session.as_ref().filter(|_| request.op.row().session == SessionUse::References);
        let merge = |order| op::merge(request.op, &request.fields, merged, order);
        let mut given = merge(None);
        // One more trip to the store, and only if the session names what the request does not.
        records.read(&self.store, request.keys(&given), now).await?;
        let mut order: Option<Order> = records.opened(request.order_key(&given).as_ref())?;
        if let Some(order) = &mut order {
            let Some(time) = self.time_of(request, order, records, now).await? else {
                return Ok(None);
            };
            order.settle(time);
        }
        // Only an operation about what was done on the order before leaves the session's card aside.
        if op::is_linked(request.op, order.as_ref()) {
            given = merge(order.as_ref());
        }
        let token = records.opened::<Option<Token>>(request.token_key(&given).as_ref())?.flatten();
        let quote = records.opened(request.quote_key(&given).as_ref())?;
        Ok(Some(Loaded { given, session, order, token, quote }))
    }

    fn session(&self, request: &Request, records: &Records, now: Timestamp) -> Result<Option<Session>, Fault> {
        let mut session: Option<Session> = records.opened(request.session_key().as_ref())?;
        if let Some(session) = &mut session {
            session.drop_security_code_if_old(i64::from(self.settings.security_code_ttl_seconds), now);
        }
        Ok(session)
    }

    /// The effective fields: the request's over those of its session, and under them the card of a token, over that one
    /// the card of an order, and what a quote says. Nobody asks for what was given after that, so that it is not copied.
    pub(super) async fn effective(&self, request: &Request, loaded: &mut Loaded) -> Result<Fields, Failure> {
        let mut beneath = loaded.token.as_ref().map(Token::fields);
        if let Some(quote) = &loaded.quote {
            beneath.get_or_insert_default().overlay(&quote.fields());
        }
        if let (Op::ManageCard | Op::Tokenize, Some(id)) = (request.op, loaded.given.get(names::REFERENCE_ORDER_ID)) {
            let order = loaded.order.as_ref();
            let card = self.card_of_order(request, order).await?;
            let card = check::card_of_order(id, order, card, &request.merchant)?;
            beneath.get_or_insert_default().overlay(&card);
        }
        let given = std::mem::take(&mut loaded.given);
        let Some(mut effective) = beneath else {
            return Ok(given);
        };
        effective.overlay(&given);
        Ok(effective)
    }
}

impl Loaded {
    /// Step 6: what the same request was answered before, and in which version.
    pub fn stored_answer(&self, request: &Request) -> Result<Option<(Fields, ApiVersion)>, Rejection> {
        match &self.order {
            Some(order) if request.op.row().adds_transaction() => {
                let id = self.given.get(names::TRANSACTION_ID).unwrap_or_default();
                op::stored_answer(&request.merchant, order, id, &request.fingerprint)
            }
            _ => Ok(None),
        }
    }

    /// Steps 7 to 11: whether the operation may use what the request names.
    pub fn check(&self, request: &Request, has_expired: impl Fn(Expiry) -> bool) -> Result<(), Rejection> {
        let (op, row) = (request.op, request.op.row());
        if request.names_session() {
            check::session(row, &request.fields, request.version, self.session.as_ref())?;
        }
        op::refuse_unexpected(op, &request.fields, self.order.as_ref())?;
        if request.token_key(&self.given).is_some() {
            let has_expired = self.token.as_ref().is_some_and(|token| has_expired(token.expiry));
            check::token(row, &self.given, &request.merchant, self.token.as_ref(), has_expired)?;
        }
        check::quote(op::quote_named_in(op, &self.given), self.quote.as_ref())
    }
}
