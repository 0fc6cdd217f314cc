//! The payment session: a temporary, versioned container of request fields.

use super::timestamp::Timestamp;
use crate::fields::{Fields, Name, names};
use crate::spec::versions::ApiVersion;
use serde::{Deserialize, Serialize};

/// The security code's fields, in the form of every API version that had one.
const SECURITY_CODES: [Name; 2] = [names::PROVIDED_CARD_SECURITY_CODE, names::CARD_SECURITY_CODE];

/// `session.updateStatus`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum UpdateStatus {
    /// The session has no fields; no operation may use it.
    NoUpdate,
    /// The last update was accepted; operations may use the session.
    Success,
    /// The last update by a browser was refused; no operation may use the session before an update succeeds.
    Failure,
}

impl UpdateStatus {
    /// The value of `session.updateStatus`.
    pub fn as_str(self) -> &'static str {
        match self {
            UpdateStatus::NoUpdate => "NO_UPDATE",
            UpdateStatus::Success => "SUCCESS",
            UpdateStatus::Failure => "FAILURE",
        }
    }
}

/// A stored session. It has no `Debug`, because it holds cards.
#[derive(Clone, Serialize, Deserialize)]
pub struct Session {
    /// `session.id`.
    pub id: String,
    /// `session.version`: eight random hex digits and a two-digit count of updates (observed).
    pub version: String,
    /// `session.updateStatus`.
    pub update_status: UpdateStatus,
    /// The API version of the update that stored the fields.
    pub api_version: Option<ApiVersion>,
    /// The stored fields.
    pub fields: Fields,
    /// The time at which the security code was stored, while the session has one.
    pub security_code_written: Option<Timestamp>,
    /// `session.aes256Key`: Base64 of 32 random bytes.
    pub aes256_key: String,
    /// `session.authenticationLimit`.
    pub authentication_limit: u16,
    /// `successIndicator`, for the session of a hosted checkout.
    pub success_indicator: Option<String>,
}

impl Session {
    /// Puts new fields over the stored ones. `random` gives the first eight characters of the new version.
    pub fn update(&mut self, fields: &Fields, api_version: ApiVersion, random: &str, now: Timestamp) {
        if SECURITY_CODES.iter().any(|code| fields.contains(*code)) {
            self.security_code_written = Some(now);
        }
        self.fields.overlay(fields);
        self.api_version = Some(api_version);
        self.update_status = UpdateStatus::Success;
        self.version = next_version(&self.version, random);
    }

    /// The size of the session: the bytes of its names and values.
    pub fn bytes(&self) -> usize {
        self.fields.iter().map(|(name, value)| name.text().len() + value.len()).sum()
    }

    /// Removes the security code. PCI rules demand this once an operation has used the code. The version stays,
    /// because it counts updates (decided), so that PAY and then TOKENIZE can name one version.
    pub fn drop_security_code(&mut self) {
        for code in SECURITY_CODES {
            self.fields.remove(code);
        }
        self.security_code_written = None;
    }

    /// Removes a security code that is older than `lifetime_seconds`.
    pub fn drop_security_code_if_old(&mut self, lifetime_seconds: i64, now: Timestamp) {
        if self.security_code_written.is_some_and(|written| written.plus_seconds(lifetime_seconds) <= now) {
            self.drop_security_code();
        }
    }
}

/// The version of a new session.
pub fn first_version(random: &str) -> String {
    format!("{random}01")
}

/// The version after one more update. The count starts again after 99, because a version has ten characters.
fn next_version(current: &str, random: &str) -> String {
    let count: u32 = current.get(8..).and_then(|digits| digits.parse().ok()).unwrap_or(0);
    format!("{random}{:02}", (count + 1) % 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_count_updates_and_keep_their_length() {
        assert_eq!(first_version("83a00ac4"), "83a00ac401");
        assert_eq!(next_version("83a00ac401", "78f71bbe"), "78f71bbe02");
        assert_eq!(next_version("0000000099", "ffffffff"), "ffffffff00");
    }
}
