//! The gateway's code for an acquirer's answer.

use crate::domain::result::ResultCode;
use serde::{Deserialize, Serialize};

/// `response.gatewayCode` (the values of version 100, documented; their meanings inferred from their names).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum GatewayCode {
    /// The payer gave up.
    Aborted,
    /// The acquirer could not process the transaction.
    AcquirerSystemError,
    /// The issuer approved the transaction.
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
    /// The balance is unknown.
    BalanceUnknown,
    /// Risk assessment or a filter blocked the transaction.
    Blocked,
    /// The payer cancelled the transaction.
    Cancelled,
    /// The issuer declined the transaction.
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
    /// The account has too little money.
    InsufficientFunds,
    /// The security code is not valid.
    InvalidCsc,
    /// Another operation was changing the order.
    LockFailure,
    /// The card is not enrolled for 3-D Secure.
    #[serde(rename = "NOT_ENROLLED_3D_SECURE")]
    NotEnrolled3dSecure,
    /// The acquirer does not support the transaction.
    NotSupported,
    /// The card has no balance.
    NoBalance,
    /// Approved for less than was asked.
    PartiallyApproved,
    /// The transaction is in progress.
    Pending,
    /// The issuer approves only after a call.
    Referred,
    /// The transaction was sent on, and no answer has come.
    Submitted,
    /// The gateway could not process the transaction.
    SystemError,
    /// The acquirer did not answer in time.
    TimedOut,
    /// The outcome is unknown.
    Unknown,
    /// The transaction failed without a reason.
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

    /// The `result` of the code (inferred from the meanings of the codes).
    pub fn result(self) -> ResultCode {
        match self {
            GatewayCode::Approved
            | GatewayCode::ApprovedAuto
            | GatewayCode::ApprovedPendingSettlement
            | GatewayCode::BalanceAvailable
            | GatewayCode::PartiallyApproved => ResultCode::Success,
            GatewayCode::AuthenticationInProgress
            | GatewayCode::DeferredTransactionReceived
            | GatewayCode::Pending
            | GatewayCode::Submitted => ResultCode::Pending,
            GatewayCode::BalanceUnknown | GatewayCode::Unknown => ResultCode::Unknown,
            _ => ResultCode::Failure,
        }
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
}
