//! Moves what the write-ahead log holds into the database file, beside the writer and not in its way.
//!
//! SQLite's own way is a checkpoint of the whole log inside the commit that made it too long, which that
//! commit and all behind it wait for. Here a thread of its own makes small ones as the log grows. It cannot
//! catch up with a writer that never rests, and the log starts from its beginning only when all of it has
//! been moved; so past [`LOG_FRAMES`] the writer makes one itself, of the little that is left by then.
//!
//! SQLite syncs the database file in the checkpoint that completes the log, which would be the writer's, with
//! everything that the small ones wrote since. The thread syncs after each of its own instead, which leaves
//! the writer little of that too.

use rusqlite::Connection;
use std::fs::File;
use std::io;
use std::sync::mpsc::{self, SyncSender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

/// Frames (pages of 4 kB) that wait to be moved before the thread moves them: 4 MB.
const SMALL_FRAMES: i64 = 1_024;

/// Frames of the log, moved ones among them, at which the writer makes a checkpoint itself: 32 MB.
const LOG_FRAMES: i64 = 8_192;

/// The writer's hold on the thread that checkpoints; [`Checkpoints::end`] ends the thread.
pub(super) struct Checkpoints {
    /// The database file. It is closed after all connections, because closing any handle of a file takes away
    /// the locks that SQLite holds on it.
    database: Arc<File>,
    /// Held during a checkpoint. SQLite would refuse the second of two rather than let it wait.
    turn: Arc<Mutex<()>>,
    nudge: SyncSender<()>,
    thread: JoinHandle<()>,
}

impl Checkpoints {
    /// Starts the thread on a connection of its own to the database file.
    pub fn start(connection: Connection, database: File) -> io::Result<Checkpoints> {
        let database = Arc::new(database);
        let turn = Arc::new(Mutex::new(()));
        // One nudge may wait: it stands for everything that was written before it is taken.
        let (nudge, nudges) = mpsc::sync_channel(1);
        let (shared_turn, shared_database) = (Arc::clone(&turn), Arc::clone(&database));
        let thread = thread::Builder::new().name("nvpgate-checkpoint".to_owned()).spawn(move || {
            while nudges.recv().is_ok() {
                checkpoint(&connection, &shared_turn);
                if let Err(cause) = shared_database.sync_data() {
                    log::error!("cannot sync the store: {cause}");
                }
            }
        })?;
        Ok(Checkpoints { database, turn, nudge, thread })
    }

    /// Ends the thread. What is returned must be dropped after the last connection.
    pub fn end(self) -> Arc<File> {
        drop(self.nudge);
        if self.thread.join().is_err() {
            log::error!("the thread that checkpoints the store had stopped");
        }
        self.database
    }

    /// Called by the writer after each commit.
    pub fn after_commit(&self, writer: &Connection) {
        match frames(writer, "PRAGMA wal_checkpoint(NOOP)") {
            Ok((written, _)) if written >= LOG_FRAMES => checkpoint(writer, &self.turn),
            Ok((written, moved)) if written - moved >= SMALL_FRAMES => {
                // A full channel means that the thread has yet to take the last nudge, which is as good.
                let _ = self.nudge.try_send(());
            }
            Ok(_) => {}
            Err(cause) => log::error!("cannot measure the store's log: {cause}"),
        }
    }
}

fn checkpoint(connection: &Connection, turn: &Mutex<()>) {
    let turn = turn.lock().unwrap_or_else(PoisonError::into_inner);
    if let Err(cause) = frames(connection, "PRAGMA wal_checkpoint(PASSIVE)") {
        log::error!("cannot checkpoint the store's log: {cause}");
    }
    drop(turn);
}

/// Frames written to the log since it last started from its beginning, and how many of them were moved.
fn frames(connection: &Connection, checkpoint: &str) -> rusqlite::Result<(i64, i64)> {
    connection.prepare_cached(checkpoint)?.query_row((), |row| Ok((row.get(1)?, row.get(2)?)))
}
