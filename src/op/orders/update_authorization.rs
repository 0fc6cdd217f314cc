//! UPDATE_AUTHORIZATION: extends an authorization, and changes its amount where the request has an amount.

use super::pending::{self, PlannedTransaction};
use super::{OrderContext, linked};
use crate::domain::order::{TransactionType, transitions};
use crate::domain::rejection::Rejection;
use crate::op::Plan;
use crate::spec::operations::Op;

pub fn decide(context: OrderContext<'_>) -> Result<Plan, Rejection> {
    let nothing = || linked::not_now(Op::UpdateAuthorization, "There is no authorization to update.");
    let order = context.order.as_ref().ok_or_else(|| linked::no_such_order(&context))?;
    let transition = transitions(Op::UpdateAuthorization)
        .find(|transition| transition.may_follow(Some(order.status()), false))
        .ok_or_else(nothing)?;
    let authorization = order.successful(&[TransactionType::Authorization]).last().ok_or_else(nothing)?;
    linked::require_currency(&context, order)?;
    let totals = order.totals();
    // An amount cannot be negative, and an update can lower the authorization. The amount is therefore the new amount
    // and not a difference (inferred).
    let amount = context.asked.checked.amount().unwrap_or(totals.authorized);
    if amount < totals.captured {
        return Err(linked::amount_refused(&context, "More than this has been captured."));
    }
    let linked_to = Some(authorization.id.clone());
    pending::question(context, PlannedTransaction { transition, amount, order_amount: amount, linked_to, card: None })
}
