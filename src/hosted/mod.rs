//! What a payer's browser loads: pages without a script, each whole by itself, that name no other host.

mod destination;
mod form;
pub mod payment_link;
mod receipt;
pub mod visit;
mod words;

use crate::domain::failure::Failure;
use crate::wire::html::{escaped, source};
use destination::Destination;
use std::sync::LazyLock;

const STYLE: &str = include_str!("hosted.css");

static STYLE_SOURCE: LazyLock<String> = LazyLock::new(|| source(STYLE));

/// What goes back to a payer's browser.
pub enum Response {
    /// A page.
    Page(Page),
    /// The browser is sent there, to look with GET.
    Redirect(String),
}

/// A page for a payer.
pub struct Page {
    /// The whole document.
    pub html: String,
    /// Its HTTP status.
    pub status: u16,
    /// Its Content-Security-Policy.
    pub policy: String,
}

impl Page {
    /// A page of these elements. `leads_away` says that its form may end at a merchant's page: a browser holds the
    /// policy against every redirect that follows a form, and nobody here knows the merchant's own (seen in Chromium:
    /// with the origin of the return URL alone, a payer whose merchant redirects once more has paid and stays on the form).
    fn new(status: u16, title: &str, body: &str, leads_away: bool) -> Page {
        let html = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"robots\" content=\"noindex\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <main>\n{body}</main>\n<footer>Test payments by nvpgate. No money moves.</footer>\n</body>\n</html>\n",
            escaped(title)
        );
        let targets = if leads_away { "'self' http: https:" } else { "'self'" };
        let policy = format!(
            "default-src 'none'; style-src '{}'; form-action {targets}; base-uri 'none'; frame-ancestors 'none'",
            *STYLE_SOURCE
        );
        Page { html, status, policy }
    }

    /// A page that says something, and where to go on from there.
    fn saying(status: u16, heading: &str, text: &str, way_on: Option<(&Destination, String)>) -> Page {
        let way_on = way_on.map(|(destination, words)| link(destination, &words)).unwrap_or_default();
        let body = format!("<h1>{}</h1>\n<p>{}</p>\n{way_on}", escaped(heading), escaped(text));
        Page::new(status, heading, &body, false)
    }
}

fn link(destination: &Destination, words: &str) -> String {
    format!("<p><a rel=\"noreferrer\" href=\"{}\">{}</a></p>\n", escaped(destination.as_str()), escaped(words))
}

/// The page of a request that failed, whose status is for [`http`](crate::http) to say.
pub fn failure(failure: &Failure, status: u16) -> Page {
    match failure {
        Failure::Rejection(rejection) => Page::saying(status, "This did not work", rejection.explanation(), None),
        Failure::Fault(fault) => {
            let code = fault.support_code();
            let text = format!(
                "Something is wrong on our side. Look at the link again before you pay again. Support code: {code}"
            );
            Page::saying(status, "This did not work", &text, None)
        }
    }
}
