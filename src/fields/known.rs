//! The names that the catalogue knows, as numbers.

use super::group::Group;
use super::hash::hash;
use std::borrow::Cow;
use std::fmt;

/// A name of the catalogue: the place of its text among all known names in byte order. Every index in the text is
/// written `[n]`, and a last segment `*` stands for any key of an open map.
///
/// Names compare as their texts do. The constants stand in [`names`](super::names).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Name(pub(super) u16);

include!(concat!(env!("OUT_DIR"), "/name_tables.rs"));

impl Name {
    /// How many names there are.
    pub const COUNT: usize = PATTERNS.len();

    /// Every name, in byte order.
    pub fn all() -> impl Iterator<Item = Name> {
        (0..).take(Name::COUNT).map(Name)
    }

    /// The name of this text, in which every index is written `[n]`.
    pub fn find(text: &str) -> Option<Name> {
        let mut slot = hash(text.as_bytes()) as usize;
        loop {
            // The table has empty slots.
            let number = SLOTS[slot % SLOTS.len()].checked_sub(1)?;
            if PATTERNS[usize::from(number)] == text {
                return Some(Name(number));
            }
            slot = slot.wrapping_add(1);
        }
    }

    /// The text.
    pub const fn as_str(self) -> &'static str {
        PATTERNS[self.0 as usize]
    }

    /// The place of the name among all, by which a table of names is read.
    pub const fn number(self) -> usize {
        self.0 as usize
    }

    /// The group that has this name and no array in it: the field, and what stands below it.
    pub const fn group(self) -> Group {
        let end = ENDS[self.0 as usize];
        Group { text: PATTERNS[self.0 as usize], below: (self.0, end), elements: (end, end) }
    }

    /// How many indices the name has.
    pub(super) fn levels(self) -> usize {
        self.arrays().iter().filter(|array| **array > 0).count()
    }

    /// The arrays the name stands in, outermost first; 0 for none.
    pub(super) fn arrays(self) -> [u16; 2] {
        ARRAYS[self.number()]
    }

    /// Whether it stands for the keys of an open map.
    pub fn is_map(self) -> bool {
        self.as_str().ends_with('*')
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl From<Name> for String {
    fn from(name: Name) -> String {
        name.as_str().to_owned()
    }
}

impl From<Name> for Cow<'static, str> {
    fn from(name: Name) -> Cow<'static, str> {
        Cow::Borrowed(name.as_str())
    }
}

impl PartialEq<str> for Name {
    fn eq(&self, text: &str) -> bool {
        self.as_str() == text
    }
}

impl PartialEq<&str> for Name {
    fn eq(&self, text: &&str) -> bool {
        self.as_str() == *text
    }
}

impl PartialEq<Name> for str {
    fn eq(&self, name: &Name) -> bool {
        self == name.as_str()
    }
}

impl PartialEq<Name> for &str {
    fn eq(&self, name: &Name) -> bool {
        *self == name.as_str()
    }
}

impl serde::Serialize for Name {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_by_its_text_and_has_its_place_in_byte_order() {
        for (place, name) in Name::all().enumerate() {
            assert_eq!(Name::find(name.as_str()), Some(name));
            assert_eq!(name.number(), place, "{name}");
        }
        assert!(PATTERNS.is_sorted_by(|one, other| one < other), "each once, in byte order");
        for unknown in ["", "order", "order.i", "order.idx", "Order.id", "order.item[0].name"] {
            assert_eq!(Name::find(unknown), None, "{unknown}");
        }
    }
}
