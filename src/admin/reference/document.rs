//! The page of the reference: its head, its form, its list of operations, and the frame of its table of fields.

use super::rows::{is_found, linked, range, row};
use super::{SCRIPT, STYLE};
use crate::faces::page::{self, escaped};
use crate::listing::entries::Entry;
use crate::spec::operations::{OPERATIONS, Operation, Required, SessionUse};
use crate::spec::retirement;
use crate::spec::versions::ApiVersion;
use std::fmt::Write;

/// The whole document.
pub(super) fn document(
    version: ApiVersion,
    operation: Option<&Operation>,
    entries: &[Entry],
    words: &str,
    notices: &[String],
) -> String {
    let mut html = String::with_capacity(1024 * entries.len());
    let heading = operation.map_or(String::new(), |operation| format!("{} in ", operation.name))
        + &format!("API version {version}");
    let found = entries.iter().filter(|entry| is_found(entry, words)).count();
    // Writing to a String cannot fail.
    let _ = write!(
        html,
        "<header>\n<h1>{heading}</h1>\n<p>What nvpgate knows of the NVP interface: every request field it checks, from \
         the table it checks by.</p>\n"
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
    let hidden = if found == 0 { "" } else { " hidden" };
    let _ = write!(
        html,
        "</tbody>\n</table>\n<p id=\"none\"{hidden}>No field has all these words.</p>\n</main>\n<script>{SCRIPT}</script>\n"
    );
    page::document(&format!("{heading} – nvpgate reference"), "", STYLE, &html)
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
