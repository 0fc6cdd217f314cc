//! The card of an operation.

use super::secret::Secret;
use super::timestamp::Timestamp;

/// The last month in which a card is valid.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Expiry {
    /// 1 to 12.
    pub month: u8,
    /// The last two digits of a year after 2000 (documented).
    pub year: u8,
}

impl Expiry {
    /// Reads month and year as the protocol writes them (`5` or `05`, `39`). `None` outside their ranges.
    pub fn parse(month: &str, year: &str) -> Option<Expiry> {
        let month = month.parse().ok().filter(|month| (1..=12).contains(month))?;
        let year = year.parse().ok().filter(|year| *year <= 99)?;
        Some(Expiry { month, year })
    }

    /// Whether the month is over.
    pub fn is_past(self, now: Timestamp) -> bool {
        (2000 + u16::from(self.year), self.month) < now.year_and_month()
    }
}

/// A complete card. No part of it can be printed.
#[derive(Clone, Debug)]
pub struct Card {
    /// 9 to 19 digits.
    pub number: Secret,
    /// The last month in which the card is valid.
    pub expiry: Expiry,
    /// Three or four digits, if the request has a code.
    pub security_code: Option<Secret>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_good_to_the_end_of_its_month() {
        let november_2026 = Timestamp::from_milliseconds(1_795_000_000_000);
        assert_eq!(november_2026.year_and_month(), (2026, 11));
        for (month, year, past) in [("10", "26", true), ("11", "26", false), ("1", "27", false), ("12", "25", true)] {
            let expiry = Expiry::parse(month, year).expect("a month and a year");
            assert_eq!(expiry.is_past(november_2026), past, "{month}/{year} in November 2026");
        }
    }
}
