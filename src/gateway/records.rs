//! The records of the store that one request is about.

use crate::domain::fault::Fault;
use crate::domain::timestamp::Timestamp;
use crate::store::{Key, Record, Store, StoreError};
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

/// What was read, and under which key; a change replaces the version that was read.
#[derive(Default)]
pub(super) struct Records(Vec<(Key, Option<Record>)>);

impl Records {
    /// Reads those of `keys` that have not been read, in one round trip.
    pub async fn read(&mut self, store: &Store, mut keys: Vec<Key>, now: Timestamp) -> Result<(), StoreError> {
        keys.retain(|key| self.get(key).is_none());
        if !keys.is_empty() {
            let read = store.load(&keys, now).await?;
            self.0.extend(keys.into_iter().zip(read));
        }
        Ok(())
    }

    /// What a record holds; `None` without a key and for one under which there is nothing.
    pub fn opened<T: DeserializeOwned>(&self, key: Option<&Key>) -> Result<Option<T>, Fault> {
        let Some(Some(record)) = key.and_then(|key| self.get(key)) else {
            return Ok(None);
        };
        // serde_json's error names a place in the text, not the text.
        serde_json::from_slice(&record.bytes)
            .map(Some)
            .map_err(|error| Fault::new(format_args!("a stored record cannot be read: {error}")))
    }

    /// The version that a change must replace: 0 where there is nothing yet.
    pub fn version(&self, key: &Key) -> u64 {
        self.get(key).and_then(Option::as_ref).map_or(0, |record| record.version)
    }

    /// What was read under a key, if it was read at all.
    fn get(&self, key: &Key) -> Option<&Option<Record>> {
        self.0.iter().find(|(read, _)| read == key).map(|(_, record)| record)
    }
}

/// The form in which a record is stored.
pub(super) fn written<T: Serialize>(value: &T) -> Result<Zeroizing<Vec<u8>>, Fault> {
    let bytes =
        serde_json::to_vec(value).map_err(|error| Fault::new(format_args!("a record cannot be written: {error}")))?;
    Ok(Zeroizing::new(bytes))
}
