//! Records that are listed.

use super::{Change, Committed, Key, Kind, Store, at, change, expiring, lost, on_every_engine};
use crate::domain::ids::MerchantId;
use std::collections::BTreeSet;

fn token(merchant: &str, id: &str) -> Key {
    Key { kind: Kind::Token, merchant: MerchantId::parse(merchant).unwrap(), id: id.to_owned() }
}

fn listed(key: &Key, replaces: u64) -> Change {
    Change { listed: true, ..change(key, replaces, &key.id) }
}

/// The ids that are listed, in parts of so many.
async fn parts(store: &Store, kind: Kind, merchant: &str, limit: usize, now: i64) -> Vec<Vec<String>> {
    let merchant = MerchantId::parse(merchant).unwrap();
    let (mut parts, mut after) = (Vec::new(), None);
    loop {
        let listing = store.list(kind, &merchant, after, limit, at(now)).await.unwrap();
        assert!(listing.records.iter().all(|found| found.record.bytes.as_slice() == found.key.id.as_bytes()));
        assert!(listing.next.is_none_or(|next| listing.records.last().is_some_and(|last| last.mark == next)));
        parts.push(listing.records.into_iter().map(|found| found.key.id).collect());
        match listing.next {
            Some(next) => after = Some(next),
            None => return parts,
        }
    }
}

async fn ids(store: &Store, merchant: &str, now: i64) -> BTreeSet<String> {
    parts(store, Kind::Token, merchant, 100, now).await.concat().into_iter().collect()
}

#[test]
fn a_list_is_given_part_by_part_and_each_record_once() {
    on_every_engine(async |store| {
        assert_eq!(parts(store, Kind::Token, "ONE", 3, 0).await, [[""; 0]; 1], "an empty list is one empty part");
        for number in 0..10 {
            store.commit(vec![listed(&token("ONE", &number.to_string()), 0)]).await.unwrap();
        }
        let in_threes = parts(store, Kind::Token, "ONE", 3, 0).await;
        assert_eq!(in_threes.iter().map(Vec::len).collect::<Vec<_>>(), [3, 3, 3, 1]);
        let all: BTreeSet<String> = in_threes.concat().into_iter().collect();
        assert_eq!(all, (0..10).map(|number| number.to_string()).collect(), "each once");
        let in_fives = parts(store, Kind::Token, "ONE", 5, 0).await;
        assert_eq!(in_fives.iter().map(Vec::len).collect::<Vec<_>>(), [5, 5, 0], "a full part may be the last");
        assert_eq!(in_fives.concat(), in_threes.concat(), "the order does not change");
    });
}

#[test]
fn a_list_has_the_records_of_one_kind_and_merchant_that_were_committed_as_listed() {
    on_every_engine(async |store| {
        let (first, second, silent) = (token("ONE", "first"), token("ONE", "second"), token("ONE", "silent"));
        let elsewhere = [token("TWO", "first"), Key { kind: Kind::Order, ..token("ONE", "order") }];
        store.commit(vec![listed(&first, 0), listed(&second, 0), change(&silent, 0, "silent")]).await.unwrap();
        store.commit(elsewhere.iter().map(|key| listed(key, 0)).collect()).await.unwrap();
        let named = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<String>>();
        assert_eq!(ids(store, "ONE", 0).await, named(&["first", "second"]));
        assert_eq!(ids(store, "TWO", 0).await, named(&["first"]));
        assert_eq!(parts(store, Kind::Order, "ONE", 9, 0).await, [["order"]]);
        assert_eq!(parts(store, Kind::Session, "ONE", 9, 0).await, [[""; 0]; 1]);

        store.commit(vec![change(&first, 1, "first"), listed(&silent, 1), listed(&second, 1)]).await.unwrap();
        assert_eq!(ids(store, "ONE", 0).await, named(&["second", "silent"]), "each commit says it anew");
        assert_eq!(store.commit(vec![listed(&first, 1)]).await.unwrap(), lost(&[0]));
        assert_eq!(ids(store, "ONE", 0).await, named(&["second", "silent"]), "a commit that is lost changes nothing");

        let mortal = Change { listed: true, ..expiring(&token("ONE", "some text"), 0, 10) };
        assert_eq!(store.commit(vec![mortal]).await.unwrap(), Committed::Done);
        assert!(ids(store, "ONE", 9).await.contains("some text"));
        assert!(!ids(store, "ONE", 10).await.contains("some text"), "what has expired is not listed");
    });
}
