//! Every operation that is known.
//!
//! The versions are documented unless a row's comment says otherwise. An operation that version 100 still has begins at 1
//! where no source names its first version. One that version 100 does not have ends before the first known version of what
//! replaced it, or with the last version before 100.

use super::Required::{Either, One};
use super::{Address, Adds, Op, Operation, Permission, SessionUse, TokenUse, Verb, required};
use crate::fields::names;
use crate::spec::privileges::Privilege;
use crate::spec::versions::Versions;

/// A row that says nothing.
const NONE: Operation = Operation {
    op: Op::AuthenticatePayer,
    name: "",
    versions: Versions::ALL,
    offered: false,
    permission: Permission::Everybody,
    session: SessionUse::None,
    adds: Adds::Nothing,
    order: None,
    token: TokenUse::None,
    draws: false,
    asks_acquirer: false,
    rest: &[],
    required: &[],
};

const fn delete(path: &'static str) -> Address {
    Address { verb: Verb::Delete, path, status: 200 }
}

const fn get(path: &'static str) -> Address {
    Address { verb: Verb::Get, path, status: 200 }
}

const fn post(path: &'static str, status: u16) -> Address {
    Address { verb: Verb::Post, path, status }
}

const fn put(path: &'static str, status: u16) -> Address {
    Address { verb: Verb::Put, path, status }
}

/// Every operation on a transaction of an order has this address.
const TRANSACTION: &[Address] = &[put("merchant/{merchant}/order/{order.id}/transaction/{transaction.id}", 201)];

/// Sorted by name in byte order, which is the order of the variants of [`Op`].
#[rustfmt::skip]
pub static OPERATIONS: &[Operation] = &[
    Operation { op: Op::AuthenticatePayer, name: "AUTHENTICATE_PAYER", versions: Versions::from(50),
        session: SessionUse::References, token: TokenUse::Pays, rest: TRANSACTION,
        required: &[One(names::ORDER_ID), One(names::TRANSACTION_ID), required::AMOUNT, One(names::ORDER_CURRENCY)], ..NONE },
    Operation { op: Op::Authorize, name: "AUTHORIZE", versions: Versions::ALL,
        session: SessionUse::References, offered: true, permission: Permission::OfRequest(Privilege::Authorize),
        adds: Adds::First, order: Some(names::ORDER_ID), token: TokenUse::Pays, asks_acquirer: true,
        rest: TRANSACTION, required: required::PAYMENT, ..NONE },
    Operation { op: Op::BalanceInquiry, name: "BALANCE_INQUIRY", versions: Versions::from(46),
        session: SessionUse::References, offered: true, token: TokenUse::Pays, asks_acquirer: true,
        rest: &[put("merchant/{merchant}/balanceInquiry", 200)], required: required::BALANCE, ..NONE },
    Operation { op: Op::Capture, name: "CAPTURE", versions: Versions::ALL,
        session: SessionUse::References, offered: true, permission: Permission::Named(Privilege::Capture),
        adds: Adds::FirstOrNext, order: Some(names::ORDER_ID), token: TokenUse::Pays, asks_acquirer: true,
        rest: TRANSACTION, required: required::CAPTURE, ..NONE },
    Operation { op: Op::Check3dsEnrollment, name: "CHECK_3DS_ENROLLMENT", versions: Versions::BEFORE_100,
        session: SessionUse::References, token: TokenUse::Pays,
        rest: &[put("merchant/{merchant}/3DSecureId/{3DSecureId}", 201)],
        required: &[One(names::THREE_D_SECURE_ID), One(names::THREE_D_SECURE_AUTHENTICATION_REDIRECT_RESPONSE_URL)], ..NONE },
    Operation { op: Op::CloseBatch, name: "CLOSE_BATCH", versions: Versions::ALL,
        session: SessionUse::None, rest: &[put("merchant/{merchant}/batch", 200)],
        required: &[One(names::ACQUIRER_ID)], ..NONE },
    Operation { op: Op::ConfirmBrowserPayment, name: "CONFIRM_BROWSER_PAYMENT", versions: Versions::ALL,
        session: SessionUse::None, rest: TRANSACTION, required: required::TRANSACTION, ..NONE },
    // Its first known version is 36; hosted sessions begin with 18. Clients leave out the operation and even the amount.
    Operation { op: Op::CreateCheckoutSession, name: "CREATE_CHECKOUT_SESSION", versions: Versions::between(18, 62),
        session: SessionUse::CreatesFilled, offered: true,
        permission: Permission::OfRequest(Privilege::HostedCheckout), draws: true,
        rest: &[post("merchant/{merchant}/session", 201)],
        required: &[One(names::ORDER_ID), One(names::ORDER_CURRENCY)], ..NONE },
    Operation { op: Op::CreateOrUpdateRiskAssessment, name: "CREATE_OR_UPDATE_RISK_ASSESSMENT", versions: Versions::from(100),
        session: SessionUse::None, rest: &[put("merchant/{merchant}/riskassessment/{id}", 201)],
        required: &[One(names::ID), One(names::REQUEST_ACTION), One(names::ORDER_CURRENCY), One(names::TRANSACTION_CREATION_DATE), One(names::TRANSACTION_SOURCE), One(names::TRANSACTION_TYPE)], ..NONE },
    Operation { op: Op::CreatePaymentInstrumentReferenceId, name: "CREATE_PAYMENT_INSTRUMENT_REFERENCE_ID", versions: Versions::ALL,
        session: SessionUse::None, rest: &[put("merchant/{merchant}/createPaymentInstrumentReferenceId", 201)],
        required: &[], ..NONE },
    Operation { op: Op::CreatePaymentPageSession, name: "CREATE_PAYMENT_PAGE_SESSION", versions: Versions::between(15, 26),
        session: SessionUse::CreatesFilled, rest: &[post("merchant/{merchant}/session", 201)], required: &[], ..NONE },
    Operation { op: Op::CreateSession, name: "CREATE_SESSION", versions: Versions::from(3),
        session: SessionUse::Creates, offered: true, draws: true, rest: &[post("merchant/{merchant}/session", 201)],
        required: &[], ..NONE },
    Operation { op: Op::DeleteToken, name: "DELETE_TOKEN", versions: Versions::ALL,
        session: SessionUse::None, offered: true, permission: Permission::Named(Privilege::Tokenization),
        token: TokenUse::IsAbout, rest: &[delete("merchant/{merchant}/token/{token}")],
        required: &[One(names::TOKEN)], ..NONE },
    Operation { op: Op::Disbursement, name: "DISBURSEMENT", versions: Versions::from(62),
        session: SessionUse::References, offered: true, permission: Permission::Named(Privilege::Disbursement),
        adds: Adds::First, order: Some(names::ORDER_ID), token: TokenUse::Pays, asks_acquirer: true,
        rest: TRANSACTION, required: required::DISBURSEMENT, ..NONE },
    Operation { op: Op::GeneratePaymentData, name: "GENERATE_PAYMENT_DATA", versions: Versions::ALL,
        session: SessionUse::None, rest: &[post("merchant/{merchant}/token/{token}/paymentData", 200)],
        required: &[One(names::TOKEN)], ..NONE },
    // Inferred: the first samples of 3-D Secure 2 are of version 57, its guide speaks of about 50.
    Operation { op: Op::InitiateAuthentication, name: "INITIATE_AUTHENTICATION", versions: Versions::from(50),
        session: SessionUse::References, token: TokenUse::Pays, rest: TRANSACTION,
        required: &[One(names::ORDER_ID), One(names::TRANSACTION_ID), One(names::ORDER_CURRENCY)], ..NONE },
    Operation { op: Op::InitiateBrowserPayment, name: "INITIATE_BROWSER_PAYMENT", versions: Versions::ALL,
        session: SessionUse::References, token: TokenUse::Pays, rest: TRANSACTION,
        required: &[One(names::ORDER_ID), One(names::TRANSACTION_ID), One(names::ORDER_AMOUNT), One(names::ORDER_CURRENCY), One(names::SOURCE_OF_FUNDS_TYPE), One(names::BROWSER_PAYMENT_OPERATION)], ..NONE },
    // The amount, or the net amount, depends on interaction.operation and is checked across fields.
    Operation { op: Op::InitiateCheckout, name: "INITIATE_CHECKOUT", versions: Versions::from(63),
        session: SessionUse::CreatesFilled, offered: true,
        permission: Permission::OfRequest(Privilege::HostedCheckout), draws: true,
        rest: &[post("merchant/{merchant}/session", 201)],
        required: &[One(names::INTERACTION_OPERATION), One(names::ORDER_ID), One(names::ORDER_CURRENCY)], ..NONE },
    // Observed at version 1; TOKENIZE, which replaced it, is known from version 17.
    Operation { op: Op::ManageCard, name: "MANAGE_CARD", versions: Versions::until(16),
        session: SessionUse::None, offered: true, permission: Permission::Named(Privilege::Tokenization),
        order: Some(names::REFERENCE_ORDER_ID), token: TokenUse::Stores, draws: true,
        required: required::CARD_IN_VERSION_1, ..NONE },
    Operation { op: Op::OpenWallet, name: "OPEN_WALLET", versions: Versions::from(19),
        session: SessionUse::Updates, rest: &[post("merchant/{merchant}/session/{session.id}", 200)],
        required: &[One(names::SESSION_ID), One(names::ORDER_WALLET_PROVIDER)], ..NONE },
    Operation { op: Op::PairWithWallet, name: "PAIR_WITH_WALLET", versions: Versions::ALL,
        session: SessionUse::None, rest: &[post("merchant/{merchant}/pair", 200)],
        required: &[One(names::ORDER_WALLET_PROVIDER)], ..NONE },
    Operation { op: Op::Pay, name: "PAY", versions: Versions::ALL,
        session: SessionUse::References, offered: true, permission: Permission::OfRequest(Privilege::Pay),
        adds: Adds::First, order: Some(names::ORDER_ID), token: TokenUse::Pays, asks_acquirer: true,
        rest: TRANSACTION, required: required::PAYMENT, ..NONE },
    Operation { op: Op::PaymentOptionsInquiry, name: "PAYMENT_OPTIONS_INQUIRY", versions: Versions::ALL,
        session: SessionUse::References, offered: true, token: TokenUse::Pays, draws: true,
        rest: &[post("merchant/{merchant}/paymentOptionsInquiry", 200)], required: required::OPTIONS, ..NONE },
    Operation { op: Op::PlanOffersInquiry, name: "PLAN_OFFERS_INQUIRY", versions: Versions::ALL,
        session: SessionUse::References, token: TokenUse::Pays,
        rest: &[put("merchant/{merchant}/paymentPlan/{paymentPlan.planId}", 200)],
        required: &[One(names::PAYMENT_PLAN_PLAN_ID), One(names::PAYMENT_PLAN_NUMBER_OF_PAYMENTS), One(names::ORDER_AMOUNT), One(names::ORDER_CURRENCY)], ..NONE },
    Operation { op: Op::ProcessAcsResult, name: "PROCESS_ACS_RESULT", versions: Versions::BEFORE_100,
        session: SessionUse::None, rest: &[post("merchant/{merchant}/3DSecureId/{3DSecureId}", 200)],
        required: &[One(names::THREE_D_SECURE_ID), One(names::THREE_D_SECURE_PA_RES)], ..NONE },
    Operation { op: Op::Referral, name: "REFERRAL", versions: Versions::ALL,
        session: SessionUse::None, offered: true, permission: Permission::Named(Privilege::Referral),
        adds: Adds::Next, order: Some(names::ORDER_ID), asks_acquirer: true, rest: TRANSACTION,
        required: &[One(names::ORDER_ID), One(names::TRANSACTION_ID), One(names::TRANSACTION_AUTHORIZATION_CODE)], ..NONE },
    Operation { op: Op::Refund, name: "REFUND", versions: Versions::ALL,
        session: SessionUse::References, offered: true, permission: Permission::Named(Privilege::Refund),
        adds: Adds::FirstOrNext, order: Some(names::ORDER_ID), token: TokenUse::Pays, asks_acquirer: true,
        rest: TRANSACTION, required: required::REFUND, ..NONE },
    // Observed at version 1; RETRIEVE_ORDER is documented from version 11.
    Operation { op: Op::Retrieve, name: "RETRIEVE", versions: Versions::until(10),
        session: SessionUse::None, offered: true, order: Some(names::ORDER_ID),
        required: &[One(names::ORDER_ID), One(names::TRANSACTION_ID)], ..NONE },
    Operation { op: Op::Retrieve3dsResult, name: "RETRIEVE_3DS_RESULT", versions: Versions::BEFORE_100,
        session: SessionUse::None, rest: &[get("merchant/{merchant}/3DSecureId/{3DSecureId}")],
        required: &[One(names::THREE_D_SECURE_ID)], ..NONE },
    // Absent from the index of version 62, present in that of 100.
    Operation { op: Op::RetrieveAgreement, name: "RETRIEVE_AGREEMENT", versions: Versions::from(63),
        session: SessionUse::None, rest: &[get("merchant/{merchant}/agreement/{agreement.id}")],
        required: &[One(names::AGREEMENT_ID)], ..NONE },
    Operation { op: Op::RetrieveOrder, name: "RETRIEVE_ORDER", versions: Versions::from(11),
        session: SessionUse::None, offered: true, order: Some(names::ORDER_ID),
        rest: &[get("merchant/{merchant}/order/{order.id}")], required: &[One(names::ORDER_ID)], ..NONE },
    Operation { op: Op::RetrieveSession, name: "RETRIEVE_SESSION", versions: Versions::from(18),
        session: SessionUse::Reads, offered: true, rest: &[get("merchant/{merchant}/session/{session.id}")],
        required: required::SESSION, ..NONE },
    Operation { op: Op::RetrieveToken, name: "RETRIEVE_TOKEN", versions: Versions::ALL,
        session: SessionUse::None, offered: true, permission: Permission::Named(Privilege::Tokenization),
        token: TokenUse::IsAbout, rest: &[get("merchant/{merchant}/token/{token}")], required: &[One(names::TOKEN)], ..NONE },
    Operation { op: Op::RetrieveTransaction, name: "RETRIEVE_TRANSACTION", versions: Versions::ALL,
        session: SessionUse::None, offered: true, order: Some(names::ORDER_ID),
        rest: &[get("merchant/{merchant}/order/{order.id}/transaction/{transaction.id}")],
        required: required::TRANSACTION, ..NONE },
    Operation { op: Op::RetrieveWalletOptions, name: "RETRIEVE_WALLET_OPTIONS", versions: Versions::ALL,
        session: SessionUse::None, rest: &[post("merchant/{merchant}/walletOptions", 200)],
        required: &[One(names::ORDER_WALLET_PROVIDER), One(names::WALLET_MASTERPASS_LONG_ACCESS_TOKEN)], ..NONE },
    Operation { op: Op::RetrieveWalletPairingResult, name: "RETRIEVE_WALLET_PAIRING_RESULT", versions: Versions::ALL,
        session: SessionUse::None, rest: &[post("merchant/{merchant}/pair", 200)],
        required: &[One(names::ORDER_WALLET_PROVIDER)], ..NONE },
    // Pages of it were seen from version 17 on. A search that goes on names its page in place of what it looks for.
    Operation { op: Op::SearchTokens, name: "SEARCH_TOKENS", versions: Versions::ALL,
        session: SessionUse::None, offered: true, permission: Permission::Named(Privilege::Tokenization),
        rest: &[get("merchant/{merchant}/tokenSearch"), post("merchant/{merchant}/tokenSearch", 200)],
        required: &[Either(&[names::QUERY, names::NEXT_PAGE])], ..NONE },
    Operation { op: Op::Tokenize, name: "TOKENIZE", versions: Versions::ALL,
        session: SessionUse::References, offered: true, permission: Permission::Named(Privilege::Tokenization),
        order: Some(names::REFERENCE_ORDER_ID), token: TokenUse::Stores, draws: true,
        rest: &[post("merchant/{merchant}/token", 201), put("merchant/{merchant}/token/{token}", 200)],
        required: required::CARD, ..NONE },
    Operation { op: Op::TokenizeBrowserPayment, name: "TOKENIZE_BROWSER_PAYMENT", versions: Versions::from(18),
        session: SessionUse::References, token: TokenUse::Pays, rest: &[post("merchant/{merchant}", 201)],
        required: &[One(names::SESSION_ID), One(names::SOURCE_OF_FUNDS_TYPE), One(names::BROWSER_PAYMENT_RETURN_URL)], ..NONE },
    Operation { op: Op::UpdateApplicationTransactionCounter, name: "UPDATE_APPLICATION_TRANSACTION_COUNTER", versions: Versions::ALL,
        session: SessionUse::None, rest: &[put("merchant/{merchant}/applicationTransactionCounter", 200)],
        required: &[One(names::SOURCE_OF_FUNDS_TYPE), One(names::PROVIDED_CARD_EMV_REQUEST)], ..NONE },
    Operation { op: Op::UpdateAuthorization, name: "UPDATE_AUTHORIZATION", versions: Versions::from(11),
        session: SessionUse::None, offered: true, permission: Permission::Named(Privilege::UpdateAuthorization),
        adds: Adds::Next, order: Some(names::ORDER_ID), asks_acquirer: true, rest: TRANSACTION,
        required: required::AUTHORIZATION_UPDATE, ..NONE },
    Operation { op: Op::UpdateBrowserPayment, name: "UPDATE_BROWSER_PAYMENT", versions: Versions::ALL,
        session: SessionUse::References, token: TokenUse::Pays, rest: TRANSACTION,
        required: required::TRANSACTION, ..NONE },
    // Documented for 42 to 49; the mobile kit that sends it asks for 39 at least.
    Operation { op: Op::UpdatePayerData, name: "UPDATE_PAYER_DATA", versions: Versions::between(39, 49),
        session: SessionUse::Updates, rest: &[put("merchant/{merchant}/session/{session.id}", 200)],
        required: required::SESSION, ..NONE },
    // Hosted sessions are documented from 18 on, and its page was seen for 20.
    Operation { op: Op::UpdateSession, name: "UPDATE_SESSION", versions: Versions::from(18),
        session: SessionUse::Updates, offered: true, draws: true,
        rest: &[put("merchant/{merchant}/session/{session.id}", 200)], required: required::SESSION, ..NONE },
    Operation { op: Op::UpdateSessionFromWallet, name: "UPDATE_SESSION_FROM_WALLET", versions: Versions::from(18),
        session: SessionUse::Updates, rest: &[post("merchant/{merchant}/session/{session.id}", 200)],
        required: &[One(names::SESSION_ID), One(names::ORDER_WALLET_PROVIDER)], ..NONE },
    Operation { op: Op::Verify, name: "VERIFY", versions: Versions::from(7),
        session: SessionUse::References, offered: true, permission: Permission::OfRequest(Privilege::Verify),
        adds: Adds::First, order: Some(names::ORDER_ID), token: TokenUse::Pays, asks_acquirer: true,
        rest: TRANSACTION, required: required::VERIFICATION, ..NONE },
    Operation { op: Op::Void, name: "VOID", versions: Versions::from(4),
        session: SessionUse::None, offered: true, permission: Permission::Named(Privilege::Void), adds: Adds::Next,
        order: Some(names::ORDER_ID), asks_acquirer: true, rest: TRANSACTION, required: required::VOID, ..NONE },
];
