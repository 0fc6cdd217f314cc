//! The part of an answer that shows a session.

use crate::dialect::answers;
use crate::domain::merchant::Merchant;
use crate::domain::session::Session;
use crate::fields::{Fields, names};
use crate::op::echo;
use crate::spec::versions::ApiVersion;

/// `session.id`, `session.updateStatus` and `session.version`. Every answer has all three or none.
pub fn set_identity(answer: &mut Fields, session: &Session) {
    answer.set(names::SESSION_ID, session.id.as_str());
    answer.set(names::SESSION_UPDATE_STATUS, session.update_status.as_str());
    answer.set(names::SESSION_VERSION, session.version.as_str());
}

/// The answer of UPDATE_SESSION and RETRIEVE_SESSION: every stored field, with cards masked, and no `result`
/// (documented and observed).
pub fn contents(merchant: &Merchant, session: &Session, version: ApiVersion) -> Fields {
    let mut answer = echo::stored(&session.fields);
    answer.set(names::MERCHANT, merchant.id.as_str());
    set_identity(&mut answer, session);
    answer.set(names::VERSION, version.to_string());
    answers::keep_version(&mut answer, version);
    answer
}
