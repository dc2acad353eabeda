//! People, as those see them who look after them.

mod files;
mod number;

pub use files::{
    BadRow, BeginImportForm, ExportForm, ExportedView, ImportColumn, ImportMode, ImportPartForm,
    ImportProblem, ImportView, ImportWorkView, PeopleExportView, PeopleWorkView,
};
pub use number::{NumberForm, NumberStep};

use std::fmt;

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use zeroize::Zeroizing;

use super::args::Typed;
use super::words::{ChannelName, RoleName};

/// Whether somebody may sign in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PersonState {
    /// They registered, and wait for approval.
    Pending,
    /// They may.
    Active,
    /// They may not, until an admin lets them.
    Disabled,
}

/// By what people are ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum PeopleOrder {
    /// By name; in a search, by the part of it that was found.
    Name,
    /// By the last sign-in. Who never signed in comes before everyone who did.
    LastSignIn,
    /// By when they registered or were added.
    Registered,
}

/// Which people are wanted.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct PeopleForm {
    /// The beginning of a name or of any part of it, or a whole number; empty for everyone.
    pub text: String,
    /// The country for a number typed without `+` (ISO 3166-1 alpha-2).
    pub country: String,
    /// Only those in this state.
    pub state: Option<PersonState>,
    /// Only those of this role.
    pub role: Option<RoleName>,
    /// Only those whom wrong passwords or codes have locked.
    pub locked: bool,
    /// By what they are ordered.
    pub order: PeopleOrder,
    /// Whether the last comes first.
    pub descending: bool,
    /// [`PeopleView::next`] of the page before; null for the first page.
    pub after: Option<PeopleMark>,
}

/// A place in a list. It means nothing to the page, which gives it back as it got it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct PeopleMark {
    /// By what the person there is ordered.
    pub key: String,
    /// The person there.
    pub id: String,
}

/// A page of people.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PeopleView {
    /// At most 50.
    pub people: Vec<PersonRow>,
    /// Where the next page begins; null on the last.
    pub next: Option<PeopleMark>,
    /// By what they are ordered: a search that finds more than a thousand is ordered by name,
    /// whatever was wanted.
    pub order: PeopleOrder,
}

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PersonRow {
    /// Their id.
    pub id: String,
    /// Their name as they wrote it.
    pub username: String,
    /// What they may do.
    pub role: RoleName,
    /// Whether they may sign in.
    pub state: PersonState,
    /// Whether wrong passwords or codes have locked them.
    pub locked: bool,
    /// The last two digits of their number.
    pub number_ending: String,
    /// How they get codes.
    pub channel: ChannelName,
    /// What kind of password they have.
    pub password: PasswordState,
    /// When their last session began (RFC 3339, UTC); null before the first.
    pub last_sign_in_at: Option<String>,
    /// When they registered or were added (RFC 3339, UTC).
    pub registered_at: String,
    /// Grows with each change of the account; an act carries the one it saw.
    pub version: u32,
}

/// What kind of password somebody has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum PasswordState {
    /// None: they were imported, and cannot sign in before they are given one.
    Absent,
    /// One of their own.
    Own,
    /// One that was handed over to them.
    OneTime {
        /// Until when it is taken (RFC 3339, UTC): in the past once it was used.
        until: String,
    },
}

/// A person with all that is shown of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PersonView {
    /// As in a list.
    #[serde(flatten)]
    pub row: PersonRow,
    /// Until when wrong passwords have locked them (RFC 3339, UTC).
    pub password_locked_until: Option<String>,
    /// Until when wrong codes have.
    pub codes_locked_until: Option<String>,
    /// Whether wrong codes have locked them until an admin unlocks them.
    pub needs_admin: bool,
    /// When their number was first seen here (RFC 3339, UTC).
    pub number_seen_at: String,
    /// When an unchanged SIM and a right code first proved it (RFC 3339, UTC).
    pub verified_at: Option<String>,
    /// Until when a number that was never proved is in grace (RFC 3339, UTC); null where it is not.
    pub grace_until: Option<String>,
    /// How they came to be here.
    pub came: CameView,
    /// Refused passwords since their last session.
    pub failed_passwords: u32,
    /// Wrong codes since then.
    pub failed_codes: u32,
    /// Whether it is the person who looks.
    pub yourself: bool,
    /// Whether they are the last admin who is active and has a password of their own.
    pub last_admin: bool,
}

/// How somebody came to be here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum CameView {
    /// They registered.
    Registered,
    /// An admin added them.
    Added {
        /// The name of that admin, if they are still here.
        by: Option<String>,
    },
    /// They were in a file that an admin imported.
    Imported {
        /// As above.
        by: Option<String>,
    },
}

/// What is done to a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum PersonAct {
    /// Lets them sign in.
    Approve,
    /// Keeps them out.
    Disable,
    /// Lets them in again.
    Enable,
    /// Forgets the tries that locked them.
    Unlock,
    /// Gives them a one-time password.
    Reset,
    /// Takes their account away.
    Delete,
    /// Makes them this.
    Role {
        /// See above.
        role: RoleName,
    },
    /// Sends their codes so.
    Channel {
        /// See above.
        channel: ChannelName,
    },
}

/// An act on a person, as the page saw them.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct PersonActForm {
    /// Who.
    pub id: String,
    /// The version of them that was seen.
    pub version: u32,
    /// What.
    pub act: PersonAct,
}

/// What came of an act on a person. Nothing was changed unless it is `done`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "answer",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum PersonAnswer {
    /// It is done.
    Done {
        /// The person now; after they were deleted, as they last were.
        person: PersonRow,
        /// After a reset, the password to hand over. It is shown this once.
        one_time_password: Option<OneTimeText>,
    },
    /// Somebody else has changed the person meanwhile.
    Outdated {
        /// The person now.
        person: PersonRow,
    },
    /// There is no such person any more.
    Gone,
    /// It does not follow from the state that the person is in.
    Unfitting,
    /// They are the last admin.
    LastAdmin,
    /// Nobody does this to themself.
    Yourself,
}

/// A password that is shown once. It is wiped when dropped and never printed.
#[derive(Clone, PartialEq, Eq, TS)]
#[ts(type = "string")]
pub struct OneTimeText(Zeroizing<String>);

impl OneTimeText {
    pub(crate) fn new(text: &str) -> Self {
        Self(Zeroizing::new(text.to_owned()))
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Serialize for OneTimeText {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl fmt::Debug for OneTimeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OneTimeText(..)")
    }
}

/// A person to be added.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct AddPersonForm {
    /// The name as typed.
    pub username: String,
    /// What they may do.
    pub role: RoleName,
    /// The number as typed.
    pub phone: String,
    /// The country for a number typed without `+` (ISO 3166-1 alpha-2).
    pub country: String,
    /// How they get codes.
    pub channel: ChannelName,
}

/// A person who was added.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct AddedPerson {
    /// Who.
    pub person: PersonRow,
    /// The password to hand over. It is shown this once.
    pub one_time_password: OneTimeText,
}

/// Who may register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RegistrationName {
    /// Whoever registers may sign in at once.
    Open,
    /// Whoever registers waits for approval.
    ByApproval,
    /// Nobody.
    Closed,
}

/// A password that its person chooses.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct ChoosePasswordForm {
    /// The one that they have; null where it was one for one time, which they have just used.
    #[ts(type = "string | null")]
    pub current: Option<Typed>,
    /// The new one.
    #[ts(type = "string")]
    pub password: Typed,
}
