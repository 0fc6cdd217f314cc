//! Three nodes on one database under load: nodes are killed and started again, the database crashes twice, and
//! nothing acknowledged is lost, nothing is done twice, and every session has one history.
//!
//! `NVPGATE_TEST_NODES_SECONDS` makes the load last longer than 15 seconds; `NVPGATE_TEST_NODES_SEED` draws the
//! same requests and kills again, though threads never meet in the same way twice.

use crate::postgres::{Server as Database, last_words};
use crate::server::{Child, PASSWORD, PATIENCE, Pairs};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::RwLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};
use ureq::Agent;

const NODES: usize = 3;
const CLIENTS: usize = 8;

/// Sessions that all clients update at all nodes, under optimistic locking.
const SHARED_SESSIONS: usize = 4;

/// Longest time between two kills of a node.
const BETWEEN_KILLS: Duration = Duration::from_millis(1500);

/// 32 zero bytes, the same on every node.
const MASTER_KEY: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The nodes as clients see them: three addresses, behind which a process may be gone.
struct Cluster {
    addresses: RwLock<[SocketAddr; NODES]>,
    agent: Agent,
    requests: AtomicUsize,
    busy: AtomicUsize,
    unanswered: AtomicUsize,
}

/// What came of one request.
enum Heard {
    Answer(String),
    /// SERVER_BUSY, or nothing: it may have been carried out.
    Nothing,
}

impl Cluster {
    fn ask(&self, node: usize, operation: &str, own: &[(&str, &str)]) -> Heard {
        let caller = [
            ("apiOperation", operation),
            ("merchant", "TESTNODES"),
            ("apiUsername", "merchant.TESTNODES"),
            ("apiPassword", PASSWORD),
        ];
        let body = serde_urlencoded::to_string([&caller, own].concat()).expect("pairs can be encoded");
        let address = format!("http://{}/api/nvp/version/100", self.addresses.read().expect("no writer fails")[node]);
        self.requests.fetch_add(1, Ordering::Relaxed);
        let answered = self.agent.post(address).content_type("application/x-www-form-urlencoded").send(body);
        match answered.and_then(|mut answer| answer.body_mut().read_to_string()) {
            Err(_) => {
                self.unanswered.fetch_add(1, Ordering::Relaxed);
                Heard::Nothing
            }
            Ok(answer) if decode(&answer).get("error.cause").is_some_and(|cause| cause == "SERVER_BUSY") => {
                self.busy.fetch_add(1, Ordering::Relaxed);
                Heard::Nothing
            }
            Ok(answer) => Heard::Answer(answer),
        }
    }

    /// Asks one node after the other until one answers.
    fn insist(&self, first: usize, operation: &str, own: &[(&str, &str)]) -> String {
        let begin = Instant::now();
        for node in first.. {
            if let Heard::Answer(answer) = self.ask(node % NODES, operation, own) {
                return answer;
            }
            assert!(begin.elapsed() < PATIENCE, "{operation} was answered by no node");
        }
        unreachable!("nodes do not run out")
    }
}

/// One update that a client asked for under the version it had read.
struct Update {
    session: usize,
    reference: String,
    from: String,
    /// The version it made, if it was acknowledged.
    made: Option<String>,
}

/// A payment that was acknowledged.
struct Payment {
    order: String,
    session: String,
    answer: String,
}

/// What one client has done and seen.
#[derive(Default)]
struct Diary {
    updates: Vec<Update>,
    /// Who made which version of which session: the reference that was read with it.
    seen: BTreeSet<(usize, String, String)>,
    /// Payments out of a session, and what they were answered.
    paid: Vec<Payment>,
    /// Orders that two requests were for at once.
    contested: Vec<String>,
}

struct Client<'c> {
    name: String,
    cluster: &'c Cluster,
    shared: &'c [String],
    chance: StdRng,
    diary: Diary,
    number: usize,
}

const CARD: &[(&str, &str)] = &[
    ("order.amount", "50.00"),
    ("order.currency", "USD"),
    ("sourceOfFunds.type", "CARD"),
    ("sourceOfFunds.provided.card.number", "5123450000000008"),
    ("sourceOfFunds.provided.card.expiry.month", "01"),
    ("sourceOfFunds.provided.card.expiry.year", "39"),
    ("sourceOfFunds.provided.card.securityCode", "100"),
];

impl Client<'_> {
    fn work(mut self, until: Instant) -> Diary {
        while Instant::now() < until {
            self.number += 1;
            match self.chance.random_range(0..10) {
                0..6 => self.update_shared(),
                6..9 => self.pay(),
                _ => self.pay_twice_at_once(),
            }
        }
        self.diary
    }

    fn node(&mut self) -> usize {
        self.chance.random_range(0..NODES)
    }

    /// Reads a session at one node and updates what it has read at another.
    fn update_shared(&mut self) {
        let (reading, writing) = (self.node(), self.node());
        let session = self.chance.random_range(0..self.shared.len());
        let id = self.shared[session].as_str();
        let Heard::Answer(read) = self.cluster.ask(reading, "RETRIEVE_SESSION", &[("session.id", id)]) else { return };
        let read = decode(&read);
        let from = read["session.version"].clone();
        let reference = read.get("order.reference").cloned().unwrap_or_default();
        self.diary.seen.insert((session, from.clone(), reference));
        let reference = format!("{}-{}", self.name, self.number);
        let own = [("session.id", id), ("session.version", from.as_str()), ("order.reference", reference.as_str())];
        let made = match self.cluster.ask(writing, "UPDATE_SESSION", &own) {
            Heard::Nothing => None,
            Heard::Answer(answer) => {
                let answer = decode(&answer);
                if answer.get("error.field").is_some_and(|field| field == "session.version") {
                    return;
                }
                assert_eq!(answer.get("session.updateStatus").map(String::as_str), Some("SUCCESS"), "{answer:?}");
                Some(answer["session.version"].clone())
            }
        };
        self.diary.updates.push(Update { session, reference, from, made });
    }

    /// Pays out of a session of its own, and repeats what is not answered at the next node.
    fn pay(&mut self) {
        let node = self.node();
        let created = decode(&self.cluster.insist(node, "CREATE_SESSION", &[]));
        let session = [("session.id", created["session.id"].as_str())];
        let updated = self.cluster.insist(node + 1, "UPDATE_SESSION", &[&session, CARD].concat());
        assert_eq!(decode(&updated)["session.updateStatus"], "SUCCESS");
        let order = format!("{}-{}", self.name, self.number);
        let own = [&session[..], &[("order.id", &order), ("transaction.id", "1")]].concat();
        let paid = self.cluster.insist(node + 2, "PAY", &own);
        assert_eq!(decode(&paid)["result"], "SUCCESS", "{paid}");
        self.diary.paid.push(Payment { order, session: created["session.id"].clone(), answer: paid });
    }

    /// Asks two nodes at once to charge the same order, by the same request or by different ones.
    fn pay_twice_at_once(&mut self) {
        let (node, other) = (self.node(), if self.chance.random() { "1" } else { "2" });
        let order = format!("{}-{}", self.name, self.number);
        let pay = |node, transaction| {
            let own = [CARD, &[("order.id", order.as_str()), ("transaction.id", transaction)]].concat();
            decode(&self.cluster.insist(node, "PAY", &own))
        };
        let answers = std::thread::scope(|scope| {
            let second = scope.spawn(|| pay(node + 1, other));
            [pay(node, "1"), second.join().expect("it pays or is refused")]
        });
        let paid = answers.iter().filter(|answer| answer["result"] == "SUCCESS").count();
        match other {
            "1" => assert!(paid == 2 && answers[0] == answers[1], "the same request has one answer: {answers:?}"),
            _ => assert!(paid == 1, "of different requests one charges the order: {answers:?}"),
        }
        self.diary.contested.push(order);
    }
}

fn decode(answer: &str) -> Pairs {
    serde_urlencoded::from_str(answer).expect("an encoded body")
}

fn number_from_environment(name: &str) -> Option<u64> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is no number: {text}")))
}

/// The updates of one session in the order in which they happened, found from its last version back to its
/// first: each version was made by the update whose reference was read with it.
fn history<'d>(session: usize, first: &str, last: (&str, &str), diaries: &'d [Diary]) -> Vec<&'d Update> {
    let asked: BTreeMap<&str, &Update> = diaries
        .iter()
        .flat_map(|diary| &diary.updates)
        .filter(|update| update.session == session)
        .map(|update| (update.reference.as_str(), update))
        .collect();
    let mut maker: BTreeMap<&str, &str> = BTreeMap::from([last]);
    for (of, version, reference) in diaries.iter().flat_map(|diary| &diary.seen) {
        if *of == session {
            let known = maker.insert(version, reference);
            assert!(known.is_none_or(|known| known == reference), "two updates made {version} of session {session}");
        }
    }
    let mut happened = Vec::new();
    let mut version = last.0;
    while version != first {
        let update = asked[maker[version]];
        if let Some(made) = &update.made {
            assert_eq!(made, version, "the update that was told one version made another");
        }
        happened.push(update);
        assert!(happened.len() <= asked.len(), "the history of session {session} goes in a circle");
        version = &update.from;
    }
    happened.reverse();
    happened
}

#[test]
fn three_nodes_lose_nothing_and_do_nothing_twice() {
    let Some(database) = Database::of_its_own() else { return };
    let seconds = number_from_environment("NVPGATE_TEST_NODES_SECONDS").unwrap_or(15);
    let seed = number_from_environment("NVPGATE_TEST_NODES_SEED").unwrap_or_else(rand::random);
    println!("NVPGATE_TEST_NODES_SEED={seed}");
    let mut chance = StdRng::seed_from_u64(seed);

    let url = database.url();
    let nothing = tempfile::tempdir().expect("a directory that stays empty");
    let start = || {
        let variables = [("NVPGATE_STORE", url.as_str()), ("NVPGATE_MASTER_KEY", MASTER_KEY), ("RUST_LOG", "off")];
        Child::start_on(nothing.path(), &variables)
    };
    let mut nodes: Vec<Child> = std::thread::scope(|scope| {
        let starting: Vec<_> = (0..NODES).map(|_| scope.spawn(start)).collect();
        starting.into_iter().map(|node| node.join().expect("nodes start at the same time")).collect()
    });
    let cluster = Cluster {
        addresses: RwLock::new([0, 1, 2].map(|node: usize| nodes[node].address)),
        agent: Agent::config_builder().proxy(None).timeout_global(Some(PATIENCE)).build().into(),
        requests: AtomicUsize::new(0),
        busy: AtomicUsize::new(0),
        unanswered: AtomicUsize::new(0),
    };
    let created: Vec<Pairs> =
        (0..SHARED_SESSIONS).map(|node| decode(&cluster.insist(node, "CREATE_SESSION", &[]))).collect();
    let shared: Vec<String> = created.iter().map(|session| session["session.id"].clone()).collect();

    let load = Duration::from_secs(seconds);
    let until = Instant::now() + load;
    let (mut kills, mut crashes) = (0, 0);
    let diaries: Vec<Diary> = std::thread::scope(|scope| {
        let (done, all_done) = mpsc::channel::<()>();
        let clients: Vec<_> = (0..CLIENTS)
            .map(|number| {
                let client = Client {
                    name: format!("client-{number}"),
                    cluster: &cluster,
                    shared: &shared,
                    chance: StdRng::seed_from_u64(chance.random()),
                    diary: Diary::default(),
                    number: 0,
                };
                let done = done.clone();
                scope.spawn(move || {
                    let diary = client.work(until);
                    drop(done);
                    diary
                })
            })
            .collect();
        drop(done);
        loop {
            let pause = BETWEEN_KILLS.mul_f64(chance.random());
            // All clients gone is all that is ever heard on this channel.
            if all_done.recv_timeout(pause) == Err(RecvTimeoutError::Disconnected) {
                break;
            }
            let passed = load.saturating_sub(until.saturating_duration_since(Instant::now()));
            if crashes < 2 && passed > load.mul_f64(0.3 * f64::from(crashes + 1)) {
                database.interrupt();
                database.resume();
                crashes += 1;
            } else {
                let node = chance.random_range(0..NODES);
                // SIGKILL, and then the start of another process.
                drop(nodes.remove(node));
                nodes.insert(node, start());
                cluster.addresses.write().expect("no reader fails")[node] = nodes[node].address;
                kills += 1;
            }
        }
        clients.into_iter().map(|client| client.join().expect("a client works to its end")).collect()
    });

    let mut lost = Vec::new();
    let mut doubled = Vec::new();
    let mut updates = 0;
    for (session, id) in shared.iter().enumerate() {
        let last = decode(&cluster.insist(session, "RETRIEVE_SESSION", &[("session.id", id)]));
        let reference = last.get("order.reference").map_or("", String::as_str);
        let last = (last["session.version"].as_str(), reference);
        let happened = history(session, &created[session]["session.version"], last, &diaries);
        let references: BTreeSet<&str> = happened.iter().map(|update| update.reference.as_str()).collect();
        if references.len() < happened.len() {
            doubled.push(format!("an update of session {session}"));
        }
        let acknowledged = diaries.iter().flat_map(|diary| &diary.updates).filter(|update| update.made.is_some());
        for update in acknowledged.filter(|update| update.session == session) {
            updates += 1;
            if !references.contains(update.reference.as_str()) {
                lost.push(format!("update {} of session {session}", update.reference));
            }
        }
    }
    let paid = || diaries.iter().flat_map(|diary| &diary.paid);
    let contested = diaries.iter().flat_map(|diary| &diary.contested);
    let orders: Vec<&String> = paid().map(|payment| &payment.order).chain(contested).collect();
    for Payment { order, session, answer } in paid() {
        let own = [("session.id", session.as_str()), ("order.id", order), ("transaction.id", "1")];
        if cluster.insist(chance.random_range(0..NODES), "PAY", &own) != *answer {
            doubled.push(format!("order {order}, whose payment was answered otherwise the second time"));
        }
    }
    for order in &orders {
        let node = chance.random_range(0..NODES);
        let stored = decode(&cluster.insist(node, "RETRIEVE_ORDER", &[("order.id", order)]));
        let is = |name: &str, value: &str| stored.get(name).is_some_and(|found| found == value);
        if !is("transaction[0].result", "SUCCESS") {
            lost.push(format!("order {order}"));
        } else if stored.contains_key("transaction[1].result") || !is("totalCapturedAmount", "50.00") {
            doubled.push(format!("order {order}"));
        }
    }

    let count = |number: &AtomicUsize| number.load(Ordering::Relaxed);
    let figures = format!(
        "Three nodes, {seconds} s: {} requests, {kills} kills, {crashes} crashes of the database, {updates} updates \
         and {} payments acknowledged, {} busy, {} without an answer, lost: {}, doubled: {}.",
        count(&cluster.requests),
        orders.len(),
        count(&cluster.busy),
        count(&cluster.unanswered),
        lost.len(),
        doubled.len()
    );
    assert!(lost.is_empty() && doubled.is_empty(), "{figures}\nlost: {lost:?}\ndoubled: {doubled:?}");
    assert!(kills >= 3 && crashes == 2 && updates > 50 && orders.len() > 20, "too little happened: {figures}");
    last_words(&figures);
}

#[test]
fn a_node_without_its_database_says_so_and_returns_by_itself() {
    let Some(database) = Database::of_its_own() else { return };
    let url = database.url();
    let nothing = tempfile::tempdir().expect("a directory that stays empty");
    let variables = [("NVPGATE_STORE", url.as_str()), ("NVPGATE_MASTER_KEY", MASTER_KEY)];
    let node = Child::start_on(nothing.path(), &variables);
    let create = || {
        let body = format!(
            "apiOperation=CREATE_SESSION&merchant=TESTNODES&apiUsername=merchant.TESTNODES&apiPassword={PASSWORD}"
        );
        decode(&node.send("POST", "/api/nvp/version/100", &[], body.as_bytes()).body)
    };
    let ready = || node.send("GET", "/health/ready", &[], b"").status;
    assert_eq!((ready(), create()["result"].as_str()), (200, "SUCCESS"));
    database.interrupt();
    let refused = create();
    assert_eq!(refused["error.cause"], "SERVER_BUSY");
    assert_eq!(
        refused["error.explanation"],
        "Operation temporarily rejected because the system is busy.  Try again in 10 seconds."
    );
    assert_eq!(ready(), 503);
    assert_eq!(node.send("GET", "/health/live", &[], b"").status, 200);
    node.log_until("the database does not answer, trying again: ");
    database.resume();
    assert_eq!((ready(), create()["result"].as_str()), (200, "SUCCESS"));
    node.log_until("the database answers again");
    assert!(std::fs::read_dir(nothing.path()).expect("a directory").next().is_none(), "nothing is kept on the node");
}
