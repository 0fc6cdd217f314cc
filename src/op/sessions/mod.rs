//! The operations on sessions, and the checkouts that begin with a session.

mod answer;
mod checkout;
mod create;
mod payment_link;
mod retrieve;
mod update;

pub(super) use checkout::decide as checkout;
pub(super) use create::decide as create;
pub use payment_link::{link_is_permitted, link_record_expires, link_request};
pub(super) use retrieve::decide as retrieve;
pub(super) use update::decide as update;

use super::{Asked, SessionContext, echo};
use crate::domain::rejection::Rejection;
use crate::domain::session::{Session, UpdateStatus, first_version};
use crate::fields::{Fields, names};

/// `session.authenticationLimit` where the request gives none (observed in recorded answers).
const DEFAULT_AUTHENTICATION_LIMIT: u16 = 5;

/// The most that a merchant may ask for (documented).
const MAXIMUM_AUTHENTICATION_LIMIT: u16 = 25;

/// A session that holds no fields.
fn new_session(context: &SessionContext<'_>) -> Result<Session, Rejection> {
    Ok(Session {
        id: context.random.session_id(),
        version: first_version(&context.random.session_version()),
        update_status: UpdateStatus::NoUpdate,
        api_version: None,
        fields: Fields::new(),
        security_code_written: None,
        aes256_key: context.random.aes256_key(),
        authentication_limit: authentication_limit(&context.asked)?,
        success_indicator: None,
    })
}

fn authentication_limit(asked: &Asked<'_>) -> Result<u16, Rejection> {
    let Some(text) = asked.request.get(names::SESSION_AUTHENTICATION_LIMIT) else {
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

/// The request's fields that a session stores: the fields of operations that can use a session. Credentials, the
/// operation and `session.id` are not among them.
fn storable(request: &Fields) -> Fields {
    let stored = request.iter().filter(|(name, _)| echo::is_stored(name));
    stored.map(|(name, value)| (name.clone(), value)).collect()
}
