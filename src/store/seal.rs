//! Encrypts records before they reach an engine, and hides the ids they are found by.
//!
//! A sealed record is `format (1) | key id (8) | nonce (12) | ciphertext and tag`, AES-256-GCM under a data
//! key. Its associated data are the format, the key id, kind, merchant, id, version and expiry: a record
//! that was moved to another id, put back under a later version or given a longer life does not open.
//!
//! Nonces are 96 random bits, which is safe for 2^32 records under one key; new data keys are made at every
//! start and long before that number. Stored cards, which outlive sessions, are sealed under data keys of a class
//! of their own. Data keys are kept wrapped by the master key, beside one hash key that lasts as long as the store.

mod keys;
mod name;

pub(super) use keys::{KeyClass, WrappedKey};

use super::master_key::MasterKeyBytes;
use super::{Key, Kind};
use crate::domain::fault::Fault;
use crate::domain::ids::MerchantId;
use crate::domain::timestamp::Timestamp;
use keys::{DataKey, FreshKey, HASH_KEY_ID, aes_key, fresh_data_key, random_bytes, unwrap_key, wrap_key};
use name::{associated_data, card_data, name_data, push_key, read_key};
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce};
use ring::hmac;
use ring::rand::SystemRandom;
use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use zeroize::Zeroizing;

/// Records sealed under one data key before the next is made: a quarter of what random nonces allow, so
/// that three more attempts follow if making the next one fails.
pub(super) const SEALS_PER_KEY: u64 = 1 << 30;

const FORMAT: u8 = 1;
const HEADER_BYTES: usize = 1 + 8 + NONCE_LEN;

/// What a row is found by: 16 bytes of a keyed hash of kind, merchant and id.
pub(super) type Slot = [u8; 16];

/// Why the keys of a store cannot be used.
#[derive(Debug)]
pub(super) enum KeysError {
    /// The master key does not open them.
    WrongMasterKey,
    /// New ones cannot be made.
    Fault(Fault),
}

impl From<Fault> for KeysError {
    fn from(fault: Fault) -> KeysError {
        KeysError::Fault(fault)
    }
}

/// Seals and opens records on the thread of whoever calls.
pub(super) struct Sealer {
    master: LessSafeKey,
    hash: hmac::Key,
    for_cards: RwLock<Arc<DataKey>>,
    for_records: RwLock<Arc<DataKey>>,
    known: RwLock<HashMap<i64, Arc<DataKey>>>,
    seals_per_key: u64,
    random: SystemRandom,
}

impl Sealer {
    /// Opens the keys of a store, or makes the first. The second value are new keys, which the engine must
    /// keep before anything is sealed.
    pub fn open(
        master: &MasterKeyBytes,
        kept: &[WrappedKey],
        seals_per_key: u64,
    ) -> Result<(Sealer, Vec<WrappedKey>), KeysError> {
        let random = SystemRandom::new();
        let master = aes_key(master.as_ref())?;
        let mut hash = None;
        let mut known = HashMap::new();
        for key in kept {
            let bytes = unwrap_key(&master, key).ok_or(KeysError::WrongMasterKey)?;
            if key.id == HASH_KEY_ID {
                hash = Some(hmac::Key::new(hmac::HMAC_SHA256, &bytes));
            } else {
                let data_key = DataKey { id: key.id, key: aes_key(&bytes)?, seals: AtomicU64::new(0) };
                known.insert(key.id, Arc::new(data_key));
            }
        }
        let mut made = Vec::new();
        let hash = match hash {
            Some(hash) => hash,
            None => {
                let bytes = random_bytes::<32>(&random)?;
                made.push(wrap_key(&random, &master, HASH_KEY_ID, &bytes)?);
                hmac::Key::new(hmac::HMAC_SHA256, bytes.as_ref())
            }
        };
        let mut make = |class| -> Result<RwLock<Arc<DataKey>>, Fault> {
            let (FreshKey(key), wrapped) = fresh_data_key(&random, &master, class)?;
            made.push(wrapped);
            known.insert(key.id, Arc::clone(&key));
            Ok(RwLock::new(key))
        };
        let (for_cards, for_records) = (make(KeyClass::Cards)?, make(KeyClass::Records)?);
        Ok((Sealer { master, hash, for_cards, for_records, known: RwLock::new(known), seals_per_key, random }, made))
    }

    /// What the record of `key` is found by.
    pub fn slot(&self, key: &Key) -> Slot {
        let mut name = Vec::with_capacity(96);
        push_key(&mut name, key);
        let digest = self.hash_of(b"slot", &name);
        let mut slot = Slot::default();
        slot.copy_from_slice(&digest[..16]);
        slot
    }

    /// What the list of a merchant's records of this kind is found by.
    pub fn list(&self, kind: Kind, merchant: &MerchantId) -> Slot {
        let mut slot = Slot::default();
        slot.copy_from_slice(&self.hash_of(b"list", &[&[kind.number()], merchant.as_str().as_bytes()].concat())[..16]);
        slot
    }

    /// HMAC-SHA-256 under the hash key, a world of its own for each purpose.
    pub fn keyed_hash(&self, purpose: &str, bytes: &[u8]) -> [u8; 32] {
        let mut named = b"caller ".to_vec();
        named.extend_from_slice(purpose.as_bytes());
        self.hash_of(&named, bytes)
    }

    fn hash_of(&self, purpose: &[u8], bytes: &[u8]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(&self.hash);
        context.update(&(purpose.len() as u64).to_be_bytes());
        context.update(purpose);
        context.update(bytes);
        let mut digest = [0; 32];
        digest.copy_from_slice(context.sign().as_ref());
        digest
    }

    fn current(&self, class: KeyClass) -> &RwLock<Arc<DataKey>> {
        match class {
            KeyClass::Cards => &self.for_cards,
            KeyClass::Records => &self.for_records,
        }
    }

    /// Seals a record as the given version. The second value says of which class it is time for the next data key.
    pub fn seal(
        &self,
        key: &Key,
        version: i64,
        expires: Option<Timestamp>,
        plain: &[u8],
    ) -> Result<(Vec<u8>, Option<KeyClass>), Fault> {
        self.encrypt(KeyClass::of(key.kind), plain, |key_id| associated_data(key_id, key, version, expires))
    }

    /// Seals the key of a record, for [`Sealer::open_name`]. The second value is that of [`Sealer::seal`].
    pub fn seal_name(&self, key: &Key) -> Result<(Vec<u8>, Option<KeyClass>), Fault> {
        let mut name = Vec::with_capacity(96);
        push_key(&mut name, key);
        self.encrypt(KeyClass::Records, &name, name_data)
    }

    /// Seals a card that is to be kept inside the record of a key. The second value is that of [`Sealer::seal`].
    pub fn seal_card(&self, key: &Key, card: &[u8]) -> Result<(Vec<u8>, Option<KeyClass>), Fault> {
        self.encrypt(KeyClass::Cards, card, |key_id| card_data(key_id, key))
    }

    /// `format | key id | nonce | ciphertext and tag`, and of which class it is time for the next data key.
    /// `about` is given the key id.
    fn encrypt(
        &self,
        class: KeyClass,
        plain: &[u8],
        about: impl FnOnce(i64) -> Vec<u8>,
    ) -> Result<(Vec<u8>, Option<KeyClass>), Fault> {
        let current = Arc::clone(&self.current(class).read().unwrap_or_else(PoisonError::into_inner));
        let nonce = random_bytes::<NONCE_LEN>(&self.random)?;
        let mut sealed = Vec::with_capacity(HEADER_BYTES + plain.len() + AES_256_GCM.tag_len());
        sealed.push(FORMAT);
        sealed.extend_from_slice(&current.id.to_be_bytes());
        sealed.extend_from_slice(nonce.as_ref());
        sealed.extend_from_slice(plain);
        let about = about(current.id);
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let tag = current
            .key
            .seal_in_place_separate_tag(nonce, Aad::from(&about), &mut sealed[HEADER_BYTES..])
            .map_err(|_| Fault::new("a record is too long to be sealed"))?;
        sealed.extend_from_slice(tag.as_ref());
        let seals = current.seals.fetch_add(1, Ordering::Relaxed) + 1;
        Ok((sealed, seals.is_multiple_of(self.seals_per_key).then_some(class)))
    }

    /// Opens a record that was sealed for exactly this key, version and expiry.
    pub fn open_record(
        &self,
        key: &Key,
        version: i64,
        expires: Option<Timestamp>,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, Fault> {
        self.decrypt(KeyClass::of(key.kind), sealed, |key_id| associated_data(key_id, key, version, expires))
    }

    /// The key of a record. That it is the name of this record and of no other shows when the record opens.
    pub fn open_name(&self, sealed: &[u8]) -> Result<Key, Fault> {
        let name = self.decrypt(KeyClass::Records, sealed, name_data)?;
        read_key(&name).ok_or_else(|| Fault::new("the name of a record in the store has an unknown form"))
    }

    /// Opens a card that was sealed for the record of exactly this key.
    pub fn open_card(&self, key: &Key, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, Fault> {
        self.decrypt(KeyClass::Cards, sealed, |key_id| card_data(key_id, key))
    }

    fn decrypt(
        &self,
        class: KeyClass,
        sealed: &[u8],
        about: impl FnOnce(i64) -> Vec<u8>,
    ) -> Result<Zeroizing<Vec<u8>>, Fault> {
        let (header, ciphertext) = sealed
            .split_at_checked(HEADER_BYTES)
            .filter(|(header, _)| header[0] == FORMAT)
            .ok_or_else(|| Fault::new("a record in the store has an unknown form"))?;
        let mut id = [0; 8];
        id.copy_from_slice(&header[1..9]);
        let id = i64::from_be_bytes(id);
        if !class.has(id) {
            return Err(Fault::new("a record in the store was sealed under a key of another class"));
        }
        let data_key =
            self.known.read().unwrap_or_else(PoisonError::into_inner).get(&id).map(Arc::clone).ok_or_else(|| {
                Fault::new("a record in the store was sealed under a key that the store does not have")
            })?;
        let mut plain = Zeroizing::new(ciphertext.to_vec());
        let about = about(id);
        let nonce = Nonce::try_assume_unique_for_key(&header[9..]);
        let length = nonce
            .and_then(|nonce| data_key.key.open_in_place(nonce, Aad::from(&about), plain.as_mut_slice()))
            .map(|opened| opened.len())
            .map_err(|_| Fault::new("a record in the store does not open: it was damaged, moved or put back"))?;
        plain.truncate(length);
        Ok(plain)
    }

    /// The data key that a record was sealed under, if it is not known here.
    pub fn missing_key(&self, sealed: &[u8]) -> Option<i64> {
        let (_, id) = sealed.get(..9)?.split_first()?;
        let id = i64::from_be_bytes(id.try_into().ok()?);
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner);
        (!known.contains_key(&id)).then_some(id)
    }

    /// Takes a data key that another node made, for reading.
    pub fn learn(&self, key: &WrappedKey) -> Result<(), Fault> {
        let bytes = unwrap_key(&self.master, key)
            .ok_or_else(|| Fault::new("a data key in the store does not open with the master key"))?;
        let data_key = Arc::new(DataKey { id: key.id, key: aes_key(&bytes)?, seals: AtomicU64::new(0) });
        self.known.write().unwrap_or_else(PoisonError::into_inner).insert(key.id, data_key);
        Ok(())
    }

    /// Makes the next data key of a class; [`Sealer::take`] puts it to use once the engine keeps its wrapped form.
    pub fn fresh_key(&self, class: KeyClass) -> Result<(FreshKey, WrappedKey), Fault> {
        fresh_data_key(&self.random, &self.master, class)
    }

    /// From now on seals records of its class under `fresh`. The keys before it stay for reading.
    pub fn take(&self, fresh: FreshKey) {
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(fresh.0.id, Arc::clone(&fresh.0));
        drop(known);
        let class = if KeyClass::Cards.has(fresh.0.id) { KeyClass::Cards } else { KeyClass::Records };
        *self.current(class).write().unwrap_or_else(PoisonError::into_inner) = fresh.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn master(byte: u8) -> MasterKeyBytes {
        Zeroizing::new([byte; 32])
    }

    fn sealer() -> Sealer {
        Sealer::open(&master(1), &[], SEALS_PER_KEY).unwrap().0
    }

    fn key(kind: Kind, merchant: &str, id: &str) -> Key {
        Key { kind, merchant: MerchantId::parse(merchant).unwrap(), id: id.to_owned() }
    }

    #[test]
    fn a_record_opens_only_as_what_it_was_sealed_for() {
        let sealer = sealer();
        let own = key(Kind::Session, "TESTA", "SESSION1");
        let expires = Some(Timestamp::from_milliseconds(5_000));
        let (sealed, _) = sealer.seal(&own, 3, expires, b"plain").unwrap();
        assert_eq!(sealer.open_record(&own, 3, expires, &sealed).unwrap().as_slice(), b"plain");
        for (what, key, version, expires) in [
            ("another version", own.clone(), 4, expires),
            ("an earlier version", own.clone(), 2, expires),
            ("another id", key(Kind::Session, "TESTA", "SESSION2"), 3, expires),
            ("another merchant", key(Kind::Session, "TESTB", "SESSION1"), 3, expires),
            ("another kind", key(Kind::Order, "TESTA", "SESSION1"), 3, expires),
            ("a kind with keys of its own", key(Kind::Token, "TESTA", "SESSION1"), 3, expires),
            ("the same letters, parted elsewhere", key(Kind::Session, "TESTAS", "ESSION1"), 3, expires),
            ("a longer life", own.clone(), 3, Some(Timestamp::from_milliseconds(5_001))),
            ("no end of life", own.clone(), 3, None),
        ] {
            assert!(sealer.open_record(&key, version, expires, &sealed).is_err(), "opened as {what}");
        }
    }

    #[test]
    fn a_name_opens_as_the_key_it_was_made_of_and_nothing_else_as_a_name() {
        let sealer = sealer();
        for kind in Kind::ALL {
            let own = key(kind, "TESTA", "an id / \u{e9}");
            let (name, _) = sealer.seal_name(&own).unwrap();
            assert!(sealer.open_name(&name).unwrap() == own, "{kind:?}");
            let (record, _) = sealer.seal(&own, 1, None, &name).unwrap();
            assert!(sealer.open_name(&record).is_err(), "a record opened as a name");
            assert!(sealer.open_record(&own, 1, None, &name).is_err(), "a name opened as a record");
        }
    }

    #[test]
    fn a_card_inside_a_record_opens_for_that_record_only() {
        let sealer = sealer();
        let own = key(Kind::Order, "TESTA", "1");
        let (sealed, _) = sealer.seal_card(&own, b"5123450000000008").unwrap();
        assert_eq!(sealer.open_card(&own, &sealed).unwrap().as_slice(), b"5123450000000008");
        for other in [key(Kind::Order, "TESTA", "2"), key(Kind::Order, "TESTB", "1"), key(Kind::Token, "TESTA", "1")] {
            assert!(sealer.open_card(&other, &sealed).is_err(), "opened for {other:?}");
        }
        let token = key(Kind::Token, "TESTA", "1");
        assert!(sealer.open_record(&token, 1, None, &sealed).is_err(), "opened as a record");
        let (record, _) = sealer.seal(&token, 1, None, b"plain").unwrap();
        assert!(sealer.open_card(&own, &record).is_err(), "a record opened as a card");
    }

    #[test]
    fn no_bit_of_a_sealed_record_can_be_changed_or_left_out() {
        let sealer = sealer();
        let own = key(Kind::Order, "TESTA", "1");
        let (sealed, _) = sealer.seal(&own, 1, None, b"plain").unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut changed = sealed.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(sealer.open_record(&own, 1, None, &changed).is_err(), "opened with bit {bit} changed");
        }
        for length in 0..sealed.len() {
            assert!(sealer.open_record(&own, 1, None, &sealed[..length]).is_err(), "opened with {length} bytes");
        }
    }

    #[test]
    fn the_same_record_is_never_sealed_to_the_same_bytes() {
        let sealer = sealer();
        let own = key(Kind::Order, "TESTA", "1");
        let first = sealer.seal(&own, 1, None, b"plain").unwrap().0;
        let second = sealer.seal(&own, 1, None, b"plain").unwrap().0;
        assert_ne!(first[HEADER_BYTES..], second[HEADER_BYTES..]);
    }

    #[test]
    fn the_kept_keys_open_what_was_sealed_before_and_hash_alike() {
        let (before, kept) = Sealer::open(&master(1), &[], SEALS_PER_KEY).unwrap();
        let own = key(Kind::Order, "TESTA", "1");
        let (after, made) = Sealer::open(&master(1), &kept, SEALS_PER_KEY).unwrap();
        for key in [&own, &key(Kind::Token, "TESTA", "1")] {
            let (sealed, _) = before.seal(key, 1, None, b"plain").unwrap();
            assert_eq!(after.open_record(key, 1, None, &sealed).unwrap().as_slice(), b"plain", "{key:?}");
        }
        assert_eq!(after.slot(&own), before.slot(&own));
        assert_eq!(after.keyed_hash("request", b"1"), before.keyed_hash("request", b"1"));
        assert_eq!(made.len(), 2, "each start makes one data key of each class, and no second hash key");
    }

    #[test]
    fn another_master_key_and_an_exchanged_key_are_refused() {
        let (_, mut kept) = Sealer::open(&master(1), &[], SEALS_PER_KEY).unwrap();
        assert!(matches!(Sealer::open(&master(2), &kept, SEALS_PER_KEY), Err(KeysError::WrongMasterKey)));
        kept[0].id = kept[1].id;
        let exchanged = Sealer::open(&master(1), &kept, SEALS_PER_KEY);
        assert!(matches!(exchanged, Err(KeysError::WrongMasterKey)), "a wrapped key stands for its own id only");
    }

    #[test]
    fn cards_are_sealed_under_keys_of_their_own_also_after_the_next_ones_are_made() {
        let sealer = Sealer::open(&master(1), &[], 1).unwrap().0;
        let (order, token) = (key(Kind::Order, "TESTA", "1"), key(Kind::Token, "TESTA", "1"));
        let key_id = |sealed: &[u8]| i64::from_be_bytes(sealed[1..9].try_into().unwrap());
        let mut seen = Vec::new();
        for _ in 0..3 {
            for (own, class) in [(&order, KeyClass::Records), (&token, KeyClass::Cards)] {
                let (sealed, due) = sealer.seal(own, 1, None, b"plain").unwrap();
                assert_eq!(due, Some(class), "one seal is all that a key is for here");
                assert!(class.has(key_id(&sealed)), "{class:?}: {}", key_id(&sealed));
                seen.push(key_id(&sealed));
                sealer.take(sealer.fresh_key(class).unwrap().0);
            }
        }
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 6, "each of the six records has a key of its own");
    }

    #[test]
    fn purposes_and_slots_are_worlds_of_their_own() {
        let sealer = sealer();
        let hashes = [
            sealer.keyed_hash("card", b"1"),
            sealer.keyed_hash("card", b"2"),
            sealer.keyed_hash("card1", b""),
            sealer.keyed_hash("", b"card1"),
            sealer.keyed_hash("request", b"1"),
        ];
        for (place, hash) in hashes.iter().enumerate() {
            assert!(!hashes[..place].contains(hash), "hash {place} stands for two things");
        }
        let own = key(Kind::Session, "TESTA", "1");
        let mut name = Vec::new();
        push_key(&mut name, &own);
        assert_ne!(sealer.slot(&own), sealer.keyed_hash("slot", &name)[..16]);
    }
}
