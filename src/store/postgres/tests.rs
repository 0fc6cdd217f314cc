//! What the shared engine promises beyond the contract: several nodes on one database, a database that goes
//! away and comes back, and how it is connected to. Without PostgreSQL none of it runs, and the run says so.

use super::batch::{Batch, COMMIT};
use super::*;
use crate::domain::secret::Secret;
use crate::store::contract::test_server::{PASSWORD_IN_URL, Server, TestDatabase, USER, database, started};
use crate::store::contract::{at, block_on, change, expiring, session, settings_of, text};
use crate::store::{Engine, Key, MasterKey, Place, Settings, Store};
use futures_util::future::join_all;
use std::time::Duration;

fn open(url: &str) -> Store {
    Store::open(&settings_of(url)).unwrap()
}

fn open_error(settings: &Settings) -> String {
    let error = Store::open(settings).expect_err("it does not open").to_string();
    assert!(!error.contains('\n') && !error.contains("secret"), "{error}");
    error
}

/// Asks the server something over a connection of its own, as a node would.
fn ask<T: for<'r> tokio_postgres::types::FromSql<'r>>(url: &str, sql: &str) -> Result<T, String> {
    let connector = Connector::new(&PostgresUrl::parse(url).unwrap()).map_err(|error| error.to_string())?;
    block_on(async {
        let client = connector.connect().await.map_err(|error| describe(&error))?;
        let row = client.query_one(sql, &[]).await.map_err(|error| describe(&error))?;
        row.try_get(0).map_err(|error| describe(&error))
    })
}

/// The URL of a test's schema, in which every transaction is as isolated as on servers that know no less.
fn serializable(database: &TestDatabase) -> String {
    database.url() + "%20-cdefault_transaction_isolation%3Dserializable"
}

/// Ends every connection to the server but those of the tests themselves.
fn cut(database: &TestDatabase, application: &str) {
    database.run(&format!(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{application}'"
    ));
}

#[test]
fn ten_nodes_that_start_at_once_make_one_store() {
    let Some(database) = database() else { return };
    let url = database.url();
    let stores: Vec<Store> = std::thread::scope(|scope| {
        let nodes: Vec<_> = (0..10).map(|_| scope.spawn(|| open(&url))).collect();
        nodes.into_iter().map(|node| node.join().unwrap()).collect()
    });
    assert_eq!(ask::<i64>(&url, "SELECT count(*) FROM nvpgate_key WHERE id = 0"), Ok(1), "hash keys");
    assert_eq!(
        ask::<i64>(&url, "SELECT count(*) FROM nvpgate_key WHERE id <> 0"),
        Ok(20),
        "data keys, one of each class a start"
    );
    assert_eq!(ask::<i64>(&url, "SELECT version FROM nvpgate_schema"), Ok(2));
    // Each writes, and the first, which knew no other's key when it started, reads it all.
    for (number, store) in stores.iter().enumerate() {
        block_on(store.commit(vec![change(&session(&number.to_string()), 0, "x")])).unwrap();
    }
    for (number, store) in stores.iter().enumerate() {
        for key in (0..10).map(|key| session(&key.to_string())) {
            assert_eq!(block_on(text(store, &key)), Some(("x".to_owned(), 1)), "node {number}");
        }
        assert_eq!(store.keyed_hash("request", b"1"), stores[0].keyed_hash("request", b"1"));
    }
}

#[test]
fn tables_of_the_first_schema_are_brought_to_the_present_one() {
    let Some(database) = database() else { return };
    let url = database.url();
    let store = open(&url);
    block_on(store.commit(vec![change(&session("1"), 0, "one")])).unwrap();
    store.close();
    let back = "DROP INDEX nvpgate_record_by_list; ALTER TABLE nvpgate_record DROP COLUMN list;
                UPDATE nvpgate_schema SET version = 1";
    let connector = Connector::new(&PostgresUrl::parse(&url).unwrap()).unwrap();
    block_on(async { connector.connect().await.unwrap().batch_execute(back).await }).unwrap();
    let store = open(&url);
    assert_eq!(block_on(text(&store, &session("1"))), Some(("one".to_owned(), 1)));
    let key = session("2");
    block_on(store.commit(vec![crate::store::Change { listed: true, ..change(&key, 0, "two") }])).unwrap();
    assert_eq!(block_on(store.list(key.kind, &key.merchant, None, 9, at(0))).unwrap().records.len(), 1);
}

/// Fifty racers on two nodes for each of some records that are there and some that are not.
fn nodes_race(url: &str) {
    let nodes = [open(url), open(url)];
    let keys: Vec<Key> = (0..20).map(|number| session(&number.to_string())).collect();
    for key in &keys[..10] {
        block_on(nodes[0].commit(vec![change(key, 0, "start")])).unwrap();
    }
    let (before, shared) = (|place: usize| u64::from(place < 10), session("shared"));
    let outcomes: Vec<Vec<Result<Committed, StoreError>>> = std::thread::scope(|scope| {
        let race = |node: usize| {
            let store = &nodes[node];
            let commits = (0..25).flat_map(|racer| {
                let (keys, shared) = (&keys, &shared);
                (0..20).map(move |place| {
                    let written = format!("{node} {racer}");
                    // Every other racer would also make a record that only one of all can make.
                    let mut changes = vec![change(&keys[place], before(place), &written)];
                    if racer % 2 == 0 {
                        changes.push(change(shared, 0, &written));
                    }
                    store.commit(changes)
                })
            });
            block_on(join_all(commits))
        };
        let other = scope.spawn(move || race(1));
        vec![race(0), other.join().unwrap()]
    });
    for (place, key) in keys.iter().enumerate() {
        let winners: Vec<String> = (0..2)
            .flat_map(|node| (0..25).map(move |racer| (node, racer)))
            .filter(|(node, racer)| matches!(outcomes[*node][racer * 20 + place], Ok(Committed::Done)))
            .map(|(node, racer)| format!("{node} {racer}"))
            .collect();
        assert_eq!(winners.len(), 1, "of 50 changes to record {place} exactly one is done, not {winners:?}");
        let expected = Some((winners[0].clone(), before(place) + 1));
        assert_eq!(block_on(text(&nodes[place % 2], key)), expected, "record {place}");
    }
    for outcome in outcomes.iter().flatten() {
        assert!(outcome.is_ok(), "{outcome:?}");
    }
}

#[test]
fn of_changes_to_one_version_on_two_nodes_exactly_one_is_done() {
    let Some(database) = database() else { return };
    nodes_race(&database.url());
}

#[test]
fn transactions_that_the_server_gives_up_are_carried_out_in_the_end() {
    let Some(database) = database() else { return };
    nodes_race(&serializable(database));
}

#[test]
fn a_batch_that_is_sent_twice_is_done_once_and_known_as_one_s_own() {
    let Some(database) = database() else { return };
    let url = database.url();
    drop(open(&url));
    let connector = Connector::new(&PostgresUrl::parse(&url).unwrap()).unwrap();
    let commit = |replaces, sealed: u8| {
        let row = Row { version: replaces + 1, expires: None, sealed: vec![sealed; 40] };
        vec![vec![SealedChange { slot: [7; 16], replaces, row, wakes: None, list: None, name: None }]]
    };
    block_on(async {
        let client = connector.connect().await.unwrap();
        let named = async |commits: &[Vec<SealedChange>]| {
            let rows = client.query(COMMIT, &Batch::of(commits).parameters()).await.unwrap();
            rows.iter().map(|row| (row.get(0), row.get(1), row.get(2))).collect::<Vec<(i32, i32, bool)>>()
        };
        assert_eq!(named(&commit(0, 1)).await, [], "the first time");
        assert_eq!(named(&commit(0, 1)).await, [(0, 0, true)], "again");
        assert_eq!(named(&commit(0, 2)).await, [(0, 0, false)], "another node's, of the same version");
        assert_eq!(named(&commit(1, 3)).await, []);
        assert_eq!(named(&commit(0, 1)).await, [(0, 0, false)], "again, when others have gone on");
    });
    let version = ask::<i64>(&url, "SELECT version FROM nvpgate_record");
    assert_eq!(version, Ok(2), "nothing was done twice");
}

#[test]
fn lost_connections_are_replaced() {
    let Some(database) = database() else { return };
    let url = database.url() + "&application_name=nvpgate-cut";
    let store = open(&url);
    let key = session("1");
    for version in 0..5 {
        block_on(store.commit(vec![expiring(&key, version, 1_000)])).unwrap();
        cut(database, "nvpgate-cut");
        assert_eq!(block_on(text(&store, &key)), Some(("some text".to_owned(), version + 1)));
        cut(database, "nvpgate-cut");
    }
    assert_eq!(block_on(store.sweep(at(1_000))).unwrap(), 1);
    cut(database, "nvpgate-cut");
    block_on(store.ready()).unwrap();
}

#[test]
fn commits_under_way_when_connections_are_cut_are_done_once() {
    let Some(database) = database() else { return };
    let url = database.url() + "&application_name=nvpgate-cut-under-way";
    let store = open(&url);
    let keys: Vec<Key> = (0..100).map(|number| session(&number.to_string())).collect();
    let (begun, begins) = std::sync::mpsc::channel();
    std::thread::scope(|scope| {
        let (store, keys) = (&store, &keys);
        scope.spawn(move || {
            for version in 0..40 {
                begun.send(()).unwrap();
                let commits = keys.iter().map(|key| store.commit(vec![change(key, version, &version.to_string())]));
                for outcome in block_on(join_all(commits)) {
                    // Were one done and then done again, the second would be lost to the first.
                    assert_eq!(outcome.unwrap(), Committed::Done, "version {version}");
                }
            }
        });
        for () in begins {
            cut(database, "nvpgate-cut-under-way");
        }
    });
    for key in &keys {
        assert_eq!(block_on(text(&store, key)), Some(("39".to_owned(), 40)));
    }
}

#[test]
fn while_the_database_is_away_callers_are_told_to_come_again() {
    let Some(server) = Server::of_its_own() else { return };
    let store = open(&server.url());
    let key = session("1");
    block_on(store.commit(vec![change(&key, 0, "one")])).unwrap();
    server.interrupt();
    let begin = std::time::Instant::now();
    let (loaded, committed, swept, ready) = block_on(async {
        let keys = [key.clone()];
        tokio::join!(
            store.load(&keys, at(0)),
            store.commit(vec![change(&key, 1, "two")]),
            store.sweep(at(0)),
            store.ready()
        )
    });
    let errors = [loaded.err(), committed.err(), swept.err(), ready.err()];
    assert!(errors.iter().all(|error| matches!(error, Some(StoreError::Busy { .. }))), "{errors:?}");
    let limit = limits::STORE_TIME + Duration::from_secs(3);
    assert!(begin.elapsed() < limit, "it took {:?}", begin.elapsed());
    server.resume();
    block_on(store.ready()).unwrap();
    assert_eq!(block_on(text(&store, &key)), Some(("one".to_owned(), 1)), "what was refused was not done");
    assert_eq!(block_on(store.commit(vec![change(&key, 1, "two")])).unwrap(), Committed::Done);
}

#[test]
fn one_node_sweeps_at_a_time_and_passes_over_what_is_being_changed() {
    let Some(database) = database() else { return };
    let url = database.url();
    let store = open(&url);
    let (changing, other) = (session("1"), session("2"));
    block_on(store.commit(vec![expiring(&changing, 0, 10), expiring(&other, 0, 10)])).unwrap();
    let Engine::Postgres(_) = &store.inner.engine else { panic!("it is the shared engine") };
    let connector = Connector::new(&PostgresUrl::parse(&url).unwrap()).unwrap();
    block_on(async {
        let mut client = connector.connect().await.unwrap();
        let alone = client.transaction().await.unwrap();
        let lock = "SELECT pg_advisory_xact_lock(1853255783, 'nvpgate_record'::regclass::oid::int4)";
        alone.execute(lock, &[]).await.unwrap();
        assert_eq!(store.sweep(at(10)).await.unwrap(), 0, "another node sweeps");
        alone.rollback().await.unwrap();
        let change = client.transaction().await.unwrap();
        change.execute("SELECT FROM nvpgate_record LIMIT 1 FOR UPDATE", &[]).await.unwrap();
        assert_eq!(store.sweep(at(10)).await.unwrap(), 1, "one of two is locked");
        change.rollback().await.unwrap();
        assert_eq!(store.sweep(at(10)).await.unwrap(), 1, "and goes next time");
    });
}

#[test]
fn what_does_not_open_says_why_in_one_line() {
    let Some(server) = started() else { return };
    let url = server.url();
    drop(open(&url));
    let of = |url: &str| settings_of(url);
    let tcp = |user: &str, password: &str, database: &str, rest: &str| {
        format!("postgres://{user}:{password}@127.0.0.1:{}/{database}?{rest}", server.port())
    };

    let error = open_error(&Settings { master_key: MasterKey::InDataDirectory, ..of(&url) });
    assert!(error.starts_with("master_key_file: ") && error.contains("NVPGATE_MASTER_KEY"), "{error}");

    let error = open_error(&Settings { master_key: MasterKey::Given(Secret::new("ab".repeat(32))), ..of(&url) });
    assert!(error.starts_with("master_key_file or NVPGATE_MASTER_KEY: ") && !error.contains("abab"), "{error}");

    let error = open_error(&of("postgres://u:secret@127.0.0.1:1/d"));
    assert!(
        error.starts_with("store: cannot connect to the database at 127.0.0.1:1: ") && error.contains("refused"),
        "{error}"
    );

    let error = open_error(&of(&tcp(USER, "secret", "postgres", "")));
    assert!(error.starts_with("store: the database server says: password authentication failed"), "{error}");

    let error = open_error(&of(&tcp(USER, PASSWORD_IN_URL, "absent", "")));
    assert!(
        error.starts_with("store: ") && error.contains("\"absent\" does not exist") && error.contains("createdb"),
        "{error}"
    );

    server.run("CREATE ROLE nobodys_friend LOGIN");
    let without_rights = server.url().replace(&format!("user={USER}"), "user=nobodys_friend");
    let error = open_error(&of(&without_rights));
    assert!(error.starts_with("store: ") && error.contains("allowed to USE the schema, to CREATE"), "{error}");

    let schema = url.rsplit_once("%3D").unwrap().1;
    server.run(&format!("GRANT USAGE ON SCHEMA {schema} TO nobodys_friend"));
    for granted in ["SELECT ON ALL TABLES IN SCHEMA", "SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA"] {
        server.run(&format!("GRANT {granted} {schema} TO nobodys_friend"));
        let error = open_error(&of(&url.replace(&format!("user={USER}"), "user=nobodys_friend")));
        assert!(error.starts_with("store: ") && error.contains("permission denied"), "with {granted}: {error}");
    }
    server.run(&format!("GRANT DELETE ON ALL TABLES IN SCHEMA {schema} TO nobodys_friend"));
    drop(open(&url.replace(&format!("user={USER}"), "user=nobodys_friend")));

    let asynchronous = format!("{url}%20-csynchronous_commit%3Doff");
    let error = open_error(&of(&asynchronous));
    assert!(
        error.starts_with("store_allow_asynchronous_commit: ") && error.contains("synchronous_commit = off"),
        "{error}"
    );
    let mut allowed = of(&asynchronous);
    if let Place::Database(database) = &mut allowed.place {
        database.allow_asynchronous_commit = true;
    }
    drop(Store::open(&allowed).unwrap());

    server.run(&format!("UPDATE {schema}.nvpgate_schema SET version = 3"));
    let error = open_error(&of(&url));
    assert!(error.starts_with("store: ") && error.contains("have schema 3") && error.contains("up to 2"), "{error}");
}

#[test]
fn the_connection_is_encrypted_and_the_server_known_as_the_url_asks() {
    let Some(server) = started() else { return };
    let is_encrypted = |host: &str, rest: &str| {
        let url = format!("postgres://{USER}:{PASSWORD_IN_URL}@{host}:{}/postgres?{rest}", server.port());
        ask::<bool>(&url, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()")
    };
    let root = format!("sslrootcert={}", server.certificate().display());
    for (host, rest, expected) in [
        ("127.0.0.1", "sslmode=disable".to_owned(), Ok(false)),
        ("127.0.0.1", String::new(), Ok(true)),
        ("127.0.0.1", "sslmode=require".to_owned(), Ok(true)),
        ("127.0.0.1", format!("sslmode=require&{root}"), Ok(true)),
        ("127.0.0.1", format!("sslmode=verify-ca&{root}"), Ok(true)),
        ("localhost", format!("sslmode=verify-full&{root}"), Ok(true)),
        ("127.0.0.1", format!("sslmode=verify-full&{root}"), Err("not valid for name")),
        ("localhost", "sslmode=verify-full".to_owned(), Err("UnknownIssuer")),
        ("localhost", "sslmode=verify-ca".to_owned(), Err("UnknownIssuer")),
        (
            "localhost",
            "sslmode=verify-full&sslrootcert=/nonexistent.pem".to_owned(),
            Err("sslrootcert: cannot use /nonexistent.pem"),
        ),
    ] {
        match (is_encrypted(host, &rest), expected) {
            (Err(said), Err(words)) => assert!(said.contains(words), "{host} {rest}: {said}"),
            (found, expected) => assert_eq!(found, expected.map_err(str::to_owned), "{host} {rest}"),
        }
    }
}

#[test]
fn what_the_database_holds_tells_nothing() {
    let Some(database) = database() else { return };
    let url = database.url();
    let store = open(&url);
    let key = session("SESSION0002ABC");
    block_on(store.commit(vec![change(&key, 0, "5123450000000008")])).unwrap();
    for sought in ["SESSION0002ABC", "5123450000000008", "TESTMERCHANT"] {
        let sql = format!(
            "SELECT count(*) FROM nvpgate_record WHERE position('{sought}'::bytea IN sealed) > 0 \
             OR position('{sought}' IN nvpgate_record::text) > 0"
        );
        assert_eq!(ask::<i64>(&url, &sql), Ok(0), "{sought}");
    }
    database.run(&format!("DELETE FROM {}.nvpgate_key WHERE id <> 0", url.rsplit_once("%3D").unwrap().1));
    let error = block_on(open(&url).load(&[key], at(0))).unwrap_err();
    assert!(matches!(&error, StoreError::Fault(_)), "a record whose key is gone is no absent record: {error:?}");
}
