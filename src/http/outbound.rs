//! Answers as responses: the only place where a failure becomes one.

use crate::config::Status;
use crate::console::reference;
use crate::domain::failure::{Failure, Fault, Mistake, Rejection};
use crate::fields::{Fields, names};
use crate::hosted::{self, Response};
use crate::spec::dialect::outgoing;
use crate::spec::versions::ApiVersion;
use crate::wire::nvp;
use actix_web::HttpResponse;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::http::StatusCode;
use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, EXPIRES, HeaderName, HeaderValue, LOCATION, PRAGMA,
    REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use actix_web::web::{Bytes, Payload};
use std::pin::Pin;
use std::task::{Context, Poll};
use uuid::Uuid;

const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What goes back to a client.
pub(super) enum Answer {
    /// An operation's or the gateway check's fields.
    Fields(Fields),
    /// An error in the gateway's own form, as the API version of its address has it.
    Failed(Failure, Option<ApiVersion>),
    /// A page for a person.
    Page(reference::Page),
    /// What a payer's browser gets.
    Hosted(Response),
    /// A failure, for a payer.
    HostedFailed(Failure),
    /// A health check that went well, in a word.
    Healthy(&'static str),
    /// A health check that did not.
    Unhealthy(&'static str),
}

impl Answer {
    /// The answer's `result` for the access log, which is one of few words of our own.
    pub fn result(&self) -> &'static str {
        match self {
            Answer::Fields(fields) => match fields.get(names::RESULT) {
                Some("SUCCESS") => "SUCCESS",
                Some("FAILURE") => "FAILURE",
                Some("PENDING") => "PENDING",
                Some("UNKNOWN") => "UNKNOWN",
                Some(_) => "OTHER",
                None => "-",
            },
            Answer::Failed(Failure::Rejection(_), _) | Answer::HostedFailed(Failure::Rejection(_)) => "REJECTED",
            Answer::Failed(Failure::Fault(_), _) | Answer::HostedFailed(Failure::Fault(_)) => "FAILED",
            Answer::Page(_) | Answer::Hosted(_) => "-",
            Answer::Healthy(word) | Answer::Unhealthy(word) => word,
        }
    }

    /// What must be looked up in the log.
    pub fn fault(&self) -> Option<&Fault> {
        match self {
            Answer::Failed(Failure::Fault(fault), _) | Answer::HostedFailed(Failure::Fault(fault)) => Some(fault),
            _ => None,
        }
    }

    /// Whether the response must say which methods there are.
    pub fn is_method_not_allowed(&self) -> bool {
        matches!(self, Answer::Failed(Failure::Rejection(rejection), _) if rejection.mistake() == Mistake::Method)
    }
}

/// How answers are written, as the configuration says.
pub(super) struct Outbound {
    status: Status,
    content_type: HeaderValue,
}

impl Outbound {
    /// `content_type` was checked when the configuration was read; the error is for the caller who did not.
    pub fn new(status: Status, content_type: &str) -> Result<Outbound, actix_web::http::header::InvalidHeaderValue> {
        Ok(Outbound { status, content_type: HeaderValue::from_str(content_type)? })
    }

    /// The response and how many bytes its body has.
    pub fn response(&self, answer: Answer, request_id: Uuid) -> (HttpResponse, usize) {
        let mut policy: Option<String> = None;
        let mut location: Option<String> = None;
        let (status, content_type, body) = match answer {
            Answer::Fields(fields) => (StatusCode::OK, self.content_type.clone(), nvp::encode(&fields)),
            Answer::Failed(failure, version) => {
                let (status, mut fields) = error(&failure);
                if let Some(version) = version {
                    outgoing::error(version, &mut fields);
                }
                let status = if self.status == Status::Rest { status } else { StatusCode::OK };
                (status, self.content_type.clone(), nvp::encode(&fields))
            }
            Answer::Page(page) => {
                let status = if page.found { StatusCode::OK } else { StatusCode::NOT_FOUND };
                policy = Some(reference::CONTENT_SECURITY_POLICY.clone());
                (status, html(), page.html)
            }
            Answer::Hosted(Response::Page(page)) => {
                policy = Some(page.policy);
                let status = StatusCode::from_u16(page.status).unwrap_or(StatusCode::OK);
                (status, html(), page.html)
            }
            Answer::Hosted(Response::Redirect(to)) => {
                location = Some(to);
                (StatusCode::SEE_OTHER, plain(), String::new())
            }
            Answer::HostedFailed(failure) => {
                let status = error(&failure).0;
                let page = hosted::failure(&failure, status.as_u16());
                policy = Some(page.policy);
                (status, html(), page.html)
            }
            Answer::Healthy(word) => (StatusCode::OK, plain(), word.to_owned()),
            Answer::Unhealthy(word) => (StatusCode::SERVICE_UNAVAILABLE, plain(), word.to_owned()),
        };
        let length = body.len();
        let mut response = HttpResponse::with_body(status, body).map_into_boxed_body();
        let headers = response.headers_mut();
        headers.insert(CONTENT_TYPE, content_type);
        // As recorded from the real gateway.
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache, no-store, must-revalidate"));
        headers.insert(PRAGMA, HeaderValue::from_static("no-cache"));
        headers.insert(EXPIRES, HeaderValue::from_static("0"));
        if policy.is_some() {
            headers.insert(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        }
        if policy.is_some() || location.is_some() {
            // The address of a payment link is a key to it.
            headers.insert(REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
        }
        for (name, text) in [(CONTENT_SECURITY_POLICY, policy), (LOCATION, location)] {
            if let Some(value) = text.and_then(|text| HeaderValue::from_str(&text).ok()) {
                headers.insert(name, value);
            }
        }
        let mut hex = [0; uuid::fmt::Simple::LENGTH];
        if let Ok(id) = HeaderValue::from_str(request_id.simple().encode_lower(&mut hex)) {
            headers.insert(X_REQUEST_ID, id);
        }
        (response, length)
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

fn html() -> HeaderValue {
    HeaderValue::from_static("text/html;charset=UTF-8")
}

fn plain() -> HeaderValue {
    HeaderValue::from_static("text/plain;charset=UTF-8")
}

/// The status that the REST interface gives the failure, and its fields (documented and observed).
fn error(failure: &Failure) -> (StatusCode, Fields) {
    match failure {
        Failure::Rejection(rejection) => (status(rejection.mistake()), rejected(rejection)),
        Failure::Fault(fault) => (StatusCode::INTERNAL_SERVER_ERROR, failed(fault)),
    }
}

fn status(mistake: Mistake) -> StatusCode {
    match mistake {
        Mistake::Request => StatusCode::BAD_REQUEST,
        Mistake::Credentials => StatusCode::UNAUTHORIZED,
        Mistake::Address => StatusCode::NOT_FOUND,
        Mistake::Method => StatusCode::METHOD_NOT_ALLOWED,
        Mistake::Slow => StatusCode::REQUEST_TIMEOUT,
        Mistake::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Mistake::Busy => StatusCode::TOO_MANY_REQUESTS,
    }
}

fn rejected(rejection: &Rejection) -> Fields {
    let mut fields = Fields::new();
    fields.set(names::ERROR_CAUSE, rejection.mistake().cause());
    fields.set(names::ERROR_EXPLANATION, rejection.explanation());
    if let Some((name, what)) = rejection.about() {
        fields.set(names::ERROR_FIELD, name);
        fields.set(names::ERROR_VALIDATION_TYPE, what.as_str());
    }
    fields.set(names::RESULT, "ERROR");
    fields
}

/// What happened stays here; the support code finds it in the log.
fn failed(fault: &Fault) -> Fields {
    let mut fields = Fields::new();
    fields.set(names::ERROR_CAUSE, "SERVER_FAILED");
    fields.set(names::ERROR_EXPLANATION, "Please contact customer support quoting the support code.");
    fields.set(names::ERROR_SUPPORT_CODE, fault.support_code());
    fields.set(names::RESULT, "ERROR");
    fields
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(style: Status, answer: Answer) -> (u16, String) {
        let outbound = Outbound::new(style, "text/plain;charset=UTF-8").unwrap();
        let (response, length) = outbound.response(answer, Uuid::new_v4());
        let status = response.status().as_u16();
        let body = response.into_body().try_into_bytes().expect("a body in memory");
        assert_eq!(body.len(), length, "the length for the access log");
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    fn rejection(mistake: Mistake) -> Answer {
        Answer::Failed(Rejection::general(mistake, "No.").into(), None)
    }

    #[test]
    fn every_mistake_has_a_rest_status_and_is_200_otherwise() {
        for (mistake, expected, cause) in [
            (Mistake::Request, 400, "INVALID_REQUEST"),
            (Mistake::Credentials, 401, "INVALID_REQUEST"),
            (Mistake::Address, 404, "INVALID_REQUEST"),
            (Mistake::Method, 405, "INVALID_REQUEST"),
            (Mistake::Slow, 408, "INVALID_REQUEST"),
            (Mistake::TooLarge, 413, "INVALID_REQUEST"),
            (Mistake::Busy, 429, "SERVER_BUSY"),
        ] {
            let body = format!("error.cause={cause}&error.explanation=No.&result=ERROR");
            assert_eq!(sent(Status::Rest, rejection(mistake)), (expected, body.clone()), "{mistake:?}");
            assert_eq!(sent(Status::Ok, rejection(mistake)), (200, body), "{mistake:?}");
        }
    }

    #[test]
    fn an_error_about_a_field_names_it() {
        let (_, body) = sent(Status::Ok, Answer::Failed(Rejection::missing("order.currency").into(), None));
        assert_eq!(
            body,
            "error.cause=INVALID_REQUEST&error.explanation=Missing+parameter&error.field=order.currency\
             &error.validationType=MISSING&result=ERROR"
        );
    }

    #[test]
    fn of_a_fault_only_the_support_code_goes_out() {
        let fault = Fault::new("the disk is full");
        let code = fault.support_code();
        let (status, body) = sent(Status::Rest, Answer::Failed(fault.into(), None));
        assert_eq!(status, 500);
        assert_eq!(
            body,
            format!(
                "error.cause=SERVER_FAILED&error.explanation=Please+contact+customer+support+quoting+the+support+code.\
                 &error.supportCode={code}&result=ERROR"
            )
        );
    }

    #[test]
    fn the_first_versions_have_flat_errors() {
        let in_version = |number: &str| Some(ApiVersion::parse(number).unwrap());
        let missing = |version| Answer::Failed(Rejection::missing("order.id").into(), in_version(version));
        assert_eq!(
            sent(Status::Ok, missing("4")).1,
            "explanation=Parameter+%27order.id%27+is+required.&gatewayCode=INVALID_REQUEST&result=ERROR"
        );
        assert!(sent(Status::Ok, missing("5")).1.starts_with("error.cause=INVALID_REQUEST&"), "version 5 has groups");
        let fault = Fault::new("the disk is full");
        let code = fault.support_code();
        let (_, body) = sent(Status::Ok, Answer::Failed(fault.into(), in_version("1")));
        assert_eq!(body, format!("gatewayCode=SERVER_FAILED&result=ERROR&supportCode={code}"));
    }

    #[test]
    fn a_payer_is_shown_a_page_with_the_support_code_and_no_cause() {
        let outbound = Outbound::new(Status::Ok, "text/plain").unwrap();
        let fault = Fault::new("the disk is full");
        let code = fault.support_code();
        for (failure, status, expected) in [
            (fault.into(), 500, code.as_str()),
            (Rejection::busy().into(), 429, "Operation temporarily rejected because the system is busy."),
            (Rejection::general(Mistake::Request, "<b>").into(), 400, "&lt;b&gt;"),
        ] {
            let (response, _) = outbound.response(Answer::HostedFailed(failure), Uuid::nil());
            assert_eq!(response.status().as_u16(), status);
            assert!(response.headers().contains_key(CONTENT_SECURITY_POLICY), "{status}");
            let body = response.into_body().try_into_bytes().map_err(|_| "a body in one piece").unwrap();
            let html = String::from_utf8(body.to_vec()).unwrap();
            assert!(html.contains(expected) && !html.contains("disk"), "{html}");
        }
    }

    #[test]
    fn an_answer_is_kept_by_no_cache() {
        let outbound = Outbound::new(Status::Ok, "text/plain;charset=UTF-8").unwrap();
        let (response, _) = outbound.response(Answer::Fields(Fields::new()), Uuid::nil());
        let header = |name: &str| response.headers().get(name).unwrap().to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "text/plain;charset=UTF-8");
        assert_eq!(header("cache-control"), "no-cache, no-store, must-revalidate");
        assert_eq!(header("pragma"), "no-cache");
        assert_eq!(header("expires"), "0");
        assert_eq!(header("x-request-id"), "00000000000000000000000000000000");
    }
}
