//! What tells the merchant of a transaction: at once, and again when an outcome comes later.

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
    /// The notifications of the order's new transaction: at the URL of the request or its session, else at the one
    /// last used for the order, else at the merchant's own (documented). Those of outcomes that are to come sleep
    /// until then; those of what the new transaction put an end to are withdrawn.
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
        changes.extend(queued(request, order, key(request), &url, now)?);
        let times = order.times_to_come();
        for (index, time) in times.into_iter().enumerate() {
            let key = key(request);
            order.set_notification(index, &key.id);
            let mut then = order.clone();
            then.take_in_outcomes(time);
            changes.extend(queued(request, &then, key, &url, time)?);
        }
        Ok(changes)
    }

    /// The time as an order has it: not before an outcome that the merchant is being told of, since the clock of the
    /// node that tells it may be ahead of this one's, and any clock may be turned back. `None` where the order has
    /// been changed since it was read.
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
        // As of one moment, because what was withdrawn was so together with a change of the order.
        let found = self.store.load(&keys, now).await?;
        let mut versions = found.iter().map(|record| record.as_ref().map_or(0, |record| record.version));
        if versions.next() != Some(records.version(&keys[0])) {
            return Ok(None);
        }
        let told = notified.iter().zip(versions).filter(|(_, version)| *version != Webhooks::NOT_TOLD);
        Ok(told.map(|((time, _), _)| *time).chain([now]).max())
    }
}

/// A new key of a notification.
fn key(request: &Request) -> Key {
    request.key(Kind::Notification, &HEXLOWER.encode(&request.world.bytes(16)))
}

/// The notification of the order's newest transaction as it stands, to go out at `time`.
fn queued(request: &Request, order: &Order, key: Key, url: &str, time: Timestamp) -> Result<Option<Change>, Fault> {
    let Some(mut answer) = op::newest_transaction(request.merchant(), order, request.version) else {
        return Ok(None);
    };
    answers::answer(request.version, &mut answer);
    Webhooks::queued(key, url.to_owned(), nvp::encode(&answer), time).map(Some)
}
