//! What makes the simulators answer what: published for test profiles, so that the same card succeeds or fails
//! by its expiry, its security code, the street it is billed to and, in some regions, the amount.

mod regions;

pub use regions::{REGIONS, STANDARD};

use crate::domain::acquiring::{AddressResult, GatewayCode, SecurityCodeResult, Simulator};
use crate::spec::versions::Versions;

/// Where a row is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The gateway's test page says so.
    Documented,
    /// A recorded answer shows it.
    Observed,
    /// No source; chosen here.
    Decided,
}

/// One simulator: the triggers of its region.
pub struct Region {
    /// Which.
    pub simulator: Simulator,
    /// A card of the region's test page.
    pub card: &'static str,
    /// Expiries, whose outcome comes after that of the amounts.
    pub expiries: &'static [ExpiryTrigger],
    /// Amounts.
    pub amounts: &'static [AmountTrigger],
    /// Security codes. A bad code alone declines nothing (observed).
    pub security_codes: &'static [CheckTrigger<SecurityCodeResult>],
    /// The result on any other security code.
    pub other_security_code: &'static CheckTrigger<SecurityCodeResult>,
    /// `billing.address.street`. Any other street is not looked at (decided).
    pub streets: &'static [CheckTrigger<AddressResult>],
}

/// The region of a simulator.
pub fn region(simulator: Simulator) -> &'static Region {
    REGIONS.iter().find(|region| region.simulator == simulator).unwrap_or(&STANDARD)
}

/// An expiry and the outcome it brings, whether or not the month has passed.
pub struct ExpiryTrigger {
    /// Month.
    pub month: u8,
    /// Year, two digits.
    pub year: u8,
    /// Outcome.
    pub gateway_code: GatewayCode,
    /// Where it is from.
    pub evidence: Evidence,
}

const fn expiry(month: u8, year: u8, gateway_code: GatewayCode, evidence: Evidence) -> ExpiryTrigger {
    ExpiryTrigger { month, year, gateway_code, evidence }
}

/// The generation of 2018 to 2021 and its predecessors, known to every simulator where its own expiries have no
/// row. Any other expiry approves while it is in the future and is EXPIRED_CARD afterwards (decided).
pub static OLDER_EXPIRIES: &[ExpiryTrigger] = &[
    expiry(5, 21, GatewayCode::Approved, Evidence::Observed),
    expiry(5, 22, GatewayCode::Declined, Evidence::Decided),
    expiry(5, 17, GatewayCode::Approved, Evidence::Observed),
    expiry(5, 13, GatewayCode::Approved, Evidence::Observed),
];

/// Which amounts a row is about, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Amounts {
    /// This one.
    Exactly(i64),
    /// Those with these last two digits.
    Cents(i64),
}

/// Amounts and the outcome they bring.
pub struct AmountTrigger {
    /// Which amounts, of a currency with two decimals; those of other currencies trigger nothing (decided).
    pub amounts: Amounts,
    /// The one card it is about; `None` is every card.
    pub card: Option<&'static str>,
    /// Outcome.
    pub gateway_code: GatewayCode,
    /// What the acquirer says, where that is not what it always says with the outcome.
    pub acquirer: Option<(&'static str, &'static str)>,
    /// Where it is from.
    pub evidence: Evidence,
}

const fn cents(cents: i64, gateway_code: GatewayCode, evidence: Evidence) -> AmountTrigger {
    AmountTrigger { amounts: Amounts::Cents(cents), card: None, gateway_code, acquirer: None, evidence }
}

/// The API versions in which the amount decides before anything else. Only of version 1 is it known (observed by
/// the live tests of a client of that version), and every later record is of cards that go by their expiry, so that
/// the range ends where the knowledge does (decided).
pub const DECIDED_BY_CENTS: Versions = Versions::until(1);

/// The outcomes by cents in those versions. Any others leave it to the expiry (decided).
pub static CENTS: &[AmountTrigger] = &[
    cents(0, GatewayCode::Approved, Evidence::Observed),
    cents(1, GatewayCode::Referred, Evidence::Decided),
    cents(5, GatewayCode::Declined, Evidence::Observed),
    cents(10, GatewayCode::NotSupported, Evidence::Decided),
    cents(11, GatewayCode::UnspecifiedFailure, Evidence::Observed),
    cents(51, GatewayCode::InsufficientFunds, Evidence::Observed),
    cents(54, GatewayCode::ExpiredCard, Evidence::Observed),
    cents(68, GatewayCode::TimedOut, Evidence::Decided),
];

/// An `order.reference` and what becomes of the payment, seconds after it was asked for.
pub struct ReferenceTrigger {
    /// The whole reference.
    pub reference: &'static str,
    /// The outcome at once.
    pub gateway_code: GatewayCode,
    /// Outcomes that follow, each with the seconds after the request.
    pub later: &'static [(u32, GatewayCode)],
}

const fn reference(
    reference: &'static str,
    gateway_code: GatewayCode,
    later: &'static [(u32, GatewayCode)],
) -> ReferenceTrigger {
    ReferenceTrigger { reference, gateway_code, later }
}

/// The triggers of the simulator of browser payments (documented), which this one takes for PAY and AUTHORIZE on
/// cards as well, above every other trigger; all seconds count from the request (decided).
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

/// What stands in an `order.reference` before the code of a failure to its end: `7.FAILBLOCKED` (documented). In the
/// `transaction.reference` of a transaction that follows another it does the same (decided).
/// What is no code of a failure becomes UNKNOWN (documented for what is no code), and stays so.
pub const FAILURE_IN_REFERENCE: &str = ".FAIL";

/// What becomes of an outcome that an expiry or an amount brought. UNKNOWN may be updated later (documented);
/// that it becomes APPROVED, when a client that had no answer may send its request again, is decided. TIMED_OUT
/// is reversed and therefore final (documented).
pub static LATER_OUTCOMES: &[(GatewayCode, &[(u32, GatewayCode)])] =
    &[(GatewayCode::Unknown, &[(60, GatewayCode::Approved)])];

/// What the acquirer itself says with an outcome: its code (that of ISO 8583) and its words. Outcomes
/// that are absent here are those in which it gave no answer. `00` and `Approved` are observed, the others
/// decided.
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

/// A value and the result it brings.
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
