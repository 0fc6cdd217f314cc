//! Fields that are required once others of their group are there.
//!
//! Only the list of fields of REFUND is complete. That list has them as required fields of optional groups (documented).
//! The groups are the same wherever they appear.

use crate::fields::names::groups;
use crate::fields::{Group, Name, names};
use std::borrow::Cow;

/// The fields that a group needs once one of its fields is sent.
#[derive(Debug, PartialEq, Eq)]
pub struct Condition {
    /// The group, or the field.
    pub group: Group,
    /// Whether the group is an array, each element of which has needs of its own.
    pub each: bool,
    /// The fields it then needs, in the order in which a missing one is reported.
    pub required: &'static [Name],
}

const fn of_group(group: Group, required: &'static [Name]) -> Condition {
    Condition { group, each: false, required }
}

const fn of_field(field: Name, required: &'static [Name]) -> Condition {
    of_group(field.group(), required)
}

const fn of_each(group: Group, required: &'static [Name]) -> Condition {
    Condition { group, each: true, required }
}

/// The fields of a conversion that no quote says (documented). The lesser fields of a conversion need them too
/// (decided).
const CONVERSION: &[Name] = &[
    names::CURRENCY_CONVERSION_PAYER_AMOUNT,
    names::CURRENCY_CONVERSION_PAYER_CURRENCY,
    names::CURRENCY_CONVERSION_PAYER_EXCHANGE_RATE,
    names::CURRENCY_CONVERSION_PROVIDER,
];

/// Sorted by the group.
pub static CONDITIONS: &[Condition] = &[
    of_group(groups::CRUISE, &[names::CRUISE_DEPARTURE_DATE, names::CRUISE_RETURN_DATE]),
    of_field(names::CURRENCY_CONVERSION_EXCHANGE_RATE_TIME, CONVERSION),
    of_field(names::CURRENCY_CONVERSION_MARGIN_PERCENTAGE, CONVERSION),
    of_field(names::CURRENCY_CONVERSION_PAYER_AMOUNT, CONVERSION),
    of_field(names::CURRENCY_CONVERSION_PAYER_CURRENCY, CONVERSION),
    of_field(names::CURRENCY_CONVERSION_PAYER_EXCHANGE_RATE, CONVERSION),
    of_field(names::CURRENCY_CONVERSION_PROVIDER, CONVERSION),
    of_field(names::CURRENCY_CONVERSION_PROVIDER_RECEIPT, CONVERSION),
    of_each(
        groups::ORDER_ITEM,
        &[names::ORDER_ITEM_N_NAME, names::ORDER_ITEM_N_QUANTITY, names::ORDER_ITEM_N_UNIT_PRICE],
    ),
    of_group(
        groups::ORDER_SUB_MERCHANT,
        &[names::ORDER_SUB_MERCHANT_IDENTIFIER, names::ORDER_SUB_MERCHANT_TRADING_NAME],
    ),
    of_each(
        groups::ORDER_TRANSACTION_FILTERING_AVS_RESPONSE_CODE_RULES,
        &[
            names::ORDER_TRANSACTION_FILTERING_AVS_RESPONSE_CODE_RULES_N_ACTION,
            names::ORDER_TRANSACTION_FILTERING_AVS_RESPONSE_CODE_RULES_N_AVS_RESPONSE_CODE,
        ],
    ),
    of_group(groups::PROVIDED_CARD_EXPIRY, &[names::PROVIDED_CARD_EXPIRY_MONTH, names::PROVIDED_CARD_EXPIRY_YEAR]),
    of_group(
        groups::PROVIDED_CARD_P2PE,
        &[names::PROVIDED_CARD_P2PE_KEY_SERIAL_NUMBER, names::PROVIDED_CARD_P2PE_PAYLOAD],
    ),
    of_group(groups::PROVIDED_CARD_PIN, &[names::PROVIDED_CARD_PIN_PAYLOAD]),
    of_group(
        groups::PROVIDED_DIRECT_DEBIT_CANADA,
        &[
            names::PROVIDED_DIRECT_DEBIT_CANADA_BANK_ACCOUNT_HOLDER,
            names::PROVIDED_DIRECT_DEBIT_CANADA_BANK_ACCOUNT_NUMBER,
            names::PROVIDED_DIRECT_DEBIT_CANADA_FINANCIAL_INSTITUTION_NUMBER,
            names::PROVIDED_DIRECT_DEBIT_CANADA_TRANSIT_NUMBER,
        ],
    ),
    of_field(names::PROVIDED_EBT_MANUAL_AUTHORIZATION_CODE, &[names::PROVIDED_EBT_VOUCHER_NUMBER]),
    of_field(names::PROVIDED_EBT_VOUCHER_NUMBER, &[names::PROVIDED_EBT_MANUAL_AUTHORIZATION_CODE]),
    of_group(groups::PROVIDED_PAYSAFECARD, &[names::PROVIDED_PAYSAFECARD_ACCOUNT_EMAIL]),
    of_group(
        groups::PROVIDED_SEPA,
        &[names::PROVIDED_SEPA_BANK_ACCOUNT_HOLDER, names::PROVIDED_SEPA_BIC, names::PROVIDED_SEPA_IBAN],
    ),
    of_each(
        groups::TRANSACTION_ITEM,
        &[names::TRANSACTION_ITEM_N_NAME, names::TRANSACTION_ITEM_N_QUANTITY, names::TRANSACTION_ITEM_N_UNIT_PRICE],
    ),
];

impl Condition {
    /// The group or field in text. An array has `[n]` behind its name.
    pub fn present(&self) -> Cow<'static, str> {
        if self.each { Cow::Owned(format!("{}[n]", self.group.as_str())) } else { Cow::Borrowed(self.group.as_str()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::fields::rows;

    #[test]
    fn the_table_is_sorted_and_names_known_fields() {
        for pair in CONDITIONS.windows(2) {
            assert!(pair[0].group.as_str() < pair[1].group.as_str(), "{}", pair[1].present());
        }
        for row in CONDITIONS {
            for name in row.required {
                assert!(!rows(*name).is_empty(), "{name} is no field");
            }
        }
    }
}
