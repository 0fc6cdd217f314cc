//! UPDATE_SESSION: lays the request's fields over those of the session. Fields are added and overwritten,
//! never removed (documented).

use super::{Input, Plan, Settled, repeat, session_answer};
use crate::domain::failure::{Mistake, Rejection};
use crate::fields::Fields;
use crate::limits;

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    let Some(session) = input.session else {
        return Ok(Settled::answer_only(Fields::new()));
    };
    let mut session = session.clone();
    session.update(&storable(input.request), input.version, &input.drawn.session_version, input.now);
    let bytes: usize = session.fields.iter().map(|(name, value)| name.text().len() + value.len()).sum();
    if bytes > limits::SESSION_BYTES {
        return Err(Rejection::general(
            Mistake::Request,
            format!("The session would hold {bytes} bytes, and may hold {}.", limits::SESSION_BYTES),
        ));
    }
    let answer = session_answer::contents(input.merchant, &session, input.version);
    Ok(Plan::Settle(Settled { session: Some(session), answer, ..Settled::default() }))
}

/// The fields of a request that a session keeps: any request field of an operation that can use a session,
/// never who asks, for what, or in which session.
pub(super) fn storable(request: &Fields) -> Fields {
    let stored = request.iter().filter(|(name, _)| repeat::is_stored(name));
    stored.map(|(name, value)| (name.clone(), value)).collect()
}
