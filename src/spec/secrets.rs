//! Which names that the catalogue does not know are taken for secrets.

use super::fields::{FIELDS, Sensitivity};
use crate::fields::names;
use std::collections::HashSet;
use std::sync::LazyLock;

/// Words of names whose values must not be seen, in lower case and without the number at their end.
static SECRET_WORDS: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let secret = FIELDS.iter().filter(|row| row.sensitivity == Sensitivity::Hidden || row.name == names::API_PASSWORD);
    let last = secret.filter_map(|row| row.name.as_str().rsplit('.').next()).map(bare);
    last.chain(["csc", "track", "trackdata"].map(str::to_owned)).collect()
});

/// What makes a secret of any word that it is a part of (`accountPassword`, `cardSecurityCode`), in lower case.
const SECRET_PARTS: [&str; 8] =
    ["accesscode", "cvc", "cvv", "passcode", "passwd", "password", "secret", "securitycode"];

/// A word of a name without its index, the number at its end and its capitals: `securitycode` of `securityCode2[0]`.
fn bare(word: &str) -> String {
    let word = word.split('[').next().unwrap_or_default();
    word.trim_end_matches(|letter: char| letter.is_ascii_digit()).to_ascii_lowercase()
}

/// Whether a name that the catalogue does not know may be a misspelt code, PIN or password (`…card.cvv`,
/// `order.securityCode2`). Such a value is kept nowhere and shown to nobody. `is_provided` says that the name stands
/// among a payer's own data.
pub fn may_be_secret(is_provided: bool, name: &str) -> bool {
    is_provided
        || name
            .split('.')
            .map(bare)
            .any(|word| SECRET_WORDS.contains(&word) || SECRET_PARTS.iter().any(|part| word.contains(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_secret_is_known_by_a_word_of_its_name() {
        for name in
            ["order.cvv", "order.securityCode2", "order.Pin[0].value", "a.accountPassword", "card.track2", "a.CSC"]
        {
            assert!(may_be_secret(false, name), "{name}");
        }
        for name in ["order.unheardOf", "order.spinner", "a.trackingNumber", "order.codes"] {
            assert!(!may_be_secret(false, name), "{name}");
        }
        assert!(may_be_secret(true, "sourceOfFunds.provided.card.unheardOf"));
    }
}
