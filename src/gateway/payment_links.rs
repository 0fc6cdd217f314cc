//! Payment links: how one is stored and opened, and how its form becomes a request.
//!
//! Attempts are not counted apart: the order says which attempts were made and whether it is paid. A form that is sent
//! again finds the transaction that it made, and so charges once.

use super::Gateway;
use super::exchange::Exchange;
use super::records::{Records, written};
use super::request::Request;
use crate::auth::Caller;
use crate::check::shape;
use crate::domain::failure::Failure;
use crate::domain::fault::Fault;
use crate::domain::ids::MerchantId;
use crate::domain::merchant::Merchant;
use crate::domain::order::{EntryPoint, Order, Transaction};
use crate::domain::payment_link::{Availability, Closed, PaymentLink};
use crate::domain::rejection::Rejection;
use crate::fields::{Fields, names};
use crate::op;
use crate::store::{Change, Key, Kind};
use std::borrow::Cow;
use std::sync::Arc;

/// A payment link with what it depends on, as of one moment.
pub struct OpenedLink {
    /// The link.
    pub link: PaymentLink,
    /// Its merchant; `None` where the merchant is gone or may not take payments by links any more.
    pub merchant: Option<Arc<Merchant>>,
    /// Its order, once an attempt was made.
    pub order: Option<Order>,
    /// Whether the link can be used.
    pub availability: Availability,
    /// A keyed hash of the form that was sent.
    fingerprint: String,
}

impl OpenedLink {
    /// How many transactions the order has.
    pub fn transactions(&self) -> usize {
        self.order.as_ref().map_or(0, |order| order.transactions.len())
    }

    /// The attempt that the form which was sent has made already.
    pub fn made(&self) -> Option<&Transaction> {
        self.link.attempts(self.order.as_ref()).find(|made| made.fingerprint == self.fingerprint)
    }
}

/// The change that stores a new link.
pub(super) fn stored(link: &PaymentLink) -> Result<Change, Fault> {
    let expires = Some(op::link_record_expires(link));
    Ok(Change { key: key(&link.id), replaces: 0, expires, wakes: None, listed: false, bytes: written(link)? })
}

fn key(id: &str) -> Key {
    Key { kind: Kind::PaymentLink, merchant: MerchantId::of_gateway(), id: id.to_owned() }
}

impl Gateway {
    /// The address at which payers reach the gateway: the configured one, else the host that the request was sent to.
    /// What does not look like a host is not repeated.
    pub(super) fn address<'a>(&'a self, request: &Request) -> Option<Cow<'a, str>> {
        if let Some(url) = &self.settings.public_url {
            return Some(Cow::Borrowed(url));
        }
        let is_host = |host: &&String| {
            !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:[]_".contains(&byte))
        };
        request.host.as_ref().filter(is_host).map(|host| Cow::Owned(format!("http://{host}")))
    }

    /// The payment link of that id; `None` where there is none. `form` is what a payer sent, empty where nothing was sent.
    ///
    /// # Errors
    /// A fault: the store failed.
    pub async fn open_link(&self, id: &str, form: &Fields) -> Result<Option<OpenedLink>, Failure> {
        let fingerprint = self.fingerprint(form);
        let mut records = Records::default();
        let key = key(id);
        // A link's time is its merchant's, whom the record names: the earliest of all times hides no merchant's link.
        records.read(&self.store, vec![key.clone()], self.environment.earliest()).await?;
        let Some(link) = records.opened::<PaymentLink>(Some(&key))? else {
            return Ok(None);
        };
        let Some(now) = MerchantId::parse(&link.merchant).map(|merchant| self.environment.world(&merchant).now())
        else {
            return Err(Fault::new("a payment link names no merchant").into());
        };
        if op::link_record_expires(&link) <= now {
            return Ok(None);
        }
        let merchant = self.merchants.merchant(&link.merchant);
        let merchant = merchant.filter(|merchant| op::link_is_permitted(&link, merchant));
        let Some(merchant) = merchant else {
            let availability = Availability::Closed(Closed::Invalid);
            return Ok(Some(OpenedLink { link, merchant: None, order: None, availability, fingerprint }));
        };
        let id = link.fields.get(names::ORDER_ID).unwrap_or_default().to_owned();
        let order_key = Key { kind: Kind::Order, merchant: merchant.id.clone(), id };
        records.read(&self.store, vec![order_key.clone()], now).await?;
        let mut order: Option<Order> = records.opened(Some(&order_key))?;
        if let Some(order) = &mut order {
            order.take_in_outcomes(now);
        }
        let availability = link.availability(order.as_ref(), now);
        Ok(Some(OpenedLink { link, merchant: Some(merchant), order, availability, fingerprint }))
    }

    /// Everything that is wrong with the fields of a form by themselves.
    pub fn mistakes(&self, link: &PaymentLink, form: &Fields) -> Vec<Rejection> {
        shape::mistakes(form, link.api_version, &self.settings.policy).collect()
    }

    /// Pays by an open link with what a form says, on the way of every PAY and AUTHORIZE. The attempt is then a
    /// transaction of the link's order, whatever became of it.
    ///
    /// # Errors
    /// Why no attempt was made.
    pub async fn pay_by_link(
        &self,
        opened: &OpenedLink,
        form: &Fields,
        exchange: &mut Exchange,
    ) -> Result<(), Failure> {
        let Some(merchant) = &opened.merchant else {
            return Ok(());
        };
        let link = &opened.link;
        let fields = op::link_request(link, form);
        let op = op::find(&fields, link.api_version, merchant)?;
        exchange.is_of(&merchant.id);
        exchange.asks_for(op);
        let request = Request {
            version: link.api_version,
            caller: Caller::Merchant(Arc::clone(merchant)),
            world: self.environment.world(&merchant.id),
            op,
            fields,
            entry_point: EntryPoint::PaymentLink(link.id.clone()),
            link: Some(link.clone()),
            host: None,
            fingerprint: opened.fingerprint.clone(),
        };
        self.carry_out(&request, exchange).await.map(drop)
    }
}
