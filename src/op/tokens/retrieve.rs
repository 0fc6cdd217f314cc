//! RETRIEVE_TOKEN: the card of a token, masked.

use super::answer;
use crate::domain::rejection::Rejection;
use crate::fields::Fields;
use crate::op::{Decision, Plan, TokenContext};

pub fn decide(context: TokenContext<'_>) -> Result<Plan, Rejection> {
    let asked = &context.asked;
    let answer = match context.token {
        Some(token) => answer::stored(asked.merchant, token, (context.has_expired)(token.expiry), asked.version),
        None => Fields::new(),
    };
    Ok(Decision::answer(answer).into())
}
