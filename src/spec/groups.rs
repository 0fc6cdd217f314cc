//! What is known about the groups that fields stand in: where a list of fields is complete, a name that is
//! missing from it does not exist. The build makes the rows from `catalogue/groups.tsv`.

use super::fields::FIELDS;
use crate::fields::FieldName;
use std::collections::HashMap;
use std::sync::LazyLock;

/// A group of fields. A group that has no row is known as well as the one it stands in.
#[derive(Debug, PartialEq, Eq)]
pub struct Group {
    /// The name, every index written `[n]`.
    pub name: &'static str,
    /// Whether every field of the group is known; the other groups have fields that no public source lists.
    pub complete: bool,
}

include!(concat!(env!("OUT_DIR"), "/groups.rs"));

/// Where a name that is no known field stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In no known group, below a field, or in a known group with an index too many or too few.
    Nowhere,
    /// In a group whose fields are all known.
    Complete,
    /// In a group that may hold it.
    Open,
}

/// What a name without its indices stands for.
struct Known {
    /// The name with its indices.
    name: &'static str,
    is_field: bool,
}

static KNOWN: LazyLock<HashMap<String, Known>> = LazyLock::new(|| {
    let fields = FIELDS.iter().map(|row| Known { name: row.name.as_str(), is_field: true });
    let groups = FIELDS.iter().flat_map(|row| {
        row.name.as_str().match_indices('.').map(|(at, _)| Known { name: &row.name.as_str()[..at], is_field: false })
    });
    // Groups last: `session` was a field before it was a group, and is placed as a group.
    fields.chain(groups).map(|known| (without_indices(known.name), known)).collect()
});

/// Where a name stands for which [`super::fields::rows`] has no row.
pub fn place(name: &FieldName) -> Place {
    let pattern = name.pattern();
    if KNOWN.contains_key(&without_indices(&pattern)) {
        return Place::Nowhere;
    }
    let mut place = Place::Nowhere;
    for (at, _) in pattern.match_indices('.') {
        let group = &pattern[..at];
        match KNOWN.get(&without_indices(group)) {
            Some(known) if known.is_field || known.name != group => return Place::Nowhere,
            _ => {}
        }
        if let Ok(row) = GROUPS.binary_search_by(|row| row.name.cmp(group)) {
            place = if GROUPS[row].complete { Place::Complete } else { Place::Open };
        }
    }
    place
}

fn without_indices(pattern: &str) -> String {
    pattern.replace("[n]", "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_without_duplicates() {
        for pair in GROUPS.windows(2) {
            assert!(pair[0].name < pair[1].name, "{} stands before {}", pair[0].name, pair[1].name);
        }
    }

    #[test]
    fn every_group_holds_a_known_field() {
        for group in GROUPS {
            let holds = |name: &str| name.strip_prefix(group.name).is_some_and(|rest| rest.starts_with('.'));
            assert!(FIELDS.iter().any(|row| holds(row.name.as_str())), "{}", group.name);
        }
    }

    #[test]
    fn a_name_without_indices_has_one_meaning() {
        for row in FIELDS {
            let name = row.name.as_str();
            assert_eq!(KNOWN[&without_indices(name)].name, name);
            for (at, _) in name.match_indices('.') {
                assert_eq!(KNOWN[&without_indices(&name[..at])].name, &name[..at]);
            }
        }
    }

    #[test]
    fn an_unknown_name_is_placed_by_the_deepest_group_it_stands_in() {
        for (name, expected) in [
            ("order.somethingNew", Place::Open),
            ("order.new.thing", Place::Open),
            ("order.item[7].new", Place::Open),
            ("sourceOfFunds.provided.card.new", Place::Open),
            ("order.discount.new", Place::Complete),
            ("billing.address.new", Place::Complete),
            ("airline.itinerary.leg[0].new", Place::Complete),
            ("order.subMerchant.address.new.deeper", Place::Complete),
            ("foo", Place::Nowhere),
            ("foo.bar", Place::Nowhere),
            ("Order.id", Place::Nowhere),
            ("order", Place::Nowhere),
            ("order.item", Place::Nowhere),
            ("order.item[0]", Place::Nowhere),
            ("order.item.name", Place::Nowhere),
            ("order[0].id", Place::Nowhere),
            ("order.id[0]", Place::Nowhere),
            ("order.amount.new", Place::Nowhere),
            ("merchant.id", Place::Nowhere),
        ] {
            assert_eq!(place(&FieldName::parse(name).unwrap()), expected, "{name}");
        }
    }
}
