//! PAY: authorise and capture in one.

use super::{Input, Plan, initial};
use crate::domain::failure::Rejection;
use crate::domain::order::{OrderStatus, Totals, TransactionType};

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    initial::plan(
        input,
        &initial::Initial {
            transaction_type: TransactionType::Payment,
            status: OrderStatus::Captured,
            totals: |amount| Totals { authorized: amount, captured: amount, ..Totals::default() },
        },
    )
}
