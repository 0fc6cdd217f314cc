//! A quote: an order's amount in the currency of the card, offered by PAYMENT_OPTIONS_INQUIRY.

use super::money::{Amount, Currency};
use super::order::Order;
use super::timestamp::Timestamp;
use crate::fields::{Fields, names};
use crate::limits;
use serde::{Deserialize, Serialize};

/// Who provides the quotes: the one provider that the catalogue knows (documented), so that clients can send it back.
const PROVIDER: &str = "FEXCO";

/// What was quoted, and for what. It has no `Debug`, and of the card it has a keyed hash alone.
#[derive(Clone, Serialize, Deserialize)]
pub struct Quote {
    /// `currencyConversion.requestId`.
    pub id: String,
    /// The amount it is for.
    pub amount: Amount,
    /// The currency of that amount.
    pub currency: Currency,
    /// `currencyConversion.payerAmount`.
    pub payer_amount: String,
    /// `currencyConversion.payerCurrency`.
    pub payer_currency: Currency,
    /// `currencyConversion.payerExchangeRate`.
    pub payer_exchange_rate: String,
    /// The card it is for.
    pub card: CardMark,
    /// When it was given, `currencyConversion.exchangeRateTime`.
    pub time: Timestamp,
    /// The order that was paid by it.
    pub order: Option<String>,
}

/// By what a card is known again without its number.
#[derive(Clone, Serialize, Deserialize)]
pub struct CardMark {
    /// A keyed hash of as many digits of the number as were known.
    hash: String,
    /// How many those were, where they were not all.
    digits: Option<usize>,
}

impl CardMark {
    /// The mark of a whole number.
    pub fn of_number(number: &str, hash: impl Fn(&str) -> String) -> CardMark {
        CardMark { hash: hash(number), digits: None }
    }

    /// The mark of a number of which only its beginning is known.
    pub fn of_prefix(prefix: &str, hash: impl Fn(&str) -> String) -> CardMark {
        CardMark { hash: hash(prefix), digits: Some(prefix.len()) }
    }

    /// Whether a card of this number may be the one.
    pub fn is_of(&self, number: &str, hash: impl Fn(&str) -> String) -> bool {
        let known = match self.digits {
            Some(digits) => number.get(..digits),
            None => Some(number),
        };
        known.is_some_and(|known| hash(known) == self.hash)
    }
}

impl Quote {
    /// The fields for which its `requestId` stands, as a token stands for those of its card.
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::new();
        fields.set(names::CURRENCY_CONVERSION_EXCHANGE_RATE_TIME, self.time.to_protocol());
        fields.set(names::CURRENCY_CONVERSION_PAYER_AMOUNT, self.payer_amount.as_str());
        fields.set(names::CURRENCY_CONVERSION_PAYER_CURRENCY, self.payer_currency.code());
        fields.set(names::CURRENCY_CONVERSION_PAYER_EXCHANGE_RATE, self.payer_exchange_rate.as_str());
        fields.set(names::CURRENCY_CONVERSION_PROVIDER, PROVIDER);
        fields
    }

    /// When it ends to exist.
    pub fn expires(&self) -> Timestamp {
        self.time.plus_seconds(limits::QUOTE_SECONDS)
    }

    /// Whether an order may be paid by it: any, until one has been (decided).
    pub fn is_free_for(&self, order: &str) -> bool {
        self.order.as_deref().is_none_or(|taken| taken == order)
    }

    /// What it becomes by the newest transaction of an order that names it; `None` where it stays as it is. A card
    /// that was refused leaves it free.
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
