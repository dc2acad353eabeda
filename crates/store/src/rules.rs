//! What the store says of the rules and of what they allow.

use simgate_domain::attempts::{CheckLimit, CodesClosed, Locked, SendLimit};
use simgate_domain::{
    AccountState, Channel, NumberStanding, PhoneNumber, Role, Rules, Timestamp, UserId, Username,
};

/// Rules as they were set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RulesSet {
    /// The rules.
    pub rules: Rules,
    /// When.
    pub at: Timestamp,
    /// By whom; `None` where the program itself did, before there was anybody.
    pub by: Option<UserId>,
    /// The name of who did, as long as they are here.
    pub name: Option<String>,
}

/// The answer to [`crate::Store::set_rules`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RulesChange {
    /// They are in force.
    Done,
    /// Other rules were put in force since those that were expected.
    Outdated,
    /// Whoever acts is no admin any more.
    NotAllowed,
}

/// What the whole installation spent in the last 24 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spent {
    /// Codes that a vendor was asked to send.
    pub codes: u32,
    /// SIM checks that were asked for.
    pub checks: u32,
}

/// What a right password would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordOutlook {
    /// It would be taken.
    Taken,
    /// There is none: an admin has to hand one over.
    Absent,
    /// There is one that was handed over and not used in time.
    Over,
}

/// What awaits a person if they signed in now. Nothing is counted by asking, and no vendor knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outlook {
    /// Their name.
    pub name: Username,
    /// Their role.
    pub role: Role,
    /// Whether they may sign in.
    pub state: AccountState,
    /// Whether they have a password that opens anything.
    pub password: PasswordOutlook,
    /// Their number.
    pub number: PhoneNumber,
    /// How they get codes.
    pub channel: Channel,
    /// What is known of the number.
    pub standing: NumberStanding,
    /// The latest wall-clock time this database has ever seen, the asker's included.
    pub latest_now: Timestamp,
    /// Set if wrong passwords have locked the name.
    pub locked: Option<Locked>,
    /// Whether codes are open to them.
    pub codes: Result<(), CodesClosed>,
    /// Whether the operator could be asked.
    pub may_check: Result<(), CheckLimit>,
    /// Whether a code could be sent.
    pub may_send: Result<(), SendLimit>,
}
