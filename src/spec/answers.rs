//! Which fields an answer carries from and to which API version, where that is not all of them.

use crate::fields::{Fields, names};
use crate::spec::versions::ApiVersion;
use crate::spec::versions::Versions;

/// A field of answers and the API versions that answer it.
pub struct Answered {
    /// The field's name in answers to transaction and session operations.
    pub name: &'static str,
    /// The API versions.
    pub versions: Versions,
    /// Whether RETRIEVE_ORDER, which has the order's fields at top level, shows it in every version.
    pub always_in_retrieved_order: bool,
}

const fn ranged(name: &'static str, versions: Versions) -> Answered {
    Answered { name, versions, always_in_retrieved_order: false }
}

/// Before these versions `session` is a text, and an answer has nothing but that.
const WITH_SESSION_GROUP: Versions = Versions::from(18);

/// Sorted by name. The ranges lie between recorded answers: v30, v45 and v46 on one side, v57 and v60 on the
/// other (observed); where two recordings leave a gap, the later one begins the range (decided). The v45
/// client that reads RETRIEVE_ORDER by position needs nine names before `result`, which are these with
/// chargeback and category code among them (inferred). The usage of a token is recorded in its first form up to
/// v57, and catalogued in its second for v100.
pub static ANSWERED: &[Answered] = &[
    ranged(names::AUTHORIZATION_RESPONSE_POS_DATA, Versions::from(57)),
    ranged(names::AUTHORIZATION_RESPONSE_POS_ENTRY_MODE, Versions::from(57)),
    ranged(names::CHECKOUT_MODE, Versions::from(63)),
    ranged(names::ORDER_AUTHENTICATION_STATUS, Versions::from(57)),
    Answered { name: names::ORDER_CHARGEBACK_AMOUNT, versions: Versions::from(57), always_in_retrieved_order: true },
    Answered { name: names::ORDER_CHARGEBACK_CURRENCY, versions: Versions::from(57), always_in_retrieved_order: true },
    ranged(names::ORDER_LAST_UPDATED_TIME, Versions::from(57)),
    ranged(names::ORDER_MERCHANT_AMOUNT, Versions::from(57)),
    Answered {
        name: names::ORDER_MERCHANT_CATEGORY_CODE,
        versions: Versions::from(57),
        always_in_retrieved_order: true,
    },
    ranged(names::ORDER_MERCHANT_CURRENCY, Versions::from(57)),
    ranged(names::ORDER_TOTAL_DISBURSED_AMOUNT, Versions::from(62)),
    ranged(names::SESSION_AES256_KEY, Versions::from(57)),
    ranged(names::SESSION_AUTHENTICATION_LIMIT, Versions::from(54)),
    ranged(names::SESSION_UPDATE_STATUS, WITH_SESSION_GROUP),
    ranged(names::SESSION_VERSION, WITH_SESSION_GROUP),
    ranged(names::SOURCE_OF_FUNDS_TYPE, Versions::from(17)),
    ranged(names::TIME_OF_LAST_UPDATE, Versions::from(57)),
    ranged(names::TRANSACTION_AUTHENTICATION_STATUS, Versions::from(57)),
    ranged(names::TRANSACTION_FREQUENCY, Versions::until(56)),
    ranged(names::TRANSACTION_STAN, Versions::from(57)),
    ranged(names::USAGE_LAST_UPDATED, Versions::BEFORE_100),
    ranged(names::USAGE_LAST_UPDATED_MERCHANT_ID, Versions::from(100)),
    ranged(names::USAGE_LAST_UPDATED_SOURCE, Versions::from(100)),
    ranged(names::USAGE_LAST_UPDATED_TIME, Versions::from(100)),
    ranged(names::USAGE_LAST_UPDATED_BY, Versions::BEFORE_100),
    ranged(names::USAGE_LAST_USED, Versions::BEFORE_100),
    ranged(names::USAGE_LAST_USED_TIME, Versions::from(100)),
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
    ANSWERED.iter().filter(move |row| !row.versions.contains(version))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_and_its_ranges_are_real() {
        assert!(ANSWERED.is_sorted_by_key(|row| row.name), "sorted by name");
        for row in ANSWERED {
            assert!(row.versions.is_real(), "{}", row.name);
            assert!(row.versions != Versions::ALL, "{} is in every version and needs no row", row.name);
        }
    }
}
