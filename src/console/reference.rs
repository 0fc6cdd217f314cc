//! The reference: the field catalogue of one API version as a page that a person can search.
//!
//! It is whole without a script; the script only searches while one types.

use crate::spec::catalogue::{self, Entry};
use crate::spec::operations::{OPERATIONS, Op, Operation, Required, SessionUse};
use crate::spec::retirement;
use crate::spec::versions::ApiVersion;
use crate::wire::html::{escaped, source};
use std::fmt::Write;
use std::sync::LazyLock;

const STYLE: &str = include_str!("reference.css");
const SCRIPT: &str = include_str!("reference.js");

/// The page's Content-Security-Policy: its own style and script, by their digests, and nothing else.
pub static CONTENT_SECURITY_POLICY: LazyLock<String> = LazyLock::new(|| {
    format!(
        "default-src 'none'; style-src '{}'; script-src '{}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        source(STYLE),
        source(SCRIPT)
    )
});

/// The page.
pub struct Page {
    /// The whole document.
    pub html: String,
    /// Whether there is what the query asks for; the page says so where not.
    pub found: bool,
}

/// What the query of the page's address asks for.
#[derive(Default)]
struct Asked {
    version: String,
    operation: String,
    words: String,
}

impl Asked {
    /// Names that the page does not have are left alone.
    fn parse(query: &str) -> Asked {
        let mut asked = Asked::default();
        for (name, value) in serde_urlencoded::from_str::<Vec<(String, String)>>(query).unwrap_or_default() {
            match name.as_str() {
                "version" => asked.version = value,
                "operation" => asked.operation = value,
                "q" => asked.words = value,
                _ => {}
            }
        }
        asked
    }
}

/// The page for the query of its address, as it was sent: `version`, `operation` and the words to search, `q`.
pub fn page(query: &str) -> Page {
    let asked = Asked::parse(query);
    let mut notices = Vec::new();
    let version = match ApiVersion::parse(&asked.version) {
        Some(version) => version,
        None => {
            if !asked.version.is_empty() {
                notices.push(format!("There is no API version {}. This is version 100.", escaped(&asked.version)));
            }
            ApiVersion::NEWEST
        }
    };
    let named = Op::parse(&asked.operation).map(Op::row);
    let operation = named.filter(|row| row.versions.contains(version));
    match named {
        None if !asked.operation.is_empty() => {
            notices.push(format!("There is no operation {}. These are all fields.", escaped(&asked.operation)));
        }
        Some(row) if operation.is_none() => notices.push(format!(
            "API version {version} does not have {}; versions {} to {} do. These are all fields.",
            row.name,
            row.versions.first(),
            row.versions.last()
        )),
        _ => {}
    }
    let entries = catalogue::entries(version, operation);
    Page { html: document(version, operation, &entries, &asked.words, &notices), found: notices.is_empty() }
}

fn document(
    version: ApiVersion,
    operation: Option<&Operation>,
    entries: &[Entry],
    words: &str,
    notices: &[String],
) -> String {
    let mut html = String::with_capacity(1024 * entries.len());
    let subject = operation.map_or(String::new(), |operation| format!("{} in ", operation.name));
    let found = entries.iter().filter(|entry| is_found(entry, words)).count();
    // Writing to a String cannot fail.
    let _ = write!(
        html,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{subject}API version {version} – nvpgate reference</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
         <header>\n<h1>{subject}API version {version}</h1>\n<p>What nvpgate knows of the NVP interface: every request \
         field it checks, from the table it checks by.</p>\n"
    );
    if let Some(date) = retirement::retirement(version, operation.map(|operation| operation.op)) {
        let _ = writeln!(
            html,
            "<p class=\"notice\">The real gateway’s day for switching this off is <time>{date}</time>.</p>"
        );
    }
    for notice in notices {
        let _ = writeln!(html, "<p class=\"notice\" role=\"alert\">{notice}</p>");
    }
    html.push_str("</header>\n<main>\n");
    form(&mut html, version, operation, words);
    match operation {
        Some(operation) => {
            let _ = writeln!(html, "<p>{}</p>", about(operation));
        }
        None => operation_list(&mut html, version),
    }
    let _ = writeln!(
        html,
        "<h2 id=\"fields\">Fields <span class=\"count\" role=\"status\"><span id=\"found\">{found}</span> of {}</span></h2>",
        entries.len()
    );
    html.push_str(
        "<table id=\"rows\">\n<thead><tr><th scope=\"col\">Field</th><th scope=\"col\">Value</th>\
         <th scope=\"col\">Characters</th><th scope=\"col\">Versions</th><th scope=\"col\">Required</th>\
         <th scope=\"col\">Operations</th></tr></thead>\n<tbody>\n",
    );
    for entry in entries {
        row(&mut html, entry, version, operation, is_found(entry, words));
    }
    let _ = write!(
        html,
        "</tbody>\n</table>\n<p id=\"none\"{}>No field has all these words.</p>\n</main>\n<script>{SCRIPT}</script>\n\
         </body>\n</html>\n",
        if found == 0 { "" } else { " hidden" }
    );
    html
}

fn form(html: &mut String, version: ApiVersion, operation: Option<&Operation>, words: &str) {
    html.push_str("<form role=\"search\">\n<label>API version <select name=\"version\">");
    for other in ApiVersion::every().rev() {
        let selected = if other == version { " selected" } else { "" };
        let _ = write!(html, "<option{selected}>{other}</option>");
    }
    html.push_str("</select></label>\n<label>Operation <select name=\"operation\"><option value=\"\">all</option>");
    for row in OPERATIONS.iter().filter(|row| row.versions.contains(version)) {
        let selected = if operation.is_some_and(|operation| operation.name == row.name) { " selected" } else { "" };
        let _ = write!(html, "<option{selected}>{}</option>", row.name);
    }
    let _ = write!(
        html,
        "</select></label>\n<label class=\"words\">Search <input type=\"search\" name=\"q\" id=\"q\" value=\"{}\" \
         placeholder=\"card number\" autocomplete=\"off\" spellcheck=\"false\"></label>\n<button>Show</button>\n</form>\n",
        escaped(words)
    );
}

fn operation_list(html: &mut String, version: ApiVersion) {
    let rows: Vec<&Operation> = OPERATIONS.iter().filter(|row| row.versions.contains(version)).collect();
    let offered = rows.iter().filter(|row| row.offered).count();
    let _ = writeln!(
        html,
        "<details>\n<summary><h2>Operations <span class=\"count\">{offered} of {} offered</span></h2></summary>\n<ul>",
        rows.len()
    );
    for row in rows {
        let _ = writeln!(
            html,
            "<li><a href=\"?version={version}&amp;operation={0}\">{0}</a> {1}</li>",
            row.name,
            about(row)
        );
    }
    html.push_str("</ul>\n</details>\n");
}

fn about(operation: &Operation) -> String {
    let mut text = if operation.offered { String::new() } else { "Not offered yet. ".to_owned() };
    text.push_str(match operation.session {
        SessionUse::None => "",
        SessionUse::Creates | SessionUse::CreatesFilled => "Makes a session. ",
        SessionUse::Reads | SessionUse::Updates => "Is about a session. ",
        SessionUse::References => "May take fields from a session. ",
    });
    let required: Vec<String> = operation.required.iter().map(required_text).collect();
    if !required.is_empty() {
        let _ = write!(text, "Requires {}. ", required.join(", "));
    }
    let _ = write!(text, "Versions {}.", range(operation.versions.first(), operation.versions.last()));
    text
}

fn required_text(required: &Required) -> String {
    let names: Vec<String> = required.names().iter().map(|name| linked(name.as_str())).collect();
    match required {
        Required::One(_) | Required::Either(_) => names.join(" or "),
        Required::In(versions, _) => format!("{} (from version {})", names.join(" or "), versions.first()),
        Required::With { group, .. } => format!("once there is <code>{group}</code> also {}", names.join(" and ")),
    }
}

fn row(html: &mut String, entry: &Entry, version: ApiVersion, operation: Option<&Operation>, is_found: bool) {
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

fn range(since: ApiVersion, until: ApiVersion) -> String {
    if since == until { since.to_string() } else { format!("{since} to {until}") }
}

/// Whether the entry has every word somewhere, in any case; the script asks the same of the row's text.
fn is_found(entry: &Entry, words: &str) -> bool {
    let text = [entry.name, entry.kind, &entry.values, &notes(entry).join(" "), &entry.operations.join(" ")];
    let text = text.join(" ").to_lowercase();
    words.to_lowercase().split_whitespace().all(|word| text.contains(word))
}

fn linked(name: &str) -> String {
    format!("<a href=\"#{name}\">{}</a>", breakable(name))
}

/// A name that a narrow column may break behind its dots.
fn breakable(name: &str) -> String {
    name.replace('.', ".<wbr>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_is_shown_or_said_to_be_missing() {
        for (query, found, expected) in [
            ("", true, "<h1>API version 100</h1>"),
            ("version=61", true, "<h1>API version 61</h1>"),
            ("version=61&operation=PAY", true, "<h1>PAY in API version 61</h1>"),
            ("version=85", false, "There is no API version 85. This is version 100."),
            ("operation=%3Cb%3E", false, "There is no operation &lt;b&gt;. These are all fields."),
            ("version=61&operation=INITIATE_CHECKOUT", false, "API version 61 does not have INITIATE_CHECKOUT;"),
            ("version=22", true, "is <time>2025-01-31</time>"),
            ("q=%22%3E%3Cscript%3E", true, "value=\"&quot;&gt;&lt;script&gt;\""),
            ("%&=&&utm=x", true, "<h1>API version 100</h1>"),
        ] {
            let page = page(query);
            assert_eq!(page.found, found, "{query}");
            assert!(page.html.contains(expected), "{query} shows {expected}");
        }
    }

    #[test]
    fn words_are_searched_without_a_script() {
        let html = page("q=CARD+expiry").html;
        assert!(html.contains("<tr id=\"sourceOfFunds.provided.card.expiry.month\"><th"), "found");
        assert!(html.contains("<tr id=\"order.amount\" hidden>"), "not found, and still there for the script");
        assert!(page("q=nothing-has-this").html.contains("<p id=\"none\">"), "said");
    }

    #[test]
    fn what_is_inline_is_what_the_policy_names() {
        let html = page("").html;
        for (open, close, text) in [("<style>", "</style>", STYLE), ("<script>", "</script>", SCRIPT)] {
            let inline: Vec<&str> =
                html.split(open).skip(1).filter_map(|rest| rest.split_once(close)).map(|(text, _)| text).collect();
            assert_eq!(inline, [text], "one {open}");
            assert!(CONTENT_SECURITY_POLICY.contains(&source(text)), "{open}");
        }
        for foreign in ["http://", "https://", " style=", " onclick=", "src="] {
            let lines: Vec<&str> = html.lines().filter(|line| line.contains(foreign)).collect();
            assert!(lines.is_empty(), "{foreign}: {lines:?}");
        }
    }
}
