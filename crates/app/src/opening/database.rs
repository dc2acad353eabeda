//! The database and its key, which are made together and lost together.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use simgate_domain::Timestamp;
use simgate_store::{DatabaseKey, OpenError, SqliteStore, StoreError};
use simgate_vault::{Patience, Secret};

use super::keep::{Keep, get, put, thirty_two};
use super::{NotReady, fault};
use crate::contract::words::FaultKind;
use crate::random;
use crate::recovery::swap::{self, Place};

/// The one hold on a data folder, let go of when it is dropped or the program is killed.
pub(crate) struct Hold {
    _lock: File,
}

/// The database of this data folder, for this program alone. It is made only where neither it nor
/// its key was ever there. A restore that was killed while databases changed places is finished first;
/// what one left that was killed before is removed, unless one is `restoring` just now.
pub(super) async fn open(
    folder: &Path,
    vault: &Patience<'_>,
    now: Timestamp,
    restoring: bool,
) -> Result<(SqliteStore, Keep, Hold), NotReady> {
    let place = place(folder).map_err(|error| fault(FaultKind::DataFolder, error))?;
    // Two programs that start at the same moment would make two keys for one database, and each
    // would cancel the codes that the other waits for.
    let hold = take(&place.folder)?;
    swap::finish(&place, vault, now).await?;
    if !restoring {
        let cleared = place.clear();
        cleared.map_err(|error| fault(FaultKind::DataFolder, error))?;
    }
    let (store, keep) = open_held(&place, vault).await?;
    Ok((store, keep, hold))
}

/// Whether there is a database in this folder, or the keyring knows of one that was. Makes nothing.
pub(super) async fn is_anything_here(
    folder: &Path,
    vault: &Patience<'_>,
) -> Result<bool, NotReady> {
    let unusable = |error| fault(FaultKind::DataFolder, error);
    let Some(folder) = true_path(folder).map_err(unusable)? else {
        return Ok(false);
    };
    if folder.join("simgate.db").try_exists().map_err(unusable)? {
        return Ok(true);
    }
    let name = folder_name(&folder);
    let place = Place { folder, name };
    if place.is_half_restored().map_err(unusable)? {
        return Ok(true);
    }
    let name = place.name;
    let key = get(vault, &Secret::DatabaseKey(name.clone())).await?;
    Ok(key.is_some() || Keep::read(vault, &name).await?.knows_entries())
}

/// The one true path of a folder that is there, or of one that was there if what it was in still is.
fn true_path(folder: &Path) -> std::io::Result<Option<PathBuf>> {
    let gone = |error: &std::io::Error| error.kind() == std::io::ErrorKind::NotFound;
    match folder.canonicalize() {
        Err(error) if gone(&error) => {}
        found => return found.map(Some),
    }
    let folder = std::path::absolute(folder)?;
    let (Some(parent), Some(name)) = (folder.parent(), folder.file_name()) else {
        return Ok(None);
    };
    match parent.canonicalize() {
        Err(error) if gone(&error) => Ok(None),
        found => found.map(|parent| Some(parent.join(name))),
    }
}

/// The data folder, which is made if need be, for its owner only.
pub(crate) fn place(folder: &Path) -> std::io::Result<Place> {
    let folder = make_folder(folder)?;
    let name = folder_name(&folder);
    Ok(Place { folder, name })
}

/// Takes the one hold on a data folder.
pub(crate) fn take(folder: &Path) -> Result<Hold, NotReady> {
    let unusable = |error| fault(FaultKind::DataFolder, error);
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options
        .open(folder.join("simgate.lock"))
        .map_err(unusable)?;
    match file.try_lock() {
        Ok(()) => Ok(Hold { _lock: file }),
        Err(TryLockError::WouldBlock) => Err(fault(
            FaultKind::DatabaseLocked,
            "another program holds the data folder",
        )),
        Err(TryLockError::Error(error)) => Err(unusable(error)),
    }
}

/// The database of a folder that is held.
pub(crate) async fn open_held(
    place: &Place,
    vault: &Patience<'_>,
) -> Result<(SqliteStore, Keep), NotReady> {
    let file = place.database();
    let new_file = place.folder.join("simgate.db.new");
    let name = place.name.clone();
    let key = get(vault, &Secret::DatabaseKey(name.clone())).await?;
    let keep = Keep::read(vault, &name).await?;
    let exists = file
        .try_exists()
        .map_err(|error| fault(FaultKind::DataFolder, error))?;
    let Some(key) = key else {
        if exists {
            return Err(fault(
                FaultKind::DatabaseOtherKey,
                "the keyring has no key for it",
            ));
        }
        if keep.knows_entries() {
            return Err(fault(
                FaultKind::DatabaseMissing,
                "the keyring knows the record of a database that is gone",
            ));
        }
        return make_database(file, new_file, &name, vault).await;
    };
    let key = thirty_two(&key, "the key")?;
    if !exists && new_file.exists() {
        // The program was killed between keeping the key and naming the file.
        std::fs::rename(&new_file, &file).map_err(|error| fault(FaultKind::DataFolder, error))?;
    }
    open_sealed(file, key, keep, &name, vault).await
}

/// Makes the database under another name, keeps its keys, and only then gives it its name: a key in
/// the keyring with no database beside it means that one was lost.
async fn make_database(
    file: PathBuf,
    new_file: PathBuf,
    name: &str,
    vault: &Patience<'_>,
) -> Result<(SqliteStore, Keep), NotReady> {
    let key = random::bytes::<32>().map_err(|error| fault(FaultKind::Unforeseen, error))?;
    let keep = Keep::make(vault, name).await?;
    let made = *key;
    let (path, seal) = (new_file.clone(), keep.seal()?.key);
    blocking(move || {
        // What is left here was begun and never had a key.
        for end in ["", "-wal", "-shm"] {
            let mut left = path.clone().into_os_string();
            left.push(end);
            match std::fs::remove_file(&left) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(OpenError::Folder(error));
                }
                Ok(()) | Err(_) => {}
            }
        }
        SqliteStore::create(&path, DatabaseKey::new(made), seal).map(drop)
    })
    .await?
    .map_err(refused)?;
    put(vault, &Secret::DatabaseKey(name.to_owned()), &*key).await?;
    std::fs::rename(&new_file, &file).map_err(|error| fault(FaultKind::DataFolder, error))?;
    open_sealed(file, made, keep, name, vault).await
}

/// Opens the database that the keyring has the seal of. One from before records were sealed is sealed
/// now, once; one that was sealed and whose seal is not there is not opened.
async fn open_sealed(
    file: PathBuf,
    key: [u8; 32],
    mut keep: Keep,
    name: &str,
    vault: &Patience<'_>,
) -> Result<(SqliteStore, Keep), NotReady> {
    if keep.is_empty() {
        let file = file.clone();
        let opened = blocking(move || SqliteStore::open(&file, DatabaseKey::new(key), None));
        match opened.await?.map(drop) {
            Err(OpenError::Unsealed) => keep = Keep::make(vault, name).await?,
            Err(error) => return Err(refused(error)),
            Ok(()) => {}
        }
    }
    let seal = keep.seal()?;
    let opened = blocking(move || SqliteStore::open(&file, DatabaseKey::new(key), Some(seal)));
    let store = opened.await?.map_err(refused)?;
    Ok((store, keep))
}

/// Work that waits for a disk.
pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, NotReady> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| fault(FaultKind::Unforeseen, error))
}

pub(crate) fn refused(error: OpenError) -> NotReady {
    let kind = match error {
        OpenError::Missing => FaultKind::DatabaseMissing,
        OpenError::Locked => FaultKind::DatabaseLocked,
        OpenError::Newer { .. } => FaultKind::DatabaseNewer,
        OpenError::Damaged(_) => FaultKind::DatabaseDamaged,
        OpenError::OtherKey => FaultKind::DatabaseOtherKey,
        OpenError::Older => FaultKind::DatabaseOlder,
        OpenError::SealLost | OpenError::Unsealed => FaultKind::SealLost,
        OpenError::Folder(_) => FaultKind::DataFolder,
    };
    fault(kind, error)
}

/// What a database that fails at work keeps the program from.
pub(crate) fn failed(error: &StoreError) -> FaultKind {
    match error {
        StoreError::Full | StoreError::ReadOnly => FaultKind::DataFolder,
        StoreError::Busy => FaultKind::DatabaseLocked,
        StoreError::Damaged(_) => FaultKind::DatabaseDamaged,
        StoreError::Failed(_) => FaultKind::Unforeseen,
    }
}

/// Makes the folder, for its owner only, and gives its one true path.
fn make_folder(folder: &Path) -> std::io::Result<PathBuf> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)?;
    folder.canonicalize()
}

/// What tells the databases of several data folders apart in one keyring.
fn folder_name(folder: &Path) -> String {
    let digest = Sha256::digest(folder.as_os_str().as_encoded_bytes());
    hex(&digest[..8])
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        use std::fmt::Write;
        // Writing to a string cannot fail.
        let _written = write!(text, "{byte:02x}");
        text
    })
}
