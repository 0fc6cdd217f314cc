//! Commits. What waits goes together as one statement over arrays, which is one transaction and one flush of
//! the server's log; each commit in it is checked and answered for itself.

use super::lane::{Connector, Lane};
use super::{Answer, slot_id};
use crate::domain::timestamp::Timestamp;
use crate::store::seal::{Slot, WrappedKey};
use crate::store::{Committed, SealedChange};
use std::collections::{HashSet, VecDeque};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::time::Instant;
use tokio_postgres::types::ToSql;
use uuid::Uuid;

/// Commits in one statement at most.
const COMMITS: usize = 512;

/// Bytes in one statement, of which the last commit may be more.
const BYTES: usize = 4 << 20;

/// Carries out each commit of a batch whole or not at all, and says which of their changes were lost.
///
/// `held` locks the rows in one order for all nodes, so that two batches wait for each other at most one way,
/// and reads the version that nobody can change any more. A commit with a change of another version writes
/// nothing. A row that is not there cannot be locked: if another node makes it in between, the version
/// becomes null, which the table refuses, and the whole batch is sent again.
///
/// `is_own` tells a change that was lost from one that this node made itself, when it sent a batch again
/// without having heard what became of it: no two sealed records are the same.
pub(super) const COMMIT: &str = "
    WITH asked AS MATERIALIZED (
        SELECT * FROM unnest($1::int4[], $2::int4[], $3::uuid[], $4::int8[], $5::int8[], $6::int8[],
                $7::bytea[], $8::bytea[])
            AS asked (number, place, slot, replaces, expires, wakes, name, sealed)
    ), held AS MATERIALIZED (
        SELECT slot, version, sealed FROM nvpgate_record WHERE slot = ANY($3) ORDER BY slot FOR UPDATE
    ), lost AS MATERIALIZED (
        SELECT number, place,
            coalesce(held.version = asked.replaces + 1 AND held.sealed = asked.sealed, false) AS is_own
        FROM asked LEFT JOIN held ON held.slot = asked.slot
        WHERE coalesce(held.version, 0) <> asked.replaces
    ), written AS (
        INSERT INTO nvpgate_record AS record (slot, version, expires, due, wakes, name, sealed)
        SELECT slot, replaces + 1, expires, expires, wakes, name, sealed FROM asked
        WHERE number NOT IN (SELECT number FROM lost)
        ORDER BY slot
        ON CONFLICT (slot) DO UPDATE SET
            version = CASE WHEN record.version = excluded.version - 1 THEN excluded.version END,
            expires = excluded.expires,
            due = CASE WHEN excluded.expires IS NULL OR record.due <= excluded.expires THEN record.due
                ELSE excluded.expires END,
            wakes = excluded.wakes,
            name = excluded.name,
            sealed = excluded.sealed
    )
    SELECT number, place, is_own FROM lost";

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

/// The writer's connection and what waits for it.
pub(super) struct Writer {
    lane: Lane,
    jobs: UnboundedReceiver<Due<Job>>,
    /// Commits that touch a record that the batch before them touches too.
    later: VecDeque<Due<(Vec<SealedChange>, Answer<Committed>)>>,
}

/// What goes out together.
#[derive(Default)]
struct Together {
    commits: Vec<Due<(Vec<SealedChange>, Answer<Committed>)>>,
    slots: HashSet<Slot>,
    bytes: usize,
    keys: Vec<Due<(WrappedKey, Answer<()>)>>,
    ready: Vec<Due<Answer<()>>>,
}

impl Writer {
    /// A writer for the jobs that arrive over a channel.
    pub fn new(connector: Connector, jobs: UnboundedReceiver<Due<Job>>) -> Writer {
        Writer { lane: Lane::new(connector, &[COMMIT, KEEP_KEY]), jobs, later: VecDeque::new() }
    }

    /// Writes until it is told to close, and then what still waits.
    pub async fn run(mut self) {
        let mut arrived = Vec::new();
        loop {
            if self.later.is_empty() && self.jobs.recv_many(&mut arrived, COMMITS).await == 0 {
                return;
            }
            while arrived.len() < COMMITS
                && let Ok(job) = self.jobs.try_recv()
            {
                arrived.push(job);
            }
            let together = self.gather(&mut arrived);
            self.carry_out(together).await;
        }
    }

    /// Those commits that waited longest and touch no record twice, as many as fit.
    fn gather(&mut self, arrived: &mut Vec<Due<Job>>) -> Together {
        let mut together = Together::default();
        for (due, (changes, answer)) in std::mem::take(&mut self.later) {
            self.take(&mut together, due, changes, answer);
        }
        for (due, job) in arrived.drain(..) {
            match job {
                Job::Commit { changes, answer } => self.take(&mut together, due, changes, answer),
                Job::KeepKey { key, answer } => together.keys.push((due, (key, answer))),
                Job::Ready { answer } => together.ready.push((due, answer)),
                Job::Close => self.jobs.close(),
            }
        }
        together
    }

    fn take(&mut self, together: &mut Together, due: Instant, changes: Vec<SealedChange>, answer: Answer<Committed>) {
        let is_full = together.commits.len() >= COMMITS || together.bytes >= BYTES;
        if is_full || changes.iter().any(|change| together.slots.contains(&change.slot)) {
            self.later.push_back((due, (changes, answer)));
            return;
        }
        together.slots.extend(changes.iter().map(|change| change.slot));
        together.bytes += changes.iter().map(|change| change.row.sealed.len()).sum::<usize>();
        together.commits.push((due, (changes, answer)));
    }

    async fn carry_out(&mut self, together: Together) {
        let now = Instant::now();
        for (due, (key, answer)) in together.keys {
            let kept = self
                .lane
                .attempt(due, async |link| link.client.execute(&link.statements[1], &[&key.id, &key.wrapped]).await);
            // An answer that cannot be given is one that its caller no longer waits for.
            let _ = answer.send(kept.await.map(|_| ()));
        }
        // What waited too long behind others is not begun any more.
        let (commits, late): (Vec<_>, Vec<_>) = together.commits.into_iter().partition(|(due, _)| *due > now);
        for (_, (_, answer)) in late {
            let _ = answer.send(Err(super::late()));
        }
        let dues = commits.iter().map(|(due, _)| *due).chain(together.ready.iter().map(|(due, _)| *due));
        // Whoever waits less long goes by himself.
        let Some(due) = dues.max() else { return };
        let (changes, answers): (Vec<_>, Vec<_>) = commits.into_iter().map(|(_, commit)| commit).unzip();
        let batch = Batch::of(&changes);
        let outcome = self
            .lane
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
                for (_, answer) in together.ready {
                    let _ = answer.send(Ok(()));
                }
            }
            Err(error) => {
                for answer in answers {
                    let _ = answer.send(Err(super::again(&error)));
                }
                for (_, answer) in together.ready {
                    let _ = answer.send(Err(super::again(&error)));
                }
            }
        }
    }
}

/// What each commit came to, from the changes that the statement names.
fn outcomes(commits: usize, named: &[(i32, i32, bool)]) -> Vec<Committed> {
    let mut lost = vec![Vec::new(); commits];
    let mut is_own = vec![false; commits];
    for (number, place, own) in named {
        // Numbers that this node has counted itself.
        let (Ok(number), Ok(place)) = (usize::try_from(*number), usize::try_from(*place)) else { continue };
        if let (Some(lost), Some(is_own)) = (lost.get_mut(number), is_own.get_mut(number)) {
            lost.push(place);
            *is_own |= own;
        }
    }
    lost.into_iter()
        .zip(is_own)
        .map(|(mut changes, is_own)| {
            changes.sort_unstable();
            if changes.is_empty() || is_own { Committed::Done } else { Committed::Lost { changes } }
        })
        .collect()
}

/// The parameters of [`COMMIT`]: an array a column, an element a change.
#[derive(Default)]
pub(super) struct Batch<'c> {
    numbers: Vec<i32>,
    places: Vec<i32>,
    slots: Vec<Uuid>,
    replaces: Vec<i64>,
    expires: Vec<Option<i64>>,
    wakes: Vec<Option<i64>>,
    names: Vec<Option<&'c [u8]>>,
    sealed: Vec<&'c [u8]>,
}

impl<'c> Batch<'c> {
    /// The changes of these commits.
    pub fn of(commits: &'c [Vec<SealedChange>]) -> Batch<'c> {
        let mut batch = Batch::default();
        for (number, changes) in (0..).zip(commits) {
            for (place, change) in (0..).zip(changes) {
                batch.numbers.push(number);
                batch.places.push(place);
                batch.slots.push(slot_id(&change.slot));
                batch.replaces.push(change.replaces);
                batch.expires.push(change.row.expires.map(Timestamp::milliseconds));
                batch.wakes.push(change.wakes.as_ref().map(|alarm| alarm.at.milliseconds()));
                batch.names.push(change.wakes.as_ref().map(|alarm| alarm.name.as_slice()));
                batch.sealed.push(&change.row.sealed);
            }
        }
        batch
    }

    /// The arrays, in the statement's order.
    pub fn parameters(&self) -> [&(dyn ToSql + Sync); 8] {
        let Batch { numbers, places, slots, replaces, expires, wakes, names, sealed } = self;
        [numbers, places, slots, replaces, expires, wakes, names, sealed]
    }
}
