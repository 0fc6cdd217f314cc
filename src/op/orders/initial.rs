//! The transaction that opens an order, for PAY, AUTHORIZE, VERIFY and DISBURSEMENT. CAPTURE and REFUND with a card
//! of their own share this code.

use super::pending::{self, PlannedTransaction, new_order};
use super::{OrderContext, conversion, replay};
use crate::domain::money::{Amount, Currency};
use crate::domain::order::{Order, OrderStatus, TransactionType, Transition, transitions};
use crate::domain::rejection::{Mistake, Reason, Rejection};
use crate::fields::names;
use crate::op::Plan;
use crate::spec::versions::RETRY_ON_FAILED_ORDER;

pub fn decide(mut context: OrderContext<'_>) -> Result<Plan, Rejection> {
    let checked = context.asked.checked;
    let transition = transitions(context.asked.op).next();
    let (Some(currency), Some(card), Some(transition)) = (checked.currency(), checked.card(), transition) else {
        // The operation's row requires both fields, so that `Checked` has them. Each operation has a line in the
        // state machine.
        return Err(Rejection::missing(names::PROVIDED_CARD_NUMBER));
    };
    let moves_money = transition.transaction_type != TransactionType::Verification;
    let amount = if moves_money { checked.amount().unwrap_or_default() } else { Amount::ZERO };
    conversion::require_quote(&context, checked.text(names::ORDER_ID), moves_money.then_some(amount))?;
    let card_hash = context.card_hash();
    let order = match context.order.take() {
        Some(mut order) => {
            allow(&order, &context, &card_hash, transition, currency)?;
            order.card_hash = card_hash;
            order
        }
        None => new_order(&context.asked, card_hash, currency),
    };
    context.order = Some(order);
    pending::question(
        context,
        PlannedTransaction { transition, amount, order_amount: amount, linked_to: None, card: Some(card.clone()) },
    )
}

/// Whether this transaction may open an existing order again.
fn allow(
    order: &Order,
    context: &OrderContext<'_>,
    card_hash: &str,
    transition: &Transition,
    currency: Currency,
) -> Result<(), Rejection> {
    let status = order.status();
    let retries = status == OrderStatus::Failed;
    let version_retries = RETRY_ON_FAILED_ORDER.contains(context.asked.version);
    if !transition.may_follow(Some(status), false) || (retries && !version_retries) {
        return Err(replay::ids_are_taken());
    }
    if currency != order.currency {
        let field = match transition.transaction_type {
            TransactionType::Capture | TransactionType::Refund => names::TRANSACTION_CURRENCY,
            _ => names::ORDER_CURRENCY,
        };
        return Err(Rejection::invalid(field, currency, Reason::OrderCurrency(order.currency)));
    }
    if status == OrderStatus::Verified && order.card_hash != card_hash {
        // Documented: a payment may follow VERIFY on the same order only with the same card.
        return Err(Rejection::general(
            Mistake::Request,
            "The card is not the one that was verified on this order. Use a new order.id for another card.",
        ));
    }
    Ok(())
}
