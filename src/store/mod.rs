//! Keeps sealed records: (kind, merchant, id) → (version, expiry, ciphertext).
//!
//! [`Store::commit`] is all or nothing and answers when it is durable; each change names the version it
//! replaces, so that of two that started from the same version exactly one is done. Records are sealed here,
//! on the caller's thread, and reach an engine only as ciphertext under a keyed hash of their id. Engines
//! differ in where they keep the rows, never in what they promise: `contract` is run against each.

mod embedded;
mod master_key;
mod seal;

#[cfg(test)]
mod contract;

pub use master_key::MasterKey;

use crate::domain::failure::Fault;
use crate::domain::ids::MerchantId;
use crate::domain::timestamp::Timestamp;
use embedded::Embedded;
use seal::{KeysError, SEALS_PER_KEY, Sealer, Slot};
use std::collections::HashSet;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;
use zeroize::Zeroizing;

/// Which world of ids a record belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Payment sessions.
    Session,
    /// Orders with their transactions.
    Order,
    /// Stored cards, and for a card that may have one token only, the token's id under the card's keyed hash.
    Token,
    /// Notifications that wait to be sent.
    Notification,
}

impl Kind {
    /// The number that stands for it in associated data and hashes. It must never change.
    fn number(self) -> u8 {
        match self {
            Kind::Session => 1,
            Kind::Order => 2,
            Kind::Token => 3,
            Kind::Notification => 4,
        }
    }

    fn from_number(number: u8) -> Option<Kind> {
        [Kind::Session, Kind::Order, Kind::Token, Kind::Notification].into_iter().find(|kind| kind.number() == number)
    }
}

/// What a record is found by. A merchant's keys never meet another's.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// Which world of ids.
    pub kind: Kind,
    /// Whose record it is.
    pub merchant: MerchantId,
    /// The id within both; a session's can act as a password, so it is not printed.
    pub id: String,
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} of {}: ..", self.kind, self.merchant)
    }
}

/// A record as it was last committed.
#[derive(Clone, PartialEq, Eq)]
pub struct Record {
    /// 1 for a new record and one more for each replacement.
    pub version: u64,
    /// When it ends to exist, if ever.
    pub expires: Option<Timestamp>,
    /// What the caller wrote.
    pub bytes: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for Record {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Record").field("version", &self.version).field("expires", &self.expires).finish_non_exhaustive()
    }
}

/// One record to write.
#[derive(Clone)]
pub struct Change {
    /// Which record.
    pub key: Key,
    /// The version that must be current; 0 means that there must be no record yet. A record that has expired
    /// is there until [`Store::sweep`] has taken it.
    pub replaces: u64,
    /// When the new record ends to exist, if ever.
    pub expires: Option<Timestamp>,
    /// From when on [`Store::awake`] gives the record, if ever.
    pub wakes: Option<Timestamp>,
    /// The new content.
    pub bytes: Zeroizing<Vec<u8>>,
}

impl fmt::Debug for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Change")
            .field("key", &self.key)
            .field("replaces", &self.replaces)
            .field("expires", &self.expires)
            .field("wakes", &self.wakes)
            .finish_non_exhaustive()
    }
}

/// How a commit ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Committed {
    /// Every change is durable.
    Done,
    /// Nothing was written, because others came first.
    Lost {
        /// Which changes named a version that is no longer current, by their place in the commit.
        changes: Vec<usize>,
    },
}

/// What a store is opened with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The data directory (`data`); made with mode 0700 where it is absent.
    pub data: PathBuf,
    /// Where the master key comes from.
    pub master_key: MasterKey,
}

/// Why a store cannot be opened: one line that names the path and the configuration key, never key bytes.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The data directory is absent and cannot be made, or cannot be used.
    #[error("data: cannot use the directory {}: {cause}", .path.display())]
    Directory {
        /// The data directory.
        path: PathBuf,
        /// What the operating system says.
        cause: String,
    },
    /// Another process holds the data directory.
    #[error("data: {} is in use by another nvpgate process; stop it or name another directory", .path.display())]
    InUse {
        /// The data directory.
        path: PathBuf,
    },
    /// The file is no store of this program.
    #[error("data: {} is not a store of nvpgate", .path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// The store was written in a format this program does not know.
    #[error("data: {} has format {found}, this nvpgate reads format {known}; use the version that wrote it", .path.display())]
    Format {
        /// The file.
        path: PathBuf,
        /// Its format number.
        found: i64,
        /// The format number of this program.
        known: i64,
    },
    /// The engine could not open its files.
    #[error("data: cannot open the store {}: {cause}", .path.display())]
    Engine {
        /// The file.
        path: PathBuf,
        /// What the engine says.
        cause: String,
    },
    /// The file of the master key cannot be read, or made.
    #[error("master_key_file: cannot read the master key from {}: {cause}", .path.display())]
    MasterKeyFile {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        cause: String,
    },
    /// The text of the master key is not 32 bytes in hex or Base64.
    #[error("{key}: the master key in {place} is not 32 bytes in hex or Base64")]
    MasterKeyForm {
        /// The configuration key.
        key: &'static str,
        /// The file, or the environment.
        place: String,
    },
    /// The master key is not the one the store was made with.
    #[error(
        "master_key_file or NVPGATE_MASTER_KEY: the master key does not open the store in {}; give the key it was made with",
        .path.display()
    )]
    WrongMasterKey {
        /// The data directory.
        path: PathBuf,
    },
}

/// A store. Clones share it; it is closed when the last one is dropped, or by [`Store::close`].
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    sealer: Sealer,
    engine: Engine,
}

/// Where sealed rows are kept.
enum Engine {
    Embedded(Embedded),
}

/// A sealed record as an engine keeps it. Versions are signed here because SQL integers are.
struct Row {
    version: i64,
    expires: Option<Timestamp>,
    sealed: Vec<u8>,
}

/// A sealed change as an engine carries it out.
struct SealedChange {
    slot: Slot,
    replaces: i64,
    row: Row,
    wakes: Option<Alarm>,
}

/// When a record wakes, and the name under which it is found then.
struct Alarm {
    at: Timestamp,
    /// The record's key, sealed, since its slot does not say it.
    name: Vec<u8>,
}

/// A row that has woken, as an engine gives it.
struct Woken {
    name: Vec<u8>,
    row: Row,
}

impl Store {
    /// Opens the store in the data directory, or makes it.
    pub fn open(settings: &Settings) -> Result<Store, OpenError> {
        Store::open_with(settings, SEALS_PER_KEY)
    }

    fn open_with(settings: &Settings, seals_per_key: u64) -> Result<Store, OpenError> {
        let unopened = embedded::Unopened::lock(&settings.data)?;
        let master = settings.master_key.bytes(&settings.data, unopened.store_exists())?;
        let opening = unopened.open()?;
        let (sealer, made) = Sealer::open(&master, &opening.keys()?, seals_per_key).map_err(|error| match error {
            KeysError::WrongMasterKey => OpenError::WrongMasterKey { path: settings.data.clone() },
            KeysError::Fault(fault) => opening.error(fault.cause()),
        })?;
        opening.keep_keys(&made)?;
        let engine = Engine::Embedded(opening.start()?);
        Ok(Store { inner: Arc::new(Inner { sealer, engine }) })
    }

    /// The records of `keys`, in their order and all as of one moment; `None` where there is none or where it
    /// has expired at `now`.
    ///
    /// # Errors
    /// The engine does not answer, or a record does not open.
    pub async fn load(&self, keys: &[Key], now: Timestamp) -> Result<Vec<Option<Record>>, Fault> {
        let Inner { sealer, engine } = &*self.inner;
        let slots: Vec<Slot> = keys.iter().map(|key| sealer.slot(key)).collect();
        let rows = match engine {
            Engine::Embedded(embedded) => embedded.load(&slots)?,
        };
        keys.iter()
            .zip(rows)
            .map(|(key, row)| match row {
                Some(Row { version, expires, sealed }) if expires.is_none_or(|expires| expires > now) => {
                    let bytes = sealer.open_record(key, version, expires, &sealed)?;
                    Ok(Some(Record { version: version.unsigned_abs(), expires, bytes }))
                }
                _ => Ok(None),
            })
            .collect()
    }

    /// Carries out all changes or none, and returns when the outcome is durable. A caller that stops waiting
    /// does not take its changes back.
    ///
    /// # Errors
    /// The changes may or may not be durable: the engine failed, or a change names a record twice.
    pub async fn commit(&self, changes: Vec<Change>) -> Result<Committed, Fault> {
        let Inner { sealer, engine } = &*self.inner;
        let mut keys_due = Vec::new();
        let mut sealed = Vec::with_capacity(changes.len());
        for Change { key, replaces, expires, wakes, bytes } in &changes {
            let (replaces, version) = i64::try_from(*replaces)
                .ok()
                .and_then(|replaces| Some((replaces, replaces.checked_add(1)?)))
                .ok_or_else(|| Fault::new("a change replaces a version that no record can have"))?;
            let (ciphertext, due) = sealer.seal(key, version, *expires, bytes)?;
            keys_due.extend(due);
            let row = Row { version, expires: *expires, sealed: ciphertext };
            let slot = sealer.slot(key);
            let wakes = match wakes {
                Some(at) => {
                    let (name, due) = sealer.seal_name(key)?;
                    keys_due.extend(due);
                    Some(Alarm { at: *at, name })
                }
                None => None,
            };
            sealed.push(SealedChange { slot, replaces, row, wakes });
        }
        if changes.len() > 1 && sealed.iter().map(|change| change.slot).collect::<HashSet<_>>().len() < changes.len() {
            return Err(Fault::new("a commit names a record twice"));
        }
        drop(changes);
        let Engine::Embedded(embedded) = engine;
        for class in keys_due {
            let (fresh, wrapped) = sealer.fresh_key(class)?;
            embedded.keep_key(wrapped).await?;
            sealer.take(fresh);
        }
        embedded.commit(sealed).await
    }

    /// At most `limit` of the records that have woken at `now` and have not expired, those that woke first before
    /// the others. They stay awake until a commit lets them sleep: whoever wants to be the only one to work on
    /// one commits a later time first. One that does not open is left out, so that it does not hold up the others.
    ///
    /// # Errors
    /// The engine does not answer.
    pub async fn awake(&self, now: Timestamp, limit: usize) -> Result<Vec<(Key, Record)>, Fault> {
        let Inner { sealer, engine } = &*self.inner;
        let Engine::Embedded(embedded) = engine;
        let woken = embedded.awake(now, limit)?;
        let opened = woken.into_iter().filter_map(|Woken { name, row: Row { version, expires, sealed } }| {
            let key = sealer.open_name(&name);
            let record = key.and_then(|key| Ok((sealer.open_record(&key, version, expires, &sealed)?, key)));
            match record {
                Ok((bytes, key)) => Some((key, Record { version: version.unsigned_abs(), expires, bytes })),
                Err(fault) => {
                    log::error!("a record woke and was left alone: {}", fault.cause());
                    None
                }
            }
        });
        Ok(opened.collect())
    }

    /// Deletes the records that have expired at `now` and says how many they were. It works in slices between
    /// which commits go on.
    ///
    /// # Errors
    /// The engine failed; what was deleted before stays deleted.
    pub async fn sweep(&self, now: Timestamp) -> Result<u64, Fault> {
        let Engine::Embedded(embedded) = &self.inner.engine;
        embedded.sweep(now).await
    }

    /// Answers when the store can read and write.
    ///
    /// # Errors
    /// It cannot.
    pub async fn ready(&self) -> Result<(), Fault> {
        let Engine::Embedded(embedded) = &self.inner.engine;
        embedded.ready().await
    }

    /// HMAC-SHA-256 under a key of the store, for fingerprints of requests and cards. Different purposes give
    /// unrelated hashes; the same store gives the same hash for ever.
    pub fn keyed_hash(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        self.inner.sealer.keyed_hash(purpose, bytes)
    }

    /// Commits what waits, tidies the files up and lets another process have them. Later calls find the store
    /// closed; closing again does nothing. It blocks until that is done.
    pub fn close(&self) {
        let Engine::Embedded(embedded) = &self.inner.engine;
        embedded.close();
    }
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}
