//! Each store with the servers that share it: one on the embedded store, two on PostgreSQL, so that a test which
//! does not care where its requests arrive shows that they may arrive anywhere.

use crate::postgres;
use crate::server::{Answer, Pairs, Server};
use nvpgate::domain::secret::Secret;
use nvpgate::store::{self, Database, MasterKey, Place, PostgresUrl, Store};
use std::future::Future;
use std::sync::atomic::{AtomicUsize, Ordering};
use tempfile::TempDir;

/// 32 bytes in hexadecimal, the same on every node.
const MASTER_KEY: &str = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

/// Servers that share a store. Requests go to one after the other.
pub struct Nodes {
    servers: Vec<Server>,
    requests: AtomicUsize,
    _nothing: Option<TempDir>,
}

/// Both stores, one after the other; the embedded one alone where PostgreSQL is not installed. What the test prints
/// when it fails says which it was.
pub fn each_store(keys: &[(&str, &str)]) -> impl Iterator<Item = Nodes> {
    let starts = [|keys: &[_]| Some(Nodes::on_the_embedded_store(keys)), |keys: &[_]| Nodes::on_postgresql(keys)];
    starts.into_iter().filter_map(move |start| start(keys))
}

/// Both stores, opened without a server; the embedded one alone where PostgreSQL is not installed. The directory of
/// the embedded store lives as long as the second value.
pub fn each_opened() -> impl Iterator<Item = (Store, Option<TempDir>)> {
    [in_a_directory, on_postgresql].into_iter().filter_map(|open| open())
}

fn in_a_directory() -> Option<(Store, Option<TempDir>)> {
    let data = tempfile::tempdir().expect("a directory for the store");
    Some((open(Place::Directory(data.path().to_owned())), Some(data)))
}

fn on_postgresql() -> Option<(Store, Option<TempDir>)> {
    let url = PostgresUrl::parse(&postgres::database()?.url()).expect("a good URL");
    Some((open(Place::Database(Database { url, allow_asynchronous_commit: false })), None))
}

fn open(place: Place) -> Store {
    println!("the store in {place:?}");
    let settings = store::Settings { place, master_key: MasterKey::Given(Secret::new(MASTER_KEY)) };
    Store::open(&settings).expect("the store opens")
}

/// Runs a future to its end.
pub fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

impl Nodes {
    fn on_the_embedded_store(keys: &[(&str, &str)]) -> Nodes {
        println!("on the embedded store");
        Nodes { servers: vec![Server::start_with(keys)], requests: AtomicUsize::new(0), _nothing: None }
    }

    /// Two nodes on one database under one master key; nothing where there is no PostgreSQL.
    pub fn on_postgresql(keys: &[(&str, &str)]) -> Option<Nodes> {
        let url = toml::Value::from(postgres::database()?.url()).to_string();
        println!("on PostgreSQL");
        let nothing = tempfile::tempdir().expect("a directory that stays empty");
        let mut keys = keys.to_vec();
        keys.push(("store", &url));
        let start = || {
            Server::start_on(nothing.path(), &keys, |config| {
                config.master_key = MasterKey::Given(Secret::new(MASTER_KEY));
            })
        };
        Some(Nodes { servers: vec![start(), start()], requests: AtomicUsize::new(0), _nothing: Some(nothing) })
    }

    /// Sends the pairs to the next node with a TEST… merchant's credentials.
    pub fn post_as(&self, merchant: &str, version: u8, pairs: &[(&str, &str)]) -> Pairs {
        self.next().post_as(merchant, version, pairs)
    }

    /// Sends any request to the next node.
    pub fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &[u8]) -> Answer {
        self.next().send(method, path, headers, body)
    }

    /// The first node.
    pub fn first(&self) -> &Server {
        &self.servers[0]
    }

    /// Another node than the first, where there is one.
    pub fn last(&self) -> &Server {
        &self.servers[self.servers.len() - 1]
    }

    /// Turns a merchant's clock on, on all nodes.
    pub fn advance(&self, merchant: &str, milliseconds: i64) {
        self.servers.iter().for_each(|server| server.advance(merchant, milliseconds));
    }

    fn next(&self) -> &Server {
        &self.servers[self.requests.fetch_add(1, Ordering::Relaxed) % self.servers.len()]
    }
}
