//! Compares an answer with what the fixture expects of it, whole: a field too many is a difference too.

use super::answer;
use super::client::Received;
use super::fixture::{Answer, AnswerBody, Expectation, ExpectedField};
use super::template::{Names, escape};

/// One respect in which an answer is not the expected one. Values are written as a fixture would write them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The line that asks for it; for a field too many, the line of the `<`.
    pub line: usize,
    /// The field's name, or what else of the answer it is about.
    pub subject: String,
    /// What was expected, if anything was.
    pub expected: Option<String>,
    /// What came, if anything did.
    pub got: Option<String>,
}

/// Compares, and takes the values of new names. No difference means that the answer is the expected one.
pub fn compare(expected: &Answer, received: &Received, names: &mut Names) -> Vec<Difference> {
    let mut differences = Vec::new();
    if let Some((line, status)) = expected.status
        && status != received.status
    {
        differences.push(difference(line, "HTTP status", Some(status.to_string()), Some(received.status.to_string())));
    }
    if let Some((line, content_type)) = &expected.content_type
        && *content_type != received.content_type
    {
        let got = Some(escape(received.content_type.as_bytes())).filter(|got| !got.is_empty());
        differences.push(difference(*line, "Content-Type", Some(content_type.clone()), got));
    }
    match &expected.body {
        AnswerBody::Raw(raw) => {
            if !raw.matches(&received.body, names) {
                differences.push(difference(
                    expected.line,
                    "the bytes of the answer",
                    Some(raw.show(names)),
                    Some(escape(&received.body)),
                ));
            }
        }
        AnswerBody::Fields { fields, others_allowed } => match answer::read(&received.body) {
            Ok(got) => compare_fields(expected.line, fields, *others_allowed, &got, names, &mut differences),
            Err(breaches) => {
                differences.extend(breaches.into_iter().map(|breach| difference(expected.line, &breach, None, None)));
                let body = Some(escape(&received.body)).filter(|body| !body.is_empty());
                differences.push(difference(expected.line, "the bytes of the answer", None, body));
            }
        },
    }
    differences
}

fn difference(line: usize, subject: &str, expected: Option<String>, got: Option<String>) -> Difference {
    Difference { line, subject: subject.to_owned(), expected, got }
}

fn compare_fields(
    line: usize,
    fields: &[ExpectedField],
    others_allowed: bool,
    got: &[(String, String)],
    names: &mut Names,
    differences: &mut Vec<Difference>,
) {
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
            let got = value.map(|value| escape(value.as_bytes()));
            differences.push(difference(field.line, &escape(field.name.as_bytes()), Some(expected), got));
        }
    }
    if !others_allowed {
        for (name, value) in got {
            if fields.iter().all(|field| field.name != *name) {
                let (name, value) = (escape(name.as_bytes()), escape(value.as_bytes()));
                differences.push(difference(line, &name, None, Some(value)));
            }
        }
    }
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
