//! One person.

use simgate_domain::attempts::{CodesClosed, Locked};
use simgate_domain::{AccountState, Channel, PhoneNumber, Role, Timestamp, UserId, Username};

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonRow {
    /// Their id.
    pub user: UserId,
    /// Their name.
    pub name: Username,
    /// Their number. Whoever shows it masks it.
    pub number: PhoneNumber,
    /// How they get codes.
    pub channel: Channel,
    /// What they may do.
    pub role: Role,
    /// Whether they may sign in.
    pub state: AccountState,
    /// Grows with each change of the account.
    pub version: u32,
    /// What kind of password they have.
    pub password: PasswordKind,
    /// Whether wrong passwords or wrong codes have locked them.
    pub locked: bool,
    /// When their last session began.
    pub last_sign_in: Option<Timestamp>,
    /// When they registered or were added.
    pub registered_at: Timestamp,
}

/// What kind of password somebody has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordKind {
    /// None.
    Absent,
    /// One of their own.
    Own,
    /// One that was handed over.
    OneTime {
        /// Until when it is taken: in the past once it was used.
        until: Timestamp,
    },
}

/// A person with all that is known of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonDetails {
    /// As in a list.
    pub row: PersonRow,
    /// Whether wrong passwords have locked them.
    pub password_lock: Option<Locked>,
    /// Whether wrong codes have.
    pub codes_closed: Option<CodesClosed>,
    /// When their number was first seen here, whosever it was.
    pub number_seen: Timestamp,
    /// When it was first verified here, whosever it was.
    pub number_verified: Option<Timestamp>,
    /// The latest time that the database has ever seen: see [`crate::Live::latest_now`].
    pub latest_now: Timestamp,
    /// How they came to be here.
    pub came: Came,
    /// Refused passwords since their last session.
    pub failed_passwords: u32,
    /// Wrong codes since then.
    pub failed_codes: u32,
    /// Whether nobody else could look after the rest: the last admin who is active and has a password
    /// of their own.
    pub last_admin: bool,
}

/// How somebody came to be here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Came {
    /// They registered.
    Registered,
    /// An admin added them.
    Added {
        /// The name of that admin, if they are still here.
        by: Option<Username>,
    },
    /// They were in a file that an admin imported.
    Imported {
        /// As above.
        by: Option<Username>,
    },
}
