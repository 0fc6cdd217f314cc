//! A fair order of deliveries. Of the due notifications, those of the merchants with the fewest deliveries go first.
//! Each attempt to reach a dead receiver takes all of [`limits::NOTIFICATION_TIME`]. A merchant with dead receivers
//! leaves every free place to other merchants while they wait.

use crate::domain::ids::MerchantId;
use crate::limits;
use crate::store::{Key, Record};
use std::collections::{HashMap, HashSet};

/// A due notification, as the store last returned it.
pub(super) type Due = (Key, Record);

/// Takes at most `places` of the waiting notifications. They stand in the order in which they woke.
pub(super) fn take(waiting: &mut Vec<Due>, places: usize, under_way: &HashMap<MerchantId, usize>) -> Vec<Due> {
    let ranks = ranks(waiting, under_way);
    let mut order: Vec<usize> = (0..waiting.len()).collect();
    // The sort is stable: of equal ranks, the notification that woke first comes first.
    order.sort_by_key(|at| ranks[*at]);
    order.truncate(places);
    split_off(waiting, |at| order.contains(&at))
}

/// Takes the notifications beyond each merchant's share. All merchants that wait have equal shares of the places, and
/// at least one place.
pub(super) fn take_excess(waiting: &mut Vec<Due>) -> Vec<Due> {
    let merchants: HashSet<&MerchantId> = waiting.iter().map(|(key, _)| &key.merchant).collect();
    let share = (limits::NOTIFICATIONS_AT_ONCE / merchants.len().max(1)).max(1);
    let ranks = ranks(waiting, &HashMap::new());
    split_off(waiting, |at| ranks[at] >= share)
}

/// For each notification, the number of the same merchant's notifications that are being delivered or wait before it.
fn ranks(waiting: &[Due], under_way: &HashMap<MerchantId, usize>) -> Vec<usize> {
    let mut counts = under_way.clone();
    let rank = |(key, _): &Due| {
        let count = counts.entry(key.merchant.clone()).or_default();
        *count += 1;
        *count - 1
    };
    waiting.iter().map(rank).collect()
}

fn split_off(waiting: &mut Vec<Due>, is_taken: impl Fn(usize) -> bool) -> Vec<Due> {
    let (mut taken, mut left) = (Vec::new(), Vec::new());
    for (at, due) in std::mem::take(waiting).into_iter().enumerate() {
        if is_taken(at) { taken.push(due) } else { left.push(due) }
    }
    *waiting = left;
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Kind;
    use zeroize::Zeroizing;

    fn merchant(letter: char) -> MerchantId {
        MerchantId::parse(&format!("TEST{letter}")).expect("an id")
    }

    /// One notification of each merchant, numbered by its place.
    fn waiting(merchants: &str) -> Vec<Due> {
        let due = |(at, letter): (usize, char)| {
            let key = Key { kind: Kind::Notification, merchant: merchant(letter), id: at.to_string() };
            (key, Record { version: 1, expires: None, bytes: Zeroizing::default() })
        };
        merchants.chars().enumerate().map(due).collect()
    }

    fn ids(due: &[Due]) -> Vec<&str> {
        due.iter().map(|(key, _)| key.id.as_str()).collect()
    }

    #[test]
    fn the_merchants_with_the_fewest_under_way_go_first() {
        for (merchants, under_way, places, expected) in [
            ("", "", 4, vec![]),
            ("AAAA", "", 3, vec!["0", "1", "2"]),
            ("AAAB", "", 2, vec!["0", "3"]),
            ("AAAB", "", 3, vec!["0", "1", "3"]),
            ("AAAB", "A", 1, vec!["3"]),
            ("AAAB", "BB", 2, vec!["0", "1"]),
            ("AABC", "AB", 1, vec!["3"]),
            ("AABC", "AB", 2, vec!["0", "3"]),
            ("BA", "AB", 1, vec!["0"]),
            ("AAAA", "AAAA", 9, vec!["0", "1", "2", "3"]),
        ] {
            let counts = under_way.chars().fold(HashMap::new(), |mut counts, letter| {
                *counts.entry(merchant(letter)).or_default() += 1;
                counts
            });
            let mut left = waiting(merchants);
            let taken = take(&mut left, places, &counts);
            assert_eq!(ids(&taken), expected, "{merchants} with {under_way} under way");
            assert_eq!(taken.len() + left.len(), merchants.len(), "none is lost");
        }
    }

    #[test]
    fn of_what_is_in_view_each_merchant_keeps_his_share_and_one_at_least() {
        let view = limits::NOTIFICATIONS_IN_VIEW;
        for (merchants, kept) in
            [("A", 16), ("AB", 16), ("ABC", 15), ("ABCDEFGH", 16), ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", 26)]
        {
            let mut left = waiting(&merchants.chars().cycle().take(view).collect::<String>());
            let excess = take_excess(&mut left);
            assert_eq!(left.len(), kept, "{merchants}");
            assert_eq!(excess.len() + left.len(), view, "none is lost");
            let first: Vec<String> = (0..kept).map(|at| at.to_string()).collect();
            assert_eq!(ids(&left), first, "those that woke first stay");
        }
        assert!(take_excess(&mut Vec::new()).is_empty());
        assert!(take_excess(&mut waiting("AABAB")).is_empty(), "few are no excess");
    }
}
