//! The merchant's side of CREATE_CHECKOUT_SESSION (to API version 62) and INITIATE_CHECKOUT (from 63). They make a
//! session with the order and the interaction for the payer's pages. With `checkoutMode=PAYMENT_LINK`,
//! INITIATE_CHECKOUT makes a link.

use super::{answer, new_session, payment_link, storable};
use crate::dialect::answers;
use crate::domain::interaction::{CheckoutMode, InteractionOperation};
use crate::domain::rejection::Rejection;
use crate::domain::result::ResultCode;
use crate::domain::session::UpdateStatus;
use crate::fields::{Fields, names};
use crate::op::{Asked, Decision, Plan, RecordChange, SessionContext};
use crate::spec::operations::Op;

pub fn decide(context: SessionContext<'_>) -> Result<Plan, Rejection> {
    let asked = context.asked;
    require_amount(&asked)?;
    if CheckoutMode::of(asked.checked.fields()) == CheckoutMode::PaymentLink {
        return payment_link::decide(&context);
    }
    let mut session = new_session(&context)?;
    session.fields = storable(asked.request);
    session.api_version = Some(asked.version);
    // Observed: the session of a checkout begins with version ..01 and SUCCESS.
    session.update_status = UpdateStatus::Success;
    let success_indicator = context.random.success_indicator();
    session.success_indicator = Some(success_indicator.clone());

    let mut answer = Fields::new();
    answer.set(names::CHECKOUT_MODE, CheckoutMode::Website.as_str());
    answer.set(names::MERCHANT, asked.merchant.id.as_str());
    answer.set(names::RESULT, ResultCode::Success.as_str());
    answer::set_identity(&mut answer, &session);
    answer.set(names::SUCCESS_INDICATOR, success_indicator);
    answers::keep_version(&mut answer, asked.version);
    Ok(Decision::change(RecordChange::Session(session), answer).into())
}

/// Requires an amount of an interaction that moves money (documented for version 100). Clients of
/// CREATE_CHECKOUT_SESSION leave out the operation and, once, the amount (observed); both stay optional there.
fn require_amount(asked: &Asked<'_>) -> Result<(), Rejection> {
    let operation = InteractionOperation::of(asked.checked.fields());
    let moves_money = operation.and_then(InteractionOperation::payment).is_some();
    let is_required = asked.op == Op::InitiateCheckout && moves_money;
    match asked.checked.amount() {
        None if is_required => Err(Rejection::missing(names::ORDER_AMOUNT)),
        _ => Ok(()),
    }
}
