//! The keys that records are sealed under: their classes, how they are made, and how a store keeps them.

use crate::domain::fault::Fault;
use crate::store::Kind;
use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use zeroize::Zeroizing;

/// The id of the one hash key; data keys have random ids, whose sign is that of their class.
pub(super) const HASH_KEY_ID: i64 = 0;

/// Which records a data key seals, and may open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum KeyClass {
    /// Stored cards; ids below 0.
    Cards,
    /// Everything else; ids above 0.
    Records,
}

impl KeyClass {
    /// The class of a kind's records.
    pub fn of(kind: Kind) -> KeyClass {
        match kind {
            Kind::Token => KeyClass::Cards,
            Kind::Session | Kind::Order | Kind::Notification | Kind::PaymentLink | Kind::Quote => KeyClass::Records,
        }
    }

    /// Whether the id is one of its keys'.
    pub fn has(self, id: i64) -> bool {
        match self {
            KeyClass::Cards => id < HASH_KEY_ID,
            KeyClass::Records => id > HASH_KEY_ID,
        }
    }
}

/// A key as an engine keeps it.
pub(in crate::store) struct WrappedKey {
    /// 0 for the hash key, random for data keys, below 0 for those of cards.
    pub id: i64,
    /// `nonce | ciphertext and tag` under the master key.
    pub wrapped: Vec<u8>,
}

/// A key that records are sealed under.
pub(super) struct DataKey {
    pub id: i64,
    pub key: LessSafeKey,
    /// How many it has sealed in this process.
    pub seals: AtomicU64,
}

/// A data key that was made but is not in use until the engine keeps it.
pub(in crate::store) struct FreshKey(pub(super) Arc<DataKey>);

pub(super) fn random_bytes<const LENGTH: usize>(random: &SystemRandom) -> Result<Zeroizing<[u8; LENGTH]>, Fault> {
    let mut bytes = Zeroizing::new([0; LENGTH]);
    random.fill(bytes.as_mut()).map_err(|_| Fault::new("the operating system gave no random bytes"))?;
    Ok(bytes)
}

pub(super) fn aes_key(bytes: &[u8]) -> Result<LessSafeKey, Fault> {
    UnboundKey::new(&AES_256_GCM, bytes).map(LessSafeKey::new).map_err(|_| no_key())
}

fn no_key() -> Fault {
    Fault::new("a key of the store does not have 32 bytes")
}

pub(super) fn fresh_data_key(
    random: &SystemRandom,
    master: &LessSafeKey,
    class: KeyClass,
) -> Result<(FreshKey, WrappedKey), Fault> {
    let bytes = random_bytes::<32>(random)?;
    // Of the class's sign, and not the hash key's.
    let above = (i64::from_be_bytes(*random_bytes::<8>(random)?) & i64::MAX).max(1);
    let id = if class.has(above) { above } else { -above };
    let wrapped = wrap_key(random, master, id, &bytes)?;
    Ok((FreshKey(Arc::new(DataKey { id, key: aes_key(bytes.as_ref())?, seals: AtomicU64::new(0) })), wrapped))
}

pub(super) fn wrap_key(
    random: &SystemRandom,
    master: &LessSafeKey,
    id: i64,
    bytes: &[u8; 32],
) -> Result<WrappedKey, Fault> {
    let nonce = random_bytes::<NONCE_LEN>(random)?;
    let mut wrapped = nonce.to_vec();
    let mut inside = Zeroizing::new(bytes.to_vec());
    let tag = master
        .seal_in_place_separate_tag(Nonce::assume_unique_for_key(*nonce), Aad::from(wrapping_data(id)), &mut inside)
        .map_err(|_| Fault::new("a key of the store cannot be wrapped"))?;
    wrapped.extend_from_slice(&inside);
    wrapped.extend_from_slice(tag.as_ref());
    Ok(WrappedKey { id, wrapped })
}

pub(super) fn unwrap_key(master: &LessSafeKey, key: &WrappedKey) -> Option<Zeroizing<Vec<u8>>> {
    let (nonce, ciphertext) = key.wrapped.split_at_checked(NONCE_LEN)?;
    let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
    let mut bytes = Zeroizing::new(ciphertext.to_vec());
    let length = master.open_in_place(nonce, Aad::from(wrapping_data(key.id)), bytes.as_mut_slice()).ok()?.len();
    bytes.truncate(length);
    Some(bytes)
}

fn wrapping_data(id: i64) -> [u8; 16] {
    let mut about = *b"key of a\0\0\0\0\0\0\0\0";
    about[8..].copy_from_slice(&id.to_be_bytes());
    about
}
