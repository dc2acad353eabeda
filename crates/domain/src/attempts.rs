//! How often something may be tried: pure functions of what was counted and of now.
//!
//! Counting comes first: a try is reserved and stored before the password is hashed or the vendor
//! is asked, so that neither a crash nor a second window buys one more. A wall clock set back
//! lengthens every wait here and shortens none.

use std::time::Duration;

use crate::clock::Timestamp;

mod limits;

pub use limits::Limits;

/// Registrations refused on one machine in [`REGISTRATION_SPAN`]: whoever tries names to learn which
/// exist gets no further than this.
pub const REFUSED_REGISTRATIONS: u32 = 10;
/// The span in which registrations are counted.
pub const REGISTRATION_SPAN: Duration = Duration::from_secs(60 * 60);
/// The longest span in which sends are counted; older ones may be forgotten.
pub const SEND_MEMORY: Duration = DAY;
/// The longest span in which SIM checks are counted; older ones may be forgotten.
pub const CHECK_MEMORY: Duration = DAY;

const TEN_MINUTES: Duration = Duration::from_secs(10 * 60);
/// A day, as the limits and the budgets count it, is the last 24 hours, not the one of the calendar: a
/// limit that fell at midnight would let twice as much through around it, and the midnight of a machine
/// can be moved.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const GAPS: [Duration; 4] = [
    Duration::from_secs(30),
    Duration::from_secs(60),
    Duration::from_secs(120),
    Duration::from_secs(300),
];

/// The wrong passwords counted against one name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PasswordTries {
    /// Tries since the last right password or the last lock that ended.
    pub count: u32,
    /// When the last of them was made.
    pub last: Option<Timestamp>,
}

/// The name or the person is locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Locked {
    /// From this moment on it is not.
    pub until: Timestamp,
}

impl PasswordTries {
    /// Reserves one try: what to store before the password is hashed.
    ///
    /// # Errors
    /// [`Locked`]; nothing is to be stored, and the lock does not grow.
    pub fn reserve(self, limits: Limits, now: Timestamp) -> Result<Self, Locked> {
        let count = match lock_of(self.count, limits.passwords, self.last, limits.lock) {
            Some(locked) if now < locked.until => return Err(locked),
            Some(_ended) => 0,
            None => self.count,
        };
        Ok(Self {
            count: count + 1,
            last: Some(now),
        })
    }
}

/// The wrong codes counted against one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CodeTries {
    /// Tries since the last approved code or the last lock that ended.
    pub in_a_row: u32,
    /// Tries since the last approved code, locks or not.
    pub in_all: u32,
    /// When the last of them was made.
    pub last: Option<Timestamp>,
}

/// Why no code may be tried or sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CodesClosed {
    /// For a time.
    Locked(Locked),
    /// Until an admin opens them again.
    NeedsAdmin,
}

impl CodeTries {
    /// Whether codes are open to this person now. Asked at every step, so that a lock that falls
    /// between the password and the code holds.
    ///
    /// # Errors
    /// [`CodesClosed`].
    pub fn open(self, limits: Limits, now: Timestamp) -> Result<(), CodesClosed> {
        if self.in_all >= limits.codes_in_all {
            return Err(CodesClosed::NeedsAdmin);
        }
        match lock_of(self.in_a_row, limits.codes_in_a_row, self.last, limits.lock) {
            Some(locked) if now < locked.until => Err(CodesClosed::Locked(locked)),
            Some(_) | None => Ok(()),
        }
    }

    /// Reserves one try: what to store before the vendor is asked.
    ///
    /// # Errors
    /// [`CodesClosed`]; nothing is to be stored.
    pub fn reserve(self, limits: Limits, now: Timestamp) -> Result<Self, CodesClosed> {
        self.open(limits, now)?;
        let in_a_row = if self.in_a_row >= limits.codes_in_a_row {
            0
        } else {
            self.in_a_row
        };
        Ok(Self {
            in_a_row: in_a_row + 1,
            in_all: self.in_all + 1,
            last: Some(now),
        })
    }
}

impl CodeTries {
    /// A reserved try that was none after all, because the vendor surely did not look at the code or
    /// found it right: what to store in place of what [`CodeTries::reserve`] made.
    #[must_use]
    pub fn give_back(self) -> Self {
        Self {
            in_a_row: self.in_a_row.saturating_sub(1),
            in_all: self.in_all.saturating_sub(1),
            last: self.last,
        }
    }
}

fn lock_of(count: u32, most: u32, last: Option<Timestamp>, lock: Duration) -> Option<Locked> {
    (count >= most).then(|| Locked {
        until: last.map_or(Timestamp::from_micros(i64::MAX), |last| last.plus(lock)),
    })
}

/// The sends that count against the next one, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SendHistory {
    /// Sends in this sign-in.
    pub in_sign_in: u32,
    /// Sends to this number in the last day, by anyone.
    pub to_number: Vec<Timestamp>,
    /// Sends for this person in the last day, to any number.
    pub for_person: Vec<Timestamp>,
    /// When a code sent to this number was last approved: the gaps begin anew from there.
    pub approved: Option<Timestamp>,
    /// The last of the day's sends by anyone, counted back over as many as [`Limits::code_budget`];
    /// `None` where there were fewer.
    pub budget_since: Option<Timestamp>,
}

/// Why no code may be sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SendLimit {
    /// The gap after the last send is not over.
    TooSoon {
        /// When it is.
        until: Timestamp,
    },
    /// [`Limits::sends_in_sign_in`] are used up.
    SignIn,
    /// [`Limits::sends_in_ten_minutes`] or [`Limits::sends_in_a_day`] are used up.
    Number {
        /// When the oldest of them no longer counts.
        until: Timestamp,
    },
    /// The whole installation has sent its [`Limits::code_budget`].
    Budget {
        /// When the oldest of those no longer counts.
        until: Timestamp,
    },
}

impl SendLimit {
    /// When it forbids no more; `None` where it always will in this sign-in.
    #[must_use]
    pub fn ends(self) -> Option<Timestamp> {
        match self {
            Self::TooSoon { until } | Self::Number { until } | Self::Budget { until } => {
                Some(until)
            }
            Self::SignIn => None,
        }
    }
}

impl SendHistory {
    /// Whether a code may be sent now.
    ///
    /// # Errors
    /// [`SendLimit`]: the limit that lasts longest.
    pub fn may_send(&self, limits: Limits, now: Timestamp) -> Result<(), SendLimit> {
        if self.in_sign_in >= limits.sends_in_sign_in {
            return Err(SendLimit::SignIn);
        }
        let budget =
            free_after(self.budget_since).map(|until| (until, SendLimit::Budget { until }));
        let number = self.number_free(limits);
        let number = number.map(|until| (until, SendLimit::Number { until }));
        let gap = self.gap_ends(now);
        let gap = gap.map(|until| (until, SendLimit::TooSoon { until }));
        // Of those that last equally long the last one named here is told.
        let limits = [gap, number, budget].into_iter().flatten();
        match limits.max_by_key(|(until, _)| *until) {
            Some((until, limit)) if now < until => Err(limit),
            Some(_) | None => Ok(()),
        }
    }

    /// When the next code may be sent; `None` where this sign-in has no send left.
    #[must_use]
    pub fn next_send(&self, limits: Limits, now: Timestamp) -> Option<Timestamp> {
        (self.in_sign_in < limits.sends_in_sign_in).then(|| {
            let budget = free_after(self.budget_since);
            let free = self.number_free(limits).max(self.gap_ends(now));
            free.max(budget).map_or(now, |free| free.max(now))
        })
    }

    fn number_free(&self, limits: Limits) -> Option<Timestamp> {
        let spans = [
            (limits.sends_in_ten_minutes, TEN_MINUTES),
            (limits.sends_in_a_day, DAY),
        ];
        both_free_at(&self.to_number, &self.for_person, spans)
    }

    /// When the gap after the last unanswered send ends; `None` where nothing was sent.
    #[must_use]
    pub fn gap_ends(&self, now: Timestamp) -> Option<Timestamp> {
        // An approval that lies ahead was before the clock was set back: it ends no gap now.
        let approved = self.approved.filter(|approved| *approved <= now);
        let counted = |at: &&Timestamp| {
            at.plus(TEN_MINUTES) > now && approved.is_none_or(|approved| **at > approved)
        };
        let sends = self.to_number.iter().filter(counted).count();
        let last = self.to_number.iter().filter(counted).max()?;
        Some(last.plus(GAPS[sends.min(GAPS.len()) - 1]))
    }
}

/// The SIM checks that count against the next one, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CheckHistory {
    /// Checks of this number in the last day, for anyone.
    pub of_number: Vec<Timestamp>,
    /// Checks for this person in the last day, of any number.
    pub for_person: Vec<Timestamp>,
    /// The last of the day's checks for anyone, counted back over as many as
    /// [`Limits::check_budget`]; `None` where there were fewer.
    pub budget_since: Option<Timestamp>,
}

/// Why the operator may not be asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CheckLimit {
    /// [`Limits::checks_in_ten_minutes`] or [`Limits::checks_in_a_day`] are used up.
    Number {
        /// When the oldest of them no longer counts.
        until: Timestamp,
    },
    /// The whole installation has asked for its [`Limits::check_budget`].
    Budget {
        /// When the oldest of those no longer counts.
        until: Timestamp,
    },
}

impl CheckLimit {
    /// When it ends.
    #[must_use]
    pub fn ends(self) -> Timestamp {
        match self {
            Self::Number { until } | Self::Budget { until } => until,
        }
    }
}

impl CheckHistory {
    /// Whether the operator may be asked once more.
    ///
    /// # Errors
    /// [`CheckLimit`]: the limit that lasts longest.
    pub fn may_check(&self, limits: Limits, now: Timestamp) -> Result<(), CheckLimit> {
        let spans = [
            (limits.checks_in_ten_minutes, TEN_MINUTES),
            (limits.checks_in_a_day, DAY),
        ];
        let number = both_free_at(&self.of_number, &self.for_person, spans);
        let number = number.map(|until| (until, CheckLimit::Number { until }));
        let budget = free_after(self.budget_since);
        let budget = budget.map(|until| (until, CheckLimit::Budget { until }));
        let limits = [number, budget].into_iter().flatten();
        match limits.max_by_key(|(until, _)| *until) {
            Some((until, limit)) if now < until => Err(limit),
            Some(_) | None => Ok(()),
        }
    }
}

/// When a day's budget that was used up since `since` has room again.
fn free_after(since: Option<Timestamp>) -> Option<Timestamp> {
    since.map(|since| since.plus(DAY))
}

/// The moment at which neither of two histories, each oldest first, fills any of the spans.
fn both_free_at(
    one: &[Timestamp],
    other: &[Timestamp],
    spans: [(u32, Duration); 2],
) -> Option<Timestamp> {
    let free = spans
        .into_iter()
        .flat_map(|(most, span)| [one, other].map(|times| free_at(times, most, span)));
    free.flatten().max()
}

/// The moment at which fewer than `most` of `times` (oldest first) lie within `span`.
fn free_at(times: &[Timestamp], most: u32, span: Duration) -> Option<Timestamp> {
    let oldest_counted = times.len().checked_sub(usize::try_from(most).ok()?)?;
    times.get(oldest_counted).map(|at| at.plus(span))
}

/// Whether one more person may be registered on this machine, given the registrations of the last
/// hour and those refused, each oldest first.
///
/// # Errors
/// [`Locked`] until the oldest of them no longer counts.
pub fn may_register(
    recent: &[Timestamp],
    refused: &[Timestamp],
    limits: Limits,
    now: Timestamp,
) -> Result<(), Locked> {
    let done = free_at(recent, limits.registrations_in_an_hour, REGISTRATION_SPAN);
    match done.max(free_at(refused, REFUSED_REGISTRATIONS, REGISTRATION_SPAN)) {
        Some(until) if now < until => Err(Locked { until }),
        Some(_) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
