//! What the operations on an order that exists have in common.

use super::OrderContext;
use crate::domain::money::Amount;
use crate::domain::order::{Order, OrderStatus, Transaction};
use crate::domain::rejection::{Reason, Rejection};
use crate::fields::names::groups;
use crate::fields::{Fields, Group, names};
use crate::spec::operations::Op;
use crate::spec::privileges::Privilege;

/// The group that a linked operation takes from the order, and so neither from the request nor from a session.
const SOURCE_OF_FUNDS: Group = groups::SOURCE_OF_FUNDS;

/// The order that the operation is to be linked to: one on which something has succeeded.
pub fn order(order: Option<&Order>) -> Option<&Order> {
    order.filter(|order| order.status() != OrderStatus::Failed)
}

/// The group that belongs to the first transaction of an order (documented).
const SUB_MERCHANT: Group = groups::ORDER_SUB_MERCHANT;

/// The fields of the session without those that a linked operation does not take.
pub fn forget_first(session: &mut Fields) {
    session.retain(|name, _| !name.is_within(SOURCE_OF_FUNDS) && !name.is_within(SUB_MERCHANT));
}

/// Documented: a linked operation must not be sent a source of funds.
pub fn refuse_source(request: &Fields) -> Result<(), Rejection> {
    refuse(request, SOURCE_OF_FUNDS)
}

/// Documented: after the first transaction of an order a sub-merchant is refused.
pub fn refuse_sub_merchant(request: &Fields) -> Result<(), Rejection> {
    refuse(request, SUB_MERCHANT)
}

fn refuse(request: &Fields, group: Group) -> Result<(), Rejection> {
    match request.below(group).next() {
        Some((name, _)) => Err(Rejection::unsupported(name.to_string())),
        None => Ok(()),
    }
}

/// The amount must be in the order's currency (inferred).
pub fn require_currency(context: &OrderContext<'_>, order: &Order) -> Result<(), Rejection> {
    match context.asked.checked.currency().filter(|currency| *currency != order.currency) {
        Some(other) => {
            Err(Rejection::invalid(names::TRANSACTION_CURRENCY, other, Reason::OrderCurrency(order.currency)))
        }
        None => Ok(()),
    }
}

/// `transaction.taxAmount` is no more than the tax of the order, where that named one, and all of it where the
/// whole order is moved (documented).
pub fn require_tax(
    context: &OrderContext<'_>,
    order: &Order,
    moved: &Transaction,
    amount: Amount,
) -> Result<(), Rejection> {
    let field = names::TRANSACTION_TAX_AMOUNT;
    let sent = context.asked.checked.fields().get(field);
    let of_order = order.origin(moved).echoed.get(names::ORDER_TAX_AMOUNT);
    let (Some(sent), Some(of_order)) = (sent, of_order) else {
        return Ok(());
    };
    let Ok(tax) = Amount::parse(sent, order.currency) else {
        return Err(Rejection::invalid(field, sent, Reason::TooManyDecimals));
    };
    let limit = Amount::parse(of_order, order.currency).unwrap_or_default();
    let moves_all = amount == order.amount();
    if tax > limit || (moves_all && tax < limit) {
        return Err(Rejection::invalid(field, sent, format!("The tax of the whole order is {of_order}.")));
    }
    Ok(())
}

/// An order that is not there.
pub fn no_such_order(context: &OrderContext<'_>) -> Rejection {
    Rejection::invalid(names::ORDER_ID, context.asked.checked.text(names::ORDER_ID), Reason::NoSuchOrder)
}

/// An operation that the order's status does not allow.
pub fn not_now(operation: Op, reason: &'static str) -> Rejection {
    Rejection::invalid(names::API_OPERATION, operation.as_str(), reason)
}

/// A privilege that the merchant lacks.
pub fn missing_privilege(operation: Op, privilege: Privilege) -> Rejection {
    Rejection::invalid(names::API_OPERATION, operation.as_str(), Reason::MissingPrivilege(privilege))
}

/// The amount a request names is too much or too little.
pub fn amount_refused(context: &OrderContext<'_>, reason: &'static str) -> Rejection {
    Rejection::invalid(names::TRANSACTION_AMOUNT, context.asked.checked.text(names::TRANSACTION_AMOUNT), reason)
}

/// `transaction.targetTransactionId` names what the operation cannot be about.
pub fn target_refused(id: &str, reason: impl Into<Reason>) -> Rejection {
    Rejection::invalid(names::TRANSACTION_TARGET_TRANSACTION_ID, id, reason)
}

/// `transaction.targetTransactionId` is absent, and more than one transaction could be meant.
pub fn target_missing(reason: &'static str) -> Rejection {
    Rejection::field(names::TRANSACTION_TARGET_TRANSACTION_ID, Reason::MissingHere(reason))
}
