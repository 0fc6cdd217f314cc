//! HTTP/1.1: the only room that knows actix-web, and where nothing is decided.
//!
//! One handler takes every request, so that no path, method or body is answered in the framework's words.

mod inbound;
mod outbound;
mod routes;
mod serve;

pub use serve::{Running, StartError, start};

use crate::console::reference;
use crate::domain::failure::{Failure, Rejection};
use crate::fields::Fields;
use crate::gateway::{Exchange, Gateway, Inbound};
use crate::hosted::payment_link;
use crate::hosted::visit::{self, Visit};
use crate::spec::versions::ApiVersion;
use crate::wire::nvp;
use actix_web::http::header::{ALLOW, CONTENT_TYPE, HOST, HeaderMap, HeaderName, HeaderValue};
use actix_web::{HttpRequest, HttpResponse, web};
use outbound::{Answer, Outbound};
use routes::{Addressed, Route};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// The log target of the access log, so that a filter can name it.
const ACCESS: &str = "nvpgate::access";

/// What every request needs.
struct Front {
    gateway: Gateway,
    outbound: Outbound,
    body_time: Duration,
}

/// Takes a request from its head to its answer.
async fn handle(request: HttpRequest, mut payload: web::Payload, front: web::Data<Front>) -> HttpResponse {
    let begin = Instant::now();
    let request_id = Uuid::new_v4();
    let Addressed { name, allow, route } = routes::find(request.method(), request.path());
    // The body is read whatever the address is: a connection with an unread body cannot be used again.
    let body = inbound::body(request.headers(), &mut payload, front.body_time).await;
    let is_read = body.is_ok();
    let bytes_in = body.as_ref().map_or(0, web::Bytes::len);
    let answer = front.answer(route, request.query_string(), request.headers(), body).await;
    if let Some(fault) = answer.fault() {
        log::error!("request {} failed, support code {}: {}", request_id.simple(), fault.support_code(), fault.cause());
    }
    let result = answer.result();
    let not_allowed = answer.is_method_not_allowed();
    let (mut response, bytes_out) = front.outbound.response(answer, request_id);
    if not_allowed {
        response.headers_mut().insert(ALLOW, HeaderValue::from_static(allow));
    }
    // Not one of these is a value that the client chose: a path or a query may hold anything.
    log::info!(
        target: ACCESS,
        "{} {} {} {} {} in={} out={} us={}",
        request_id.simple(),
        routes::known_method(request.method()),
        name,
        response.status().as_u16(),
        result,
        bytes_in,
        bytes_out,
        begin.elapsed().as_micros()
    );
    if is_read { response } else { outbound::and_close(response, payload) }
}

impl Front {
    async fn answer(
        &self,
        route: Result<Route, Rejection>,
        query: &str,
        headers: &HeaderMap,
        body: Result<web::Bytes, Rejection>,
    ) -> Answer {
        // What is wrong with the address, the version included, is said before what is wrong with the body.
        let version = route.as_ref().ok().and_then(Route::version);
        let admitted = version.map_or(Ok(()), |version| self.gateway.admit(version));
        match (admitted.and(route), body) {
            (Ok(Route::PaymentLink { id, is_paid }), body) => {
                match self.payment_link(&id, is_paid, headers, body).await {
                    Ok(visit) => Answer::Hosted(payment_link::response(visit)),
                    Err(failure) => Answer::HostedFailed(failure),
                }
            }
            (Err(rejection), _) | (Ok(_), Err(rejection)) => Answer::Failed(rejection.into(), version),
            (Ok(Route::Operation(asked)), Ok(body)) => match self.operate(asked, headers, &body).await {
                Ok(fields) => Answer::Fields(fields),
                Err(failure) => Answer::Failed(failure, version),
            },
            (Ok(Route::Information(_)), Ok(_)) => Answer::Fields(self.gateway.information()),
            (Ok(Route::Reference), Ok(_)) => Answer::Page(reference::page(query)),
            (Ok(Route::Live), Ok(_)) => Answer::Healthy("live"),
            (Ok(Route::Ready), Ok(_)) => match self.gateway.ready().await {
                Ok(()) => Answer::Healthy("ready"),
                Err(error) => {
                    log::error!("the store is not ready: {}", error.cause());
                    Answer::Unhealthy("not ready")
                }
            },
        }
    }

    async fn operate(&self, version: ApiVersion, headers: &HeaderMap, body: &[u8]) -> Result<Fields, Failure> {
        let fields = nvp::decode(text(headers, CONTENT_TYPE), body)?;
        let host = text(headers, HOST).map(str::to_owned);
        let mut exchange = Exchange::begin();
        let answer = self.gateway.answer(Inbound { version, fields, host }, &mut exchange).await;
        exchange.log();
        answer
    }

    async fn payment_link(
        &self,
        id: &str,
        is_paid: bool,
        headers: &HeaderMap,
        body: Result<web::Bytes, Rejection>,
    ) -> Result<Option<Visit>, Failure> {
        let body = body?;
        if !is_paid {
            return visit::open(&self.gateway, id).await;
        }
        let form = nvp::decode(text(headers, CONTENT_TYPE), &body)?;
        visit::pay(&self.gateway, id, &form, &mut Exchange::begin()).await
    }
}

/// A header as text; one that is none is as if it were absent.
fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
