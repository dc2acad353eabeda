//! The record: what was done and what was refused, for an admin who has a reference.

use simgate_domain::{Reference, SignInId, Timestamp, UserId};

/// One line of the record. It holds no password, no code, no secret and no whole number, and an
/// unknown name only as a keyed hash: people type passwords into name fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// When, by the wall clock.
    pub at: Timestamp,
    /// What the person was given to show.
    pub reference: Option<Reference>,
    /// Who it was about.
    pub who: Who,
    /// The sign-in it belongs to.
    pub sign_in: Option<SignInId>,
    /// What was done or refused.
    pub act: Act,
    /// Why, in a fixed word of ours such as `wrong_password` or `operator_timeout`.
    pub cause: Option<&'static str>,
}

/// Who an entry is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A person of the store.
    User(UserId),
    /// A name that nobody has, as typed. Stored as a keyed hash only.
    UnknownName(String),
    /// Nobody: the program itself.
    Program,
}

/// What was done or refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Act {
    /// A sign-in was refused at the password; the cause says whether the name was unknown, the
    /// password wrong, the name locked or the account disabled.
    SignInRefused,
    /// The password was right.
    PasswordPassed,
    /// Somebody registered.
    Registered,
    /// A registration was refused.
    RegistrationRefused,
    /// A SIM check let a code be sent; the cause says whether in grace.
    SimPassed,
    /// A SIM check stopped the sign-in.
    SimStopped,
    /// The vendor took a code for sending.
    CodeSent,
    /// No code was sent.
    CodeNotSent,
    /// A wrong code was typed.
    CodeWrong,
    /// The sign-in stopped at the code.
    CodeRefused,
    /// A session began.
    SignedIn,
    /// The person ended their session.
    SignedOut,
    /// A session ended by itself.
    SessionEnded,
    /// The person gave the sign-in up.
    StartedOver,
    /// A command failed for a reason that was not foreseen.
    Failed,
}

impl Act {
    /// The word stored for it. Words are never changed, only added.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::SignInRefused => "sign_in_refused",
            Self::PasswordPassed => "password_passed",
            Self::Registered => "registered",
            Self::RegistrationRefused => "registration_refused",
            Self::SimPassed => "sim_passed",
            Self::SimStopped => "sim_stopped",
            Self::CodeSent => "code_sent",
            Self::CodeNotSent => "code_not_sent",
            Self::CodeWrong => "code_wrong",
            Self::CodeRefused => "code_refused",
            Self::SignedIn => "signed_in",
            Self::SignedOut => "signed_out",
            Self::SessionEnded => "session_ended",
            Self::StartedOver => "started_over",
            Self::Failed => "failed",
        }
    }
}
