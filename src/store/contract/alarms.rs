//! Records that wake.

use super::{at, change, expiring, lost, on_every_engine, session};
use crate::store::{Alarm, Awoken, Change, Key, Store};
use std::collections::HashSet;

fn waking(key: &Key, replaces: u64, wakes: i64) -> Change {
    Change { wakes: Some(at(wakes)), ..change(key, replaces, "some text") }
}

/// The ids of what is awake, in their order.
async fn awake(store: &Store, now: i64, limit: usize) -> Vec<String> {
    store.awake(None, at(now), limit).await.unwrap().records.into_iter().map(|awoken| awoken.key.id).collect()
}

#[test]
fn a_record_is_awake_from_its_time_until_a_commit_lets_it_sleep() {
    on_every_engine(async |store| {
        let [late, early, never, mortal] = ["late", "early", "never", "mortal"].map(session);
        store.commit(vec![waking(&late, 0, 20), waking(&early, 0, 10), change(&never, 0, "")]).await.unwrap();
        store.commit(vec![Change { expires: Some(at(30)), ..waking(&mortal, 0, 15) }]).await.unwrap();
        assert!(awake(store, 9, 9).await.is_empty(), "nothing wakes before its time");
        assert_eq!(awake(store, 10, 9).await, ["early"]);
        assert_eq!(awake(store, 25, 9).await, ["early", "mortal", "late"], "what woke first comes first");
        assert_eq!(awake(store, 25, 2).await, ["early", "mortal"]);
        assert_eq!(awake(store, 30, 9).await, ["early", "late"], "what has expired does not wake");
        assert_eq!(awake(store, 30, 9).await, ["early", "late"], "to be given is not to sleep");

        assert_eq!(store.commit(vec![waking(&early, 7, 40)]).await.unwrap(), lost(&[0]));
        assert_eq!(awake(store, 30, 9).await, ["early", "late"], "a commit that is lost changes nothing");
        store.commit(vec![waking(&early, 1, 40), waking(&never, 1, 35), change(&late, 1, "")]).await.unwrap();
        assert_eq!(awake(store, 39, 9).await, ["never"]);
        assert_eq!(awake(store, 40, 9).await, ["never", "early"]);
        let Awoken { key, record, time } = store.awake(None, at(40), 9).await.unwrap().records.remove(1);
        assert_eq!(time, at(40));
        assert_eq!((key, record.version, record.bytes.as_slice()), (early.clone(), 2, b"some text".as_slice()));
        store.commit(vec![expiring(&early, 2, 50), expiring(&never, 2, 50)]).await.unwrap();
        assert!(awake(store, 45, 9).await.is_empty());
        assert_eq!(store.sweep(at(50)).await.unwrap(), 3, "early, never and mortal");
    });
}

#[test]
fn what_is_awake_is_given_part_by_part_each_record_once() {
    on_every_engine(async |store| {
        // Several wake at one time.
        let waking = |number: i64| waking(&session(&number.to_string()), 0, number / 4);
        store.commit((0..20).map(waking).collect()).await.unwrap();
        let (mut after, mut times, mut ids) = (None, Vec::new(), HashSet::new());
        loop {
            let part = store.awake(after, at(3), 3).await.unwrap();
            assert!(part.next.is_none() || part.records.len() == 3);
            times.extend(part.records.iter().map(|awoken| awoken.time));
            ids.extend(part.records.into_iter().map(|awoken| awoken.key.id));
            match part.next {
                Some(next) => after = Some(next),
                None => break,
            }
        }
        assert_eq!((times.len(), ids.len()), (16, 16));
        assert!(times.is_sorted(), "{times:?}");
        let behind = store.awake(Some(Alarm::behind(at(2))), at(9), 9).await.unwrap();
        let times: Vec<_> = behind.records.iter().map(|awoken| awoken.time).collect();
        assert_eq!(times, [3, 3, 3, 3, 4, 4, 4, 4].map(at));
    });
}
