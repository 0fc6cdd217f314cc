//! A token: a number that stands for a card in a repository.

use super::card::Expiry;
use super::ids::MerchantId;
use super::timestamp::Timestamp;
use crate::fields::{Fields, names};
use serde::{Deserialize, Serialize};

/// Milliseconds within which a second use of a token, or storing the same card again, is not recorded (decided).
/// Concurrent payments with one token therefore do not wait for each other.
const USE_MILLISECONDS: i64 = 1000;

/// The strategy with which a repository makes tokens (documented: three strategies).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generation {
    /// Sixteen digits that begin with 9 and end in a Luhn check digit.
    Random,
    /// The card's first six and last four digits, with others in between.
    Preserve64,
    /// The merchant names each token.
    MerchantSupplied,
}

/// The rule on whether a card may have several tokens (documented: two strategies).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Management {
    /// A card has one token, and gets the same token whenever it is stored again.
    UniqueCard,
    /// Every call that stores a card makes a token.
    UniqueToken,
}

/// `verificationStrategy`: the values that the gateway can carry out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Verification {
    /// The card is not verified.
    None,
    /// The number of the card must be well-formed.
    Basic,
    /// The acquirer must approve the card.
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

    /// Reads `verificationStrategy`. `None` for a strategy that is not offered.
    pub fn parse(text: &str) -> Option<Verification> {
        [Verification::None, Verification::Basic, Verification::Acquirer]
            .into_iter()
            .find(|strategy| strategy.as_str() == text)
    }
}

/// The repository of a merchant's tokens. Merchants that name the same repository share its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenRepository {
    /// `repositoryId`: the id of the merchant, unless the configuration names another. Only that merchant then uses
    /// the repository.
    pub id: MerchantId,
    /// The strategy that makes tokens.
    pub generation: Generation,
    /// Whether a card may have several tokens.
    pub management: Management,
    /// The verification of a card where the request names none.
    pub verification: Verification,
}

impl TokenRepository {
    /// A repository of this id with the strategies that recorded answers show. Its tokens have the card's first six
    /// and last four digits, and a used token is given to its card again.
    pub fn of(id: MerchantId) -> TokenRepository {
        TokenRepository {
            id,
            generation: Generation::Preserve64,
            management: Management::UniqueCard,
            verification: Verification::Basic,
        }
    }
}

/// A stored card. It has no `Debug`. It has no field for a security code, because a security code may not be stored.
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
    /// The verification of the card when it was last stored.
    pub verification: Verification,
    /// The time when the card was last stored.
    pub last_updated: Timestamp,
    /// The merchant that last stored the card.
    pub last_updated_by: String,
    /// The time of the last use by an operation, to the second.
    pub last_used: Option<Timestamp>,
}

impl Token {
    /// The fields of the card, for an operation that names the token.
    pub fn fields(&self) -> Fields {
        let mut fields = Fields::new();
        fields.set(names::PROVIDED_CARD_NUMBER, self.number.as_str());
        fields.set(names::PROVIDED_CARD_EXPIRY_MONTH, self.expiry.month.to_string());
        fields.set(names::PROVIDED_CARD_EXPIRY_YEAR, format!("{:02}", self.expiry.year));
        fields.set_some(names::PROVIDED_CARD_NAME_ON_CARD, self.name_on_card.as_deref());
        fields
    }

    /// The token after a use. `None` where the use need not be recorded.
    pub fn after_use(&self, now: Timestamp) -> Option<Token> {
        let is_due = self.last_used.is_none_or(|last| is_long_before(last, now));
        is_due.then(|| Token { last_used: Some(now), ..self.clone() })
    }

    /// Whether the token already has everything that `other` has.
    pub fn says_all_of(&self, other: &Token) -> bool {
        let same_times = Token { last_updated: self.last_updated, ..other.clone() };
        *self == same_times && !is_long_before(self.last_updated, other.last_updated)
    }
}

fn is_long_before(earlier: Timestamp, now: Timestamp) -> bool {
    // Recording must go on after a clock was turned back.
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
