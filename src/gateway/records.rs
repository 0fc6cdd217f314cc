//! The records that one request reads and changes.

use crate::domain::fault::Fault;
use crate::domain::timestamp::Timestamp;
use crate::store::{Key, Record, Store, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

/// The records that were read, by key. A change replaces the version that was read.
#[derive(Default)]
pub(super) struct Records(Vec<(Key, Option<Record>)>);

impl Records {
    /// Reads the records of `keys` in one round trip. Keys that were read before are skipped.
    pub async fn read(&mut self, store: &Store, mut keys: Vec<Key>, now: Timestamp) -> Result<(), StoreError> {
        keys.retain(|key| self.get(key).is_none());
        if !keys.is_empty() {
            let read = store.load(&keys, now).await?;
            self.0.extend(keys.into_iter().zip(read));
        }
        Ok(())
    }

    /// The value in a record. `None` without a key, and for a key without a record.
    pub fn opened<T: DeserializeOwned>(&self, key: Option<&Key>) -> Result<Option<T>, Fault> {
        let Some(Some(record)) = key.and_then(|key| self.get(key)) else {
            return Ok(None);
        };
        // An error of serde_json names a position in the text, and quotes no text.
        serde_json::from_slice(&record.bytes)
            .map(Some)
            .map_err(|error| Fault::new(format_args!("a stored record cannot be read: {error}")))
    }

    /// The version that a change must replace: 0 where there is no record.
    pub fn version(&self, key: &Key) -> u64 {
        self.get(key).and_then(Option::as_ref).map_or(0, |record| record.version)
    }

    /// The record of a key, if the key was read.
    fn get(&self, key: &Key) -> Option<&Option<Record>> {
        self.0.iter().find(|(read, _)| read == key).map(|(_, record)| record)
    }
}

/// The stored form of a value.
pub(super) fn written<T: Serialize>(value: &T) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let bytes =
        serde_json::to_vec(value).map_err(|error| Fault::new(format_args!("a record cannot be written: {error}")))?;
    Ok(Zeroizing::new(bytes))
}
