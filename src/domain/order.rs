//! An order and its transactions: what RETRIEVE_ORDER reads, and what decides which operation may follow.

use super::acquiring::Reply;
use super::money::{Amount, Currency};
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
    /// PAY.
    Payment,
    /// VERIFY.
    Verification,
}

impl TransactionType {
    /// The value of `transaction.type`.
    pub fn as_str(self) -> &'static str {
        match self {
            TransactionType::Authorization => "AUTHORIZATION",
            TransactionType::Payment => "PAYMENT",
            TransactionType::Verification => "VERIFICATION",
        }
    }
}

/// `order.status`, as far as the operations that are offered can bring it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum OrderStatus {
    /// Authorised, nothing captured.
    Authorized,
    /// All of it captured.
    Captured,
    /// No attempt has succeeded.
    Failed,
    /// The card was verified; a payment may follow.
    Verified,
}

impl OrderStatus {
    /// The value of `order.status`.
    pub fn as_str(self) -> &'static str {
        match self {
            OrderStatus::Authorized => "AUTHORIZED",
            OrderStatus::Captured => "CAPTURED",
            OrderStatus::Failed => "FAILED",
            OrderStatus::Verified => "VERIFIED",
        }
    }
}

/// What has been authorised, captured and refunded.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Totals {
    /// `order.totalAuthorizedAmount`.
    pub authorized: Amount,
    /// `order.totalCapturedAmount`.
    pub captured: Amount,
    /// `order.totalRefundedAmount`.
    pub refunded: Amount,
}

/// One transaction, as it was when it was done. It has no `Debug`: it repeats what the payer typed.
#[derive(Clone, Serialize, Deserialize)]
pub struct Transaction {
    /// `transaction.id`.
    pub id: String,
    /// `transaction.type`.
    pub transaction_type: TransactionType,
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
}
