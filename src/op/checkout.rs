//! CREATE_CHECKOUT_SESSION (to API version 62) and INITIATE_CHECKOUT (from 63), the merchant's side: a
//! session that keeps the order and the interaction for the payer's pages. With `checkoutMode=PAYMENT_LINK` it is a
//! link instead.

use super::{Input, Plan, Settled, create_session, payment_link, session_answer, update_session};
use crate::domain::failure::Rejection;
use crate::domain::session::UpdateStatus;
use crate::fields::{Fields, names};
use crate::spec::answers;

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    require_amount(input)?;
    if input.checked.fields().get(names::CHECKOUT_MODE) == Some("PAYMENT_LINK") {
        return payment_link::plan(input);
    }
    let mut session = create_session::new_session(input)?;
    session.fields = update_session::storable(input.request);
    session.api_version = Some(input.version);
    // Observed: a checkout's session is born with version ..01 and SUCCESS.
    session.update_status = UpdateStatus::Success;
    session.success_indicator = Some(input.drawn.success_indicator.clone());

    let mut answer = Fields::new();
    answer.set(names::CHECKOUT_MODE, "WEBSITE");
    answer.set(names::MERCHANT, input.merchant.id.as_str());
    answer.set(names::RESULT, "SUCCESS");
    session_answer::set_identity(&mut answer, &session);
    answer.set(names::SUCCESS_INDICATOR, input.drawn.success_indicator.as_str());
    answers::keep_version(&mut answer, input.version);
    Ok(Plan::Settle(Settled { session: Some(session), answer, ..Settled::default() }))
}

/// An interaction that is to move money names how much (documented for version 100); clients of
/// CREATE_CHECKOUT_SESSION leave out the operation and, once, the amount (observed), which stays allowed.
fn require_amount(input: &Input<'_>) -> Result<(), Rejection> {
    let fields = input.checked.fields();
    let moves_money = matches!(fields.get(names::INTERACTION_OPERATION), Some("PURCHASE" | "AUTHORIZE"));
    let names_amount = input.checked.amount().is_some();
    let is_required = fields.get(names::API_OPERATION) == Some("INITIATE_CHECKOUT");
    if is_required && moves_money && !names_amount { Err(Rejection::missing(names::ORDER_AMOUNT)) } else { Ok(()) }
}
