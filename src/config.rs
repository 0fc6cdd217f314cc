//! The configuration: config.default.toml, overlaid by a file, by `NVPGATE_…` variables and by the command
//! line. A key that config.default.toml does not have is refused by name.

mod layers;
mod merchants;
mod tokens;
mod values;

pub use layers::{ConfigError, Source};

use crate::check::shape::UnknownFields;
use crate::domain::merchant::Merchant;
use crate::domain::notification::Targets;
use crate::domain::secret::Secret;
use crate::faces::nvp;
use crate::limits;
use crate::merchants::has_built_in_test_password;
use crate::spec::retirement::Retired;
use crate::store::{MasterKey, Place};
use layers::Layers;
use std::ffi::OsString;
use std::fmt::{self, Write};
use std::net::SocketAddr;
use std::ops::RangeInclusive;
use std::path::Path;
use std::time::Duration;
use values::{address, boolean, choice, content_type, master_key, number, place, public_url};

/// Everything a server is started with. Each field is explained at its key in config.default.toml.
#[derive(Clone)]
pub struct Config {
    /// `listen`, resolved.
    pub listen: SocketAddr,
    /// `public_url`, without a slash at its end; `None` where it is empty.
    pub public_url: Option<String>,
    /// Where the records are: `store`, or `data` where that is empty.
    pub place: Place,
    /// Where the master key is.
    pub master_key: MasterKey,
    /// `nvp.status` and `nvp.content_type`.
    pub nvp: nvp::Format,
    /// `session.ttl_seconds`.
    pub session_ttl_seconds: u32,
    /// `session.security_code_ttl_seconds`.
    pub security_code_ttl_seconds: u32,
    /// `session.sweep_seconds`.
    pub sweep_seconds: u32,
    /// `fields.unknown`.
    pub unknown_fields: UnknownFields,
    /// `versions.retired`.
    pub retired: Retired,
    /// `simulator.accept_live_numbers`.
    pub accept_live_numbers: bool,
    /// `webhooks.allow_…`.
    pub notification_targets: Targets,
    /// `server.workers`, 0 replaced by the number of CPUs.
    pub workers: usize,
    /// The `[[merchant]]` entries.
    pub merchants: Vec<Merchant>,
    /// Time for the whole body of a request, [`limits::BODY_TIME`]. No key sets it; a test may.
    pub body_time: Duration,
    layers: Layers,
}

/// Seconds a lifetime may be set to: up to a week. A session is temporary, and its sweep must come around.
const LIFETIME_SECONDS: RangeInclusive<u32> = 1..=604_800;

/// Seconds between two sweeps: up to a day.
const SWEEP_SECONDS: RangeInclusive<u32> = 1..=86_400;

/// Threads that serve; actix-server refuses more.
const WORKERS: RangeInclusive<u32> = 0..=512;

impl Config {
    /// config.default.toml: every key with its default and what it does.
    pub const DEFAULTS: &str = include_str!("config.default.toml");

    /// The defaults, overlaid by `file`, by the `NVPGATE_…` ones among `variables`, and by `arguments`: the
    /// key, the argument's name for messages, the value.
    ///
    /// # Errors
    /// The file cannot be read, a key is unknown, or a value is not what its key needs.
    pub fn load(
        file: Option<&Path>,
        variables: impl IntoIterator<Item = (OsString, OsString)>,
        arguments: &[(&str, &str, &str)],
    ) -> Result<Config, ConfigError> {
        let mut layers = Layers::defaults()?;
        if let Some(path) = file {
            layers.overlay_file(path)?;
        }
        let master_key = layers.overlay_environment(variables)?;
        for (key, argument, value) in arguments {
            layers.set_text(key, value, Source::Argument((*argument).to_owned()))?;
        }
        Config::read(layers, master_key.map(Secret::new))
    }

    /// The defaults with some keys set: the dotted key and its value as TOML text. The environment is not
    /// looked at.
    ///
    /// # Errors
    /// A key is unknown, or a value is not what its key needs.
    pub fn default_with(overrides: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let mut layers = Layers::defaults()?;
        for (key, toml) in overrides {
            layers.set_toml(key, toml, Source::Program)?;
        }
        Config::read(layers, None)
    }

    fn read(layers: Layers, given_master_key: Option<Secret>) -> Result<Config, ConfigError> {
        let notification_targets = Targets {
            loopback: boolean(&layers, "webhooks.allow_loopback_targets")?,
            private: boolean(&layers, "webhooks.allow_private_targets")?,
            plain_http: boolean(&layers, "webhooks.allow_plain_http")?,
        };
        let config = Config {
            listen: address(&layers, "listen")?,
            public_url: public_url(&layers, "public_url")?,
            place: place(&layers)?,
            master_key: master_key(&layers, given_master_key)?,
            nvp: nvp::Format {
                status: choice(&layers, "nvp.status", &[("ok", nvp::Status::Ok), ("rest", nvp::Status::Rest)])?,
                content_type: content_type(&layers, "nvp.content_type")?,
            },
            session_ttl_seconds: number(&layers, "session.ttl_seconds", LIFETIME_SECONDS)?,
            security_code_ttl_seconds: number(&layers, "session.security_code_ttl_seconds", LIFETIME_SECONDS)?,
            sweep_seconds: number(&layers, "session.sweep_seconds", SWEEP_SECONDS)?,
            unknown_fields: choice(
                &layers,
                "fields.unknown",
                &[
                    ("known-groups", UnknownFields::KnownGroups),
                    ("refuse", UnknownFields::Refuse),
                    ("accept", UnknownFields::Accept),
                ],
            )?,
            retired: choice(&layers, "versions.retired", &[("serve", Retired::Serve), ("refuse", Retired::Refuse)])?,
            accept_live_numbers: boolean(&layers, "simulator.accept_live_numbers")?,
            workers: match number(&layers, "server.workers", WORKERS)? {
                0 => std::thread::available_parallelism().map_or(1, usize::from),
                workers => workers as usize,
            },
            merchants: merchants::read(layers.get("merchant")?, notification_targets)?,
            notification_targets,
            body_time: limits::BODY_TIME,
            layers,
        };
        config.refuse_exposure()?;
        Ok(config)
    }

    /// Everybody knows the built-in test password, so it may open nothing that a network can reach.
    fn refuse_exposure(&self) -> Result<(), ConfigError> {
        let exposed = !self.listen.ip().to_canonical().is_loopback();
        let open = self.merchants.iter().find(|merchant| has_built_in_test_password(merchant));
        match open {
            Some(merchant) if exposed => Err(ConfigError::Contradiction(format!(
                "listen: {} is reachable from other machines, and merchant {} has the built-in test password, which \
                 everybody knows. Make a password with `openssl rand -hex 16`, its digest with `printf %s PASSWORD | \
                 sha256sum`, and set that digest as password_sha256 of a [[merchant]] in a file given with --config; \
                 or listen on 127.0.0.1",
                self.listen, merchant.id
            ))),
            _ => Ok(()),
        }
    }

    /// What is in effect, as TOML, with a comment where a value is not the default and secrets hidden.
    pub fn effective(&self) -> String {
        let mut text = String::new();
        let mut open_table = "";
        for (key, entry) in self.layers.plain_entries() {
            let (table, name) = key.rsplit_once('.').unwrap_or(("", key));
            if table != open_table {
                open_table = table;
                // Writing to a String cannot fail.
                let _ = write!(text, "\n[{table}]\n");
            }
            let value = match &self.place {
                Place::Database(database) if key == "store" => toml::Value::String(database.url.to_string()),
                _ => entry.value.clone(),
            };
            let _ = writeln!(text, "{name} = {value}{}", origin(&entry.source));
        }
        if let MasterKey::Given(_) = self.master_key {
            text.insert_str(0, "# The master key is given in NVPGATE_MASTER_KEY.\n");
        }
        let source = self.layers.get("merchant").map(|entry| origin(&entry.source)).unwrap_or_default();
        for merchant in &self.merchants {
            let _ = write!(text, "\n[[merchant]]{source}\n{}", merchants::effective(merchant));
        }
        text
    }
}

/// What `nvpgate config` prints, which hides secrets.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.effective())
    }
}

fn origin(source: &Source) -> String {
    match source {
        Source::Default => String::new(),
        source => format!(" # {source}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variables(pairs: &[(&str, &str)]) -> Vec<(OsString, OsString)> {
        pairs.iter().map(|(name, value)| (name.into(), value.into())).collect()
    }

    fn file(text: &str) -> tempfile::NamedTempFile {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        file
    }

    fn message(result: Result<Config, ConfigError>) -> String {
        result.expect_err("the configuration is refused").to_string()
    }

    #[test]
    fn the_defaults_are_a_configuration() {
        let config = Config::default_with(&[]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.session_ttl_seconds, 900);
        assert_eq!(config.merchants.len(), 1);
        assert!(has_built_in_test_password(&config.merchants[0]), "the documented digest is the password's");
        assert!(config.workers > 0, "0 stands for the number of CPUs");
    }

    #[test]
    fn each_layer_lies_over_the_one_before() {
        let file =
            file("listen = \"127.0.0.1:1\"\ndata = \"from-file\"\n[session]\nttl_seconds = 1\nsweep_seconds = 2\n");
        let environment = variables(&[("NVPGATE_DATA", "from-environment"), ("NVPGATE_SESSION_TTL_SECONDS", "3")]);
        let config = Config::load(Some(file.path()), environment, &[("data", "--data", "from-argument")]).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:1", "the file's over the default's");
        assert_eq!(config.sweep_seconds, 2, "the file's over the default's");
        assert_eq!(config.session_ttl_seconds, 3, "the environment's over the file's");
        let Place::Directory(data) = &config.place else { panic!("no database was named") };
        assert_eq!(data, Path::new("from-argument"), "the argument's over the environment's");
        assert_eq!(config.security_code_ttl_seconds, 900, "what nobody sets keeps its default");
    }

    #[test]
    fn unknown_names_are_refused_with_the_nearest_known_one() {
        for (text, expected) in [
            ("[session]\nttl_second = 1", "session.ttl_second: no such key (F); did you mean session.ttl_seconds?"),
            ("ttl_seconds = 1", "ttl_seconds: no such key (F); did you mean session.ttl_seconds?"),
            ("qqq = 1", "qqq: no such key (F)"),
            ("[sesion]", "sesion: no such key (F); did you mean session.ttl_seconds?"),
            ("[merchant]\nid = \"A\"", "merchant: expected a list, each entry under its own [[merchant]] (F)"),
        ] {
            let file = file(text);
            let said = message(Config::load(Some(file.path()), [], &[]));
            let said = said.replace(&file.path().display().to_string(), "F");
            assert_eq!(said, expected, "{text}");
        }
        let said = message(Config::load(None, variables(&[("NVPGATE_SESSION_TTL", "1")]), &[]));
        assert_eq!(said, "NVPGATE_SESSION_TTL: no such variable; did you mean NVPGATE_SESSION_TTL_SECONDS?");
    }

    #[test]
    fn variables_that_are_not_the_server_s_are_left_alone() {
        let others = [("PATH", "x"), ("NVPGATE_LOG", "debug"), ("NVPGATE_TEST_X", "x"), ("NVPGATE_CRASH_ROUNDS", "5")];
        assert!(Config::load(None, variables(&others), &[]).is_ok(), "none of them is a key");
    }

    #[test]
    fn a_value_of_the_wrong_kind_is_refused_by_its_key() {
        for (key, toml, expected) in [
            ("session.ttl_seconds", "\"x\"", "a whole number from 1 to 604800"),
            ("session.ttl_seconds", "0", "a whole number from 1 to 604800"),
            ("session.ttl_seconds", "-1", "a whole number from 1 to 604800"),
            ("session.sweep_seconds", "5000000000", "a whole number from 1 to 86400"),
            ("server.workers", "513", "a whole number from 0 to 512"),
            ("nvp.status", "\"200\"", "\"ok\" or \"rest\""),
            ("nvp.content_type", "\"text\"", "a media type in ASCII, such as text/plain;charset=UTF-8"),
            ("nvp.content_type", "\"text/plain\\r\\nX: y\"", "a media type in ASCII, such as text/plain;charset=UTF-8"),
            ("fields.unknown", "true", "\"known-groups\" or \"refuse\" or \"accept\""),
            ("versions.retired", "\"off\"", "\"serve\" or \"refuse\""),
            ("simulator.accept_live_numbers", "1", "true or false"),
            ("public_url", "\"pay.example\"", "empty, or an http or https URL such as https://pay.example"),
            (
                "public_url",
                "\"https://pay.example/?a=b\"",
                "empty, or an http or https URL such as https://pay.example",
            ),
            ("listen", "\"8080\"", "HOST:PORT, such as 127.0.0.1:8080 or [::1]:0, with a host that resolves"),
            ("data", "\"\"", "the path of a directory"),
            ("master_key_file", "5", "the path of a file"),
        ] {
            let said = message(Config::default_with(&[(key, toml)]));
            assert_eq!(said, format!("{key}: expected {expected} (set by the program)"), "{key} = {toml}");
        }
    }

    #[test]
    fn a_file_that_is_no_toml_is_refused_with_its_line() {
        let file = file("listen = \"127.0.0.1:1\"\n\nsession = [\n");
        let said = message(Config::load(Some(file.path()), [], &[]));
        assert!(said.starts_with(&format!("{}, line ", file.path().display())), "{said}");
        assert!(!said.contains('\n'), "one line: {said}");
        let said = message(Config::load(Some(Path::new("/nonexistent/nvpgate.toml")), [], &[]));
        assert!(said.starts_with("configuration file /nonexistent/nvpgate.toml: "), "{said}");
    }

    #[test]
    fn the_built_in_password_is_not_offered_to_the_network() {
        let said = message(Config::default_with(&[("listen", "\"0.0.0.0:8080\"")]));
        for hint in ["listen: 0.0.0.0:8080", "TESTMERCHANT", "password_sha256", "openssl rand -hex 16", "sha256sum"] {
            assert!(said.contains(hint), "{hint} is missing: {said}");
        }
        assert!(Config::default_with(&[("listen", "\"[::ffff:127.0.0.1]:1\"")]).is_ok(), "a mapped loopback address");
        let own = format!("[{{ id = \"TESTSHOP\", password_sha256 = [\"{}\"] }}]", "ab".repeat(32));
        let config = Config::default_with(&[("listen", "\"0.0.0.0:8080\""), ("merchant", &own)]);
        assert!(config.is_ok(), "with a password of one's own it is allowed: {:?}", config.err());
    }

    #[test]
    fn the_master_key_comes_from_one_place() {
        let config = Config::load(None, variables(&[("NVPGATE_MASTER_KEY", "key-text")]), &[]).unwrap();
        assert!(matches!(&config.master_key, MasterKey::Given(key) if key.expose() == "key-text"));
        assert!(!format!("{config:?}").contains("key-text\""), "a configuration does not print its key");
        assert!(!config.effective().contains("key-text"), "nor does `nvpgate config`");
        let both = [("NVPGATE_MASTER_KEY", "key-text"), ("NVPGATE_MASTER_KEY_FILE", "key")];
        let said = message(Config::load(None, variables(&both), &[]));
        assert!(said.starts_with("master_key_file: expected to be empty"), "{said}");
    }

    #[test]
    fn the_effective_configuration_reads_back_and_hides_digests() {
        let digest = "cd".repeat(32);
        let own = format!("[{{ id = \"SHOP\", password_sha256 = [\"{digest}\"], currencies = [\"EUR\"] }}]");
        let config =
            Config::load(None, variables(&[("NVPGATE_SERVER_WORKERS", "3"), ("NVPGATE_MERCHANT", &own)]), &[]).unwrap();
        let printed = config.effective();
        assert!(printed.contains("workers = 3 # NVPGATE_SERVER_WORKERS"), "{printed}");
        assert!(printed.contains("listen = \"127.0.0.1:8080\"\n"), "{printed}");
        assert!(printed.contains("password_sha256 = [\"..\"]"), "{printed}");
        assert!(!printed.contains(&digest), "{printed}");
        let table: toml::Table = printed.parse().expect("it is TOML");
        assert_eq!(table["merchant"][0]["currencies"][0].as_str(), Some("EUR"));
        assert_eq!(table["session"]["ttl_seconds"].as_integer(), Some(900));
    }

    #[test]
    fn a_database_takes_the_place_of_the_directory_and_its_password_is_not_printed() {
        let url = "postgres://nvpgate:open%20sesame@db.example/nvpgate?sslmode=verify-full";
        let config = Config::load(None, variables(&[("NVPGATE_STORE", url), ("NVPGATE_DATA", "")]), &[]).unwrap();
        assert!(matches!(&config.place, Place::Database(database) if !database.allow_asynchronous_commit));
        let printed = config.effective();
        let shown = "store = \"postgres://nvpgate:..@db.example/nvpgate?sslmode=verify-full\" # NVPGATE_STORE\n";
        assert!(printed.contains(shown), "{printed}");
        assert!(
            !printed.contains("sesame") && !format!("{config:?}{:?}", config.place).contains("sesame"),
            "{printed}"
        );
        for (key, toml, expected) in [
            ("store", "\"open sesame\"", "store: expected empty, or postgres://USER:PASSWORD@HOST:PORT/DATABASE"),
            ("store", "\"postgres://u:sesame@h/d?sslmode=yes\"", "store: expected sslmode to be disable, prefer,"),
            ("store", "5", "store: expected a text"),
            ("store_allow_asynchronous_commit", "1", "store_allow_asynchronous_commit: expected true or false"),
        ] {
            let said = message(Config::default_with(&[(key, toml)]));
            assert!(said.starts_with(expected) && !said.contains("sesame"), "{key} = {toml}: {said}");
        }
    }

    #[test]
    fn every_key_stands_once_in_the_default_file_with_a_comment_above_it() {
        let lines: Vec<&str> = Config::DEFAULTS.lines().collect();
        for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.starts_with('#') && line.contains(" = ")) {
            assert!(at > 0 && lines[at - 1].starts_with("# "), "line {}: {line} has no comment above it", at + 1);
        }
    }
}
