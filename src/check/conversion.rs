//! Rules for `currencyConversion`, with or without a quote.

use crate::domain::money::Currency;
use crate::domain::quote::Quote;
use crate::domain::rejection::{Reason, Rejection};
use crate::domain::secret::mask_number;
use crate::fields::{Fields, names};

/// Step 8: requires that the named quote exists. Quotes of other merchants, unknown quotes and expired quotes get one
/// answer (decided).
///
/// # Errors
/// The quote that `id` names was not found.
pub fn quote(id: Option<&str>, found: Option<&Quote>) -> Result<(), Rejection> {
    match (id, found) {
        (Some(id), None) => {
            // A caller may have sent a card number by mistake. The ids of quotes are not digits alone.
            let is_number = id.bytes().all(|byte| byte.is_ascii_digit());
            let shown = if is_number { mask_number(id) } else { id.to_owned() };
            Err(Rejection::invalid(names::CURRENCY_CONVERSION_REQUEST_ID, shown, "Quote not found or expired."))
        }
        _ => Ok(()),
    }
}

/// Step 8: a payer accepts a conversion only if the request has an offer, by a quote or in the merchant's own words.
/// The offer's currency must differ from the order's (documented).
pub(super) fn agrees(fields: &Fields, order: Option<Currency>) -> Result<(), Rejection> {
    let sent = fields.get(names::CURRENCY_CONVERSION_PAYER_CURRENCY);
    let accepts = fields.get(names::CURRENCY_CONVERSION_UPTAKE) == Some("ACCEPTED");
    if accepts && sent.is_none() && !fields.contains(names::CURRENCY_CONVERSION_REQUEST_ID) {
        return Err(Rejection::missing(names::CURRENCY_CONVERSION_REQUEST_ID));
    }
    let Some(code) = sent else {
        return Ok(());
    };
    let reason = match Currency::parse(code) {
        None => Reason::NotCurrency,
        payer if payer == order => "It is the currency of the order.".into(),
        _ => return Ok(()),
    };
    Err(Rejection::invalid(names::CURRENCY_CONVERSION_PAYER_CURRENCY, code, reason))
}
