//! The pages of a payment link: documents without a script that name no other host.

use super::destination::Destination;
use crate::dialect::errors;
use crate::domain::failure::Failure;
use crate::faces::page::{self, escaped};
use crate::faces::{Reply, failure};
use crate::spec::versions::ApiVersion;

const STYLE: &str = include_str!("page.css");

/// A page of these elements. `leads_away` says that its form may end at a merchant's page: a browser holds the
/// policy against every redirect that follows a form, and nobody here knows the merchant's own (seen in Chromium:
/// with the origin of the return URL alone, a payer whose merchant redirects once more has paid and stays on the form).
pub(super) fn page(status: u16, title: &str, body: &str, leads_away: bool) -> Reply {
    let head = "<meta name=\"robots\" content=\"noindex\">\n";
    let body = format!("<main>\n{body}</main>\n<footer>Test payments by nvpgate. No money moves.</footer>\n");
    let targets = if leads_away { "'self' http: https:" } else { "'self'" };
    page::reply(status, page::document(title, head, STYLE, &body), page::policy(STYLE, None, targets))
}

/// A page that says something, and where to go on from there.
pub(super) fn saying(status: u16, heading: &str, text: &str, way_on: Option<(&Destination, String)>) -> Reply {
    let way_on = way_on.map(|(destination, words)| link(destination, &words)).unwrap_or_default();
    let body = format!("<h1>{}</h1>\n<p>{}</p>\n{way_on}", escaped(heading), escaped(text));
    page(status, heading, &body, false)
}

/// A link to a merchant's page, which does not learn where the payer comes from.
pub(super) fn link(destination: &Destination, words: &str) -> String {
    format!("<p><a rel=\"noreferrer\" href=\"{}\">{}</a></p>\n", escaped(destination.as_str()), escaped(words))
}

/// The page of a request that failed.
pub(super) fn failed(failure: Failure) -> Reply {
    let status = failure::status(&failure);
    let page = match &failure {
        Failure::Rejection(rejection) => {
            let text = errors::explanation(ApiVersion::NEWEST, rejection);
            saying(status, "This did not work", &text, None)
        }
        Failure::Fault(fault) => {
            let code = fault.support_code();
            let text = format!(
                "Something is wrong on our side. Look at the link again before you pay again. Support code: {code}"
            );
            saying(status, "This did not work", &text, None)
        }
    };
    page.of_failure(failure)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fault::Fault;
    use crate::domain::rejection::{Mistake, Rejection};

    #[test]
    fn a_payer_is_shown_a_page_with_the_support_code_and_no_cause() {
        let fault = Fault::new("the disk is full");
        let code = fault.support_code();
        for (failure, status, expected) in [
            (fault.into(), 500, code.as_str()),
            (Rejection::busy().into(), 429, "Operation temporarily rejected because the system is busy."),
            (Rejection::general(Mistake::Request, "<b>").into(), 400, "&lt;b&gt;"),
        ] {
            let reply = failed(failure);
            assert_eq!(reply.status, status);
            assert!(reply.headers.iter().any(|(name, _)| *name == "content-security-policy"), "{status}");
            let html = String::from_utf8(reply.body.into_owned()).unwrap();
            assert!(html.contains(expected) && !html.contains("disk"), "{html}");
        }
    }
}
