//! A transaction that waits for the acquirer's answer, and what the order becomes by it.

use super::{Input, Plan, Settled, conversion, repeat, transaction_answer};
use crate::domain::acquiring::{Question, Reply};
use crate::domain::card::Card;
use crate::domain::failure::{Mistake, Rejection};
use crate::domain::merchant::Merchant;
use crate::domain::money::{Amount, Currency};
use crate::domain::order::{EntryPoint, Order, OrderStatus, Rule, Totals, Transaction};
use crate::domain::settlement::Outcome;
use crate::domain::timestamp::Timestamp;
use crate::fields::{Fields, names};
use crate::limits;
use crate::spec::versions::ApiVersion;
use std::sync::Arc;

/// What an operation wants to do to an order.
pub(super) struct Movement {
    /// The line of the state machine, which allows it.
    pub(super) rule: &'static Rule,
    /// How much.
    pub(super) amount: Amount,
    /// `order.amount` after it.
    pub(super) order_amount: Amount,
    /// The transaction of the order that it is about.
    pub(super) linked_to: Option<String>,
    /// The card, where it brings one.
    pub(super) card: Option<Card>,
}

/// A transaction that waits for the acquirer's answer.
pub struct Pending {
    merchant: Arc<Merchant>,
    order: Order,
    id: String,
    rule: &'static Rule,
    amount: Amount,
    order_amount: Amount,
    linked_to: Option<String>,
    entry_point: EntryPoint,
    api_version: ApiVersion,
    fingerprint: String,
    repeated: Fields,
    now: Timestamp,
}

/// Asks the acquirer about a movement on the order that exists, or on the new one.
pub(super) fn ask(input: &Input<'_>, order: Order, movement: Movement) -> Result<Plan, Rejection> {
    if order.transactions.len() >= limits::TRANSACTIONS_PER_ORDER {
        return Err(Rejection::general(
            Mistake::Request,
            format!("The order has {} transactions and takes no more.", limits::TRANSACTIONS_PER_ORDER),
        ));
    }
    let fields = input.checked.fields();
    let reference = if movement.linked_to.is_some() { names::TRANSACTION_REFERENCE } else { names::ORDER_REFERENCE };
    let question = Box::new(Question {
        transaction_type: movement.rule.transaction_type,
        amount: movement.amount,
        currency: order.currency,
        street: fields.get(names::BILLING_ADDRESS_STREET).filter(|_| movement.card.is_some()).map(str::to_owned),
        card: movement.card,
        reference: fields.get(reference).map(str::to_owned),
        now: input.now,
    });
    let mut repeated = repeat::on_transaction(fields);
    conversion::complete(&mut repeated);
    if movement.linked_to.is_some() {
        // Documented: how a card came to the merchant is said with the first transaction of an order only.
        repeated.remove(names::TRANSACTION_SOURCE);
    }
    let pending = Pending {
        merchant: Arc::clone(input.merchant),
        order,
        id: input.checked.text(names::TRANSACTION_ID).to_owned(),
        rule: movement.rule,
        amount: movement.amount,
        order_amount: movement.order_amount,
        linked_to: movement.linked_to,
        entry_point: input.entry_point.clone(),
        api_version: input.version,
        fingerprint: input.fingerprint.to_owned(),
        repeated,
        now: input.now,
    };
    Ok(Plan::Ask { question, pending: super::Pending::Transaction(pending) })
}

/// An order that this transaction opens.
pub(super) fn new_order(input: &Input<'_>, currency: Currency) -> Order {
    Order {
        id: input.checked.text(names::ORDER_ID).to_owned(),
        currency,
        creation_time: input.now,
        card: input.card.to_owned(),
        card_number: None,
        category_code: Some(input.merchant.category_code.clone()),
        notification_url: None,
        transactions: Vec::new(),
    }
}

impl Pending {
    /// What the acquirer's answer makes of it.
    pub fn settle(self, mut reply: Reply) -> Settled {
        let later = std::mem::take(&mut reply.later).into_iter();
        let later = later.map(|later| {
            let (order_status, order_totals) = self.after(&later.reply);
            let time = self.now.plus_seconds(i64::from(later.after_seconds));
            Outcome { reply: later.reply, time, order_status, order_totals, notification: None }
        });
        let later = later.collect();
        let (order_status, order_totals) = self.after(&reply);
        let mut order = self.order;
        let transaction = Transaction {
            id: self.id,
            transaction_type: self.rule.transaction_type,
            linked_to: self.linked_to,
            amount: self.amount,
            entry_point: self.entry_point,
            api_version: self.api_version,
            fingerprint: self.fingerprint,
            repeated: self.repeated,
            reply,
            time_of_record: self.now,
            order_amount: self.order_amount,
            order_status,
            order_totals,
            later,
            answered: None,
            updated: None,
        };
        let answer = transaction_answer::answer(&self.merchant, &order, &transaction, self.api_version);
        order.transactions.push(transaction);
        Settled { order: Some(order), answer, ..Settled::default() }
    }

    /// The order's status and totals after the reply.
    fn after(&self, reply: &Reply) -> (OrderStatus, Totals) {
        let before = self.order.totals();
        if reply.is_success() {
            let after = self.rule.totals(before, self.amount);
            (self.rule.status(&after), after)
        } else if before != Totals::default() {
            (self.order.status(), before)
        } else if reply.gateway_code.result() == "PENDING" {
            (OrderStatus::Initiated, before)
        } else {
            (OrderStatus::Failed, before)
        }
    }
}
