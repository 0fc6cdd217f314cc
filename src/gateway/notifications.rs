//! Notifications of a transaction: one at once, and one for each later outcome.

use super::Gateway;
use super::records::Records;
use super::request::Request;
use crate::dialect::answers;
use crate::domain::fault::Fault;
use crate::domain::order::Order;
use crate::domain::timestamp::Timestamp;
use crate::fields::{Fields, names};
use crate::op;
use crate::store::{Change, Key, Kind, StoreError};
use crate::webhooks::Webhooks;
use crate::wire::nvp;
use data_encoding::HEXLOWER;

impl Gateway {
    /// The notifications of the order's new transaction. They go to the URL of the request or its session, else to
    /// the last URL used for the order, else to the merchant's own URL (documented). The notification of a later
    /// outcome sleeps until its time. The notifications of outcomes that can no longer come are withdrawn.
    pub(super) fn notifications(
        &self,
        request: &Request,
        effective: &Fields,
        order: &mut Order,
        now: Timestamp,
    ) -> Result<Vec<Change>, Fault> {
        let given_up = order.give_up().into_iter().filter_map(|outcome| outcome.notification);
        let mut changes: Vec<Change> =
            given_up.map(|id| Webhooks::withdrawn(request.key(Kind::Notification, &id), now)).collect();
        if let Some(url) = effective.get(names::ORDER_NOTIFICATION_URL) {
            order.notification_url = Some(url.to_owned());
        }
        let Some(url) = order.notification_url.as_ref().or(request.merchant().notification_url.as_ref()).cloned()
        else {
            return Ok(changes);
        };
        let mut times = order.times_to_come();
        times.insert(0, now);
        for (index, time) in times.into_iter().enumerate() {
            let key = key(request);
            if let Some(outcome) = index.checked_sub(1) {
                order.set_notification(outcome, &key.id);
            }
            changes.extend(queued(request, order, key, &url, time)?);
        }
        Ok(changes)
    }

    /// The time up to which an order takes in outcomes: `now`, or the time of the last outcome that a node has told to
    /// the merchant already (its notification is claimed). The clock of another node may be ahead, and any clock can be
    /// turned back, but what was told stays so. Returns `None`
    /// where another request has changed the order since it was read.
    pub(super) async fn time_of_order(
        &self,
        request: &Request,
        order: &Order,
        records: &Records,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, StoreError> {
        let notified = order.notifications_after(now);
        if notified.is_empty() {
            return Ok(Some(now));
        }
        let mut keys = vec![request.key(Kind::Order, &order.id)];
        keys.extend(notified.iter().map(|(_, id)| request.key(Kind::Notification, id)));
        // One read gives all versions as of one moment, because a notification is withdrawn in the same commit as its
        // order changes.
        let found = self.store.load(&keys, now).await?;
        let mut versions = found.iter().map(|record| record.as_ref().map_or(0, |record| record.version));
        if versions.next() != Some(records.version(&keys[0])) {
            return Ok(None);
        }
        let told = notified.iter().zip(versions).filter(|(_, version)| *version != Webhooks::NOT_TOLD);
        Ok(told.map(|((time, _), _)| *time).chain([now]).max())
    }
}

/// A new key for a notification.
fn key(request: &Request) -> Key {
    request.key(Kind::Notification, &HEXLOWER.encode(&request.world.bytes(16)))
}

/// The notification of the order's newest transaction as it is at `time`. The notification is due then. It has the fields
/// of RETRIEVE_TRANSACTION's answer (documented).
fn queued(request: &Request, order: &Order, key: Key, url: &str, time: Timestamp) -> Result<Option<Change>, Fault> {
    let Some(newest) = order.transactions.last().map(|newest| newest.at(time)) else {
        return Ok(None);
    };
    let mut answer = op::transaction_answer(request.merchant(), order, &newest, request.version);
    answers::answer(request.version, &mut answer);
    Webhooks::queued(key, url.to_owned(), nvp::encode(&answer), time).map(Some)
}
