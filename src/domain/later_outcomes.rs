//! Outcomes that come by themselves, after the answer: what an order shows is what has come until now.
//!
//! Nothing is written when a later outcome comes. A transaction keeps the outcomes that are to come with their
//! times, and [`Order::take_in_outcomes`] takes in those whose time has come; the next operation that changes the order
//! writes it as it then is. Only the newest transaction of an order can still change: one that another one
//! followed stays as it was then (decided: nobody waits for the outcome of an attempt that was given up).
//! An outcome that a merchant was told of has come, whatever another clock says (`Gateway::time_of_order`).

use super::acquiring::AcquirerReply;
use super::order::{Order, OrderStatus, Totals, Transaction};
use super::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// What became of a transaction, and of its order by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// What the acquirer said.
    pub reply: AcquirerReply,
    /// When.
    pub time: Timestamp,
    /// `order.status` after it.
    pub order_status: OrderStatus,
    /// The order's totals after it.
    pub order_totals: Totals,
    /// The id of the notification that tells of it, where it is to come and one was put into the outbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notification: Option<String>,
}

impl Order {
    /// Takes in what has come until `now`.
    pub fn take_in_outcomes(&mut self, now: Timestamp) {
        if let Some(newest) = self.transactions.last_mut() {
            newest.take_in_outcomes(now);
        }
    }

    /// Takes out the outcomes that will not come, since another transaction followed.
    pub fn give_up(&mut self) -> Vec<Outcome> {
        let followed = self.transactions.split_last_mut().map_or(&mut [][..], |(_, followed)| followed);
        followed.iter_mut().flat_map(|transaction| std::mem::take(&mut transaction.later)).collect()
    }

    /// When outcomes of the newest transaction will come, in the order of time.
    pub fn times_to_come(&self) -> Vec<Timestamp> {
        let newest = self.transactions.last().into_iter();
        newest.flat_map(|newest| &newest.later).map(|outcome| outcome.time).collect()
    }

    /// What is to come after `now` and has a notification that tells of it: when, and which.
    pub fn notifications_after(&self, now: Timestamp) -> Vec<(Timestamp, &str)> {
        let newest = self.transactions.last().into_iter();
        let to_come = newest.flat_map(|newest| &newest.later).filter(|outcome| outcome.time > now);
        to_come.filter_map(|outcome| Some((outcome.time, outcome.notification.as_deref()?))).collect()
    }

    /// Notes the notification that tells of an outcome to come.
    pub fn set_notification(&mut self, index: usize, notification: &str) {
        if let Some(outcome) = self.transactions.last_mut().and_then(|newest| newest.later.get_mut(index)) {
            outcome.notification = Some(notification.to_owned());
        }
    }
}

impl Transaction {
    fn take_in_outcomes(&mut self, now: Timestamp) {
        let due = self.later.partition_point(|outcome| outcome.time <= now);
        let newest = self.later.drain(..due).next_back();
        if let Some(outcome) = newest {
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
            notification: None,
        };
        self.updated = Some(outcome.time);
        before
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::acquiring::GatewayCode;
    use crate::domain::money::{Amount, Currency};
    use crate::domain::order::TransactionType;
    use crate::fields::Fields;
    use crate::spec::versions::ApiVersion;
    use proptest::prelude::*;

    fn reply(gateway_code: GatewayCode) -> AcquirerReply {
        AcquirerReply {
            gateway_code,
            acquirer_code: None,
            acquirer_message: None,
            security_code: None,
            address: None,
            stan: 1,
            later: Vec::new(),
        }
    }

    fn at(milliseconds: i64) -> Timestamp {
        Timestamp::from_milliseconds(milliseconds)
    }

    fn outcome(milliseconds: i64) -> Outcome {
        // Which outcome it is can be read off its total.
        let captured = Amount::from_minor(milliseconds);
        Outcome {
            reply: reply(GatewayCode::Approved),
            time: at(milliseconds),
            order_status: OrderStatus::Captured,
            order_totals: Totals { captured, ..Totals::default() },
            notification: None,
        }
    }

    fn transaction(id: &str, later: &[i64]) -> Transaction {
        Transaction {
            id: id.to_owned(),
            linked_to: None,
            transaction_type: TransactionType::Payment,
            amount: Amount::from_minor(5000),
            entry_point: Default::default(),
            api_version: ApiVersion::NEWEST,
            fingerprint: String::new(),
            echoed: Fields::new(),
            reply: reply(GatewayCode::Submitted),
            time_of_record: at(0),
            order_amount: Amount::from_minor(5000),
            order_status: OrderStatus::Initiated,
            order_totals: Totals::default(),
            later: later.iter().copied().map(outcome).collect(),
            answered: None,
            updated: None,
        }
    }

    fn order(transactions: Vec<Transaction>) -> Order {
        let currency = Currency::parse("USD").expect("a currency");
        Order {
            id: "1".to_owned(),
            currency,
            creation_time: at(0),
            card_hash: String::new(),
            card_number: None,
            category_code: None,
            notification_url: None,
            transactions,
        }
    }

    fn stored<T: Serialize>(value: &T) -> String {
        serde_json::to_string(value).expect("it is stored as JSON")
    }

    #[test]
    fn an_outcome_comes_at_its_time_and_not_before() {
        let mut order = order(vec![transaction("1", &[30, 60])]);
        for (now, status, captured, updated) in [
            (0, OrderStatus::Initiated, 0, 0),
            (29, OrderStatus::Initiated, 0, 0),
            (30, OrderStatus::Captured, 30, 30),
            (59, OrderStatus::Captured, 30, 30),
            (1000, OrderStatus::Captured, 60, 60),
        ] {
            order.take_in_outcomes(at(now));
            assert_eq!((order.status(), order.totals().captured.minor()), (status, captured), "at {now}");
            assert_eq!(order.transactions[0].time_of_last_update(), at(updated), "at {now}");
        }
    }

    #[test]
    fn only_the_newest_transaction_changes() {
        let mut order = order(vec![transaction("1", &[30]), transaction("2", &[])]);
        let before = stored(&order);
        order.take_in_outcomes(at(1000));
        assert_eq!(stored(&order), before);
        assert_eq!(order.give_up(), [outcome(30)], "it will not come");
        assert_eq!(order.give_up(), []);
    }

    proptest! {
        #[test]
        fn the_way_to_a_moment_does_not_matter_and_the_first_answer_is_kept(
            mut times in prop::collection::vec(0_i64..100, 0..4), mut looks in prop::collection::vec(0_i64..100, 1..5),
        ) {
            times.sort_unstable();
            looks.sort_unstable();
            let asked = order(vec![transaction("1", &times)]);
            let (mut step_by_step, mut at_once) = (asked.clone(), asked.clone());
            for now in &looks {
                step_by_step.take_in_outcomes(at(*now));
            }
            at_once.take_in_outcomes(at(looks[looks.len() - 1]));
            prop_assert_eq!(stored(&step_by_step), stored(&at_once));
            let answered = at_once.transactions[0].as_answered();
            prop_assert_eq!(answered.order_status, OrderStatus::Initiated);
            prop_assert_eq!(stored(&answered.reply), stored(&asked.transactions[0].reply));
            prop_assert_eq!(answered.order_totals, Totals::default());
            prop_assert_eq!(answered.time_of_last_update(), at(0));
        }
    }
}
