//! CREATE_SESSION: a new, empty session.

use super::{answer, new_session};
use crate::dialect::answers;
use crate::domain::rejection::Rejection;
use crate::domain::result::ResultCode;
use crate::fields::{Fields, names};
use crate::op::{Decision, Plan, RecordChange, SessionContext};

pub fn decide(context: SessionContext<'_>) -> Result<Plan, Rejection> {
    let session = new_session(&context)?;
    let mut answer = Fields::new();
    answer.set(names::MERCHANT, context.asked.merchant.id.as_str());
    answer.set(names::RESULT, ResultCode::Success.as_str());
    answer.set(names::SESSION_AES256_KEY, session.aes256_key.as_str());
    answer.set(names::SESSION_AUTHENTICATION_LIMIT, session.authentication_limit.to_string());
    answer::set_identity(&mut answer, &session);
    answers::keep_version(&mut answer, context.asked.version);
    Ok(Decision::change(RecordChange::Session(session), answer).into())
}
