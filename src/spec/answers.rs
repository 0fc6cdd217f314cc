//! Which fields an answer carries from and to which API version, where that is not all of them.

use crate::domain::version::ApiVersion;
use crate::fields::{Fields, names};
use crate::spec::dialect::outgoing::LAST_TEXT_SESSION;

/// A field of answers and the API versions that answer it.
pub struct Answered {
    /// The field's name in answers to transaction and session operations.
    pub name: &'static str,
    /// The first version.
    pub since: u8,
    /// The last version.
    pub until: u8,
    /// Whether RETRIEVE_ORDER, which has the order's fields at top level, shows it in every version.
    pub always_in_retrieved_order: bool,
}

const fn ranged(name: &'static str, since: u8, until: u8) -> Answered {
    Answered { name, since, until, always_in_retrieved_order: false }
}

/// Before it, `session` is a text, and an answer has nothing but that.
const FIRST_SESSION_GROUP: u8 = LAST_TEXT_SESSION + 1;

/// Sorted by name. The ranges lie between recorded answers: v30, v45 and v46 on one side, v57 and v60 on the
/// other (observed); where two recordings leave a gap, the later one begins the range (decided). The v45
/// client that reads RETRIEVE_ORDER by position needs nine names before `result`, which are these with
/// chargeback and category code among them (inferred). The usage of a token is recorded in its first form up to
/// v57, and catalogued in its second for v100.
pub static ANSWERED: &[Answered] = &[
    ranged(names::AUTHORIZATION_RESPONSE_POS_DATA, 57, 100),
    ranged(names::AUTHORIZATION_RESPONSE_POS_ENTRY_MODE, 57, 100),
    ranged(names::CHECKOUT_MODE, 63, 100),
    ranged(names::ORDER_AUTHENTICATION_STATUS, 57, 100),
    Answered { name: names::ORDER_CHARGEBACK_AMOUNT, since: 57, until: 100, always_in_retrieved_order: true },
    Answered { name: names::ORDER_CHARGEBACK_CURRENCY, since: 57, until: 100, always_in_retrieved_order: true },
    ranged(names::ORDER_LAST_UPDATED_TIME, 57, 100),
    ranged(names::ORDER_MERCHANT_AMOUNT, 57, 100),
    Answered { name: names::ORDER_MERCHANT_CATEGORY_CODE, since: 57, until: 100, always_in_retrieved_order: true },
    ranged(names::ORDER_MERCHANT_CURRENCY, 57, 100),
    ranged(names::ORDER_TOTAL_DISBURSED_AMOUNT, 62, 100),
    ranged(names::SESSION_AES256_KEY, 57, 100),
    ranged(names::SESSION_AUTHENTICATION_LIMIT, 54, 100),
    ranged(names::SESSION_UPDATE_STATUS, FIRST_SESSION_GROUP, 100),
    ranged(names::SESSION_VERSION, FIRST_SESSION_GROUP, 100),
    ranged(names::SOURCE_OF_FUNDS_TYPE, 17, 100),
    ranged(names::TIME_OF_LAST_UPDATE, 57, 100),
    ranged(names::TRANSACTION_AUTHENTICATION_STATUS, 57, 100),
    ranged(names::TRANSACTION_FREQUENCY, 1, 56),
    ranged(names::TRANSACTION_STAN, 57, 100),
    ranged(names::USAGE_LAST_UPDATED, 1, 79),
    ranged(names::USAGE_LAST_UPDATED_MERCHANT_ID, 100, 100),
    ranged(names::USAGE_LAST_UPDATED_SOURCE, 100, 100),
    ranged(names::USAGE_LAST_UPDATED_TIME, 100, 100),
    ranged(names::USAGE_LAST_UPDATED_BY, 1, 79),
    ranged(names::USAGE_LAST_USED, 1, 79),
    ranged(names::USAGE_LAST_USED_TIME, 100, 100),
];

/// Takes out of an answer what its API version does not have.
pub fn keep_version(answer: &mut Fields, version: ApiVersion) {
    for row in out_of(version) {
        answer.remove(row.name);
    }
}

/// Takes out of RETRIEVE_ORDER's top level, whose names lack `order.`, what its API version does not have.
pub fn keep_version_of_retrieved_order(answer: &mut Fields, version: ApiVersion) {
    for row in out_of(version).filter(|row| !row.always_in_retrieved_order) {
        answer.remove(row.name.strip_prefix("order.").unwrap_or(row.name));
    }
}

fn out_of(version: ApiVersion) -> impl Iterator<Item = &'static Answered> {
    ANSWERED.iter().filter(move |row| !(row.since..=row.until).contains(&version.number()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_its_ranges_are_real() {
        assert!(ANSWERED.is_sorted_by_key(|row| row.name), "sorted by name");
        for row in ANSWERED {
            assert!(row.since <= row.until, "{}", row.name);
            assert!(row.since > 1 || row.until < 100, "{} is in every version and needs no row", row.name);
        }
    }
}
