//! People in files.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::PersonState;
use crate::contract::words::RoleName;

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

/// A file of people to be imported.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct ImportForm {
    /// The text of the file.
    pub text: String,
    /// The country of the numbers in it that have no `+` (ISO 3166-1 alpha-2).
    pub country: String,
    /// What is to be done with it.
    pub mode: ImportMode,
}

/// What is to be done with a file of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum ImportMode {
    /// It is looked at, and nothing is written.
    DryRun,
    /// All of its rows are taken, or none where one of them is bad.
    All,
    /// Its good rows are taken.
    Good,
}

/// Which people are exported, and what of them.
#[derive(Debug, Clone, Deserialize, TS)]
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
}

/// A file that people were exported to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ExportedView {
    /// How many.
    pub rows: u32,
    /// Where.
    pub path: String,
}

/// What an import would do, or has done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
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
