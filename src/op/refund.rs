//! REFUND: give back what was captured, in one piece or several. With a card it stands alone, for what was paid
//! elsewhere.

use super::pending::{self, Movement};
use super::{Input, Plan, initial, linked};
use crate::domain::failure::Rejection;
use crate::domain::money::Amount;
use crate::domain::order::{Order, Transaction, TransactionType, rules};
use crate::fields::names;
use crate::spec::operations::Op;
use crate::spec::privileges::Privilege;
use crate::spec::versions::NAMES_TARGET;

/// What can be refunded.
const REFUNDABLE: &[TransactionType] = &[TransactionType::Capture, TransactionType::Payment];

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    match linked::order(input.order) {
        Some(order) => of_order(input, order),
        None if input.checked.card().is_none() => {
            Err(input.order.map_or_else(|| linked::no_such_order(input), |_| nothing()))
        }
        None if !input.merchant.may(Privilege::StandaloneRefund) => {
            Err(linked::missing_privilege(Op::Refund, Privilege::StandaloneRefund))
        }
        None => initial::plan(input, Op::Refund),
    }
}

fn nothing() -> Rejection {
    linked::not_now(Op::Refund, "There is no transaction to refund.")
}

fn of_order(input: &Input<'_>, order: &Order) -> Result<Plan, Rejection> {
    let too_much = || linked::missing_privilege(Op::Refund, Privilege::ExcessiveRefund);
    // Whether the merchant may exceed is asked later, so that the answer can say it.
    let rule = rules(Op::Refund).find(|rule| rule.may_follow(Some(order.status()), true)).ok_or_else(nothing)?;
    let exceeding = input.merchant.may(Privilege::ExcessiveRefund);
    if order.standing(REFUNDABLE).next().is_none() {
        return Err(nothing());
    }
    if !rule.may_follow(Some(order.status()), exceeding) {
        return Err(too_much());
    }
    linked::require_currency(input, order)?;
    let target = target(input, order)?;
    let amount = input.checked.amount().unwrap_or_default();
    if amount > left(order, target) && !exceeding {
        return Err(too_much());
    }
    linked::require_tax(input, order, target, amount)?;
    pending::ask(
        input,
        order.clone(),
        Movement { rule, amount, order_amount: order.amount(), linked_to: Some(target.id.clone()), card: None },
    )
}

fn left(order: &Order, target: &Transaction) -> Amount {
    target.amount.minus(order.refunded_of(target))
}

/// The capture or payment to refund: the one that is named, or the only one that has something left
/// (documented: the request is refused where that is not exactly one).
fn target<'a>(input: &Input<'_>, order: &'a Order) -> Result<&'a Transaction, Rejection> {
    if let Some(id) = input.checked.fields().get(names::TRANSACTION_TARGET_TRANSACTION_ID) {
        let named = order.standing(REFUNDABLE).find(|transaction| transaction.id == id);
        return named.ok_or_else(|| linked::target_refused(id, "The order has no such capture or payment to refund."));
    }
    let has_left = |transaction: &&Transaction| left(order, transaction) > Amount::ZERO;
    let mut candidates: Vec<&Transaction> = order.standing(REFUNDABLE).filter(has_left).collect();
    if candidates.is_empty() {
        candidates = order.standing(REFUNDABLE).collect();
    }
    let names_targets = NAMES_TARGET.contains(input.version);
    match candidates.as_slice() {
        [.., newest] if candidates.len() == 1 || !names_targets => Ok(newest),
        _ => Err(linked::target_missing("More than one transaction of the order could be refunded.")),
    }
}
