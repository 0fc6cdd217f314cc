//! Card numbers in a text that must not contain one.

use super::masks::{hide_middle, mask_digit_runs};
use crate::spec::cards;
use std::ops::{Range, RangeInclusive};

/// The lengths of digit sequences that are checked as card numbers.
const DIGITS: RangeInclusive<usize> = 13..=19;

/// The text with every card number masked. `None` where the text has no card number. Blanks and hyphens may separate
/// the groups of a number. The number begins and ends at the ends of digit groups, passes the Luhn check and belongs
/// to a known brand.
pub fn mask_card_numbers(text: &str) -> Option<String> {
    let groups = digit_groups(text);
    let mut masked = String::new();
    let (mut at, mut copied) = (0, 0);
    while at < groups.len() {
        match number(text, &groups[at..]) {
            None => at += 1,
            Some(taken) => {
                let (start, end) = (groups[at].start, groups[at + taken - 1].end);
                masked.push_str(&text[copied..start]);
                masked.push_str(&hide_middle(&text[start..end], |character| character.is_ascii_digit()));
                (at, copied) = (at + taken, end);
            }
        }
    }
    (copied > 0).then(|| mask_digit_runs(&(masked + &text[copied..])))
}

/// The groups of adjacent digits.
fn digit_groups(text: &str) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
        match groups.last_mut() {
            Some(group) if group.end == at => group.end = at + 1,
            _ => groups.push(at..at + 1),
        }
    }
    groups
}

/// The number of groups, from the first one, that form a card number.
fn number(text: &str, groups: &[Range<usize>]) -> Option<usize> {
    let mut digits = String::new();
    let mut end = groups.first()?.start;
    for (taken, group) in groups.iter().enumerate() {
        if !text[end..group.start].bytes().all(|between| matches!(between, b' ' | b'-')) {
            return None;
        }
        digits.push_str(&text[group.clone()]);
        if digits.len() > *DIGITS.end() {
            return None;
        }
        if DIGITS.contains(&digits.len()) && cards::luhn(&digits) && cards::brand(&digits).is_some() {
            return Some(taken + 1);
        }
        end = group.end;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_found_however_it_is_parted_and_whatever_stands_around_it() {
        for (text, expected) in [
            ("5123450000000008", "512345xxxxxx0008"),
            ("5123 4500 0000 0008", "5123 45xx xxxx 0008"),
            ("5123-4500 - 0000-0008", "5123-45xx - xxxx-0008"),
            ("no 12 345678901234564, é", "no 12 345678xxxxx4564, é"),
            ("a5123450000000008b4111111111111111", "a512345xxxxxx0008b411111xxxxxx1111"),
            ("5123450000000008 123456789", "512345xxxxxx0008 xxxxxxxxx"),
        ] {
            assert_eq!(mask_card_numbers(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn other_digits_are_no_card_number() {
        for text in [
            "",
            "é",
            "5123450000000000",
            "0000000000000000",
            "512345000000",
            "5123450000000008512345",
            "5123.4500.0000.0008",
            "MCC1234560126",
            "2026-11-25 10:30:00",
        ] {
            assert_eq!(mask_card_numbers(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_searched_and_what_is_found_is_not_shown(around in "[0-9 é-]{0,30}") {
            let _ = mask_card_numbers(&around);
            let text = mask_card_numbers(&format!("{around}x5123450000000008x{around}"));
            prop_assert!(text.is_some_and(|text| !text.contains("5123450000000008")));
        }
    }
}
