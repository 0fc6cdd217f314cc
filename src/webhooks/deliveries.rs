//! The deliveries of one node. Each delivery takes one of a limited number of places, and begins with a claim.

use super::fair_order::{self, Due};
use super::view::View;
use super::{Claim, Claimed, Inner, LOG};
use crate::domain::ids::MerchantId;
use crate::limits;
use crate::store::StoreError;
use futures_util::future::join_all;
use std::collections::HashMap;
use std::sync::Arc;
use tokio::task::{Id, JoinError, JoinSet};
use tokio::time::Instant;

/// The deliveries that a node has begun, and the notifications that wait for a place.
pub(super) struct Deliveries {
    outbox: Arc<Inner>,
    posts: JoinSet<()>,
    /// The merchant of each delivery.
    merchants: HashMap<Id, MerchantId>,
    view: View,
    /// The due notifications of the last read, except those claimed since. Other nodes may have claimed some of them.
    waiting: Vec<Due>,
    looked: Instant,
    /// Present while every read fills the view.
    full: Option<Full>,
}

/// A view that stays full: the time since then, and the number of deliveries begun since then.
#[derive(Clone, Copy)]
struct Full {
    since: Instant,
    begun: usize,
}

impl Deliveries {
    /// A node without deliveries.
    pub(super) fn new(outbox: Arc<Inner>) -> Deliveries {
        Deliveries {
            view: View::new(outbox.store.clone(), outbox.environment.clone()),
            outbox,
            posts: JoinSet::new(),
            merchants: HashMap::new(),
            waiting: Vec::new(),
            looked: Instant::now(),
            full: None,
        }
    }

    /// Waits until a delivery ends. Waits for ever where no delivery has begun.
    pub(super) async fn one_ends(&mut self) {
        match self.posts.join_next_with_id().await {
            Some(ended) => self.end(ended),
            None => std::future::pending().await,
        }
    }

    pub(super) async fn all_end(&mut self) {
        while self.posts.join_next().await.is_some() {}
    }

    fn end(&mut self, ended: Result<(Id, ()), JoinError>) {
        let id = ended.map_or_else(|error| error.id(), |(id, ())| id);
        self.merchants.remove(&id);
    }

    /// Begins a delivery for each free place, as long as notifications are due.
    pub(super) async fn begin(&mut self) -> Result<(), StoreError> {
        // Deliveries that ended together free their places together. The claims of the next deliveries are then one
        // commit of the store.
        while let Some(ended) = self.posts.try_join_next_with_id() {
            self.end(ended);
        }
        while self.posts.len() < limits::NOTIFICATIONS_AT_ONCE {
            if self.waiting.is_empty() || self.looked.elapsed() >= limits::NOTIFICATION_VIEW {
                self.look().await?;
            }
            let places = limits::NOTIFICATIONS_AT_ONCE - self.posts.len();
            let under_way = self.under_way();
            let next = fair_order::take(&mut self.waiting, places, &under_way);
            if next.is_empty() {
                break;
            }
            let claims = next.into_iter().map(|(key, record)| self.outbox.claim(key, record));
            let mut has_failed = false;
            for claim in join_all(claims).await {
                match claim {
                    Claim::Made(claimed) => self.post(claimed),
                    Claim::Gone => {}
                    Claim::Failed => has_failed = true,
                }
            }
            // The notification is still due. The next call tries it again, after a delay.
            if has_failed {
                break;
            }
        }
        Ok(())
    }

    fn post(&mut self, claimed: Claimed) {
        let (merchant, outbox) = (claimed.key.merchant.clone(), Arc::clone(&self.outbox));
        let post = self.posts.spawn(async move { outbox.attempt(claimed).await });
        self.merchants.insert(post.id(), merchant);
        if let Some(full) = &mut self.full {
            full.begun += 1;
        }
    }

    /// The number of each merchant's deliveries.
    fn under_way(&self) -> HashMap<MerchantId, usize> {
        let mut counts = HashMap::new();
        for merchant in self.merchants.values() {
            *counts.entry(merchant.clone()).or_default() += 1;
        }
        counts
    }

    /// Reads the due notifications. A full view that does not move on may hide other merchants' notifications behind
    /// those of one merchant. The excess of that merchant is then put off. A full view whose notifications are
    /// delivered quickly moves on by itself.
    async fn look(&mut self) -> Result<(), StoreError> {
        for view in 1..=limits::NOTIFICATION_VIEWS {
            self.waiting = self.view.due().await?;
            self.looked = Instant::now();
            if self.waiting.len() < limits::NOTIFICATIONS_IN_VIEW {
                self.full = None;
                break;
            }
            let Full { since, begun } = *self.full.get_or_insert(Full { since: self.looked, begun: 0 });
            if view == 1 && since.elapsed() < limits::NOTIFICATION_POLL {
                break;
            }
            self.full = Some(Full { since: self.looked, begun: 0 });
            if view == 1 && begun >= limits::NOTIFICATIONS_IN_VIEW {
                break;
            }
            let excess = fair_order::take_excess(&mut self.waiting);
            if excess.is_empty() {
                break;
            }
            log::info!(target: LOG, "{} notifications are put off, so that others have their turn", excess.len());
            join_all(excess.into_iter().map(|(key, record)| self.outbox.put_off(key, record))).await;
        }
        Ok(())
    }
}
