//! Outcomes that come after the answer. An order shows the outcomes that have come by now.
//!
//! No record changes when a later outcome comes. A transaction stores its later outcomes with their times.
//! [`Order::take_in_outcomes`] applies the outcomes whose time has come, and the next operation on the order stores
//! the result. Only the newest transaction of an order can still change. A transaction that another one followed
//! keeps its outcome (decided: nobody waits for the outcome of an attempt that was given up). An outcome has come
//! once its notification was claimed, whatever another clock says (`Gateway::time_of_order`).

use super::acquiring::AcquirerReply;
use super::order::{Order, OrderStatus, Totals, Transaction};
use super::timestamp::Timestamp;
use serde::{Deserialize, Serialize};

/// An outcome of a transaction, with its effect on the order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The acquirer's reply.
    pub reply: AcquirerReply,
    /// The time of the outcome.
    pub time: Timestamp,
    /// `order.status` after the outcome.
    pub order_status: OrderStatus,
    /// The order's totals after the outcome.
    pub order_totals: Totals,
    /// The id of the outcome's notification, where the outcome is still to come and its notification is in the
    /// outbox.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notification: Option<String>,
}

impl Order {
    /// Applies the outcomes whose time has come at `now`.
    pub fn take_in_outcomes(&mut self, now: Timestamp) {
        if let Some(newest) = self.transactions.last_mut() {
            newest.take_in_outcomes(now);
        }
    }

    /// Removes and returns the outcomes that cannot come any more, because another transaction followed.
    pub fn give_up(&mut self) -> Vec<Outcome> {
        let followed = self.transactions.split_last_mut().map_or(&mut [][..], |(_, followed)| followed);
        followed.iter_mut().flat_map(|transaction| std::mem::take(&mut transaction.later)).collect()
    }

    /// The times of the newest transaction's later outcomes, in their order.
    pub fn times_to_come(&self) -> Vec<Timestamp> {
        let newest = self.transactions.last().into_iter();
        newest.flat_map(|newest| &newest.later).map(|outcome| outcome.time).collect()
    }

    /// The outcomes after `now` that have a notification: the time and the id of the notification.
    pub fn notifications_after(&self, now: Timestamp) -> Vec<(Timestamp, &str)> {
        let newest = self.transactions.last().into_iter();
        let to_come = newest.flat_map(|newest| &newest.later).filter(|outcome| outcome.time > now);
        to_come.filter_map(|outcome| Some((outcome.time, outcome.notification.as_deref()?))).collect()
    }

    /// Stores the id of a later outcome's notification.
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

    /// The transaction as it will be at `time`.
    pub fn at(&self, time: Timestamp) -> Transaction {
        let mut then = self.clone();
        then.take_in_outcomes(time);
        then
    }

    /// The transaction as its request was answered. An identical request gets this answer again.
    pub fn as_answered(&self) -> Transaction {
        let mut answered = self.clone();
        if let Some(outcome) = answered.answered.take() {
            answered.put(outcome);
        }
        answered
    }

    /// The time of the last change of the outcome.
    pub fn time_of_last_update(&self) -> Timestamp {
        self.updated.unwrap_or(self.time_of_record)
    }

    /// Replaces the outcome. Returns the previous outcome.
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
        // The total identifies the outcome.
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
