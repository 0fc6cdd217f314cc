//! CREATE_SESSION: a new, empty session.

use super::{Input, Plan, Settled, session_answer};
use crate::domain::failure::Rejection;
use crate::domain::session::{Session, UpdateStatus, first_version};
use crate::fields::{Fields, names};
use crate::spec::answers;
use crate::spec::versions::ApiVersion;

/// `session.authenticationLimit` where the request gives none (observed in recorded answers).
const DEFAULT_AUTHENTICATION_LIMIT: u16 = 5;

/// The most a merchant may ask for (documented).
const MAXIMUM_AUTHENTICATION_LIMIT: u16 = 25;

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    let session = new_session(input)?;
    let mut answer = Fields::new();
    answer.set(names::MERCHANT, input.merchant.id.as_str());
    answer.set(names::RESULT, "SUCCESS");
    answer.set(names::SESSION_AES256_KEY, session.aes256_key.as_str());
    answer.set(names::SESSION_AUTHENTICATION_LIMIT, session.authentication_limit.to_string());
    session_answer::set_identity(&mut answer, &session);
    answers::keep_version(&mut answer, input.version);
    Ok(Plan::Settle(Settled { session: Some(session), answer, ..Settled::default() }))
}

/// A session nothing has been placed in.
pub(super) fn new_session(input: &Input<'_>) -> Result<Session, Rejection> {
    Ok(Session {
        id: input.drawn.session_id.clone(),
        version: first_version(&input.drawn.session_version),
        update_status: UpdateStatus::NoUpdate,
        api_version: None::<ApiVersion>,
        fields: Fields::new(),
        security_code_written: None,
        aes256_key: input.drawn.aes256_key.clone(),
        authentication_limit: authentication_limit(input.request)?,
        success_indicator: None,
    })
}

fn authentication_limit(request: &Fields) -> Result<u16, Rejection> {
    let Some(text) = request.get(names::SESSION_AUTHENTICATION_LIMIT) else {
        return Ok(DEFAULT_AUTHENTICATION_LIMIT);
    };
    match text.parse() {
        Ok(limit) if limit <= MAXIMUM_AUTHENTICATION_LIMIT => Ok(limit),
        _ => Err(Rejection::invalid(
            names::SESSION_AUTHENTICATION_LIMIT,
            text,
            format!("Not a number from 0 to {MAXIMUM_AUTHENTICATION_LIMIT}."),
        )),
    }
}
