//! Echoing: an answer shows the request's fields with cards masked, codes as x's, and brand and scheme derived.

use crate::domain::secret::in_answer;
use crate::domain::source_of_funds;
use crate::fields::names::groups;
use crate::fields::{FieldName, Fields, Group, Name, names};
use crate::spec::cards;
use crate::spec::fields::{self, Sensitivity};
use crate::spec::secrets::may_be_secret;
use std::borrow::Cow;
use std::sync::LazyLock;

/// Groups that control an operation. An order has none of their fields.
const NOT_ON_A_TRANSACTION: &[Group] = &[
    groups::ACTION,
    groups::CONSTRAINTS,
    groups::INTERACTION,
    groups::PAYMENT_LINK,
    groups::RESPONSE_CONTROLS,
    groups::RISK,
    groups::SESSION,
    names::CHECKOUT_MODE.group(),
];

/// The streets of the addresses on a transaction.
const ADDRESSES: [[Name; 2]; 2] = [
    [names::BILLING_ADDRESS_STREET, names::BILLING_ADDRESS_STREET2],
    [names::SHIPPING_ADDRESS_STREET, names::SHIPPING_ADDRESS_STREET2],
];

/// The most characters of a street (documented).
const STREET_CHARACTERS: usize = 100;

/// Fields that the answer of a transaction writes in its own form.
const ANSWERED_ANYWAY: &[Name] = &[
    names::ORDER_AMOUNT,
    names::ORDER_CURRENCY,
    names::ORDER_ID,
    names::ORDER_NET_AMOUNT,
    names::TRANSACTION_AMOUNT,
    names::TRANSACTION_CURRENCY,
    names::TRANSACTION_ID,
];

/// The fields of a session as RETRIEVE_SESSION shows them. The card's issuer is not among them (observed).
pub fn stored(fields: &Fields) -> Fields {
    let mut shown: Fields = fields.iter().map(|(name, value)| (name.clone(), as_shown(name, value))).collect();
    if let Some(brand) = fields.get(names::PROVIDED_CARD_NUMBER).and_then(cards::brand) {
        set_brand(&mut shown, brand);
    }
    shown
}

/// The effective fields that the answer of a transaction echoes. Codes and PINs are left out.
pub fn on_transaction(effective: &Fields) -> Fields {
    let mut shown: Fields = effective
        .iter()
        .filter(|(name, _)| Use::of(name).is_echoed)
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

/// Joins the second line of a street to the first, up to the longest street that is allowed. The second line then has
/// no field of its own (documented; that a blank separates the lines is decided).
fn join_streets(shown: &mut Fields, [street, street2]: [Name; 2]) {
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

/// The treatment of a sent field: shown, stored, echoed.
#[derive(Clone, Copy)]
struct Use {
    /// The part of the value that may be shown. `None` for a name that the catalogue does not know, unless the name
    /// may be a secret.
    sensitivity: Option<Sensitivity>,
    is_stored: bool,
    /// Whether the answer of a transaction echoes the field.
    is_echoed: bool,
}

/// The use of each known name.
static USES: LazyLock<Vec<Use>> = LazyLock::new(|| {
    let uses = Name::all().map(|name| {
        let is_of_order = !NOT_ON_A_TRANSACTION.iter().any(|group| group.has(name)) && !ANSWERED_ANYWAY.contains(&name);
        match fields::rows(name).first() {
            Some(row) => Use::new(Some(row.sensitivity), row.stored, is_of_order),
            None => Use::unknown(may_be_secret(PROVIDED.has(name), name.as_str()), is_of_order),
        }
    });
    uses.collect()
});

impl Use {
    fn of(name: &FieldName) -> Use {
        match name.known() {
            Some(known) => USES[known.number()],
            None => {
                let is_of_order = !NOT_ON_A_TRANSACTION.iter().any(|group| name.is_within(*group));
                Use::unknown(may_be_secret(name.is_within(PROVIDED), &name.text()), is_of_order)
            }
        }
    }

    /// The use of a name that the catalogue does not know. The field was accepted because its group is open. A
    /// session stores the field unless it may be a secret.
    fn unknown(may_be_secret: bool, is_of_order: bool) -> Use {
        Use::new(may_be_secret.then_some(Sensitivity::Secret), !may_be_secret, is_of_order)
    }

    fn new(sensitivity: Option<Sensitivity>, is_stored: bool, is_of_order: bool) -> Use {
        let is_hidden = matches!(sensitivity, Some(Sensitivity::Hidden | Sensitivity::Secret));
        Use { sensitivity, is_stored, is_echoed: is_stored && is_of_order && !is_hidden }
    }
}

fn as_shown<'a>(name: &FieldName, value: &'a str) -> Cow<'a, str> {
    // Observed: a month comes back without its leading zero.
    if *name == names::PROVIDED_CARD_EXPIRY_MONTH {
        return value.trim_start_matches('0').into();
    }
    in_answer(Use::of(name).sensitivity, value)
}

/// The group with a payer's own data.
const PROVIDED: Group = groups::SOURCE_OF_FUNDS_PROVIDED;

/// Whether a session keeps the field.
pub fn is_stored(name: &FieldName) -> bool {
    Use::of(name).is_stored
}
