//! The reasons of rejections.

use super::ValidationType;
use crate::domain::money::{AmountError, Currency};
use crate::spec::privileges::Privilege;
use std::borrow::Cow;

/// Why a request, or one field of it, is refused.
#[derive(Clone, PartialEq, Eq)]
pub enum Reason {
    /// The field is required.
    Missing,
    /// The field is required here; the sentence says why.
    MissingHere(&'static str),
    /// The field is required beside another one; the sentence says all of it.
    MissingBeside(&'static str),
    /// The field does not exist, or not here.
    Unexpected,
    /// The field was sent twice, with two values.
    GivenTwice,

    /// The value has too few characters.
    TooShort {
        /// How many characters it has.
        length: usize,
        /// The fewest that are taken.
        least: usize,
    },
    /// The value has too many characters.
    TooLong {
        /// How many characters it has.
        length: usize,
        /// The most that are taken.
        most: usize,
    },
    /// The value has a character that its field cannot hold.
    InvalidCharacter(char),
    /// A secret value has such a character, which is not shown.
    HiddenCharacter,
    /// The value is none of these.
    NotOneOf(&'static [&'static str]),
    /// The value is no list of these.
    NotListOf(&'static [&'static str]),
    /// The value is no whole number.
    NotWholeNumber,
    /// The number is not from the first to the second.
    NotFrom(i64, i64),
    /// The value is no decimal number.
    NotDecimal,
    /// The value is no month.
    NotMonth,
    /// The value is no date.
    NotDate,
    /// The value is no time.
    NotTime,
    /// The value is no date and time.
    NotDateTime,
    /// The value is no currency.
    NotCurrency,
    /// The value is no e-mail address.
    NotEmail,
    /// The value is no URL of http or https.
    NotUrl,
    /// The value is no URL of https.
    NotSecureUrl,
    /// The value is no telephone number.
    NotPhone,
    /// The value is no JSON text.
    NotJson,
    /// The value does not match the pattern of its field.
    NotOfPattern,

    /// No brand of card has numbers that begin like this one.
    BrandUnknown,
    /// The check digit of the card number is wrong.
    CheckDigit,
    /// The card number was not published for testing.
    NotPublished,
    /// The security code has another length than the card's brand gives its codes.
    SecurityCodeLength,
    /// The value holds a card number, and its field must not.
    HoldsCardNumber,

    /// The value is no amount of money.
    NotAmount,
    /// The amount is zero.
    ZeroAmount,
    /// The amount has more decimals than its currency.
    TooManyDecimals,
    /// The amount is above the most that the gateway takes.
    AmountTooLarge,

    /// The merchant has no order of this id.
    NoSuchOrder,
    /// The currency is not that of the order, which is this one.
    OrderCurrency(Currency),
    /// The merchant may not open an order by this operation.
    NotPermitted(Privilege),
    /// The merchant lacks a privilege.
    MissingPrivilege(Privilege),
    /// The API version does not exist; the text is what the address says.
    UnknownVersion(String),
    /// The gateway is busy.
    Busy,

    /// A sentence that one place says.
    Text(Cow<'static, str>),
}

impl Reason {
    /// What an error with this reason says about its field.
    pub fn validation_type(&self) -> ValidationType {
        match self {
            Reason::Missing | Reason::MissingHere(_) | Reason::MissingBeside(_) => ValidationType::Missing,
            Reason::Unexpected => ValidationType::Unsupported,
            _ => ValidationType::Invalid,
        }
    }
}

impl From<&'static str> for Reason {
    fn from(sentence: &'static str) -> Reason {
        Reason::Text(Cow::Borrowed(sentence))
    }
}

impl From<String> for Reason {
    fn from(sentence: String) -> Reason {
        Reason::Text(Cow::Owned(sentence))
    }
}

impl From<AmountError> for Reason {
    fn from(error: AmountError) -> Reason {
        match error {
            AmountError::NotDecimal => Reason::NotAmount,
            AmountError::TooManyDecimals => Reason::TooManyDecimals,
            AmountError::TooLarge => Reason::AmountTooLarge,
        }
    }
}
