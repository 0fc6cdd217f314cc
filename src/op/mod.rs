//! The operations. Each is pure: it is handed what was loaded and checked, and says what to write, what to
//! ask the acquirer and what to answer. No clock, chance or I/O here.

mod authorize;
mod balance_inquiry;
mod capture;
mod checkout;
mod conversion;
mod create_session;
mod delete_token;
mod disbursement;
mod initial;
mod linked;
mod pay;
pub mod payment_link;
mod payment_options_inquiry;
mod pending;
mod referral;
mod refund;
mod repeat;
mod replay;
mod retrieve_order;
mod retrieve_session;
mod retrieve_token;
mod retrieve_transaction;
mod search_tokens;
mod session_answer;
mod token_answer;
mod tokenize;
mod transaction_answer;
mod update_authorization;
mod update_session;
mod verify;
mod void;

pub use balance_inquiry::Inquiry;
pub use replay::{lock_failure, stored_answer};
pub use retrieve_transaction::newest as newest_transaction;
pub use search_tokens::read as token_search;

use crate::check::Checked;
use crate::domain::acquiring::{BalanceQuestion, Question, Reply};
use crate::domain::card::Expiry;
use crate::domain::failure::{Rejection, ValidationType};
use crate::domain::merchant::{Merchant, Privilege};
use crate::domain::order::{EntryPoint, Order};
use crate::domain::payment_link::PaymentLink;
use crate::domain::quote::Quote;
use crate::domain::secret::mask_digit_runs;
use crate::domain::session::Session;
use crate::domain::timestamp::Timestamp;
use crate::domain::token::Token;
use crate::domain::token_search::TokenPage;
use crate::domain::version::ApiVersion;
use crate::fields::Fields;
use crate::spec::operations::{self, Operation, SessionUse};
use std::sync::Arc;

/// The operations that are offered. This is the only list; everything that distinguishes them by data stands
/// in their row of `spec::operations`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Op {
    /// AUTHORIZE.
    Authorize,
    /// BALANCE_INQUIRY.
    BalanceInquiry,
    /// CAPTURE.
    Capture,
    /// CREATE_CHECKOUT_SESSION.
    CreateCheckoutSession,
    /// CREATE_SESSION.
    CreateSession,
    /// DELETE_TOKEN.
    DeleteToken,
    /// DISBURSEMENT.
    Disbursement,
    /// INITIATE_CHECKOUT.
    InitiateCheckout,
    /// PAY.
    Pay,
    /// PAYMENT_OPTIONS_INQUIRY.
    PaymentOptionsInquiry,
    /// REFERRAL.
    Referral,
    /// REFUND.
    Refund,
    /// RETRIEVE_ORDER.
    RetrieveOrder,
    /// RETRIEVE_SESSION.
    RetrieveSession,
    /// RETRIEVE_TOKEN.
    RetrieveToken,
    /// RETRIEVE_TRANSACTION.
    RetrieveTransaction,
    /// SEARCH_TOKENS.
    SearchTokens,
    /// TOKENIZE, and MANAGE_CARD, which was its name at first.
    Tokenize,
    /// UPDATE_AUTHORIZATION.
    UpdateAuthorization,
    /// UPDATE_SESSION.
    UpdateSession,
    /// VERIFY.
    Verify,
    /// VOID.
    Void,
}

/// Every operation with its `apiOperation`.
pub static OFFERED: &[(&str, Op)] = &[
    ("AUTHORIZE", Op::Authorize),
    ("BALANCE_INQUIRY", Op::BalanceInquiry),
    ("CAPTURE", Op::Capture),
    ("CREATE_CHECKOUT_SESSION", Op::CreateCheckoutSession),
    ("CREATE_SESSION", Op::CreateSession),
    ("DELETE_TOKEN", Op::DeleteToken),
    ("DISBURSEMENT", Op::Disbursement),
    ("INITIATE_CHECKOUT", Op::InitiateCheckout),
    ("MANAGE_CARD", Op::Tokenize),
    ("PAY", Op::Pay),
    ("PAYMENT_OPTIONS_INQUIRY", Op::PaymentOptionsInquiry),
    ("REFERRAL", Op::Referral),
    ("REFUND", Op::Refund),
    // What RETRIEVE_TRANSACTION was called at first.
    ("RETRIEVE", Op::RetrieveTransaction),
    ("RETRIEVE_ORDER", Op::RetrieveOrder),
    ("RETRIEVE_SESSION", Op::RetrieveSession),
    ("RETRIEVE_TOKEN", Op::RetrieveToken),
    ("RETRIEVE_TRANSACTION", Op::RetrieveTransaction),
    ("SEARCH_TOKENS", Op::SearchTokens),
    ("TOKENIZE", Op::Tokenize),
    ("UPDATE_AUTHORIZATION", Op::UpdateAuthorization),
    ("UPDATE_SESSION", Op::UpdateSession),
    ("VERIFY", Op::Verify),
    ("VOID", Op::Void),
];

/// An operation that was asked for, found and permitted.
pub struct Found {
    /// Which.
    pub op: Op,
    /// Its row in the table.
    pub row: &'static Operation,
}

impl Op {
    /// Step 5 of the order of checks: the operation is named, known, of this version, offered and permitted.
    pub fn find(request: &Fields, version: ApiVersion, merchant: &Merchant) -> Result<Found, Rejection> {
        let name = request.get("apiOperation").ok_or_else(|| Rejection::missing("apiOperation"))?;
        let Some(row) = operations::operation(name) else {
            let shown: String = mask_digit_runs(name).chars().take(40).collect();
            return Err(Rejection::invalid("apiOperation", shown, "There is no such operation."));
        };
        if !(row.since..=row.until).contains(&version.number()) {
            return Err(Rejection::invalid(
                "apiOperation",
                name,
                format!(
                    "API version {version} does not have this operation; versions {} to {} do.",
                    row.since, row.until
                ),
            ));
        }
        let Some((_, op)) = OFFERED.iter().find(|(offered, _)| *offered == name) else {
            return Err(Rejection::invalid("apiOperation", name, "This gateway does not offer the operation yet."));
        };
        op.permit(name, merchant)?;
        Ok(Found { op: *op, row })
    }

    /// What a merchant needs to be allowed.
    fn privilege(self) -> Option<Privilege> {
        match self {
            Op::Authorize => Some(Privilege::Authorize),
            Op::Capture => Some(Privilege::Capture),
            Op::CreateCheckoutSession | Op::InitiateCheckout => Some(Privilege::HostedCheckout),
            Op::DeleteToken | Op::RetrieveToken | Op::SearchTokens | Op::Tokenize => Some(Privilege::Tokenization),
            Op::Disbursement => Some(Privilege::Disbursement),
            Op::Pay => Some(Privilege::Pay),
            Op::Referral => Some(Privilege::Referral),
            Op::Refund => Some(Privilege::Refund),
            Op::UpdateAuthorization => Some(Privilege::UpdateAuthorization),
            Op::Verify => Some(Privilege::Verify),
            Op::Void => Some(Privilege::Void),
            _ => None,
        }
    }

    /// The first wording is observed for PAY and AUTHORIZE, which open an order, the second for VOID.
    fn permit(self, name: &str, merchant: &Merchant) -> Result<(), Rejection> {
        if let Some(privilege) = self.privilege().filter(|privilege| !merchant.may(*privilege)) {
            let title = privilege.title();
            let reason = match self {
                Op::Authorize | Op::CreateCheckoutSession | Op::InitiateCheckout | Op::Pay | Op::Verify => {
                    format!("{title} request not permitted for this merchant.")
                }
                _ => format!("Missing merchant privilege '{title}'"),
            };
            return Err(Rejection::invalid("apiOperation", name, reason));
        }
        if self.adds_transaction() || self == Op::BalanceInquiry { acquirer_of(merchant) } else { Ok(()) }
    }

    /// Whether it adds a transaction to an order, once, however often it is asked for.
    pub fn adds_transaction(self) -> bool {
        matches!(
            self,
            Op::Authorize
                | Op::Capture
                | Op::Disbursement
                | Op::Pay
                | Op::Referral
                | Op::Refund
                | Op::UpdateAuthorization
                | Op::Verify
                | Op::Void
        )
    }

    /// Whether it makes up something that nobody can guess: an id, a version, a token.
    pub fn needs_chance(self) -> bool {
        matches!(
            self,
            Op::CreateCheckoutSession
                | Op::CreateSession
                | Op::InitiateCheckout
                | Op::PaymentOptionsInquiry
                | Op::Tokenize
                | Op::UpdateSession
        )
    }

    /// The order that the fields of an operation name which reads one or adds to it.
    pub fn order_named_in(self, fields: &Fields) -> Option<&str> {
        match self {
            Op::RetrieveOrder | Op::RetrieveTransaction => fields.get("order.id"),
            Op::Tokenize => fields.get("referenceOrderId"),
            _ if self.adds_transaction() => fields.get("order.id"),
            _ => None,
        }
    }

    /// The token that the fields of an operation about tokens name, or of one that a token may give a card.
    pub fn token_named_in<'a>(self, row: &Operation, fields: &'a Fields) -> Option<&'a str> {
        match self {
            Op::DeleteToken | Op::RetrieveToken => fields.get("token"),
            Op::Tokenize => fields.get("token").or_else(|| fields.get("sourceOfFunds.token")),
            _ if row.session == SessionUse::References => fields.get("sourceOfFunds.token"),
            _ => None,
        }
    }

    /// Whether it is about what was done on this order before, so that it takes no card.
    pub fn is_linked(self, order: Option<&Order>) -> bool {
        matches!(self, Op::Capture | Op::Refund) && linked::order(order).is_some()
    }

    /// The effective fields: the request's over those of the session that the operation takes.
    pub fn merge(self, request: &Fields, session: Option<&Session>, order: Option<&Order>) -> Fields {
        let mut effective = session.map(|session| session.fields.clone()).unwrap_or_default();
        if self.is_linked(order) {
            linked::forget_source(&mut effective);
        }
        effective.overlay(request);
        self.forget_conversion(&mut effective, order);
        effective
    }

    /// Refuses what the request must not say about an order that exists.
    pub fn refuse_unexpected(self, request: &Fields, order: Option<&Order>) -> Result<(), Rejection> {
        if self.is_linked(order) { linked::refuse_source(request) } else { Ok(()) }
    }

    /// Decides what to write, what to ask and what to answer.
    pub fn plan(self, input: &Input<'_>) -> Result<Plan, Rejection> {
        match self {
            Op::Authorize => authorize::plan(input),
            Op::BalanceInquiry => balance_inquiry::plan(input),
            Op::Capture => capture::plan(input),
            Op::CreateCheckoutSession | Op::InitiateCheckout => checkout::plan(input),
            Op::CreateSession => create_session::plan(input),
            Op::DeleteToken => delete_token::plan(input),
            Op::Disbursement => disbursement::plan(input),
            Op::Pay => pay::plan(input),
            Op::PaymentOptionsInquiry => payment_options_inquiry::plan(input),
            Op::Referral => referral::plan(input),
            Op::Refund => refund::plan(input),
            Op::RetrieveOrder => retrieve_order::plan(input),
            Op::RetrieveSession => retrieve_session::plan(input),
            Op::RetrieveToken => retrieve_token::plan(input),
            Op::RetrieveTransaction => retrieve_transaction::plan(input),
            Op::SearchTokens => search_tokens::plan(input),
            Op::Tokenize => tokenize::plan(input),
            Op::UpdateAuthorization => update_authorization::plan(input),
            Op::UpdateSession => update_session::plan(input),
            Op::Verify => verify::plan(input),
            Op::Void => void::plan(input),
        }
    }
}

/// Only test profiles reach the simulator, and there is no other acquirer. Wording observed.
fn acquirer_of(merchant: &Merchant) -> Result<(), Rejection> {
    if merchant.id.is_test() {
        return Ok(());
    }
    Err(Rejection::field(
        "merchantId",
        ValidationType::Invalid,
        format!("Value '{}' is invalid. No valid Merchant Acquirer Relationship available", merchant.id),
    ))
}

/// Everything an operation may look at.
pub struct Input<'a> {
    /// Who asks.
    pub merchant: &'a Arc<Merchant>,
    /// In which API version.
    pub version: ApiVersion,
    /// The request's own fields, as they were sent, without credentials.
    pub request: &'a Fields,
    /// The effective fields, checked.
    pub checked: &'a Checked,
    /// The session the request names.
    pub session: Option<&'a Session>,
    /// The order the request names, if it exists.
    pub order: Option<&'a Order>,
    /// The token the fields name.
    pub token: Option<&'a Token>,
    /// The token of the card, where the merchant's repository gives a card no more than one.
    pub token_of_card: Option<&'a Token>,
    /// The quote that the fields name.
    pub quote: Option<&'a Quote>,
    /// What a search for tokens has found.
    pub found: Option<&'a TokenPage>,
    /// Whether the acquirer takes a card of this expiry for expired.
    pub has_expired: &'a dyn Fn(Expiry) -> bool,
    /// Which way the request came in.
    pub entry_point: &'a EntryPoint,
    /// The address that payers reach the gateway at, for what [needs chance](Op::needs_chance), if it is known.
    pub address: Option<&'a str>,
    /// A keyed hash of the request as it was sent.
    pub fingerprint: &'a str,
    /// A keyed hash of the card number, for an operation with a card.
    pub card: &'a str,
    /// The keyed hash of a card number, or of the digits of one that are known.
    pub card_hash: &'a dyn Fn(&str) -> String,
    /// What chance has drawn for it.
    pub drawn: &'a Drawn,
    /// The time.
    pub now: Timestamp,
}

/// Random values an operation may need; empty for one that [needs none](Op::needs_chance).
#[derive(Default)]
pub struct Drawn {
    /// `session.id` for a new session.
    pub session_id: String,
    /// Eight hex digits, which open a new `session.version`.
    pub session_version: String,
    /// `session.aes256Key` for a new session.
    pub aes256_key: String,
    /// `successIndicator` for a new checkout session.
    pub success_indicator: String,
    /// `paymentLink.id` for a new payment link.
    pub link_id: String,
    /// Fifteen digits for a new token.
    pub token_digits: String,
    /// `requestId` of an offer to convert currencies.
    pub conversion_id: String,
}

/// What an operation has decided.
pub enum Plan {
    /// All there is to it.
    Settle(Settled),
    /// To ask the acquirer; its answer settles what is pending.
    Ask {
        /// The question.
        question: Box<Question>,
        /// What waits for the answer.
        pending: Pending,
    },
    /// To ask the acquirer for the balance of a card.
    AskBalance {
        /// The question.
        question: Box<BalanceQuestion>,
        /// What waits for the answer.
        inquiry: Box<Inquiry>,
    },
}

/// What waits for the acquirer's answer.
pub enum Pending {
    /// A transaction.
    Transaction(pending::Pending),
    /// A card that is to be stored.
    Token(tokenize::Pending),
}

impl Pending {
    /// What the acquirer's answer makes of it.
    pub fn settle(self, reply: Reply) -> Settled {
        match self {
            Pending::Transaction(pending) => pending.settle(reply),
            Pending::Token(pending) => pending.verified(&reply),
        }
    }
}

/// What becomes of a token.
pub struct TokenChange {
    /// Which.
    pub id: String,
    /// The card it is to stand for; `None` deletes the token.
    pub token: Option<Token>,
    /// The keyed hash of the card that is to find it from now on, if that is news.
    pub card: Option<String>,
}

/// What to write, all or nothing, and what to answer.
#[derive(Default)]
pub struct Settled {
    /// The session to store.
    pub session: Option<Session>,
    /// The order to store.
    pub order: Option<Order>,
    /// The token to store or to delete.
    pub token: Option<TokenChange>,
    /// The payment link to store.
    pub link: Option<Box<PaymentLink>>,
    /// The quote to store.
    pub quote: Option<Box<Quote>>,
    /// The answer.
    pub answer: Fields,
}

impl Settled {
    fn answer_only(answer: Fields) -> Plan {
        Plan::Settle(Settled { answer, ..Settled::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_and_the_list_offer_the_same_operations() {
        let in_table: Vec<&str> = operations::OPERATIONS.iter().filter(|row| row.offered).map(|row| row.name).collect();
        let in_list: Vec<&str> = OFFERED.iter().map(|(name, _)| *name).collect();
        assert_eq!(in_table, in_list);
    }

    #[test]
    fn exactly_the_operations_that_add_a_transaction_are_in_the_state_machine() {
        for (name, op) in OFFERED {
            let in_table = crate::domain::order::rules(name).next().is_some();
            assert_eq!(op.adds_transaction(), in_table, "{name}");
        }
    }
}
