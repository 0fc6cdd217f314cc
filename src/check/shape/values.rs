//! The values of fields: each value is checked against its field's kind, first its length, then its characters, then
//! its content.

use super::Policy;
use crate::domain::money::Currency;
use crate::domain::notification::NotificationUrl;
use crate::domain::rejection::{Reason, Rejection};
use crate::domain::secret::in_error;
use crate::fields::FieldName;
use crate::spec::cards;
use crate::spec::fields::{FIELDS, Field, Sensitivity};
use crate::spec::kinds::Kind;
use regex::Regex;
use serde::de::IgnoredAny;
use std::collections::HashMap;
use std::sync::LazyLock;
use time::format_description::BorrowedFormatItem;
use time::format_description::well_known::Rfc3339;
use time::macros::format_description;
use time::{Date, OffsetDateTime};

/// Digits of a telephone number (E.123).
const PHONE_DIGITS: usize = 15;

/// The most digits that any kind of number accepts. Further digits would only be leading zeros.
const NUMBER_DIGITS: usize = 18;

/// The most characters of a date and time: nine decimals of a second, and an offset.
const DATE_TIME_CHARACTERS: usize = 35;

const DATE: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

/// Checks the value of a known field.
pub(super) fn check(name: &FieldName, field: &Field, value: &str, policy: &Policy) -> Result<(), Rejection> {
    let reason = length(field, value).and_then(|()| content(field, value, policy));
    reason.map_err(|reason| Rejection::invalid(name.to_string(), in_error(field.sensitivity, value), reason))
}

fn length(field: &Field, value: &str) -> Result<(), Reason> {
    let length = value.chars().count();
    let (least, most) = (usize::from(field.min), usize::from(field.max));
    if length == 0 || (field.kind.is_measured() && length < least) {
        return Err(Reason::TooShort { length, least });
    }
    if field.kind.is_measured() && length > most {
        return Err(Reason::TooLong { length, most });
    }
    Ok(())
}

fn content(field: &Field, value: &str, policy: &Policy) -> Result<(), Reason> {
    let all = |allowed: fn(char) -> bool| only(value, field.sensitivity, allowed);
    match field.kind {
        Kind::Text => Ok(()),
        Kind::Ascii => all(|c| matches!(c, ' '..='~')),
        Kind::Digits | Kind::SecurityCode | Kind::ExpiryYear => all(|c| c.is_ascii_digit()),
        Kind::Alphanumeric => all(|c| c.is_ascii_alphanumeric()),
        Kind::AlphanumericPlus(more) => {
            only(value, field.sensitivity, |c| c.is_ascii_alphanumeric() || more.contains(c))
        }
        Kind::UpperAlpha | Kind::Country => all(|c| c.is_ascii_uppercase()),
        Kind::Hex => all(|c| c.is_ascii_hexdigit()),
        Kind::Base64 => {
            all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '=' | ' ' | '-' | '_' | '\r' | '\n'))
        }
        Kind::CardNumber => {
            all(|c| c.is_ascii_digit())?;
            card_number(value, policy)
        }
        Kind::MaskedNumber => all(|c| c.is_ascii_digit() || c == 'x'),
        Kind::Track1 => all(|c| matches!(c, ' '..='_')),
        Kind::Track2 => all(|c| matches!(c, '0'..='?')),
        Kind::Number(least, most) => number(value, least, most),
        Kind::ExpiryMonth => {
            all(|c| c.is_ascii_digit())?;
            is(matches!(value.parse(), Ok(1..=12)), Reason::NotMonth)
        }
        Kind::Decimal => is(is_decimal(value), Reason::NotDecimal),
        Kind::Amount => is(is_decimal(value), Reason::NotAmount),
        Kind::SignedAmount => is(is_decimal(value.strip_prefix('-').unwrap_or(value)), Reason::NotDecimal),
        Kind::Enum(values) => is(values.contains(&value), Reason::NotOneOf(values)),
        Kind::EnumList(values) => {
            is(value.split(',').all(|word| values.contains(&word.trim())), Reason::NotListOf(values))
        }
        Kind::Boolean => is(matches!(value, "true" | "false"), Reason::NotOneOf(&["false", "true"])),
        Kind::Date => is(is_date(value), Reason::NotDate),
        Kind::Time => is(is_time(value), Reason::NotTime),
        Kind::DateTime => is(is_date_time(value), Reason::NotDateTime),
        Kind::Email => is(is_email(value), Reason::NotEmail),
        Kind::NotificationUrl => NotificationUrl::parse(value, policy.targets).map(drop).map_err(Reason::from),
        Kind::Url => is(is_url(value, &["http://", "https://"]), Reason::NotUrl),
        Kind::SecureUrl => is(is_url(value, &["https://"]), Reason::NotSecureUrl),
        Kind::Phone => is(is_phone(value), Reason::NotPhone),
        Kind::Json => is(serde_json::from_str::<IgnoredAny>(value).is_ok(), Reason::NotJson),
        Kind::Pattern(pattern) => {
            is(PATTERNS.get(pattern).is_some_and(|pattern| pattern.is_match(value)), Reason::NotOfPattern)
        }
        Kind::Currency => {
            all(|c| c.is_ascii_uppercase())?;
            is(Currency::parse(value).is_some(), Reason::NotCurrency)
        }
    }
}

fn card_number(number: &str, policy: &Policy) -> Result<(), Reason> {
    let published = cards::published(number);
    is(cards::brand(number).is_some(), Reason::BrandUnknown)?;
    is(published || cards::luhn(number), Reason::CheckDigit)?;
    is(published || policy.accept_live_numbers, Reason::NotPublished)
}

fn is(good: bool, otherwise: Reason) -> Result<(), Reason> {
    if good { Ok(()) } else { Err(otherwise) }
}

fn only(value: &str, sensitivity: Sensitivity, allowed: impl Fn(char) -> bool) -> Result<(), Reason> {
    match value.chars().find(|character| !allowed(*character)) {
        None => Ok(()),
        Some(_) if sensitivity == Sensitivity::Secret => Err(Reason::HiddenCharacter),
        Some(character) => Err(Reason::InvalidCharacter(character)),
    }
}

fn number(value: &str, least: i64, most: i64) -> Result<(), Reason> {
    let signed = least < 0;
    // An unencoded form body turns the `+` before an offset into a space.
    let digits = if signed { value.strip_prefix(['-', '+', ' ']).unwrap_or(value) } else { value };
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Reason::NotWholeNumber);
    }
    let magnitude = (digits.len() <= NUMBER_DIGITS).then(|| digits.parse::<i64>().ok()).flatten();
    let number = magnitude.map(|magnitude| if value.starts_with('-') { -magnitude } else { magnitude });
    is(number.is_some_and(|number| (least..=most).contains(&number)), Reason::NotFrom(least, most))
}

fn is_decimal(value: &str) -> bool {
    let (whole, fraction) = value.split_once('.').unwrap_or((value, ""));
    whole.len() + fraction.len() > 0 && whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit())
}

fn is_date(value: &str) -> bool {
    // The parser would also take a sign before the year.
    value.starts_with(|first: char| first.is_ascii_digit()) && Date::parse(value, DATE).is_ok()
}

fn is_date_time(value: &str) -> bool {
    value.len() <= DATE_TIME_CHARACTERS && OffsetDateTime::parse(value, &Rfc3339).is_ok()
}

fn is_time(value: &str) -> bool {
    let zone_start = value.rfind(['Z', '+', '-', ' ']);
    let Some((clock, zone)) = zone_start.and_then(|at| value.split_at_checked(at)) else {
        return false;
    };
    let in_zone = match zone.strip_prefix(['+', '-', ' ']) {
        None => zone == "Z",
        Some(offset) => parts_are_below(offset, &[24, 60], 1),
    };
    in_zone && parts_are_below(clock, &[24, 60, 60], 2)
}

/// Whether a text has two-digit parts separated by colons, each below its bound. `at_least` is the smallest number of
/// parts.
fn parts_are_below(text: &str, bounds: &[u8], at_least: usize) -> bool {
    let parts: Vec<&str> = text.split(':').collect();
    (at_least..=bounds.len()).contains(&parts.len())
        && parts.iter().zip(bounds).all(|(part, bound)| {
            let two_digits = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
            two_digits && part.parse::<u8>().is_ok_and(|number| number < *bound)
        })
}

fn is_email(value: &str) -> bool {
    let plain = value.chars().all(|character| !character.is_whitespace() && !character.is_control());
    plain
        && value.split_once('@').is_some_and(|(user, host)| !user.is_empty() && !host.is_empty() && !host.contains('@'))
}

/// Whether a value is a URL of an allowed scheme. Only http and https are allowed: a payer's browser is sent to these
/// URLs, and must not run a script from them.
fn is_url(value: &str, schemes: &[&str]) -> bool {
    let rest = schemes.iter().find_map(|scheme| {
        let start = value.get(..scheme.len())?;
        start.eq_ignore_ascii_case(scheme).then(|| &value[scheme.len()..])
    });
    let host = rest.and_then(|rest| rest.split(['/', '?', '#']).next());
    let host_is_good = host.is_some_and(|host| !host.is_empty() && !host.contains(char::is_whitespace));
    host_is_good && !value.contains(char::is_control)
}

fn is_phone(value: &str) -> bool {
    // An unencoded form body turns the leading `+` into a space.
    let Some((country_code, national)) = value.strip_prefix(['+', ' ']).and_then(|rest| rest.split_once(' ')) else {
        return false;
    };
    let digits = |text: &str| text.bytes().filter(u8::is_ascii_digit).count();
    (1..=3).contains(&country_code.len())
        && digits(country_code) == country_code.len()
        && digits(national) > 0
        && national.bytes().all(|byte| byte.is_ascii_digit() || byte == b' ')
        && digits(country_code) + digits(national) <= PHONE_DIGITS
}

/// The patterns of all kinds, which must match the whole value. A test of the table compiles every pattern.
static PATTERNS: LazyLock<HashMap<&'static str, Regex>> = LazyLock::new(|| {
    let patterns = FIELDS.iter().filter_map(|row| match row.kind {
        Kind::Pattern(pattern) => Some(pattern),
        _ => None,
    });
    patterns.filter_map(|pattern| Some((pattern, Regex::new(&format!("^(?:{pattern})$")).ok()?))).collect()
});

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::shape::UnknownFields;
    use crate::dialect::errors;
    use crate::fields::names;
    use crate::spec::fields::{Evidence, Operations};
    use crate::spec::kinds::Json;
    use crate::spec::versions::ApiVersion;
    use crate::spec::versions::Versions;

    const LONG_URL: &str = "https://merchant.example/return?order=1&x=a b#19abcf";

    fn row(kind: Kind, min: u16, max: u16) -> Field {
        Field {
            name: names::ORDER_ID,
            kind,
            min,
            max,
            versions: Versions::ALL,
            sensitivity: Sensitivity::Plain,
            stored: true,
            payer: false,
            json: Json::Text,
            operations: Operations::EVERY,
            evidence: Evidence::Documented,
        }
    }

    fn reason(field: &Field, value: &str, accept_live_numbers: bool) -> Option<String> {
        let policy = Policy { unknown_fields: UnknownFields::Refuse, accept_live_numbers, ..Policy::default() };
        let rejection = check(&names::ORDER_ID.into(), field, value, &policy).err();
        rejection.map(|rejection| errors::explanation(ApiVersion::NEWEST, &rejection))
    }

    #[test]
    fn every_kind_takes_its_values_and_no_others() {
        let values: &[(Kind, &[&str], &[&str])] = &[
            (Kind::Text, &["any \u{e9}\n<>;"], &[]),
            (Kind::Ascii, &["a ~"], &["\u{e9}", "a\n"]),
            (Kind::Digits, &["0123"], &["1a", "٣", " 1", "-1"]),
            (Kind::Alphanumeric, &["aZ9"], &["a b", "_", "é"]),
            (Kind::AlphanumericPlus(" -"), &["AB 1-2"], &["a_b"]),
            (Kind::UpperAlpha, &["USD"], &["usd", "U1"]),
            (Kind::Country, &["PER"], &["pe", "P3R"]),
            (Kind::Hex, &["09afAF"], &["0g"]),
            (Kind::Base64, &["aB+/= ", "a-_\r\n"], &["<", "é"]),
            (Kind::MaskedNumber, &["512345xxxxxx0008"], &["51X"]),
            (Kind::Track1, &["%B5123^DOE/J^"], &["a"]),
            (Kind::Track2, &[";5123=3901?"], &["A"]),
            (
                Kind::Number(0, 999),
                &["0", "999", "007"],
                &["1000", "-1", "+1", "", "1.0", "99999999999999999999", "0000000000000000001"],
            ),
            (Kind::Number(-60, 60), &["-60", "+30", " 30", "0"], &["61", "-61", "--1", "+"]),
            (Kind::ExpiryMonth, &["1", "01", "12"], &["0", "00", "13", "x", "+1"]),
            (Kind::ExpiryYear, &["39", "00"], &["3x"]),
            (Kind::Decimal, &["1", "1.5", ".5", "0"], &["1.2.3", "-1", ".", "1e3"]),
            (Kind::Amount, &["5", "150.000000", "0"], &["1,317.00", "-1", "1e3", "+1", "."]),
            (Kind::SignedAmount, &["-1.50", "2"], &["--1", "1-", "-"]),
            (Kind::Enum(&["FIXED", "VARIABLE"]), &["FIXED"], &["fixed", "FIXED ", "X"]),
            (Kind::EnumList(&["3DS1", "3DS2"]), &["3DS1", "3DS1,3DS2", "3DS1, 3DS2"], &["3DS3", "3DS1,", ","]),
            (Kind::Boolean, &["true", "false"], &["TRUE", "1", "yes"]),
            (Kind::Date, &["2026-02-28", "2028-02-29"], &["2026-02-29", "2026-2-28", "28-02-2026", "+026-02-28"]),
            (Kind::Time, &["23:59Z", "00:00:00+01:00", "12:00-05", "12:00 01:00"], &["24:00Z", "12:60Z", "12:00", "Z"]),
            (
                Kind::DateTime,
                &["2026-11-23T12:00:00.000Z", "2026-11-23T12:00:00Z"],
                &["2026-11-23", "2026-13-23T12:00:00Z"],
            ),
            (Kind::Email, &["a@b", "a.b+c@d.example"], &["a", "@b", "a@", "a@b@c", "a b@c"]),
            (
                Kind::Url,
                &["http://localhost:1/x", LONG_URL],
                &["ftp://x", "javascript:alert(1)", "https://", "x", "https://a b/"],
            ),
            (Kind::NotificationUrl, &["https://x/y?z=1"], &["http://x", "https://10.0.0.1", "https://x/ y", "x"]),
            (Kind::SecureUrl, &["https://x", "HTTPS://x"], &["http://x", "https:///x"]),
            (
                Kind::Phone,
                &["+51 987654321", " 51 987 654"],
                &["51 987654321", "+5198", "+51 1234567890123456", "+a 1"],
            ),
            (Kind::Json, &["{\"a\":[1]}", "1"], &["{", "", "{a:1}"]),
            (Kind::Currency, &["USD", "KWD"], &["ABC", "usd", "XAU"]),
        ];
        for (kind, good, bad) in values {
            let field = row(*kind, 1, 100);
            for value in *good {
                assert_eq!(reason(&field, value, false), None, "{value:?} is {kind}");
            }
            for value in *bad {
                assert!(reason(&field, value, false).is_some(), "{value:?} is not {kind}");
            }
        }
    }

    #[test]
    fn patterns_match_as_a_whole() {
        let carrier = FIELDS.iter().find(|row| row.name == "airline.ticket.issue.carrierCode").unwrap();
        for good in ["LA", "045", "LA/045"] {
            assert_eq!(reason(carrier, good, false), None, "{good}");
        }
        for bad in ["LAN1", "LA/04", "xLA", "LA\n"] {
            assert!(reason(carrier, bad, false).is_some(), "{bad:?}");
        }
    }

    #[test]
    fn lengths_are_counted_in_characters_with_the_gateway_s_off_by_one() {
        let field = row(Kind::Text, 2, 40);
        let long = "é".repeat(42);
        assert_eq!(
            reason(&field, &long, false),
            Some(format!("Value '{long}' is invalid. Length is 42 characters, but must be less than 41"))
        );
        assert_eq!(
            reason(&field, "é", false).as_deref(),
            Some("Value 'é' is invalid. Length is 1 characters, but must be at least 2")
        );
        for length in [2, 40] {
            assert_eq!(reason(&field, &"é".repeat(length), false), None, "{length}");
        }
    }

    #[test]
    fn known_wordings_are_the_gateway_s() {
        let known: &[(&str, &str, &str)] = &[
            (
                "sourceOfFunds.provided.card.number",
                "4444",
                "Value '4444' is invalid. Length is 4 characters, but must be at least 9",
            ),
            (
                "sourceOfFunds.provided.card.number",
                "412585009634",
                "Value '412585xx9634' is invalid. Cannot determine card brand.",
            ),
            (
                "sourceOfFunds.provided.card.number",
                "23414405252",
                "Value '234144x5252' is invalid. Cannot determine card brand.",
            ),
            (
                "sourceOfFunds.provided.card.number",
                "5123450000000000",
                "Value '512345xxxxxx0000' is invalid. value: 512345xxxxxx0000 - reason: Invalid card number",
            ),
            (
                "sourceOfFunds.provided.card.expiry.year",
                "000",
                "Value '000' is invalid. Length is 3 characters, but must be less than 3",
            ),
            (
                "sourceOfFunds.provided.card.expiry.year",
                "2039",
                "Value '2039' is invalid. Length is 4 characters, but must be less than 3",
            ),
            (
                "sourceOfFunds.provided.card.securityCode",
                "12",
                "Value 'xx' is invalid. Length is 2 characters, but must be at least 3",
            ),
            ("order.amount", "1,317.00", "Value '1,317.00' is invalid. Amount must be greater than zero"),
            ("merchant", "a b", "Value 'a b' is invalid. Invalid character ' '"),
            ("apiPassword", "short", "Value '..' is invalid. Length is 5 characters, but must be at least 32"),
        ];
        for (name, value, expected) in known {
            let field = FIELDS.iter().rfind(|row| row.name == *name).unwrap();
            assert_eq!(reason(field, value, false).as_deref(), Some(*expected), "{name}");
        }
    }

    #[test]
    fn only_published_numbers_are_taken_unless_the_operator_allows_others() {
        let field = FIELDS.iter().find(|row| row.name == "sourceOfFunds.provided.card.number").unwrap();
        assert_eq!(reason(field, "2205459999997832", false), None, "published, and not Luhn-valid");
        let unpublished = "5123450000000016";
        assert!(cards::luhn(unpublished) && !cards::published(unpublished), "Luhn-valid and not published");
        let refused = reason(field, unpublished, false).expect("no live numbers by default");
        assert!(refused.contains("simulator.accept_live_numbers = true"), "{refused}");
        assert!(refused.starts_with("Value '512345xxxxxx0016' is invalid."), "{refused}");
        assert_eq!(reason(field, unpublished, true), None);
    }

    #[test]
    fn a_character_of_a_secret_is_not_shown() {
        let field = FIELDS.iter().find(|row| row.name == "apiPassword").unwrap();
        let password = format!("{}é", "a".repeat(32));
        assert_eq!(reason(field, &password, false).as_deref(), Some("Value '..' is invalid. Invalid character"));
    }
}
