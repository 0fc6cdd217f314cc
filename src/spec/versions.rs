//! The API versions that exist, and ranges of them. Every row that depends on the API version has a range of this file.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::RangeInclusive;

/// The API versions that exist: 1 to 84, and 100. Public clients use 80, 81 and 84, official pages of 82 and 83 exist
/// (observed), and no trace of 85 to 99 is known.
const EXISTING: [RangeInclusive<u8>; 2] = [1..=84, 100..=100];

/// An API version that exists. Versions have no order outside of this file, so that a row says when something is so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ApiVersion(u8);

impl ApiVersion {
    /// The newest version, whose names everything inside the gateway goes by.
    pub const NEWEST: ApiVersion = ApiVersion(100);

    /// Reads a version as it stands in an address: decimal digits without a sign or a leading zero. `None` for a version
    /// that does not exist.
    pub fn parse(text: &str) -> Option<ApiVersion> {
        let is_canonical = !text.starts_with(['0', '+']);
        let number = text.parse::<u8>().ok().filter(|_| is_canonical)?;
        EXISTING.iter().any(|range| range.contains(&number)).then_some(ApiVersion(number))
    }

    /// Every version that exists, the oldest first.
    pub fn every() -> impl DoubleEndedIterator<Item = ApiVersion> {
        EXISTING.into_iter().flatten().map(ApiVersion)
    }

    /// What exists, in words: `1 to 84 and 100`.
    pub fn existing() -> String {
        let range = |range: RangeInclusive<u8>| match range.start() == range.end() {
            true => range.start().to_string(),
            false => format!("{} to {}", range.start(), range.end()),
        };
        EXISTING.map(range).join(" and ")
    }
}

/// The API versions in which an order whose attempts all failed may be tried again under a new transaction.id
/// (documented). Before them each attempt needs an order of its own.
pub const RETRY_ON_FAILED_ORDER: Versions = Versions::from(15);

/// The API versions in which VOID and REFUND name the transaction they are about. Before them it is the newest one that
/// they can be about (inferred).
pub const NAMES_TARGET: Versions = Versions::from(13);

/// The API versions that need `apiUsername` (documented: 12 has only `apiPassword`, 15 has both).
pub const WITH_USERNAME: Versions = Versions::from(15);

impl fmt::Display for ApiVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// A range of API versions, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Versions {
    first: u8,
    last: u8,
}

impl Versions {
    /// Every version.
    pub const ALL: Versions = Versions::between(1, ApiVersion::NEWEST.0);

    /// Every version before the jump to 100. What version 100 does not have ends with them, where no source says more.
    pub const BEFORE_100: Versions = Versions::until(84);

    /// `first` and every later version.
    pub const fn from(first: u8) -> Versions {
        Versions::between(first, ApiVersion::NEWEST.0)
    }

    /// Every version up to `last`.
    pub const fn until(last: u8) -> Versions {
        Versions::between(1, last)
    }

    /// `first` to `last`.
    pub const fn between(first: u8, last: u8) -> Versions {
        Versions { first, last }
    }

    /// Whether the range has the version.
    pub const fn contains(self, version: ApiVersion) -> bool {
        self.first <= version.0 && version.0 <= self.last
    }

    /// The first version of the range.
    pub const fn first(self) -> ApiVersion {
        ApiVersion(self.first)
    }

    /// The last version of the range.
    pub const fn last(self) -> ApiVersion {
        ApiVersion(self.last)
    }

    /// Whether the range ends before another begins.
    pub const fn is_before(self, other: Versions) -> bool {
        self.last < other.first
    }

    /// The versions of the range that exist, the oldest first.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = ApiVersion> {
        ApiVersion::every().filter(move |version| self.contains(*version))
    }

    /// Whether both ends exist and are in order. A test of each table asks.
    pub fn is_real(self) -> bool {
        let exists = |number: u8| EXISTING.iter().any(|range| range.contains(&number));
        self.first <= self.last && exists(self.first) && exists(self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_that_exist_are_1_to_84_and_100() {
        for good in ["1", "45", "79", "80", "84", "100"] {
            assert!(ApiVersion::parse(good).is_some(), "{good} exists");
        }
        for bad in ["0", "85", "99", "101", "abc", "", "-1", "+45", "045", "1e2", "4294967297"] {
            assert!(ApiVersion::parse(bad).is_none(), "{bad} does not exist");
        }
        assert_eq!(ApiVersion::every().count(), 85);
        assert_eq!(ApiVersion::existing(), "1 to 84 and 100");
    }

    #[test]
    fn a_range_has_its_ends() {
        let version = |text: &str| ApiVersion::parse(text).unwrap();
        for (range, inside, outside) in [
            (Versions::from(57), ["57", "100"], ["1", "56"]),
            (Versions::until(16), ["1", "16"], ["17", "100"]),
            (Versions::between(39, 49), ["39", "49"], ["38", "50"]),
        ] {
            assert!(range.is_real() && inside.iter().all(|text| range.contains(version(text))), "{range:?}");
            assert!(!outside.iter().any(|text| range.contains(version(text))), "{range:?}");
        }
        assert!(ApiVersion::every().all(|version| Versions::ALL.contains(version)));
        assert_eq!(Versions::from(84).iter().map(|version| version.to_string()).collect::<Vec<_>>(), ["84", "100"]);
        assert!(!Versions::between(85, 90).is_real() && !Versions::between(4, 3).is_real());
    }
}
