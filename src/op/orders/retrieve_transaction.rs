//! RETRIEVE_TRANSACTION: the answer of a transaction, in the form of the request's API version.

use super::{OrderContext, answer, existing};
use crate::domain::rejection::{Mistake, Rejection};
use crate::fields::names;
use crate::op::{Decision, Plan};

pub fn decide(context: OrderContext<'_>) -> Result<Plan, Rejection> {
    let order = existing(&context)?;
    let asked = &context.asked;
    let id = asked.checked.text(names::TRANSACTION_ID);
    let Some(transaction) = order.transaction(id) else {
        return Err(Rejection::general(
            Mistake::Request,
            format!("Unable to find transaction {id} of order {} for merchant {}", order.id, asked.merchant.id),
        ));
    };
    Ok(Decision::answer(answer::answer(asked.merchant, order, transaction, asked.version)).into())
}
