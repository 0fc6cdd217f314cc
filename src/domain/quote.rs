//! A quote: an order's amount in the currency of the card, offered by PAYMENT_OPTIONS_INQUIRY.

use super::money::{Amount, Currency};
use super::order::Order;
use super::timestamp::Timestamp;
use crate::fields::{Fields, names};
use crate::limits;
use serde::{Deserialize, Serialize};

/// The provider of the quotes: the only provider in the catalogue (documented), so that clients can send it back.
const PROVIDER: &str = "FEXCO";

/// A quoted amount, with the order amount and the card of the quote. It has no `Debug`, and stores only a keyed hash
/// of the card.
#[derive(Clone, Serialize, Deserialize)]
pub struct Quote {
    /// `currencyConversion.requestId`.
    pub id: String,
    /// The amount of the order.
    pub amount: Amount,
    /// The currency of that amount.
    pub currency: Currency,
    /// `currencyConversion.payerAmount`.
    pub payer_amount: String,
    /// `currencyConversion.payerCurrency`.
    pub payer_currency: Currency,
    /// `currencyConversion.payerExchangeRate`.
    pub payer_exchange_rate: String,
    /// The card of the quote.
    pub card: CardMark,
    /// The time of the quote, `currencyConversion.exchangeRateTime`.
    pub time: Timestamp,
    /// The order that the quote has paid.
    pub order: Option<String>,
}

/// The mark of a card: a keyed hash that identifies a card without its number.
#[derive(Clone, Serialize, Deserialize)]
pub struct CardMark {
    /// A keyed hash of the known digits of the number.
    hash: String,
    /// The number of known digits, where some digits were unknown.
    digits: Option<usize>,
}

impl CardMark {
    /// The mark of a whole number.
    pub fn of_number(number: &str, hash: impl Fn(&str) -> String) -> CardMark {
        CardMark { hash: hash(number), digits: None }
    }

    /// The mark of a number of which only the first digits are known.
    pub fn of_prefix(prefix: &str, hash: impl Fn(&str) -> String) -> CardMark {
        CardMark { hash: hash(prefix), digits: Some(prefix.len()) }
    }

    /// Whether the mark fits a card of this number.
    pub fn is_of(&self, number: &str, hash: impl Fn(&str) -> String) -> bool {
        let known = match self.digits {
            Some(digits) => number.get(..digits),
            None => Some(number),
        };
        known.is_some_and(|known| hash(known) == self.hash)
    }
}

impl Quote {
    /// The fields that the quote's `requestId` stands for, as a token stands for the fields of its card.
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::new();
        fields.set(names::CURRENCY_CONVERSION_EXCHANGE_RATE_TIME, self.time.to_protocol());
        fields.set(names::CURRENCY_CONVERSION_PAYER_AMOUNT, self.payer_amount.as_str());
        fields.set(names::CURRENCY_CONVERSION_PAYER_CURRENCY, self.payer_currency.code());
        fields.set(names::CURRENCY_CONVERSION_PAYER_EXCHANGE_RATE, self.payer_exchange_rate.as_str());
        fields.set(names::CURRENCY_CONVERSION_PROVIDER, PROVIDER);
        fields
    }

    /// The time at which the quote expires.
    pub fn expires(&self) -> Timestamp {
        self.time.plus_seconds(limits::QUOTE_SECONDS)
    }

    /// Whether the quote may pay an order: every order, until the quote has paid one (decided).
    pub fn is_free_for(&self, order: &str) -> bool {
        self.order.as_deref().is_none_or(|taken| taken == order)
    }

    /// The quote after the newest transaction of an order that names it. `None` where the quote stays unchanged. A
    /// refused card leaves the quote free.
    pub fn after_use(self, order: &Order) -> Option<Quote> {
        let takes = self.order.is_none() && order.has_new_card();
        takes.then(|| Quote { order: Some(order.id.clone()), ..self })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_known_again_by_what_was_known_of_it() {
        let hash = |digits: &str| format!("hash of {digits}");
        let whole = CardMark::of_number("4563769999994205", hash);
        let beginning = CardMark::of_prefix("4563769999", hash);
        for (number, is_whole, begins) in [
            ("4563769999994205", true, true),
            ("4563769999000000", false, true),
            ("45637699999942050", false, true),
            ("4563760000000000", false, false),
            ("456376999", false, false),
        ] {
            assert_eq!(whole.is_of(number, hash), is_whole, "{number}");
            assert_eq!(beginning.is_of(number, hash), begins, "{number}");
        }
    }
}
