//! The transaction that opens an order: what PAY, AUTHORIZE, VERIFY and DISBURSEMENT have in common with a
//! CAPTURE and a REFUND that bring a card of their own.

use super::pending::{self, Movement};
use super::{Input, Plan, conversion, replay};
use crate::domain::failure::{Mistake, Rejection};
use crate::domain::money::{Amount, Currency};
use crate::domain::order::{Order, OrderStatus, Rule, TransactionType, rules};
use crate::fields::names;
use crate::spec::operations::Op;
use crate::spec::versions::RETRY_ON_FAILED_ORDER;

pub(super) fn plan(input: &Input<'_>, operation: Op) -> Result<Plan, Rejection> {
    let checked = input.checked;
    let (Some(currency), Some(card), Some(rule)) = (checked.currency(), checked.card(), rules(operation).next()) else {
        // The operation's row requires both, so that `Checked` holds them, and each has a line in the table.
        return Err(Rejection::missing(names::PROVIDED_CARD_NUMBER));
    };
    let amount = match rule.transaction_type {
        TransactionType::Verification => Amount::ZERO,
        _ => checked.amount().unwrap_or_default(),
    };
    let moves_money = rule.transaction_type != TransactionType::Verification;
    conversion::require_quote(input, checked.text(names::ORDER_ID), moves_money.then_some(amount))?;
    let order = match input.order {
        Some(order) => {
            allow(order, input, rule, currency)?;
            Order { card: input.card.to_owned(), ..order.clone() }
        }
        None => pending::new_order(input, currency),
    };
    let movement = Movement { rule, amount, order_amount: amount, linked_to: None, card: Some(card.clone()) };
    pending::ask(input, order, movement)
}

/// Step 13: whether an order that exists may be opened (again) by this transaction.
fn allow(order: &Order, input: &Input<'_>, rule: &Rule, currency: Currency) -> Result<(), Rejection> {
    let status = order.status();
    let retries = status == OrderStatus::Failed;
    let version_retries = RETRY_ON_FAILED_ORDER.contains(input.version);
    if !rule.may_follow(Some(status), false) || (retries && !version_retries) {
        return Err(replay::ids_are_taken());
    }
    if currency != order.currency {
        let field = match rule.transaction_type {
            TransactionType::Capture | TransactionType::Refund => names::TRANSACTION_CURRENCY,
            _ => names::ORDER_CURRENCY,
        };
        return Err(Rejection::invalid(field, currency, format!("The order's currency is {}.", order.currency)));
    }
    if status == OrderStatus::Verified && order.card != input.card {
        // Documented: a payment may follow VERIFY on the same order if the card is the same.
        return Err(Rejection::general(
            Mistake::Request,
            "The card is not the one that was verified on this order. Use a new order.id for another card.",
        ));
    }
    Ok(())
}
