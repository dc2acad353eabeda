//! The secrets of SIMgate in the keyring of the operating system: put, get, delete.
//!
//! On Linux that is the Secret Service, on Windows the Credential Manager, on macOS the Keychain.
//! Nothing falls back to a file or to memory: where there is no keyring, there are no secrets.
//!
//! A locked keyring asks the desktop to unlock it and does not answer until someone does, which
//! behind a kiosk is nobody. So every call has a deadline, and all calls share one thread: while
//! one waits for the desktop, no second prompt is raised. The keyring protects against other users
//! and stolen disks, not against other programs of the same user.
//!
//! Values are stored in base64, because some keyrings keep nothing but text.

mod error;
mod keeper;
#[cfg(target_os = "linux")]
mod lock_state;
mod patience;
mod thread;
mod timer;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

pub use error::VaultError;
pub use keeper::{Keyring, SystemKeyring};
pub use patience::Patience;
use thread::{Job, VaultThread};
pub use timer::{SystemTimer, Timer};

/// How long one call may take, and all calls of one [`Patience`] together: less than the five seconds
/// after which a person is told.
pub const DEADLINE: Duration = Duration::from_millis(4_500);
/// How long the keyring itself may take,
const ANSWER: Duration = Duration::from_millis(3_500);
/// and how long the question whether it is locked, if it took longer.
const LOCK_QUESTION: Duration = Duration::from_secs(1);

/// Under which name the keyring keeps our entries. Rehearsal and real secrets never meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Space {
    /// `simgate`
    Real,
    /// `simgate-rehearsal`
    Rehearsal,
}

impl Space {
    /// The keyring's `service` attribute.
    #[must_use]
    pub fn service(&self) -> &'static str {
        match self {
            Self::Real => "simgate",
            Self::Rehearsal => "simgate-rehearsal",
        }
    }
}

/// What is kept, and under which `username` attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secret {
    /// `database-key DATABASE`: the key of one database, in base64. `DATABASE` tells the databases
    /// of several data folders apart.
    DatabaseKey(String),
    /// `record-key DATABASE`: the key that the record of one database is signed with.
    RecordKey(String),
    /// `record-head DATABASE`: the newest entry of that record, as far as the keyring was told.
    RecordHead(String),
    /// `next-database-key DATABASE`: while a backup is put in the place of a database, the keys of the
    /// one that is to come, and what its record is to say, in base64.
    NextDatabaseKey(String),
    /// `kept-database-key DATABASE DATE`: the key of a database that a restore has put aside, its
    /// record's key and its record's head, one after the other in base64. The file has the same date
    /// in its name. Nothing in SIMgate deletes either.
    KeptDatabaseKey {
        /// Which data folder.
        database: String,
        /// When it was put aside.
        date: String,
    },
    /// `recovery-key DATABASE`: what backups of that database are encrypted with, in base64.
    RecoveryKey(String),
    /// `tru-id`: credentials as JSON text, as an admin types them.
    TruId,
    /// `twilio`: credentials as JSON text, as an admin types them.
    Twilio,
}

impl Secret {
    fn username(&self) -> String {
        match self {
            Self::DatabaseKey(database) => format!("database-key {database}"),
            Self::RecordKey(database) => format!("record-key {database}"),
            Self::RecordHead(database) => format!("record-head {database}"),
            Self::NextDatabaseKey(database) => format!("next-database-key {database}"),
            Self::KeptDatabaseKey { database, date } => {
                format!("kept-database-key {database} {date}")
            }
            Self::RecoveryKey(database) => format!("recovery-key {database}"),
            Self::TruId => "tru-id".to_owned(),
            Self::Twilio => "twilio".to_owned(),
        }
    }

    /// Whether people put the value in with the desktop's own tools, and so as plain text.
    fn is_text(&self) -> bool {
        match self {
            Self::DatabaseKey(_)
            | Self::RecordKey(_)
            | Self::RecordHead(_)
            | Self::NextDatabaseKey(_)
            | Self::KeptDatabaseKey { .. }
            | Self::RecoveryKey(_) => false,
            Self::TruId | Self::Twilio => true,
        }
    }
}

/// The keyring.
pub struct Vault {
    space: Space,
    keyring: Arc<dyn Keyring>,
    timer: Arc<dyn Timer>,
    thread: VaultThread,
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vault")
            .field("space", &self.space)
            .finish_non_exhaustive()
    }
}

impl Vault {
    /// The keyring's entries of this space. Nothing is opened before the first call.
    ///
    /// # Errors
    /// [`VaultError::Failed`] where no thread can be started.
    pub fn new(space: Space) -> Result<Self, VaultError> {
        Self::on(space, SystemKeyring, SystemTimer::start())
    }

    /// The same on a keyring and by a timer of the caller's.
    ///
    /// # Errors
    /// [`VaultError::Failed`] where no thread can be started.
    pub fn on(space: Space, keyring: impl Keyring, timer: impl Timer) -> Result<Self, VaultError> {
        let keyring: Arc<dyn Keyring> = Arc::new(keyring);
        let thread = VaultThread::start(Arc::clone(&keyring))?;
        Ok(Self {
            space,
            keyring,
            timer: Arc::new(timer),
            thread,
        })
    }

    /// For several calls that are waited for together.
    #[must_use]
    pub fn patiently(&self) -> Patience<'_> {
        Patience::with(self)
    }

    /// The secret, if it is there.
    ///
    /// # Errors
    /// Any of [`VaultError`], within [`DEADLINE`].
    pub async fn get(&self, secret: &Secret) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        self.get_within(ANSWER, secret).await
    }

    async fn get_within(
        &self,
        answer: Duration,
        secret: &Secret,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let Some(stored) = self.ask(answer, secret, Job::Get).await? else {
            return Ok(None);
        };
        if secret.is_text() {
            return Ok(Some(stored));
        }
        let mut value = Zeroizing::new(Vec::with_capacity(stored.len()));
        BASE64_STANDARD
            .decode_vec(&*stored, &mut value)
            .map_err(|_| VaultError::Damaged)?;
        Ok(Some(value))
    }

    /// Keeps the secret, in place of an older one.
    ///
    /// # Errors
    /// Any of [`VaultError`], within [`DEADLINE`].
    pub async fn put(&self, secret: &Secret, value: &[u8]) -> Result<(), VaultError> {
        self.put_within(ANSWER, secret, value).await
    }

    async fn put_within(
        &self,
        answer: Duration,
        secret: &Secret,
        value: &[u8],
    ) -> Result<(), VaultError> {
        let stored = if secret.is_text() {
            Zeroizing::new(value.to_vec())
        } else {
            Zeroizing::new(BASE64_STANDARD.encode(value).into_bytes())
        };
        let kept = self.ask(answer, secret, Job::Put(stored)).await;
        kept.map(drop)
    }

    /// Forgets the secret. That it was not there is no error.
    ///
    /// # Errors
    /// Any of [`VaultError`], within [`DEADLINE`].
    pub async fn delete(&self, secret: &Secret) -> Result<(), VaultError> {
        self.delete_within(ANSWER, secret).await
    }

    async fn delete_within(&self, within: Duration, secret: &Secret) -> Result<(), VaultError> {
        self.ask(within, secret, Job::Delete).await.map(drop)
    }

    async fn ask(
        &self,
        within: Duration,
        secret: &Secret,
        job: Job,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let answer = self
            .thread
            .ask(self.space.service(), secret.username(), job);
        match self.in_time(within, answer).await {
            // Also where nobody could be asked to unlock it, or somebody did not.
            Some(Err(VaultError::Denied)) | None if self.is_locked().await => {
                Err(VaultError::Locked)
            }
            Some(answer) => answer,
            None => Err(VaultError::TimedOut),
        }
    }

    /// Whether the keyring says within [`LOCK_QUESTION`] that it is locked.
    async fn is_locked(&self) -> bool {
        let keyring = Arc::clone(&self.keyring);
        let question = tokio::task::spawn_blocking(move || keyring.is_locked());
        let answer = self.in_time(LOCK_QUESTION, question).await;
        matches!(answer, Some(Ok(Some(true))))
    }

    async fn in_time<T>(&self, span: Duration, work: impl Future<Output = T>) -> Option<T> {
        tokio::select! {
            biased;
            done = work => Some(done),
            () = self.timer.sleep(span) => None,
        }
    }
}
