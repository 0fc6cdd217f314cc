//! What a payer has paid, for where the merchant has no page of its own for that.

use super::attempt::Visit;
use crate::domain::order::Transaction;
use crate::faces::page::escaped;
use crate::fields::names;
use std::fmt::Write;

/// The lines of a receipt.
pub(super) fn lines(visit: &Visit, paid: &Transaction, price: &str) -> String {
    let brand = paid.echoed.get(names::PROVIDED_CARD_BRAND).unwrap_or("Card");
    // It is masked; its last four digits are what a payer knows it by.
    let number = paid.echoed.get(names::PROVIDED_CARD_NUMBER).unwrap_or_default();
    let last: String = number.chars().skip(number.chars().count().saturating_sub(4)).collect();
    let time = paid.time_of_record.to_protocol();
    let time = time.get(..16).unwrap_or_default().replace('T', " ");
    let mut html = String::from("<dl class=\"receipt\">\n");
    for (what, text) in [
        ("Paid to", visit.merchant_name.as_str()),
        ("Amount", price),
        ("Order", visit.link.fields.get(names::ORDER_ID).unwrap_or_default()),
        ("Card", &format!("{} ending in {last}", brand.replace('_', " "))),
        ("Time", &format!("{time} UTC")),
    ] {
        // Writing to a String cannot fail.
        let _ = writeln!(html, "<div><dt>{what}</dt><dd>{}</dd></div>", escaped(text));
    }
    html.push_str("</dl>\n");
    html
}
