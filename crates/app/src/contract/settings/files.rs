//! Files that the settings are filled in from.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FilledField;
use crate::contract::args::Typed;
use crate::contract::words::FaultKind;

/// Which file is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum VendorFile {
    /// `tru.json`, which tru.ID's command line writes.
    TruJson,
    /// The `.env` of the tutorial.
    DotEnv,
}

/// A file that is imported.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct VendorFileForm {
    /// What it is.
    pub file: VendorFile,
    /// All of its text.
    #[ts(type = "string")]
    pub text: Typed,
}

/// Why a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum VendorFileProblem {
    /// More than 64 KiB.
    TooLong,
    /// `tru.json`: not JSON, or cut short.
    NotJson,
    /// `tru.json`: JSON of something else.
    SomethingElse,
    /// `tru.json`: a project without credentials.
    NoCredentials,
    /// `tru.json`: a client id that cannot be one.
    ClientId,
    /// `tru.json`: a client secret that cannot be one.
    ClientSecret,
    /// `tru.json`: a region that does not exist.
    Region,
    /// `.env`: a line that is not `NAME=value`.
    Line,
    /// `.env`: a quote without an end.
    Quote,
    /// `.env`: a name that stands there twice.
    Twice,
    /// `.env`: a value that cannot be what its name says.
    Form,
    /// `.env`: none of our names, or nothing behind them.
    NothingFound,
}

/// What came of an import. What was found is held by the program until it is saved or dropped, and
/// does not go through the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum VendorFileAnswer {
    /// These fields are filled in now.
    Filled {
        /// Which.
        fields: Vec<FilledField>,
        /// False where the file says that the project may not check SIMs; null where it does not say.
        may_check_sims: Option<bool>,
    },
    /// Nothing was taken.
    NotTaken {
        /// Why.
        problem: VendorFileProblem,
        /// Where in a `.env`.
        line: Option<u32>,
        /// At which name of a `.env`.
        name: Option<String>,
    },
    /// The keyring gave no answer.
    Keyring {
        /// Why.
        fault: FaultKind,
    },
}
