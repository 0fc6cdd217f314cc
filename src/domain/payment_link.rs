//! The payment link: everybody who has its address can pay its order.

use super::interaction::InteractionOperation;
use super::money::{Amount, Currency};
use super::order::{EntryPoint, Order, Transaction, transitions};
use super::timestamp::Timestamp;
use crate::fields::Fields;
use crate::spec::operations::Op;
use crate::spec::versions::ApiVersion;
use serde::{Deserialize, Serialize};

/// A payment link as the merchant made it. The record never changes, because the order has the attempts. It has no
/// `Debug`, because its id is enough to use it.
#[derive(Clone, Serialize, Deserialize)]
pub struct PaymentLink {
    /// `paymentLink.id`.
    pub id: String,
    /// The id of the merchant who made it.
    pub merchant: String,
    /// The API version of the request that made the link. Payments by the link use the same version.
    pub api_version: ApiVersion,
    /// The fields of the INITIATE_CHECKOUT request.
    pub fields: Fields,
    /// The amount to pay.
    pub amount: Amount,
    /// The currency of the amount.
    pub currency: Currency,
    /// `paymentLink.expiryDateTime`.
    pub expires: Timestamp,
    /// `paymentLink.numberOfAllowedAttempts`.
    pub allowed_attempts: usize,
    /// `successIndicator`.
    pub success_indicator: String,
}

/// Whether a payer can use a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// A payer can use the link.
    Open {
        /// The number of attempts left, at least one.
        attempts_left: usize,
    },
    /// The outcome of the last attempt is not known yet.
    Pending,
    /// A payer cannot use the link.
    Closed(Closed),
}

/// The reason why a payer cannot use a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// The order is paid, by the link or otherwise.
    Paid,
    /// The link has expired.
    Expired,
    /// Every allowed attempt was made.
    UsedUp,
    /// The merchant does not exist, or may not take such payments.
    Invalid,
}

impl Closed {
    /// The value of the parameter that `paymentLink.errorUrl` gets with a payer (the cases are documented, except the
    /// third; the values are decided).
    pub fn code(self) -> &'static str {
        match self {
            Closed::Paid => "ORDER_ALREADY_PAID",
            Closed::Expired => "LINK_EXPIRED",
            Closed::UsedUp => "ATTEMPTS_EXCEEDED",
            Closed::Invalid => "LINK_INVALID",
        }
    }
}

impl PaymentLink {
    /// The operation of payments by the link.
    pub fn operation(&self) -> Op {
        InteractionOperation::of(&self.fields).and_then(InteractionOperation::payment).unwrap_or(Op::Pay)
    }

    /// Whether a payer can use the link at `now`. `order` is the link's order at that time.
    pub fn availability(&self, order: Option<&Order>, now: Timestamp) -> Availability {
        if let Some(order) = order {
            if order.is_undecided() {
                return Availability::Pending;
            }
            if !transitions(self.operation()).any(|transition| transition.may_follow(Some(order.status()), false)) {
                return Availability::Closed(Closed::Paid);
            }
        }
        if self.expires <= now {
            return Availability::Closed(Closed::Expired);
        }
        match self.allowed_attempts.saturating_sub(self.attempts(order).count()) {
            0 => Availability::Closed(Closed::UsedUp),
            attempts_left => Availability::Open { attempts_left },
        }
    }

    /// The transactions made by this link. Transactions of another link to the same order do not count.
    pub fn attempts<'a>(&'a self, order: Option<&'a Order>) -> impl Iterator<Item = &'a Transaction> {
        let transactions = order.map(|order| order.transactions.as_slice()).unwrap_or_default();
        transactions
            .iter()
            .filter(|transaction| matches!(&transaction.entry_point, EntryPoint::PaymentLink(link) if *link == self.id))
    }
}
