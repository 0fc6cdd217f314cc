//! Payment links: storing a link, opening a link, and turning a form into a request.
//!
//! The gateway keeps no count of attempts: the order has the attempts and shows whether it is paid. A form that is
//! sent again finds the transaction that it made, and so charges once.

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

/// A payment link with its merchant and its order, as of one moment.
pub struct OpenedLink {
    /// The link.
    pub link: PaymentLink,
    /// The merchant of the link. `None` where the merchant does not exist, or may not take payments by links.
    pub merchant: Option<Arc<Merchant>>,
    /// The order of the link, once an attempt was made.
    pub order: Option<Order>,
    /// Whether the link can be used.
    pub availability: Availability,
    /// A keyed hash of the form that the payer sent.
    fingerprint: String,
}

impl OpenedLink {
    /// The number of transactions of the order.
    pub fn transactions(&self) -> usize {
        self.order.as_ref().map_or(0, |order| order.transactions.len())
    }

    /// The attempt that an identical form has made already.
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
    /// The address at which payers reach the gateway: the configured address, else the host of the request. A text
    /// that does not look like a host is not used.
    pub(super) fn address<'a>(&'a self, request: &Request) -> Option<Cow<'a, str>> {
        if let Some(url) = &self.settings.public_url {
            return Some(Cow::Borrowed(url));
        }
        let is_host = |host: &&String| {
            !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-.:[]_".contains(&byte))
        };
        request.host.as_ref().filter(is_host).map(|host| Cow::Owned(format!("http://{host}")))
    }

    /// The payment link of an id; `None` where no link has the id. `form` has the fields that a payer sent, and is
    /// empty where the payer sent no form.
    ///
    /// # Errors
    /// A fault where the store failed.
    pub async fn open_link(&self, id: &str, form: &Fields) -> Result<Option<OpenedLink>, Failure> {
        let fingerprint = self.fingerprint(form);
        let mut records = Records::default();
        let key = key(id);
        // A link lives by the clock of its merchant, and only the record names the merchant. The earliest of all
        // times hides no merchant's link.
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

    /// All mistakes in the shape of a form.
    pub fn mistakes(&self, link: &PaymentLink, form: &Fields) -> Vec<Rejection> {
        shape::mistakes(form, link.api_version, &self.settings.policy).collect()
    }

    /// Pays by an open link with the fields of a form, in the same steps as every PAY and AUTHORIZE. The attempt
    /// becomes a transaction of the link's order, whether it succeeds or fails.
    ///
    /// # Errors
    /// The reason why no attempt was made.
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
        exchange.set_merchant(&merchant.id);
        exchange.set_operation(op);
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
