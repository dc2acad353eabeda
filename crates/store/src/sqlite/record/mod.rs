//! The record's seal: how an entry is made part of the chain, and how a database is known again.
//!
//! Every transaction that writes seals, before it ends, what it put on record: nothing on the disk is
//! without a seal. The key and the newest entry's place and hash (the [`Head`]) are the keyring's.
//! Whoever has the file and its key, and not the seal, can change the record and cannot hide it:
//!
//! - What was changed, dropped, added or moved does not fit its hash or its signature.
//! - What was cut off at the end, and an older copy of the whole file, lack the entry that the keyring
//!   knows: [`crate::OpenError::Older`].
//!
//! A database may be ahead of the keyring, because the keyring is written after the database and not at
//! every entry. What is ahead must be signed. So what a thief can cut off unseen is what came after the
//! keyring last was written.

pub(super) mod seal;

use simgate_record::{Head, SealKey};

/// What the keyring knows of a database.
#[derive(Debug)]
pub struct Seal {
    /// The key that its record is signed with.
    pub key: SealKey,
    /// The newest entry that the keyring was told of; [`Head::NONE`] where it was told of none yet,
    /// which any database fits.
    pub head: Head,
}
