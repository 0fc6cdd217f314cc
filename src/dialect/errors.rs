//! Errors as an API version has them. This is the only place that has their sentences: until here a refusal is data.
//!
//! Wordings without a comment are decided: no source shows the gateway's.

use super::FIRST_GENERATION;
use super::renamings::RENAMINGS;
use crate::domain::failure::Failure;
use crate::domain::fault::Fault;
use crate::domain::money::Amount;
use crate::domain::rejection::{Reason, Rejection, ValidationType};
use crate::domain::result::ResultCode;
use crate::domain::secret::with_three_last_digits;
use crate::fields::{Fields, Name, names};
use crate::limits;
use crate::spec::operations::Op;
use crate::spec::versions::ApiVersion;
use std::borrow::Cow;

/// The fields of the answer to a request that failed. The first API versions name the field of an error in its sentence
/// alone, and have no groups (observed: `explanation`, `gatewayCode`, `result`; the support code: decided).
pub fn answer(version: ApiVersion, failure: &Failure) -> Fields {
    match (failure, FIRST_GENERATION.contains(version)) {
        (Failure::Rejection(rejection), true) => first_rejected(version, rejection),
        (Failure::Rejection(rejection), false) => rejected(version, rejection),
        (Failure::Fault(fault), true) => first_failed(fault),
        (Failure::Fault(fault), false) => failed(fault),
    }
}

/// The name that an error of an API version has for a field. `name` is the newest version's.
pub fn name(operation: Op, version: ApiVersion, name: &str) -> &str {
    let mut rows = RENAMINGS.iter().filter(|row| row.is_said(operation, version));
    let old = Name::find(name).and_then(|new| rows.find_map(|row| row.old_of(new)));
    old.map_or(name, |old| old.as_str())
}

/// Whether the field is one that only errors have, in any API version.
pub(super) fn has(name: Name) -> bool {
    matches!(
        name,
        names::ERROR_CAUSE
            | names::ERROR_EXPLANATION
            | names::ERROR_FIELD
            | names::ERROR_SUPPORT_CODE
            | names::ERROR_VALIDATION_TYPE
            | names::EXPLANATION
            | names::GATEWAY_CODE
            | names::SUPPORT_CODE
    )
}

fn rejected(version: ApiVersion, rejection: &Rejection) -> Fields {
    let mut fields = Fields::new();
    fields.set(names::ERROR_CAUSE, rejection.mistake().cause());
    fields.set(names::ERROR_EXPLANATION, explanation(version, rejection));
    if let Some((name, validation_type)) = rejection.about() {
        fields.set(names::ERROR_FIELD, cut(name, limits::ERROR_FIELD_CHARACTERS));
        fields.set(names::ERROR_VALIDATION_TYPE, validation_type.as_str());
    }
    fields.set(names::RESULT, ResultCode::Error.as_str());
    fields
}

fn first_rejected(version: ApiVersion, rejection: &Rejection) -> Fields {
    let mut fields = Fields::new();
    fields.set(names::EXPLANATION, explanation(version, rejection));
    fields.set(names::GATEWAY_CODE, rejection.mistake().cause());
    fields.set(names::RESULT, ResultCode::Error.as_str());
    fields
}

const FAILED: &str = "SERVER_FAILED";

/// The log has what happened; the support code finds it there.
fn failed(fault: &Fault) -> Fields {
    let mut fields = Fields::new();
    fields.set(names::ERROR_CAUSE, FAILED);
    fields.set(names::ERROR_EXPLANATION, "Please contact customer support quoting the support code.");
    fields.set(names::ERROR_SUPPORT_CODE, fault.support_code());
    fields.set(names::RESULT, ResultCode::Error.as_str());
    fields
}

/// A client of version 1 shows the support code where there is no explanation (observed).
fn first_failed(fault: &Fault) -> Fields {
    let mut fields = Fields::new();
    fields.set(names::GATEWAY_CODE, FAILED);
    fields.set(names::RESULT, ResultCode::Error.as_str());
    fields.set(names::SUPPORT_CODE, fault.support_code());
    fields
}

/// The explanation of a rejection in an API version.
pub fn explanation(version: ApiVersion, rejection: &Rejection) -> String {
    let is_first = FIRST_GENERATION.contains(version);
    let (shown, reason) = (rejection.shown(), rejection.reason());
    let name = rejection.about().map_or("", |(name, _)| cut(name, limits::ERROR_FIELD_CHARACTERS));
    let sentence = sentence(is_first, name, shown, reason);
    let text = match rejection.about() {
        // Both observed.
        Some((_, ValidationType::Invalid)) if *reason != Reason::GivenTwice => match is_first {
            true => format!("Parameter '{name}' value '{shown}' is invalid. {sentence}").into(),
            false => format!("Value '{shown}' is invalid. {sentence}").into(),
        },
        _ => sentence,
    };
    cut(&text, limits::EXPLANATION_CHARACTERS).to_owned()
}

/// What a reason says by itself.
fn sentence<'a>(is_first: bool, name: &str, shown: &str, reason: &'a Reason) -> Cow<'a, str> {
    match reason {
        // Observed, in both forms.
        Reason::Missing if is_first => format!("Parameter '{name}' is required.").into(),
        Reason::Missing => "Missing parameter".into(),
        Reason::MissingHere(why) if is_first => format!("Parameter '{name}' is required. {why}").into(),
        Reason::MissingHere(why) => format!("Missing parameter. {why}").into(),
        Reason::MissingBeside(sentence) => (*sentence).into(),
        // Observed.
        Reason::Unexpected => format!("Unexpected parameter '{name}'").into(),
        Reason::GivenTwice => format!("Parameter '{name}' is given twice with different values.").into(),
        // Observed, as are the limits: that of a long value is one more than the value may have.
        Reason::TooShort { length, least } => {
            format!("Length is {length} characters, but must be at least {least}").into()
        }
        Reason::TooLong { length, most } => {
            format!("Length is {length} characters, but must be less than {}", most + 1).into()
        }
        // Observed.
        Reason::InvalidCharacter(control) if control.is_control() => {
            format!("Invalid character '{}'", control.escape_default()).into()
        }
        Reason::InvalidCharacter(character) => format!("Invalid character '{character}'").into(),
        Reason::HiddenCharacter => "Invalid character".into(),
        Reason::NotOneOf(values) => format!("Value must be one of {}.", values.join(", ")).into(),
        Reason::NotListOf(values) => {
            format!("Value must be a list, separated by commas, of {}.", values.join(", ")).into()
        }
        Reason::NotWholeNumber => "Not a whole number.".into(),
        Reason::NotFrom(least, most) => format!("Value must be from {least} to {most}.").into(),
        Reason::NotDecimal => "Not a decimal number.".into(),
        Reason::NotMonth => "Not a month from 1 to 12.".into(),
        Reason::NotDate => "Not a date of the form yyyy-mm-dd.".into(),
        Reason::NotTime => "Not a time of the form hh:mm[:ss]Z or hh:mm[:ss]+hh[:mm].".into(),
        Reason::NotDateTime => "Not a date and time of the form yyyy-mm-ddThh:mm:ss.sssZ.".into(),
        Reason::NotCurrency => "Not a currency of ISO 4217.".into(),
        Reason::NotEmail => "Not an e-mail address.".into(),
        Reason::NotUrl => "Not an absolute URL of http or https.".into(),
        Reason::NotSecureUrl => "Not an absolute URL of https.".into(),
        Reason::NotPhone => {
            "Not a telephone number of the form +country-code national-number with at most 15 digits.".into()
        }
        Reason::NotJson => "Not a JSON text.".into(),
        Reason::NotOfPattern => "Not of the form of this field.".into(),
        // Observed, as are the next three.
        Reason::BrandUnknown | Reason::CheckDigit if is_first => first_repeating(shown, "Invalid card number"),
        Reason::BrandUnknown => "Cannot determine card brand.".into(),
        Reason::CheckDigit => repeating(shown, "Invalid card number"),
        Reason::SecurityCodeLength => repeating(shown, "Invalid secure code length"),
        Reason::NotPublished => "Only card numbers that are published for testing are accepted here, so that no live \
                                 ones are collected. The configuration key simulator.accept_live_numbers = true \
                                 allows others."
            .into(),
        Reason::HoldsCardNumber => "It must not hold a card number.".into(),
        // The three that follow are observed, the first for `1,317.00`.
        Reason::NotAmount => "Amount must be greater than zero".into(),
        Reason::ZeroAmount => "Transaction or order amount must be greater than zero".into(),
        Reason::TooManyDecimals => format!("Too many decimal places specified for value [{shown}]").into(),
        Reason::AmountTooLarge => format!("Amount is too large. The most is {}.", Amount::MOST).into(),
        // Observed, in both forms.
        Reason::NoSuchOrder if is_first => first_repeating(shown, "No payments identified"),
        Reason::NoSuchOrder => "An order with this ID does not exist.".into(),
        Reason::OrderCurrency(currency) => format!("The order's currency is {currency}.").into(),
        // Observed for PAY and AUTHORIZE, the next for 'Excessive Refund' and 'Void'.
        Reason::NotPermitted(privilege) => {
            format!("{} request not permitted for this merchant.", privilege.title()).into()
        }
        Reason::MissingPrivilege(privilege) => format!("Missing merchant privilege '{}'", privilege.title()).into(),
        // Observed.
        Reason::UnknownVersion(text) => format!("Unsupported value for 'version = {text}'").into(),
        // Observed, the two spaces included.
        Reason::Busy => "Operation temporarily rejected because the system is busy.  Try again in 10 seconds.".into(),
        Reason::Text(sentence) => sentence.as_ref().into(),
    }
}

fn repeating<'a>(shown: &str, why: &str) -> Cow<'a, str> {
    format!("value: {shown} - reason: {why}").into()
}

/// The first generation repeats a card number with a digit less than the value's own mask (observed).
fn first_repeating<'a>(shown: &str, why: &str) -> Cow<'a, str> {
    repeating(&with_three_last_digits(shown), why)
}

fn cut(text: &str, characters: usize) -> &str {
    match text.char_indices().nth(characters) {
        None => text,
        Some((end, _)) => &text[..end],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use crate::domain::rejection::Mistake;
    use crate::spec::privileges::Privilege;

    const NUMBER: &str = "512345xxxxxx0008";

    fn version(text: &str) -> ApiVersion {
        ApiVersion::parse(text).unwrap()
    }

    fn answered(text: &str, failure: impl Into<Failure>) -> Vec<String> {
        let fields = answer(version(text), &failure.into());
        fields.iter().map(|(name, value)| format!("{name}={value}")).collect()
    }

    /// The value as it is shown, the reason, and what is said of it behind `Value 'shown' is invalid.`; the last part is
    /// what the first generation says in its place.
    type Invalid = (&'static str, Reason, &'static str, Option<&'static str>);

    #[test]
    fn an_invalid_value_has_a_sentence_for_each_reason() {
        let usd = Currency::parse("USD").unwrap();
        let rows: [Invalid; 43] = [
            ("", Reason::TooShort { length: 0, least: 1 }, "Length is 0 characters, but must be at least 1", None),
            ("USDX", Reason::TooLong { length: 4, most: 3 }, "Length is 4 characters, but must be less than 4", None),
            ("a b", Reason::InvalidCharacter(' '), "Invalid character ' '", None),
            ("a\n", Reason::InvalidCharacter('\n'), "Invalid character '\\n'", None),
            ("é", Reason::InvalidCharacter('é'), "Invalid character 'é'", None),
            ("..", Reason::HiddenCharacter, "Invalid character", None),
            ("X", Reason::NotOneOf(&["A", "B"]), "Value must be one of A, B.", None),
            ("X,A", Reason::NotListOf(&["A", "B"]), "Value must be a list, separated by commas, of A, B.", None),
            ("x", Reason::NotWholeNumber, "Not a whole number.", None),
            ("61", Reason::NotFrom(-60, 60), "Value must be from -60 to 60.", None),
            ("1.2.3", Reason::NotDecimal, "Not a decimal number.", None),
            ("13", Reason::NotMonth, "Not a month from 1 to 12.", None),
            ("1", Reason::NotDate, "Not a date of the form yyyy-mm-dd.", None),
            ("1", Reason::NotTime, "Not a time of the form hh:mm[:ss]Z or hh:mm[:ss]+hh[:mm].", None),
            ("1", Reason::NotDateTime, "Not a date and time of the form yyyy-mm-ddThh:mm:ss.sssZ.", None),
            ("ABC", Reason::NotCurrency, "Not a currency of ISO 4217.", None),
            ("a", Reason::NotEmail, "Not an e-mail address.", None),
            ("a", Reason::NotUrl, "Not an absolute URL of http or https.", None),
            ("a", Reason::NotSecureUrl, "Not an absolute URL of https.", None),
            (
                "1",
                Reason::NotPhone,
                "Not a telephone number of the form +country-code national-number with at most 15 digits.",
                None,
            ),
            ("{", Reason::NotJson, "Not a JSON text.", None),
            ("x", Reason::NotOfPattern, "Not of the form of this field.", None),
            (
                "111111xxxxxx1111",
                Reason::BrandUnknown,
                "Cannot determine card brand.",
                Some("value: 111111xxxxxxx111 - reason: Invalid card number"),
            ),
            (
                NUMBER,
                Reason::CheckDigit,
                "value: 512345xxxxxx0008 - reason: Invalid card number",
                Some("value: 512345xxxxxxx008 - reason: Invalid card number"),
            ),
            (
                NUMBER,
                Reason::NotPublished,
                "Only card numbers that are published for testing are accepted here, so that no live ones are \
                 collected. The configuration key simulator.accept_live_numbers = true allows others.",
                None,
            ),
            ("xxx", Reason::SecurityCodeLength, "value: xxx - reason: Invalid secure code length", None),
            (NUMBER, Reason::HoldsCardNumber, "It must not hold a card number.", None),
            ("1,317.00", Reason::NotAmount, "Amount must be greater than zero", None),
            ("0.00", Reason::ZeroAmount, "Transaction or order amount must be greater than zero", None),
            ("1.234", Reason::TooManyDecimals, "Too many decimal places specified for value [1.234]", None),
            ("9", Reason::AmountTooLarge, "Amount is too large. The most is 1000000000000.", None),
            (
                "O-1",
                Reason::NoSuchOrder,
                "An order with this ID does not exist.",
                Some("value: O-1 - reason: No payments identified"),
            ),
            (
                NUMBER,
                Reason::NoSuchOrder,
                "An order with this ID does not exist.",
                Some("value: 512345xxxxxxx008 - reason: No payments identified"),
            ),
            ("EUR", Reason::OrderCurrency(usd), "The order's currency is USD.", None),
            ("PAY", Reason::NotPermitted(Privilege::Pay), "Pay request not permitted for this merchant.", None),
            (
                "REFUND",
                Reason::MissingPrivilege(Privilege::ExcessiveRefund),
                "Missing merchant privilege 'Excessive Refund'",
                None,
            ),
            ("x", "It is the currency of the order.".into(), "It is the currency of the order.", None),
            ("x", format!("The quote says {}.", 5).into(), "The quote says 5.", None),
            // A value that reads like a sentence of the gateway is shown as it was sent.
            (
                "A value: x1234 - reason: b",
                Reason::TooLong { length: 26, most: 3 },
                "Length is 26 characters, but must be less than 4",
                None,
            ),
            (
                "' is invalid. Cannot determine card brand.",
                Reason::NotUrl,
                "Not an absolute URL of http or https.",
                None,
            ),
            ("xx1234", Reason::NotCurrency, "Not a currency of ISO 4217.", None),
            ("x1234", "A value: x1234 - reason: b".into(), "A value: x1234 - reason: b", None),
            ("Missing parameter.", Reason::NotDecimal, "Not a decimal number.", None),
        ];
        for (shown, reason, newest, first) in rows {
            let rejection = Rejection::invalid("order.id", shown, reason);
            let first = first.unwrap_or(newest);
            for number in ["5", "100"] {
                assert_eq!(explanation(version(number), &rejection), format!("Value '{shown}' is invalid. {newest}"));
            }
            for number in ["1", "4"] {
                let expected = format!("Parameter 'order.id' value '{shown}' is invalid. {first}");
                assert_eq!(explanation(version(number), &rejection), expected);
            }
        }
    }

    #[test]
    fn other_errors_have_a_sentence_for_each_reason() {
        const BUSY: &str = "Operation temporarily rejected because the system is busy.  Try again in 10 seconds.";
        for (rejection, newest, first) in [
            (Rejection::missing("order.id"), "Missing parameter", "Parameter 'order.id' is required."),
            (
                Rejection::field("card.securityCode", Reason::MissingHere("value: null - reason: No CSC was provided")),
                "Missing parameter. value: null - reason: No CSC was provided",
                "Parameter 'card.securityCode' is required. value: null - reason: No CSC was provided",
            ),
            (Rejection::field("agreement.type", Reason::MissingBeside("Say it.")), "Say it.", "Say it."),
            (Rejection::unsupported("x"), "Unexpected parameter 'x'", "Unexpected parameter 'x'"),
            (
                Rejection::field("x", Reason::GivenTwice),
                "Parameter 'x' is given twice with different values.",
                "Parameter 'x' is given twice with different values.",
            ),
            (Rejection::busy(), BUSY, BUSY),
            (Rejection::general(Mistake::Credentials, "No."), "No.", "No."),
        ] {
            assert_eq!(explanation(version("100"), &rejection), newest);
            assert_eq!(explanation(version("1"), &rejection), first);
        }
    }

    #[test]
    fn errors_have_the_names_of_their_version() {
        let number = "sourceOfFunds.provided.card.number";
        for (operation, in_version, newest, expected) in [
            (Op::Pay, "1", number, "card.number"),
            (Op::Pay, "16", number, "card.number"),
            (Op::Pay, "17", number, number),
            (Op::Pay, "16", "sourceOfFunds.provided.card.nameOnCard", "card.holder.fullName"),
            (Op::Pay, "16", "sourceOfFunds.provided.card.prefix", "sourceOfFunds.provided.card.prefix"),
            (Op::Pay, "17", "order.amount", "transaction.amount"),
            (Op::Pay, "21", "order.amount", "order.amount"),
            (Op::CreateCheckoutSession, "20", "order.amount", "order.amount"),
            (Op::TokenizeBrowserPayment, "17", "session.id", "session"),
            (Op::RetrieveSession, "18", "session.id", "session.id"),
            (Op::Pay, "1", "order.id", "order.id"),
        ] {
            assert_eq!(name(operation, version(in_version), newest), expected, "{operation:?} in version {in_version}");
        }
    }

    #[test]
    fn an_error_about_a_field_names_it_and_says_what_is_wrong_with_it() {
        for (rejection, field, validation_type) in [
            (Rejection::missing("order.id"), "order.id", "MISSING"),
            (Rejection::field("a", Reason::MissingHere("")), "a", "MISSING"),
            (Rejection::field("a", Reason::MissingBeside("")), "a", "MISSING"),
            (Rejection::unsupported("a"), "a", "UNSUPPORTED"),
            (Rejection::invalid("a", "x", Reason::NotUrl), "a", "INVALID"),
            (Rejection::field("a", Reason::GivenTwice), "a", "INVALID"),
        ] {
            let expected = [
                "error.cause=INVALID_REQUEST".to_owned(),
                format!("error.explanation={}", explanation(version("100"), &rejection)),
                format!("error.field={field}"),
                format!("error.validationType={validation_type}"),
                "result=ERROR".to_owned(),
            ];
            assert_eq!(answered("5", rejection.clone()), expected);
            assert_eq!(answered("100", rejection), expected);
        }
    }

    #[test]
    fn an_error_of_the_first_generation_has_three_fields() {
        let expected = ["explanation=Parameter 'order.id' is required.", "gatewayCode=INVALID_REQUEST", "result=ERROR"];
        assert_eq!(answered("4", Rejection::missing("order.id")), expected);
        assert_eq!(answered("4", Rejection::busy())[1], "gatewayCode=SERVER_BUSY");
    }

    #[test]
    fn of_a_fault_only_the_support_code_is_answered() {
        let fault = || Fault::new("the disk is full");
        let newest = answered("100", fault());
        assert_eq!(
            newest[..2],
            [
                "error.cause=SERVER_FAILED",
                "error.explanation=Please contact customer support quoting the support code.",
            ]
        );
        assert!(newest[2].starts_with("error.supportCode=") && newest[3..] == ["result=ERROR"], "{newest:?}");
        let first = answered("1", fault());
        assert_eq!(first[..2], ["gatewayCode=SERVER_FAILED", "result=ERROR"]);
        assert!(first.len() == 3 && first[2].starts_with("supportCode="), "{first:?}");
        assert!(!newest.concat().contains("disk") && !first.concat().contains("disk"));
    }

    #[test]
    fn field_and_explanation_have_their_most_characters() {
        let (name, value) = ("é".repeat(101), "é".repeat(1001));
        let fields = answer(version("100"), &Rejection::invalid(name, value, Reason::NotUrl).into());
        let characters = |name: Name| fields.get(name).unwrap().chars().count();
        assert_eq!(characters(names::ERROR_FIELD), limits::ERROR_FIELD_CHARACTERS);
        assert_eq!(characters(names::ERROR_EXPLANATION), limits::EXPLANATION_CHARACTERS);
    }
}
