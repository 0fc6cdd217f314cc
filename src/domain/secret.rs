//! Text that must not be printed, and the masks under which parts of a text may be shown.

mod card_numbers;
mod masks;
mod shown;

pub use card_numbers::mask_card_numbers;
pub use masks::{mask_digit_runs, mask_number, mask_whole, with_three_last_digits};
pub use shown::{in_answer, in_error, in_form};

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_no_printed_form() {
        assert_eq!(format!("{:?}", Secret::new("0123456789abcdef")), "..");
    }
}
