//! UPDATE_SESSION: puts the request's fields over those of the session. Fields are added and overwritten, never
//! removed (documented).

use super::{answer, storable};
use crate::domain::rejection::{Mistake, Rejection};
use crate::fields::Fields;
use crate::limits;
use crate::op::{Decision, Plan, RecordChange, SessionContext};

pub fn decide(context: SessionContext<'_>) -> Result<Plan, Rejection> {
    let SessionContext { asked, session, random, .. } = context;
    let Some(mut session) = session else {
        return Ok(Decision::answer(Fields::new()).into());
    };
    session.update(&storable(asked.request), asked.version, &random.session_version(), asked.now);
    let bytes = session.bytes();
    if bytes > limits::SESSION_BYTES {
        return Err(Rejection::general(
            Mistake::Request,
            format!("The session would hold {bytes} bytes, and may hold {}.", limits::SESSION_BYTES),
        ));
    }
    let answer = answer::contents(asked.merchant, &session, asked.version);
    Ok(Decision::change(RecordChange::Session(session), answer).into())
}
