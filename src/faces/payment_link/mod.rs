//! The face of payment links: a page under `/pbl/{id}` where a payer pays an order.

mod attempt;
mod destination;
mod form;
mod page;
mod receipt;
mod visit;
mod words;

use super::{Address, Face, Found, Method, Reply, Request};
use crate::domain::failure::Failure;
use crate::gateway::{Exchange, Gateway};
use crate::wire::nvp;
use attempt::Visit;
use futures_util::FutureExt;
use std::sync::Arc;

/// `/pbl/{id}`, the page of the payment link of that id, which is a secret.
static LINK: Address = Address { name: "payment link", methods: &[Method::Get, Method::Head, Method::Post] };

/// The face.
pub struct PaymentLink {
    gateway: Arc<Gateway>,
}

impl PaymentLink {
    /// The face of a gateway.
    pub fn new(gateway: Arc<Gateway>) -> PaymentLink {
        PaymentLink { gateway }
    }

    async fn reply(&self, id: &str, request: &Request<'_>) -> Reply {
        match self.visit(id, request).await {
            Ok(visit) => visit::reply(visit),
            Err(failure) => page::failed(failure),
        }
    }

    async fn visit(&self, id: &str, request: &Request<'_>) -> Result<Option<Visit>, Failure> {
        let body = request.body()?;
        if request.method != Method::Post {
            return attempt::open(&self.gateway, id).await;
        }
        let form = nvp::decode(request.header("content-type"), body)?;
        let mut exchange = Exchange::begin();
        let visit = attempt::pay(&self.gateway, id, &form, &mut exchange).await;
        exchange.log();
        visit
    }
}

impl Face for PaymentLink {
    fn find<'a>(&'a self, request: &'a Request<'a>) -> Option<Found<'a>> {
        let ["pbl", id] = *request.path.as_slice() else { return None };
        let answer = LINK.permit(request.method).map(|()| self.reply(id, request).boxed_local());
        Some(Found { address: &LINK, answer })
    }
}
