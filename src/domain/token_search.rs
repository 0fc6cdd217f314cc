//! The criterion and the page of SEARCH_TOKENS.

use super::card::Expiry;
use super::timestamp::Timestamp;
use super::token::Token;
use crate::fields::{Name, names};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// Fields that identify tokens of other sources of funds (documented). This gateway stores no such tokens.
const OF_OTHER_SOURCES: [Name; 2] = [names::PROVIDED_ACH_ACCOUNT_IDENTIFIER, names::PROVIDED_GIFT_CARD_NUMBER];

/// The comparison of a token's field with a value (EQ, GT and LE are documented by examples, GE and LT inferred from
/// them).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Comparison {
    /// Equal.
    Eq,
    /// Greater or equal: later.
    Ge,
    /// Greater.
    Gt,
    /// Less or equal: earlier.
    Le,
    /// Less.
    Lt,
}

impl Comparison {
    fn parse(text: &str) -> Option<Comparison> {
        match text {
            "EQ" => Some(Comparison::Eq),
            "GE" => Some(Comparison::Ge),
            "GT" => Some(Comparison::Gt),
            "LE" => Some(Comparison::Le),
            "LT" => Some(Comparison::Lt),
            _ => None,
        }
    }

    fn holds(self, ordering: Ordering) -> bool {
        match self {
            Comparison::Eq => ordering.is_eq(),
            Comparison::Ge => ordering.is_ge(),
            Comparison::Gt => ordering.is_gt(),
            Comparison::Le => ordering.is_le(),
            Comparison::Lt => ordering.is_lt(),
        }
    }
}

/// The single comparison of a query (documented by examples: `{"EQ":["token","9254920346736377"]}`). It has no card
/// number, so that `nextPage` can contain it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Criterion {
    /// The token itself.
    Token(String),
    /// The keyed hash of a card number.
    Card(String),
    /// The expiry of a card.
    Expiry(Comparison, Expiry),
    /// The time when a token was last stored.
    LastUpdated(Comparison, Timestamp),
    /// A criterion that no token matches.
    Nothing,
}

impl Criterion {
    /// Reads `query`. `hash` makes the keyed hash of a card number.
    ///
    /// # Errors
    /// A sentence that says why the text is no query. The sentence does not quote the text.
    pub fn parse(query: &str, hash: impl Fn(&str) -> String) -> Result<Criterion, &'static str> {
        const FORM: &str = "Expected {\"EQ\":[\"field\",\"value\"]}, with EQ, GE, GT, LE or LT.";
        const ONLY_EQUAL: &str = "Numbers and tokens are searched by EQ only.";
        let query: BTreeMap<String, (String, String)> = serde_json::from_str(query).map_err(|_| FORM)?;
        let mut comparisons = query.into_iter();
        let (Some((operator, (field, value))), None) = (comparisons.next(), comparisons.next()) else {
            return Err(FORM);
        };
        let comparison = Comparison::parse(&operator).ok_or(FORM)?;
        let identifies = |criterion| if comparison == Comparison::Eq { Ok(criterion) } else { Err(ONLY_EQUAL) };
        const NOT_SEARCHED: &str = "Tokens are searched by token, sourceOfFunds.provided.card.number, \
                      sourceOfFunds.provided.card.expiry and usage.lastUpdated.";
        match Name::find(&field).ok_or(NOT_SEARCHED)? {
            names::TOKEN => identifies(Criterion::Token(value)),
            names::PROVIDED_CARD_NUMBER => identifies(Criterion::Card(hash(&value))),
            names::PROVIDED_CARD_EXPIRY => {
                let expiry = expiry(&value).ok_or("A card's expiry is MMYY, its month from 01 to 12.")?;
                Ok(Criterion::Expiry(comparison, expiry))
            }
            names::USAGE_LAST_UPDATED => {
                let time = Timestamp::parse(&value).ok_or("A time is written as 2014-10-31T03:11:53Z.")?;
                Ok(Criterion::LastUpdated(comparison, time))
            }
            other if OF_OTHER_SOURCES.contains(&other) => identifies(Criterion::Nothing),
            _ => Err(NOT_SEARCHED),
        }
    }

    /// Whether a token matches the criterion.
    pub fn matches(&self, token: &Token, hash: impl Fn(&str) -> String) -> bool {
        match self {
            Criterion::Token(id) => token.id == *id,
            Criterion::Card(keyed_hash) => hash(&token.number) == *keyed_hash,
            Criterion::Expiry(comparison, expiry) => {
                let since_2000 = |expiry: &Expiry| (expiry.year, expiry.month);
                comparison.holds(since_2000(&token.expiry).cmp(&since_2000(expiry)))
            }
            Criterion::LastUpdated(comparison, time) => comparison.holds(token.last_updated.cmp(time)),
            Criterion::Nothing => false,
        }
    }
}

fn expiry(text: &str) -> Option<Expiry> {
    let is_right = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    let (month, year) = text.split_at_checked(2).filter(|_| is_right)?;
    Expiry::parse(month, year)
}

/// One request for a page of tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenSearch {
    /// The criterion.
    pub criterion: Criterion,
    /// The position in the repository after which the page begins; `None` for the beginning.
    pub after: Option<[u8; 16]>,
    /// The most tokens of a page.
    pub limit: usize,
}

/// A page of tokens that a search found.
pub struct TokenPage {
    /// The criterion.
    pub criterion: Criterion,
    /// The tokens that match the criterion.
    pub tokens: Vec<Token>,
    /// The position at which the search continues; `None` at the end.
    pub next: Option<[u8; 16]>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::token::Verification;

    fn hash(number: &str) -> String {
        format!("hash of {number}")
    }

    fn token() -> Token {
        Token {
            id: "9254920346736377".to_owned(),
            number: "5123450000000008".to_owned(),
            expiry: Expiry { month: 5, year: 28 },
            name_on_card: None,
            verification: Verification::Basic,
            last_updated: Timestamp::from_milliseconds(1_517_111_212_961),
            last_updated_by: "TESTA".to_owned(),
            last_used: None,
        }
    }

    #[test]
    fn a_token_is_found_by_what_it_is_and_by_what_comes_before_and_after() {
        for (query, found) in [
            (r#"{"EQ":["token","9254920346736377"]}"#, true),
            (r#"{"EQ":["token","GD1209-0160 0149 0098 6248"]}"#, false),
            (r#"{"EQ":["sourceOfFunds.provided.card.number","5123450000000008"]}"#, true),
            (r#"{"EQ":["sourceOfFunds.provided.card.number","4111111111111111"]}"#, false),
            (r#"{"EQ":["sourceOfFunds.provided.giftCard.number","5123450000000008"]}"#, false),
            (r#"{"EQ":["sourceOfFunds.provided.ach.accountIdentifier","123123123/1234567890123456"]}"#, false),
            (r#"{"EQ":["sourceOfFunds.provided.card.expiry","0528"]}"#, true),
            (r#"{"EQ":["sourceOfFunds.provided.card.expiry","0529"]}"#, false),
            (r#"{"LE":["sourceOfFunds.provided.card.expiry","0528"]}"#, true),
            (r#"{"LE":["sourceOfFunds.provided.card.expiry","1227"]}"#, false),
            (r#"{"LT":["sourceOfFunds.provided.card.expiry","0628"]}"#, true),
            (r#"{"LT":["sourceOfFunds.provided.card.expiry","0528"]}"#, false),
            (r#"{"GE":["sourceOfFunds.provided.card.expiry","0528"]}"#, true),
            (r#"{"GT":["sourceOfFunds.provided.card.expiry","0528"]}"#, false),
            (r#"{"GT":["sourceOfFunds.provided.card.expiry","1227"]}"#, true),
            (r#"{"GT":["usage.lastUpdated","2014-10-31T03:11:53Z"]}"#, true),
            (r#"{"LT":["usage.lastUpdated","2014-10-31T03:11:53Z"]}"#, false),
            (r#"{"EQ":["usage.lastUpdated","2018-01-28T03:46:52.961Z"]}"#, true),
            (r#" { "GE" : [ "usage.lastUpdated" , "2018-01-28T03:46:52.961Z" ] } "#, true),
        ] {
            let criterion = Criterion::parse(query, hash).unwrap_or_else(|why| panic!("{query}: {why}"));
            assert_eq!(criterion.matches(&token(), hash), found, "{query}");
        }
    }

    #[test]
    fn what_is_no_query_is_told_why() {
        for (query, why) in [
            ("", "Expected"),
            ("5123450000000008", "Expected"),
            ("{}", "Expected"),
            (r#"["EQ","token","1"]"#, "Expected"),
            (r#"{"EQ":["token"]}"#, "Expected"),
            (r#"{"EQ":["token","1","2"]}"#, "Expected"),
            (r#"{"EQ":["token",1]}"#, "Expected"),
            (r#"{"EQ":["token","1"],"GT":["token","1"]}"#, "Expected"),
            (r#"{"AND":[{"EQ":["token","1"]},{"EQ":["token","2"]}]}"#, "Expected"),
            (r#"{"eq":["token","1"]}"#, "Expected"),
            (r#"{"NE":["token","1"]}"#, "Expected"),
            (r#"{"GT":["token","1"]}"#, "Numbers and tokens"),
            (r#"{"LE":["sourceOfFunds.provided.card.number","1"]}"#, "Numbers and tokens"),
            (r#"{"LE":["sourceOfFunds.provided.giftCard.number","1"]}"#, "Numbers and tokens"),
            (r#"{"EQ":["sourceOfFunds.provided.card.expiry","528"]}"#, "A card's expiry"),
            (r#"{"EQ":["sourceOfFunds.provided.card.expiry","1328"]}"#, "A card's expiry"),
            (r#"{"EQ":["sourceOfFunds.provided.card.expiry","+128"]}"#, "A card's expiry"),
            (r#"{"EQ":["sourceOfFunds.provided.card.expiry","05é"]}"#, "A card's expiry"),
            (r#"{"GT":["usage.lastUpdated","yesterday"]}"#, "A time"),
            (r#"{"EQ":["status","VALID"]}"#, "Tokens are searched by"),
        ] {
            let said = Criterion::parse(query, hash).expect_err(query);
            assert!(said.starts_with(why), "{query}: {said}");
        }
    }

    #[test]
    fn a_criterion_holds_no_card_number() {
        let query = r#"{"EQ":["sourceOfFunds.provided.card.number","5123450000000008"]}"#;
        let criterion = Criterion::parse(query, |_| "x".to_owned()).expect("a query");
        let written = serde_json::to_string(&criterion).expect("it can be written");
        assert!(!written.contains("5123450000000008"), "{written}");
        assert_eq!(serde_json::from_str::<Criterion>(&written).expect("it can be read"), criterion);
    }
}
