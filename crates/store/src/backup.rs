//! Backups: an encrypted copy of a database that is in use, and a database made of such a copy.
//!
//! A backup is one SQLCipher file that the recovery key opens, and nothing else does. It begins
//! with `SIMgateB`. It holds all that the database holds, and [`Carried`] besides; the credentials
//! of the vendors are in neither, nor is the key that the record is signed with. That key signs what a
//! backup holds, where it is made: whoever can open one can read it, and cannot make another of it that
//! passes for this installation's.
//!
//! The copying has a connection and a read transaction of its own. The one thread of the database
//! is not held up for a moment, and what is written meanwhile is not in the copy.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use rusqlite::InterruptHandle;
use simgate_domain::Timestamp;
use simgate_record::{Head, PublicKey, SealKey};

pub use crate::sqlite::{Backup, BackupCopy, RestoredDatabase};

/// What a backup is to say of itself.
#[derive(Debug)]
pub struct Label {
    /// When it is made, by the wall clock.
    pub made_at: Timestamp,
    /// The version of the program that makes it.
    pub made_by: String,
    /// The newest entry of the record before the backup began.
    pub record_head: Head,
    /// The key of the record, which signs it and is not in it.
    pub record_key: SealKey,
}

/// What a backup brings along besides the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Carried {
    /// When it was made, by the wall clock.
    pub made_at: Timestamp,
    /// The version of the program that made it.
    pub made_by: String,
    /// Whose signatures the record bears, and this.
    pub record_public: PublicKey,
    /// The newest entry of the record before the backup began.
    pub record_head: Head,
    /// What it holds, in one number.
    pub(crate) content: [u8; 32],
    /// By the record's key, of all this.
    pub(crate) signature: [u8; 64],
}

impl Carried {
    pub(crate) fn signed(label: &Label, content: [u8; 32]) -> Self {
        let mut carried = Self {
            made_at: label.made_at,
            made_by: label.made_by.clone(),
            record_public: label.record_key.public(),
            record_head: label.record_head,
            content,
            signature: [0; 64],
        };
        carried.signature = label.record_key.sign(&carried.message());
        carried
    }

    pub(crate) fn is_signed(&self) -> bool {
        let key = self.record_public;
        key.verifies(&self.message(), &self.signature)
    }

    /// What is signed: nothing else that this key signs begins so.
    fn message(&self) -> Vec<u8> {
        let mut message = b"simgate backup 1".to_vec();
        message.extend(self.made_at.as_micros().to_be_bytes());
        message.extend(self.record_head.to_bytes());
        message.extend(self.content);
        message.extend(self.made_by.as_bytes());
        message
    }
}

/// What is told of a database before it is replaced, or takes another's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// How many people it has.
    pub people: u64,
    /// The last entry of its record: its place, and when it was written.
    pub last_entry: Option<(u64, Timestamp)>,
    /// The latest time that it was ever told.
    pub latest_now: Timestamp,
}

/// How far the work is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub step: Step,
    /// Pages of 4 KiB done in this step.
    pub done: u32,
    /// Pages in all.
    pub total: u32,
}

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Pages are being copied.
    Copying,
    /// What was copied is being read through. This step is not counted page by page.
    Verifying,
}

/// Sees how far a piece of work is, and can end it.
pub struct Watch {
    see: Box<dyn Fn(Progress) + Send + Sync>,
    canceled: AtomicBool,
    interrupt: Mutex<Option<InterruptHandle>>,
}

impl Watch {
    /// Calls `see` after every step, on the thread that does the work.
    #[must_use]
    pub fn new(see: impl Fn(Progress) + Send + Sync + 'static) -> Self {
        Self {
            see: Box::new(see),
            canceled: AtomicBool::new(false),
            interrupt: Mutex::new(None),
        }
    }

    /// Ends the work at its next step. What it has made by then is removed.
    pub fn cancel(&self) {
        self.canceled.store(true, Ordering::SeqCst);
        if let Some(interrupt) = &*self.lock() {
            interrupt.interrupt();
        }
    }

    /// Whether the work was canceled.
    #[must_use]
    pub fn is_canceled(&self) -> bool {
        self.canceled.load(Ordering::SeqCst)
    }

    pub(crate) fn see(&self, progress: Progress) {
        (self.see)(progress);
    }

    /// Statements of this connection end when the work is canceled.
    pub(crate) fn interrupts(&self, connection: Option<&rusqlite::Connection>) {
        *self.lock() = connection.map(rusqlite::Connection::get_interrupt_handle);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<InterruptHandle>> {
        self.interrupt
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }
}

/// Sees nothing and ends nothing.
impl Default for Watch {
    fn default() -> Self {
        Self::new(|_progress| {})
    }
}

/// Why no backup was made. Nothing is left of it.
#[derive(Debug, thiserror::Error)]
pub enum CopyError {
    /// Something has that name. It stays as it is.
    #[error("there is a file of that name")]
    Exists,
    /// No room where it was to be.
    #[error("the disk is full")]
    Full,
    /// Nothing can be written there.
    #[error("the backup cannot be written: {0}")]
    Target(#[source] io::Error),
    /// Somebody did not want it any more.
    #[error("it was canceled")]
    Canceled,
    /// The database could not be read.
    #[error("the database cannot be read: {0}")]
    Source(String),
    /// What was written did not read back.
    #[error("the backup did not read back: {0}")]
    Unverified(String),
}

/// Why a file cannot be restored from. It stays as it is.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// There is no such file.
    #[error("there is no such file")]
    Missing,
    /// It is another kind of file.
    #[error("it is no backup of SIMgate's")]
    NotABackup,
    /// It is a backup that another recovery key opens.
    #[error("another recovery key opens it")]
    OtherKey,
    /// Its end is missing.
    #[error("its end is missing")]
    CutShort,
    /// It was made by a later version.
    #[error("it was made by a later version ({made_by:?})")]
    Newer {
        /// That version, if it says so.
        made_by: Option<String>,
    },
    /// A page of it was changed, it holds what SIMgate never puts there, or its record does not verify.
    #[error("it is damaged: {0}")]
    Damaged(String),
    /// The file cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(#[source] io::Error),
}

/// Why no database was made of a backup. Nothing is left of it.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The backup is at fault.
    #[error("the backup: {0}")]
    Backup(#[from] BackupError),
    /// No room in the data folder.
    #[error("the disk is full")]
    Full,
    /// Nothing can be written in the data folder.
    #[error("the data folder cannot be used: {0}")]
    Folder(#[source] io::Error),
    /// Somebody did not want it any more.
    #[error("it was canceled")]
    Canceled,
    /// What was made of it did not read back.
    #[error("the new database did not read back: {0}")]
    Unverified(String),
}
