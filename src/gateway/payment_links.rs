//! What a payer does with a payment link: opens its page, and sends the page's form.
//!
//! Nothing is counted apart: which attempts were made, and whether the order is paid, is what the order says. A form
//! that is sent again finds the transaction that it made, whoever was faster, and so charges once.

use super::records::{Records, written};
use super::request::Request;
use super::{Attempt, Gateway};
use crate::check::shape;
use crate::domain::acquiring::GatewayCode;
use crate::domain::failure::{Failure, Fault, Mistake, Rejection};
use crate::domain::ids::MerchantId;
use crate::domain::merchant::Merchant;
use crate::domain::order::{EntryPoint, Order, Transaction};
use crate::domain::payment_link::{Closed, PaymentLink, Standing};
use crate::fields::{Fields, names};
use crate::limits;
use crate::op::{self, payment_link};
use crate::store::{Change, Key, Kind};
use std::borrow::Cow;
use std::sync::Arc;

/// A link as a payer finds it.
pub struct Visit {
    /// The link.
    pub link: PaymentLink,
    /// The name of its merchant.
    pub merchant_name: String,
    /// What there is to see.
    pub state: State,
}

/// What there is to see at a payment link.
pub enum State {
    /// The form, to pay with.
    Open(Form),
    /// The last attempt that was allowed has failed.
    LastFailed(GatewayCode),
    /// What became of the last attempt is not known yet.
    Pending,
    /// The payer has just paid.
    Paid(Box<Transaction>),
    /// It cannot be used any more.
    Closed(Closed),
}

/// A form to pay with.
pub struct Form {
    /// How many attempts are left.
    pub attempts_left: usize,
    /// What it sends along, so that each attempt is another one.
    pub attempt: String,
    /// What the payer has typed before. It holds a card.
    pub typed: Fields,
    /// What was wrong with it.
    pub mistakes: Vec<Rejection>,
    /// What the acquirer said to the attempt before.
    pub failed: Option<GatewayCode>,
}

/// A link with what it depends on, as of one moment.
struct Opened {
    link: PaymentLink,
    merchant: Option<Arc<Merchant>>,
    order: Option<Order>,
    standing: Standing,
}

/// The change that makes a link.
pub(super) fn made(link: &PaymentLink) -> Result<Change, Fault> {
    let expires = Some(payment_link::forgotten(link));
    Ok(Change { key: key(&link.id), replaces: 0, expires, wakes: None, listed: false, bytes: written(link)? })
}

fn key(id: &str) -> Key {
    Key { kind: Kind::PaymentLink, merchant: MerchantId::of_gateway(), id: id.to_owned() }
}

impl Gateway {
    /// The address that payers reach the gateway at: the configured one, else the host that the request was sent to.
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

    /// The link of that id as a payer finds it who opens its page; `None` where there is none.
    pub async fn payment_link(&self, id: &str) -> Result<Option<Visit>, Failure> {
        let opened = self.open(id).await?;
        Ok(opened.map(|opened| opened.at_first(Fields::new(), Vec::new())))
    }

    /// Pays by the link of that id with what a form says; `None` where there is no such link.
    pub async fn pay_by_link(&self, id: &str, form: &Fields) -> Result<Option<Visit>, Failure> {
        let typed = payment_link::typed(form);
        let fingerprint = self.fingerprint(&typed);
        // What the road refused, and how many transactions the order had then.
        let mut refused: Option<(usize, Rejection)> = None;
        for _ in 0..limits::COMMIT_ATTEMPTS {
            let Some(opened) = self.open(id).await? else {
                return Ok(None);
            };
            if let Some(made) = opened.made_by(&fingerprint) {
                return Ok(Some(opened.after(&made, typed)));
            }
            let (Standing::Open { .. }, Some(merchant)) = (opened.standing, &opened.merchant) else {
                return Ok(Some(opened.at_first(Fields::new(), Vec::new())));
            };
            let mistakes = match refused.take() {
                // The order is as it was, so that it was the request's own fault.
                Some((transactions, rejection)) if transactions == opened.transactions() => vec![rejection],
                _ => self.mistakes(&opened.link, &typed),
            };
            if !mistakes.is_empty() {
                return Ok(Some(opened.at_first(typed, mistakes)));
            }
            let request = request(&opened, merchant, &typed, fingerprint.clone())?;
            match self.attempt(&request, false).await {
                // It is in the order now, whoever has put it there, or something else is.
                Ok(Attempt::Answered(_) | Attempt::Repeated(..) | Attempt::Lost { .. }) => {}
                Err(Failure::Rejection(rejection)) if rejection.mistake() == Mistake::Request => {
                    refused = Some((opened.transactions(), rejection));
                }
                Err(failure) => return Err(failure),
            }
        }
        Err(Rejection::busy().into())
    }

    /// What is wrong with each of the fields by itself, so that a payer hears of all of it at once.
    fn mistakes(&self, link: &PaymentLink, typed: &Fields) -> Vec<Rejection> {
        let mut mistakes = payment_link::missing(link, typed);
        for (name, value) in typed.iter() {
            let alone: Fields = [(name.clone(), value)].into_iter().collect();
            mistakes.extend(shape::shape(&alone, link.api_version, &self.settings.policy).err());
        }
        mistakes
    }

    async fn open(&self, id: &str) -> Result<Option<Opened>, Failure> {
        let now = self.seams.now();
        let mut records = Records::default();
        let key = key(id);
        records.read(&self.store, vec![key.clone()], now).await?;
        let Some(link) = records.opened::<PaymentLink>(Some(&key))? else {
            return Ok(None);
        };
        let merchant = self.merchants.merchant(&link.merchant);
        let merchant = merchant.filter(|merchant| payment_link::is_permitted(&link, merchant));
        let Some(merchant) = merchant else {
            return Ok(Some(Opened { link, merchant: None, order: None, standing: Standing::Closed(Closed::Invalid) }));
        };
        let id = link.fields.get(names::ORDER_ID).unwrap_or_default().to_owned();
        let order_key = Key { kind: Kind::Order, merchant: merchant.id.clone(), id };
        records.read(&self.store, vec![order_key.clone()], now).await?;
        let mut order: Option<Order> = records.opened(Some(&order_key))?;
        if let Some(order) = &mut order {
            order.settle(now);
        }
        let standing = link.standing(order.as_ref(), now);
        Ok(Some(Opened { link, merchant: Some(merchant), order, standing }))
    }
}

/// The payment that a form asks for.
fn request(
    opened: &Opened,
    merchant: &Arc<Merchant>,
    typed: &Fields,
    fingerprint: String,
) -> Result<Request, Rejection> {
    let (link, merchant) = (&opened.link, Arc::clone(merchant));
    let fields = payment_link::payment(link, typed, opened.next_transaction_id());
    let op = op::find(&fields, link.api_version, &merchant)?;
    let entry_point = EntryPoint::PaymentLink(link.id.clone());
    Ok(Request { version: link.api_version, merchant, op, fields, entry_point, host: None, fingerprint })
}

impl Opened {
    fn transactions(&self) -> usize {
        self.order.as_ref().map_or(0, |order| order.transactions.len())
    }

    fn next_transaction_id(&self) -> String {
        self.order.as_ref().map_or_else(|| "1".to_owned(), Order::next_transaction_id)
    }

    /// The attempt that a form with this fingerprint has made already.
    fn made_by(&self, fingerprint: &str) -> Option<Transaction> {
        self.link.attempts(self.order.as_ref()).find(|made| made.fingerprint == fingerprint).cloned()
    }

    fn visit(self, state: State) -> Visit {
        let own_name = self.merchant.as_ref().map_or(&self.link.merchant, |merchant| &merchant.name);
        let merchant_name = self.link.fields.get(names::INTERACTION_MERCHANT_NAME).unwrap_or(own_name).to_owned();
        Visit { link: self.link, merchant_name, state }
    }

    fn form(
        &self,
        attempts_left: usize,
        typed: Fields,
        mistakes: Vec<Rejection>,
        failed: Option<GatewayCode>,
    ) -> State {
        State::Open(Form { attempts_left, attempt: self.next_transaction_id(), typed, mistakes, failed })
    }

    /// What there is to see where no attempt was made.
    fn at_first(self, typed: Fields, mistakes: Vec<Rejection>) -> Visit {
        let state = match self.standing {
            Standing::Open { attempts_left } => self.form(attempts_left, typed, mistakes, None),
            Standing::Pending => State::Pending,
            Standing::Closed(why) => State::Closed(why),
        };
        self.visit(state)
    }

    /// What there is to see for whoever has made an attempt, the first time and each time the form is sent again.
    fn after(self, made: &Transaction, typed: Fields) -> Visit {
        let code = made.reply.gateway_code;
        let is_newest = self.order.iter().any(|order| order.transactions.last().is_some_and(|last| last.id == made.id));
        let state = match self.standing {
            _ if made.reply.is_success() => State::Paid(Box::new(made.clone())),
            Standing::Open { attempts_left } => self.form(attempts_left, typed, Vec::new(), Some(code)),
            Standing::Pending => State::Pending,
            Standing::Closed(Closed::UsedUp) if is_newest => State::LastFailed(code),
            Standing::Closed(why) => State::Closed(why),
        };
        self.visit(state)
    }
}
