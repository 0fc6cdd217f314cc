//! Compares an answer with what the fixture expects of it, whole: a field too many is a difference too, unless
//! the fixture allows others.

use super::answer;
use super::client::Received;
use super::fixture::{Answer, AnswerBody, Expectation, ExpectedField};
use super::template::{Names, escape};

/// One respect in which an answer is not the expected one. Values are written as a fixture would write them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The line that asks for it; for what no line asks for, the line of the `<`.
    pub line: usize,
    /// The field's name, what else of the answer it is about, or which guarantee is broken.
    pub subject: String,
    /// What is different.
    pub kind: Kind,
}

/// What is different.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is there, but not as expected.
    Other {
        /// What was expected.
        expected: String,
        /// What came.
        got: String,
    },
    /// It is not there; the text is what was expected.
    Missing(String),
    /// It is there and was not expected; the text is what came.
    Extra(String),
    /// It is there, and the fixture allows it; shown because an `error.…` field may say why the rest differs.
    Beside(String),
    /// The bytes break a guarantee that the subject names.
    Breach,
    /// Not a difference of its own: the bytes that the breaches before it are about.
    Bytes(String),
}

impl Difference {
    /// Every text in it that comes from the conversation.
    pub fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let (first, second) = match &mut self.kind {
            Kind::Other { expected, got } => (Some(expected), Some(got)),
            Kind::Missing(text) | Kind::Extra(text) | Kind::Beside(text) | Kind::Bytes(text) => (Some(text), None),
            Kind::Breach => (None, None),
        };
        [Some(&mut self.subject), first, second].into_iter().flatten()
    }
}

/// Compares, and takes the values of new names. No difference means that the answer is the expected one.
pub fn compare(expected: &Answer, received: &Received, names: &mut Names) -> Vec<Difference> {
    let mut differences = Vec::new();
    if let Some((line, status)) = expected.status
        && status != received.status
    {
        differences.push(other(line, "HTTP status", status.to_string(), received.status.to_string()));
    }
    if let Some((line, content_type)) = &expected.content_type
        && *content_type != received.content_type
    {
        let kind = if received.content_type.is_empty() {
            Kind::Missing(content_type.clone())
        } else {
            Kind::Other { expected: content_type.clone(), got: escape(received.content_type.as_bytes()) }
        };
        differences.push(Difference { line: *line, subject: "Content-Type".to_owned(), kind });
    }
    match &expected.body {
        AnswerBody::Raw(raw) => {
            if !raw.matches(&received.body, names) {
                let (wanted, got) = (raw.show(names), escape(&received.body));
                differences.push(other(expected.line, "the bytes of the answer", wanted, got));
            }
        }
        AnswerBody::Fields { fields, others_allowed } => match answer::read(&received.body) {
            Ok(got) => compare_fields(expected.line, fields, *others_allowed, &got, names, &mut differences),
            Err(breaches) => {
                for subject in breaches {
                    differences.push(Difference { line: expected.line, subject, kind: Kind::Breach });
                }
                let kind = Kind::Bytes(escape(&received.body));
                differences.push(Difference { line: expected.line, subject: "these are the bytes".to_owned(), kind });
            }
        },
    }
    differences
}

fn other(line: usize, subject: &str, expected: String, got: String) -> Difference {
    Difference { line, subject: subject.to_owned(), kind: Kind::Other { expected, got } }
}

fn compare_fields(
    line: usize,
    fields: &[ExpectedField],
    others_allowed: bool,
    got: &[(String, String)],
    names: &mut Names,
    differences: &mut Vec<Difference>,
) {
    let mut named = Vec::new();
    for field in fields {
        let value = got.iter().find(|(name, _)| *name == field.name).map(|(_, value)| value.as_str());
        if !is_met(&field.value, value, names) {
            let expected = match &field.value {
                Expectation::Anything => "*".to_owned(),
                Expectation::Absent => "!".to_owned(),
                // The pattern as it was written: without the anchors around it.
                Expectation::Pattern(pattern) => {
                    let pattern = pattern.as_str();
                    format!(
                        "~{}",
                        pattern.strip_prefix(r"\A(?:").and_then(|p| p.strip_suffix(r")\z")).unwrap_or(pattern)
                    )
                }
                Expectation::Text(text) => text.show(names),
            };
            let kind = match value {
                Some(value) => Kind::Other { expected, got: escape(value.as_bytes()) },
                None => Kind::Missing(expected),
            };
            named.push(Difference { line: field.line, subject: escape(field.name.as_bytes()), kind });
        }
    }
    let (mut errors, mut extra) = (Vec::new(), Vec::new());
    for (name, value) in got.iter().filter(|(name, _)| fields.iter().all(|field| field.name != *name)) {
        let (subject, value) = (escape(name.as_bytes()), escape(value.as_bytes()));
        let is_error = name.starts_with("error.");
        if !others_allowed {
            let to = if is_error { &mut errors } else { &mut extra };
            to.push(Difference { line, subject, kind: Kind::Extra(value) });
        } else if is_error && !named.is_empty() {
            errors.push(Difference { line, subject, kind: Kind::Beside(value) });
        }
    }
    // An error that was not expected comes first: it says why the rest differs.
    differences.extend([errors, named, extra].into_iter().flatten());
}

fn is_met(expectation: &Expectation, value: Option<&str>, names: &mut Names) -> bool {
    match (expectation, value) {
        (Expectation::Absent, value) => value.is_none(),
        (_, None) => false,
        (Expectation::Anything, Some(_)) => true,
        (Expectation::Text(text), Some(value)) => text.matches(value.as_bytes(), names),
        (Expectation::Pattern(pattern), Some(value)) => {
            let Some(groups) = pattern.captures(value) else { return false };
            let mut taken = Names::new();
            for name in pattern.capture_names().flatten() {
                // A group that takes no part would leave a later request without a value for its name.
                let Some(group) = groups.name(name) else { return false };
                if names.get(name).is_some_and(|earlier| earlier != group.as_str()) {
                    return false;
                }
                taken.insert(name.to_owned(), group.as_str().to_owned());
            }
            names.extend(taken);
            true
        }
    }
}
