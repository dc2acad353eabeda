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
#[cfg(target_os = "linux")]
mod lock_state;
mod thread;

use std::time::Duration;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

pub use error::VaultError;
use thread::{Job, VaultThread};

/// How long one call may take: less than the five seconds after which a person is told.
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
            Self::TruId => "tru-id".to_owned(),
            Self::Twilio => "twilio".to_owned(),
        }
    }

    /// Whether people put the value in with the desktop's own tools, and so as plain text.
    fn is_text(&self) -> bool {
        match self {
            Self::DatabaseKey(_) | Self::RecordKey(_) | Self::RecordHead(_) => false,
            Self::TruId | Self::Twilio => true,
        }
    }
}

/// The keyring.
#[derive(Debug)]
pub struct Vault {
    space: Space,
    thread: VaultThread,
}

impl Vault {
    /// The keyring's entries of this space. Nothing is opened before the first call.
    ///
    /// # Errors
    /// [`VaultError::Failed`] where no thread can be started.
    pub fn new(space: Space) -> Result<Self, VaultError> {
        let thread = VaultThread::start()?;
        Ok(Self { space, thread })
    }

    /// The secret, if it is there.
    ///
    /// # Errors
    /// Any of [`VaultError`], within [`DEADLINE`].
    pub async fn get(&self, secret: &Secret) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let Some(stored) = self.ask(secret, Job::Get).await? else {
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
        let stored = if secret.is_text() {
            Zeroizing::new(value.to_vec())
        } else {
            Zeroizing::new(BASE64_STANDARD.encode(value).into_bytes())
        };
        self.ask(secret, Job::Put(stored)).await.map(drop)
    }

    /// Forgets the secret. That it was not there is no error.
    ///
    /// # Errors
    /// Any of [`VaultError`], within [`DEADLINE`].
    pub async fn delete(&self, secret: &Secret) -> Result<(), VaultError> {
        self.ask(secret, Job::Delete).await.map(drop)
    }

    async fn ask(
        &self,
        secret: &Secret,
        job: Job,
    ) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let answer = self
            .thread
            .ask(self.space.service(), secret.username(), job);
        match tokio::time::timeout(ANSWER, answer).await {
            // Also where nobody could be asked to unlock it, or somebody did not.
            Ok(Err(VaultError::Denied)) if is_locked().await => Err(VaultError::Locked),
            Ok(answer) => answer,
            Err(_elapsed) if is_locked().await => Err(VaultError::Locked),
            Err(_elapsed) => Err(VaultError::TimedOut),
        }
    }
}

/// Whether the keyring says within [`LOCK_QUESTION`] that it is locked.
#[cfg(target_os = "linux")]
async fn is_locked() -> bool {
    let question = tokio::task::spawn_blocking(lock_state::is_locked);
    let answer = tokio::time::timeout(LOCK_QUESTION, question).await;
    matches!(answer, Ok(Ok(Some(true))))
}

/// The other systems' keyrings say it themselves.
#[cfg(not(target_os = "linux"))]
#[expect(clippy::unused_async, reason = "asks nobody on this system")]
async fn is_locked() -> bool {
    false
}
