//! Makes the tables of names, fields, groups and answers out of `catalogue/*.tsv`.

#[path = "../src/fields/hash.rs"]
mod hash;
mod names;
mod rows;
mod tsv;

use std::env;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use tsv::Problem;

fn main() -> ExitCode {
    match generate() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            let _ = writeln!(io::stderr(), "error: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn generate() -> Result<(), Problem> {
    let folder = |name: &str| env::var_os(name).map(PathBuf::from).ok_or_else(|| Problem::new("cargo runs this"));
    let (catalogue, out) = (folder("CARGO_MANIFEST_DIR")?.join("catalogue"), folder("OUT_DIR")?);
    let fields = tsv::read(&catalogue, "fields.tsv", rows::FIELD_COLUMNS)?;
    let groups = tsv::read(&catalogue, "groups.tsv", rows::GROUP_COLUMNS)?;
    let answers = tsv::read(&catalogue, "answers.tsv", rows::ANSWER_COLUMNS)?;
    let names = names::Names::new(fields.iter().chain(&answers))?;
    for (file, code) in [
        ("names.rs", names.write_constants()),
        ("name_groups.rs", names.write_groups()?),
        ("name_tables.rs", names.write_tables()),
        ("fields.rs", rows::fields(&fields, &names)?),
        ("groups.rs", rows::groups(&groups)?),
        ("answers.rs", rows::answers(&answers, &fields, &names)?),
    ] {
        fs::write(out.join(file), code).map_err(|error| Problem::new(format_args!("{file}: {error}")))?;
    }
    let _ = writeln!(io::stdout(), "cargo::rerun-if-changed=catalogue\ncargo::rerun-if-changed=build");
    Ok(())
}
