//! The one thread that writes. It takes everything that waits, carries it out in one transaction, and
//! answers when that is durable: so requests that wait together share one `fdatasync`.

use super::KEEP_KEY;
use super::checkpoint::Checkpoints;
use crate::domain::fault::Fault;
use crate::domain::timestamp::Timestamp;
use crate::store::seal::{Slot, WrappedKey};
use crate::store::{Committed, SealedChange};
use rusqlite::{CachedStatement, Connection, OptionalExtension, TransactionBehavior, params};
use std::fs::File;
use std::io;
use std::sync::mpsc::{self, Receiver, Sender, TryRecvError};
use std::thread::{self, JoinHandle};
use tokio::sync::oneshot;

/// Jobs in one transaction at most; with two 4 kB pages each, what they touch stays in the writer's cache.
const BATCH: usize = 512;

/// Records a sweep looks at in one transaction: about 10 ms, most of it the disk's, that commits wait for it.
const SWEEP_SLICE: u32 = 128;

type Answer<A> = oneshot::Sender<Result<A, Fault>>;

/// What the writer is asked to do.
pub(super) enum Job {
    Commit { changes: Vec<SealedChange>, answer: Answer<Committed> },
    KeepKey { key: WrappedKey, answer: Answer<()> },
    Sweep { now: Timestamp, answer: Answer<u64> },
    Ready { answer: Answer<()> },
    Close,
}

/// A sweep under way.
struct Sweep {
    now: Timestamp,
    deleted: u64,
    answer: Answer<u64>,
}

/// What one transaction came to, in the order of its jobs.
struct Outcome {
    commits: Vec<Committed>,
    slice: Option<Slice>,
}

/// What one slice of a sweep came to.
struct Slice {
    deleted: u64,
    is_last: bool,
}

/// What goes into one transaction.
#[derive(Default)]
struct Batch {
    commits: Vec<(Vec<SealedChange>, Answer<Committed>)>,
    keys: Vec<(WrappedKey, Answer<()>)>,
    ready: Vec<Answer<()>>,
}

/// The thread's state.
pub(super) struct Writer {
    checkpoints: Checkpoints,
    connection: Connection,
    lock: File,
    jobs: Receiver<Job>,
    sweeps: Vec<Sweep>,
}

impl Writer {
    /// Starts the thread. It ends after [`Job::Close`].
    pub fn start(
        connection: Connection,
        checkpoints: Checkpoints,
        lock: File,
    ) -> io::Result<(Sender<Job>, JoinHandle<()>)> {
        let (sender, jobs) = mpsc::channel();
        let writer = Writer { checkpoints, connection, lock, jobs, sweeps: Vec::new() };
        let thread = thread::Builder::new().name("nvpgate-writer".to_owned()).spawn(move || writer.run())?;
        Ok((sender, thread))
    }

    fn run(mut self) {
        let mut open = true;
        while open {
            let mut batch = Batch::default();
            open = self.collect(&mut batch);
            self.carry_out(batch);
        }
        let Writer { checkpoints, connection, lock, jobs, sweeps } = self;
        // Whoever still waits, or asks from now on, is told that the store is closed.
        drop((jobs, sweeps));
        let database = checkpoints.end();
        // SQLite moves the rest of the log and deletes it with the last connection.
        if let Err((_, cause)) = connection.close() {
            log::error!("cannot close the store: {cause}");
        }
        drop((database, lock));
    }

    /// Takes what waits, and waits for a first job unless a sweep is under way. False when it is time to end.
    fn collect(&mut self, batch: &mut Batch) -> bool {
        let mut next = if self.sweeps.is_empty() {
            self.jobs.recv().map_err(|_| TryRecvError::Disconnected)
        } else {
            self.jobs.try_recv()
        };
        let mut taken = 0;
        loop {
            match next {
                Ok(Job::Commit { changes, answer }) => batch.commits.push((changes, answer)),
                Ok(Job::KeepKey { key, answer }) => batch.keys.push((key, answer)),
                Ok(Job::Sweep { now, answer }) => self.sweeps.push(Sweep { now, deleted: 0, answer }),
                Ok(Job::Ready { answer }) => batch.ready.push(answer),
                Ok(Job::Close) | Err(TryRecvError::Disconnected) => return false,
                Err(TryRecvError::Empty) => return true,
            }
            taken += 1;
            if taken == BATCH {
                return true;
            }
            next = self.jobs.try_recv();
        }
    }

    /// Carries a batch out and answers everyone in it.
    fn carry_out(&mut self, batch: Batch) {
        let sweeps_until = self.sweeps.first().map(|sweep| sweep.now);
        match transact(&mut self.connection, &batch, sweeps_until) {
            Ok(outcome) => {
                // An answer that cannot be given is one that its caller no longer waits for.
                for ((_, answer), committed) in batch.commits.into_iter().zip(outcome.commits) {
                    let _ = answer.send(Ok(committed));
                }
                for answer in batch.keys.into_iter().map(|(_, answer)| answer).chain(batch.ready) {
                    let _ = answer.send(Ok(()));
                }
                if let Some(slice) = outcome.slice {
                    self.swept(slice);
                }
                self.checkpoints.after_commit(&self.connection);
            }
            Err(cause) => {
                let fault = || Fault::new(format_args!("cannot write to the store: {cause}"));
                for (_, answer) in batch.commits {
                    let _ = answer.send(Err(fault()));
                }
                for answer in batch.keys.into_iter().map(|(_, answer)| answer).chain(batch.ready) {
                    let _ = answer.send(Err(fault()));
                }
                for sweep in self.sweeps.drain(..) {
                    let _ = sweep.answer.send(Err(fault()));
                }
            }
        }
    }

    fn swept(&mut self, slice: Slice) {
        if let Some(sweep) = self.sweeps.first_mut() {
            sweep.deleted += slice.deleted;
        }
        if slice.is_last {
            let sweep = self.sweeps.remove(0);
            let _ = sweep.answer.send(Ok(sweep.deleted));
        }
    }
}

/// One transaction with all of the batch and, where a sweep is under way, one slice of it.
fn transact(connection: &mut Connection, batch: &Batch, sweeps_until: Option<Timestamp>) -> rusqlite::Result<Outcome> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (key, _) in &batch.keys {
        transaction.execute(KEEP_KEY, params![key.id, key.wrapped])?;
    }
    let mut statements = Statements::of(&transaction)?;
    let commits =
        batch.commits.iter().map(|(changes, _)| statements.commit(changes)).collect::<rusqlite::Result<_>>()?;
    drop(statements);
    let slice = sweeps_until.map(|now| sweep_slice(&transaction, now)).transpose()?;
    transaction.commit()?;
    Ok(Outcome { commits, slice })
}

/// The statements of a commit, looked up once a batch.
struct Statements<'c> {
    find: CachedStatement<'c>,
    insert: CachedStatement<'c>,
    replace: CachedStatement<'c>,
    replace_and_file: CachedStatement<'c>,
}

/// The current row of a slot.
struct Current {
    number: i64,
    version: i64,
    due: Option<i64>,
}

impl<'c> Statements<'c> {
    fn of(connection: &'c Connection) -> rusqlite::Result<Statements<'c>> {
        Ok(Statements {
            find: connection.prepare_cached("SELECT number, version, due FROM record WHERE slot = ?1")?,
            insert: connection.prepare_cached(
                "INSERT INTO record (slot, version, expires, due, sealed, wakes, list, name)
                 VALUES (?1, ?2, ?3, ?3, ?4, ?5, ?6, ?7)",
            )?,
            replace: connection.prepare_cached(
                "UPDATE record SET version = ?2, expires = ?3, sealed = ?4, wakes = ?5, list = ?6, name = ?7
                 WHERE number = ?1",
            )?,
            replace_and_file: connection.prepare_cached(
                "UPDATE record SET version = ?2, expires = ?3, due = ?3, sealed = ?4, wakes = ?5, list = ?6, name = ?7
                 WHERE number = ?1",
            )?,
        })
    }

    /// Checks every version first, so that a commit that is lost has written nothing.
    fn commit(&mut self, changes: &[SealedChange]) -> rusqlite::Result<Committed> {
        let mut found = Vec::with_capacity(changes.len());
        let mut lost = Vec::new();
        for (place, change) in changes.iter().enumerate() {
            let current = self.find.query_row([change.slot.as_slice()], |row| {
                Ok(Current { number: row.get(0)?, version: row.get(1)?, due: row.get(2)? })
            });
            let current = current.optional()?;
            if current.as_ref().map_or(0, |current| current.version) != change.replaces {
                lost.push(place);
            }
            found.push(current);
        }
        if !lost.is_empty() {
            return Ok(Committed::Lost { changes: lost });
        }
        for (change, current) in changes.iter().zip(found) {
            let row = &change.row;
            let expires = row.expires.map(Timestamp::milliseconds);
            let wakes = change.wakes.map(Timestamp::milliseconds);
            let list = change.list.as_ref().map(Slot::as_slice);
            let name = change.name.as_ref();
            match current {
                None => self.insert.execute(params![
                    change.slot.as_slice(),
                    row.version,
                    expires,
                    row.sealed,
                    wakes,
                    list,
                    name
                ])?,
                Some(Current { number, due, .. }) => {
                    // A sweep that looks too early finds the record alive and files it anew; one that looked
                    // too late would leave it.
                    let in_time = expires.is_none_or(|expires| due.is_some_and(|due| due <= expires));
                    let statement = if in_time { &mut self.replace } else { &mut self.replace_and_file };
                    statement.execute(params![number, row.version, expires, row.sealed, wakes, list, name])?
                }
            };
        }
        Ok(Committed::Done)
    }
}

/// Looks at the records that are due first: those that have expired go, the others are due again when they do.
fn sweep_slice(connection: &Connection, now: Timestamp) -> rusqlite::Result<Slice> {
    let now = now.milliseconds();
    let due = connection
        .prepare_cached("SELECT number, expires FROM record WHERE due <= ?1 ORDER BY due LIMIT ?2")?
        .query_map(params![now, SWEEP_SLICE], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(i64, Option<i64>)>>>()?;
    let mut delete = connection.prepare_cached("DELETE FROM record WHERE number = ?1")?;
    let mut file = connection.prepare_cached("UPDATE record SET due = ?2 WHERE number = ?1")?;
    let mut deleted = 0;
    for (number, expires) in &due {
        if expires.is_some_and(|expires| expires <= now) {
            delete.execute([number])?;
            deleted += 1;
        } else {
            file.execute(params![number, expires])?;
        }
    }
    Ok(Slice { deleted, is_last: due.len() < SWEEP_SLICE as usize })
}
