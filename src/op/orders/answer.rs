//! The answer of a transaction. The gateway gives it to the first request, to an identical later request, and to the
//! retrieve operations. Names and forms are those of recorded answers (v45 over NVP, v57 over REST).

use crate::dialect::answers;
use crate::domain::acquiring::CheckResult;
use crate::domain::merchant::Merchant;
use crate::domain::order::{Order, Transaction, TransactionType};
use crate::fields::names::groups;
use crate::fields::{Fields, names};
use crate::spec::versions::ApiVersion;

/// The acquirer id of the simulator. Recorded answers of real test profiles have such constants too.
const ACQUIRER_ID: &str = "SIMULATOR_S2I";
const TERMINAL: &str = "NVPGATE1";

/// The answer in the form of one API version.
pub fn answer(merchant: &Merchant, order: &Order, transaction: &Transaction, version: ApiVersion) -> Fields {
    let mut answer = echoed(order, transaction);
    // The answer shows a sent authorization code only if the code belongs to this transaction.
    answer.remove(names::TRANSACTION_AUTHORIZATION_CODE);
    // The names are set in their sorted order, so that each is appended.
    let mut own = Fields::with_capacity(64);
    set_authorization_response(&mut own, transaction);
    own.set(names::GATEWAY_ENTRY_POINT, transaction.entry_point.as_str());
    own.set(names::MERCHANT, merchant.id.as_str());
    set_order(&mut own, merchant, order, transaction);
    set_response(&mut own, order, transaction);
    own.set(names::RESULT, transaction.reply.gateway_code.result().as_str());
    own.set(names::TIME_OF_LAST_UPDATE, transaction.time_of_last_update().to_protocol());
    own.set(names::TIME_OF_RECORD, transaction.time_of_record.to_protocol());
    set_transaction(&mut own, merchant, order, transaction, answer.contains(names::TRANSACTION_SOURCE));
    own.set(names::VERSION, version.to_string());
    answer.overlay_with(own);
    answers::keep_version(&mut answer, version);
    answer
}

/// The echoed fields: those of this request over those of the transaction that brought the card (documented for
/// CAPTURE: the card and the result of the security code check).
fn echoed(order: &Order, transaction: &Transaction) -> Fields {
    let origin = order.origin(transaction);
    if origin.id == transaction.id {
        return transaction.echoed.clone();
    }
    let mut echoed = origin.echoed.clone();
    echoed.retain(|name, _| !name.is_within(groups::TRANSACTION) || *name == names::TRANSACTION_SOURCE);
    echoed.overlay(&transaction.echoed);
    echoed
}

fn set_order(answer: &mut Fields, merchant: &Merchant, order: &Order, transaction: &Transaction) {
    let currency = order.currency;
    let amount = transaction.order_amount.to_protocol(currency);
    answer.set(names::ORDER_AMOUNT, amount.as_str());
    answer.set(names::ORDER_AUTHENTICATION_STATUS, "AUTHENTICATION_NOT_IN_EFFECT");
    // Observed: this amount has no decimals, and every other amount has them.
    answer.set(names::ORDER_CHARGEBACK_AMOUNT, "0");
    answer.set(names::ORDER_CHARGEBACK_CURRENCY, currency.code());
    answer.set(names::ORDER_CREATION_TIME, order.creation_time.to_protocol());
    answer.set(names::ORDER_CURRENCY, currency.code());
    answer.set(names::ORDER_ID, order.id.as_str());
    answer.set(names::ORDER_LAST_UPDATED_TIME, transaction.time_of_last_update().to_protocol());
    answer.set(names::ORDER_MERCHANT_AMOUNT, amount);
    let category_code = order.category_code.as_ref().unwrap_or(&merchant.category_code);
    answer.set(names::ORDER_MERCHANT_CATEGORY_CODE, category_code.as_str());
    answer.set(names::ORDER_MERCHANT_CURRENCY, currency.code());
    answer.set(names::ORDER_STATUS, transaction.order_status.as_str());
    let totals = transaction.order_totals;
    answer.set(names::ORDER_TOTAL_AUTHORIZED_AMOUNT, totals.authorized.to_protocol(currency));
    answer.set(names::ORDER_TOTAL_CAPTURED_AMOUNT, totals.captured.to_protocol(currency));
    answer.set(names::ORDER_TOTAL_DISBURSED_AMOUNT, totals.disbursed.to_protocol(currency));
    answer.set(names::ORDER_TOTAL_REFUNDED_AMOUNT, totals.refunded.to_protocol(currency));
}

fn set_response(answer: &mut Fields, order: &Order, transaction: &Transaction) {
    let reply = &transaction.reply;
    let origin = &order.origin(transaction).reply;
    answer.set_some(names::RESPONSE_ACQUIRER_CODE, reply.acquirer_code.as_deref());
    answer.set_some(names::RESPONSE_ACQUIRER_MESSAGE, reply.acquirer_message.as_deref());
    if let Some(CheckResult { gateway_code, acquirer_code }) = &origin.security_code {
        answer.set_some(names::RESPONSE_CARD_SECURITY_CODE_ACQUIRER_CODE, acquirer_code.as_deref());
        answer.set(names::RESPONSE_CARD_SECURITY_CODE_GATEWAY_CODE, gateway_code.as_str());
    }
    if let Some(CheckResult { gateway_code, acquirer_code }) = &origin.address {
        answer.set_some(names::RESPONSE_CARDHOLDER_VERIFICATION_AVS_ACQUIRER_CODE, acquirer_code.as_deref());
        answer.set(names::RESPONSE_CARDHOLDER_VERIFICATION_AVS_GATEWAY_CODE, gateway_code.as_str());
    }
    answer.set(names::RESPONSE_GATEWAY_CODE, reply.gateway_code.as_str());
}

/// Writes the acquirer's own words, where the acquirer gave an answer. Every recorded answer has the same constants.
fn set_authorization_response(answer: &mut Fields, transaction: &Transaction) {
    let reply = &transaction.reply;
    let Some(code) = &reply.acquirer_code else {
        return;
    };
    let security_code = reply.security_code.as_ref().and_then(|result| result.acquirer_code.as_deref());
    answer.set_some(names::AUTHORIZATION_RESPONSE_CARD_SECURITY_CODE_ERROR, security_code);
    answer.set(names::AUTHORIZATION_RESPONSE_COMMERCIAL_CARD, "888");
    answer.set(names::AUTHORIZATION_RESPONSE_COMMERCIAL_CARD_INDICATOR, "3");
    answer.set(names::AUTHORIZATION_RESPONSE_FINANCIAL_NETWORK_CODE, "777");
    answer.set(names::AUTHORIZATION_RESPONSE_POS_DATA, "1025100006600");
    answer.set(names::AUTHORIZATION_RESPONSE_POS_ENTRY_MODE, "812");
    answer.set(names::AUTHORIZATION_RESPONSE_PROCESSING_CODE, "003000");
    answer.set(names::AUTHORIZATION_RESPONSE_RESPONSE_CODE, code.as_str());
    answer.set(names::AUTHORIZATION_RESPONSE_STAN, reply.stan.to_string());
    answer.set(names::AUTHORIZATION_RESPONSE_TRANSACTION_IDENTIFIER, "123456789");
}

fn set_transaction(
    answer: &mut Fields,
    merchant: &Merchant,
    order: &Order,
    transaction: &Transaction,
    source_was_sent: bool,
) {
    let (reply, time) = (&transaction.reply, transaction.time_of_record);
    let padded_stan = format!("{:06}", reply.stan);
    answer.set(names::TRANSACTION_ACQUIRER_BATCH, time.to_compact_date());
    answer.set(names::TRANSACTION_ACQUIRER_DATE, time.to_month_day());
    answer.set(names::TRANSACTION_ACQUIRER_ID, ACQUIRER_ID);
    answer.set(names::TRANSACTION_ACQUIRER_MERCHANT_ID, merchant.id.as_str());
    answer.set(names::TRANSACTION_ACQUIRER_SETTLEMENT_DATE, time.to_date());
    answer.set(names::TRANSACTION_ACQUIRER_TIME_ZONE, "+0000");
    answer.set(names::TRANSACTION_ACQUIRER_TRANSACTION_ID, "123456789");
    answer.set(names::TRANSACTION_AMOUNT, transaction.amount.to_protocol(order.currency));
    answer.set(names::TRANSACTION_AUTHENTICATION_STATUS, "AUTHENTICATION_NOT_IN_EFFECT");
    answer.set_some(names::TRANSACTION_AUTHORIZATION_CODE, authorization_code(order, transaction));
    answer.set(names::TRANSACTION_CURRENCY, order.currency.code());
    answer.set(names::TRANSACTION_FREQUENCY, "SINGLE");
    answer.set(names::TRANSACTION_ID, transaction.id.as_str());
    // Observed: last digit of the year, day of the year, hour, trace number.
    answer.set(names::TRANSACTION_RECEIPT, format!("{}{padded_stan}", time.to_receipt_time()));
    if !source_was_sent {
        answer.set(names::TRANSACTION_SOURCE, "INTERNET");
    }
    answer.set(names::TRANSACTION_STAN, reply.stan.to_string());
    answer.set(names::TRANSACTION_TERMINAL, TERMINAL);
    answer.set(names::TRANSACTION_TYPE, transaction.transaction_type.as_str());
}

/// The authorization code of a transaction, or of the transaction that it follows. A refund and a void have no code
/// (observed for the refund).
fn authorization_code(order: &Order, transaction: &Transaction) -> Option<String> {
    use TransactionType::{Authorization, Capture, Payment, Refund};
    let kind = transaction.transaction_type;
    if kind == Refund || kind.is_void() || !transaction.reply.is_success() {
        return None;
    }
    let linked = transaction.linked_to.as_deref().and_then(|id| order.transaction(id));
    let sent = || transaction.echoed.get(names::TRANSACTION_AUTHORIZATION_CODE).map(str::to_owned);
    match (kind, linked) {
        (Capture, Some(authorization)) => authorization_code(order, authorization),
        // The request of a standalone CAPTURE or a REFERRAL brings the code.
        (Capture, None) | (Authorization | Payment, Some(_)) => sent(),
        // Observed: the authorization code is the trace number in six digits.
        _ => Some(format!("{:06}", transaction.reply.stan)),
    }
}
