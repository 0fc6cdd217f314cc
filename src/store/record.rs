//! Records, the changes that a commit makes, and both as an engine sees them.

use super::seal::Slot;
use crate::domain::ids::MerchantId;
use crate::domain::timestamp::Timestamp;
use std::fmt;
use zeroize::Zeroizing;

/// The kind of a record. Each kind has ids of its own.
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
    /// Payment links, all under the gateway's own id: their addresses name no merchant.
    PaymentLink,
    /// Amounts that were quoted in the currency of a card.
    Quote,
}

impl Kind {
    pub(super) const ALL: [Kind; 6] =
        [Kind::Session, Kind::Order, Kind::Token, Kind::Notification, Kind::PaymentLink, Kind::Quote];

    /// The number that stands for it in associated data and hashes. It must never change.
    pub(super) fn number(self) -> u8 {
        match self {
            Kind::Session => 1,
            Kind::Order => 2,
            Kind::Token => 3,
            Kind::Notification => 4,
            Kind::PaymentLink => 5,
            Kind::Quote => 6,
        }
    }

    pub(super) fn from_number(number: u8) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.number() == number)
    }
}

/// What a record is found by. A merchant's keys never meet another's.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Key {
    /// Its kind.
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
    /// is there until [`Store::sweep`](super::Store::sweep) has taken it.
    pub replaces: u64,
    /// When the new record ends to exist, if ever.
    pub expires: Option<Timestamp>,
    /// From when on [`Store::awake`](super::Store::awake) gives the record, if ever.
    pub wakes: Option<Timestamp>,
    /// Whether [`Store::list`](super::Store::list) gives the record.
    pub listed: bool,
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
            .field("listed", &self.listed)
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

/// A sealed record as an engine keeps it. Versions are signed here because SQL integers are.
#[derive(Clone)]
pub(super) struct Row {
    pub version: i64,
    pub expires: Option<Timestamp>,
    pub sealed: Vec<u8>,
}

/// A sealed change as an engine carries it out.
pub(super) struct SealedChange {
    pub slot: Slot,
    pub replaces: i64,
    pub row: Row,
    pub wakes: Option<Timestamp>,
    /// The list it stands in.
    pub list: Option<Slot>,
    /// The record's key, sealed, since its slot does not say it; for a record that is found otherwise than by its key.
    pub name: Option<Vec<u8>>,
}

/// A row that was found otherwise than by its key, as an engine gives it.
pub(super) struct Named {
    pub slot: Slot,
    pub wakes: Option<Timestamp>,
    pub name: Vec<u8>,
    pub row: Row,
}

/// A place in a list, between two of its records. It tells nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark(pub(super) Slot);

impl Mark {
    /// Its bytes.
    pub fn to_bytes(self) -> [u8; 16] {
        self.0
    }

    /// The mark of these bytes; any are a place.
    pub fn from_bytes(bytes: [u8; 16]) -> Mark {
        Mark(bytes)
    }
}

/// A place in the order in which records wake: behind one of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alarm {
    pub(super) time: Timestamp,
    /// Which of the records that wake at this time.
    pub(super) slot: Slot,
}

impl Alarm {
    /// The place before every record.
    pub(super) const FIRST: Alarm = Alarm { time: Timestamp::EARLIEST, slot: [0; 16] };

    /// The place behind every record that has woken at a time.
    pub fn behind(time: Timestamp) -> Alarm {
        Alarm { time, slot: [u8::MAX; 16] }
    }
}

/// A record that has woken.
pub struct Awoken {
    /// Its key.
    pub key: Key,
    /// What it holds.
    pub record: Record,
    /// When it woke.
    pub time: Timestamp,
}

/// A part of what has woken.
pub struct Awake {
    /// Its records, those that woke first before the others.
    pub records: Vec<Awoken>,
    /// Where the next part begins, if there may be one.
    pub next: Option<Alarm>,
}

/// A record of a list.
pub struct Listed {
    /// Its key.
    pub key: Key,
    /// What it holds.
    pub record: Record,
    /// The place behind it.
    pub mark: Mark,
}

/// A part of a list.
pub struct Listing {
    /// Its records, in an order that means nothing and does not change.
    pub records: Vec<Listed>,
    /// Where the next part begins, if there may be one.
    pub next: Option<Mark>,
}
