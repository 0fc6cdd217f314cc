//! Exact decimal numbers, for the sum of line items. Quantities and unit amounts may both have decimals.

use super::money::{Amount, AmountError, Currency};

/// The sum of quantity times unit amount over all lines. The sum is rounded once at the end, half away from zero, to
/// the currency's decimals (the sum is documented, the rounding decided).
///
/// # Errors
/// A text is no decimal number, or the sum is too large.
pub fn total<'a>(lines: impl Iterator<Item = (&'a str, &'a str)>, currency: Currency) -> Result<Amount, AmountError> {
    let mut sum = Exact { digits: 0, scale: 0 };
    for (quantity, unit) in lines {
        let line = Exact::parse(quantity)?.times(Exact::parse(unit)?)?;
        sum = sum.plus(line)?;
    }
    sum.rounded(u32::try_from(currency.decimals()).unwrap_or_default())
}

/// Whether two texts are the same decimal number. Zeros at the end make no difference.
pub fn are_equal(one: &str, other: &str) -> bool {
    Exact::parse(one).is_ok_and(|one| Exact::parse(other) == Ok(one))
}

/// Whether the first text is a greater decimal number than the second.
pub fn is_more(one: &str, other: &str) -> bool {
    match (Exact::parse(one), Exact::parse(other)) {
        (Ok(one), Ok(other)) => one.plus(other.negative()).is_ok_and(|difference| difference.digits > 0),
        _ => false,
    }
}

/// A decimal number: `digits` with the point `scale` places from the right.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Exact {
    digits: i128,
    scale: u32,
}

impl Exact {
    fn parse(text: &str) -> Result<Exact, AmountError> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let fraction = fraction.trim_end_matches('0');
        let all = format!("{whole}{fraction}");
        if (whole.is_empty() && fraction.is_empty()) || !all.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(AmountError::NotDecimal);
        }
        let digits: i128 = format!("0{all}").parse().map_err(|_| AmountError::TooLarge)?;
        let scale = u32::try_from(fraction.len()).map_err(|_| AmountError::TooLarge)?;
        Ok(Exact { digits: if negative { -digits } else { digits }, scale })
    }

    fn times(self, other: Exact) -> Result<Exact, AmountError> {
        let digits = self.digits.checked_mul(other.digits).ok_or(AmountError::TooLarge)?;
        Ok(Exact { digits, scale: self.scale + other.scale })
    }

    fn plus(self, other: Exact) -> Result<Exact, AmountError> {
        let scale = self.scale.max(other.scale);
        let digits = self.at(scale)?.checked_add(other.at(scale)?).ok_or(AmountError::TooLarge)?;
        Ok(Exact { digits, scale })
    }

    fn negative(self) -> Exact {
        Exact { digits: -self.digits, ..self }
    }

    /// The digits of the same number with a larger scale.
    fn at(self, scale: u32) -> Result<i128, AmountError> {
        let factor = 10_i128.checked_pow(scale - self.scale).ok_or(AmountError::TooLarge)?;
        self.digits.checked_mul(factor).ok_or(AmountError::TooLarge)
    }

    fn rounded(self, decimals: u32) -> Result<Amount, AmountError> {
        let minor = if self.scale <= decimals {
            self.at(decimals)?
        } else {
            let unit = 10_i128.checked_pow(self.scale - decimals).ok_or(AmountError::TooLarge)?;
            let up = if self.digits.unsigned_abs() % unit.unsigned_abs() >= unit.unsigned_abs() / 2 { 1 } else { 0 };
            self.digits / unit + up * self.digits.signum()
        };
        match i64::try_from(minor) {
            Ok(minor) if minor.abs() <= Amount::most(decimals as usize) => Ok(Amount::from_minor(minor)),
            _ => Err(AmountError::TooLarge),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn minor(lines: &[(&str, &str)], code: &str) -> Result<i64, AmountError> {
        total(lines.iter().copied(), Currency::parse(code).unwrap()).map(Amount::minor)
    }

    #[test]
    fn numbers_are_compared_whatever_their_zeros() {
        for (one, other, expected) in [
            ("5.001", "5.00", true),
            ("5.000", "5", false),
            ("10", "9.99", true),
            ("-1", "-2", true),
            ("x", "1", false),
            ("2", "", false),
        ] {
            assert_eq!(is_more(one, other), expected, "{one} > {other}");
        }
    }

    #[test]
    fn lines_are_multiplied_and_added_without_loss() {
        for (lines, code, expected) in [
            (&[("2", "1.50"), ("1", "0.25")][..], "USD", 325),
            (&[("1.5", "0.33")], "USD", 50),
            (&[("1.5", "0.32")], "USD", 48),
            (&[("0.5", "0.01"), ("0.5", "0.01")], "USD", 1),
            (&[("0.5", "0.01")], "USD", 1),
            (&[("0.49", "0.01")], "USD", 0),
            (&[("1", "-2.00"), ("3", "1.00")], "USD", 100),
            (&[("0.5", "-0.01")], "USD", -1),
            (&[("3", "33.4")], "JPY", 100),
            (&[("2", "0.0005")], "KWD", 1),
            (&[], "USD", 0),
        ] {
            assert_eq!(minor(lines, code), Ok(expected), "{lines:?} {code}");
        }
    }

    #[test]
    fn what_is_no_number_or_too_large_is_an_error() {
        for (quantity, unit, error) in [
            ("", "1", AmountError::NotDecimal),
            ("1", "x", AmountError::NotDecimal),
            ("--1", "1", AmountError::NotDecimal),
            ("9999999999999999999999999999999999999999", "1", AmountError::TooLarge),
            ("99999999999999999999", "99999999999999999999", AmountError::TooLarge),
            ("0.000000000000000000000000000001", "0.00000000000001", AmountError::TooLarge),
            ("1000000", "1000000.01", AmountError::TooLarge),
        ] {
            assert_eq!(minor(&[(quantity, unit)], "USD"), Err(error), "{quantity} times {unit}");
        }
    }
}
