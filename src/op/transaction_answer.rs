//! The answer to a transaction: given when it is done, again when its request is repeated, and by the
//! retrieve operations. Names and forms are those of recorded answers (v45 over NVP, v57 over REST).

use crate::domain::acquiring::Verdict;
use crate::domain::merchant::Merchant;
use crate::domain::order::{Order, Transaction, TransactionType};
use crate::domain::version::ApiVersion;
use crate::fields::Fields;
use crate::spec::answers;

/// What the simulated acquirer calls itself. Recorded answers of real test profiles have such constants too.
const ACQUIRER_ID: &str = "SIMULATOR_S2I";
const TERMINAL: &str = "NVPGATE1";

/// The whole answer, in the form of one API version.
pub(super) fn answer(merchant: &Merchant, order: &Order, transaction: &Transaction, version: ApiVersion) -> Fields {
    let mut answer = repeated(order, transaction);
    answer.set("gatewayEntryPoint", transaction.entry_point.as_str());
    answer.set("merchant", merchant.id.as_str());
    answer.set("result", transaction.reply.gateway_code.result());
    answer.set("timeOfLastUpdate", transaction.time_of_last_update().to_protocol());
    answer.set("timeOfRecord", transaction.time_of_record.to_protocol());
    answer.set("version", version.to_string());
    set_order(&mut answer, merchant, order, transaction);
    set_response(&mut answer, order, transaction);
    set_authorization_response(&mut answer, transaction);
    set_transaction(&mut answer, merchant, order, transaction);
    answers::keep_version(&mut answer, version);
    answer
}

/// What was sent, over what the order knows from the transaction that brought the card (documented for the
/// card and the security code's verdict of CAPTURE).
fn repeated(order: &Order, transaction: &Transaction) -> Fields {
    let origin = order.origin(transaction);
    if origin.id == transaction.id {
        return transaction.repeated.clone();
    }
    let mut repeated = origin.repeated.clone();
    repeated.retain(|name, _| !name.is_within("transaction") || name.as_str() == "transaction.source");
    repeated.overlay(&transaction.repeated);
    repeated
}

fn set_order(answer: &mut Fields, merchant: &Merchant, order: &Order, transaction: &Transaction) {
    let currency = order.currency;
    let amount = transaction.order_amount.to_protocol(currency);
    answer.set("order.amount", amount.as_str());
    answer.set("order.authenticationStatus", "AUTHENTICATION_NOT_IN_EFFECT");
    // Observed without decimals, where every other amount has them.
    answer.set("order.chargeback.amount", "0");
    answer.set("order.chargeback.currency", currency.code());
    answer.set("order.creationTime", order.creation_time.to_protocol());
    answer.set("order.currency", currency.code());
    answer.set("order.id", order.id.as_str());
    answer.set("order.lastUpdatedTime", transaction.time_of_last_update().to_protocol());
    answer.set("order.merchantAmount", amount);
    let category_code = order.category_code.as_ref().unwrap_or(&merchant.category_code);
    answer.set("order.merchantCategoryCode", category_code.as_str());
    answer.set("order.merchantCurrency", currency.code());
    answer.set("order.status", transaction.order_status.as_str());
    let totals = transaction.order_totals;
    answer.set("order.totalAuthorizedAmount", totals.authorized.to_protocol(currency));
    answer.set("order.totalCapturedAmount", totals.captured.to_protocol(currency));
    answer.set("order.totalDisbursedAmount", totals.disbursed.to_protocol(currency));
    answer.set("order.totalRefundedAmount", totals.refunded.to_protocol(currency));
}

fn set_response(answer: &mut Fields, order: &Order, transaction: &Transaction) {
    let reply = &transaction.reply;
    let origin = &order.origin(transaction).reply;
    answer.set("response.gatewayCode", reply.gateway_code.as_str());
    answer.set_some("response.acquirerCode", reply.acquirer_code.as_deref());
    answer.set_some("response.acquirerMessage", reply.acquirer_message.as_deref());
    if let Some(Verdict { gateway_code, acquirer_code }) = &origin.security_code {
        answer.set("response.cardSecurityCode.gatewayCode", gateway_code.as_str());
        answer.set_some("response.cardSecurityCode.acquirerCode", acquirer_code.as_deref());
    }
    if let Some(Verdict { gateway_code, acquirer_code }) = &origin.address {
        answer.set("response.cardholderVerification.avs.gatewayCode", gateway_code.as_str());
        answer.set_some("response.cardholderVerification.avs.acquirerCode", acquirer_code.as_deref());
    }
}

/// The acquirer's own words; there are none where it gave no answer. The constants are those of every
/// recorded answer.
fn set_authorization_response(answer: &mut Fields, transaction: &Transaction) {
    let reply = &transaction.reply;
    let Some(code) = &reply.acquirer_code else {
        return;
    };
    let security_code = reply.security_code.as_ref().and_then(|verdict| verdict.acquirer_code.as_deref());
    answer.set_some("authorizationResponse.cardSecurityCodeError", security_code);
    answer.set("authorizationResponse.commercialCard", "888");
    answer.set("authorizationResponse.commercialCardIndicator", "3");
    answer.set("authorizationResponse.financialNetworkCode", "777");
    answer.set("authorizationResponse.posData", "1025100006600");
    answer.set("authorizationResponse.posEntryMode", "812");
    answer.set("authorizationResponse.processingCode", "003000");
    answer.set("authorizationResponse.responseCode", code.as_str());
    answer.set("authorizationResponse.stan", reply.stan.to_string());
    answer.set("authorizationResponse.transactionIdentifier", "123456789");
}

fn set_transaction(answer: &mut Fields, merchant: &Merchant, order: &Order, transaction: &Transaction) {
    let (reply, time) = (&transaction.reply, transaction.time_of_record);
    let padded_stan = format!("{:06}", reply.stan);
    answer.set("transaction.acquirer.batch", time.to_compact_date());
    answer.set("transaction.acquirer.date", time.to_month_day());
    answer.set("transaction.acquirer.id", ACQUIRER_ID);
    answer.set("transaction.acquirer.merchantId", merchant.id.as_str());
    answer.set("transaction.acquirer.settlementDate", time.to_date());
    answer.set("transaction.acquirer.timeZone", "+0000");
    answer.set("transaction.acquirer.transactionId", "123456789");
    answer.set("transaction.amount", transaction.amount.to_protocol(order.currency));
    answer.set("transaction.authenticationStatus", "AUTHENTICATION_NOT_IN_EFFECT");
    answer.remove("transaction.authorizationCode");
    answer.set_some("transaction.authorizationCode", authorization_code(order, transaction));
    answer.set("transaction.currency", order.currency.code());
    answer.set("transaction.frequency", "SINGLE");
    answer.set("transaction.id", transaction.id.as_str());
    // Observed: last digit of the year, day of the year, hour, trace number.
    answer.set("transaction.receipt", format!("{}{padded_stan}", time.to_receipt_time()));
    if !answer.contains("transaction.source") {
        answer.set("transaction.source", "INTERNET");
    }
    answer.set("transaction.stan", reply.stan.to_string());
    answer.set("transaction.terminal", TERMINAL);
    answer.set("transaction.type", transaction.transaction_type.as_str());
}

/// The code of the authorization that a transaction is, or follows from. A refund and a void have none (observed
/// for the refund).
fn authorization_code(order: &Order, transaction: &Transaction) -> Option<String> {
    use TransactionType::{Authorization, Capture, Payment, Refund};
    let kind = transaction.transaction_type;
    if kind == Refund || kind.is_void() || !transaction.reply.is_success() {
        return None;
    }
    let linked = transaction.linked_to.as_deref().and_then(|id| order.transaction(id));
    let sent = || transaction.repeated.get("transaction.authorizationCode").map(str::to_owned);
    match (kind, linked) {
        (Capture, Some(authorization)) => authorization_code(order, authorization),
        // A standalone CAPTURE and REFERRAL are sent one.
        (Capture, None) | (Authorization | Payment, Some(_)) => sent(),
        // Observed: the authorization code is the trace number in six digits.
        _ => Some(format!("{:06}", transaction.reply.stan)),
    }
}
