//! The catalogue as it is printed, served and kept: one table, wherever it is looked at.

use crate::server::{Server, run};
use nvpgate::dialect::renamings::{RENAMINGS, moved};
use nvpgate::fields::FieldName;
use nvpgate::listing::differences::{Difference, differences, field_line, operation_line};
use nvpgate::spec::answers;
use nvpgate::spec::fields::FIELDS;
use nvpgate::spec::operations::OPERATIONS;
use nvpgate::spec::versions::ApiVersion;
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Versions whose surface is kept, so that a change to one of them shows as a difference.
const KEPT: &[u8] = &[1, 18, 34, 49, 57, 61, 63, 72, 100];

fn version(number: u8) -> ApiVersion {
    ApiVersion::parse(&number.to_string()).expect("it exists")
}

fn names(number: u8) -> Vec<&'static str> {
    FIELDS.iter().filter(|row| row.versions.contains(version(number))).map(|row| row.name.as_str()).collect()
}

/// The operations, then the fields, of a version, a line each, each part sorted by name in byte order.
fn surface(version: ApiVersion) -> Vec<String> {
    let operations = OPERATIONS.iter().filter(|row| row.versions.contains(version)).map(operation_line);
    let fields = FIELDS.iter().filter(|row| row.versions.contains(version)).map(field_line);
    operations.chain(fields).collect()
}

fn kept(number: u8) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("fixtures/spec/v{number}.txt"))
}

#[test]
fn the_surface_of_a_version_is_the_one_that_is_kept() {
    let write = std::env::var_os("NVPGATE_TEST_WRITE_SURFACES").is_some();
    for &number in KEPT {
        let mut printed = surface(version(number)).join("\n");
        printed.push('\n');
        if write {
            fs::write(kept(number), &printed).expect("the file can be written");
        }
        let kept = fs::read_to_string(kept(number)).unwrap_or_default();
        let gone: Vec<&str> = kept.lines().filter(|line| !printed.lines().any(|now| now == *line)).collect();
        let new: Vec<&str> = printed.lines().filter(|line| !kept.lines().any(|was| was == *line)).collect();
        assert!(
            kept == printed,
            "version {number} is not what fixtures/spec/v{number}.txt says. Gone: {gone:#?}, new: {new:#?}. If that is \
             meant: NVPGATE_TEST_WRITE_SURFACES=1 cargo test --test it catalogue"
        );
    }
}

#[test]
fn a_surface_has_a_line_for_each_operation_and_field() {
    let newest = surface(ApiVersion::NEWEST);
    for line in [
        "operation RETRIEVE_SESSION, offered, session required, requires session.id",
        "operation VOID, offered, requires order.id, transaction.id, transaction.targetTransactionId (from version 13)",
        "field apiPassword, ascii, 32 to 255 characters, never shown, not in a session",
        "field order.currency, currency, 3 to 3 characters",
        "field sourceOfFunds.provided.card.number, card-number, 9 to 19 characters, shown masked, payer may write it",
        "field agreement.amountVariability, enum FIXED|VARIABLE, payer may write it",
    ] {
        assert!(newest.iter().any(|found| found == line), "{line}");
    }
    for row in OPERATIONS.iter().filter(|row| !row.offered && row.versions.contains(ApiVersion::NEWEST)) {
        let start = format!("operation {}, not offered yet", row.name);
        assert!(newest.iter().any(|found| found.starts_with(&start)), "{start}");
    }
    let in_order = |prefix: &str| {
        let names: Vec<&str> = newest.iter().filter_map(|line| line.strip_prefix(prefix)?.split(',').next()).collect();
        assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{prefix} lines are sorted by name");
        names.len()
    };
    assert_eq!(in_order("operation ") + in_order("field "), newest.len(), "nothing else is in a surface");
}

proptest! {
    #[test]
    fn differences_turn_one_surface_into_the_other(from in 1..80u8, to in 1..80u8) {
        let mut lines = surface(version(from));
        for difference in differences(version(from), version(to)) {
            match difference {
                Difference::Gone(line) => lines.retain(|found| *found != line),
                Difference::Added(line) => lines.push(line),
                Difference::Changed { from, to } => {
                    lines.retain(|found| *found != from);
                    lines.push(to);
                }
            }
        }
        let mut expected = surface(version(to));
        lines.sort();
        expected.sort();
        prop_assert_eq!(lines, expected);
    }
}

#[test]
fn the_commands_and_the_page_show_every_row() {
    let server = Server::start();
    for number in [1, 61, 100] {
        let expected = names(number);
        let (code, json, said) = run(&["fields", "--version", &number.to_string(), "--format", "json"], &[]);
        assert_eq!(code, Some(0), "{said}");
        let listed: Vec<serde_json::Value> = serde_json::from_str(&json).expect("an array");
        let listed: Vec<&str> = listed.iter().filter_map(|entry| entry["name"].as_str()).collect();
        assert_eq!(listed, expected, "fields --format json, version {number}");

        let (_, tsv, _) = run(&["fields", "--version", &number.to_string(), "--format", "tsv"], &[]);
        let columns = |line: &str| line.split('\t').count();
        assert!(tsv.lines().all(|line| columns(line) == columns(&tsv[..tsv.find('\n').unwrap_or(0)])), "{tsv}");
        let listed: Vec<&str> = tsv.lines().skip(1).filter_map(|line| line.split('\t').next()).collect();
        assert_eq!(listed, expected, "fields --format tsv, version {number}");

        let (_, table, _) = run(&["fields", "--version", &number.to_string()], &[]);
        let listed: Vec<&str> = table.lines().skip_while(|line| !line.starts_with("FIELD ")).skip(1).collect();
        let listed: Vec<&str> = listed.iter().filter_map(|line| line.split(' ').next()).collect();
        assert_eq!(listed, expected, "fields, version {number}");

        let page = server.send("GET", &format!("/reference/?version={number}"), &[], b"");
        assert_eq!(page.status, 200);
        let listed: Vec<&str> =
            page.body.split("<tr id=\"").skip(1).filter_map(|row| row.split_once('"')).map(|(name, _)| name).collect();
        assert_eq!(listed, expected, "/reference/, version {number}");
    }
}

#[test]
fn a_listing_of_an_operation_says_what_it_requires() {
    let (_, table, _) = run(&["fields", "--operation", "RETRIEVE_ORDER"], &[]);
    let line = |name: &str| table.lines().find(|line| line.split(' ').next() == Some(name)).unwrap_or_default();
    assert!(line("order.id").contains(" yes "), "{table}");
    assert_eq!(line("order.amount"), "", "it takes no amount: {table}");
    for (arguments, code, complaint) in [
        (&["fields", "--operation", "RETRIEV_ORDER"][..], 2, "did you mean RETRIEVE_ORDER?"),
        (&["fields", "--version", "85"], 2, "API versions are 1 to 84 and 100"),
        (&["fields", "--version", "61", "--operation", "INITIATE_CHECKOUT"], 1, "versions 63 to 100 do"),
        (&["diff-versions", "61"], 2, "<TO>"),
    ] {
        let (exit, printed, said) = run(arguments, &[]);
        assert_eq!((exit, printed.as_str()), (Some(code), ""), "{arguments:?}: {said}");
        assert!(said.contains(complaint), "{arguments:?}: {said}");
    }
}

#[test]
fn an_upgrade_meets_what_diff_versions_prints() {
    let (code, printed, _) = run(&["diff-versions", "48", "100"], &[]);
    assert_eq!(code, Some(0));
    for line in [
        "The real gateway's day for switching API version 48 off is 2027-03-31.",
        "  - operation CREATE_CHECKOUT_SESSION, offered, creates a session, requires order.id, order.currency",
        "  - field 3DSecureId, ascii, 1 to 64 characters",
        "  - transaction.frequency",
        "  + session.aes256Key",
    ] {
        assert!(printed.lines().any(|found| found == line), "{line}: {printed}");
    }
    let (_, printed, _) = run(&["diff-versions", "1", "2"], &[]);
    let changed = "  ~ field merchant\n      was alphanumeric and '-_', 1 to 16 characters, not in a session\n      \
                   now alphanumeric and '-_', 1 to 40 characters, not in a session\n";
    assert!(printed.contains(changed), "{printed}");
    let (_, printed, _) = run(&["diff-versions", "60", "60"], &[]);
    assert!(printed.contains("no difference"), "{printed}");
}

#[test]
fn the_page_is_for_browsers_and_names_no_other_host() {
    let server = Server::start();
    let page = server.send("GET", "/reference/?version=61&operation=PAY", &[], b"");
    assert_eq!(page.headers["content-type"], "text/html;charset=UTF-8");
    assert_eq!(page.headers["x-content-type-options"], "nosniff");
    let policy = &page.headers["content-security-policy"];
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    assert!(!policy.contains("unsafe") && !policy.contains("//"), "{policy}");
    assert!(page.body.contains("<h1>PAY in API version 61</h1>"), "{}", page.body);
    assert!(!page.body.contains("//"), "a host, or a comment in the script");
    assert_eq!(server.send("GET", "/reference?version=85", &[], b"").status, 404);
    assert_eq!(server.send("POST", "/reference/", &[], b"a=b").status, 200, "an NVP error");
}

/// The names of the fields that a fixture sends, or that its answers have.
fn named_in_fixture(text: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (mut sent, mut answered, mut is_answer) = (BTreeSet::new(), BTreeSet::new(), false);
    for line in text.lines().map(str::trim) {
        if line.starts_with(['>', '<']) {
            is_answer = line.starts_with('<');
        } else if let Some((name, value)) = line.split_once('=').filter(|_| !line.starts_with(['#', '@']))
            && value.trim() != "!"
        {
            let names = if is_answer { &mut answered } else { &mut sent };
            names.insert(name.trim().to_owned());
        }
    }
    (sent, answered)
}

/// Whether the catalogue has the field of an answer: by its name, by that without the list it stands in, by that with
/// the `order.` that the top level of RETRIEVE_ORDER leaves out, or by that which older versions call otherwise.
fn is_answer_field(text: &str) -> bool {
    let has_row = |text: &str| {
        let known = FieldName::parse(text).and_then(|name| name.known());
        known.is_some_and(|known| answers::row(known).is_some())
    };
    let own =
        text.split_once("].").filter(|(list, _)| ["page[", "transaction["].iter().any(|start| list.starts_with(start)));
    let own = own.map_or(text, |(_, own)| own);
    let answered = RENAMINGS.iter().filter(|row| row.answers.is_some());
    let mut newest = answered.filter_map(|row| moved(own, row.old, row.new));
    let first_error = ["explanation", "gatewayCode", "supportCode"];
    has_row(own) || has_row(&format!("order.{own}")) || newest.any(|name| has_row(&name)) || first_error.contains(&own)
}

#[test]
fn every_field_of_an_answer_in_a_fixture_has_a_row() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures");
    let (mut seen, mut without) = (0, BTreeSet::new());
    for entry in WalkDir::new(folder).into_iter().filter_map(Result::ok) {
        if entry.path().extension().is_some_and(|extension| extension == "nvp") {
            let (sent, answered) = named_in_fixture(&fs::read_to_string(entry.path()).expect("fixtures are text"));
            seen += answered.len();
            // A field that no source lists comes back as it was sent.
            without.extend(answered.into_iter().filter(|name| !is_answer_field(name) && !sent.contains(name)));
        }
    }
    assert!(seen > 1000, "only {seen} fields were found in answers");
    assert!(without.is_empty(), "without a row in catalogue/answers.tsv or catalogue/fields.tsv: {without:#?}");
}
