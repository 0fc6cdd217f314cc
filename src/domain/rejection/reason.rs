//! The reasons of rejections.

use super::ValidationType;
use crate::domain::money::{AmountError, Currency};
use crate::spec::privileges::Privilege;
use std::borrow::Cow;

/// The reason why a request, or one of its fields, is refused.
#[derive(Clone, PartialEq, Eq)]
pub enum Reason {
    /// The field is required.
    Missing,
    /// This request requires the field; the text is the sentence.
    MissingHere(&'static str),
    /// The field is required beside another field; the text is the whole sentence.
    MissingBeside(&'static str),
    /// The field does not exist, or this request must not have it.
    Unexpected,
    /// The request has the field twice, with two values.
    GivenTwice,

    /// The value has too few characters.
    TooShort {
        /// The number of characters in the value.
        length: usize,
        /// The fewest allowed characters.
        least: usize,
    },
    /// The value has too many characters.
    TooLong {
        /// The number of characters in the value.
        length: usize,
        /// The most allowed characters.
        most: usize,
    },
    /// The value has this character, and its field does not allow it.
    InvalidCharacter(char),
    /// A secret value has a character that its field does not allow. The character is not shown.
    HiddenCharacter,
    /// The value is not one of these.
    NotOneOf(&'static [&'static str]),
    /// The value is not a list of these.
    NotListOf(&'static [&'static str]),
    /// The value is no whole number.
    NotWholeNumber,
    /// The number is outside the range from the first to the second.
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

    /// No card brand has numbers with these first digits.
    BrandUnknown,
    /// The check digit of the card number is wrong.
    CheckDigit,
    /// The card number is no published test number.
    NotPublished,
    /// The length of the security code does not fit the card's brand.
    SecurityCodeLength,
    /// The value contains a card number, and its field does not allow one.
    HoldsCardNumber,

    /// The value is no amount of money.
    NotAmount,
    /// The amount is zero.
    ZeroAmount,
    /// The amount has more decimals than its currency.
    TooManyDecimals,
    /// The amount is above the largest amount that the gateway accepts.
    AmountTooLarge,

    /// The merchant has no order of this id.
    NoSuchOrder,
    /// The order has another currency, which is this one.
    OrderCurrency(Currency),
    /// The merchant may not open an order by this operation.
    NotPermitted(Privilege),
    /// The merchant lacks a privilege.
    MissingPrivilege(Privilege),
    /// The API version does not exist. The text is the version in the address.
    UnknownVersion(String),
    /// The gateway is busy.
    Busy,

    /// A sentence that only one rule uses.
    Text(Cow<'static, str>),
}

impl Reason {
    /// The validation type of an error with this reason.
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
