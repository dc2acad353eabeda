//! A new database made of a backup, and the last step of its life as a restored one.

use std::path::{Path, absolute};

use rusqlite::{Connection, TransactionBehavior};
use simgate_record::{Head, SealKey};

use super::read::unread;
use super::{Backup, Stopped, copy_pages, is_full, read_through, target};
use crate::backup::{BackupError, Carried, Facts, RestoreError, Watch};
use crate::entry::Entry;
use crate::error::{OpenError, StoreError};
use crate::sqlite::fault::{Fault, Kind};
use crate::sqlite::key::DatabaseKey;
use crate::sqlite::record::Seal;
use crate::sqlite::record::seal::{self, Sealer};
use crate::sqlite::table::{carried, meta, record};
use crate::sqlite::{facts, files, migrations, open};

impl Backup {
    /// Makes a new database `path` of it, with a key of its own, brings it to the newest version
    /// of its tables, and reads it through. Whatever had that name is replaced: it is a name for
    /// what is not finished.
    ///
    /// The new database still has what the backup brought along, and only [`RestoredDatabase`]
    /// opens it.
    ///
    /// Waits for the disk: not for an async thread.
    ///
    /// # Errors
    /// [`RestoreError`], with nothing left.
    pub fn rebuild(
        &self,
        path: &Path,
        key: &DatabaseKey,
        watch: &Watch,
    ) -> Result<Facts, RestoreError> {
        let path = absolute(path).map_err(RestoreError::Folder)?;
        files::private_folder(path.parent().unwrap_or(&path)).map_err(unwritable)?;
        files::remove(&path);
        files::reserve(&path).map_err(unwritable)?;
        let made = self.fill(&path, key, watch);
        if made.is_err() {
            files::remove(&path);
        }
        made
    }

    fn fill(&self, path: &Path, key: &DatabaseKey, watch: &Watch) -> Result<Facts, RestoreError> {
        self.read_through(watch).map_err(|stopped| match stopped {
            Stopped::Canceled => RestoreError::Canceled,
            Stopped::Failed(fault) => unread(fault).into(),
        })?;
        let mut made = target(path, key).map_err(|fault| wrote(&fault))?;
        copy_pages(&self.connection, &mut made, watch).map_err(stopped)?;
        let seal = Seal {
            key: SealKey::new(&self.carried().record_key),
            head: self.carried().record_head,
        };
        let sealed =
            migrations::version(&made).map_err(|fault| wrote(&fault))? >= migrations::SEALED;
        seal::check_head(&made, sealed, &seal).map_err(unsealed)?;
        migrations::migrate(&mut made, &seal.key).map_err(unverified)?;
        // Whoever has the recovery key could write a backup; only the seal's key makes a record.
        seal::check_newer(&made, Head::NONE).map_err(unsealed)?;
        migrations::check_schema(&made, &[carried::CREATE]).map_err(unverified)?;
        read_through(&made, watch).map_err(stopped)?;
        let facts = facts::read(&made).map_err(|fault| wrote(&fault))?;
        if facts != *self.facts() {
            let what = "it does not hold what the backup holds";
            return Err(RestoreError::Unverified(what.to_owned()));
        }
        made.close().map_err(|(_, error)| wrote(&error.into()))?;
        files::sync(path).map_err(unwritable)?;
        files::sync_folder_of(path).map_err(unwritable)?;
        Ok(facts)
    }
}

/// A database that was made of a backup, until it has settled: then it is one like any other.
pub struct RestoredDatabase {
    connection: Connection,
    carried: Option<Carried>,
}

impl RestoredDatabase {
    /// Opens a database that [`Backup::rebuild`] made, whether or not it has settled since.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(path: &Path, key: &DatabaseKey) -> Result<Self, OpenError> {
        let connection = open::open_to_settle(path, key)?;
        let carried = if carried::exists(&connection)? {
            migrations::check_schema(&connection, &[carried::CREATE])?;
            Some(carried::read(&connection)?)
        } else {
            migrations::check_schema(&connection, &[])?;
            None
        };
        Ok(Self {
            connection,
            carried,
        })
    }

    /// What the backup brought along; `None` where it has settled before.
    #[must_use]
    pub fn carried(&self) -> Option<&Carried> {
        self.carried.as_ref()
    }

    /// Lets it be a database like any other, with this entry in its record. What the backup brought
    /// along must be in its own place by then: it is forgotten here. One that has settled before
    /// stays as it is.
    ///
    /// # Errors
    /// [`StoreError`]: it has not settled.
    pub fn settle(mut self, entry: Entry) -> Result<(), StoreError> {
        if let Some(carried) = self.carried.take() {
            self.settle_with(SealKey::new(&carried.record_key), entry)?;
        }
        open::write_back_on_close(&self.connection, true)?;
        let closed = self.connection.close();
        Ok(closed.map_err(|(_, error)| Fault::from(error))?)
    }

    fn settle_with(&mut self, seal: SealKey, entry: Entry) -> Result<(), Fault> {
        let sealer = Sealer::new(seal, &self.connection)?;
        let tx = self
            .connection
            .transaction_with_behavior(TransactionBehavior::Immediate)?;
        let before = sealer.end_of(&tx)?;
        meta::raise_latest_now(&tx, entry.at)?;
        record::add(&tx, entry)?;
        sealer.seal_after(&tx, before)?;
        tx.execute_batch(carried::DROP)?;
        tx.commit()?;
        Ok(())
    }
}

fn stopped(stopped: Stopped) -> RestoreError {
    match stopped {
        Stopped::Canceled => RestoreError::Canceled,
        Stopped::Failed(fault) => wrote(&fault),
    }
}

fn wrote(fault: &Fault) -> RestoreError {
    match fault.kind() {
        Kind::Full => RestoreError::Full,
        Kind::Unwritable => RestoreError::Folder(std::io::Error::other(fault.words())),
        Kind::Damaged => RestoreError::Backup(BackupError::Damaged(fault.words())),
        Kind::Busy | Kind::Other => RestoreError::Unverified(fault.words()),
    }
}

fn unverified(error: OpenError) -> RestoreError {
    match error {
        OpenError::Folder(error) => unwritable(error),
        error @ (OpenError::Missing
        | OpenError::Locked
        | OpenError::Newer { .. }
        | OpenError::Damaged(_)
        | OpenError::OtherKey
        | OpenError::Older
        | OpenError::SealLost
        | OpenError::Unsealed) => RestoreError::Unverified(error.to_string()),
    }
}

/// The record is not the one that the backup's own head and key are of.
fn unsealed(error: OpenError) -> RestoreError {
    match error {
        error @ (OpenError::Older | OpenError::SealLost | OpenError::Unsealed) => {
            BackupError::Damaged(error.to_string()).into()
        }
        error @ (OpenError::Missing
        | OpenError::Locked
        | OpenError::Newer { .. }
        | OpenError::Damaged(_)
        | OpenError::OtherKey
        | OpenError::Folder(_)) => unverified(error),
    }
}

fn unwritable(error: std::io::Error) -> RestoreError {
    if is_full(&error) {
        RestoreError::Full
    } else {
        RestoreError::Folder(error)
    }
}
