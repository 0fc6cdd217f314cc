//! `nvpgate operations`: prints what is offered, as a table that README.md shows as it is.

use crate::spec::operations::{OPERATIONS, Operation, SessionUse};
use crate::spec::versions::ApiVersion;
use std::error::Error;
use std::io::Write;
use std::process::ExitCode;

/// What stands above the columns.
const HEAD: [&str; 3] = ["operation", "API versions", "session"];

pub(super) fn run(version: Option<ApiVersion>) -> Result<ExitCode, Box<dyn Error>> {
    std::io::stdout().lock().write_all(table(version).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}

/// The operations that are offered, or those of one version, in Markdown.
fn table(version: Option<ApiVersion>) -> String {
    let rows: Vec<[String; 3]> = OPERATIONS
        .iter()
        .filter(|row| row.offered && version.is_none_or(|version| row.versions.contains(version)))
        .map(|row| [row.name.to_owned(), versions(row), session(row.session).to_owned()])
        .collect();
    let width =
        |column: usize| rows.iter().map(|row| row[column].len()).chain([HEAD[column].len()]).max().unwrap_or_default();
    let widths = [width(0), width(1), width(2)];
    let line = |cells: [&str; 3]| {
        let [first, second, third] = cells;
        format!("| {first:0$} | {second:1$} | {third:2$} |\n", widths[0], widths[1], widths[2])
    };
    let mut text = line(HEAD);
    text.push_str(&line([&"-".repeat(widths[0]), &"-".repeat(widths[1]), &"-".repeat(widths[2])]));
    for [name, versions, session] in &rows {
        text.push_str(&line([name, versions, session]));
    }
    text
}

fn versions(row: &Operation) -> String {
    format!("{} to {}", row.versions.first(), row.versions.last())
}

fn session(session: SessionUse) -> &'static str {
    match session {
        SessionUse::None => "",
        SessionUse::Creates | SessionUse::CreatesFilled => "makes one",
        SessionUse::Reads | SessionUse::Updates => "is about one",
        SessionUse::References => "may use one",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_has_its_own_operations_only() {
        let of = |version: &str| table(Some(ApiVersion::parse(version).unwrap()));
        assert!(of("62").contains("CREATE_CHECKOUT_SESSION") && !of("62").contains("INITIATE_CHECKOUT"));
        assert!(of("63").contains("INITIATE_CHECKOUT") && !of("63").contains("CREATE_CHECKOUT_SESSION"));
        for row in OPERATIONS.iter().filter(|row| !row.offered) {
            let is_listed = table(None).lines().any(|line| line.split_whitespace().next() == Some(row.name));
            assert!(!is_listed, "{} is not offered and listed", row.name);
        }
    }
}
