//! INITIATE_CHECKOUT with `checkoutMode=PAYMENT_LINK`: a link under which a payer pays the order, and the PAY or
//! AUTHORIZE that the form behind it becomes.

use super::{Input, Op, Plan, Settled, update_session};
use crate::domain::failure::{Mistake, Rejection};
use crate::domain::merchant::Merchant;
use crate::domain::payment_link::PaymentLink;
use crate::domain::timestamp::Timestamp;
use crate::fields::{FieldName, Fields};
use crate::limits;
use crate::spec::answers;
use crate::spec::cards;

const OPERATION: &str = "interaction.operation";
const EXPIRY: &str = "paymentLink.expiryDateTime";
const ATTEMPTS: &str = "paymentLink.numberOfAllowedAttempts";

/// Months a link lives, unless the request says until when (documented).
const DEFAULT_MONTHS: u8 = 3;

/// Attempts it allows, unless the request says how many (documented).
const DEFAULT_ATTEMPTS: usize = 25;

/// The card as its fields are called in a payment.
pub const NUMBER: &str = "sourceOfFunds.provided.card.number";
/// The month of its expiry.
pub const MONTH: &str = "sourceOfFunds.provided.card.expiry.month";
/// The year of its expiry.
pub const YEAR: &str = "sourceOfFunds.provided.card.expiry.year";
/// The security code.
pub const SECURITY_CODE: &str = "sourceOfFunds.provided.card.securityCode";
/// The holder's name.
pub const NAME: &str = "sourceOfFunds.provided.card.nameOnCard";
/// Which attempt a form was made for.
pub const ATTEMPT: &str = "transaction.id";

/// All that a payer's form may say: the amount, for one, is the merchant's.
const TYPED: [&str; 6] = [NUMBER, MONTH, YEAR, SECURITY_CODE, NAME, ATTEMPT];

/// Groups that say how a link works, and the card, which is the payer's to give.
const NOT_PAID_WITH: [&str; 4] = ["checkoutMode", "interaction", "paymentLink", "sourceOfFunds"];

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    let fields = input.checked.fields();
    permit_operation(input)?;
    let (Some(amount), Some(currency)) = (input.checked.amount(), input.checked.currency()) else {
        return Err(Rejection::missing("order.amount"));
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
        allowed_attempts: fields.get(ATTEMPTS).and_then(|text| text.parse().ok()).unwrap_or(DEFAULT_ATTEMPTS),
        success_indicator: input.drawn.success_indicator.clone(),
    };
    let mut answer = Fields::new();
    answer.set("checkoutMode", "PAYMENT_LINK");
    answer.set("merchant", input.merchant.id.as_str());
    answer.set(EXPIRY, link.expires.to_protocol());
    answer.set("paymentLink.id", link.id.as_str());
    answer.set(ATTEMPTS, link.allowed_attempts.to_string());
    answer.set("paymentLink.url", format!("{address}/pbl/{}", link.id));
    answer.set("result", "SUCCESS");
    answer.set("successIndicator", link.success_indicator.as_str());
    answers::keep_version(&mut answer, input.version);
    Ok(Plan::Settle(Settled { link: Some(Box::new(link)), answer, ..Settled::default() }))
}

/// A link moves money (documented: AUTHORIZE or PURCHASE), by an operation that the merchant may use.
fn permit_operation(input: &Input<'_>) -> Result<(), Rejection> {
    let value = input.checked.text(OPERATION);
    let op = match value {
        "AUTHORIZE" => Op::Authorize,
        "PURCHASE" => Op::Pay,
        other => {
            return Err(Rejection::invalid(OPERATION, other, "A payment link is for AUTHORIZE or PURCHASE."));
        }
    };
    // The error is about the value that was sent, by the name of the field in which it was.
    op.permit(value, input.merchant).map_err(|rejection| {
        rejection.renamed(|name| match name {
            "apiOperation" => OPERATION,
            other => other,
        })
    })
}

fn expiry(fields: &Fields, now: Timestamp) -> Result<Timestamp, Rejection> {
    let Some(text) = fields.get(EXPIRY) else {
        return Ok(now.plus_months(DEFAULT_MONTHS));
    };
    match Timestamp::parse(text) {
        Some(expiry) if expiry > now => Ok(expiry),
        _ => Err(Rejection::invalid(EXPIRY, text, format!("It is not after {}, which is now.", now.to_protocol()))),
    }
}

/// Whether the merchant may still take what the link brings.
pub fn is_permitted(link: &PaymentLink, merchant: &Merchant) -> bool {
    let op = if link.operation() == "AUTHORIZE" { Op::Authorize } else { Op::Pay };
    [Op::InitiateCheckout, op].into_iter().all(|op| op.permit("", merchant).is_ok())
}

/// What a payer has typed into the form, without the spaces that people write between groups of digits, and with the
/// year in its last two digits. Anything else that was sent is left alone.
pub fn typed(form: &Fields) -> Fields {
    let mut typed = Fields::new();
    for name in TYPED {
        let text = form.get(name).unwrap_or_default().trim();
        let text = match name {
            NUMBER => text.replace([' ', '-'], ""),
            YEAR if text.len() == 4 => text.strip_prefix("20").unwrap_or(text).to_owned(),
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
    let brand = typed.get(NUMBER).and_then(cards::brand);
    let is_optional = link.fields.get("interaction.displayControl.cardSecurityCode") == Some("OPTIONAL");
    let needs_code = !is_optional && brand.is_none_or(|brand| brand.security_code_length > 0);
    let required = [NUMBER, MONTH, YEAR].into_iter().chain(needs_code.then_some(SECURITY_CODE));
    required.filter(|name| !typed.contains(name)).map(Rejection::missing).collect()
}

/// The request that the form becomes: the merchant's fields, the payer's card over them, and the transaction's id.
pub fn payment(link: &PaymentLink, typed: &Fields, transaction_id: String) -> Fields {
    let mut request = link.fields.clone();
    let is_of_it = |name: &FieldName| !NOT_PAID_WITH.iter().any(|group| name.is_within(group));
    request.retain(|name, _| is_of_it(name));
    request.overlay(typed);
    request.set("apiOperation", link.operation());
    request.set("sourceOfFunds.type", "CARD");
    request.set(ATTEMPT, transaction_id);
    request
}

/// The time at which a link's record may go: some while after its expiry, so that it can say until then that it has
/// expired.
pub fn forgotten(link: &PaymentLink) -> Timestamp {
    link.expires.plus_seconds(limits::PAYMENT_LINK_AFTERLIFE_SECONDS)
}
