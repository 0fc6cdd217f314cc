//! A reply as a face gives it.

use super::failure;
use crate::domain::failure::Failure;
use crate::domain::fault::Fault;
use std::borrow::Cow;

/// The headers that keep an answer out of every cache (recorded from the real gateway).
const NOT_CACHED: &[(&str, &str)] =
    &[("cache-control", "no-cache, no-store, must-revalidate"), ("pragma", "no-cache"), ("expires", "0")];

/// The content type of a page.
const HTML: &str = "text/html;charset=UTF-8";

/// The content type of a text.
const TEXT: &str = "text/plain;charset=UTF-8";

/// One response, whatever its face.
pub struct Reply {
    /// The HTTP status.
    pub status: u16,
    /// The content type.
    pub content_type: Cow<'static, str>,
    /// The headers about caching. No cache keeps a reply unless its face replaces them.
    pub caching: &'static [(&'static str, &'static str)],
    /// Further headers.
    pub headers: Vec<(&'static str, Cow<'static, str>)>,
    /// The body.
    pub body: Cow<'static, [u8]>,
    /// The access log's word for the result. It holds no value of a request.
    pub result: &'static str,
    /// The fault that kept the request from being carried out, for the log.
    pub fault: Option<Fault>,
}

impl Reply {
    /// A reply with a body.
    pub fn new(status: u16, content_type: impl Into<Cow<'static, str>>, body: impl Into<Vec<u8>>) -> Reply {
        Reply {
            status,
            content_type: content_type.into(),
            caching: NOT_CACHED,
            headers: Vec::new(),
            body: Cow::Owned(body.into()),
            result: "-",
            fault: None,
        }
    }

    /// A page.
    pub fn html(status: u16, document: String) -> Reply {
        Reply::new(status, HTML, document)
    }

    /// A text.
    pub fn text(status: u16, text: impl Into<Vec<u8>>) -> Reply {
        Reply::new(status, TEXT, text)
    }

    /// The reply with one more header.
    pub fn with(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Reply {
        self.headers.push((name, value.into()));
        self
    }

    /// The reply with the access log's word for the result.
    pub fn with_result(mut self, result: &'static str) -> Reply {
        self.result = result;
        self
    }

    /// The reply, which tells of a failure.
    pub fn of_failure(mut self, failure: Failure) -> Reply {
        self.result = failure::result(&failure);
        self.fault = match failure {
            Failure::Fault(fault) => Some(fault),
            Failure::Rejection(_) => None,
        };
        self
    }
}
