//! Who is asked whether a card may be charged. There is one acquirer: the simulator.

mod simulator;
pub mod triggers;

use crate::domain::acquiring::{AcquirerReply, Balance, BalanceQuestion, Question, Simulator, Trigger};
use crate::domain::card::Expiry;
use crate::domain::timestamp::Timestamp;
use crate::environment::World;
use crate::spec::versions::ApiVersion;

/// Asks the acquirer, in the API version of the request. The simulator answers from its tables; only the trace
/// number is drawn. The trigger is what in the question decided.
pub fn ask(question: &Question, simulator: Simulator, version: ApiVersion, world: &World) -> (AcquirerReply, Trigger) {
    simulator::reply(question, simulator, version, u32::try_from(world.below(1_000_000)).unwrap_or_default())
}

/// Asks for the balance of a card.
pub fn balance(question: &BalanceQuestion, simulator: Simulator) -> Balance {
    simulator::balance(question, simulator)
}

/// Whether the acquirer takes a card of this expiry for expired because its month has passed. The dates that
/// the tables know have not, whatever the calendar says: they are there to be paid with.
pub fn has_expired(expiry: Expiry, simulator: Simulator, now: Timestamp) -> bool {
    simulator::has_expired(expiry, simulator, now)
}
