//! Sub-amounts, which add up to the amount they are parts of.

use crate::fields::names::groups;
use crate::fields::{Group, Name, names};

/// Parts of an amount.
pub struct Sum {
    /// Lists of fields, any of which makes the rule apply.
    pub applies_with: &'static [&'static [Name]],
    /// The amount: the first of these fields that is there.
    pub total: &'static [Name],
    /// What is added.
    pub adds: &'static [Name],
    /// What is taken off.
    pub takes_off: &'static [Name],
    /// A part that follows from line items.
    pub derived: Option<Derived>,
}

/// A part of an amount that line items tell.
pub struct Derived {
    /// The part. Where it is absent it is what the items come to, and where it is there it must be that.
    pub part: Name,
    /// The array of line items.
    pub array: Group,
    /// The field of an item that says how many there are.
    pub quantity: Name,
    /// The field of an item that says how much of the part is in one.
    pub unit: Name,
}

const OF_ORDER: &[Name] = &[
    names::ORDER_CASHBACK_AMOUNT,
    names::ORDER_DUTY_AMOUNT,
    names::ORDER_GRATUITY_AMOUNT,
    names::ORDER_ITEM_AMOUNT,
    names::ORDER_MERCHANT_CHARGE_AMOUNT,
    names::ORDER_SHIPPING_AND_HANDLING_AMOUNT,
    names::ORDER_TAX_AMOUNT,
];

const OFF_ORDER: &[Name] = &[names::ORDER_DISCOUNT_AMOUNT, names::ORDER_DISCOUNTAMOUNT];

/// An order's sub-amounts add up as soon as one of them is sent (documented); those of a transaction where it
/// says what its items cost, since a capture may name its share of the tax alone (decided).
pub static SUMS: &[Sum] = &[
    Sum {
        applies_with: &[OF_ORDER, OFF_ORDER],
        // Documented: the amount is what is net, and any surcharge.
        total: &[names::ORDER_NET_AMOUNT, names::ORDER_AMOUNT],
        adds: OF_ORDER,
        takes_off: OFF_ORDER,
        // Documented for the tax.
        derived: Some(Derived {
            part: names::ORDER_TAX_AMOUNT,
            array: groups::ORDER_ITEM,
            quantity: names::ORDER_ITEM_N_QUANTITY,
            unit: names::ORDER_ITEM_N_UNIT_TAX_AMOUNT,
        }),
    },
    Sum {
        applies_with: &[&[names::TRANSACTION_ITEM_AMOUNT]],
        total: &[names::TRANSACTION_AMOUNT],
        adds: &[
            names::TRANSACTION_DUTY_AMOUNT,
            names::TRANSACTION_ITEM_AMOUNT,
            names::TRANSACTION_SHIPPING_AND_HANDLING_AMOUNT,
            names::TRANSACTION_TAX_AMOUNT,
        ],
        takes_off: &[names::TRANSACTION_DISCOUNT_AMOUNT],
        derived: None,
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::fields::rows;

    #[test]
    fn every_part_is_a_known_field() {
        for sum in SUMS {
            for name in [&sum.applies_with.concat(), sum.total, sum.adds, sum.takes_off].concat() {
                assert!(!rows(name).is_empty(), "{name} is in the catalogue");
            }
        }
    }

    #[test]
    fn a_derived_part_is_one_that_is_added_and_its_items_are_known() {
        for sum in SUMS {
            let Some(derived) = &sum.derived else {
                continue;
            };
            assert!(sum.adds.contains(&derived.part), "{}", derived.part);
            for field in [derived.quantity, derived.unit] {
                assert!(derived.array.has(field) && !rows(field).is_empty(), "{field}");
            }
        }
    }

    #[test]
    fn what_makes_a_rule_apply_is_part_of_it() {
        for sum in SUMS {
            for name in sum.applies_with.concat() {
                assert!(sum.adds.contains(&name) || sum.takes_off.contains(&name), "{name}");
            }
        }
    }
}
