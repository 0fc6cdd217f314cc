//! The key of a record as bytes, and what a sealed record is bound to.

use super::FORMAT;
use crate::domain::ids::MerchantId;
use crate::domain::timestamp::Timestamp;
use crate::store::{Key, Kind};

/// The associated data of a record.
pub(super) fn associated_data(key_id: i64, key: &Key, version: i64, expires: Option<Timestamp>) -> Vec<u8> {
    let mut about = Vec::with_capacity(128);
    about.push(FORMAT);
    about.extend_from_slice(&key_id.to_be_bytes());
    push_key(&mut about, key);
    about.extend_from_slice(&version.to_be_bytes());
    if let Some(expires) = expires {
        about.extend_from_slice(&expires.milliseconds().to_be_bytes());
    }
    about
}

/// The associated data of a name, which are no record's: those are longer.
pub(super) fn name_data(key_id: i64) -> Vec<u8> {
    [&[FORMAT], key_id.to_be_bytes().as_slice(), b"name"].concat()
}

/// The associated data of a card that is kept inside the record of this key: neither a record's nor a name's.
pub(super) fn card_data(key_id: i64, key: &Key) -> Vec<u8> {
    let mut about = name_data(key_id);
    about.extend_from_slice(b" of a card in ");
    push_key(&mut about, key);
    about
}

/// Each part with its length before it, so that no two keys have the same bytes.
pub(super) fn push_key(bytes: &mut Vec<u8>, key: &Key) {
    bytes.push(key.kind.number());
    for part in [key.merchant.as_str(), &key.id] {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part.as_bytes());
    }
}

/// What [`push_key`] has written.
pub(super) fn read_key(bytes: &[u8]) -> Option<Key> {
    let (kind, rest) = bytes.split_first()?;
    let (merchant, rest) = read_part(rest)?;
    let (id, rest) = read_part(rest)?;
    let key = Key { kind: Kind::from_number(*kind)?, merchant: MerchantId::parse(merchant)?, id: id.to_owned() };
    rest.is_empty().then_some(key)
}

fn read_part(bytes: &[u8]) -> Option<(&str, &[u8])> {
    let (length, rest) = bytes.split_first_chunk::<8>()?;
    let (part, rest) = rest.split_at_checked(usize::try_from(u64::from_be_bytes(*length)).ok()?)?;
    Some((std::str::from_utf8(part).ok()?, rest))
}
