//! `currencyConversion` of the transaction that opens an order. What follows on the order is in the order's currency,
//! and ignores it (documented).

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

/// What an answer says of the uptake where nothing was sent (documented).
const DEFAULT_UPTAKE: &str = "NOT_REQUIRED";

/// What may be sent again with the id of a quote, and must then be what was quoted.
const QUOTED: [Name; 5] = [
    names::CURRENCY_CONVERSION_EXCHANGE_RATE_TIME,
    names::CURRENCY_CONVERSION_PAYER_AMOUNT,
    names::CURRENCY_CONVERSION_PAYER_CURRENCY,
    names::CURRENCY_CONVERSION_PAYER_EXCHANGE_RATE,
    names::CURRENCY_CONVERSION_PROVIDER,
];

/// The quote that the fields name of a transaction that may open an order.
pub fn quote_named_in(op: Op, fields: &Fields) -> Option<&str> {
    if op.row().may_open_order() { fields.get(names::CURRENCY_CONVERSION_REQUEST_ID) } else { None }
}

/// Takes out of the effective fields a conversion that the operation neither looks at nor stores for one that will.
pub fn forget(op: Op, effective: &mut Fields, order: Option<&Order>) {
    let row = op.row();
    let fills_session = matches!(row.session, SessionUse::Creates | SessionUse::CreatesFilled | SessionUse::Updates);
    if !fills_session && (!row.may_open_order() || is_linked(op, order)) {
        effective.retain(|name, _| !name.is_within(GROUP));
    }
}

/// Whether the quote that is named is one for this card and amount, and says what was sent beside its id; and whether
/// the order may be paid by it. `amount` is `None` for a transaction that moves no money. All of it decided.
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

/// Says of a conversion whether the payer takes it up. `payerAcceptance` is what older clients say in its place.
pub fn complete(echoed: &mut Fields) {
    let says = [names::CURRENCY_CONVERSION_PAYER_ACCEPTANCE, names::CURRENCY_CONVERSION_UPTAKE];
    if echoed.contains_group(GROUP) && !says.iter().any(|name| echoed.contains(*name)) {
        echoed.set(names::CURRENCY_CONVERSION_UPTAKE, DEFAULT_UPTAKE);
    }
}
