//! What an operation asks an acquirer, and what it is told. The acquirers themselves are in `acquirer`.

use super::card::{Card, Expiry};
use super::money::{Amount, Currency};
use super::order::TransactionType;
use super::secret::Secret;
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
    /// `order.reference` of a transaction that opens an order, `transaction.reference` of one that follows another: the
    /// simulator has triggers for both.
    pub reference: Option<String>,
    /// When it is asked.
    pub now: Timestamp,
}

/// What in a question decided the simulator's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trigger {
    /// `order.reference` or `transaction.reference`.
    Reference,
    /// The amount.
    Amount,
    /// The expiry of the card.
    Expiry,
    /// Nothing: what follows an approved transaction is approved.
    Nothing,
}

impl Trigger {
    /// A word for the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Trigger::Reference => "reference",
            Trigger::Amount => "amount",
            Trigger::Expiry => "expiry",
            Trigger::Nothing => "nothing",
        }
    }
}

/// `response.gatewayCode` (the values of version 100, documented; what each is for is inferred from its name).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GatewayCode {
    /// The payer gave up.
    Aborted,
    /// The acquirer could not process it.
    AcquirerSystemError,
    /// The issuer said yes.
    Approved,
    /// Approved without asking the issuer.
    ApprovedAuto,
    /// Approved, and money follows later.
    ApprovedPendingSettlement,
    /// The payer was not authenticated.
    AuthenticationFailed,
    /// The payer is being authenticated.
    AuthenticationInProgress,
    /// The balance is known.
    BalanceAvailable,
    /// The balance could not be told.
    BalanceUnknown,
    /// Risk assessment or a filter blocked it.
    Blocked,
    /// The payer cancelled it.
    Cancelled,
    /// The issuer said no.
    Declined,
    /// Declined for the address.
    DeclinedAvs,
    /// Declined for the address and the security code.
    DeclinedAvsCsc,
    /// Declined for the security code.
    DeclinedCsc,
    /// Declined, and not to be tried again.
    DeclinedDoNotContact,
    /// Declined for a wrong PIN.
    DeclinedInvalidPin,
    /// Declined for the payment plan.
    DeclinedPaymentPlan,
    /// Declined for want of a PIN.
    DeclinedPinRequired,
    /// Taken, to be processed later.
    DeferredTransactionReceived,
    /// The batch was closed before.
    DuplicateBatch,
    /// Tried too often.
    ExceededRetryLimit,
    /// The card has expired.
    ExpiredCard,
    /// There is not enough money on it.
    InsufficientFunds,
    /// The security code is not valid.
    InvalidCsc,
    /// Another operation was changing the order.
    LockFailure,
    /// The card is not enrolled for 3-D Secure.
    #[serde(rename = "NOT_ENROLLED_3D_SECURE")]
    NotEnrolled3dSecure,
    /// The acquirer does not support it.
    NotSupported,
    /// There is no money on it.
    NoBalance,
    /// Approved for less than was asked.
    PartiallyApproved,
    /// It is being processed.
    Pending,
    /// The issuer wants to be called before it says yes.
    Referred,
    /// It was handed on, and nothing has come back.
    Submitted,
    /// The gateway could not process it.
    SystemError,
    /// The acquirer did not answer in time.
    TimedOut,
    /// What became of it is not known.
    Unknown,
    /// It failed, and nothing says why.
    UnspecifiedFailure,
}

impl GatewayCode {
    /// Every code, sorted by its name.
    pub const ALL: [GatewayCode; 37] = [
        GatewayCode::Aborted,
        GatewayCode::AcquirerSystemError,
        GatewayCode::Approved,
        GatewayCode::ApprovedAuto,
        GatewayCode::ApprovedPendingSettlement,
        GatewayCode::AuthenticationFailed,
        GatewayCode::AuthenticationInProgress,
        GatewayCode::BalanceAvailable,
        GatewayCode::BalanceUnknown,
        GatewayCode::Blocked,
        GatewayCode::Cancelled,
        GatewayCode::Declined,
        GatewayCode::DeclinedAvs,
        GatewayCode::DeclinedAvsCsc,
        GatewayCode::DeclinedCsc,
        GatewayCode::DeclinedDoNotContact,
        GatewayCode::DeclinedInvalidPin,
        GatewayCode::DeclinedPaymentPlan,
        GatewayCode::DeclinedPinRequired,
        GatewayCode::DeferredTransactionReceived,
        GatewayCode::DuplicateBatch,
        GatewayCode::ExceededRetryLimit,
        GatewayCode::ExpiredCard,
        GatewayCode::InsufficientFunds,
        GatewayCode::InvalidCsc,
        GatewayCode::LockFailure,
        GatewayCode::NotEnrolled3dSecure,
        GatewayCode::NotSupported,
        GatewayCode::NoBalance,
        GatewayCode::PartiallyApproved,
        GatewayCode::Pending,
        GatewayCode::Referred,
        GatewayCode::Submitted,
        GatewayCode::SystemError,
        GatewayCode::TimedOut,
        GatewayCode::Unknown,
        GatewayCode::UnspecifiedFailure,
    ];

    /// The code of that name.
    pub fn parse(name: &str) -> Option<GatewayCode> {
        GatewayCode::ALL.into_iter().find(|code| code.as_str() == name)
    }

    /// The value of `response.gatewayCode`.
    pub fn as_str(self) -> &'static str {
        match self {
            GatewayCode::Aborted => "ABORTED",
            GatewayCode::AcquirerSystemError => "ACQUIRER_SYSTEM_ERROR",
            GatewayCode::Approved => "APPROVED",
            GatewayCode::ApprovedAuto => "APPROVED_AUTO",
            GatewayCode::ApprovedPendingSettlement => "APPROVED_PENDING_SETTLEMENT",
            GatewayCode::AuthenticationFailed => "AUTHENTICATION_FAILED",
            GatewayCode::AuthenticationInProgress => "AUTHENTICATION_IN_PROGRESS",
            GatewayCode::BalanceAvailable => "BALANCE_AVAILABLE",
            GatewayCode::BalanceUnknown => "BALANCE_UNKNOWN",
            GatewayCode::Blocked => "BLOCKED",
            GatewayCode::Cancelled => "CANCELLED",
            GatewayCode::Declined => "DECLINED",
            GatewayCode::DeclinedAvs => "DECLINED_AVS",
            GatewayCode::DeclinedAvsCsc => "DECLINED_AVS_CSC",
            GatewayCode::DeclinedCsc => "DECLINED_CSC",
            GatewayCode::DeclinedDoNotContact => "DECLINED_DO_NOT_CONTACT",
            GatewayCode::DeclinedInvalidPin => "DECLINED_INVALID_PIN",
            GatewayCode::DeclinedPaymentPlan => "DECLINED_PAYMENT_PLAN",
            GatewayCode::DeclinedPinRequired => "DECLINED_PIN_REQUIRED",
            GatewayCode::DeferredTransactionReceived => "DEFERRED_TRANSACTION_RECEIVED",
            GatewayCode::DuplicateBatch => "DUPLICATE_BATCH",
            GatewayCode::ExceededRetryLimit => "EXCEEDED_RETRY_LIMIT",
            GatewayCode::ExpiredCard => "EXPIRED_CARD",
            GatewayCode::InsufficientFunds => "INSUFFICIENT_FUNDS",
            GatewayCode::InvalidCsc => "INVALID_CSC",
            GatewayCode::LockFailure => "LOCK_FAILURE",
            GatewayCode::NotEnrolled3dSecure => "NOT_ENROLLED_3D_SECURE",
            GatewayCode::NotSupported => "NOT_SUPPORTED",
            GatewayCode::NoBalance => "NO_BALANCE",
            GatewayCode::PartiallyApproved => "PARTIALLY_APPROVED",
            GatewayCode::Pending => "PENDING",
            GatewayCode::Referred => "REFERRED",
            GatewayCode::Submitted => "SUBMITTED",
            GatewayCode::SystemError => "SYSTEM_ERROR",
            GatewayCode::TimedOut => "TIMED_OUT",
            GatewayCode::Unknown => "UNKNOWN",
            GatewayCode::UnspecifiedFailure => "UNSPECIFIED_FAILURE",
        }
    }

    /// The value of `result` that goes with it (inferred from the meaning of the codes).
    pub fn result(self) -> &'static str {
        match self {
            GatewayCode::Approved
            | GatewayCode::ApprovedAuto
            | GatewayCode::ApprovedPendingSettlement
            | GatewayCode::BalanceAvailable
            | GatewayCode::PartiallyApproved => "SUCCESS",
            GatewayCode::AuthenticationInProgress
            | GatewayCode::DeferredTransactionReceived
            | GatewayCode::Pending
            | GatewayCode::Submitted => "PENDING",
            GatewayCode::BalanceUnknown | GatewayCode::Unknown => "UNKNOWN",
            _ => "FAILURE",
        }
    }
}

/// Which simulator answers for a merchant: each stands for the acquirers of a region, whose test pages name
/// their own expiries, security codes and streets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Simulator {
    /// That of every region without one of its own.
    #[default]
    Standard,
    /// First Data in the United States.
    FirstDataUs,
    /// First Data in Australia.
    FirstDataAustralia,
    /// The other acquirers of the United States.
    OtherUs,
    /// The United Kingdom.
    Uk,
    /// Mexico.
    Mexico,
    /// France and Germany.
    FranceGermany,
    /// Cielo in Brazil.
    CieloBrazil,
    /// EFTPOS in Australia.
    EftposAustralia,
    /// Verve in Nigeria.
    VerveNigeria,
    /// Jaywan in the United Arab Emirates.
    JaywanUae,
    /// RuPay in India.
    Rupay,
}

impl Simulator {
    /// Every simulator with its name in the configuration.
    pub const ALL: [(&'static str, Simulator); 12] = [
        ("standard", Simulator::Standard),
        ("first-data-us", Simulator::FirstDataUs),
        ("first-data-australia", Simulator::FirstDataAustralia),
        ("other-us", Simulator::OtherUs),
        ("uk", Simulator::Uk),
        ("mexico", Simulator::Mexico),
        ("france-germany", Simulator::FranceGermany),
        ("cielo-brazil", Simulator::CieloBrazil),
        ("eftpos-australia", Simulator::EftposAustralia),
        ("verve-nigeria", Simulator::VerveNigeria),
        ("jaywan-uae", Simulator::JaywanUae),
        ("rupay", Simulator::Rupay),
    ];

    /// Its name in the configuration.
    pub fn name(self) -> &'static str {
        Simulator::ALL.iter().find(|(_, simulator)| *simulator == self).map_or("", |(name, _)| *name)
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
    /// What it will say by itself later, in the order of time. A reply that came later has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<Later>,
}

/// A reply that comes without being asked for again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Later {
    /// Seconds after the question.
    pub after_seconds: u32,
    /// The reply.
    pub reply: Reply,
}

/// A question about the balance of a card.
#[derive(Clone, Debug)]
pub struct BalanceQuestion {
    /// The number of the card or gift card.
    pub number: Secret,
    /// The card's expiry; gift cards have none.
    pub expiry: Option<Expiry>,
    /// In which currency the answer is to be.
    pub currency: Currency,
    /// When it is asked.
    pub now: Timestamp,
}

/// The acquirer's answer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Balance {
    /// BALANCE_AVAILABLE, BALANCE_UNKNOWN, NO_BALANCE or TIMED_OUT (documented).
    pub gateway_code: GatewayCode,
    /// How much there is, where it is known.
    pub amount: Option<Amount>,
}

impl Reply {
    /// Whether money moved, or the card was found good.
    pub fn is_success(&self) -> bool {
        self.gateway_code == GatewayCode::Approved
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_stored_and_found_under_the_name_it_is_answered_by() {
        assert!(GatewayCode::ALL.is_sorted_by_key(|code| code.as_str()), "sorted by name");
        for code in GatewayCode::ALL {
            assert_eq!(GatewayCode::parse(code.as_str()), Some(code));
            assert_eq!(serde_json::to_string(&code).unwrap(), format!("\"{}\"", code.as_str()));
        }
    }

    #[test]
    fn every_simulator_has_a_name_of_its_own() {
        for (name, simulator) in Simulator::ALL {
            assert_eq!(simulator.name(), name);
        }
    }
}
