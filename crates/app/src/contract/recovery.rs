//! The kit, backups and restoring, as the page sees them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::args::Typed;
use super::people::OneTimeText;
use super::words::FaultKind;

/// The recovery kit: shown once, to be printed or saved, and live only when one of its codes was
/// typed back.
#[derive(Debug, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct KitShown {
    /// The admin whose codes these are.
    pub username: String,
    /// Ten codes of four groups of four signs. Each stands in once for the SIM check and the code.
    pub codes: Vec<OneTimeText>,
    /// The recovery key: fourteen groups of four signs. It opens backups.
    pub recovery_key: OneTimeText,
    /// True where this key is another than the one before: older backups need the older kit.
    pub new_key: bool,
    /// When it was made (RFC 3339, UTC).
    pub made_at: String,
    /// Seconds in which one of the codes must be typed back.
    pub confirm_in: u32,
}

/// What is known of an admin's kit. Nothing in it is secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct KitState {
    /// Codes that were not used yet.
    pub codes_left: u32,
    /// When the kit was made (RFC 3339, UTC); null where there is none.
    pub made_at: Option<String>,
    /// True where the keyring holds the recovery key that was printed: backups can be made.
    pub key_known: bool,
    /// True while a new kit waits for one of its codes to be typed back.
    pub unconfirmed: bool,
}

/// Where backups lie, and those that are there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BackupsView {
    /// The folder into which backups are written where no other is named.
    pub folder: String,
    /// The file of the database, or where it should be.
    pub database: String,
    /// When the last one was made, wherever it went (RFC 3339, UTC); null where the record has none.
    pub last_at: Option<String>,
    /// The newest first, at most fifty.
    pub found: Vec<FoundBackup>,
}

/// A file that has the name of a backup. Whether it is one shows when it is opened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FoundBackup {
    /// The file, with its folder.
    pub path: String,
    /// When it was written (RFC 3339, UTC).
    pub at: String,
    /// Its length.
    #[ts(type = "number")]
    pub bytes: u64,
}

/// A backup that is to be made.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct BackUpForm {
    /// A file that is not there yet, or a folder in which the program names it; null for the folder
    /// of backups.
    pub path: Option<String>,
}

/// A backup that was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BackupMade {
    /// The file, with its folder.
    pub path: String,
    /// Its length.
    #[ts(type = "number")]
    pub bytes: u64,
    /// What is in it.
    pub database: DatabaseFacts,
}

/// What is told of a database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DatabaseFacts {
    /// How many people it has.
    #[ts(type = "number")]
    pub people: u64,
    /// How many entries its record has had.
    #[ts(type = "number")]
    pub entries: u64,
    /// When the last of them was written (RFC 3339, UTC).
    pub last_entry_at: Option<String>,
}

/// A backup file and its recovery key.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct BackupFileForm {
    /// The file, with its folder.
    pub path: String,
    /// The key as typed.
    #[ts(type = "string")]
    pub recovery_key: Typed,
}

/// A backup that is to take the place of the database.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct RestoreForm {
    /// The file, with its folder.
    pub path: String,
    /// The key as typed.
    #[ts(type = "string")]
    pub recovery_key: Typed,
    /// [`RestoreOffer::confirm`] of what the person was shown.
    pub confirm: String,
}

/// What a backup is, and what it would replace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RestoreOffer {
    /// When it was made (RFC 3339, UTC).
    pub made_at: String,
    /// The version of SIMgate that made it.
    pub made_by: String,
    /// Its length.
    #[ts(type = "number")]
    pub bytes: u64,
    /// What is in it.
    pub backup: DatabaseFacts,
    /// What is there now.
    pub present: Present,
    /// To be sent back with the wish to restore: it is refused if something else is meant by then.
    pub confirm: String,
}

/// What is in the place that a backup would take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Present {
    /// No database.
    Nothing,
    /// A database. It will be kept, under another name.
    Database {
        /// What is in it.
        facts: DatabaseFacts,
    },
    /// A database that does not open. It will be kept, under another name.
    Unreadable {
        /// Why not.
        fault: FaultKind,
    },
}

/// A backup has taken the place of the database.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RestoreDone {
    /// The name under which the database before is kept in the data folder; null where there was none.
    pub kept_as: Option<String>,
}

/// How far a backup or a restore is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RecoveryProgress {
    /// Which of both.
    pub work: RecoveryWork,
    /// What is being done.
    pub step: RecoveryStep,
    /// Pages done in this step.
    pub done: u32,
    /// Pages in all; 0 where that is not known yet.
    pub total: u32,
}

/// A long piece of work of this room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RecoveryWork {
    /// A backup is being made.
    Backup,
    /// A database is being made of a backup.
    Restore,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RecoveryStep {
    /// It has begun.
    Begun,
    /// Pages are being copied.
    Copying,
    /// What was copied is being read through. This step is not counted page by page.
    Verifying,
}
