//! REFERRAL: tries a transaction again after the issuer asked for a call. The request brings the code that the issuer
//! gave.

use super::pending::{self, PlannedTransaction};
use super::{OrderContext, linked};
use crate::domain::order::transitions;
use crate::domain::rejection::Rejection;
use crate::op::Plan;
use crate::spec::operations::Op;

pub fn decide(context: OrderContext<'_>) -> Result<Plan, Rejection> {
    let nothing = || linked::not_now(Op::Referral, "There is no transaction that was referred to the issuer.");
    let order = context.order.as_ref().ok_or_else(|| linked::no_such_order(&context))?;
    let referred = order.referred().ok_or_else(nothing)?;
    let transition = transitions(Op::Referral)
        .filter(|transition| transition.transaction_type == referred.transaction_type)
        .find(|transition| transition.may_follow(Some(order.status()), false))
        .ok_or_else(nothing)?;
    let (amount, order_amount) = (referred.amount, referred.order_amount);
    let linked_to = Some(referred.id.clone());
    pending::question(context, PlannedTransaction { transition, amount, order_amount, linked_to, card: None })
}
