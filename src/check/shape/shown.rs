//! How a value is shown in an explanation.

use crate::domain::secret::{mask_digit_runs, mask_number, mask_whole};
use crate::spec::fields::Sensitivity;

/// A longer value is shortened in the middle. Observed: a long one shows its first and last ten characters,
/// one of 42 is shown whole; the limit between them is decided.
const WHOLE_CHARACTERS: usize = 50;

/// Characters kept at either end of a shortened value (observed).
const END_CHARACTERS: usize = 10;

/// Too few for a card number (documented: 9 to 19 digits); the gateway shows such a value (observed: `4444`).
const TOO_SHORT_FOR_A_NUMBER: usize = 9;

/// The value as it may be shown.
pub(in crate::check) fn shown(sensitivity: Sensitivity, value: &str) -> String {
    match sensitivity {
        Sensitivity::Plain => shortened(mask_digit_runs(value)),
        Sensitivity::Masked if value.chars().count() < TOO_SHORT_FOR_A_NUMBER => value.to_owned(),
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
    fn values_are_masked_and_shortened() {
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
            assert_eq!(shown(sensitivity, value), expected, "{sensitivity:?}");
        }
        assert_eq!(shown(Sensitivity::Plain, &"é".repeat(51)), format!("{0}...{0}", "é".repeat(10)));
        assert_eq!(shown(Sensitivity::Plain, &"é".repeat(50)), "é".repeat(50));
    }

    proptest! {
        #[test]
        fn no_value_shows_more_than_ten_digits_of_a_card_number(number in "[0-9]{13,19}", around in "[a-z<]{0,60}") {
            for sensitivity in [Sensitivity::Plain, Sensitivity::Masked, Sensitivity::Hidden, Sensitivity::Secret] {
                let text = shown(sensitivity, &format!("{around}{number}{around}"));
                prop_assert!(!text.contains(&number));
                prop_assert!(text.chars().filter(char::is_ascii_digit).count() <= 10, "{}", text);
            }
        }
    }
}
