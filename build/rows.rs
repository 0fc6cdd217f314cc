//! The rows of the tables in `spec`.

use crate::names::Names;
use crate::tsv::{Problem, Row};
use std::fmt::Write;

/// The columns of `catalogue/fields.tsv`.
pub const FIELD_COLUMNS: &[&str] = &[
    "name",
    "kind",
    "values",
    "min",
    "max",
    "since",
    "until",
    "shown",
    "stored",
    "payer",
    "json",
    "operations",
    "evidence",
];

/// The columns of `catalogue/groups.tsv`.
pub const GROUP_COLUMNS: &[&str] = &["name", "fields"];

/// The columns of `catalogue/answers.tsv`.
pub const ANSWER_COLUMNS: &[&str] = &["name", "json", "since", "until", "payer", "order"];

const SHOWN: &[(&str, &str)] = &[("all", "Plain"), ("masked", "Masked"), ("hidden", "Hidden"), ("nothing", "Secret")];

const EVIDENCE: &[(&str, &str)] =
    &[("documented", "Documented"), ("sdk", "Sdk"), ("client", "Client"), ("inferred", "Inferred")];

const JSON: &[(&str, &str)] =
    &[("string", "Text"), ("integer", "Integer"), ("number", "Number"), ("boolean", "Boolean"), ("amount", "Amount")];

/// The words of kinds that nothing narrows.
const KINDS: &[(&str, &str)] = &[
    ("text", "Text"),
    ("ascii", "Ascii"),
    ("digits", "Digits"),
    ("alphanumeric", "Alphanumeric"),
    ("upper-alpha", "UpperAlpha"),
    ("hex", "Hex"),
    ("base64", "Base64"),
    ("decimal", "Decimal"),
    ("amount", "Amount"),
    ("signed-amount", "SignedAmount"),
    ("boolean", "Boolean"),
    ("date", "Date"),
    ("time", "Time"),
    ("date-time", "DateTime"),
    ("e-mail", "Email"),
    ("url", "Url"),
    ("https-url", "SecureUrl"),
    ("notification-url", "NotificationUrl"),
    ("phone", "Phone"),
    ("json", "Json"),
    ("card-number", "CardNumber"),
    ("masked-number", "MaskedNumber"),
    ("security-code", "SecurityCode"),
    ("expiry-month", "ExpiryMonth"),
    ("expiry-year", "ExpiryYear"),
    ("currency", "Currency"),
    ("country", "Country"),
    ("track-1", "Track1"),
    ("track-2", "Track2"),
];

/// `FIELDS`, and `ROWS`, which has for each name where its rows begin and end.
pub fn fields(rows: &[Row], names: &Names) -> Result<String, Problem> {
    let mut code =
        String::from("/// Every row of `catalogue/fields.tsv`, in its order.\npub static FIELDS: &[Field] = &[\n");
    for row in rows {
        let (min, max): (u16, u16) = (row.number("min")?, row.number("max")?);
        let _ = writeln!(
            code,
            "Field {{ name: {}, kind: Kind::{}, min: {min}, max: {max}, versions: {}, \
             sensitivity: Sensitivity::{}, stored: {}, payer: {}, json: Json::{}, operations: {}, \
             evidence: Evidence::{} }},",
            names.constant(row.name()),
            kind(row)?,
            versions(row)?,
            row.one_of("shown", SHOWN)?,
            row.yes("stored")?,
            row.yes("payer")?,
            row.one_of("json", JSON)?,
            operations(row)?,
            row.one_of("evidence", EVIDENCE)?,
        );
    }
    code.push_str("];\n");
    let ranges: Vec<(usize, usize)> = names
        .patterns()
        .iter()
        .map(|pattern| {
            let start = rows.partition_point(|row| row.name() < pattern.as_str());
            (start, start + rows[start..].iter().take_while(|row| row.name() == pattern).count())
        })
        .collect();
    let _ = writeln!(code, "static ROWS: [(u16, u16); {}] = {ranges:?};", names.len());
    Ok(code)
}

/// `GROUPS`.
pub fn groups(rows: &[Row]) -> Result<String, Problem> {
    let mut code =
        String::from("/// Every row of `catalogue/groups.tsv`, in its order.\npub static GROUPS: &[Group] = &[\n");
    for row in rows {
        let complete = row.one_of("fields", &[("complete", true), ("open", false)])?;
        let _ = writeln!(code, "Group {{ name: {:?}, complete: {complete} }},", row.name());
    }
    code.push_str("];\n");
    Ok(code)
}

/// `ANSWERS`, and `ROWS`, which has for each name the place of its row and one, or 0 where it has none. A field that a
/// session may hold comes back in answers, and needs no row of its own unless its answers differ.
pub fn answers(rows: &[Row], fields: &[Row], names: &Names) -> Result<String, Problem> {
    let mut code = String::from("/// Every field of an answer, sorted by name.\npub static ANSWERS: &[Answer] = &[\n");
    let (mut places, mut count) = (Vec::with_capacity(names.len()), 0);
    for pattern in names.patterns() {
        let own = rows.binary_search_by(|row| row.name().cmp(pattern)).ok().map(|at| &rows[at]);
        let field = fields.iter().find(|row| row.name() == pattern);
        let (row, versions, in_every_order) = match (own, field) {
            (Some(row), _) => (row, versions(row)?, row.yes("order")?),
            (None, Some(row)) if row.yes("stored")? => (row, "Versions::ALL".to_owned(), false),
            _ => {
                places.push(0);
                continue;
            }
        };
        count += 1;
        places.push(count);
        let _ = writeln!(
            code,
            "Answer {{ name: {}, json: Json::{}, versions: {versions}, payer: {}, in_every_order: {in_every_order} }},",
            names.constant(pattern),
            row.one_of("json", JSON)?,
            row.yes("payer")?,
        );
    }
    code.push_str("];\n");
    let _ = writeln!(code, "static ROWS: [u16; {}] = {places:?};", names.len());
    Ok(code)
}

/// A range of API versions in Rust. Where no last version is named, the field has no known end.
fn versions(row: &Row) -> Result<String, Problem> {
    let (since, until): (u8, Option<u8>) = (row.number("since")?, row.optional_number("until")?);
    match until {
        Some(until) if until < since => Err(row.problem(format!("no API version is from {since} to {until}"))),
        Some(until) => Ok(format!("Versions::between({since}, {until})")),
        None => Ok(format!("Versions::from({since})")),
    }
}

/// A kind in Rust: its word, and what narrows it.
fn kind(row: &Row) -> Result<String, Problem> {
    let (word, values) = (row.text("kind"), row.text("values"));
    let list: Vec<&str> = values.split('|').collect();
    Ok(match word {
        "enum" => format!("Enum(&{list:?})"),
        "enum-list" => format!("EnumList(&{list:?})"),
        "pattern" => format!("Pattern({values:?})"),
        "alphanumeric" if !values.is_empty() => format!("AlphanumericPlus({values:?})"),
        "number" => {
            let bounds =
                values.split_once("..").and_then(|(least, most)| Some((least.parse().ok()?, most.parse().ok()?)));
            let (least, most): (i64, i64) =
                bounds.ok_or_else(|| row.problem(format!("'{values}' are no bounds, such as 0..999")))?;
            format!("Number({least}, {most})")
        }
        _ if values.is_empty() => row.one_of("kind", KINDS)?.to_owned(),
        _ => return Err(row.problem(format!("nothing narrows the kind {word}, and the row says '{values}'"))),
    })
}

fn operations(row: &Row) -> Result<String, Problem> {
    match row.text("operations") {
        "*" => Ok("Operations::EVERY".to_owned()),
        "" => Err(row.problem("a field is of one operation at least, or of all: *")),
        names => {
            let names: Vec<&str> = names.split(' ').collect();
            if let Some(pair) = names.windows(2).find(|pair| pair[0] >= pair[1]) {
                return Err(row.problem(format!("{} must stand before {}: operations are sorted", pair[1], pair[0])));
            }
            let variants: Vec<String> = names.into_iter().map(variant).collect();
            Ok(format!("Operations::of(&[{}])", variants.join(", ")))
        }
    }
}

/// The variant of `Op`: `Op::Check3dsEnrollment` of `CHECK_3DS_ENROLLMENT`.
fn variant(operation: &str) -> String {
    let words = operation.split('_').map(|word| {
        let (first, rest) = word.split_at(word.len().min(1));
        first.to_owned() + &rest.to_ascii_lowercase()
    });
    words.fold("Op::".to_owned(), |variant, word| variant + &word)
}
