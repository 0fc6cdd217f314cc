//! The results of security code checks and address verification (the values documented; their meanings inferred from
//! their names).

use serde::{Deserialize, Serialize};

/// The result of one check, in the gateway's and the acquirer's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckResult<C> {
    /// `….gatewayCode`.
    pub gateway_code: C,
    /// `….acquirerCode`, where the acquirer has one.
    pub acquirer_code: Option<String>,
}

/// The result of a security code check.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SecurityCodeResult {
    /// The code is the card's.
    Match,
    /// The code is not the card's.
    NoMatch,
    /// The card has no code, or the payer sent none.
    NotPresent,
    /// The acquirer did not look at the code.
    NotProcessed,
    /// The acquirer does not look at codes.
    NotSupported,
}

impl SecurityCodeResult {
    /// The value of `response.cardSecurityCode.gatewayCode`.
    pub fn as_str(self) -> &'static str {
        match self {
            SecurityCodeResult::Match => "MATCH",
            SecurityCodeResult::NoMatch => "NO_MATCH",
            SecurityCodeResult::NotPresent => "NOT_PRESENT",
            SecurityCodeResult::NotProcessed => "NOT_PROCESSED",
            SecurityCodeResult::NotSupported => "NOT_SUPPORTED",
        }
    }
}

/// The result of address verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AddressResult {
    /// The street matches, and the postcode does not.
    AddressMatch,
    /// Street and postcode match.
    AddressZipMatch,
    /// Name and street match.
    NameAddressMatch,
    /// The name matches, and the address does not.
    NameMatch,
    /// Name and postcode match.
    NameZipMatch,
    /// The issuer knows no address.
    NotAvailable,
    /// The issuer was not asked.
    NotRequested,
    /// The issuer did not look at the address.
    NotVerified,
    /// Nothing matches.
    NoMatch,
    /// The issuer could not look, and may be asked again.
    ServiceNotAvailableRetry,
    /// The issuer does not look at addresses.
    ServiceNotSupported,
    /// The postcode matches, and the street does not.
    ZipMatch,
}

impl AddressResult {
    /// The value of `response.cardholderVerification.avs.gatewayCode`.
    pub fn as_str(self) -> &'static str {
        match self {
            AddressResult::AddressMatch => "ADDRESS_MATCH",
            AddressResult::AddressZipMatch => "ADDRESS_ZIP_MATCH",
            AddressResult::NameAddressMatch => "NAME_ADDRESS_MATCH",
            AddressResult::NameMatch => "NAME_MATCH",
            AddressResult::NameZipMatch => "NAME_ZIP_MATCH",
            AddressResult::NotAvailable => "NOT_AVAILABLE",
            AddressResult::NotRequested => "NOT_REQUESTED",
            AddressResult::NotVerified => "NOT_VERIFIED",
            AddressResult::NoMatch => "NO_MATCH",
            AddressResult::ServiceNotAvailableRetry => "SERVICE_NOT_AVAILABLE_RETRY",
            AddressResult::ServiceNotSupported => "SERVICE_NOT_SUPPORTED",
            AddressResult::ZipMatch => "ZIP_MATCH",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Orders of earlier versions have these texts.
    #[test]
    fn a_check_result_is_stored_under_the_name_it_is_answered_by() {
        use AddressResult as Avs;
        use SecurityCodeResult as Csc;
        for code in [Csc::Match, Csc::NoMatch, Csc::NotPresent, Csc::NotProcessed, Csc::NotSupported] {
            assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{}\"", code.as_str()));
        }
        for code in [
            Avs::AddressMatch,
            Avs::AddressZipMatch,
            Avs::NameAddressMatch,
            Avs::NameMatch,
            Avs::NameZipMatch,
            Avs::NotAvailable,
            Avs::NotRequested,
            Avs::NotVerified,
            Avs::NoMatch,
            Avs::ServiceNotAvailableRetry,
            Avs::ServiceNotSupported,
            Avs::ZipMatch,
        ] {
            assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{}\"", code.as_str()));
        }
    }
}
