//! The delays between attempts to deliver a notification. The gateway is reported to make twenty attempts over about
//! three days with growing delays. No source has the delays (decided).

/// Seconds between one attempt and the next. The nineteen delays add up to 2 days and 22 hours.
const DELAYS_SECONDS: [i64; 19] = [
    10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 14_400, 18_000, 21_600, 21_600, 28_800, 36_000,
    43_200, 43_200,
];

/// The attempts after which a notification is given up.
pub(super) const ATTEMPTS: usize = DELAYS_SECONDS.len() + 1;

/// Seconds to the next attempt after a number of failed attempts. `None` after the last attempt.
pub(super) fn delay_seconds(attempts: usize) -> Option<i64> {
    DELAYS_SECONDS.get(attempts.checked_sub(1)?).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twenty_attempts_grow_apart_over_about_three_days() {
        assert_eq!(ATTEMPTS, 20);
        let delays: Vec<i64> = (1..).map_while(delay_seconds).collect();
        assert_eq!(delays.len(), 19);
        assert!(delays.is_sorted(), "{delays:?}");
        let hours = delays.iter().sum::<i64>() / 3_600;
        assert!((66..=72).contains(&hours), "{hours} hours");
        assert_eq!((delay_seconds(0), delay_seconds(20)), (None, None));
    }
}
