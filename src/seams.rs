//! Time and chance as inputs, so that a test, or the operator of a test gateway, can set them.

use crate::domain::timestamp::Timestamp;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

/// Where a gateway's clock and randomness come from. Clones share one clock and one generator.
#[derive(Clone)]
pub struct Seams {
    offset_milliseconds: Arc<AtomicI64>,
    chance: Chance,
}

#[derive(Clone)]
enum Chance {
    OperatingSystem,
    Seeded(Arc<Mutex<StdRng>>),
}

impl Seams {
    /// The machine's clock and the operating system's generator.
    pub fn real() -> Seams {
        Seams { offset_milliseconds: Arc::default(), chance: Chance::OperatingSystem }
    }

    /// The machine's clock, and ids that come out the same in every run. For tests: whoever knows the seed
    /// knows every session id.
    pub fn seeded(seed: u64) -> Seams {
        Seams {
            offset_milliseconds: Arc::default(),
            chance: Chance::Seeded(Arc::new(Mutex::new(StdRng::seed_from_u64(seed)))),
        }
    }

    /// The time, with what [`Seams::advance`] added.
    pub fn now(&self) -> Timestamp {
        let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let milliseconds = i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_milliseconds(milliseconds.saturating_add(self.offset_milliseconds.load(Ordering::Relaxed)))
    }

    /// Turns the clock forward (or back, for a negative number of milliseconds).
    pub fn advance(&self, milliseconds: i64) {
        self.offset_milliseconds.fetch_add(milliseconds, Ordering::Relaxed);
    }

    /// `length` characters drawn evenly from `alphabet`.
    pub fn characters(&self, alphabet: &[u8], length: usize) -> String {
        (0..length).map(|_| char::from(alphabet[self.below(alphabet.len())])).collect()
    }

    /// `length` random bytes.
    pub fn bytes(&self, length: usize) -> Vec<u8> {
        let mut bytes = vec![0; length];
        match &self.chance {
            Chance::OperatingSystem => rand::rng().fill(&mut bytes[..]),
            Chance::Seeded(generator) => guard(generator).fill(&mut bytes[..]),
        }
        bytes
    }

    /// A number from 0 to `end`, `end` not included.
    pub fn below(&self, end: usize) -> usize {
        match &self.chance {
            // A ChaCha generator seeded and reseeded by the operating system: its output may be a password.
            Chance::OperatingSystem => rand::rng().random_range(0..end),
            Chance::Seeded(generator) => guard(generator).random_range(0..end),
        }
    }
}

fn guard(generator: &Mutex<StdRng>) -> MutexGuard<'_, StdRng> {
    generator.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeded_seams_repeat_and_real_ones_do_not() {
        assert_eq!(Seams::seeded(1).characters(b"0123456789", 20), Seams::seeded(1).characters(b"0123456789", 20));
        assert_ne!(Seams::real().bytes(16), Seams::real().bytes(16));
    }

    #[test]
    fn clones_share_the_clock() {
        let seams = Seams::real();
        seams.clone().advance(3_600_000);
        let ahead = seams.now().milliseconds() - Seams::real().now().milliseconds();
        assert!((3_599_000..3_601_000).contains(&ahead), "an hour ahead, not {ahead} ms");
    }
}
