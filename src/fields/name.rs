//! The name of a field: dotted segments of letters and digits, each with an index where it is an array.

mod grammar;

use super::group::Group;
use super::known::Name;
use crate::limits;
use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;

/// A well-formed field name, such as `order.item[0].name`.
///
/// Segments are ASCII letters and digits; an index is decimal without leading zeros and at most
/// [`limits::ARRAY_INDEX`]; the whole is at most [`limits::NAME_BYTES`] bytes. Comparison is by the bytes of the text.
///
/// A name of the catalogue is a number and its indices. Any other is a text.
#[derive(Clone)]
pub struct FieldName(Form);

#[derive(Clone)]
enum Form {
    Known(Known),
    Text {
        text: Box<str>,
        /// The row of the open map that the name is a key of.
        map: Option<Name>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Known {
    name: Name,
    /// As many as the name has; the others are 0.
    indices: [u16; 2],
    element: Option<Element>,
}

/// An element of a list of whole answers: `transaction[0]` of RETRIEVE_ORDER has all fields of a transaction's answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Element {
    list: List,
    index: u16,
}

/// A list whose elements are whole answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// `page[n]`, the tokens of a search.
    Page,
    /// `transaction[n]`, the transactions of an order.
    Transaction,
}

// Three digits are what `index_order` looks at.
const _: () = assert!(limits::ARRAY_INDEX < 1000 && limits::TRANSACTIONS_PER_ORDER <= 1000);

impl List {
    /// The element at a place.
    pub fn element(self, index: usize) -> Element {
        Element { list: self, index: place(index) }
    }

    /// Where the names of its elements begin. No known name begins so.
    fn start(self) -> &'static str {
        match self {
            List::Page => "page[",
            List::Transaction => "transaction[",
        }
    }
}

impl FieldName {
    /// Checks and takes a name; `None` where it is not of the grammar.
    pub fn parse(text: &str) -> Option<FieldName> {
        FieldName::resolve(text).or_else(|| grammar::well_formed(text).then(|| FieldName::unknown(text)))
    }

    /// A known name in one array, at a place of it.
    pub fn indexed(name: Name, index: usize) -> FieldName {
        debug_assert!(name.levels() == 1, "{name} is not in one array");
        FieldName(Form::Known(Known { name, indices: [place(index), 0], element: None }))
    }

    /// This name below an element, as `transaction[0]` and `order.id` give `transaction[0].order.id`.
    pub fn below(self, element: Element) -> FieldName {
        FieldName(match self.0 {
            Form::Known(known) if known.element.is_none() => Form::Known(Known { element: Some(element), ..known }),
            Form::Known(known) => Form::Text { text: below(element, &FieldName(self.0).text()), map: Some(known.name) },
            Form::Text { text, map } => Form::Text { text: below(element, &text), map },
        })
    }

    /// The row of the catalogue that the name belongs to, whatever its indices and its element. A key of an open map belongs
    /// to the row of the map (`….*`).
    pub fn known(&self) -> Option<Name> {
        match &self.0 {
            Form::Known(known) => Some(known.name),
            Form::Text { map, .. } => *map,
        }
    }

    /// The known name that this is and its indices, where it is below no element.
    pub(super) fn plain(&self) -> Option<(Name, [u16; 2])> {
        match &self.0 {
            Form::Known(Known { name, indices, element: None }) => Some((*name, *indices)),
            _ => None,
        }
    }

    /// The name as it is written.
    pub fn text(&self) -> Cow<'_, str> {
        match &self.0 {
            Form::Known(known) if known.is_as_in_catalogue() => Cow::Borrowed(known.name.as_str()),
            Form::Known(_) => {
                let mut text = String::new();
                self.write(|piece| text.push_str(piece));
                Cow::Owned(text)
            }
            Form::Text { text, .. } => Cow::Borrowed(text),
        }
    }

    /// Hands out the text, piece by piece, without putting it together.
    pub fn write(&self, mut piece: impl FnMut(&str)) {
        match &self.0 {
            Form::Text { text, .. } => piece(text),
            Form::Known(known) => known.write(piece),
        }
    }

    /// Whether this is the group itself or a field below it.
    pub fn is_within(&self, group: Group) -> bool {
        match self.plain() {
            Some((name, _)) => group.has(name),
            None => group.has_text(&self.text()),
        }
    }

    /// The name with every index written `[n]`, which is how the catalogue names array elements.
    pub fn pattern(&self) -> Cow<'_, str> {
        if let Some((name, _)) = self.plain() {
            return Cow::Borrowed(name.as_str());
        }
        let text = self.text();
        if !text.contains('[') {
            return text;
        }
        let mut pattern = String::with_capacity(text.len());
        for (at, part) in text.split('[').enumerate() {
            match part.split_once(']') {
                Some((_, rest)) if at > 0 => pattern.extend(["[n]", rest]),
                _ => pattern.push_str(part),
            }
        }
        Cow::Owned(pattern)
    }

    /// The name of this text, where the catalogue has it. Such a text is of the grammar.
    pub(super) fn resolve(text: &str) -> Option<FieldName> {
        let (name, indices) = match Name::find(text) {
            // A field that is sent has a number in place of `[n]`, and a key in place of `*`.
            Some(name) if name.levels() == 0 && !name.is_map() => (name, [0; 2]),
            None if text.contains('[') => grammar::resolve_indices(text)?,
            _ => return None,
        };
        Some(FieldName(Form::Known(Known { name, indices, element: None })))
    }

    pub(super) fn unknown(text: &str) -> FieldName {
        let map = text.rsplit_once('.').and_then(|(group, _)| Name::find(&format!("{group}.*")));
        FieldName(Form::Text { text: text.into(), map })
    }

    /// How it stands to a known name that has no index, in the order of names.
    pub(super) fn compare(&self, other: Name) -> Ordering {
        match self.plain() {
            // Of two names in byte order, one without an index is before or behind all that the other may have.
            Some((name, _)) => name.cmp(&other),
            None => self.text().as_ref().cmp(other.as_str()),
        }
    }
}

fn below(element: Element, text: &str) -> Box<str> {
    format!("{}{}].{text}", element.list.start(), element.index).into()
}

/// An index in the width that names have. No list here is that long.
fn place(index: usize) -> u16 {
    u16::try_from(index).unwrap_or(u16::MAX)
}

/// The order of two indices as they are written, each before a `]`, which stands behind every digit: 10 before 1.
fn index_order(one: u16, other: u16) -> Ordering {
    const NONE: u16 = 10;
    let digits = |index: u16| match index {
        0..10 => [index, NONE, NONE],
        10..100 => [index / 10, index % 10, NONE],
        _ => [index / 100, index / 10 % 10, index % 10],
    };
    digits(one).cmp(&digits(other))
}

impl Known {
    fn is_as_in_catalogue(&self) -> bool {
        self.element.is_none() && self.name.levels() == 0
    }

    fn write(&self, mut piece: impl FnMut(&str)) {
        if let Some(Element { list, index }) = self.element {
            piece(list.start());
            write_digits(index, &mut piece);
            piece("].");
        }
        if self.name.levels() == 0 {
            return piece(self.name.as_str());
        }
        let mut indices = self.indices.iter();
        for (at, part) in self.name.as_str().split("[n]").enumerate() {
            if let Some(index) = (at > 0).then(|| indices.next()).flatten() {
                piece("[");
                write_digits(*index, &mut piece);
                piece("]");
            }
            piece(part);
        }
    }

    /// The order of two names below the same element, or below none.
    fn order(&self, other: &Known) -> Ordering {
        let by_name = || self.name.cmp(&other.name);
        if self.indices == other.indices {
            return by_name();
        }
        // Where both are in one array, its index comes before what stands behind it.
        let levels = self.name.arrays().into_iter().zip(other.name.arrays());
        let indices = self.indices.into_iter().zip(other.indices);
        let of_one_array = levels.zip(indices).take_while(|((one, other), _)| *one > 0 && one == other);
        let by_index = of_one_array.map(|(_, (one, other))| index_order(one, other)).find(|order| order.is_ne());
        by_index.unwrap_or_else(by_name)
    }
}

fn write_digits(index: u16, piece: &mut impl FnMut(&str)) {
    let mut divisor = match index {
        0..10 => 1,
        10..100 => 10,
        100..1000 => 100,
        _ => 10_000,
    };
    while divisor > 0 {
        let digit = usize::from(index / divisor % 10);
        piece(&"0123456789"[digit..=digit]);
        divisor /= 10;
    }
}

impl Ord for FieldName {
    fn cmp(&self, other: &FieldName) -> Ordering {
        match (&self.0, &other.0) {
            (Form::Known(one), Form::Known(two)) => match (one.element, two.element) {
                (None, None) => one.order(two),
                (Some(of_one), Some(of_two)) if of_one.list == of_two.list => {
                    index_order(of_one.index, of_two.index).then_with(|| one.order(two))
                }
                (Some(of_one), Some(of_two)) => of_one.list.start().cmp(of_two.list.start()),
                (None, Some(of_two)) => one.name.as_str().cmp(of_two.list.start()),
                (Some(of_one), None) => of_one.list.start().cmp(two.name.as_str()),
            },
            _ => self.text().cmp(&other.text()),
        }
    }
}

impl PartialOrd for FieldName {
    fn partial_cmp(&self, other: &FieldName) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for FieldName {
    fn eq(&self, other: &FieldName) -> bool {
        match (&self.0, &other.0) {
            (Form::Known(one), Form::Known(two)) => one == two,
            _ => self.text() == other.text(),
        }
    }
}

impl Eq for FieldName {}

impl PartialEq<Name> for FieldName {
    fn eq(&self, other: &Name) -> bool {
        self.plain().is_some_and(|(name, _)| name == *other && name.levels() == 0)
    }
}

/// A known name in no array.
impl From<Name> for FieldName {
    fn from(name: Name) -> FieldName {
        debug_assert!(name.levels() == 0 && !name.is_map(), "{name} is no whole name");
        FieldName(Form::Known(Known { name, indices: [0; 2], element: None }))
    }
}

impl From<FieldName> for String {
    fn from(name: FieldName) -> String {
        name.text().into_owned()
    }
}

impl fmt::Debug for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text(), f)
    }
}

impl fmt::Display for FieldName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

#[cfg(test)]
mod tests;
