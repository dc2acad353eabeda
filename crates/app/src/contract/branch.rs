//! What the page shows and says of the branch.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::words::Language;

/// The branch as it was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BranchView {
    /// Which version this is; 0 before the first.
    pub version: u32,
    /// What it is called.
    pub name: String,
    /// Whom to call when stopped.
    pub call: String,
    /// The languages that are offered, the one that screens begin in first; empty where nobody has
    /// said, which offers all of them and begins in the system's.
    pub languages: Vec<Language>,
}

/// The branch as it is to be.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct BranchForm {
    /// The version that was changed.
    pub version: u32,
    /// What it is called: 1 to 60 characters.
    pub name: String,
    /// Whom to call when stopped: 120 characters at the most.
    pub call: String,
    /// The languages that are offered, each once, the one that screens begin in first; empty for all
    /// of them.
    pub languages: Vec<Language>,
}
