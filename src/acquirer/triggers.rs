//! The triggers of the simulators. They are published for test profiles: the expiry, the security code, the street
//! and, in some regions, the amount decide the outcome of a card.

mod regions;

pub use regions::{REGIONS, STANDARD};

use crate::domain::acquiring::{AddressResult, GatewayCode, SecurityCodeResult, Simulator};
use crate::spec::versions::Versions;

/// The provenance of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provenance {
    /// The gateway's test page has the row.
    Documented,
    /// A recorded answer shows the row.
    Observed,
    /// No source has the row. This project chose it.
    Decided,
}

/// The triggers of one simulator's region.
pub struct Region {
    /// The simulator.
    pub simulator: Simulator,
    /// A card of the region's test page.
    pub card: &'static str,
    /// Expiries. Amounts take precedence over them.
    pub expiries: &'static [ExpiryTrigger],
    /// Amounts. They take precedence over expiries.
    pub amounts: &'static [AmountTrigger],
    /// Security codes. A bad code alone declines nothing (observed).
    pub security_codes: &'static [CheckTrigger<SecurityCodeResult>],
    /// The result for any other security code.
    pub other_security_code: &'static CheckTrigger<SecurityCodeResult>,
    /// Values of `billing.address.street`. Any other street is not verified (decided).
    pub streets: &'static [CheckTrigger<AddressResult>],
}

/// The region of a simulator.
pub fn region(simulator: Simulator) -> &'static Region {
    REGIONS.iter().find(|region| region.simulator == simulator).unwrap_or(&STANDARD)
}

/// An expiry and its outcome. The outcome is the same after the month has passed.
pub struct ExpiryTrigger {
    /// The month, 1 to 12.
    pub month: u8,
    /// The last two digits of the year.
    pub year: u8,
    /// The outcome.
    pub gateway_code: GatewayCode,
    /// The provenance of the row.
    pub provenance: Provenance,
}

const fn expiry(month: u8, year: u8, gateway_code: GatewayCode, provenance: Provenance) -> ExpiryTrigger {
    ExpiryTrigger { month, year, gateway_code, provenance }
}

/// Expiries of test pages up to 2021. Every simulator knows them, except where its own expiries have the same month.
/// Any other expiry is approved while it is in the future, and is EXPIRED_CARD afterwards (decided).
pub static OLDER_EXPIRIES: &[ExpiryTrigger] = &[
    expiry(5, 21, GatewayCode::Approved, Provenance::Observed),
    expiry(5, 22, GatewayCode::Declined, Provenance::Decided),
    expiry(5, 17, GatewayCode::Approved, Provenance::Observed),
    expiry(5, 13, GatewayCode::Approved, Provenance::Observed),
];

/// The amounts of a row, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amounts {
    /// One amount.
    Exactly(i64),
    /// All amounts with these last two digits.
    Cents(i64),
}

/// Amounts and their outcome.
pub struct AmountTrigger {
    /// The amounts, in a currency with two decimals. Amounts of other currencies trigger nothing (decided).
    pub amounts: Amounts,
    /// The only card of the row; `None` for every card.
    pub card: Option<&'static str>,
    /// The outcome.
    pub gateway_code: GatewayCode,
    /// The acquirer's code and words, where they differ from the usual ones of this outcome.
    pub acquirer: Option<(&'static str, &'static str)>,
    /// The provenance of the row.
    pub provenance: Provenance,
}

const fn cents(cents: i64, gateway_code: GatewayCode, provenance: Provenance) -> AmountTrigger {
    AmountTrigger { amounts: Amounts::Cents(cents), card: None, gateway_code, acquirer: None, provenance }
}

/// The API versions in which the amount takes precedence over every expiry. This is known of version 1 only (observed
/// in the live tests of a client of that version). Every later recorded answer depends on the card's expiry. The
/// range therefore ends at version 1 (decided).
pub const DECIDED_BY_CENTS: Versions = Versions::until(1);

/// The outcomes by cents in those versions. For other cents the expiry decides (decided).
pub static CENTS: &[AmountTrigger] = &[
    cents(0, GatewayCode::Approved, Provenance::Observed),
    cents(1, GatewayCode::Referred, Provenance::Decided),
    cents(5, GatewayCode::Declined, Provenance::Observed),
    cents(10, GatewayCode::NotSupported, Provenance::Decided),
    cents(11, GatewayCode::UnspecifiedFailure, Provenance::Observed),
    cents(51, GatewayCode::InsufficientFunds, Provenance::Observed),
    cents(54, GatewayCode::ExpiredCard, Provenance::Observed),
    cents(68, GatewayCode::TimedOut, Provenance::Decided),
];

/// An `order.reference` and the outcomes of its payment.
pub struct ReferenceTrigger {
    /// The whole reference.
    pub reference: &'static str,
    /// The outcome at once.
    pub gateway_code: GatewayCode,
    /// Later outcomes, each with the seconds after the request.
    pub later: &'static [(u32, GatewayCode)],
}

const fn reference(
    reference: &'static str,
    gateway_code: GatewayCode,
    later: &'static [(u32, GatewayCode)],
) -> ReferenceTrigger {
    ReferenceTrigger { reference, gateway_code, later }
}

/// The triggers of the simulator of browser payments (documented). This simulator applies them to PAY and AUTHORIZE
/// on cards too, before every other trigger. All seconds count from the request (decided).
#[rustfmt::skip]
pub static REFERENCES: &[ReferenceTrigger] = &[
    reference("TEST-SUCCEED", GatewayCode::Approved, &[]),
    reference("TEST-FAIL-NOTFOUND", GatewayCode::Declined, &[]),
    reference("TEST-FAIL-DECLINE", GatewayCode::Declined, &[]),
    reference("TEST-PENDING", GatewayCode::Submitted, &[]),
    reference("TEST-FAIL-THEN-SUCCESS", GatewayCode::Submitted, &[(30, GatewayCode::Declined), (60, GatewayCode::Approved)]),
    reference("TEST-FAIL-INIT", GatewayCode::Submitted, &[(30, GatewayCode::Declined)]),
    reference("TEST-SUCCESS-INIT", GatewayCode::Submitted, &[(30, GatewayCode::Approved)]),
    reference("TEST-TIMEOUT-THEN-SUCCESS", GatewayCode::Submitted, &[(30, GatewayCode::AcquirerSystemError), (60, GatewayCode::Approved)]),
];

/// The text in an `order.reference` before the code of a failure, which ends the reference: `7.FAILBLOCKED`
/// (documented). The text works the same way in the `transaction.reference` of a transaction that follows another
/// (decided). A code that is no failure gives UNKNOWN (documented for texts that are no code). This UNKNOWN has no
/// later outcome.
pub const FAILURE_IN_REFERENCE: &str = ".FAIL";

/// The later outcomes of an outcome that an expiry or an amount triggered. UNKNOWN may be updated later (documented).
/// Decided: it becomes APPROVED at the time when a client without an answer may send its request again. TIMED_OUT is
/// reversed and therefore final (documented).
pub static LATER_OUTCOMES: &[(GatewayCode, &[(u32, GatewayCode)])] =
    &[(GatewayCode::Unknown, &[(60, GatewayCode::Approved)])];

/// The acquirer's code (that of ISO 8583) and words for each outcome. The acquirer gave no answer for the outcomes
/// that are absent here. `00` and `Approved` are observed, the others decided.
pub static ACQUIRER_ANSWERS: &[(GatewayCode, &str, &str)] = &[
    (GatewayCode::Approved, "00", "Approved"),
    (GatewayCode::Declined, "05", "Declined"),
    (GatewayCode::ExceededRetryLimit, "75", "Tried too often"),
    (GatewayCode::ExpiredCard, "54", "Expired card"),
    (GatewayCode::InsufficientFunds, "51", "Insufficient funds"),
    (GatewayCode::NotSupported, "40", "Not supported"),
    (GatewayCode::Referred, "01", "Refer to issuer"),
    (GatewayCode::AcquirerSystemError, "96", "System error"),
    (GatewayCode::UnspecifiedFailure, "10", "Unspecified failure"),
];

/// A value and the result of its check.
pub struct CheckTrigger<C> {
    /// The security code or the street.
    pub value: &'static str,
    /// `….gatewayCode`.
    pub gateway_code: C,
    /// `….acquirerCode`; empty where there is none.
    pub acquirer_code: &'static str,
}

const fn check_result<C: Copy>(value: &'static str, gateway_code: C, acquirer_code: &'static str) -> CheckTrigger<C> {
    CheckTrigger { value, gateway_code, acquirer_code }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::cards;

    #[test]
    fn every_simulator_has_one_region() {
        for (name, simulator) in Simulator::ALL {
            assert_eq!(REGIONS.iter().filter(|region| region.simulator == simulator).count(), 1, "{name}");
        }
        assert_eq!(REGIONS.len(), Simulator::ALL.len());
    }

    #[test]
    fn no_trigger_stands_twice_and_none_hides_another() {
        fn unique<K: PartialEq + std::fmt::Debug>(keys: Vec<K>) {
            for (at, key) in keys.iter().enumerate() {
                assert!(!keys[..at].contains(key), "{key:?} stands twice");
            }
        }
        for region in REGIONS {
            unique(region.expiries.iter().chain(OLDER_EXPIRIES).map(|row| (row.month, row.year)).collect());
            unique(region.amounts.iter().map(|row| (row.amounts, row.card)).collect());
            unique(region.security_codes.iter().map(|row| row.value).collect());
            unique(region.streets.iter().map(|row| row.value).collect());
        }
        unique(CENTS.iter().map(|row| row.amounts).collect());
        unique(REFERENCES.iter().map(|row| row.reference).collect());
    }

    #[test]
    fn later_outcomes_stand_in_the_order_of_time() {
        let of_references = REFERENCES.iter().map(|row| row.later);
        for later in of_references.chain(LATER_OUTCOMES.iter().map(|(_, later)| *later)) {
            assert!(later.is_sorted_by_key(|(after_seconds, _)| *after_seconds));
        }
    }

    #[test]
    fn the_card_of_a_region_is_published() {
        for region in REGIONS {
            assert!(cards::published(region.card), "{}", region.card);
        }
    }
}
