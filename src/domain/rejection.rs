//! Why a request is refused, as data. A rejection has no wording: `dialect::errors` words it for an API version, and a
//! page for payers words it for a person.

mod reason;

pub use reason::Reason;

use std::borrow::Cow;
use std::fmt;

/// Characters of a version's text that are shown.
const VERSION_CHARACTERS: usize = 40;

/// What kind of mistake a rejection names. The kind decides `error.cause` and, where the configuration asks for it,
/// the HTTP status of the REST interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// Something in the request (INVALID_REQUEST, 400).
    Request,
    /// Credentials that are wrong, or that belong to somebody else (INVALID_REQUEST, 401).
    Credentials,
    /// A path or API version that does not exist (INVALID_REQUEST, 404).
    Address,
    /// A method that the path does not take (INVALID_REQUEST, 405).
    Method,
    /// A body that did not arrive in time (INVALID_REQUEST, 408).
    Slow,
    /// A body over the limit (INVALID_REQUEST, 413).
    TooLarge,
    /// The gateway is busy, and the caller may repeat the request (SERVER_BUSY, 429).
    Busy,
}

impl Mistake {
    /// The value of `error.cause`.
    pub fn cause(self) -> &'static str {
        match self {
            Mistake::Busy => "SERVER_BUSY",
            Mistake::Request
            | Mistake::Credentials
            | Mistake::Address
            | Mistake::Method
            | Mistake::Slow
            | Mistake::TooLarge => "INVALID_REQUEST",
        }
    }
}

/// `error.validationType`: what is wrong with the one field that an error is about.
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

/// A request that cannot be carried out.
///
/// Whoever builds a rejection masks card numbers and codes first: everything in it is answered.
#[derive(Clone, PartialEq, Eq)]
pub struct Rejection {
    mistake: Mistake,
    field: Option<Cow<'static, str>>,
    shown: String,
    reason: Reason,
}

impl Rejection {
    /// An error that is about no single field.
    pub fn general(mistake: Mistake, sentence: impl Into<Cow<'static, str>>) -> Rejection {
        Rejection { mistake, field: None, shown: String::new(), reason: Reason::Text(sentence.into()) }
    }

    /// An error about one field that quotes no value.
    pub fn field(name: impl Into<Cow<'static, str>>, reason: impl Into<Reason>) -> Rejection {
        Rejection::invalid(name, "", reason)
    }

    /// INVALID: `shown` is the value as it may be shown, masked where it must be.
    pub fn invalid(
        name: impl Into<Cow<'static, str>>,
        shown: impl fmt::Display,
        reason: impl Into<Reason>,
    ) -> Rejection {
        Rejection {
            mistake: Mistake::Request,
            field: Some(name.into()),
            shown: shown.to_string(),
            reason: reason.into(),
        }
    }

    /// MISSING.
    pub fn missing(name: impl Into<Cow<'static, str>>) -> Rejection {
        Rejection::field(name, Reason::Missing)
    }

    /// UNSUPPORTED.
    pub fn unsupported(name: impl Into<Cow<'static, str>>) -> Rejection {
        Rejection::field(name, Reason::Unexpected)
    }

    /// An API version that does not exist. `text` is how the address names it.
    pub fn unknown_version(text: &str) -> Rejection {
        let shown: String = text.chars().take(VERSION_CHARACTERS).collect();
        let reason = Reason::UnknownVersion(shown);
        Rejection { mistake: Mistake::Address, field: None, shown: String::new(), reason }
    }

    /// SERVER_BUSY, which asks the caller to repeat the request.
    pub fn busy() -> Rejection {
        Rejection { mistake: Mistake::Busy, field: None, shown: String::new(), reason: Reason::Busy }
    }

    /// The same error, its field by another name.
    pub fn renamed(mut self, rename: impl Fn(&str) -> &str) -> Rejection {
        if let Some(name) = &mut self.field {
            let renamed = rename(name);
            if renamed != *name {
                *name = Cow::Owned(renamed.to_owned());
            }
        }
        self
    }

    /// What kind of mistake it is.
    pub fn mistake(&self) -> Mistake {
        self.mistake
    }

    /// The field that it is about, and what is wrong with that field.
    pub fn about(&self) -> Option<(&str, ValidationType)> {
        self.field.as_deref().map(|name| (name, self.reason.validation_type()))
    }

    /// The value as it may be shown; empty where no value was sent.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Why the request is refused.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }
}

/// Mistake and validation type only: name, value and reason quote what the caller sent, which no log may have.
impl fmt::Debug for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.mistake)?;
        match self.about() {
            Some((_, validation_type)) => write!(f, " {validation_type:?}"),
            None => Ok(()),
        }
    }
}
