//! HTTP/1.1: the only layer that knows actix-web, and where nothing is decided.
//!
//! One handler takes every request, so that no path, method or body is answered in the framework's words.

mod inbound;
mod listener;
mod outbound;

pub use listener::{Listener, Settings, Stopper, block_on, listen};

use crate::faces::{Faces, Headers, Method, Request};
use actix_web::http::header::HeaderMap;
use actix_web::{HttpRequest, HttpResponse, web};
use std::time::{Duration, Instant};
use uuid::Uuid;

/// The log target of the access log, so that a filter can name it.
const ACCESS: &str = "nvpgate::access";

/// What every request needs.
struct Front {
    faces: Faces,
    body_time: Duration,
}

/// Takes a request from its head to its response.
async fn handle(request: HttpRequest, mut payload: web::Payload, front: web::Data<Front>) -> HttpResponse {
    let begin = Instant::now();
    let request_id = Uuid::new_v4();
    let method = Method::parse(request.method().as_str());
    // The body is read whatever the address is: a connection with an unread body cannot be used again.
    let body = inbound::body(request.headers(), &mut payload, front.body_time).await;
    let is_read = body.is_ok();
    let bytes_in = body.as_ref().map_or(0, web::Bytes::len);
    let asked = Request {
        method,
        path: Request::segments(request.path()),
        query: request.query_string(),
        headers: request.headers(),
        body: body.as_deref().map_err(Clone::clone),
    };
    let (address, reply) = front.faces.answer(&asked).await;
    if let Some(fault) = &reply.fault {
        log::error!("request {} failed, support code {}: {}", request_id.simple(), fault.support_code(), fault.cause());
    }
    // Not one of these is a value that the client chose: a path or a query may hold anything.
    log::info!(
        target: ACCESS,
        "{} {} {} {} {} in={} out={} us={}",
        request_id.simple(),
        method.as_str(),
        address,
        reply.status,
        reply.result,
        bytes_in,
        reply.body.len(),
        begin.elapsed().as_micros()
    );
    let response = outbound::response(reply, request_id);
    if is_read { response } else { outbound::and_close(response, payload) }
}

impl Headers for HeaderMap {
    fn text(&self, name: &str) -> Option<&str> {
        self.get(name).and_then(|value| value.to_str().ok())
    }
}
