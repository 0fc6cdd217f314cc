//! Webhooks: notifications of transactions, from the outbox in the store to the merchant's server.
//!
//! The commit of a transaction puts its notification into the store. A node claims a notification before it delivers
//! it. The claim is a commit that counts the attempt and lets the notification sleep for
//! [`limits::NOTIFICATION_CLAIM_SECONDS`]. Only one of several nodes gets the claim. If that node dies, the
//! notification wakes again. Each notification is therefore delivered at least once, and sometimes twice;
//! `X-Notification-ID` shows a second delivery.
//!
//! One merchant's dead receivers do not delay another merchant. A node reads the due notifications in the order in
//! which they woke, and `fair_order` gives each free place to the merchant with the fewest deliveries. A merchant can
//! have more due notifications than a node reads at a time. If receivers are too slow for them, the node puts off the
//! notifications beyond that merchant's share of the places. Each is put off by a commit, as claims are made. The
//! node then reads further notifications, however many one merchant has.
//!
//! The merchant's clock decides when a notification is due, when a claim ends and when the next attempt begins. The
//! module `view` finds the due notifications where these clocks differ.

mod deliveries;
mod fair_order;
mod post;
mod schedule;
mod view;

use crate::domain::fault::Fault;
use crate::domain::notification::{Notification, NotificationUrl, Targets};
use crate::domain::timestamp::Timestamp;
use crate::environment::Environment;
use crate::limits;
use crate::merchants::Merchants;
use crate::store::{Change, Committed, Key, Record, Store};
use deliveries::Deliveries;
use post::{Delivery, Poster};
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
    /// Signalled after a commit with a notification.
    queued: Notify,
}

/// A notification that this node has claimed.
struct Claimed {
    key: Key,
    /// The version of the record after the claim.
    version: u64,
    notification: Notification,
}

impl Webhooks {
    /// The version of a notification that no node has claimed and no request has withdrawn.
    pub const NOT_TOLD: u64 = 1;

    /// The outbox of a store.
    pub fn new(store: Store, merchants: Merchants, environment: Environment, targets: Targets) -> Webhooks {
        let poster = Poster::new(targets);
        Webhooks { inner: Arc::new(Inner { store, merchants, environment, targets, poster, queued: Notify::new() }) }
    }

    /// The change that puts a notification into the outbox, for the commit of its transaction. The notification is
    /// due at `time`. `key` has the merchant and the `X-Notification-ID`.
    ///
    /// # Errors
    /// The notification cannot be written as a record.
    pub fn queued(key: Key, url: String, body: String, time: Timestamp) -> Result<Change, Fault> {
        let notification = Notification { url, body, attempts: 0 };
        Ok(Change { key, replaces: 0, expires: None, wakes: Some(time), listed: false, bytes: written(&notification)? })
    }

    /// The change that withdraws a notification before its time. The change is lost if a node has claimed the
    /// notification meanwhile.
    pub fn withdrawn(key: Key, now: Timestamp) -> Change {
        let expires = Some(now);
        Change { key, replaces: Webhooks::NOT_TOLD, expires, wakes: None, listed: false, bytes: Zeroizing::default() }
    }

    /// Starts a delivery without delay. The caller calls this after a commit with a notification.
    pub fn deliver_soon(&self) {
        self.inner.queued.notify_one();
    }

    /// Delivers due notifications until `stop` is done, and then waits for the deliveries that have begun.
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

/// The result of a claim.
enum Claim {
    Made(Claimed),
    /// Another node claimed the notification first, or every attempt was made.
    Gone,
    /// The store failed.
    Failed,
}

impl Inner {
    /// The time of the merchant whose notification this is.
    fn now(&self, key: &Key) -> Timestamp {
        self.environment.world(&key.merchant).now()
    }

    async fn claim(&self, key: Key, record: Record) -> Claim {
        let mut notification: Notification = match serde_json::from_slice(&record.bytes) {
            Ok(notification) => notification,
            Err(error) => {
                // An error of serde_json names a position in the text, and quotes no text.
                log::error!(target: LOG, "notification {} cannot be read and is given up: {error}", key.id);
                return self.give_up(key, record.version).await;
            }
        };
        if notification.attempts >= schedule::ATTEMPTS {
            // A node died during the last attempt. The result of that attempt is unknown.
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

    /// Lets a notification sleep without an attempt. If the commit fails, the notification stays due.
    async fn put_off(&self, key: Key, record: Record) {
        let until = self.now(&key).plus_seconds(limits::NOTIFICATION_PUT_OFF_SECONDS);
        self.finish(asleep(key, record.version, record.bytes, until)).await;
    }

    /// One attempt to deliver a notification, and the change of its record afterwards.
    async fn attempt(&self, claimed: Claimed) {
        let begin = Instant::now();
        let Claimed { key, version, notification } = claimed;
        let attempt = notification.attempts;
        let url = NotificationUrl::parse(&notification.url, self.targets);
        let host = url.as_ref().map_or("..", NotificationUrl::host).to_owned();
        let outcome = match url {
            Ok(url) => self.post(&key, url, &notification).await,
            // The URL was allowed when the request came. The configuration has changed since then.
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
        let delivery = Delivery {
            url,
            id: key.id.clone(),
            attempt: notification.attempts,
            secret,
            body: notification.body.clone(),
        };
        let poster = self.poster.clone();
        // The HTTP client blocks its thread, for at most `limits::NOTIFICATION_TIME`.
        spawn_blocking(move || poster.post(&delivery))
            .await
            .unwrap_or_else(|_| Err("the delivery broke off".to_owned()))
    }

    /// Removes a notification from the outbox. Its record becomes empty and expires, and the next sweep deletes it.
    async fn take_out(&self, key: Key, version: u64) -> bool {
        let expires = Some(self.now(&key));
        self.finish(Change { key, replaces: version, expires, wakes: None, listed: false, bytes: Zeroizing::default() })
            .await
    }

    /// Commits a change to a notification. Returns false where the store failed; a claimed notification then wakes
    /// when the claim ends.
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
