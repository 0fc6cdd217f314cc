//! An order and its transactions: what RETRIEVE_ORDER reads, and the table that says which transaction may
//! follow which status and what it changes.

use super::acquiring::{GatewayCode, Reply};
use super::money::{Amount, Currency};
use super::settlement::Outcome;
use super::timestamp::Timestamp;
use super::version::ApiVersion;
use crate::fields::Fields;
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

    /// What a void of it is called; `None` for what cannot be voided.
    pub fn voided_by(self) -> Option<TransactionType> {
        match self {
            TransactionType::Authorization => Some(TransactionType::VoidAuthorization),
            TransactionType::Capture => Some(TransactionType::VoidCapture),
            TransactionType::Payment => Some(TransactionType::VoidPayment),
            TransactionType::Refund => Some(TransactionType::VoidRefund),
            _ => None,
        }
    }

    /// Whether it undoes another transaction.
    pub fn is_void(self) -> bool {
        use TransactionType::{VoidAuthorization, VoidCapture, VoidPayment, VoidRefund};
        matches!(self, VoidAuthorization | VoidCapture | VoidPayment | VoidRefund)
    }
}

/// `order.status`, as far as the operations that are offered can bring it.
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
    /// What became of the attempt is not known yet.
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

/// What has been authorised, captured, refunded and paid out.
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

/// What a transaction's amount does to one of the totals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is added.
    Adds(Total),
    /// It is the new total.
    Becomes(Total),
    /// It is taken off.
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

/// One line of the state machine: a transaction that an operation makes, when it may, and what its success does.
pub struct Rule {
    /// The `apiOperation`.
    pub operation: &'static str,
    /// What it makes.
    pub transaction_type: TransactionType,
    /// Whether it may be the first transaction of an order.
    pub opens: bool,
    /// The statuses it may follow.
    pub follows: &'static [OrderStatus],
    /// The statuses it may follow only where the merchant may exceed what is left.
    pub in_excess: &'static [OrderStatus],
    /// What its amount does to the totals. The status then follows from the totals.
    pub changes: &'static [Change],
    /// The status where no total stands afterwards.
    pub status_of_nothing: OrderStatus,
}

use Change::{Adds, Becomes, TakesOff};
use Total::{OfAuthorized, OfCaptured, OfDisbursed, OfRefunded};
use TransactionType::{
    Authorization, AuthorizationUpdate, Capture, Disbursement, Payment, Refund, Verification, VoidAuthorization,
    VoidCapture, VoidPayment, VoidRefund,
};

/// The state machine. What may follow FAILED is an order's first transaction tried again. Which statuses
/// belong to a payment, a capture and a refund is documented; for voids inferred, so that what depends on a
/// transaction is voided before it; REFERRAL stands on a failed order whose last answer was REFERRED.
#[rustfmt::skip]
pub static RULES: &[Rule] = &[
    Rule { operation: "AUTHORIZE", transaction_type: Authorization, opens: true,
        follows: &[Failed, Verified], in_excess: &[],
        changes: &[Adds(OfAuthorized)], status_of_nothing: Failed },
    Rule { operation: "CAPTURE", transaction_type: Capture, opens: true,
        follows: &[Authorized, Failed, PartiallyCaptured, PartiallyRefunded, Refunded],
        in_excess: &[Captured],
        changes: &[Adds(OfCaptured)], status_of_nothing: Failed },
    Rule { operation: "DISBURSEMENT", transaction_type: Disbursement, opens: true,
        follows: &[Failed], in_excess: &[],
        changes: &[Adds(OfDisbursed)], status_of_nothing: Failed },
    Rule { operation: "PAY", transaction_type: Payment, opens: true,
        follows: &[Failed, Verified], in_excess: &[],
        changes: &[Adds(OfAuthorized), Adds(OfCaptured)], status_of_nothing: Failed },
    Rule { operation: "REFERRAL", transaction_type: Authorization, opens: false,
        follows: &[Failed], in_excess: &[],
        changes: &[Adds(OfAuthorized)], status_of_nothing: Failed },
    Rule { operation: "REFERRAL", transaction_type: Payment, opens: false,
        follows: &[Failed], in_excess: &[],
        changes: &[Adds(OfAuthorized), Adds(OfCaptured)], status_of_nothing: Failed },
    Rule { operation: "REFUND", transaction_type: Refund, opens: true,
        follows: &[Captured, Failed, PartiallyCaptured, PartiallyRefunded],
        in_excess: &[ExcessivelyRefunded, Refunded],
        changes: &[Adds(OfRefunded)], status_of_nothing: Failed },
    Rule { operation: "UPDATE_AUTHORIZATION", transaction_type: AuthorizationUpdate, opens: false,
        follows: &[Authorized, PartiallyCaptured], in_excess: &[],
        changes: &[Becomes(OfAuthorized)], status_of_nothing: Failed },
    Rule { operation: "VERIFY", transaction_type: Verification, opens: true,
        follows: &[Failed], in_excess: &[],
        changes: &[], status_of_nothing: Verified },
    Rule { operation: "VOID", transaction_type: VoidAuthorization, opens: false,
        follows: &[Authorized], in_excess: &[],
        changes: &[TakesOff(OfAuthorized)], status_of_nothing: Cancelled },
    Rule { operation: "VOID", transaction_type: VoidCapture, opens: false,
        follows: &[Captured, ExcessivelyRefunded, PartiallyCaptured, PartiallyRefunded, Refunded], in_excess: &[],
        changes: &[TakesOff(OfCaptured)], status_of_nothing: Cancelled },
    Rule { operation: "VOID", transaction_type: VoidPayment, opens: false,
        follows: &[Captured], in_excess: &[],
        changes: &[TakesOff(OfAuthorized), TakesOff(OfCaptured)], status_of_nothing: Cancelled },
    Rule { operation: "VOID", transaction_type: VoidRefund, opens: false,
        follows: &[ExcessivelyRefunded, PartiallyRefunded, Refunded], in_excess: &[],
        changes: &[TakesOff(OfRefunded)], status_of_nothing: Cancelled },
];

/// A status and the totals it stands for.
type Meaning = (OrderStatus, fn(&Totals) -> bool);

/// What status the totals mean: the first line that holds (the definitions of the statuses are documented).
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
pub fn rules(operation: &str) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(move |rule| rule.operation == operation)
}

impl Rule {
    /// Whether it may follow the status (`None`: there is no order yet). `exceeding` says whether the merchant
    /// may exceed what is left.
    pub fn may_follow(&self, status: Option<OrderStatus>, exceeding: bool) -> bool {
        match status {
            None => self.opens,
            Some(status) => self.follows.contains(&status) || (exceeding && self.in_excess.contains(&status)),
        }
    }

    /// The totals after its success.
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

/// One transaction, as it was when it was done. It has no `Debug`: it repeats what the payer typed.
#[derive(Clone, Serialize, Deserialize)]
pub struct Transaction {
    /// `transaction.id`.
    pub id: String,
    /// `transaction.type`.
    pub transaction_type: TransactionType,
    /// The transaction of this order that it captures, refunds, voids or changes; `None` for one that brought
    /// its own card.
    #[serde(default)]
    pub linked_to: Option<String>,
    /// `transaction.amount`; zero for a verification.
    pub amount: Amount,
    /// The API version it was asked for in, which is the one its stored answer is given in.
    pub api_version: ApiVersion,
    /// A keyed hash of the request as it was sent, to tell a repeated request from another one.
    pub fingerprint: String,
    /// Request and session fields that the answer repeats, cards masked.
    pub repeated: Fields,
    /// What the acquirer said.
    pub reply: Reply,
    /// When it was done.
    pub time_of_record: Timestamp,
    /// `order.amount` after it.
    pub order_amount: Amount,
    /// `order.status` after it.
    pub order_status: OrderStatus,
    /// The order's totals after it.
    pub order_totals: Totals,
    /// Outcomes that come by themselves, in the order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<Outcome>,
    /// The outcome its request was answered with, where a later one has taken its place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Outcome>,
    /// When that was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Timestamp>,
}

/// An order. It has no `Debug`, as its transactions have none.
#[derive(Clone, Serialize, Deserialize)]
pub struct Order {
    /// `order.id`.
    pub id: String,
    /// `order.currency`.
    pub currency: Currency,
    /// `order.creationTime`.
    pub creation_time: Timestamp,
    /// A keyed hash of the card of the last attempt: a payment after VERIFY must be on the same card.
    pub card: String,
    /// Where notifications of it were last asked to go.
    #[serde(default)]
    pub notification_url: Option<String>,
    /// Oldest first; never empty.
    pub transactions: Vec<Transaction>,
}

impl Order {
    /// The transaction of that id.
    pub fn transaction(&self, id: &str) -> Option<&Transaction> {
        self.transactions.iter().find(|transaction| transaction.id == id)
    }

    /// `order.status` now.
    pub fn status(&self) -> OrderStatus {
        self.transactions.last().map_or(OrderStatus::Failed, |transaction| transaction.order_status)
    }

    /// The totals now.
    pub fn totals(&self) -> Totals {
        self.transactions.last().map(|transaction| transaction.order_totals).unwrap_or_default()
    }

    /// `order.amount` now.
    pub fn amount(&self) -> Amount {
        self.transactions.last().map(|transaction| transaction.order_amount).unwrap_or_default()
    }

    /// The transactions of these types that succeeded and were not voided, oldest first.
    pub fn standing<'a>(&'a self, types: &'a [TransactionType]) -> impl Iterator<Item = &'a Transaction> {
        self.transactions.iter().filter(move |transaction| {
            types.contains(&transaction.transaction_type)
                && transaction.reply.is_success()
                && !self.is_voided(transaction)
        })
    }

    /// Whether a void of it succeeded.
    pub fn is_voided(&self, transaction: &Transaction) -> bool {
        self.transactions.iter().any(|other| {
            other.transaction_type.is_void()
                && other.reply.is_success()
                && other.linked_to.as_deref() == Some(&transaction.id)
        })
    }

    /// What has been refunded of a transaction.
    pub fn refunded_of(&self, transaction: &Transaction) -> Amount {
        self.standing(&[Refund])
            .filter(|refund| refund.linked_to.as_deref() == Some(&transaction.id))
            .fold(Amount::ZERO, |sum, refund| sum.plus(refund.amount))
    }

    /// The transaction it is linked to, and what that one is linked to, up to the one that brought the card.
    pub fn origin<'a>(&'a self, transaction: &'a Transaction) -> &'a Transaction {
        let mut origin = transaction;
        // A transaction is linked to an earlier one only, so that this ends.
        while let Some(before) = origin.linked_to.as_deref().and_then(|id| self.transaction(id)) {
            origin = before;
        }
        origin
    }

    /// The last transaction, if the issuer wants to be called about it.
    pub fn referred(&self) -> Option<&Transaction> {
        self.transactions.last().filter(|last| last.reply.gateway_code == GatewayCode::Referred)
    }
}
