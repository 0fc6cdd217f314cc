//! Turns a request of a fixture into bytes, sends it and takes the answer.

use super::fixture::{Request, RequestBody};
use super::template::{CREDENTIALS, Names, PASSWORD};
use crate::domain::secret::Secret;
use crate::fields::names;
use std::time::Duration;
use ureq::Agent;
use ureq::http::{self, HeaderName, HeaderValue, Method, header};

/// How long a gateway may take for one answer. A real gateway's slowest operation waits for an acquirer
/// for half a minute.
const ANSWER_TIME: Duration = Duration::from_secs(60);

/// Bytes of an answer that are read; the largest known answer, an order of 200 transactions, has about a
/// million.
const ANSWER_BYTES: u64 = 16 * 1024 * 1024;

/// Where a conversation takes place and as whom.
pub struct Speaker {
    agent: Agent,
    base: String,
    /// The merchant of the run.
    pub merchant: String,
    /// The password of every merchant the fixture speaks as.
    pub password: Secret,
}

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type` header, empty when there is none.
    pub content_type: String,
    /// The body.
    pub body: Vec<u8>,
}

/// A client that shows what the gateway sent: no redirect is followed and no status is an error.
pub fn agent(proxy: Option<ureq::Proxy>) -> Agent {
    Agent::config_builder()
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(ANSWER_TIME))
        .proxy(proxy)
        .build()
        .new_agent()
}

impl Speaker {
    /// `base` is the gateway's address without a slash at its end.
    pub fn new(agent: Agent, base: String, merchant: String, password: Secret) -> Speaker {
        Speaker { agent, base, merchant, password }
    }

    /// Sends a request.
    ///
    /// # Errors
    /// The sentence says why no answer came. It shows no value of the request.
    pub fn send(&self, request: &Request, names: &Names) -> Result<Received, String> {
        let path = match &request.path {
            Some(path) => text(path.fill(names))?,
            None => format!("/api/nvp/version/{}", request.version),
        };
        let mut head = http::Request::builder().method(&request.method).uri(format!("{}{path}", self.base));
        let mut form = takes_body(&request.method);
        for (name, value) in &request.headers {
            form &= *name != header::CONTENT_TYPE;
            if let Some(value) = value {
                let value = HeaderValue::from_bytes(&value.fill(names)).map_err(|_| header_error(name))?;
                head = head.header(name, value);
            }
        }
        if form {
            head = head.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded; charset=UTF-8");
        }
        let response = if takes_body(&request.method) {
            let request = head.body(self.body(request, names)?).map_err(|error| error.to_string())?;
            self.agent.run(request)
        } else {
            self.agent.run(head.body(()).map_err(|error| error.to_string())?)
        };
        let mut response = response.map_err(|error| format!("no answer: {error}"))?;
        let content_type = response.headers().get(header::CONTENT_TYPE);
        let content_type = content_type.map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let status = response.status().as_u16();
        let body = response.body_mut().with_config().limit(ANSWER_BYTES).read_to_vec();
        let body = body.map_err(|error| format!("HTTP {status}, but no whole body: {error}"))?;
        Ok(Received { status, content_type: content_type.unwrap_or_default(), body })
    }

    /// The pairs as they are written, and behind them the credentials that the fixture leaves to the run.
    fn body(&self, request: &Request, names: &Names) -> Result<Vec<u8>, String> {
        let merchant = match &request.merchant {
            Some(merchant) => text(merchant.fill(names))?,
            None => self.merchant.clone(),
        };
        let user_name = format!("merchant.{merchant}");
        let credentials = [
            (names::MERCHANT.as_str(), merchant.as_str()),
            (names::API_USERNAME.as_str(), &user_name),
            (names::API_PASSWORD.as_str(), self.password.expose()),
        ];
        let mut names = names.clone();
        names.insert(PASSWORD.to_owned(), self.password.expose().to_owned());
        match &request.body {
            RequestBody::Raw(raw) => {
                names.insert(CREDENTIALS.to_owned(), encode(&credentials)?);
                Ok(raw.fill(&names))
            }
            RequestBody::Fields(fields) => {
                let mut pairs = Vec::new();
                for (name, value) in fields {
                    if let Some(value) = value {
                        pairs.push((name.as_str(), text(value.fill(&names))?));
                    }
                }
                for (name, value) in credentials {
                    if fields.iter().all(|(written, _)| written != name) {
                        pairs.push((name, value.to_owned()));
                    }
                }
                Ok(encode(&pairs)?.into_bytes())
            }
        }
    }
}

/// Whether a request of this method has a body, and so credentials.
pub fn takes_body(method: &Method) -> bool {
    [Method::POST, Method::PUT, Method::PATCH].contains(method)
}

fn encode<V: serde::Serialize>(pairs: &[(&str, V)]) -> Result<String, String> {
    serde_urlencoded::to_string(pairs).map_err(|error| format!("cannot be encoded as a form: {error}"))
}

fn text(bytes: Vec<u8>) -> Result<String, String> {
    String::from_utf8(bytes).map_err(|_| "a value of the request is no UTF-8".to_owned())
}

fn header_error(name: &HeaderName) -> String {
    format!("the value of the header {name} has a character that no header can have")
}
