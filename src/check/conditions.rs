//! Step 8: whether each group that a request has is whole, by the table of [`crate::spec::conditions`].

use crate::fields::{FieldName, Fields, Group};
use crate::spec::conditions::{CONDITIONS, Condition};

/// The first field that is missing by the conditions, in the order of the table. The elements of an array are looked at
/// in byte order.
pub(super) fn first_missing(fields: &Fields) -> Option<FieldName> {
    fields.beginning(CONDITIONS, |row| row.group).find_map(|row| missing(row, fields))
}

fn missing(row: &Condition, fields: &Fields) -> Option<FieldName> {
    if !row.each {
        return row.required.iter().find(|name| !fields.contains(**name)).map(|name| FieldName::from(*name));
    }
    elements(fields, row.group).find_map(|index| {
        let missing = row.required.iter().find(|name| fields.get_indexed(**name, index).is_none());
        missing.map(|name| FieldName::indexed(*name, index))
    })
}

/// The indices of the elements of an array, each once. The fields of one element stand together.
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

    fn missing(names: &[&str]) -> Option<String> {
        let fields = names.iter().map(|name| (FieldName::parse(name).unwrap(), "1".to_owned())).collect();
        first_missing(&fields).map(|name| name.to_string())
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
