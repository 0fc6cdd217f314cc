//! CAPTURE: takes the amount that an authorization holds, in one or several parts. A CAPTURE with a card and an
//! authorization code stands alone and captures an authorization made elsewhere.

use super::pending::{self, PlannedTransaction};
use super::{OrderContext, initial, linked};
use crate::domain::order::{TransactionType, transitions};
use crate::domain::rejection::Rejection;
use crate::op::Plan;
use crate::spec::operations::Op;
use crate::spec::privileges::Privilege;

pub fn decide(context: OrderContext<'_>) -> Result<Plan, Rejection> {
    if linked::order(context.order.as_ref()).is_some() {
        return of_authorization(context);
    }
    if context.asked.checked.card().is_none() {
        let is_there = context.order.is_some();
        return Err(if is_there { too_much(&context) } else { linked::no_such_order(&context) });
    }
    if !context.asked.merchant.may(Privilege::StandaloneCapture) {
        return Err(linked::missing_privilege(Op::Capture, Privilege::StandaloneCapture));
    }
    initial(context)
}

/// The observed wording. The same rejection answers a CAPTURE where no amount is left to capture.
fn too_much(context: &OrderContext<'_>) -> Rejection {
    linked::amount_refused(context, "Requested capture amount exceeds outstanding authorized amount")
}

fn of_authorization(context: OrderContext<'_>) -> Result<Plan, Rejection> {
    let order = linked::order(context.order.as_ref()).ok_or_else(|| linked::no_such_order(&context))?;
    let exceeding = context.asked.merchant.may(Privilege::ExcessiveCapture);
    let transition = transitions(Op::Capture)
        .find(|transition| transition.may_follow(Some(order.status()), exceeding))
        .ok_or_else(|| too_much(&context))?;
    let authorization = order.successful(&[TransactionType::Authorization]).last().ok_or_else(|| too_much(&context))?;
    linked::require_currency(&context, order)?;
    let amount = context.asked.checked.amount().unwrap_or_default();
    let totals = order.totals();
    if totals.captured.plus(amount) > totals.authorized && !exceeding {
        return Err(too_much(&context));
    }
    linked::require_tax(&context, order, authorization, amount)?;
    let (order_amount, linked_to) = (order.amount(), Some(authorization.id.clone()));
    pending::question(context, PlannedTransaction { transition, amount, order_amount, linked_to, card: None })
}
