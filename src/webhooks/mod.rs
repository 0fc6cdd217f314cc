//! Webhooks: notifications of transactions, from the outbox in the store to the merchant's server.
//!
//! A notification is put into the store in the commit of its transaction, awake at once. Whoever delivers
//! claims it first, by a commit that counts the attempt and lets it sleep for [`limits::NOTIFICATION_CLAIM_SECONDS`]:
//! of several nodes one has it, and where that one dies it wakes again. So each notification is delivered at
//! least once, and sometimes twice; `X-Notification-ID` tells.

mod post;
mod schedule;

use crate::auth::Merchants;
use crate::domain::failure::Fault;
use crate::domain::notification::{Notification, NotificationUrl, Targets};
use crate::domain::timestamp::Timestamp;
use crate::limits;
use crate::seams::Seams;
use crate::store::{Change, Committed, Key, Record, Store, StoreError};
use futures_util::future::join_all;
use post::{Letter, Poster};
use std::future::Future;
use std::sync::Arc;
use tokio::sync::Notify;
use tokio::task::{JoinSet, spawn_blocking};
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
    seams: Seams,
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
    /// The outbox of a store.
    pub fn new(store: Store, merchants: Merchants, seams: Seams, targets: Targets) -> Webhooks {
        let poster = Poster::new(targets);
        Webhooks { inner: Arc::new(Inner { store, merchants, seams, targets, poster, queued: Notify::new() }) }
    }

    /// The change that puts a notification into the outbox, for the commit of what it tells of; it goes out from
    /// `time` on. `key` is its merchant and its `X-Notification-ID`.
    pub fn queued(key: Key, url: String, body: String, time: Timestamp) -> Result<Change, Fault> {
        let notification = Notification { url, body, attempts: 0 };
        Ok(Change { key, replaces: 0, expires: None, wakes: Some(time), listed: false, bytes: written(&notification)? })
    }

    /// The change that takes a notification back whose time has not come; it is lost where that has come meanwhile.
    pub fn withdrawn(key: Key, now: Timestamp) -> Change {
        Change { key, replaces: 1, expires: Some(now), wakes: None, listed: false, bytes: Zeroizing::default() }
    }

    /// To be told after a commit with a notification, which is then delivered at once rather than soon.
    pub fn hurry(&self) {
        self.inner.queued.notify_one();
    }

    /// Delivers what is due, again and again until `stop` is done, and then waits for the deliveries under way.
    pub async fn deliver(&self, stop: impl Future<Output = ()>) {
        let mut posts = JoinSet::new();
        let mut tick = interval(limits::NOTIFICATION_POLL);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        tokio::pin!(stop);
        loop {
            tokio::select! {
                biased;
                () = &mut stop => break,
                // Room for one more.
                Some(_) = posts.join_next() => {}
                () = self.inner.queued.notified() => {}
                _ = tick.tick() => {}
            }
            let room = limits::NOTIFICATIONS_AT_ONCE.saturating_sub(posts.len());
            match self.inner.claim(room).await {
                Ok(claimed) => {
                    for claimed in claimed {
                        let inner = Arc::clone(&self.inner);
                        posts.spawn(async move { inner.attempt(claimed).await });
                    }
                }
                Err(error) => log::error!(target: LOG, "the outbox cannot be read: {}", error.cause()),
            }
        }
        while posts.join_next().await.is_some() {}
    }
}

impl Inner {
    /// Claims at most so many of the notifications that are due.
    async fn claim(&self, room: usize) -> Result<Vec<Claimed>, StoreError> {
        if room == 0 {
            return Ok(Vec::new());
        }
        let now = self.seams.now();
        let awake = self.store.awake(now, room).await?;
        let claims = awake.into_iter().map(|(key, record)| self.claim_one(key, record, now));
        Ok(join_all(claims).await.into_iter().flatten().collect())
    }

    /// `None` where another node was first, or where this was the last attempt already.
    async fn claim_one(&self, key: Key, record: Record, now: Timestamp) -> Option<Claimed> {
        let mut notification: Notification = match serde_json::from_slice(&record.bytes) {
            Ok(notification) => notification,
            Err(error) => {
                // serde_json's error names a place in the text, not the text.
                log::error!(target: LOG, "notification {} cannot be read and is given up: {error}", key.id);
                self.take_out(key, record.version).await;
                return None;
            }
        };
        if notification.attempts >= schedule::ATTEMPTS {
            // Its node died in the last attempt, and nobody knows how that ended.
            log::warn!(target: LOG, "notification {} is given up after {} attempts", key.id, notification.attempts);
            self.take_out(key, record.version).await;
            return None;
        }
        notification.attempts += 1;
        let wakes = now.plus_seconds(limits::NOTIFICATION_CLAIM_SECONDS);
        let committed = match written(&notification) {
            Ok(bytes) => {
                let change = Change {
                    key: key.clone(),
                    replaces: record.version,
                    expires: None,
                    wakes: Some(wakes),
                    listed: false,
                    bytes,
                };
                self.store.commit(vec![change]).await
            }
            Err(fault) => Err(fault.into()),
        };
        match committed {
            Ok(Committed::Done) => Some(Claimed { key, version: record.version + 1, notification }),
            Ok(Committed::Lost { .. }) => None,
            Err(fault) => {
                log::error!(target: LOG, "notification {} cannot be claimed: {}", key.id, fault.cause());
                None
            }
        }
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
                        let wakes = Some(self.seams.now().plus_seconds(seconds));
                        self.finish(Change { key, replaces: version, expires: None, wakes, listed: false, bytes })
                            .await;
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
    async fn take_out(&self, key: Key, version: u64) {
        let expires = Some(self.seams.now());
        self.finish(Change {
            key,
            replaces: version,
            expires,
            wakes: None,
            listed: false,
            bytes: Zeroizing::default(),
        })
        .await;
    }

    /// Commits what became of a claimed notification. Where that fails, it wakes again when the claim ends.
    async fn finish(&self, change: Change) {
        let id = change.key.id.clone();
        match self.store.commit(vec![change]).await {
            Ok(Committed::Done) => {}
            Ok(Committed::Lost { .. }) => log::info!(target: LOG, "notification {id} was claimed again meanwhile"),
            Err(fault) => log::error!(target: LOG, "notification {id} will come again: {}", fault.cause()),
        }
    }
}

fn written(notification: &Notification) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let bytes = serde_json::to_vec(notification)
        .map_err(|error| Fault::new(format_args!("a notification cannot be written: {error}")))?;
    Ok(Zeroizing::new(bytes))
}
