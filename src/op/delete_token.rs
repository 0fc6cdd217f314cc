//! DELETE_TOKEN: the card is gone for every merchant of the repository. The answer is no more than the result
//! (observed).

use super::{Input, Plan, Settled, TokenChange};
use crate::domain::failure::Rejection;
use crate::fields::{Fields, names};

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    let token = input.token.map(|token| TokenChange { id: token.id.clone(), token: None, card: None });
    let mut answer = Fields::new();
    answer.set(names::RESULT, "SUCCESS");
    Ok(Plan::Settle(Settled { token, answer, ..Settled::default() }))
}
