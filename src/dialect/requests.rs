//! Requests as an API version names their fields. Once a request is here, it has the newest version's names.

use super::renamings::{RENAMINGS, Renaming};
use crate::fields::{Fields, Name};
use crate::spec::operations::Op;
use crate::spec::versions::ApiVersion;

/// Gives the fields of a request the newest version's names. Where a request has both names, the newest counts.
pub fn to_newest(operation: Op, version: ApiVersion, request: &mut Fields) {
    for (old, new) in taken(operation, version).flat_map(Renaming::fields) {
        if let Some(value) = request.remove(old)
            && !request.contains(new)
        {
            request.set(new, value);
        }
    }
}

/// The names that an operation takes in place of the newest version's.
pub fn old_names(operation: Op, version: ApiVersion, new: Name) -> impl Iterator<Item = Name> {
    taken(operation, version).filter_map(move |row| row.old_of(new))
}

/// Whether an operation takes this name in place of the newest version's.
pub fn is_old_name(operation: Op, version: ApiVersion, name: Name) -> bool {
    taken(operation, version).any(|row| row.new_of(name).is_some())
}

fn taken(operation: Op, version: ApiVersion) -> impl Iterator<Item = &'static Renaming> {
    RENAMINGS.iter().filter(move |row| row.is_taken(operation, version))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::names;

    #[test]
    fn the_oldest_card_is_read_as_today_s() {
        let mut request = Fields::new();
        request.set(names::CARD_NUMBER, "5123450000000008");
        request.set(names::CARD_HOLDER_FULL_NAME, "N");
        to_newest(Op::Pay, ApiVersion::parse("1").unwrap(), &mut request);
        assert_eq!(request.get(names::PROVIDED_CARD_NUMBER), Some("5123450000000008"));
        assert_eq!(request.get(names::PROVIDED_CARD_NAME_ON_CARD), Some("N"));
        assert_eq!(request.len(), 2, "{request:?}");
    }

    #[test]
    fn a_token_is_read_by_what_the_operation_does_with_one() {
        for (operation, expected) in [(Op::Pay, names::SOURCE_OF_FUNDS_TOKEN), (Op::ManageCard, names::TOKEN)] {
            let mut request = Fields::new();
            request.set(names::CARD_TOKEN, "T");
            to_newest(operation, ApiVersion::parse("16").unwrap(), &mut request);
            assert_eq!(request.get(expected), Some("T"), "{operation:?}");
        }
    }

    #[test]
    fn old_names_are_read_in_old_versions_only() {
        let mut old = Fields::new();
        old.set(names::TRANSACTION_AMOUNT, "5.00");
        let mut new = old.clone();
        to_newest(Op::Pay, ApiVersion::parse("17").unwrap(), &mut old);
        assert_eq!(old.get(names::ORDER_AMOUNT), Some("5.00"));
        to_newest(Op::Pay, ApiVersion::parse("21").unwrap(), &mut new);
        assert_eq!(new.get(names::ORDER_AMOUNT), None);
    }

    #[test]
    fn of_two_names_the_newest_counts() {
        let mut request = Fields::new();
        request.set(names::SESSION, "old");
        request.set(names::SESSION_ID, "new");
        to_newest(Op::Pay, ApiVersion::parse("20").unwrap(), &mut request);
        assert_eq!((request.get(names::SESSION_ID), request.len()), (Some("new"), 1));
    }
}
