//! The reference: the field catalogue of one API version as a page that a person can search.
//!
//! It is whole without a script; the script only searches while one types.

mod document;
mod rows;

use super::{READING, found};
use crate::faces::page::{self, escaped};
use crate::faces::{Address, Face, Found, Reply, Request};
use crate::listing::entries;
use crate::spec::operations::Op;
use crate::spec::versions::ApiVersion;
use std::sync::LazyLock;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// `/reference/`
static REFERENCE: Address = Address { name: "reference", methods: READING };

/// The page's Content-Security-Policy. Its form is sent to the page itself.
static POLICY: LazyLock<String> = LazyLock::new(|| page::policy(STYLE, Some(SCRIPT), "'self'"));

/// The face of the reference.
pub struct Reference;

impl Face for Reference {
    fn find<'a>(&'a self, request: &'a Request<'a>) -> Option<Found<'a>> {
        match request.path.as_slice() {
            ["reference"] => found(&REFERENCE, request, async { reply(request.query) }),
            _ => None,
        }
    }
}

fn reply(query: &str) -> Reply {
    let Page { html, found } = page(query);
    page::reply(if found { 200 } else { 404 }, html, POLICY.as_str())
}

/// The page.
struct Page {
    /// The whole document.
    html: String,
    /// Whether there is what the query asks for; the page says so where not.
    found: bool,
}

/// What the query of the page's address asks for.
#[derive(Default)]
struct Asked {
    /// `version`
    version: String,
    /// `operation`
    operation: String,
    /// `q`, the words to search.
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
fn page(query: &str) -> Page {
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
    let entries = entries::entries(version, operation);
    Page { html: document::document(version, operation, &entries, &asked.words, &notices), found: notices.is_empty() }
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
            assert!(POLICY.contains(&page::source(text)), "{open}");
        }
        for foreign in ["http://", "https://", " style=", " onclick=", "src="] {
            let lines: Vec<&str> = html.lines().filter(|line| line.contains(foreign)).collect();
            assert!(lines.is_empty(), "{foreign}: {lines:?}");
        }
    }
}
