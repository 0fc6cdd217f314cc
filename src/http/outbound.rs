//! A face's reply as a response.

use crate::faces::Reply;
use actix_web::HttpResponse;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::http::StatusCode;
use actix_web::http::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use actix_web::web::{Bytes, Payload};
use std::borrow::Cow;
use std::pin::Pin;
use std::task::{Context, Poll};
use uuid::Uuid;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The response. `request_id` goes into its `X-Request-Id`.
pub(super) fn response(reply: Reply, request_id: Uuid) -> HttpResponse {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = HttpResponse::with_body(status, reply.body).map_into_boxed_body();
    let headers = response.headers_mut();
    insert(headers, CONTENT_TYPE, reply.content_type);
    for (name, value) in reply.caching {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    for (name, value) in reply.headers {
        insert(headers, HeaderName::from_static(name), value);
    }
    let mut hex = [0; uuid::fmt::Simple::LENGTH];
    if let Ok(id) = HeaderValue::from_str(request_id.simple().encode_lower(&mut hex)) {
        headers.insert(X_REQUEST_ID, id);
    }
    response
}

fn insert(headers: &mut HeaderMap, name: HeaderName, value: Cow<'static, str>) {
    let value = match value {
        Cow::Borrowed(text) => Ok(HeaderValue::from_static(text)),
        Cow::Owned(text) => HeaderValue::try_from(text),
    };
    match value {
        Ok(value) => {
            headers.insert(name, value);
        }
        Err(_) => log::error!("the header {name} was left out: its value cannot stand in a header"),
    }
}

/// The response to a request whose body was not read to its end: it holds on to the rest of the body, so that
/// actix-http closes the connection a little later. A chunked body that was let go it would read for ever.
pub(super) fn and_close(response: HttpResponse, unread: Payload) -> HttpResponse {
    response.map_body(|_, body| BoxBody::new(Holding { body, _unread: unread }))
}

struct Holding {
    body: BoxBody,
    _unread: Payload,
}

impl MessageBody for Holding {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Self::Error>>> {
        self.get_mut().body.as_pin_mut().poll_next(context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(response: &HttpResponse, name: &str) -> Option<String> {
        response.headers().get(name).map(|value| value.to_str().unwrap().to_owned())
    }

    #[test]
    fn an_answer_is_kept_by_no_cache() {
        let response = response(Reply::text(200, "live"), Uuid::nil());
        for (name, value) in [
            ("content-type", "text/plain;charset=UTF-8"),
            ("cache-control", "no-cache, no-store, must-revalidate"),
            ("pragma", "no-cache"),
            ("expires", "0"),
            ("x-request-id", "00000000000000000000000000000000"),
        ] {
            assert_eq!(header(&response, name).as_deref(), Some(value), "{name}");
        }
    }

    #[test]
    fn a_face_says_how_its_reply_is_kept_and_no_value_ends_its_header() {
        let mut reply = Reply::text(200, "").with("location", "https://shop.example/\r\nX: y".to_owned());
        reply.caching = &[("cache-control", "max-age=60")];
        let response = response(reply, Uuid::nil());
        assert_eq!(header(&response, "cache-control").as_deref(), Some("max-age=60"));
        assert_eq!((header(&response, "expires"), header(&response, "location")), (None, None));
    }
}
