//! What an operator can say about a SIM. Three outcomes, never two.

use std::time::Duration;

use serde::{Deserialize, Serialize};

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

/// The kinds of [`CannotTell`], each of which an admin may let pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "each is told of at the cause it is the kind of"
)]
pub enum Cause {
    OperatorNotSupported,
    NumberNotKnown,
    NoData,
    OperatorTimeout,
    OperatorFailed,
    OurCredentials,
    OurBalance,
    RateLimit,
    Network,
    VendorFailed,
    MalformedAnswer,
}

impl Cause {
    /// All of them, as a page lists them.
    pub const ALL: [Self; 11] = [
        Self::OperatorNotSupported,
        Self::NumberNotKnown,
        Self::NoData,
        Self::OperatorTimeout,
        Self::OperatorFailed,
        Self::OurCredentials,
        Self::OurBalance,
        Self::RateLimit,
        Self::Network,
        Self::VendorFailed,
        Self::MalformedAnswer,
    ];

    /// The word for it in the record and in stored rules. Words are never changed, only added.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OperatorNotSupported => "operator_not_supported",
            Self::NumberNotKnown => "number_not_known",
            Self::NoData => "no_data",
            Self::OperatorTimeout => "operator_timeout",
            Self::OperatorFailed => "operator_failed",
            Self::OurCredentials => "our_credentials",
            Self::OurBalance => "our_balance",
            Self::RateLimit => "rate_limit",
            Self::Network => "network",
            Self::VendorFailed => "vendor_failed",
            Self::MalformedAnswer => "malformed_answer",
        }
    }
}

impl CannotTell {
    /// What kind of cause it is.
    #[must_use]
    pub const fn kind(self) -> Cause {
        match self {
            Self::OperatorNotSupported => Cause::OperatorNotSupported,
            Self::NumberNotKnown => Cause::NumberNotKnown,
            Self::NoData => Cause::NoData,
            Self::OperatorTimeout => Cause::OperatorTimeout,
            Self::OperatorFailed => Cause::OperatorFailed,
            Self::OurCredentials => Cause::OurCredentials,
            Self::OurBalance => Cause::OurBalance,
            Self::RateLimit { .. } => Cause::RateLimit,
            Self::Network => Cause::Network,
            Self::VendorFailed => Cause::VendorFailed,
            Self::MalformedAnswer => Cause::MalformedAnswer,
        }
    }
}

/// The cause with nothing known beside it, for telling what would happen.
impl From<Cause> for CannotTell {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::OperatorNotSupported => Self::OperatorNotSupported,
            Cause::NumberNotKnown => Self::NumberNotKnown,
            Cause::NoData => Self::NoData,
            Cause::OperatorTimeout => Self::OperatorTimeout,
            Cause::OperatorFailed => Self::OperatorFailed,
            Cause::OurCredentials => Self::OurCredentials,
            Cause::OurBalance => Self::OurBalance,
            Cause::RateLimit => Self::RateLimit { retry_after: None },
            Cause::Network => Self::Network,
            Cause::VendorFailed => Self::VendorFailed,
            Cause::MalformedAnswer => Self::MalformedAnswer,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_cause_is_of_its_kind_and_has_one_word() {
        for cause in Cause::ALL {
            assert_eq!(CannotTell::from(cause).kind(), cause);
            let stored = serde_json::to_string(&cause).expect("a word");
            assert_eq!(stored, format!("\"{}\"", cause.word()));
        }
        assert!(Cause::ALL.is_sorted_by(|one, next| one < next));
    }
}
