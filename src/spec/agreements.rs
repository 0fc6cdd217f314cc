//! What a field asks of the others, or of the merchant, once it is there.
//!
//! Documented in the descriptions of the fields, unless a row says otherwise. A field that a group needs whatever its
//! fields say stands in [`super::conditions`].

use super::fields;
use super::operations::Op;
use crate::fields::names::groups;
use crate::fields::{Group, Name, names};

/// A field, and what must be true with it.
pub struct Agreement {
    /// Where names begin that the row is about: the field itself, the map or the array.
    pub group: Group,
    /// The field as the catalogue names it, which knows the operations that have it.
    pub field: Name,
    /// What must be true, in the order in which it is looked at.
    pub rules: &'static [Rule],
}

/// What must be true with a field.
pub enum Rule {
    /// No card number stands in its text.
    NoCardNumber,
    /// With one of these values, or with any where none is named, one of the other fields is there. The first is the
    /// one that is reported as missing.
    Needs {
        /// The values.
        saying: &'static [&'static str],
        /// The other fields.
        one_of: &'static [Name],
    },
    /// Where the payer initiates the payment, this other field is there; the text says so where it is not.
    NeedsOfPayer(Name, &'static str),
    /// Where the payer initiates the payment, it is not a day that has gone by.
    NotPast,
    /// It is not a day before that of this other field.
    NotBefore(Name),
    /// Its elements say more than zero.
    MoreThanZero,
    /// With this value, another field does not have that value.
    Excludes {
        /// Its value.
        saying: &'static str,
        /// The other field.
        field: Name,
        /// What the other field then is not.
        value: &'static str,
    },
    /// It is the merchant's category code.
    CategoryCode,
    /// It is no more than this other field, where that is there.
    PartOf(Name),
    /// It has at most so many characters where the card is of that brand.
    LengthByBrand(&'static [(&'static str, usize)]),
    /// It is a map of at most so many keys, which are letters and digits, at most so many.
    Map {
        /// The most keys.
        keys: usize,
        /// The most characters of a key.
        characters: usize,
    },
}

impl Agreement {
    /// Whether the operation has the field.
    pub fn is_of(&self, operation: Op) -> bool {
        fields::rows(self.field).iter().any(|row| row.is_of(operation))
    }
}

const fn field(field: Name, rules: &'static [Rule]) -> Agreement {
    Agreement { group: field.group(), field, rules }
}

const fn group(group: Group, field: Name, rules: &'static [Rule]) -> Agreement {
    Agreement { group, field, rules }
}

const NO_CARD_NUMBER: &[Rule] = &[Rule::NoCardNumber];

const MORE_THAN_ZERO: &[Rule] = &[Rule::MoreThanZero];

/// What tells the payment that an earlier one is followed by.
const EARLIER: &[Name] = &[names::REFERENCE_ORDER_ID, names::TRANSACTION_ACQUIRER_TRACE_ID];

/// The operations by which a payer pays, or agrees to pay. A payment that names no source is the payer's.
pub const PAYERS: &[Op] = &[Op::Authorize, Op::InitiateCheckout, Op::Pay, Op::Verify];

/// Sorted by where the names begin.
pub static AGREEMENTS: &[Agreement] = &[
    field(names::AGREEMENT_CUSTOM_DATA, NO_CARD_NUMBER),
    field(
        names::AGREEMENT_ID,
        // Observed, wording and all.
        &[Rule::NeedsOfPayer(
            names::AGREEMENT_TYPE,
            "Field agreement.type must be provided when field agreement.id is provided for payer-initiated payments.",
        )],
    ),
    // That renewals, which repeat the day on which the agreement began, may do so is decided.
    field(names::AGREEMENT_START_DATE, &[Rule::NotPast]),
    field(
        names::AGREEMENT_TYPE,
        &[
            Rule::Needs { saying: &["INSTALLMENT", "RECURRING", "UNSCHEDULED"], one_of: &[names::AGREEMENT_ID] },
            Rule::Needs { saying: &["RECURRING"], one_of: &[names::AGREEMENT_AMOUNT_VARIABILITY] },
        ],
    ),
    field(names::CRUISE_RETURN_DATE, &[Rule::NotBefore(names::CRUISE_DEPARTURE_DATE)]),
    group(groups::ORDER_CUSTOM, names::ORDER_CUSTOM_ANY, &[Rule::Map { keys: 50, characters: 99 }]),
    field(
        names::ORDER_INDUSTRY_PRACTICE_PAYMENT_REASON,
        &[Rule::Needs { saying: &[], one_of: &[names::AGREEMENT_ID] }, Rule::Needs { saying: &[], one_of: EARLIER }],
    ),
    // Documented for the items of a transaction; those of an order are their like.
    group(groups::ORDER_ITEM, names::ORDER_ITEM_N_QUANTITY, MORE_THAN_ZERO),
    field(names::ORDER_MERCHANT_CATEGORY_CODE, &[Rule::CategoryCode]),
    field(names::ORDER_SHIPPING_AND_HANDLING_TAX_AMOUNT, &[Rule::PartOf(names::ORDER_SHIPPING_AND_HANDLING_AMOUNT)]),
    field(names::ORDER_SUB_MERCHANT_TRADING_NAME, &[Rule::LengthByBrand(&[("AMEX", 27), ("MASTERCARD", 21)])]),
    // No source says so of the name, but a name is repeated in answers as it was sent, and a card must not be.
    field(names::PROVIDED_CARD_NAME_ON_CARD, NO_CARD_NUMBER),
    field(names::TRANSACTION_ACQUIRER_CUSTOM_DATA, NO_CARD_NUMBER),
    field(names::TRANSACTION_ACQUIRER_TRACE_ID, NO_CARD_NUMBER),
    field(names::TRANSACTION_ACQUIRER_TRANSACTION_ID, NO_CARD_NUMBER),
    group(groups::TRANSACTION_ITEM, names::TRANSACTION_ITEM_N_QUANTITY, MORE_THAN_ZERO),
    field(names::TRANSACTION_RESUBMISSION, &[Rule::Needs { saying: &["true"], one_of: EARLIER }]),
    field(
        names::TRANSACTION_SHIPPING_AND_HANDLING_TAX_AMOUNT,
        &[Rule::PartOf(names::TRANSACTION_SHIPPING_AND_HANDLING_AMOUNT)],
    ),
    field(
        names::TRANSACTION_SOURCE,
        &[Rule::Excludes { saying: "MERCHANT", field: names::PROVIDED_CARD_STORED_ON_FILE, value: "NOT_STORED" }],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::cards;

    fn named(rule: &Rule) -> Vec<Name> {
        match rule {
            Rule::Needs { one_of, .. } => one_of.to_vec(),
            Rule::NeedsOfPayer(field, _) | Rule::NotBefore(field) | Rule::PartOf(field) => vec![*field],
            Rule::Excludes { field, .. } => vec![*field],
            _ => Vec::new(),
        }
    }

    #[test]
    fn the_table_is_sorted() {
        for pair in AGREEMENTS.windows(2) {
            assert!(pair[0].group.as_str() < pair[1].group.as_str(), "{}", pair[1].field);
        }
    }

    #[test]
    fn fields_brands_and_operations_are_known() {
        let is_known = |name: Name| !fields::rows(name).is_empty();
        for row in AGREEMENTS {
            assert!(is_known(row.field) && row.group.has(row.field), "{}", row.field);
            for name in row.rules.iter().flat_map(named) {
                assert!(is_known(name), "{}: {name}", row.field);
            }
            for rule in row.rules {
                if let Rule::LengthByBrand(limits) = rule {
                    assert!(limits.iter().all(|(brand, _)| cards::brands().contains(brand)), "{}", row.field);
                }
            }
        }
    }

    #[test]
    fn a_row_is_of_the_operations_that_have_its_field() {
        let row = AGREEMENTS.iter().find(|row| row.field == "agreement.customData").unwrap();
        assert!(row.is_of(Op::Capture) && !row.is_of(Op::RetrieveTransaction));
    }
}
