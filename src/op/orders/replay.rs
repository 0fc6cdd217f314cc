//! A request that comes again: the stored answer where it is the same one, an error where it is another one
//! under the same ids (documented: "the transaction parameters must be the same").

use super::answer;
use crate::domain::merchant::Merchant;
use crate::domain::order::{Order, rules};
use crate::domain::rejection::{Mistake, Rejection};
use crate::domain::result::ResultCode;
use crate::fields::{Fields, names};
use crate::op::Asked;
use crate::spec::versions::ApiVersion;

/// An answer that was given before.
pub struct Replayed {
    /// The answer.
    pub answer: Fields,
    /// The API version that it was given in. A client that uses another version since is told what it was told before.
    pub version: ApiVersion,
}

/// Step 7: the answer that was given, if the order has the transaction of this id already.
///
/// # Errors
/// The transaction was asked for by another request.
pub fn replayed(
    merchant: &Merchant,
    order: &Order,
    transaction_id: &str,
    fingerprint: &str,
) -> Result<Option<Replayed>, Rejection> {
    let Some(transaction) = order.transaction(transaction_id) else {
        return Ok(None);
    };
    if transaction.fingerprint != fingerprint {
        return Err(ids_are_taken());
    }
    let version = transaction.api_version;
    let answer = answer::answer(merchant, order, &transaction.as_answered(), version);
    Ok(Some(Replayed { answer, version }))
}

/// The gateway's words for an order.id or transaction.id that something else has (observed).
pub fn ids_are_taken() -> Rejection {
    Rejection::general(
        Mistake::Request,
        "Transaction or Order ID supplied already exists, but the transaction parameters do not match. To retry a \
         transaction, the parameters must be the same. For new transactions, order.id must be unique and \
         transaction.id must be unique for the order.",
    )
}

/// The answer to an operation on an order that another one was changing at that moment. It is not stored, so
/// that the same ids can be tried again (decided; LOCK_FAILURE itself is documented).
pub fn lock_failure(asked: &Asked<'_>) -> Fields {
    let effective = asked.checked.fields();
    let mut answer = Fields::new();
    answer.set(names::GATEWAY_ENTRY_POINT, "WEB_SERVICES_API");
    answer.set(names::MERCHANT, asked.merchant.id.as_str());
    for name in [names::ORDER_AMOUNT, names::ORDER_CURRENCY, names::ORDER_ID, names::TRANSACTION_ID] {
        answer.set_some(name, effective.get(name));
    }
    answer.set(names::RESPONSE_GATEWAY_CODE, "LOCK_FAILURE");
    answer.set(names::RESULT, ResultCode::Failure.as_str());
    answer.set(names::TIME_OF_RECORD, asked.now.to_protocol());
    for [own, of_order] in
        [[names::TRANSACTION_AMOUNT, names::ORDER_AMOUNT], [names::TRANSACTION_CURRENCY, names::ORDER_CURRENCY]]
    {
        answer.set_some(own, effective.get(own).or_else(|| effective.get(of_order)));
    }
    // What VOID and REFERRAL would have made depends on the order, which is not known.
    let mut types = rules(asked.op).map(|rule| rule.transaction_type.as_str());
    answer.set_some(names::TRANSACTION_TYPE, types.next().filter(|_| types.next().is_none()));
    answer.set(names::VERSION, asked.version.to_string());
    answer
}
