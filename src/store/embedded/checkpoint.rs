//! Moves what the write-ahead log holds into the database file, beside the writer and not in its way.
//!
//! SQLite's own way is a checkpoint of the whole log inside the commit that made it too long, which that
//! commit and all behind it wait for. Here a thread of its own makes small ones as the log grows. It cannot
//! catch up with a writer that never rests, and the log starts from its beginning only when all of it has
//! been moved; so past [`LOG_FRAMES`] the writer makes one itself, of the little that is left by then.

use rusqlite::Connection;
use std::io;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::mpsc::{self, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// Frames (pages of 4 kB) of the log at which the writer makes a checkpoint itself: 32 MB.
const LOG_FRAMES: i64 = 8_192;

/// Shared by the writer and the thread that checkpoints.
struct Log {
    /// Frames in the log as the last checkpoint saw it.
    frames: AtomicI64,
    /// Held during a checkpoint. SQLite would refuse the second of two rather than let it wait.
    turn: Mutex<()>,
}

/// The writer's hold on the thread that checkpoints; dropping it ends the thread.
pub(super) struct Checkpoints {
    log: Arc<Log>,
    nudge: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Checkpoints {
    /// Starts the thread on a connection of its own.
    pub fn start(connection: Connection) -> io::Result<Checkpoints> {
        let log = Arc::new(Log { frames: AtomicI64::new(0), turn: Mutex::new(()) });
        // One nudge may wait: it stands for everything that was written before it is taken.
        let (nudge, nudges) = mpsc::sync_channel(1);
        let shared = Arc::clone(&log);
        let thread = thread::Builder::new().name("nvpgate-checkpoint".to_owned()).spawn(move || {
            while nudges.recv().is_ok() {
                checkpoint(&connection, &shared);
            }
        })?;
        Ok(Checkpoints { log, nudge: Some(nudge), thread: Some(thread) })
    }

    /// Called by the writer after each commit.
    pub fn after_commit(&self, writer: &Connection) {
        if self.log.frames.load(Ordering::Relaxed) >= LOG_FRAMES {
            checkpoint(writer, &self.log);
        } else if let Some(nudge) = &self.nudge {
            // A full channel means that the thread has yet to take the last nudge, which is as good.
            let _ = nudge.try_send(());
        }
    }
}

impl Drop for Checkpoints {
    fn drop(&mut self) {
        self.nudge = None;
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            log::error!("the thread that checkpoints the store had stopped");
        }
    }
}

fn checkpoint(connection: &Connection, log: &Log) {
    let turn = log.turn.lock().unwrap_or_else(PoisonError::into_inner);
    let outcome = connection
        .query_row("PRAGMA wal_checkpoint(PASSIVE)", (), |row| Ok((row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)));
    match outcome {
        // A log that was moved whole starts from its beginning with the next commit.
        Ok((frames, moved)) => log.frames.store(if moved >= frames { 0 } else { frames }, Ordering::Relaxed),
        Err(cause) => log::error!("cannot checkpoint the store's log: {cause}"),
    }
    drop(turn);
}
