//! The engine inside the process: one SQLite file in the data directory.
//!
//! `record` is appended to in the order of its `number`, and found through a small index over the 16 bytes of
//! `slot`: a new record costs a part of the last page and one page of that index, a replaced one the page it
//! is in. `due` is when a sweep looks at a record next. It is no later than the expiry, but an update that
//! moves the expiry on leaves it as it is, because moving its index entry would cost every update a second
//! page; the sweep moves it instead, once in a record's lifetime. `wakes`, `list` and `name` are null in all
//! records but the few that wake or are listed, whose indexes are as small.
//!
//! Everything is written by the thread in `writer`. Reads go through connections of their own, on the thread
//! of whoever asks: a read takes about 10 µs, less than handing it over would.

mod checkpoint;
#[cfg(test)]
mod tests;
mod writer;

use super::seal::{Slot, WrappedKey};
use super::{Alarm, Committed, Named, OpenError, Row, SealedChange};
use crate::domain::fault::Fault;
use crate::domain::timestamp::Timestamp;
use checkpoint::Checkpoints;
use rusqlite::{Connection, OpenFlags, OptionalExtension, params};
use std::fmt;
use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use tokio::sync::oneshot;
use writer::{Job, Writer};

/// The database inside the data directory.
const FILE: &str = "nvpgate.db";

/// The file whose lock says that a process uses the data directory. It stays when the lock goes.
const LOCK_FILE: &str = "lock";

/// `nvpg` in ASCII, in the header of the database file.
const APPLICATION_ID: i64 = 0x6e76_7067;

/// The format that the steps below make. A file of an earlier one is brought to it, one of a later is refused.
const FORMAT: i64 = STEPS.len() as i64;

/// Each step makes the tables of one format out of those of the one before.
const STEPS: [&str; 3] = [TABLES, ALARMS, LISTS];

const TABLES: &str = "
    CREATE TABLE wrapped_key (id INTEGER PRIMARY KEY, wrapped BLOB NOT NULL) STRICT;
    CREATE TABLE record (
        number INTEGER PRIMARY KEY,
        slot BLOB NOT NULL,
        version INTEGER NOT NULL,
        expires INTEGER,
        due INTEGER,
        sealed BLOB NOT NULL
    ) STRICT;
    CREATE UNIQUE INDEX record_by_slot ON record (slot);
    CREATE INDEX record_by_due ON record (due) WHERE due IS NOT NULL;
";

/// When a record wakes, and its sealed name.
const ALARMS: &str = "
    ALTER TABLE record ADD COLUMN wakes INTEGER;
    ALTER TABLE record ADD COLUMN name BLOB;
    CREATE INDEX record_by_wakes ON record (wakes) WHERE wakes IS NOT NULL;
";

/// The list that a record stands in.
const LISTS: &str = "
    ALTER TABLE record ADD COLUMN list BLOB;
    CREATE INDEX record_by_list ON record (list, slot) WHERE list IS NOT NULL;
";

/// What is read of a row that is found otherwise than by its slot.
const NAMED: &str = "SELECT slot, name, version, expires, sealed, wakes FROM record";

const KEEP_KEY: &str = "INSERT INTO wrapped_key (id, wrapped) VALUES (?1, ?2)";

/// A data directory that this process holds the lock of.
pub(super) struct Unopened {
    directory: PathBuf,
    lock: File,
}

impl Unopened {
    /// Makes the directory where it is absent, and takes its lock.
    pub fn lock(directory: &Path) -> Result<Unopened, OpenError> {
        let unusable = |cause: io::Error| OpenError::Directory { path: directory.to_owned(), cause: cause.to_string() };
        DirBuilder::new().recursive(true).mode(0o700).create(directory).map_err(unusable)?;
        let path = directory.join(LOCK_FILE);
        let lock = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(path);
        let lock = lock.map_err(unusable)?;
        match lock.try_lock() {
            Ok(()) => Ok(Unopened { directory: directory.to_owned(), lock }),
            Err(TryLockError::WouldBlock) => Err(OpenError::InUse { path: directory.to_owned() }),
            Err(TryLockError::Error(cause)) => Err(unusable(cause)),
        }
    }

    /// Whether there is a store in the directory already.
    pub fn store_exists(&self) -> bool {
        fs::metadata(self.directory.join(FILE)).is_ok_and(|file| file.len() > 0)
    }

    /// Opens the database or makes it, and checks that it is one of ours.
    pub fn open(self) -> Result<Opening, OpenError> {
        let path = self.directory.join(FILE);
        let failed = |cause: &dyn fmt::Display| OpenError::Engine { path: path.clone(), cause: cause.to_string() };
        // SQLite makes its files with the mode of the first one, and would make that readable to everyone.
        OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(&path)
            .map_err(|cause| failed(&cause))?;
        let connection = connect(&path).map_err(|cause| failed(&cause))?;
        match prepare_database(&connection) {
            Ok(Found::Ours) => Ok(Opening { path, connection, lock: self.lock }),
            Ok(Found::Format(found)) => Err(OpenError::Format { path, found, known: FORMAT }),
            Ok(Found::Foreign) => Err(OpenError::Foreign { path }),
            Err(cause) if cause.sqlite_error_code() == Some(rusqlite::ErrorCode::NotADatabase) => {
                Err(OpenError::Foreign { path })
            }
            Err(cause) => Err(failed(&cause)),
        }
    }
}

enum Found {
    Ours,
    Foreign,
    Format(i64),
}

fn connect(path: &Path) -> rusqlite::Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags)
}

/// Checks the marks in the file's header before anything is changed, then makes the tables in an empty file.
fn prepare_database(connection: &Connection) -> rusqlite::Result<Found> {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0));
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0))?;
    let format = pragma("user_version")?;
    let empty = tables == 0 && format == 0 && pragma("application_id")? == 0;
    if !empty {
        if pragma("application_id")? != APPLICATION_ID {
            return Ok(Found::Foreign);
        }
        if !(1..=FORMAT).contains(&format) {
            return Ok(Found::Format(format));
        }
    }
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    // A deleted record and the old text of a replaced one are overwritten, not only forgotten.
    connection.pragma_update(None, "secure_delete", true)?;
    // Checkpoints are the business of `checkpoint`.
    connection.pragma_update(None, "wal_autocheckpoint", 0)?;
    // 16 MB: what the largest batch touches, with the inner pages of both indexes, is never spilled early.
    connection.pragma_update(None, "cache_size", -16_384)?;
    let missing: String = (0..FORMAT).zip(STEPS).filter(|(from, _)| *from >= format).map(|(_, step)| step).collect();
    if !missing.is_empty() {
        connection.execute_batch(&format!(
            "BEGIN IMMEDIATE; {missing} PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = {FORMAT}; COMMIT"
        ))?;
    }
    Ok(Found::Ours)
}

/// A database that is ours, before its first record is read or written.
pub(super) struct Opening {
    path: PathBuf,
    connection: Connection,
    lock: File,
}

impl Opening {
    /// An error of this engine with another's cause.
    pub fn error(&self, cause: impl fmt::Display) -> OpenError {
        OpenError::Engine { path: self.path.clone(), cause: cause.to_string() }
    }

    /// The keys it keeps.
    pub fn keys(&self) -> Result<Vec<WrappedKey>, OpenError> {
        let read = || {
            let mut statement = self.connection.prepare("SELECT id, wrapped FROM wrapped_key")?;
            let keys = statement.query_map((), |row| Ok(WrappedKey { id: row.get(0)?, wrapped: row.get(1)? }))?;
            keys.collect::<rusqlite::Result<_>>()
        };
        read().map_err(|cause| self.error(cause))
    }

    /// Keeps new keys, durably.
    pub fn keep_keys(&self, keys: &[WrappedKey]) -> Result<(), OpenError> {
        let write = || {
            let transaction = self.connection.unchecked_transaction()?;
            for key in keys {
                transaction.execute(KEEP_KEY, params![key.id, key.wrapped])?;
            }
            transaction.commit()
        };
        write().map_err(|cause| self.error(cause))
    }

    /// Starts the threads that write and checkpoint.
    pub fn start(self) -> Result<Embedded, OpenError> {
        let path = self.path.clone();
        let failed = |cause: &dyn fmt::Display| OpenError::Engine { path: path.clone(), cause: cause.to_string() };
        let second = connect(&self.path).map_err(|cause| failed(&cause))?;
        let checkpoints = File::open(&self.path).and_then(|database| Checkpoints::start(second, database));
        let checkpoints = checkpoints.map_err(|cause| failed(&cause))?;
        let (jobs, thread) = Writer::start(self.connection, checkpoints, self.lock).map_err(|cause| failed(&cause))?;
        Ok(Embedded { path, jobs, readers: Mutex::new(Some(Vec::new())), thread: Mutex::new(Some(thread)) })
    }
}

/// The running engine.
pub(super) struct Embedded {
    path: PathBuf,
    jobs: Sender<Job>,
    /// Idle connections; as many as threads have read at the same time. `None` once the store is closed.
    readers: Mutex<Option<Vec<Connection>>>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Embedded {
    /// The rows in `slots`, in their order, all as of one moment.
    pub fn load(&self, slots: &[Slot]) -> Result<Vec<Option<Row>>, Fault> {
        self.read(|reader| read(reader, slots))
    }

    /// The first `limit` rows behind a place that have woken and not expired, all as of one moment.
    pub fn awake(&self, after: Alarm, now: Timestamp, limit: usize) -> Result<Vec<Named>, Fault> {
        self.read(|reader| read_awake(reader, after, now, limit))
    }

    /// The first `limit` rows of a list behind a slot that have not expired, all as of one moment.
    pub fn list(&self, list: &Slot, after: Option<&Slot>, now: Timestamp, limit: usize) -> Result<Vec<Named>, Fault> {
        self.read(|reader| read_list(reader, list, after, now, limit))
    }

    fn read<R>(&self, read: impl FnOnce(&Connection) -> rusqlite::Result<R>) -> Result<R, Fault> {
        let reader = self.reader()?;
        // A connection that failed is dropped rather than kept.
        let rows = read(&reader).map_err(|cause| Fault::new(format_args!("cannot read the store: {cause}")))?;
        if let Some(idle) = &mut *guard(&self.readers) {
            idle.push(reader);
        }
        Ok(rows)
    }

    fn reader(&self) -> Result<Connection, Fault> {
        match &mut *guard(&self.readers) {
            None => return Err(closed()),
            Some(idle) => {
                if let Some(reader) = idle.pop() {
                    return Ok(reader);
                }
            }
        }
        connect(&self.path)
            .and_then(|reader| {
                reader.pragma_update(None, "query_only", true)?;
                // 8 MB: the whole of the index by slot for 100,000 records, so that a read costs one page.
                reader.pragma_update(None, "cache_size", -8_192)?;
                Ok(reader)
            })
            .map_err(|cause| Fault::new(format_args!("cannot open the store for reading: {cause}")))
    }

    /// Hands the changes to the writer and waits for its answer.
    pub async fn commit(&self, changes: Vec<SealedChange>) -> Result<Committed, Fault> {
        self.ask(|answer| Job::Commit { changes, answer }).await
    }

    /// Keeps a new data key, durably.
    pub async fn keep_key(&self, key: WrappedKey) -> Result<(), Fault> {
        self.ask(|answer| Job::KeepKey { key, answer }).await
    }

    /// Deletes what has expired.
    pub async fn sweep(&self, now: Timestamp) -> Result<u64, Fault> {
        self.ask(|answer| Job::Sweep { now, answer }).await
    }

    /// Reads, and has the writer begin and end a transaction.
    pub async fn ready(&self) -> Result<(), Fault> {
        self.load(&[Slot::default()])?;
        self.ask(|answer| Job::Ready { answer }).await
    }

    async fn ask<A>(&self, job: impl FnOnce(oneshot::Sender<Result<A, Fault>>) -> Job) -> Result<A, Fault> {
        let (answer, answered) = oneshot::channel();
        self.jobs.send(job(answer)).map_err(|_| closed())?;
        answered.await.unwrap_or_else(|_| Err(closed()))
    }

    /// Ends the writer after what waits, and with it everything else.
    pub fn close(&self) {
        let thread = guard(&self.thread).take();
        let Some(thread) = thread else { return };
        *guard(&self.readers) = None;
        // A writer that has stopped already cannot be told to, and need not be.
        let _ = self.jobs.send(Job::Close);
        if thread.join().is_err() {
            log::error!("the store's writer had stopped before the store was closed");
        }
    }
}

impl Drop for Embedded {
    fn drop(&mut self) {
        self.close();
    }
}

fn guard<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn closed() -> Fault {
    Fault::new("the store is closed")
}

fn read(reader: &Connection, slots: &[Slot]) -> rusqlite::Result<Vec<Option<Row>>> {
    // One statement is a moment of its own; several need a transaction to see the same one.
    let transaction = (slots.len() > 1).then(|| reader.unchecked_transaction()).transpose()?;
    let mut statement = reader.prepare_cached("SELECT version, expires, sealed FROM record WHERE slot = ?1")?;
    let mut rows = Vec::with_capacity(slots.len());
    for slot in slots {
        let row = statement.query_row([slot.as_slice()], |row| {
            let expires: Option<i64> = row.get(1)?;
            Ok(Row { version: row.get(0)?, expires: expires.map(Timestamp::from_milliseconds), sealed: row.get(2)? })
        });
        rows.push(row.optional()?);
    }
    drop(statement);
    if let Some(transaction) = transaction {
        transaction.finish()?;
    }
    Ok(rows)
}

fn read_awake(reader: &Connection, after: Alarm, now: Timestamp, limit: usize) -> rusqlite::Result<Vec<Named>> {
    let mut statement = reader.prepare_cached(&format!(
        "{NAMED} WHERE wakes <= ?1 AND (wakes, slot) > (?2, ?3) AND (expires IS NULL OR expires > ?1)
         ORDER BY wakes, slot LIMIT ?4"
    ))?;
    let Alarm { time, slot } = after;
    let parameters = params![now.milliseconds(), time.milliseconds(), slot.as_slice(), rows_at_most(limit)];
    statement.query_map(parameters, named)?.collect()
}

fn read_list(
    reader: &Connection,
    list: &Slot,
    after: Option<&Slot>,
    now: Timestamp,
    limit: usize,
) -> rusqlite::Result<Vec<Named>> {
    let mut statement = reader.prepare_cached(&format!(
        "{NAMED} WHERE list = ?1 AND slot > ?2 AND (expires IS NULL OR expires > ?3) ORDER BY slot LIMIT ?4"
    ))?;
    // Nothing comes before every slot.
    let after = after.map(Slot::as_slice).unwrap_or_default();
    statement.query_map(params![list.as_slice(), after, now.milliseconds(), rows_at_most(limit)], named)?.collect()
}

fn rows_at_most(limit: usize) -> i64 {
    i64::try_from(limit).unwrap_or(i64::MAX)
}

/// The columns of [`NAMED`].
fn named(row: &rusqlite::Row<'_>) -> rusqlite::Result<Named> {
    let time = |column| Ok::<_, rusqlite::Error>(row.get::<_, Option<i64>>(column)?.map(Timestamp::from_milliseconds));
    let sealed = Row { version: row.get(2)?, expires: time(3)?, sealed: row.get(4)? };
    Ok(Named { slot: row.get(0)?, wakes: time(5)?, name: row.get(1)?, row: sealed })
}
