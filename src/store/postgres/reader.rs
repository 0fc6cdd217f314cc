//! Reads: what waits goes together in one statement, which is one moment for all of it.

use super::lane::{Connector, Lane};
use super::{Answer, again, slot_id};
use crate::domain::timestamp::Timestamp;
use crate::store::seal::{Slot, WrappedKey};
use crate::store::{Alarm, Named, Row, StoreError};
use std::collections::HashMap;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::Instant;
use tokio_postgres::Error;
use uuid::Uuid;

/// Reads in one statement at most.
const READS: usize = 512;

pub(super) const READ: &str = "SELECT slot, version, expires, sealed FROM nvpgate_record WHERE slot = ANY($1)";

/// Data keys by their ids.
pub(super) const KEYS: &str = "SELECT id, wrapped FROM nvpgate_key WHERE id = ANY($1)";

/// What has woken and not expired, behind a place.
pub(super) const AWAKE: &str = "SELECT slot, version, expires, sealed, name, wakes FROM nvpgate_record
    WHERE wakes <= $1 AND wakes >= $2 AND (wakes, slot) > ($2, $3) AND (expires IS NULL OR expires > $1)
    ORDER BY wakes, slot LIMIT $4";

/// What stands in a list behind a slot and has not expired.
pub(super) const LIST: &str = "SELECT slot, version, expires, sealed, name, wakes FROM nvpgate_record
    WHERE list = $1 AND slot > $2 AND (expires IS NULL OR expires > $3) ORDER BY slot LIMIT $4";

/// What the reader is asked for.
pub(super) enum Job {
    Read { slots: Vec<Slot>, answer: Answer<Vec<Option<Row>>> },
    Awake { after: Alarm, now: Timestamp, limit: usize, answer: Answer<Vec<Named>> },
    List { list: Slot, after: Option<Slot>, now: Timestamp, limit: usize, answer: Answer<Vec<Named>> },
    Keys { ids: Vec<i64>, answer: Answer<Vec<WrappedKey>> },
    Close,
}

/// The reader's connection and what waits for it.
pub(super) struct Reader {
    lane: Lane,
    jobs: UnboundedReceiver<(Instant, Job)>,
}

type Reads = Vec<(Instant, Vec<Slot>, Answer<Vec<Option<Row>>>)>;

impl Reader {
    /// A reader for the jobs that arrive over a channel.
    pub fn new(connector: Connector, jobs: UnboundedReceiver<(Instant, Job)>) -> Reader {
        Reader { lane: Lane::new(connector, &[READ, KEYS, AWAKE, LIST]), jobs }
    }

    /// Reads until it is told to close.
    pub async fn run(mut self) {
        let mut arrived = Vec::new();
        while self.jobs.recv_many(&mut arrived, READS).await > 0 {
            let mut reads = Reads::new();
            for (due, job) in arrived.drain(..) {
                match job {
                    Job::Read { slots, answer } => reads.push((due, slots, answer)),
                    // An answer that cannot be given is one that its caller no longer waits for.
                    Job::Awake { after, now, limit, answer } => {
                        let _ = answer.send(self.awake(due, after, now, limit).await);
                    }
                    Job::List { list, after, now, limit, answer } => {
                        let _ = answer.send(self.list(due, list, after, now, limit).await);
                    }
                    Job::Keys { ids, answer } => {
                        let _ = answer.send(self.keys(due, &ids).await);
                    }
                    Job::Close => self.jobs.close(),
                }
            }
            self.read(reads).await;
        }
    }

    async fn awake(
        &mut self,
        due: Instant,
        after: Alarm,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<Named>, StoreError> {
        let (time, slot) = (after.time.milliseconds(), slot_id(&after.slot));
        let (now, limit) = (now.milliseconds(), rows_at_most(limit));
        let woken = self.lane.attempt(due, async |link| {
            link.client.query(&link.statements[2], &[&now, &time, &slot, &limit]).await?.iter().map(named).collect()
        });
        woken.await
    }

    async fn list(
        &mut self,
        due: Instant,
        list: Slot,
        after: Option<Slot>,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<Named>, StoreError> {
        // Nothing comes before the slot of zeros, which no record has.
        let (list, after) = (slot_id(&list), slot_id(&after.unwrap_or_default()));
        let (now, limit) = (now.milliseconds(), rows_at_most(limit));
        let listed = self.lane.attempt(due, async |link| {
            link.client.query(&link.statements[3], &[&list, &after, &now, &limit]).await?.iter().map(named).collect()
        });
        listed.await
    }

    async fn keys(&mut self, due: Instant, ids: &[i64]) -> Result<Vec<WrappedKey>, StoreError> {
        let keys = self.lane.attempt(due, async |link| {
            let rows = link.client.query(&link.statements[1], &[&ids]).await?;
            rows.iter().map(|row| Ok(WrappedKey { id: row.try_get(0)?, wrapped: row.try_get(1)? })).collect()
        });
        keys.await
    }

    async fn read(&mut self, reads: Reads) {
        let now = Instant::now();
        let (reads, late): (Reads, Reads) = reads.into_iter().partition(|(due, ..)| *due > now);
        for (.., answer) in late {
            let _ = answer.send(Err(super::late()));
        }
        // Whoever waits less long goes by himself.
        let Some(due) = reads.iter().map(|(due, ..)| *due).max() else { return };
        let slots: Vec<Uuid> = reads.iter().flat_map(|(_, slots, _)| slots).map(slot_id).collect();
        let found = self
            .lane
            .attempt(due, async |link| {
                let rows = link.client.query(&link.statements[0], &[&slots]).await?;
                rows.iter()
                    .map(|found| Ok((found.try_get(0)?, row(found)?)))
                    .collect::<Result<HashMap<Uuid, Row>, Error>>()
            })
            .await;
        for (_, slots, answer) in reads {
            let rows = match &found {
                Ok(rows) => Ok(slots.iter().map(|slot| rows.get(&slot_id(slot)).cloned()).collect()),
                Err(error) => Err(again(error)),
            };
            let _ = answer.send(rows);
        }
    }
}

/// The columns after the first, which say what a record is.
fn row(row: &tokio_postgres::Row) -> Result<Row, Error> {
    let expires: Option<i64> = row.try_get(2)?;
    Ok(Row { version: row.try_get(1)?, expires: expires.map(Timestamp::from_milliseconds), sealed: row.try_get(3)? })
}

/// The columns of a row that was found otherwise than by its slot.
fn named(found: &tokio_postgres::Row) -> Result<Named, Error> {
    let slot: Uuid = found.try_get(0)?;
    let wakes: Option<i64> = found.try_get(5)?;
    let wakes = wakes.map(Timestamp::from_milliseconds);
    Ok(Named { slot: slot.into_bytes(), wakes, name: found.try_get(4)?, row: row(found)? })
}

fn rows_at_most(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}
