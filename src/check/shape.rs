//! Whether names are known and values well-formed, each field by itself: everything that the table of fields
//! can say before anybody knows who is asking and what for.
//!
//! All names come before all values, and both in byte order, so that of two mistakes the same one is always named.

mod shown;
mod unknown;
mod values;

pub(super) use shown::shown;
pub use unknown::accepted_unknown_names;

use crate::domain::notification::Targets;
use crate::domain::rejection::Rejection;
use crate::domain::secret::mask_digit_runs;
use crate::fields::{FieldName, Fields};
use crate::spec::fields::{Field, field, rows};
use crate::spec::groups::{Place, place};
use crate::spec::kinds::Kind;
use crate::spec::versions::ApiVersion;

/// What an operator may choose about the shape of requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// What happens to a field that is in no table.
    pub unknown_fields: UnknownFields,
    /// Whether card numbers are taken that nobody published for testing.
    pub accept_live_numbers: bool,
    /// Where notifications may be sent.
    pub targets: Targets,
}

/// What happens to a field that is in no table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownFields {
    /// It is refused.
    Refuse,
    /// It is accepted, counted and logged where its group may hold fields that no public source lists.
    #[default]
    KnownGroups,
    /// It is accepted, counted and logged whatever its name.
    Accept,
}

/// Checks the names, then the values, of a request.
pub fn shape(fields: &Fields, version: ApiVersion, policy: &Policy) -> Result<(), Rejection> {
    let mut known = Vec::with_capacity(fields.len());
    for (name, value) in fields.iter() {
        match field(name, version) {
            Some(field) => known.push((name, field, value)),
            None => accept_unknown(name, policy.unknown_fields)?,
        }
    }
    for (name, field, value) in known {
        if !(value.is_empty() && may_be_empty(field)) {
            values::check(name, field, value, policy)?;
        }
    }
    Ok(())
}

/// Takes out, of a request whose shape is good, the fields that say nothing: an optional text that is empty is
/// as if it were absent (decided: real clients send empty address lines).
pub fn drop_empty_text(fields: &mut Fields) {
    if fields.iter().any(|(_, value)| value.is_empty()) {
        // Whether an empty value may be dropped is the same in every version of a field.
        fields.retain(|name, value| !value.is_empty() || !rows(name).first().is_none_or(may_be_empty));
    }
}

fn may_be_empty(field: &Field) -> bool {
    field.kind == Kind::Text && !field.is_required_somewhere()
}

fn accept_unknown(name: &FieldName, policy: UnknownFields) -> Result<(), Rejection> {
    let accepted = match policy {
        UnknownFields::Refuse => false,
        // A known field of other versions is no unknown field.
        UnknownFields::KnownGroups => rows(name).is_empty() && place(name) == Place::Open,
        UnknownFields::Accept => true,
    };
    if !accepted {
        return Err(Rejection::unsupported(mask_digit_runs(name.as_str())));
    }
    unknown::count(name);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::errors;
    use crate::domain::rejection::ValidationType;
    use proptest::prelude::*;

    const NUMBER: &str = "sourceOfFunds.provided.card.number";

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| (FieldName::parse(name).unwrap(), value.to_string())).collect()
    }

    fn refused(pairs: &[(&str, &str)], version: &str, policy: Policy) -> Option<(String, ValidationType, String)> {
        let version = ApiVersion::parse(version).unwrap();
        let rejection = shape(&fields(pairs), version, &policy).err()?;
        let (field, what) = rejection.about().expect("an error of the shape names a field");
        Some((field.to_owned(), what, errors::explanation(ApiVersion::NEWEST, &rejection)))
    }

    fn unsupported(name: &str, version: &str, unknown_fields: UnknownFields) -> bool {
        let found = refused(&[(name, "1")], version, Policy { unknown_fields, ..Policy::default() });
        match found {
            Some((field, ValidationType::Unsupported, text)) => {
                assert_eq!((field, text), (name.to_owned(), format!("Unexpected parameter '{name}'")));
                true
            }
            _ => false,
        }
    }

    #[test]
    fn a_name_is_unsupported_where_its_group_cannot_hold_it() {
        use UnknownFields::{Accept, KnownGroups, Refuse};
        for (name, version, refuse, known_groups, accept) in [
            ("order.reference", "100", false, false, false),
            ("order.custom.colour", "100", false, false, false),
            ("order.unheardOf", "100", true, false, false),
            ("order.discount.unheardOf", "100", true, true, false),
            ("unheardOf", "100", true, true, false),
            ("unheardOf.name", "100", true, true, false),
            ("3DSecure.xid", "100", true, true, false),
            ("3DSecure.xid", "62", false, false, false),
            ("customer.ipAddress", "100", true, true, false),
            ("session", "18", false, false, false),
            ("session", "30", true, true, false),
        ] {
            for (policy, expected) in [(Refuse, refuse), (KnownGroups, known_groups), (Accept, accept)] {
                assert_eq!(unsupported(name, version, policy), expected, "{name} in {version} under {policy:?}");
            }
        }
    }

    #[test]
    fn policies_are_written_in_kebab_case() {
        let read = |text: &str| serde_json::from_str::<UnknownFields>(text).ok();
        assert_eq!(read("\"refuse\""), Some(UnknownFields::Refuse));
        assert_eq!(read("\"known-groups\""), Some(UnknownFields::KnownGroups));
        assert_eq!(read("\"accept\""), Some(UnknownFields::Accept));
        assert_eq!(read("\"Accept\""), None);
    }

    #[test]
    fn names_come_before_values_and_both_in_byte_order() {
        let named = |pairs: &[(&str, &str)]| refused(pairs, "100", Policy::default()).map(|(field, ..)| field);
        assert_eq!(named(&[("order.amount", "x"), ("zebra", "1")]).as_deref(), Some("zebra"));
        assert_eq!(named(&[("zebra", "1"), ("aardvark", "1")]).as_deref(), Some("aardvark"));
        assert_eq!(named(&[("order.currency", "x"), ("order.amount", "x")]).as_deref(), Some("order.amount"));
    }

    #[test]
    fn a_card_number_in_a_name_is_masked() {
        let (field, _, text) = refused(&[("a.5123450000000008", "1")], "100", Policy::default()).unwrap();
        assert_eq!(field, "a.512345xxxxxx0008");
        assert_eq!(text, "Unexpected parameter 'a.512345xxxxxx0008'");
    }

    #[test]
    fn an_empty_optional_text_is_as_if_absent_and_no_other_field_is() {
        let empty_text = [("billing.address.street2", ""), ("order.custom.note", ""), ("order.reference", "")];
        assert_eq!(refused(&empty_text, "100", Policy::default()), None);
        let mut dropped = fields(&empty_text);
        drop_empty_text(&mut dropped);
        assert!(dropped.is_empty(), "{dropped:?}");
        for (name, minimum) in [
            ("order.id", 1),
            ("merchant", 1),
            ("apiPassword", 32),
            (NUMBER, 9),
            ("order.currency", 3),
            ("order.amount", 1),
        ] {
            let (field, what, text) = refused(&[(name, "")], "100", Policy::default()).expect(name);
            assert_eq!((field.as_str(), what), (name, ValidationType::Invalid));
            let reason = format!("Length is 0 characters, but must be at least {minimum}");
            assert_eq!(text, format!("Value '' is invalid. {reason}"));
            let mut kept = fields(&[(name, "")]);
            drop_empty_text(&mut kept);
            assert!(kept.contains(name), "{name}");
        }
    }

    #[test]
    fn limits_of_a_field_depend_on_the_version() {
        let merchant = "x".repeat(26);
        let (_, _, text) = refused(&[("merchant", &merchant)], "1", Policy::default()).unwrap();
        assert_eq!(text, format!("Value '{merchant}' is invalid. Length is 26 characters, but must be less than 17"));
        assert_eq!(refused(&[("merchant", &merchant)], "2", Policy::default()), None);
    }

    #[test]
    fn fields_of_an_open_group_are_counted_by_name() {
        assert_eq!(refused(&[("order.item[4].countedHere", "1")], "100", Policy::default()), None);
        assert_eq!(refused(&[("order.item[5].countedHere", "1")], "100", Policy::default()), None);
        let counted = accepted_unknown_names();
        let here = counted.iter().find(|(name, _)| name == "order.item[n].countedHere");
        assert_eq!(here.map(|(_, count)| *count), Some(2), "{counted:?}");
    }

    proptest! {
        #[test]
        fn any_fields_are_checked_without_panic(
            pairs in proptest::collection::vec((0..crate::spec::fields::FIELDS.len(), any::<String>()), 0..8),
            version in 1..80u8,
        ) {
            let request: Fields = pairs
                .into_iter()
                .map(|(row, value)| {
                    let name = crate::spec::fields::FIELDS[row].name.replace("[n]", "[0]").replace('*', "x");
                    (FieldName::parse(&name).unwrap(), value)
                })
                .collect();
            let version = ApiVersion::parse(&version.to_string()).unwrap();
            let policy = Policy { unknown_fields: UnknownFields::Accept, accept_live_numbers: true, ..Policy::default() };
            let _ = shape(&request, version, &policy);
        }
    }
}
