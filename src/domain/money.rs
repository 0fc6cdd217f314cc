//! Amounts as whole minor units, with the exponents of ISO 4217 and without floating point.

use iso_currency::Currency as Iso;
use std::fmt;

/// An ISO 4217 currency with a minor unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Currency(Iso);

impl Currency {
    /// Reads an alphabetic code. `None` for codes that do not exist or have no minor unit (XAU, XXX).
    pub fn parse(code: &str) -> Option<Currency> {
        let currency = Iso::from_code(code)?;
        currency.exponent().map(|_| Currency(currency))
    }

    /// The alphabetic code.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// Decimals of an amount: 0 (JPY), 2 (USD), 3 (KWD), 4 (CLF).
    pub fn decimals(self) -> usize {
        usize::from(self.0.exponent().unwrap_or(2))
    }
}

impl serde::Serialize for Currency {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> serde::Deserialize<'de> for Currency {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Currency, D::Error> {
        let code = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        Currency::parse(&code)
            .ok_or_else(|| serde::de::Error::custom(format_args!("'{code}' is no ISO 4217 currency with a minor unit")))
    }
}

/// The reason why a text is no amount of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountError {
    /// Not digits with at most one point between or around them.
    NotDecimal,
    /// A non-zero digit beyond the currency's decimals.
    TooManyDecimals,
    /// More than [`Amount::most`].
    TooLarge,
}

/// An amount in minor units. The currency is stored beside the amount.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
pub struct Amount(i64);

impl Amount {
    /// Nothing.
    pub const ZERO: Amount = Amount(0);

    /// The most an amount may be, in units of the currency (documented for amounts of answers).
    pub const MOST: i64 = 1_000_000_000_000;

    /// The most an amount may be, in minor units of a currency with so many decimals.
    pub fn most(decimals: usize) -> i64 {
        // No currency has more than four decimals, so that the product stays far below the largest `i64`.
        (0..decimals).fold(Amount::MOST, |most, _| most.saturating_mul(10))
    }

    /// From minor units.
    pub fn from_minor(units: i64) -> Amount {
        Amount(units)
    }

    /// In minor units.
    pub fn minor(self) -> i64 {
        self.0
    }

    /// Reads `5`, `150.0` or `150.000000`. Extra zeros are dropped. A non-zero digit beyond the currency's decimals
    /// is an error (decided: real clients send both).
    ///
    /// # Errors
    /// The text is no decimal number, has too many decimals, or is too large.
    pub fn parse(text: &str, currency: Currency) -> Result<Amount, AmountError> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let all_digits = whole.bytes().chain(fraction.bytes()).all(|byte| byte.is_ascii_digit());
        if !all_digits || (whole.is_empty() && fraction.is_empty()) {
            return Err(AmountError::NotDecimal);
        }
        let decimals = currency.decimals();
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > decimals {
            return Err(AmountError::TooManyDecimals);
        }
        let digits = format!("{whole}{fraction:0<decimals$}");
        match digits.trim_start_matches('0') {
            "" => Ok(Amount::ZERO),
            significant => significant
                .parse::<i64>()
                .ok()
                .filter(|units| *units <= Amount::most(decimals))
                .map(Amount)
                .ok_or(AmountError::TooLarge),
        }
    }

    /// The sum, limited to the range of `i64`.
    pub fn plus(self, other: Amount) -> Amount {
        Amount(self.0.saturating_add(other.0))
    }

    /// The difference, limited to the range of `i64`.
    pub fn minus(self, other: Amount) -> Amount {
        Amount(self.0.saturating_sub(other.0))
    }

    /// The amount with the currency's decimals, such as `50.00` (observed in a recorded answer).
    pub fn to_protocol(self, currency: Currency) -> String {
        let decimals = currency.decimals();
        let mut text = format!("{:0>width$}", self.0.unsigned_abs(), width = decimals + 1);
        if decimals > 0 {
            text.insert(text.len() - decimals, '.');
        }
        if self.0 < 0 {
            text.insert(0, '-');
        }
        text
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn amount(text: &str, code: &str) -> Result<i64, AmountError> {
        Amount::parse(text, Currency::parse(code).unwrap()).map(Amount::minor)
    }

    #[test]
    fn amounts_that_real_clients_send_are_read() {
        for (text, code, minor) in [
            ("5", "USD", 500),
            ("45", "USD", 4500),
            ("100", "USD", 10000),
            ("150.0", "USD", 15000),
            ("12.50", "USD", 1250),
            ("150.000000", "USD", 15000),
            ("1.2500", "USD", 125),
            ("10.50", "BHD", 10500),
            ("1.005", "KWD", 1005),
            ("100.00", "JPY", 100),
            (".5", "USD", 50),
            ("5.", "USD", 500),
            ("0", "USD", 0),
            ("000000012.30", "USD", 1230),
            ("1000000000000", "JPY", 1_000_000_000_000),
            ("1000000000000", "BHD", 1_000_000_000_000_000),
        ] {
            assert_eq!(amount(text, code), Ok(minor), "{text} {code}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for (text, code, error) in [
            ("1,317.00", "USD", AmountError::NotDecimal),
            ("-1", "USD", AmountError::NotDecimal),
            ("+1", "USD", AmountError::NotDecimal),
            ("1e3", "USD", AmountError::NotDecimal),
            ("1.2.3", "USD", AmountError::NotDecimal),
            ("", "USD", AmountError::NotDecimal),
            (".", "USD", AmountError::NotDecimal),
            (" 1", "USD", AmountError::NotDecimal),
            ("٣", "USD", AmountError::NotDecimal),
            ("1.005", "USD", AmountError::TooManyDecimals),
            ("3688.69", "JPY", AmountError::TooManyDecimals),
            ("1000000000000.01", "USD", AmountError::TooLarge),
            ("1000000000001", "JPY", AmountError::TooLarge),
            ("1000000000000.001", "BHD", AmountError::TooLarge),
            ("99999999999999999999999", "USD", AmountError::TooLarge),
        ] {
            assert_eq!(amount(text, code), Err(error), "{text} {code}");
        }
    }

    proptest! {
        #[test]
        fn printing_and_reading_are_inverse(minor in 0..=Amount::MOST, code in prop::sample::select(vec!["JPY", "USD", "KWD", "CLF"])) {
            let currency = Currency::parse(code).unwrap();
            let printed = Amount::from_minor(minor).to_protocol(currency);
            prop_assert_eq!(Amount::parse(&printed, currency), Ok(Amount::from_minor(minor)));
        }
    }
}
