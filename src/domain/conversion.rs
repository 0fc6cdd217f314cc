//! Exchange rates as decimals: digits and a power of ten, without floating point.

use super::money::{Amount, Currency};

/// Digits of the rates that test profiles are quoted.
const QUOTED_DIGITS: usize = 6;

/// Decimals of a converted amount (decided: the page's one example has four, more than its currency has).
const AMOUNT_DECIMALS: usize = 4;

/// An exchange rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// The rate without its point.
    digits: u64,
    /// The number of digits behind the point.
    decimals: usize,
}

impl Rate {
    /// The rate that a test profile quotes for a real rate: the first two significant digits, filled with nines to
    /// six digits (documented: 3.2… is quoted as 3.29999). `None` where the text is no decimal with two significant
    /// digits.
    pub fn quoted(real: &str) -> Option<Rate> {
        let (whole, fraction) = real.split_once('.').unwrap_or((real, ""));
        let all = format!("{whole}{fraction}");
        let significant = all.trim_start_matches('0');
        let kept = significant.get(..2).filter(|_| all.bytes().all(|byte| byte.is_ascii_digit()))?;
        let digits = format!("{kept:9<QUOTED_DIGITS$}").parse().ok()?;
        // The position of the point, counted from the first significant digit. The nines follow the two digits.
        let before_point = whole.trim_start_matches('0').len();
        let zeros_behind_point = if before_point > 0 { 0 } else { fraction.len() - significant.len() };
        Some(Rate { digits, decimals: (QUOTED_DIGITS + zeros_behind_point).checked_sub(before_point)? })
    }

    /// `3.29999`, `0.739999`.
    pub fn to_protocol(self) -> String {
        decimal(u128::from(self.digits), self.decimals, 0)
    }

    /// The amount in the other currency, with the decimals of that currency and at most four, the last one rounded
    /// (documented: 20 USD at 3.29999 are 65.9998).
    pub fn convert(self, amount: Amount, from: Currency, to: Currency) -> String {
        let product = u128::from(amount.minor().unsigned_abs()) * u128::from(self.digits);
        let decimals = self.decimals + from.decimals();
        let (product, decimals) = match decimals.checked_sub(AMOUNT_DECIMALS) {
            Some(too_many) if too_many > 0 => {
                let unit = u32::try_from(too_many).map_or(u128::MAX, |too_many| 10_u128.saturating_pow(too_many));
                (product.saturating_add(unit / 2) / unit, AMOUNT_DECIMALS)
            }
            _ => (product, decimals),
        };
        decimal(product, decimals, to.decimals())
    }
}

/// Digits with their point. Zeros at the end are removed beyond the `kept` decimals.
fn decimal(digits: u128, decimals: usize, kept: usize) -> String {
    let padded = format!("{digits:0>width$}", width = decimals + 1);
    let (whole, fraction) = padded.split_at(padded.len() - decimals);
    let fraction = format!("{:0<kept$}", fraction.trim_end_matches('0'));
    if fraction.is_empty() { whole.to_owned() } else { format!("{whole}.{fraction}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_quoted_rate_is_two_digits_and_nines() {
        for (real, quoted) in [
            ("3.2", "3.29999"),
            ("1.11", "1.19999"),
            ("13.24", "13.9999"),
            ("270.18", "279.999"),
            ("0.73", "0.739999"),
            ("0.20", "0.209999"),
            ("0.0123", "0.0129999"),
        ] {
            assert_eq!(Rate::quoted(real).map(Rate::to_protocol).as_deref(), Some(quoted), "{real}");
        }
        for bad in ["", "x", "1", "0", "1.x", "1234567.8", "-1.23"] {
            assert_eq!(Rate::quoted(bad), None, "{bad}");
        }
    }

    #[test]
    fn amounts_have_the_currency_s_decimals_or_up_to_four() {
        let currency = |code| Currency::parse(code).expect("a currency");
        for (amount, from, real, to, converted) in [
            ("20.00", "USD", "3.2", "MYR", "65.9998"),
            ("0.01", "USD", "3.2", "MYR", "0.033"),
            ("100.00", "USD", "1.11", "AUD", "119.999"),
            ("1000.00", "USD", "1.11", "AUD", "1199.99"),
            ("10.500", "BHD", "270.18", "JPY", "2939.9895"),
            ("1000", "JPY", "0.73", "USD", "739.999"),
            ("100000.00", "USD", "1.11", "AUD", "119999.00"),
        ] {
            let rate = Rate::quoted(real).expect("a rate");
            let amount = Amount::parse(amount, currency(from)).expect("an amount");
            assert_eq!(rate.convert(amount, currency(from), currency(to)), converted, "{real}");
        }
    }

    proptest! {
        #[test]
        fn every_amount_converts_to_one_that_is_no_smaller_for_more(
            minor in 0..Amount::MOST, real in "[1-9][0-9]{0,2}\\.[0-9]{2}",
        ) {
            let (usd, myr) = (Currency::parse("USD").unwrap(), Currency::parse("MYR").unwrap());
            let rate = Rate::quoted(&real).unwrap();
            let converted = |minor| {
                let text = rate.convert(Amount::from_minor(minor), usd, myr);
                let (whole, fraction) = text.split_once('.').unwrap();
                format!("{whole}{fraction:0<4}").parse::<u128>().unwrap()
            };
            prop_assert!(converted(minor) <= converted(minor + 1));
        }
    }
}
