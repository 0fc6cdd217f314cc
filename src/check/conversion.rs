//! What `currencyConversion` must be, whatever a quote says.

use crate::domain::failure::Rejection;
use crate::domain::quote::Quote;
use crate::domain::secret::mask_number;

const REQUEST_ID: &str = "currencyConversion.requestId";

/// Step 11: whether the quote that is named can be found. Those of other merchants, unknown and expired ones are
/// one answer (decided).
pub fn quote(id: Option<&str>, found: Option<&Quote>) -> Result<(), Rejection> {
    match (id, found) {
        (Some(id), None) => {
            // A card number may have been taken for it, and the ids of quotes are not digits alone.
            let is_number = id.bytes().all(|byte| byte.is_ascii_digit());
            let shown = if is_number { mask_number(id) } else { id.to_owned() };
            Err(Rejection::invalid(REQUEST_ID, shown, "Quote not found or expired."))
        }
        _ => Ok(()),
    }
}
