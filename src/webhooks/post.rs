//! One delivery over HTTP, to an allowed address only.

use crate::domain::notification::{NotificationUrl, Targets};
use crate::domain::secret::Secret;
use crate::limits;
use std::sync::Arc;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};

const NOT_ALLOWED: &str = "the host resolves to no address that the configuration allows";

/// One request to a merchant's server.
pub(super) struct Delivery {
    /// The URL of the receiver.
    pub(super) url: NotificationUrl,
    /// `X-Notification-ID`.
    pub(super) id: String,
    /// `X-Notification-Attempt`.
    pub(super) attempt: usize,
    /// `X-Notification-Secret`, which is sent only to a URL that may have it.
    pub(super) secret: Option<Secret>,
    /// The form-encoded body.
    pub(super) body: String,
}

/// Posts deliveries over HTTP. Clones share one client.
#[derive(Clone)]
pub(super) struct Poster {
    agent: Arc<Agent>,
}

impl Poster {
    /// A poster that connects to allowed addresses only.
    pub(super) fn new(targets: Targets) -> Poster {
        Poster::with_names(targets, DefaultResolver::default())
    }

    fn with_names(targets: Targets, names: impl Resolver) -> Poster {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // A redirect would lead to an unchecked address. A redirect counts as any other answer that is not 200.
            .max_redirects(0)
            .timeout_global(Some(limits::NOTIFICATION_TIME))
            .max_response_header_size(limits::NOTIFICATION_ANSWER_HEAD_BYTES)
            // A proxy of the environment would connect to unchecked addresses on behalf of this process.
            .proxy(None)
            // Each delivery resolves the name and connects again, so that every address is checked.
            .max_idle_connections(0)
            .user_agent(concat!("nvpgate/", env!("CARGO_PKG_VERSION")))
            .build();
        let resolver = AllowedAddresses { targets, names };
        Poster { agent: Arc::new(Agent::with_parts(config, DefaultConnector::default(), resolver)) }
    }

    /// Posts a delivery. `Ok` where 200 came in time (documented). Otherwise the error says in words what happened.
    /// The words contain nothing of the URL, the delivery or the answer.
    pub(super) fn post(&self, delivery: &Delivery) -> Result<(), String> {
        let mut request = self
            .agent
            .post(delivery.url.as_str())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("X-Notification-ID", &delivery.id)
            .header("X-Notification-Attempt", delivery.attempt.to_string());
        if let Some(secret) = delivery.secret.as_ref().filter(|_| delivery.url.may_carry_secret()) {
            request = request.header("X-Notification-Secret", secret.expose());
        }
        // The answer's body is not read, because it has no meaning. The connection ends with it.
        match request.send(delivery.body.as_str()) {
            Ok(answer) if answer.status().as_u16() == 200 => Ok(()),
            Ok(answer) => Err(format!("the answer was {}", answer.status().as_u16())),
            Err(error) => Err(why(&error)),
        }
    }
}

/// The words for an error of the HTTP client, without the URL that some of its errors quote.
fn why(error: &Error) -> String {
    match error {
        Error::Timeout(_) => format!("no answer within {} s", limits::NOTIFICATION_TIME.as_secs()),
        Error::Other(_) => NOT_ALLOWED.to_owned(),
        Error::HostNotFound => "the host has no address".to_owned(),
        Error::Io(error) => format!("the connection failed: {}", error.kind()),
        Error::ConnectionFailed => "no connection".to_owned(),
        Error::LargeResponseHeader(..) => "the head of the answer is too long".to_owned(),
        Error::Tls(_) | Error::Rustls(_) => "no trust in the certificate, or no TLS".to_owned(),
        _ => "the answer was not understood".to_owned(),
    }
}

/// A resolver that returns only allowed addresses. The client connects to exactly these addresses, so that a second
/// look-up of the name cannot give another answer.
#[derive(Debug)]
struct AllowedAddresses<R> {
    targets: Targets,
    names: R,
}

impl<R: Resolver> Resolver for AllowedAddresses<R> {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let refused = || Error::Other(NOT_ALLOWED.into());
        let url = NotificationUrl::parse(&uri.to_string(), self.targets).map_err(|_| refused())?;
        let mut allowed = self.empty();
        for address in self.names.resolve(uri, config, timeout)?.iter() {
            if url.may_connect_to(address.ip(), self.targets) {
                allowed.push(*address);
            }
        }
        if allowed.is_empty() { Err(refused()) } else { Ok(allowed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, Write};
    use std::net::{SocketAddr, TcpListener};

    /// The addresses to which every name resolves.
    #[derive(Debug)]
    struct Names(Vec<SocketAddr>);

    impl Resolver for Names {
        fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
            let mut addresses = self.empty();
            self.0.iter().for_each(|address| addresses.push(*address));
            Ok(addresses)
        }
    }

    const TARGETS: Targets = Targets { loopback: true, private: false, plain_http: true };

    fn delivery(url: &str) -> Delivery {
        Delivery {
            url: NotificationUrl::parse(url, TARGETS).unwrap(),
            id: "1".to_owned(),
            attempt: 1,
            secret: Some(Secret::new("D8FC8C9B0348986F6C7562262FD87D64")),
            body: "result=SUCCESS".to_owned(),
        }
    }

    /// The lower-case head of the one request that arrives while a delivery is posted.
    fn head_of(url: impl Fn(SocketAddr) -> String) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let receiver = std::thread::spawn(move || {
            let mut stream = BufReader::new(listener.accept().unwrap().0);
            let mut head = String::new();
            while !head.ends_with("\r\n\r\n") {
                assert!(stream.read_line(&mut head).unwrap() > 0, "the whole head of a request");
            }
            stream.get_mut().write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").unwrap();
            head.to_ascii_lowercase()
        });
        let outcome = Poster::with_names(TARGETS, Names(vec![address])).post(&delivery(&url(address)));
        assert_eq!(outcome, Ok(()));
        receiver.join().unwrap()
    }

    #[test]
    fn the_secret_is_sent_to_this_machine_and_not_in_the_clear_to_another() {
        let to_localhost = head_of(|address| format!("http://localhost:{}/", address.port()));
        assert!(to_localhost.contains("x-notification-secret: d8fc8c9b"), "{to_localhost}");
        let to_another = head_of(|address| format!("http://receiver.example:{}/", address.port()));
        assert!(to_another.contains("x-notification-id: 1"), "{to_another}");
        assert!(!to_another.contains("secret"), "{to_another}");
    }

    #[test]
    fn no_connection_is_made_to_an_address_that_a_name_must_not_lead_to() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let without_loopback = Targets { loopback: false, ..TARGETS };
        let to = |url: &str, targets: Targets, names: &[SocketAddr]| {
            Poster::with_names(targets, Names(names.to_vec())).post(&delivery(url))
        };
        let private = SocketAddr::from(([10, 0, 0, 1], address.port()));
        let metadata = SocketAddr::from(([169, 254, 169, 254], 80));
        let refused = Err(NOT_ALLOWED.to_owned());
        assert_eq!(to("https://receiver.example/", without_loopback, &[address]), refused);
        assert_eq!(to("https://receiver.example/", TARGETS, &[private, metadata]), refused);
        assert_eq!(to("http://localhost/", TARGETS, &[private]), refused);
        listener.set_nonblocking(true).unwrap();
        assert!(listener.accept().is_err(), "somebody has connected");
    }

    #[test]
    fn nothing_of_a_url_is_in_what_is_logged() {
        let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
        let outcome = Poster::new(TARGETS).post(&delivery(&format!("http://{closed}/path?key=value")));
        assert_eq!(outcome, Err("the connection failed: connection refused".to_owned()));
    }
}
