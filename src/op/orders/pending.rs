//! A transaction that waits for the acquirer's answer.

use super::{OrderContext, answer, conversion};
use crate::domain::acquiring::{AcquirerReply, Question};
use crate::domain::card::Card;
use crate::domain::later_outcomes::Outcome;
use crate::domain::merchant::Merchant;
use crate::domain::money::{Amount, Currency};
use crate::domain::order::{EntryPoint, Order, OrderStatus, Totals, Transaction, Transition};
use crate::domain::rejection::{Mistake, Rejection};
use crate::domain::result::ResultCode;
use crate::domain::timestamp::Timestamp;
use crate::fields::{Fields, names};
use crate::limits;
use crate::op::{Asked, Decision, Plan, RecordChange, echo};
use crate::spec::versions::ApiVersion;
use std::sync::Arc;

/// A transaction that an operation plans to add to an order: the part that differs between operations. [`question`]
/// makes a [`PendingTransaction`] of it.
pub struct PlannedTransaction {
    /// The line of the state machine that allows the transaction.
    pub transition: &'static Transition,
    /// `transaction.amount`.
    pub amount: Amount,
    /// `order.amount` after the transaction.
    pub order_amount: Amount,
    /// The id of the earlier transaction that this one follows.
    pub linked_to: Option<String>,
    /// The card, where the request brings a card.
    pub card: Option<Card>,
}

/// A transaction that waits for the acquirer's answer: the planned one with everything that its record needs.
pub struct PendingTransaction {
    merchant: Arc<Merchant>,
    order: Order,
    id: String,
    transition: &'static Transition,
    amount: Amount,
    order_amount: Amount,
    linked_to: Option<String>,
    entry_point: EntryPoint,
    api_version: ApiVersion,
    fingerprint: String,
    echoed: Fields,
    now: Timestamp,
}

/// The acquirer's question about a planned transaction, beside the pending transaction. The context must have an order.
pub fn question(context: OrderContext<'_>, planned: PlannedTransaction) -> Result<Plan, Rejection> {
    let OrderContext { asked, order, entry_point, fingerprint, .. } = context;
    let fields = asked.checked.fields();
    let order = order.ok_or_else(|| Rejection::missing(names::ORDER_ID))?;
    if order.transactions.len() >= limits::TRANSACTIONS_PER_ORDER {
        return Err(Rejection::general(
            Mistake::Request,
            format!("The order has {} transactions and takes no more.", limits::TRANSACTIONS_PER_ORDER),
        ));
    }
    let is_linked = planned.linked_to.is_some();
    let reference = if is_linked { names::TRANSACTION_REFERENCE } else { names::ORDER_REFERENCE };
    let street = fields.get(names::BILLING_ADDRESS_STREET).filter(|_| planned.card.is_some());
    let question = Question {
        transaction_type: planned.transition.transaction_type,
        amount: planned.amount,
        currency: order.currency,
        street: street.map(str::to_owned),
        card: planned.card,
        reference: fields.get(reference).map(str::to_owned),
        now: asked.now,
    };
    let mut echoed = echo::on_transaction(fields);
    conversion::complete(&mut echoed);
    if is_linked {
        // Documented: only the first transaction of an order has `transaction.source`.
        echoed.remove(names::TRANSACTION_SOURCE);
    }
    let pending = PendingTransaction {
        merchant: Arc::clone(asked.merchant),
        order,
        id: asked.checked.text(names::TRANSACTION_ID).to_owned(),
        transition: planned.transition,
        amount: planned.amount,
        order_amount: planned.order_amount,
        linked_to: planned.linked_to,
        entry_point: entry_point.clone(),
        api_version: asked.version,
        fingerprint: fingerprint.to_owned(),
        echoed,
        now: asked.now,
    };
    Ok(Plan::Transaction(Box::new(question), Box::new(pending)))
}

/// A new order for its first transaction.
pub fn new_order(asked: &Asked<'_>, card_hash: String, currency: Currency) -> Order {
    Order {
        id: asked.checked.text(names::ORDER_ID).to_owned(),
        currency,
        creation_time: asked.now,
        card_hash,
        card_number: None,
        category_code: Some(asked.merchant.category_code.clone()),
        notification_url: None,
        transactions: Vec::new(),
    }
}

impl PendingTransaction {
    /// The decision, once the acquirer has answered.
    pub fn complete(self, mut reply: AcquirerReply) -> Decision {
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
            transaction_type: self.transition.transaction_type,
            linked_to: self.linked_to,
            amount: self.amount,
            entry_point: self.entry_point,
            api_version: self.api_version,
            fingerprint: self.fingerprint,
            echoed: self.echoed,
            reply,
            time_of_record: self.now,
            order_amount: self.order_amount,
            order_status,
            order_totals,
            later,
            answered: None,
            updated: None,
        };
        let answer = answer::answer(&self.merchant, &order, &transaction, self.api_version);
        order.transactions.push(transaction);
        Decision::change(RecordChange::Order(Box::new(order)), answer)
    }

    /// The order's status and totals after the reply.
    fn after(&self, reply: &AcquirerReply) -> (OrderStatus, Totals) {
        let before = self.order.totals();
        if reply.is_success() {
            let after = self.transition.totals(before, self.amount);
            (self.transition.status(&after), after)
        } else if before != Totals::default() {
            (self.order.status(), before)
        } else if reply.gateway_code.result() == ResultCode::Pending {
            (OrderStatus::Initiated, before)
        } else {
            (OrderStatus::Failed, before)
        }
    }
}
