//! Why a request is refused, as data. A rejection has no wording: `dialect::errors` words it for an API version, and a
//! page for payers words it for a person.

mod reason;

pub use reason::Reason;

use std::borrow::Cow;
use std::fmt;

/// The most characters of a version's text that an error shows.
const VERSION_CHARACTERS: usize = 40;

/// The kind of mistake that a rejection names. The kind decides `error.cause` and, where the configuration asks for
/// it, the HTTP status of the REST interface.
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
    /// The gateway is busy, and the caller may send the request again (SERVER_BUSY, 429).
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

/// `error.validationType`: the kind of fault in the field of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ValidationType {
    /// The value cannot be taken.
    Invalid,
    /// A required field is absent.
    Missing,
    /// The field does not exist, or this request must not have it.
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
/// The builder of a rejection masks card numbers and codes first, because the answer shows everything in a rejection.
#[derive(Clone, PartialEq, Eq)]
pub struct Rejection {
    mistake: Mistake,
    field: Option<Cow<'static, str>>,
    shown: String,
    reason: Reason,
}

impl Rejection {
    /// An error about no single field.
    pub fn general(mistake: Mistake, sentence: impl Into<Cow<'static, str>>) -> Rejection {
        Rejection { mistake, field: None, shown: String::new(), reason: Reason::Text(sentence.into()) }
    }

    /// An error about one field that shows no value.
    pub fn field(name: impl Into<Cow<'static, str>>, reason: impl Into<Reason>) -> Rejection {
        Rejection::invalid(name, "", reason)
    }

    /// An error of validation type INVALID. `shown` is the value as the answer may show it, masked where necessary.
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

    /// An error of validation type MISSING.
    pub fn missing(name: impl Into<Cow<'static, str>>) -> Rejection {
        Rejection::field(name, Reason::Missing)
    }

    /// An error of validation type UNSUPPORTED.
    pub fn unsupported(name: impl Into<Cow<'static, str>>) -> Rejection {
        Rejection::field(name, Reason::Unexpected)
    }

    /// An API version that does not exist. `text` is how the address names it.
    pub fn unknown_version(text: &str) -> Rejection {
        let shown: String = text.chars().take(VERSION_CHARACTERS).collect();
        let reason = Reason::UnknownVersion(shown);
        Rejection { mistake: Mistake::Address, field: None, shown: String::new(), reason }
    }

    /// SERVER_BUSY: the caller may send the request again.
    pub fn busy() -> Rejection {
        Rejection { mistake: Mistake::Busy, field: None, shown: String::new(), reason: Reason::Busy }
    }

    /// The same error with another name for its field.
    pub fn renamed(mut self, rename: impl Fn(&str) -> &str) -> Rejection {
        if let Some(name) = &mut self.field {
            let renamed = rename(name);
            if renamed != *name {
                *name = Cow::Owned(renamed.to_owned());
            }
        }
        self
    }

    /// The kind of mistake.
    pub fn mistake(&self) -> Mistake {
        self.mistake
    }

    /// The field of the error, and the kind of its fault.
    pub fn about(&self) -> Option<(&str, ValidationType)> {
        self.field.as_deref().map(|name| (name, self.reason.validation_type()))
    }

    /// The value as the answer may show it; empty where the request has no value.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The reason of the rejection.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }
}

/// Prints mistake and validation type only. Name, value and reason have text of the caller, and no log may have that.
impl fmt::Debug for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.mistake)?;
        match self.about() {
            Some((_, validation_type)) => write!(f, " {validation_type:?}"),
            None => Ok(()),
        }
    }
}
