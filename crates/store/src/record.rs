//! What is asked of the record besides writing to it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use simgate_domain::{Reference, SignInId, Timestamp, UserId};
use simgate_record::{Flaw, Head, Progress, PublicKey};
use tokio::sync::watch;

use crate::entry::{Act, Cost, Entry};
use crate::error::StoreError;

/// The record, for whoever looks into it, proves it or lets its oldest part go.
#[async_trait]
pub trait Record: Send + Sync {
    /// The newest entry, each time that there is a newer one: for keeping it where an older copy of the
    /// database can be told by it.
    fn heads(&self) -> watch::Receiver<Head>;

    /// The key that entries are signed with, for people to compare with what an exported file names.
    fn public_key(&self) -> PublicKey;

    /// The newest entries with this reference, newest first, at most 20.
    async fn find(&self, reference: Reference) -> Result<Vec<FoundEntry>, StoreError>;

    /// The entries that fit, newest first by the time they bear, at most `most`: those after `after`,
    /// or the first. Where much is gone through and little fits there may be fewer, and more to come.
    async fn search(
        &self,
        search: Search,
        after: Option<Place>,
        most: u16,
    ) -> Result<Page, StoreError>;

    /// One entry with what stands around it.
    async fn entry(&self, seq: u64) -> Result<Option<EntryInFull>, StoreError>;

    /// How many entries there are of each that is asked for, in its order.
    async fn count(&self, asked: Vec<Asked>) -> Result<Vec<u64>, StoreError>;

    /// What vendors charged from `from` on and before `until`: one amount for each currency, in the
    /// order of their letters.
    async fn charged(&self, from: Timestamp, until: Timestamp) -> Result<Vec<Cost>, StoreError>;

    /// Goes through the whole record, oldest first. Others get their turn at the database meanwhile;
    /// what is added meanwhile is not looked at.
    async fn verify(&self, progress: Arc<Progress>) -> Result<Verification, StoreError>;

    /// Writes the record to the file `path`, in the form of the `README.md` of `simgate-record`, for
    /// [`simgate_record::verify_file`]. It is written under another name beside it, for its owner only,
    /// and takes the place of what is there when it is whole.
    ///
    /// # Errors
    /// [`ExportError`]; then nothing is left of it.
    async fn export(&self, path: PathBuf, progress: Arc<Progress>)
    -> Result<Exported, ExportError>;

    /// Drops the entries up to the first that is younger than that at `now`. `entry` (an
    /// [`Act::RecordPruned`]) is written with the detail `days D entries N last S HASH`, where anything
    /// is dropped; the rest still verifies. Others get their turn at the database meanwhile; if it is
    /// not done to its end, the next call does that.
    async fn prune_record(
        &self,
        keep: Retention,
        now: Timestamp,
        entry: Entry,
    ) -> Result<Pruned, StoreError>;
}

/// Entries to be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    /// Of this act.
    pub act: Act,
    /// Of this cause alone, where one is named.
    pub cause: Option<&'static str>,
    /// From this moment on.
    pub from: Timestamp,
    /// Before this one.
    pub until: Timestamp,
}

/// For how long entries are kept, where they are not kept for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention(u16);

impl Retention {
    /// The shortest. The limits on registrations and the failures that the counter shows are read from
    /// the record, and a quarter is what an audit asks for at the least.
    pub const SHORTEST: u16 = 90;
    /// The longest.
    pub const LONGEST: u16 = 3650;

    /// So many days; `None` out of bounds.
    #[must_use]
    pub fn days(days: u16) -> Option<Self> {
        (Self::SHORTEST..=Self::LONGEST)
            .contains(&days)
            .then_some(Self(days))
    }

    /// How many days.
    #[must_use]
    pub const fn count(self) -> u16 {
        self.0
    }

    pub(crate) fn span(self) -> Duration {
        Duration::from_secs(u64::from(self.0) * 86_400)
    }
}

/// Which entries. All that is given must fit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// One of these, where there are any.
    pub acts: Vec<Act>,
    /// Something was refused.
    pub refused: bool,
    /// About or by this person.
    pub person: Option<Person>,
    /// With this reference.
    pub reference: Option<Reference>,
    /// At this time or later.
    pub from: Option<Timestamp>,
    /// Earlier than this.
    pub until: Option<Timestamp>,
}

/// A person who is looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Person {
    /// Somebody who is, or was, in the store.
    Is(UserId),
    /// Whoever has or had this name, and the tries against it while nobody had it.
    Named(String),
}

/// Between which entries a page ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The time of the last entry on the page.
    pub at: Timestamp,
    /// Its place in the record.
    pub seq: u64,
}

/// Entries, newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The entries.
    pub entries: Vec<FoundEntry>,
    /// Where the next page begins, if there may be one.
    pub next: Option<Place>,
}

/// Somebody in an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Party {
    /// A person.
    Person {
        /// Their id.
        user: UserId,
        /// Their name then, if it was known.
        name: Option<String>,
        /// Whether they are in the store no more.
        gone: bool,
    },
    /// A name that nobody had.
    UnknownName,
    /// Somebody who was not known.
    Nobody,
    /// The program by itself.
    Program,
    /// Somebody at the command line of this machine.
    Console,
}

impl Party {
    /// The name, of a person whose name was known.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::Person { name, .. } => name.as_deref(),
            Self::UnknownName | Self::Nobody | Self::Program | Self::Console => None,
        }
    }
}

/// An entry as read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundEntry {
    /// Its place in the record, from 1, without gaps.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// What the person was given to show.
    pub reference: Option<String>,
    /// Who it was about.
    pub who: Party,
    /// Who did it.
    pub by: Party,
    /// The sign-in it belongs to.
    pub sign_in: Option<SignInId>,
    /// The word of its [`Act`].
    pub act: String,
    /// Whether something was refused.
    pub refused: bool,
    /// Its cause.
    pub cause: Option<String>,
    /// Its detail.
    pub detail: Option<String>,
    /// The version of the rules that decided.
    pub policy: Option<u32>,
    /// The vendor's own name for what it did.
    pub check_id: Option<String>,
    /// What the vendor charged.
    pub cost: Option<Cost>,
}

/// An entry, its seal, and whether there are entries before and after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryInFull {
    /// The entry.
    pub entry: FoundEntry,
    /// Its hash.
    pub hash: [u8; 32],
    /// The hash of the entry before; zeros before the first.
    pub before: [u8; 32],
    /// There is an entry before it.
    pub older: bool,
    /// There is an entry after it.
    pub newer: bool,
}

/// What came of going through the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verification {
    /// Every entry is as it was written, none is missing, and the newest is the one that it must be.
    Sound {
        /// How many.
        entries: u64,
        /// The place of the first.
        from: u64,
        /// The place of the last.
        to: u64,
        /// The times that these two bear; none where there is no entry.
        times: Option<(Timestamp, Timestamp)>,
        /// Whether there once were entries before the first.
        dropped: bool,
    },
    /// It is not what was written.
    Flawed {
        /// The place of the first entry that is not.
        seq: u64,
        /// What is wrong there.
        flaw: Flaw,
    },
    /// Somebody wished that it stop.
    Canceled,
}

/// What was written to a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exported {
    /// How many entries.
    pub entries: u64,
    /// The place of the first.
    pub from: u64,
    /// The place of the last.
    pub to: u64,
}

/// Why no file was written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Somebody wished that it stop.
    #[error("it was canceled")]
    Canceled,
    /// The file cannot be written.
    #[error("the file cannot be written: {0}")]
    File(#[from] std::io::Error),
    /// The record cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What was dropped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pruned {
    /// How many entries; with none, nothing was written either.
    pub entries: u64,
    /// The place of the last that was ever dropped; 0 where none was.
    pub last: u64,
}
