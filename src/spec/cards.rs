//! Card brands by the first digits of a number, and the published test numbers.
//!
//! The brand's own ranges are those the schemes publish; brand names are the gateway's (observed in public
//! clients: `CHINA_UNIONPAY`, `LOCAL_BRAND_ONLY`). A number whose length does not fit its prefix has no
//! brand (observed: `412585xx9634`, twelve digits that begin like a Visa card, has none).

mod published;

pub use published::{PUBLISHED_TEST_NUMBERS, published};

use std::collections::BTreeSet;

/// What the first digits of a card number say about the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brand {
    /// `sourceOfFunds.provided.card.brand`.
    pub name: &'static str,
    /// `sourceOfFunds.provided.card.scheme`: who owns the brand. `OTHER` for local brands (decided).
    pub scheme: &'static str,
    /// `sourceOfFunds.provided.card.fundingMethod`.
    pub funding_method: &'static str,
    /// `sourceOfFunds.provided.card.localBrand`, the domestic scheme that the card belongs to, alone or beside
    /// its international brand.
    pub local_brand: Option<&'static str>,
    /// `sourceOfFunds.provided.card.issuer`, where a recorded answer names it.
    pub issuer: Option<&'static str>,
    /// Digits of the security code; 0 for a brand that prints none.
    pub security_code_length: usize,
}

/// The brand of a number of digits; `None` where the gateway says `Cannot determine card brand.`
pub fn brand(number: &str) -> Option<&'static Brand> {
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    RANGES.iter().find(|range| range.holds(number)).map(|range| &range.brand)
}

/// The names of all brands, sorted.
pub fn brands() -> BTreeSet<&'static str> {
    RANGES.iter().map(|range| range.brand.name).collect()
}

/// The name of the brand of a number that is known in part, from its beginning on; none where it is too short or
/// belongs to no brand.
pub fn brands_of_prefix(prefix: &str) -> BTreeSet<&'static str> {
    let of_prefix = |range: &&Range| {
        prefix.get(..range.first.len()).is_some_and(|first| range.first <= first && first <= range.last)
    };
    RANGES.iter().find(of_prefix).map(|range| range.brand.name).into_iter().collect()
}

/// Whether the last digit of a number is its Luhn check digit. False for an empty text and for anything but digits.
pub fn luhn(number: &str) -> bool {
    let mut sum = 0;
    for (place, byte) in number.bytes().rev().enumerate() {
        if !byte.is_ascii_digit() {
            return false;
        }
        let digit = u32::from(byte - b'0');
        sum += match place % 2 {
            0 => digit,
            _ if digit > 4 => digit * 2 - 9,
            _ => digit * 2,
        };
    }
    !number.is_empty() && sum % 10 == 0
}

/// Numbers from one prefix to another of the same length, and the lengths they may have.
struct Range {
    first: &'static str,
    last: &'static str,
    lengths: &'static [usize],
    brand: Brand,
}

impl Range {
    fn holds(&self, number: &str) -> bool {
        let prefix = number.get(..self.first.len());
        prefix.is_some_and(|prefix| self.first <= prefix && prefix <= self.last) && self.lengths.contains(&number.len())
    }
}

const fn range(first: &'static str, last: &'static str, lengths: &'static [usize], brand: Brand) -> Range {
    Range { first, last, lengths, brand }
}

const fn credit(name: &'static str, security_code_length: usize) -> Brand {
    Brand { name, scheme: name, funding_method: "CREDIT", local_brand: None, issuer: None, security_code_length }
}

const MASTERCARD: Brand = credit("MASTERCARD", 3);
const VISA: Brand = credit("VISA", 3);
const AMEX: Brand = credit("AMEX", 4);
const DINERS_CLUB: Brand = credit("DINERS_CLUB", 3);
const JCB: Brand = credit("JCB", 3);
const DISCOVER: Brand = credit("DISCOVER", 3);
const UNIONPAY: Brand = credit("CHINA_UNIONPAY", 3);
const UATP: Brand = credit("UATP", 0);
const MAESTRO: Brand = Brand { scheme: "MASTERCARD", ..debit(credit("MAESTRO", 3)) };

const fn debit(brand: Brand) -> Brand {
    Brand { funding_method: "DEBIT", ..brand }
}

/// A card of an international brand that a domestic scheme carries as well.
const fn shared(brand: Brand, local_brand: &'static str) -> Brand {
    Brand { local_brand: Some(local_brand), ..debit(brand) }
}

/// A card of a domestic scheme alone.
const fn local(local_brand: &'static str) -> Brand {
    Brand { scheme: "OTHER", ..shared(credit("LOCAL_BRAND_ONLY", 3), local_brand) }
}

/// The recorded v45 answer names this issuer for 512345.
const PICHINCHA: Brand = Brand { issuer: Some("BANCO DEL PICHINCHA, C.A."), ..MASTERCARD };

const MAESTRO_LENGTHS: &[usize] = &[12, 13, 14, 15, 16, 17, 18, 19];
const DINERS_LENGTHS: &[usize] = &[14, 15, 16, 17, 18, 19];
const SIXTEEN_AND_MORE: &[usize] = &[16, 17, 18, 19];

/// The longer prefix first, so that the first range that holds a number is the right one.
#[rustfmt::skip]
static RANGES: &[Range] = &[
    range("402993", "402993", &[16], shared(VISA, "EFTPOS")),
    range("404340", "404340", &[16], shared(VISA, "EFTPOS")),
    range("422818", "422818", &[16], shared(VISA, "MADA")),
    range("443913", "443913", &[16], shared(VISA, "JAYWAN")),
    range("486094", "486094", &[16], shared(VISA, "MADA")),
    range("400005", "400005", &[16], debit(VISA)),
    range("446203", "446203", &[16], debit(VISA)),
    range("453979", "453979", &[16], debit(VISA)),
    range("506099", "506198", &[16, 18, 19], local("VERVE")),
    range("507865", "507964", &[16, 18, 19], local("VERVE")),
    range("508500", "508999", &[16], local("RUPAY")),
    range("512345", "512345", &[16], PICHINCHA),
    range("517554", "517554", &[16], shared(MASTERCARD, "JAYWAN")),
    range("520082", "520082", &[16], debit(MASTERCARD)),
    range("529741", "529741", &[16], shared(MASTERCARD, "MADA")),
    range("543357", "543357", &[16], shared(MASTERCARD, "MADA")),
    range("555522", "555522", &[16], shared(MASTERCARD, "EFTPOS")),
    range("606985", "607984", &[16], local("RUPAY")),
    range("608001", "608500", &[16], local("RUPAY")),
    range("622126", "622925", SIXTEEN_AND_MORE, UNIONPAY),
    range("650002", "650027", &[16, 18, 19], local("VERVE")),
    range("652150", "653149", &[16], local("RUPAY")),
    range("669010", "669010", &[16], local("JAYWAN")),
    range("873646", "873646", &[16], local("MADA")),
    range("2205", "2206", &[15, 16], local("PAYPAK")),
    range("2221", "2720", &[16], MASTERCARD),
    range("3088", "3094", SIXTEEN_AND_MORE, JCB),
    range("3528", "3589", SIXTEEN_AND_MORE, JCB),
    range("6011", "6011", SIXTEEN_AND_MORE, DISCOVER),
    range("8100", "8171", SIXTEEN_AND_MORE, UNIONPAY),
    range("9682", "9682", &[16], local("MADA")),
    range("300", "305", DINERS_LENGTHS, DINERS_CLUB),
    range("309", "309", DINERS_LENGTHS, DINERS_CLUB),
    range("639", "639", MAESTRO_LENGTHS, MAESTRO),
    range("644", "649", SIXTEEN_AND_MORE, DISCOVER),
    range("34", "34", &[15], AMEX),
    range("36", "36", DINERS_LENGTHS, DINERS_CLUB),
    range("37", "37", &[15], AMEX),
    range("38", "39", DINERS_LENGTHS, DINERS_CLUB),
    range("50", "50", MAESTRO_LENGTHS, MAESTRO),
    range("51", "55", &[16], MASTERCARD),
    range("56", "58", MAESTRO_LENGTHS, MAESTRO),
    range("62", "62", SIXTEEN_AND_MORE, UNIONPAY),
    range("63", "63", MAESTRO_LENGTHS, MAESTRO),
    range("65", "65", SIXTEEN_AND_MORE, DISCOVER),
    range("67", "67", MAESTRO_LENGTHS, MAESTRO),
    range("1", "1", &[15], UATP),
    range("4", "4", &[13, 16, 19], VISA),
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn name(number: &str) -> Option<&'static str> {
        brand(number).map(|brand| brand.name)
    }

    #[test]
    fn a_longer_prefix_comes_first_and_ranges_of_one_length_do_not_overlap() {
        for (at, range) in RANGES.iter().enumerate() {
            assert_eq!(range.first.len(), range.last.len(), "{}", range.first);
            assert!(range.first <= range.last, "{}", range.first);
            for later in &RANGES[at + 1..] {
                assert!(later.first.len() <= range.first.len(), "{} after {}", later.first, range.first);
                let same_length = later.first.len() == range.first.len();
                let apart = later.first > range.last || later.last < range.first;
                assert!(!same_length || apart, "{} and {} overlap", later.first, range.first);
            }
        }
    }

    #[test]
    fn brands_are_those_of_the_standard_test_cards() {
        for (number, expected) in [
            ("5123450000000008", "MASTERCARD"),
            ("2223000000000007", "MASTERCARD"),
            ("4508750015741019", "VISA"),
            ("371881634498004", "AMEX"),
            ("30123400000000", "DINERS_CLUB"),
            ("36259600000012", "DINERS_CLUB"),
            ("3528000000000007", "JCB"),
            ("6011003179988686", "DISCOVER"),
            ("6445644564456445", "DISCOVER"),
            ("5000000000000000005", "MAESTRO"),
            ("6759010012345678914", "MAESTRO"),
            ("135492354874528", "UATP"),
            ("6201089999995464", "CHINA_UNIONPAY"),
            ("6213249999999991208", "CHINA_UNIONPAY"),
            ("2205460000005210", "LOCAL_BRAND_ONLY"),
            ("6690109900000010", "LOCAL_BRAND_ONLY"),
            ("9682090000000007", "LOCAL_BRAND_ONLY"),
            ("5060990580000217499", "LOCAL_BRAND_ONLY"),
            ("6074849200004917", "LOCAL_BRAND_ONLY"),
            ("4222222222222", "VISA"),
        ] {
            assert_eq!(name(number), Some(expected), "{number}");
        }
    }

    #[test]
    fn a_brand_is_known_by_the_beginning_of_a_number() {
        let of = |prefix| brands_of_prefix(prefix).into_iter().collect::<Vec<_>>();
        assert_eq!(of("512345"), ["MASTERCARD"]);
        assert_eq!(of("5"), [""; 0], "too short");
        assert_eq!(of("9999999"), [""; 0], "nobody's");
        assert_eq!(brands().len(), 10, "{:?}", brands());
    }

    #[test]
    fn a_number_of_the_wrong_length_has_no_brand() {
        for number in
            ["412585009634", "23414405252", "51234500000000080", "37188163449800", "", "4", "511111111111111é"]
        {
            assert_eq!(name(number), None, "{number}");
        }
    }

    #[test]
    fn the_recorded_answer_s_card_is_described_as_recorded() {
        let card = brand("5123450000000008").unwrap();
        assert_eq!(
            (card.name, card.scheme, card.funding_method, card.issuer),
            ("MASTERCARD", "MASTERCARD", "CREDIT", Some("BANCO DEL PICHINCHA, C.A."))
        );
        let maestro = brand("5666555544443333").unwrap();
        assert_eq!((maestro.scheme, maestro.funding_method), ("MASTERCARD", "DEBIT"));
    }

    #[test]
    fn security_codes_are_four_digits_for_amex_and_none_for_uatp() {
        let length = |number| brand(number).map(|brand| brand.security_code_length);
        assert_eq!(length("371881634498004"), Some(4));
        assert_eq!(length("135492354874528"), Some(0));
        assert_eq!(length("4508750015741019"), Some(3));
    }

    #[test]
    fn luhn_is_the_check_digit_of_digits_only() {
        for good in ["5123450000000008", "4111111111111111", "371449635398431", "0"] {
            assert!(luhn(good), "{good}");
        }
        for bad in ["5123450000000000", "4111111111111112", "", "4111-1111-1111-1111", "x"] {
            assert!(!luhn(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn exactly_one_last_digit_passes_luhn(start in "[0-9]{8,18}") {
            let passing = (0..10).filter(|digit| luhn(&format!("{start}{digit}"))).count();
            prop_assert_eq!(passing, 1);
        }

        #[test]
        fn any_text_is_looked_up_without_panic(text in any::<String>()) {
            let _ = (brand(&text), luhn(&text), published(&text));
        }
    }
}
