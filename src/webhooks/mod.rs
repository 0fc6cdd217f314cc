//! Webhooks: notifications of transactions, from the outbox in the store to the merchant's server.
//!
//! A notification is put into the store in the commit of its transaction, awake at once. Whoever delivers
//! claims it first, by a commit that counts the attempt and lets it sleep for [`limits::NOTIFICATION_CLAIM_SECONDS`]:
//! of several nodes one has it, and where that one dies it wakes again. So each notification is delivered at
//! least once, and sometimes twice; `X-Notification-ID` tells.
//!
//! No merchant's dead receivers hold up another merchant. What is due is looked at in the order in which it woke,
//! and `turns` gives each free place to the merchant with the fewest under way. A flood may be more than what is
//! in view; where receivers are too slow for it, what is beyond its merchant's share of the places is put off, by a
//! commit as claims are, so that the view moves on behind it, whatever the length of the flood.
//!
//! The clock of its merchant says when a notification is due, how long a claim lasts and when the next attempt comes.
//! `view` finds what is due where these clocks differ.

mod deliveries;
mod post;
mod schedule;
mod turns;
mod view;

use crate::domain::fault::Fault;
use crate::domain::notification::{Notification, NotificationUrl, Targets};
use crate::domain::timestamp::Timestamp;
use crate::environment::Environment;
use crate::limits;
use crate::merchants::Merchants;
use crate::store::{Change, Committed, Key, Record, Store};
use deliveries::Deliveries;
use post::{Letter, Poster};
use std::future::Future;
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::task::spawn_blocking;
use tokio::time::{Instant, MissedTickBehavior, interval};
use zeroize::Zeroizing;

/// The log target of deliveries, so that a filter can name it.
const LOG: &str = "nvpgate::webhooks";

/// The outbox. Clones share it.
#[derive(Clone)]
pub struct Webhooks {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    merchants: Merchants,
    environment: Environment,
    targets: Targets,
    poster: Poster,
    /// Told when something was put into the outbox.
    queued: Notify,
}

/// A notification that this node has claimed.
struct Claimed {
    key: Key,
    /// The version of its record since the claim.
    version: u64,
    notification: Notification,
}

impl Webhooks {
    /// The version of a notification that nobody has claimed or withdrawn yet.
    pub const NOT_TOLD: u64 = 1;

    /// The outbox of a store.
    pub fn new(store: Store, merchants: Merchants, environment: Environment, targets: Targets) -> Webhooks {
        let poster = Poster::new(targets);
        Webhooks { inner: Arc::new(Inner { store, merchants, environment, targets, poster, queued: Notify::new() }) }
    }

    /// The change that puts a notification into the outbox, for the commit of what it tells of; it goes out from
    /// `time` on. `key` is its merchant and its `X-Notification-ID`.
    ///
    /// # Errors
    /// The notification cannot be written as a record.
    pub fn queued(key: Key, url: String, body: String, time: Timestamp) -> Result<Change, Fault> {
        let notification = Notification { url, body, attempts: 0 };
        Ok(Change { key, replaces: 0, expires: None, wakes: Some(time), listed: false, bytes: written(&notification)? })
    }

    /// The change that takes a notification back whose time has not come; it is lost where that has come meanwhile.
    pub fn withdrawn(key: Key, now: Timestamp) -> Change {
        let expires = Some(now);
        Change { key, replaces: Webhooks::NOT_TOLD, expires, wakes: None, listed: false, bytes: Zeroizing::default() }
    }

    /// To be told after a commit with a notification, which is then delivered at once rather than soon.
    pub fn hurry(&self) {
        self.inner.queued.notify_one();
    }

    /// Delivers what is due, again and again until `stop` is done, and then waits for the deliveries under way.
    pub async fn deliver(&self, stop: impl Future<Output = ()>) {
        let mut deliveries = Deliveries::new(Arc::clone(&self.inner));
        let mut tick = interval(limits::NOTIFICATION_POLL);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        tokio::pin!(stop);
        loop {
            tokio::select! {
                biased;
                () = &mut stop => break,
                () = deliveries.one_ends() => {}
                () = self.inner.queued.notified() => {}
                _ = tick.tick() => {}
            }
            if let Err(error) = deliveries.begin().await {
                log::error!(target: LOG, "the outbox cannot be read: {}", error.cause());
            }
        }
        deliveries.all_end().await;
    }
}

/// How a claim ended.
enum Claim {
    Made(Claimed),
    /// Another node was first, or this was the last attempt already.
    Gone,
    /// The store failed.
    Failed,
}

impl Inner {
    /// The time by the clock of the merchant whose notification it is.
    fn now(&self, key: &Key) -> Timestamp {
        self.environment.world(&key.merchant).now()
    }

    async fn claim(&self, key: Key, record: Record) -> Claim {
        let mut notification: Notification = match serde_json::from_slice(&record.bytes) {
            Ok(notification) => notification,
            Err(error) => {
                // serde_json's error names a place in the text, not the text.
                log::error!(target: LOG, "notification {} cannot be read and is given up: {error}", key.id);
                return self.give_up(key, record.version).await;
            }
        };
        if notification.attempts >= schedule::ATTEMPTS {
            // Its node died in the last attempt, and nobody knows how that ended.
            log::warn!(target: LOG, "notification {} is given up after {} attempts", key.id, notification.attempts);
            return self.give_up(key, record.version).await;
        }
        notification.attempts += 1;
        let until = self.now(&key).plus_seconds(limits::NOTIFICATION_CLAIM_SECONDS);
        let committed = match written(&notification) {
            Ok(bytes) => self.store.commit(vec![asleep(key.clone(), record.version, bytes, until)]).await,
            Err(fault) => Err(fault.into()),
        };
        match committed {
            Ok(Committed::Done) => Claim::Made(Claimed { key, version: record.version + 1, notification }),
            Ok(Committed::Lost { .. }) => Claim::Gone,
            Err(fault) => {
                log::error!(target: LOG, "notification {} cannot be claimed: {}", key.id, fault.cause());
                Claim::Failed
            }
        }
    }

    async fn give_up(&self, key: Key, version: u64) -> Claim {
        if self.take_out(key, version).await { Claim::Gone } else { Claim::Failed }
    }

    /// Lets a notification sleep without an attempt. Where that fails, it is due as it was.
    async fn put_off(&self, key: Key, record: Record) {
        let until = self.now(&key).plus_seconds(limits::NOTIFICATION_PUT_OFF_SECONDS);
        self.finish(asleep(key, record.version, record.bytes, until)).await;
    }

    /// One attempt, and what becomes of the notification after it.
    async fn attempt(&self, claimed: Claimed) {
        let begin = Instant::now();
        let Claimed { key, version, notification } = claimed;
        let attempt = notification.attempts;
        let url = NotificationUrl::parse(&notification.url, self.targets);
        let host = url.as_ref().map_or("..", NotificationUrl::host).to_owned();
        let outcome = match url {
            Ok(url) => self.post(&key, url, &notification).await,
            // It was good when it was taken; the configuration has changed since.
            Err(_) => Err("the configuration does not allow the address any more".to_owned()),
        };
        let what = format!("notification {} attempt={attempt} host={host} ms={}", key.id, begin.elapsed().as_millis());
        match (outcome, schedule::delay_seconds(attempt)) {
            (Ok(()), _) => {
                log::info!(target: LOG, "{what}: delivered");
                self.take_out(key, version).await;
            }
            (Err(why), None) => {
                log::error!(target: LOG, "{what}: {why}; given up");
                self.take_out(key, version).await;
            }
            (Err(why), Some(seconds)) => {
                log::warn!(target: LOG, "{what}: {why}; again in {seconds} s");
                match written(&notification) {
                    Ok(bytes) => {
                        let until = self.now(&key).plus_seconds(seconds);
                        self.finish(asleep(key, version, bytes, until)).await;
                    }
                    Err(fault) => log::error!(target: LOG, "{what}: {}", fault.cause()),
                }
            }
        }
    }

    async fn post(&self, key: &Key, url: NotificationUrl, notification: &Notification) -> Result<(), String> {
        let secret = self.merchants.notification_secret(&key.merchant);
        let letter =
            Letter { url, id: key.id.clone(), attempt: notification.attempts, secret, body: notification.body.clone() };
        let poster = self.poster.clone();
        // The client blocks, for at most `limits::NOTIFICATION_TIME`.
        spawn_blocking(move || poster.post(&letter)).await.unwrap_or_else(|_| Err("the delivery broke off".to_owned()))
    }

    /// Takes a notification out of the outbox: its record is empty and has expired, and goes with the next sweep.
    async fn take_out(&self, key: Key, version: u64) -> bool {
        let expires = Some(self.now(&key));
        self.finish(Change { key, replaces: version, expires, wakes: None, listed: false, bytes: Zeroizing::default() })
            .await
    }

    /// Commits what became of a notification, and says whether the store did not fail. Where it did, a claimed one
    /// wakes again when the claim ends.
    async fn finish(&self, change: Change) -> bool {
        let id = change.key.id.clone();
        match self.store.commit(vec![change]).await {
            Ok(Committed::Done) => true,
            Ok(Committed::Lost { .. }) => {
                log::info!(target: LOG, "notification {id} was claimed meanwhile");
                true
            }
            Err(fault) => {
                log::error!(target: LOG, "notification {id} will come again: {}", fault.cause());
                false
            }
        }
    }
}

/// A notification that sleeps until a time.
fn asleep(key: Key, replaces: u64, bytes: Zeroizing<Vec<u8>>, until: Timestamp) -> Change {
    Change { key, replaces, expires: None, wakes: Some(until), listed: false, bytes }
}

fn written(notification: &Notification) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let bytes = serde_json::to_vec(notification)
        .map_err(|error| Fault::new(format_args!("a notification cannot be written: {error}")))?;
    Ok(Zeroizing::new(bytes))
}
