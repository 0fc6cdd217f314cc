//! An order and its transactions as they are kept: what RETRIEVE_ORDER reads.

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

/// `gatewayEntryPoint`: which way a transaction came in. It has no `Debug`, as a link has none.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntryPoint {
    /// A merchant's server asked for it.
    #[default]
    WebServicesApi,
    /// A payer asked for it, by the payment link of this id.
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
    /// Which way it came in.
    #[serde(default, skip_serializing_if = "EntryPoint::is_default")]
    pub entry_point: EntryPoint,
    /// The API version it was asked for in, which is the one its stored answer is given in.
    pub api_version: ApiVersion,
    /// A keyed hash of the request as it was sent, to tell a repeated request from another one.
    pub fingerprint: String,
    /// Request and session fields that the answer repeats, cards masked.
    #[serde(rename = "repeated")]
    pub echoed: Fields,
    /// What the acquirer said.
    pub reply: AcquirerReply,
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

/// A card number as the store has sealed it, in Base64.
#[derive(Clone, Serialize, Deserialize)]
pub struct SealedNumber(pub String);

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
    #[serde(rename = "card")]
    pub card_hash: String,
    /// The number of that card, sealed under the keys of stored cards, unless it was refused: TOKENIZE may be asked
    /// for a token of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card_number: Option<SealedNumber>,
    /// `order.merchantCategoryCode`, which the configuration may change afterwards; orders made before it was kept
    /// have none.
    #[serde(default)]
    pub category_code: Option<String>,
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
    pub fn successful<'a>(&'a self, types: &'a [TransactionType]) -> impl Iterator<Item = &'a Transaction> {
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
        self.successful(&[TransactionType::Refund])
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

    /// Whether the outcome of the last transaction is still to come, or may still change.
    pub fn is_undecided(&self) -> bool {
        let awaits = self.transactions.last().is_some_and(|last| !last.later.is_empty());
        awaits || self.status() == OrderStatus::Initiated
    }

    /// The id that the hosted checkout gives its next transaction: they are numbered (observed).
    pub fn next_transaction_id(&self) -> String {
        // A merchant's server may have used numbers of its own.
        let mut numbers = (self.transactions.len() + 1..).map(|number| number.to_string());
        numbers.find(|id| self.transaction(id).is_none()).unwrap_or_default()
    }

    /// Whether its newest transaction brought a card that was not refused, or may yet turn out to be good.
    pub fn has_new_card(&self) -> bool {
        self.transactions.last().is_some_and(|newest| {
            let code = newest.reply.gateway_code;
            newest.linked_to.is_none() && (code.result() != ResultCode::Failure || code == GatewayCode::Referred)
        })
    }

    /// The fields of the card that the order was paid or verified with; `None` where no transaction succeeded.
    pub fn card_fields(&self, number: &Secret) -> Option<Fields> {
        let succeeded = self.transactions.iter().rev().find(|transaction| transaction.reply.is_success())?;
        let mut fields = self.origin(succeeded).echoed.clone();
        fields.retain(|name, _| {
            name.is_within(groups::PROVIDED_CARD_EXPIRY) || *name == names::PROVIDED_CARD_NAME_ON_CARD
        });
        fields.set(names::PROVIDED_CARD_NUMBER, number.expose());
        Some(fields)
    }

    /// The last transaction, if the issuer wants to be called about it. What was linked to it and failed leaves it
    /// as it was, so that the issuer's code may be tried again.
    pub fn referred(&self) -> Option<&Transaction> {
        let has_failed = |linked: &&Transaction| {
            linked.linked_to.is_some() && linked.reply.gateway_code.result() == ResultCode::Failure
        };
        let last = self.transactions.iter().rev().find(|transaction| !has_failed(transaction))?;
        (last.reply.gateway_code == GatewayCode::Referred).then_some(last)
    }
}
