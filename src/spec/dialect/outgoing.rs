//! The names that answers of older API versions have for what the newest version calls otherwise. What an older version
//! did not have at all is in `spec::answers`.

use crate::fields::names::groups;
use crate::fields::{Group, names};
use crate::spec::versions::Versions;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted() {
        assert!(SPOKEN.is_sorted_by_key(|row| row.new.as_str()), "sorted by the new name");
    }
}
