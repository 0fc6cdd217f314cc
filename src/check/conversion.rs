//! What `currencyConversion` must be, whatever a quote says.

use crate::domain::money::Currency;
use crate::domain::quote::Quote;
use crate::domain::rejection::{Reason, Rejection};
use crate::domain::secret::mask_number;
use crate::fields::{Fields, names};

/// Step 11: whether the quote that is named can be found. Those of other merchants, unknown and expired ones are
/// one answer (decided).
///
/// # Errors
/// The quote that `id` names was not found.
pub fn quote(id: Option<&str>, found: Option<&Quote>) -> Result<(), Rejection> {
    match (id, found) {
        (Some(id), None) => {
            // A card number may have been taken for it, and the ids of quotes are not digits alone.
            let is_number = id.bytes().all(|byte| byte.is_ascii_digit());
            let shown = if is_number { mask_number(id) } else { id.to_owned() };
            Err(Rejection::invalid(names::CURRENCY_CONVERSION_REQUEST_ID, shown, "Quote not found or expired."))
        }
        _ => Ok(()),
    }
}

/// Step 13: a payer who accepts has been offered something, by a quote or in the merchant's own words, and in
/// another currency than the order's (documented).
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
