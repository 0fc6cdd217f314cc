//! Request fields as an answer repeats them: cards masked, codes as x's, brand and scheme derived.

use crate::domain::secret::in_answer;
use crate::domain::source_of_funds;
use crate::fields::{FieldName, Fields, names};
use crate::spec::cards;
use crate::spec::fields::{self, Sensitivity};
use crate::spec::secrets::may_be_secret;
use std::borrow::Cow;

/// Groups that steer an operation and are no part of the order it answers with.
const NOT_ON_A_TRANSACTION: &[&str] =
    &["action", "constraints", "interaction", "paymentLink", "responseControls", "risk", "session", "checkoutMode"];

/// The streets of the addresses on a transaction.
const ADDRESSES: [[&str; 2]; 2] = [
    [names::BILLING_ADDRESS_STREET, names::BILLING_ADDRESS_STREET2],
    [names::SHIPPING_ADDRESS_STREET, names::SHIPPING_ADDRESS_STREET2],
];

/// The most characters of a street (documented).
const STREET_CHARACTERS: usize = 100;

/// Fields that a transaction's answer gives in its own form.
const ANSWERED_ANYWAY: &[&str] = &[
    names::ORDER_AMOUNT,
    names::ORDER_CURRENCY,
    names::ORDER_ID,
    names::ORDER_NET_AMOUNT,
    names::TRANSACTION_AMOUNT,
    names::TRANSACTION_CURRENCY,
    names::TRANSACTION_ID,
];

/// What RETRIEVE_SESSION shows of a session's fields. The issuer is not among them (observed).
pub fn stored(fields: &Fields) -> Fields {
    let mut shown: Fields = fields.iter().map(|(name, value)| (name.clone(), as_shown(name, value))).collect();
    if let Some(brand) = fields.get(names::PROVIDED_CARD_NUMBER).and_then(cards::brand) {
        set_brand(&mut shown, brand);
    }
    shown
}

/// What the answer of a transaction repeats of its effective fields. Codes and PINs are gone altogether.
pub fn on_transaction(effective: &Fields) -> Fields {
    let mut shown: Fields = effective
        .iter()
        .filter(|(name, _)| is_repeated(name))
        .map(|(name, value)| (name.clone(), as_shown(name, value)))
        .collect();
    if let Some(brand) = effective.get(names::PROVIDED_CARD_NUMBER).and_then(cards::brand) {
        set_brand(&mut shown, brand);
        shown.set_some(names::PROVIDED_CARD_ISSUER, brand.issuer);
    }
    shown.set(names::SOURCE_OF_FUNDS_TYPE, source_of_funds::CARD);
    for group in ADDRESSES {
        join_streets(&mut shown, group);
    }
    shown
}

/// The second line of a street comes back in the first, as far as there is room for it, and not by itself
/// (documented; that a blank parts them is decided).
fn join_streets(shown: &mut Fields, [street, street2]: [&'static str; 2]) {
    if let Some(second) = shown.remove(street2) {
        let first = shown.get(street).unwrap_or_default();
        let joined: String = format!("{first} {second}").trim().chars().take(STREET_CHARACTERS).collect();
        shown.set(street, joined);
    }
}

pub fn set_brand(shown: &mut Fields, brand: &cards::Brand) {
    shown.set(names::PROVIDED_CARD_BRAND, brand.name);
    shown.set(names::PROVIDED_CARD_FUNDING_METHOD, brand.funding_method);
    shown.set(names::PROVIDED_CARD_SCHEME, brand.scheme);
}

fn is_repeated(name: &FieldName) -> bool {
    is_stored(name)
        && !matches!(sensitivity(name), Some(Sensitivity::Hidden | Sensitivity::Secret))
        && !NOT_ON_A_TRANSACTION.iter().any(|group| name.is_within(group))
        && !ANSWERED_ANYWAY.contains(&name.as_str())
}

fn as_shown<'a>(name: &FieldName, value: &'a str) -> Cow<'a, str> {
    // Observed: a month comes back without its leading zero.
    if name.as_str() == names::PROVIDED_CARD_EXPIRY_MONTH {
        return value.trim_start_matches('0').into();
    }
    in_answer(sensitivity(name), value)
}

/// What may be shown of a field; `None` for a name the catalogue does not know, unless it is taken for a secret.
fn sensitivity(name: &FieldName) -> Option<Sensitivity> {
    match fields::rows(name).first() {
        Some(row) => Some(row.sensitivity),
        None => may_be_secret(name.is_within(PROVIDED), name.as_str()).then_some(Sensitivity::Secret),
    }
}

/// Where a payer's own data stand.
const PROVIDED: &str = "sourceOfFunds.provided";

/// Whether a session keeps the field. Names that the catalogue does not know were taken because their group
/// may hold them, and a session holds what an operation may take, but for what may be a secret.
pub fn is_stored(name: &FieldName) -> bool {
    match fields::rows(name).first() {
        Some(row) => row.stored,
        None => !may_be_secret(name.is_within(PROVIDED), name.as_str()),
    }
}
