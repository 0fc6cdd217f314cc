//! Outcomes that come by themselves, after the answer: what an order shows is what has come until now.
//!
//! Nothing is written when a later outcome comes. A transaction keeps the outcomes that are to come with their
//! times, and [`Order::settle`] takes in those whose time has come; the next operation that changes the order
//! writes it as it then is. Only the newest transaction of an order can still change: one that another one
//! followed stays as it was then (decided: nobody waits for the outcome of an attempt that was given up).

use super::acquiring::Reply;
use super::order::{Order, OrderStatus, Totals, Transaction};
use super::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// What became of a transaction, and of its order by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What the acquirer said.
    pub reply: Reply,
    /// When.
    pub time: Timestamp,
    /// `order.status` after it.
    pub order_status: OrderStatus,
    /// The order's totals after it.
    pub order_totals: Totals,
}

impl Order {
    /// Takes in what has come until `now`.
    pub fn settle(&mut self, now: Timestamp) {
        if let Some(newest) = self.transactions.last_mut() {
            newest.settle(now);
        }
    }
}

impl Transaction {
    fn settle(&mut self, now: Timestamp) {
        let due = self.later.partition_point(|outcome| outcome.time <= now);
        if let Some(outcome) = self.later.drain(..due).last() {
            let before = self.put(outcome);
            self.answered.get_or_insert(before);
        }
    }

    /// The transaction as its request was answered: what a repetition of that request is answered with.
    pub fn as_answered(&self) -> Transaction {
        let mut answered = self.clone();
        if let Some(outcome) = answered.answered.take() {
            answered.put(outcome);
        }
        answered
    }

    /// When its outcome last changed.
    pub fn time_of_last_update(&self) -> Timestamp {
        self.updated.unwrap_or(self.time_of_record)
    }

    /// Puts an outcome in the place of the one it has, which it gives back.
    fn put(&mut self, outcome: Outcome) -> Outcome {
        let before = Outcome {
            reply: std::mem::replace(&mut self.reply, outcome.reply),
            time: self.time_of_last_update(),
            order_status: std::mem::replace(&mut self.order_status, outcome.order_status),
            order_totals: std::mem::replace(&mut self.order_totals, outcome.order_totals),
        };
        self.updated = Some(outcome.time);
        before
    }
}
