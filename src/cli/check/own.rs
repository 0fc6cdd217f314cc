//! Gateways inside this process: the real server on a real socket, with a store that is thrown away.

use super::client::{Speaker, agent};
use crate::app::{self, Running};
use crate::config::Config;
use crate::domain::secret::Secret;
use crate::environment::{Environment, World};
use crate::store::MasterKey;
use data_encoding::HEXLOWER;
use ring::digest;
use std::path::Path;
use tempfile::TempDir;
use ureq::Agent;

/// The password that every merchant whose id begins with TEST has in the default configuration.
pub const TEST_PASSWORD: &str = "0123456789abcdef0123456789abcdef";

/// Characters of a merchant id that come from the file's name, so that a person recognises it in an answer.
const NAME_CHARACTERS: usize = 20;

/// A gateway that runs until it is dropped.
pub struct OwnGateway {
    // In this order: no connection, no server, no directory. A server that stops waits for its connections.
    agent: Option<Agent>,
    running: Option<Running>,
    base: String,
    clocks: Environment,
    _data: TempDir,
}

/// Where the gateways of a run keep their records.
pub enum OwnStore {
    /// Each in a directory that goes with it.
    Directories,
    /// All in one database, under a master key of the run.
    Database {
        /// Its URL, as TOML.
        url: String,
        /// The key.
        master_key: Secret,
    },
}

impl OwnStore {
    /// The database at a URL.
    pub fn database(url: Secret) -> OwnStore {
        let url = toml::Value::from(url.expose()).to_string();
        OwnStore::Database { url, master_key: fresh_master_key() }
    }
}

fn fresh_master_key() -> Secret {
    Secret::new(HEXLOWER.encode(&World::real().bytes(32)))
}

impl OwnGateway {
    /// Starts one with these keys set (values as TOML text).
    ///
    /// # Errors
    /// The sentence says why the gateway does not start.
    pub fn start(config: &[(String, String)], store: &OwnStore) -> Result<OwnGateway, String> {
        let data = tempfile::tempdir().map_err(|error| format!("no temporary directory: {error}"))?;
        let data_value = toml::Value::from(data.path().to_string_lossy().into_owned()).to_string();
        let mut overrides: Vec<(&str, &str)> =
            config.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        // Last, so that a fixture cannot move them. Conversations speak one request at a time: one worker.
        overrides.extend([("listen", "\"127.0.0.1:0\""), ("data", &data_value), ("server.workers", "1")]);
        if let OwnStore::Database { url, .. } = store {
            overrides.push(("store", url));
        }
        let mut config = Config::default_with(&overrides).map_err(|error| error.to_string())?;
        let clocks = Environment::real();
        // The store is gone with the run, and nobody needs to be told where its key is kept.
        config.master_key = MasterKey::Given(match store {
            OwnStore::Directories => fresh_master_key(),
            OwnStore::Database { master_key, .. } => master_key.clone(),
        });
        let running = app::start(config, clocks.clone()).map_err(|error| error.to_string())?;
        let base = format!("http://{}", running.address);
        Ok(OwnGateway { agent: Some(agent(None)), running: Some(running), base, clocks, _data: data })
    }

    /// The fixture's own merchant at this gateway.
    pub fn speaker(&self, fixture: &Path) -> Speaker {
        let agent = self.agent.clone().unwrap_or_else(|| agent(None));
        Speaker::new(agent, self.base.clone(), merchant_of(fixture), Secret::new(TEST_PASSWORD))
    }

    /// The clocks of its merchants.
    pub fn clocks(&self) -> Environment {
        self.clocks.clone()
    }
}

impl Drop for OwnGateway {
    fn drop(&mut self) {
        self.agent = None;
        if let Some(running) = self.running.take() {
            running.stop();
        }
    }
}

/// A merchant id that no other file has: TEST, the file's name and a digest of its path, 33 characters at
/// most, so that a fixture can append a few (`@merchant {merchant}-B`; an id has at most 40).
fn merchant_of(fixture: &Path) -> String {
    let name = fixture.file_stem().unwrap_or_default().to_string_lossy();
    let name: String = name
        .chars()
        .map(|character| if character.is_ascii_alphanumeric() || "-_".contains(character) { character } else { '-' })
        .take(NAME_CHARACTERS)
        .collect();
    let digest = digest::digest(&digest::SHA256, fixture.as_os_str().as_encoded_bytes());
    format!("TEST{name}-{}", HEXLOWER.encode(&digest.as_ref()[..4]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::ids::MerchantId;

    #[test]
    fn every_file_has_a_merchant_of_its_own_that_a_suffix_fits_to() {
        let paths = ["fixtures/a.nvp", "fixtures/session/a.nvp", "fixtures/ä ö.nvp", "..", &"x".repeat(300)];
        let merchants: Vec<String> = paths.iter().map(|path| merchant_of(Path::new(path))).collect();
        for (at, merchant) in merchants.iter().enumerate() {
            assert!(merchant.starts_with("TEST"), "{merchant}");
            assert!(MerchantId::parse(&format!("{merchant}-OTHER")).is_some(), "{merchant}-OTHER is no merchant id");
            assert!(!merchants[..at].contains(merchant), "{merchant} twice");
        }
    }
}
