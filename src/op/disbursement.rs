//! DISBURSEMENT: pay money out to a card.

use super::{Input, Plan, initial};
use crate::domain::failure::Rejection;
use crate::spec::operations::Op;

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    initial::plan(input, Op::Disbursement)
}
