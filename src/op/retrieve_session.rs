//! RETRIEVE_SESSION: what a session holds. It does not count as a use: the security code stays.

use super::{Input, Plan, Settled, session_answer};
use crate::domain::failure::Rejection;
use crate::fields::Fields;

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    let answer = match input.session {
        Some(session) => session_answer::contents(input.merchant, session, input.version),
        None => Fields::new(),
    };
    Ok(Settled::answer_only(answer))
}
