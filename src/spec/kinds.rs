//! What a field's value may be made of.

use std::fmt;

/// The kind of a value: which characters it has and, for some, which values. Lengths stand in the field's row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Any characters.
    Text,
    /// Printable ASCII characters, space included.
    Ascii,
    /// `0-9`.
    Digits,
    /// `0-9 a-z A-Z`.
    Alphanumeric,
    /// `0-9 a-z A-Z` and these characters.
    AlphanumericPlus(&'static str),
    /// `A-Z`.
    UpperAlpha,
    /// `0-9 a-f A-F`.
    Hex,
    /// The alphabet of Base64. A space passes for the `+` that an unencoded form body loses.
    Base64,
    /// A whole number from the first to the second, with a sign only where the first is negative.
    Number(i64, i64),
    /// A decimal number without a sign: a rate or a quantity.
    Decimal,
    /// An amount of money without a sign; its decimals depend on a currency, so they are checked elsewhere.
    Amount,
    /// An amount of money that may be negative, as the unit prices of items may.
    SignedAmount,
    /// One of these values, case-sensitive.
    Enum(&'static [&'static str]),
    /// One or more of these values, separated by commas.
    EnumList(&'static [&'static str]),
    /// `true` or `false`.
    Boolean,
    /// `yyyy-mm-dd`, a day that exists.
    Date,
    /// `hh:mm[:ss]` with `Z` or an offset.
    Time,
    /// A date and time of ISO 8601 with `Z` or an offset.
    DateTime,
    /// An e-mail address.
    Email,
    /// An absolute http or https URL.
    Url,
    /// An absolute https URL.
    SecureUrl,
    /// A URL that the gateway itself may post to.
    NotificationUrl,
    /// A telephone number, `+` country code, space, national number; at most 15 digits (E.123).
    Phone,
    /// A JSON text.
    Json,
    /// Text that matches this regular expression as a whole.
    Pattern(&'static str),
    /// A card number, which has a brand and a check digit.
    CardNumber,
    /// A card number with `x` in place of hidden digits.
    MaskedNumber,
    /// The digits of a security code.
    SecurityCode,
    /// 1 to 12, with or without a leading zero.
    ExpiryMonth,
    /// The last two digits of a year.
    ExpiryYear,
    /// An alphabetic code of ISO 4217.
    Currency,
    /// An alphabetic code of ISO 3166-1 with three letters.
    Country,
    /// The characters of track 1 of a magnetic stripe (ISO 7811-2).
    Track1,
    /// The characters of track 2 of a magnetic stripe (ISO 7811-2).
    Track2,
}

/// The type of a value in a JSON answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Json {
    /// A string.
    Text,
    /// A number without a fraction.
    Integer,
    /// A number.
    Number,
    /// `true` or `false`.
    Boolean,
    /// An amount of money: a number with the decimals of its currency.
    Amount,
}

impl Kind {
    /// Whether a value of the wrong length is refused for its length, and not for what it says: a month of
    /// three characters is too long, a date of nine is no date.
    pub fn is_measured(self) -> bool {
        !matches!(
            self,
            Kind::Number(..)
                | Kind::Enum(_)
                | Kind::Boolean
                | Kind::Date
                | Kind::Time
                | Kind::DateTime
                | Kind::Pattern(_)
        )
    }

    /// The kind in one word.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Text => "text",
            Kind::Ascii => "ascii",
            Kind::Digits => "digits",
            Kind::Alphanumeric | Kind::AlphanumericPlus(_) => "alphanumeric",
            Kind::UpperAlpha => "upper-alpha",
            Kind::Hex => "hex",
            Kind::Base64 => "base64",
            Kind::Number(..) => "number",
            Kind::Decimal => "decimal",
            Kind::Amount => "amount",
            Kind::SignedAmount => "signed-amount",
            Kind::Enum(_) => "enum",
            Kind::EnumList(_) => "enum-list",
            Kind::Boolean => "boolean",
            Kind::Date => "date",
            Kind::Time => "time",
            Kind::DateTime => "date-time",
            Kind::Email => "e-mail",
            Kind::Url => "url",
            Kind::SecureUrl => "https-url",
            Kind::NotificationUrl => "notification-url",
            Kind::Phone => "phone",
            Kind::Json => "json",
            Kind::Pattern(_) => "pattern",
            Kind::CardNumber => "card-number",
            Kind::MaskedNumber => "masked-number",
            Kind::SecurityCode => "security-code",
            Kind::ExpiryMonth => "expiry-month",
            Kind::ExpiryYear => "expiry-year",
            Kind::Currency => "currency",
            Kind::Country => "country",
            Kind::Track1 => "track-1",
            Kind::Track2 => "track-2",
        }
    }
}

/// The word, with what narrows it: `number 1..12`, `enum FIXED|VARIABLE`, `alphanumeric and ' -'`.
impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())?;
        match self {
            Kind::AlphanumericPlus(more) => write!(f, " and '{more}'"),
            Kind::Number(least, most) => write!(f, " {least}..{most}"),
            Kind::Enum(values) | Kind::EnumList(values) => write!(f, " {}", values.join("|")),
            Kind::Pattern(pattern) => write!(f, " {pattern}"),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_prints_what_narrows_it() {
        assert_eq!(Kind::Text.to_string(), "text");
        assert_eq!(Kind::Number(-1, 12).to_string(), "number -1..12");
        assert_eq!(Kind::Enum(&["FIXED", "VARIABLE"]).to_string(), "enum FIXED|VARIABLE");
        assert_eq!(Kind::AlphanumericPlus(" -").to_string(), "alphanumeric and ' -'");
    }
}
