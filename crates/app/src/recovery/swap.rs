//! One database takes the place of another.
//!
//! The new database is made beside the old one and its keys are put into the keyring under names of
//! their own. Then a marker is written, and from there on there is no way back: whoever opens the data
//! folder finishes what the marker says, step by step, each of which may have been done already. So a
//! kill at any moment leaves the old database (before the marker) or the new one (after it).

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use simgate_domain::{Timestamp, UserId};
use simgate_store::backup::RestoredDatabase;
use simgate_store::{Act, By, DatabaseKey, Entry, SealKey, Who};
use simgate_vault::{Patience, Secret};
use uuid::Uuid;
use zeroize::Zeroizing;

use crate::contract::words::FaultKind;
use crate::opening::{NotReady, blocking, failed, fault, get, keyring, put, refused};
use crate::random;

/// A data folder: its files, and its name in the keyring.
pub(crate) struct Place {
    /// Its one true path.
    pub folder: PathBuf,
    /// What tells the databases of several data folders apart in one keyring.
    pub name: String,
}

/// What the keyring holds of a database that is to come: its keys, and what its record will say of how
/// it came.
pub(super) struct Next {
    /// The key of the database.
    pub database: Zeroizing<[u8; 32]>,
    /// The key of its backups.
    pub recovery: Zeroizing<[u8; 32]>,
    /// Who put it there.
    pub by: By,
    /// What it was made of, and what it replaced, in short words.
    pub detail: String,
}

impl Next {
    pub(super) fn to_bytes(&self) -> Zeroizing<Vec<u8>> {
        // With room for all of it, so that no reallocation leaves a copy.
        let mut bytes = Zeroizing::new(Vec::with_capacity(96 + self.detail.len()));
        bytes.extend_from_slice(&*self.database);
        bytes.extend_from_slice(&*self.recovery);
        match self.by {
            By::Nobody => bytes.push(b'n'),
            By::Program => bytes.push(b'p'),
            By::Console => bytes.push(b'c'),
            By::User(user) => {
                bytes.push(b'u');
                bytes.extend_from_slice(user.value().as_bytes());
            }
        }
        bytes.extend_from_slice(self.detail.as_bytes());
        bytes
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (database, rest) = bytes.split_first_chunk()?;
        let (recovery, rest) = rest.split_first_chunk()?;
        let (by, rest) = rest.split_first()?;
        let (by, detail) = match by {
            b'n' => (By::Nobody, rest),
            b'p' => (By::Program, rest),
            b'c' => (By::Console, rest),
            b'u' => {
                let (user, rest) = rest.split_first_chunk()?;
                (By::User(UserId::new(Uuid::from_bytes(*user))), rest)
            }
            _ => return None,
        };
        Some(Self {
            database: Zeroizing::new(*database),
            recovery: Zeroizing::new(*recovery),
            by,
            detail: String::from_utf8(detail.to_vec()).ok()?,
        })
    }
}

impl Place {
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.join("simgate.db")
    }

    /// A database being made of a backup.
    pub(super) fn restoring(&self) -> PathBuf {
        self.folder.join("simgate.db.restoring")
    }

    /// Says that the database beside it is to take the other's place, and since when.
    fn marker(&self) -> PathBuf {
        self.folder.join("simgate.restore")
    }

    /// The date in the name of the database that is put aside now: one that no file has.
    pub(super) fn date(&self, now: Timestamp) -> String {
        let date: String = now
            .to_string()
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .collect();
        let mut free = date.clone();
        for count in 2_u32.. {
            if !self.kept(&free).exists() {
                break;
            }
            free = format!("{date}-{count}");
        }
        free
    }

    pub(super) fn kept(&self, date: &str) -> PathBuf {
        self.folder.join(format!("simgate-{date}.db"))
    }

    /// From here on there is no way back.
    pub(super) fn mark(&self, date: &str) -> io::Result<()> {
        // Whatever became of it: without it there would be no way forward either.
        fs::metadata(self.restoring())?;
        let half = self.folder.join("simgate.restore.new");
        let mut file = fs::File::create(&half)?;
        writeln!(file, "{date}")?;
        file.sync_all()?;
        drop(file);
        fs::rename(&half, self.marker())?;
        self.sync()
    }

    /// Whether a restore has begun to change places, and was not finished.
    pub(crate) fn is_half_restored(&self) -> io::Result<bool> {
        match fs::symlink_metadata(self.marker()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
            found => found.map(|_| true),
        }
    }

    /// The date that the marker says.
    fn marked(&self) -> io::Result<String> {
        let date = fs::read_to_string(self.marker())?.trim().to_owned();
        let is_date = |sign: char| sign.is_ascii_alphanumeric() || sign == '-';
        if !date.is_empty() && date.chars().all(is_date) {
            return Ok(date);
        }
        let why = "the marker of a restore says nothing";
        Err(io::Error::new(io::ErrorKind::InvalidData, why))
    }

    /// Puts the old database aside and gives the new one its name. Each step may be done already.
    fn rename(&self, date: &str) -> io::Result<()> {
        if !self.restoring().exists() {
            return Ok(());
        }
        let (old, kept) = (self.database(), self.kept(date));
        move_if_there(&old, &kept)?;
        // The log belongs to the file that was just put aside, and would spoil the new one.
        move_if_there(&beside(&old, "-wal"), &beside(&kept, "-wal"))?;
        remove_if_there(&beside(&old, "-shm"))?;
        self.sync()?;
        fs::rename(self.restoring(), &old)?;
        self.sync()
    }

    /// Writes the names in the folder to the disk.
    fn sync(&self) -> io::Result<()> {
        #[cfg(unix)]
        fs::File::open(&self.folder)?.sync_all()?;
        Ok(())
    }

    /// Removes what a restore left that never came as far as its marker. Not while one is under way.
    pub(crate) fn clear(&self) -> io::Result<()> {
        for end in ["", "-wal", "-shm", "-journal"] {
            remove_if_there(&beside(&self.restoring(), end))?;
        }
        Ok(())
    }
}

/// Finishes a restore that has begun to change places, if one has. `now` dates its entry.
pub(crate) async fn finish(
    place: &Place,
    vault: &Patience<'_>,
    now: Timestamp,
) -> Result<(), NotReady> {
    let folder = |error| fault(FaultKind::DataFolder, error);
    if !place.is_half_restored().map_err(folder)? {
        return Ok(());
    }
    let secret = Secret::NextDatabaseKey(place.name.clone());
    let Some(stored) = get(vault, &secret).await? else {
        // It is forgotten when all is done but for the marker; or somebody else left a file here.
        let removed = remove_if_there(&place.marker()).and_then(|()| place.sync());
        tracing::info!(?removed, "a marker with nothing to restore is passed over");
        return Ok(());
    };
    let next = Next::from_bytes(&stored).ok_or_else(|| {
        let what = "what the keyring has of the next database is something else";
        fault(FaultKind::KeyringDamaged, what)
    })?;
    let date = place.marked().map_err(folder)?;
    place.rename(&date).map_err(folder)?;
    settle(place, vault, next, now).await?;
    vault
        .delete(&secret)
        .await
        .map_err(|error| keyring(&error))?;
    tracing::info!(date, "a restore is finished");
    remove_if_there(&place.marker()).map_err(folder)?;
    place.sync().map_err(folder)
}

/// Everything that the new database needs goes to its own place in the keyring, and what it brought
/// along is forgotten.
async fn settle(
    place: &Place,
    vault: &Patience<'_>,
    next: Next,
    now: Timestamp,
) -> Result<(), NotReady> {
    let name = || place.name.clone();
    put(vault, &Secret::DatabaseKey(name()), &*next.database).await?;
    put(vault, &Secret::RecoveryKey(name()), &*next.recovery).await?;
    let (path, key) = (place.database(), DatabaseKey::new(*next.database));
    let restored = blocking(move || RestoredDatabase::open(&path, &key)).await?;
    let restored = restored.map_err(refused)?;
    if let Some(carried) = restored.carried() {
        // The head moves to where the backup's record was: what came after it was not restored.
        let head = carried.record_head.to_bytes();
        put(vault, &Secret::RecordHead(name()), &head).await?;
    }
    let key = signing_key(place, vault).await?;
    let entry = Entry {
        by: next.by,
        detail: Some(next.detail),
        ..Entry::new(now, Who::Program, Act::Restored)
    };
    let settled = blocking(move || restored.settle(key, entry)).await?;
    settled.map_err(|error| fault(failed(&error), error))
}

/// The key that this machine signs its record with: a backup brings none along. One that is lost is
/// replaced, and put into the keyring before anything is signed with it.
async fn signing_key(place: &Place, vault: &Patience<'_>) -> Result<SealKey, NotReady> {
    let secret = Secret::RecordKey(place.name.clone());
    let stored = get(vault, &secret).await?;
    let seed = stored.and_then(|stored| <[u8; 32]>::try_from(stored.as_slice()).ok());
    if let Some(seed) = seed.map(Zeroizing::new) {
        return Ok(SealKey::new(&seed));
    }
    let seed = random::bytes().map_err(|error| fault(FaultKind::Unforeseen, error))?;
    put(vault, &secret, &*seed).await?;
    Ok(SealKey::new(&seed))
}

fn move_if_there(from: &Path, to: &Path) -> io::Result<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

fn remove_if_there(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        done => done,
    }
}

fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.to_owned().into_os_string();
    name.push(ending);
    name.into()
}
