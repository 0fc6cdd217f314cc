//! Fields that are required once others of their group are there.
//!
//! Documented for REFUND, whose list of fields is the one complete list, as required fields of optional groups;
//! the groups are the same wherever they appear.

use crate::fields::{Fields, names};

/// What a group cannot do without once one of its fields is sent.
#[derive(Debug, PartialEq, Eq)]
pub struct Condition {
    /// The group, or the field; a last `[n]` stands for each element by itself.
    pub present: &'static str,
    /// The fields it then needs, in the order in which a missing one is reported: names below the group where
    /// they begin with a dot, else whole names.
    pub required: &'static [&'static str],
}

const fn condition(present: &'static str, required: &'static [&'static str]) -> Condition {
    Condition { present, required }
}

/// What a conversion is that no quote says (documented). That its lesser fields need these as well is decided.
const CONVERSION: &[&str] = &[
    names::CURRENCY_CONVERSION_PAYER_AMOUNT,
    names::CURRENCY_CONVERSION_PAYER_CURRENCY,
    names::CURRENCY_CONVERSION_PAYER_EXCHANGE_RATE,
    names::CURRENCY_CONVERSION_PROVIDER,
];

/// Sorted by what is present.
pub static CONDITIONS: &[Condition] = &[
    condition("cruise", &[".departureDate", ".returnDate"]),
    condition(names::CURRENCY_CONVERSION_EXCHANGE_RATE_TIME, CONVERSION),
    condition(names::CURRENCY_CONVERSION_MARGIN_PERCENTAGE, CONVERSION),
    condition(names::CURRENCY_CONVERSION_PAYER_AMOUNT, CONVERSION),
    condition(names::CURRENCY_CONVERSION_PAYER_CURRENCY, CONVERSION),
    condition(names::CURRENCY_CONVERSION_PAYER_EXCHANGE_RATE, CONVERSION),
    condition(names::CURRENCY_CONVERSION_PROVIDER, CONVERSION),
    condition(names::CURRENCY_CONVERSION_PROVIDER_RECEIPT, CONVERSION),
    condition("order.item[n]", &[".name", ".quantity", ".unitPrice"]),
    condition("order.subMerchant", &[".identifier", ".tradingName"]),
    condition("order.transactionFiltering.avsResponseCodeRules[n]", &[".action", ".avsResponseCode"]),
    condition(names::PROVIDED_CARD_EXPIRY, &[".month", ".year"]),
    condition("sourceOfFunds.provided.card.p2pe", &[".keySerialNumber", ".payload"]),
    condition("sourceOfFunds.provided.card.pin", &[".payload"]),
    condition(
        "sourceOfFunds.provided.directDebitCanada",
        &[".bankAccountHolder", ".bankAccountNumber", ".financialInstitutionNumber", ".transitNumber"],
    ),
    condition(names::PROVIDED_EBT_MANUAL_AUTHORIZATION_CODE, &[names::PROVIDED_EBT_VOUCHER_NUMBER]),
    condition(names::PROVIDED_EBT_VOUCHER_NUMBER, &[names::PROVIDED_EBT_MANUAL_AUTHORIZATION_CODE]),
    condition("sourceOfFunds.provided.paysafecard", &[".accountEmail"]),
    condition("sourceOfFunds.provided.sepa", &[".bankAccountHolder", ".bic", ".iban"]),
    condition("transaction.item[n]", &[".name", ".quantity", ".unitPrice"]),
];

impl Condition {
    fn group(&self) -> &'static str {
        self.present.strip_suffix("[n]").unwrap_or(self.present)
    }
}

/// The first field that is missing by the conditions, in the order of the table; array elements in byte order.
pub fn first_missing(fields: &Fields) -> Option<String> {
    let mut name = String::new();
    fields.beginning(CONDITIONS, Condition::group).find_map(|row| {
        if row.group() == row.present {
            return missing_below(fields, row.present, row.required, &mut name);
        }
        elements(fields, row.group()).find_map(|element| missing_below(fields, element, row.required, &mut name))
    })
}

/// `whole` is a place to put names together in.
fn missing_below(fields: &Fields, present: &str, required: &[&str], whole: &mut String) -> Option<String> {
    let missing = required.iter().find(|name| {
        whole.clear();
        whole.push_str(if name.starts_with('.') { present } else { "" });
        whole.push_str(name);
        !fields.contains(whole)
    });
    missing.map(|_| std::mem::take(whole))
}

/// The elements of an array that have fields, `order.item[0]`, each once: their fields stand together.
fn elements<'a>(fields: &'a Fields, array: &'a str) -> impl Iterator<Item = &'a str> {
    let mut last = "";
    fields.below(array).filter_map(move |(name, _)| {
        let end = name.as_str().get(array.len()..)?.find(']')?;
        let element = name.as_str().get(..array.len() + end + 1)?;
        (std::mem::replace(&mut last, element) != element).then_some(element)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::FieldName;
    use crate::spec::fields::FIELDS;

    fn missing(names: &[&str]) -> Option<String> {
        let fields = names.iter().map(|name| (FieldName::parse(name).unwrap(), "1".to_owned())).collect();
        first_missing(&fields)
    }

    #[test]
    fn the_table_is_sorted_and_names_known_fields() {
        for pair in CONDITIONS.windows(2) {
            assert!(pair[0].group() < pair[1].group(), "{}", pair[1].present);
        }
        for row in CONDITIONS {
            for name in row.required {
                let whole = if name.starts_with('.') { format!("{}{name}", row.present) } else { (*name).to_owned() };
                assert!(FIELDS.iter().any(|field| field.name == whole), "{whole} is no field");
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
