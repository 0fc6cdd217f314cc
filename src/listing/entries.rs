//! The fields of an API version, an entry each, with everything that the tables say of a field.

use crate::dialect::requests;
use crate::fields::Name;
use crate::spec::conditions::CONDITIONS;
use crate::spec::fields::{Evidence, FIELDS, Field, Operations, Sensitivity};
use crate::spec::kinds::Kind;
use crate::spec::operations::{OPERATIONS, Operation, Required};
use crate::spec::versions::ApiVersion;
use serde::Serialize;
use std::borrow::Cow;

/// One field of an API version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// The name, every index written `[n]`; a last segment `*` stands for any.
    pub name: &'static str,
    /// The kind of its values, in a word.
    pub kind: &'static str,
    /// The limits of the kind: the values of an enum, the bounds of a number, further characters, or a pattern.
    pub values: String,
    /// The fewest characters. It is none where the kind alone decides.
    pub min: Option<u16>,
    /// The most characters. It is none where the kind alone decides.
    pub max: Option<u16>,
    /// The first API version of this row of the field.
    pub since: ApiVersion,
    /// The last API version of this row of the field.
    pub until: ApiVersion,
    /// The operations that require the field.
    pub required: Vec<&'static str>,
    /// The operations that require the field or another one in its place.
    pub alternatives: Vec<Alternative>,
    /// The groups and fields that require the field once a request has them.
    pub required_with: Vec<With>,
    /// The operations that take the field. The list is empty where every operation does.
    pub operations: Vec<&'static str>,
    /// The part of a value that may be shown: all, masked, hidden or nothing.
    pub shown: &'static str,
    /// Whether a session may hold the field.
    pub stored: bool,
    /// Whether a payer, who authenticates with nothing but a session, may write the field.
    pub payer: bool,
    /// The source that vouches for the field: documented, sdk, client or inferred.
    pub evidence: &'static str,
}

/// An operation that takes another field in place of one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Alternative {
    /// The operation.
    pub operation: &'static str,
    /// The fields, any of which meets the requirement.
    pub others: Vec<&'static str>,
}

/// A group that requires a field, or a field that requires another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct With {
    /// The group or field.
    pub group: Cow<'static, str>,
    /// The operation that requires the field. It is none where every operation does.
    pub operation: Option<&'static str>,
}

/// The fields of a version, or those that one operation takes in the version, sorted by name in byte order. The entries
/// of one operation leave out what other operations require.
pub fn entries(version: ApiVersion, operation: Option<&Operation>) -> Vec<Entry> {
    let is_listed = |row: &&Field| {
        let is_of_it = operation.is_none_or(|operation| is_taken(row, operation, version));
        row.versions.contains(version) && is_of_it
    };
    FIELDS.iter().filter(is_listed).map(|row| entry(row, version, operation)).collect()
}

fn entry(row: &Field, version: ApiVersion, only: Option<&Operation>) -> Entry {
    let of_version = || OPERATIONS.iter().filter(|operation| operation.versions.contains(version));
    let asked = || of_version().filter(|operation| only.is_none_or(|only| only.op == operation.op));
    let (mut required, mut alternatives, mut required_with) = (Vec::new(), Vec::new(), with_its_group(row.name));
    for operation in asked() {
        let name = operation.name;
        for requirement in operation.required {
            match requirement {
                Required::With { group, names } if names.contains(&row.name) => {
                    required_with.push(With { group: Cow::Borrowed(group.as_str()), operation: Some(name) });
                }
                Required::In(versions, _) if !versions.contains(version) => {}
                Required::With { .. } => {}
                Required::One(_) | Required::Either(_) | Required::In(..) => {
                    let mut others = accepted(operation, version, requirement);
                    let accepts_it = others.contains(&row.name);
                    others.retain(|other| *other != row.name);
                    match others.is_empty() {
                        _ if !accepts_it => {}
                        true => required.push(name),
                        false => {
                            let others = others.iter().map(|other| other.as_str()).collect();
                            alternatives.push(Alternative { operation: name, others });
                        }
                    }
                }
            }
        }
    }
    Entry {
        name: row.name.as_str(),
        kind: row.kind.word(),
        values: narrowed(row.kind),
        min: row.kind.is_measured().then_some(row.min),
        max: row.kind.is_measured().then_some(row.max),
        since: row.versions.first(),
        until: row.versions.last(),
        required,
        alternatives,
        required_with,
        operations: match row.operations {
            Operations::EVERY => Vec::new(),
            _ => of_version().filter(|operation| is_taken(row, operation, version)).map(|row| row.name).collect(),
        },
        shown: shown(row.sensitivity),
        stored: row.stored,
        payer: row.payer,
        evidence: match row.evidence {
            Evidence::Documented => "documented",
            Evidence::Sdk => "sdk",
            Evidence::Client => "client",
            Evidence::Inferred => "inferred",
        },
    }
}

/// Whether an operation takes a field. An operation that reads an older name as another takes the older name too.
fn is_taken(row: &Field, operation: &Operation, version: ApiVersion) -> bool {
    row.is_of(operation.op) || requests::is_old_name(operation.op, version, row.name)
}

fn shown(sensitivity: Sensitivity) -> &'static str {
    match sensitivity {
        Sensitivity::Plain => "all",
        Sensitivity::Masked => "masked",
        Sensitivity::Hidden => "hidden",
        Sensitivity::Secret => "nothing",
    }
}

/// The text that [`Kind`] prints behind its word.
fn narrowed(kind: Kind) -> String {
    kind.to_string().strip_prefix(kind.word()).unwrap_or_default().trim_start().to_owned()
}

/// The names that meet a requirement. The older names of the version come last.
fn accepted(operation: &Operation, version: ApiVersion, requirement: &Required) -> Vec<Name> {
    let names = requirement.names();
    let old = names.iter().flat_map(|name| requests::old_names(operation.op, version, *name));
    names.iter().copied().chain(old).collect()
}

fn with_its_group(name: Name) -> Vec<With> {
    let rows = CONDITIONS.iter().filter(|row| row.required.contains(&name));
    rows.map(|row| With { group: row.present(), operation: None }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::operations::Op;

    fn newest(operation: Option<&Operation>, name: &str) -> Entry {
        let found = entries(ApiVersion::NEWEST, operation).into_iter().find(|entry| entry.name == name);
        found.unwrap_or_else(|| panic!("{name} is listed"))
    }

    #[test]
    fn every_row_is_listed_in_each_of_its_versions() {
        for version in ApiVersion::every() {
            let listed: Vec<&str> = entries(version, None).iter().map(|entry| entry.name).collect();
            let of_version = FIELDS.iter().filter(|row| row.versions.contains(version));
            let expected: Vec<&str> = of_version.map(|row| row.name.as_str()).collect();
            assert_eq!(listed, expected, "version {version}");
        }
    }

    #[test]
    fn an_entry_says_who_requires_it() {
        let id = newest(None, "order.id");
        assert!(id.required.contains(&"PAY") && id.required.contains(&"RETRIEVE_ORDER"), "{id:?}");
        assert_eq!(newest(Some(Op::Pay.row()), "order.id").required, ["PAY"]);
        let amount = newest(Some(Op::AuthenticatePayer.row()), "order.amount");
        assert!(amount.required.is_empty(), "{amount:?}");
        assert_eq!(amount.alternatives[0].others, ["order.netAmount"]);
        let groups =
            |name| newest(None, name).required_with.iter().map(|with| with.group.to_string()).collect::<Vec<_>>();
        assert_eq!(groups("cruise.departureDate"), ["cruise"]);
        assert_eq!(groups("order.item[n].name"), ["order.item[n]"]);
        assert_eq!(
            groups("sourceOfFunds.provided.ebt.voucherNumber"),
            ["sourceOfFunds.provided.ebt.manualAuthorizationCode"]
        );
        let code = newest(Some(Op::Capture.row()), "transaction.authorizationCode").required_with;
        assert_eq!(code, [With { group: "sourceOfFunds".into(), operation: Some("CAPTURE") }]);
    }

    #[test]
    fn an_older_version_takes_its_own_names_instead() {
        let of = |number: &str, name: &str| {
            let version = ApiVersion::parse(number).unwrap();
            let listed = entries(version, Some(Op::Pay.row()));
            let entry = listed.into_iter().find(|entry| entry.name == name).unwrap();
            (entry.required, entry.alternatives.into_iter().next().map(|row| row.others).unwrap_or_default())
        };
        let number = "sourceOfFunds.provided.card.number";
        assert_eq!(of("16", "card.number"), (vec![], vec![number]));
        assert_eq!(of("16", number), (vec![], vec!["card.number"]));
        assert_eq!(of("17", number), (vec!["PAY"], vec![]));
        assert_eq!(of("20", "transaction.amount"), (vec![], vec!["order.amount", "order.netAmount"]));
        let newest = entries(ApiVersion::NEWEST, Some(Op::Pay.row()));
        assert!(newest.iter().all(|entry| entry.name != "transaction.amount"), "it is read so up to version 20");
    }

    #[test]
    fn an_entry_says_what_a_value_may_be() {
        let variability = newest(None, "agreement.amountVariability");
        assert_eq!((variability.kind, variability.values.as_str()), ("enum", "FIXED|VARIABLE"));
        assert_eq!((variability.min, variability.max), (None, None), "an enum's values have their own lengths");
        let number = newest(None, "sourceOfFunds.provided.card.number");
        assert_eq!((number.min, number.max, number.shown), (Some(9), Some(19), "masked"));
        assert!(newest(None, "merchant").operations.is_empty(), "every operation takes it");
    }
}
