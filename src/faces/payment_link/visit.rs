//! The page of a payment link: the form, and what comes of it.

use super::attempt::{Form, State, Visit};
use super::destination::Destination;
use super::page::{link, page, saying};
use super::{form, receipt, words};
use crate::domain::payment_link::Closed;
use crate::faces::Reply;
use crate::faces::page::{escaped, redirect};
use crate::fields::{Name, names};

/// What a payer's browser gets who has opened a link, or sent its form; `None` is a link that does not exist.
pub(super) fn reply(visit: Option<Visit>) -> Reply {
    let Some(visit) = visit else {
        let text = "Check that the address is complete, or ask the merchant for a new link.";
        return saying(404, "There is no such payment link", text, None);
    };
    let heard = |name: Name| visit.link.fields.get(name).and_then(Destination::parse);
    match &visit.state {
        State::Open(form) => open(&visit, form, &heard),
        State::Pending => pending(&visit),
        State::LastFailed(code) => {
            let text = format!("{} This link allows no other attempt.", words::failure(*code));
            let merchant = heard(names::INTERACTION_MERCHANT_URL);
            let way_on = merchant.as_ref().map(|url| (url, format!("Go to {}", visit.merchant_name)));
            saying(200, "The payment failed", &text, way_on)
        }
        State::Paid(paid) => match heard(names::INTERACTION_RETURN_URL) {
            Some(url) => redirect(url.with("resultIndicator", &visit.link.success_indicator).into_string()),
            None => {
                let lines = receipt::lines(&visit, paid, &price(&visit));
                let way_on = heard(names::INTERACTION_MERCHANT_URL);
                let way_on = way_on.map(|url| link(&url, &format!("Go to {}", visit.merchant_name)));
                let body = format!(
                    "<h1 class=\"done\">Thank you. Your payment is complete.</h1>\n{lines}{}",
                    way_on.unwrap_or_default()
                );
                page(200, "Paid", &body, false)
            }
        },
        State::Closed(why) => match heard(names::PAYMENT_LINK_ERROR_URL) {
            // Documented: the gateway adds an error code. The parameter's name is decided.
            Some(url) => redirect(url.with("errorCode", why.code()).into_string()),
            None => closed(&visit, *why, heard(names::INTERACTION_MERCHANT_URL).as_ref()),
        },
    }
}

fn price(visit: &Visit) -> String {
    format!("{} {}", visit.link.currency.code(), visit.link.amount.to_protocol(visit.link.currency))
}

fn open(visit: &Visit, form: &Form, heard: &dyn Fn(Name) -> Option<Destination>) -> Reply {
    let merchant = escaped(&visit.merchant_name);
    let merchant = match heard(names::INTERACTION_MERCHANT_URL) {
        Some(url) => format!("<a rel=\"noreferrer\" href=\"{}\">{merchant}</a>", escaped(url.as_str())),
        None => merchant.into_owned(),
    };
    let description = match visit.link.fields.get(names::ORDER_DESCRIPTION) {
        Some(text) => format!("<p class=\"description\">{}</p>\n", escaped(text)),
        None => String::new(),
    };
    let (price, order) = (price(visit), visit.link.fields.get(names::ORDER_ID).unwrap_or_default());
    let fields = form::form(form, &price, heard(names::INTERACTION_CANCEL_URL).as_ref());
    let body = format!(
        "<header>\n<p class=\"merchant\">{merchant}</p>\n<h1>{}</h1>\n{description}<p class=\"order\">Order {}</p>\n\
         </header>\n{fields}",
        escaped(&price),
        escaped(order)
    );
    let leads_away =
        [names::INTERACTION_RETURN_URL, names::PAYMENT_LINK_ERROR_URL].iter().any(|name| heard(*name).is_some());
    let status = if form.mistakes.is_empty() { 200 } else { 422 };
    page(status, &format!("Pay {}", visit.merchant_name), &body, leads_away)
}

fn pending(visit: &Visit) -> Reply {
    let text = format!(
        "{} has not heard yet what became of it. Do not pay again: open the link later to see whether it is paid.",
        visit.merchant_name
    );
    saying(200, "Your payment is under way", &text, None)
}

fn closed(visit: &Visit, why: Closed, merchant: Option<&Destination>) -> Reply {
    let name = &visit.merchant_name;
    let (heading, text) = match why {
        Closed::Paid => ("This is paid already", format!("There is nothing left to pay to {name} for this order.")),
        Closed::Expired => ("This link has expired", format!("Ask {name} for a new one.")),
        Closed::UsedUp => {
            ("This link cannot be used any more", format!("It was tried too often. Ask {name} for a new one."))
        }
        Closed::Invalid => ("This link is not valid any more", "Ask the merchant who sent it to you.".to_owned()),
    };
    saying(410, heading, &text, merchant.map(|url| (url, format!("Go to {name}"))))
}
