//! The store in one SQLite file, encrypted page by page by SQLCipher.
//!
//! One thread has the connection and does one call after the other; each is one transaction that
//! takes the write lock at its start, so that two programs on one file count together. A call
//! returns when its transaction is on the disk (`synchronous = FULL`).
//!
//! # What is in the file
//!
//! | table | one row for |
//! |---|---|
//! | `users` | each person |
//! | `name_parts` | each part of a person's name, to find them by |
//! | `number_changes` | each change of a person's number that is under way |
//! | `name_tries` | each name that a password was tried against, known or not, by its keyed hash |
//! | `numbers` | each number ever seen, by its keyed hash; it outlives its people |
//! | `checks` | each SIM check asked for in the last day |
//! | `sends` | each code sent in the last day |
//! | `sessions` | each session granted |
//! | `recovery_codes` | each recovery code of an admin's kit, by its keyed hash |
//! | `record` | each thing done or refused, sealed |
//! | `record_names` | each person whom the record names |
//! | `record_seals` | each public key that the record was signed with |
//! | `record_anchor` | the last entry that was dropped |
//! | `rules` | each version of the rules |
//! | `settings` | each setting that is no secret |
//! | `meta` | the database: the key of those hashes, and the latest time it was ever told |
//!
//! # What it is safe from
//!
//! Without the key the file tells nothing but its size, and no page can be changed unnoticed. A
//! file that is another key's, damaged, newer, or holds a table, index, trigger or view that
//! SIMgate did not make there is refused and left as it is. So is one whose record is not the one
//! that the keyring knows: an older copy of the whole file, or one that somebody with its key changed.
//! See [`record`].

mod backup;
mod codes;
mod facts;
mod fault;
mod files;
mod key;
mod migrations;
mod open;
mod people;
pub mod record;
mod recovery;
mod rules;
mod sign_in;
mod table;
#[cfg(test)]
mod tests;
mod worker;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use rusqlite::{Connection, Transaction, TransactionBehavior};
use simgate_domain::attempts::Limits;
use simgate_domain::{Rules, SignInId, Timestamp, UserId, Username, VerificationSid};
use simgate_record::SealKey;
use zeroize::Zeroizing;

use crate::backup::Facts;
use crate::entry::Entry;
use crate::error::{OpenError, StoreError};
use crate::people::Actor;
use crate::rules::{Outlook, RulesChange, RulesSet, Spent};
use crate::store::{
    Changed, CheckReservation, Closed, CodeAttempt, Grant, GrantAnswer, Kit, Live, NameTried,
    NewKit, NewUser, PasswordAttempt, RecoveryAnswer, Registration, SendReservation, Store,
};
use fault::Fault;
use record::seal::Sealer;
use table::{meta, numbers, recovery_codes, settings};
use worker::Worker;

pub use backup::{Backup, BackupCopy, RestoredDatabase};
pub use key::DatabaseKey;
pub use record::Seal;

/// See [the module](self). Dropping it finishes the calls under way and closes the file, and waits
/// for that. Programs share one by [`std::sync::Arc`].
pub struct SqliteStore {
    worker: Worker,
    sealer: Arc<Sealer>,
    #[cfg(feature = "watch")]
    watch: Option<std::sync::Arc<dyn crate::watch::Watch>>,
}

impl SqliteStore {
    /// Makes the database `path`, in a folder that is made too if need be. On Unix the folder gets
    /// the mode 0700 and the file 0600, whatever the umask.
    ///
    /// Waits for the disk: not for an async thread.
    ///
    /// # Errors
    /// [`OpenError::Folder`], also if there already is anything of that name.
    pub fn create(path: &Path, key: DatabaseKey, seal: SealKey) -> Result<Self, OpenError> {
        let made = open::create(path, &key, &seal);
        drop(key);
        Self::with(made?, seal)
    }

    /// Opens the database `path`, and brings it to the newest version of its tables. No seal opens
    /// nothing, and tells whether there ever was one ([`OpenError::SealLost`] or
    /// [`OpenError::Unsealed`]).
    ///
    /// Waits for the disk, and up to about 5 seconds for another program: not for an async thread.
    ///
    /// # Errors
    /// [`OpenError`]. A missing file is not made, and a refused one stays as it is.
    pub fn open(path: &Path, key: DatabaseKey, seal: Option<Seal>) -> Result<Self, OpenError> {
        let opened = open::open(path, &key, seal.as_ref());
        drop(key);
        Self::with(opened?, seal.ok_or(OpenError::SealLost)?.key)
    }

    /// Makes a database for a test, gone when it is dropped.
    ///
    /// # Errors
    /// [`OpenError`], if memory or randomness ran out.
    pub fn in_memory(seal: SealKey) -> Result<Self, OpenError> {
        Self::with(open::in_memory(&seal)?, seal)
    }

    fn with(connection: Connection, seal: SealKey) -> Result<Self, OpenError> {
        let sealer = Arc::new(Sealer::new(seal, &connection)?);
        let worker = Worker::start(connection).map_err(OpenError::Folder)?;
        Ok(Self {
            worker,
            sealer,
            #[cfg(feature = "watch")]
            watch: None,
        })
    }

    /// The same with somebody who looks on at every call.
    #[cfg(feature = "watch")]
    #[must_use]
    pub fn watched(self, watch: std::sync::Arc<dyn crate::watch::Watch>) -> Self {
        Self {
            watch: Some(watch),
            ..self
        }
    }

    #[cfg(feature = "watch")]
    async fn at(&self, when: crate::watch::When, call: &str) -> Result<(), StoreError> {
        match &self.watch {
            Some(watch) => watch.at(when, call).await,
            None => Ok(()),
        }
    }

    /// One transaction that reads.
    async fn read<T: Send + 'static>(
        &self,
        body: impl FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, StoreError> {
        self.run(body, |connection, body| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Deferred)?;
            body(&tx)
        })
        .await
    }

    /// One transaction that writes. It raises the latest time ever seen to `now`, and seals what was
    /// put on record.
    async fn write<T: Send + 'static>(
        &self,
        now: Option<Timestamp>,
        body: impl FnOnce(&Transaction) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, StoreError> {
        let sealer = Arc::clone(&self.sealer);
        self.run(body, move |connection, body| {
            let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let before = sealer.end_of(&tx)?;
            if let Some(now) = now {
                meta::raise_latest_now(&tx, now)?;
            }
            let answer = body(&tx)?;
            let head = sealer.seal_after(&tx, before)?;
            tx.commit()?;
            sealer.note(head);
            Ok(answer)
        })
        .await
    }

    /// What a call does, in the transaction that goes around it.
    async fn run<T: Send + 'static, Body: Send + 'static>(
        &self,
        body: Body,
        around: impl FnOnce(&mut Connection, Body) -> Result<T, Fault> + Send + 'static,
    ) -> Result<T, StoreError> {
        #[cfg(feature = "watch")]
        let call = crate::watch::call_of(&body);
        #[cfg(feature = "watch")]
        self.at(crate::watch::When::Before, call).await?;
        let answer = self
            .worker
            .run(move |connection| around(connection, body))
            .await?;
        #[cfg(feature = "watch")]
        self.at(crate::watch::When::After, call).await?;
        Ok(answer)
    }
}

#[async_trait]
impl Store for SqliteStore {
    async fn reserve_password_attempt(
        &self,
        name: NameTried,
        limits: Limits,
        now: Timestamp,
    ) -> Result<PasswordAttempt, StoreError> {
        self.write(Some(now), move |tx| {
            sign_in::reserve_password_attempt(tx, &name, limits, now)
        })
        .await
    }

    async fn begin_sign_in(
        &self,
        user: UserId,
        seen: u32,
        sign_in: SignInId,
        rehashed: Option<String>,
        limits: Limits,
        entry: Entry,
    ) -> Result<Result<(), Closed>, StoreError> {
        self.write(Some(entry.at), move |tx| {
            let seen = (user, seen);
            sign_in::begin(tx, seen, sign_in, rehashed.as_deref(), limits, entry)
        })
        .await
    }

    async fn register(
        &self,
        new: NewUser,
        limits: Limits,
        entry: Entry,
    ) -> Result<Registration, StoreError> {
        self.write(Some(entry.at), move |tx| {
            sign_in::register(tx, &new, limits, entry)
        })
        .await
    }

    async fn live(
        &self,
        user: UserId,
        sign_in: SignInId,
        limits: Limits,
        now: Timestamp,
    ) -> Result<Result<Live, Closed>, StoreError> {
        self.write(Some(now), move |tx| {
            sign_in::live(tx, user, sign_in, limits, now)
        })
        .await
    }

    async fn reserve_check(
        &self,
        user: UserId,
        sign_in: SignInId,
        limits: Limits,
        now: Timestamp,
    ) -> Result<CheckReservation, StoreError> {
        self.write(Some(now), move |tx| {
            sign_in::reserve_check(tx, user, sign_in, limits, now)
        })
        .await
    }

    async fn reserve_send(
        &self,
        user: UserId,
        sign_in: SignInId,
        limits: Limits,
        now: Timestamp,
    ) -> Result<SendReservation, StoreError> {
        self.write(Some(now), move |tx| {
            codes::reserve_send(tx, user, sign_in, limits, now)
        })
        .await
    }

    async fn note_sent(
        &self,
        user: UserId,
        sign_in: SignInId,
        sid: VerificationSid,
        entry: Entry,
    ) -> Result<(), StoreError> {
        self.write(Some(entry.at), move |tx| {
            codes::note_sent(tx, user, sign_in, &sid, entry)
        })
        .await
    }

    async fn reserve_code_attempt(
        &self,
        user: UserId,
        sign_in: SignInId,
        limits: Limits,
        now: Timestamp,
    ) -> Result<CodeAttempt, StoreError> {
        self.write(Some(now), move |tx| {
            codes::reserve_attempt(tx, user, sign_in, limits, now)
        })
        .await
    }

    async fn give_back_code_attempt(
        &self,
        user: UserId,
        sign_in: SignInId,
    ) -> Result<(), StoreError> {
        self.write(None, move |tx| codes::give_back_attempt(tx, user, sign_in))
            .await
    }

    async fn grant_session(&self, grant: Grant, entry: Entry) -> Result<GrantAnswer, StoreError> {
        self.write(Some(entry.at), move |tx| {
            codes::grant_session(tx, &grant, entry)
        })
        .await
    }

    async fn use_recovery_code(
        &self,
        user: UserId,
        sign_in: SignInId,
        code: Zeroizing<[u8; 8]>,
        entry: Entry,
    ) -> Result<RecoveryAnswer, StoreError> {
        self.write(Some(entry.at), move |tx| {
            recovery::use_code(tx, user, sign_in, &code, entry)
        })
        .await
    }

    async fn keep_kit(&self, kit: NewKit, entry: Entry) -> Result<(), StoreError> {
        self.write(Some(entry.at), move |tx| {
            recovery::keep_kit(tx, &kit, entry)
        })
        .await
    }

    async fn kit(&self, user: UserId) -> Result<Kit, StoreError> {
        self.read(move |connection| recovery_codes::state(connection, user))
            .await
    }

    async fn is_current(&self, user: UserId, sign_in: SignInId) -> Result<bool, StoreError> {
        self.read(move |connection| sign_in::is_current(connection, user, sign_in))
            .await
    }

    async fn pending(&self) -> Result<Vec<VerificationSid>, StoreError> {
        self.read(numbers::pending).await
    }

    async fn forget_pending(&self, sid: VerificationSid) -> Result<(), StoreError> {
        self.write(None, move |tx| numbers::forget_pending(tx, &sid))
            .await
    }

    async fn setting(&self, name: &'static str) -> Result<Option<String>, StoreError> {
        self.read(move |connection| settings::read(connection, name))
            .await
    }

    async fn keep_setting(&self, name: &'static str, value: String) -> Result<(), StoreError> {
        self.write(None, move |tx| settings::write(tx, name, &value))
            .await
    }

    async fn versioned_setting(
        &self,
        name: &'static str,
    ) -> Result<Option<(u32, String)>, StoreError> {
        self.read(move |connection| settings::versioned(connection, name))
            .await
    }

    async fn change_setting(
        &self,
        name: &'static str,
        seen: u32,
        value: String,
        entry: Entry,
    ) -> Result<Changed, StoreError> {
        self.write(Some(entry.at), move |tx| {
            let version = settings::versioned(tx, name)?.map_or(0, |(version, _)| version);
            if version != seen {
                return Ok(Changed::Outdated);
            }
            settings::change(tx, name, &value)?;
            table::record::add(tx, entry)?;
            Ok(Changed::Done)
        })
        .await
    }

    async fn resume_session(
        &self,
        user: UserId,
        given_up: SignInId,
        session: SignInId,
        entry: Entry,
    ) -> Result<bool, StoreError> {
        self.write(Some(entry.at), move |tx| {
            sign_in::resume(tx, user, given_up, session, entry)
        })
        .await
    }

    async fn current_rules(&self) -> Result<Option<RulesSet>, StoreError> {
        self.read(table::rules::newest).await
    }

    async fn set_rules(
        &self,
        expected: u32,
        rules: Rules,
        by: Actor,
        entry: Entry,
    ) -> Result<RulesChange, StoreError> {
        self.write(Some(entry.at), move |tx| {
            rules::set(tx, expected, &rules, by, entry)
        })
        .await
    }

    async fn rules_before(&self, before: u32, most: u32) -> Result<Vec<RulesSet>, StoreError> {
        self.read(move |connection| table::rules::page(connection, before, most))
            .await
    }

    async fn spent(&self, now: Timestamp) -> Result<Spent, StoreError> {
        self.read(move |connection| rules::spent(connection, now))
            .await
    }

    async fn outlook(
        &self,
        name: Username,
        limits: Limits,
        now: Timestamp,
    ) -> Result<Option<Outlook>, StoreError> {
        self.read(move |connection| rules::outlook(connection, name, limits, now))
            .await
    }

    async fn record(&self, entry: Entry) -> Result<(), StoreError> {
        self.write(Some(entry.at), move |tx| {
            table::record::add(tx, entry).map(drop)
        })
        .await
    }

    async fn facts(&self) -> Result<Facts, StoreError> {
        self.read(facts::read).await
    }

    async fn close(&self) {
        self.worker.close().await;
    }
}
