//! What the embedded engine promises beyond the contract: its files, its locks, its end.

use super::*;
use crate::domain::secret::Secret;
use crate::store::contract::{at, block_on, change, session, settings, text};
use crate::store::seal::{SEALS_PER_KEY, Sealer};
use crate::store::{Engine, Inner, Key, MasterKey, Place, Store, StoreError};
use futures_util::future::{FutureExt, join_all};
use std::os::unix::fs::PermissionsExt;
use std::sync::{Arc, mpsc};
use tempfile::TempDir;

fn open(data: &Path) -> Store {
    Store::open(&settings(data)).unwrap()
}

fn open_error(data: &Path) -> String {
    Store::open(&settings(data)).unwrap_err().to_string()
}

/// A second connection, as somebody with access to the file has it.
fn intruder(data: &Path) -> Connection {
    Connection::open(data.join(FILE)).unwrap()
}

fn put(store: &Store, key: &Key, replaces: u64, content: &str) -> Result<Committed, StoreError> {
    block_on(store.commit(vec![change(key, replaces, content)]))
}

/// The files as a crash at this moment would leave them, on a machine that goes on.
fn copy_of(data: &Path) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    for file in fs::read_dir(data).unwrap() {
        let file = file.unwrap();
        fs::copy(file.path(), copy.path().join(file.file_name())).unwrap();
    }
    copy
}

#[test]
fn the_directory_and_its_files_are_the_owner_s_alone() {
    let parent = tempfile::tempdir().unwrap();
    let data = parent.path().join("deep/data");
    let settings =
        crate::store::Settings { place: Place::Directory(data.clone()), master_key: MasterKey::InDataDirectory };
    let store = Store::open(&settings).unwrap();
    put(&store, &session("1"), 0, "one").unwrap();
    assert_eq!(fs::metadata(&data).unwrap().permissions().mode() & 0o777, 0o700);
    let mut names = Vec::new();
    for file in fs::read_dir(&data).unwrap() {
        let file = file.unwrap();
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600, "{:?}", file.file_name());
        names.push(file.file_name().into_string().unwrap());
    }
    names.sort();
    assert_eq!(names, ["lock", "master.key", "nvpgate.db", "nvpgate.db-shm", "nvpgate.db-wal"]);
    store.close();
    assert!(!data.join("nvpgate.db-wal").exists(), "the log is moved and gone once the store is closed");
    let again = Store::open(&settings).unwrap();
    assert_eq!(block_on(text(&again, &session("1"))), Some(("one".to_owned(), 1)));
}

#[test]
fn a_second_store_on_the_same_directory_is_refused_until_the_first_is_closed() {
    let data = tempfile::tempdir().unwrap();
    let store = open(data.path());
    let place = data.path().display();
    assert_eq!(
        open_error(data.path()),
        format!("data: {place} is in use by another nvpgate process; stop it or name another directory")
    );
    put(&store, &session("1"), 0, "one").unwrap();
    store.close();
    let second = open(data.path());
    drop(store);
    assert_eq!(block_on(text(&second, &session("1"))), Some(("one".to_owned(), 1)));
    drop(second);
    open(data.path());
}

#[test]
fn what_was_acknowledged_survives_a_crash() {
    let data = tempfile::tempdir().unwrap();
    let store = open(data.path());
    let keys: Vec<Key> = (0..300).map(|number| session(&number.to_string())).collect();
    for replaces in 0..3 {
        let commits = keys.iter().map(|key| store.commit(vec![change(key, replaces, &replaces.to_string())]));
        for outcome in block_on(join_all(commits)) {
            assert_eq!(outcome.unwrap(), Committed::Done);
        }
    }
    let copy = copy_of(data.path());
    assert!(copy.path().join("nvpgate.db-wal").metadata().unwrap().len() > 0, "the log was not moved before");
    let after = open(copy.path());
    for key in &keys {
        assert_eq!(block_on(text(&after, key)), Some(("2".to_owned(), 3)));
    }
}

#[test]
fn files_that_are_not_ours_are_refused_and_left_as_they_are() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join(FILE);
    let foreign = format!("data: {} is not a store of nvpgate", file.display());

    fs::write(&file, "this is a text and no database, though it is long enough to be looked at".repeat(20)).unwrap();
    assert_eq!(open_error(data.path()), foreign);
    fs::remove_file(&file).unwrap();

    intruder(data.path()).execute_batch("CREATE TABLE own (a)").unwrap();
    let before = fs::read(&file).unwrap();
    assert_eq!(open_error(data.path()), foreign);
    assert_eq!(fs::read(&file).unwrap(), before);
}

#[test]
fn a_format_from_another_time_is_refused() {
    let data = tempfile::tempdir().unwrap();
    open(data.path()).close();
    intruder(data.path()).pragma_update(None, "user_version", FORMAT + 1).unwrap();
    let place = data.path().join(FILE);
    assert_eq!(
        open_error(data.path()),
        format!("data: {} has format 4, this nvpgate reads format 3; use the version that wrote it", place.display())
    );
}

#[test]
fn a_store_of_the_first_format_is_brought_to_the_present_one() {
    let data = tempfile::tempdir().unwrap();
    let store = open(data.path());
    put(&store, &session("1"), 0, "one").unwrap();
    store.close();
    let back = "DROP INDEX record_by_wakes; ALTER TABLE record DROP COLUMN wakes; ALTER TABLE record DROP COLUMN name;
                DROP INDEX record_by_list; ALTER TABLE record DROP COLUMN list; PRAGMA user_version = 1";
    intruder(data.path()).execute_batch(back).unwrap();
    let store = open(data.path());
    assert_eq!(block_on(text(&store, &session("1"))), Some(("one".to_owned(), 1)));
    let waking = crate::store::Change { wakes: Some(at(5)), ..change(&session("2"), 0, "two") };
    block_on(store.commit(vec![waking])).unwrap();
    assert_eq!(block_on(store.awake(None, at(5), 9)).unwrap().records.len(), 1);
    let listed = crate::store::Change { listed: true, ..change(&session("3"), 0, "three") };
    block_on(store.commit(vec![listed])).unwrap();
    let key = session("3");
    assert_eq!(block_on(store.list(key.kind, &key.merchant, None, 9, at(0))).unwrap().records.len(), 1);
}

#[test]
fn an_unusable_directory_is_named() {
    let data = tempfile::tempdir().unwrap();
    let file = data.path().join("file");
    fs::write(&file, "").unwrap();
    let error = open_error(&file);
    assert!(error.starts_with(&format!("data: cannot use the directory {}: ", file.display())), "{error}");
    assert!(!error.contains('\n'), "{error}");
}

#[test]
fn another_master_key_is_refused_and_changes_nothing() {
    let data = tempfile::tempdir().unwrap();
    let store = open(data.path());
    put(&store, &session("1"), 0, "one").unwrap();
    store.close();
    let other = "ff".repeat(32);
    let mut settings = settings(data.path());
    settings.master_key = MasterKey::Given(Secret::new(other.as_str()));
    let error = Store::open(&settings).unwrap_err().to_string();
    assert!(error.contains("master_key_file") && error.contains("NVPGATE_MASTER_KEY"), "{error}");
    assert!(!error.contains(&other) && !error.contains('\n'), "{error}");
    assert_eq!(block_on(text(&open(data.path()), &session("1"))), Some(("one".to_owned(), 1)));
}

#[test]
fn neither_text_nor_id_is_found_in_any_file() {
    let data = tempfile::tempdir().unwrap();
    let store = open(data.path());
    let key = session("SESSION0002ABCDEFGHIJKLMNOPQRST");
    put(&store, &key, 0, "sourceOfFunds.provided.card.number=5123450000000008").unwrap();
    put(&store, &key, 1, "sourceOfFunds.provided.card.number=5123450000000008&again").unwrap();
    for closed in [false, true] {
        if closed {
            store.close();
        }
        for file in fs::read_dir(data.path()).unwrap() {
            let file = file.unwrap();
            let bytes = fs::read(file.path()).unwrap();
            for secret in ["SESSION0002", "ABCDEFGHIJKLMNOPQRST", "TESTMERCHANT", "sourceOfFunds", "5123450000000008"] {
                let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
                assert!(!found, "{secret} in {:?}, closed: {closed}", file.file_name());
            }
        }
    }
}

#[test]
fn a_record_that_was_moved_or_put_back_or_prolonged_does_not_open() {
    let data = tempfile::tempdir().unwrap();
    let store = open(data.path());
    let (one, two) = (session("1"), session("2"));
    put(&store, &one, 0, "one").unwrap();
    put(&store, &two, 0, "two").unwrap();
    let file = intruder(data.path());
    file.execute_batch("CREATE TEMP TABLE old AS SELECT * FROM record").unwrap();
    put(&store, &one, 1, "one, used").unwrap();
    let refused = |what: &str| {
        let fault = block_on(store.load(std::slice::from_ref(&one), at(0))).expect_err(what);
        assert!(fault.cause().contains("does not open"), "{what}: {}", fault.cause());
    };
    let current: Vec<u8> = file.query_row("SELECT sealed FROM record WHERE number = 1", (), |row| row.get(0)).unwrap();

    file.execute("UPDATE record SET sealed = (SELECT sealed FROM old WHERE old.number = 1) WHERE number = 1", ())
        .unwrap();
    refused("an earlier text under the current version");
    file.execute("UPDATE record SET sealed = (SELECT sealed FROM old WHERE old.number = 2) WHERE number = 1", ())
        .unwrap();
    refused("another record's text");
    file.execute("UPDATE record SET sealed = ?1, expires = 9999999999999 WHERE number = 1", [&current]).unwrap();
    refused("another expiry");
    file.execute("UPDATE record SET expires = NULL, sealed = x'01' WHERE number = 1", ()).unwrap();
    let fault = block_on(store.load(std::slice::from_ref(&one), at(0))).unwrap_err();
    assert!(fault.cause().contains("unknown form"), "{}", fault.cause());

    file.execute("UPDATE record SET sealed = ?1 WHERE number = 1", [&current]).unwrap();
    assert_eq!(block_on(text(&store, &one)), Some(("one, used".to_owned(), 2)), "as it was, it opens");
}

#[test]
fn data_keys_are_replaced_in_time_and_old_ones_still_open() {
    let data = tempfile::tempdir().unwrap();
    let store = Store::open_with(&settings(data.path()), 10).unwrap();
    let keys: Vec<Key> = (0..25).map(|number| session(&number.to_string())).collect();
    for key in &keys {
        put(&store, key, 0, "first").unwrap();
    }
    let kept = |data: &Path| -> i64 {
        intruder(data).query_row("SELECT count(*) FROM wrapped_key", (), |row| row.get(0)).unwrap()
    };
    assert_eq!(kept(data.path()), 1 + 2 + 2, "the hash key, the first data key of each class, and one after each ten");
    let used: i64 = intruder(data.path())
        .query_row("SELECT count(DISTINCT substr(sealed, 2, 8)) FROM record", (), |row| row.get(0))
        .unwrap();
    assert_eq!(used, 3);
    store.close();
    let store = open(data.path());
    assert_eq!(kept(data.path()), 1 + 2 + 2 + 2, "each start has keys of its own");
    for key in &keys {
        assert_eq!(block_on(text(&store, key)), Some(("first".to_owned(), 1)));
    }
}

/// A store whose file may not grow past so many pages, as on a full disk.
fn open_with_little_room(data: &Path, pages: i64) -> Store {
    let opening = Unopened::lock(data).unwrap().open().unwrap();
    opening.connection.pragma_update(None, "max_page_count", pages).unwrap();
    let master = settings(data).master_key.bytes(data, false).unwrap();
    let (sealer, made) = Sealer::open(&master, &opening.keys().unwrap(), SEALS_PER_KEY).unwrap();
    opening.keep_keys(&made).unwrap();
    let engine = Engine::Embedded(opening.start().unwrap());
    Store { inner: Arc::new(Inner { sealer, engine }) }
}

#[test]
fn a_full_disk_is_a_fault_for_those_who_wait_and_no_end() {
    let data = tempfile::tempdir().unwrap();
    let store = open_with_little_room(data.path(), 40);
    let text_of_a_page = "x".repeat(4_000);
    let expiring = |number: usize| crate::store::Change {
        expires: Some(at(10)),
        ..change(&session(&number.to_string()), 0, &text_of_a_page)
    };
    let mut kept = 0;
    let fault = loop {
        match block_on(store.commit(vec![expiring(kept)])) {
            Ok(Committed::Done) => kept += 1,
            Ok(lost) => panic!("nobody else inserts, and yet: {lost:?}"),
            Err(fault) => break fault,
        }
    };
    assert!(fault.cause().starts_with("cannot write to the store: "), "{}", fault.cause());
    let many = block_on(join_all((0..20).map(|number| store.commit(vec![expiring(kept + number)]))));
    assert!(many.iter().all(Result::is_err), "each of those who wait is told");
    assert_eq!(block_on(text(&store, &session("0"))).map(|(_, version)| version), Some(1), "reading goes on");
    assert_eq!(block_on(store.sweep(at(10))).unwrap(), kept as u64, "deleting needs no room");
    assert_eq!(block_on(store.commit(vec![expiring(kept)])).unwrap(), Committed::Done, "and makes some");
    block_on(store.ready()).unwrap();
}

#[test]
fn where_the_writer_has_died_nobody_hangs() {
    let data = tempfile::tempdir().unwrap();
    open(data.path()).close();
    let (jobs, received) = mpsc::channel::<Job>();
    let thread = std::thread::spawn(move || {
        let first = received.recv();
        assert!(first.is_err(), "dies with the first job in its hands");
    });
    let embedded = Embedded {
        path: data.path().join(FILE),
        jobs,
        readers: Mutex::new(Some(Vec::new())),
        thread: Mutex::new(Some(thread)),
    };
    let outcomes = block_on(join_all((0..10).map(|_| embedded.commit(Vec::new()))));
    assert!(outcomes.iter().all(Result::is_err));
    assert!(block_on(embedded.ready()).is_err(), "a store that cannot write is not ready");
    assert!(embedded.load(&[Slot::default()]).is_ok(), "reading does not need the writer");
}

#[test]
fn reading_does_not_wait_for_who_writes() {
    let data = tempfile::tempdir().unwrap();
    let store = open(data.path());
    put(&store, &session("1"), 0, "one").unwrap();
    let other = intruder(data.path());
    other.execute_batch("BEGIN IMMEDIATE; UPDATE record SET version = 7").unwrap();
    let mut waiting = Box::pin(store.commit(vec![change(&session("1"), 1, "two")]));
    block_on(async {
        assert!((&mut waiting).now_or_never().is_none(), "the commit waits for the other writer");
        assert_eq!(text(&store, &session("1")).await, Some(("one".to_owned(), 1)));
    });
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(block_on(waiting).unwrap(), Committed::Done);
}

#[test]
fn the_files_do_not_grow_once_they_hold_the_live_records() {
    const RECORDS: usize = 2_000;
    let data = tempfile::tempdir().unwrap();
    let store = open(data.path());
    let content = "x".repeat(1_000);
    // A stride through the records, so that those that are committed together lie on different pages.
    let keys: Vec<Key> = (0..RECORDS).map(|number| session(&(number * 7 % RECORDS).to_string())).collect();
    let size = |name: &str| fs::metadata(data.path().join(name)).map_or(0, |file| file.len());
    let round = |order: &mut dyn Iterator<Item = usize>, replaces: u64| {
        let commits = order.map(|place| store.commit(vec![change(&keys[place], replaces, &content)]));
        for outcome in block_on(join_all(commits)) {
            assert_eq!(outcome.unwrap(), Committed::Done);
        }
    };
    round(&mut (0..RECORDS), 0);
    // About 8 MB of log each, 120 in all.
    for replaces in 1..16 {
        round(&mut (0..RECORDS).map(|place| place * 11 % RECORDS), replaces);
    }
    let log = size("nvpgate.db-wal");
    assert!(log < 40 * 1024 * 1024, "the log has {log} bytes and should have begun anew at 32 MB");
    store.close();
    let closed = size(FILE);
    assert!(closed < 2 * 1_000 * RECORDS as u64, "{closed} bytes for 2 MB of live records");
}
