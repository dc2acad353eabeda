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
