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
pub use conversion::quote_named_in;
pub use plan::{Drawn, Input, Pending, Plan, Settled, TokenChange};
pub use replay::{lock_failure, stored_answer};
pub use retrieve_transaction::newest as newest_transaction;
pub use search_tokens::read as token_search;

use crate::domain::failure::{Rejection, ValidationType};
use crate::domain::merchant::Merchant;
use crate::domain::order::Order;
use crate::domain::secret::mask_digit_runs;
use crate::domain::session::Session;
use crate::fields::{Fields, Name, names};
use crate::spec::operations::{Adds, Op, Permission};
use crate::spec::versions::ApiVersion;

/// Step 5 of the order of checks: the operation is named, known, of this version, offered and permitted.
///
/// # Errors
/// A rejection that names `apiOperation`.
pub fn find(request: &Fields, version: ApiVersion, merchant: &Merchant) -> Result<Op, Rejection> {
    let name = request.get(names::API_OPERATION).ok_or_else(|| Rejection::missing(names::API_OPERATION))?;
    let Some(op) = Op::parse(name) else {
        let shown: String = mask_digit_runs(name).chars().take(40).collect();
        return Err(Rejection::invalid(names::API_OPERATION, shown, "There is no such operation."));
    };
    let row = op.row();
    if !row.versions.contains(version) {
        let (first, last) = (row.versions.first(), row.versions.last());
        let reason = format!("API version {version} does not have this operation; versions {first} to {last} do.");
        return Err(Rejection::invalid(names::API_OPERATION, name, reason));
    }
    if !row.offered {
        return Err(Rejection::invalid(names::API_OPERATION, name, "This gateway does not offer the operation yet."));
    }
    permit(op, merchant).map_err(|refusal| refusal.of_field(names::API_OPERATION, name))?;
    Ok(op)
}

/// Why a merchant may not ask for an operation.
pub enum Refusal {
    /// The merchant lacks a privilege; the text says which.
    Privilege(String),
    /// The merchant has no acquirer.
    Acquirer(Rejection),
}

impl Refusal {
    /// The rejection, which names the field by which the operation was asked for.
    pub fn of_field(self, field: Name, value: &str) -> Rejection {
        match self {
            Refusal::Privilege(reason) => Rejection::invalid(field, value, reason),
            Refusal::Acquirer(rejection) => rejection,
        }
    }
}

/// Whether the merchant may ask for the operation.
///
/// # Errors
/// Why not.
pub fn permit(op: Op, merchant: &Merchant) -> Result<(), Refusal> {
    let row = op.row();
    if let Some(privilege) = row.permission.privilege().filter(|privilege| !merchant.may(*privilege)) {
        let title = privilege.title();
        return Err(Refusal::Privilege(match row.permission {
            Permission::OfRequest(_) => format!("{title} request not permitted for this merchant."),
            Permission::Everybody | Permission::Named(_) => format!("Missing merchant privilege '{title}'"),
        }));
    }
    if row.asks_acquirer { acquirer_of(merchant).map_err(Refusal::Acquirer) } else { Ok(()) }
}

/// The order that the fields of an operation name which reads one or adds to it.
pub fn order_named_in(op: Op, fields: &Fields) -> Option<&str> {
    op.row().order.and_then(|name| fields.get(name))
}

/// The token that the fields of an operation about tokens name, or of one that a token may give a card.
pub fn token_named_in(op: Op, fields: &Fields) -> Option<&str> {
    op.row().token_fields().iter().find_map(|name| fields.get(*name))
}

/// Whether the operation is about what was done on this order before, so that it takes no card.
pub fn is_linked(op: Op, order: Option<&Order>) -> bool {
    op.row().adds == Adds::FirstOrNext && linked::order(order).is_some()
}

/// The effective fields: the request's over those of the session that the operation takes.
pub fn merge(op: Op, request: &Fields, session: Option<&Session>, order: Option<&Order>) -> Fields {
    let mut effective = session.map(|session| session.fields.clone()).unwrap_or_default();
    if is_linked(op, order) {
        linked::forget_first(&mut effective);
    }
    effective.overlay(request);
    conversion::forget(op, &mut effective, order);
    effective
}

/// Refuses what the request must not say about an order that exists.
///
/// # Errors
/// A rejection that names the field.
pub fn refuse_unexpected(op: Op, request: &Fields, order: Option<&Order>) -> Result<(), Rejection> {
    let is_linked = is_linked(op, order);
    if is_linked {
        linked::refuse_source(request)?;
    }
    let follows = op.row().adds == Adds::Next && order.is_some();
    if is_linked || follows { linked::refuse_sub_merchant(request) } else { Ok(()) }
}

/// Decides what to write, what to ask and what to answer.
///
/// # Errors
/// Why the operation cannot be carried out.
pub fn plan(op: Op, input: &Input<'_>) -> Result<Plan, Rejection> {
    match op {
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
        Op::Retrieve | Op::RetrieveTransaction => retrieve_transaction::plan(input),
        Op::SearchTokens => search_tokens::plan(input),
        Op::ManageCard | Op::Tokenize => tokenize::plan(input),
        Op::UpdateAuthorization => update_authorization::plan(input),
        Op::UpdateSession => update_session::plan(input),
        Op::Verify => verify::plan(input),
        Op::Void => void::plan(input),
        Op::AuthenticatePayer
        | Op::Check3dsEnrollment
        | Op::CloseBatch
        | Op::ConfirmBrowserPayment
        | Op::CreateOrUpdateRiskAssessment
        | Op::CreatePaymentInstrumentReferenceId
        | Op::CreatePaymentPageSession
        | Op::GeneratePaymentData
        | Op::InitiateAuthentication
        | Op::InitiateBrowserPayment
        | Op::OpenWallet
        | Op::PairWithWallet
        | Op::PlanOffersInquiry
        | Op::ProcessAcsResult
        | Op::Retrieve3dsResult
        | Op::RetrieveAgreement
        | Op::RetrieveWalletOptions
        | Op::RetrieveWalletPairingResult
        | Op::TokenizeBrowserPayment
        | Op::UpdateApplicationTransactionCounter
        | Op::UpdateBrowserPayment
        | Op::UpdatePayerData
        | Op::UpdateSessionFromWallet => {
            Err(Rejection::invalid(names::API_OPERATION, op.as_str(), "This gateway does not offer the operation yet."))
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
    use crate::domain::order::rules;
    use crate::spec::operations::OPERATIONS;

    #[test]
    fn the_state_machine_has_exactly_the_operations_that_add_a_transaction() {
        for row in OPERATIONS.iter().filter(|row| row.offered) {
            assert_eq!(row.adds_transaction(), rules(row.op).next().is_some(), "{}", row.name);
            assert_eq!(row.may_open_order(), rules(row.op).any(|rule| rule.opens), "{}", row.name);
        }
    }
}
