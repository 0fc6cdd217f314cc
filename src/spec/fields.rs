//! Every known request field: one row a field, from which validation, masking, typing and the printed
//! catalogue are all read.
//!
//! The build makes the rows from `catalogue/fields.tsv`. A field whose limits changed has a row for each range of
//! versions.

use super::kinds::{Json, Kind};
use super::operations::{OPERATIONS, Op, Required};
use super::versions::{ApiVersion, Versions};
use crate::fields::{FieldName, Name, names};

/// One request field, in one range of versions.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// The name, every index written `[n]`; a last segment `*` stands for any (`order.custom.*`).
    pub name: Name,
    /// What a value may be made of.
    pub kind: Kind,
    /// The fewest characters of a value, at least 1.
    pub min: u16,
    /// The most characters of a value; [`crate::limits::VALUE_BYTES`] where no source names a limit.
    pub max: u16,
    /// The API versions that have the field so.
    pub versions: Versions,
    /// What may be shown of a value.
    pub sensitivity: Sensitivity,
    /// Whether a session may hold it.
    pub stored: bool,
    /// Whether a payer, who authenticates with nothing but a session, may write it.
    pub payer: bool,
    /// The type of its value in a JSON answer.
    pub json: Json,
    /// The operations it is catalogued for, sorted; see [`Field::is_of`].
    pub operations: Operations,
    /// What is known to vouch for it.
    pub evidence: Evidence,
}

/// What may be shown of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sensitivity {
    /// All of it.
    Plain,
    /// The first six and the last four characters.
    Masked,
    /// One `x` for each character.
    Hidden,
    /// Nothing.
    Secret,
}

/// What vouches for a field, the strongest where there are several.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The gateway's own reference.
    Documented,
    /// A library or sample that the gateway's makers or their partners publish.
    Sdk,
    /// A public client that sends it.
    Client,
    /// Limits or kind by analogy with a documented field.
    Inferred,
}

/// A set of operations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Operations(u64);

impl Operations {
    /// Every operation, those included that nobody knows yet.
    pub const EVERY: Operations = Operations(u64::MAX);

    /// These operations.
    pub const fn of(operations: &[Op]) -> Operations {
        let (mut set, mut at) = (0, 0);
        // A constant function has no `for`.
        while at < operations.len() {
            set |= 1 << operations[at] as u64;
            at += 1;
        }
        Operations(set)
    }

    /// Whether the operation is one of them.
    pub const fn contains(self, operation: Op) -> bool {
        self.0 & 1 << operation as u64 != 0
    }
}

impl Field {
    /// Whether the field is catalogued for the operation. A `false` is no proof that the gateway refuses it:
    /// the lists of optional fields are not complete.
    pub fn is_of(&self, operation: Op) -> bool {
        self.operations.contains(operation)
    }

    /// Whether some operation cannot do without the field. One that may stand in another's place can be done without.
    pub fn is_required_somewhere(&self) -> bool {
        OPERATIONS.iter().flat_map(|row| row.required).any(|required| match required {
            Required::Either(names) => names.first() == Some(&self.name),
            others => others.names().contains(&self.name),
        })
    }
}

include!(concat!(env!("OUT_DIR"), "/fields.rs"));

/// The rows of a request field, one for each range of versions; none for a name that answers alone have.
pub fn rows(name: Name) -> &'static [Field] {
    let (start, end) = ROWS[name.number()];
    &FIELDS[usize::from(start)..usize::from(end)]
}

/// The row of a request field in an API version.
pub fn field(name: &FieldName, version: ApiVersion) -> Option<&'static Field> {
    rows(name.known()?).iter().find(|row| row.versions.contains(version))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::limits;
    use crate::spec::dialect;
    use crate::spec::operations::SessionUse;
    use regex::Regex;

    fn name(text: &str) -> FieldName {
        FieldName::parse(text).unwrap()
    }

    fn newest(text: &str) -> Option<&'static Field> {
        field(&name(text), ApiVersion::NEWEST)
    }

    #[test]
    fn the_table_is_sorted_and_the_versions_of_a_field_do_not_overlap() {
        for pair in FIELDS.windows(2) {
            let in_order = pair[0].name < pair[1].name;
            let later = pair[0].name == pair[1].name && pair[0].versions.is_before(pair[1].versions);
            assert!(in_order || later, "{} stands before {}", pair[0].name, pair[1].name);
        }
    }

    #[test]
    fn names_follow_the_grammar() {
        for row in FIELDS {
            let example = row.name.as_str().replace("[n]", "[0]").replace('*', "x");
            assert!(FieldName::parse(&example).is_some(), "{}", row.name);
        }
    }

    #[test]
    fn limits_and_versions_are_sane() {
        for row in FIELDS {
            assert!(1 <= row.min && row.min <= row.max, "{}: {} to {}", row.name, row.min, row.max);
            assert!(usize::from(row.max) <= limits::VALUE_BYTES, "{}: {}", row.name, row.max);
            assert!(row.versions.is_real(), "{}: {:?}", row.name, row.versions);
        }
    }

    #[test]
    fn what_narrows_a_kind_is_there_and_can_be_met() {
        for row in FIELDS {
            match row.kind {
                Kind::Enum(values) | Kind::EnumList(values) => {
                    assert!(!values.is_empty(), "{}", row.name);
                    assert!(values.is_sorted() && values.windows(2).all(|pair| pair[0] != pair[1]), "{}", row.name);
                    for value in values {
                        assert!((row.min..=row.max).contains(&(value.len() as u16)), "{}: {value}", row.name);
                    }
                }
                Kind::Number(least, most) => assert!(least < most, "{}: {least} to {most}", row.name),
                Kind::Pattern(pattern) => assert!(Regex::new(pattern).is_ok(), "{}: {pattern}", row.name),
                _ => {}
            }
        }
    }

    #[test]
    fn a_set_of_operations_has_those_it_was_made_of() {
        let set = Operations::of(&[Op::AuthenticatePayer, Op::Pay, Op::Void]);
        for row in OPERATIONS {
            assert!(Operations::EVERY.contains(row.op));
            let expected = ["AUTHENTICATE_PAYER", "PAY", "VOID"].contains(&row.name);
            assert_eq!(set.contains(row.op), expected, "{}", row.name);
        }
    }

    #[test]
    fn every_required_field_has_a_row_in_every_version_of_its_operation() {
        for operation in OPERATIONS {
            for required in operation.required {
                for version in operation.versions.iter() {
                    let has = |name: &Name| rows(*name).iter().any(|row| row.versions.contains(version));
                    let found = required.names().iter().any(has);
                    assert!(found, "{} in version {version}: {required:?}", operation.name);
                }
            }
        }
    }

    #[test]
    fn a_required_field_is_catalogued_for_its_operation() {
        for operation in OPERATIONS {
            for required in operation.required.iter().flat_map(|required| required.names()) {
                let older = dialect::RENAMED.iter().filter(|row| row.new == *required).map(|row| row.old);
                let of_it = older.chain([*required]).flat_map(rows).any(|row| row.is_of(operation.op));
                assert!(of_it, "{} requires {required}", operation.name);
            }
        }
    }

    #[test]
    fn the_operations_of_session_id_are_those_that_use_a_session() {
        let session_id = FIELDS.iter().find(|row| row.name == "session.id").unwrap();
        for operation in OPERATIONS {
            let uses_one = operation.session.is_about_one() || operation.session == SessionUse::References;
            assert_eq!(session_id.is_of(operation.op), uses_one, "{}", operation.name);
        }
    }

    #[test]
    fn cards_codes_and_credentials_are_not_plain() {
        for row in FIELDS {
            let expected = match row.kind {
                Kind::CardNumber | Kind::MaskedNumber => Sensitivity::Masked,
                Kind::SecurityCode => Sensitivity::Hidden,
                Kind::Track1 | Kind::Track2 => Sensitivity::Secret,
                _ if row.name == "apiPassword" || row.name == "session.id" => Sensitivity::Secret,
                _ => continue,
            };
            assert_eq!(row.sensitivity, expected, "{}", row.name);
        }
    }

    #[test]
    fn a_session_holds_neither_credentials_nor_itself() {
        for row in FIELDS.iter().filter(|row| row.operations == Operations::EVERY) {
            assert!(!row.stored, "{}", row.name);
        }
        for text in ["session.id", "session.version", "session.authenticationLimit", "responseControls.sensitiveData"] {
            assert_eq!(newest(text).map(|row| row.stored), Some(false), "{text}");
        }
        for text in ["order.id", "transaction.id", "sourceOfFunds.provided.card.securityCode", "order.item[3].name"] {
            assert_eq!(newest(text).map(|row| row.stored), Some(true), "{text}");
        }
    }

    #[test]
    fn a_payer_writes_the_card_and_never_the_amount() {
        for (text, expected) in [
            ("sourceOfFunds.provided.card.number", true),
            ("sourceOfFunds.provided.card.securityCode", true),
            ("billing.address.street", true),
            ("device.browser", true),
            ("order.amount", false),
            ("order.currency", false),
            ("order.id", false),
            ("merchant", false),
            ("apiPassword", false),
        ] {
            assert_eq!(newest(text).map(|row| row.payer), Some(expected), "{text}");
        }
    }

    #[test]
    fn indices_and_open_maps_are_found() {
        assert_eq!(newest("airline.itinerary.leg[10].carrierCode").map(|row| row.max), Some(6));
        assert_eq!(newest("order.custom.colour").map(|row| row.name), Some(names::ORDER_CUSTOM_ANY));
        assert_eq!(newest("risk.custom.a1").map(|row| row.name), Some(names::RISK_CUSTOM_ANY));
        for unknown in ["order.custom", "order.custom.a.b", "order.item.name", "order.id[0]", "order", "Order.id"] {
            assert!(newest(unknown).is_none(), "{unknown} is no field");
        }
    }

    #[test]
    fn fields_appear_and_disappear_with_their_versions() {
        for (text, version, expected) in [
            ("authentication.transactionId", "44", false),
            ("authentication.transactionId", "45", true),
            ("3DSecure.paRes", "84", true),
            ("3DSecure.paRes", "100", false),
            ("3DSecureId", "10", true),
            ("session.authenticationLimit", "46", false),
            ("session.authenticationLimit", "57", true),
            ("card.number", "1", true),
            ("card.number", "17", false),
            ("sourceOfFunds.session", "17", true),
            ("sourceOfFunds.session", "30", false),
            ("session", "18", true),
            ("session", "30", false),
            ("session.id", "18", true),
            ("transaction.amount", "1", true),
            ("transaction.amount", "100", true),
        ] {
            let version = ApiVersion::parse(version).unwrap();
            assert_eq!(field(&name(text), version).is_some(), expected, "{text} in version {version}");
        }
    }

    /// The request fields of 71 public clients, each of which has to be a row.
    const SENT_BY_CLIENTS: &str = include_str!("fields/sent_by_clients.txt");

    #[test]
    fn every_field_that_public_clients_send_is_known() {
        for text in SENT_BY_CLIENTS.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
            let known = name(text).known().map(rows).unwrap_or_default();
            assert!(!known.is_empty(), "{text} is sent by a public client");
        }
    }
}
