//! Who is asked whether a card may be charged. There is one acquirer: the simulator.

mod simulator;
pub mod triggers;

use crate::domain::acquiring::{Question, Reply};
use crate::domain::card::Expiry;
use crate::domain::timestamp::Timestamp;
use crate::seams::Seams;

/// Asks the acquirer. The simulator answers from its tables; only the trace number is drawn.
pub fn ask(question: &Question, seams: &Seams) -> Reply {
    simulator::reply(question, u32::try_from(seams.below(1_000_000)).unwrap_or_default())
}

/// Whether the acquirer takes a card of this expiry for expired because its month has passed. The dates that
/// the tables know have not, whatever the calendar says: they are there to be paid with.
pub fn has_expired(expiry: Expiry, now: Timestamp) -> bool {
    simulator::has_expired(expiry, now)
}
