//! The failure on the gateway's side. The caller gets a support code, and the log gets the cause.

use std::fmt;
use uuid::Uuid;

/// A failure on the gateway's side.
#[derive(Debug)]
pub struct Fault {
    support_code: Uuid,
    cause: String,
}

impl Fault {
    /// A fault with its cause, for the log. The cause must contain no request value.
    pub fn new(cause: impl fmt::Display) -> Fault {
        Fault { support_code: Uuid::new_v4(), cause: cause.to_string() }
    }

    /// The code in the caller's answer and in the log line.
    pub fn support_code(&self) -> String {
        self.support_code.simple().to_string()
    }

    /// The cause, for the log only.
    pub fn cause(&self) -> &str {
        &self.cause
    }
}
