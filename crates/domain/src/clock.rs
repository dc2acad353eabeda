//! Time, which everything here takes as an argument.

use std::fmt;
use std::time::Duration;

/// A moment on the wall clock, in microseconds since the Unix epoch, UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment `micros` microseconds after the Unix epoch (before it, if negative).
    #[must_use]
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since the Unix epoch.
    #[must_use]
    pub const fn as_micros(self) -> i64 {
        self.0
    }

    /// The time from `earlier` to `self`; `None` where `earlier` is in truth later.
    #[must_use]
    pub fn since(self, earlier: Self) -> Option<Duration> {
        let micros = self.0.checked_sub(earlier.0)?;
        u64::try_from(micros).ok().map(Duration::from_micros)
    }

    /// The moment `span` later, or the end of time.
    #[must_use]
    pub fn plus(self, span: Duration) -> Self {
        let micros = i64::try_from(span.as_micros()).unwrap_or(i64::MAX);
        Self(self.0.saturating_add(micros))
    }

    /// The moment `span` earlier, or the beginning of time.
    #[must_use]
    pub fn minus(self, span: Duration) -> Self {
        let micros = i64::try_from(span.as_micros()).unwrap_or(i64::MAX);
        Self(self.0.saturating_sub(micros))
    }
}

/// RFC 3339, UTC, to the second: what the page is given and the log shows.
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = jiff::Timestamp::from_microsecond(self.0).unwrap_or(jiff::Timestamp::MAX);
        write!(f, "{moment:.0}")
    }
}

/// The two clocks of this machine.
///
/// The wall clock dates what is stored; anyone who may set it can move it. The uptime counts from
/// some fixed moment of this boot, goes on while the machine sleeps, and cannot be set: codes and
/// sessions end by it.
pub trait Clock: Send + Sync {
    /// The wall clock.
    fn now(&self) -> Timestamp;
    /// The time since some fixed moment of this boot, sleep included.
    fn uptime(&self) -> Duration;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_start_has_no_age() {
        let noon = Timestamp::from_micros(1_000);
        assert_eq!(noon.since(noon.plus(Duration::from_micros(1))), None);
        assert_eq!(noon.since(noon), Some(Duration::ZERO));
    }

    #[test]
    fn shows_as_rfc_3339() {
        let moment = Timestamp::from_micros(1_795_392_000_000_000);
        assert_eq!(moment.to_string(), "2026-11-23T00:00:00Z");
    }
}
