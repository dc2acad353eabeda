//! The files on the disk: nobody else's to read.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::key::SALT;

/// Makes the folder, if there is none, and closes it to everyone else.
pub(super) fn private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    close_to_others(folder, FOLDER_MODE)
}

/// Makes the empty file that the database is to be, or fails if anything has that name.
pub(super) fn reserve(database: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, FILE_MODE);
    options.open(database)?;
    close_to_others(database, FILE_MODE)
}

/// As [`reserve`], on somebody's own medium: where that knows no modes, the encryption has to do.
pub(super) fn reserve_abroad(file: &Path) -> io::Result<()> {
    match reserve(file) {
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::PermissionDenied | io::ErrorKind::Unsupported
            ) && size(file).is_ok_and(|size| size == 0) =>
        {
            Ok(())
        }
        done => done,
    }
}

/// Gives a file its name, and never takes it from another.
pub(super) fn give_name(file: &Path, name: &Path) -> io::Result<()> {
    match fs::hard_link(file, name) {
        Ok(()) => fs::remove_file(file)?,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => return Err(error),
        // Not every file system has links; there, the look and the move are two steps.
        Err(_) if fs::symlink_metadata(name).is_ok() => {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        Err(_) => fs::rename(file, name)?,
    }
    sync_folder_of(name)
}

/// Writes what the system holds of a file to the disk. Never of a database that is open: closing
/// any handle of it lets go of SQLite's locks.
pub(super) fn sync(file: &Path) -> io::Result<()> {
    OpenOptions::new().write(true).open(file)?.sync_all()
}

/// The same for the names in its folder.
pub(super) fn sync_folder_of(file: &Path) -> io::Result<()> {
    #[cfg(unix)]
    if let Some(folder) = file.parent() {
        match File::open(folder).and_then(|folder| folder.sync_all()) {
            // Not every file system does that.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => {}
            done => done?,
        }
    }
    #[cfg(not(unix))]
    let _ = file;
    Ok(())
}

/// The first bytes of the file; `None` where it has fewer.
pub(super) fn header(database: &Path) -> io::Result<Option<[u8; SALT]>> {
    let mut header = Vec::with_capacity(SALT);
    File::open(database)?
        .take(SALT as u64)
        .read_to_end(&mut header)?;
    Ok(header.try_into().ok())
}

/// The length of the file in bytes.
pub(super) fn size(database: &Path) -> io::Result<u64> {
    fs::metadata(database).map(|file| file.len())
}

/// Closes the file and what SQLite keeps beside it to everyone else, whatever the umask was and
/// whatever a backup tool has restored.
pub(super) fn make_private(database: &Path) -> io::Result<()> {
    for file in [
        database.to_owned(),
        beside(database, "-wal"),
        beside(database, "-shm"),
    ] {
        match close_to_others(&file, FILE_MODE) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            done => done?,
        }
    }
    Ok(())
}

/// Removes a database that could not be made whole.
pub(super) fn remove(database: &Path) {
    for file in [
        beside(database, "-wal"),
        beside(database, "-shm"),
        beside(database, "-journal"),
        database.to_owned(),
    ] {
        // What is left is refused as damaged at the next start; there is nothing better to do.
        let _ = fs::remove_file(file);
    }
}

/// The name of what is kept beside a file.
pub(super) fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = OsString::from(database);
    name.push(ending);
    name.into()
}

const FOLDER_MODE: u32 = 0o700;
const FILE_MODE: u32 = 0o600;

#[cfg(unix)]
fn close_to_others(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    const STICKY: u32 = 0o1000;
    let now = fs::metadata(path)?.permissions().mode();
    if now & STICKY != 0 {
        // Such as /tmp, which a program run as root would close to the whole machine.
        let why = "the data folder is one that everyone shares";
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, why));
    }
    if now & 0o777 != mode {
        fs::set_permissions(path, fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

/// Windows: a person's own folders are closed to others by the access list they inherit.
#[cfg(not(unix))]
fn close_to_others(path: &Path, _mode: u32) -> io::Result<()> {
    fs::metadata(path).map(drop)
}
