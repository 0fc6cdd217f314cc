//! Clocks and randomness as inputs. Each merchant has a world: a clock, and a source of randomness. A test, or the
//! operator of a test gateway, can turn the clock and set the seed of one merchant.

use crate::domain::ids::MerchantId;
use crate::domain::timestamp::Timestamp;
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use ring::digest::{Context, SHA256};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{SystemTime, UNIX_EPOCH};

/// The worlds of all merchants. Clones share them.
#[derive(Clone)]
pub struct Environment {
    inner: Arc<Inner>,
}

struct Inner {
    /// The seed of all worlds; `None` where the operating system gives the randomness.
    seed: Option<u64>,
    /// Whether any merchant's clock was turned or seed was set. Without that, no request takes the lock of `worlds`.
    has_worlds: AtomicBool,
    /// The worlds with a turned clock or a seed.
    worlds: RwLock<HashMap<MerchantId, World>>,
    /// The offset of the earliest clock from the machine's clock: 0 or less.
    earliest_offset: AtomicI64,
    /// The offset of the latest clock from the machine's clock: 0 or more.
    latest_offset: AtomicI64,
}

/// A merchant's clock and randomness at the time of the look-up. A request looks up its merchant's world once, so
/// that nobody turns the clock during the request.
#[derive(Clone)]
pub struct World {
    offset_milliseconds: i64,
    chance: Chance,
}

#[derive(Clone)]
enum Chance {
    OperatingSystem,
    Seeded(Arc<Mutex<StdRng>>),
}

impl Environment {
    /// The machine's clock and the operating system's generator.
    pub fn real() -> Environment {
        Environment::new(None)
    }

    /// The machine's clock, and the same ids in every run. Only for tests, because the seed gives away every session
    /// id.
    pub fn seeded(seed: u64) -> Environment {
        Environment::new(Some(seed))
    }

    fn new(seed: Option<u64>) -> Environment {
        let inner = Inner {
            seed,
            has_worlds: AtomicBool::new(seed.is_some()),
            worlds: RwLock::default(),
            earliest_offset: AtomicI64::default(),
            latest_offset: AtomicI64::default(),
        };
        Environment { inner: Arc::new(inner) }
    }

    /// The world of a merchant.
    pub fn world(&self, merchant: &MerchantId) -> World {
        if !self.inner.has_worlds.load(Ordering::Acquire) {
            return World::real();
        }
        let found = self.inner.worlds.read().unwrap_or_else(PoisonError::into_inner).get(merchant).cloned();
        match found {
            Some(world) => world,
            // The generator of a seeded world is stored, so that its next number differs from the last one.
            None if self.inner.seed.is_some() => self.change(merchant, |_| {}),
            None => World::real(),
        }
    }

    /// Turns the clock of a merchant forward (or back, for a negative number of milliseconds).
    pub fn advance(&self, merchant: &MerchantId, milliseconds: i64) {
        self.change(merchant, |world| {
            world.offset_milliseconds = world.offset_milliseconds.saturating_add(milliseconds);
        });
    }

    /// Sets the seed of a merchant. The merchant's ids from then on are the same in every run.
    pub fn seed(&self, merchant: &MerchantId, seed: u64) {
        self.change(merchant, |world| world.chance = Chance::seeded(merchant, seed));
    }

    /// The earliest time of all clocks. A record that has expired at this time has expired for every merchant.
    pub fn earliest(&self) -> Timestamp {
        machine().plus_milliseconds(self.inner.earliest_offset.load(Ordering::Relaxed))
    }

    /// The earliest and the latest time of all clocks, as of one moment. A notification that is due for any merchant
    /// is due at the latest time.
    pub fn extremes(&self) -> (Timestamp, Timestamp) {
        let (earliest, latest) = (&self.inner.earliest_offset, &self.inner.latest_offset);
        let machine = machine();
        (
            machine.plus_milliseconds(earliest.load(Ordering::Relaxed)),
            machine.plus_milliseconds(latest.load(Ordering::Relaxed)),
        )
    }

    /// Changes a merchant's world and stores it.
    fn change(&self, merchant: &MerchantId, change: impl FnOnce(&mut World)) -> World {
        let mut worlds = self.inner.worlds.write().unwrap_or_else(PoisonError::into_inner);
        let chance = || self.inner.seed.map_or(Chance::OperatingSystem, |seed| Chance::seeded(merchant, seed));
        let world =
            worlds.entry(merchant.clone()).or_insert_with(|| World { offset_milliseconds: 0, chance: chance() });
        change(world);
        let world = world.clone();
        // Merchants without a world of their own use the machine's clock, so that its offset of 0 counts too.
        let offsets = worlds.values().map(|world| world.offset_milliseconds).chain([0]);
        let (earliest, latest) = offsets.fold((0, 0), |(least, most), offset| (offset.min(least), offset.max(most)));
        self.inner.earliest_offset.store(earliest, Ordering::Relaxed);
        self.inner.latest_offset.store(latest, Ordering::Relaxed);
        self.inner.has_worlds.store(true, Ordering::Release);
        world
    }
}

impl World {
    /// The machine's clock and the operating system's generator.
    pub fn real() -> World {
        World { offset_milliseconds: 0, chance: Chance::OperatingSystem }
    }

    /// The time, with what [`Environment::advance`] added.
    pub fn now(&self) -> Timestamp {
        machine().plus_milliseconds(self.offset_milliseconds)
    }

    /// `length` random characters of `alphabet`, each equally likely.
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
            // The operating system seeds and reseeds this ChaCha generator. Its output may be a password.
            Chance::OperatingSystem => rand::rng().random_range(0..end),
            Chance::Seeded(generator) => guard(generator).random_range(0..end),
        }
    }
}

impl Chance {
    /// A generator from the seed and the merchant. Its numbers do not depend on other merchants. Two merchants with
    /// one seed get different ids, because the id of a payment link names no merchant.
    fn seeded(merchant: &MerchantId, seed: u64) -> Chance {
        let mut context = Context::new(&SHA256);
        context.update(&seed.to_le_bytes());
        context.update(merchant.as_str().as_bytes());
        let mut bytes = [0; 32];
        bytes.copy_from_slice(context.finish().as_ref());
        Chance::Seeded(Arc::new(Mutex::new(StdRng::from_seed(bytes))))
    }
}

/// The time of the machine's clock.
fn machine() -> Timestamp {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_milliseconds(i64::try_from(since_1970.as_millis()).unwrap_or(i64::MAX))
}

fn guard(generator: &Mutex<StdRng>) -> MutexGuard<'_, StdRng> {
    generator.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;

    fn merchant(id: &str) -> MerchantId {
        MerchantId::parse(id).unwrap()
    }

    fn digits(environment: &Environment, id: &str) -> String {
        environment.world(&merchant(id)).characters(b"0123456789", 20)
    }

    /// The hours by which a time is ahead of the machine's clock, rounded.
    fn hours_ahead(time: Timestamp) -> i64 {
        let ahead = time.milliseconds() - World::real().now().milliseconds();
        (ahead + HOUR / 2).div_euclid(HOUR)
    }

    #[test]
    fn seeded_worlds_repeat_whatever_other_merchants_do_and_real_ones_do_not_repeat() {
        let (alone, shared) = (Environment::seeded(1), Environment::seeded(1));
        let expected: Vec<String> = (0..5).map(|_| digits(&alone, "TESTA")).collect();
        let interleaved: Vec<String> = (0..5)
            .map(|_| {
                digits(&shared, "TESTB");
                digits(&shared, "TESTA")
            })
            .collect();
        assert_eq!(interleaved, expected);
        assert_ne!(expected[0], expected[1], "a world goes on");
        assert_ne!(digits(&Environment::seeded(1), "TESTB"), expected[0], "merchants of one seed differ");
        assert_ne!(digits(&Environment::seeded(2), "TESTA"), expected[0], "seeds differ");
        assert_ne!(World::real().bytes(16), World::real().bytes(16));
    }

    #[test]
    fn the_seed_of_one_merchant_can_be_set() {
        let environment = Environment::real();
        environment.seed(&merchant("TESTA"), 1);
        let first = digits(&environment, "TESTA");
        assert_eq!(first, digits(&Environment::seeded(1), "TESTA"), "as in an environment of that seed");
        assert_ne!(first, digits(&environment, "TESTA"));
        environment.seed(&merchant("TESTA"), 1);
        assert_eq!(first, digits(&environment, "TESTA"), "from the beginning again");
        assert_ne!(digits(&environment, "TESTB"), digits(&environment, "TESTB"));
    }

    #[test]
    fn clones_share_the_clocks_and_each_merchant_has_one() {
        let environment = Environment::real();
        let before = environment.world(&merchant("TESTA"));
        environment.clone().advance(&merchant("TESTA"), 3 * HOUR);
        environment.advance(&merchant("TESTA"), -HOUR);
        environment.advance(&MerchantId::of_gateway(), HOUR);
        let now = |merchant: &MerchantId| hours_ahead(environment.world(merchant).now());
        assert_eq!(now(&merchant("TESTA")), 2, "two turns add up");
        assert_eq!(now(&merchant("TESTB")), 0);
        assert_eq!(now(&MerchantId::of_gateway()), 1);
        assert_eq!(hours_ahead(before.now()), 0, "a world stays as it was looked up");
    }

    #[test]
    fn earliest_and_latest_count_every_clock_and_the_machine_s() {
        let environment = Environment::seeded(1);
        let turn = |id: &str, hours: i64| {
            environment.advance(&merchant(id), hours * HOUR);
            let (earliest, latest) = environment.extremes();
            assert_eq!(hours_ahead(environment.earliest()), hours_ahead(earliest));
            (hours_ahead(earliest), hours_ahead(latest))
        };
        assert_eq!(turn("TESTA", 0), (0, 0));
        assert_eq!(turn("TESTA", 5), (0, 5));
        assert_eq!(turn("TESTB", -3), (-3, 5));
        assert_eq!(turn("TESTC", 7), (-3, 7));
        assert_eq!(turn("TESTC", -7), (-3, 5), "turned back to where it was");
        assert_eq!(turn("TESTB", 4), (0, 5));
    }
}
