//! People in files.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::PersonState;
use crate::contract::record::RunningView;
use crate::contract::words::{Refusal, RoleName};

/// What is wrong with a row of a file of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ImportProblem {
    /// No name.
    UsernameEmpty,
    /// Fewer than 3 characters.
    UsernameTooShort,
    /// More than 32 characters.
    UsernameTooLong,
    /// A character that names do not have.
    UsernameCharacters,
    /// A letter that passes for another.
    UsernameLookAlike,
    /// Somebody has that name.
    UsernameTaken,
    /// Somebody has a name that looks the same.
    UsernameResembles,
    /// A row before it has that name, or one that looks the same.
    UsernameTwice,
    /// None of staff, supervisor, admin.
    RoleUnknown,
    /// No number.
    PhoneEmpty,
    /// Not a number that exists in any plan.
    PhoneInvalid,
    /// Not one that a mobile phone can have.
    PhoneNotMobile,
    /// One of a country that is not allowed here.
    PhoneCountryNotAllowed,
    /// Somebody has that number.
    PhoneTaken,
    /// A row before it has that number.
    PhoneTwice,
    /// None of sms, voice.
    ChannelUnknown,
    /// Too few columns, or too many.
    Columns,
    /// A field of more than 256 bytes.
    TooLong,
}

/// A column of a file of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ImportColumn {
    /// The name.
    Username,
    /// The number, with its country code unless a country is chosen for the file.
    Phone,
    /// How codes are sent.
    Channel,
    /// What they may do.
    Role,
}

/// A row of a file of people that cannot be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BadRow {
    /// Its number: the row of names is 1.
    pub row: u32,
    /// The column, where it is one.
    pub column: Option<ImportColumn>,
    /// Why.
    pub why: ImportProblem,
}

/// A file of people that the page is about to hand over.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct BeginImportForm {
    /// Bytes that it has, as UTF-8.
    #[ts(type = "number")]
    pub bytes: u64,
    /// The country of the numbers in it that have no `+` (ISO 3166-1 alpha-2).
    pub country: String,
}

/// A part of it.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct ImportPartForm {
    /// Bytes that came before it.
    #[ts(type = "number")]
    pub at: u64,
    /// Its text: at most 64 000 bytes.
    pub text: String,
}

/// What is to be done with a file of people at the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ImportMode {
    /// It is looked at, and nothing is written.
    DryRun,
    /// All of its rows are taken, or none where one of them is bad.
    All,
    /// Its good rows are taken.
    Good,
}

/// Which people are exported, and what of them.
#[derive(Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct ExportForm {
    /// As in [`super::PeopleForm::text`].
    pub text: String,
    /// As in [`super::PeopleForm::country`].
    pub country: String,
    /// Only those in this state.
    pub state: Option<PersonState>,
    /// Only those of this role.
    pub role: Option<RoleName>,
    /// Only those whom wrong passwords or codes have locked.
    pub locked: bool,
}

/// A file that people were exported to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ExportedView {
    /// How many.
    pub rows: u32,
    /// Where.
    pub path: String,
}

/// What an import at the command line would do, or has done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportView {
    /// Rows that can be taken.
    pub good: u32,
    /// Rows that cannot.
    pub bad_count: u32,
    /// The first hundred of those.
    pub bad: Vec<BadRow>,
    /// People who were added: none in a dry run, and none where bad rows were not to be left out.
    pub added: u32,
}

/// What goes on with files of people, and what came of it, in this session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PeopleWorkView {
    /// The file that comes in.
    pub import: ImportWorkView,
    /// The file that goes out.
    pub export: PeopleExportView,
}

/// A file of people that comes in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "step",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum ImportWorkView {
    /// None was looked at.
    Idle,
    /// Its rows are looked at.
    Checking(RunningView),
    /// They were, and nothing is written; also after somebody came in between, who kept it out.
    Checked {
        /// Rows that can be taken.
        good: u32,
        /// Rows that cannot.
        bad_count: u32,
        /// The first hundred of those.
        bad: Vec<BadRow>,
    },
    /// The people in it are added.
    Writing(RunningView),
    /// They were.
    Done {
        /// How many.
        added: u32,
    },
    /// It was canceled, and nobody was added.
    Stopped,
    /// It could not be done, and nobody was added.
    Failed {
        /// Why not.
        refusal: Refusal,
    },
}

/// Writing people to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "step",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum PeopleExportView {
    /// It was not begun.
    Idle,
    /// It goes on; of how many is not known.
    Writing(RunningView),
    /// It is written.
    Done {
        /// How many people.
        rows: u32,
        /// The file.
        path: String,
    },
    /// It was canceled, and nothing is left of it.
    Stopped,
    /// It could not be done, and nothing is left of it.
    Failed {
        /// Why not.
        refusal: Refusal,
    },
}
