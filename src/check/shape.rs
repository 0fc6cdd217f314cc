//! The shape of a request: whether names are known and values well-formed. Each field is checked by itself, against
//! the table of fields, before the caller and the operation are known.
//!
//! All names are checked before all values, and both in byte order. A request with two mistakes therefore always gets
//! the same error.

mod values;

use crate::domain::notification::Targets;
use crate::domain::rejection::Rejection;
use crate::domain::secret::mask_digit_runs;
use crate::fields::{FieldName, Fields};
use crate::spec::fields::{Field, field, rows};
use crate::spec::groups::{Place, place};
use crate::spec::kinds::Kind;
use crate::spec::versions::ApiVersion;
use std::iter;

/// The settings of an operator for the shape of requests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// The treatment of a field that is in no table.
    pub unknown_fields: UnknownFields,
    /// Whether card numbers are accepted that are not published for testing.
    pub accept_live_numbers: bool,
    /// The targets that notifications may have.
    pub targets: Targets,
}

/// The treatment of a field that is in no table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum UnknownFields {
    /// The field is refused.
    Refuse,
    /// The field is accepted and its name logged, if its group may have fields that no public source lists.
    #[default]
    KnownGroups,
    /// The field is accepted and its name logged.
    Accept,
}

/// Checks the names, then the values, of a request up to the first mistake. Returns the accepted names that no table
/// has.
///
/// # Errors
/// The first of the [`mistakes`].
pub fn shape<'a>(fields: &'a Fields, version: ApiVersion, policy: &Policy) -> Result<Vec<&'a FieldName>, Rejection> {
    let mut unknown = Vec::new();
    let first = examine(fields, version, policy, |name| unknown.push(name)).next();
    first.map_or(Ok(unknown), Err)
}

/// All mistakes in the shape of a request: those of its names, then those of its values, both in byte order.
pub fn mistakes(fields: &Fields, version: ApiVersion, policy: &Policy) -> impl Iterator<Item = Rejection> {
    examine(fields, version, policy, |_| {})
}

/// Examines each field only when the iterator reaches it. A request with a mistake is then not examined further.
fn examine<'a>(
    fields: &'a Fields,
    version: ApiVersion,
    policy: &Policy,
    mut accept_unknown: impl FnMut(&'a FieldName),
) -> impl Iterator<Item = Rejection> {
    let mut named = fields.iter();
    let mut known = Vec::with_capacity(fields.len());
    let mut examined = 0;
    iter::from_fn(move || {
        for (name, value) in named.by_ref() {
            match field(name, version) {
                Some(row) => known.push((name, row, value)),
                None if is_accepted(name, policy.unknown_fields) => accept_unknown(name),
                None => return Some(Rejection::unsupported(mask_digit_runs(&name.text()))),
            }
        }
        while let Some((name, row, value)) = known.get(examined) {
            examined += 1;
            if !(value.is_empty() && may_be_empty(row))
                && let Err(mistake) = values::check(name, row, value, policy)
            {
                return Some(mistake);
            }
        }
        None
    })
}

/// Removes empty optional texts from a request of good shape. An empty text counts as absent (decided: real clients
/// send empty address lines).
pub fn drop_empty_text(fields: &mut Fields) {
    if fields.iter().any(|(_, value)| value.is_empty()) {
        // Every version of a field agrees on whether an empty value may be dropped.
        fields.retain(|name, value| !value.is_empty() || !known_rows(name).first().is_none_or(may_be_empty));
    }
}

fn known_rows(name: &FieldName) -> &'static [Field] {
    name.known().map(rows).unwrap_or_default()
}

fn may_be_empty(field: &Field) -> bool {
    field.kind == Kind::Text && !field.is_required_somewhere()
}

/// Whether a name that the version does not know is accepted.
fn is_accepted(name: &FieldName, policy: UnknownFields) -> bool {
    match policy {
        UnknownFields::Refuse => false,
        // A field that other versions know is no unknown field.
        UnknownFields::KnownGroups => known_rows(name).is_empty() && place(name) == Place::Open,
        UnknownFields::Accept => true,
    }
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
            assert_eq!(kept.len(), 1, "{name}");
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
    fn accepted_names_that_no_table_has_are_given_back() {
        let request = fields(&[("order.id", "1"), ("order.item[4].unheardOf", "1"), ("order.unheardOf", "")]);
        let accepted = shape(&request, ApiVersion::NEWEST, &Policy::default());
        let accepted: Vec<String> = accepted.expect("they are accepted").iter().map(ToString::to_string).collect();
        assert_eq!(accepted, ["order.item[4].unheardOf", "order.unheardOf"]);
        let refused = fields(&[("order.amount", "x"), ("order.unheardOf", "1")]);
        assert!(shape(&refused, ApiVersion::NEWEST, &Policy::default()).is_err());
    }

    #[test]
    fn every_mistake_is_found_names_before_values() {
        let request =
            fields(&[("order.currency", "x"), ("order.amount", "x"), ("order.id", "1"), ("z", "1"), ("a", "1")]);
        let found: Vec<String> = mistakes(&request, ApiVersion::NEWEST, &Policy::default())
            .filter_map(|mistake| mistake.about().map(|(name, _)| name.to_owned()))
            .collect();
        assert_eq!(found, ["a", "z", "order.amount", "order.currency"]);
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
                    let name = crate::spec::fields::FIELDS[row].name.as_str().replace("[n]", "[0]").replace('*', "x");
                    (FieldName::parse(&name).unwrap(), value)
                })
                .collect();
            let version = ApiVersion::parse(&version.to_string()).unwrap();
            let policy = Policy { unknown_fields: UnknownFields::Accept, accept_live_numbers: true, ..Policy::default() };
            let _ = shape(&request, version, &policy);
        }
    }
}
