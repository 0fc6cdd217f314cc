//! Answers and errors as older API versions had them. Everything inside speaks the newest version's names; they are
//! translated here once, on their way out. What an older version did not have at all is in `spec::answers`.

use crate::fields::names::groups;
use crate::fields::{FieldName, Fields, Group, Name, Value, names};
use crate::spec::versions::{ApiVersion, Versions};
use std::mem;

/// A field, or a group with everything in it, that answers of some API versions call otherwise.
pub struct Spoken {
    /// The newest version's name.
    pub new: Group,
    /// The name older versions had.
    pub old: &'static str,
    /// The API versions that have the old name.
    pub versions: Versions,
}

/// The API versions in which `session` is a text and no group (observed at 17; documented to 15, where a
/// form's session has nothing but its id; from 18 on both are accepted, and answers have the group: decided).
pub const TEXT_SESSION: Versions = Versions::until(17);

/// The API versions whose card is `card` (observed at 1, `sourceOfFunds` is first seen at 17; between them:
/// decided).
pub const CARD_GROUP: Versions = Versions::until(16);

/// The API versions with the errors and masks of the first (observed in clients of versions 1 to 4; that a
/// form of errors with a place for the field's name begins where the texts stop naming it is decided).
pub const FIRST_GENERATION: Versions = Versions::until(4);

/// Sorted by the new name, so that a field comes after the group it is in; the last that fits is taken. That
/// answers call a card as requests of their version do is decided.
#[rustfmt::skip]
pub static SPOKEN: &[Spoken] = &[
    Spoken { new: names::SESSION_ID.group(), old: names::SESSION.as_str(), versions: TEXT_SESSION },
    Spoken { new: groups::PROVIDED_CARD, old: "card", versions: CARD_GROUP },
    Spoken { new: names::PROVIDED_CARD_NAME_ON_CARD.group(), old: names::CARD_HOLDER_FULL_NAME.as_str(), versions: CARD_GROUP },
    Spoken { new: names::SOURCE_OF_FUNDS_TOKEN.group(), old: names::CARD_TOKEN.as_str(), versions: CARD_GROUP },
    Spoken { new: names::TOKEN.group(), old: names::CARD_TOKEN.as_str(), versions: CARD_GROUP },
];

/// The fields of an error in the first generation (observed: `explanation`, `gatewayCode`, `result`; the support
/// code: decided). It has no others.
#[rustfmt::skip]
static FIRST_ERROR: &[(Name, &str)] = &[
    (names::ERROR_CAUSE, "gatewayCode"),
    (names::ERROR_EXPLANATION, "explanation"),
    (names::ERROR_SUPPORT_CODE, "supportCode"),
    (names::RESULT, "result"),
];

/// An answer, in the names of its API version.
pub fn answer(version: ApiVersion, answer: &mut Fields) {
    let rows: Vec<&Spoken> = SPOKEN.iter().rev().filter(|row| row.versions.contains(version)).collect();
    if !rows.is_empty() {
        *answer = mem::take(answer).into_iter().map(|(name, value)| spoken(&rows, version, name, value)).collect();
    }
}

fn spoken(rows: &[&Spoken], version: ApiVersion, name: FieldName, value: Value) -> (FieldName, Value) {
    // RETRIEVE_ORDER has whole answers below `transaction[n]`.
    let text = name.text();
    let below = text.find("].").filter(|_| text.starts_with("transaction[")).map_or(0, |at| at + 2);
    let (element, own) = text.split_at(below);
    let renamed = rows.iter().find_map(|row| {
        let rest = own.strip_prefix(row.new.as_str()).filter(|rest| rest.is_empty() || rest.starts_with('.'))?;
        FieldName::parse(&format!("{element}{}{rest}", row.old))
    });
    let is_number = own == names::PROVIDED_CARD_NUMBER;
    let value =
        if is_number && is_of_first_generation(version) { with_three_last_digits(&value).into() } else { value };
    drop(text);
    (renamed.unwrap_or(name), value)
}

/// An error, in the form of its API version: the first ones name the field in the text and nowhere else.
pub fn error(version: ApiVersion, error: &mut Fields) {
    if !is_of_first_generation(version) {
        return;
    }
    let text = error.remove(names::ERROR_EXPLANATION).unwrap_or_default().to_string();
    // A client of the first version shows the support code where there is no explanation (observed).
    if !error.contains(names::ERROR_SUPPORT_CODE) {
        let text = match error.get(names::ERROR_FIELD) {
            Some(name) => first_wording(name, &text),
            None => text,
        };
        error.set(names::ERROR_EXPLANATION, text);
    }
    let said = FIRST_ERROR.iter().filter_map(|(new, old)| Some((FieldName::parse(old)?, error.remove(*new)?)));
    *error = said.collect();
}

/// Reasons that the first generation gave in other words, behind the value once more (observed).
#[rustfmt::skip]
static FIRST_REASONS: &[(&str, &str)] = &[
    ("An order with this ID does not exist.", "No payments identified"),
    ("Cannot determine card brand.", "Invalid card number"),
];

/// `Parameter 'x' value 'v' is invalid. …` and `Parameter 'x' is required. …` (observed).
fn first_wording(name: &str, text: &str) -> String {
    if let Some(rest) = text.strip_prefix("Value '") {
        let reworded = FIRST_REASONS.iter().find_map(|(new, old)| {
            let value = rest.strip_suffix(new)?.strip_suffix("' is invalid. ")?;
            Some(format!("{value}' is invalid. value: {value} - reason: {old}"))
        });
        let rest = reworded.unwrap_or_else(|| rest.to_owned());
        return format!("Parameter '{name}' value '{}", reason_with_three_last_digits(&rest));
    }
    match text.strip_prefix("Missing parameter") {
        Some(rest) => format!("Parameter '{name}' is required.{}", rest.trim_start_matches('.')),
        None => text.to_owned(),
    }
}

/// In one text the value's own mask shows four last digits, and that of the reason three (observed).
fn reason_with_three_last_digits(text: &str) -> String {
    let reason = text.split_once(" value: ").and_then(|(before, rest)| Some((before, rest.split_once(" - reason: ")?)));
    match reason {
        Some((before, (value, reason))) => {
            format!("{before} value: {} - reason: {reason}", with_three_last_digits(value))
        }
        None => text.to_owned(),
    }
}

/// A card number that shows its first six and last four digits, with one digit less; any other text as it is.
fn with_three_last_digits(masked: &str) -> String {
    let Some((first, last)) = masked.rsplit_once('x') else {
        return masked.to_owned();
    };
    let is_number = last.len() == 4 && last.bytes().all(|byte| byte.is_ascii_digit());
    match last.get(1..) {
        Some(three) if is_number => format!("{first}xx{three}"),
        _ => masked.to_owned(),
    }
}

fn is_of_first_generation(version: ApiVersion) -> bool {
    FIRST_GENERATION.contains(version)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::failure::{Rejection, ValidationType};

    fn version(text: &str) -> ApiVersion {
        ApiVersion::parse(text).unwrap()
    }

    fn said(text: &str, pairs: &[(&str, &str)]) -> Vec<String> {
        let mut fields =
            pairs.iter().map(|(name, value)| (FieldName::parse(name).unwrap(), value.to_string())).collect();
        answer(version(text), &mut fields);
        fields.iter().map(|(name, value)| format!("{name}={value}")).collect()
    }

    #[test]
    fn the_table_is_sorted() {
        assert!(SPOKEN.is_sorted_by_key(|row| row.new.as_str()), "sorted by the new name");
    }

    #[test]
    fn an_answer_has_the_names_of_its_version() {
        let pairs = [
            ("session.id", "S"),
            ("sourceOfFunds.provided.card.expiry.month", "5"),
            ("sourceOfFunds.provided.card.nameOnCard", "N"),
            ("sourceOfFunds.provided.card.number", "512345xxxxxx0008"),
            ("transaction[10].sourceOfFunds.provided.card.number", "345678xxxxx4564"),
        ];
        let first = [
            "card.expiry.month=5",
            "card.holder.fullName=N",
            "card.number=512345xxxxxxx008",
            "session=S",
            "transaction[10].card.number=345678xxxxxx564",
        ];
        assert_eq!(said("1", &pairs), first);
        assert_eq!(said("4", &pairs), first);
        assert_eq!(said("5", &pairs)[2], "card.number=512345xxxxxx0008");
        assert_eq!(said("17", &pairs)[..2], ["session=S", "sourceOfFunds.provided.card.expiry.month=5"]);
        let newest: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(said("18", &pairs), newest);
    }

    #[test]
    fn the_first_errors_name_the_field_in_their_text() {
        let number = Rejection::invalid(
            "card.number",
            "111111xxxxxx1111",
            "value: 111111xxxxxx1111 - reason: Invalid card number",
        );
        let no_code = "Missing parameter. value: null - reason: No CSC value was provided";
        for (rejection, expected) in [
            // These are recorded.
            (
                number,
                "Parameter 'card.number' value '111111xxxxxx1111' is invalid. value: 111111xxxxxxx111 - reason: \
                 Invalid card number",
            ),
            (
                Rejection::invalid("card.securityCode", "xxx", "value: xxx - reason: Invalid secure code length"),
                "Parameter 'card.securityCode' value 'xxx' is invalid. value: xxx - reason: Invalid secure code length",
            ),
            (
                Rejection::invalid("merchant", "", "Length is 0 characters, but must be at least 1"),
                "Parameter 'merchant' value '' is invalid. Length is 0 characters, but must be at least 1",
            ),
            (
                Rejection::field("card.securityCode", ValidationType::Missing, no_code),
                "Parameter 'card.securityCode' is required. value: null - reason: No CSC value was provided",
            ),
            // These follow from them.
            (Rejection::missing("order.id"), "Parameter 'order.id' is required."),
            (Rejection::unsupported("x"), "Unexpected parameter 'x'"),
        ] {
            let (name, _) = rejection.about().unwrap();
            assert_eq!(first_wording(name, rejection.explanation()), expected);
        }
    }
}
