//! The two kinds of failure. A [`Rejection`] is the caller's to mend and goes out whole; a [`Fault`] is
//! ours, and only its support code goes out.

use crate::limits;
use std::fmt;
use uuid::Uuid;

/// Why a request was not carried out.
#[derive(Debug)]
pub enum Failure {
    /// The caller can mend it; nothing changed.
    Rejection(Rejection),
    /// We must mend it; what happened is in the log under the support code.
    Fault(Fault),
}

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Failure {
        Failure::Rejection(rejection)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Failure {
        Failure::Fault(fault)
    }
}

/// What kind of mistake a rejection names; it decides `error.cause` and, where the configuration asks for
/// them, the REST-like status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// Something in the request (INVALID_REQUEST, 400).
    Request,
    /// Credentials that are wrong or speak for someone else (INVALID_REQUEST, 401).
    Credentials,
    /// A path or API version that does not exist (INVALID_REQUEST, 404).
    Address,
    /// A method the path does not take (INVALID_REQUEST, 405).
    Method,
    /// A body that did not arrive in time (INVALID_REQUEST, 408).
    Slow,
    /// A body over the limit (INVALID_REQUEST, 413).
    TooLarge,
    /// Not the caller's fault, but his to repeat (SERVER_BUSY, 429).
    Busy,
}

impl Mistake {
    /// The value of `error.cause`.
    pub fn cause(self) -> &'static str {
        match self {
            Mistake::Busy => "SERVER_BUSY",
            _ => "INVALID_REQUEST",
        }
    }
}

/// `error.validationType`: what is wrong with the one field an error is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValidationType {
    /// The value cannot be taken.
    Invalid,
    /// A required field is absent.
    Missing,
    /// The field does not exist, or not here.
    Unsupported,
}

impl ValidationType {
    /// The value of `error.validationType`.
    pub fn as_str(self) -> &'static str {
        match self {
            ValidationType::Invalid => "INVALID",
            ValidationType::Missing => "MISSING",
            ValidationType::Unsupported => "UNSUPPORTED",
        }
    }
}

/// A request that cannot be carried out, in the words the gateway has for it.
///
/// Whoever builds one masks card numbers and codes first: everything in it is sent.
#[derive(Clone, PartialEq, Eq)]
pub struct Rejection {
    mistake: Mistake,
    field: Option<(String, ValidationType)>,
    explanation: String,
}

impl Rejection {
    /// An error that is about no single field.
    pub fn general(mistake: Mistake, explanation: impl Into<String>) -> Rejection {
        Rejection { mistake, field: None, explanation: cut(explanation.into(), limits::EXPLANATION_CHARACTERS) }
    }

    /// An error about one field.
    pub fn field(name: impl Into<String>, what: ValidationType, explanation: impl Into<String>) -> Rejection {
        Rejection {
            mistake: Mistake::Request,
            field: Some((cut(name.into(), limits::ERROR_FIELD_CHARACTERS), what)),
            explanation: cut(explanation.into(), limits::EXPLANATION_CHARACTERS),
        }
    }

    /// INVALID: `shown` is the value as it may be shown, masked where it must be.
    pub fn invalid(name: impl Into<String>, shown: impl fmt::Display, reason: impl fmt::Display) -> Rejection {
        Rejection::field(name, ValidationType::Invalid, format!("Value '{shown}' is invalid. {reason}"))
    }

    /// MISSING, in the gateway's two words.
    pub fn missing(name: impl Into<String>) -> Rejection {
        Rejection::field(name, ValidationType::Missing, "Missing parameter")
    }

    /// UNSUPPORTED, in the gateway's words.
    pub fn unsupported(name: &str) -> Rejection {
        Rejection::field(name, ValidationType::Unsupported, format!("Unexpected parameter '{name}'"))
    }

    /// An API version that does not exist (wording observed). `text` is how the address names it.
    pub fn unknown_version(text: &str) -> Rejection {
        let shown: String = text.chars().take(40).collect();
        Rejection::general(Mistake::Address, format!("Unsupported value for 'version = {shown}'"))
    }

    /// The same error, its field by another name.
    pub fn renamed(mut self, rename: impl Fn(&str) -> &str) -> Rejection {
        if let Some((name, _)) = &mut self.field {
            *name = rename(name).to_owned();
        }
        self
    }

    /// SERVER_BUSY, which asks the caller to repeat the request (wording observed, the two spaces included).
    pub fn busy() -> Rejection {
        let words = "Operation temporarily rejected because the system is busy.  Try again in 10 seconds.";
        Rejection::general(Mistake::Busy, words)
    }

    /// What kind of mistake it is.
    pub fn mistake(&self) -> Mistake {
        self.mistake
    }

    /// The field it is about, and what is wrong with it.
    pub fn about(&self) -> Option<(&str, ValidationType)> {
        self.field.as_ref().map(|(name, what)| (name.as_str(), *what))
    }

    /// The sentence for the caller.
    pub fn explanation(&self) -> &str {
        &self.explanation
    }
}

/// Cause and field only: an explanation quotes what the caller sent, and that does not belong in a log.
impl fmt::Debug for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.mistake)?;
        match &self.field {
            Some((_, what)) => write!(f, " {what:?}"),
            None => Ok(()),
        }
    }
}

fn cut(text: String, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        None => text,
        Some((end, _)) => text[..end].to_owned(),
    }
}

/// Something that went wrong on our side.
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

    /// The code the caller is given and the log line carries.
    pub fn support_code(&self) -> String {
        self.support_code.simple().to_string()
    }

    /// What happened, for the log only.
    pub fn cause(&self) -> &str {
        &self.cause
    }
}
