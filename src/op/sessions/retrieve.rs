//! RETRIEVE_SESSION: the content of a session. A retrieval is not a use: the security code stays.

use super::answer;
use crate::domain::rejection::Rejection;
use crate::fields::Fields;
use crate::op::{Decision, Plan, SessionContext};

pub fn decide(context: SessionContext<'_>) -> Result<Plan, Rejection> {
    let answer = match &context.session {
        Some(session) => answer::contents(context.asked.merchant, session, context.asked.version),
        None => Fields::new(),
    };
    Ok(Decision::answer(answer).into())
}
