//! API versions that the real gateway has switched off, or has said it will.

use crate::spec::operations::Op;
use crate::spec::versions::ApiVersion;
use crate::spec::versions::Versions;

/// `versions.retired`: what becomes of a request in an API version that has been switched off.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Retired {
    /// It is carried out.
    #[default]
    Serve,
    /// It is refused, as one in a version that does not exist.
    Refuse,
}

/// Versions that stop answering on one day.
#[derive(Debug, PartialEq, Eq)]
pub struct Retirement {
    /// The versions.
    pub versions: Versions,
    /// The day, `yyyy-mm-dd` in UTC.
    pub date: &'static str,
}

const fn retired(first: u8, last: u8, date: &'static str) -> Retirement {
    Retirement { versions: Versions::between(first, last), date }
}

/// Sorted by version, each version once (documented: the gateway's page on versioning names 2, 5, 6, 22 and 25
/// for 2025, and 35 and everything earlier, 37, 38, 40, 43, 47 and 48 for 2027).
pub static RETIREMENTS: &[Retirement] = &[
    retired(1, 1, "2027-03-31"),
    retired(2, 2, "2025-01-31"),
    retired(3, 4, "2027-03-31"),
    retired(5, 6, "2025-01-31"),
    retired(7, 21, "2027-03-31"),
    retired(22, 22, "2025-01-31"),
    retired(23, 24, "2027-03-31"),
    retired(25, 25, "2025-01-31"),
    retired(26, 35, "2027-03-31"),
    retired(37, 38, "2027-03-31"),
    retired(40, 40, "2027-03-31"),
    retired(43, 43, "2027-03-31"),
    retired(47, 48, "2027-03-31"),
];

/// When hosted checkout stops with the versions that create its session by CREATE_CHECKOUT_SESSION (documented).
static CHECKOUT_RETIREMENT: Retirement = retired(1, 62, "2026-10-01");

/// The operations that create the session of a hosted checkout and stop with it.
const CHECKOUT: &[Op] = &[Op::CreateCheckoutSession, Op::CreatePaymentPageSession];

/// The day from which the real gateway does not answer an operation of a version, of the version itself or of
/// hosted checkout, whichever is earlier; `None` where none is known.
pub fn retirement(version: ApiVersion, operation: Option<Op>) -> Option<&'static str> {
    let of_version = RETIREMENTS.iter().find(|row| row.versions.contains(version)).map(|row| row.date);
    let is_checkout = operation.is_some_and(|operation| CHECKOUT.contains(&operation));
    let ends_with_checkout = is_checkout && CHECKOUT_RETIREMENT.versions.contains(version);
    let of_checkout = ends_with_checkout.then_some(CHECKOUT_RETIREMENT.date);
    // Dates of this form compare as text.
    of_version.into_iter().chain(of_checkout).min()
}

/// Whether that day has come on `today`, a day in UTC of the form `yyyy-mm-dd`.
pub fn is_retired(version: ApiVersion, operation: Option<Op>, today: &str) -> bool {
    retirement(version, operation).is_some_and(|date| date <= today)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(version: u8, operation: Op) -> Option<&'static str> {
        retirement(ApiVersion::parse(&version.to_string()).unwrap(), Some(operation))
    }

    #[test]
    fn rows_are_sorted_and_do_not_overlap() {
        for pair in RETIREMENTS.windows(2) {
            assert!(pair[0].versions.is_real() && pair[0].versions.is_before(pair[1].versions), "{:?}", pair[1]);
        }
    }

    #[test]
    fn versions_retire_on_the_day_the_gateway_named() {
        for version in [2, 5, 6, 22, 25] {
            assert_eq!(day(version, Op::Pay), Some("2025-01-31"), "{version}");
        }
        for version in (1..=35).filter(|version| ![2, 5, 6, 22, 25].contains(version)).chain([37, 38, 40, 43, 47, 48]) {
            assert_eq!(day(version, Op::Pay), Some("2027-03-31"), "{version}");
        }
        for version in [36, 39, 41, 42, 44, 45, 46, 49, 62, 79, 84, 100] {
            assert_eq!(day(version, Op::Pay), None, "{version}");
        }
    }

    #[test]
    fn hosted_checkout_retires_earlier_than_its_versions() {
        assert_eq!(day(62, Op::CreateCheckoutSession), Some("2026-10-01"));
        assert_eq!(day(48, Op::CreateCheckoutSession), Some("2026-10-01"));
        assert_eq!(day(25, Op::CreatePaymentPageSession), Some("2025-01-31"));
        assert_eq!(day(63, Op::InitiateCheckout), None);
    }

    #[test]
    fn a_version_is_retired_from_its_day_on() {
        let version = ApiVersion::parse("48").unwrap();
        assert!(!is_retired(version, Some(Op::Pay), "2027-03-30"));
        assert!(is_retired(version, Some(Op::Pay), "2027-03-31"));
        assert!(!is_retired(ApiVersion::NEWEST, Some(Op::Pay), "2027-03-31"));
    }
}
