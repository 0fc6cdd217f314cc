//! Carries out one conversation: sends each request, compares each answer, stops at the first that differs.

use super::client::{Received, Speaker};
use super::compare::{Difference, compare};
use super::fixture::Fixture;
use super::template::{Names, escape, form_encode};
use crate::domain::ids::MerchantId;
use crate::environment::Environment;

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

/// Carries out the conversation. `random` is the value of `{random}`; `clocks` are those of the gateway's merchants,
/// where they can be turned.
///
/// # Errors
/// Where the conversation stopped: an answer did not come, or was another one.
pub fn run(fixture: &Fixture, speaker: &Speaker, random: &str, clocks: Option<&Environment>) -> Result<(), Break> {
    let mut names = Names::new();
    names.insert("merchant".to_owned(), speaker.merchant.clone());
    names.insert("random".to_owned(), random.to_owned());
    let mut clock = Clock::default();
    clock.include(&speaker.merchant, clocks);
    for (at, exchange) in fixture.exchanges.iter().enumerate() {
        let stopped = |reason| Break { number: at + 1, line: exchange.line, caption: exchange.caption.clone(), reason };
        if exchange.clock_milliseconds != 0 {
            match clocks {
                Some(clocks) => clock.advance(exchange.clock_milliseconds, clocks),
                None => return Err(stopped(Reason::NoAnswer("this gateway's clock cannot be turned".to_owned()))),
            }
        }
        if let Some(merchant) = &exchange.request.merchant {
            clock.include(&String::from_utf8_lossy(&merchant.fill(&names)), clocks);
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

/// The one clock of a conversation. All its merchants have this clock, whenever the conversation first names them.
#[derive(Default)]
struct Clock {
    ahead_milliseconds: i64,
    merchants: Vec<MerchantId>,
}

impl Clock {
    fn advance(&mut self, milliseconds: i64, clocks: &Environment) {
        self.ahead_milliseconds = self.ahead_milliseconds.saturating_add(milliseconds);
        self.merchants.iter().for_each(|merchant| clocks.advance(merchant, milliseconds));
    }

    /// Gives the clock to a merchant. What is no merchant's id is left to the gateway, which refuses it.
    fn include(&mut self, merchant: &str, clocks: Option<&Environment>) {
        let Some(merchant) = MerchantId::parse(merchant).filter(|merchant| !self.merchants.contains(merchant)) else {
            return;
        };
        if let (Some(clocks), true) = (clocks, self.ahead_milliseconds != 0) {
            clocks.advance(&merchant, self.ahead_milliseconds);
        }
        self.merchants.push(merchant);
    }
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
