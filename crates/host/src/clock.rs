//! The clocks of this machine.

use std::time::Duration;

use simgate_domain::{Clock, Timestamp};

/// The real ones.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that the lint points to"
    )]
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(jiff::Timestamp::now().as_microsecond())
    }

    /// On Linux the time since boot, sleep included. macOS counts sleep in its monotonic clock.
    #[cfg(unix)]
    fn uptime(&self) -> Duration {
        use rustix::time::{ClockId, clock_gettime};
        #[cfg(target_os = "linux")]
        let id = ClockId::Boottime;
        #[cfg(not(target_os = "linux"))]
        let id = ClockId::Monotonic;
        let time = clock_gettime(id);
        let seconds = u64::try_from(time.tv_sec).unwrap_or(0);
        let nanos = u32::try_from(time.tv_nsec).unwrap_or(0);
        Duration::new(seconds, nanos)
    }

    /// Windows counts sleep in the clock behind `Instant`.
    #[cfg(windows)]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that the lint points to"
    )]
    fn uptime(&self) -> Duration {
        use std::sync::OnceLock;
        use std::time::Instant;
        static START: OnceLock<Instant> = OnceLock::new();
        START.get_or_init(Instant::now).elapsed()
    }
}
