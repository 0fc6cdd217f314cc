//! Step 11: one durable commit. The commit holds the changes that the operation decided, the use of session, token
//! and quote, and the notifications.

use super::load::Loaded;
use super::records::{self, Records};
use super::request::Request;
use super::{Attempt, Gateway, payment_links, tokens};
use crate::check::Checked;
use crate::domain::failure::Failure;
use crate::domain::fault::Fault;
use crate::domain::timestamp::Timestamp;
use crate::op::{Decision, RecordChange, TokenChange};
use crate::spec::operations::{SessionUse, TokenUse};
use crate::store::{Change, Committed, Key, Kind};

impl Gateway {
    /// Commits a decision. A record that the request only used is changed only if the request was carried out.
    pub(super) async fn commit(
        &self,
        request: &Request,
        mut decision: Decision,
        loaded: Loaded,
        checked: &Checked,
        now: Timestamp,
    ) -> Result<Attempt, Failure> {
        let records = loaded.records;
        let mut notifications = Vec::new();
        if decision.answer.is_ok() {
            let row = request.op.row();
            if let (SessionUse::References, Some(mut used)) = (row.session, loaded.session) {
                used.drop_security_code();
                decision.changes.push(RecordChange::Session(used));
            }
            if row.token == TokenUse::Pays && row.adds_transaction() {
                let used = loaded.token.and_then(|token| token.after_use(now));
                let used = used.map(|token| TokenChange { id: token.id.clone(), token: Some(token), card_hash: None });
                decision.changes.extend(used.map(RecordChange::Token));
            }
            let mut quote = loaded.quote;
            let mut taken = None;
            for change in &mut decision.changes {
                if let RecordChange::Order(order) = change {
                    if let Some(card) = checked.card() {
                        self.keep_card(request, order, card).await?;
                    }
                    taken = quote.take().and_then(|quote| quote.after_use(order));
                    notifications = self.notifications(request, checked.fields(), order, now)?;
                }
            }
            decision.changes.extend(taken.map(|quote| RecordChange::Quote(Box::new(quote))));
        }
        let mut changes = Vec::with_capacity(decision.changes.len() + notifications.len() + 1);
        let mut order_at = None;
        for change in &decision.changes {
            if matches!(change, RecordChange::Order(_)) {
                order_at = Some(changes.len());
            }
            self.add(&mut changes, request, change, &records, now)?;
        }
        let notifies = !notifications.is_empty();
        changes.extend(notifications);
        if !changes.is_empty() {
            match self.store.commit(changes).await? {
                Committed::Done if notifies => self.webhooks.deliver_soon(),
                Committed::Done => {}
                Committed::Lost { changes } => {
                    return Ok(Attempt::Lost { order: order_at.is_some_and(|order| changes.contains(&order)) });
                }
            }
        }
        Ok(Attempt::Answered(decision.answer?, request.version))
    }

    /// Adds the stored form of a change.
    fn add(
        &self,
        changes: &mut Vec<Change>,
        request: &Request,
        change: &RecordChange,
        records: &Records,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let stored = |key: Key, expires, bytes| Change {
            replaces: records.version(&key),
            key,
            expires,
            wakes: None,
            listed: false,
            bytes,
        };
        match change {
            RecordChange::Session(session) => {
                let expires = now.plus_seconds(i64::from(self.settings.session_ttl_seconds));
                let key = request.key(Kind::Session, &session.id);
                changes.push(stored(key, Some(expires), records::written(session)?));
            }
            RecordChange::Order(order) => {
                changes.push(stored(request.key(Kind::Order, &order.id), None, records::written(order)?));
            }
            RecordChange::Token(TokenChange { id, token, card_hash }) => {
                // A deleted token leaves an empty record. The number of the token stands for another card only if a
                // merchant asks for that.
                let record = stored(request.key_in_repository(id), None, records::written(token)?);
                changes.push(Change { listed: token.is_some(), ..record });
                if let Some(hash) = card_hash {
                    let key = request.key_in_repository(&tokens::card_id(hash));
                    changes.push(stored(key, None, records::written(id)?));
                }
            }
            RecordChange::Link(link) => changes.push(payment_links::stored(link)?),
            RecordChange::Quote(quote) => {
                let key = request.key(Kind::Quote, &quote.id);
                changes.push(stored(key, Some(quote.expires()), records::written(quote)?));
            }
        }
        Ok(())
    }
}
