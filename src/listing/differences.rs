//! The differences between two API versions. Each operation and each field of a version is a line, and lines are
//! compared.

use crate::fields::Name;
use crate::spec::fields::{FIELDS, Field, Sensitivity};
use crate::spec::operations::{OPERATIONS, Operation, Required, SessionUse};
use crate::spec::versions::ApiVersion;
use std::fmt;

/// The line of an operation: `operation PAY, offered, session optional, requires order.id, order.amount or
/// order.netAmount`.
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

/// The line of a field: `field order.currency, currency, 3 to 3 characters`. The line goes on where a value may not be
/// shown whole, where no session holds the field, and where a payer may write the field.
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

/// One difference between two API versions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// A line only the first version has.
    Gone(String),
    /// A line only the second version has.
    Added(String),
    /// A line of an operation or field that both versions have, and that is another in the second.
    Changed {
        /// The line of the first version.
        from: String,
        /// The line of the second version.
        to: String,
    },
}

/// `- line`, `+ line`, or `~ line` with the line of the first version behind it.
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

/// The differences that the upgrade of an integration from one version to another meets. Operations come before fields,
/// and each part is sorted by name.
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

    fn printed(from: &str, to: &str) -> Vec<String> {
        let [from, to] = [from, to].map(|text| ApiVersion::parse(text).unwrap());
        differences(from, to).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn differences_are_what_an_upgrade_meets() {
        let found = printed("61", "100");
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
        let found = printed("1", "2");
        assert!(found.contains(&format!("~ {merchant} (was: {earlier})")), "{found:#?}");
    }
}
