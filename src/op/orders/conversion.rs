//! `currencyConversion` of the transaction that opens an order. Later transactions of the order use the order's
//! currency and ignore the conversion (documented).

use super::OrderContext;
use crate::domain::decimal;
use crate::domain::money::Amount;
use crate::domain::order::Order;
use crate::domain::rejection::{Reason, Rejection};
use crate::fields::names::groups;
use crate::fields::{Fields, Group, Name, names};
use crate::op::is_linked;
use crate::spec::operations::{Op, SessionUse};

const GROUP: Group = groups::CURRENCY_CONVERSION;

/// The uptake in an answer where the request has none (documented).
const DEFAULT_UPTAKE: &str = "NOT_REQUIRED";

/// Fields that a request may send beside the id of a quote. Their values must equal the quoted values.
const QUOTED: [Name; 5] = [
    names::CURRENCY_CONVERSION_EXCHANGE_RATE_TIME,
    names::CURRENCY_CONVERSION_PAYER_AMOUNT,
    names::CURRENCY_CONVERSION_PAYER_CURRENCY,
    names::CURRENCY_CONVERSION_PAYER_EXCHANGE_RATE,
    names::CURRENCY_CONVERSION_PROVIDER,
];

/// The quote that the fields name, for a transaction that may open an order.
pub fn quote_named_in(op: Op, fields: &Fields) -> Option<&str> {
    if op.row().may_open_order() { fields.get(names::CURRENCY_CONVERSION_REQUEST_ID) } else { None }
}

/// Removes a conversion from the effective fields, where the operation ignores conversions and no later operation
/// uses them.
pub fn forget(op: Op, effective: &mut Fields, order: Option<&Order>) {
    let row = op.row();
    let fills_session = matches!(row.session, SessionUse::Creates | SessionUse::CreatesFilled | SessionUse::Updates);
    if !fills_session && (!row.may_open_order() || is_linked(op, order)) {
        effective.retain(|name, _| !name.is_within(GROUP));
    }
}

/// Requires a quote that fits this card and amount and is free for the order. The fields beside the quote's id must
/// equal the quote. `amount` is `None` for a transaction that moves no money. All of it is decided.
pub fn require_quote(context: &OrderContext<'_>, order_id: &str, amount: Option<Amount>) -> Result<(), Rejection> {
    let Some(quote) = context.quote else {
        return Ok(());
    };
    let refused = |reason: Reason| Err(Rejection::invalid(names::CURRENCY_CONVERSION_REQUEST_ID, &quote.id, reason));
    let is_amount = amount.is_none_or(|amount| amount == quote.amount);
    if !is_amount || context.asked.checked.currency() != Some(quote.currency) {
        let (amount, currency) = (quote.amount.to_protocol(quote.currency), quote.currency);
        return refused(format!("The quote is for {amount} {currency}.").into());
    }
    let number = context.asked.checked.card().map(|card| card.number.expose()).unwrap_or_default();
    if !quote.card.is_of(number, context.hash) {
        return refused("The quote is for another card.".into());
    }
    let quoted = quote.fields();
    for name in QUOTED {
        let (sent, quoted) = (context.asked.checked.text(name), quoted.get(name).unwrap_or_default());
        if sent != quoted && !decimal::are_equal(sent, quoted) {
            return Err(Rejection::invalid(name, sent, format!("The quote says {quoted}.")));
        }
    }
    if !quote.is_free_for(order_id) {
        return refused("The quote was used for another order.".into());
    }
    Ok(())
}

/// Completes an echoed conversion with the payer's choice. Older clients send `payerAcceptance` in place of the
/// uptake.
pub fn complete(echoed: &mut Fields) {
    let says = [names::CURRENCY_CONVERSION_PAYER_ACCEPTANCE, names::CURRENCY_CONVERSION_UPTAKE];
    if echoed.contains_group(GROUP) && !says.iter().any(|name| echoed.contains(*name)) {
        echoed.set(names::CURRENCY_CONVERSION_UPTAKE, DEFAULT_UPTAKE);
    }
}
