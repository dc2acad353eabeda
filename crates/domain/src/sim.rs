//! What an operator can say about a SIM. Three outcomes, never two.

use std::time::Duration;

/// How far back a change of the SIM counts: 60 to 540 000 minutes, the bounds of tru.ID's `period`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SimWindow(u32);

impl SimWindow {
    /// Seven days, tru.ID's own default.
    pub const SEVEN_DAYS: Self = Self(10_080);

    /// A window of whole minutes; `None` outside 60 to 540 000.
    #[must_use]
    pub const fn from_minutes(minutes: u32) -> Option<Self> {
        if minutes >= 60 && minutes <= 540_000 {
            Some(Self(minutes))
        } else {
            None
        }
    }

    /// Whole minutes.
    #[must_use]
    pub const fn minutes(self) -> u32 {
        self.0
    }

    /// Whole days, rounded up, for words such as "in the last 7 days".
    #[must_use]
    pub const fn days(self) -> u32 {
        self.0.div_ceil(24 * 60)
    }

    /// The same as a span of time.
    #[must_use]
    pub const fn span(self) -> Duration {
        Duration::from_secs(self.0 as u64 * 60)
    }
}

/// A span into which an operator puts the last change of a SIM.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChangedWithin {
    /// It was changed at least this long ago.
    pub at_least: Duration,
    /// And less than this long ago, where the operator gives an end.
    pub at_most: Option<Duration>,
}

/// What the SIM check says. Nothing but [`SimOutcome::Unchanged`] is good news, and nothing but
/// [`SimOutcome::Changed`] may be called a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SimOutcome {
    /// The SIM was not changed within the window.
    Unchanged,
    /// The SIM was changed within the window.
    Changed {
        /// When, as far as the operator tells.
        within: Option<ChangedWithin>,
    },
    /// Nobody knows.
    Unknown {
        /// Why not.
        cause: CannotTell,
    },
}

/// Why a SIM check gave no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CannotTell {
    /// The number's operator does not take part.
    OperatorNotSupported,
    /// The operator does not know the number; it may belong to a reseller that does not take part.
    NumberNotKnown,
    /// The operator may not or cannot say.
    NoData,
    /// The operator did not answer in time.
    OperatorTimeout,
    /// The operator answered with a failure.
    OperatorFailed,
    /// Our credentials were refused.
    OurCredentials,
    /// Our balance is used up.
    OurBalance,
    /// Too many checks were asked for.
    RateLimit {
        /// When asking again makes sense, where the vendor says so.
        retry_after: Option<Duration>,
    },
    /// The vendor could not be reached in time.
    Network,
    /// The vendor answered with a failure of its own.
    VendorFailed,
    /// The answer could not be understood.
    MalformedAnswer,
}
