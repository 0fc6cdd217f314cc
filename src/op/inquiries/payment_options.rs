//! PAYMENT_OPTIONS_INQUIRY: the options that a payer can be offered. Without a card the answer has the merchant's
//! configuration. With a card it has the options of that card, and with an amount the amount in the card's currency.

use crate::domain::conversion::Rate;
use crate::domain::money::Currency;
use crate::domain::quote::{CardMark, Quote};
use crate::domain::rejection::Rejection;
use crate::domain::result::ResultCode;
use crate::fields::{FieldName, Fields, names};
use crate::op::{Asked, Decision, InquiryContext, Plan, RecordChange};
use crate::spec::privileges::Privilege;
use crate::spec::{cards, currency_conversion};

pub fn decide(context: InquiryContext<'_>) -> Result<Plan, Rejection> {
    let asked = &context.asked;
    let fields = asked.checked.fields();
    let mut answer = Fields::new();
    answer.set(names::MERCHANT, asked.merchant.id.as_str());
    answer.set(names::RESULT, ResultCode::Success.as_str());
    // Documented for PURCHASE. Clients choose between PAY and AUTHORIZE by this field.
    answer.set_some(names::TRANSACTION_MODE, transaction_mode(asked));
    // A merchant without a list of currencies accepts every currency. The answer then names none (decided).
    for (index, currency) in asked.merchant.currencies.iter().enumerate() {
        answer.insert(FieldName::indexed(names::SUPPORTED_CURRENCIES_N_CURRENCY, index), currency.code());
    }
    let (whole, prefix) = (fields.get(names::PROVIDED_CARD_NUMBER), fields.get(names::PROVIDED_CARD_PREFIX));
    let brands = match whole.or(prefix) {
        Some(number) => cards::brands_of_prefix(number),
        None => cards::brands(),
    };
    for (index, brand) in brands.into_iter().enumerate() {
        answer.insert(FieldName::indexed(names::PAYMENT_TYPES_CARD_CARD_TYPES_N_CARD_TYPE, index), brand);
    }
    let converted = (whole.or(prefix), asked.checked.amount(), asked.checked.currency());
    let (Some(number), Some(amount), Some(currency)) = converted else {
        return Ok(Decision::answer(answer).into());
    };
    let quote = rate(asked, number, currency).map(|(payer_currency, rate)| Quote {
        id: context.random.conversion_id(),
        amount,
        currency,
        payer_amount: rate.convert(amount, currency, payer_currency),
        payer_currency,
        payer_exchange_rate: rate.to_protocol(),
        card: match whole {
            Some(number) => CardMark::of_number(number, context.hash),
            None => CardMark::of_prefix(number, context.hash),
        },
        time: asked.now,
        order: None,
    });
    set_conversion(&mut answer, quote.as_ref());
    let changes = quote.map(|quote| RecordChange::Quote(Box::new(quote))).into_iter().collect();
    Ok(Decision { changes, answer: Ok(answer) }.into())
}

fn transaction_mode(asked: &Asked<'_>) -> Option<&'static str> {
    if asked.merchant.may(Privilege::Pay) {
        return Some("PURCHASE");
    }
    asked.merchant.may(Privilege::Authorize).then_some("AUTHORIZE_CAPTURE")
}

/// The currency in which the payer of the card is billed, and the rate to it. `None` where the gateway offers no
/// rate.
fn rate(asked: &Asked<'_>, number: &str, currency: Currency) -> Option<(Currency, Rate)> {
    // Only test profiles have these rates.
    let payer = currency_conversion::payer_currency(number).filter(|_| asked.merchant.id.is_test())?;
    let payer = Currency::parse(payer)?;
    let rate = currency_conversion::rate(currency.code(), payer.code())?;
    Some((payer, Rate::quoted(rate)?))
}

/// Writes the offer to bill the payer in the card's currency (documented, with the names and both codes).
fn set_conversion(answer: &mut Fields, quote: Option<&Quote>) {
    let Some(quote) = quote else {
        answer.set(names::PAYMENT_TYPES_CARD_CURRENCY_CONVERSION_GATEWAY_CODE, "NOT_ELIGIBLE");
        return;
    };
    answer.set(names::PAYMENT_TYPES_CARD_CURRENCY_CONVERSION_GATEWAY_CODE, "QUOTE_PROVIDED");
    answer.set(names::PAYMENT_TYPES_CARD_CURRENCY_CONVERSION_PAYER_AMOUNT, quote.payer_amount.as_str());
    answer.set(names::PAYMENT_TYPES_CARD_CURRENCY_CONVERSION_PAYER_CURRENCY, quote.payer_currency.code());
    answer.set(names::PAYMENT_TYPES_CARD_CURRENCY_CONVERSION_PAYER_EXCHANGE_RATE, quote.payer_exchange_rate.as_str());
    answer.set(names::PAYMENT_TYPES_CARD_CURRENCY_CONVERSION_REQUEST_ID, quote.id.as_str());
}
