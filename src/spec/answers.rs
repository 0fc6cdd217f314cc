//! Every field of an answer: its type in JSON, the API versions that answer it, and who may be shown it.
//!
//! The build makes the rows from `catalogue/answers.tsv`. A field of `catalogue/fields.tsv` that a session may hold comes
//! back in answers as it was sent, in every version, and needs no row there.

use super::kinds::Json;
use super::versions::Versions;
use crate::fields::{Name, names};

/// A field of answers.
#[derive(Debug, PartialEq, Eq)]
pub struct Answer {
    /// Its name in answers to transaction and session operations, every index written `[n]`.
    pub name: Name,
    /// The type of its value in a JSON answer.
    pub json: Json,
    /// The API versions that answer it.
    pub versions: Versions,
    /// Whether an answer to a payer, who authenticates with nothing but a session, may show it.
    pub payer: bool,
    /// Whether RETRIEVE_ORDER, which has the order's fields at top level, shows it in every version.
    pub in_every_order: bool,
}

include!(concat!(env!("OUT_DIR"), "/answers.rs"));

/// The row of a known name; none for one that no answer has.
pub fn row(name: Name) -> Option<&'static Answer> {
    usize::from(ROWS[name.number()]).checked_sub(1).map(|at| &ANSWERS[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ranges_are_real() {
        for row in ANSWERS {
            assert!(row.versions.is_real(), "{}", row.name);
        }
    }

    #[test]
    fn a_field_that_comes_back_is_of_every_version() {
        let reference = row(names::ORDER_REFERENCE).unwrap();
        assert_eq!((reference.versions, reference.json), (Versions::ALL, Json::Text));
        assert_eq!(row(names::ORDER_AMOUNT).map(|row| row.json), Some(Json::Amount));
        assert_eq!(row(names::API_PASSWORD), None, "nobody is told a password");
    }
}
