//! A request for an existing transaction. An identical request gets the stored answer. A different request under the
//! same ids gets an error (documented: "the transaction parameters must be the same").

use super::answer;
use crate::domain::merchant::Merchant;
use crate::domain::order::{Order, transitions};
use crate::domain::rejection::{Mistake, Rejection};
use crate::domain::result::ResultCode;
use crate::fields::{Fields, names};
use crate::op::Asked;
use crate::spec::versions::ApiVersion;

/// A stored answer.
pub struct Replayed {
    /// The answer.
    pub answer: Fields,
    /// The API version of the stored answer. A client that uses another version gets the stored answer unchanged.
    pub version: ApiVersion,
}

/// Step 7: the stored answer, if the order has a transaction of this id.
///
/// # Errors
/// Another request made the transaction.
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

/// The rejection of an order.id or transaction.id that is in use (observed).
pub fn ids_are_taken() -> Rejection {
    Rejection::general(
        Mistake::Request,
        "Transaction or Order ID supplied already exists, but the transaction parameters do not match. To retry a \
         transaction, the parameters must be the same. For new transactions, order.id must be unique and \
         transaction.id must be unique for the order.",
    )
}

/// The answer to an operation on an order that another operation was changing. The answer is not stored, so that the
/// client can use the same ids again (decided; LOCK_FAILURE itself is documented).
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
    // The type of a VOID or REFERRAL depends on the order, which is unknown here.
    let mut types = transitions(asked.op).map(|transition| transition.transaction_type.as_str());
    answer.set_some(names::TRANSACTION_TYPE, types.next().filter(|_| types.next().is_none()));
    answer.set(names::VERSION, asked.version.to_string());
    answer
}
