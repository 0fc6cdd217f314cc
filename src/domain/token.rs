//! A token: a card that a repository keeps, and the number that stands for it.

use super::card::Expiry;
use super::ids::MerchantId;
use super::timestamp::Timestamp;
use crate::fields::{Fields, names};
use serde::{Deserialize, Serialize};

/// Milliseconds within which a second use of a token, or the same card stored once more, is not written down
/// again (decided): many payments with one token at a time do not wait for each other.
const USE_MILLISECONDS: i64 = 1000;

/// How a repository makes its tokens (documented: three strategies).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generation {
    /// Sixteen digits that begin with 9 and end in a Luhn check digit.
    Random,
    /// The card's first six and last four digits, with others in between.
    Preserve64,
    /// Not at all: the merchant names each token.
    MerchantSupplied,
}

/// Whether a card may have several tokens (documented: two strategies).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Management {
    /// A card has one token, which it gets again whenever it is stored.
    UniqueCard,
    /// Every call that stores a card makes a token.
    UniqueToken,
}

/// `verificationStrategy`, as far as it can be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Verification {
    /// Nothing is asked of the card.
    None,
    /// Its number is well-formed.
    Basic,
    /// Its issuer says that it is good.
    Acquirer,
}

impl Verification {
    /// The value of `verificationStrategy`.
    pub fn as_str(self) -> &'static str {
        match self {
            Verification::None => "NONE",
            Verification::Basic => "BASIC",
            Verification::Acquirer => "ACQUIRER",
        }
    }

    /// Reads `verificationStrategy`; `None` for one that is not offered.
    pub fn parse(text: &str) -> Option<Verification> {
        [Verification::None, Verification::Basic, Verification::Acquirer]
            .into_iter()
            .find(|strategy| strategy.as_str() == text)
    }
}

/// Where a merchant's tokens are kept. Merchants that name the same repository share what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRepository {
    /// `repositoryId`: unless the configuration says otherwise, the id of the merchant, whose alone it then is.
    pub id: MerchantId,
    /// How its tokens are made.
    pub generation: Generation,
    /// Whether a card may have several.
    pub management: Management,
    /// How a card is verified where the request does not say.
    pub verification: Verification,
}

impl TokenRepository {
    /// A repository of this id under the strategies that recorded answers show: tokens with the card's first
    /// six and last four digits, and a token that had been used before being given to its card again.
    pub fn of(id: MerchantId) -> TokenRepository {
        TokenRepository {
            id,
            generation: Generation::Preserve64,
            management: Management::UniqueCard,
            verification: Verification::Basic,
        }
    }
}

/// A stored card. It has no `Debug`, and no field for a security code, which may not be kept.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Token {
    /// `token`.
    pub id: String,
    /// `sourceOfFunds.provided.card.number`.
    pub number: String,
    /// `sourceOfFunds.provided.card.expiry`.
    pub expiry: Expiry,
    /// `sourceOfFunds.provided.card.nameOnCard`.
    pub name_on_card: Option<String>,
    /// How the card was verified when it was last stored.
    pub verification: Verification,
    /// When it was last stored.
    pub last_updated: Timestamp,
    /// The merchant that last stored it.
    pub last_updated_by: String,
    /// When an operation last used it, to the second.
    pub last_used: Option<Timestamp>,
}

impl Token {
    /// The fields it gives to an operation that names it.
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::new();
        fields.set(names::PROVIDED_CARD_NUMBER, self.number.as_str());
        fields.set(names::PROVIDED_CARD_EXPIRY_MONTH, self.expiry.month.to_string());
        fields.set(names::PROVIDED_CARD_EXPIRY_YEAR, format!("{:02}", self.expiry.year));
        fields.set_some(names::PROVIDED_CARD_NAME_ON_CARD, self.name_on_card.as_deref());
        fields
    }

    /// The token as it is after a use, if that is worth writing down.
    pub fn after_use(&self, now: Timestamp) -> Option<Token> {
        let is_due = self.last_used.is_none_or(|last| is_long_before(last, now));
        is_due.then(|| Token { last_used: Some(now), ..self.clone() })
    }

    /// Whether storing `other` in its place would say nothing new.
    pub fn says_all_of(&self, other: &Token) -> bool {
        let same_times = Token { last_updated: self.last_updated, ..other.clone() };
        *self == same_times && !is_long_before(self.last_updated, other.last_updated)
    }
}

fn is_long_before(earlier: Timestamp, now: Timestamp) -> bool {
    // A clock that was turned back must not stop the recording.
    (now.milliseconds() - earlier.milliseconds()).abs() >= USE_MILLISECONDS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn token() -> Token {
        Token {
            id: "9254920346736377".to_owned(),
            number: "5123450000000008".to_owned(),
            expiry: Expiry { month: 5, year: 9 },
            name_on_card: None,
            verification: Verification::Basic,
            last_updated: Timestamp::from_milliseconds(10_000),
            last_updated_by: "TESTA".to_owned(),
            last_used: None,
        }
    }

    #[test]
    fn a_use_is_written_down_once_a_second() {
        let at = Timestamp::from_milliseconds;
        let used = token().after_use(at(20_000)).expect("the first use counts");
        assert_eq!(used.last_used, Some(at(20_000)));
        assert!(used.after_use(at(20_999)).is_none(), "within a second");
        assert!(used.after_use(at(21_000)).is_some(), "a second later");
        assert!(used.after_use(at(1_000)).is_some(), "a clock turned back");
    }

    #[test]
    fn the_same_card_stored_again_says_nothing_new_within_a_second() {
        let (stored, again) =
            (token(), |milliseconds| Token { last_updated: Timestamp::from_milliseconds(milliseconds), ..token() });
        assert!(stored.says_all_of(&again(10_500)), "half a second later");
        assert!(!stored.says_all_of(&again(11_000)), "a second later");
        let renewed = Token { expiry: Expiry { month: 1, year: 39 }, ..again(10_500) };
        assert!(!stored.says_all_of(&renewed), "another expiry");
    }

    #[test]
    fn a_token_gives_its_card_in_the_protocol_s_forms() {
        let fields = token().fields();
        assert_eq!(fields.get(names::PROVIDED_CARD_EXPIRY_MONTH), Some("5"));
        assert_eq!(fields.get(names::PROVIDED_CARD_EXPIRY_YEAR), Some("09"));
        assert_eq!(fields.len(), 3, "{fields:?}");
    }

    #[test]
    fn strategies_read_as_they_are_written() {
        for strategy in [Verification::None, Verification::Basic, Verification::Acquirer] {
            assert_eq!(Verification::parse(strategy.as_str()), Some(strategy));
        }
        assert_eq!(Verification::parse("ACCOUNT_UPDATER"), None, "nothing stands behind it");
    }
}
