//! What the value of a key means, and what is said where it means nothing. Each reader is given the key, so that
//! its message can name it.

use super::layers::{ConfigError, Entry, Layers, MASTER_KEY_VARIABLE};
use crate::domain::secret::Secret;
use crate::store::{Database, MasterKey, Place, PostgresUrl};
use std::net::{SocketAddr, ToSocketAddrs};
use std::ops::RangeInclusive;
use std::path::PathBuf;
use url::Url;

fn invalid(key: &str, entry: &Entry, expected: impl Into<String>) -> ConfigError {
    ConfigError::Invalid { key: key.to_owned(), expected: expected.into(), place: entry.source.clone() }
}

fn non_empty<'a>(layers: &'a Layers, key: &str, expected: &str) -> Result<&'a str, ConfigError> {
    let entry = layers.get(key)?;
    entry.value.as_str().filter(|text| !text.is_empty()).ok_or_else(|| invalid(key, entry, expected))
}

pub(super) fn place(layers: &Layers) -> Result<Place, ConfigError> {
    let entry = layers.get("store")?;
    let allow_asynchronous_commit = boolean(layers, "store_allow_asynchronous_commit")?;
    match entry.value.as_str() {
        Some("") => Ok(Place::Directory(PathBuf::from(non_empty(layers, "data", "the path of a directory")?))),
        Some(text) => {
            let url = PostgresUrl::parse(text).map_err(|expected| invalid("store", entry, expected))?;
            Ok(Place::Database(Database { url, allow_asynchronous_commit }))
        }
        None => Err(invalid("store", entry, "a text")),
    }
}

pub(super) fn boolean(layers: &Layers, key: &str) -> Result<bool, ConfigError> {
    let entry = layers.get(key)?;
    entry.value.as_bool().ok_or_else(|| invalid(key, entry, "true or false"))
}

pub(super) fn number(layers: &Layers, key: &str, range: RangeInclusive<u32>) -> Result<u32, ConfigError> {
    let entry = layers.get(key)?;
    let number = entry.value.as_integer().and_then(|number| u32::try_from(number).ok());
    number
        .filter(|number| range.contains(number))
        .ok_or_else(|| invalid(key, entry, format!("a whole number from {} to {}", range.start(), range.end())))
}

pub(super) fn choice<T: Copy>(layers: &Layers, key: &str, choices: &[(&str, T)]) -> Result<T, ConfigError> {
    let entry = layers.get(key)?;
    let chosen = choices.iter().find(|(name, _)| entry.value.as_str() == Some(name));
    chosen.map(|(_, choice)| *choice).ok_or_else(|| {
        let names: Vec<String> = choices.iter().map(|(name, _)| format!("\"{name}\"")).collect();
        invalid(key, entry, names.join(" or "))
    })
}

pub(super) fn address(layers: &Layers, key: &str) -> Result<SocketAddr, ConfigError> {
    let expected = "HOST:PORT, such as 127.0.0.1:8080 or [::1]:0, with a host that resolves";
    let text = non_empty(layers, key, expected)?;
    let resolved: Vec<SocketAddr> = text.to_socket_addrs().map(Iterator::collect).unwrap_or_default();
    // A name such as localhost has both; clients that were told an address were told the older kind.
    let preferred = resolved.iter().find(|address| address.is_ipv4()).or(resolved.first());
    match preferred {
        Some(address) => Ok(*address),
        None => Err(invalid(key, layers.get(key)?, expected)),
    }
}

pub(super) fn content_type(layers: &Layers, key: &str) -> Result<String, ConfigError> {
    let expected = "a media type in ASCII, such as text/plain;charset=UTF-8";
    let text = non_empty(layers, key, expected)?;
    let printable = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
    if printable && text.contains('/') { Ok(text.to_owned()) } else { Err(invalid(key, layers.get(key)?, expected)) }
}

pub(super) fn master_key(layers: &Layers, given: Option<Secret>) -> Result<MasterKey, ConfigError> {
    let entry = layers.get("master_key_file")?;
    let path = entry.value.as_str().ok_or_else(|| invalid("master_key_file", entry, "the path of a file"))?;
    match given {
        Some(_) if !path.is_empty() => Err(ConfigError::Contradiction(format!(
            "master_key_file: expected to be empty while {} is set ({})",
            MASTER_KEY_VARIABLE, entry.source
        ))),
        Some(key) => Ok(MasterKey::Given(key)),
        None if path.is_empty() => Ok(MasterKey::InDataDirectory),
        None => Ok(MasterKey::File(PathBuf::from(path))),
    }
}

/// The address that others reach this gateway at, which may have a path before those of the gateway.
pub(super) fn public_url(layers: &Layers, key: &str) -> Result<Option<String>, ConfigError> {
    let entry = layers.get(key)?;
    if entry.value.as_str() == Some("") {
        return Ok(None);
    }
    let url = entry.value.as_str().and_then(|text| Url::parse(text).ok()).filter(|url| {
        let is_plain = url.query().is_none() && url.fragment().is_none();
        let names_nobody = url.username().is_empty() && url.password().is_none();
        matches!(url.scheme(), "http" | "https") && is_plain && names_nobody
    });
    match url {
        Some(url) => Ok(Some(url.as_str().trim_end_matches('/').to_owned())),
        None => Err(invalid(key, entry, "empty, or an http or https URL such as https://pay.example")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Config;

    #[test]
    fn a_public_url_ends_without_a_slash() {
        for (toml, expected) in [
            ("\"\"", None),
            ("\"https://pay.example\"", Some("https://pay.example")),
            ("\"HTTPS://Pay.example/gateway/\"", Some("https://pay.example/gateway")),
            ("\"http://[::1]:8080/\"", Some("http://[::1]:8080")),
        ] {
            let config = Config::default_with(&[("public_url", toml)]).unwrap();
            assert_eq!(config.public_url.as_deref(), expected, "{toml}");
        }
    }
}
