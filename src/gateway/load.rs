//! Steps 6 to 8: the records that a request names, and the effective fields that they and the request form.

use super::Gateway;
use super::exchange::{Exchange, Origin};
use super::records::Records;
use super::request::Request;
use crate::check;
use crate::domain::card::Expiry;
use crate::domain::failure::Failure;
use crate::domain::fault::Fault;
use crate::domain::order::Order;
use crate::domain::payment_link::Availability;
use crate::domain::quote::Quote;
use crate::domain::rejection::{Mistake, Rejection};
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Token;
use crate::fields::{Fields, names};
use crate::op::{self, Replayed};
use crate::spec::operations::{SessionUse, TokenUse};

/// The records that a request names, opened.
pub(super) struct Loaded {
    pub session: Option<Session>,
    /// The order at the present time. Outcomes that have come since the order was written are taken in.
    pub order: Option<Order>,
    pub token: Option<Token>,
    pub quote: Option<Quote>,
    pub records: Records,
}

impl Gateway {
    /// Step 6: reads the records in one trip to the store. A second trip reads records that only the session names.
    /// The given fields are the request's over those of its session. Returns `None` where another request changed the
    /// order during the read.
    pub(super) async fn load(&self, request: &Request, now: Timestamp) -> Result<Option<(Loaded, Fields)>, Failure> {
        let mut records = Records::default();
        records.read(&self.store, request.keys(&request.fields), now).await?;
        let session = self.session(request, &records, now)?;
        // An operation about a session reads the session itself. Its request is not merged with the session.
        let merged = session.as_ref().filter(|_| request.op.row().session == SessionUse::References);
        let mut given = op::merge(request.op, &request.fields, merged, None);
        if merged.is_some() {
            records.read(&self.store, request.keys(&given), now).await?;
        }
        let mut order: Option<Order> = records.opened(request.order_key(&given).as_ref())?;
        if let Some(order) = &mut order {
            let Some(time) = self.time_of_order(request, order, &records, now).await? else {
                return Ok(None);
            };
            order.take_in_outcomes(time);
        }
        // An operation that is linked to an earlier transaction ignores the session's card.
        if op::is_linked(request.op, order.as_ref()) {
            given = op::merge(request.op, &request.fields, merged, order.as_ref());
        }
        if request.link.is_some() {
            let next = order.as_ref().map_or_else(|| "1".to_owned(), Order::next_transaction_id);
            given.set(names::TRANSACTION_ID, next);
        }
        let token = records.opened::<Option<Token>>(request.token_key(&given).as_ref())?.flatten();
        let quote = records.opened(request.quote_key(&given).as_ref())?;
        Ok(Some((Loaded { session, order, token, quote, records }, given)))
    }

    fn session(&self, request: &Request, records: &Records, now: Timestamp) -> Result<Option<Session>, Fault> {
        let mut session: Option<Session> = records.opened(request.session_key().as_ref())?;
        if let Some(session) = &mut session {
            session.drop_security_code_if_old(i64::from(self.settings.security_code_ttl_seconds), now);
        }
        Ok(session)
    }

    /// The effective fields. The request overrides the session, the session overrides the card of an order, that card
    /// overrides the quote, and the quote overrides the card of a token.
    pub(super) async fn effective(
        &self,
        request: &Request,
        loaded: &Loaded,
        given: Fields,
        exchange: &mut Exchange,
    ) -> Result<Fields, Failure> {
        let mut defaults = loaded.token.as_ref().map(Token::fields).unwrap_or_default();
        if let Some(quote) = &loaded.quote {
            defaults.overlay(&quote.fields());
        }
        if request.op.row().token == TokenUse::Stores
            && let Some(id) = given.get(names::REFERENCE_ORDER_ID)
        {
            let order = loaded.order.as_ref();
            let card = self.card_of_order(request, order).await?;
            defaults.overlay(&check::card_of_order(id, order, card, request.merchant())?);
        }
        let effective = if defaults.is_empty() {
            given
        } else {
            defaults.overlay_with(given);
            defaults
        };
        if Exchange::is_traced() {
            for (name, _) in effective.iter() {
                let in_session = || loaded.session.as_ref().is_some_and(|session| session.fields.contains_field(name));
                let origin = match request.fields.contains_field(name) {
                    true => Origin::Request,
                    false if in_session() => Origin::Session,
                    false => Origin::Record,
                };
                exchange.add_origin(name, origin);
            }
        }
        Ok(effective)
    }
}

impl Loaded {
    /// Step 7: the stored answer to the same request. The fingerprint of a payment link's form finds the transaction
    /// that the form made.
    ///
    /// # Errors
    /// Another request made the transaction.
    pub fn replayed(&self, request: &Request, given: &Fields) -> Result<Option<Replayed>, Rejection> {
        let Some(order) = self.order.as_ref().filter(|_| request.op.row().adds_transaction()) else {
            return Ok(None);
        };
        let link = request.link.as_ref();
        let mut attempts = link.into_iter().flat_map(|link| link.attempts(Some(order)));
        let of_link = attempts.find(|made| made.fingerprint == request.fingerprint);
        let id = of_link.map_or_else(|| given.get(names::TRANSACTION_ID).unwrap_or_default(), |made| &made.id);
        op::replayed(request.merchant(), order, id, &request.fingerprint)
    }

    /// Step 8, the part about records: whether the operation may use the records that the request names.
    ///
    /// # Errors
    /// A rejection that names the record which the operation may not use.
    pub fn check(
        &self,
        request: &Request,
        given: &Fields,
        now: Timestamp,
        has_expired: impl Fn(Expiry) -> bool,
    ) -> Result<(), Rejection> {
        let (op, row) = (request.op, request.op.row());
        if let Some(link) = &request.link
            && !matches!(link.availability(self.order.as_ref(), now), Availability::Open { .. })
        {
            return Err(Rejection::general(Mistake::Request, "The payment link cannot be used any more."));
        }
        if row.session.is_about_one() || request.session_key().is_some() {
            check::session(row, &request.fields, request.version, self.session.as_ref())?;
        }
        op::refuse_unexpected(op, &request.fields, self.order.as_ref())?;
        if op::token_named_in(op, given).is_some() {
            let has_expired = self.token.as_ref().is_some_and(|token| has_expired(token.expiry));
            check::token(row, given, request.merchant(), self.token.as_ref(), has_expired)?;
        }
        check::quote(op::quote_named_in(op, given), self.quote.as_ref())
    }
}
