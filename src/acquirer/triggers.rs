//! What makes the standard simulator answer what: published for test profiles, so that the same card
//! succeeds or fails by its expiry, its security code and the street it is billed to.

use crate::domain::acquiring::GatewayCode;

/// Where a row is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The gateway's test page says so.
    Documented,
    /// A recorded answer shows it.
    Observed,
    /// No source; chosen here.
    Decided,
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
    pub standing: Standing,
}

const fn expiry(month: u8, year: u8, gateway_code: GatewayCode, standing: Standing) -> ExpiryTrigger {
    ExpiryTrigger { month, year, gateway_code, standing }
}

/// First the present generation, then the one of 2018 to 2021 and its predecessors. Any other expiry
/// approves while it is in the future and is EXPIRED_CARD afterwards (decided).
pub static EXPIRIES: &[ExpiryTrigger] = &[
    expiry(1, 39, GatewayCode::Approved, Standing::Documented),
    expiry(5, 39, GatewayCode::Declined, Standing::Documented),
    expiry(4, 27, GatewayCode::ExpiredCard, Standing::Documented),
    expiry(8, 28, GatewayCode::TimedOut, Standing::Documented),
    expiry(1, 37, GatewayCode::AcquirerSystemError, Standing::Documented),
    expiry(2, 37, GatewayCode::UnspecifiedFailure, Standing::Documented),
    expiry(5, 37, GatewayCode::Unknown, Standing::Documented),
    // No source has a trigger for it, and REFERRAL needs one.
    expiry(3, 37, GatewayCode::Referred, Standing::Decided),
    expiry(5, 21, GatewayCode::Approved, Standing::Observed),
    expiry(5, 22, GatewayCode::Declined, Standing::Decided),
    expiry(5, 17, GatewayCode::Approved, Standing::Observed),
    expiry(5, 13, GatewayCode::Approved, Standing::Observed),
];

/// What the acquirer itself says with an outcome: its code (that of ISO 8583) and its words. Outcomes
/// that are absent here are those in which it gave no answer. `00` and `Approved` are observed, the others
/// decided.
pub static ACQUIRER_ANSWERS: &[(GatewayCode, &str, &str)] = &[
    (GatewayCode::Approved, "00", "Approved"),
    (GatewayCode::Declined, "05", "Declined"),
    (GatewayCode::ExpiredCard, "54", "Expired card"),
    (GatewayCode::Referred, "01", "Refer to issuer"),
    (GatewayCode::AcquirerSystemError, "96", "System error"),
    (GatewayCode::UnspecifiedFailure, "10", "Unspecified failure"),
];

/// A value and the verdict it brings.
pub struct VerdictTrigger {
    /// The security code or the street.
    pub value: &'static str,
    /// `….gatewayCode`.
    pub gateway_code: &'static str,
    /// `….acquirerCode`; empty where there is none.
    pub acquirer_code: &'static str,
}

const fn verdict(value: &'static str, gateway_code: &'static str, acquirer_code: &'static str) -> VerdictTrigger {
    VerdictTrigger { value, gateway_code, acquirer_code }
}

/// Security codes; the four-digit ones are Amex's. Documented, with the letters M and N observed and P
/// decided. A bad code alone declines nothing (observed).
pub static SECURITY_CODES: &[VerdictTrigger] = &[
    verdict("100", "MATCH", "M"),
    verdict("101", "NOT_PROCESSED", "P"),
    verdict("102", "NO_MATCH", "N"),
    verdict("1000", "MATCH", "M"),
    verdict("1010", "NOT_PROCESSED", "P"),
    verdict("1020", "NO_MATCH", "N"),
];

/// The verdict on any other code (observed for 123).
pub static OTHER_SECURITY_CODE: VerdictTrigger = verdict("", "NO_MATCH", "N");

/// `billing.address.street`. Documented; the streets begin with the letter that acquirers use for the
/// verdict, which is therefore the acquirer's code (inferred). Any other street is not looked at (decided).
pub static STREETS: &[VerdictTrigger] = &[
    verdict("Alpha St", "ADDRESS_MATCH", "A"),
    verdict("Gamma St", "NOT_VERIFIED", "G"),
    verdict("Kilo St", "NAME_MATCH", "K"),
    verdict("Lima St", "NAME_ZIP_MATCH", "L"),
    verdict("November St", "NO_MATCH", "N"),
    verdict("Oscar St", "NAME_ADDRESS_MATCH", "O"),
    verdict("Romeo St", "SERVICE_NOT_AVAILABLE_RETRY", "R"),
    verdict("Sierra St", "SERVICE_NOT_SUPPORTED", "S"),
    verdict("Uniform St", "NOT_AVAILABLE", "U"),
    verdict("Whiskey St", "ZIP_MATCH", "W"),
    verdict("X-ray St", "ADDRESS_ZIP_MATCH", "X"),
    verdict("Zero St", "NOT_REQUESTED", ""),
];
