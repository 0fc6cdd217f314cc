//! The one table of names that older API versions have for fields of the newest. Which versions have a field at all is the
//! range of its row in `spec::fields` or `spec::answers`.

use crate::fields::names::groups;
use crate::fields::{Group, Name, names};
use crate::spec::operations::Op;
use crate::spec::versions::{ApiVersion, Versions};
use std::borrow::Cow;

/// A field, or a group with everything in it, that some API versions call by another name.
#[derive(Debug, PartialEq, Eq)]
pub struct Renaming {
    /// The name that older versions have.
    pub old: Group,
    /// The newest version's name, by which everything in this program goes.
    pub new: Group,
    /// The API versions whose requests take the old name.
    pub requests: Versions,
    /// The API versions whose answers have the old name. Answers of every operation have it.
    pub answers: Option<Versions>,
    /// The API versions whose errors call the field by the old name.
    pub errors: Option<Versions>,
    /// The operations whose requests take the old name, and whose errors say it. Empty means all.
    pub operations: &'static [Op],
}

/// The API versions in which `session` is a text and no group. Version 17 has it so (observed), and up to version 15 a
/// form's session has nothing but its id (documented). From 18 on requests may have either, and answers have the group
/// (decided).
const TEXT_SESSION: Versions = Versions::until(17);

/// The API versions whose card is `card`. Version 1 has it so, and version 17 is the first with `sourceOfFunds`
/// (observed). The versions between them are as the first (decided).
const CARD_GROUP: Versions = Versions::until(16);

/// The operations about the amount of an order that is yet to be paid (decided for the inquiry). The others call their
/// own amount `transaction.amount` in every version.
const INITIAL: &[Op] = &[Op::Authorize, Op::Pay, Op::PaymentOptionsInquiry, Op::Verify];

/// The operations that took a card when its group was `card` (observed for MANAGE_CARD and PAY). The others stand here
/// so that no card that is sent is passed over (decided).
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

/// The operations that may be sent a token in place of a card.
const WITH_TOKEN: &[Op] = &[Op::Authorize, Op::Capture, Op::Pay, Op::Refund, Op::Verify];

/// A name that requests, answers and errors have in the same versions.
const fn everywhere(old: Group, new: Group, versions: Versions, operations: &'static [Op]) -> Renaming {
    Renaming { old, new, requests: versions, answers: Some(versions), errors: Some(versions), operations }
}

/// Sorted by the old name. A field stands after the group that it is in, and its row counts. The versions are those of
/// clients of versions 1, 17, 18 and 20 (observed). Answers call a card as requests of their version do (decided).
#[rustfmt::skip]
pub static RENAMINGS: &[Renaming] = &[
    everywhere(groups::CARD, groups::PROVIDED_CARD, CARD_GROUP, WITH_CARD),
    everywhere(names::CARD_HOLDER_FULL_NAME.group(), names::PROVIDED_CARD_NAME_ON_CARD.group(), CARD_GROUP, WITH_CARD),
    everywhere(names::CARD_TOKEN.group(), names::SOURCE_OF_FUNDS_TOKEN.group(), CARD_GROUP, WITH_TOKEN),
    everywhere(names::CARD_TOKEN.group(), names::TOKEN.group(), CARD_GROUP, &[Op::ManageCard]),
    // `session` is a text in all that is known up to version 17, and both a text and a group from there to 29.
    Renaming {
        old: names::SESSION.group(), new: names::SESSION_ID.group(), requests: Versions::until(29),
        answers: Some(TEXT_SESSION), errors: Some(TEXT_SESSION), operations: &[],
    },
    Renaming {
        old: names::SOURCE_OF_FUNDS_SESSION.group(), new: names::SESSION_ID.group(), requests: Versions::until(29),
        answers: None, errors: None, operations: &[],
    },
    // The answers of these operations have both names, each with a meaning of its own.
    Renaming {
        old: names::TRANSACTION_AMOUNT.group(), new: names::ORDER_AMOUNT.group(), requests: Versions::until(20),
        answers: None, errors: Some(Versions::until(20)), operations: INITIAL,
    },
    Renaming {
        old: names::TRANSACTION_CURRENCY.group(), new: names::ORDER_CURRENCY.group(), requests: Versions::until(20),
        answers: None, errors: Some(Versions::until(20)), operations: INITIAL,
    },
];

impl Renaming {
    /// The old name of a field; `None` for a field that the row is not about.
    pub fn old_of(&self, new: Name) -> Option<Name> {
        counterpart(new.as_str(), self.new, self.old)
    }

    /// The newest name of a field; `None` for a field that the row is not about.
    pub fn new_of(&self, old: Name) -> Option<Name> {
        counterpart(old.as_str(), self.old, self.new)
    }

    /// The fields that the row is about: the old name of each, and the newest.
    pub fn fields(&self) -> impl Iterator<Item = (Name, Name)> {
        self.old.names().filter_map(|old| Some((old, self.new_of(old)?)))
    }

    /// Whether requests of the operation in an API version take the old name.
    pub fn is_taken(&self, operation: Op, version: ApiVersion) -> bool {
        self.requests.contains(version) && self.is_of(operation)
    }

    /// Whether errors of the operation in an API version have the old name.
    pub fn is_said(&self, operation: Op, version: ApiVersion) -> bool {
        self.errors.is_some_and(|versions| versions.contains(version)) && self.is_of(operation)
    }

    fn is_of(&self, operation: Op) -> bool {
        self.operations.is_empty() || self.operations.contains(&operation)
    }
}

/// The known name that stands in one group where `name` stands in the other.
fn counterpart(name: &str, from: Group, to: Group) -> Option<Name> {
    moved(name, from, to).and_then(|text| Name::find(&text))
}

/// The text that stands in group `to` where `text` stands in group `from`; `None` for a text that does not stand there.
pub fn moved(text: &str, from: Group, to: Group) -> Option<Cow<'static, str>> {
    match text.strip_prefix(from.as_str())? {
        "" => Some(Cow::Borrowed(to.as_str())),
        rest if rest.starts_with('.') => Some(Cow::Owned(format!("{to}{rest}"))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::fields::rows;
    use crate::spec::operations::OPERATIONS;

    #[test]
    fn the_table_is_sorted() {
        assert!(RENAMINGS.is_sorted_by_key(|row| row.old.as_str()), "sorted by the old name");
    }

    #[test]
    fn the_ranges_are_real() {
        for row in RENAMINGS {
            let ranges = [Some(row.requests), row.answers, row.errors];
            assert!(ranges.into_iter().flatten().all(Versions::is_real), "{row:?}");
        }
    }

    #[test]
    fn both_names_are_fields_of_the_last_version_that_renames() {
        for row in RENAMINGS {
            let last = row.requests.last();
            let has = |name: Name| rows(name).iter().any(|row| row.versions.contains(last));
            assert!(row.fields().count() > 0, "{} has no field", row.old);
            for (old, new) in row.fields() {
                assert!(has(old), "{old} in version {last}");
                assert!(has(new), "{new} in version {last}");
            }
        }
    }

    #[test]
    fn every_field_of_the_oldest_card_has_a_newest_name() {
        let renamed: Vec<(&str, &str)> = RENAMINGS
            .iter()
            .filter(|row| row.is_taken(Op::Pay, ApiVersion::parse("16").unwrap()))
            .flat_map(Renaming::fields)
            .map(|(old, new)| (old.as_str(), new.as_str()))
            .filter(|(old, _)| old.starts_with("card."))
            .collect();
        let expected = [
            ("card.expiry.month", "sourceOfFunds.provided.card.expiry.month"),
            ("card.expiry.year", "sourceOfFunds.provided.card.expiry.year"),
            ("card.number", "sourceOfFunds.provided.card.number"),
            ("card.securityCode", "sourceOfFunds.provided.card.securityCode"),
            ("card.holder.fullName", "sourceOfFunds.provided.card.nameOnCard"),
            ("card.token", "sourceOfFunds.token"),
        ];
        assert_eq!(renamed, expected);
    }

    #[test]
    fn a_required_field_is_catalogued_for_its_operation_by_one_of_its_names() {
        for operation in OPERATIONS {
            for required in operation.required.iter().flat_map(|required| required.names()) {
                let older = RENAMINGS.iter().filter_map(|row| row.old_of(*required));
                let of_it = older.chain([*required]).flat_map(rows).any(|row| row.is_of(operation.op));
                assert!(of_it, "{} requires {required}", operation.name);
            }
        }
    }
}
