//! Names that older API versions had for what the newest calls otherwise: in requests here, in answers and
//! errors in [`outgoing`].

pub mod outgoing;

use crate::fields::{Fields, Name, names};
use crate::spec::operations::Op;
use crate::spec::versions::{ApiVersion, Versions};

/// A renaming: in some API versions `old` is read as `new`.
pub struct Renamed {
    /// The name older versions had.
    pub old: Name,
    /// The name everything in this program goes by.
    pub new: Name,
    /// The API versions that take the old name.
    pub versions: Versions,
    /// The API versions whose errors call the field by the old name.
    pub in_errors: Option<Versions>,
    /// The operations it is renamed in; empty means all.
    pub operations: &'static [Op],
}

/// Operations about the amount of an order that is yet to be paid (for the inquiry decided); the others call their own
/// amount `transaction.amount` to this day.
const INITIAL: &[Op] = &[Op::Authorize, Op::Pay, Op::PaymentOptionsInquiry, Op::Verify];

/// Operations that may be sent a card when that was `card` (observed for MANAGE_CARD and PAY; for the others
/// decided, so that a card that is sent is never passed over).
const WITH_CARD: &[Op] = &[
    Op::Authorize,
    Op::Capture,
    Op::ManageCard,
    Op::Pay,
    Op::PaymentOptionsInquiry,
    Op::Refund,
    Op::Tokenize,
    Op::Verify,
];

/// Operations that may be sent a token in place of a card.
const WITH_TOKEN: &[Op] = &[Op::Authorize, Op::Capture, Op::Pay, Op::Refund, Op::Verify];

const fn renamed(old: Name, new: Name, versions: Versions, operations: &'static [Op]) -> Renamed {
    Renamed { old, new, versions, in_errors: Some(versions), operations }
}

/// A renaming that errors follow in other versions than requests.
const fn spoken(in_errors: Option<Versions>, renamed: Renamed) -> Renamed {
    Renamed { in_errors, ..renamed }
}

/// Sorted by the old name. Observed in clients of versions 1, 17, 18 and 20; `session` was a text in all that
/// is known up to version 17, and both a text and a group from there to 29.
#[rustfmt::skip]
pub static RENAMED: &[Renamed] = &[
    renamed(names::CARD_EXPIRY_MONTH, names::PROVIDED_CARD_EXPIRY_MONTH, outgoing::CARD_GROUP, WITH_CARD),
    renamed(names::CARD_EXPIRY_YEAR, names::PROVIDED_CARD_EXPIRY_YEAR, outgoing::CARD_GROUP, WITH_CARD),
    renamed(names::CARD_HOLDER_FULL_NAME, names::PROVIDED_CARD_NAME_ON_CARD, outgoing::CARD_GROUP, WITH_CARD),
    renamed(names::CARD_NUMBER, names::PROVIDED_CARD_NUMBER, outgoing::CARD_GROUP, WITH_CARD),
    renamed(names::CARD_SECURITY_CODE, names::PROVIDED_CARD_SECURITY_CODE, outgoing::CARD_GROUP, WITH_CARD),
    renamed(names::CARD_TOKEN, names::SOURCE_OF_FUNDS_TOKEN, outgoing::CARD_GROUP, WITH_TOKEN),
    renamed(names::CARD_TOKEN, names::TOKEN, outgoing::CARD_GROUP, &[Op::ManageCard]),
    spoken(Some(outgoing::TEXT_SESSION), renamed(names::SESSION, names::SESSION_ID, Versions::until(29), &[])),
    spoken(None, renamed(names::SOURCE_OF_FUNDS_SESSION, names::SESSION_ID, Versions::until(29), &[])),
    renamed(names::TRANSACTION_AMOUNT, names::ORDER_AMOUNT, Versions::until(20), INITIAL),
    renamed(names::TRANSACTION_CURRENCY, names::ORDER_CURRENCY, Versions::until(20), INITIAL),
];

impl Renamed {
    fn is_of(&self, operation: Op) -> bool {
        self.operations.is_empty() || self.operations.contains(&operation)
    }
}

/// The names that an operation takes in place of the newest one.
pub fn old_names(operation: Op, version: ApiVersion, new: Name) -> impl Iterator<Item = Name> {
    let rows = RENAMED.iter().filter(move |row| row.new == new && row.versions.contains(version));
    rows.filter(move |row| row.is_of(operation)).map(|row| row.old)
}

/// Whether an operation takes this name in place of the newest one.
pub fn is_old_name(operation: Op, version: ApiVersion, name: Name) -> bool {
    RENAMED.iter().any(|row| row.old == name && row.versions.contains(version) && row.is_of(operation))
}

/// A request in today's names.
pub fn to_newest(operation: Op, version: ApiVersion, request: &mut Fields) {
    for row in RENAMED.iter().filter(|row| row.versions.contains(version) && row.is_of(operation)) {
        if let Some(value) = request.remove(row.old)
            && !request.contains(row.new)
        {
            request.set(row.new, value);
        }
    }
}

/// What an error in an API version calls a field, which a check of the newest names has found fault with.
pub fn spoken_name(operation: Op, version: ApiVersion, name: &str) -> &str {
    let mut rows = RENAMED
        .iter()
        .filter(|row| row.new == name && row.in_errors.is_some_and(|versions| versions.contains(version)));
    let row = rows.find(|row| row.is_of(operation));
    row.map_or(name, |row| row.old.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::fields::rows;

    #[test]
    fn the_table_is_sorted() {
        assert!(RENAMED.is_sorted_by_key(|row| row.old), "sorted by the old name");
    }

    #[test]
    fn both_names_are_fields_of_the_last_version_that_renames() {
        for row in RENAMED {
            let last = row.versions.last();
            let has = |name: Name| rows(name).iter().any(|row| row.versions.contains(last));
            assert!(has(row.old), "{} in version {last}", row.old);
            assert!(has(row.new), "{} in version {last}", row.new);
        }
    }

    #[test]
    fn the_oldest_card_is_read_as_today_s() {
        let mut request = Fields::new();
        request.set(names::CARD_NUMBER, "5123450000000008");
        to_newest(Op::Pay, ApiVersion::parse("1").expect("exists"), &mut request);
        assert_eq!(request.get(names::PROVIDED_CARD_NUMBER), Some("5123450000000008"));
        assert!(!request.contains(names::CARD_NUMBER), "{request:?}");
    }

    #[test]
    fn errors_speak_the_names_of_their_version() {
        let number = "sourceOfFunds.provided.card.number";
        for (operation, version, name, expected) in [
            (Op::Pay, "1", number, "card.number"),
            (Op::Pay, "16", number, "card.number"),
            (Op::Pay, "17", number, number),
            (Op::Pay, "17", "order.amount", "transaction.amount"),
            (Op::Pay, "21", "order.amount", "order.amount"),
            (Op::CreateCheckoutSession, "20", "order.amount", "order.amount"),
            (Op::TokenizeBrowserPayment, "17", "session.id", "session"),
            (Op::RetrieveSession, "18", "session.id", "session.id"),
            (Op::Pay, "1", "order.id", "order.id"),
        ] {
            let version = ApiVersion::parse(version).expect("exists");
            assert_eq!(spoken_name(operation, version, name), expected, "{operation:?} in version {version}");
        }
    }

    #[test]
    fn old_names_are_read_in_old_versions_only() {
        let mut old = Fields::new();
        old.set(names::TRANSACTION_AMOUNT, "5.00");
        let mut new = old.clone();
        to_newest(Op::Pay, ApiVersion::parse("17").expect("exists"), &mut old);
        assert_eq!(old.get(names::ORDER_AMOUNT), Some("5.00"));
        to_newest(Op::Pay, ApiVersion::parse("21").expect("exists"), &mut new);
        assert_eq!(new.get(names::ORDER_AMOUNT), None);
    }
}
