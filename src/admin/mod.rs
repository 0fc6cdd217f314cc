//! What an operator loads: the reference, made from the tables, and the health checks.

mod health;
mod reference;

pub use health::Health;
pub use reference::Reference;

use crate::faces::{Address, Found, Method, Reply, Request};
use futures_util::FutureExt;
use std::future::Future;

/// The methods of an address that is only read.
const READING: &[Method] = &[Method::Get, Method::Head];

/// The answer of an address that takes no body: a body that could not be read is refused all the same.
fn found<'a>(
    address: &'static Address,
    request: &Request<'_>,
    answer: impl Future<Output = Reply> + 'a,
) -> Option<Found<'a>> {
    let permitted = address.permit(request.method).and_then(|()| request.body());
    Some(Found { address, answer: permitted.map(|_| answer.boxed_local()) })
}
