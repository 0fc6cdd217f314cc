//! What every store promises, whatever its engine. Each test runs on a fresh store of every engine.

use super::{
    Change, Committed, Database, Key, Kind, MasterKey, Place, PostgresUrl, Record, Settings, Store, StoreError,
};
use crate::domain::ids::MerchantId;
use crate::domain::secret::Secret;
use crate::domain::timestamp::Timestamp;
use futures_util::future::{FutureExt, join_all};
use proptest::prelude::*;
use std::collections::HashMap;
use std::path::Path;
use zeroize::Zeroizing;

#[cfg(test)]
mod alarms;
#[cfg(test)]
mod lists;
#[path = "../../tests/postgres.rs"]
pub(super) mod test_server;

/// A master key for tests: 32 zero bytes.
const MASTER_KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";

pub(super) fn settings(data: &Path) -> Settings {
    Settings { place: Place::Directory(data.to_owned()), master_key: MasterKey::Given(Secret::new(MASTER_KEY)) }
}

pub(super) fn settings_of(url: &str) -> Settings {
    let database = Database { url: PostgresUrl::parse(url).unwrap(), allow_asynchronous_commit: false };
    Settings { place: Place::Database(database), master_key: MasterKey::Given(Secret::new(MASTER_KEY)) }
}

/// Runs `promise` on a fresh store of every engine.
fn on_every_engine(promise: impl AsyncFn(&Store)) {
    let data = tempfile::tempdir().unwrap();
    let store = Store::open(&settings(data.path())).unwrap();
    block_on(promise(&store));
    if let Some(database) = test_server::database() {
        let store = Store::open(&settings_of(&database.url())).unwrap();
        block_on(promise(&store));
    }
}

pub(super) fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

pub(super) fn session(id: &str) -> Key {
    Key { kind: Kind::Session, merchant: MerchantId::parse("TESTMERCHANT").unwrap(), id: id.to_owned() }
}

pub(super) fn change(key: &Key, replaces: u64, text: &str) -> Change {
    let bytes = Zeroizing::new(text.as_bytes().to_vec());
    Change { key: key.clone(), replaces, expires: None, wakes: None, listed: false, bytes }
}

pub(super) fn at(milliseconds: i64) -> Timestamp {
    Timestamp::from_milliseconds(milliseconds)
}

pub(super) fn expiring(key: &Key, replaces: u64, expires: i64) -> Change {
    Change { expires: Some(at(expires)), ..change(key, replaces, "some text") }
}

/// The text of a record and its version, as of the beginning of time.
pub(super) async fn text(store: &Store, key: &Key) -> Option<(String, u64)> {
    let mut records = store.load(std::slice::from_ref(key), at(0)).await.unwrap();
    assert_eq!(records.len(), 1);
    let Record { version, bytes, .. } = records.remove(0)?;
    Some((String::from_utf8(bytes.to_vec()).unwrap(), version))
}

fn lost(changes: &[usize]) -> Committed {
    Committed::Lost { changes: changes.to_vec() }
}

#[test]
fn what_was_committed_is_loaded() {
    on_every_engine(async |store| {
        let key = session("1");
        assert_eq!(text(store, &key).await, None);
        assert_eq!(store.commit(vec![change(&key, 0, "one")]).await.unwrap(), Committed::Done);
        assert_eq!(text(store, &key).await, Some(("one".to_owned(), 1)));
        assert_eq!(store.commit(vec![change(&key, 1, "two, longer")]).await.unwrap(), Committed::Done);
        assert_eq!(store.commit(vec![change(&key, 2, "")]).await.unwrap(), Committed::Done);
        assert_eq!(text(store, &key).await, Some((String::new(), 3)));
    });
}

#[test]
fn a_change_of_another_version_is_lost() {
    on_every_engine(async |store| {
        let key = session("1");
        assert_eq!(store.commit(vec![change(&key, 1, "absent")]).await.unwrap(), lost(&[0]));
        assert_eq!(store.commit(vec![change(&key, 0, "first")]).await.unwrap(), Committed::Done);
        for replaces in [0, 2, 1 << 62] {
            assert_eq!(store.commit(vec![change(&key, replaces, "no")]).await.unwrap(), lost(&[0]), "{replaces}");
        }
        assert_eq!(text(store, &key).await, Some(("first".to_owned(), 1)));
    });
}

#[test]
fn a_commit_is_done_as_a_whole_or_not_at_all() {
    on_every_engine(async |store| {
        let (one, two, three) = (session("1"), session("2"), session("3"));
        let both = vec![change(&one, 0, "one"), change(&two, 0, "two")];
        assert_eq!(store.commit(both).await.unwrap(), Committed::Done);
        let second_lost = vec![change(&one, 1, "one again"), change(&two, 7, "no"), change(&three, 0, "three")];
        assert_eq!(store.commit(second_lost).await.unwrap(), lost(&[1]));
        let two_lost = vec![change(&one, 0, "no"), change(&two, 1, "two again"), change(&three, 1, "no")];
        assert_eq!(store.commit(two_lost).await.unwrap(), lost(&[0, 2]));
        assert_eq!(text(store, &one).await, Some(("one".to_owned(), 1)));
        assert_eq!(text(store, &two).await, Some(("two".to_owned(), 1)));
        assert_eq!(text(store, &three).await, None);
        assert_eq!(store.commit(Vec::new()).await.unwrap(), Committed::Done);
    });
}

#[test]
fn a_commit_that_names_a_record_twice_or_an_impossible_version_is_a_fault() {
    on_every_engine(async |store| {
        let key = session("1");
        assert!(store.commit(vec![change(&key, 0, "one"), change(&key, 0, "two")]).await.is_err());
        assert!(store.commit(vec![change(&key, u64::MAX, "one")]).await.is_err());
        assert!(store.commit(vec![change(&key, i64::MAX.unsigned_abs(), "one")]).await.is_err());
        assert_eq!(text(store, &key).await, None);
    });
}

#[test]
fn of_two_changes_to_one_version_exactly_one_is_done() {
    on_every_engine(async |store| {
        let (key, other) = (session("1"), session("2"));
        store.commit(vec![change(&key, 0, "start"), change(&other, 0, "start")]).await.unwrap();
        let racers = (0..50).map(|racer| {
            let mut changes = vec![change(&key, 1, &racer.to_string())];
            if racer % 2 == 0 {
                changes.push(change(&other, 1, &racer.to_string()));
            }
            store.commit(changes)
        });
        let outcomes = join_all(racers).await;
        let winners: Vec<usize> = (0..50).filter(|racer| matches!(outcomes[*racer], Ok(Committed::Done))).collect();
        assert_eq!(winners.len(), 1, "exactly one of 50 wins: {winners:?}");
        assert_eq!(text(store, &key).await, Some((winners[0].to_string(), 2)));
        let other_text =
            if winners[0].is_multiple_of(2) { (winners[0].to_string(), 2) } else { ("start".to_owned(), 1) };
        assert_eq!(text(store, &other).await, Some(other_text));
    });
}

#[test]
fn two_thousand_commits_at_once_from_four_threads_are_all_done() {
    on_every_engine(async |store| {
        std::thread::scope(|scope| {
            for thread in 0..4 {
                scope.spawn(move || {
                    let commits = (0..500).map(async |number| {
                        let key = session(&format!("{thread}-{number}"));
                        store.commit(vec![change(&key, 0, "first")]).await?;
                        store.commit(vec![change(&key, 1, &number.to_string())]).await
                    });
                    for outcome in block_on(join_all(commits)) {
                        assert_eq!(outcome.unwrap(), Committed::Done);
                    }
                });
            }
        });
        for thread in 0..4 {
            for number in 0..500 {
                let key = session(&format!("{thread}-{number}"));
                assert_eq!(text(store, &key).await, Some((number.to_string(), 2)));
            }
        }
    });
}

#[test]
fn kinds_and_merchants_are_worlds_of_their_own() {
    on_every_engine(async |store| {
        let mut keys = Vec::new();
        for kind in Kind::ALL {
            for merchant in ["TESTA", "TESTAB"] {
                for id in ["BC", "C"] {
                    let merchant = MerchantId::parse(merchant).unwrap();
                    keys.push(Key { kind, merchant, id: id.to_owned() });
                }
            }
        }
        for (place, key) in keys.iter().enumerate() {
            let text = place.to_string();
            assert_eq!(store.commit(vec![change(key, 0, &text)]).await.unwrap(), Committed::Done, "{place}");
        }
        for (place, key) in keys.iter().enumerate() {
            assert_eq!(text(store, key).await, Some((place.to_string(), 1)));
        }
    });
}

#[test]
fn records_are_loaded_in_the_order_they_are_asked_for() {
    on_every_engine(async |store| {
        store.commit(vec![change(&session("1"), 0, "one"), change(&session("2"), 0, "two")]).await.unwrap();
        let keys = ["2", "absent", "1", "2"].map(session);
        let loaded = store.load(&keys, at(0)).await.unwrap();
        let texts: Vec<Option<&[u8]>> =
            loaded.iter().map(|record| record.as_ref().map(|record| record.bytes.as_slice())).collect();
        assert_eq!(texts, [Some(b"two".as_slice()), None, Some(b"one"), Some(b"two")]);
        assert!(store.load(&[], at(0)).await.unwrap().is_empty());
    });
}

#[test]
fn a_record_is_gone_from_the_moment_it_expires() {
    on_every_engine(async |store| {
        let key = session("1");
        store.commit(vec![expiring(&key, 0, 1_000)]).await.unwrap();
        for (now, there) in [(0, true), (999, true), (1_000, false), (1_001, false)] {
            let loaded = store.load(std::slice::from_ref(&key), at(now)).await.unwrap();
            assert_eq!(loaded[0].is_some(), there, "at {now} ms");
        }
    });
}

#[test]
fn a_sweep_deletes_what_has_expired_and_counts_it() {
    on_every_engine(async |store| {
        let [gone, edge, alive, prolonged, shortened, made_eternal, made_mortal, eternal] =
            ["1", "2", "3", "4", "5", "6", "7", "8"].map(session);
        for (key, expires) in [(&gone, 10), (&edge, 100), (&alive, 101), (&prolonged, 50), (&shortened, 5_000)] {
            store.commit(vec![expiring(key, 0, expires)]).await.unwrap();
        }
        store.commit(vec![expiring(&made_eternal, 0, 50), change(&made_mortal, 0, "")]).await.unwrap();
        store.commit(vec![change(&eternal, 0, "")]).await.unwrap();
        store.commit(vec![expiring(&prolonged, 1, 300), expiring(&shortened, 1, 60)]).await.unwrap();
        store.commit(vec![change(&made_eternal, 1, ""), expiring(&made_mortal, 1, 70)]).await.unwrap();

        assert_eq!(store.sweep(at(9)).await.unwrap(), 0);
        assert_eq!(store.sweep(at(100)).await.unwrap(), 4, "gone, edge, shortened and made_mortal");
        assert_eq!(store.sweep(at(100)).await.unwrap(), 0, "a second sweep finds nothing");
        for (key, there) in [(&gone, false), (&edge, false), (&shortened, false), (&made_mortal, false), (&alive, true)]
        {
            assert_eq!(text(store, key).await.is_some(), there);
        }
        assert_eq!(store.sweep(at(300)).await.unwrap(), 2, "alive and prolonged");
        assert_eq!(store.sweep(at(i64::MAX)).await.unwrap(), 0);
        assert!(text(store, &made_eternal).await.is_some() && text(store, &eternal).await.is_some());
    });
}

#[test]
fn an_expired_record_keeps_its_key_until_it_is_swept() {
    on_every_engine(async |store| {
        let key = session("1");
        store.commit(vec![expiring(&key, 0, 10)]).await.unwrap();
        assert_eq!(store.commit(vec![expiring(&key, 0, 2_000)]).await.unwrap(), lost(&[0]));
        assert_eq!(store.sweep(at(1_000)).await.unwrap(), 1);
        assert_eq!(store.commit(vec![expiring(&key, 0, 2_000)]).await.unwrap(), Committed::Done);
        assert_eq!(text(store, &key).await, Some(("some text".to_owned(), 1)));
    });
}

#[test]
fn sweeps_of_many_records_and_commits_go_on_together() {
    on_every_engine(async |store| {
        let keys: Vec<Key> = (0..2_000).map(|number| session(&number.to_string())).collect();
        let inserts = keys.iter().enumerate().map(|(place, key)| store.commit(vec![expiring(key, 0, place as i64)]));
        for outcome in join_all(inserts).await {
            assert_eq!(outcome.unwrap(), Committed::Done);
        }
        // Those whose update comes before the sweep does live; of the others none is left.
        let updates = join_all(keys[1_000..1_500].iter().map(|key| store.commit(vec![expiring(key, 1, 9_000)])));
        let (first, second, updated) = tokio::join!(store.sweep(at(1_499)), store.sweep(at(1_499)), updates);
        let done = updated.iter().filter(|outcome| matches!(outcome, Ok(Committed::Done))).count() as u64;
        assert_eq!(updated.iter().filter(|outcome| outcome.is_err()).count(), 0);
        assert_eq!(first.unwrap() + second.unwrap(), 1_500 - done);
        let left = store.load(&keys, at(0)).await.unwrap().iter().flatten().count() as u64;
        assert_eq!(left, 500 + done);
    });
}

#[test]
fn a_commit_whose_caller_goes_away_is_carried_out_all_the_same() {
    on_every_engine(async |store| {
        let key = session("1");
        assert!(store.commit(vec![change(&key, 0, "one")]).now_or_never().is_none(), "it has to wait for the disk");
        store.ready().await.unwrap();
        assert_eq!(text(store, &key).await, Some(("one".to_owned(), 1)));
    });
}

#[test]
fn a_closed_store_answers_every_call_with_a_fault() {
    on_every_engine(async |store| {
        let key = session("1");
        let (waiting, ()) = tokio::join!(store.commit(vec![change(&key, 0, "one")]), async { store.close() });
        assert_eq!(waiting.unwrap(), Committed::Done, "what waits when the store is closed is committed");
        store.close();
        store.clone().close();
        let fault = |outcome: Option<StoreError>| assert_eq!(outcome.unwrap().cause(), "the store is closed");
        fault(store.load(std::slice::from_ref(&key), at(0)).await.err());
        fault(store.commit(vec![change(&key, 1, "two")]).await.err());
        fault(store.list(key.kind, &key.merchant, None, 1, at(0)).await.err());
        fault(store.sweep(at(0)).await.err());
        fault(store.ready().await.err());
    });
}

#[test]
fn a_card_inside_a_record_opens_for_the_record_it_was_sealed_for() {
    on_every_engine(async |store| {
        let sealed = store.seal_card(&session("1"), &Secret::new("5123450000000008")).await.unwrap();
        assert_eq!(store.open_card(&session("1"), &sealed).await.unwrap().expose(), "5123450000000008");
        assert!(store.open_card(&session("2"), &sealed).await.is_err(), "it opened for another record");
    });
}

#[test]
fn nothing_secret_is_printed() {
    let key = session("SESSION0002123");
    let change = change(&key, 0, "5123450000000008");
    let record = Record { version: 1, expires: None, bytes: change.bytes.clone() };
    let printed = format!("{key:?} {change:?} {record:?} {:?}", settings(Path::new("/data")));
    for secret in ["SESSION0002123", "5123450000000008", "53, 49, 50", MASTER_KEY] {
        assert!(!printed.contains(secret), "{secret} in {printed}");
    }
}

/// One step against the store and the model.
#[derive(Clone, Debug)]
enum Step {
    Commit(Vec<(u8, u64, Option<i64>, Vec<u8>)>),
    Load(Vec<u8>, i64),
    Sweep(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let change = (0..6u8, 0..4u64, prop::option::of(0..100i64), prop::collection::vec(any::<u8>(), 0..3_000));
    prop_oneof![
        6 => prop::collection::vec(change, 0..4).prop_map(Step::Commit),
        2 => (prop::collection::vec(0..7u8, 0..5), 0..100i64).prop_map(|(keys, now)| Step::Load(keys, now)),
        1 => (0..100i64).prop_map(Step::Sweep),
    ]
}

type Model = HashMap<u8, (u64, Option<i64>, Vec<u8>)>;

async fn step_is_as_in_the_model(store: &Store, model: &mut Model, step: Step) {
    let key = |number: &u8| session(&number.to_string());
    match step {
        Step::Commit(mut changes) => {
            changes.sort_by_key(|change| change.0);
            changes.dedup_by_key(|change| change.0);
            let current = |number: &u8| model.get(number).map_or(0, |record| record.0);
            let expected: Vec<usize> =
                (0..changes.len()).filter(|place| current(&changes[*place].0) != changes[*place].1).collect();
            let asked = changes.iter().map(|(number, replaces, expires, bytes)| Change {
                key: key(number),
                replaces: *replaces,
                expires: expires.map(at),
                wakes: None,
                listed: false,
                bytes: Zeroizing::new(bytes.clone()),
            });
            let outcome = store.commit(asked.collect()).await.unwrap();
            if expected.is_empty() {
                assert_eq!(outcome, Committed::Done);
                for (number, replaces, expires, bytes) in changes {
                    model.insert(number, (replaces + 1, expires, bytes));
                }
            } else {
                assert_eq!(outcome, Committed::Lost { changes: expected });
            }
        }
        Step::Load(numbers, now) => {
            let keys: Vec<Key> = numbers.iter().map(key).collect();
            let loaded = store.load(&keys, at(now)).await.unwrap();
            let expected: Vec<Option<Record>> = numbers
                .iter()
                .map(|number| model.get(number).filter(|record| record.1.is_none_or(|expires| expires > now)))
                .map(|record| record.cloned())
                .map(|record| {
                    record.map(|(version, expires, bytes)| Record {
                        version,
                        expires: expires.map(at),
                        bytes: Zeroizing::new(bytes),
                    })
                })
                .collect();
            assert!(loaded == expected, "loaded {loaded:?}, the model has {expected:?}");
        }
        Step::Sweep(now) => {
            let before = model.len();
            model.retain(|_, record| record.1.is_none_or(|expires| expires > now));
            assert_eq!(store.sweep(at(now)).await.unwrap(), (before - model.len()) as u64);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn a_store_is_a_map_with_versions(steps in prop::collection::vec(step(), 1..60)) {
        on_every_engine(async |store| {
            let mut model = Model::new();
            for step in &steps {
                step_is_as_in_the_model(store, &mut model, step.clone()).await;
            }
        });
    }
}
