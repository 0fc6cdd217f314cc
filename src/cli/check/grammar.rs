//! Reads the text of a fixture. `fixtures/README.md` is the specification; each rule there has a row in the
//! tests of this file.

mod settings;

use super::client::takes_body;
use super::fixture::{
    Answer, AnswerBody, Exchange, Expectation, ExpectedField, Fixture, Request, RequestBody, Source, Standing,
};
use super::template::{CREDENTIALS, PASSWORD, Place, Template, unescape};
use crate::fields::names;
use regex::Regex;
use settings::Settings;
use std::collections::BTreeSet;
use std::fmt;
use ureq::http::{HeaderName, Method};

/// A line that is not what the grammar expects there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SyntaxError {
    /// The line, counted from 1.
    pub line: usize,
    /// What was expected.
    pub expected: String,
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.expected)
    }
}

/// Reads a whole fixture.
///
/// # Errors
/// The first line that breaks the grammar, with what was expected there.
pub fn parse(text: &str) -> Result<Fixture, SyntaxError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut reader = Reader { lines: text.lines().enumerate().collect(), at: 0, captured: BTreeSet::new() };
    let (title, sources) = reader.header()?;
    let mut fixture = Fixture { title, sources, config: Vec::new(), exchanges: Vec::new() };
    let mut settings = Settings::default();
    while let Some((line, text)) = reader.next() {
        if let Some(setting) = text.strip_prefix('@') {
            settings.read(line, setting, &mut fixture, &reader.captured)?;
        } else if let Some(caption) = text.strip_prefix('>') {
            fixture.exchanges.push(reader.exchange(line, trim(caption), &mut settings)?);
        } else {
            return at(
                line,
                "expected a setting (@version, @merchant, @clock, @config) or a request, which begins with `>`",
            );
        }
    }
    if let Some(line) = settings.clock_line {
        return at(line, "@clock turns the clock before a request, and none follows");
    }
    if fixture.exchanges.is_empty() {
        return at(reader.lines.len().max(1), "expected a request, which begins with a line `>`");
    }
    Ok(fixture)
}

fn at<T>(line: usize, expected: impl Into<String>) -> Result<T, SyntaxError> {
    Err(SyntaxError { line, expected: expected.into() })
}

/// Spaces and tabs only: any other white space is part of a value.
fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}

fn split_word(text: &str) -> (&str, &str) {
    match text.split_once([' ', '\t']) {
        Some((word, rest)) => (word, trim(rest)),
        None => (text, ""),
    }
}

fn template(line: usize, text: &str, place: Place) -> Result<Template, SyntaxError> {
    Template::parse(text, place).map_err(|expected| SyntaxError { line, expected })
}

/// A request can only send what the run or an earlier answer gives it.
fn check_names(
    line: usize,
    template: &Template,
    captured: &BTreeSet<String>,
    also: &[&str],
) -> Result<(), SyntaxError> {
    for name in template.names() {
        if !is_given(name) && !captured.contains(name) && !also.contains(&name) {
            return at(line, format!("{{{name}}} has no value here: no earlier answer takes it"));
        }
    }
    Ok(())
}

fn is_given(name: &str) -> bool {
    name == "merchant" || name == "random"
}

struct Reader<'a> {
    lines: Vec<(usize, &'a str)>,
    at: usize,
    captured: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    /// The next line with its number from 1, white space at its ends taken off.
    fn line(&mut self) -> Option<(usize, &'a str)> {
        let (index, text) = self.lines.get(self.at)?;
        self.at += 1;
        Some((index + 1, trim(text)))
    }

    /// The next line that is neither empty nor a comment.
    fn next(&mut self) -> Option<(usize, &'a str)> {
        loop {
            let (line, text) = self.line()?;
            if !text.is_empty() && !text.starts_with('#') {
                return Some((line, text));
            }
        }
    }

    fn back(&mut self) {
        self.at = self.at.saturating_sub(1);
    }

    fn header(&mut self) -> Result<(String, Vec<Source>), SyntaxError> {
        let title = match self.line().and_then(|(_, text)| text.strip_prefix('#')).map(trim) {
            Some(title) if !title.is_empty() && !title.starts_with("Source:") => title.to_owned(),
            _ => return at(1, "expected `# ` and a sentence that says what the conversation shows"),
        };
        let mut sources = Vec::new();
        while let Some((line, text)) = self.line() {
            match text.strip_prefix('#').map(trim) {
                Some(comment) => {
                    if let Some(source) = comment.strip_prefix("Source:") {
                        sources.push(read_source(line, trim(source))?);
                    }
                }
                None if text.is_empty() => {}
                None => {
                    self.back();
                    break;
                }
            }
        }
        if sources.is_empty() {
            return at(1, "expected a line `# Source: … (documented)`, `(observed)` or `(decided)` at the top");
        }
        Ok((title, sources))
    }

    fn exchange(&mut self, line: usize, caption: &str, settings: &mut Settings) -> Result<Exchange, SyntaxError> {
        if caption.contains(" = ") {
            return at(line, "after `>` stands at most a caption; fields stand below it, one a line");
        }
        let (request, answer_line) = self.request(line, settings)?;
        let answer = self.answer(answer_line)?;
        settings.clock_line = None;
        let clock_milliseconds = std::mem::take(&mut settings.clock_milliseconds);
        Ok(Exchange { line, caption: caption.to_owned(), clock_milliseconds, request, answer })
    }

    /// The request that begins on `begin`, and the line of the `<` behind it.
    fn request(&mut self, begin: usize, settings: &Settings) -> Result<(Request, usize), SyntaxError> {
        let mut request = Request {
            version: settings.version.clone().unwrap_or_default(),
            merchant: settings.merchant.clone(),
            method: Method::POST,
            path: None,
            headers: Vec::new(),
            body: RequestBody::Fields(Vec::new()),
        };
        let mut body_line = None;
        let answer_line = loop {
            let Some((line, text)) = self.next() else {
                return at(begin, "the request has no answer: expected a line `<` below it");
            };
            if let Some(rest) = text.strip_prefix('<') {
                if !rest.is_empty() {
                    return at(line, "nothing stands behind `<`; the answer's fields stand below it, one a line");
                }
                break line;
            } else if text.starts_with('>') {
                return at(begin, "the request has no answer: expected a line `<` below it");
            } else if let Some(instruction) = text.strip_prefix('@') {
                if self.request_instruction(line, instruction, &mut request)? {
                    body_line = Some(line);
                }
            } else {
                self.request_field(line, text, &mut request)?;
                body_line = Some(line);
            }
        };
        if request.version.is_empty() && request.path.is_none() {
            return at(begin, "expected `@version 100` (or another API version) before the first request");
        }
        if let Some(line) = body_line
            && !takes_body(&request.method)
        {
            return at(line, format!("a {} request has no body", request.method));
        }
        Ok((request, answer_line))
    }

    /// Reads an instruction of a request; whether it gave the request a body.
    fn request_instruction(&mut self, line: usize, text: &str, request: &mut Request) -> Result<bool, SyntaxError> {
        let (word, rest) = split_word(text);
        match word {
            "method" => match Method::from_bytes(rest.as_bytes()) {
                Ok(method) if rest.bytes().all(|byte| byte.is_ascii_uppercase()) => request.method = method,
                _ => return at(line, "expected an HTTP method in capitals, such as `@method GET`"),
            },
            "path" if rest.starts_with('/') => {
                let path = template(line, rest, Place::Value)?;
                check_names(line, &path, &self.captured, &[])?;
                request.path = Some(path);
            }
            "path" => return at(line, "expected a path that begins with `/`, such as `@path /api/nvp//version/100/`"),
            "header" => request.headers.push(self.header_line(line, rest)?),
            "raw" => {
                if matches!(&request.body, RequestBody::Fields(fields) if fields.is_empty()) {
                    let raw = self.raw(line, rest)?;
                    check_names(line, &raw, &self.captured, &[PASSWORD, CREDENTIALS])?;
                    request.body = RequestBody::Raw(raw);
                    return Ok(true);
                }
                return at(line, "a request has either fields or one @raw body");
            }
            "version" | "merchant" | "clock" | "config" => {
                return at(line, format!("@{word} stands before a request, above its `>`"));
            }
            _ => return at(line, format!("@{word} is unknown: there are @method, @path, @header and @raw here")),
        }
        Ok(false)
    }

    fn header_line(&self, line: usize, text: &str) -> Result<(HeaderName, Option<Template>), SyntaxError> {
        let form = "expected a header, such as `@header Content-Type: text/plain`";
        let Some((name, value)) = text.split_once(':') else { return at(line, form) };
        let Ok(name) = HeaderName::from_bytes(trim(name).as_bytes()) else { return at(line, form) };
        match trim(value) {
            "!" => Ok((name, None)),
            value => {
                let value = template(line, value, Place::Value)?;
                check_names(line, &value, &self.captured, &[])?;
                Ok((name, Some(value)))
            }
        }
    }

    fn request_field(&self, line: usize, text: &str, request: &mut Request) -> Result<(), SyntaxError> {
        let RequestBody::Fields(fields) = &mut request.body else {
            return at(line, "a request has either fields or one @raw body");
        };
        let (name, value) = split_field(line, text)?;
        if fields.iter().any(|(earlier, _)| *earlier == name) {
            return at(line, format!("{name} stands twice; an @raw body can send a name twice"));
        }
        let value = if value == "!" {
            if ![names::MERCHANT, names::API_USERNAME, names::API_PASSWORD].iter().any(|own| *own == *name) {
                return at(line, format!("{name} is not sent unless it is written; `!` leaves out credentials only"));
            }
            None
        } else {
            let value = template(line, value, Place::Value)?;
            check_names(line, &value, &self.captured, &[PASSWORD])?;
            Some(value)
        };
        fields.push((name, value));
        Ok(())
    }

    fn answer(&mut self, begin: usize) -> Result<Answer, SyntaxError> {
        let mut answer = Answer { line: begin, status: None, content_type: None, body: AnswerBody::Raw(empty(begin)?) };
        let mut fields: Vec<ExpectedField> = Vec::new();
        let (mut others_allowed, mut raw) = (false, None);
        while let Some((line, text)) = self.next() {
            let (word, rest) = split_word(text);
            match word {
                "@status" => match rest.parse() {
                    Ok(status @ 100..=599) => answer.status = Some((line, status)),
                    _ => return at(line, "expected an HTTP status, such as `@status 404`"),
                },
                "@content-type" if !rest.is_empty() => answer.content_type = Some((line, rest.to_owned())),
                "@content-type" => return at(line, "expected a content type, such as `@content-type text/plain`"),
                "@raw" if fields.is_empty() && !others_allowed && raw.is_none() => {
                    let template = self.raw(line, rest)?;
                    self.take_names(line, &template)?;
                    raw = Some(template);
                }
                _ if word.starts_with(['@', '>']) && word != "@raw" => {
                    self.back();
                    break;
                }
                _ if raw.is_some() || word == "@raw" => {
                    return at(line, "an answer has either fields or one @raw body");
                }
                _ if word.starts_with('<') => return at(line, "expected one answer to each request"),
                "..." if rest.is_empty() => others_allowed = true,
                _ => {
                    let field = self.expected_field(line, text)?;
                    if fields.iter().any(|earlier| earlier.name == field.name) {
                        return at(line, format!("{} stands twice", field.name));
                    }
                    fields.push(field);
                }
            }
        }
        answer.body = match raw {
            Some(raw) => AnswerBody::Raw(raw),
            None if fields.is_empty() && !others_allowed => {
                return at(begin, "expected what the answer holds: fields, `...` for any, or @raw");
            }
            None => AnswerBody::Fields { fields, others_allowed },
        };
        Ok(answer)
    }

    fn expected_field(&mut self, line: usize, text: &str) -> Result<ExpectedField, SyntaxError> {
        let (name, value) = split_field(line, text)?;
        let value = match value {
            "" => return at(line, "an answer has no empty values; `!` says that a field is absent"),
            "*" => Expectation::Anything,
            "!" => Expectation::Absent,
            _ => match value.strip_prefix('~') {
                Some(pattern) => {
                    let pattern = Regex::new(&format!(r"\A(?:{})\z", trim(pattern))).or_else(|_| {
                        at(line, "expected a regular expression after `~` (syntax of the Rust crate regex)")
                    })?;
                    self.captured.extend(pattern.capture_names().flatten().map(str::to_owned));
                    Expectation::Pattern(pattern)
                }
                None => {
                    let text = template(line, value, Place::Value)?;
                    self.take_names(line, &text)?;
                    Expectation::Text(text)
                }
            },
        };
        Ok(ExpectedField { line, name, value })
    }

    fn take_names(&mut self, line: usize, template: &Template) -> Result<(), SyntaxError> {
        for name in template.names() {
            if name == PASSWORD || name == CREDENTIALS {
                return at(line, format!("{{{name}}} stands only in requests"));
            }
            self.captured.insert(name.to_owned());
        }
        Ok(())
    }

    /// The lines below `@raw` up to an empty one or one that begins with `>`, `<` or `@`, put together
    /// without anything between them.
    fn raw(&mut self, line: usize, rest: &str) -> Result<Template, SyntaxError> {
        if !rest.is_empty() {
            return at(line, "nothing stands behind @raw; the body stands below it");
        }
        let mut text = String::new();
        while let Some((line, part)) = self.line() {
            if part.is_empty() {
                break;
            }
            if part.starts_with(['>', '<', '@']) {
                self.back();
                break;
            }
            if !part.starts_with('#') {
                // A line is checked by itself, so that an error has the right number.
                template(line, part, Place::Raw)?;
                text.push_str(part);
            }
        }
        template(line, &text, Place::Raw)
    }
}

fn empty(line: usize) -> Result<Template, SyntaxError> {
    template(line, "", Place::Raw)
}

fn read_source(line: usize, text: &str) -> Result<Source, SyntaxError> {
    for (word, standing) in
        [("(documented)", Standing::Documented), ("(observed)", Standing::Observed), ("(decided)", Standing::Decided)]
    {
        if let Some(text) = text.strip_suffix(word).map(trim).filter(|text| !text.is_empty()) {
            return Ok(Source { text: text.to_owned(), standing });
        }
    }
    at(line, "expected where it comes from, and (documented), (observed) or (decided) at the end of the line")
}

/// Splits `name = value` at the first `=` that no backslash stands before.
fn split_field(line: usize, text: &str) -> Result<(String, &str), SyntaxError> {
    let mut escaped = false;
    for (index, character) in text.char_indices() {
        if character == '=' && !escaped {
            let name = unescape(trim(&text[..index])).map_err(|expected| SyntaxError { line, expected })?;
            return Ok((name, trim(&text[index + 1..])));
        }
        escaped = character == '\\' && !escaped;
    }
    at(line, "expected `name = value`")
}

#[cfg(test)]
mod tests;
