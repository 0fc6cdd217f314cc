//! Names that older API versions had for what the newest calls otherwise: in requests here, in answers and
//! errors in [`outgoing`].

pub mod outgoing;

use crate::domain::version::ApiVersion;
use crate::fields::{Fields, names};
use std::ops::RangeInclusive;

/// A renaming: up to API version `until`, `old` is read as `new`.
pub struct Renamed {
    /// The name older versions had.
    pub old: &'static str,
    /// The name everything in this program goes by.
    pub new: &'static str,
    /// The last API version that takes the old name.
    pub until: u8,
    /// The last API version whose errors speak of the field by the old name; 0 for none.
    pub spoken_until: u8,
    /// The operations it is renamed in; empty means all.
    pub operations: &'static [&'static str],
}

/// Operations about the amount of an order that is yet to be paid (for the inquiry decided); the others call their own
/// amount `transaction.amount` to this day.
const INITIAL: &[&str] = &["AUTHORIZE", "PAY", "PAYMENT_OPTIONS_INQUIRY", "VERIFY"];

/// Operations that may be sent a card when that was `card` (observed for MANAGE_CARD and PAY; for the others
/// decided, so that a card that is sent is never passed over).
const WITH_CARD: &[&str] =
    &["AUTHORIZE", "CAPTURE", "MANAGE_CARD", "PAY", "PAYMENT_OPTIONS_INQUIRY", "REFUND", "TOKENIZE", "VERIFY"];

/// Operations that may be sent a token in place of a card.
const WITH_TOKEN: &[&str] = &["AUTHORIZE", "CAPTURE", "PAY", "REFUND", "VERIFY"];

const fn renamed(old: &'static str, new: &'static str, until: u8, operations: &'static [&'static str]) -> Renamed {
    Renamed { old, new, until, spoken_until: until, operations }
}

/// A renaming of which errors speak by the old name up to another version.
const fn spoken(spoken_until: u8, renamed: Renamed) -> Renamed {
    Renamed { spoken_until, ..renamed }
}

/// Sorted by the old name. Observed in clients of versions 1, 17, 18 and 20; `session` was a text in all that
/// is known up to version 17, and both a text and a group from there to 29.
#[rustfmt::skip]
pub static RENAMED: &[Renamed] = &[
    renamed(names::CARD_EXPIRY_MONTH, names::PROVIDED_CARD_EXPIRY_MONTH, 16, WITH_CARD),
    renamed(names::CARD_EXPIRY_YEAR, names::PROVIDED_CARD_EXPIRY_YEAR, 16, WITH_CARD),
    renamed(names::CARD_HOLDER_FULL_NAME, names::PROVIDED_CARD_NAME_ON_CARD, 16, WITH_CARD),
    renamed(names::CARD_NUMBER, names::PROVIDED_CARD_NUMBER, 16, WITH_CARD),
    renamed(names::CARD_SECURITY_CODE, names::PROVIDED_CARD_SECURITY_CODE, 16, WITH_CARD),
    renamed(names::CARD_TOKEN, names::SOURCE_OF_FUNDS_TOKEN, 16, WITH_TOKEN),
    renamed(names::CARD_TOKEN, names::TOKEN, 16, &["MANAGE_CARD"]),
    spoken(outgoing::LAST_TEXT_SESSION, renamed(names::SESSION, names::SESSION_ID, 29, &[])),
    spoken(0, renamed(names::SOURCE_OF_FUNDS_SESSION, names::SESSION_ID, 29, &[])),
    renamed(names::TRANSACTION_AMOUNT, names::ORDER_AMOUNT, 20, INITIAL),
    renamed(names::TRANSACTION_CURRENCY, names::ORDER_CURRENCY, 20, INITIAL),
];

/// The API versions in which an order whose attempts all failed may be tried again under a new
/// transaction.id (documented); before them each attempt needs an order of its own.
pub static RETRY_ON_FAILED_ORDER: RangeInclusive<u8> = 15..=100;

/// The API versions in which VOID and REFUND name what they are about; before them, it is the newest
/// transaction that they can be about (inferred).
pub static NAMES_TARGET: RangeInclusive<u8> = 13..=100;

impl Renamed {
    fn is_of(&self, operation: &str) -> bool {
        self.operations.is_empty() || self.operations.contains(&operation)
    }
}

/// The names that an operation takes in place of the newest one.
pub fn old_names<'a>(operation: &'a str, version: ApiVersion, new: &'a str) -> impl Iterator<Item = &'static str> {
    let rows = RENAMED.iter().filter(move |row| row.new == new && version.number() <= row.until);
    rows.filter(move |row| row.is_of(operation)).map(|row| row.old)
}

/// Whether an operation takes this name in place of the newest one.
pub fn is_old_name(operation: &str, version: ApiVersion, name: &str) -> bool {
    RENAMED.iter().any(|row| row.old == name && version.number() <= row.until && row.is_of(operation))
}

/// A request in today's names.
pub fn to_newest(operation: &str, version: ApiVersion, request: &mut Fields) {
    for row in RENAMED.iter().filter(|row| version.number() <= row.until && row.is_of(operation)) {
        if let Some(value) = request.remove(row.old)
            && !request.contains(row.new)
        {
            request.set(row.new, value);
        }
    }
}

/// What an error in an API version calls a field, which a check of the newest names has found fault with.
pub fn spoken_name<'a>(operation: &str, version: ApiVersion, name: &'a str) -> &'a str {
    let mut rows = RENAMED.iter().filter(|row| row.new == name && version.number() <= row.spoken_until);
    let row = rows.find(|row| row.is_of(operation));
    row.map_or(name, |row| row.old)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::fields::FIELDS;

    #[test]
    fn the_table_is_sorted() {
        assert!(RENAMED.is_sorted_by_key(|row| row.old), "sorted by the old name");
    }

    #[test]
    fn both_names_are_fields_of_the_last_version_that_renames() {
        for row in RENAMED {
            let has =
                |name: &str, version: u8| FIELDS.iter().any(|field| field.name == name && field.exists_in(version));
            assert!(has(row.old, row.until), "{} in version {}", row.old, row.until);
            assert!(has(row.new, row.until), "{} in version {}", row.new, row.until);
        }
    }

    #[test]
    fn the_oldest_card_is_read_as_today_s() {
        let mut request = Fields::new();
        request.set("card.number", "5123450000000008");
        to_newest("PAY", ApiVersion::parse("1").expect("exists"), &mut request);
        assert_eq!(request.get("sourceOfFunds.provided.card.number"), Some("5123450000000008"));
        assert!(!request.contains("card.number"), "{request:?}");
    }

    #[test]
    fn errors_speak_the_names_of_their_version() {
        let number = "sourceOfFunds.provided.card.number";
        for (operation, version, name, expected) in [
            ("PAY", "1", number, "card.number"),
            ("PAY", "16", number, "card.number"),
            ("PAY", "17", number, number),
            ("PAY", "17", "order.amount", "transaction.amount"),
            ("PAY", "21", "order.amount", "order.amount"),
            ("CREATE_CHECKOUT_SESSION", "20", "order.amount", "order.amount"),
            ("TOKENIZE_BROWSER_PAYMENT", "17", "session.id", "session"),
            ("RETRIEVE_SESSION", "18", "session.id", "session.id"),
            ("PAY", "1", "order.id", "order.id"),
        ] {
            let version = ApiVersion::parse(version).expect("exists");
            assert_eq!(spoken_name(operation, version, name), expected, "{operation} in version {version}");
        }
    }

    #[test]
    fn old_names_are_read_in_old_versions_only() {
        let mut old = Fields::new();
        old.set("transaction.amount", "5.00");
        let mut new = old.clone();
        to_newest("PAY", ApiVersion::parse("17").expect("exists"), &mut old);
        assert_eq!(old.get("order.amount"), Some("5.00"));
        to_newest("PAY", ApiVersion::parse("21").expect("exists"), &mut new);
        assert_eq!(new.get("order.amount"), None);
    }
}
