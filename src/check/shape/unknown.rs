//! The names of fields that were accepted although no table has them, so that an operator can learn them.

use crate::domain::secret::mask_digit_runs;
use crate::fields::FieldName;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// So many names are kept apart; whoever invents more learns nothing new, and must not fill the memory.
const NAMES: usize = 1000;

static ACCEPTED: Mutex<BTreeMap<String, u64>> = Mutex::new(BTreeMap::new());

/// Counts a name, and logs it when it is seen for the first time.
pub(super) fn count(name: &FieldName) {
    // A card number may stand in a name as anywhere else.
    let name = mask_digit_runs(&name.pattern());
    let mut accepted = ACCEPTED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(count) = accepted.get_mut(&name) {
        *count += 1;
    } else if accepted.len() < NAMES {
        log::info!("accepted the field {name}, which is in no table");
        accepted.insert(name, 1);
    }
}

/// The names of fields that were accepted although no table has them, indices written `[n]`, each with how
/// often it was; at most a thousand names.
pub fn accepted_unknown_names() -> Vec<(String, u64)> {
    let accepted = ACCEPTED.lock().unwrap_or_else(PoisonError::into_inner);
    accepted.iter().map(|(name, count)| (name.clone(), *count)).collect()
}
