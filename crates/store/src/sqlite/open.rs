//! Making and opening the file.

use std::io;
use std::path::{Path, absolute};
use std::sync::{LazyLock, Mutex};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use simgate_record::SealKey;

use super::fault::Fault;
use super::key::DatabaseKey;
use super::record::{Seal, seal};
use super::{files, migrations};
use crate::error::OpenError;

/// How long a call waits for another program.
const PATIENCE: Duration = Duration::from_secs(5);

/// Statements that are kept ready: more than there are, each of them a few kilobytes. Their values are
/// not kept with them.
const STATEMENTS: usize = 256;

/// Up to this size, in bytes, the whole file is read through at every start: some 20 ms a megabyte
/// on a slow machine, and two hundred thousand entries of the record. SQLCipher checks each page
/// as it is read in any case; this finds the damage before anyone signs in.
const READ_THROUGH: u64 = 16 << 20;

const SETTINGS: &str = "
    PRAGMA foreign_keys = ON;
    PRAGMA cell_size_check = ON;
    PRAGMA mmap_size = 0;
    PRAGMA secure_delete = ON;
    PRAGMA temp_store = MEMORY;
    -- What was answered is on the disk, even when the power fails; on macOS only `fullfsync` is.
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
";

/// Makes a database where there is nothing.
pub(super) fn create(
    path: &Path,
    key: &DatabaseKey,
    seal: &SealKey,
) -> Result<Connection, OpenError> {
    require_cipher()?;
    let path = absolute(path).map_err(OpenError::Folder)?;
    files::private_folder(path.parent().unwrap_or(&path)).map_err(OpenError::Folder)?;
    files::reserve(&path).map_err(OpenError::Folder)?;
    let made = fill(&path, key, seal);
    if made.is_err() {
        files::remove(&path);
    }
    made
}

/// Opens the database that is there, and changes nothing before it is known to be ours.
pub(super) fn open(
    path: &Path,
    key: &DatabaseKey,
    seal: Option<&Seal>,
) -> Result<Connection, OpenError> {
    require_cipher()?;
    let path = absolute(path).map_err(OpenError::Folder)?;
    is_of(&path, key)?;
    files::private_folder(path.parent().unwrap_or(&path)).map_err(OpenError::Folder)?;
    let mut connection = connect(&path, key)?;
    migrations::check_schema(&connection, &[])?;
    read_through(&connection, &path)?;
    let sealed = migrations::version(&connection)? >= migrations::SEALED;
    let seal = match (seal, sealed) {
        (Some(seal), _) => seal,
        (None, true) => return Err(OpenError::SealLost),
        (None, false) => return Err(OpenError::Unsealed),
    };
    seal::check_head(&connection, sealed, seal.key.public(), seal.head)?;
    migrations::migrate(&mut connection, Some(&seal.key))?;
    seal::check_newer(&connection, seal.head)?;
    files::make_private(&path).map_err(OpenError::Folder)?;
    write_back_on_close(&connection, true)?;
    Ok(connection)
}

/// A second connection to a database that this program has open already: to read from, for as long
/// as it likes, without holding anyone up. The file is not looked at as a file: closing that would
/// let go of the locks of the first connection.
pub(super) fn open_in_use(path: &Path, key: &DatabaseKey) -> Result<Connection, OpenError> {
    require_cipher()?;
    let path = absolute(path).map_err(OpenError::Folder)?;
    let connection = connect(&path, key)?;
    connection
        .execute_batch("PRAGMA query_only = ON")
        .map_err(Fault::from)?;
    Ok(connection)
}

/// A database that was made of a backup and may still hold what the backup brought along. Its
/// tables are the caller's to check.
pub(super) fn open_to_settle(path: &Path, key: &DatabaseKey) -> Result<Connection, OpenError> {
    require_cipher()?;
    let path = absolute(path).map_err(OpenError::Folder)?;
    is_of(&path, key)?;
    connect(&path, key)
}

/// Whether the file is there and has this key, as far as that shows from without.
fn is_of(path: &Path, key: &DatabaseKey) -> Result<(), OpenError> {
    match files::header(path) {
        Ok(Some(header)) if header == key.salt() => Ok(()),
        Ok(Some(_other)) => Err(OpenError::OtherKey),
        Ok(None) => Err(OpenError::Damaged("it has no first page".to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(OpenError::Missing),
        Err(error) => Err(OpenError::Folder(error)),
    }
}

/// Makes a database that is gone when it is closed. It is not encrypted: it never touches a disk.
pub(super) fn in_memory(seal: &SealKey) -> Result<Connection, OpenError> {
    require_cipher()?;
    let mut connection = Connection::open_in_memory().map_err(Fault::from)?;
    configure(&connection)?;
    migrations::migrate(&mut connection, Some(seal))?;
    Ok(connection)
}

fn fill(path: &Path, key: &DatabaseKey, seal: &SealKey) -> Result<Connection, OpenError> {
    let mut connection = connect(path, key)?;
    migrations::migrate(&mut connection, Some(seal))?;
    files::make_private(path).map_err(OpenError::Folder)?;
    match files::header(path) {
        Ok(Some(header)) if header == key.salt() => {
            write_back_on_close(&connection, true)?;
            Ok(connection)
        }
        Ok(_) => Err(OpenError::Damaged("it was not encrypted".to_owned())),
        Err(error) => Err(OpenError::Folder(error)),
    }
}

fn connect(path: &Path, key: &DatabaseKey) -> Result<Connection, OpenError> {
    // One thread has the connection, as its type demands: SQLite need not lock it at every column.
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(Fault::from)?;
    write_back_on_close(&connection, false)?;
    connection
        .execute_batch(&key.pragma())
        .map_err(Fault::from)?;
    configure(&connection)?;
    let mode: String = connection
        .pragma_update_and_check(None, "journal_mode", "wal", |row| row.get(0))
        .map_err(Fault::from)?;
    if mode == "wal" {
        Ok(connection)
    } else {
        // Network file systems have no memory that two programs share.
        let why = "the data folder is on a file system without shared memory";
        Err(OpenError::Folder(io::Error::new(
            io::ErrorKind::Unsupported,
            why,
        )))
    }
}

pub(super) fn configure(connection: &Connection) -> Result<(), Fault> {
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    for (config, on) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DML, false),
        (DbConfig::SQLITE_DBCONFIG_DQS_DDL, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_CREATE, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_ATTACH_WRITE, false),
        // A statement goes by the same plan whatever its values are, which is the one that a test
        // has read. Else SQLite makes a new one for each limit, which takes longer than many a call.
        (DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true),
    ] {
        connection.set_db_config(config, on)?;
    }
    connection.execute_batch(SETTINGS)?;
    Ok(())
}

/// Whether closing the file copies its log into it. Not before the file was found good: a log left
/// there by another database would overwrite it.
pub(super) fn write_back_on_close(connection: &Connection, on: bool) -> Result<(), Fault> {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, !on)?;
    Ok(())
}

/// A build against plain SQLite would take the key, ignore it, and write everything in clear.
pub(super) fn require_cipher() -> Result<(), OpenError> {
    if CIPHER.is_some() {
        return Ok(());
    }
    let why = "this program was built without SQLCipher";
    let error = io::Error::new(io::ErrorKind::Unsupported, why);
    Err(OpenError::Folder(error))
}

/// A connection that stays open as long as the program, with SQLCipher at work in it. SQLCipher
/// sets itself up with the first connection and down with the last; two threads that do the first
/// at the same moment can fail ("SQL logic error"), so that it is done here, once.
static CIPHER: LazyLock<Option<Mutex<Connection>>> = LazyLock::new(|| {
    let connection = Connection::open_in_memory().ok()?;
    // SQLCipher's own log goes to standard error; the errors tell enough.
    let begun = "PRAGMA cipher_log_level = NONE; PRAGMA key = 'nothing is kept here';";
    connection.execute_batch(begun).ok()?;
    let version: String = connection
        .pragma_query_value(None, "cipher_version", |row| row.get(0))
        .ok()?;
    (!version.is_empty()).then(|| Mutex::new(connection))
});

fn read_through(connection: &Connection, path: &Path) -> Result<(), OpenError> {
    if files::size(path).map_err(OpenError::Folder)? > READ_THROUGH {
        return Ok(());
    }
    let found: String = connection
        .query_row("PRAGMA quick_check(1)", (), |row| row.get(0))
        .map_err(Fault::from)?;
    if found == "ok" {
        Ok(())
    } else {
        // What it found names rows; the fact is enough.
        Err(OpenError::Damaged(
            "its pages do not fit together".to_owned(),
        ))
    }
}
