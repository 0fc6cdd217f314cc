//! The outbox without a gateway, on each store: how often a notification is tried, that each has one deliverer, and
//! that no merchant's flood holds up another merchant, nor what sleeps by a merchant's clock.

use crate::listener::{Listener, OK};
use crate::server::{PATIENCE, merchant_id};
use crate::stores::{block_on, each_opened};
use nvpgate::domain::notification::Targets;
use nvpgate::domain::timestamp::Timestamp;
use nvpgate::environment::{Environment, World};
use nvpgate::limits;
use nvpgate::merchants::Merchants;
use nvpgate::store::{Key, Kind, Store};
use nvpgate::webhooks::Webhooks;
use std::collections::BTreeSet;
use std::time::{Duration, Instant};
use tempfile::TempDir;

struct Outbox {
    store: Store,
    environment: Environment,
    _data: Option<TempDir>,
}

impl Outbox {
    /// One on each store.
    fn each() -> impl Iterator<Item = Outbox> {
        each_opened().map(|(store, data)| Outbox { store, environment: Environment::real(), _data: data })
    }

    fn deliverer(&self) -> Webhooks {
        let targets = Targets { loopback: true, ..Targets::default() };
        Webhooks::new(self.store.clone(), Merchants::new(Vec::new()), self.environment.clone(), targets)
    }

    async fn put(&self, merchant: &str, id: &str, url: String) {
        let key = Key { kind: Kind::Notification, merchant: merchant_id(merchant), id: id.to_owned() };
        let change = Webhooks::queued(key, url, "a=1".to_owned(), self.now(merchant)).expect("a change");
        self.store.commit(vec![change]).await.expect("it is kept");
    }

    fn now(&self, merchant: &str) -> Timestamp {
        self.environment.world(&merchant_id(merchant)).now()
    }

    async fn is_empty(&self) -> bool {
        let last = World::real().now().plus_seconds(1_000_000_000);
        self.store.awake(None, last, 1).await.expect("it answers").records.is_empty()
    }
}

#[test]
fn after_twenty_attempts_over_days_a_notification_is_given_up() {
    const DAY: i64 = 24 * 3_600_000;
    for outbox in Outbox::each() {
        let listener = Listener::start(Some("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"));
        let begin = outbox.now("TESTMERCHANT");
        block_on(async {
            outbox.put("TESTMERCHANT", "1", listener.url("/")).await;
            let deliverer = outbox.deliverer();
            let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
            let (hurrying, environment) = (deliverer.clone(), outbox.environment.clone());
            let listening = tokio::task::spawn_blocking(move || {
                let deadline = Instant::now() + PATIENCE;
                let mut attempts = Vec::new();
                while attempts.len() < 20 {
                    match listener.arrived.recv_timeout(Duration::from_millis(50)) {
                        Ok(arrival) => attempts.push(arrival.attempt()),
                        Err(error) => assert!(Instant::now() < deadline, "after {attempts:?}: {error}"),
                    }
                    environment.advance(&merchant_id("TESTMERCHANT"), DAY / 2);
                    hurrying.deliver_soon();
                }
                drop(stop);
                (attempts, listener)
            });
            deliverer.deliver(async { drop(stopped.await) }).await;
            let (mut attempts, listener) = listening.await.expect("the attempts come");
            // Where the clock was turned while one was on its way, the next may have overtaken it.
            attempts.sort_unstable();
            assert_eq!(attempts, (1..=20).collect::<Vec<u32>>());
            assert!(outbox.is_empty().await, "there is to be no other");
            assert!(listener.arrived.try_recv().is_err(), "there was another");
            assert!(outbox.now("TESTMERCHANT").milliseconds() - begin.milliseconds() > 3 * DAY, "the clock was turned");
        });
        outbox.store.close();
    }
}

#[test]
fn of_two_deliverers_each_notification_has_one() {
    const NOTIFICATIONS: usize = 200;
    for outbox in Outbox::each() {
        let listener = Listener::start(Some(OK));
        block_on(async {
            for number in 0..NOTIFICATIONS {
                outbox.put("TESTMERCHANT", &number.to_string(), listener.url("/")).await;
            }
            let (stop, stopped) = tokio::sync::watch::channel(false);
            let until = |mut stopped: tokio::sync::watch::Receiver<bool>| async move {
                stopped.wait_for(|stopped| *stopped).await.expect("it is told to stop");
            };
            let (one, other) = (outbox.deliverer(), outbox.deliverer());
            let arrivals = tokio::task::spawn_blocking(move || {
                let ids: BTreeSet<String> = (0..NOTIFICATIONS).map(|_| listener.next().id()).collect();
                stop.send(true).expect("they deliver");
                (ids, listener)
            });
            tokio::join!(one.deliver(until(stopped.clone())), other.deliver(until(stopped)));
            let (ids, listener) = arrivals.await.expect("all arrive");
            assert_eq!(ids.len(), NOTIFICATIONS, "each of them once");
            assert!(listener.arrived.try_recv().is_err(), "one arrived twice");
            assert!(outbox.is_empty().await, "none is left");
        });
        outbox.store.close();
    }
}

/// How many of a merchant's notifications go out before another merchant's, which comes when all places are taken.
/// The first merchant's receiver never answers.
fn begun_before_anothers(outbox: &Outbox, flood: usize) -> usize {
    let (dead, alive) = (Listener::start(None), Listener::start(Some(OK)));
    block_on(async {
        for number in 0..flood {
            outbox.put("TESTDEAD", &format!("dead-{number}"), dead.url("/")).await;
        }
        let deliverer = outbox.deliverer();
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let (store, environment, hurrying) = (outbox.store.clone(), outbox.environment.clone(), deliverer.clone());
        let watching = tokio::task::spawn_blocking(move || {
            let mut begun: BTreeSet<String> = (0..limits::NOTIFICATIONS_AT_ONCE).map(|_| dead.next().id()).collect();
            let other = Outbox { store, environment, _data: None };
            block_on(other.put("TESTALIVE", "alive", alive.url("/")));
            hurrying.deliver_soon();
            assert_eq!(alive.next().id(), "alive");
            begun.extend(dead.arrived.try_iter().map(|arrival| arrival.id()));
            let count = begun.len();
            // Nothing is lost by having been put off.
            dead.answer_from_now_on(OK);
            while begun.len() < flood {
                begun.insert(dead.next_in_time(&other.environment, "TESTDEAD").id());
            }
            drop(stop);
            count
        });
        deliverer.deliver(async { drop(stopped.await) }).await;
        watching.await.expect("all arrive")
    })
}

#[test]
fn a_merchant_whose_receivers_are_dead_holds_up_no_other() {
    // As many as are in view, and many more.
    std::thread::scope(|scope| {
        for flood in [100, 400] {
            for outbox in Outbox::each() {
                scope.spawn(move || {
                    let begun = begun_before_anothers(&outbox, flood);
                    outbox.store.close();
                    // The places that were taken, and those that became free with the one that the other got.
                    assert!(begun <= 3 * limits::NOTIFICATIONS_AT_ONCE, "{begun} of {flood} were begun before");
                });
            }
        }
    });
}

/// Puts more notifications to sleep for an hour, by their merchant's clock, than a node reads in one look.
async fn put_sleepers(outbox: &Outbox, merchant: &str, url: &str) {
    let time = outbox.now(merchant).plus_seconds(3_600);
    let sleeper = |number: usize| {
        let key = Key { kind: Kind::Notification, merchant: merchant_id(merchant), id: format!("{merchant}-{number}") };
        Webhooks::queued(key, url.to_owned(), "a=1".to_owned(), time).expect("a change")
    };
    let count = limits::NOTIFICATIONS_IN_VIEW * (limits::NOTIFICATION_PAGES + 2);
    outbox.store.commit((0..count).map(sleeper).collect()).await.expect("they are kept");
}

#[test]
fn what_sleeps_by_one_clock_hides_nothing_that_is_due_by_another() {
    const HOUR: i64 = 3_600_000;
    for outbox in Outbox::each() {
        let (asleep, alive) = (Listener::start(Some(OK)), Listener::start(Some(OK)));
        let environment = &outbox.environment;
        environment.advance(&merchant_id("TESTBEHIND"), -24 * HOUR);
        environment.advance(&merchant_id("TESTAHEAD"), 2 * HOUR);
        block_on(async {
            // In the order of time: who is behind, who has the machine's clock, its sleepers, and who is ahead.
            put_sleepers(&outbox, "TESTBEHIND", &asleep.url("/")).await;
            put_sleepers(&outbox, "TESTMERCHANT", &asleep.url("/")).await;
            for merchant in ["TESTMERCHANT", "TESTAHEAD", "TESTBEHIND"] {
                outbox.put(merchant, merchant, alive.url("/")).await;
            }
            let deliverer = outbox.deliverer();
            let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
            let watching = tokio::task::spawn_blocking(move || {
                let told: BTreeSet<String> = (0..3).map(|_| alive.next().id()).collect();
                drop(stop);
                told
            });
            deliverer.deliver(async { drop(stopped.await) }).await;
            let told = watching.await.expect("all arrive");
            assert_eq!(told, ["TESTAHEAD", "TESTBEHIND", "TESTMERCHANT"].map(str::to_owned).into());
            assert!(asleep.arrived.try_recv().is_err(), "one went out before its time");
        });
        outbox.store.close();
    }
}
