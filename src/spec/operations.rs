//! Every `apiOperation` that is known, with the versions that have it and what it cannot do without.
//!
//! The versions are documented unless a row's comment says otherwise. An operation that version 100 still
//! has begins at 1 where no source names its first version, and one that version 100 no longer has ends
//! before the first known version of what replaced it.

/// One `apiOperation`.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// The value of `apiOperation`.
    pub name: &'static str,
    /// The first API version that has it.
    pub since: u8,
    /// The last API version that has it.
    pub until: u8,
    /// Whether nvpgate carries it out; the others are known, and refused as not permitted.
    pub offered: bool,
    /// What it does with a payment session.
    pub session: SessionUse,
    /// What it cannot do without, in the order in which a missing one is reported. The merchant and its
    /// credentials, which every operation needs, are not repeated here.
    pub required: &'static [Required],
}

/// What an operation does with a payment session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionUse {
    /// Takes none.
    None,
    /// Makes one.
    Creates,
    /// Is about one: `session.id` is required, and the security code stays in the session.
    Target,
    /// May take fields from one: `session.id` is optional, and the security code leaves the session
    /// (documented: on every operation that references it, except those that are about it).
    References,
}

/// One thing an operation cannot do without.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Required {
    /// This field.
    One(&'static str),
    /// At least one of these fields; the first is the one that is reported as missing.
    Either(&'static [&'static str]),
    /// Each of these fields, where `group`, or any field of it, is there.
    With {
        /// The group or field that brings the requirement with it.
        group: &'static str,
        /// What it requires.
        names: &'static [&'static str],
    },
    /// This field, from this API version on.
    Since(u8, &'static str),
}

impl Required {
    /// The fields that satisfy it, the one to report as missing first.
    pub fn names(&self) -> &[&'static str] {
        match self {
            Required::One(name) | Required::Since(_, name) => std::slice::from_ref(name),
            Required::Either(names) | Required::With { names, .. } => names,
        }
    }
}

impl Operation {
    /// Whether the API version has the operation.
    pub fn exists_in(&self, version: u8) -> bool {
        (self.since..=self.until).contains(&version)
    }
}

/// The operation of that name, offered or not.
pub fn operation(name: &str) -> Option<&'static Operation> {
    OPERATIONS.binary_search_by(|row| row.name.cmp(name)).ok().map(|at| &OPERATIONS[at])
}

use crate::fields::names;
use Required::{Either, One, Since, With};
use SessionUse::{Creates, None as NoSession, References, Target};

/// The newest version; a row that reaches it has no known end.
const NOW: u8 = 100;

/// The last version with 3-D Secure 1 (documented up to 78, absent from 100).
const LAST_3DS1: u8 = 79;

const AMOUNT: Required = Either(&[names::ORDER_AMOUNT, names::ORDER_NET_AMOUNT]);

/// AUTHORIZE and PAY: the order, then the card, which a session may have provided.
const PAYMENT: &[Required] = &[
    One(names::ORDER_ID),
    One(names::TRANSACTION_ID),
    AMOUNT,
    One(names::ORDER_CURRENCY),
    One(names::PROVIDED_CARD_NUMBER),
    One(names::PROVIDED_CARD_EXPIRY_MONTH),
    One(names::PROVIDED_CARD_EXPIRY_YEAR),
];

/// VERIFY moves no money, so it has no amount; the currency chooses the acquirer link.
const VERIFICATION: &[Required] = &[
    One(names::ORDER_ID),
    One(names::TRANSACTION_ID),
    One(names::ORDER_CURRENCY),
    One(names::PROVIDED_CARD_NUMBER),
    One(names::PROVIDED_CARD_EXPIRY_MONTH),
    One(names::PROVIDED_CARD_EXPIRY_YEAR),
];

/// CAPTURE, where the amount is the transaction's own. One that brings a card is of an authorization that was
/// given elsewhere, and names it (documented).
const CAPTURE: &[Required] = &[
    One(names::ORDER_ID),
    One(names::TRANSACTION_ID),
    One(names::TRANSACTION_AMOUNT),
    One(names::TRANSACTION_CURRENCY),
    With {
        group: "sourceOfFunds",
        names: &[
            names::PROVIDED_CARD_NUMBER,
            names::PROVIDED_CARD_EXPIRY_MONTH,
            names::PROVIDED_CARD_EXPIRY_YEAR,
            names::TRANSACTION_AUTHORIZATION_CODE,
        ],
    },
];

/// REFUND; one that brings a card needs no order that paid.
const REFUND: &[Required] = &[
    One(names::ORDER_ID),
    One(names::TRANSACTION_ID),
    One(names::TRANSACTION_AMOUNT),
    One(names::TRANSACTION_CURRENCY),
    With {
        group: "sourceOfFunds",
        names: &[names::PROVIDED_CARD_NUMBER, names::PROVIDED_CARD_EXPIRY_MONTH, names::PROVIDED_CARD_EXPIRY_YEAR],
    },
];

/// DISBURSEMENT: to whom, and to which card.
const DISBURSEMENT: &[Required] = &[
    One(names::DISBURSEMENT_TYPE),
    One(names::ORDER_ID),
    One(names::TRANSACTION_ID),
    One(names::ORDER_AMOUNT),
    One(names::ORDER_CURRENCY),
    One(names::PAYMENT_RECIPIENT_FIRST_NAME),
    One(names::PAYMENT_RECIPIENT_LAST_NAME),
    One(names::PAYMENT_RECIPIENT_ADDRESS_STREET),
    One(names::PAYMENT_RECIPIENT_ADDRESS_CITY),
    One(names::PAYMENT_RECIPIENT_ADDRESS_COUNTRY),
    One(names::PROVIDED_CARD_NUMBER),
    One(names::PROVIDED_CARD_EXPIRY_MONTH),
    One(names::PROVIDED_CARD_EXPIRY_YEAR),
];

/// UPDATE_AUTHORIZATION extends an authorization, and changes its amount where it names one.
const AUTHORIZATION_UPDATE: &[Required] = &[
    One(names::ORDER_ID),
    One(names::TRANSACTION_ID),
    With { group: names::TRANSACTION_AMOUNT, names: &[names::TRANSACTION_CURRENCY] },
    With { group: names::TRANSACTION_CURRENCY, names: &[names::TRANSACTION_AMOUNT] },
];

const VOID: &[Required] = &[
    One(names::ORDER_ID),
    One(names::TRANSACTION_ID),
    Since(*super::dialect::NAMES_TARGET.start(), names::TRANSACTION_TARGET_TRANSACTION_ID),
];

/// BALANCE_INQUIRY: of a card, whole, or of a gift card.
const BALANCE: &[Required] = &[
    One(names::ORDER_CURRENCY),
    One(names::SOURCE_OF_FUNDS_TYPE),
    With {
        group: "sourceOfFunds.provided.card",
        names: &[names::PROVIDED_CARD_NUMBER, names::PROVIDED_CARD_EXPIRY_MONTH, names::PROVIDED_CARD_EXPIRY_YEAR],
    },
];

/// PAYMENT_OPTIONS_INQUIRY needs nothing, but an amount needs its currency.
const OPTIONS: &[Required] = &[
    With { group: names::ORDER_AMOUNT, names: &[names::ORDER_AMOUNT, names::ORDER_CURRENCY] },
    With { group: names::ORDER_CURRENCY, names: &[names::ORDER_CURRENCY] },
];

const TRANSACTION: &[Required] = &[One(names::ORDER_ID), One(names::TRANSACTION_ID)];

/// TOKENIZE stores a whole card, so that a payment with the token is never short of one (decided).
const CARD: &[Required] =
    &[One(names::PROVIDED_CARD_NUMBER), One(names::PROVIDED_CARD_EXPIRY_MONTH), One(names::PROVIDED_CARD_EXPIRY_YEAR)];

/// MANAGE_CARD says what to do with it.
const CARD_IN_VERSION_1: &[Required] = &[
    One(names::ACTION_TOKEN_OPERATION),
    One(names::PROVIDED_CARD_NUMBER),
    One(names::PROVIDED_CARD_EXPIRY_MONTH),
    One(names::PROVIDED_CARD_EXPIRY_YEAR),
];

const SESSION: &[Required] = &[One(names::SESSION_ID)];

const fn known(
    name: &'static str,
    since: u8,
    until: u8,
    session: SessionUse,
    required: &'static [Required],
) -> Operation {
    Operation { name, since, until, offered: false, session, required }
}

const fn offered(
    name: &'static str,
    since: u8,
    until: u8,
    session: SessionUse,
    required: &'static [Required],
) -> Operation {
    Operation { name, since, until, offered: true, session, required }
}

/// Every known operation, sorted by name.
#[rustfmt::skip]
pub static OPERATIONS: &[Operation] = &[
    known("AUTHENTICATE_PAYER", 50, NOW, References, &[One(names::ORDER_ID), One(names::TRANSACTION_ID), AMOUNT, One(names::ORDER_CURRENCY)]),
    offered("AUTHORIZE", 1, NOW, References, PAYMENT),
    offered("BALANCE_INQUIRY", 46, NOW, References, BALANCE),
    offered("CAPTURE", 1, NOW, References, CAPTURE),
    known("CHECK_3DS_ENROLLMENT", 1, LAST_3DS1, References, &[One(names::THREE_D_SECURE_ID), One(names::THREE_D_SECURE_AUTHENTICATION_REDIRECT_RESPONSE_URL)]),
    known("CLOSE_BATCH", 1, NOW, NoSession, &[One(names::ACQUIRER_ID)]),
    known("CONFIRM_BROWSER_PAYMENT", 1, NOW, NoSession, TRANSACTION),
    // Its first known version is 36; hosted sessions begin with 18. Clients leave out the operation and even the amount.
    offered("CREATE_CHECKOUT_SESSION", 18, 62, Creates, &[One(names::ORDER_ID), One(names::ORDER_CURRENCY)]),
    known("CREATE_OR_UPDATE_RISK_ASSESSMENT", 100, NOW, NoSession, &[One(names::ID), One(names::REQUEST_ACTION), One(names::ORDER_CURRENCY), One(names::TRANSACTION_CREATION_DATE), One(names::TRANSACTION_SOURCE), One(names::TRANSACTION_TYPE)]),
    known("CREATE_PAYMENT_INSTRUMENT_REFERENCE_ID", 1, NOW, NoSession, &[]),
    known("CREATE_PAYMENT_PAGE_SESSION", 15, 26, Creates, &[]),
    offered("CREATE_SESSION", 3, NOW, Creates, &[]),
    offered("DELETE_TOKEN", 1, NOW, NoSession, &[One(names::TOKEN)]),
    offered("DISBURSEMENT", 62, NOW, References, DISBURSEMENT),
    known("GENERATE_PAYMENT_DATA", 1, NOW, NoSession, &[One(names::TOKEN)]),
    // Inferred: the first samples of 3-D Secure 2 are of version 57, its guide speaks of about 50.
    known("INITIATE_AUTHENTICATION", 50, NOW, References, &[One(names::ORDER_ID), One(names::TRANSACTION_ID), One(names::ORDER_CURRENCY)]),
    known("INITIATE_BROWSER_PAYMENT", 1, NOW, References, &[One(names::ORDER_ID), One(names::TRANSACTION_ID), One(names::ORDER_AMOUNT), One(names::ORDER_CURRENCY), One(names::SOURCE_OF_FUNDS_TYPE), One(names::BROWSER_PAYMENT_OPERATION)]),
    // The amount, or the net amount, depends on interaction.operation and is checked across fields.
    offered("INITIATE_CHECKOUT", 63, NOW, Creates, &[One(names::INTERACTION_OPERATION), One(names::ORDER_ID), One(names::ORDER_CURRENCY)]),
    // Observed at version 1; TOKENIZE, which replaced it, is known from version 17.
    offered("MANAGE_CARD", 1, 16, NoSession, CARD_IN_VERSION_1),
    known("OPEN_WALLET", 19, NOW, Target, &[One(names::SESSION_ID), One(names::ORDER_WALLET_PROVIDER)]),
    known("PAIR_WITH_WALLET", 1, NOW, NoSession, &[One(names::ORDER_WALLET_PROVIDER)]),
    offered("PAY", 1, NOW, References, PAYMENT),
    offered("PAYMENT_OPTIONS_INQUIRY", 1, NOW, References, OPTIONS),
    known("PLAN_OFFERS_INQUIRY", 1, NOW, References, &[One(names::PAYMENT_PLAN_PLAN_ID), One(names::PAYMENT_PLAN_NUMBER_OF_PAYMENTS), One(names::ORDER_AMOUNT), One(names::ORDER_CURRENCY)]),
    known("PROCESS_ACS_RESULT", 1, LAST_3DS1, NoSession, &[One(names::THREE_D_SECURE_ID), One(names::THREE_D_SECURE_PA_RES)]),
    offered("REFERRAL", 1, NOW, NoSession, &[One(names::ORDER_ID), One(names::TRANSACTION_ID), One(names::TRANSACTION_AUTHORIZATION_CODE)]),
    offered("REFUND", 1, NOW, References, REFUND),
    // Observed at version 1; RETRIEVE_ORDER is documented from version 11.
    offered("RETRIEVE", 1, 10, NoSession, &[One(names::ORDER_ID), One(names::TRANSACTION_ID)]),
    known("RETRIEVE_3DS_RESULT", 1, LAST_3DS1, NoSession, &[One(names::THREE_D_SECURE_ID)]),
    // Absent from the index of version 62, present in that of 100.
    known("RETRIEVE_AGREEMENT", 63, NOW, NoSession, &[One(names::AGREEMENT_ID)]),
    offered("RETRIEVE_ORDER", 11, NOW, NoSession, &[One(names::ORDER_ID)]),
    offered("RETRIEVE_SESSION", 18, NOW, Target, SESSION),
    offered("RETRIEVE_TOKEN", 1, NOW, NoSession, &[One(names::TOKEN)]),
    offered("RETRIEVE_TRANSACTION", 1, NOW, NoSession, TRANSACTION),
    known("RETRIEVE_WALLET_OPTIONS", 1, NOW, NoSession, &[One(names::ORDER_WALLET_PROVIDER), One(names::WALLET_MASTERPASS_LONG_ACCESS_TOKEN)]),
    known("RETRIEVE_WALLET_PAIRING_RESULT", 1, NOW, NoSession, &[One(names::ORDER_WALLET_PROVIDER)]),
    // Pages of it were seen from version 17 on. A search that goes on names its page in place of what it looks for.
    offered("SEARCH_TOKENS", 1, NOW, NoSession, &[Either(&[names::QUERY, names::NEXT_PAGE])]),
    offered("TOKENIZE", 1, NOW, References, CARD),
    known("TOKENIZE_BROWSER_PAYMENT", 18, NOW, References, &[One(names::SESSION_ID), One(names::SOURCE_OF_FUNDS_TYPE), One(names::BROWSER_PAYMENT_RETURN_URL)]),
    known("UPDATE_APPLICATION_TRANSACTION_COUNTER", 1, NOW, NoSession, &[One(names::SOURCE_OF_FUNDS_TYPE), One(names::PROVIDED_CARD_EMV_REQUEST)]),
    offered("UPDATE_AUTHORIZATION", 11, NOW, NoSession, AUTHORIZATION_UPDATE),
    known("UPDATE_BROWSER_PAYMENT", 1, NOW, References, TRANSACTION),
    // Documented for 42 to 49; the mobile kit that sends it asks for 39 at least.
    known("UPDATE_PAYER_DATA", 39, 49, Target, SESSION),
    // Hosted sessions are documented from 18 on, and its page was seen for 20.
    offered("UPDATE_SESSION", 18, NOW, Target, SESSION),
    known("UPDATE_SESSION_FROM_WALLET", 18, NOW, Target, &[One(names::SESSION_ID), One(names::ORDER_WALLET_PROVIDER)]),
    offered("VERIFY", 7, NOW, References, VERIFICATION),
    offered("VOID", 4, NOW, NoSession, VOID),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::version::ApiVersion;

    #[test]
    fn the_table_is_sorted_without_duplicates() {
        for pair in OPERATIONS.windows(2) {
            assert!(pair[0].name < pair[1].name, "{} stands before {}", pair[0].name, pair[1].name);
        }
    }

    #[test]
    fn every_row_has_versions_that_exist() {
        for row in OPERATIONS {
            assert!(row.since <= row.until, "{} ends before it begins", row.name);
            for version in [row.since, row.until] {
                assert!(ApiVersion::parse(&version.to_string()).is_ok(), "{}: version {version}", row.name);
            }
        }
    }

    #[test]
    fn an_operation_about_a_session_requires_its_id_first() {
        for row in OPERATIONS.iter().filter(|row| row.session == Target) {
            assert_eq!(row.required.first(), Some(&One("session.id")), "{}", row.name);
        }
    }

    #[test]
    fn an_operation_is_found_by_its_exact_name_only() {
        assert_eq!(operation("PAY").map(|row| row.name), Some("PAY"));
        for unknown in ["pay", "PAY ", "", "PAYMENT", "CHECK_GATEWAY"] {
            assert!(operation(unknown).is_none(), "{unknown:?} is no apiOperation");
        }
    }

    #[test]
    fn checkout_changes_its_operation_between_62_and_63() {
        let in_version = |version| {
            let names = ["CREATE_CHECKOUT_SESSION", "INITIATE_CHECKOUT"];
            names.map(|name| operation(name).is_some_and(|row| row.exists_in(version)))
        };
        assert_eq!(in_version(62), [true, false]);
        assert_eq!(in_version(63), [false, true]);
    }
}
