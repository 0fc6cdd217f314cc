//! VERIFY: ask whether the card is good, without moving money.

use super::{Input, Plan, initial};
use crate::domain::failure::Rejection;
use crate::domain::order::{OrderStatus, Totals, TransactionType};

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    initial::plan(
        input,
        &initial::Initial {
            transaction_type: TransactionType::Verification,
            status: OrderStatus::Verified,
            totals: |_| Totals::default(),
        },
    )
}
