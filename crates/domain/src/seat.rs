//! The seat: a kiosk has one screen, so one person is at one point of the gate at any time.
//!
//! ```text
//! Vacant -> Identified -> Cleared -> CodeSent <-> Answering -> Occupied -> Vacant
//!                ^  \________ \_________/ \___________/
//!                |             \      /
//!          (send again)         Stopped -> Vacant
//!
//! CodeSent or Stopped <-> Recovering -> Occupied
//! ```
//!
//! Somebody at the counter may prove themself anew: their session leaves the seat to a sign-in of
//! their own, and comes back with its code, or as it was where they give it up.
//!
//! An admin who cannot get a code may type one of their recovery codes instead: where the code is
//! waited for, or where the sign-in stopped after the password. It stands in for the SIM check and the
//! code, and leads back to where it was typed if it is wrong.
//!
//! The seat lives in memory only; no row in any database can put someone in it. Each state holds
//! what is true then and nothing else: only after a send is there a verification, and only a
//! fresh, unused clearance can lead to a send. A transition takes the seat, returns the next one,
//! or returns the seat as it was with the reason.
//!
//! All times here are [`crate::Clock::uptime`], which nobody can set back.

use std::time::Duration;

use crate::channel::{Channel, Locale};
use crate::ids::{SignInId, UserId};
use crate::phone::PhoneNumber;
use crate::role::Role;
use crate::username::Username;
use crate::verification::VerificationSid;

mod moves;
#[cfg(test)]
mod tests;

pub use moves::Back;

/// How long a code is taken after the send that made it (NIST SP 800-63B-4, 3.1.3.2).
pub const CODE_LIFE: Duration = Duration::from_secs(600);
/// How old a SIM check may be when the code is sent.
pub const CLEARANCE_LIFE: Duration = Duration::from_secs(60);
/// Wrong codes in one sign-in.
pub const CODE_TRIES: u32 = 5;
/// How long a proof (password, SIM check and code) counts as fresh for what is sensitive
/// (OWASP ASVS 5.0, 7.5.1 and 7.5.3).
pub const PROOF_LIFE: Duration = Duration::from_secs(5 * 60);
/// How long a stop stays on the screen, unless somebody keeps it, before the kiosk is free again.
pub const STOP_SHOWN: Duration = Duration::from_secs(5 * 60);

/// Whose sign-in it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Their id in the store.
    pub user: UserId,
    /// Their name.
    pub name: Username,
    /// What they may do, as it was when this sign-in began. A sign-in ends when it is changed.
    pub role: Role,
    /// The number that is checked and gets the code: the same throughout one sign-in.
    pub number: PhoneNumber,
    /// The language of the code's message.
    pub locale: Locale,
    /// This sign-in.
    pub sign_in: SignInId,
}

/// What let a code be sent, or a session begin without one. The best comes first: each says less
/// for the person, or more against the SIM, than those before it. Only [`Clearance::Unchanged`]
/// ever verifies a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Clearance {
    /// The SIM was not changed.
    Unchanged,
    /// Nobody could tell, and an admin's rules let that cause pass.
    Unchecked,
    /// The SIM was changed, and the number is in grace.
    InGrace,
    /// A recovery code stood in for the SIM check and the code: nothing was proved of the phone.
    Recovered,
}

impl Clearance {
    /// The worse of both, which is what stays said of a code that was sent more than once.
    #[must_use]
    pub fn worse(self, other: Self) -> Self {
        self.max(other)
    }

    /// Whether a session on it proves that the number is the person's.
    #[must_use]
    pub fn verifies(self) -> bool {
        match self {
            Self::Unchanged => true,
            Self::Unchecked | Self::InGrace | Self::Recovered => false,
        }
    }
}

/// How long a session may last. An admin may make these shorter, for each role.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionLimits {
    /// With nothing touched (PCI DSS 4.0.1, 8.2.8: at most 15 minutes).
    pub idle: Duration,
    /// At all (NIST SP 800-63B-4, 2.3.3: at most 12 hours).
    pub longest: Duration,
}

impl SessionLimits {
    /// What every branch begins with.
    pub const DEFAULT: Self = Self {
        idle: Duration::from_secs(15 * 60),
        longest: Duration::from_secs(12 * 60 * 60),
    };
}

impl Default for SessionLimits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// The one seat. `S` is what is shown of a stop, `C` what the counter shows.
#[derive(Debug, Default)]
pub enum Seat<S, C> {
    /// Nobody.
    #[default]
    Vacant,
    /// The password was right; the operator is being asked.
    Identified(Identified),
    /// The SIM has passed; the code is on its way to the vendor.
    Cleared(Cleared),
    /// A code was sent.
    CodeSent(CodeSent),
    /// A typed code is with the vendor.
    Answering(CodeSent),
    /// A typed recovery code is being looked at.
    Recovering(Recovering<S>),
    /// Somebody is signed in.
    Occupied(Occupied<C>),
    /// The sign-in ended without success.
    Stopped(Stopped<S>),
}

/// See [`Seat::Identified`].
#[derive(Debug, Clone)]
pub struct Identified {
    /// Whose.
    pub person: Person,
    /// How the code is to be sent.
    pub channel: Channel,
    /// The code sent before, when this is a wish to send again.
    pub before: Option<Sent>,
}

/// See [`Seat::Cleared`].
#[derive(Debug, Clone)]
pub struct Cleared {
    /// Whose.
    pub person: Person,
    /// How the code is to be sent.
    pub channel: Channel,
    /// What the check said.
    pub clearance: Clearance,
    /// When it was asked: the clearance ages from the question, not from the answer.
    pub asked_at: Duration,
    /// The code sent before, when this is a wish to send again.
    pub before: Option<Sent>,
}

/// See [`Seat::CodeSent`].
#[derive(Debug, Clone)]
pub struct CodeSent {
    /// Whose.
    pub person: Person,
    /// The code.
    pub sent: Sent,
}

/// A code that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The vendor's name for it.
    pub sid: VerificationSid,
    /// How it was last sent.
    pub channel: Channel,
    /// What the SIM check before the last send said.
    pub clearance: Clearance,
    /// When this verification was made. Sending it again makes no new code, so this stays.
    pub made_at: Duration,
    /// Wrong codes typed in this sign-in.
    pub wrong: u32,
}

impl Sent {
    /// How much longer the code is taken; zero when it is not.
    #[must_use]
    pub fn life_left(&self, now: Duration) -> Duration {
        CODE_LIFE.saturating_sub(now.saturating_sub(self.made_at))
    }

    /// Wrong codes that may still be typed.
    #[must_use]
    pub fn tries_left(&self) -> u32 {
        CODE_TRIES.saturating_sub(self.wrong)
    }
}

/// See [`Seat::Occupied`].
#[derive(Debug)]
pub struct Occupied<C> {
    /// Who.
    pub person: Person,
    /// What the counter shows of this session.
    pub facts: C,
    /// When it began.
    pub since: Duration,
    /// When something was last touched.
    pub touched: Duration,
    /// When the person last proved themself with password, SIM check and code.
    pub proved: Duration,
}

impl<C> Occupied<C> {
    /// How much longer the last proof counts as fresh; zero when it does not.
    #[must_use]
    pub fn fresh_for(&self, now: Duration) -> Duration {
        PROOF_LIFE.saturating_sub(now.saturating_sub(self.proved))
    }

    /// How the session has ended by now, if it has.
    #[must_use]
    pub fn ended(&self, limits: SessionLimits, now: Duration) -> Option<Ended> {
        if now.saturating_sub(self.since) >= limits.longest {
            Some(Ended::TooLong)
        } else if now.saturating_sub(self.touched) >= limits.idle {
            Some(Ended::Idle)
        } else {
            None
        }
    }
}

/// How a session ended by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    /// Nothing was touched for [`SessionLimits::idle`].
    Idle,
    /// It lasted [`SessionLimits::longest`].
    TooLong,
}

/// See [`Seat::Recovering`]: where the code was typed, and where a wrong one leads back to.
#[derive(Debug)]
pub enum Recovering<S> {
    /// While a code was waited for.
    CodeSent(CodeSent),
    /// After the sign-in had stopped.
    Stopped(Stopped<S>),
}

impl<S> Recovering<S> {
    /// Whose.
    #[must_use]
    pub fn person(&self) -> &Person {
        match self {
            Self::CodeSent(at) => &at.person,
            Self::Stopped(at) => &at.person,
        }
    }
}

/// See [`Seat::Stopped`].
#[derive(Debug)]
pub struct Stopped<S> {
    /// Whose sign-in it was. It is over; all that is left of it is that its password was right, which
    /// lets a recovery code be typed for [`STOP_SHOWN`].
    pub person: Person,
    /// What is shown.
    pub shown: S,
    /// When it stopped.
    pub at: Duration,
    /// When somebody last asked for it to stay on the screen; at first, when it stopped.
    pub kept: Duration,
}

impl<S> Stopped<S> {
    /// How much longer it stays on the screen; zero when it does not.
    #[must_use]
    pub fn shown_for(&self, now: Duration) -> Duration {
        STOP_SHOWN.saturating_sub(now.saturating_sub(self.kept))
    }
}

/// The names of the states, for the table of commands and for errors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SeatName {
    /// [`Seat::Vacant`]
    Vacant,
    /// [`Seat::Identified`]
    Identified,
    /// [`Seat::Cleared`]
    Cleared,
    /// [`Seat::CodeSent`]
    CodeSent,
    /// [`Seat::Answering`]
    Answering,
    /// [`Seat::Recovering`]
    Recovering,
    /// [`Seat::Occupied`]
    Occupied,
    /// [`Seat::Stopped`]
    Stopped,
}

/// Why a transition was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The seat is in a state from which this does not follow.
    #[error("not from the state {0:?}")]
    WrongState(SeatName),
    /// Another sign-in has the seat by now.
    #[error("the seat belongs to another sign-in")]
    OtherSignIn,
    /// The SIM check is older than [`CLEARANCE_LIFE`].
    #[error("the SIM check is too old")]
    StaleClearance,
    /// The code is older than [`CODE_LIFE`].
    #[error("the code has expired")]
    CodeExpired,
    /// The sign-in stopped longer ago than [`STOP_SHOWN`].
    #[error("the sign-in stopped too long ago")]
    StopOver,
}
