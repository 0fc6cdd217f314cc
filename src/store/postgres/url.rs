//! The address in `store`: which database, as whom, and how the connection is protected.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;
use tokio_postgres::Config;
use tokio_postgres::config::{Host, SslMode};

/// What `store` must be. It stands for every mistake in it, because a part that was misread may be a part of
/// the password.
const EXPECTED: &str = "empty, or postgres://USER:PASSWORD@HOST:PORT/DATABASE, in which @ : / ? % of the password are \
                        percent-encoded, with the parameters of libpq after ? (sslmode, sslrootcert, connect_timeout, …)";

const EXPECTED_SSLMODE: &str = "sslmode to be disable, prefer, require, verify-ca or verify-full";

/// A PostgreSQL database and how to connect to it. It prints without its password.
#[derive(Clone)]
pub struct PostgresUrl {
    pub(super) config: Box<Config>,
    pub(super) trust: Trust,
    shown: String,
}

/// Which certificates of the server are trusted where the connection is encrypted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Any (`sslmode=prefer` and `require`, as in libpq).
    Any,
    /// One that descends from a root, whatever name is in it (`verify-ca`, or `require` with `sslrootcert`).
    Descent(Roots),
    /// One that descends from a root and names the host (`verify-full`).
    DescentAndName(Roots),
}

/// The certificates at which trust begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Roots {
    /// Those of the public authorities, compiled in.
    Public,
    /// Those in a PEM file (`sslrootcert`).
    File(PathBuf),
}

impl PostgresUrl {
    /// Reads a URL.
    ///
    /// # Errors
    /// The sentence says what was expected. It shows nothing of the text.
    pub fn parse(text: &str) -> Result<PostgresUrl, &'static str> {
        if !["postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme)) {
            return Err(EXPECTED);
        }
        // A password may have a question mark in it, as the driver reads it.
        let host = text.find('@').unwrap_or_default();
        let question_mark = text[host..].find('?').map_or(text.len(), |at| host + at);
        let (address, parameters) = text.split_at(question_mark);
        let mut passed_on = Vec::new();
        let mut mode = "prefer";
        let mut roots = Roots::Public;
        for parameter in parameters.trim_start_matches('?').split('&').filter(|parameter| !parameter.is_empty()) {
            match parameter.split_once('=') {
                Some(("sslmode", value)) => mode = value,
                Some(("sslrootcert", value)) => roots = Roots::File(decoded(value)?),
                _ => passed_on.push(parameter),
            }
        }
        let (mode, trust) = match (mode, roots) {
            ("disable", _) => (SslMode::Disable, Trust::Any),
            ("prefer", _) => (SslMode::Prefer, Trust::Any),
            ("require", Roots::Public) => (SslMode::Require, Trust::Any),
            ("require" | "verify-ca", roots) => (SslMode::Require, Trust::Descent(roots)),
            ("verify-full", roots) => (SslMode::Require, Trust::DescentAndName(roots)),
            _ => return Err(EXPECTED_SSLMODE),
        };
        let mut config = Config::from_str(&format!("{address}?{}", passed_on.join("&"))).map_err(|_| EXPECTED)?;
        if config.get_hosts().is_empty() || config.get_user().is_none() {
            return Err(EXPECTED);
        }
        config.ssl_mode(mode);
        Ok(PostgresUrl { config: Box::new(config), trust, shown: without_password(text) })
    }

    /// The servers it names, for messages.
    pub(super) fn servers(&self) -> String {
        let ports = self.config.get_ports();
        let server = |(at, host): (usize, &Host)| {
            let port = ports.get(at).or(ports.first()).unwrap_or(&5432);
            match host {
                Host::Tcp(name) => format!("{name}:{port}"),
                Host::Unix(path) => format!("{}/.s.PGSQL.{port}", path.display()),
            }
        };
        self.config.get_hosts().iter().enumerate().map(server).collect::<Vec<_>>().join(", ")
    }
}

impl fmt::Display for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

impl fmt::Debug for PostgresUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.shown)
    }
}

/// The value of a parameter without its percent escapes.
fn decoded(value: &str) -> Result<PathBuf, &'static str> {
    // A form parser reads `+` as a space, which no URL of libpq means.
    let form = format!("v={}", value.replace('+', "%2B"));
    let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&form).map_err(|_| EXPECTED)?;
    pairs.into_iter().next().map(|(_, path)| PathBuf::from(path)).ok_or(EXPECTED)
}

/// The URL with two dots in the place of each password. What stands before the first `@` names the user, as
/// the driver reads it too.
fn without_password(text: &str) -> String {
    let (scheme, rest) = text.split_once("://").unwrap_or_default();
    let (credentials, rest) = match rest.split_once('@') {
        Some((credentials, rest)) => (Some(credentials), rest),
        None => (None, rest),
    };
    let credentials = credentials.map(|credentials| match credentials.split_once(':') {
        Some((user, _)) => format!("{user}:..@"),
        None => format!("{credentials}@"),
    });
    let (address, parameters) = rest.split_once('?').unwrap_or((rest, ""));
    let shown = parameters.split('&').map(|parameter| match parameter.split_once('=') {
        // A name may be percent-encoded too, so that only the known harmless ones are shown.
        Some((name, _)) if !name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') => "..".to_owned(),
        Some(("password", _)) => "password=..".to_owned(),
        _ => parameter.to_owned(),
    });
    let parameters = shown.collect::<Vec<_>>().join("&");
    let question_mark = if parameters.is_empty() { "" } else { "?" };
    format!("{scheme}://{}{address}{question_mark}{parameters}", credentials.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_says_where_and_how_and_hides_the_password() {
        let file = || Roots::File(PathBuf::from("/etc/my ca.pem"));
        for (text, mode, trust, shown) in [
            ("postgres://u@h/d", SslMode::Prefer, Trust::Any, "postgres://u@h/d"),
            (
                "postgresql://u:p@h:1/d?sslmode=disable",
                SslMode::Disable,
                Trust::Any,
                "postgresql://u:..@h:1/d?sslmode=disable",
            ),
            (
                "postgres://u:p:q@h/d?sslmode=require",
                SslMode::Require,
                Trust::Any,
                "postgres://u:..@h/d?sslmode=require",
            ),
            (
                "postgres://u:p%40@h/d?sslmode=require&sslrootcert=/etc/my%20ca.pem",
                SslMode::Require,
                Trust::Descent(file()),
                "postgres://u:..@h/d?sslmode=require&sslrootcert=/etc/my%20ca.pem",
            ),
            (
                "postgres://u:p@h/d?sslmode=verify-full",
                SslMode::Require,
                Trust::DescentAndName(Roots::Public),
                "postgres://u:..@h/d?sslmode=verify-full",
            ),
            (
                "postgres://h/d?user=u&password=p&sslmode=verify-ca",
                SslMode::Require,
                Trust::Descent(Roots::Public),
                "postgres://h/d?user=u&password=..&sslmode=verify-ca",
            ),
            (
                "postgres://u:p?q@h/d?sslmode=disable",
                SslMode::Disable,
                Trust::Any,
                "postgres://u:..@h/d?sslmode=disable",
            ),
            ("postgres://h/d?user=u&pass%77ord=p", SslMode::Prefer, Trust::Any, "postgres://h/d?user=u&.."),
        ] {
            let url = PostgresUrl::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!((url.config.get_ssl_mode(), &url.trust), (mode, &trust), "{text}");
            assert_eq!((url.to_string(), format!("{url:?}")), (shown.to_owned(), shown.to_owned()));
        }
        let sockets = PostgresUrl::parse("postgres:///d?user=u&host=/run/postgresql&port=5433").unwrap();
        assert_eq!(sockets.servers(), "/run/postgresql/.s.PGSQL.5433");
        assert_eq!(PostgresUrl::parse("postgres://u@a,b:2/d").unwrap().servers(), "a:5432, b:2");
    }

    #[test]
    fn what_is_no_url_is_refused_without_being_shown() {
        for text in [
            "mysql://u:secret@h/d",
            "postgres:secret",
            "host=h password=secret",
            "postgres://",
            "postgres:///d",
            "postgres://h/d",
            "postgres://u:secret@h:port/d",
            "postgres://u:secret@h/d?sslmode=on",
            "postgres://u:secret@h/d?sslmode",
            "postgres://u:secret@h/d?colour=blue",
        ] {
            let error = PostgresUrl::parse(text).expect_err(text);
            assert!(!error.contains("secret") && !error.contains("cret"), "{text}: {error}");
        }
    }
}
