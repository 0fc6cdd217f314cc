//! The operations. Each operation is a pure function from its context to a plan, without store, acquirer, clock,
//! randomness or I/O.
//!
//! A new operation is a variant and a row in [`crate::spec::operations`], a file below its family here, a line in
//! [`handler`], and its fixtures.

mod context;
mod decision;
mod echo;
mod inquiries;
mod orders;
mod sessions;
mod tokens;

pub use context::{Asked, InquiryContext, OrderContext, Random, SearchContext, SessionContext, TokenContext};
pub use decision::{Decision, Plan, RecordChange, TokenChange};
pub use inquiries::PendingBalance;
pub use orders::{PendingTransaction, Replayed, lock_failure, quote_named_in, replayed, transaction_answer};
pub use sessions::{link_is_permitted, link_record_expires, link_request};
pub use tokens::{PendingToken, token_search};

use crate::domain::merchant::Merchant;
use crate::domain::order::Order;
use crate::domain::rejection::{Reason, Rejection};
use crate::domain::secret::mask_digit_runs;
use crate::domain::session::Session;
use crate::fields::{Fields, Name, names};
use crate::spec::operations::{Adds, Op, Permission};
use crate::spec::versions::ApiVersion;

/// The function of an operation. Its variant selects the context that the gateway passes.
#[derive(Clone, Copy)]
pub enum Handler {
    /// An operation on a session.
    Session(fn(SessionContext<'_>) -> Result<Plan, Rejection>),
    /// An operation on an order.
    Order(fn(OrderContext<'_>) -> Result<Plan, Rejection>),
    /// An operation on a token.
    Token(fn(TokenContext<'_>) -> Result<Plan, Rejection>),
    /// A search among tokens.
    Search(fn(SearchContext<'_>) -> Result<Plan, Rejection>),
    /// An inquiry.
    Inquiry(fn(InquiryContext<'_>) -> Result<Plan, Rejection>),
}

/// The function of an operation; `None` for one that this gateway does not offer.
pub fn handler(op: Op) -> Option<Handler> {
    Some(match op {
        Op::Authorize | Op::Disbursement | Op::Pay | Op::Verify => Handler::Order(orders::initial),
        Op::BalanceInquiry => Handler::Inquiry(inquiries::balance),
        Op::Capture => Handler::Order(orders::capture),
        Op::CreateCheckoutSession | Op::InitiateCheckout => Handler::Session(sessions::checkout),
        Op::CreateSession => Handler::Session(sessions::create),
        Op::DeleteToken => Handler::Token(tokens::delete),
        Op::ManageCard | Op::Tokenize => Handler::Token(tokens::tokenize),
        Op::PaymentOptionsInquiry => Handler::Inquiry(inquiries::payment_options),
        Op::Referral => Handler::Order(orders::referral),
        Op::Refund => Handler::Order(orders::refund),
        Op::Retrieve | Op::RetrieveTransaction => Handler::Order(orders::retrieve_transaction),
        Op::RetrieveOrder => Handler::Order(orders::retrieve_order),
        Op::RetrieveSession => Handler::Session(sessions::retrieve),
        Op::RetrieveToken => Handler::Token(tokens::retrieve),
        Op::SearchTokens => Handler::Search(tokens::search),
        Op::UpdateAuthorization => Handler::Order(orders::update_authorization),
        Op::UpdateSession => Handler::Session(sessions::update),
        Op::Void => Handler::Order(orders::void),
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
        | Op::UpdateSessionFromWallet => return None,
    })
}

/// Step 5: the operation is named, known, of this version, offered and permitted.
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
        return Err(not_offered(op));
    }
    permit(op, merchant).map_err(|refusal| refusal.of_field(names::API_OPERATION, name))?;
    Ok(op)
}

/// The rejection of an operation that this gateway does not offer.
pub fn not_offered(op: Op) -> Rejection {
    Rejection::invalid(names::API_OPERATION, op.as_str(), "This gateway does not offer the operation yet.")
}

/// The reason why a merchant may not use an operation.
pub enum Refusal {
    /// The merchant lacks a privilege.
    Privilege(Reason),
    /// The merchant has no acquirer.
    Acquirer(Rejection),
}

impl Refusal {
    /// The rejection of a field whose value is the operation.
    pub fn of_field(self, field: Name, value: &str) -> Rejection {
        match self {
            Refusal::Privilege(reason) => Rejection::invalid(field, value, reason),
            Refusal::Acquirer(rejection) => rejection,
        }
    }
}

/// Whether the merchant may use the operation.
///
/// # Errors
/// The reason, where the merchant may not use the operation.
pub fn permit(op: Op, merchant: &Merchant) -> Result<(), Refusal> {
    let row = op.row();
    if let Some(privilege) = row.permission.privilege().filter(|privilege| !merchant.may(*privilege)) {
        return Err(Refusal::Privilege(match row.permission {
            Permission::OfRequest(_) => Reason::NotPermitted(privilege),
            Permission::Everybody | Permission::Named(_) => Reason::MissingPrivilege(privilege),
        }));
    }
    if row.asks_acquirer { acquirer_of(merchant).map_err(Refusal::Acquirer) } else { Ok(()) }
}

/// The order that the fields name, for an operation that reads an order or adds to one.
pub fn order_named_in(op: Op, fields: &Fields) -> Option<&str> {
    op.row().order.and_then(|name| fields.get(name))
}

/// The token that the fields name, for an operation about tokens or one that a token can give a card.
pub fn token_named_in(op: Op, fields: &Fields) -> Option<&str> {
    op.row().token_fields().iter().find_map(|name| fields.get(*name))
}

/// Whether an operation that can open an order follows an earlier transaction of this order instead. It then takes no
/// card. Operations that always follow a transaction, such as VOID, are not meant.
pub fn is_linked(op: Op, order: Option<&Order>) -> bool {
    op.row().adds == Adds::FirstOrNext && orders::linked_order(order).is_some()
}

/// The request's fields over those of the session that the operation uses.
pub fn merge(op: Op, request: &Fields, session: Option<&Session>, order: Option<&Order>) -> Fields {
    let mut effective = session.map(|session| session.fields.clone()).unwrap_or_default();
    if is_linked(op, order) {
        orders::forget_first(&mut effective);
    }
    effective.overlay(request);
    orders::forget_conversion(op, &mut effective, order);
    effective
}

/// Refuses fields that a request for an existing order must not have.
///
/// # Errors
/// A rejection that names the field.
pub fn refuse_unexpected(op: Op, request: &Fields, order: Option<&Order>) -> Result<(), Rejection> {
    let is_linked = is_linked(op, order);
    if is_linked {
        orders::refuse_source(request)?;
    }
    let follows = op.row().adds == Adds::Next && order.is_some();
    if is_linked || follows { orders::refuse_sub_merchant(request) } else { Ok(()) }
}

/// Refuses a merchant without an acquirer. Only test profiles reach the simulator, and the simulator is the only
/// acquirer. The wording is observed.
fn acquirer_of(merchant: &Merchant) -> Result<(), Rejection> {
    if merchant.id.is_test() {
        return Ok(());
    }
    Err(Rejection::invalid("merchantId", &merchant.id, "No valid Merchant Acquirer Relationship available"))
}

#[cfg(test)]
mod tests {
    use super::handler;
    use crate::domain::order::transitions;
    use crate::spec::operations::OPERATIONS;

    #[test]
    fn exactly_the_operations_that_are_offered_have_a_function() {
        for row in OPERATIONS {
            assert_eq!(row.offered, handler(row.op).is_some(), "{}", row.name);
        }
    }

    #[test]
    fn the_state_machine_has_exactly_the_operations_that_add_a_transaction() {
        for row in OPERATIONS.iter().filter(|row| row.offered) {
            assert_eq!(row.adds_transaction(), transitions(row.op).next().is_some(), "{}", row.name);
            assert_eq!(row.may_open_order(), transitions(row.op).any(|transition| transition.opens), "{}", row.name);
        }
    }
}
