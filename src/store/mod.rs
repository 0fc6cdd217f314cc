//! Keeps sealed records: (kind, merchant, id) → (version, expiry, ciphertext).
//!
//! [`Store::commit`] is all or nothing and answers when it is durable; each change names the version it
//! replaces, so that of two that started from the same version exactly one is done. Records are sealed here,
//! on the caller's thread, and reach an engine only as ciphertext under a keyed hash of their id. Engines
//! differ in where they keep the rows, never in what they promise: `contract` is run against each.

mod embedded;
mod error;
mod master_key;
mod postgres;
mod record;
mod seal;

#[cfg(test)]
mod contract;

pub use error::{OpenError, StoreError};
pub use master_key::MasterKey;
pub use postgres::{Database, PostgresUrl};
pub use record::{Alarm, Awake, Awoken, Change, Committed, Key, Kind, Listed, Listing, Mark, Record};

use crate::domain::fault::Fault;
use crate::domain::ids::MerchantId;
use crate::domain::secret::Secret;
use crate::domain::timestamp::Timestamp;
use embedded::Embedded;
use postgres::Postgres;
use record::{Named, Row, SealedChange};
use seal::{KeyClass, KeysError, SEALS_PER_KEY, Sealer, Slot};
use std::collections::HashSet;
use std::fmt;
use std::path::PathBuf;
use std::sync::Arc;

/// What a store is opened with.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where the records are.
    pub place: Place,
    /// Where the master key comes from.
    pub master_key: MasterKey,
}

/// Where the records of a store are.
#[derive(Clone, Debug)]
pub enum Place {
    /// In the data directory (`data`), for this process alone; made with mode 0700 where it is absent.
    Directory(PathBuf),
    /// In a database (`store`), for any number of processes.
    Database(Database),
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
    Postgres(Postgres),
}

impl Store {
    /// Opens the store in its place, or makes it. It blocks, and belongs outside of asynchronous code.
    ///
    /// # Errors
    /// The store cannot be opened or made, or the master key is not the one of its records.
    pub fn open(settings: &Settings) -> Result<Store, OpenError> {
        Store::open_with(settings, SEALS_PER_KEY)
    }

    fn open_with(settings: &Settings, seals_per_key: u64) -> Result<Store, OpenError> {
        let (sealer, engine) = match &settings.place {
            Place::Directory(data) => {
                let unopened = embedded::Unopened::lock(data)?;
                let master = settings.master_key.bytes(data, unopened.store_exists())?;
                let opening = unopened.open()?;
                let (sealer, made) =
                    Sealer::open(&master, &opening.keys()?, seals_per_key).map_err(|error| match error {
                        KeysError::WrongMasterKey => OpenError::WrongMasterKey { place: data.display().to_string() },
                        KeysError::Fault(fault) => opening.error(fault.cause()),
                    })?;
                opening.keep_keys(&made)?;
                (sealer, Engine::Embedded(opening.start()?))
            }
            Place::Database(database) => {
                let master = settings.master_key.shared_bytes()?;
                let opening = postgres::Opening::connect(database)?;
                let (sealer, made) =
                    Sealer::open(&master, &opening.keys()?, seals_per_key).map_err(|error| match error {
                        KeysError::WrongMasterKey => OpenError::WrongMasterKey { place: opening.place().to_owned() },
                        KeysError::Fault(fault) => OpenError::Database { cause: fault.cause().to_owned() },
                    })?;
                opening.keep_keys(&made)?;
                (sealer, Engine::Postgres(opening.start()?))
            }
        };
        Ok(Store { inner: Arc::new(Inner { sealer, engine }) })
    }

    /// The records of `keys`, in their order and all as of one moment; `None` where there is none or where it
    /// has expired at `now`.
    ///
    /// # Errors
    /// The engine does not answer, or a record does not open.
    pub async fn load(&self, keys: &[Key], now: Timestamp) -> Result<Vec<Option<Record>>, StoreError> {
        let Inner { sealer, engine } = &*self.inner;
        let slots: Vec<Slot> = keys.iter().map(|key| sealer.slot(key)).collect();
        let rows = match engine {
            Engine::Embedded(embedded) => embedded.load(&slots)?,
            Engine::Postgres(postgres) => {
                let rows = postgres.load(slots).await?;
                learn(sealer, postgres, rows.iter().flatten().map(|row| &row.sealed)).await?;
                rows
            }
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
    pub async fn commit(&self, changes: Vec<Change>) -> Result<Committed, StoreError> {
        let Inner { sealer, engine } = &*self.inner;
        let mut keys_due = Vec::new();
        let mut sealed = Vec::with_capacity(changes.len());
        for Change { key, replaces, expires, wakes, listed, bytes } in &changes {
            let (replaces, version) = i64::try_from(*replaces)
                .ok()
                .and_then(|replaces| Some((replaces, replaces.checked_add(1)?)))
                .ok_or_else(|| Fault::new("a change replaces a version that no record can have"))?;
            let (ciphertext, due) = sealer.seal(key, version, *expires, bytes)?;
            keys_due.extend(due);
            let row = Row { version, expires: *expires, sealed: ciphertext };
            let slot = sealer.slot(key);
            let list = listed.then(|| sealer.list(key.kind, &key.merchant));
            let name = match wakes.is_some() || *listed {
                true => {
                    let (name, due) = sealer.seal_name(key)?;
                    keys_due.extend(due);
                    Some(name)
                }
                false => None,
            };
            sealed.push(SealedChange { slot, replaces, row, wakes: *wakes, list, name });
        }
        if changes.len() > 1 && sealed.iter().map(|change| change.slot).collect::<HashSet<_>>().len() < changes.len() {
            return Err(Fault::new("a commit names a record twice").into());
        }
        drop(changes);
        self.renew(keys_due).await?;
        match engine {
            Engine::Embedded(embedded) => Ok(embedded.commit(sealed).await?),
            Engine::Postgres(postgres) => postgres.commit(sealed).await,
        }
    }

    /// Makes the next data key of each class that it is time for.
    async fn renew(&self, due: impl IntoIterator<Item = KeyClass>) -> Result<(), StoreError> {
        let Inner { sealer, engine } = &*self.inner;
        for class in due {
            let (fresh, wrapped) = sealer.fresh_key(class)?;
            match engine {
                Engine::Embedded(embedded) => embedded.keep_key(wrapped).await?,
                Engine::Postgres(postgres) => postgres.keep_key(wrapped).await?,
            }
            sealer.take(fresh);
        }
        Ok(())
    }

    /// Seals a card number under the keys of stored cards, so that it can be kept inside the record of `key`.
    ///
    /// # Errors
    /// A new data key cannot be stored, or the number cannot be sealed.
    pub async fn seal_card(&self, key: &Key, number: &Secret) -> Result<Vec<u8>, StoreError> {
        let (sealed, due) = self.inner.sealer.seal_card(key, number.expose().as_bytes())?;
        self.renew(due).await?;
        Ok(sealed)
    }

    /// The card number that was sealed for the record of `key`.
    ///
    /// # Errors
    /// It was sealed for another record, or the engine does not answer.
    pub async fn open_card(&self, key: &Key, sealed: &Vec<u8>) -> Result<Secret, StoreError> {
        let Inner { sealer, engine } = &*self.inner;
        if let Engine::Postgres(postgres) = engine {
            learn(sealer, postgres, std::iter::once(sealed)).await?;
        }
        let number = sealer.open_card(key, sealed)?;
        let number = std::str::from_utf8(&number).map_err(|_| Fault::new("a stored card number is no text"))?;
        Ok(Secret::new(number))
    }

    /// At most `limit` of the records that have woken at `now` and have not expired, behind `after` or from the first
    /// on, those that woke first before the others. They stay awake until a commit lets them sleep: whoever wants to
    /// be the only one to work on one commits a later time first. One that does not open is left out, so that it does
    /// not hold up the others.
    ///
    /// # Errors
    /// The engine does not answer.
    pub async fn awake(&self, after: Option<Alarm>, now: Timestamp, limit: usize) -> Result<Awake, StoreError> {
        let after = after.unwrap_or(Alarm::FIRST);
        let found = match &self.inner.engine {
            Engine::Embedded(embedded) => embedded.awake(after, now, limit)?,
            Engine::Postgres(postgres) => postgres.awake(after, now, limit).await?,
        };
        let last = found.last().filter(|_| found.len() == limit);
        let next = last.and_then(|last| Some(Alarm { time: last.wakes?, slot: last.slot }));
        let opened = self.open_named(found).await?.into_iter();
        let records =
            opened.filter_map(|(key, record, Named { wakes, .. })| Some(Awoken { key, record, time: wakes? }));
        Ok(Awake { records: records.collect(), next })
    }

    /// At most `limit` of the records of this kind and merchant that are listed and have not expired at `now`, behind
    /// `after` or from the first on. Each listing is of one moment, and two are of two: a record that is there all
    /// the while is given once, one that comes or goes meanwhile may be missing. One that does not open is left out.
    ///
    /// # Errors
    /// The engine does not answer.
    pub async fn list(
        &self,
        kind: Kind,
        merchant: &MerchantId,
        after: Option<Mark>,
        limit: usize,
        now: Timestamp,
    ) -> Result<Listing, StoreError> {
        let list = self.inner.sealer.list(kind, merchant);
        let after = after.map(|Mark(slot)| slot);
        let found = match &self.inner.engine {
            Engine::Embedded(embedded) => embedded.list(&list, after.as_ref(), now, limit)?,
            Engine::Postgres(postgres) => postgres.list(list, after, now, limit).await?,
        };
        let next = found.last().filter(|_| found.len() == limit).map(|last| Mark(last.slot));
        let opened = self.open_named(found).await?.into_iter();
        let records =
            opened.map(|(key, record, Named { slot, .. })| Listed { key, record, mark: Mark(slot) }).collect();
        Ok(Listing { records, next })
    }

    /// Opens rows that were found otherwise than by their keys, but for those that do not open.
    async fn open_named(&self, found: Vec<Named>) -> Result<Vec<(Key, Record, Named)>, StoreError> {
        let Inner { sealer, engine } = &*self.inner;
        if let Engine::Postgres(postgres) = engine {
            learn(sealer, postgres, found.iter().flat_map(|found| [&found.name, &found.row.sealed])).await?;
        }
        let opened = found.into_iter().filter_map(|named| {
            let Row { version, expires, sealed } = &named.row;
            let key = sealer.open_name(&named.name);
            let record = key.and_then(|key| Ok((sealer.open_record(&key, *version, *expires, sealed)?, key)));
            match record {
                Ok((bytes, key)) => {
                    Some((key, Record { version: version.unsigned_abs(), expires: *expires, bytes }, named))
                }
                Err(fault) => {
                    log::error!("a record was found and is left alone: {}", fault.cause());
                    None
                }
            }
        });
        Ok(opened.collect())
    }

    /// Deletes the records that have expired at `now` and says how many they were. It works in slices between
    /// which commits go on. Of several nodes on one database one sweeps at a time, and the others
    /// find nothing.
    ///
    /// # Errors
    /// The engine failed; what was deleted before stays deleted.
    pub async fn sweep(&self, now: Timestamp) -> Result<u64, StoreError> {
        match &self.inner.engine {
            Engine::Embedded(embedded) => Ok(embedded.sweep(now).await?),
            Engine::Postgres(postgres) => postgres.sweep(now).await,
        }
    }

    /// Answers when the store can read and write.
    ///
    /// # Errors
    /// It cannot.
    pub async fn ready(&self) -> Result<(), StoreError> {
        match &self.inner.engine {
            Engine::Embedded(embedded) => Ok(embedded.ready().await?),
            Engine::Postgres(postgres) => postgres.ready().await,
        }
    }

    /// HMAC-SHA-256 under a key of the store, for fingerprints of requests and cards. Different purposes give
    /// unrelated hashes; the same store gives the same hash for ever.
    pub fn keyed_hash(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        self.inner.sealer.keyed_hash(purpose, bytes)
    }

    /// Commits what waits, tidies the files up and lets another process have them. Later calls find the store
    /// closed; closing again does nothing. It blocks until that is done.
    pub fn close(&self) {
        match &self.inner.engine {
            Engine::Embedded(embedded) => embedded.close(),
            Engine::Postgres(postgres) => postgres.close(),
        }
    }
}

/// Fetches the keys that another node made after this one had started, if anything was sealed under one.
async fn learn(sealer: &Sealer, postgres: &Postgres, sealed: impl Iterator<Item = &Vec<u8>>) -> Result<(), StoreError> {
    let missing: Vec<i64> = sealed.filter_map(|sealed| sealer.missing_key(sealed)).collect();
    if !missing.is_empty() {
        for key in postgres.keys(missing).await? {
            sealer.learn(&key)?;
        }
    }
    Ok(())
}

impl fmt::Debug for Store {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Store").finish_non_exhaustive()
    }
}
