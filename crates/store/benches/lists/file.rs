//! A database in a folder of its own.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use rusqlite::Connection;
use simgate_store::{DatabaseKey, Head, Seal, SealKey, SqliteStore};
use tempfile::TempDir;

const KEY: [u8; 32] = *b"every bench has the same key ...";

/// The file, until it is dropped.
pub struct File {
    folder: TempDir,
}

impl File {
    /// A database with nothing in it.
    pub fn new() -> Self {
        // In memory where the system has such a folder: what is measured is what SIMgate does, not
        // how long a disk takes to write, which is the same for every list.
        let memory = Path::new("/dev/shm");
        let mut folder = tempfile::Builder::new();
        folder.prefix("simgate-bench-");
        let folder = if memory.is_dir() {
            folder.tempdir_in(memory)
        } else {
            folder.tempdir()
        };
        let file = Self {
            folder: folder.unwrap(),
        };
        drop(SqliteStore::create(&file.path(), DatabaseKey::new(KEY), seal_key()).unwrap());
        file
    }

    fn path(&self) -> PathBuf {
        self.folder.path().join("simgate.db")
    }

    /// The store on it.
    pub fn store(&self) -> SqliteStore {
        let seal = Seal {
            key: seal_key(),
            head: Head::NONE,
        };
        SqliteStore::open(&self.path(), DatabaseKey::new(KEY), Some(seal)).unwrap()
    }

    /// A connection of one's own, for queries written by hand. It is set as the store's is: what is
    /// paid for safety is no part of how a list is written.
    pub fn connection(&self) -> Connection {
        let connection = Connection::open(self.path()).unwrap();
        // SQLCipher's salt stands in clear at the beginning of the file.
        let salt = std::fs::read(self.path()).unwrap()[..16].to_vec();
        let mut sql = String::from("PRAGMA key = \"x'");
        for byte in KEY.iter().chain(&salt) {
            write!(sql, "{byte:02x}").unwrap();
        }
        sql.push_str("'\"");
        connection.execute_batch(&sql).unwrap();
        let settings = "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; \
                        PRAGMA mmap_size = 0; PRAGMA secure_delete = ON; \
                        PRAGMA temp_store = MEMORY;";
        connection.execute_batch(settings).unwrap();
        connection
    }
}

/// The key that the record is signed with.
pub fn seal_key() -> SealKey {
    SealKey::new(b"every bench has the same seal ..")
}
