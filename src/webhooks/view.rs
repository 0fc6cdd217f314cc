//! What is due, each notification by its merchant's clock, as far as a node looks at a time.
//!
//! The store gives what has woken in the order of time, for all merchants together. Notifications that have woken by
//! the earliest of all clocks are due. Between the earliest and the latest clock, notifications that are due for one
//! merchant stand among notifications that still sleep for another. There a look reads a limited number of pages, and
//! the next look goes on behind them. So no number of sleeping notifications hides one that is due.

use super::fair_order::Due;
use crate::environment::Environment;
use crate::limits;
use crate::store::{Alarm, Awoken, Store, StoreError};

/// What a node sees of the outbox.
pub(super) struct View {
    store: Store,
    environment: Environment,
    /// Where the next look goes on; `None` where the last look filled its view, or came to the end.
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
