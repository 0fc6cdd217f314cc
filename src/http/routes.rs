//! Which paths and methods there are.

use crate::domain::failure::{Mistake, Rejection};
use crate::spec::versions::ApiVersion;
use actix_web::http::Method;

/// What a path asks for.
pub(super) enum Route {
    /// `POST /api/nvp/version/{N}`
    Operation(ApiVersion),
    /// `GET` or `POST /api/nvp/version/{N}/information` (documented: no credentials, no fields)
    Information(ApiVersion),
    /// `GET` or `POST /pbl/{id}`, the page of the payment link of that id
    PaymentLink {
        /// The id, which is a secret.
        id: String,
        /// Whether its form is sent.
        is_paid: bool,
    },
    /// `GET /reference/`
    Reference,
    /// `GET /health/live`
    Live,
    /// `GET /health/ready`
    Ready,
}

impl Route {
    /// The API version in the path.
    pub fn version(&self) -> Option<ApiVersion> {
        match self {
            Route::Operation(version) | Route::Information(version) => Some(*version),
            _ => None,
        }
    }
}

/// A route, or why there is none.
pub(super) struct Addressed {
    /// What the access log calls the path.
    pub name: &'static str,
    /// The methods the path takes, as the `Allow` header lists them.
    pub allow: &'static str,
    /// The route.
    pub route: Result<Route, Rejection>,
}

const OPERATION_METHODS: &str = "POST";
const BOTH_METHODS: &str = "GET, HEAD, POST";
const READING_METHODS: &str = "GET, HEAD";

/// Finds the route. Empty segments count for nothing, so doubled and trailing slashes do no harm (observed:
/// the vendor's own sample sends `/api/nvp//version/35`).
pub(super) fn find(method: &Method, path: &str) -> Addressed {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let mut next = || segments.next();
    match (next(), next(), next(), next(), next(), next()) {
        (Some("api"), Some("nvp"), Some("version"), Some(version), None, None) => {
            let is_right = method == Method::POST;
            versioned("operation", OPERATION_METHODS, version, is_right, Route::Operation)
        }
        (Some("api"), Some("nvp"), Some("version"), Some(version), Some("information"), None) => {
            let is_right = method == Method::POST || is_reading(method);
            versioned("information", BOTH_METHODS, version, is_right, Route::Information)
        }
        (Some("pbl"), Some(id), None, None, None, None) => {
            let is_paid = method == Method::POST;
            let route = Route::PaymentLink { id: id.to_owned(), is_paid };
            let route = if is_paid || is_reading(method) { Ok(route) } else { Err(wrong_method(BOTH_METHODS)) };
            Addressed { name: "payment link", allow: BOTH_METHODS, route }
        }
        (Some("reference"), None, None, None, None, None) => readable("reference", method, Route::Reference),
        (Some("health"), Some("live"), None, None, None, None) => readable("live", method, Route::Live),
        (Some("health"), Some("ready"), None, None, None, None) => readable("ready", method, Route::Ready),
        _ => {
            let route = Err(Rejection::general(
                Mistake::Address,
                "There is nothing at this address. Operations go to POST /api/nvp/version/<API version>.",
            ));
            Addressed { name: "unknown", allow: "", route }
        }
    }
}

/// The method, where it is a usual one; the access log shows no name that a client made up.
pub(super) fn known_method(method: &Method) -> &str {
    let known = [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::HEAD, Method::OPTIONS, Method::PATCH];
    if known.contains(method) { method.as_str() } else { "OTHER" }
}

fn versioned(
    name: &'static str,
    allow: &'static str,
    version: &str,
    method_is_right: bool,
    route: impl FnOnce(ApiVersion) -> Route,
) -> Addressed {
    let route = ApiVersion::parse(version)
        .ok_or_else(|| Rejection::unknown_version(version))
        .and_then(|version| if method_is_right { Ok(route(version)) } else { Err(wrong_method(allow)) });
    Addressed { name, allow, route }
}

fn readable(name: &'static str, method: &Method, route: Route) -> Addressed {
    let route = if is_reading(method) { Ok(route) } else { Err(wrong_method(READING_METHODS)) };
    Addressed { name, allow: READING_METHODS, route }
}

fn is_reading(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

fn wrong_method(allow: &str) -> Rejection {
    Rejection::general(Mistake::Method, format!("This address takes no such HTTP method. Use {allow}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn described(method: &str, path: &str) -> String {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let found = find(&method, path);
        match found.route {
            Ok(Route::Operation(version)) => format!("operation {version}"),
            Ok(Route::Information(_)) => "information".to_owned(),
            Ok(Route::PaymentLink { id, is_paid }) => {
                format!("payment link {id}{}", if is_paid { ", paid" } else { "" })
            }
            Ok(Route::Reference) => "reference".to_owned(),
            Ok(Route::Live) => "live".to_owned(),
            Ok(Route::Ready) => "ready".to_owned(),
            Err(rejection) => format!("{:?} at {}", rejection.mistake(), found.name),
        }
    }

    #[test]
    fn addresses_that_exist_and_those_that_do_not() {
        for (method, path, expected) in [
            ("POST", "/api/nvp/version/100", "operation 100"),
            ("POST", "/api/nvp/version/1/", "operation 1"),
            ("POST", "/api/nvp//version/35", "operation 35"),
            ("POST", "//api//nvp//version//35//", "operation 35"),
            ("GET", "/api/nvp/version/100", "Method at operation"),
            ("PUT", "/api/nvp/version/100", "Method at operation"),
            ("BREW", "/api/nvp/version/100", "Method at operation"),
            ("GET", "/api/nvp/version/101", "Address at operation"),
            ("POST", "/api/nvp/version/0", "Address at operation"),
            ("POST", "/api/nvp/version/abc", "Address at operation"),
            ("POST", "/api/nvp/version", "Address at unknown"),
            ("POST", "/api/nvp/version/", "Address at unknown"),
            ("POST", "/api/nvp/version/100/x", "Address at unknown"),
            ("POST", "/api/nvp/version/100/information/x", "Address at unknown"),
            ("POST", "/API/nvp/version/100", "Address at unknown"),
            ("GET", "/api/nvp/version/100/information", "information"),
            ("POST", "/api/nvp/version/100/information/", "information"),
            ("GET", "/api/nvp/version/101/information", "Address at information"),
            ("DELETE", "/api/nvp/version/100/information", "Method at information"),
            ("GET", "/pbl/PAYLINK1", "payment link PAYLINK1"),
            ("HEAD", "/pbl/PAYLINK1/", "payment link PAYLINK1"),
            ("POST", "/pbl/PAYLINK1", "payment link PAYLINK1, paid"),
            ("PUT", "/pbl/PAYLINK1", "Method at payment link"),
            ("GET", "/pbl/", "Address at unknown"),
            ("GET", "/pbl/PAYLINK1/x", "Address at unknown"),
            ("GET", "/reference/", "reference"),
            ("HEAD", "/reference", "reference"),
            ("POST", "/reference", "Method at reference"),
            ("GET", "/health/live", "live"),
            ("HEAD", "/health/ready/", "ready"),
            ("POST", "/health/ready", "Method at ready"),
            ("GET", "/", "Address at unknown"),
            ("OPTIONS", "*", "Address at unknown"),
            ("GET", "", "Address at unknown"),
        ] {
            assert_eq!(described(method, path), expected, "{method} {path}");
        }
    }

    #[test]
    fn a_made_up_method_is_not_logged() {
        assert_eq!(known_method(&Method::from_bytes(b"5123450000000008").unwrap()), "OTHER");
        assert_eq!(known_method(&Method::POST), "POST");
    }
}
