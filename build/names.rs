//! The known names: their numbers, their constants and the table in which the text of one is found.

use crate::hash;
use crate::tsv::{Problem, Row};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The most arrays that a name may stand in.
const LEVELS: usize = 2;

/// Every known name in byte order; the place of one is its number.
pub struct Names {
    patterns: Vec<String>,
    constants: BTreeMap<String, String>,
}

impl Names {
    /// The names of these rows.
    pub fn new<'a>(rows: impl Iterator<Item = &'a Row>) -> Result<Names, Problem> {
        let mut patterns = BTreeSet::new();
        for row in rows {
            if !is_well_formed(row.name()) {
                return Err(row.problem(format!("'{}' is not the name of a field", row.name())));
            }
            patterns.insert(row.name().to_owned());
        }
        let constants = constants(&patterns)?;
        Ok(Names { patterns: patterns.into_iter().collect(), constants })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.patterns.len()
    }

    /// All of them, in byte order.
    pub fn patterns(&self) -> &[String] {
        &self.patterns
    }

    /// The path of the constant of a known name.
    pub fn constant(&self, pattern: &str) -> String {
        format!("names::{}", self.constants.get(pattern).map(String::as_str).unwrap_or_default())
    }

    /// The constants of `fields::names`.
    pub fn write_constants(&self) -> String {
        let mut code = String::new();
        for (number, pattern) in self.patterns.iter().enumerate() {
            let constant = &self.constants[pattern];
            let _ = write!(code, "/// `{pattern}`\npub const {constant}: Name = Name({number});\n");
        }
        code
    }

    /// The constants of `fields::names::groups`: every group that holds a known name, the group itself being in no
    /// array.
    pub fn write_groups(&self) -> Result<String, Problem> {
        let prefixes = self.patterns.iter().flat_map(|name| name.match_indices('.').map(|(at, _)| &name[..at]));
        let groups: BTreeSet<String> = prefixes
            .map(|prefix| prefix.strip_suffix("[n]").unwrap_or(prefix).to_owned())
            .filter(|group| !group.contains('['))
            .collect();
        let mut code = String::new();
        for (group, constant) in constants(&groups)? {
            let (below, elements) = (self.at_or_below(&group), self.range(&format!("{group}[")));
            let _ = write!(
                code,
                "/// `{group}`\npub const {constant}: Group = Group {{ text: {group:?}, below: {below:?}, elements: {elements:?} }};\n"
            );
        }
        Ok(code)
    }

    /// What `fields::known` has of each name: its text, the end of what stands below it, the arrays it stands in; and
    /// the table in which a text is found.
    pub fn write_tables(&self) -> String {
        let count = self.len();
        let arrays: BTreeMap<&str, usize> = self.patterns.iter().flat_map(|name| arrays(name)).zip(1..).collect();
        let of_name = |name: &str| {
            let mut numbers = arrays_of(&arrays, name);
            numbers.resize(LEVELS, 0);
            numbers
        };
        let mut code = String::new();
        let _ = writeln!(code, "static PATTERNS: [&str; {count}] = {:?};", self.patterns);
        let ends: Vec<usize> = self.patterns.iter().map(|name| self.at_or_below(name).1).collect();
        let _ = writeln!(code, "static ENDS: [u16; {count}] = {ends:?};");
        let in_arrays: Vec<Vec<usize>> = self.patterns.iter().map(|name| of_name(name)).collect();
        let _ = writeln!(code, "static ARRAYS: [[u16; {LEVELS}]; {count}] = {in_arrays:?};");
        let slots = self.slots();
        let _ = writeln!(code, "static SLOTS: [u16; {}] = {slots:?};", slots.len());
        code
    }

    /// An open hash table of a third's load: the number of a name and one, or 0 where there is none.
    fn slots(&self) -> Vec<usize> {
        let mut slots = vec![0; (3 * self.len()).next_power_of_two()];
        for (number, pattern) in self.patterns.iter().enumerate() {
            let mut at = hash::hash(pattern.as_bytes()) as usize % slots.len();
            while slots[at] != 0 {
                at = (at + 1) % slots.len();
            }
            slots[at] = number + 1;
        }
        slots
    }

    fn at_or_below(&self, group: &str) -> (usize, usize) {
        let start = self.patterns.partition_point(|pattern| pattern.as_str() < group);
        let is_within = |pattern: &String| pattern == group || pattern.starts_with(&format!("{group}."));
        (start, start + self.patterns[start..].iter().take_while(|pattern| is_within(pattern)).count())
    }

    fn range(&self, start: &str) -> (usize, usize) {
        let first = self.patterns.partition_point(|pattern| pattern.as_str() < start);
        (first, first + self.patterns[first..].iter().take_while(|pattern| pattern.starts_with(start)).count())
    }
}

/// The arrays that a name stands in, outermost first: `a[n]` and `a[n].b[n]` of `a[n].b[n].c`.
fn arrays(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices("[n]").map(|(at, index)| &name[..at + index.len()])
}

fn arrays_of(numbers: &BTreeMap<&str, usize>, name: &str) -> Vec<usize> {
    arrays(name).filter_map(|array| numbers.get(array).copied()).collect()
}

/// Segments are letters and digits, the last may be `*`; an index is `[n]`.
fn is_well_formed(name: &str) -> bool {
    let (start, map) = name.strip_suffix(".*").map_or((name, false), |start| (start, true));
    let is_word = |segment: &str| {
        let word = segment.strip_suffix("[n]").unwrap_or(segment);
        !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    start.split('.').all(is_word) && arrays(name).count() <= LEVELS && !(map && name.contains('['))
}

/// A constant's name for each text. Where two texts would have the same, the one with fewer segments is written without
/// its words parted: `order.discountAmount` is `ORDER_DISCOUNTAMOUNT` beside `order.discount.amount`.
fn constants(texts: &BTreeSet<String>) -> Result<BTreeMap<String, String>, Problem> {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    let mut by_segments: Vec<&String> = texts.iter().collect();
    by_segments.sort_by_key(|text| std::cmp::Reverse(text.split('.').count()));
    for text in by_segments {
        let mut constant = constant(text, words);
        if taken.contains_key(&constant) {
            constant = self::constant(text, |segment| segment.to_owned());
        }
        if let Some(other) = taken.insert(constant, text) {
            return Err(Problem::new(format_args!("catalogue: {text} and {other} would have one constant")));
        }
    }
    Ok(taken.into_iter().map(|(constant, text)| (text.to_owned(), constant)).collect())
}

fn constant(text: &str, words: impl Fn(&str) -> String) -> String {
    let text = text.strip_prefix("sourceOfFunds.").filter(|rest| rest.starts_with("provided.")).unwrap_or(text);
    let spelled = text.replace("[n]", ".n").replace('*', "any").replace("3DSecure", "ThreeDSecure");
    let segments: Vec<String> = spelled.split('.').map(words).collect();
    segments.join("_").to_ascii_uppercase()
}

/// The words of a name in camel case, parted by `_`.
fn words(segment: &str) -> String {
    let letters: Vec<char> = segment.chars().collect();
    let mut parted = String::new();
    for (at, letter) in letters.iter().enumerate() {
        let before = at.checked_sub(1).map(|before| letters[before]);
        let ends_word = before.is_some_and(|before| !before.is_ascii_uppercase());
        let begins_word = before.is_some() && letters.get(at + 1).is_some_and(char::is_ascii_lowercase);
        if letter.is_ascii_uppercase() && (ends_word || begins_word) {
            parted.push('_');
        }
        parted.push(*letter);
    }
    parted
}
