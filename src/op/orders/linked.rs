//! Shared code of the operations on an existing order.

use super::OrderContext;
use crate::domain::money::Amount;
use crate::domain::order::{Order, OrderStatus, Transaction};
use crate::domain::rejection::{Reason, Rejection};
use crate::fields::names::groups;
use crate::fields::{Fields, Group, names};
use crate::spec::operations::Op;
use crate::spec::privileges::Privilege;

/// The group that a linked operation takes from the order alone, not from the request or a session.
const SOURCE_OF_FUNDS: Group = groups::SOURCE_OF_FUNDS;

/// The order for a linked operation: an order with a successful transaction.
pub fn order(order: Option<&Order>) -> Option<&Order> {
    order.filter(|order| order.status() != OrderStatus::Failed)
}

/// The group that only the first transaction of an order may have (documented).
const SUB_MERCHANT: Group = groups::ORDER_SUB_MERCHANT;

/// Removes the fields of a session that a linked operation does not take.
pub fn forget_first(session: &mut Fields) {
    session.retain(|name, _| !name.is_within(SOURCE_OF_FUNDS) && !name.is_within(SUB_MERCHANT));
}

/// Documented: a linked operation must not have a source of funds.
pub fn refuse_source(request: &Fields) -> Result<(), Rejection> {
    refuse(request, SOURCE_OF_FUNDS)
}

/// Documented: only the first transaction of an order may have a sub-merchant.
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

/// Requires that `transaction.taxAmount` is at most the tax of the order. Where the transaction moves the whole
/// order, both must be equal (documented).
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

/// The rejection of an order that does not exist.
pub fn no_such_order(context: &OrderContext<'_>) -> Rejection {
    Rejection::invalid(names::ORDER_ID, context.asked.checked.text(names::ORDER_ID), Reason::NoSuchOrder)
}

/// The rejection of an operation that the order's status does not allow.
pub fn not_now(operation: Op, reason: &'static str) -> Rejection {
    Rejection::invalid(names::API_OPERATION, operation.as_str(), reason)
}

/// The rejection of a merchant without the privilege.
pub fn missing_privilege(operation: Op, privilege: Privilege) -> Rejection {
    Rejection::invalid(names::API_OPERATION, operation.as_str(), Reason::MissingPrivilege(privilege))
}

/// The rejection of an amount that is too high or too low.
pub fn amount_refused(context: &OrderContext<'_>, reason: &'static str) -> Rejection {
    Rejection::invalid(names::TRANSACTION_AMOUNT, context.asked.checked.text(names::TRANSACTION_AMOUNT), reason)
}

/// The rejection of a `transaction.targetTransactionId` that the operation cannot use.
pub fn target_refused(id: &str, reason: impl Into<Reason>) -> Rejection {
    Rejection::invalid(names::TRANSACTION_TARGET_TRANSACTION_ID, id, reason)
}

/// The rejection of an absent `transaction.targetTransactionId`, where several transactions are possible targets.
pub fn target_missing(reason: &'static str) -> Rejection {
    Rejection::field(names::TRANSACTION_TARGET_TRANSACTION_ID, Reason::MissingHere(reason))
}
