//! The state machine of orders. Its table says which transaction may follow which status, and how the transaction
//! changes the totals.

mod record;

pub use record::{EntryPoint, Order, SealedNumber, Transaction};

use super::money::Amount;
use crate::spec::operations::Op;
use serde::{Deserialize, Serialize};

/// `transaction.type`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TransactionType {
    /// AUTHORIZE.
    Authorization,
    /// UPDATE_AUTHORIZATION.
    AuthorizationUpdate,
    /// CAPTURE.
    Capture,
    /// DISBURSEMENT.
    Disbursement,
    /// PAY.
    Payment,
    /// REFUND.
    Refund,
    /// VERIFY.
    Verification,
    /// VOID of an authorization.
    VoidAuthorization,
    /// VOID of a capture.
    VoidCapture,
    /// VOID of a payment.
    VoidPayment,
    /// VOID of a refund.
    VoidRefund,
}

impl TransactionType {
    /// The value of `transaction.type`.
    pub fn as_str(self) -> &'static str {
        match self {
            TransactionType::Authorization => "AUTHORIZATION",
            TransactionType::AuthorizationUpdate => "AUTHORIZATION_UPDATE",
            TransactionType::Capture => "CAPTURE",
            TransactionType::Disbursement => "DISBURSEMENT",
            TransactionType::Payment => "PAYMENT",
            TransactionType::Refund => "REFUND",
            TransactionType::Verification => "VERIFICATION",
            TransactionType::VoidAuthorization => "VOID_AUTHORIZATION",
            TransactionType::VoidCapture => "VOID_CAPTURE",
            TransactionType::VoidPayment => "VOID_PAYMENT",
            TransactionType::VoidRefund => "VOID_REFUND",
        }
    }

    /// The type of a void of this type. `None` for a type that cannot be voided.
    pub fn voided_by(self) -> Option<TransactionType> {
        match self {
            TransactionType::Authorization => Some(TransactionType::VoidAuthorization),
            TransactionType::Capture => Some(TransactionType::VoidCapture),
            TransactionType::Payment => Some(TransactionType::VoidPayment),
            TransactionType::Refund => Some(TransactionType::VoidRefund),
            _ => None,
        }
    }

    /// Whether the transaction undoes another transaction.
    pub fn is_void(self) -> bool {
        use TransactionType::{VoidAuthorization, VoidCapture, VoidPayment, VoidRefund};
        matches!(self, VoidAuthorization | VoidCapture | VoidPayment | VoidRefund)
    }
}

/// `order.status`: the values that the offered operations can reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderStatus {
    /// Authorised, nothing captured.
    Authorized,
    /// The first transaction was voided.
    Cancelled,
    /// All that was authorised, or more, has been captured.
    Captured,
    /// Money was paid out.
    Disbursed,
    /// More was refunded than captured.
    ExcessivelyRefunded,
    /// No attempt has succeeded.
    Failed,
    /// The outcome of the attempt is not known yet.
    Initiated,
    /// Less than what was authorised has been captured.
    PartiallyCaptured,
    /// Less than what was captured has been refunded.
    PartiallyRefunded,
    /// All that was captured has been refunded.
    Refunded,
    /// The card was verified; a payment may follow.
    Verified,
}

use OrderStatus::{
    Authorized, Cancelled, Captured, Disbursed, ExcessivelyRefunded, Failed, Initiated, PartiallyCaptured,
    PartiallyRefunded, Refunded, Verified,
};

impl OrderStatus {
    /// Every status.
    pub const ALL: [OrderStatus; 11] = [
        Authorized,
        Cancelled,
        Captured,
        Disbursed,
        ExcessivelyRefunded,
        Failed,
        Initiated,
        PartiallyCaptured,
        PartiallyRefunded,
        Refunded,
        Verified,
    ];

    /// The value of `order.status`.
    pub fn as_str(self) -> &'static str {
        match self {
            Authorized => "AUTHORIZED",
            Cancelled => "CANCELLED",
            Captured => "CAPTURED",
            Disbursed => "DISBURSED",
            ExcessivelyRefunded => "EXCESSIVELY_REFUNDED",
            Failed => "FAILED",
            Initiated => "INITIATED",
            PartiallyCaptured => "PARTIALLY_CAPTURED",
            PartiallyRefunded => "PARTIALLY_REFUNDED",
            Refunded => "REFUNDED",
            Verified => "VERIFIED",
        }
    }
}

/// The amounts authorised, captured, refunded and paid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Totals {
    /// `order.totalAuthorizedAmount`.
    pub authorized: Amount,
    /// `order.totalCapturedAmount`.
    pub captured: Amount,
    /// `order.totalRefundedAmount`.
    pub refunded: Amount,
    /// `order.totalDisbursedAmount`.
    pub disbursed: Amount,
}

/// The effect of a transaction's amount on a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TotalChange {
    /// The amount is added to the total.
    Adds(Total),
    /// The amount replaces the total.
    Becomes(Total),
    /// The amount is subtracted from the total.
    TakesOff(Total),
}

/// One of the totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Total {
    /// `order.totalAuthorizedAmount`.
    OfAuthorized,
    /// `order.totalCapturedAmount`.
    OfCaptured,
    /// `order.totalRefundedAmount`.
    OfRefunded,
    /// `order.totalDisbursedAmount`.
    OfDisbursed,
}

/// One line of the state machine: a transaction of an operation, the statuses it may follow, and the effect of its
/// success.
pub struct Transition {
    /// The operation.
    pub operation: Op,
    /// The type of the transaction.
    pub transaction_type: TransactionType,
    /// Whether the transaction may be the first one of an order.
    pub opens: bool,
    /// The statuses that the transaction may follow.
    pub follows: &'static [OrderStatus],
    /// The statuses that the transaction may follow only if the merchant may exceed the amount that is left.
    pub in_excess: &'static [OrderStatus],
    /// The effects on the totals. The totals decide the status.
    pub changes: &'static [TotalChange],
    /// The status where every total is zero afterwards.
    pub status_of_nothing: OrderStatus,
}

use Total::{OfAuthorized, OfCaptured, OfDisbursed, OfRefunded};
use TotalChange::{Adds, Becomes, TakesOff};
use TransactionType::{
    Authorization, AuthorizationUpdate, Capture, Disbursement, Payment, Refund, Verification, VoidAuthorization,
    VoidCapture, VoidPayment, VoidRefund,
};

/// The state machine. A transaction that may follow FAILED is an order's first transaction, tried again. The statuses
/// that a payment, a capture and a refund may follow are documented. Those of voids are inferred: a transaction that
/// depends on another is voided before it. REFERRAL needs a failed order whose last answer was REFERRED.
#[rustfmt::skip]
pub static TRANSITIONS: &[Transition] = &[
    Transition { operation: Op::Authorize, transaction_type: Authorization, opens: true,
        follows: &[Failed, Verified], in_excess: &[],
        changes: &[Adds(OfAuthorized)], status_of_nothing: Failed },
    Transition { operation: Op::Capture, transaction_type: Capture, opens: true,
        follows: &[Authorized, Failed, PartiallyCaptured, PartiallyRefunded, Refunded],
        in_excess: &[Captured],
        changes: &[Adds(OfCaptured)], status_of_nothing: Failed },
    Transition { operation: Op::Disbursement, transaction_type: Disbursement, opens: true,
        follows: &[Failed], in_excess: &[],
        changes: &[Adds(OfDisbursed)], status_of_nothing: Failed },
    Transition { operation: Op::Pay, transaction_type: Payment, opens: true,
        follows: &[Failed, Verified], in_excess: &[],
        changes: &[Adds(OfAuthorized), Adds(OfCaptured)], status_of_nothing: Failed },
    Transition { operation: Op::Referral, transaction_type: Authorization, opens: false,
        follows: &[Failed], in_excess: &[],
        changes: &[Adds(OfAuthorized)], status_of_nothing: Failed },
    Transition { operation: Op::Referral, transaction_type: Payment, opens: false,
        follows: &[Failed], in_excess: &[],
        changes: &[Adds(OfAuthorized), Adds(OfCaptured)], status_of_nothing: Failed },
    Transition { operation: Op::Refund, transaction_type: Refund, opens: true,
        follows: &[Captured, Failed, PartiallyCaptured, PartiallyRefunded],
        in_excess: &[ExcessivelyRefunded, Refunded],
        changes: &[Adds(OfRefunded)], status_of_nothing: Failed },
    Transition { operation: Op::UpdateAuthorization, transaction_type: AuthorizationUpdate, opens: false,
        follows: &[Authorized, PartiallyCaptured], in_excess: &[],
        changes: &[Becomes(OfAuthorized)], status_of_nothing: Failed },
    Transition { operation: Op::Verify, transaction_type: Verification, opens: true,
        follows: &[Failed], in_excess: &[],
        changes: &[], status_of_nothing: Verified },
    Transition { operation: Op::Void, transaction_type: VoidAuthorization, opens: false,
        follows: &[Authorized], in_excess: &[],
        changes: &[TakesOff(OfAuthorized)], status_of_nothing: Cancelled },
    Transition { operation: Op::Void, transaction_type: VoidCapture, opens: false,
        follows: &[Captured, ExcessivelyRefunded, PartiallyCaptured, PartiallyRefunded, Refunded], in_excess: &[],
        changes: &[TakesOff(OfCaptured)], status_of_nothing: Cancelled },
    Transition { operation: Op::Void, transaction_type: VoidPayment, opens: false,
        follows: &[Captured], in_excess: &[],
        changes: &[TakesOff(OfAuthorized), TakesOff(OfCaptured)], status_of_nothing: Cancelled },
    Transition { operation: Op::Void, transaction_type: VoidRefund, opens: false,
        follows: &[ExcessivelyRefunded, PartiallyRefunded, Refunded], in_excess: &[],
        changes: &[TakesOff(OfRefunded)], status_of_nothing: Cancelled },
];

/// A status, and the condition on the totals that means this status.
type Meaning = (OrderStatus, fn(&Totals) -> bool);

/// The statuses of totals. The first line whose condition holds decides (the definitions of the statuses are
/// documented).
static STATUSES: &[Meaning] = &[
    (Disbursed, |totals| totals.disbursed > Amount::ZERO),
    (ExcessivelyRefunded, |totals| totals.refunded > totals.captured),
    (Refunded, |totals| totals.refunded > Amount::ZERO && totals.refunded == totals.captured),
    (PartiallyRefunded, |totals| totals.refunded > Amount::ZERO),
    (Captured, |totals| totals.captured > Amount::ZERO && totals.captured >= totals.authorized),
    (PartiallyCaptured, |totals| totals.captured > Amount::ZERO),
    (Authorized, |totals| totals.authorized > Amount::ZERO),
];

/// The lines of the state machine for an operation.
pub fn transitions(operation: Op) -> impl Iterator<Item = &'static Transition> {
    TRANSITIONS.iter().filter(move |transition| transition.operation == operation)
}

impl Transition {
    /// Whether the transaction may follow the status (`None`: no order exists yet). `exceeding` says whether the
    /// merchant may exceed the amount that is left.
    pub fn may_follow(&self, status: Option<OrderStatus>, exceeding: bool) -> bool {
        match status {
            None => self.opens,
            Some(status) => self.follows.contains(&status) || (exceeding && self.in_excess.contains(&status)),
        }
    }

    /// The totals after the transaction succeeds.
    pub fn totals(&self, before: Totals, amount: Amount) -> Totals {
        let mut after = before;
        for change in self.changes {
            let (Adds(total) | Becomes(total) | TakesOff(total)) = change;
            let total = match total {
                OfAuthorized => &mut after.authorized,
                OfCaptured => &mut after.captured,
                OfRefunded => &mut after.refunded,
                OfDisbursed => &mut after.disbursed,
            };
            *total = match change {
                Adds(_) => total.plus(amount),
                Becomes(_) => amount,
                TakesOff(_) => total.minus(amount),
            };
        }
        after
    }

    /// The status after its success, out of the totals after it.
    pub fn status(&self, after: &Totals) -> OrderStatus {
        STATUSES.iter().find(|(_, holds)| holds(after)).map_or(self.status_of_nothing, |(status, _)| *status)
    }
}
