//! REFUND: returns a captured amount, in one or several parts. A REFUND with a card stands alone and refunds a
//! payment made elsewhere.

use super::pending::{self, PlannedTransaction};
use super::{OrderContext, initial, linked};
use crate::domain::money::Amount;
use crate::domain::order::{Order, Transaction, TransactionType, transitions};
use crate::domain::rejection::Rejection;
use crate::fields::names;
use crate::op::Plan;
use crate::spec::operations::Op;
use crate::spec::privileges::Privilege;
use crate::spec::versions::NAMES_TARGET;

/// The types of transactions that can be refunded.
const REFUNDABLE: &[TransactionType] = &[TransactionType::Capture, TransactionType::Payment];

pub fn decide(context: OrderContext<'_>) -> Result<Plan, Rejection> {
    if linked::order(context.order.as_ref()).is_some() {
        return of_order(context);
    }
    if context.asked.checked.card().is_none() {
        return Err(if context.order.is_some() { nothing() } else { linked::no_such_order(&context) });
    }
    if !context.asked.merchant.may(Privilege::StandaloneRefund) {
        return Err(linked::missing_privilege(Op::Refund, Privilege::StandaloneRefund));
    }
    initial(context)
}

fn nothing() -> Rejection {
    linked::not_now(Op::Refund, "There is no transaction to refund.")
}

fn of_order(context: OrderContext<'_>) -> Result<Plan, Rejection> {
    let order = linked::order(context.order.as_ref()).ok_or_else(nothing)?;
    let too_much = || linked::missing_privilege(Op::Refund, Privilege::ExcessiveRefund);
    // A later check asks whether the merchant may exceed the captured amount, and its answer says so.
    let transition = transitions(Op::Refund)
        .find(|transition| transition.may_follow(Some(order.status()), true))
        .ok_or_else(nothing)?;
    let exceeding = context.asked.merchant.may(Privilege::ExcessiveRefund);
    if order.successful(REFUNDABLE).next().is_none() {
        return Err(nothing());
    }
    if !transition.may_follow(Some(order.status()), exceeding) {
        return Err(too_much());
    }
    linked::require_currency(&context, order)?;
    let target = target(&context, order)?;
    let amount = context.asked.checked.amount().unwrap_or_default();
    if amount > left(order, target) && !exceeding {
        return Err(too_much());
    }
    linked::require_tax(&context, order, target, amount)?;
    let (order_amount, linked_to) = (order.amount(), Some(target.id.clone()));
    pending::question(context, PlannedTransaction { transition, amount, order_amount, linked_to, card: None })
}

fn left(order: &Order, target: &Transaction) -> Amount {
    target.amount.minus(order.refunded_of(target))
}

/// The capture or payment to refund: the named transaction, or the only transaction with an amount left. Other
/// requests are refused (documented).
fn target<'a>(context: &OrderContext<'_>, order: &'a Order) -> Result<&'a Transaction, Rejection> {
    if let Some(id) = context.asked.checked.fields().get(names::TRANSACTION_TARGET_TRANSACTION_ID) {
        let named = order.successful(REFUNDABLE).find(|transaction| transaction.id == id);
        return named.ok_or_else(|| linked::target_refused(id, "The order has no such capture or payment to refund."));
    }
    let has_left = |transaction: &&Transaction| left(order, transaction) > Amount::ZERO;
    let mut candidates: Vec<&Transaction> = order.successful(REFUNDABLE).filter(has_left).collect();
    if candidates.is_empty() {
        candidates = order.successful(REFUNDABLE).collect();
    }
    let names_targets = NAMES_TARGET.contains(context.asked.version);
    match candidates.as_slice() {
        [.., newest] if candidates.len() == 1 || !names_targets => Ok(newest),
        _ => Err(linked::target_missing("More than one transaction of the order could be refunded.")),
    }
}
