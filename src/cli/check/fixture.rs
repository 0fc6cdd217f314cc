//! What a fixture says once it is read: one conversation.

use super::template::Template;
use regex::Regex;
use ureq::http::{HeaderName, Method};

/// One conversation and where its expectations come from.
#[derive(Clone, Debug)]
pub struct Fixture {
    /// The sentence it opens with.
    pub title: String,
    /// The sentence, capture or decision behind it; at least one.
    pub sources: Vec<Source>,
    /// Configuration keys with their values as TOML text, laid over a gateway of its own.
    pub config: Vec<(String, String)>,
    /// Requests and the answers they must get, in their order; at least one.
    pub exchanges: Vec<Exchange>,
}

impl Fixture {
    /// Whether it needs a gateway that no other fixture uses, because it sets configuration.
    pub fn needs_own_gateway(&self) -> bool {
        !self.config.is_empty()
    }

    /// Whether it needs a gateway in this process: over the network, no clock is turned and no configuration set.
    pub fn needs_own_process(&self) -> bool {
        self.needs_own_gateway() || self.turns_clock()
    }

    /// Whether it turns the clock of its merchants.
    pub fn turns_clock(&self) -> bool {
        self.exchanges.iter().any(|exchange| exchange.clock_milliseconds != 0)
    }
}

/// Where an expectation comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The words of the `# Source:` line.
    pub text: String,
    /// How far they can be relied on.
    pub standing: Standing,
}

/// How far a source can be relied on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// The gateway's documentation says so.
    Documented,
    /// A recorded answer of the real gateway, or a real client, shows it.
    Observed,
    /// The sources are silent; this project decided.
    Decided,
}

/// One request and the answer it must get.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// The line of its `>`.
    pub line: usize,
    /// The words after the `>`, possibly none.
    pub caption: String,
    /// How far the clock of the conversation's merchants is turned forward before the request.
    pub clock_milliseconds: i64,
    /// What is sent.
    pub request: Request,
    /// What must come back.
    pub answer: Answer,
}

/// What is sent.
#[derive(Clone, Debug)]
pub struct Request {
    /// The API version in the path, as it is written: `abc` can be sent too.
    pub version: String,
    /// Who speaks; without it, the run's merchant.
    pub merchant: Option<Template>,
    /// The HTTP method.
    pub method: Method,
    /// Path and query, where they are not those of the NVP address.
    pub path: Option<Template>,
    /// Headers, `None` for one that is not sent.
    pub headers: Vec<(HeaderName, Option<Template>)>,
    /// The body.
    pub body: RequestBody,
}

/// The body of a request.
#[derive(Clone, Debug)]
pub enum RequestBody {
    /// Pairs that are encoded in their order; `None` for credentials that are not sent.
    Fields(Vec<(String, Option<Template>)>),
    /// Exact bytes.
    Raw(Template),
}

/// What must come back.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The line of its `<`.
    pub line: usize,
    /// The HTTP status and the line that asks for it.
    pub status: Option<(usize, u16)>,
    /// The whole `Content-Type` header and the line that asks for it.
    pub content_type: Option<(usize, String)>,
    /// The body.
    pub body: AnswerBody,
}

/// The body that must come back.
#[derive(Clone, Debug)]
pub enum AnswerBody {
    /// Fields, in any order of the fixture's lines.
    Fields {
        /// What each named field must be.
        fields: Vec<ExpectedField>,
        /// Whether the answer may have fields that are not named.
        others_allowed: bool,
    },
    /// Exact bytes.
    Raw(Template),
}

/// What one field of an answer must be.
#[derive(Clone, Debug)]
pub struct ExpectedField {
    /// The line that asks for it.
    pub line: usize,
    /// The field's name.
    pub name: String,
    /// What it must be.
    pub value: Expectation,
}

/// What a field of an answer must be.
#[derive(Clone, Debug)]
pub enum Expectation {
    /// `*`: there, with any value.
    Anything,
    /// `!`: not there.
    Absent,
    /// `~regex`: the whole value matches; a named group takes or repeats a name's value.
    Pattern(Regex),
    /// A text, with names that take or repeat a value.
    Text(Template),
}
