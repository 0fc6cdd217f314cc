//! VERIFY: ask whether the card is good, without moving money.

use super::{Input, Plan, initial};
use crate::domain::failure::Rejection;

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    initial::plan(input, "VERIFY")
}
