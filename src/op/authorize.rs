//! AUTHORIZE: hold funds, to be captured later.

use super::{Input, Plan, initial};
use crate::domain::failure::Rejection;
use crate::domain::order::{OrderStatus, Totals, TransactionType};

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    initial::plan(
        input,
        &initial::Initial {
            transaction_type: TransactionType::Authorization,
            status: OrderStatus::Authorized,
            totals: |amount| Totals { authorized: amount, ..Totals::default() },
        },
    )
}
