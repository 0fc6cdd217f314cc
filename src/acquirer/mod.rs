//! Who is asked whether a card may be charged. There is one acquirer: the simulator.

mod simulator;
pub mod triggers;

use crate::domain::acquiring::{Question, Reply};
use crate::seams::Seams;

/// Asks the acquirer. The simulator answers from its tables; only the trace number is drawn.
pub fn ask(question: &Question, seams: &Seams) -> Reply {
    simulator::reply(question, u32::try_from(seams.below(1_000_000)).unwrap_or_default())
}
