//! The record: sealed, looked through, proved, and let go of from its oldest end.
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

mod export;
mod prune;
pub(super) mod seal;
pub(super) mod search;
mod verify;

use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use simgate_domain::{Reference, Timestamp};
use simgate_record::{Head, Progress, PublicKey, SealKey};
use tokio::sync::watch;

use super::SqliteStore;
use super::table::{record_counts, record_search};
use crate::entry::{Cost, Entry};
use crate::error::StoreError;
use crate::record::{
    Asked, EntryInFull, ExportError, Exported, FoundEntry, Page, Place, Pruned, Record, Retention,
    Search, Verification,
};

/// What the keyring knows of a database.
#[derive(Debug)]
pub struct Seal {
    /// The key that its record is signed with.
    pub key: SealKey,
    /// The newest entry that the keyring was told of; [`Head::NONE`] where it was told of none yet,
    /// which any database fits.
    pub head: Head,
}

#[async_trait]
impl Record for SqliteStore {
    fn heads(&self) -> watch::Receiver<Head> {
        self.sealer.heads()
    }

    fn public_key(&self) -> PublicKey {
        self.sealer.key().public()
    }

    async fn find(&self, reference: Reference) -> Result<Vec<FoundEntry>, StoreError> {
        self.read(move |connection| record_search::find(connection, reference))
            .await
    }

    async fn search(
        &self,
        search: Search,
        after: Option<Place>,
        most: u16,
    ) -> Result<Page, StoreError> {
        self.read(move |connection| search::page(connection, &search, after, most))
            .await
    }

    async fn entry(&self, seq: u64) -> Result<Option<EntryInFull>, StoreError> {
        self.read(move |connection| search::entry(connection, seq))
            .await
    }

    async fn count(&self, asked: Vec<Asked>) -> Result<Vec<u64>, StoreError> {
        self.read(move |connection| {
            let counts = asked
                .into_iter()
                .map(|one| record_counts::count(connection, one));
            counts.collect()
        })
        .await
    }

    async fn charged(&self, from: Timestamp, until: Timestamp) -> Result<Vec<Cost>, StoreError> {
        self.read(move |connection| record_counts::charged(connection, from, until))
            .await
    }

    async fn verify(&self, progress: Arc<Progress>) -> Result<Verification, StoreError> {
        verify::verify(self, progress).await
    }

    async fn export(
        &self,
        path: PathBuf,
        progress: Arc<Progress>,
    ) -> Result<Exported, ExportError> {
        export::export(self, path, progress).await
    }

    async fn prune_record(
        &self,
        keep: Retention,
        now: Timestamp,
        entry: Entry,
    ) -> Result<Pruned, StoreError> {
        prune::prune(self, keep, now, entry).await
    }
}
