//! Fields that are required once others of their group are there.
//!
//! Documented for REFUND, whose list of fields is the one complete list, as required fields of optional groups;
//! the groups are the same wherever they appear.

use crate::fields::names::groups;
use crate::fields::{FieldName, Fields, Group, Name, names};
use std::borrow::Cow;

/// What a group cannot do without once one of its fields is sent.
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

/// What a conversion is that no quote says (documented). That its lesser fields need these as well is decided.
const CONVERSION: &[Name] = &[
    names::CURRENCY_CONVERSION_PAYER_AMOUNT,
    names::CURRENCY_CONVERSION_PAYER_CURRENCY,
    names::CURRENCY_CONVERSION_PAYER_EXCHANGE_RATE,
    names::CURRENCY_CONVERSION_PROVIDER,
];

/// Sorted by what is present.
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
    /// What is present as it is written: an array with `[n]`.
    pub fn present(&self) -> Cow<'static, str> {
        if self.each { Cow::Owned(format!("{}[n]", self.group.as_str())) } else { Cow::Borrowed(self.group.as_str()) }
    }

    fn missing(&self, fields: &Fields) -> Option<FieldName> {
        if !self.each {
            return self.required.iter().find(|name| !fields.contains(**name)).map(|name| FieldName::from(*name));
        }
        elements(fields, self.group).find_map(|index| {
            let missing = self.required.iter().find(|name| fields.get_indexed(**name, index).is_none());
            missing.map(|name| FieldName::indexed(*name, index))
        })
    }
}

/// The first field that is missing by the conditions, in the order of the table; array elements in byte order.
pub fn first_missing(fields: &Fields) -> Option<FieldName> {
    fields.beginning(CONDITIONS, |row| row.group).find_map(|row| row.missing(fields))
}

/// The indices of the elements of an array that have fields, each once: the fields of one stand together.
fn elements(fields: &Fields, array: Group) -> impl Iterator<Item = usize> {
    let mut last = None;
    fields.below(array).filter_map(move |(name, _)| {
        let index = array.index_of(name)?;
        (last.replace(index) != Some(index)).then_some(index)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::fields::rows;

    fn missing(names: &[&str]) -> Option<String> {
        let fields = names.iter().map(|name| (FieldName::parse(name).unwrap(), "1".to_owned())).collect();
        first_missing(&fields).map(|name| name.to_string())
    }

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

    #[test]
    fn a_group_that_is_absent_needs_nothing() {
        assert_eq!(missing(&["order.id", "order.items.x", "cruises.x"]), None);
    }

    #[test]
    fn a_group_that_is_there_needs_its_fields() {
        let month = "sourceOfFunds.provided.card.expiry.month";
        let year = "sourceOfFunds.provided.card.expiry.year";
        assert_eq!(missing(&[month]).as_deref(), Some(year));
        assert_eq!(missing(&[year]).as_deref(), Some(month));
        assert_eq!(missing(&[month, year]), None);
        assert_eq!(missing(&["cruise.shipName"]).as_deref(), Some("cruise.departureDate"));
        let (voucher, code) =
            ("sourceOfFunds.provided.ebt.voucherNumber", "sourceOfFunds.provided.ebt.manualAuthorizationCode");
        assert_eq!(missing(&[voucher]).as_deref(), Some(code));
        assert_eq!(missing(&[code]).as_deref(), Some(voucher));
        assert_eq!(missing(&[voucher, code]), None);
    }

    #[test]
    fn each_element_of_an_array_needs_its_own_fields() {
        let first = ["order.item[0].name", "order.item[0].quantity", "order.item[0].unitPrice"];
        assert_eq!(missing(&first), None);
        let mut both = first.to_vec();
        both.extend(["order.item[12].name", "order.item[12].unitPrice"]);
        assert_eq!(missing(&both).as_deref(), Some("order.item[12].quantity"));
    }
}
