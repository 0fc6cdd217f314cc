//! Dynamic currency conversion of test profiles: which card is billed in which currency, and at which rate
//! (documented on the test page). What is not in these tables is not eligible.

/// The first digits of a card number choose the rate (documented: ten).
pub const DIGITS: usize = 10;

/// Cards by their first [`DIGITS`] digits, with the currency of their payers.
pub static CARDS: &[(&str, &str)] = &[
    ("4119089999", "SGD"),
    ("4180779999", "MXN"),
    ("4523369999", "CAD"),
    ("4532249999", "AUD"),
    ("4541879999", "HKD"),
    ("4546239999", "THB"),
    ("4563769999", "MYR"),
    ("4761209999", "NZD"),
    ("4907449999", "EUR"),
    ("4923079999", "ARS"),
    ("4986689999", "JPY"),
    ("5100049999", "USD"),
    ("5157439999", "BRL"),
    ("5191639999", "NZD"),
    ("5192699999", "CAD"),
    ("5221379999", "ARS"),
    ("5288049999", "MXN"),
    ("5313359999", "MYR"),
    ("5402159999", "AUD"),
    ("5410969999", "HKD"),
    ("5434499999", "THB"),
    ("5438179999", "JPY"),
    ("5490019999", "EUR"),
];

/// What one unit of the first currency, an order's, is in the second, a payer's.
pub static RATES: &[(&str, &str, &str)] = &[
    ("BHD", "ARS", "20.74"),
    ("BHD", "AUD", "2.92"),
    ("BHD", "BRL", "6.11"),
    ("BHD", "CAD", "2.89"),
    ("BHD", "EUR", "1.92"),
    ("BHD", "HKD", "20.42"),
    ("BHD", "JPY", "270.18"),
    ("BHD", "MXN", "34.84"),
    ("BHD", "MYR", "8.61"),
    ("BHD", "NZD", "3.13"),
    ("BHD", "SGD", "3.34"),
    ("BHD", "THB", "85.05"),
    ("BHD", "USD", "2.63"),
    ("CNY", "ARS", "1.26"),
    ("CNY", "AUD", "0.18"),
    ("CNY", "BRL", "0.37"),
    ("CNY", "CAD", "0.18"),
    ("CNY", "EUR", "0.12"),
    ("CNY", "HKD", "1.24"),
    ("CNY", "JPY", "16.43"),
    ("CNY", "MXN", "2.12"),
    ("CNY", "MYR", "0.52"),
    ("CNY", "NZD", "0.19"),
    ("CNY", "SGD", "0.20"),
    ("CNY", "THB", "5.17"),
    ("CNY", "USD", "0.16"),
    ("USD", "ARS", "7.88"),
    ("USD", "AUD", "1.11"),
    ("USD", "EUR", "0.73"),
    ("USD", "MXN", "13.24"),
    // The page has it in an example, cut to its first two digits.
    ("USD", "MYR", "3.2"),
    ("USD", "SGD", "1.27"),
];

/// The currency that the payer of a card is billed in; `None` for a card that is not converted, or of which too
/// few digits are known.
pub fn payer_currency(number: &str) -> Option<&'static str> {
    let digits = number.get(..DIGITS)?;
    CARDS.iter().find(|(first, _)| *first == digits).map(|(_, currency)| *currency)
}

/// The rate from an order's currency to a payer's.
pub fn rate(order: &str, payer: &str) -> Option<&'static str> {
    RATES.iter().find(|(from, to, _)| (*from, *to) == (order, payer)).map(|(_, _, rate)| *rate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::money::Currency;
    use crate::spec::cards::PUBLISHED_TEST_NUMBERS;

    #[test]
    fn the_tables_are_sorted_without_duplicates() {
        assert!(CARDS.windows(2).all(|pair| pair[0].0 < pair[1].0), "cards by their digits");
        assert!(RATES.windows(2).all(|pair| (pair[0].0, pair[0].1) < (pair[1].0, pair[1].1)), "rates by currencies");
    }

    #[test]
    fn every_card_is_published_and_every_currency_exists() {
        for (digits, currency) in CARDS {
            assert_eq!(digits.len(), DIGITS);
            assert!(PUBLISHED_TEST_NUMBERS.iter().any(|number| number.starts_with(digits)), "{digits}");
            assert!(Currency::parse(currency).is_some(), "{currency}");
        }
        for (from, to, _) in RATES {
            assert!(Currency::parse(from).is_some() && CARDS.iter().any(|(_, payer)| payer == to), "{from} to {to}");
        }
    }
}
