//! What an operation leaves behind: in the records that it used, in the outbox, and in one durable commit.

use super::loaded::Loaded;
use super::records::{self, Records};
use super::request::Request;
use super::{Attempt, Gateway, payment_links, tokens};
use crate::check::Checked;
use crate::domain::failure::Failure;
use crate::domain::timestamp::Timestamp;
use crate::op::{Settled, TokenChange};
use crate::spec::operations::SessionUse;
use crate::store::{Change, Committed, Key, Kind};

impl Gateway {
    /// Adds to what the operation has settled what its use does to session, token, quote and order, and commits all of
    /// it at once.
    pub(super) async fn conclude(
        &self,
        request: &Request,
        mut settled: Settled,
        loaded: Loaded,
        checked: &Checked,
        records: &Records,
        now: Timestamp,
    ) -> Result<Attempt, Failure> {
        if let (Some(order), Some(card)) = (&mut settled.order, checked.card()) {
            self.keep_card(request, order, card).await?;
        }
        if let (SessionUse::References, Some(mut used)) = (request.op.row().session, loaded.session) {
            used.drop_security_code();
            settled.session = Some(used);
        }
        if let (true, Some(used)) = (request.pays_with_token(), loaded.token.and_then(|token| token.after_use(now))) {
            settled.token = Some(TokenChange { id: used.id.clone(), token: Some(used), card: None });
        }
        if let (Some(order), Some(quote)) = (&settled.order, loaded.quote) {
            settled.quote = quote.after_use(order).map(Box::new);
        }
        let notifications = self.notifications(request, checked.fields(), settled.order.as_mut(), now)?;
        self.commit(request, settled, notifications, records, now).await
    }

    async fn commit(
        &self,
        request: &Request,
        settled: Settled,
        notifications: Vec<Change>,
        records: &Records,
        now: Timestamp,
    ) -> Result<Attempt, Failure> {
        let mut changes = Vec::with_capacity(4);
        let change = |key: Key, expires, bytes| Change {
            replaces: records.version(&key),
            key,
            expires,
            wakes: None,
            listed: false,
            bytes,
        };
        if let Some(session) = &settled.session {
            let expires = now.plus_seconds(i64::from(self.settings.session_ttl_seconds));
            changes.push(change(request.key(Kind::Session, &session.id), Some(expires), records::written(session)?));
        }
        if let Some(TokenChange { id, token, card }) = &settled.token {
            // A deleted token leaves an empty record, so that its number never comes to stand for another card
            // unless a merchant says so.
            let stored = change(request.key_in_repository(id), None, records::written(token)?);
            changes.push(Change { listed: token.is_some(), ..stored });
            if let Some(hash) = card {
                let leads = request.key_in_repository(&tokens::card_id(hash));
                changes.push(change(leads, None, records::written(id)?));
            }
        }
        changes.extend(settled.link.as_deref().map(payment_links::made).transpose()?);
        if let Some(quote) = settled.quote.as_deref() {
            let key = request.key(Kind::Quote, &quote.id);
            changes.push(change(key, Some(quote.expires()), records::written(quote)?));
        }
        // The order last, so that its place says whether it was the order that was lost.
        let order_at = settled.order.as_ref().map(|_| changes.len());
        if let Some(order) = &settled.order {
            changes.push(change(request.key(Kind::Order, &order.id), None, records::written(order)?));
        }
        if changes.is_empty() {
            return Ok(Attempt::Answered(settled.answer));
        }
        let notifies = !notifications.is_empty();
        changes.extend(notifications);
        match self.store.commit(changes).await? {
            Committed::Done => {
                if notifies {
                    self.webhooks.hurry();
                }
                Ok(Attempt::Answered(settled.answer))
            }
            Committed::Lost { changes } => {
                Ok(Attempt::Lost { order: order_at.is_some_and(|order| changes.contains(&order)) })
            }
        }
    }
}
