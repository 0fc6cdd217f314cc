//! RETRIEVE_TRANSACTION: the answer a transaction was given, in the form of the version that asks.

use super::{Input, Plan, Settled, retrieve_order, transaction_answer};
use crate::domain::failure::{Mistake, Rejection};
use crate::domain::merchant::Merchant;
use crate::domain::order::Order;
use crate::fields::{Fields, names};
use crate::spec::versions::ApiVersion;

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    let order = retrieve_order::existing(input)?;
    let id = input.checked.text(names::TRANSACTION_ID);
    let Some(transaction) = order.transaction(id) else {
        return Err(Rejection::general(
            Mistake::Request,
            format!("Unable to find transaction {id} of order {} for merchant {}", order.id, input.merchant.id),
        ));
    };
    Ok(Settled::answer_only(transaction_answer::answer(input.merchant, order, transaction, input.version)))
}

/// What it answers for the newest transaction of an order, which is what a notification of it says (documented).
pub fn newest(merchant: &Merchant, order: &Order, version: ApiVersion) -> Option<Fields> {
    let transaction = order.transactions.last()?;
    Some(transaction_answer::answer(merchant, order, transaction, version))
}
