//! The field map every codec ends in and every operation works on: dotted names to text values.
//!
//! The room knows names, not meanings: which fields exist is the business of `spec`.

mod name;
pub mod names;

pub use name::FieldName;

use std::collections::BTreeMap;
use std::collections::btree_map;
use std::fmt;

/// A field's value: text that is kept without an allocation up to 24 bytes, which most values have.
pub type Value = compact_str::CompactString;

/// Request, session or answer fields, in byte order of their names, which is also the order the gateway
/// writes them in (observed in a recorded v45 answer: `rule[10]` stands before `rule[1]`).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<FieldName, Value>);

impl Fields {
    /// An empty map.
    pub fn new() -> Fields {
        Fields::default()
    }

    /// The value of `name`, if the field is there.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(Value::as_str)
    }

    /// Whether the field is there.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// Whether `group` itself or any field below it is there.
    pub fn contains_group(&self, group: &str) -> bool {
        self.below(group).next().is_some()
    }

    /// The fields that are `group` itself or stand below it (`group.…`, `group[n]…`).
    pub fn below<'a>(&'a self, group: &'a str) -> impl Iterator<Item = (&'a FieldName, &'a str)> {
        self.0
            .range::<str, _>((std::ops::Bound::Included(group), std::ops::Bound::Unbounded))
            .take_while(move |(name, _)| name.as_str().starts_with(group))
            .filter(move |(name, _)| name.is_within(group))
            .map(|(name, value)| (name, value.as_str()))
    }

    /// The rows of a table whose group, or field, is here. The table is sorted by it, so that names and rows are gone
    /// through once, side by side.
    pub fn beginning<'r, R>(&self, rows: &'r [R], group: impl Fn(&'r R) -> &'r str) -> impl Iterator<Item = &'r R> {
        let mut names = self.0.keys().peekable();
        rows.iter().filter(move |row| {
            let group = group(row);
            while names.next_if(|name| name.as_str() < group).is_some() {}
            // `order.itemAmount` stands between `order.item` and `order.item[0]`.
            let may_be_here = names.peek().is_some_and(|name| name.as_str().starts_with(group));
            may_be_here
                && names.clone().take_while(|name| name.as_str().starts_with(group)).any(|name| name.is_within(group))
        })
    }

    /// Sets a field whose name is written in this program.
    pub fn set(&mut self, name: &'static str, value: impl Into<Value>) {
        self.0.insert(FieldName::known(name), value.into());
    }

    /// Sets a field whose name is written in this program, where there is a value for it.
    pub fn set_some(&mut self, name: &'static str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    /// Sets a field and returns the value it had.
    pub fn insert(&mut self, name: FieldName, value: impl Into<Value>) -> Option<Value> {
        self.0.insert(name, value.into())
    }

    /// Takes a field out.
    pub fn remove(&mut self, name: &str) -> Option<String> {
        self.0.remove(name).map(String::from)
    }

    /// Keeps the fields for which `keep` says so.
    pub fn retain(&mut self, mut keep: impl FnMut(&FieldName, &str) -> bool) {
        self.0.retain(|name, value| keep(name, value));
    }

    /// Lays `over` on top of this map, field by field: the documented precedence of a request over a
    /// session ("used only if you do not provide them directly in the request").
    pub fn overlay(&mut self, over: &Fields) {
        for (name, value) in &over.0 {
            self.0.insert(name.clone(), value.clone());
        }
    }

    /// All fields in byte order of their names.
    pub fn iter(&self) -> impl Iterator<Item = (&FieldName, &str)> {
        self.0.iter().map(|(name, value)| (name, value.as_str()))
    }

    /// How many fields there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no field.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl IntoIterator for Fields {
    type Item = (FieldName, Value);
    type IntoIter = btree_map::IntoIter<FieldName, Value>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<V: Into<Value>> FromIterator<(FieldName, V)> for Fields {
    fn from_iter<I: IntoIterator<Item = (FieldName, V)>>(pairs: I) -> Fields {
        Fields(pairs.into_iter().map(|(name, value)| (name, value.into())).collect())
    }
}

/// Names only: a value may be a card number.
impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl serde::Serialize for Fields {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(name, value)| (name.as_str(), value)))
    }
}

impl<'de> serde::Deserialize<'de> for Fields {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Fields, D::Error> {
        BTreeMap::deserialize(deserializer).map(Fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| (FieldName::parse(name).unwrap(), value.to_string())).collect()
    }

    #[test]
    fn a_group_is_found_by_its_members_and_not_by_longer_names() {
        let map = fields(&[("order.item[0].name", "x"), ("orders.id", "1"), ("session.id", "s")]);
        assert!(map.contains_group("order"), "order has a member");
        assert!(map.contains_group("order.item"), "an index belongs to the group");
        assert!(map.contains_group("session.id"), "a field is its own group");
        assert!(!map.contains_group("ses"), "a prefix of a segment is no group");
    }

    #[test]
    fn the_rows_whose_group_is_there_are_found_in_one_pass() {
        let fields = fields(&[("a.b", "1"), ("order.itemAmount", "1"), ("order.item[0].x", "1"), ("z", "1")]);
        let found = |rows: &[&'static str]| fields.beginning(rows, |row| row).copied().collect::<Vec<_>>();
        assert_eq!(found(&["a", "b", "order.id", "order.item"]), ["a", "order.item"]);
        assert_eq!(found(&["0", "a.b", "a.c", "order.itemAmount", "z", "zz"]), ["a.b", "order.itemAmount", "z"]);
        assert_eq!(found(&["a", "a.b", "order", "order.item", "order.itemA"]), ["a", "a.b", "order", "order.item"]);
        assert!(found(&[]).is_empty());
    }

    #[test]
    fn debug_prints_names_and_no_value() {
        let printed = format!("{:?}", fields(&[("sourceOfFunds.provided.card.number", "5123450000000008")]));
        assert!(printed.contains("card.number"), "{printed}");
        assert!(!printed.contains("5123"), "{printed}");
    }

    fn any_fields() -> impl Strategy<Value = Fields> {
        proptest::collection::btree_map("[ab](\\.[ab]){0,2}", "[xyz]{1,2}", 0..8)
            .prop_map(|map| map.into_iter().map(|(name, value)| (FieldName::parse(&name).unwrap(), value)).collect())
    }

    fn over(under: &Fields, upper: &Fields) -> Fields {
        let mut result = under.clone();
        result.overlay(upper);
        result
    }

    proptest! {
        #[test]
        fn overlay_is_idempotent_associative_and_right_biased(a in any_fields(), b in any_fields(), c in any_fields()) {
            prop_assert_eq!(over(&a, &a), a.clone());
            prop_assert_eq!(over(&over(&a, &b), &c), over(&a, &over(&b, &c)));
            let merged = over(&a, &b);
            for (name, value) in b.iter() {
                prop_assert_eq!(merged.get(name.as_str()), Some(value));
            }
        }
    }
}
