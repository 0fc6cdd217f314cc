//! Carries out one conversation: sends each request, compares each answer, stops at the first that differs.

use super::client::{Received, Speaker};
use super::compare::{Difference, compare};
use super::fixture::Fixture;
use super::template::{Names, escape, form_encode};
use crate::seams::Seams;

/// Where a conversation stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Break {
    /// Which exchange it was, counted from 1.
    pub number: usize,
    /// The line of its `>`.
    pub line: usize,
    /// The words after its `>`.
    pub caption: String,
    /// What was wrong.
    pub reason: Reason,
}

/// What was wrong with an exchange.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// No answer came, in words.
    NoAnswer(String),
    /// The answer, with this HTTP status, was another one; at least one difference.
    Differs(u16, Vec<Difference>),
}

/// Carries out the conversation. `random` is the value of `{random}`; `clock` is the gateway's, where it can
/// be turned.
pub fn run(fixture: &Fixture, speaker: &Speaker, random: &str, clock: Option<&Seams>) -> Result<(), Break> {
    let mut names = Names::new();
    names.insert("merchant".to_owned(), speaker.merchant.clone());
    names.insert("random".to_owned(), random.to_owned());
    for (at, exchange) in fixture.exchanges.iter().enumerate() {
        let stopped = |reason| Break { number: at + 1, line: exchange.line, caption: exchange.caption.clone(), reason };
        if exchange.clock_milliseconds != 0 {
            match clock {
                Some(clock) => clock.advance(exchange.clock_milliseconds),
                None => return Err(stopped(Reason::NoAnswer("this gateway's clock cannot be turned".to_owned()))),
            }
        }
        let received: Received = speaker
            .send(&exchange.request, &names)
            .map_err(|why| stopped(Reason::NoAnswer(without_password(why, speaker.password.expose()))))?;
        let mut differences = compare(&exchange.answer, &received, &mut names);
        if !differences.is_empty() {
            for text in differences.iter_mut().flat_map(Difference::texts) {
                *text = without_password(std::mem::take(text), speaker.password.expose());
            }
            return Err(stopped(Reason::Differs(received.status, differences)));
        }
    }
    Ok(())
}

/// A text in which the password stands in none of the forms it can have there.
fn without_password(text: String, password: &str) -> String {
    if password.is_empty() {
        return text;
    }
    [password.to_owned(), escape(password.as_bytes()), form_encode(password), escape(form_encode(password).as_bytes())]
        .iter()
        .fold(text, |text, form| text.replace(form, ".."))
}
