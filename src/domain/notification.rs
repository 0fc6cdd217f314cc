//! Webhook notifications: the allowed URLs, and the notification that waits in the outbox.

use super::network::{Network, network};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr};
use url::{Host, Url};

/// A notification in the outbox, under its merchant and its `X-Notification-ID`. It has no `Debug`, because its body
/// has values that the payer typed.
#[derive(Clone, Serialize, Deserialize)]
pub struct Notification {
    /// The URL, as the merchant wrote it.
    pub url: String,
    /// RETRIEVE_TRANSACTION's answer at the time of the outcome, form-encoded.
    pub body: String,
    /// The number of attempts begun: the `X-Notification-Attempt` of the last attempt.
    pub attempts: usize,
}

/// The targets that are allowed besides public https addresses.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    /// To this machine (`webhooks.allow_loopback_targets`).
    pub loopback: bool,
    /// Into private networks (`webhooks.allow_private_targets`).
    pub private: bool,
    /// Over http beyond this machine (`webhooks.allow_plain_http`).
    pub plain_http: bool,
}

/// A URL that notifications may be posted to.
#[derive(Clone, PartialEq, Eq)]
pub struct NotificationUrl(Url);

impl NotificationUrl {
    /// Reads a URL. The URL must be valid after RFC 2396 (documented), and its scheme and host must be allowed for
    /// notifications (decided). A host name is not resolved here: [`NotificationUrl::may_connect_to`] checks the
    /// resolved address at every delivery.
    ///
    /// # Errors
    /// The sentence, for the caller, says why nothing can be posted to the URL.
    pub fn parse(text: &str, targets: Targets) -> Result<NotificationUrl, &'static str> {
        let url = Url::parse(text).ok().filter(|_| is_rfc_2396(text)).ok_or("Not a URL of RFC 2396.")?;
        if !matches!(url.scheme(), "https" | "http") || url.port() == Some(0) {
            return Err("Not an absolute URL of http or https.");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("A URL for notifications cannot hold a user name or a password.");
        }
        let url = NotificationUrl(url);
        if url.0.scheme() == "http" && !url.is_this_machine() && !targets.plain_http {
            return Err("Notifications go to https only, except to this machine. The configuration key \
                        webhooks.allow_plain_http = true allows others.");
        }
        let literal = match url.0.host() {
            Some(Host::Ipv4(address)) => Some(IpAddr::V4(address)),
            Some(Host::Ipv6(address)) => Some(IpAddr::V6(address)),
            // The address of localhost.
            Some(Host::Domain(_)) => url.is_this_machine().then_some(IpAddr::V4(Ipv4Addr::LOCALHOST)),
            None => return Err("Not an absolute URL of http or https."),
        };
        match literal {
            Some(address) if !url.may_connect_to(address, targets) => Err(
                "Notifications do not go to this address. The configuration keys webhooks.allow_private_targets and \
                     webhooks.allow_loopback_targets say which may be used.",
            ),
            _ => Ok(url),
        }
    }

    /// The URL as text.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The host. A log may show no other part of the URL.
    pub fn host(&self) -> &str {
        self.0.host_str().unwrap_or_default()
    }

    /// Whether a request to the URL may have the merchant's secret: over https (documented), or within this machine
    /// (decided).
    pub fn may_carry_secret(&self) -> bool {
        self.0.scheme() == "https" || self.is_this_machine()
    }

    /// Whether a connection may be made to an address that the host resolved to.
    pub fn may_connect_to(&self, address: IpAddr, targets: Targets) -> bool {
        match network(address) {
            Network::Loopback => targets.loopback,
            // A URL that names this machine must lead to this machine, because plain http and the secret are allowed
            // for that alone.
            _ if self.is_this_machine() => false,
            Network::Public => true,
            Network::Private => targets.private,
            Network::Never => false,
        }
    }

    /// Whether the URL itself names this machine.
    fn is_this_machine(&self) -> bool {
        match self.0.host() {
            Some(Host::Domain(name)) => {
                let name = name.trim_end_matches('.');
                name == "localhost" || name.ends_with(".localhost")
            }
            Some(Host::Ipv4(address)) => network(IpAddr::V4(address)) == Network::Loopback,
            Some(Host::Ipv6(address)) => network(IpAddr::V6(address)) == Network::Loopback,
            None => false,
        }
    }
}

/// Prints the host alone, because a path or a query may have a secret of the merchant's.
impl fmt::Debug for NotificationUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}/..", self.0.scheme(), self.host())
    }
}

/// Whether the text has only characters of RFC 2396, `%` only before two hexadecimal digits, and at most one `#`,
/// before a fragment that is not sent. The brackets around an IPv6 address are RFC 2732's.
fn is_rfc_2396(text: &str) -> bool {
    let (identifier, fragment) = text.split_once('#').unwrap_or((text, ""));
    let host = identifier.split(['/', '?']).nth(2).unwrap_or_default();
    [identifier.replacen(host, &host.replace(['[', ']'], ""), 1).as_str(), fragment].iter().all(|part| {
        let is_allowed =
            |character: char| character.is_ascii_alphanumeric() || "-_.!~*'();/?:@&=+$,%".contains(character);
        let escapes = part.split('%').skip(1);
        part.chars().all(is_allowed)
            && escapes.map(str::as_bytes).all(|rest| rest.len() > 1 && rest[..2].iter().all(u8::is_ascii_hexdigit))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFAULT: Targets = Targets { loopback: true, private: false, plain_http: false };
    const ALL: Targets = Targets { loopback: true, private: true, plain_http: true };

    #[test]
    fn which_urls_are_taken() {
        for (url, by_default, with_everything_allowed) in [
            ("https://shop.example/hook?order=1&x=%20#part", true, true),
            ("HTTPS://SHOP.EXAMPLE:8443", true, true),
            ("https://8.8.8.8/", true, true),
            ("https://[2606:4700::1111]/hook", true, true),
            ("http://localhost:8080/hook", true, true),
            ("http://app.localhost/", true, true),
            ("http://127.0.0.1/", true, true),
            ("http://127.1.2.3:9/", true, true),
            ("http://[::1]:8080/", true, true),
            ("http://[::ffff:127.0.0.1]/", true, true),
            ("https://localhost/", true, true),
            ("http://shop.example/hook", false, true),
            ("http://8.8.8.8/", false, true),
            ("https://10.0.0.1/", false, true),
            ("https://172.31.255.255/", false, true),
            ("https://192.168.1.1/", false, true),
            ("https://100.64.0.1/", false, true),
            ("https://[fd12::1]/", false, true),
            ("https://[::ffff:10.0.0.1]/", false, true),
            ("https://[64:ff9b::a00:1]/", false, true),
            ("https://[2002:a00:1::]/", false, true),
            ("https://0/", false, false),
            ("https://0.0.0.0/", false, false),
            ("https://169.254.169.254/latest/meta-data", false, false),
            ("https://0xa9fea9fe/", false, false),
            ("https://2852039166/", false, false),
            ("https://[::ffff:169.254.169.254]/", false, false),
            ("https://[fd00:ec2::254]/", false, false),
            ("https://[fe80::1]/", false, false),
            ("https://[::]/", false, false),
            ("https://[ff02::1]/", false, false),
            ("https://100.100.100.200/", false, false),
            ("https://168.63.129.16/", false, false),
            ("https://224.0.0.1/", false, false),
            ("https://255.255.255.255/", false, false),
            ("https://user:secret@shop.example/", false, false),
            ("https://shop.example:0/", false, false),
            ("ftp://shop.example/", false, false),
            ("shop.example/hook", false, false),
            ("/hook", false, false),
            ("https://", false, false),
            ("https://shop.example/a b", false, false),
            ("https://shop.example/%zz", false, false),
            ("https://shop.example/%2", false, false),
            ("https://shop.example/{id}", false, false),
            ("https://shop.example/?a[0]=1", false, false),
            ("https://shop.example\\@10.0.0.1/", false, false),
            ("https://shop.example/\u{e9}", false, false),
            ("https://shop.example/#a#b", false, false),
            ("https://shop.example/\n", false, false),
        ] {
            assert_eq!(NotificationUrl::parse(url, DEFAULT).is_ok(), by_default, "{url} by default");
            assert_eq!(NotificationUrl::parse(url, ALL).is_ok(), with_everything_allowed, "{url}, everything allowed");
        }
        let without_loopback = Targets { loopback: false, ..ALL };
        for url in ["http://localhost/", "https://127.0.0.1/", "https://[::1]/"] {
            assert!(NotificationUrl::parse(url, without_loopback).is_err(), "{url} without loopback");
        }
    }

    #[test]
    fn what_a_name_resolves_to_is_judged_like_an_address() {
        let may = |url: &str, address: &str, targets: Targets| {
            NotificationUrl::parse(url, targets).unwrap().may_connect_to(address.parse().unwrap(), targets)
        };
        for (address, by_default, with_everything_allowed) in [
            ("93.184.216.34", true, true),
            ("2606:4700::1111", true, true),
            ("127.0.0.1", true, true),
            ("10.0.0.1", false, true),
            ("fd12::1", false, true),
            ("169.254.169.254", false, false),
            ("::ffff:169.254.169.254", false, false),
            ("64:ff9b::a9fe:a9fe", false, false),
            ("0.0.0.0", false, false),
            ("::", false, false),
            ("2001::1", false, false),
        ] {
            assert_eq!(may("https://shop.example/", address, DEFAULT), by_default, "{address} by default");
            assert_eq!(may("https://shop.example/", address, ALL), with_everything_allowed, "{address}");
            assert!(
                !may("http://localhost/", address, ALL) || address == "127.0.0.1",
                "localhost must not lead to {address}"
            );
        }
    }

    #[test]
    fn the_secret_travels_encrypted_or_not_at_all() {
        for (url, expected) in [
            ("https://shop.example/", true),
            ("http://localhost/", true),
            ("http://127.0.0.1:8080/", true),
            ("http://[::1]/", true),
            ("http://shop.example/", false),
            ("http://10.0.0.1/", false),
            ("http://localhost.example/", false),
        ] {
            assert_eq!(NotificationUrl::parse(url, ALL).unwrap().may_carry_secret(), expected, "{url}");
        }
    }

    #[test]
    fn a_printed_url_shows_its_host_alone() {
        let url = NotificationUrl::parse("https://shop.example/secret?key=secret", DEFAULT).unwrap();
        assert_eq!(format!("{url:?}"), "https://shop.example/..");
    }
}
