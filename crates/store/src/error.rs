//! What can go wrong with a database.

/// Why a database could not be opened. It is never overwritten, whatever this says.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// There is no file.
    #[error("there is no database")]
    Missing,
    /// Another program holds it.
    #[error("another program holds the database")]
    Locked,
    /// It was written by a later version.
    #[error("the database has version {found}, this program knows {known}")]
    Newer {
        /// The version of its tables.
        found: u32,
        /// The newest version this program knows.
        known: u32,
    },
    /// It is ours and damaged, or holds what SIMgate never put there.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// It was encrypted with another key, or is no SIMgate database at all.
    #[error("the database has another key")]
    OtherKey,
    /// It is not what the keyring knows of it: an older copy, or its record was shortened or
    /// rewritten.
    #[error("the database is older than the keyring knows it to be, or its record was changed")]
    Older,
    /// Its record is sealed with a key that is not the one given.
    #[error("the key that the record is sealed with is not there")]
    SealLost,
    /// It was written before records were sealed, and no key to seal it with was given.
    #[error("the record is not sealed yet")]
    Unsealed,
    /// The folder or the file cannot be read or written.
    #[error("the data folder cannot be used: {0}")]
    Folder(#[source] std::io::Error),
}

/// Why a transaction was not done. Nothing of it was.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// No room on the disk.
    #[error("the disk is full")]
    Full,
    /// Another program held the database for longer than five seconds.
    #[error("the database was busy for too long")]
    Busy,
    /// The file or the disk cannot be written.
    #[error("the database cannot be written")]
    ReadOnly,
    /// A page did not verify, or a row holds what SIMgate never writes.
    #[error("the database is damaged: {0}")]
    Damaged(String),
    /// Anything else.
    #[error("the database failed: {0}")]
    Failed(String),
}
