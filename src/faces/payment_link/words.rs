//! What a payer is told: what the gateway has found wrong with a field, and what the acquirer has said, in words for
//! somebody who knows neither.

use crate::domain::acquiring::GatewayCode;
use crate::domain::rejection::{Reason, Rejection};
use crate::fields::{Fields, Name, names};
use crate::spec::cards;

/// What is wrong with a field of the form; `None` where the error is about nothing that stands in the form.
pub(super) fn mistake(rejection: &Rejection, typed: &Fields) -> Option<(Name, String)> {
    let (name, _) = rejection.about()?;
    let reason = rejection.reason();
    let is_missing = *reason == Reason::Missing;
    let (name, text) = match Name::find(name)? {
        names::PROVIDED_CARD_NUMBER => {
            let number = typed.get(names::PROVIDED_CARD_NUMBER).unwrap_or_default();
            (names::PROVIDED_CARD_NUMBER, about_number(number, reason).to_owned())
        }
        names::PROVIDED_CARD_EXPIRY_MONTH => {
            let text = if is_missing { "Enter the month." } else { "A month is a number from 1 to 12." };
            (names::PROVIDED_CARD_EXPIRY_MONTH, text.to_owned())
        }
        names::PROVIDED_CARD_EXPIRY_YEAR => {
            let text = if is_missing { "Enter the year." } else { "Enter the year as two digits, like 39." };
            (names::PROVIDED_CARD_EXPIRY_YEAR, text.to_owned())
        }
        names::PROVIDED_CARD_SECURITY_CODE => {
            let number = typed.get(names::PROVIDED_CARD_NUMBER).unwrap_or_default();
            (names::PROVIDED_CARD_SECURITY_CODE, about_code(number, is_missing))
        }
        names::PROVIDED_CARD_NAME_ON_CARD => {
            let text = match reason {
                Reason::HoldsCardNumber => {
                    "This is the number of a card. Enter the name that stands on it, or nothing."
                }
                _ => "This name is too long.",
            };
            (names::PROVIDED_CARD_NAME_ON_CARD, text.to_owned())
        }
        _ => return None,
    };
    Some((name, text))
}

/// The gateway looks at the length first. A payer who typed letters is told of the letters.
fn about_number(number: &str, reason: &Reason) -> &'static str {
    match reason {
        Reason::Missing => "Enter the number of the card.",
        _ if !number.bytes().all(|byte| byte.is_ascii_digit()) => "A card number has digits only.",
        Reason::NotPublished => "Only card numbers that are published for testing are taken here.",
        _ => "This is not the number of a card. Check its digits.",
    }
}

fn about_code(number: &str, is_missing: bool) -> String {
    let start = if is_missing { "Enter the security code" } else { "This is not the security code" };
    match cards::brand(number).map(|brand| brand.security_code_length) {
        Some(4) => format!("{start}: four digits on the front of the card."),
        Some(0) => "This card has no security code. Leave it empty.".to_owned(),
        _ => format!("{start}: three digits on the back of the card."),
    }
}

/// Why an attempt has failed.
pub(super) fn failure(code: GatewayCode) -> &'static str {
    match code {
        GatewayCode::ExpiredCard => "The card has expired.",
        GatewayCode::InsufficientFunds | GatewayCode::NoBalance => "There is not enough money on the card.",
        GatewayCode::DeclinedCsc | GatewayCode::InvalidCsc => "The bank declined it for the security code.",
        GatewayCode::DeclinedAvs | GatewayCode::DeclinedAvsCsc => "The bank declined it for the billing address.",
        GatewayCode::Declined | GatewayCode::DeclinedDoNotContact => "The bank declined the card.",
        GatewayCode::Referred => "The bank wants to be called before it accepts the card.",
        GatewayCode::TimedOut => "The bank did not answer in time. Nothing was charged.",
        GatewayCode::AcquirerSystemError | GatewayCode::SystemError => "The bank could not process it.",
        GatewayCode::Blocked => "The payment was blocked.",
        GatewayCode::ExceededRetryLimit => "It was tried too often.",
        _ => "The bank did not accept it.",
    }
}
