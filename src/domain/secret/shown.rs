//! The visible form of a field's value.

use super::card_numbers::mask_card_numbers;
use super::masks::{LEAST_NUMBER, mask_digit_runs, mask_number, mask_whole};
use crate::spec::fields::Sensitivity;
use std::borrow::Cow;

/// The most characters of a value that an error shows whole. A longer value is shown without its middle. Observed: a
/// long value shows its first and last ten characters, and a value of 42 characters is shown whole. The limit between
/// them is decided.
const WHOLE_CHARACTERS: usize = 50;

/// Characters at either end of a shortened value (observed).
const END_CHARACTERS: usize = 10;

/// The value of a field in an answer. `None` is for a name that the catalogue does not know; such a value may contain
/// anything.
pub fn in_answer(sensitivity: Option<Sensitivity>, value: &str) -> Cow<'_, str> {
    match sensitivity {
        Some(Sensitivity::Plain) => value.into(),
        Some(Sensitivity::Masked) => mask_number(value).into(),
        Some(Sensitivity::Hidden) => mask_whole(value).into(),
        Some(Sensitivity::Secret) => "".into(),
        None => mask_digit_runs(value).into(),
    }
}

/// The value of a field in a page that returns a form to its browser. A secret must not be readable on the screen or
/// in a cache. The same holds for a card number that was typed into another field.
pub fn in_form(sensitivity: Sensitivity, value: &str) -> &str {
    match sensitivity {
        Sensitivity::Plain if mask_card_numbers(value).is_none() => value,
        Sensitivity::Plain | Sensitivity::Masked | Sensitivity::Hidden | Sensitivity::Secret => "",
    }
}

/// The value of a field in an error. The value may have been sent in the wrong field.
pub fn in_error(sensitivity: Sensitivity, value: &str) -> String {
    match sensitivity {
        Sensitivity::Plain => shortened(mask_digit_runs(value)),
        // Observed: `4444`, which is too short for a card number.
        Sensitivity::Masked if value.chars().count() < LEAST_NUMBER => value.to_owned(),
        Sensitivity::Masked => shortened(mask_number(value)),
        Sensitivity::Hidden => shortened(mask_whole(value)),
        Sensitivity::Secret if value.is_empty() => String::new(),
        Sensitivity::Secret => "..".to_owned(),
    }
}

fn shortened(text: String) -> String {
    let length = text.chars().count();
    if length <= WHOLE_CHARACTERS {
        return text;
    }
    let start = text.chars().take(END_CHARACTERS);
    let end = text.chars().skip(length - END_CHARACTERS);
    start.chain("...".chars()).chain(end).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn an_error_masks_and_shortens_values() {
        let long = format!("<ThreeDSecure>{}</ThreeDSecure>", "a".repeat(100));
        for (sensitivity, value, expected) in [
            (Sensitivity::Plain, "1,317.00", "1,317.00"),
            (Sensitivity::Plain, long.as_str(), "<ThreeDSec...eeDSecure>"),
            (Sensitivity::Plain, "card 5123450000000008!", "card 512345xxxxxx0008!"),
            (Sensitivity::Masked, "5123450000000008", "512345xxxxxx0008"),
            (Sensitivity::Masked, "412585009634", "412585xx9634"),
            (Sensitivity::Masked, "4444", "4444"),
            (Sensitivity::Masked, "5123450000", "xxxxxxxxxx"),
            (Sensitivity::Hidden, "1234", "xxxx"),
            (Sensitivity::Secret, "0123456789abcdef", ".."),
            (Sensitivity::Secret, "", ""),
        ] {
            assert_eq!(in_error(sensitivity, value), expected, "{sensitivity:?}");
        }
        assert_eq!(in_error(Sensitivity::Plain, &"é".repeat(51)), format!("{0}...{0}", "é".repeat(10)));
        assert_eq!(in_error(Sensitivity::Plain, &"é".repeat(50)), "é".repeat(50));
    }

    #[test]
    fn a_page_gives_back_neither_secrets_nor_card_numbers() {
        for (sensitivity, value, expected) in [
            (Sensitivity::Plain, "Jane Doe", "Jane Doe"),
            (Sensitivity::Plain, "5123 4500 0000 0008", ""),
            (Sensitivity::Masked, "5123450000000008", ""),
            (Sensitivity::Hidden, "123", ""),
            (Sensitivity::Secret, "x", ""),
        ] {
            assert_eq!(in_form(sensitivity, value), expected, "{sensitivity:?} {value}");
        }
    }

    proptest! {
        #[test]
        fn no_value_shows_more_than_ten_digits_of_a_card_number(number in "[0-9]{13,19}", around in "[a-z<]{0,60}") {
            for sensitivity in [Sensitivity::Plain, Sensitivity::Masked, Sensitivity::Hidden, Sensitivity::Secret] {
                let text = in_error(sensitivity, &format!("{around}{number}{around}"));
                prop_assert!(!text.contains(&number));
                prop_assert!(text.chars().filter(char::is_ascii_digit).count() <= 10, "{}", text);
            }
        }
    }
}
