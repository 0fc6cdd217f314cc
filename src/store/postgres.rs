//! The engine that several nodes share: a PostgreSQL database, or a server that speaks its protocol.
//!
//! A thread of its own holds the connections, because a connection belongs to the runtime it was made on, and
//! the server's workers have one each. Whoever asks hands a job over and waits for its answer, as with the
//! embedded engine; what waits together goes to the database together. Nothing here is kept in memory that
//! another node could change.

mod batch;
mod lane;
mod reader;
mod schema;
mod sweeper;
#[cfg(test)]
mod tests;
mod tls;
mod url;
mod writer;

pub(super) use schema::Opening;
pub use url::PostgresUrl;

use super::seal::{Slot, WrappedKey};
use super::{Alarm, Committed, Named, Row, SealedChange, StoreError};
use crate::domain::fault::Fault;
use crate::domain::timestamp::Timestamp;
use crate::limits;
use lane::Connector;
use reader::Reader;
use std::error::Error as _;
use std::io;
use std::sync::{Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use sweeper::Sweeper;
use tokio::runtime::Runtime;
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};
use uuid::Uuid;
use writer::Writer;

type Answer<A> = oneshot::Sender<Result<A, StoreError>>;

/// Which database, and what is accepted of its server.
#[derive(Clone, Debug)]
pub struct Database {
    /// `store`.
    pub url: PostgresUrl,
    /// `store_allow_asynchronous_commit`.
    pub allow_asynchronous_commit: bool,
}

/// The running engine.
pub(super) struct Postgres {
    reads: UnboundedSender<(Instant, reader::Job)>,
    writes: UnboundedSender<(Instant, writer::Job)>,
    sweeps: UnboundedSender<sweeper::Job>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

impl Postgres {
    fn start(runtime: Runtime, connector: Connector) -> io::Result<Postgres> {
        let (reads, asked_to_read) = unbounded_channel();
        let (writes, asked_to_write) = unbounded_channel();
        let (sweeps, asked_to_sweep) = unbounded_channel();
        let reader = Reader::new(connector.clone(), asked_to_read);
        let writer = Writer::new(&connector, asked_to_write);
        let sweeper = Sweeper::new(connector, asked_to_sweep);
        let thread = thread::Builder::new().name("nvpgate-postgres".to_owned()).spawn(move || {
            runtime.block_on(async { tokio::join!(reader.run(), writer.run(), sweeper.run()) });
        })?;
        Ok(Postgres { reads, writes, sweeps, thread: Mutex::new(Some(thread)) })
    }

    /// The rows in `slots`, in their order, all as of one moment.
    pub async fn load(&self, slots: Vec<Slot>) -> Result<Vec<Option<Row>>, StoreError> {
        if slots.is_empty() {
            return Ok(Vec::new());
        }
        self.read(|answer| reader::Job::Read { slots, answer }).await
    }

    /// The first `limit` rows behind a place that have woken and not expired, all as of one moment.
    pub async fn awake(&self, after: Alarm, now: Timestamp, limit: usize) -> Result<Vec<Named>, StoreError> {
        self.read(|answer| reader::Job::Awake { after, now, limit, answer }).await
    }

    /// The first `limit` rows of a list behind a slot that have not expired, all as of one moment.
    pub async fn list(
        &self,
        list: Slot,
        after: Option<Slot>,
        now: Timestamp,
        limit: usize,
    ) -> Result<Vec<Named>, StoreError> {
        self.read(|answer| reader::Job::List { list, after, now, limit, answer }).await
    }

    /// The data keys with these ids.
    pub async fn keys(&self, ids: Vec<i64>) -> Result<Vec<WrappedKey>, StoreError> {
        self.read(|answer| reader::Job::Keys { ids, answer }).await
    }

    /// Hands the changes to the writer and waits for its answer.
    pub async fn commit(&self, changes: Vec<SealedChange>) -> Result<Committed, StoreError> {
        self.write(|answer| writer::Job::Commit { changes, answer }).await
    }

    /// Keeps a new data key, durably.
    pub async fn keep_key(&self, key: WrappedKey) -> Result<(), StoreError> {
        self.write(|answer| writer::Job::KeepKey { key, answer }).await
    }

    /// Deletes what has expired, unless another node is about it.
    pub async fn sweep(&self, now: Timestamp) -> Result<u64, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.sweeps.send(sweeper::Job::Sweep { now, answer }).map_err(|_| closed())?;
        answered.await.unwrap_or_else(|_| Err(closed()))
    }

    /// Has the reader read and the writer run its statement, if only on nothing.
    pub async fn ready(&self) -> Result<(), StoreError> {
        let read = self.load(vec![Slot::default()]);
        let write = self.write(|answer| writer::Job::Ready { answer });
        tokio::try_join!(read, write).map(|_| ())
    }

    async fn read<A>(&self, job: impl FnOnce(Answer<A>) -> reader::Job) -> Result<A, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.reads.send((deadline(), job(answer))).map_err(|_| closed())?;
        in_time(answered).await
    }

    async fn write<A>(&self, job: impl FnOnce(Answer<A>) -> writer::Job) -> Result<A, StoreError> {
        let (answer, answered) = oneshot::channel();
        self.writes.send((deadline(), job(answer))).map_err(|_| closed())?;
        in_time(answered).await
    }

    /// Ends the thread after what waits.
    pub fn close(&self) {
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(thread) = thread else { return };
        // A channel that nobody listens to any more needs no closing.
        let _ = self.reads.send((Instant::now(), reader::Job::Close));
        let _ = self.writes.send((Instant::now(), writer::Job::Close));
        let _ = self.sweeps.send(sweeper::Job::Close);
        if thread.join().is_err() {
            log::error!("the store's thread had stopped before the store was closed");
        }
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        self.close();
    }
}

/// What is heard within [`limits::STORE_TIME`]. A commit that was under way by then may still be carried out.
async fn in_time<A>(answered: oneshot::Receiver<Result<A, StoreError>>) -> Result<A, StoreError> {
    match timeout(limits::STORE_TIME, answered).await {
        Ok(answer) => answer.unwrap_or_else(|_| Err(closed())),
        Err(_) => Err(late()),
    }
}

fn late() -> StoreError {
    StoreError::Busy { cause: "the database did not answer in time".to_owned() }
}

/// When nobody waits any more for the answer to a job that arrives now.
fn deadline() -> Instant {
    Instant::now() + limits::STORE_TIME
}

fn closed() -> StoreError {
    Fault::new("the store is closed").into()
}

/// The same failure for the next who waited for the same statement; a fault has a support code each.
fn again(error: &StoreError) -> StoreError {
    match error {
        StoreError::Busy { cause } => StoreError::Busy { cause: cause.clone() },
        StoreError::Fault(fault) => Fault::new(fault.cause()).into(),
    }
}

/// A slot as the database knows it.
fn slot_id(slot: &Slot) -> Uuid {
    Uuid::from_bytes(*slot)
}

/// An error in one line. The server's own details may quote values of a row, and are left out.
fn describe(error: &tokio_postgres::Error) -> String {
    let text = match error.as_db_error() {
        Some(said) => format!("{} ({})", said.message(), said.code().code()),
        None => match error.source() {
            Some(cause) => cause.to_string(),
            None => error.to_string(),
        },
    };
    text.replace('\n', " ")
}
