//! Making a backup of a database that is in use.

mod content;
mod read;
mod restore;

use std::path::{Path, PathBuf, absolute};

use rusqlite::{Connection, OpenFlags, backup};
use simgate_domain::RecoveryKey;

use super::fault::{Fault, Kind};
use super::key::DatabaseKey;
use super::table::carried;
use super::{facts, files, open};
use crate::backup::{Carried, CopyError, Facts, Label, Progress, Step, Watch};
use crate::error::OpenError;

pub use read::Backup;
pub use restore::RestoredDatabase;

/// One mebibyte: some milliseconds.
const PAGES_A_STEP: i32 = 256;

/// A backup that is complete, read through and on the disk, and has no name yet. Dropped without
/// one, it is removed.
pub struct BackupCopy {
    copy: Unnamed,
    name: PathBuf,
    facts: Facts,
    bytes: u64,
}

impl BackupCopy {
    /// Copies the database, which may be in use, into a new file beside `name`, which the recovery
    /// key opens. What is written to the database after this call began is not in it.
    ///
    /// Waits for the disk: not for an async thread.
    ///
    /// # Errors
    /// [`CopyError`], with nothing left.
    pub fn make(
        (database, key): (&Path, &DatabaseKey),
        name: &Path,
        recovery: &RecoveryKey,
        label: &Label,
        watch: &Watch,
    ) -> Result<Self, CopyError> {
        let name = absolute(name).map_err(CopyError::Target)?;
        if std::fs::symlink_metadata(&name).is_ok() {
            return Err(CopyError::Exists);
        }
        let source = open::open_in_use(database, key).map_err(|error| source(&error))?;
        let copy = Unnamed::beside(&name)?;
        let key = DatabaseKey::of_backups(recovery);
        let facts = {
            let mut target = target(&copy.0, &key).map_err(|fault| wrote(&fault))?;
            copy_pages(&source, &mut target, watch).map_err(|error| match error {
                Stopped::Canceled => CopyError::Canceled,
                Stopped::Failed(fault) => wrote(&fault),
            })?;
            carry(&mut target, label).map_err(|fault| wrote(&fault))?;
            let facts = facts::read(&target).map_err(|fault| wrote(&fault))?;
            target.close().map_err(|(_, error)| wrote(&error.into()))?;
            facts
        };
        files::sync(&copy.0).map_err(unwritable)?;
        let written = Backup::with_key(&copy.0, &key)
            .map_err(|error| CopyError::Unverified(error.to_string()))?;
        written.read_through(watch).map_err(|error| match error {
            Stopped::Canceled => CopyError::Canceled,
            Stopped::Failed(fault) => CopyError::Unverified(fault.words()),
        })?;
        Ok(Self {
            bytes: written.bytes(),
            copy,
            name,
            facts,
        })
    }

    /// What is in it.
    #[must_use]
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// How long it is.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Gives it its name.
    ///
    /// # Errors
    /// [`CopyError::Exists`] or [`CopyError::Target`], with nothing left.
    pub fn name(self) -> Result<(), CopyError> {
        files::give_name(&self.copy.0, &self.name).map_err(unwritable)
    }
}

/// A file that is removed unless it has got another name.
struct Unnamed(PathBuf);

impl Unnamed {
    /// Under a name that nobody can have put something at.
    fn beside(name: &Path) -> Result<Self, CopyError> {
        let mut random = [0; 8];
        getrandom::fill(&mut random).map_err(|error| CopyError::Source(error.to_string()))?;
        let ending = format!(".{:016x}.part", u64::from_be_bytes(random));
        let path = files::beside(name, &ending);
        files::reserve_abroad(&path).map_err(unwritable)?;
        Ok(Self(path))
    }
}

impl Drop for Unnamed {
    fn drop(&mut self) {
        files::remove(&self.0);
    }
}

/// Why a piece of work went no further.
#[derive(Debug)]
enum Stopped {
    Canceled,
    Failed(Fault),
}

impl From<Fault> for Stopped {
    fn from(fault: Fault) -> Self {
        Self::Failed(fault)
    }
}

impl From<rusqlite::Error> for Stopped {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(error.into())
    }
}

/// The empty file that pages are copied into. Nobody else opens it, and nothing is kept beside it.
fn target(path: &Path, key: &DatabaseKey) -> Result<Connection, Fault> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    connection.execute_batch(&key.pragma())?;
    open::configure(&connection)?;
    connection.execute_batch("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = MEMORY;")?;
    Ok(connection)
}

/// Copies all that `source` holds at this moment. It may be written to meanwhile: the copy is of
/// one read transaction, so that it neither waits nor begins anew.
fn copy_pages(source: &Connection, target: &mut Connection, watch: &Watch) -> Result<(), Stopped> {
    source.execute_batch("BEGIN")?;
    let copied = copy_pages_of_this_moment(source, target, watch);
    let _ended = source.execute_batch("ROLLBACK");
    copied?;
    // The copied header says that there is a log. There is none, and a backup is one file.
    let _tables: u32 =
        target.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0))?;
    target.execute_batch("PRAGMA journal_mode = MEMORY")?;
    Ok(())
}

fn copy_pages_of_this_moment(
    source: &Connection,
    target: &mut Connection,
    watch: &Watch,
) -> Result<(), Stopped> {
    let _tables: u32 =
        source.query_row("SELECT count(*) FROM sqlite_schema", (), |row| row.get(0))?;
    let copying = backup::Backup::new(source, target)?;
    loop {
        if watch.is_canceled() {
            return Err(Stopped::Canceled);
        }
        let step = copying.step(PAGES_A_STEP)?;
        let progress = copying.progress();
        let total = u32::try_from(progress.pagecount).unwrap_or(0);
        let left = u32::try_from(progress.remaining).unwrap_or(0);
        watch.see(Progress {
            step: Step::Copying,
            done: total.saturating_sub(left),
            total,
        });
        match step {
            backup::StepResult::Done => return Ok(()),
            backup::StepResult::More => {}
            // Nobody else has the file, and the source is only read: neither can be.
            backup::StepResult::Busy | backup::StepResult::Locked | _ => {
                return Err(Fault::Call("a page to be copied was held").into());
            }
        }
    }
}

fn carry(target: &mut Connection, label: &Label) -> Result<(), Fault> {
    let carried = Carried::signed(label, content::digest(target)?);
    let tx = target.transaction()?;
    carried::write(&tx, &carried)?;
    tx.commit()?;
    Ok(())
}

/// Reads every page of a file and all that is in it.
fn read_through(connection: &Connection, watch: &Watch) -> Result<(), Stopped> {
    let total = connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
    let see = |done| {
        watch.see(Progress {
            step: Step::Verifying,
            done,
            total,
        });
    };
    see(0);
    if watch.is_canceled() {
        return Err(Stopped::Canceled);
    }
    // Pages that nothing uses are read by this one alone, and only this one sees what was appended.
    let bad = bad_pages(connection)?;
    if bad {
        return Err(Fault::Row("a page does not verify").into());
    }
    watch.interrupts(Some(connection));
    let read = fits_together(connection);
    watch.interrupts(None);
    match read {
        _ if watch.is_canceled() => Err(Stopped::Canceled),
        Ok(()) => {
            see(total);
            Ok(())
        }
        Err(fault) => Err(Stopped::Failed(fault)),
    }
}

fn bad_pages(connection: &Connection) -> Result<bool, rusqlite::Error> {
    let mut statement = connection.prepare("PRAGMA cipher_integrity_check")?;
    statement.exists(())
}

fn fits_together(connection: &Connection) -> Result<(), Fault> {
    let found: String = connection.query_row("PRAGMA integrity_check(1)", (), |row| row.get(0))?;
    if found != "ok" {
        // What it found names rows; the fact is enough.
        return Err(Fault::Row("its pages do not fit together"));
    }
    if connection.prepare("PRAGMA foreign_key_check")?.exists(())? {
        return Err(Fault::Row("a row belongs to one that is not there"));
    }
    Ok(())
}

fn source(error: &OpenError) -> CopyError {
    CopyError::Source(error.to_string())
}

fn wrote(fault: &Fault) -> CopyError {
    match fault.kind() {
        Kind::Full => CopyError::Full,
        Kind::Unwritable => CopyError::Target(std::io::Error::other(fault.words())),
        Kind::Busy | Kind::Damaged | Kind::Other => CopyError::Source(fault.words()),
    }
}

fn unwritable(error: std::io::Error) -> CopyError {
    if error.kind() == std::io::ErrorKind::AlreadyExists {
        CopyError::Exists
    } else if is_full(&error) {
        CopyError::Full
    } else {
        CopyError::Target(error)
    }
}

/// Whether there is no room for what was to be written.
fn is_full(error: &std::io::Error) -> bool {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    matches!(error.kind(), StorageFull | QuotaExceeded | FileTooLarge)
}

/// Pages as SQLCipher makes them.
const PAGE: u64 = 4096;
