//! INITIATE_CHECKOUT with `checkoutMode=PAYMENT_LINK`: a link under which a payer pays the order, and the PAY or
//! AUTHORIZE that the form behind it becomes.

use super::{Input, Plan, Settled, permit, update_session};
use crate::domain::failure::{Mistake, Rejection};
use crate::domain::merchant::Merchant;
use crate::domain::payment_link::PaymentLink;
use crate::domain::timestamp::Timestamp;
use crate::fields::names::groups;
use crate::fields::{FieldName, Fields, Group, Name, names};
use crate::limits;
use crate::spec::answers;
use crate::spec::cards;
use crate::spec::operations::Op;

/// Months a link lives, unless the request says until when (documented).
const DEFAULT_MONTHS: u8 = 3;

/// Attempts it allows, unless the request says how many (documented).
const DEFAULT_ATTEMPTS: usize = 25;

/// All that a payer's form may say: the amount, for one, is the merchant's.
const TYPED: [Name; 6] = [
    names::PROVIDED_CARD_NUMBER,
    names::PROVIDED_CARD_EXPIRY_MONTH,
    names::PROVIDED_CARD_EXPIRY_YEAR,
    names::PROVIDED_CARD_SECURITY_CODE,
    names::PROVIDED_CARD_NAME_ON_CARD,
    names::TRANSACTION_ID,
];

/// Groups that say how a link works, and the card, which is the payer's to give.
const NOT_PAID_WITH: [Group; 4] =
    [names::CHECKOUT_MODE.group(), groups::INTERACTION, groups::PAYMENT_LINK, groups::SOURCE_OF_FUNDS];

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    let fields = input.checked.fields();
    permit_operation(input)?;
    let (Some(amount), Some(currency)) = (input.checked.amount(), input.checked.currency()) else {
        return Err(Rejection::missing(names::ORDER_AMOUNT));
    };
    let Some(address) = input.address else {
        let words = "A payment link begins with the gateway's address, which the configuration key public_url says, or \
                     else the Host header of the request.";
        return Err(Rejection::general(Mistake::Request, words));
    };
    let link = PaymentLink {
        id: input.drawn.link_id.clone(),
        merchant: input.merchant.id.to_string(),
        api_version: input.version,
        fields: update_session::storable(input.request),
        amount,
        currency,
        expires: expiry(fields, input.now)?,
        // The table of fields has seen to it that it is a number.
        allowed_attempts: fields
            .get(names::PAYMENT_LINK_NUMBER_OF_ALLOWED_ATTEMPTS)
            .and_then(|text| text.parse().ok())
            .unwrap_or(DEFAULT_ATTEMPTS),
        success_indicator: input.drawn.success_indicator.clone(),
    };
    let mut answer = Fields::new();
    answer.set(names::CHECKOUT_MODE, "PAYMENT_LINK");
    answer.set(names::MERCHANT, input.merchant.id.as_str());
    answer.set(names::PAYMENT_LINK_EXPIRY_DATE_TIME, link.expires.to_protocol());
    answer.set(names::PAYMENT_LINK_ID, link.id.as_str());
    answer.set(names::PAYMENT_LINK_NUMBER_OF_ALLOWED_ATTEMPTS, link.allowed_attempts.to_string());
    answer.set(names::PAYMENT_LINK_URL, format!("{address}/pbl/{}", link.id));
    answer.set(names::RESULT, "SUCCESS");
    answer.set(names::SUCCESS_INDICATOR, link.success_indicator.as_str());
    answers::keep_version(&mut answer, input.version);
    Ok(Plan::Settle(Settled { link: Some(Box::new(link)), answer, ..Settled::default() }))
}

/// A link moves money (documented: AUTHORIZE or PURCHASE), by an operation that the merchant may use.
fn permit_operation(input: &Input<'_>) -> Result<(), Rejection> {
    let value = input.checked.text(names::INTERACTION_OPERATION);
    let op = match value {
        "AUTHORIZE" => Op::Authorize,
        "PURCHASE" => Op::Pay,
        other => {
            return Err(Rejection::invalid(
                names::INTERACTION_OPERATION,
                other,
                "A payment link is for AUTHORIZE or PURCHASE.",
            ));
        }
    };
    permit(op, input.merchant).map_err(|refusal| refusal.of_field(names::INTERACTION_OPERATION, value))
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

/// Whether the merchant may still take what the link brings.
pub fn is_permitted(link: &PaymentLink, merchant: &Merchant) -> bool {
    [Op::InitiateCheckout, link.operation()].into_iter().all(|op| permit(op, merchant).is_ok())
}

/// What a payer has typed into the form, without the spaces that people write between groups of digits, and with the
/// year in its last two digits. Anything else that was sent is left alone.
pub fn typed(form: &Fields) -> Fields {
    let mut typed = Fields::new();
    for name in TYPED {
        let text = form.get(name).unwrap_or_default().trim();
        let text = match name {
            names::PROVIDED_CARD_NUMBER => text.replace([' ', '-'], ""),
            names::PROVIDED_CARD_EXPIRY_YEAR if text.len() == 4 => text.strip_prefix("20").unwrap_or(text).to_owned(),
            _ => text.to_owned(),
        };
        if !text.is_empty() {
            typed.set(name, text);
        }
    }
    typed
}

/// What the form cannot do without. A security code is asked for unless the card's brand has none or the merchant
/// says that it is optional (decided; `displayControl.cardSecurityCode` is documented).
pub fn missing(link: &PaymentLink, typed: &Fields) -> Vec<Rejection> {
    let brand = typed.get(names::PROVIDED_CARD_NUMBER).and_then(cards::brand);
    let is_optional = link.fields.get(names::INTERACTION_DISPLAY_CONTROL_CARD_SECURITY_CODE) == Some("OPTIONAL");
    let needs_code = !is_optional && brand.is_none_or(|brand| brand.security_code_length > 0);
    let required = [names::PROVIDED_CARD_NUMBER, names::PROVIDED_CARD_EXPIRY_MONTH, names::PROVIDED_CARD_EXPIRY_YEAR]
        .into_iter()
        .chain(needs_code.then_some(names::PROVIDED_CARD_SECURITY_CODE));
    required.filter(|name| !typed.contains(*name)).map(Rejection::missing).collect()
}

/// The request that the form becomes: the merchant's fields, the payer's card over them, and the transaction's id.
pub fn payment(link: &PaymentLink, typed: &Fields, transaction_id: String) -> Fields {
    let mut request = link.fields.clone();
    let is_of_it = |name: &FieldName| !NOT_PAID_WITH.iter().any(|group| name.is_within(*group));
    request.retain(|name, _| is_of_it(name));
    request.overlay(typed);
    request.set(names::API_OPERATION, link.operation().as_str());
    request.set(names::SOURCE_OF_FUNDS_TYPE, "CARD");
    request.set(names::TRANSACTION_ID, transaction_id);
    request
}

/// The time at which a link's record may go: some while after its expiry, so that it can say until then that it has
/// expired.
pub fn forgotten(link: &PaymentLink) -> Timestamp {
    link.expires.plus_seconds(limits::PAYMENT_LINK_AFTERLIFE_SECONDS)
}
