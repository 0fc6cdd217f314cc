//! The table of fields in the page of the reference: a row each.

use crate::faces::page::escaped;
use crate::listing::entries::Entry;
use crate::spec::operations::Operation;
use crate::spec::versions::ApiVersion;
use std::fmt::Write;

/// Writes the row of one field.
pub(super) fn row(
    html: &mut String,
    entry: &Entry,
    version: ApiVersion,
    operation: Option<&Operation>,
    is_found: bool,
) {
    let hidden = if is_found { "" } else { " hidden" };
    let name = breakable(entry.name);
    let _ = write!(
        html,
        "<tr id=\"{0}\"{hidden}><th scope=\"row\"><a href=\"#{0}\">{name}</a></th><td data-label=\"Value\">{1}",
        entry.name, entry.kind
    );
    if !entry.values.is_empty() {
        let values: Vec<String> =
            entry.values.split('|').map(|value| format!("<code>{}</code>", escaped(value))).collect();
        let _ = write!(html, " {}", values.join(" | "));
    }
    for note in notes(entry) {
        let _ = write!(html, " <small>{note}</small>");
    }
    let _ = write!(html, "</td><td data-label=\"Characters\">{}</td>", length(entry));
    let _ = write!(html, "<td data-label=\"Versions\">{}</td>", range(entry.since, entry.until));
    let _ = write!(html, "<td data-label=\"Required\">{}</td>", required(entry, operation));
    let link = |name: &&str| format!("<a href=\"?version={version}&amp;operation={name}\">{name}</a>");
    let operations: Vec<String> = entry.operations.iter().map(link).collect();
    let operations = if operations.is_empty() { "every one".to_owned() } else { operations.join(", ") };
    let _ = writeln!(html, "<td data-label=\"Operations\">{operations}</td></tr>");
}

fn notes(entry: &Entry) -> Vec<&'static str> {
    let shown = match entry.shown {
        "masked" => Some("shown masked"),
        "hidden" => Some("shown as x"),
        "nothing" => Some("never shown"),
        _ => None,
    };
    let kept = (!entry.stored).then_some("not kept in a session");
    let payer = entry.payer.then_some("payer may write it");
    let evidence = match entry.evidence {
        "documented" => None,
        "sdk" => Some("known from an SDK"),
        "client" => Some("known from a client"),
        _ => Some("inferred"),
    };
    [shown, kept, payer, evidence].into_iter().flatten().collect()
}

fn required(entry: &Entry, operation: Option<&Operation>) -> String {
    let mut parts = Vec::new();
    if !entry.required.is_empty() {
        parts.push(if operation.is_some() { "yes".to_owned() } else { entry.required.join(", ") });
    }
    for alternative in &entry.alternatives {
        let others: Vec<String> = alternative.others.iter().map(|name| linked(name)).collect();
        let others = others.join(" or ");
        parts.push(match operation {
            Some(_) => format!("this or {others}"),
            None => format!("{} (or {others})", alternative.operation),
        });
    }
    // What only some operations ask for is in their own lists.
    for with in entry.required_with.iter().filter(|with| with.operation.is_none() || operation.is_some()) {
        let is_within = entry.name.strip_prefix(with.group.as_ref()).is_some_and(|rest| rest.starts_with('.'));
        let is_its_group = is_within && with.operation.is_none();
        parts.push(if is_its_group { "with its group".to_owned() } else { format!("with {}", linked(&with.group)) });
    }
    parts.join(", ")
}

fn length(entry: &Entry) -> String {
    match (entry.min, entry.max) {
        (Some(min), Some(max)) if min == max => min.to_string(),
        (Some(min), Some(max)) => format!("{min} to {max}"),
        _ => String::new(),
    }
}

/// The versions from `since` to `until`.
pub(super) fn range(since: ApiVersion, until: ApiVersion) -> String {
    if since == until { since.to_string() } else { format!("{since} to {until}") }
}

/// Whether the entry has every word somewhere, in any case; the script asks the same of the row's text.
pub(super) fn is_found(entry: &Entry, words: &str) -> bool {
    let text = [entry.name, entry.kind, &entry.values, &notes(entry).join(" "), &entry.operations.join(" ")];
    let text = text.join(" ").to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

/// A name with a link to its row.
pub(super) fn linked(name: &str) -> String {
    format!("<a href=\"#{name}\">{}</a>", breakable(name))
}

/// A name that a narrow column may break behind its dots.
fn breakable(name: &str) -> String {
    name.replace('.', ".<wbr>")
}
