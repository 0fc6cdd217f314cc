//! INITIATE_CHECKOUT with `checkoutMode=PAYMENT_LINK`: a link with which a payer pays the order. The form behind the
//! link becomes a PAY or AUTHORIZE.

use super::storable;
use crate::dialect::answers;
use crate::domain::interaction::{CheckoutMode, InteractionOperation};
use crate::domain::merchant::Merchant;
use crate::domain::payment_link::PaymentLink;
use crate::domain::rejection::{Mistake, Rejection};
use crate::domain::result::ResultCode;
use crate::domain::source_of_funds;
use crate::domain::timestamp::Timestamp;
use crate::fields::names::groups;
use crate::fields::{FieldName, Fields, Group, names};
use crate::limits;
use crate::op::{Asked, Decision, Plan, RecordChange, SessionContext, permit};
use crate::spec::operations::Op;

/// Months a link lives, unless the request has an expiry (documented).
const DEFAULT_MONTHS: u8 = 3;

/// Attempts a link allows, unless the request has a number (documented).
const DEFAULT_ATTEMPTS: usize = 25;

/// Groups that a payment does not take from the link: the settings of the link, and the card, which the payer gives.
const NOT_PAID_WITH: [Group; 4] =
    [names::CHECKOUT_MODE.group(), groups::INTERACTION, groups::PAYMENT_LINK, groups::SOURCE_OF_FUNDS];

pub fn decide(context: &SessionContext<'_>) -> Result<Plan, Rejection> {
    let asked = &context.asked;
    let fields = asked.checked.fields();
    permit_operation(asked)?;
    let (Some(amount), Some(currency)) = (asked.checked.amount(), asked.checked.currency()) else {
        return Err(Rejection::missing(names::ORDER_AMOUNT));
    };
    let Some(address) = context.address else {
        let words = "A payment link begins with the gateway's address, which the configuration key public_url says, or \
                     else the Host header of the request.";
        return Err(Rejection::general(Mistake::Request, words));
    };
    let link = PaymentLink {
        id: context.random.link_id(),
        merchant: asked.merchant.id.to_string(),
        api_version: asked.version,
        fields: storable(asked.request),
        amount,
        currency,
        expires: expiry(fields, asked.now)?,
        // The table of fields accepts numbers only.
        allowed_attempts: fields
            .get(names::PAYMENT_LINK_NUMBER_OF_ALLOWED_ATTEMPTS)
            .and_then(|text| text.parse().ok())
            .unwrap_or(DEFAULT_ATTEMPTS),
        success_indicator: context.random.success_indicator(),
    };
    let mut answer = Fields::new();
    answer.set(names::CHECKOUT_MODE, CheckoutMode::PaymentLink.as_str());
    answer.set(names::MERCHANT, asked.merchant.id.as_str());
    answer.set(names::PAYMENT_LINK_EXPIRY_DATE_TIME, link.expires.to_protocol());
    answer.set(names::PAYMENT_LINK_ID, link.id.as_str());
    answer.set(names::PAYMENT_LINK_NUMBER_OF_ALLOWED_ATTEMPTS, link.allowed_attempts.to_string());
    answer.set(names::PAYMENT_LINK_URL, format!("{address}/pbl/{}", link.id));
    answer.set(names::RESULT, ResultCode::Success.as_str());
    answer.set(names::SUCCESS_INDICATOR, link.success_indicator.as_str());
    answers::keep_version(&mut answer, asked.version);
    Ok(Decision::change(RecordChange::Link(Box::new(link)), answer).into())
}

/// Requires that a link moves money (documented: AUTHORIZE or PURCHASE), by an operation that the merchant may use.
fn permit_operation(asked: &Asked<'_>) -> Result<(), Rejection> {
    let value = asked.checked.text(names::INTERACTION_OPERATION);
    let operation = InteractionOperation::of(asked.checked.fields());
    let op = operation.and_then(InteractionOperation::payment).ok_or_else(|| {
        Rejection::invalid(names::INTERACTION_OPERATION, value, "A payment link is for AUTHORIZE or PURCHASE.")
    })?;
    permit(op, asked.merchant).map_err(|refusal| refusal.of_field(names::INTERACTION_OPERATION, value))
}

fn expiry(fields: &Fields, now: Timestamp) -> Result<Timestamp, Rejection> {
    let Some(text) = fields.get(names::PAYMENT_LINK_EXPIRY_DATE_TIME) else {
        return Ok(now.plus_months(DEFAULT_MONTHS));
    };
    match Timestamp::parse(text) {
        Some(expiry) if expiry > now => Ok(expiry),
        _ => Err(Rejection::invalid(
            names::PAYMENT_LINK_EXPIRY_DATE_TIME,
            text,
            format!("It is not after {}, which is now.", now.to_protocol()),
        )),
    }
}

/// Whether the merchant may still use the operation of the link.
pub fn link_is_permitted(link: &PaymentLink, merchant: &Merchant) -> bool {
    [Op::InitiateCheckout, link.operation()].into_iter().all(|op| permit(op, merchant).is_ok())
}

/// The request that a form becomes: the payer's card over the merchant's fields. The gateway sets the transaction's
/// id.
pub fn link_request(link: &PaymentLink, typed: &Fields) -> Fields {
    let mut request = link.fields.clone();
    let is_of_it = |name: &FieldName| !NOT_PAID_WITH.iter().any(|group| name.is_within(*group));
    request.retain(|name, _| is_of_it(name));
    request.overlay(typed);
    request.set(names::API_OPERATION, link.operation().as_str());
    request.set(names::SOURCE_OF_FUNDS_TYPE, source_of_funds::CARD);
    request
}

/// The time at which the record of a link expires. The record outlives the link, so that a payer learns that the link
/// has expired.
pub fn link_record_expires(link: &PaymentLink) -> Timestamp {
    link.expires.plus_seconds(limits::PAYMENT_LINK_AFTERLIFE_SECONDS)
}
