//! VOID: undoes a transaction. Transactions that depend on it must be voided first.

use super::pending::{self, PlannedTransaction};
use super::{OrderContext, linked};
use crate::domain::order::{Order, Transaction, TransactionType, Transition, transitions};
use crate::domain::rejection::{Reason, Rejection};
use crate::fields::names;
use crate::op::Plan;
use crate::spec::operations::Op;

/// The types of transactions that can be voided.
const VOIDABLE: &[TransactionType] =
    &[TransactionType::Authorization, TransactionType::Capture, TransactionType::Payment, TransactionType::Refund];

pub fn decide(context: OrderContext<'_>) -> Result<Plan, Rejection> {
    // Observed: an unknown order gets the same error.
    let nothing = || linked::not_now(Op::Void, "There is no transaction to void.");
    let order = context.order.as_ref().ok_or_else(nothing)?;
    if !transitions(Op::Void).any(|transition| transition.may_follow(Some(order.status()), false)) {
        return Err(nothing());
    }
    let target = target(&context, order)?.ok_or_else(nothing)?;
    let transition = transition(target, order)?;
    let amount = match target.transaction_type {
        // Voiding an authorization also voids its updates.
        TransactionType::Authorization => order.totals().authorized,
        _ => target.amount,
    };
    let (order_amount, linked_to) = (order.amount(), Some(target.id.clone()));
    pending::question(context, PlannedTransaction { transition, amount, order_amount, linked_to, card: None })
}

/// The named transaction. In versions without such a name, the newest transaction that can be voided.
fn target<'a>(context: &OrderContext<'_>, order: &'a Order) -> Result<Option<&'a Transaction>, Rejection> {
    let Some(id) = context.asked.checked.fields().get(names::TRANSACTION_TARGET_TRANSACTION_ID) else {
        return Ok(order.successful(VOIDABLE).last());
    };
    match order.transaction(id) {
        Some(target) => Ok(Some(target)),
        None => Err(linked::target_refused(id, "The order has no such transaction.")),
    }
}

/// The line of the state machine for voiding the transaction, if the order allows that.
fn transition(target: &Transaction, order: &Order) -> Result<&'static Transition, Rejection> {
    let refused = |reason: Reason| linked::target_refused(&target.id, reason);
    let Some(void) = target.transaction_type.voided_by() else {
        return Err(refused(
            format!("A transaction of type {} cannot be voided.", target.transaction_type.as_str()).into(),
        ));
    };
    if !target.reply.is_success() {
        return Err(refused("The transaction did not succeed.".into()));
    }
    if order.is_voided(target) {
        return Err(refused("The transaction has been voided already.".into()));
    }
    let dependant = order.successful(VOIDABLE).find(|other| other.linked_to.as_deref() == Some(&target.id));
    if let Some(dependant) = dependant {
        return Err(refused(format!("Transaction {} depends on it and must be voided first.", dependant.id).into()));
    }
    transitions(Op::Void)
        .find(|transition| transition.transaction_type == void && transition.may_follow(Some(order.status()), false))
        .ok_or_else(|| refused(format!("The order is {}.", order.status().as_str()).into()))
}
