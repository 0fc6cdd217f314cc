//! The failure that is the gateway's own: the caller gets a support code, the log gets the cause.

use std::fmt;
use uuid::Uuid;

/// Something that went wrong on the gateway's side.
#[derive(Debug)]
pub struct Fault {
    support_code: Uuid,
    cause: String,
}

impl Fault {
    /// A fault with what happened, for the log. The cause must name no request value.
    pub fn new(cause: impl fmt::Display) -> Fault {
        Fault { support_code: Uuid::new_v4(), cause: cause.to_string() }
    }

    /// The code that the caller is given and the log line carries.
    pub fn support_code(&self) -> String {
        self.support_code.simple().to_string()
    }

    /// What happened, for the log only.
    pub fn cause(&self) -> &str {
        &self.cause
    }
}
