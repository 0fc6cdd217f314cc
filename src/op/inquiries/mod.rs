//! The inquiries, which belong to no order and change nothing but the quotes they give.

mod balance;
mod payment_options;

pub use balance::PendingBalance;
pub(super) use balance::decide as balance;
pub(super) use payment_options::decide as payment_options;
