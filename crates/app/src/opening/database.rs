//! The database and its key, which are made together and lost together.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use simgate_store::{DatabaseKey, OpenError, SqliteStore};
use simgate_vault::{Secret, Vault};

use super::{NotReady, fault, keyring};
use crate::contract::words::FaultKind;
use crate::random;

/// The one hold on a data folder, let go of when it is dropped or the program is killed.
pub(crate) struct Hold {
    _lock: File,
}

/// The database of this data folder, for this program alone. It is made only where neither it nor
/// its key was ever there.
pub(super) async fn open(folder: &Path, vault: &Vault) -> Result<(SqliteStore, Hold), NotReady> {
    let folder = make_folder(folder).map_err(|error| fault(FaultKind::DataFolder, error))?;
    // Two programs that start at the same moment would make two keys for one database, and each
    // would cancel the codes that the other waits for.
    let hold = take(&folder)?;
    Ok((open_held(&folder, vault).await?, hold))
}

fn take(folder: &Path) -> Result<Hold, NotReady> {
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

async fn open_held(folder: &Path, vault: &Vault) -> Result<SqliteStore, NotReady> {
    let file = folder.join("simgate.db");
    let new_file = folder.join("simgate.db.new");
    let secret = Secret::DatabaseKey(folder_name(folder));
    let key = vault.get(&secret).await.map_err(|error| keyring(&error))?;
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
        return make_database(file, new_file, &secret, vault).await;
    };
    let key: [u8; 32] = key
        .as_slice()
        .try_into()
        .map_err(|_| fault(FaultKind::KeyringDamaged, "the key has another length"))?;
    if !exists && new_file.exists() {
        // The program was killed between keeping the key and naming the file.
        std::fs::rename(&new_file, &file).map_err(|error| fault(FaultKind::DataFolder, error))?;
    }
    blocking(move || SqliteStore::open(&file, DatabaseKey::new(key))).await
}

/// Makes the database under another name, keeps its key, and only then gives it its name: a key in
/// the keyring with no database beside it means that one was lost.
async fn make_database(
    file: PathBuf,
    new_file: PathBuf,
    secret: &Secret,
    vault: &Vault,
) -> Result<SqliteStore, NotReady> {
    let key = random::bytes::<32>().map_err(|error| fault(FaultKind::Unforeseen, error))?;
    let made = *key;
    let path = new_file.clone();
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
        SqliteStore::create(&path, DatabaseKey::new(made)).map(drop)
    })
    .await?;
    vault
        .put(secret, &*key)
        .await
        .map_err(|error| keyring(&error))?;
    std::fs::rename(&new_file, &file).map_err(|error| fault(FaultKind::DataFolder, error))?;
    blocking(move || SqliteStore::open(&file, DatabaseKey::new(made))).await
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, OpenError> + Send + 'static,
) -> Result<T, NotReady> {
    match tokio::task::spawn_blocking(work).await {
        Ok(Ok(store)) => Ok(store),
        Ok(Err(error)) => Err(fault(database(&error), error)),
        Err(error) => Err(fault(FaultKind::Unforeseen, error)),
    }
}

fn database(error: &OpenError) -> FaultKind {
    match error {
        OpenError::Missing => FaultKind::DatabaseMissing,
        OpenError::Locked => FaultKind::DatabaseLocked,
        OpenError::Newer { .. } => FaultKind::DatabaseNewer,
        OpenError::Damaged(_) => FaultKind::DatabaseDamaged,
        OpenError::OtherKey => FaultKind::DatabaseOtherKey,
        OpenError::Folder(_) => FaultKind::DataFolder,
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
    digest[..8].iter().fold(String::new(), |mut name, byte| {
        use std::fmt::Write;
        // Writing to a string cannot fail.
        let _written = write!(name, "{byte:02x}");
        name
    })
}
