//! RETRIEVE_ORDER: the order's fields at top level, without `order.`, and each transaction whole.

use super::{OrderContext, answer, existing};
use crate::domain::rejection::Rejection;
use crate::domain::result::ResultCode;
use crate::fields::{FieldName, Fields, names};
use crate::op::{Decision, Plan};
use crate::spec::answers;

/// Groups that the top level repeats from the newest transaction, besides what stands below `order`.
const ON_TOP: &[&str] =
    &["airline", "billing", "currencyConversion", "customer", "device", "shipping", "sourceOfFunds"];

pub fn decide(context: OrderContext<'_>) -> Result<Plan, Rejection> {
    let order = existing(&context)?;
    let mut retrieved = Fields::new();
    let newest_form = crate::spec::versions::ApiVersion::NEWEST;
    if let Some(newest) = order.transactions.last() {
        for (name, value) in answer::answer(context.asked.merchant, order, newest, newest_form) {
            if let Some(on_top) = on_top(name) {
                retrieved.insert(on_top, value);
            }
        }
    }
    retrieved.set(names::MERCHANT, context.asked.merchant.id.as_str());
    // The retrieval succeeded; what became of the payment says `status` (inferred).
    retrieved.set(names::RESULT, ResultCode::Success.as_str());
    answers::keep_version_of_retrieved_order(&mut retrieved, context.asked.version);
    for (index, transaction) in order.transactions.iter().enumerate() {
        let prefix = format!("transaction[{index}]");
        for (name, value) in answer::answer(context.asked.merchant, order, transaction, context.asked.version) {
            retrieved.insert(name.below(&prefix), value);
        }
    }
    Ok(Decision::answer(retrieved).into())
}

fn on_top(name: FieldName) -> Option<FieldName> {
    match name.as_str().strip_prefix("order.") {
        Some(below_order) => FieldName::parse(below_order),
        None => ON_TOP.iter().any(|group| name.is_within(group)).then_some(name),
    }
}
