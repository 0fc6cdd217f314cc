//! RETRIEVE_ORDER: the order's fields at top level, without `order.`, and each transaction whole.

use super::{Input, Plan, Settled, transaction_answer};
use crate::check;
use crate::domain::failure::Rejection;
use crate::domain::order::Order;
use crate::fields::names::groups;
use crate::fields::{FieldName, Fields, Group, List, names};
use crate::spec::answers;

/// Groups that the top level repeats from the newest transaction, besides what stands below `order`.
const ON_TOP: &[Group] = &[
    groups::AIRLINE,
    groups::BILLING,
    groups::CURRENCY_CONVERSION,
    groups::CUSTOMER,
    groups::DEVICE,
    groups::SHIPPING,
    groups::SOURCE_OF_FUNDS,
];

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    let order = existing(input)?;
    let mut answer = Fields::new();
    let newest_form = crate::spec::versions::ApiVersion::NEWEST;
    if let Some(newest) = order.transactions.last() {
        let whole = transaction_answer::answer(input.merchant, order, newest, newest_form).into_iter();
        let of_version = whole.filter(|(name, _)| answers::is_in_retrieved_order(name, input.version));
        answer.extend(of_version.filter_map(|(name, value)| Some((on_top(name)?, value))));
    }
    answer.set(names::MERCHANT, input.merchant.id.as_str());
    // The retrieval succeeded; what became of the payment says `status` (inferred).
    answer.set(names::RESULT, "SUCCESS");
    let transactions = order.transactions.iter().enumerate();
    answer.extend(transactions.flat_map(|(index, transaction)| {
        let element = List::Transaction.element(index);
        let whole = transaction_answer::answer(input.merchant, order, transaction, input.version).into_iter();
        whole.map(move |(name, value)| (name.below(element), value))
    }));
    Ok(Settled::answer_only(answer))
}

/// The order the request names. One that was never attempted does not exist, and must not: clients take
/// `result=SUCCESS` for paid (observed).
pub(super) fn existing<'a>(input: &Input<'a>) -> Result<&'a Order, Rejection> {
    input.order.ok_or_else(|| check::unknown_order(input.checked.text(names::ORDER_ID), input.merchant))
}

fn on_top(name: FieldName) -> Option<FieldName> {
    if name.is_within(groups::ORDER) {
        return FieldName::parse(name.text().strip_prefix("order.")?);
    }
    ON_TOP.iter().any(|group| name.is_within(*group)).then_some(name)
}
