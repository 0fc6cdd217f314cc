//! What the value of a field asks of other fields, or of the merchant.
//!
//! The descriptions of the fields document the rules, unless a row says otherwise. A field that a group needs, whatever
//! its values are, stands in [`super::conditions`].

use super::fields;
use super::operations::Op;
use crate::fields::names::groups;
use crate::fields::{Group, Name, names};

/// A field and the rules that it must meet.
pub struct FieldRules {
    /// The group that has the names that the row is about: the field itself, the map or the array.
    pub group: Group,
    /// The field as the catalogue names it. The catalogue knows the operations that take the field.
    pub field: Name,
    /// The rules, in the order in which they are looked at.
    pub rules: &'static [CrossFieldRule],
}

/// A rule that a field must meet.
pub enum CrossFieldRule {
    /// No card number stands in the value.
    NoCardNumber,
    /// With one of these values, one of the other fields is there. Where no value is named, every value needs them. The
    /// first of the other fields is reported as missing.
    Needs {
        /// The values.
        saying: &'static [&'static str],
        /// The other fields.
        one_of: &'static [Name],
    },
    /// Where the payer initiates the payment, this other field is there. The text is the explanation of the error.
    NeedsOfPayer(Name, &'static str),
    /// Where the payer initiates the payment, the day has not gone by.
    NotPast,
    /// The day is not before the day of this other field.
    NotBefore(Name),
    /// The value of each element is more than zero.
    MoreThanZero,
    /// With this value, another field does not have a certain value.
    Excludes {
        /// The value of the field.
        saying: &'static str,
        /// The other field.
        field: Name,
        /// The value that the other field then does not have.
        value: &'static str,
    },
    /// The value is the merchant's category code.
    CategoryCode,
    /// The amount is no more than the amount of this other field, if the request has the other field.
    PartOf(Name),
    /// The value has at most so many characters where the card is of that brand.
    LengthByBrand(&'static [(&'static str, usize)]),
    /// The field is a map. Its keys are of letters and digits.
    Map {
        /// The most keys.
        keys: usize,
        /// The most characters of a key.
        characters: usize,
    },
}

impl FieldRules {
    /// Whether the operation takes the field.
    pub fn is_of(&self, operation: Op) -> bool {
        fields::rows(self.field).iter().any(|row| row.is_of(operation))
    }
}

const fn field(field: Name, rules: &'static [CrossFieldRule]) -> FieldRules {
    FieldRules { group: field.group(), field, rules }
}

const fn group(group: Group, field: Name, rules: &'static [CrossFieldRule]) -> FieldRules {
    FieldRules { group, field, rules }
}

const NO_CARD_NUMBER: &[CrossFieldRule] = &[CrossFieldRule::NoCardNumber];

const MORE_THAN_ZERO: &[CrossFieldRule] = &[CrossFieldRule::MoreThanZero];

/// The fields that name the earlier payment that a payment follows.
const EARLIER: &[Name] = &[names::REFERENCE_ORDER_ID, names::TRANSACTION_ACQUIRER_TRACE_ID];

/// The operations by which a payer may pay, or agree to pay. With `transaction.source=MERCHANT` the merchant initiates
/// the payment (documented). A request of these operations without a source is taken for the payer's (decided).
pub const PAYERS: &[Op] = &[Op::Authorize, Op::InitiateCheckout, Op::Pay, Op::Verify];

/// Sorted by the group.
pub static FIELD_RULES: &[FieldRules] = &[
    field(names::AGREEMENT_CUSTOM_DATA, NO_CARD_NUMBER),
    field(
        names::AGREEMENT_ID,
        // The rule and its wording are observed.
        &[CrossFieldRule::NeedsOfPayer(
            names::AGREEMENT_TYPE,
            "Field agreement.type must be provided when field agreement.id is provided for payer-initiated payments.",
        )],
    ),
    // A renewal repeats the day on which the agreement began, and may do so (decided).
    field(names::AGREEMENT_START_DATE, &[CrossFieldRule::NotPast]),
    field(
        names::AGREEMENT_TYPE,
        &[
            CrossFieldRule::Needs {
                saying: &["INSTALLMENT", "RECURRING", "UNSCHEDULED"],
                one_of: &[names::AGREEMENT_ID],
            },
            CrossFieldRule::Needs { saying: &["RECURRING"], one_of: &[names::AGREEMENT_AMOUNT_VARIABILITY] },
        ],
    ),
    field(names::CRUISE_RETURN_DATE, &[CrossFieldRule::NotBefore(names::CRUISE_DEPARTURE_DATE)]),
    group(groups::ORDER_CUSTOM, names::ORDER_CUSTOM_ANY, &[CrossFieldRule::Map { keys: 50, characters: 99 }]),
    field(
        names::ORDER_INDUSTRY_PRACTICE_PAYMENT_REASON,
        &[
            CrossFieldRule::Needs { saying: &[], one_of: &[names::AGREEMENT_ID] },
            CrossFieldRule::Needs { saying: &[], one_of: EARLIER },
        ],
    ),
    // The items of a transaction have the rule (documented). The items of an order are taken to be alike (decided).
    group(groups::ORDER_ITEM, names::ORDER_ITEM_N_QUANTITY, MORE_THAN_ZERO),
    field(names::ORDER_MERCHANT_CATEGORY_CODE, &[CrossFieldRule::CategoryCode]),
    field(
        names::ORDER_SHIPPING_AND_HANDLING_TAX_AMOUNT,
        &[CrossFieldRule::PartOf(names::ORDER_SHIPPING_AND_HANDLING_AMOUNT)],
    ),
    field(
        names::ORDER_SUB_MERCHANT_TRADING_NAME,
        &[CrossFieldRule::LengthByBrand(&[("AMEX", 27), ("MASTERCARD", 21)])],
    ),
    // No source says so of the name, but a name is repeated in answers as it was sent, and a card must not be.
    field(names::PROVIDED_CARD_NAME_ON_CARD, NO_CARD_NUMBER),
    field(names::TRANSACTION_ACQUIRER_CUSTOM_DATA, NO_CARD_NUMBER),
    field(names::TRANSACTION_ACQUIRER_TRACE_ID, NO_CARD_NUMBER),
    field(names::TRANSACTION_ACQUIRER_TRANSACTION_ID, NO_CARD_NUMBER),
    group(groups::TRANSACTION_ITEM, names::TRANSACTION_ITEM_N_QUANTITY, MORE_THAN_ZERO),
    field(names::TRANSACTION_RESUBMISSION, &[CrossFieldRule::Needs { saying: &["true"], one_of: EARLIER }]),
    field(
        names::TRANSACTION_SHIPPING_AND_HANDLING_TAX_AMOUNT,
        &[CrossFieldRule::PartOf(names::TRANSACTION_SHIPPING_AND_HANDLING_AMOUNT)],
    ),
    field(
        names::TRANSACTION_SOURCE,
        &[CrossFieldRule::Excludes {
            saying: "MERCHANT",
            field: names::PROVIDED_CARD_STORED_ON_FILE,
            value: "NOT_STORED",
        }],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::cards;

    fn named(rule: &CrossFieldRule) -> Vec<Name> {
        match rule {
            CrossFieldRule::Needs { one_of, .. } => one_of.to_vec(),
            CrossFieldRule::NeedsOfPayer(field, _)
            | CrossFieldRule::NotBefore(field)
            | CrossFieldRule::PartOf(field) => vec![*field],
            CrossFieldRule::Excludes { field, .. } => vec![*field],
            _ => Vec::new(),
        }
    }

    #[test]
    fn the_table_is_sorted() {
        for pair in FIELD_RULES.windows(2) {
            assert!(pair[0].group.as_str() < pair[1].group.as_str(), "{}", pair[1].field);
        }
    }

    #[test]
    fn fields_brands_and_operations_are_known() {
        let is_known = |name: Name| !fields::rows(name).is_empty();
        for row in FIELD_RULES {
            assert!(is_known(row.field) && row.group.has(row.field), "{}", row.field);
            for name in row.rules.iter().flat_map(named) {
                assert!(is_known(name), "{}: {name}", row.field);
            }
            for rule in row.rules {
                if let CrossFieldRule::LengthByBrand(limits) = rule {
                    assert!(limits.iter().all(|(brand, _)| cards::brands().contains(brand)), "{}", row.field);
                }
            }
        }
    }

    #[test]
    fn a_row_is_of_the_operations_that_have_its_field() {
        let row = FIELD_RULES.iter().find(|row| row.field == "agreement.customData").unwrap();
        assert!(row.is_of(Op::Capture) && !row.is_of(Op::RetrieveTransaction));
    }
}
