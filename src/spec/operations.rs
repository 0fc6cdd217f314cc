//! What an operation is: one row for each `apiOperation` that is known, keyed by the closed enum [`Op`].
//!
//! The text of `apiOperation` becomes an [`Op`] when a request is read, and a text again when an answer is written. In
//! between, code asks the row.

mod required;
mod table;

pub use table::OPERATIONS;

use super::privileges::Privilege;
use super::versions::Versions;
use crate::fields::{Group, Name, names};

/// Every `apiOperation` that is known, in byte order of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Op {
    /// AUTHENTICATE_PAYER.
    AuthenticatePayer,
    /// AUTHORIZE.
    Authorize,
    /// BALANCE_INQUIRY.
    BalanceInquiry,
    /// CAPTURE.
    Capture,
    /// CHECK_3DS_ENROLLMENT.
    Check3dsEnrollment,
    /// CLOSE_BATCH.
    CloseBatch,
    /// CONFIRM_BROWSER_PAYMENT.
    ConfirmBrowserPayment,
    /// CREATE_CHECKOUT_SESSION.
    CreateCheckoutSession,
    /// CREATE_OR_UPDATE_RISK_ASSESSMENT.
    CreateOrUpdateRiskAssessment,
    /// CREATE_PAYMENT_INSTRUMENT_REFERENCE_ID.
    CreatePaymentInstrumentReferenceId,
    /// CREATE_PAYMENT_PAGE_SESSION.
    CreatePaymentPageSession,
    /// CREATE_SESSION.
    CreateSession,
    /// DELETE_TOKEN.
    DeleteToken,
    /// DISBURSEMENT.
    Disbursement,
    /// GENERATE_PAYMENT_DATA.
    GeneratePaymentData,
    /// INITIATE_AUTHENTICATION.
    InitiateAuthentication,
    /// INITIATE_BROWSER_PAYMENT.
    InitiateBrowserPayment,
    /// INITIATE_CHECKOUT.
    InitiateCheckout,
    /// MANAGE_CARD.
    ManageCard,
    /// OPEN_WALLET.
    OpenWallet,
    /// PAIR_WITH_WALLET.
    PairWithWallet,
    /// PAY.
    Pay,
    /// PAYMENT_OPTIONS_INQUIRY.
    PaymentOptionsInquiry,
    /// PLAN_OFFERS_INQUIRY.
    PlanOffersInquiry,
    /// PROCESS_ACS_RESULT.
    ProcessAcsResult,
    /// REFERRAL.
    Referral,
    /// REFUND.
    Refund,
    /// RETRIEVE.
    Retrieve,
    /// RETRIEVE_3DS_RESULT.
    Retrieve3dsResult,
    /// RETRIEVE_AGREEMENT.
    RetrieveAgreement,
    /// RETRIEVE_ORDER.
    RetrieveOrder,
    /// RETRIEVE_SESSION.
    RetrieveSession,
    /// RETRIEVE_TOKEN.
    RetrieveToken,
    /// RETRIEVE_TRANSACTION.
    RetrieveTransaction,
    /// RETRIEVE_WALLET_OPTIONS.
    RetrieveWalletOptions,
    /// RETRIEVE_WALLET_PAIRING_RESULT.
    RetrieveWalletPairingResult,
    /// SEARCH_TOKENS.
    SearchTokens,
    /// TOKENIZE.
    Tokenize,
    /// TOKENIZE_BROWSER_PAYMENT.
    TokenizeBrowserPayment,
    /// UPDATE_APPLICATION_TRANSACTION_COUNTER.
    UpdateApplicationTransactionCounter,
    /// UPDATE_AUTHORIZATION.
    UpdateAuthorization,
    /// UPDATE_BROWSER_PAYMENT.
    UpdateBrowserPayment,
    /// UPDATE_PAYER_DATA.
    UpdatePayerData,
    /// UPDATE_SESSION.
    UpdateSession,
    /// UPDATE_SESSION_FROM_WALLET.
    UpdateSessionFromWallet,
    /// VERIFY.
    Verify,
    /// VOID.
    Void,
}

impl Op {
    /// The operation of that `apiOperation`. Case counts.
    pub fn parse(text: &str) -> Option<Op> {
        OPERATIONS.binary_search_by(|row| row.name.cmp(text)).ok().map(|at| OPERATIONS[at].op)
    }

    /// Its row.
    pub fn row(self) -> &'static Operation {
        // The table has a row for each variant, in the order of the variants; a test compares them.
        &OPERATIONS[self as usize]
    }

    /// The value of `apiOperation`.
    pub fn as_str(self) -> &'static str {
        self.row().name
    }
}

/// One `apiOperation`.
#[derive(Debug, PartialEq, Eq)]
pub struct Operation {
    /// The key of the row.
    pub op: Op,
    /// The value of `apiOperation`.
    pub name: &'static str,
    /// The API versions that have it.
    pub versions: Versions,
    /// Whether this gateway carries it out. The others are known, and refused as not offered.
    pub offered: bool,
    /// What a merchant must be allowed to ask for it.
    pub permission: Permission,
    /// What it does with a payment session.
    pub session: SessionUse,
    /// Whether it adds a transaction to an order, once, however often it is asked for.
    pub adds: Adds,
    /// The field that names the order it reads.
    pub order: Option<Name>,
    /// What it does with a token.
    pub token: TokenUse,
    /// Whether it makes up what nobody can guess: an id, a session version, a token.
    pub draws: bool,
    /// Whether it always asks the acquirer, which a merchant must then have.
    pub asks_acquirer: bool,
    /// Its REST addresses.
    pub rest: &'static [Address],
    /// What it requires, in the order in which a missing field is reported. The merchant and its credentials, which every
    /// operation requires, are not repeated here.
    pub required: &'static [Required],
}

impl Operation {
    /// Whether it adds a transaction to an order.
    pub fn adds_transaction(&self) -> bool {
        self.adds != Adds::Nothing
    }

    /// Whether its transaction may be the first of an order.
    pub fn may_open_order(&self) -> bool {
        matches!(self.adds, Adds::First | Adds::FirstOrNext)
    }

    /// The fields that name the token it reads. The first that a request has counts.
    pub fn token_fields(&self) -> &'static [Name] {
        match self.token {
            TokenUse::None => &[],
            TokenUse::Pays => &[names::SOURCE_OF_FUNDS_TOKEN],
            TokenUse::Stores => &[names::TOKEN, names::SOURCE_OF_FUNDS_TOKEN],
            TokenUse::IsAbout => &[names::TOKEN],
        }
    }
}

/// What a merchant must be allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Nothing: every merchant may ask.
    Everybody,
    /// This privilege. A refusal speaks of the request (observed for PAY and AUTHORIZE, which open an order).
    OfRequest(Privilege),
    /// This privilege. A refusal names it (observed for VOID).
    Named(Privilege),
}

impl Permission {
    /// The privilege.
    pub fn privilege(self) -> Option<Privilege> {
        match self {
            Permission::Everybody => None,
            Permission::OfRequest(privilege) | Permission::Named(privilege) => Some(privilege),
        }
    }
}

/// What an operation does with a payment session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionUse {
    /// It takes none.
    None,
    /// It makes an empty session.
    Creates,
    /// It makes a session that holds the fields of the request.
    CreatesFilled,
    /// It shows one: `session.id` is required.
    Reads,
    /// It puts fields into one: `session.id` is required, and the security code stays in the session.
    Updates,
    /// It may take fields from one: `session.id` is optional, and the security code leaves the session
    /// (documented: on every operation that references it, except those that are about it).
    References,
}

impl SessionUse {
    /// Whether the operation is about one session, which a request must name.
    pub fn is_about_one(self) -> bool {
        matches!(self, SessionUse::Reads | SessionUse::Updates)
    }

    /// Whether the fields of a request are for a session that may be filled step by step.
    pub fn fills_step_by_step(self) -> bool {
        matches!(self, SessionUse::Creates | SessionUse::Reads | SessionUse::Updates)
    }
}

/// Whether an operation adds a transaction, and in which place of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Adds {
    /// It adds none.
    Nothing,
    /// The first, or a new attempt at it.
    First,
    /// One that follows another. Where nothing has succeeded on the order it stands alone, with a card of its own.
    FirstOrNext,
    /// One that follows another.
    Next,
}

/// What an operation does with a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenUse {
    /// It takes none.
    None,
    /// It takes the card of one.
    Pays,
    /// It stores a card under one.
    Stores,
    /// It shows or deletes one.
    IsAbout,
}

/// One REST address of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Address {
    /// The HTTP method.
    pub verb: Verb,
    /// The path below `/api/rest/version/{version}/`; a segment in braces is the name of the field that it holds.
    pub path: &'static str,
    /// The HTTP status of an answer that is no error.
    pub status: u16,
}

/// An HTTP method of the REST interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// DELETE.
    Delete,
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
}

/// One thing that an operation requires.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Required {
    /// This field.
    One(Name),
    /// At least one of these fields; the first is the one that is reported as missing.
    Either(&'static [Name]),
    /// Each of these fields, where `group`, or any field of it, is there.
    With {
        /// The group or field that brings the requirement with it.
        group: Group,
        /// What it requires.
        names: &'static [Name],
    },
    /// This field, in these API versions.
    In(Versions, Name),
}

impl Required {
    /// The fields that satisfy it, the one to report as missing first.
    pub fn names(&self) -> &[Name] {
        match self {
            Required::One(name) | Required::In(_, name) => std::slice::from_ref(name),
            Required::Either(names) | Required::With { names, .. } => names,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::spec::versions::ApiVersion;

    #[test]
    fn the_table_is_sorted_without_duplicates() {
        for (at, row) in OPERATIONS.iter().enumerate() {
            assert_eq!(row.op as usize, at, "{} stands where its variant does", row.name);
        }
        for pair in OPERATIONS.windows(2) {
            assert!(pair[0].name < pair[1].name, "{} stands before {}", pair[0].name, pair[1].name);
        }
    }

    #[test]
    fn every_row_has_versions_that_exist() {
        for row in OPERATIONS {
            assert!(row.versions.is_real(), "{}: {:?}", row.name, row.versions);
        }
    }

    #[test]
    fn an_operation_about_a_session_requires_its_id_first() {
        for row in OPERATIONS.iter().filter(|row| row.session.is_about_one()) {
            assert_eq!(row.required.first(), Some(&Required::One(names::SESSION_ID)), "{}", row.name);
        }
    }

    #[test]
    fn an_operation_is_found_by_its_exact_name_only() {
        assert_eq!(Op::parse("PAY").map(Op::as_str), Some("PAY"));
        for unknown in ["pay", "PAY ", "", "PAYMENT", "CHECK_GATEWAY"] {
            assert!(Op::parse(unknown).is_none(), "{unknown:?} is no apiOperation");
        }
    }

    #[test]
    fn checkout_changes_its_operation_between_62_and_63() {
        let in_version = |number| {
            let version = ApiVersion::parse(number).unwrap();
            [Op::CreateCheckoutSession, Op::InitiateCheckout].map(|op| op.row().versions.contains(version))
        };
        assert_eq!(in_version("62"), [true, false]);
        assert_eq!(in_version("63"), [false, true]);
    }
}
