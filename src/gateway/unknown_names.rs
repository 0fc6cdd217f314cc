//! The names of accepted fields that no table has.

use crate::domain::secret::mask_digit_runs;
use crate::fields::FieldName;
use crate::limits;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};

/// The names seen so far. The log shows each name once, so that an operator learns about it.
#[derive(Default)]
pub(super) struct UnknownNames(Mutex<BTreeSet<String>>);

impl UnknownNames {
    /// Logs each name that appears for the first time.
    pub fn see(&self, names: &[&FieldName]) {
        for name in names.iter().filter_map(|name| self.at_first_sight(name)) {
            log::info!("accepted the field {name}, which is in no table");
        }
    }

    /// The name as the log may show it, with its indices as `[n]`. `None` where the name appeared before, or where
    /// the list of names is full.
    fn at_first_sight(&self, name: &FieldName) -> Option<String> {
        // A name can contain a card number, as any text can.
        let name = mask_digit_runs(&name.pattern());
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        (seen.len() < limits::UNKNOWN_NAMES && seen.insert(name.clone())).then_some(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sight(names: &UnknownNames, name: &str) -> Option<String> {
        names.at_first_sight(&FieldName::parse(name).unwrap())
    }

    #[test]
    fn a_name_is_logged_once_without_indices_and_card_numbers() {
        let names = UnknownNames::default();
        assert_eq!(sight(&names, "order.item[4].unheardOf").as_deref(), Some("order.item[n].unheardOf"));
        assert_eq!(sight(&names, "order.item[5].unheardOf"), None);
        assert_eq!(sight(&names, "a.5123450000000008").as_deref(), Some("a.512345xxxxxx0008"));
        assert_eq!(sight(&names, "a.5123459999990008"), None);
    }

    #[test]
    fn whoever_invents_names_does_not_fill_the_memory() {
        let names = UnknownNames::default();
        let logged = (0..limits::UNKNOWN_NAMES + 10).filter_map(|number| sight(&names, &format!("order.x{number}")));
        assert_eq!(logged.count(), limits::UNKNOWN_NAMES);
        assert_eq!(names.0.lock().unwrap().len(), limits::UNKNOWN_NAMES);
    }
}
