//! Commits. What waits goes together as one statement over arrays, which is one transaction and one flush of
//! the server's log; each commit in it is checked and answered for itself.
//!
//! Two statements may be under way: while one waits for the server's disk, the next is carried out. They never
//! touch the same record, and neither do two commits of one statement; of those that would, the later waits.

use super::Answer;
use super::batch::{Batch, COMMIT, outcomes};
use super::lane::{Connector, Lane};
use crate::store::seal::{Slot, WrappedKey};
use crate::store::{Committed, SealedChange};
use futures_util::stream::{FuturesUnordered, StreamExt};
use std::collections::{HashSet, VecDeque};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::Instant;

/// Statements under way at a time, each over a connection of its own.
const LANES: usize = 2;

/// Commits in one statement at most.
const COMMITS: usize = 512;

/// Bytes in one statement, of which the last commit may be more.
const BYTES: usize = 4 << 20;

pub(super) const KEEP_KEY: &str = "INSERT INTO nvpgate_key (id, wrapped) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";

/// What the writer is asked to do.
pub(super) enum Job {
    Commit {
        changes: Vec<SealedChange>,
        answer: Answer<Committed>,
    },
    KeepKey {
        key: WrappedKey,
        answer: Answer<()>,
    },
    /// Answered when a batch went through after it, with or without commits.
    Ready {
        answer: Answer<()>,
    },
    Close,
}

/// A job and the time by which it is answered.
type Due<T> = (Instant, T);

/// The writer's connections and what waits for them.
pub(super) struct Writer {
    idle: Vec<Lane>,
    jobs: UnboundedReceiver<Due<Job>>,
    waiting: VecDeque<Due<Job>>,
    /// The records that are being written.
    slots: HashSet<Slot>,
}

/// What goes out together.
#[derive(Default)]
struct Together {
    commits: Vec<Due<(Vec<SealedChange>, Answer<Committed>)>>,
    bytes: usize,
    keys: Vec<Due<(WrappedKey, Answer<()>)>>,
    ready: Vec<Due<Answer<()>>>,
}

impl Writer {
    /// A writer for the jobs that arrive over a channel.
    pub fn new(connector: &Connector, jobs: UnboundedReceiver<Due<Job>>) -> Writer {
        let idle = (0..LANES).map(|_| Lane::new(connector.clone(), &[COMMIT, KEEP_KEY])).collect();
        Writer { idle, jobs, waiting: VecDeque::new(), slots: HashSet::new() }
    }

    /// Writes until it is told to close, and then what still waits.
    pub async fn run(mut self) {
        let mut under_way = FuturesUnordered::new();
        let mut is_open = true;
        while is_open || !self.waiting.is_empty() || !under_way.is_empty() {
            if let Some(lane) = self.idle.pop() {
                match self.gather(under_way.is_empty()) {
                    Some(together) => {
                        under_way.push(together.carry_out(lane));
                        continue;
                    }
                    None => self.idle.push(lane),
                }
            }
            tokio::select! {
                job = self.jobs.recv(), if is_open => match job {
                    Some(job) => {
                        self.waiting.push_back(job);
                        while let Ok(job) = self.jobs.try_recv() {
                            self.waiting.push_back(job);
                        }
                    }
                    None => is_open = false,
                },
                Some((lane, written)) = under_way.next(), if !under_way.is_empty() => {
                    for slot in written {
                        self.slots.remove(&slot);
                    }
                    self.idle.push(lane);
                }
            }
        }
    }

    /// Those jobs that waited longest and need not wait for others, as many as fit.
    fn gather(&mut self, nothing_is_under_way: bool) -> Option<Together> {
        let now = Instant::now();
        let mut together = Together::default();
        let mut waiting = std::mem::take(&mut self.waiting).into_iter();
        while let Some((due, job)) = waiting.next() {
            match job {
                // What waited too long behind others is not begun any more.
                Job::Commit { answer, .. } if due <= now => {
                    let _ = answer.send(Err(super::late()));
                }
                Job::Commit { changes, answer } => {
                    let is_full = together.commits.len() >= COMMITS || together.bytes >= BYTES;
                    if is_full || changes.iter().any(|change| self.slots.contains(&change.slot)) {
                        self.waiting.push_back((due, Job::Commit { changes, answer }));
                    } else {
                        self.slots.extend(changes.iter().map(|change| change.slot));
                        together.bytes += changes.iter().map(|change| change.row.sealed.len()).sum::<usize>();
                        together.commits.push((due, (changes, answer)));
                    }
                }
                Job::KeepKey { key, answer } => together.keys.push((due, (key, answer))),
                Job::Ready { answer } if nothing_is_under_way && self.waiting.is_empty() => {
                    together.ready.push((due, answer));
                }
                // It is answered when all before it has been, and what comes after it lets it pass.
                ready @ Job::Ready { .. } => {
                    self.waiting.push_back((due, ready));
                    self.waiting.extend(waiting);
                    break;
                }
                Job::Close => self.jobs.close(),
            }
        }
        let is_empty = together.commits.is_empty() && together.keys.is_empty() && together.ready.is_empty();
        (!is_empty).then_some(together)
    }
}

impl Together {
    /// Answers everyone in it, and gives back the lane and the records that were written.
    async fn carry_out(self, mut lane: Lane) -> (Lane, Vec<Slot>) {
        let Together { commits, keys, ready, .. } = self;
        for (due, (key, answer)) in keys {
            let kept = lane
                .attempt(due, async |link| link.client.execute(&link.statements[1], &[&key.id, &key.wrapped]).await);
            // An answer that cannot be given is one that its caller no longer waits for.
            let _ = answer.send(kept.await.map(|_| ()));
        }
        let dues = commits.iter().map(|(due, _)| *due).chain(ready.iter().map(|(due, _)| *due));
        // Whoever waits less long goes by himself.
        let Some(due) = dues.max() else { return (lane, Vec::new()) };
        let (changes, answers): (Vec<_>, Vec<_>) = commits.into_iter().map(|(_, commit)| commit).unzip();
        let batch = Batch::of(&changes);
        let outcome = lane
            .attempt(due, async |link| {
                let rows = link.client.query(&link.statements[0], &batch.parameters()).await?;
                rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect()
            })
            .await;
        match outcome.map(|lost: Vec<(i32, i32, bool)>| outcomes(answers.len(), &lost)) {
            Ok(outcomes) => {
                for (answer, committed) in answers.into_iter().zip(outcomes) {
                    let _ = answer.send(Ok(committed));
                }
                for (_, answer) in ready {
                    let _ = answer.send(Ok(()));
                }
            }
            Err(error) => {
                for answer in answers {
                    let _ = answer.send(Err(super::again(&error)));
                }
                for (_, answer) in ready {
                    let _ = answer.send(Err(super::again(&error)));
                }
            }
        }
        (lane, changes.iter().flatten().map(|change| change.slot).collect())
    }
}
