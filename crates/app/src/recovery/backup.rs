//! A backup, while the program works.

use std::path::{Path, PathBuf};

use simgate_domain::{RecoveryKey, Timestamp};
use simgate_store::backup::{BackupCopy, CopyError, Facts, Label};
use simgate_store::{Act, DatabaseKey, Entry, SealKey, Store, Who};
use simgate_vault::Secret;
use zeroize::Zeroizing;

use super::found::ENDING;
use super::swap::Place;
use super::work::Work;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::recovery::{BackUpForm, BackupMade, DatabaseFacts, RecoveryWork};
use crate::contract::words::{ErrorCode, Field, Refusal};

/// The version that a backup says it was made by.
const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Bytes of a path: what no system goes beyond.
const LONGEST_PATH: usize = 4096;

impl App {
    /// Makes a backup of the database, which stays in use. The recovery key of the kit opens it. Waits
    /// until it is made; [`App::recovery_work`] tells how far it is.
    ///
    /// # Errors
    /// As the door. [`ErrorCode::KitNeeded`] where no printed recovery key would open it;
    /// [`ErrorCode::BackupPath`], [`ErrorCode::BackupName`], [`ErrorCode::BackupFolder`],
    /// [`ErrorCode::BackupExists`], [`ErrorCode::BackupUnwritable`],
    /// [`ErrorCode::BackupNoRoom`] at the path; [`ErrorCode::RecoveryCanceled`];
    /// [`ErrorCode::RecoveryUnderWay`].
    pub async fn back_up(&self, form: BackUpForm) -> Answer<BackupMade> {
        let app = self.clone();
        self.run(
            Command::BACK_UP,
            async move { app.back_up_to(form.path).await },
        )
        .await
    }

    pub(super) async fn back_up_to(&self, to: Option<String>) -> Answer<BackupMade> {
        let store = self.open_store()?;
        let work = Work::begin(self, RecoveryWork::Backup)?;
        let now = self.inner.clock.now();
        let folder = match to {
            Some(typed) => path_of(&typed)?,
            None => self.backups_folder()?,
        };
        let path = named(folder, now);
        self.may_be_a_backup(&path)?;
        let made = self.copy(&path, now, work).await;
        let entry = match &made {
            Ok(copy) => Entry {
                detail: Some(detail_of(copy)),
                ..self.entry_about_by_whoever_acts(Who::Program, Act::BackupMade, None)
            },
            Err(refused) => self.entry_about_by_whoever_acts(
                Who::Program,
                Act::BackupFailed,
                Some(refused.cause),
            ),
        };
        let recorded = store.record(entry).await;
        match made {
            // What cannot be recorded does not happen: the copy has no name yet, and is removed.
            Ok(made) => {
                recorded.map_err(|error| self.unforeseen("recording a backup", &error))?;
                let answer = BackupMade {
                    path: path.display().to_string(),
                    bytes: made.bytes(),
                    database: made.facts().into(),
                };
                match blocking(move || made.name()).await {
                    Ok(Ok(())) => Ok(answer),
                    Ok(Err(error)) => {
                        let refused = self.not_copied(&error);
                        self.note_failed_backup(&*store, refused.cause).await;
                        Err(refused.refusal)
                    }
                    Err(error) => Err(self.unforeseen("naming a backup", &error)),
                }
            }
            Err(refused) => {
                if let Err(error) = recorded {
                    tracing::error!(%error, "a failed backup is not on record");
                }
                Err(refused.refusal)
            }
        }
    }

    /// Whether a backup may have this name. None can be taken for what another program reads, nor for
    /// what this one keeps beside the database.
    fn may_be_a_backup(&self, path: &Path) -> Answer<()> {
        let no = |code| Refusal {
            field: Some(Field::Path),
            ..Refusal::plain(code)
        };
        if path.extension().is_none_or(|ending| ending != ENDING) {
            return Err(no(ErrorCode::BackupName));
        }
        let place = self.place()?;
        // By way of whatever links lead there. Nothing can be made in a folder that is not there.
        let Some(folder) = path.parent().and_then(|to| to.canonicalize().ok()) else {
            return Ok(());
        };
        let own = place.folder.join(super::found::FOLDER);
        if folder.starts_with(&place.folder) && !folder.starts_with(own) {
            return Err(no(ErrorCode::BackupFolder));
        }
        Ok(())
    }

    async fn copy(&self, path: &Path, now: Timestamp, work: Work) -> Result<BackupCopy, NotCopied> {
        let place = self.place()?;
        let recovery = self.printed_key(&place).await?;
        let key = self.database_key(&place).await?;
        let head = *self.open_store()?.heads().borrow();
        let record_key = self.record_key(&place).await?;
        let label = Label {
            made_at: now,
            made_by: VERSION.to_owned(),
            record_key: SealKey::new(&record_key),
            record_head: head,
        };
        let path = path.to_owned();
        let copied = blocking(move || {
            let database = place.database();
            let from = (database.as_path(), &key);
            BackupCopy::make(from, &path, &recovery, &label, work.watch())
        });
        match copied.await {
            Ok(Ok(copy)) => Ok(copy),
            Ok(Err(error)) => Err(self.not_copied(&error)),
            Err(error) => Err(self.unforeseen("making a backup", &error).into()),
        }
    }

    fn not_copied(&self, error: &CopyError) -> NotCopied {
        let at_path = |code, cause| NotCopied {
            refusal: Refusal {
                field: Some(Field::Path),
                ..Refusal::plain(code)
            },
            cause,
        };
        match error {
            CopyError::Exists => at_path(ErrorCode::BackupExists, "exists"),
            CopyError::Full => at_path(ErrorCode::BackupNoRoom, "full"),
            CopyError::Target(detail) => {
                tracing::warn!(%detail, "a backup cannot be written");
                at_path(ErrorCode::BackupUnwritable, "unwritable")
            }
            CopyError::Canceled => NotCopied {
                refusal: Refusal::plain(ErrorCode::RecoveryCanceled),
                cause: "canceled",
            },
            CopyError::Source(_) | CopyError::Unverified(_) => {
                self.unforeseen("making a backup", error).into()
            }
        }
    }

    async fn note_failed_backup(&self, store: &dyn Store, cause: &'static str) {
        let entry = self.entry_about_by_whoever_acts(Who::Program, Act::BackupFailed, Some(cause));
        if let Err(error) = store.record(entry).await {
            tracing::error!(%error, "a failed backup is not on record");
        }
    }

    /// The data folder, which is made if need be.
    pub(super) fn place(&self) -> Answer<Place> {
        let place = crate::opening::place(&self.inner.config.data_dir);
        place.map_err(|error| self.unforeseen("looking at the data folder", &error))
    }

    /// The recovery key, if it is the one that was printed.
    async fn printed_key(&self, place: &Place) -> Result<RecoveryKey, NotCopied> {
        match self.recovery_key(place).await? {
            Some((key, true)) => Ok(key),
            Some((_, false)) | None => Err(NotCopied {
                refusal: Refusal::plain(ErrorCode::KitNeeded),
                cause: "kit_needed",
            }),
        }
    }

    async fn database_key(&self, place: &Place) -> Answer<DatabaseKey> {
        let key = self.key(Secret::DatabaseKey(place.name.clone())).await?;
        Ok(DatabaseKey::new(*key))
    }

    async fn record_key(&self, place: &Place) -> Answer<Zeroizing<[u8; 32]>> {
        self.key(Secret::RecordKey(place.name.clone())).await
    }

    /// A key that the keyring must have: the database at work was opened with it.
    async fn key(&self, secret: Secret) -> Answer<Zeroizing<[u8; 32]>> {
        let stored = self.inner.vault.get(&secret).await;
        let stored = stored.map_err(|error| self.keyring_refused(&error))?;
        let key = stored.and_then(|key| <[u8; 32]>::try_from(key.as_slice()).ok());
        key.map(Zeroizing::new)
            .ok_or_else(|| self.unforeseen("reading a key", &"it is not there"))
    }
}

/// Why no backup was made, for the page and for the record.
struct NotCopied {
    refusal: Refusal,
    cause: &'static str,
}

impl From<Refusal> for NotCopied {
    fn from(refusal: Refusal) -> Self {
        Self {
            refusal,
            cause: "unforeseen",
        }
    }
}

impl From<&Facts> for DatabaseFacts {
    fn from(facts: &Facts) -> Self {
        Self {
            people: facts.people,
            entries: facts.last_entry.map_or(0, |(seq, _)| seq),
            last_entry_at: facts.last_entry.map(|(_, at)| at.to_string()),
        }
    }
}

fn detail_of(copy: &BackupCopy) -> String {
    let facts = DatabaseFacts::from(copy.facts());
    let (people, entries, bytes) = (facts.people, facts.entries, copy.bytes());
    format!("people {people} entries {entries} bytes {bytes}")
}

/// A path as typed, if it can be one.
pub(super) fn path_of(typed: &str) -> Answer<PathBuf> {
    let path = Path::new(typed.trim());
    let can_be = typed.len() <= LONGEST_PATH && !typed.contains('\0') && path.is_absolute();
    can_be.then(|| path.to_owned()).ok_or(Refusal {
        field: Some(Field::Path),
        ..Refusal::plain(ErrorCode::BackupPath)
    })
}

/// In a folder, the program finds a name that nothing has.
fn named(path: PathBuf, now: Timestamp) -> PathBuf {
    if !path.is_dir() {
        return path;
    }
    let date: String = now
        .to_string()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    let name = |count: u32| match count {
        1 => path.join(format!("simgate-{date}.{ENDING}")),
        _ => path.join(format!("simgate-{date}-{count}.{ENDING}")),
    };
    let mut count = 1;
    while name(count).exists() && count < u32::MAX {
        count += 1;
    }
    name(count)
}

/// Work that waits for a disk.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, tokio::task::JoinError> {
    tokio::task::spawn_blocking(work).await
}
