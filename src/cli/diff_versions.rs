//! `nvpgate diff-versions`: prints what the upgrade of an integration from one API version to another would meet.

use crate::dialect::renamings::RENAMINGS;
use crate::listing::differences::{Difference, differences};
use crate::spec::answers::{self, Answer};
use crate::spec::retirement::retirement;
use crate::spec::versions::{ApiVersion, Versions};
use clap::Args;
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

/// Between which versions.
#[derive(Args)]
pub(super) struct DiffVersionsArguments {
    /// The API version the integration speaks
    #[arg(value_name = "FROM", value_parser = super::api_version)]
    from: ApiVersion,

    /// The API version it is to speak
    #[arg(value_name = "TO", value_parser = super::api_version)]
    to: ApiVersion,
}

pub(super) fn run(arguments: &DiffVersionsArguments) -> Result<ExitCode, Box<dyn Error>> {
    let (from, to) = (arguments.from, arguments.to);
    super::print(|out| {
        writeln!(out, "From API version {from} to {to}")?;
        for version in [from, to] {
            if let Some(date) = retirement(version, None) {
                writeln!(out, "The real gateway's day for switching API version {version} off is {date}.")?;
            }
        }
        let differences = differences(from, to);
        part(out, "Gone", differences.iter().filter_map(gone))?;
        part(out, "Added", differences.iter().filter_map(added))?;
        part(out, "Changed", differences.iter().filter_map(changed))?;
        let (before, after) = (in_answers(from), in_answers(to));
        part(
            out,
            "Gone from answers",
            before.iter().filter(|name| !after.contains(name)).map(|name| format!("- {name}")),
        )?;
        part(
            out,
            "Added to answers",
            after.iter().filter(|name| !before.contains(name)).map(|name| format!("+ {name}")),
        )?;
        if differences.is_empty() && before == after {
            writeln!(out, "\nThe catalogue knows no difference between them.")?;
        }
        Ok(())
    })
}

fn part(out: &mut dyn Write, title: &str, lines: impl Iterator<Item = String>) -> io::Result<()> {
    let lines: Vec<String> = lines.collect();
    if lines.is_empty() {
        return Ok(());
    }
    writeln!(out, "\n{title} ({})", lines.len())?;
    lines.iter().try_for_each(|line| writeln!(out, "  {line}"))
}

fn gone(difference: &Difference) -> Option<String> {
    matches!(difference, Difference::Gone(_)).then(|| difference.to_string())
}

fn added(difference: &Difference) -> Option<String> {
    matches!(difference, Difference::Added(_)).then(|| difference.to_string())
}

/// Both lines begin with the same name, which is printed once.
fn changed(difference: &Difference) -> Option<String> {
    let Difference::Changed { from, to } = difference else {
        return None;
    };
    let (name, now) = to.split_once(", ")?;
    let was = from.strip_prefix(name)?.strip_prefix(", ")?;
    Some(format!("~ {name}\n      was {was}\n      now {now}"))
}

/// The fields of answers that not every version has, or that not every version calls alike, in the names of the version.
fn in_answers(version: ApiVersion) -> Vec<&'static str> {
    let is_of_some = |row: &&Answer| row.versions != Versions::ALL && row.versions.contains(version);
    let ranged = answers::ANSWERS.iter().filter(is_of_some).map(|row| row.name.as_str());
    let renamed = RENAMINGS.iter().filter_map(|row| {
        let name = if row.answers?.contains(version) { row.old } else { row.new };
        Some(name.as_str())
    });
    let mut names: Vec<&str> = ranged.chain(renamed).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_of_answers_that_was_renamed_is_gone_and_added() {
        let [before, after] = ["1", "17"].map(|version| in_answers(ApiVersion::parse(version).unwrap()));
        for (old, new) in [
            ("card", "sourceOfFunds.provided.card"),
            ("card.holder.fullName", "sourceOfFunds.provided.card.nameOnCard"),
            ("card.token", "sourceOfFunds.token"),
            ("gatewayCode", "error.cause"),
        ] {
            assert!(before.contains(&old) && !after.contains(&old), "{old}: {before:?} {after:?}");
            assert!(after.contains(&new) && !before.contains(&new), "{new}: {before:?} {after:?}");
        }
    }
}
