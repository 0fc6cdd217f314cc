//! The statement that carries a batch of commits out, and what goes into it and comes of it.

use super::slot_id;
use crate::domain::timestamp::Timestamp;
use crate::store::{Committed, SealedChange};
use tokio_postgres::types::ToSql;
use uuid::Uuid;

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
                $7::uuid[], $8::bytea[], $9::bytea[])
            AS asked (number, place, slot, replaces, expires, wakes, list, name, sealed)
    ), held AS MATERIALIZED (
        SELECT slot, version, sealed FROM nvpgate_record WHERE slot = ANY($3) ORDER BY slot FOR UPDATE
    ), lost AS MATERIALIZED (
        SELECT number, place,
            coalesce(held.version = asked.replaces + 1 AND held.sealed = asked.sealed, false) AS is_own
        FROM asked LEFT JOIN held ON held.slot = asked.slot
        WHERE coalesce(held.version, 0) <> asked.replaces
    ), written AS (
        INSERT INTO nvpgate_record AS record (slot, version, expires, due, wakes, list, name, sealed)
        SELECT slot, replaces + 1, expires, expires, wakes, list, name, sealed FROM asked
        WHERE number NOT IN (SELECT number FROM lost)
        ORDER BY slot
        ON CONFLICT (slot) DO UPDATE SET
            version = CASE WHEN record.version = excluded.version - 1 THEN excluded.version END,
            expires = excluded.expires,
            due = CASE WHEN excluded.expires IS NULL OR record.due <= excluded.expires THEN record.due
                ELSE excluded.expires END,
            wakes = excluded.wakes,
            list = excluded.list,
            name = excluded.name,
            sealed = excluded.sealed
    )
    SELECT number, place, is_own FROM lost";

/// What each commit came to, from the changes that the statement names.
pub(super) fn outcomes(commits: usize, named: &[(i32, i32, bool)]) -> Vec<Committed> {
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
    lists: Vec<Option<Uuid>>,
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
                batch.wakes.push(change.wakes.map(Timestamp::milliseconds));
                batch.lists.push(change.list.as_ref().map(slot_id));
                batch.names.push(change.name.as_deref());
                batch.sealed.push(&change.row.sealed);
            }
        }
        batch
    }

    /// The arrays, in the statement's order.
    pub fn parameters(&self) -> [&(dyn ToSql + Sync); 9] {
        let Batch { numbers, places, slots, replaces, expires, wakes, lists, names, sealed } = self;
        [numbers, places, slots, replaces, expires, wakes, lists, names, sealed]
    }
}
