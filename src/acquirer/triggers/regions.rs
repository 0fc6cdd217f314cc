//! The simulators' tables, region by region. The rows are those of the test pages (documented, unless a row says
//! otherwise). The letters of acquirers are decided, except M and N, which are observed.

use super::{
    AmountTrigger, Amounts, CheckTrigger, ExpiryTrigger, Provenance, Provenance::*, Region, cents, check_result, expiry,
};
use crate::domain::acquiring::GatewayCode::{self, *};
use crate::domain::acquiring::{AddressResult as Avs, SecurityCodeResult as Csc, Simulator};

/// Every region, in the order of [`Simulator::ALL`].
pub static REGIONS: &[Region] = &[
    STANDARD,
    Region {
        simulator: Simulator::FirstDataUs,
        card: "5149612222222229",
        expiries: &[
            expiry(1, 39, Approved, Documented),
            expiry(5, 28, Declined, Documented),
            expiry(6, 33, ExpiredCard, Documented),
            expiry(10, 37, TimedOut, Documented),
            expiry(6, 38, AcquirerSystemError, Documented),
        ],
        security_codes: &[
            check_result("000", Csc::Match, "M"),
            check_result("111", Csc::NoMatch, "N"),
            check_result("222", Csc::NotProcessed, "P"),
            check_result("444", Csc::NotPresent, "S"),
            check_result("888", Csc::NotSupported, "U"),
        ],
        streets: &[
            check_result("Alpha St", Avs::AddressMatch, "A"),
            check_result("Gamma St", Avs::NotVerified, "G"),
            check_result("November St", Avs::NoMatch, "N"),
            check_result("Romeo St", Avs::ServiceNotAvailableRetry, "R"),
            check_result("Sierra St", Avs::ServiceNotSupported, "S"),
            check_result("Uniform St", Avs::NotAvailable, "U"),
            // The page has this spelling. The usual spelling works too (decided).
            check_result("Wiskey St", Avs::ZipMatch, "W"),
            check_result("Whiskey St", Avs::ZipMatch, "W"),
            check_result("X-ray St", Avs::AddressZipMatch, "X"),
        ],
        ..STANDARD
    },
    Region {
        simulator: Simulator::FirstDataAustralia,
        card: "4005550000000019",
        expiries: &[
            expiry(1, 39, Approved, Documented),
            expiry(5, 39, Declined, Documented),
            expiry(8, 28, TimedOut, Documented),
            expiry(4, 27, ExpiredCard, Documented),
        ],
        // Australia has no address verification.
        streets: &[],
        ..STANDARD
    },
    Region {
        simulator: Simulator::OtherUs,
        card: "5123456789012346",
        expiries: EXPIRIES_OF_2028,
        security_codes: &[
            check_result("000", Csc::Match, "M"),
            check_result("111", Csc::NoMatch, "N"),
            check_result("222", Csc::NotProcessed, "P"),
            check_result("333", Csc::NotPresent, "S"),
            check_result("444", Csc::NotSupported, "U"),
        ],
        streets: &[
            check_result("Alpha St", Avs::AddressMatch, "A"),
            check_result("Mike St", Avs::AddressZipMatch, "M"),
            check_result("Uniform St", Avs::NotAvailable, "U"),
            check_result("Kilo St", Avs::NameMatch, "K"),
            check_result("November St", Avs::NoMatch, "N"),
            check_result("Zulu St", Avs::ZipMatch, "Z"),
            check_result("Romeo St", Avs::ServiceNotAvailableRetry, "R"),
            check_result("Sierra St", Avs::ServiceNotSupported, "S"),
            check_result("Love St", Avs::NameZipMatch, "L"),
            check_result("Olive St", Avs::NameAddressMatch, "O"),
            check_result("Zero St", Avs::NotRequested, ""),
        ],
        ..STANDARD
    },
    Region {
        simulator: Simulator::Uk,
        card: "4539791001730106",
        expiries: &[
            expiry(1, 39, Approved, Documented),
            expiry(3, 28, Declined, Documented),
            expiry(4, 33, ExpiredCard, Documented),
            expiry(1, 37, AcquirerSystemError, Documented),
        ],
        security_codes: &[
            check_result("222", Csc::Match, "M"),
            check_result("444", Csc::NoMatch, "N"),
            check_result("111", Csc::NotProcessed, "P"),
            check_result("000", Csc::NotPresent, "S"),
        ],
        streets: &[
            check_result("Whiskey St", Avs::AddressMatch, "W"),
            check_result("Juliet St", Avs::NoMatch, "J"),
            check_result("Alpha St", Avs::ServiceNotSupported, "A"),
            check_result("X-ray St", Avs::ZipMatch, "X"),
            check_result("Mike St", Avs::AddressZipMatch, "M"),
        ],
        ..STANDARD
    },
    Region {
        simulator: Simulator::Mexico,
        card: "5424180279791732",
        expiries: &[
            expiry(1, 39, Approved, Documented),
            expiry(4, 28, Declined, Documented),
            expiry(2, 30, ExpiredCard, Documented),
            expiry(3, 31, AcquirerSystemError, Documented),
            expiry(1, 30, InsufficientFunds, Documented),
        ],
        // Acquirers here do not match codes, and some do not verify addresses (documented). The simulator therefore
        // processes no code and no address (decided).
        security_codes: &[],
        other_security_code: &NOT_PROCESSED,
        streets: &[],
        ..STANDARD
    },
    Region { simulator: Simulator::FranceGermany, card: "5123456789012346", streets: STREETS_OF_FRANCE, ..OF_2028 },
    Region { simulator: Simulator::CieloBrazil, card: "5123456789012346", streets: &[], ..OF_2028 },
    Region {
        simulator: Simulator::EftposAustralia,
        card: "5555229999999975",
        expiries: &[
            expiry(1, 39, Approved, Documented),
            expiry(5, 39, Declined, Documented),
            expiry(4, 27, ExpiredCard, Documented),
            expiry(8, 28, TimedOut, Documented),
            expiry(1, 27, InsufficientFunds, Documented),
            expiry(1, 37, AcquirerSystemError, Documented),
            expiry(5, 37, Unknown, Documented),
        ],
        security_codes: &[check_result("100", Csc::Match, "M"), check_result("102", Csc::NoMatch, "N")],
        streets: &[],
        ..STANDARD
    },
    Region { simulator: Simulator::VerveNigeria, card: "5060990580000217499", streets: &[], ..STANDARD },
    Region { simulator: Simulator::JaywanUae, card: "6690109900000010", streets: &[], ..STANDARD },
    Region {
        simulator: Simulator::Rupay,
        card: "6074849900004936",
        expiries: &[expiry(5, 28, Approved, Documented)],
        amounts: &[
            standing_instruction(0, Approved, "00", "Approved"),
            standing_instruction(1, Declined, "01", "Standing instruction not registered"),
            standing_instruction(77, Declined, "77", "SI_NOT_AVAILABLE"),
            standing_instruction(3, Declined, "03", "Standing instruction of another card"),
            standing_instruction(4, Declined, "04", "Standing instruction too late"),
            // The page has an amount of zero here. Only a verification can have this amount.
            cents(0, Approved, Documented),
            exactly(120, InsufficientFunds, Documented),
            exactly(888, TimedOut, Documented),
            exactly(666, ExpiredCard, Documented),
            said(45, ExceededRetryLimit, "45", "OTP attempts exhausted"),
            said(71, UnspecifiedFailure, "71", "Amount error"),
            said(92, AcquirerSystemError, "92", "No routing available"),
        ],
        security_codes: &[check_result("111", Csc::Match, "M")],
        streets: &[],
        ..STANDARD
    },
];

/// The simulator of every region without its own.
pub const STANDARD: Region = Region {
    simulator: Simulator::Standard,
    card: "5123450000000008",
    expiries: &[
        expiry(1, 39, Approved, Documented),
        expiry(5, 39, Declined, Documented),
        expiry(4, 27, ExpiredCard, Documented),
        expiry(8, 28, TimedOut, Documented),
        expiry(1, 37, AcquirerSystemError, Documented),
        expiry(2, 37, UnspecifiedFailure, Documented),
        expiry(5, 37, Unknown, Documented),
        // No source has a trigger for REFERRED, and REFERRAL needs one.
        expiry(3, 37, Referred, Decided),
    ],
    amounts: &[],
    // The codes of four digits belong to Amex.
    security_codes: &[
        check_result("100", Csc::Match, "M"),
        check_result("101", Csc::NotProcessed, "P"),
        check_result("102", Csc::NoMatch, "N"),
        check_result("1000", Csc::Match, "M"),
        check_result("1010", Csc::NotProcessed, "P"),
        check_result("1020", Csc::NoMatch, "N"),
    ],
    // Observed for 123.
    other_security_code: &NO_MATCH,
    // The first letter of each street is the letter that acquirers use for the result. That letter is therefore the
    // acquirer's code (inferred).
    streets: &[
        check_result("Alpha St", Avs::AddressMatch, "A"),
        check_result("Gamma St", Avs::NotVerified, "G"),
        check_result("Kilo St", Avs::NameMatch, "K"),
        check_result("Lima St", Avs::NameZipMatch, "L"),
        check_result("November St", Avs::NoMatch, "N"),
        check_result("Oscar St", Avs::NameAddressMatch, "O"),
        check_result("Romeo St", Avs::ServiceNotAvailableRetry, "R"),
        check_result("Sierra St", Avs::ServiceNotSupported, "S"),
        check_result("Uniform St", Avs::NotAvailable, "U"),
        check_result("Whiskey St", Avs::ZipMatch, "W"),
        check_result("X-ray St", Avs::AddressZipMatch, "X"),
        check_result("Zero St", Avs::NotRequested, ""),
    ],
};

static NO_MATCH: CheckTrigger<Csc> = check_result("", Csc::NoMatch, "N");
static NOT_PROCESSED: CheckTrigger<Csc> = check_result("", Csc::NotProcessed, "P");

/// The triggers that France, Germany and Cielo in Brazil have in common.
const OF_2028: Region = Region {
    expiries: EXPIRIES_OF_2028,
    security_codes: &[
        check_result("000", Csc::Match, "M"),
        check_result("111", Csc::NoMatch, "N"),
        check_result("222", Csc::NotProcessed, "P"),
        check_result("333", Csc::NotPresent, "S"),
        check_result("444", Csc::NotPresent, "S"),
    ],
    ..STANDARD
};

const EXPIRIES_OF_2028: &[ExpiryTrigger] = &[
    expiry(1, 39, Approved, Documented),
    expiry(1, 28, Declined, Documented),
    expiry(8, 29, TimedOut, Documented),
    expiry(3, 28, ExpiredCard, Documented),
    expiry(9, 29, AcquirerSystemError, Documented),
];

const STREETS_OF_FRANCE: &[CheckTrigger<Avs>] = &[
    check_result("Alpha St", Avs::AddressMatch, "A"),
    check_result("X-ray St", Avs::AddressZipMatch, "X"),
    check_result("Uniform St", Avs::NotAvailable, "U"),
    check_result("Whiskey St", Avs::ZipMatch, "W"),
    check_result("November St", Avs::NoMatch, "N"),
];

const fn exactly(minor: i64, gateway_code: GatewayCode, provenance: Provenance) -> AmountTrigger {
    AmountTrigger { amounts: Amounts::Exactly(minor), ..cents(0, gateway_code, provenance) }
}

/// The page has the acquirer's words. The gateway's code for each is decided.
const fn said(last: i64, gateway_code: GatewayCode, code: &'static str, words: &'static str) -> AmountTrigger {
    AmountTrigger { acquirer: Some((code, words)), ..cents(last, gateway_code, Decided) }
}

/// An outcome by amount that the page has for one card, the card of standing instructions.
const fn standing_instruction(
    last: i64,
    gateway_code: GatewayCode,
    code: &'static str,
    words: &'static str,
) -> AmountTrigger {
    AmountTrigger { card: Some("6073849300004958"), ..said(last, gateway_code, code, words) }
}
