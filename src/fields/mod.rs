//! The field map every codec ends in and every operation works on: dotted names to text values.
//!
//! The module knows names, not meanings: which fields exist is the business of `spec`.

mod group;
mod hash;
mod known;
mod name;
pub mod names;
mod record;

pub use group::Group;
pub use known::Name;
pub use name::{Element, FieldName, List};

use crate::limits;
use std::cmp::Ordering;
use std::fmt;
use std::iter::Peekable;

/// A field's value: text that is kept without an allocation up to 24 bytes, which most values have.
pub type Value = compact_str::CompactString;

/// Request, session or answer fields, in byte order of their names, which is also the order the gateway
/// writes them in (observed in a recorded v45 answer: `rule[10]` stands before `rule[1]`).
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Fields(Vec<(FieldName, Value)>);

impl Fields {
    /// An empty map.
    pub fn new() -> Fields {
        Fields::default()
    }

    /// An empty map with room for so many fields.
    pub fn with_capacity(fields: usize) -> Fields {
        Fields(Vec::with_capacity(fields))
    }

    /// The fields of pairs in any order, of which equal ones are one. `None` where a name has two values.
    pub fn distinct(mut pairs: Vec<(FieldName, Value)>) -> Option<Fields> {
        if !pairs.is_sorted_by(|one, other| one.0 < other.0) {
            pairs.sort_unstable();
            pairs.dedup();
            if pairs.windows(2).any(|pair| pair[0].0 == pair[1].0) {
                return None;
            }
        }
        Some(Fields(pairs))
    }

    /// The value of a field in no array, if the field is there.
    pub fn get(&self, name: Name) -> Option<&str> {
        self.place_of(name).ok().map(|at| self.0[at].1.as_str())
    }

    /// The value of a field in one array, at a place of it.
    pub fn get_indexed(&self, name: Name, index: usize) -> Option<&str> {
        let name = FieldName::indexed(name, index);
        self.place(&name).ok().map(|at| self.0[at].1.as_str())
    }

    /// Whether a field in no array is there.
    pub fn contains(&self, name: Name) -> bool {
        self.place_of(name).is_ok()
    }

    /// Whether the field of this name, with its indices, is there.
    pub fn contains_field(&self, name: &FieldName) -> bool {
        self.place(name).is_ok()
    }

    /// Whether the group itself or any field below it is there.
    pub fn contains_group(&self, group: Group) -> bool {
        self.below(group).next().is_some()
    }

    /// The fields that are the group itself or stand below it (`group.…`, `group[n]…`).
    pub fn below(&self, group: Group) -> impl Iterator<Item = (&FieldName, &str)> {
        let start = self.0.partition_point(|(name, _)| is_before(name, group));
        let near = self.0[start..].iter().take_while(move |(name, _)| !is_behind(name, group));
        near.filter(move |(name, _)| name.is_within(group)).map(|(name, value)| (name, value.as_str()))
    }

    /// The rows of a table whose group has a field here. The table must be sorted by group, so that one pass over names
    /// and rows is enough.
    pub fn beginning<'r, R>(&self, rows: &'r [R], group: impl Fn(&'r R) -> Group) -> impl Iterator<Item = &'r R> {
        let mut names = self.0.iter().map(|(name, _)| name).peekable();
        rows.iter().filter(move |row| {
            let group = group(row);
            while names.next_if(|name| is_before(name, group)).is_some() {}
            names.peek().is_some_and(|name| name.is_within(group))
                // `order.itemAmount` stands between `order.item` and `order.item[0]`.
                || names.clone().take_while(|name| !is_behind(name, group)).any(|name| name.is_within(group))
        })
    }

    /// Sets a field in no array.
    pub fn set(&mut self, name: Name, value: impl Into<Value>) {
        let value = value.into();
        match self.place_of(name) {
            Ok(at) => self.0[at].1 = value,
            Err(at) => self.0.insert(at, (FieldName::from(name), value)),
        }
    }

    /// Sets a field in no array, where there is a value for it.
    pub fn set_some(&mut self, name: Name, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.set(name, value);
        }
    }

    /// Sets a field and returns the value it had.
    pub fn insert(&mut self, name: FieldName, value: impl Into<Value>) -> Option<Value> {
        let value = value.into();
        match self.place(&name) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, value)),
            Err(at) => {
                self.0.insert(at, (name, value));
                None
            }
        }
    }

    /// Takes a field in no array out.
    pub fn remove(&mut self, name: Name) -> Option<Value> {
        self.place_of(name).ok().map(|at| self.0.remove(at).1)
    }

    /// Keeps the fields for which `keep` says so.
    pub fn retain(&mut self, mut keep: impl FnMut(&FieldName, &str) -> bool) {
        self.0.retain(|(name, value)| keep(name, value));
    }

    /// Lays `over` on top of this map, field by field: the documented precedence of a request over a
    /// session ("used only if you do not provide them directly in the request").
    pub fn overlay(&mut self, over: &Fields) {
        if over.is_empty() {
            return;
        }
        self.lay(over.0.iter().cloned());
    }

    /// Lays `over` on top of this map, as [`overlay`](Fields::overlay) does, without copying it.
    pub fn overlay_with(&mut self, over: Fields) {
        if self.is_empty() {
            *self = over;
        } else if !over.is_empty() {
            self.lay(over.0.into_iter());
        }
    }

    fn lay(&mut self, over: impl ExactSizeIterator<Item = (FieldName, Value)>) {
        let mut merged = Vec::with_capacity(self.0.len() + over.len());
        let mut under = std::mem::take(&mut self.0).into_iter().peekable();
        for field in over {
            merged.extend(before(&mut under, &field.0));
            merged.push(field);
        }
        merged.extend(under);
        self.0 = merged;
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

    /// Brings the list into order. Of two fields of one name the later one stays.
    fn sort(&mut self) {
        if self.0.is_sorted_by(|one, other| one.0 < other.0) {
            return;
        }
        self.0.sort_by(|one, other| one.0.cmp(&other.0));
        self.0.dedup_by(|later, earlier| {
            let is_again = later.0 == earlier.0;
            if is_again {
                std::mem::swap(&mut later.1, &mut earlier.1);
            }
            is_again
        });
    }

    /// The place of a name; an error is where it would stand. Who sets many fields does so mostly in their order.
    fn place(&self, name: &FieldName) -> Result<usize, usize> {
        match self.0.last() {
            Some((last, _)) if last >= name => self.0.binary_search_by(|(other, _)| other.cmp(name)),
            _ => Err(self.0.len()),
        }
    }

    fn place_of(&self, name: Name) -> Result<usize, usize> {
        match self.0.last() {
            Some((last, _)) if last.compare(name).is_ge() => self.0.binary_search_by(|(other, _)| other.compare(name)),
            _ => Err(self.0.len()),
        }
    }
}

/// The fields of a sorted list that stand before a name. One of that name is taken and dropped.
fn before(
    fields: &mut Peekable<impl Iterator<Item = (FieldName, Value)>>,
    name: &FieldName,
) -> impl Iterator<Item = (FieldName, Value)> {
    std::iter::from_fn(move || match fields.peek()?.0.cmp(name) {
        Ordering::Less => fields.next(),
        Ordering::Equal => {
            fields.next();
            None
        }
        Ordering::Greater => None,
    })
}

/// Whether a name stands before the group and everything in it.
fn is_before(name: &FieldName, group: Group) -> bool {
    match name.plain() {
        Some((name, _)) => name.0 < group.start(),
        None => name.text().as_ref() < group.as_str(),
    }
}

/// Whether a name stands behind everything in the group.
fn is_behind(name: &FieldName, group: Group) -> bool {
    match name.plain() {
        Some((name, _)) => name.0 >= group.end(),
        None => name.text().as_ref() > group.as_str() && !name.text().starts_with(group.as_str()),
    }
}

impl IntoIterator for Fields {
    type Item = (FieldName, Value);
    type IntoIter = std::vec::IntoIter<(FieldName, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<V: Into<Value>> Extend<(FieldName, V)> for Fields {
    /// Of two fields of one name the later one stays.
    fn extend<I: IntoIterator<Item = (FieldName, V)>>(&mut self, pairs: I) {
        self.0.extend(pairs.into_iter().map(|(name, value)| (name, value.into())));
        self.sort();
    }
}

impl<V: Into<Value>> FromIterator<(FieldName, V)> for Fields {
    fn from_iter<I: IntoIterator<Item = (FieldName, V)>>(pairs: I) -> Fields {
        let pairs = pairs.into_iter();
        let (least, most) = pairs.size_hint();
        // A filter, which may keep everything, promises nothing.
        let mut fields = Fields::with_capacity(most.unwrap_or(least).min(limits::PAIRS));
        fields.extend(pairs);
        fields
    }
}

/// Names only: a value may be a card number.
impl fmt::Debug for Fields {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::names::groups;
    use super::*;
    use proptest::prelude::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        pairs.iter().map(|(name, value)| (FieldName::parse(name).unwrap(), value.to_string())).collect()
    }

    #[test]
    fn a_group_is_found_by_its_members_and_not_by_longer_names() {
        let map = fields(&[("order.item[0].name", "x"), ("orders.id", "1"), ("session.id", "s")]);
        assert!(map.contains_group(groups::ORDER), "order has a member");
        assert!(map.contains_group(groups::ORDER_ITEM), "an index belongs to the group");
        assert!(map.contains_group(names::SESSION_ID.group()), "a field is its own group");
        let other = fields(&[("orderly", "1"), ("order2.id", "1")]);
        assert!(!other.contains_group(groups::ORDER), "a prefix of a segment is no group");
    }

    #[test]
    fn the_rows_whose_group_is_there_are_found_in_one_pass() {
        let fields = fields(&[
            ("agreement.unheardOf", "1"),
            ("order.itemAmount", "1"),
            ("order.item[0].unheardOf", "1"),
            ("order.item[10].name", "1"),
            ("version", "1"),
        ]);
        let found = |rows: &[Group]| fields.beginning(rows, |row| *row).map(Group::as_str).collect::<Vec<_>>();
        let (item_amount, version) = (names::ORDER_ITEM_AMOUNT.group(), names::VERSION.group());
        assert_eq!(
            found(&[groups::AGREEMENT, groups::AIRLINE, names::ORDER_ID.group(), groups::ORDER_ITEM]),
            ["agreement", "order.item"]
        );
        assert_eq!(
            found(&[groups::ACCOUNT_FUNDING, names::AGREEMENT_ID.group(), item_amount, version, groups::WALLET]),
            ["order.itemAmount", "version"]
        );
        assert_eq!(
            found(&[groups::AGREEMENT, groups::ORDER, groups::ORDER_ITEM, groups::ORDER_TAX]),
            ["agreement", "order", "order.item"]
        );
        assert!(found(&[]).is_empty());
    }

    #[test]
    fn debug_prints_names_and_no_value() {
        let printed = format!("{:?}", fields(&[("sourceOfFunds.provided.card.number", "5123450000000008")]));
        assert!(printed.contains("card.number"), "{printed}");
        assert!(!printed.contains("5123"), "{printed}");
    }

    fn any_fields() -> impl Strategy<Value = Fields> {
        let names =
            prop_oneof!["[ab](\\.[ab]){0,2}", "order\\.item\\[[019]{1,2}\\]\\.(name|sku|x)", "order\\.(id|amount|x)"]
                .prop_filter("a name", |name| FieldName::parse(name).is_some());
        proptest::collection::btree_map(names, "[xyz]{1,2}", 0..8)
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
                prop_assert_eq!(merged.iter().find(|(merged, _)| *merged == name), Some((name, value)));
            }
        }

        #[test]
        fn fields_are_sorted_however_they_come(pairs in proptest::collection::vec((any_fields(), any::<bool>()), 0..4)) {
            let (mut inserted, mut extended) = (Fields::new(), Fields::new());
            for (some, reverse) in pairs {
                let mut pairs: Vec<(FieldName, Value)> = some.into_iter().collect();
                if reverse {
                    pairs.reverse();
                }
                for (name, value) in pairs.clone() {
                    inserted.insert(name, value);
                }
                extended.extend(pairs);
            }
            prop_assert!(inserted.0.is_sorted_by(|one, other| one.0.text() < other.0.text()), "{:?}", inserted);
            prop_assert_eq!(&inserted, &extended);
            let json = serde_json::to_string(&inserted).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Fields>(&json).unwrap(), &inserted);
            for (name, value) in inserted.iter() {
                let known = Name::find(&name.text());
                prop_assert!(known.is_none_or(|known| inserted.get(known) == Some(value)), "{}", name);
            }
        }
    }
}
