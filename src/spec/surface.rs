//! What an API version has, as sorted lines that can be printed, kept and compared: its operations and its fields.

use super::fields::{FIELDS, Field, Sensitivity};
use super::operations::{OPERATIONS, Operation, Required, SessionUse};
use crate::fields::Name;
use crate::spec::versions::ApiVersion;
use std::fmt;

/// The operations, then the fields, of a version, one a line, each part sorted by name in byte order.
pub fn surface(version: ApiVersion) -> Vec<String> {
    let operations = OPERATIONS.iter().filter(|row| row.versions.contains(version)).map(operation_line);
    let fields = FIELDS.iter().filter(|row| row.versions.contains(version)).map(field_line);
    operations.chain(fields).collect()
}

/// `operation PAY, offered, session optional, requires order.id, order.amount or order.netAmount`
pub fn operation_line(row: &Operation) -> String {
    let mut line = format!("operation {}", row.name);
    line.push_str(if row.offered { ", offered" } else { ", not offered yet" });
    line.push_str(match row.session {
        SessionUse::None => "",
        SessionUse::Creates | SessionUse::CreatesFilled => ", creates a session",
        SessionUse::Reads | SessionUse::Updates => ", session required",
        SessionUse::References => ", session optional",
    });
    for (at, required) in row.required.iter().enumerate() {
        line.push_str(if at == 0 { ", requires " } else { ", " });
        match required {
            Required::One(name) => line.push_str(name.as_str()),
            Required::Either(names) => line.push_str(&joined(names, " or ")),
            Required::With { group, names } => line.push_str(&format!("with {group} {}", joined(names, " and "))),
            Required::In(versions, name) => line.push_str(&format!("{name} (from version {})", versions.first())),
        }
    }
    line
}

fn joined(names: &[Name], between: &str) -> String {
    names.iter().map(|name| name.as_str()).collect::<Vec<_>>().join(between)
}

/// `field order.currency, currency, 3 to 3 characters`, with what may be shown of a value where that is not
/// all of it, and who keeps or writes it where that is not the rule.
pub fn field_line(row: &Field) -> String {
    let mut line = format!("field {}, {}", row.name, row.kind);
    if row.kind.is_measured() {
        line.push_str(&format!(", {} to {} characters", row.min, row.max));
    }
    line.push_str(match row.sensitivity {
        Sensitivity::Plain => "",
        Sensitivity::Masked => ", shown masked",
        Sensitivity::Hidden => ", shown as x",
        Sensitivity::Secret => ", never shown",
    });
    if !row.stored {
        line.push_str(", not in a session");
    }
    if row.payer {
        line.push_str(", payer may write it");
    }
    line
}

/// One difference between the surfaces of two versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A line only the first version has.
    Gone(String),
    /// A line only the second version has.
    Added(String),
    /// What both have, otherwise in the second version.
    Changed {
        /// The line of the first version.
        from: String,
        /// The line of the second version.
        to: String,
    },
}

/// `- line`, `+ line`, or `~ line` with the line it was before.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Difference::Gone(line) => write!(f, "- {line}"),
            Difference::Added(line) => write!(f, "+ {line}"),
            Difference::Changed { from, to } => write!(f, "~ {to} (was: {from})"),
        }
    }
}

impl Difference {
    fn between(before: Option<String>, after: Option<String>) -> Option<Difference> {
        match (before, after) {
            (Some(from), Some(to)) => (from != to).then_some(Difference::Changed { from, to }),
            (Some(from), None) => Some(Difference::Gone(from)),
            (None, to) => to.map(Difference::Added),
        }
    }
}

/// What the upgrade of an integration from one version to another would meet, in the order of the surfaces.
pub fn differences(from: ApiVersion, to: ApiVersion) -> Vec<Difference> {
    let operations = OPERATIONS.iter().filter_map(|row| {
        let line = |version: ApiVersion| row.versions.contains(version).then(|| operation_line(row));
        Difference::between(line(from), line(to))
    });
    let fields = FIELDS.chunk_by(|a, b| a.name == b.name).filter_map(|rows| {
        let line = |version: ApiVersion| rows.iter().find(|row| row.versions.contains(version)).map(field_line);
        Difference::between(line(from), line(to))
    });
    operations.chain(fields).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn version(number: u8) -> ApiVersion {
        ApiVersion::parse(&number.to_string()).unwrap()
    }

    fn printed(from: u8, to: u8) -> Vec<String> {
        differences(version(from), version(to)).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_surface_says_what_a_version_has() {
        let newest = surface(ApiVersion::NEWEST);
        for line in [
            "operation RETRIEVE_SESSION, offered, session required, requires session.id",
            "operation CLOSE_BATCH, not offered yet, requires acquirer.id",
            "operation VOID, offered, requires order.id, transaction.id, transaction.targetTransactionId (from version 13)",
            "field apiPassword, ascii, 32 to 255 characters, never shown, not in a session",
            "field order.currency, currency, 3 to 3 characters",
            "field sourceOfFunds.provided.card.number, card-number, 9 to 19 characters, shown masked, payer may write it",
            "field agreement.amountVariability, enum FIXED|VARIABLE, payer may write it",
        ] {
            assert!(newest.iter().any(|found| found == line), "{line}");
        }
        let in_order = |prefix: &str| {
            let names: Vec<&str> =
                newest.iter().filter_map(|line| line.strip_prefix(prefix)?.split(',').next()).collect();
            assert!(names.windows(2).all(|pair| pair[0] < pair[1]), "{prefix} lines are sorted by name");
            names.len()
        };
        assert_eq!(in_order("operation ") + in_order("field "), newest.len(), "nothing else is in a surface");
    }

    #[test]
    fn differences_are_what_an_upgrade_meets() {
        let found = printed(61, 100);
        for line in [
            "- operation CREATE_CHECKOUT_SESSION, offered, creates a session, requires order.id, order.currency",
            "+ operation INITIATE_CHECKOUT, offered, creates a session, requires interaction.operation, order.id, \
             order.currency",
            "- field 3DSecureId, ascii, 1 to 64 characters",
        ] {
            assert!(found.iter().any(|difference| difference == line), "{line}: {found:#?}");
        }
        assert!(!found.iter().any(|line| line.contains("operation PAY,")), "PAY is the same in both");
        let merchant = "field merchant, alphanumeric and '-_', 1 to 40 characters, not in a session";
        let earlier = merchant.replace("40", "16");
        assert!(printed(1, 2).contains(&format!("~ {merchant} (was: {earlier})")), "{:#?}", printed(1, 2));
    }

    proptest! {
        #[test]
        fn differences_turn_one_surface_into_the_other(from in 1..80u8, to in 1..80u8) {
            let mut lines = surface(version(from));
            for difference in differences(version(from), version(to)) {
                match difference {
                    Difference::Gone(line) => lines.retain(|found| *found != line),
                    Difference::Added(line) => lines.push(line),
                    Difference::Changed { from, to } => {
                        lines.retain(|found| *found != from);
                        lines.push(to);
                    }
                }
            }
            let mut expected = surface(version(to));
            lines.sort();
            expected.sort();
            prop_assert_eq!(lines, expected);
        }
    }
}
