//! Opening a backup, and telling why it does not open.

use std::fs::{self, File};
use std::io::{self, Read as _};
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use simgate_domain::RecoveryKey;

use super::{PAGE, Stopped, read_through};
use crate::backup::{BackupError, Carried, Facts, Watch};
use crate::error::OpenError;
use crate::sqlite::fault::{Fault, Kind};
use crate::sqlite::key::{BACKUP, DatabaseKey};
use crate::sqlite::table::carried;
use crate::sqlite::{facts, files, migrations, open};

/// A backup that the recovery key opened. Nothing is ever written to it.
pub struct Backup {
    pub(super) connection: Connection,
    carried: Carried,
    facts: Facts,
    bytes: u64,
}

impl Backup {
    /// Opens a backup and looks at what it says of itself; it is not read through.
    ///
    /// Waits for the disk: not for an async thread. Not to be called with the name of a database
    /// that is open: that would let go of its locks.
    ///
    /// # Errors
    /// [`BackupError`].
    pub fn open(path: &Path, recovery: &RecoveryKey) -> Result<Self, BackupError> {
        Self::with_key(path, &DatabaseKey::of_backups(recovery))
    }

    pub(super) fn with_key(path: &Path, key: &DatabaseKey) -> Result<Self, BackupError> {
        open::require_cipher().map_err(of_opening)?;
        let bytes = look_at(path, key)?;
        let connection = connect(path, key).map_err(|fault| match fault.kind() {
            Kind::Damaged if is_cut_short(path, key) => BackupError::CutShort,
            Kind::Full | Kind::Busy | Kind::Unwritable | Kind::Damaged | Kind::Other => {
                unread(fault)
            }
        })?;
        match migrations::check_schema(&connection, &[carried::CREATE]) {
            Ok(()) => {}
            Err(OpenError::Newer { .. }) => {
                let made_by = carried::made_by(&connection).unwrap_or_default();
                return Err(BackupError::Newer { made_by });
            }
            Err(error) => return Err(of_opening(error)),
        }
        let carried = carried::read(&connection).map_err(unread)?;
        if !carried.is_signed() {
            let what = "what it says of itself is not signed by the key that it names";
            return Err(BackupError::Damaged(what.to_owned()));
        }
        Ok(Self {
            carried,
            facts: facts::read(&connection).map_err(unread)?,
            connection,
            bytes,
        })
    }

    /// What it brings along.
    #[must_use]
    pub fn carried(&self) -> &Carried {
        &self.carried
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

    /// Reads all of it.
    pub(super) fn read_through(&self, watch: &Watch) -> Result<(), Stopped> {
        read_through(&self.connection, watch)
    }
}

/// What shows before anything is decrypted. Gives the length.
fn look_at(path: &Path, key: &DatabaseKey) -> Result<u64, BackupError> {
    let length = match fs::metadata(path) {
        Ok(found) if found.is_file() => found.len(),
        Ok(_) => return Err(BackupError::NotABackup),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(BackupError::Missing),
        Err(error) => return Err(BackupError::Unreadable(error)),
    };
    let Some(header) = files::header(path).map_err(BackupError::Unreadable)? else {
        return Err(beginning_of(path)?);
    };
    if header[..BACKUP.len()] != *BACKUP {
        return Err(BackupError::NotABackup);
    }
    if header != key.salt() {
        return Err(BackupError::OtherKey);
    }
    if length % PAGE != 0 {
        return Err(BackupError::CutShort);
    }
    Ok(length)
}

/// What a file is that is shorter than its beginning.
fn beginning_of(path: &Path) -> Result<BackupError, BackupError> {
    let mut found = Vec::new();
    let read = File::open(path).and_then(|file| {
        let most = BACKUP.len() as u64;
        file.take(most).read_to_end(&mut found)
    });
    read.map_err(BackupError::Unreadable)?;
    if BACKUP.starts_with(&found) {
        Ok(BackupError::CutShort)
    } else {
        Ok(BackupError::NotABackup)
    }
}

fn connect(path: &Path, key: &DatabaseKey) -> Result<Connection, Fault> {
    let connection = unlock(path, key)?;
    open::configure(&connection)?;
    connection.execute_batch("PRAGMA query_only = ON")?;
    probe(&connection)?;
    Ok(connection)
}

fn unlock(path: &Path, key: &DatabaseKey) -> Result<Connection, Fault> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    connection.execute_batch(&key.pragma())?;
    Ok(connection)
}

fn probe(connection: &Connection) -> Result<u32, Fault> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}

/// Whether the first page is good and merely counts more pages than there are: SQLite refuses such a
/// file before it reads anything of it, and opens it if it is told that somebody is mending it. The
/// usual settings are left out: some of them read the tables, which are not all there.
fn is_cut_short(path: &Path, key: &DatabaseKey) -> bool {
    let refused = unlock(path, key).and_then(|connection| probe(&connection));
    let mending = || -> Result<u32, Fault> {
        let connection = unlock(path, key)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false)?;
        connection.execute_batch("PRAGMA writable_schema = ON")?;
        probe(&connection)
    };
    refused.is_err() && mending().is_ok()
}

pub(super) fn unread(fault: Fault) -> BackupError {
    of_opening(OpenError::from(fault))
}

fn of_opening(error: OpenError) -> BackupError {
    match error {
        OpenError::Missing => BackupError::Missing,
        OpenError::OtherKey => BackupError::OtherKey,
        OpenError::Newer { .. } => BackupError::Newer { made_by: None },
        OpenError::Damaged(what) => BackupError::Damaged(what),
        OpenError::Folder(error) => BackupError::Unreadable(error),
        OpenError::Locked => BackupError::Unreadable(io::ErrorKind::ResourceBusy.into()),
        error @ (OpenError::Older | OpenError::SealLost | OpenError::Unsealed) => {
            BackupError::Damaged(error.to_string())
        }
    }
}
