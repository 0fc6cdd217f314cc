//! The operations on orders and their transactions.

mod answer;
mod capture;
mod conversion;
mod initial;
mod linked;
mod pending;
mod referral;
mod refund;
mod replay;
mod retrieve_order;
mod retrieve_transaction;
mod update_authorization;
mod void;

pub use answer::answer as transaction_answer;
pub(super) use capture::decide as capture;
pub(super) use conversion::forget as forget_conversion;
pub use conversion::quote_named_in;
pub(super) use initial::decide as initial;
pub(super) use linked::{forget_first, order as linked_order, refuse_source, refuse_sub_merchant};
pub use pending::PendingTransaction;
pub(super) use referral::decide as referral;
pub(super) use refund::decide as refund;
pub use replay::{Replayed, lock_failure, replayed};
pub(super) use retrieve_order::decide as retrieve_order;
pub(super) use retrieve_transaction::decide as retrieve_transaction;
pub(super) use update_authorization::decide as update_authorization;
pub(super) use void::decide as void;

use super::OrderContext;
use crate::check;
use crate::domain::order::Order;
use crate::domain::rejection::Rejection;
use crate::fields::names;

/// The order that a retrieval names. An order without an attempt does not exist. It must not exist, because clients
/// read `result=SUCCESS` as paid (observed).
fn existing<'a>(context: &'a OrderContext<'_>) -> Result<&'a Order, Rejection> {
    let asked = &context.asked;
    let unknown = || check::unknown_order(asked.checked.text(names::ORDER_ID), asked.merchant);
    context.order.as_ref().ok_or_else(unknown)
}
