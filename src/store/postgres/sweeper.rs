//! Sweeps, in slices of one transaction each, so that commits go on between them.

use super::lane::{Connector, Lane};
use super::{Answer, deadline};
use crate::domain::timestamp::Timestamp;
use crate::store::StoreError;
use tokio::sync::mpsc::UnboundedReceiver;

/// Records in a slice, as the statements below have it.
const SLICE: u64 = 256;

/// First those that live on are made due when they end, then those that have ended are deleted.
///
/// The advisory lock, `nvpg` in ASCII and the table, lasts as long as the transaction: one node works on a
/// slice at a time, and the others find nothing to do. A record that is being changed at the moment is left to
/// the next sweep rather than waited for.
pub(super) const STATEMENTS: [&str; 2] = [
    "WITH alone AS MATERIALIZED (
        SELECT pg_try_advisory_xact_lock(1853255783, 'nvpgate_record'::regclass::oid::int4) AS is_alone
    ), ripe AS MATERIALIZED (
        SELECT slot, expires FROM nvpgate_record
        WHERE due <= $1 AND (expires > $1 OR expires IS NULL) AND (SELECT is_alone FROM alone)
        ORDER BY due LIMIT 256 FOR UPDATE SKIP LOCKED
    )
    UPDATE nvpgate_record AS record SET due = ripe.expires FROM ripe WHERE record.slot = ripe.slot",
    "WITH alone AS MATERIALIZED (
        SELECT pg_try_advisory_xact_lock(1853255783, 'nvpgate_record'::regclass::oid::int4) AS is_alone
    ), ripe AS MATERIALIZED (
        SELECT slot FROM nvpgate_record
        WHERE due <= $1 AND expires <= $1 AND (SELECT is_alone FROM alone)
        ORDER BY due LIMIT 256 FOR UPDATE SKIP LOCKED
    )
    DELETE FROM nvpgate_record AS record USING ripe WHERE record.slot = ripe.slot",
];

/// The places of the two.
const UPDATE: usize = 0;
const DELETE: usize = 1;

/// What the sweeper is asked to do.
pub(super) enum Job {
    Sweep { now: Timestamp, answer: Answer<u64> },
    Close,
}

/// The sweeper's connection and what waits for it.
pub(super) struct Sweeper {
    lane: Lane,
    jobs: UnboundedReceiver<Job>,
}

impl Sweeper {
    /// A sweeper for the jobs that arrive over a channel.
    pub fn new(connector: Connector, jobs: UnboundedReceiver<Job>) -> Sweeper {
        Sweeper { lane: Lane::new(connector, &STATEMENTS), jobs }
    }

    /// Sweeps until it is told to close, one sweep after the other.
    pub async fn run(mut self) {
        while let Some(Job::Sweep { now, answer }) = self.jobs.recv().await {
            let now = now.milliseconds();
            let mut deleted = 0;
            let swept = async {
                while self.slice(UPDATE, now).await? == SLICE {}
                loop {
                    let slice = self.slice(DELETE, now).await?;
                    deleted += slice;
                    if slice < SLICE {
                        break;
                    }
                }
                Ok(deleted)
            };
            let swept = swept.await;
            // An answer that cannot be given is one that its caller no longer waits for.
            let _ = answer.send(swept);
        }
    }
    async fn slice(&mut self, statement: usize, now: i64) -> Result<u64, StoreError> {
        self.lane
            .attempt(deadline(), async |link| link.client.execute(&link.statements[statement], &[&now]).await)
            .await
    }
}
