//! A request that comes again: the stored answer where it is the same one, an error where it is another one
//! under the same ids (documented: "the transaction parameters must be the same").

use super::transaction_answer;
use crate::domain::failure::{Mistake, Rejection};
use crate::domain::merchant::Merchant;
use crate::domain::order::{Order, rules};
use crate::domain::timestamp::Timestamp;
use crate::fields::{Fields, names};
use crate::spec::operations::Op;
use crate::spec::versions::ApiVersion;

/// Step 6: the answer that was given, if this transaction exists, and the version that it was given in: a client
/// that has moved on to another one since is told what it was told before.
pub fn stored_answer(
    merchant: &Merchant,
    order: &Order,
    transaction_id: &str,
    fingerprint: &str,
) -> Result<Option<(Fields, ApiVersion)>, Rejection> {
    let Some(transaction) = order.transaction(transaction_id) else {
        return Ok(None);
    };
    if transaction.fingerprint != fingerprint {
        return Err(ids_are_taken());
    }
    let version = transaction.api_version;
    Ok(Some((transaction_answer::answer(merchant, order, &transaction.as_answered(), version), version)))
}

/// The gateway's words for an order.id or transaction.id that something else has (observed).
pub(super) fn ids_are_taken() -> Rejection {
    Rejection::general(
        Mistake::Request,
        "Transaction or Order ID supplied already exists, but the transaction parameters do not match. To retry a \
         transaction, the parameters must be the same. For new transactions, order.id must be unique and \
         transaction.id must be unique for the order.",
    )
}

/// The answer to an operation on an order that another one was changing at that moment. It is not stored, so
/// that the same ids can be tried again (decided; LOCK_FAILURE itself is documented).
pub fn lock_failure(
    operation: Op,
    merchant: &Merchant,
    effective: &Fields,
    version: ApiVersion,
    now: Timestamp,
) -> Fields {
    let mut answer = Fields::new();
    answer.set(names::GATEWAY_ENTRY_POINT, "WEB_SERVICES_API");
    answer.set(names::MERCHANT, merchant.id.as_str());
    for name in [names::ORDER_AMOUNT, names::ORDER_CURRENCY, names::ORDER_ID, names::TRANSACTION_ID] {
        answer.set_some(name, effective.get(name));
    }
    answer.set(names::RESPONSE_GATEWAY_CODE, "LOCK_FAILURE");
    answer.set(names::RESULT, "FAILURE");
    answer.set(names::TIME_OF_RECORD, now.to_protocol());
    for [own, of_order] in
        [[names::TRANSACTION_AMOUNT, names::ORDER_AMOUNT], [names::TRANSACTION_CURRENCY, names::ORDER_CURRENCY]]
    {
        answer.set_some(own, effective.get(own).or_else(|| effective.get(of_order)));
    }
    // What VOID and REFERRAL would have made depends on the order, which is not known.
    let mut types = rules(operation).map(|rule| rule.transaction_type.as_str());
    answer.set_some(names::TRANSACTION_TYPE, types.next().filter(|_| types.next().is_none()));
    answer.set(names::VERSION, version.to_string());
    answer
}
