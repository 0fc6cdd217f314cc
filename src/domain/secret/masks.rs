//! The masks that hide parts of a text.

use std::borrow::Cow;

/// The number of characters that a mask shows at the start and at the end (observed: `512345xxxxxx0008`).
const SHOWN_AT_START: usize = 6;
const SHOWN_AT_END: usize = 4;

/// A shorter text shows no character, because the mask would show all or nearly all of it.
const LEAST_MASKED: usize = 11;

/// Digits of the shortest card number (documented: 9 to 19).
pub(super) const LEAST_NUMBER: usize = 9;

/// A card or account number. All but its first six and last four characters are replaced by `x` (observed:
/// `512345xxxxxx0008`, `412585xx9634`). A number of fewer than eleven characters shows none of them.
pub fn mask_number(number: &str) -> String {
    let length = number.chars().count();
    if length < LEAST_MASKED { "x".repeat(length) } else { hide_middle(number, |_| true) }
}

/// Hides the characters that count, except those at either end. Other characters stay.
pub(super) fn hide_middle(text: &str, counts: impl Fn(char) -> bool) -> String {
    let end = text.chars().filter(|character| counts(*character)).count().saturating_sub(SHOWN_AT_END);
    let mut at = 0;
    let hidden = text.chars().map(|character| {
        let is_hidden = counts(character) && (SHOWN_AT_START..end).contains(&at);
        at += usize::from(counts(character));
        if is_hidden { 'x' } else { character }
    });
    hidden.collect()
}

/// A masked card number that shows its first six and last three digits. Any other text is unchanged (observed: the
/// first API versions show numbers with three last digits in answers and errors).
pub fn with_three_last_digits(masked: &str) -> Cow<'_, str> {
    let Some((first, last)) = masked.rsplit_once('x') else {
        return masked.into();
    };
    let is_number = last.len() == 4 && last.bytes().all(|byte| byte.is_ascii_digit());
    match last.get(1..) {
        Some(three) if is_number => format!("{first}xx{three}").into(),
        _ => masked.into(),
    }
}

/// One `x` for each character (observed: `xxx`, Amex `xxxx`).
pub fn mask_whole(text: &str) -> String {
    "x".repeat(text.chars().count())
}

/// The text with every run of nine or more digits masked as a card number. Use: a text that may contain a card number
/// by mistake, such as an unknown name.
pub fn mask_digit_runs(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut run = String::new();
    for character in text.chars() {
        if character.is_ascii_digit() {
            run.push(character);
        } else {
            flush(&mut run, &mut masked);
            masked.push(character);
        }
    }
    flush(&mut run, &mut masked);
    masked
}

fn flush(run: &mut String, masked: &mut String) {
    if run.len() >= LEAST_NUMBER {
        masked.push_str(&mask_number(run));
    } else {
        masked.push_str(run);
    }
    run.clear();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_show_what_the_gateway_shows() {
        assert_eq!(mask_number("5123450000000008"), "512345xxxxxx0008");
        assert_eq!(mask_number("345678901234564"), "345678xxxxx4564");
        assert_eq!(mask_number("412585009634"), "412585xx9634");
        assert_eq!(mask_number("4444"), "xxxx");
        assert_eq!(mask_number("ééééééééééé"), "ééééééxéééé");
        assert_eq!(with_three_last_digits("512345xxxxxx0008"), "512345xxxxxxx008");
        for other in ["xxx", "5123450000000008", "A value: x12345", "x\u{e9}00", ""] {
            assert_eq!(with_three_last_digits(other), other, "{other}");
        }
        assert_eq!(mask_whole("123"), "xxx");
        assert_eq!(mask_digit_runs("{\"n\":5123450000000008,\"m\":12}"), "{\"n\":512345xxxxxx0008,\"m\":12}");
    }
}
