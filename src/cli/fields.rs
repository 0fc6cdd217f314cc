//! `nvpgate fields`: prints the field catalogue of an API version.

use crate::listing::entries::{Alternative, Entry, With, entries};
use crate::spec::operations::{self, Op, Operation};
use crate::spec::retirement::retirement;
use crate::spec::versions::ApiVersion;
use clap::{Args, ValueEnum};
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;

/// Which fields to print, and how.
#[derive(Args)]
pub(super) struct FieldsArguments {
    /// The API version [default: the newest]
    #[arg(long, value_name = "N", value_parser = super::api_version)]
    version: Option<ApiVersion>,

    /// Only the fields of this operation, with what it requires
    #[arg(long, value_name = "OPERATION", value_parser = operation)]
    operation: Option<&'static Operation>,

    /// How to print them
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
}

#[derive(Clone, Copy, ValueEnum)]
enum Format {
    /// Aligned columns, for a person
    Table,
    /// Tab-separated values under a line of names
    Tsv,
    /// An array of objects
    Json,
}

fn operation(name: &str) -> Result<&'static Operation, String> {
    Op::parse(name).map(Op::row).ok_or_else(|| {
        let names =
            operations::OPERATIONS.iter().map(|row| (strsim::jaro_winkler(&name.to_uppercase(), row.name), row.name));
        let nearest = names.max_by(|left, right| left.0.total_cmp(&right.0)).map(|(_, name)| name).unwrap_or_default();
        format!("there is no such operation; did you mean {nearest}?")
    })
}

pub(super) fn run(arguments: &FieldsArguments) -> Result<ExitCode, Box<dyn Error>> {
    let version = arguments.version.unwrap_or(ApiVersion::NEWEST);
    if let Some(row) = arguments.operation.filter(|row| !row.versions.contains(version)) {
        let (name, since, until) = (row.name, row.versions.first(), row.versions.last());
        return Err(format!("API version {version} does not have {name}; versions {since} to {until} do").into());
    }
    let listed = entries(version, arguments.operation);
    super::print(|out| match arguments.format {
        Format::Table => table(out, version, arguments.operation, &listed),
        Format::Tsv => tsv(out, &listed),
        Format::Json => {
            serde_json::to_writer_pretty(&mut *out, &listed)?;
            writeln!(out)
        }
    })
}

/// The last column is the widest, so that a terminal breaks nothing else.
fn table(out: &mut dyn Write, version: ApiVersion, operation: Option<&Operation>, listed: &[Entry]) -> io::Result<()> {
    write!(out, "{} fields of ", listed.len())?;
    if let Some(operation) = operation {
        write!(out, "{} in ", operation.name)?;
    }
    writeln!(out, "API version {version}")?;
    if let Some(operation) = operation.filter(|operation| !operation.offered) {
        writeln!(out, "{} is not offered yet.", operation.name)?;
    }
    if let Some(date) = retirement(version, operation.map(|operation| operation.op)) {
        writeln!(out, "The real gateway's day for switching this off is {date}.")?;
    }
    let mut rows = vec![["FIELD", "LENGTH", "VERSIONS", "SHOWN", "REQUIRED", "KIND"].map(str::to_owned)];
    rows.extend(listed.iter().map(|entry| {
        let kind =
            if entry.values.is_empty() { entry.kind.to_owned() } else { format!("{} {}", entry.kind, entry.values) };
        let versions = format!("{}..{}", entry.since, entry.until);
        [entry.name.to_owned(), length(entry), versions, shown(entry), required(entry, operation), kind]
    }));
    let widths: Vec<usize> =
        (0..5).map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default()).collect();
    writeln!(out)?;
    for row in &rows {
        for (text, width) in row.iter().zip(&widths) {
            // A column that is empty throughout is not there.
            if *width > 0 {
                write!(out, "{text:<width$}  ")?;
            }
        }
        writeln!(out, "{}", row[5])?;
    }
    Ok(())
}

fn length(entry: &Entry) -> String {
    match (entry.min, entry.max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min}..{max}"),
        _ => String::new(),
    }
}

fn shown(entry: &Entry) -> String {
    if entry.shown == "all" { String::new() } else { entry.shown.to_owned() }
}

/// Without an operation, so many as require it; their names are in the other formats.
fn required(entry: &Entry, operation: Option<&Operation>) -> String {
    let mut parts = Vec::new();
    match (operation, entry.required.as_slice()) {
        (_, []) => {}
        (Some(_), _) => parts.push("yes".to_owned()),
        (None, [only]) => parts.push(format!("by {only}")),
        (None, operations) => parts.push(format!("by {} operations", operations.len())),
    }
    if let Some(alternative) = entry.alternatives.first() {
        parts.push(format!("or {}", alternative.others.join(" or ")));
    }
    // What only some operations ask for is in their own lists.
    for with in entry.required_with.iter().filter(|with| with.operation.is_none() || operation.is_some()) {
        let is_within = entry.name.strip_prefix(with.group.as_ref()).is_some_and(|rest| rest.starts_with('.'));
        let is_its_group = is_within && with.operation.is_none();
        let last_word = with.group.rsplit('.').next().unwrap_or_default();
        parts.push(if is_its_group { "with its group".to_owned() } else { format!("with {last_word}") });
    }
    parts.join(", ")
}

fn tsv(out: &mut dyn Write, listed: &[Entry]) -> io::Result<()> {
    writeln!(
        out,
        "name\tkind\tvalues\tmin\tmax\tsince\tuntil\trequired\talternatives\trequired_with\toperations\tshown\tstored\t\
         payer\tevidence"
    )?;
    for entry in listed {
        let number = |number: Option<u16>| number.map(|number| number.to_string()).unwrap_or_default();
        let alternative = |row: &Alternative| format!("{}:{}", row.operation, row.others.join("|"));
        let with = |row: &With| match row.operation {
            Some(operation) => format!("{operation}:{}", row.group),
            None => row.group.to_string(),
        };
        let required_with: Vec<String> = entry.required_with.iter().map(with).collect();
        let alternatives: Vec<String> = entry.alternatives.iter().map(alternative).collect();
        let operations = if entry.operations.is_empty() { "*".to_owned() } else { entry.operations.join(",") };
        let columns = [
            entry.name,
            entry.kind,
            &entry.values,
            &number(entry.min),
            &number(entry.max),
            &entry.since.to_string(),
            &entry.until.to_string(),
            &entry.required.join(","),
            &alternatives.join(","),
            &required_with.join(","),
            &operations,
            entry.shown,
            if entry.stored { "true" } else { "false" },
            if entry.payer { "true" } else { "false" },
            entry.evidence,
        ];
        writeln!(out, "{}", columns.join("\t"))?;
    }
    Ok(())
}
