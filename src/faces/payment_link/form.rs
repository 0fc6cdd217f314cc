//! The form for a card. Its inputs are called as the fields of the payment are, so that what a browser sends is read
//! like any other request; it is sent to the address of its page.

use super::attempt::Form;
use super::destination::Destination;
use super::words;
use crate::dialect::errors;
use crate::domain::secret::in_form;
use crate::faces::page::escaped;
use crate::fields::{Fields, Name, names};
use crate::spec::fields::{Sensitivity, rows};
use crate::spec::versions::ApiVersion;
use std::fmt::Write;

/// One input: its field, its label, what stands under it before anything is wrong, what the browser may fill in, the
/// most characters that make sense (the spaces between groups of digits included), and whether it takes digits.
struct Input {
    name: Name,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    autocomplete: &'static str,
    most: u16,
    is_numeric: bool,
}

const fn digits(
    name: Name,
    id: &'static str,
    label: &'static str,
    hint: &'static str,
    autocomplete: &'static str,
    most: u16,
) -> Input {
    Input { name, id, label, hint, autocomplete, most, is_numeric: true }
}

/// The inputs, row by row; what is to be said of them stands under their row.
const ROWS: &[&[Input]] = &[
    &[digits(names::PROVIDED_CARD_NUMBER, "number", "Card number", "", "cc-number", 29)],
    &[
        digits(names::PROVIDED_CARD_EXPIRY_MONTH, "month", "Expiry month", "", "cc-exp-month", 2),
        digits(names::PROVIDED_CARD_EXPIRY_YEAR, "year", "Expiry year", "", "cc-exp-year", 4),
    ],
    &[digits(
        names::PROVIDED_CARD_SECURITY_CODE,
        "code",
        "Security code",
        "On the back; American Express: on the front.",
        "cc-csc",
        4,
    )],
    &[Input {
        name: names::PROVIDED_CARD_NAME_ON_CARD,
        id: "name",
        label: "Name on card (optional)",
        hint: "",
        autocomplete: "cc-name",
        most: 256,
        is_numeric: false,
    }],
];

/// The form, what is wrong with it and why the attempt before it has failed. `price` stands on its button.
pub(super) fn form(form: &Form, price: &str, cancel: Option<&Destination>) -> String {
    let mut html = String::new();
    let mut wrong: Vec<(Name, String)> = Vec::new();
    let mut elsewhere: Vec<String> = Vec::new();
    for mistake in &form.mistakes {
        match words::mistake(mistake, &form.typed) {
            Some((name, _)) if wrong.iter().any(|(known, _)| *known == name) => {}
            Some(found) => wrong.push(found),
            None => elsewhere.push(errors::explanation(ApiVersion::NEWEST, mistake)),
        }
    }
    let place = |name: Name| ROWS.iter().flat_map(|row| row.iter()).position(|input| input.name == name);
    wrong.sort_by_key(|(name, _)| place(*name));
    // Writing to a String cannot fail.
    if let Some(code) = form.failed {
        let left = match form.attempts_left {
            1 => "You can try once more".to_owned(),
            more => format!("You can try {more} more times"),
        };
        let _ = writeln!(
            html,
            "<div class=\"notice\" role=\"alert\"><strong>The payment failed.</strong> {} {left}, also with another \
             card.</div>",
            words::failure(code)
        );
    } else if !form.mistakes.is_empty() {
        html.push_str("<div class=\"notice\" role=\"alert\"><strong>Nothing was charged.</strong>");
        if !wrong.is_empty() {
            html.push_str(
                " Please correct what is marked. The number and the security code are never kept, so enter them again.",
            );
        }
        for text in elsewhere {
            let _ = write!(html, " {}", escaped(&text));
        }
        html.push_str("</div>\n");
    }
    html.push_str("<form method=\"post\">\n");
    for row in ROWS {
        for input in *row {
            field(&mut html, input, &form.typed, &wrong);
        }
        for input in *row {
            note(&mut html, input, &wrong);
        }
    }
    let _ = write!(
        html,
        "<input type=\"hidden\" name=\"{}\" value=\"{}\">\n<button>Pay {}</button>\n</form>\n",
        names::TRANSACTION_ID,
        escaped(&form.attempt),
        escaped(price)
    );
    if let Some(cancel) = cancel {
        let _ = writeln!(
            html,
            "<p class=\"cancel\"><a rel=\"noreferrer\" href=\"{}\">Cancel</a></p>",
            escaped(cancel.as_str())
        );
    }
    html
}

fn field(html: &mut String, input: &Input, typed: &Fields, wrong: &[(Name, String)]) {
    let Input { name, id, label, hint, autocomplete, most, is_numeric } = input;
    let sensitivity = rows(*name).first().map_or(Sensitivity::Secret, |row| row.sensitivity);
    let value = in_form(sensitivity, typed.get(*name).unwrap_or_default());
    let _ = write!(
        html,
        "<div class=\"field {id}\">\n<label for=\"{id}\">{label}</label>\n<input id=\"{id}\" name=\"{name}\" \
         value=\"{}\" maxlength=\"{most}\" autocomplete=\"{autocomplete}\" autocapitalize=\"off\" spellcheck=\"false\"",
        escaped(value)
    );
    let is_wrong = wrong.iter().any(|(wrong, _)| wrong == name);
    for (applies, attribute) in [
        (*is_numeric, "inputmode=\"numeric\"".to_owned()),
        (is_wrong || !hint.is_empty(), format!("aria-describedby=\"{id}-note\"")),
        (is_wrong, "aria-invalid=\"true\"".to_owned()),
        (wrong.first().is_some_and(|(first, _)| first == name), "autofocus".to_owned()),
    ] {
        if applies {
            html.push(' ');
            html.push_str(&attribute);
        }
    }
    html.push_str(">\n</div>\n");
}

/// What is wrong with an input, or else its hint.
fn note(html: &mut String, input: &Input, wrong: &[(Name, String)]) {
    let mistake = wrong.iter().find(|(name, _)| *name == input.name);
    let (class, text) = mistake.map_or(("hint", input.hint), |(_, text)| ("mistake", text.as_str()));
    if !text.is_empty() {
        let _ = writeln!(html, "<p class=\"{class}\" id=\"{}-note\">{}</p>", input.id, escaped(text));
    }
}
