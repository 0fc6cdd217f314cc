//! Groups of fields.

use super::known::Name;
use super::name::FieldName;
use std::fmt;

/// A group of fields: a name, and everything that stands below it (`group`, `group.…`, `group[n]…`). No array is above
/// it.
///
/// The constants stand in [`names::groups`](super::names::groups).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Group {
    pub(super) text: &'static str,
    /// The numbers of the known names `group` and `group.…`: from the first up to, but without, the second.
    pub(super) below: (u16, u16),
    /// The same for the known names `group[n]…`.
    pub(super) elements: (u16, u16),
}

impl Group {
    /// The name of the group.
    pub const fn as_str(&self) -> &'static str {
        self.text
    }

    /// Whether a known name is of the group.
    pub fn has(&self, name: Name) -> bool {
        let is_in = |(start, end): (u16, u16)| start <= name.0 && name.0 < end;
        is_in(self.below) || is_in(self.elements)
    }

    /// The known names of the group: `group` and `group.…` in byte order, then `group[n]…` in byte order.
    pub fn names(self) -> impl Iterator<Item = Name> {
        (self.below.0..self.below.1).chain(self.elements.0..self.elements.1).map(Name)
    }

    /// Whether a text is the group or stands below it.
    pub(super) fn has_text(&self, text: &str) -> bool {
        text.strip_prefix(self.text).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }

    /// The index right behind the group, in the name of a field of the group.
    pub fn index_of(&self, name: &FieldName) -> Option<usize> {
        match name.plain() {
            Some((known, indices)) => {
                (self.elements.0 <= known.0 && known.0 < self.elements.1).then_some(usize::from(indices[0]))
            }
            None => name.text().strip_prefix(self.text)?.strip_prefix('[')?.split(']').next()?.parse().ok(),
        }
    }

    /// The number before which every known name stands before the group in byte order.
    pub(super) fn start(&self) -> u16 {
        self.below.0
    }

    /// The number from which on every known name stands behind the group.
    pub(super) fn end(&self) -> u16 {
        self.below.1.max(self.elements.1)
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)
    }
}
