//! RETRIEVE_ORDER: the order's fields at top level without `order.`, and every transaction in full.

use super::{OrderContext, answer, existing};
use crate::dialect::answers;
use crate::domain::rejection::Rejection;
use crate::domain::result::ResultCode;
use crate::fields::names::groups;
use crate::fields::{FieldName, Fields, Group, List, names};
use crate::op::{Decision, Plan};

/// Groups of the newest transaction that the top level shows, besides the fields below `order`.
const ON_TOP: &[Group] = &[
    groups::AIRLINE,
    groups::BILLING,
    groups::CURRENCY_CONVERSION,
    groups::CUSTOMER,
    groups::DEVICE,
    groups::SHIPPING,
    groups::SOURCE_OF_FUNDS,
];

pub fn decide(context: OrderContext<'_>) -> Result<Plan, Rejection> {
    let (asked, order) = (&context.asked, existing(&context)?);
    let mut retrieved = Fields::new();
    let newest_form = crate::spec::versions::ApiVersion::NEWEST;
    if let Some(newest) = order.transactions.last() {
        let whole = answer::answer(asked.merchant, order, newest, newest_form).into_iter();
        let of_version = whole.filter(|(name, _)| answers::is_in_retrieved_order(name, asked.version));
        retrieved.extend(of_version.filter_map(|(name, value)| Some((on_top(name)?, value))));
    }
    retrieved.set(names::MERCHANT, asked.merchant.id.as_str());
    // `result` tells that the retrieval succeeded; `status` shows the state of the payment (inferred).
    retrieved.set(names::RESULT, ResultCode::Success.as_str());
    let transactions = order.transactions.iter().enumerate();
    retrieved.extend(transactions.flat_map(|(index, transaction)| {
        let element = List::Transaction.element(index);
        let whole = answer::answer(asked.merchant, order, transaction, asked.version).into_iter();
        whole.map(move |(name, value)| (name.below(element), value))
    }));
    Ok(Decision::answer(retrieved).into())
}

fn on_top(name: FieldName) -> Option<FieldName> {
    if name.is_within(groups::ORDER) {
        return FieldName::parse(name.text().strip_prefix("order.")?);
    }
    ON_TOP.iter().any(|group| name.is_within(*group)).then_some(name)
}
