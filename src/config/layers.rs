//! The values of the configuration's keys before anybody looks at what they mean: the defaults, overlaid by
//! a file, the environment and the command line, each value with the place it comes from.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fmt;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

const PREFIX: &str = "NVPGATE_";

/// The log filter, which is read before there is a configuration.
const LOG_VARIABLE: &str = "NVPGATE_LOG";

/// The master key itself; it has no key in a file, so that no file is tempted to hold it.
pub(super) const MASTER_KEY_VARIABLE: &str = "NVPGATE_MASTER_KEY";

/// Variables of the project's own test runs, which mean nothing to a server.
const TEST_PREFIXES: [&str; 2] = ["NVPGATE_TEST_", "NVPGATE_CRASH_"];

/// Why the configuration cannot be used. Each message names the key and what was expected; none shows a
/// value, which may be a secret.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("configuration file {}: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        cause: std::io::Error,
    },
    /// A text that must be TOML is not.
    #[error("{place}: {message}")]
    NotToml {
        /// Where the text stands, with the line if it is a file.
        place: String,
        /// What is wrong.
        message: String,
    },
    /// A key that does not exist.
    #[error("{key}: no such key ({place}){}", did_you_mean(.nearest))]
    UnknownKey {
        /// The full dotted name.
        key: String,
        /// Where it stands.
        place: Source,
        /// The known key that is spelt most like it, if one is.
        nearest: Option<String>,
    },
    /// A variable that begins with `NVPGATE_` and sets nothing.
    #[error("{name}: no such variable{}", did_you_mean(.nearest))]
    UnknownVariable {
        /// Its name.
        name: String,
        /// The variable that is spelt most like it, if one is.
        nearest: Option<String>,
    },
    /// A value that the key cannot have.
    #[error("{key}: expected {expected} ({place})")]
    Invalid {
        /// The full dotted name.
        key: String,
        /// What it may be.
        expected: String,
        /// Where it stands.
        place: Source,
    },
    /// Values that are good one by one and not together.
    #[error("{0}")]
    Contradiction(String),
}

fn did_you_mean(name: &Option<String>) -> String {
    name.as_ref().map(|name| format!("; did you mean {name}?")).unwrap_or_default()
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Source {
    /// config.default.toml.
    Default,
    /// The configuration file.
    File(PathBuf),
    /// An environment variable.
    Variable(String),
    /// An argument of the command line.
    Argument(String),
    /// The program itself, as tests and `nvpgate check` start a server.
    Program,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Default => f.write_str("default"),
            Source::File(path) => write!(f, "{}", path.display()),
            Source::Variable(name) | Source::Argument(name) => f.write_str(name),
            Source::Program => f.write_str("set by the program"),
        }
    }
}

/// One key's value and where it comes from.
#[derive(Clone)]
pub(super) struct Entry {
    pub value: Value,
    pub source: Source,
}

/// Every key of the configuration by its dotted name. `merchant` is one key, whose value is the list.
#[derive(Clone)]
pub(super) struct Layers(BTreeMap<String, Entry>);

impl Layers {
    /// The defaults alone.
    pub fn defaults() -> Result<Layers, ConfigError> {
        let table = parse(super::Config::DEFAULTS, || "config.default.toml".to_owned())?;
        let mut entries = BTreeMap::new();
        flatten("", table, &mut |key, value| {
            entries.insert(key, Entry { value, source: Source::Default });
        });
        Ok(Layers(entries))
    }

    /// Lays a file on top.
    pub fn overlay_file(&mut self, path: &Path) -> Result<(), ConfigError> {
        let text =
            std::fs::read_to_string(path).map_err(|cause| ConfigError::Unreadable { path: path.to_owned(), cause })?;
        let table = parse(&text, || path.display().to_string())?;
        let mut result = Ok(());
        flatten("", table, &mut |key, value| {
            let is_known_and_empty =
                value.as_table().is_some_and(|_| self.0.keys().any(|known| known.starts_with(&format!("{key}."))));
            if result.is_ok() && !is_known_and_empty {
                result = self.set(&key, value, Source::File(path.to_owned()));
            }
        });
        result
    }

    /// Lays the environment on top and returns the master key, if one is given. A string key takes the
    /// variable's text as it is, any other key takes it as TOML.
    pub fn overlay_environment(
        &mut self,
        variables: impl IntoIterator<Item = (OsString, OsString)>,
    ) -> Result<Option<String>, ConfigError> {
        let by_variable: BTreeMap<String, String> = self
            .0
            .keys()
            .map(|key| (format!("{PREFIX}{}", key.to_uppercase().replace('.', "_")), key.clone()))
            .collect();
        let mut master_key = None;
        for (name, text) in variables {
            let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else { continue };
            if name == LOG_VARIABLE || TEST_PREFIXES.iter().any(|prefix| name.starts_with(prefix)) {
                continue;
            }
            let source = Source::Variable(name.to_owned());
            let key = by_variable.get(name);
            let Some(text) = text.to_str() else {
                let key = key.cloned().unwrap_or_else(|| name.to_owned());
                return Err(ConfigError::Invalid { key, expected: "text in UTF-8".to_owned(), place: source });
            };
            match key {
                Some(key) => self.set_text(key, text, source)?,
                None if name == MASTER_KEY_VARIABLE => master_key = Some(text.to_owned()),
                None => {
                    let known = by_variable.keys().map(String::as_str).chain([MASTER_KEY_VARIABLE, LOG_VARIABLE]);
                    return Err(ConfigError::UnknownVariable {
                        name: name.to_owned(),
                        nearest: most_alike(name, known),
                    });
                }
            }
        }
        Ok(master_key)
    }

    /// Sets a key from text that is no file: a string key takes it as it is, any other key takes it as TOML.
    pub fn set_text(&mut self, key: &str, text: &str, source: Source) -> Result<(), ConfigError> {
        if self.0.get(key).is_some_and(|entry| entry.value.is_str()) {
            return self.set(key, Value::String(text.to_owned()), source);
        }
        self.set_toml(key, text, source)
    }

    /// Sets a key from TOML text, a string in its quotes.
    pub fn set_toml(&mut self, key: &str, text: &str, source: Source) -> Result<(), ConfigError> {
        let value = text.parse::<Value>().map_err(|error| ConfigError::NotToml {
            place: format!("{key} ({source})"),
            message: error.message().replace('\n', ", "),
        })?;
        self.set(key, value, source)
    }

    fn set(&mut self, key: &str, value: Value, source: Source) -> Result<(), ConfigError> {
        match self.0.get_mut(key) {
            Some(entry) => {
                *entry = Entry { value, source };
                Ok(())
            }
            None if key.starts_with("merchant.") => {
                let expected = "a list, each entry under its own [[merchant]]".to_owned();
                Err(ConfigError::Invalid { key: "merchant".to_owned(), expected, place: source })
            }
            None => {
                let nearest = most_alike(key, self.0.keys().map(String::as_str));
                Err(ConfigError::UnknownKey { key: key.to_owned(), place: source, nearest })
            }
        }
    }

    /// The value of a key that stands in config.default.toml.
    pub fn get(&self, key: &str) -> Result<&Entry, ConfigError> {
        self.0.get(key).ok_or_else(|| ConfigError::UnknownKey {
            key: key.to_owned(),
            place: Source::Default,
            nearest: None,
        })
    }

    /// All keys but the merchants, those outside a table first, then table by table.
    pub fn plain_entries(&self) -> impl Iterator<Item = (&str, &Entry)> {
        let plain = || self.0.iter().filter(|(key, _)| *key != "merchant").map(|(key, entry)| (key.as_str(), entry));
        plain().filter(|(key, _)| !key.contains('.')).chain(plain().filter(|(key, _)| key.contains('.')))
    }
}

/// The known name that `name` was probably meant to be.
pub(super) fn most_alike<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<String> {
    let last = |name: &str| name.rsplit('.').next().unwrap_or_default().to_owned();
    known
        // A key in the wrong table is as likely a slip as a misspelt one.
        .map(|candidate| {
            let likeness = strsim::jaro_winkler(name, candidate);
            (if last(name) == last(candidate) { likeness.max(0.95) } else { likeness }, candidate)
        })
        .filter(|(likeness, _)| *likeness > 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate.to_owned())
}

fn flatten(prefix: &str, table: Table, visit: &mut impl FnMut(String, Value)) {
    for (name, value) in table {
        let key = if prefix.is_empty() { name } else { format!("{prefix}.{name}") };
        match value {
            // An empty table is visited itself, so that a misspelt one does not pass unseen.
            Value::Table(table) if !table.is_empty() => flatten(&key, table, visit),
            value => visit(key, value),
        }
    }
}

fn parse(text: &str, place: impl FnOnce() -> String) -> Result<Table, ConfigError> {
    text.parse::<Table>().map_err(|error| {
        let line = error.span().map(|span| text[..span.start.min(text.len())].lines().count().max(1));
        let place = match line.filter(|_| text.contains('\n')) {
            Some(line) => format!("{}, line {line}", place()),
            None => place(),
        };
        ConfigError::NotToml { place, message: error.message().replace('\n', ", ") }
    })
}
