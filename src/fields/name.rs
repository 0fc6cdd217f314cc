//! The name of a field: dotted segments of letters and digits, each with an index where it is an array.

use crate::limits;
use compact_str::CompactString;
use std::borrow::{Borrow, Cow};
use std::fmt;

/// A well-formed field name, such as `order.item[0].name`.
///
/// Segments are ASCII letters and digits; an index is decimal without leading zeros and at most
/// [`limits::ARRAY_INDEX`]; the whole is at most [`limits::NAME_BYTES`] bytes. Comparison is by bytes.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FieldName(CompactString);

impl FieldName {
    /// Checks and takes a name; `None` where it is not of the grammar.
    pub fn parse(text: &str) -> Option<FieldName> {
        FieldName::well_formed(text).then(|| FieldName(CompactString::from(text)))
    }

    /// Checks and takes a name without copying it.
    ///
    /// # Errors
    /// The text itself, where it is not of the grammar.
    pub fn parse_owned(text: String) -> Result<FieldName, String> {
        if FieldName::well_formed(&text) { Ok(FieldName(CompactString::from(text))) } else { Err(text) }
    }

    /// A name that is written in this program.
    pub fn known(text: &'static str) -> FieldName {
        debug_assert!(FieldName::well_formed(text), "{text} is not a field name");
        FieldName(CompactString::const_new(text))
    }

    /// This name below `prefix`, as `transaction[0]` and `order.id` give `transaction[0].order.id`.
    pub fn below(&self, prefix: &str) -> FieldName {
        FieldName(compact_str::format_compact!("{prefix}.{}", self.0))
    }

    /// The name as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is `group` itself or a field below it.
    pub fn is_within(&self, group: &str) -> bool {
        self.0.strip_prefix(group).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    }

    /// The name with every index written `[n]`, which is how the catalogue names array elements.
    pub fn pattern(&self) -> Cow<'_, str> {
        if !self.0.contains('[') {
            return Cow::Borrowed(&self.0);
        }
        let mut pattern = String::with_capacity(self.0.len());
        let mut in_index = false;
        for character in self.0.chars() {
            match character {
                '[' => {
                    pattern.push_str("[n]");
                    in_index = true;
                }
                ']' => in_index = false,
                _ if in_index => {}
                _ => pattern.push(character),
            }
        }
        Cow::Owned(pattern)
    }

    fn well_formed(text: &str) -> bool {
        text.len() <= limits::NAME_BYTES && text.as_bytes().split(|byte| *byte == b'.').all(segment_is_well_formed)
    }
}

fn segment_is_well_formed(segment: &[u8]) -> bool {
    let word = segment.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    word > 0
        && match &segment[word..] {
            [] => true,
            [b'[', digits @ .., b']'] => index_is_well_formed(digits),
            _ => false,
        }
}

fn index_is_well_formed(digits: &[u8]) -> bool {
    let is_canonical = digits.len() == 1 || !digits.starts_with(b"0");
    let index = std::str::from_utf8(digits).ok().filter(|text| text.bytes().all(|byte| byte.is_ascii_digit()));
    is_canonical && index.and_then(|text| text.parse::<u32>().ok()).is_some_and(|index| index <= limits::ARRAY_INDEX)
}

impl Borrow<str> for FieldName {
    fn borrow(&self) -> &str {
        &self.0
    }
}

/// Unchecked: names are read back from records alone, which were checked when they were written and are
/// authenticated by their seal.
impl<'de> serde::Deserialize<'de> for FieldName {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<FieldName, D::Error> {
        CompactString::deserialize(deserializer).map(FieldName)
    }
}

impl fmt::Debug for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_grammar() {
        for good in ["a", "order.id", "3DSecureId", "order.item[0].name", "a[0]", "transaction[12].order.id", "x[999]"]
        {
            assert!(FieldName::parse(good).is_some(), "{good} is a name");
        }
        let long = "a".repeat(limits::NAME_BYTES + 1);
        for bad in [
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "a[]",
            "a[x]",
            "a[-1]",
            "a[1",
            "a]1[",
            "[0]",
            "a[0]b",
            "a[0][1]",
            "a[01]",
            "a[1000000000]",
            "a_b",
            "a b",
            "é",
            "a[99999999999999999999]",
            long.as_str(),
        ] {
            assert!(FieldName::parse(bad).is_none(), "{bad} is no name");
        }
    }

    #[test]
    fn a_pattern_replaces_every_index() {
        let name = FieldName::parse("airline.itinerary.leg[10].carrierCode").unwrap();
        assert_eq!(name.pattern(), "airline.itinerary.leg[n].carrierCode");
    }
}
