//! The acquirers, which decide whether a card may be charged. The simulator is the only acquirer.

mod simulator;
pub mod triggers;

use crate::domain::acquiring::{AcquirerReply, Balance, BalanceQuestion, Question, Simulator, Trigger};
use crate::domain::card::Expiry;
use crate::domain::timestamp::Timestamp;
use crate::environment::World;
use crate::spec::versions::ApiVersion;

/// Asks the acquirer a question, in the API version of the request. The simulator answers from its tables; only the
/// trace number is random. The trigger is the part of the question that decided the answer.
pub fn ask(question: &Question, simulator: Simulator, version: ApiVersion, world: &World) -> (AcquirerReply, Trigger) {
    simulator::reply(question, simulator, version, u32::try_from(world.below(1_000_000)).unwrap_or_default())
}

/// Asks for the balance of a card.
pub fn balance(question: &BalanceQuestion, simulator: Simulator) -> Balance {
    simulator::balance(question, simulator)
}

/// Whether the acquirer treats a card of this expiry as expired because its month has passed. The expiries in the
/// tables never expire: they exist so that tests can pay with them.
pub fn has_expired(expiry: Expiry, simulator: Simulator, now: Timestamp) -> bool {
    simulator::has_expired(expiry, simulator, now)
}
