//! `nvpgate check`: runs fixtures, each one conversation of requests and expected answers, against a gateway.
//!
//! [`grammar`] reads a file into a [`fixture`], [`run`] carries it out through the [`client`], [`compare`]
//! holds each answer against the expected one, [`report`] and [`junit`] say how it went. `cargo test` and the
//! command line both call [`check`].

pub mod answer;
pub mod client;
pub mod command;
pub mod compare;
pub mod find;
pub mod fixture;
pub mod grammar;
pub mod junit;
pub mod own;
pub mod report;
pub mod run;
pub mod target;
pub mod template;

use crate::environment::World;
use report::{Progress, Report};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};
use target::{Target, Venue};

/// How a run went.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// A result for each file, in the order of the run.
    pub files: Vec<FileResult>,
}

/// How one file went.
#[derive(Clone, Debug)]
pub struct FileResult {
    /// The file, as it was found.
    pub path: PathBuf,
    /// Its title; its path, when it cannot be read.
    pub title: String,
    /// How it went.
    pub verdict: Verdict,
    /// How long it took.
    pub elapsed: Duration,
}

/// How a file went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every answer was the expected one.
    Passed {
        /// How many there were.
        exchanges: usize,
    },
    /// It could not be read, or an answer was another one.
    Failed {
        /// What happened, in a line.
        reason: String,
        /// The differences, in whole lines; possibly none.
        details: String,
    },
    /// This target cannot run it.
    Skipped {
        /// Why not, in a line.
        reason: String,
    },
}

impl Outcome {
    /// How many conversations went as expected.
    pub fn passed(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Passed { .. }))
    }

    /// How many did not.
    pub fn failed(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Failed { .. }))
    }

    /// How many could not be run there.
    pub fn skipped(&self) -> usize {
        self.count(|verdict| matches!(verdict, Verdict::Skipped { .. }))
    }

    fn count(&self, which: impl Fn(&Verdict) -> bool) -> usize {
        self.files.iter().filter(|file| which(&file.verdict)).count()
    }
}

/// Why nothing could be checked.
#[derive(Debug, thiserror::Error)]
pub enum CheckError {
    /// No file to check, or one of the paths cannot be looked into.
    #[error("{0}")]
    Paths(String),
    /// The file for the JUnit report cannot be made.
    #[error("cannot write {}: {_1}", _0.display())]
    Junit(PathBuf, io::Error),
    /// What was to be reported could not be written.
    #[error("cannot write the report: {0}")]
    Output(#[from] io::Error),
}

/// Runs every fixture at or below `paths` against `target`, one after the other, and writes a line for each
/// to `out`.
///
/// # Errors
///
/// Only where nothing could be checked or reported; a fixture that cannot be read is a failed file.
pub fn check(
    paths: &[PathBuf],
    target: Target,
    progress: Progress,
    out: &mut dyn Write,
) -> Result<Outcome, CheckError> {
    let files = find::find(paths).map_err(CheckError::Paths)?;
    let mut venue = Venue::new(target);
    let mut report = Report::new(out, progress, files.len());
    let mut outcome = Outcome::default();
    for path in files {
        report.begin(&path);
        let begin = Instant::now();
        let (title, verdict) = check_file(&path, &mut venue);
        let title = title.unwrap_or_else(|| path.display().to_string());
        let result = FileResult { path, title, verdict, elapsed: begin.elapsed() };
        report.file(&result)?;
        outcome.files.push(result);
    }
    report.summary(&outcome)?;
    Ok(outcome)
}

fn check_file(path: &Path, venue: &mut Venue) -> (Option<String>, Verdict) {
    let failed = |reason: String| Verdict::Failed { reason, details: String::new() };
    let text = match std::fs::read(path).map(String::from_utf8) {
        Ok(Ok(text)) => text,
        Ok(Err(_)) => return (None, failed("the file is not UTF-8".to_owned())),
        Err(error) => return (None, failed(format!("the file cannot be read: {error}"))),
    };
    let fixture = match grammar::parse(&text) {
        Ok(fixture) => fixture,
        Err(grammar::SyntaxError { line, expected }) => {
            let details = format!("  {}:{line}: {expected}\n", path.display());
            return (None, Verdict::Failed { reason: "cannot be read as a fixture".to_owned(), details });
        }
    };
    let verdict = match venue.seat(path, &fixture) {
        Err(verdict) => verdict,
        Ok(seat) => match run::run(&fixture, &seat.speaker, &random(), seat.clocks.as_ref()) {
            Ok(()) => Verdict::Passed { exchanges: fixture.exchanges.len() },
            Err(stopped) => {
                let (reason, details) = report::describe(path, &stopped, fixture.exchanges.len());
                Verdict::Failed { reason, details }
            }
        },
    };
    (Some(fixture.title), verdict)
}

/// `{random}`: different for every file and run, so that a fixture can name orders at a gateway that keeps them.
fn random() -> String {
    World::real().characters(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", 12)
}

#[cfg(test)]
mod scripted;
#[cfg(test)]
mod tests;
