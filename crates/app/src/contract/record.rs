//! What the page shows and asks of the record.
//!
//! Places and counts are numbers of the page: no record grows past 2^53 entries.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::words::Refusal;

/// Which entries are looked for. All that is given must fit.
#[derive(Debug, Clone, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct RecordForm {
    /// A reference, or the name of a person; empty for neither.
    pub text: String,
    /// What the entries are about.
    pub group: RecordGroup,
    /// At this time or later, in seconds since the Unix epoch.
    pub from: Option<u32>,
    /// Earlier than this, in seconds since the Unix epoch.
    pub until: Option<u32>,
    /// The [`RecordPageView::next`] of the page before; none for the first.
    pub after: Option<String>,
}

/// What entries are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RecordGroup {
    /// Anything.
    All,
    /// Something was refused.
    Stops,
    /// Signing in and out.
    SignIns,
    /// Who the people are and what they may.
    People,
    /// Rules, vendors and the branch.
    Settings,
    /// The record and its copies.
    Record,
}

/// Entries, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RecordPageView {
    /// The entries. Few or none do not mean that there are no more: [`Self::next`] does.
    pub entries: Vec<EntryRow>,
    /// What leads to the next page, if there may be one.
    pub next: Option<String>,
}

/// An entry in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct EntryRow {
    /// Its place.
    #[ts(type = "number")]
    pub seq: u64,
    /// When (RFC 3339, UTC).
    pub at: String,
    /// The record's word for what was done or refused.
    pub act: String,
    /// Which of the two.
    pub result: EntryResult,
    /// Whom it is about.
    pub about: PartyView,
    /// Who did it.
    pub by: PartyView,
    /// The record's word for why.
    pub cause: Option<String>,
    /// What the person was given to show.
    pub reference: Option<String>,
}

/// Whether something was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum EntryResult {
    /// It was.
    Done,
    /// It was not.
    Refused,
}

/// Somebody in an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum PartyView {
    /// A person.
    Person {
        /// Their id.
        id: String,
        /// Their name then; their id where it is not known any more.
        name: String,
        /// They are gone.
        deleted: bool,
    },
    /// A name that nobody had.
    UnknownName,
    /// Nobody who is known.
    Nobody,
    /// SIMgate by itself.
    Program,
    /// Somebody at the command line.
    Console,
}

/// An entry in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct EntryView {
    /// What a list has of it.
    #[serde(flatten)]
    pub row: EntryRow,
    /// More of it, in short words for machines.
    pub detail: Option<String>,
    /// The version of the rules that decided.
    pub policy: Option<u32>,
    /// The vendor's own name for the check.
    pub check_id: Option<String>,
    /// What the vendor charged.
    pub cost: Option<CostView>,
    /// Its hash, in hexadecimal digits.
    pub hash: String,
    /// The hash of the entry before.
    pub previous: String,
    /// There is an entry before it.
    pub older: bool,
    /// There is an entry after it.
    pub newer: bool,
}

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct CostView {
    /// A decimal number with a point.
    pub amount: String,
    /// The currency's three letters.
    pub currency: String,
}

/// What goes on with the record, and what came of it, in this session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RecordWorkView {
    /// Going through it.
    pub verification: VerificationView,
    /// Writing it to a file.
    pub export: RecordExportView,
}

/// How far something long is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RunningView {
    /// So many are done.
    #[ts(type = "number")]
    pub done: u64,
    /// Of so many; 0 while that is not known.
    #[ts(type = "number")]
    pub all: u64,
    /// It was asked to stop, and has not yet.
    pub canceling: bool,
}

/// Going through the record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "step",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum VerificationView {
    /// It was not begun.
    Idle,
    /// It goes on.
    Running(RunningView),
    /// Every entry is as it was written, and none is missing.
    Good {
        /// How many there are.
        #[ts(type = "number")]
        entries: u64,
        /// The time of the first, if there is one.
        from: Option<String>,
        /// The time of the last, if there is one.
        to: Option<String>,
        /// Until when entries were dropped for their age, if any were.
        dropped_until: Option<String>,
    },
    /// The record is not what was written.
    Bad {
        /// Where that begins.
        first: BadEntry,
    },
    /// It was canceled.
    Stopped,
    /// It could not be done.
    Failed {
        /// Why not.
        refusal: Refusal,
    },
}

/// The first entry that is not what was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(export)]
pub struct BadEntry {
    /// Its place.
    #[ts(type = "number")]
    pub seq: u64,
    /// What is wrong there.
    pub kind: BadKind,
}

/// What is wrong with an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum BadKind {
    /// Its content does not fit its hash.
    Hash,
    /// It is missing.
    Link,
    /// It was not signed by this machine.
    Signature,
    /// Another stands in its place.
    Sequence,
    /// The record ends before it, or was dropped up to it and nobody signed that.
    Shortened,
    /// It is not of the shape that is written.
    Unreadable,
}

/// Writing the record to a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "step",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum RecordExportView {
    /// It was not begun.
    Idle,
    /// It goes on.
    Writing(RunningView),
    /// It is written.
    Done {
        /// How many entries.
        #[ts(type = "number")]
        entries: u64,
        /// The file.
        path: String,
        /// The public key that it is signed with, in hexadecimal digits.
        key: String,
    },
    /// It was canceled, and nothing is left of it.
    Stopped,
    /// It could not be done, and nothing is left of it.
    Failed {
        /// Why not.
        refusal: Refusal,
    },
}

/// For how long entries are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RetentionView {
    /// Which version of the setting this is; 0 before the first.
    pub version: u32,
    /// So many days; for ever, if none.
    pub days: Option<u16>,
    /// The fewest that may be set.
    pub least: u16,
    /// The most.
    pub most: u16,
}

/// For how long entries are to be kept.
#[derive(Debug, Clone, Copy, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct RetentionForm {
    /// The version that was changed.
    pub version: u32,
    /// So many days; for ever, if none.
    pub days: Option<u16>,
}
