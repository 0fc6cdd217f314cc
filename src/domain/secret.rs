//! Text that must not be printed, and the masks under which parts of it may be.

use std::borrow::Cow;
use std::fmt;
use zeroize::Zeroizing;

/// Text that has no `Display`, prints as `..` for debugging and is wiped when it is dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes the text.
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(Zeroizing::new(text.into()))
    }

    /// The text, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("..")
    }
}

/// A card or account number with all but its first six and last four characters replaced by `x`
/// (observed: `512345xxxxxx0008`, `412585xx9634`). Fewer than eleven characters show nothing at all.
pub fn mask_number(number: &str) -> String {
    let length = number.chars().count();
    if length < 11 {
        return "x".repeat(length);
    }
    number.chars().enumerate().map(|(at, character)| if at < 6 || at >= length - 4 { character } else { 'x' }).collect()
}

/// A masked card number with one digit less: its first six and last three. Any other text stays as it is (observed:
/// so the first API versions show a number in answers, and where an error repeats it).
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

/// Text with every run of nine or more digits masked as a card number: for text that may hold one where
/// none belongs, such as an unknown name.
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
    if run.len() >= 9 {
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

    #[test]
    fn a_secret_has_no_printed_form() {
        assert_eq!(format!("{:?}", Secret::new("0123456789abcdef")), "..");
    }
}
