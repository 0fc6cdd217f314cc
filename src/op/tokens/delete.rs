//! DELETE_TOKEN: deletes the card for every merchant of the repository. The answer is the result alone (observed).

use crate::domain::rejection::Rejection;
use crate::domain::result::ResultCode;
use crate::fields::{Fields, names};
use crate::op::{Decision, Plan, RecordChange, TokenChange, TokenContext};

pub fn decide(context: TokenContext<'_>) -> Result<Plan, Rejection> {
    let mut answer = Fields::new();
    answer.set(names::RESULT, ResultCode::Success.as_str());
    Ok(match context.token {
        Some(token) => {
            let change = TokenChange { id: token.id.clone(), token: None, card_hash: None };
            Decision::change(RecordChange::Token(change), answer).into()
        }
        None => Decision::answer(answer).into(),
    })
}
