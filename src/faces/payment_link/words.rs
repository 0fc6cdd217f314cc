//! What a payer is told: what the gateway has found wrong with a field, and what the acquirer has said, in words for
//! somebody who knows neither.

use crate::check::card_numbers;
use crate::domain::acquiring::GatewayCode;
use crate::domain::failure::{Rejection, ValidationType};
use crate::fields::{Fields, Name, names};
use crate::spec::cards;

/// What is wrong with a field of the form; `None` where the error is about nothing that stands in the form.
pub(super) fn mistake(rejection: &Rejection, typed: &Fields) -> Option<(Name, String)> {
    let (name, what) = rejection.about()?;
    let is_missing = what == ValidationType::Missing;
    let (name, text) = match Name::find(name)? {
        names::PROVIDED_CARD_NUMBER if is_missing => {
            (names::PROVIDED_CARD_NUMBER, "Enter the number of the card.".to_owned())
        }
        names::PROVIDED_CARD_NUMBER => (
            names::PROVIDED_CARD_NUMBER,
            about_number(typed.get(names::PROVIDED_CARD_NUMBER).unwrap_or_default()).to_owned(),
        ),
        names::PROVIDED_CARD_EXPIRY_MONTH if is_missing => {
            (names::PROVIDED_CARD_EXPIRY_MONTH, "Enter the month.".to_owned())
        }
        names::PROVIDED_CARD_EXPIRY_MONTH => {
            (names::PROVIDED_CARD_EXPIRY_MONTH, "A month is a number from 1 to 12.".to_owned())
        }
        names::PROVIDED_CARD_EXPIRY_YEAR if is_missing => {
            (names::PROVIDED_CARD_EXPIRY_YEAR, "Enter the year.".to_owned())
        }
        names::PROVIDED_CARD_EXPIRY_YEAR => {
            (names::PROVIDED_CARD_EXPIRY_YEAR, "Enter the year as two digits, like 39.".to_owned())
        }
        names::PROVIDED_CARD_SECURITY_CODE => (
            names::PROVIDED_CARD_SECURITY_CODE,
            about_code(typed.get(names::PROVIDED_CARD_NUMBER).unwrap_or_default(), is_missing),
        ),
        names::PROVIDED_CARD_NAME_ON_CARD
            if typed.get(names::PROVIDED_CARD_NAME_ON_CARD).and_then(card_numbers::masked).is_some() =>
        {
            (
                names::PROVIDED_CARD_NAME_ON_CARD,
                "This is the number of a card. Enter the name that stands on it, or nothing.".to_owned(),
            )
        }
        names::PROVIDED_CARD_NAME_ON_CARD => (names::PROVIDED_CARD_NAME_ON_CARD, "This name is too long.".to_owned()),
        _ => return None,
    };
    Some((name, text))
}

fn about_number(number: &str) -> &'static str {
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return "A card number has digits only.";
    }
    if cards::brand(number).is_none() || !(cards::luhn(number) || cards::published(number)) {
        return "This is not the number of a card. Check its digits.";
    }
    "Only card numbers that are published for testing are taken here."
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
