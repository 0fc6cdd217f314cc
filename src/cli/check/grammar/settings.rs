//! The settings that stand between exchanges.

use super::{SyntaxError, at, check_names, split_word, template, trim};
use crate::cli::check::fixture::Fixture;
use crate::cli::check::template::{Place, Template};
use std::collections::BTreeSet;

/// What holds for the requests that follow.
#[derive(Default)]
pub(super) struct Settings {
    pub(super) version: Option<String>,
    pub(super) merchant: Option<Template>,
    pub(super) clock_milliseconds: i64,
    pub(super) clock_line: Option<usize>,
}

impl Settings {
    /// Reads the setting `text`, which is what follows its `@`.
    pub(super) fn read(
        &mut self,
        line: usize,
        text: &str,
        fixture: &mut Fixture,
        captured: &BTreeSet<String>,
    ) -> Result<(), SyntaxError> {
        let (word, rest) = split_word(text);
        match word {
            "version" if !rest.is_empty() && !rest.contains([' ', '\t', '/', '?', '#']) => {
                self.version = Some(rest.to_owned());
            }
            "version" => return at(line, "expected an API version, such as `@version 100`"),
            "merchant" if !rest.is_empty() => {
                let merchant = template(line, rest, Place::Value)?;
                check_names(line, &merchant, captured, &[])?;
                self.merchant = Some(merchant);
            }
            "merchant" => return at(line, "expected a merchant id, such as `@merchant {merchant}-B`"),
            "clock" => {
                let Some(milliseconds) = clock_milliseconds(rest) else {
                    return at(line, "expected how far to turn the clock forward: `@clock +16m` (s, m, h or d)");
                };
                self.clock_milliseconds = self.clock_milliseconds.saturating_add(milliseconds);
                self.clock_line = Some(line);
            }
            "config" if !fixture.exchanges.is_empty() => {
                return at(line, "@config stands before the first request: it starts the gateway");
            }
            "config" => match rest.split_once('=') {
                Some((key, value)) if !trim(key).is_empty() && !trim(value).is_empty() => {
                    fixture.config.push((trim(key).to_owned(), trim(value).to_owned()));
                }
                _ => return at(line, "expected a key and a TOML value, such as `@config session.ttl_seconds = 60`"),
            },
            "method" | "path" | "header" | "raw" => {
                return at(line, format!("@{word} belongs to a request: it stands below its `>`"));
            }
            "status" | "content-type" => {
                return at(line, format!("@{word} belongs to an answer: it stands below its `<`"));
            }
            _ => {
                return at(line, format!("@{word} is unknown: there are @version, @merchant, @clock and @config here"));
            }
        }
        Ok(())
    }
}

/// `+16m` in milliseconds.
fn clock_milliseconds(text: &str) -> Option<i64> {
    let text = text.strip_prefix('+')?;
    let number = text.get(..text.len().checked_sub(1)?)?;
    let unit = match &text[number.len()..] {
        "s" => 1000,
        "m" => 60 * 1000,
        "h" => 60 * 60 * 1000,
        "d" => 24 * 60 * 60 * 1000,
        _ => return None,
    };
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    number.parse::<i64>().ok()?.checked_mul(unit).filter(|milliseconds| *milliseconds > 0)
}
