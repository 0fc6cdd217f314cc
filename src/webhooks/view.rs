//! The due notifications, each by its merchant's clock. A node reads a limited number at a time.
//!
//! The store returns the notifications that have woken in the order of time, for all merchants together.
//! Notifications that have woken by the earliest of all clocks are due. Between the earliest and the latest clock,
//! due notifications of one merchant stand among sleeping notifications of another. There a node reads a limited
//! number of pages, and its next read continues after them. Sleeping notifications therefore never hide a due one.

use super::fair_order::Due;
use crate::environment::Environment;
use crate::limits;
use crate::store::{Alarm, Awoken, Store, StoreError};

/// The part of the outbox that a node reads.
pub(super) struct View {
    store: Store,
    environment: Environment,
    /// The position at which the next read continues. `None` where the last read filled the view or reached the end.
    place: Option<Alarm>,
}

impl View {
    /// A view of a store's outbox.
    pub fn new(store: Store, environment: Environment) -> View {
        View { store, environment, place: None }
    }

    /// At most [`limits::NOTIFICATIONS_IN_VIEW`] notifications that are due.
    ///
    /// # Errors
    /// The store does not answer.
    pub async fn due(&mut self) -> Result<Vec<Due>, StoreError> {
        const FULL: usize = limits::NOTIFICATIONS_IN_VIEW;
        let (earliest, latest) = self.environment.extremes();
        let due_for_all = self.store.awake(None, earliest, FULL).await?;
        let mut due: Vec<Due> =
            due_for_all.records.into_iter().map(|Awoken { key, record, .. }| (key, record)).collect();
        let begin = Alarm::behind(earliest);
        let mut place = (earliest < latest).then(|| self.place.map_or(begin, |place| place.max(begin)));
        for _ in 0..limits::NOTIFICATION_PAGES {
            let Some(after) = place.filter(|_| due.len() < FULL) else { break };
            let page = self.store.awake(Some(after), latest, FULL).await?;
            let reached = |awoken: &Awoken| awoken.time <= self.environment.world(&awoken.key.merchant).now();
            due.extend(page.records.into_iter().filter(reached).map(|Awoken { key, record, .. }| (key, record)));
            place = page.next;
        }
        due.truncate(FULL);
        self.place = place.filter(|_| due.len() < FULL);
        Ok(due)
    }
}
