//! Step 8: whether fields meet the rules of the table [`crate::spec::cross_field_rules`].
//!
//! No source shows the gateway's wordings, unless a comment says so. They are decided.

use crate::domain::decimal;
use crate::domain::merchant::Merchant;
use crate::domain::rejection::{Reason, Rejection};
use crate::domain::secret::{in_error, mask_card_numbers, mask_digit_runs};
use crate::domain::timestamp::Timestamp;
use crate::fields::{Fields, Name, names};
use crate::spec::cards;
use crate::spec::cross_field_rules::{CrossFieldRule, FIELD_RULES, FieldRules, PAYERS};
use crate::spec::fields::Sensitivity;
use crate::spec::operations::Operation;
use std::borrow::Cow;

/// The most that local time anywhere is behind UTC. A day has gone by when it has everywhere (decided).
const FARTHEST_BEHIND_SECONDS: i64 = 12 * 60 * 60;

/// A request whose fields are held against the rules.
pub(super) struct Asked<'a> {
    pub operation: &'a Operation,
    pub fields: &'a Fields,
    pub merchant: &'a Merchant,
    /// The time, where days may have gone by.
    pub now: Option<Timestamp>,
}

/// Holds the fields of a request against the rules.
///
/// # Errors
/// The first rule that the fields break, in the order of the table.
pub(super) fn check(asked: &Asked<'_>) -> Result<(), Rejection> {
    let rows = asked.fields.beginning(FIELD_RULES, |row| row.group);
    for row in rows.filter(|row| asked.looks_at(row)) {
        for rule in row.rules {
            asked.follows(row, rule)?;
        }
    }
    Ok(())
}

impl Asked<'_> {
    /// A session may be filled field by field, and an operation does not look at fields of other operations. But no
    /// operation takes a card number that stands where none belongs (decided).
    fn looks_at(&self, row: &FieldRules) -> bool {
        let is_used = || !self.operation.session.is_about_one() && row.is_of(self.operation.op);
        matches!(row.rules, [CrossFieldRule::NoCardNumber]) || is_used()
    }

    fn follows(&self, row: &FieldRules, rule: &CrossFieldRule) -> Result<(), Rejection> {
        let value = self.fields.get(row.field).unwrap_or_default();
        let refused = |reason: Reason| Err(invalid(row.field, value, reason));
        match rule {
            CrossFieldRule::NoCardNumber => match mask_card_numbers(value) {
                Some(masked) => Err(invalid(row.field, &masked, Reason::HoldsCardNumber)),
                None => Ok(()),
            },
            CrossFieldRule::Needs { saying, one_of } if saying.is_empty() || saying.contains(&value) => {
                self.needs(one_of)
            }
            CrossFieldRule::NeedsOfPayer(needed, text) if self.is_payers() && !self.fields.contains(*needed) => {
                Err(Rejection::field(*needed, Reason::MissingBeside(text)))
            }
            CrossFieldRule::NotPast if self.is_payers() && self.now.is_some_and(|now| has_gone_by(value, now)) => {
                refused("The day has gone by.".into())
            }
            CrossFieldRule::NotBefore(first) if self.fields.get(*first).is_some_and(|first| value < first) => {
                refused(format!("It is before {first}.").into())
            }
            CrossFieldRule::MoreThanZero => self.more_than_zero(row),
            CrossFieldRule::Excludes { saying, field, value: excluded } => match self.fields.get(*field) {
                Some(other) if value == *saying && other == *excluded => {
                    Err(invalid(*field, other, format!("Not with {} {saying}.", row.field)))
                }
                _ => Ok(()),
            },
            CrossFieldRule::CategoryCode if value != self.merchant.category_code => {
                refused("Not a category code of the merchant.".into())
            }
            CrossFieldRule::PartOf(whole)
                if self.fields.get(*whole).is_some_and(|whole| decimal::is_more(value, whole)) =>
            {
                refused(format!("It is a part of {whole}, and cannot be more.").into())
            }
            CrossFieldRule::LengthByBrand(limits) => self.length_by_brand(row, limits),
            CrossFieldRule::Map { keys, characters } => self.map(row, *keys, *characters),
            _ => Ok(()),
        }
    }

    fn needs(&self, one_of: &[Name]) -> Result<(), Rejection> {
        match one_of.first() {
            Some(first) if !one_of.iter().any(|name| self.fields.contains(*name)) => Err(Rejection::missing(*first)),
            _ => Ok(()),
        }
    }

    /// Whether the payer initiates the payment: a merchant who does says so.
    fn is_payers(&self) -> bool {
        PAYERS.contains(&self.operation.op) && self.fields.get(names::TRANSACTION_SOURCE) != Some("MERCHANT")
    }

    fn more_than_zero(&self, row: &FieldRules) -> Result<(), Rejection> {
        let of_elements = self.fields.below(row.group).filter(|(name, _)| name.known() == Some(row.field));
        for (name, value) in of_elements {
            if !value.bytes().any(|byte| matches!(byte, b'1'..=b'9')) {
                return Err(invalid(name.to_string(), value, "It must be greater than zero."));
            }
        }
        Ok(())
    }

    fn length_by_brand(&self, row: &FieldRules, limits: &[(&str, usize)]) -> Result<(), Rejection> {
        let value = self.fields.get(row.field).unwrap_or_default();
        let brand = self.fields.get(names::PROVIDED_CARD_NUMBER).and_then(cards::brand);
        let limit = brand.and_then(|brand| limits.iter().find(|(name, _)| *name == brand.name));
        let length = value.chars().count();
        match limit {
            Some((_, most)) if length > *most => {
                Err(invalid(row.field, value, Reason::TooLong { length, most: *most }))
            }
            _ => Ok(()),
        }
    }

    fn map(&self, row: &FieldRules, keys: usize, characters: usize) -> Result<(), Rejection> {
        for (at, (name, value)) in self.fields.below(row.group).enumerate() {
            let key = name.text();
            let key = key.get(row.group.as_str().len() + 1..).unwrap_or_default();
            let reason = if at >= keys {
                format!("{} has at most {keys} keys.", row.group)
            } else if !key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                format!("A key of {} is of letters and digits.", row.group)
            } else if key.len() > characters {
                format!("A key of {} has at most {characters} characters.", row.group)
            } else {
                continue;
            };
            return Err(invalid(mask_digit_runs(&name.text()), value, reason));
        }
        Ok(())
    }
}

/// Dates of one form are in the order of their text.
fn has_gone_by(day: &str, now: Timestamp) -> bool {
    day < now.plus_seconds(-FARTHEST_BEHIND_SECONDS).to_date().as_str()
}

fn invalid(field: impl Into<Cow<'static, str>>, value: &str, reason: impl Into<Reason>) -> Rejection {
    Rejection::invalid(field, in_error(Sensitivity::Plain, value), reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_has_gone_by_when_it_has_everywhere() {
        for (now, expected) in [
            ("2026-11-25T23:59:59Z", false),
            ("2026-11-26T11:59:59.999Z", false),
            ("2026-11-26T12:00:00Z", true),
            ("2027-01-01T00:00:00Z", true),
        ] {
            let moment = Timestamp::parse(now).unwrap();
            assert_eq!(has_gone_by("2026-11-25", moment), expected, "{now}");
        }
    }
}
