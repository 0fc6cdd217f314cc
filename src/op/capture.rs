//! CAPTURE: take what an authorization holds, in one piece or several. With a card and an authorization code it
//! stands alone, for what was authorised elsewhere.

use super::pending::{self, Movement};
use super::{Input, Plan, initial, linked};
use crate::domain::failure::Rejection;
use crate::domain::order::{Order, TransactionType, rules};
use crate::spec::operations::Op;
use crate::spec::privileges::Privilege;

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    match linked::order(input.order) {
        Some(order) => of_authorization(input, order),
        None if input.checked.card().is_none() => {
            Err(input.order.map_or_else(|| linked::no_such_order(input), |_| too_much(input)))
        }
        None if !input.merchant.may(Privilege::StandaloneCapture) => {
            Err(linked::missing_privilege(Op::Capture, Privilege::StandaloneCapture))
        }
        None => initial::plan(input, Op::Capture),
    }
}

/// Observed, and also what is said where nothing is authorised or all of it is captured.
fn too_much(input: &Input<'_>) -> Rejection {
    linked::amount_refused(input, "Requested capture amount exceeds outstanding authorized amount")
}

fn of_authorization(input: &Input<'_>, order: &Order) -> Result<Plan, Rejection> {
    let exceeding = input.merchant.may(Privilege::ExcessiveCapture);
    let rule = rules(Op::Capture)
        .find(|rule| rule.may_follow(Some(order.status()), exceeding))
        .ok_or_else(|| too_much(input))?;
    let authorization = order.standing(&[TransactionType::Authorization]).last().ok_or_else(|| too_much(input))?;
    linked::require_currency(input, order)?;
    let amount = input.checked.amount().unwrap_or_default();
    let totals = order.totals();
    if totals.captured.plus(amount) > totals.authorized && !exceeding {
        return Err(too_much(input));
    }
    linked::require_tax(input, order, authorization, amount)?;
    pending::ask(
        input,
        order.clone(),
        Movement { rule, amount, order_amount: order.amount(), linked_to: Some(authorization.id.clone()), card: None },
    )
}
