//! A new database made of a backup, and the last step of its life as a restored one.

use std::path::{Path, absolute};

use rusqlite::{Connection, TransactionBehavior};
use simgate_record::{Head, SealKey};

use super::read::unread;
use super::{Backup, Stopped, content, copy_pages, is_full, read_through, target};
use crate::backup::{BackupError, Carried, Facts, RestoreError, Watch};
use crate::entry::{Act, Entry, Who};
use crate::error::{OpenError, StoreError};
use crate::record::Search;
use crate::sqlite::fault::{Fault, Kind};
use crate::sqlite::key::DatabaseKey;
use crate::sqlite::record::seal::{self, Sealer};
use crate::sqlite::record::search;
use crate::sqlite::table::{carried, meta, record};
use crate::sqlite::{facts, files, migrations, open};

impl Backup {
    /// Makes a new database `path` of it, with a key of its own, brings it to the newest version
    /// of its tables, and reads it through. Whatever had that name is replaced: it is a name for
    /// what is not finished.
    ///
    /// The new database still has what the backup brought along, and only [`RestoredDatabase`]
    /// opens it. `earlier` are the details of the restores that the database knows which it is to
    /// replace: those that the backup does not know go on record again.
    ///
    /// Waits for the disk: not for an async thread.
    ///
    /// # Errors
    /// [`RestoreError`], with nothing left.
    pub fn rebuild(
        &self,
        path: &Path,
        key: &DatabaseKey,
        earlier: &[String],
        watch: &Watch,
    ) -> Result<Facts, RestoreError> {
        let path = absolute(path).map_err(RestoreError::Folder)?;
        files::private_folder(path.parent().unwrap_or(&path)).map_err(unwritable)?;
        files::remove(&path);
        files::reserve(&path).map_err(unwritable)?;
        let made = self.fill(&path, key, earlier, watch);
        if made.is_err() {
            files::remove(&path);
        }
        made
    }

    fn fill(
        &self,
        path: &Path,
        key: &DatabaseKey,
        earlier: &[String],
        watch: &Watch,
    ) -> Result<Facts, RestoreError> {
        self.read_through(watch).map_err(|stopped| match stopped {
            Stopped::Canceled => RestoreError::Canceled,
            Stopped::Failed(fault) => unread(fault).into(),
        })?;
        let mut made = target(path, key).map_err(|fault| wrote(&fault))?;
        copy_pages(&self.connection, &mut made, watch).map_err(stopped)?;
        // Whoever has the recovery key could write a backup; only the record's key signs one.
        self.require_signed(&made)?;
        let sealed = migrations::version(&made).map_err(unread)? >= migrations::SEALED;
        let carried = self.carried();
        seal::check_head(&made, sealed, carried.record_public, carried.record_head)
            .map_err(unsealed)?;
        migrations::migrate(&mut made, None).map_err(unverified)?;
        seal::check_newer(&made, Head::NONE).map_err(unsealed)?;
        migrations::check_schema(&made, &[carried::CREATE]).map_err(unverified)?;
        read_through(&made, watch).map_err(stopped)?;
        let facts = facts::read(&made).map_err(|fault| wrote(&fault))?;
        if facts != *self.facts() {
            let what = "it does not hold what the backup holds";
            return Err(RestoreError::Unverified(what.to_owned()));
        }
        let known = restores(&made).map_err(|fault| wrote(&fault))?;
        let lost = earlier.iter().filter(|told| !known.contains(told));
        let lost: Vec<String> = lost.cloned().collect();
        carried::note_earlier(&made, &lost).map_err(|fault| wrote(&fault))?;
        made.close().map_err(|(_, error)| wrote(&error.into()))?;
        files::sync(path).map_err(unwritable)?;
        files::sync_folder_of(path).map_err(unwritable)?;
        Ok(facts)
    }
}

impl Backup {
    /// Asked of the copy, which nobody else can reach: the file may have changed since it was opened.
    fn require_signed(&self, made: &Connection) -> Result<(), BackupError> {
        let damaged = |what: &str| Err(BackupError::Damaged(what.to_owned()));
        let carried = carried::read(made).map_err(unread)?;
        if carried != *self.carried() {
            return damaged("it changed while it was read");
        }
        if content::digest(made).map_err(unread)? != carried.content {
            return damaged("it does not hold what was signed");
        }
        if self.facts().last_entry.is_none() {
            return damaged("its record is empty");
        }
        Ok(())
    }
}

/// The details of the restores that are on record, the oldest first.
fn restores(connection: &Connection) -> Result<Vec<String>, Fault> {
    let wanted = Search {
        acts: vec![Act::Restored],
        ..Search::default()
    };
    let (mut found, mut after) = (Vec::new(), None);
    loop {
        let page = search::page(connection, &wanted, after, u16::MAX)?;
        found.extend(page.entries.into_iter().filter_map(|entry| entry.detail));
        after = page.next;
        if after.is_none() {
            found.reverse();
            return Ok(found);
        }
    }
}

/// A database that was made of a backup, until it has settled: then it is one like any other.
pub struct RestoredDatabase {
    connection: Connection,
    carried: Option<Carried>,
    earlier: Vec<String>,
}

impl RestoredDatabase {
    /// Opens a database that [`Backup::rebuild`] made, whether or not it has settled since.
    ///
    /// # Errors
    /// [`OpenError`].
    pub fn open(path: &Path, key: &DatabaseKey) -> Result<Self, OpenError> {
        let connection = open::open_to_settle(path, key)?;
        let (carried, earlier) = if carried::exists(&connection)? {
            migrations::check_schema(&connection, &[carried::CREATE])?;
            let earlier = carried::earlier(&connection)?;
            (Some(carried::read(&connection)?), earlier)
        } else {
            migrations::check_schema(&connection, &[])?;
            (None, Vec::new())
        };
        Ok(Self {
            connection,
            carried,
            earlier,
        })
    }

    /// What the backup brought along; `None` where it has settled before.
    #[must_use]
    pub fn carried(&self) -> Option<&Carried> {
        self.carried.as_ref()
    }

    /// Lets it be a database like any other, with this entry in its record. From here on the record is
    /// signed with `key`: where that is another than before, it is adopted. What the backup brought
    /// along must be in its own place by then: it is forgotten here. One that has settled before
    /// stays as it is.
    ///
    /// # Errors
    /// [`StoreError`]: it has not settled.
    pub fn settle(mut self, key: SealKey, entry: Entry) -> Result<(), StoreError> {
        if self.carried.take().is_some() {
            self.settle_with(key, entry)?;
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
        let adopted = Entry {
            by: entry.by,
            ..Entry::new(entry.at, Who::Program, Act::RecordAdopted)
        };
        seal::adopt(&tx, sealer.key(), before, adopted)?;
        for told in &self.earlier {
            let again = Entry {
                cause: Some("earlier"),
                detail: Some(told.clone()),
                ..Entry::new(entry.at, Who::Program, Act::Restored)
            };
            record::add(&tx, again)?;
        }
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
