//! The payment link: one way to pay one order, for whoever holds its address.

use super::interaction::InteractionOperation;
use super::money::{Amount, Currency};
use super::order::{EntryPoint, Order, Transaction, rules};
use super::timestamp::Timestamp;
use crate::fields::Fields;
use crate::spec::operations::Op;
use crate::spec::versions::ApiVersion;
use serde::{Deserialize, Serialize};

/// A payment link as it was made; nothing in it changes, since what became of it follows from its order. It has no
/// `Debug`: whoever knows its id can use it.
#[derive(Clone, Serialize, Deserialize)]
pub struct PaymentLink {
    /// `paymentLink.id`.
    pub id: String,
    /// The id of the merchant who made it.
    pub merchant: String,
    /// The API version it was made in, which is that of its payments.
    pub api_version: ApiVersion,
    /// The fields that INITIATE_CHECKOUT was sent.
    pub fields: Fields,
    /// How much is to be paid.
    pub amount: Amount,
    /// In which currency.
    pub currency: Currency,
    /// `paymentLink.expiryDateTime`.
    pub expires: Timestamp,
    /// `paymentLink.numberOfAllowedAttempts`.
    pub allowed_attempts: usize,
    /// `successIndicator`.
    pub success_indicator: String,
}

/// Whether a link can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Availability {
    /// It can, so many times.
    Open {
        /// How many attempts are left, at least one.
        attempts_left: usize,
    },
    /// What became of the last attempt is not known yet.
    Pending,
    /// It cannot.
    Closed(Closed),
}

/// Why a link cannot be used any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// Its order is paid, by the link or otherwise.
    Paid,
    /// Its time is over.
    Expired,
    /// All its attempts were made.
    UsedUp,
    /// Its merchant is gone, or may no longer take such payments.
    Invalid,
}

impl Closed {
    /// The value of the parameter with which a payer is sent to `paymentLink.errorUrl` (the cases are documented, but
    /// for the third; the values are decided).
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
    /// The operation of its payments.
    pub fn operation(&self) -> Op {
        InteractionOperation::of(&self.fields).and_then(InteractionOperation::payment).unwrap_or(Op::Pay)
    }

    /// Whether it can be used, at `now` and with its order as it stands then.
    pub fn availability(&self, order: Option<&Order>, now: Timestamp) -> Availability {
        if let Some(order) = order {
            if order.is_undecided() {
                return Availability::Pending;
            }
            if !rules(self.operation()).any(|rule| rule.may_follow(Some(order.status()), false)) {
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

    /// The transactions that were made by it. Those of another link to the same order do not count.
    pub fn attempts<'a>(&'a self, order: Option<&'a Order>) -> impl Iterator<Item = &'a Transaction> {
        let transactions = order.map(|order| order.transactions.as_slice()).unwrap_or_default();
        transactions
            .iter()
            .filter(|transaction| matches!(&transaction.entry_point, EntryPoint::PaymentLink(link) if *link == self.id))
    }
}
