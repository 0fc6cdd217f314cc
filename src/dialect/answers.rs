//! Answers as an API version has them. Everything inside has the newest version's names; an answer is renamed here once,
//! on its way out.

use crate::domain::secret::with_three_last_digits;
use crate::fields::{FieldName, Fields, Value, names};
use crate::spec::dialect::outgoing::{FIRST_GENERATION, SPOKEN, Spoken};
use crate::spec::versions::ApiVersion;
use std::mem;

/// An answer, in the names of its API version.
pub fn answer(version: ApiVersion, answer: &mut Fields) {
    let rows: Vec<&Spoken> = SPOKEN.iter().rev().filter(|row| row.versions.contains(version)).collect();
    if !rows.is_empty() {
        *answer = mem::take(answer).into_iter().map(|(name, value)| spoken(&rows, version, name, value)).collect();
    }
}

fn spoken(rows: &[&Spoken], version: ApiVersion, name: FieldName, value: Value) -> (FieldName, Value) {
    // RETRIEVE_ORDER has whole answers below `transaction[n]`.
    let text = name.text();
    let below = text.find("].").filter(|_| text.starts_with("transaction[")).map_or(0, |at| at + 2);
    let (element, own) = text.split_at(below);
    let renamed = rows.iter().find_map(|row| {
        let rest = own.strip_prefix(row.new.as_str()).filter(|rest| rest.is_empty() || rest.starts_with('.'))?;
        FieldName::parse(&format!("{element}{}{rest}", row.old))
    });
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
