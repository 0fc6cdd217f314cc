//! What an acquirer says of a security code and of an address (the values documented; what each is for is inferred from
//! its name).

use serde::{Deserialize, Serialize};

/// The verdict of one check, in the gateway's and the acquirer's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict<C> {
    /// `….gatewayCode`.
    pub gateway_code: C,
    /// `….acquirerCode`, where the acquirer has one.
    pub acquirer_code: Option<String>,
}

/// What the acquirer says of a security code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SecurityCodeVerdict {
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

impl SecurityCodeVerdict {
    /// The value of `response.cardSecurityCode.gatewayCode`.
    pub fn as_str(self) -> &'static str {
        match self {
            SecurityCodeVerdict::Match => "MATCH",
            SecurityCodeVerdict::NoMatch => "NO_MATCH",
            SecurityCodeVerdict::NotPresent => "NOT_PRESENT",
            SecurityCodeVerdict::NotProcessed => "NOT_PROCESSED",
            SecurityCodeVerdict::NotSupported => "NOT_SUPPORTED",
        }
    }
}

/// What the acquirer says of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum AddressVerdict {
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

impl AddressVerdict {
    /// The value of `response.cardholderVerification.avs.gatewayCode`.
    pub fn as_str(self) -> &'static str {
        match self {
            AddressVerdict::AddressMatch => "ADDRESS_MATCH",
            AddressVerdict::AddressZipMatch => "ADDRESS_ZIP_MATCH",
            AddressVerdict::NameAddressMatch => "NAME_ADDRESS_MATCH",
            AddressVerdict::NameMatch => "NAME_MATCH",
            AddressVerdict::NameZipMatch => "NAME_ZIP_MATCH",
            AddressVerdict::NotAvailable => "NOT_AVAILABLE",
            AddressVerdict::NotRequested => "NOT_REQUESTED",
            AddressVerdict::NotVerified => "NOT_VERIFIED",
            AddressVerdict::NoMatch => "NO_MATCH",
            AddressVerdict::ServiceNotAvailableRetry => "SERVICE_NOT_AVAILABLE_RETRY",
            AddressVerdict::ServiceNotSupported => "SERVICE_NOT_SUPPORTED",
            AddressVerdict::ZipMatch => "ZIP_MATCH",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Orders of earlier versions have these texts.
    #[test]
    fn a_verdict_is_stored_under_the_name_it_is_answered_by() {
        use AddressVerdict as Avs;
        use SecurityCodeVerdict as Csc;
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
