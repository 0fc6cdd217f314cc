//! RETRIEVE_TOKEN: what a token stands for, the card masked.

use super::{Input, Plan, Settled, token_answer};
use crate::domain::failure::Rejection;
use crate::fields::Fields;

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    let answer = match input.token {
        Some(token) => token_answer::stored(input.merchant, token, (input.has_expired)(token.expiry), input.version),
        None => Fields::new(),
    };
    Ok(Settled::answer_only(answer))
}
