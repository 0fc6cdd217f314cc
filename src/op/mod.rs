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
mod plan;
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
pub use plan::{Drawn, Input, Pending, Plan, Settled, TokenChange};
pub use replay::{lock_failure, stored_answer};
pub use retrieve_transaction::newest as newest_transaction;
pub use search_tokens::read as token_search;

use crate::domain::failure::{Rejection, ValidationType};
use crate::domain::merchant::{Merchant, Privilege};
use crate::domain::order::Order;
use crate::domain::secret::mask_digit_runs;
use crate::domain::session::Session;
use crate::domain::version::ApiVersion;
use crate::fields::{Fields, names};
use crate::spec::operations::{self, Operation, SessionUse};

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
        let name = request.get(names::API_OPERATION).ok_or_else(|| Rejection::missing(names::API_OPERATION))?;
        let Some(row) = operations::operation(name) else {
            let shown: String = mask_digit_runs(name).chars().take(40).collect();
            return Err(Rejection::invalid(names::API_OPERATION, shown, "There is no such operation."));
        };
        if !(row.since..=row.until).contains(&version.number()) {
            return Err(Rejection::invalid(
                names::API_OPERATION,
                name,
                format!(
                    "API version {version} does not have this operation; versions {} to {} do.",
                    row.since, row.until
                ),
            ));
        }
        let Some((_, op)) = OFFERED.iter().find(|(offered, _)| *offered == name) else {
            return Err(Rejection::invalid(
                names::API_OPERATION,
                name,
                "This gateway does not offer the operation yet.",
            ));
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
            return Err(Rejection::invalid(names::API_OPERATION, name, reason));
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
            Op::RetrieveOrder | Op::RetrieveTransaction => fields.get(names::ORDER_ID),
            Op::Tokenize => fields.get(names::REFERENCE_ORDER_ID),
            _ if self.adds_transaction() => fields.get(names::ORDER_ID),
            _ => None,
        }
    }

    /// The token that the fields of an operation about tokens name, or of one that a token may give a card.
    pub fn token_named_in<'a>(self, row: &Operation, fields: &'a Fields) -> Option<&'a str> {
        match self {
            Op::DeleteToken | Op::RetrieveToken => fields.get(names::TOKEN),
            Op::Tokenize => fields.get(names::TOKEN).or_else(|| fields.get(names::SOURCE_OF_FUNDS_TOKEN)),
            _ if row.session == SessionUse::References => fields.get(names::SOURCE_OF_FUNDS_TOKEN),
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
            linked::forget_first(&mut effective);
        }
        effective.overlay(request);
        self.forget_conversion(&mut effective, order);
        effective
    }

    /// Refuses what the request must not say about an order that exists.
    pub fn refuse_unexpected(self, request: &Fields, order: Option<&Order>) -> Result<(), Rejection> {
        let is_linked = self.is_linked(order);
        if is_linked {
            linked::refuse_source(request)?;
        }
        let follows = matches!(self, Op::Referral | Op::UpdateAuthorization | Op::Void) && order.is_some();
        if is_linked || follows { linked::refuse_sub_merchant(request) } else { Ok(()) }
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
