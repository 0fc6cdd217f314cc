//! PAYMENT_OPTIONS_INQUIRY: what a payer can be offered. Without a card it is what is configured for the merchant,
//! with one what that card may use, and with an amount what the amount is in the currency of the card.

use super::{Input, Plan, Settled};
use crate::domain::conversion::Rate;
use crate::domain::failure::Rejection;
use crate::domain::merchant::Privilege;
use crate::domain::money::Currency;
use crate::fields::{FieldName, Fields};
use crate::spec::{cards, currency_conversion};

pub(super) fn plan(input: &Input<'_>) -> Result<Plan, Rejection> {
    let fields = input.checked.fields();
    let mut answer = Fields::new();
    answer.set("merchant", input.merchant.id.as_str());
    answer.set("result", "SUCCESS");
    // Documented for PURCHASE; clients choose between PAY and AUTHORIZE by it.
    answer.set_some("transactionMode", transaction_mode(input));
    // A merchant that is not restricted takes every currency there is, and names none (decided).
    for (index, currency) in input.merchant.currencies.iter().enumerate() {
        insert(&mut answer, format!("supportedCurrencies[{index}].currency"), currency.code());
    }
    let number = ["sourceOfFunds.provided.card.number", "sourceOfFunds.provided.card.prefix"];
    let number = number.into_iter().find_map(|name| fields.get(name));
    let brands = match number {
        Some(number) => cards::brands_of_prefix(number),
        None => cards::brands(),
    };
    for (index, brand) in brands.into_iter().enumerate() {
        insert(&mut answer, format!("paymentTypes.card.cardTypes[{index}].cardType"), brand);
    }
    if let (Some(number), Some(currency), Some(_)) = (number, input.checked.currency(), input.checked.amount()) {
        set_conversion(&mut answer, input, number, currency);
    }
    Ok(Settled::answer_only(answer))
}

fn transaction_mode(input: &Input<'_>) -> Option<&'static str> {
    if input.merchant.may(Privilege::Pay) {
        return Some("PURCHASE");
    }
    input.merchant.may(Privilege::Authorize).then_some("AUTHORIZE_CAPTURE")
}

/// The offer to bill the payer in the currency of the card (documented, with the names and both codes).
fn set_conversion(answer: &mut Fields, input: &Input<'_>, number: &str, currency: Currency) {
    let payer = currency_conversion::payer_currency(number).and_then(Currency::parse);
    // The rates are those of test profiles.
    let payer = payer.filter(|_| input.merchant.id.is_test());
    let rate = payer.and_then(|payer| currency_conversion::rate(currency.code(), payer.code()));
    let (Some(payer), Some(rate)) = (payer, rate.and_then(Rate::quoted)) else {
        answer.set("paymentTypes.card.currencyConversion.gatewayCode", "NOT_ELIGIBLE");
        return;
    };
    let amount = input.checked.amount().unwrap_or_default();
    answer.set("paymentTypes.card.currencyConversion.gatewayCode", "QUOTE_PROVIDED");
    answer.set("paymentTypes.card.currencyConversion.payerAmount", rate.convert(amount, currency, payer));
    answer.set("paymentTypes.card.currencyConversion.payerCurrency", payer.code());
    answer.set("paymentTypes.card.currencyConversion.payerExchangeRate", rate.to_protocol());
    answer.set("paymentTypes.card.currencyConversion.requestId", input.drawn.conversion_id.as_str());
}

fn insert(answer: &mut Fields, name: String, value: &str) {
    if let Ok(name) = FieldName::parse_owned(name) {
        answer.insert(name, value);
    }
}
