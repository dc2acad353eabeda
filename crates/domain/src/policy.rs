//! May a code be sent? The one rule that everything else stands around.

use std::collections::BTreeSet;
use std::time::Duration;

use crate::clock::Timestamp;
use crate::sim::{CannotTell, Cause, SimOutcome, SimWindow};

/// What is known of a number before its SIM is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NumberStanding {
    /// It once passed a SIM check with `Unchanged` and an approved code, in one sign-in.
    Verified,
    /// It never did.
    NeverVerified {
        /// When SIMgate first saw this number, ever: registering it again does not move this.
        first_seen: Timestamp,
    },
}

/// Whether a code may be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    /// The SIM was not changed.
    Proceed,
    /// The SIM was changed, but the number is in its first days here: a new customer's new phone.
    /// A sign-in in grace never counts as verified.
    ProceedInGrace,
    /// Nobody knows whether the SIM was changed, and an admin lets this cause pass. Such a sign-in
    /// never counts as verified.
    ProceedUnchecked {
        /// Why nobody knows.
        cause: CannotTell,
    },
    /// The SIM was changed.
    StopChanged {
        /// The latest moment at which the change leaves the window.
        clears_by: Timestamp,
    },
    /// Nobody knows whether the SIM was changed.
    StopUnknown {
        /// Why not.
        cause: CannotTell,
    },
}

/// The rule as it is set for one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimPolicy {
    /// How far back a change counts.
    pub window: SimWindow,
    /// How long after it was first seen a number is in grace. The end itself is out; zero is no
    /// grace at all.
    pub grace: Duration,
    /// The causes of not knowing that stop nobody.
    pub passes: BTreeSet<Cause>,
}

impl Default for SimPolicy {
    fn default() -> Self {
        Self {
            window: SimWindow::SEVEN_DAYS,
            grace: Duration::from_secs(604_800),
            passes: BTreeSet::new(),
        }
    }
}

impl SimPolicy {
    /// Decides. `now` is the wall clock; `latest` is the latest it has ever been seen to show, `now`
    /// included. A number is in grace only if it is young by both, so that neither setting the
    /// clock back nor registering under one that runs ahead lengthens the grace.
    #[must_use]
    pub fn decide(
        &self,
        outcome: SimOutcome,
        standing: NumberStanding,
        now: Timestamp,
        latest: Timestamp,
    ) -> Decision {
        match outcome {
            SimOutcome::Unchanged => Decision::Proceed,
            SimOutcome::Unknown { cause } if self.passes.contains(&cause.kind()) => {
                Decision::ProceedUnchecked { cause }
            }
            SimOutcome::Unknown { cause } => Decision::StopUnknown { cause },
            SimOutcome::Changed { within } => {
                if self.in_grace(standing, now) && self.in_grace(standing, latest) {
                    return Decision::ProceedInGrace;
                }
                let age = within.map_or(Duration::ZERO, |within| within.at_least);
                Decision::StopChanged {
                    clears_by: now.plus(self.window.span().saturating_sub(age)),
                }
            }
        }
    }

    fn in_grace(&self, standing: NumberStanding, now: Timestamp) -> bool {
        match standing {
            NumberStanding::Verified => false,
            NumberStanding::NeverVerified { first_seen } => {
                now.since(first_seen).is_some_and(|age| age < self.grace)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sim::ChangedWithin;

    const NOW: Timestamp = Timestamp::from_micros(1_795_392_000_000_000);
    const CHANGED: SimOutcome = SimOutcome::Changed { within: None };
    const UNKNOWN: SimOutcome = SimOutcome::Unknown {
        cause: CannotTell::Network,
    };

    fn seen_micros_ago(micros: i64) -> NumberStanding {
        NumberStanding::NeverVerified {
            first_seen: Timestamp::from_micros(NOW.as_micros() - micros),
        }
    }

    /// Every cell of the policy, and both sides of each boundary, to the microsecond.
    #[test]
    fn the_table() {
        const SECOND: i64 = 1_000_000;
        let ages = [
            (-SECOND, false),
            (-1, false),
            (0, true),
            (604_799 * SECOND, true),
            (604_800 * SECOND - 1, true),
            (604_800 * SECOND, false),
            (604_801 * SECOND, false),
            (365 * 86_400 * SECOND, false),
        ];
        let policy = SimPolicy::default();
        let decide = |outcome, standing| policy.decide(outcome, standing, NOW, NOW);
        let stop_changed = Decision::StopChanged {
            clears_by: NOW.plus(Duration::from_secs(604_800)),
        };
        let stop_unknown = Decision::StopUnknown {
            cause: CannotTell::Network,
        };
        for (age, young) in ages {
            let new = seen_micros_ago(age);
            assert_eq!(
                decide(SimOutcome::Unchanged, new),
                Decision::Proceed,
                "age {age}"
            );
            assert_eq!(decide(UNKNOWN, new), stop_unknown, "age {age}");
            let expected = if young {
                Decision::ProceedInGrace
            } else {
                stop_changed
            };
            assert_eq!(decide(CHANGED, new), expected, "age {age}");
        }
        let verified = NumberStanding::Verified;
        assert_eq!(decide(SimOutcome::Unchanged, verified), Decision::Proceed);
        assert_eq!(decide(CHANGED, verified), stop_changed);
        assert_eq!(decide(UNKNOWN, verified), stop_unknown);
    }

    #[test]
    fn without_grace_every_change_stops() {
        let policy = SimPolicy {
            grace: Duration::ZERO,
            ..SimPolicy::default()
        };
        for age in [-1, 0, 1] {
            let decision = policy.decide(CHANGED, seen_micros_ago(age), NOW, NOW);
            let clears_by = NOW.plus(policy.window.span());
            assert_eq!(decision, Decision::StopChanged { clears_by });
        }
    }

    #[test]
    fn a_change_some_days_old_clears_sooner() {
        let days = |n: u64| Duration::from_secs(n * 86_400);
        let outcome = SimOutcome::Changed {
            within: Some(ChangedWithin {
                at_least: days(3),
                at_most: Some(days(7)),
            }),
        };
        assert_eq!(
            SimPolicy::default().decide(outcome, NumberStanding::Verified, NOW, NOW),
            Decision::StopChanged {
                clears_by: NOW.plus(days(4))
            }
        );
    }

    /// The clock ran ten years ahead when the number was first seen, or runs behind now.
    #[test]
    fn a_clock_that_jumps_gives_no_grace() {
        let years = Duration::from_secs(10 * 365 * 86_400);
        let policy = SimPolicy::default();
        let seen_ahead = NumberStanding::NeverVerified {
            first_seen: NOW.plus(years),
        };
        let seen_now = NumberStanding::NeverVerified { first_seen: NOW };
        for (standing, now, latest) in [
            (seen_ahead, NOW, NOW.plus(years)),
            (seen_now, NOW, NOW.plus(years)),
            (seen_now, NOW.minus(years), NOW),
        ] {
            let decision = policy.decide(CHANGED, standing, now, latest);
            let clears_by = now.plus(policy.window.span());
            assert_eq!(
                decision,
                Decision::StopChanged { clears_by },
                "{standing:?}"
            );
        }
    }

    proptest! {
        /// Whatever is known of the number, not knowing about the SIM sends no code by the default
        /// rules; with one cause loosened exactly that one does, unchecked, and a change still stops.
        #[test]
        fn unknown_proceeds_only_where_its_cause_passes(
            first_seen: i64, now: i64, latest: i64, verified: bool,
            loosened in prop::sample::select(Cause::ALL.to_vec()),
        ) {
            let standing = if verified {
                NumberStanding::Verified
            } else {
                NumberStanding::NeverVerified { first_seen: Timestamp::from_micros(first_seen) }
            };
            let (now, latest) = (Timestamp::from_micros(now), Timestamp::from_micros(latest));
            let strict = SimPolicy::default();
            let loose = SimPolicy { passes: BTreeSet::from([loosened]), ..SimPolicy::default() };
            for kind in Cause::ALL {
                let cause = CannotTell::from(kind);
                let unknown = SimOutcome::Unknown { cause };
                let stop = Decision::StopUnknown { cause };
                prop_assert_eq!(strict.decide(unknown, standing, now, latest), stop);
                let expected =
                    if kind == loosened { Decision::ProceedUnchecked { cause } } else { stop };
                prop_assert_eq!(loose.decide(unknown, standing, now, latest), expected);
            }
            for outcome in [SimOutcome::Unchanged, CHANGED] {
                let decision = loose.decide(outcome, standing, now, latest);
                prop_assert_eq!(decision, strict.decide(outcome, standing, now, latest));
            }
        }

        /// A changed SIM proceeds exactly in the first seven days of a number never verified.
        #[test]
        fn changed_proceeds_only_in_grace(first_seen: i64, age in -700_000_000_000_i64..700_000_000_000) {
            let now = first_seen.saturating_add(age);
            let standing = NumberStanding::NeverVerified { first_seen: Timestamp::from_micros(first_seen) };
            let decision = SimPolicy::default().decide(CHANGED, standing, Timestamp::from_micros(now), Timestamp::from_micros(now));
            let real_age = now.checked_sub(first_seen);
            let young = real_age.is_some_and(|age| (0..604_800_000_000).contains(&age));
            prop_assert_eq!(decision == Decision::ProceedInGrace, young);
        }
    }
}
