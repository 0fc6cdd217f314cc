//! REFERRAL: try a transaction again that the issuer wanted to be called about, with the code it gave.

use super::pending::{self, Movement};
use super::{Input, Plan, linked};
use crate::domain::failure::Rejection;
use crate::domain::order::rules;
use crate::spec::operations::Op;

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    let nothing = || linked::not_now(Op::Referral, "There is no transaction that was referred to the issuer.");
    let order = input.order.ok_or_else(|| linked::no_such_order(input))?;
    let referred = order.referred().ok_or_else(nothing)?;
    let rule = rules(Op::Referral)
        .filter(|rule| rule.transaction_type == referred.transaction_type)
        .find(|rule| rule.may_follow(Some(order.status()), false))
        .ok_or_else(nothing)?;
    pending::ask(
        input,
        order.clone(),
        Movement {
            rule,
            amount: referred.amount,
            order_amount: referred.order_amount,
            linked_to: Some(referred.id.clone()),
            card: None,
        },
    )
}
