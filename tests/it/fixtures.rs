//! Every fixture of the project, on both stores.

use crate::postgres::{database, last_words};
use nvpgate::cli::check::report::Progress;
use nvpgate::cli::check::target::Target;
use nvpgate::cli::check::{Outcome, check};
use nvpgate::domain::secret::Secret;
use std::path::Path;

fn every_fixture(target: Target) -> Outcome {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let mut printed = Vec::new();
    let outcome = check(&[fixtures], target, Progress::Hidden, &mut printed).expect("fixtures are found");
    let printed = String::from_utf8_lossy(&printed);
    let not_passed: Vec<&str> = printed.lines().filter(|line| !line.starts_with("ok ")).collect();
    assert_eq!((outcome.failed(), outcome.skipped()), (0, 0), "{}", not_passed.join("\n"));
    assert!(outcome.passed() > 50, "only {} fixtures were found", outcome.passed());
    outcome
}

#[test]
fn every_fixture_goes_as_it_says_on_the_embedded_store() {
    let passed = every_fixture(Target::OwnProcess).passed();
    last_words(&format!("{passed} fixtures ran on the embedded store, all as they say."));
}

#[test]
fn every_fixture_goes_as_it_says_on_postgresql() {
    let Some(database) = database() else { return };
    let passed = every_fixture(Target::OwnProcessOnDatabase(Secret::new(database.url()))).passed();
    last_words(&format!("{passed} fixtures ran on PostgreSQL, all as they say."));
}
