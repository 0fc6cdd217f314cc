//! What an operation asks an acquirer, and what it is told. The acquirers themselves are in `acquirer`.

use super::card::Card;
use super::money::{Amount, Currency};
use super::order::TransactionType;
use super::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// A question to the acquirer: one transaction on one card.
#[derive(Clone, Debug)]
pub struct Question {
    /// What is to be done.
    pub transaction_type: TransactionType,
    /// How much; zero for a verification.
    pub amount: Amount,
    /// In which currency.
    pub currency: Currency,
    /// On which card; `None` where the acquirer knows it from the transaction that this one follows.
    pub card: Option<Card>,
    /// `billing.address.street`, for address verification.
    pub street: Option<String>,
    /// When it is asked.
    pub now: Timestamp,
}

/// `response.gatewayCode` as far as this gateway's acquirers answer it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GatewayCode {
    /// The issuer said yes.
    Approved,
    /// The issuer said no.
    Declined,
    /// The card has expired.
    ExpiredCard,
    /// The issuer wants to be called before it says yes.
    Referred,
    /// The acquirer did not answer in time.
    TimedOut,
    /// The acquirer could not process it.
    AcquirerSystemError,
    /// It failed, and nothing says why.
    UnspecifiedFailure,
    /// What became of it is not known.
    Unknown,
}

impl GatewayCode {
    /// The value of `response.gatewayCode`.
    pub fn as_str(self) -> &'static str {
        match self {
            GatewayCode::Approved => "APPROVED",
            GatewayCode::Declined => "DECLINED",
            GatewayCode::ExpiredCard => "EXPIRED_CARD",
            GatewayCode::Referred => "REFERRED",
            GatewayCode::TimedOut => "TIMED_OUT",
            GatewayCode::AcquirerSystemError => "ACQUIRER_SYSTEM_ERROR",
            GatewayCode::UnspecifiedFailure => "UNSPECIFIED_FAILURE",
            GatewayCode::Unknown => "UNKNOWN",
        }
    }

    /// The value of `result` that goes with it.
    pub fn result(self) -> &'static str {
        match self {
            GatewayCode::Approved => "SUCCESS",
            GatewayCode::Unknown => "UNKNOWN",
            _ => "FAILURE",
        }
    }
}

/// The verdict of one check (security code or address) in the gateway's and the acquirer's words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// `….gatewayCode`.
    pub gateway_code: String,
    /// `….acquirerCode`, where the acquirer has one.
    pub acquirer_code: Option<String>,
}

/// What the acquirer said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The outcome.
    pub gateway_code: GatewayCode,
    /// The acquirer's own code; absent where it gave no answer.
    pub acquirer_code: Option<String>,
    /// The acquirer's own words.
    pub acquirer_message: Option<String>,
    /// The result of the security code check, where a code was sent.
    pub security_code: Option<Verdict>,
    /// The result of address verification, where it was made.
    pub address: Option<Verdict>,
    /// System trace audit number, 0 to 999,999.
    pub stan: u32,
}

impl Reply {
    /// Whether money moved, or the card was found good.
    pub fn is_success(&self) -> bool {
        self.gateway_code == GatewayCode::Approved
    }
}
