//! The stand-ins' clock: the machine's, moved on by whoever rehearses.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};

/// What time it is at the vendors.
pub(crate) struct Clock {
    started: Instant,
    ahead: SignedDuration,
}

impl Clock {
    /// A clock that shows the machine's time.
    #[expect(
        clippy::disallowed_methods,
        reason = "the vendors keep their own time; this is the one place that reads it"
    )]
    pub(crate) fn start() -> Self {
        Self {
            started: Instant::now(),
            ahead: SignedDuration::ZERO,
        }
    }

    /// The vendors' time.
    #[expect(
        clippy::disallowed_methods,
        reason = "the vendors keep their own time; this is the one place that reads it"
    )]
    pub(crate) fn now(&self) -> Timestamp {
        Timestamp::now()
            .saturating_add(self.ahead)
            .unwrap_or(Timestamp::MAX)
    }

    /// Microseconds since the clock was started; never goes back and is not moved by
    /// [`Self::advance`].
    pub(crate) fn monotonic_us(&self) -> u64 {
        u64::try_from(self.started.elapsed().as_micros()).unwrap_or(u64::MAX)
    }

    /// Moves the vendors' time on. The clock stops at the end of time instead of wrapping.
    pub(crate) fn advance(&mut self, by: Duration) {
        let by = SignedDuration::try_from(by).unwrap_or(SignedDuration::MAX);
        self.ahead = self.ahead.saturating_add(by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_on_is_an_hour_later() {
        let mut clock = Clock::start();
        let before = clock.now();
        clock.advance(Duration::from_secs(3600));
        assert!(clock.now().duration_since(before) >= SignedDuration::from_hours(1));
    }

    #[test]
    fn no_step_is_too_long() {
        let mut clock = Clock::start();
        clock.advance(Duration::MAX);
        clock.advance(Duration::MAX);
        assert_eq!(clock.now(), Timestamp::MAX);
    }
}
