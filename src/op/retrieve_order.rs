//! RETRIEVE_ORDER: the order's fields at top level, without `order.`, and each transaction whole.

use super::{Input, Plan, Settled, transaction_answer};
use crate::check;
use crate::domain::failure::Rejection;
use crate::domain::order::Order;
use crate::fields::{FieldName, Fields, names};
use crate::spec::answers;

/// Groups that the top level repeats from the newest transaction, besides what stands below `order`.
const ON_TOP: &[&str] =
    &["airline", "billing", "currencyConversion", "customer", "device", "shipping", "sourceOfFunds"];

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    let order = existing(input)?;
    let mut answer = Fields::new();
    let newest_form = crate::spec::versions::ApiVersion::NEWEST;
    if let Some(newest) = order.transactions.last() {
        for (name, value) in transaction_answer::answer(input.merchant, order, newest, newest_form) {
            if let Some(on_top) = on_top(name) {
                answer.insert(on_top, value);
            }
        }
    }
    answer.set(names::MERCHANT, input.merchant.id.as_str());
    // The retrieval succeeded; what became of the payment says `status` (inferred).
    answer.set(names::RESULT, "SUCCESS");
    answers::keep_version_of_retrieved_order(&mut answer, input.version);
    for (index, transaction) in order.transactions.iter().enumerate() {
        let prefix = format!("transaction[{index}]");
        for (name, value) in transaction_answer::answer(input.merchant, order, transaction, input.version) {
            answer.insert(name.below(&prefix), value);
        }
    }
    Ok(Settled::answer_only(answer))
}

/// The order the request names. One that was never attempted does not exist, and must not: clients take
/// `result=SUCCESS` for paid (observed).
pub(super) fn existing<'a>(input: &Input<'a>) -> Result<&'a Order, Rejection> {
    input.order.ok_or_else(|| check::unknown_order(input.checked.text(names::ORDER_ID), input.merchant))
}

fn on_top(name: FieldName) -> Option<FieldName> {
    match name.as_str().strip_prefix("order.") {
        Some(below_order) => FieldName::parse(below_order),
        None => ON_TOP.iter().any(|group| name.is_within(group)).then_some(name),
    }
}
