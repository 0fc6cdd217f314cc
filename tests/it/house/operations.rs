//! The rules of the house about operations: where one is named, and who may decide about it.

use super::sources;
use nvpgate::spec::operations::Op;
use std::collections::BTreeSet;
use std::path::Path;

/// Texts that are also the text of an `apiOperation`, but the values of something else. The list may only shrink.
const OTHER_VALUES: &[(&str, &[&str], &str)] = &[
    (
        "src/config/merchants.rs",
        &[
            "AUTHORIZE",
            "CAPTURE",
            "DISBURSEMENT",
            "PAY",
            "REFERRAL",
            "REFUND",
            "UPDATE_AUTHORIZATION",
            "VERIFY",
            "VOID",
        ],
        "privileges of a merchant, as the configuration names them",
    ),
    ("src/domain/interaction.rs", &["AUTHORIZE", "VERIFY"], "values of interaction.operation"),
    ("src/domain/order.rs", &["CAPTURE", "DISBURSEMENT", "REFUND"], "values of transaction.type"),
];

/// Files of operations that other operations may name, and why.
const SHARED_OPERATIONS: &[(&str, &str)] =
    &[("initial", "CAPTURE and REFUND with a card of their own open an order, too")];

/// The words of a text, as the compiler would part them.
fn words(text: &str) -> impl DoubleEndedIterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

/// How far a line is indented.
fn depth(line: &str) -> usize {
    line.len() - line.trim_start().len()
}

/// The text up to the end of its first parentheses.
fn parenthesized(text: &str) -> &str {
    let mut open = 0;
    for (at, letter) in text.char_indices() {
        match letter {
            '(' => open += 1,
            ')' if open == 1 => return &text[..at],
            ')' => open -= 1,
            _ => {}
        }
    }
    text
}

/// A text that is no value of another field would be a second place where the operation is known.
#[test]
fn operations_are_named_by_their_variants() {
    let mut broken = Vec::new();
    let mut found = BTreeSet::new();
    for source in sources().iter().filter(|source| !source.is_test() && !source.path.starts_with("src/spec/operations"))
    {
        let allowed =
            OTHER_VALUES.iter().find(|(path, ..)| *path == source.path).map_or(&[][..], |(_, texts, _)| texts);
        for (number, line) in source.numbered_code() {
            for quoted in line.split('"').filter(|text| Op::parse(text).is_some()) {
                found.insert((source.path.clone(), quoted.to_owned()));
                if !allowed.contains(&quoted) {
                    broken.push(format!("{}:{number} has the text {quoted}; use a variant of Op", source.path));
                }
            }
        }
    }
    let entries: usize = OTHER_VALUES.iter().map(|(_, texts, _)| texts.len()).sum();
    assert!(entries <= 14, "OTHER_VALUES has {entries} texts, and may only shrink");
    for (path, texts, values) in OTHER_VALUES {
        for text in texts.iter().filter(|text| !found.contains(&((*path).to_owned(), (**text).to_owned()))) {
            broken
                .push(format!("OTHER_VALUES has {text} in {path} ({values}), which is gone; delete it from the list"));
        }
    }
    assert!(broken.is_empty(), "texts of operations:\n{}", broken.join("\n"));
}

/// With `matches!` or a catch-all arm, a new operation would be decided about without anybody noticing.
#[test]
fn no_operation_is_decided_about_by_default() {
    let mut broken = Vec::new();
    for source in sources().iter().filter(|source| !source.is_test()) {
        let lines = source.numbered_code();
        for (at, (number, line)) in lines.iter().enumerate() {
            let names_op = |text: &str| words(text).any(|word| word == "Op") && text.contains("Op::");
            if let Some(start) = line.find("matches!(") {
                let rest = lines[at..].iter().map(|(_, line)| *line).collect::<Vec<_>>().join(" ");
                if names_op(parenthesized(&rest[start..])) {
                    broken.push(format!("{}:{number} has matches! over operations", source.path));
                }
            }
            if line.contains(" Op::{") || line.contains(" Op::*") {
                broken.push(format!(
                    "{}:{number} imports variants of Op, which then stand without its name",
                    source.path
                ));
            }
            let arm = line.trim_start();
            let indent = line.len() - arm.len();
            let pattern = arm.split([' ', '(']).next().unwrap_or_default();
            let takes_all = pattern == "_" || (arm.contains(" => ") && pattern.starts_with(char::is_lowercase));
            if takes_all && arm.contains("=>") {
                // The other arms stand above it at its depth, up to the line that opens the match.
                let above = lines[..at].iter().rev().map(|(_, line)| *line);
                let arms = above.take_while(|line| line.trim().is_empty() || depth(line) >= indent);
                if arms.filter(|line| depth(line) == indent).any(|line| {
                    let pattern = line.split("=>").next().unwrap_or_default().trim_start().trim_start_matches("| ");
                    pattern.starts_with("Op::") || pattern.starts_with("Some(Op::")
                }) {
                    broken.push(format!("{}:{number} takes all other operations in a match", source.path));
                }
            }
        }
    }
    assert!(broken.is_empty(), "operations that are decided about by default:\n{}", broken.join("\n"));
}

/// An operation whose file names another's cannot be changed without the other. What two share has a file of its own.
#[test]
fn operations_do_not_name_each_other() {
    let sources = sources();
    let mut operations = BTreeSet::new();
    for family in sources.iter().filter(|source| source.module == "op" && source.path.ends_with("/mod.rs")) {
        let exported = family.text.lines().filter_map(|line| line.split_once("use ")?.1.split_once("::decide as "));
        operations.extend(exported.map(|(file, _)| file.to_owned()));
    }
    assert!(operations.len() > 15, "found only {operations:?}");
    for (file, why) in SHARED_OPERATIONS {
        assert!(
            operations.remove(*file),
            "SHARED_OPERATIONS has {file} ({why}), which is gone; delete it from the list"
        );
    }
    let mut broken = Vec::new();
    for source in sources.iter().filter(|source| source.module == "op" && !source.path.ends_with("mod.rs")) {
        let own = Path::new(&source.path).file_stem().and_then(|name| name.to_str()).unwrap_or_default();
        let code = source.code();
        let imports = code.split(';').filter(|statement| {
            let statement = statement.trim_start();
            statement.starts_with("use super::") || statement.starts_with("use crate::op::")
        });
        let mut named: BTreeSet<&str> = imports.flat_map(words).collect();
        for (at, _) in code.match_indices("::") {
            named.extend(words(&code[..at]).next_back());
            if words(&code[..at]).next_back().is_some_and(|word| ["super", "op"].contains(&word)) {
                named.extend(words(&code[at..]).next());
            }
        }
        for other in named.iter().filter(|name| **name != own && operations.contains(**name)) {
            broken.push(format!("{} names {other}, which is the file of another operation", source.path));
        }
    }
    assert!(broken.is_empty(), "operations that name each other:\n{}", broken.join("\n"));
}
