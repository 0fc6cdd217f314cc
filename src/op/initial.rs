//! The transaction that opens an order: what PAY, AUTHORIZE and VERIFY have in common.

use super::{Input, Plan, Settled, repeat, replay, transaction_answer};
use crate::domain::acquiring::{Question, Reply};
use crate::domain::failure::{Mistake, Rejection};
use crate::domain::merchant::Merchant;
use crate::domain::money::Amount;
use crate::domain::order::{Order, OrderStatus, Totals, Transaction, TransactionType};
use crate::domain::timestamp::Timestamp;
use crate::domain::version::ApiVersion;
use crate::fields::Fields;
use crate::limits;
use crate::spec::dialect;
use std::sync::Arc;

/// What distinguishes one initial transaction from another.
pub(super) struct Initial {
    pub(super) transaction_type: TransactionType,
    /// The order's status after success.
    pub(super) status: OrderStatus,
    /// The order's totals after success.
    pub(super) totals: fn(Amount) -> Totals,
}

/// A transaction that waits for the acquirer's answer, and what the order becomes if that is yes.
pub struct Pending {
    merchant: Arc<Merchant>,
    order: Order,
    id: String,
    transaction_type: TransactionType,
    amount: Amount,
    api_version: ApiVersion,
    fingerprint: String,
    repeated: Fields,
    now: Timestamp,
    status_on_success: OrderStatus,
    totals_on_success: Totals,
}

pub(super) fn plan(input: &Input<'_>, initial: &Initial) -> Result<Plan, Rejection> {
    let checked = input.checked;
    let (Some(currency), Some(card)) = (checked.currency(), checked.card()) else {
        // The operation's row requires both, so that `Checked` holds them.
        return Err(Rejection::missing("order.currency"));
    };
    let amount = match initial.transaction_type {
        TransactionType::Verification => Amount::ZERO,
        _ => checked.amount().unwrap_or_default(),
    };
    let order = match input.order {
        Some(order) => {
            allow(order, input, initial)?;
            Order { card: input.card.to_owned(), ..order.clone() }
        }
        None => Order {
            id: checked.text("order.id").to_owned(),
            currency,
            creation_time: input.now,
            card: input.card.to_owned(),
            transactions: Vec::new(),
        },
    };
    let question = Box::new(Question {
        transaction_type: initial.transaction_type,
        amount,
        currency,
        card: card.clone(),
        street: checked.fields().get("billing.address.street").map(str::to_owned),
        now: input.now,
    });
    let pending = Pending {
        merchant: Arc::clone(input.merchant),
        order,
        id: checked.text("transaction.id").to_owned(),
        transaction_type: initial.transaction_type,
        amount,
        api_version: input.version,
        fingerprint: input.fingerprint.to_owned(),
        repeated: repeat::on_transaction(checked.fields()),
        now: input.now,
        status_on_success: initial.status,
        totals_on_success: (initial.totals)(amount),
    };
    Ok(Plan::Ask { question, pending })
}

/// Step 13: whether an order that exists may be opened (again) by this transaction.
fn allow(order: &Order, input: &Input<'_>, initial: &Initial) -> Result<(), Rejection> {
    if order.transactions.len() >= limits::TRANSACTIONS_PER_ORDER {
        return Err(Rejection::general(
            Mistake::Request,
            format!("The order has {} transactions and takes no more.", limits::TRANSACTIONS_PER_ORDER),
        ));
    }
    let is_open = match order.status() {
        OrderStatus::Authorized | OrderStatus::Captured => false,
        OrderStatus::Failed => dialect::RETRY_ON_FAILED_ORDER.contains(&input.version.number()),
        OrderStatus::Verified => initial.transaction_type != TransactionType::Verification,
    };
    if !is_open {
        return Err(replay::ids_are_taken());
    }
    if input.checked.currency() != Some(order.currency) {
        return Err(Rejection::invalid(
            "order.currency",
            input.checked.text("order.currency"),
            format!("The order's currency is {}.", order.currency),
        ));
    }
    if order.status() == OrderStatus::Verified && order.card != input.card {
        // Documented: a payment may follow VERIFY on the same order if the card is the same.
        return Err(Rejection::general(
            Mistake::Request,
            "The card is not the one that was verified on this order. Use a new order.id for another card.",
        ));
    }
    Ok(())
}

impl Pending {
    /// What the acquirer's answer makes of it.
    pub fn settle(self, reply: Reply) -> Settled {
        let (order_status, order_totals) = match reply.is_success() {
            true => (self.status_on_success, self.totals_on_success),
            false => (OrderStatus::Failed, self.order.totals()),
        };
        let mut order = self.order;
        let transaction = Transaction {
            id: self.id,
            transaction_type: self.transaction_type,
            amount: self.amount,
            api_version: self.api_version,
            fingerprint: self.fingerprint,
            repeated: self.repeated,
            reply,
            time_of_record: self.now,
            order_amount: self.amount,
            order_status,
            order_totals,
        };
        let answer = transaction_answer::answer(&self.merchant, &order, &transaction, self.api_version);
        order.transactions.push(transaction);
        Settled { session: None, order: Some(order), answer }
    }
}
