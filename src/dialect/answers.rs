//! Answers as an API version has them. An operation leaves out what the version does not have. Names stay those of the
//! newest version until the answer goes out, and are changed here once.

use super::renamings::{RENAMINGS, Renaming, moved};
use super::{FIRST_GENERATION, errors};
use crate::domain::secret::with_three_last_digits;
use crate::fields::{FieldName, Fields, Value, names};
use crate::spec::answers::{Answer, row};
use crate::spec::versions::ApiVersion;
use std::mem;

/// Takes out of an answer the fields that its API version does not have. A field that only errors have stays: here it
/// can only be an unknown field that the operator accepts, and that comes back as it was sent.
pub fn keep_version(answer: &mut Fields, version: ApiVersion) {
    let is_kept = |row: &Answer| row.versions.contains(version) || errors::has(row.name);
    answer.retain(|name, _| name.known().and_then(row).is_none_or(is_kept));
}

/// Whether RETRIEVE_ORDER of an API version has this field of the order. The top level of its answer has the name
/// without `order.`.
pub fn is_in_retrieved_order(name: &FieldName, version: ApiVersion) -> bool {
    name.known().and_then(row).is_none_or(|row| row.in_every_order || row.versions.contains(version))
}

/// Gives the fields of an answer the names of its API version.
pub fn answer(version: ApiVersion, answer: &mut Fields) {
    let is_said = |row: &&Renaming| row.answers.is_some_and(|versions| versions.contains(version));
    // The row of a field stands after that of its group, and is looked at first.
    let rows: Vec<&Renaming> = RENAMINGS.iter().rev().filter(is_said).collect();
    if !rows.is_empty() {
        *answer = mem::take(answer).into_iter().map(|(name, value)| renamed(&rows, version, name, value)).collect();
    }
}

fn renamed(rows: &[&Renaming], version: ApiVersion, name: FieldName, value: Value) -> (FieldName, Value) {
    // RETRIEVE_ORDER has whole answers below `transaction[n]`.
    let text = name.text();
    let below = text.find("].").filter(|_| text.starts_with("transaction[")).map_or(0, |at| at + 2);
    let (element, own) = text.split_at(below);
    let old = rows.iter().find_map(|row| moved(own, row.new, row.old));
    let renamed = old.and_then(|old| FieldName::parse(&format!("{element}{old}")));
    let is_number = own == names::PROVIDED_CARD_NUMBER;
    let value =
        if is_number && FIRST_GENERATION.contains(version) { with_three_last_digits(&value).into() } else { value };
    drop(text);
    (renamed.unwrap_or(name), value)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(text: &str) -> ApiVersion {
        ApiVersion::parse(text).unwrap()
    }

    fn said(text: &str, pairs: &[(&str, &str)]) -> Vec<String> {
        let mut fields =
            pairs.iter().map(|(name, value)| (FieldName::parse(name).unwrap(), value.to_string())).collect();
        answer(version(text), &mut fields);
        fields.iter().map(|(name, value)| format!("{name}={value}")).collect()
    }

    #[test]
    fn an_answer_has_the_names_of_its_version() {
        let pairs = [
            ("session.id", "S"),
            ("sourceOfFunds.provided.card.expiry.month", "5"),
            ("sourceOfFunds.provided.card.nameOnCard", "N"),
            ("sourceOfFunds.provided.card.number", "512345xxxxxx0008"),
            ("transaction[10].sourceOfFunds.provided.card.number", "345678xxxxx4564"),
        ];
        let first = [
            "card.expiry.month=5",
            "card.holder.fullName=N",
            "card.number=512345xxxxxxx008",
            "session=S",
            "transaction[10].card.number=345678xxxxxx564",
        ];
        assert_eq!(said("1", &pairs), first);
        assert_eq!(said("4", &pairs), first);
        assert_eq!(said("5", &pairs)[2], "card.number=512345xxxxxx0008");
        assert_eq!(said("17", &pairs)[..2], ["session=S", "sourceOfFunds.provided.card.expiry.month=5"]);
        let newest: Vec<String> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
        assert_eq!(said("18", &pairs), newest);
    }
}
