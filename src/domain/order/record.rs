//! The stored form of an order and its transactions.

use super::{OrderStatus, Totals, TransactionType};
use crate::domain::acquiring::{AcquirerReply, GatewayCode};
use crate::domain::later_outcomes::Outcome;
use crate::domain::money::{Amount, Currency};
use crate::domain::result::ResultCode;
use crate::domain::secret::Secret;
use crate::domain::timestamp::Timestamp;
use crate::fields::names::groups;
use crate::fields::{Fields, names};
use crate::spec::versions::ApiVersion;
use serde::{Deserialize, Serialize};

/// `gatewayEntryPoint`: the way by which a transaction came in. It has no `Debug`, because a payment link has none.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntryPoint {
    /// A request of the merchant's server.
    #[default]
    WebServicesApi,
    /// A payer's form, through the payment link of this id.
    PaymentLink(String),
}

impl EntryPoint {
    /// The value of `gatewayEntryPoint`.
    pub fn as_str(&self) -> &'static str {
        match self {
            EntryPoint::WebServicesApi => "WEB_SERVICES_API",
            EntryPoint::PaymentLink(_) => "CHECKOUT_VIA_PAYMENT_LINK",
        }
    }

    fn is_default(&self) -> bool {
        *self == EntryPoint::WebServicesApi
    }
}

/// A transaction as its operation stored it. It has no `Debug`, because it has values that the payer typed.
#[derive(Clone, Serialize, Deserialize)]
pub struct Transaction {
    /// `transaction.id`.
    pub id: String,
    /// `transaction.type`.
    pub transaction_type: TransactionType,
    /// The earlier transaction of this order that this one captures, refunds, voids or changes. `None` for a
    /// transaction with its own card.
    #[serde(default)]
    pub linked_to: Option<String>,
    /// `transaction.amount`; zero for a verification.
    pub amount: Amount,
    /// The way by which the transaction came in.
    #[serde(default, skip_serializing_if = "EntryPoint::is_default")]
    pub entry_point: EntryPoint,
    /// The API version of the request. The stored answer is given in this version.
    pub api_version: ApiVersion,
    /// A keyed hash of the request's fields. The hash tells an identical request from another one under the same ids.
    pub fingerprint: String,
    /// The request and session fields that the answer echoes, cards masked.
    #[serde(rename = "repeated")]
    pub echoed: Fields,
    /// The acquirer's reply.
    pub reply: AcquirerReply,
    /// The time of the transaction.
    pub time_of_record: Timestamp,
    /// `order.amount` after the transaction.
    pub order_amount: Amount,
    /// `order.status` after the transaction.
    pub order_status: OrderStatus,
    /// The order's totals after the transaction.
    pub order_totals: Totals,
    /// Outcomes that come later, in the order of time.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub later: Vec<Outcome>,
    /// The outcome that the request was answered with, where a later outcome has replaced it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answered: Option<Outcome>,
    /// The time at which a later outcome replaced the first one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated: Option<Timestamp>,
}

/// A card number that the store has sealed, in Base64.
#[derive(Clone, Serialize, Deserialize)]
pub struct SealedNumber(pub String);

/// An order. It has no `Debug`, because its transactions have none.
#[derive(Clone, Serialize, Deserialize)]
pub struct Order {
    /// `order.id`.
    pub id: String,
    /// `order.currency`.
    pub currency: Currency,
    /// `order.creationTime`.
    pub creation_time: Timestamp,
    /// A keyed hash of the last attempt's card: a payment after VERIFY must use the same card.
    #[serde(rename = "card")]
    pub card_hash: String,
    /// The number of that card, sealed under the keys of stored cards, unless the card was refused. TOKENIZE can make
    /// a token of the card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_number: Option<SealedNumber>,
    /// `order.merchantCategoryCode` at the time of the order; the configuration may change later. Orders of earlier
    /// commits have none.
    #[serde(default)]
    pub category_code: Option<String>,
    /// The last URL that a request named for the order's notifications.
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

    /// The successful transactions of these types that were not voided, oldest first.
    pub fn successful<'a>(&'a self, types: &'a [TransactionType]) -> impl Iterator<Item = &'a Transaction> {
        self.transactions.iter().filter(move |transaction| {
            types.contains(&transaction.transaction_type)
                && transaction.reply.is_success()
                && !self.is_voided(transaction)
        })
    }

    /// Whether a void of the transaction succeeded.
    pub fn is_voided(&self, transaction: &Transaction) -> bool {
        self.transactions.iter().any(|other| {
            other.transaction_type.is_void()
                && other.reply.is_success()
                && other.linked_to.as_deref() == Some(&transaction.id)
        })
    }

    /// The amount refunded of a transaction.
    pub fn refunded_of(&self, transaction: &Transaction) -> Amount {
        self.successful(&[TransactionType::Refund])
            .filter(|refund| refund.linked_to.as_deref() == Some(&transaction.id))
            .fold(Amount::ZERO, |sum, refund| sum.plus(refund.amount))
    }

    /// The transaction at the beginning of the chain of links. That transaction brought the card.
    pub fn origin<'a>(&'a self, transaction: &'a Transaction) -> &'a Transaction {
        let mut origin = transaction;
        // A transaction is linked only to an earlier one, so that the loop ends.
        while let Some(before) = origin.linked_to.as_deref().and_then(|id| self.transaction(id)) {
            origin = before;
        }
        origin
    }

    /// Whether the last transaction's outcome is unknown or may still change.
    pub fn is_undecided(&self) -> bool {
        let awaits = self.transactions.last().is_some_and(|last| !last.later.is_empty());
        awaits || self.status() == OrderStatus::Initiated
    }

    /// The id that the hosted checkout gives its next transaction. The ids are numbers (observed).
    pub fn next_transaction_id(&self) -> String {
        // A merchant's server may have used numbers too.
        let mut numbers = (self.transactions.len() + 1..).map(|number| number.to_string());
        numbers.find(|id| self.transaction(id).is_none()).unwrap_or_default()
    }

    /// Whether the newest transaction brought a card, and the card was approved or may still be approved.
    pub fn has_new_card(&self) -> bool {
        self.transactions.last().is_some_and(|newest| {
            let code = newest.reply.gateway_code;
            newest.linked_to.is_none() && (code.result() != ResultCode::Failure || code == GatewayCode::Referred)
        })
    }

    /// The fields of the card that paid or verified the order. `None` where no transaction succeeded.
    pub fn card_fields(&self, number: &Secret) -> Option<Fields> {
        let succeeded = self.transactions.iter().rev().find(|transaction| transaction.reply.is_success())?;
        let mut fields = self.origin(succeeded).echoed.clone();
        fields.retain(|name, _| {
            name.is_within(groups::PROVIDED_CARD_EXPIRY) || *name == names::PROVIDED_CARD_NAME_ON_CARD
        });
        fields.set(names::PROVIDED_CARD_NUMBER, number.expose());
        Some(fields)
    }

    /// The last transaction, if the issuer asked for a call. Failed transactions that follow it do not count, so that
    /// the issuer's code may be tried again.
    pub fn referred(&self) -> Option<&Transaction> {
        let has_failed = |linked: &&Transaction| {
            linked.linked_to.is_some() && linked.reply.gateway_code.result() == ResultCode::Failure
        };
        let last = self.transactions.iter().rev().find(|transaction| !has_failed(transaction))?;
        (last.reply.gateway_code == GatewayCode::Referred).then_some(last)
    }
}
