//! What a person reads: a line a conversation, the differences of one that fails, a summary.

use super::compare::{Difference, Kind};
use super::run::{Break, Reason};
use super::{FileResult, Outcome, Verdict};
use indicatif::{ProgressBar, ProgressStyle};
use std::fmt::Write as _;
use std::io::{self, Write};
use std::path::Path;

/// Whether progress is shown beside the lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// A bar on standard error, if that is a terminal.
    Bar,
    /// Nothing.
    Hidden,
}

/// Writes results as they come.
pub struct Report<'a> {
    out: &'a mut dyn Write,
    bar: ProgressBar,
}

impl<'a> Report<'a> {
    /// A report on `files` files.
    pub fn new(out: &'a mut dyn Write, progress: Progress, files: usize) -> Report<'a> {
        let bar = match progress {
            Progress::Bar => ProgressBar::new(files.try_into().unwrap_or(u64::MAX)),
            Progress::Hidden => ProgressBar::hidden(),
        };
        // The template is a constant; were it wrong, the default bar would be shown.
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {pos}/{len} {msg}") {
            bar.set_style(style);
        }
        Report { out, bar }
    }

    /// Says which file is being run.
    pub fn begin(&self, path: &Path) {
        self.bar.set_message(path.display().to_string());
    }

    /// Writes the result of a file.
    ///
    /// # Errors
    /// The report cannot be written.
    pub fn file(&mut self, result: &FileResult) -> io::Result<()> {
        let path = result.path.display();
        let out = &mut *self.out;
        self.bar.suspend(|| match &result.verdict {
            Verdict::Passed { exchanges: 1 } => writeln!(out, "ok {path} (1 exchange)"),
            Verdict::Passed { exchanges } => writeln!(out, "ok {path} ({exchanges} exchanges)"),
            Verdict::Skipped { reason } => writeln!(out, "skipped {path}: {reason}"),
            Verdict::Failed { reason, details } => write!(out, "FAILED {path}: {reason}\n{details}"),
        })?;
        self.bar.inc(1);
        Ok(())
    }

    /// Writes the last line.
    ///
    /// # Errors
    /// The report cannot be written.
    pub fn summary(self, outcome: &Outcome) -> io::Result<()> {
        self.bar.finish_and_clear();
        let (passed, failed, skipped) = (outcome.passed(), outcome.failed(), outcome.skipped());
        let seconds: f64 = outcome.files.iter().map(|file| file.elapsed.as_secs_f64()).sum();
        let files = outcome.files.len();
        let noun = if files == 1 { "conversation" } else { "conversations" };
        writeln!(self.out, "{files} {noun}: {passed} ok, {failed} failed, {skipped} skipped ({seconds:.2} s)")?;
        self.out.flush()
    }
}

/// A conversation that stopped: the reason in a line, and the differences in several.
pub fn describe(path: &Path, stopped: &Break, exchanges: usize) -> (String, String) {
    let Break { number, line, caption, reason } = stopped;
    let caption = if caption.is_empty() { String::new() } else { format!(", {caption}") };
    let exchange = format!("exchange {number} of {exchanges} (line {line}{caption})");
    match reason {
        Reason::NoAnswer(why) => (format!("{exchange}: {why}"), String::new()),
        Reason::Differs(status, differences) => {
            let mut details = String::new();
            for Difference { line, subject, kind } in differences {
                let _infallible = writeln!(details, "  {}:{line}: {subject}", path.display());
                let _infallible = match kind {
                    Kind::Other { expected, got } => {
                        write!(details, "      expected  {expected}\n      got       {got}\n")
                    }
                    Kind::Missing(expected) => write!(details, "      expected  {expected}\n      missing\n"),
                    Kind::Extra(got) => writeln!(details, "      extra     {got}"),
                    Kind::Beside(got) => writeln!(details, "      beside    {got}"),
                    Kind::Breach => Ok(()),
                    Kind::Bytes(bytes) => writeln!(details, "      {bytes}"),
                };
            }
            (format!("{exchange}: HTTP {status} with another answer"), details)
        }
    }
}
