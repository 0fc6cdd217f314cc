//! Values for every row of the catalogue: those that just pass, and those that are broken in one way.

use nvpgate::fields::FieldName;
use nvpgate::spec::fields::Field;
use nvpgate::spec::kinds::Kind;

/// A value, and how its explanation ends; `None` where the value is good.
pub struct Case {
    /// The value.
    pub value: String,
    /// A part of the reason that an error gives.
    pub reason: Option<String>,
}

fn good(value: impl Into<String>) -> Case {
    Case { value: value.into(), reason: None }
}

fn bad(value: impl Into<String>, reason: impl Into<String>) -> Case {
    Case { value: value.into(), reason: Some(reason.into()) }
}

/// A value of the kind with so many characters, where there is one.
fn of_length(kind: Kind, length: usize) -> Option<String> {
    let filled = |start: &str, fill: &str, end: &str| {
        let rest = length.checked_sub(start.len() + end.len())?;
        Some(format!("{start}{}{end}", fill.repeat(rest)))
    };
    match kind {
        Kind::Text => filled("", "é", ""),
        Kind::Ascii | Kind::Alphanumeric | Kind::AlphanumericPlus(_) | Kind::Hex | Kind::Base64 => filled("", "a", ""),
        Kind::UpperAlpha | Kind::Track1 => filled("", "A", ""),
        Kind::Digits | Kind::Decimal | Kind::Amount | Kind::SignedAmount | Kind::SecurityCode | Kind::Track2 => {
            filled("", "1", "")
        }
        Kind::MaskedNumber => filled("", "x", ""),
        Kind::Json if length > 1 => filled("\"", "a", "\""),
        Kind::Json => Some("1".to_owned()),
        Kind::Email if length > 2 => filled("a@", "b", ""),
        Kind::Url | Kind::SecureUrl | Kind::NotificationUrl if length > "https://".len() => filled("https://", "a", ""),
        Kind::Phone if length > 3 => filled("+1 2", " ", ""),
        Kind::ExpiryMonth => filled("", "1", ""),
        Kind::ExpiryYear => filled("3", "9", ""),
        Kind::Currency => filled("US", "D", ""),
        Kind::Country => filled("PE", "R", ""),
        // Only some numbers have a brand.
        Kind::CardNumber => filled("4", "1", "").filter(|number| number == "4111111111111111"),
        _ => None,
    }
}

/// A value whose length is right and one of whose characters is not, and what is said of it.
fn bad_character(field: &Field) -> Option<Case> {
    let (character, reason) = match field.kind {
        Kind::Text => return None,
        Kind::Decimal | Kind::SignedAmount => (',', "Not a decimal number."),
        Kind::Amount => (',', "Amount must be greater than zero"),
        Kind::Json => ('<', "Not a JSON text."),
        Kind::Email => (' ', "Not an e-mail address."),
        Kind::Url => ('<', "Not an absolute URL of http or https."),
        Kind::SecureUrl => ('<', "Not an absolute URL of https."),
        Kind::NotificationUrl => ('<', "Not a URL of RFC 2396."),
        Kind::EnumList(_) => ('?', "Value must be a list"),
        Kind::Phone => ('?', "Not a telephone number"),
        _ => ('é', "Invalid character"),
    };
    Some(bad(character.to_string().repeat(usize::from(field.min)), reason))
}

fn measured(field: &Field) -> Vec<Case> {
    let (min, max) = (usize::from(field.min), usize::from(field.max));
    let mut cases: Vec<Case> =
        [min, max].into_iter().filter_map(|length| of_length(field.kind, length)).map(good).collect();
    if min > 1 {
        let reason = format!("Length is {} characters, but must be at least {min}", min - 1);
        cases.push(bad("1".repeat(min - 1), reason));
    }
    let reason = format!("Length is {} characters, but must be less than {}", max + 1, max + 1);
    cases.push(bad("1".repeat(max + 1), reason));
    cases.extend(bad_character(field));
    cases
}

fn said(kind: Kind) -> Vec<Case> {
    match kind {
        Kind::Number(least, most) => vec![
            good(least.to_string()),
            good(most.to_string()),
            bad((most + 1).to_string(), format!("Value must be from {least} to {most}.")),
            match least {
                0 => bad("-1", "Not a whole number."),
                _ => bad((least - 1).to_string(), format!("Value must be from {least} to {most}.")),
            },
            bad("1x", "Not a whole number."),
        ],
        Kind::Enum(values) => {
            values.iter().map(|value| good(*value)).chain([bad("?", "Value must be one of")]).collect()
        }
        Kind::Boolean => vec![good("true"), good("false"), bad("1", "Value must be one of")],
        Kind::Date => vec![good("2026-11-23"), bad("2026-02-30", "Not a date")],
        Kind::Time => vec![good("10:30Z"), good("10:30:59+01:00"), bad("10:30", "Not a time")],
        Kind::DateTime => vec![good("2026-11-23T10:30:00.000Z"), bad("2026-11-23", "Not a date and time")],
        Kind::Pattern(_) => vec![good("LA"), bad("L", "Not of the form")],
        _ => vec![],
    }
}

/// A name that the row stands for.
pub fn example(field: &Field) -> FieldName {
    FieldName::parse(&field.name.as_str().replace("[n]", "[0]").replace('*', "x")).expect("the table tests its names")
}

/// Whether an empty value is as if the field were absent.
pub fn may_be_empty(field: &Field) -> bool {
    field.kind == Kind::Text && !field.is_required_somewhere()
}

/// Every case of a row: at the least and the most, one below and one above, with a bad character, and empty.
pub fn cases(field: &Field) -> Vec<Case> {
    let mut cases = if field.kind.is_measured() { measured(field) } else { said(field.kind) };
    match field.kind {
        Kind::ExpiryMonth => {
            cases.extend([good("1"), good("01"), good("12"), bad("13", "Not a month"), bad("0", "Not a")])
        }
        Kind::Currency => cases.push(bad("ABC", "Not a currency")),
        Kind::EnumList(values) => cases.extend([good(values.join(", ")), good(values[0])]),
        Kind::Phone => cases.extend([good("+51 987654321"), bad("987654321", "Not a telephone number")]),
        Kind::CardNumber => {
            cases.extend([good("4111111111111111"), bad("412585009634", "Cannot determine card brand.")])
        }
        _ => {}
    }
    cases.push(match may_be_empty(field) {
        true => good(""),
        false => bad("", format!("Length is 0 characters, but must be at least {}", field.min)),
    });
    cases
}
