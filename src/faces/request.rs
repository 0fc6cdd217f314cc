//! A request as a face sees it.

use crate::domain::rejection::Rejection;

/// The method of a request. A name that a client made up is not kept, so that the access log cannot show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    /// `GET`
    Get,
    /// `HEAD`
    Head,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `DELETE`
    Delete,
    /// `OPTIONS`
    Options,
    /// `PATCH`
    Patch,
    /// Any other.
    Other,
}

impl Method {
    /// The method of this name.
    pub fn parse(name: &str) -> Method {
        let known =
            [Method::Get, Method::Head, Method::Post, Method::Put, Method::Delete, Method::Options, Method::Patch];
        known.into_iter().find(|method| method.as_str() == name).unwrap_or(Method::Other)
    }

    /// The name of the method.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Head => "HEAD",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Delete => "DELETE",
            Method::Options => "OPTIONS",
            Method::Patch => "PATCH",
            Method::Other => "OTHER",
        }
    }
}

/// The headers of a request.
pub trait Headers {
    /// The header of that name; a header that is not text counts as absent.
    fn text(&self, name: &str) -> Option<&str>;
}

/// One request, whatever its face.
pub struct Request<'a> {
    /// The method.
    pub method: Method,
    /// The segments of the path as they were sent, without the empty ones. So doubled and trailing slashes do no
    /// harm (observed: the vendor's own sample sends `/api/nvp//version/35`).
    pub path: Vec<&'a str>,
    /// The query as it was sent.
    pub query: &'a str,
    /// The headers.
    pub headers: &'a dyn Headers,
    /// The whole body, or why it could not be read.
    pub body: Result<&'a [u8], Rejection>,
}

impl<'a> Request<'a> {
    /// The segments of a path.
    pub fn segments(path: &'a str) -> Vec<&'a str> {
        path.split('/').filter(|segment| !segment.is_empty()).collect()
    }

    /// The body.
    ///
    /// # Errors
    ///
    /// The rejection says why the body could not be read.
    pub fn body(&self) -> Result<&'a [u8], Rejection> {
        self.body.clone()
    }

    /// The header of that name.
    pub fn header(&self, name: &str) -> Option<&'a str> {
        self.headers.text(name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_made_up_method_is_not_kept() {
        assert_eq!(Method::parse("5123450000000008").as_str(), "OTHER");
        assert_eq!(Method::parse("post"), Method::Other, "HTTP's methods are case-sensitive");
        assert_eq!(Method::parse("PATCH"), Method::Patch);
    }
}
