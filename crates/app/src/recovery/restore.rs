//! A backup takes the place of the database, on this machine or on another.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use simgate_domain::RecoveryKey;
use simgate_store::backup::{Backup, BackupError, Facts, RestoreError, Watch};
use simgate_store::{DatabaseKey, Store};
use simgate_vault::Secret;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::backup::{blocking, path_of};
use super::swap::{self, Next, Place};
use super::work::Work;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::args::Typed;
use crate::contract::recovery::{
    BackupFileForm, Present, RecoveryWork, RestoreDone, RestoreForm, RestoreOffer,
};
use crate::contract::words::{ErrorCode, Field, Refusal};
use crate::opening::{self, NotReady};
use crate::random;
use crate::stage::{Readiness, SetUp};

impl App {
    /// What a backup is, and what it would replace. Works with no database, and changes nothing.
    ///
    /// Where nobody is signed in and this machine has been set up, only a backup of this very
    /// installation is taken: else whoever finds the program stopped could put their own people in.
    ///
    /// # Errors
    /// As the door. What is wrong with the key, at its field; what is wrong with the file, at the path;
    /// and [`ErrorCode::DatabaseHeld`] where another program works with the data folder.
    pub async fn inspect_backup(&self, form: BackupFileForm) -> Answer<RestoreOffer> {
        let app = self.clone();
        self.run(Command::INSPECT_BACKUP, async move {
            let BackupFileForm { path, recovery_key } = form;
            let file = app.backup_of(&path, &recovery_key)?;
            app.offer(&file).await
        })
        .await
    }

    /// Puts a backup in the place of the database, which is kept under another name. Whoever is
    /// signed in is signed out. Works with no database.
    ///
    /// What goes wrong before the change of places leaves everything as it was. What goes wrong after
    /// it began is shown as a fault, and finished by [`App::try_again`] or the next start.
    ///
    /// # Errors
    /// As [`App::inspect_backup`]; [`ErrorCode::RestoreChanged`] where what would be replaced is not
    /// what was confirmed; [`ErrorCode::RestoreNoRoom`]; [`ErrorCode::RecoveryCanceled`];
    /// [`ErrorCode::RecoveryUnderWay`].
    pub async fn restore(&self, form: RestoreForm) -> Answer<RestoreDone> {
        let app = self.clone();
        self.run(Command::RESTORE, async move { app.put_back(form).await })
            .await
    }

    pub(super) async fn offer(&self, file: &BackupFile) -> Answer<RestoreOffer> {
        let BackupFile { path, key } = file.clone();
        let look = blocking(move || offer_of(&path, &key)).await;
        let (mut offer, record_key) = look
            .map_err(|error| self.unforeseen("looking at a backup", &error))?
            .map_err(|error| not_restorable(&error))?;
        self.may_take_this_place(&file.key, &record_key).await?;
        offer.present = self.present().await?;
        offer.confirm = confirmation(&offer);
        Ok(offer)
    }

    /// Whether this backup may take the place of what is here: any, where an admin says so, or whoever
    /// has this machine's account, or nobody was ever here; else one that was made here, which its keys
    /// tell.
    async fn may_take_this_place(
        &self,
        recovery: &RecoveryKey,
        record: &Zeroizing<[u8; 32]>,
    ) -> Answer<()> {
        let open = self.inner.stage.read(|scene| {
            scene.at_the_console
                || match scene.readiness {
                    Readiness::Ready(_) => {
                        scene.set_up == SetUp::Nobody || scene.seat.person().is_some()
                    }
                    Readiness::NotSetUp(_) => scene.set_up == SetUp::Nobody,
                    Readiness::Starting | Readiness::Fault(..) => false,
                }
        });
        if open {
            return Ok(());
        }
        let place = self.place()?;
        let name = || place.name.clone();
        let mut known = false;
        for (secret, of_backup) in [
            (Secret::RecordKey(name()), &**record),
            (Secret::RecoveryKey(name()), recovery.bytes()),
        ] {
            let stored = self.inner.vault.get(&secret).await;
            let stored = stored.map_err(|error| self.keyring_refused(&error))?;
            if let Some(ours) = stored {
                known = true;
                if bool::from(ours.as_slice().ct_eq(of_backup.as_slice())) {
                    return Ok(());
                }
            }
        }
        let database = self.inner.vault.get(&Secret::DatabaseKey(name())).await;
        known |= database
            .map_err(|error| self.keyring_refused(&error))?
            .is_some();
        if known {
            Err(at_path(ErrorCode::BackupOfAnother))
        } else {
            Ok(())
        }
    }

    pub(super) async fn put_back(&self, form: RestoreForm) -> Answer<RestoreDone> {
        let work = Work::begin(self, RecoveryWork::Restore)?;
        let file = self.backup_of(&form.path, &form.recovery_key)?;
        let offer = self.offer(&file).await?;
        if offer.confirm != form.confirm {
            return Err(Refusal::plain(ErrorCode::RestoreChanged));
        }
        let BackupFile {
            path: file,
            key: recovery,
        } = file;
        let place = self.hold_folder().await?;
        let key = random::bytes().map_err(|error| self.unforeseen("making a key", &error))?;
        let next = Next {
            recovery: Zeroizing::new(*recovery.bytes()),
            by: self.by_whoever_acts(),
            detail: detail_of(&offer),
            database: key,
        };

        let watch = Arc::clone(work.watch());
        let (to, made_with) = (place.restoring(), DatabaseKey::new(*next.database));
        let rebuilt = blocking(move || rebuild(&file, &recovery, &to, &made_with, &watch)).await;
        rebuilt
            .map_err(|error| self.unforeseen("restoring", &error))?
            .map_err(|error| self.not_restored(&error))?;
        self.change_places(&place, &next).await
    }

    /// The new database is ready beside the old one.
    async fn change_places(&self, place: &Place, next: &Next) -> Answer<RestoreDone> {
        let vault = &self.inner.vault;
        let date = place.date(self.inner.clock.now());
        let put = async |secret: Secret, value: &[u8]| {
            let done = vault.put(&secret, value).await;
            done.map_err(|error| self.keyring_refused(&error))
        };
        let secret = Secret::NextDatabaseKey(place.name.clone());
        put(secret, &next.to_bytes()).await?;
        // Nobody may be half way through signing in when the database goes.
        let _turn = self.inner.turn.lock().await;
        let _alone = self.inner.opening.lock().await;
        self.release_database("restored").await;
        let changed = self.keep_old_and_mark(place, &date).await;
        self.open_all().await;
        let kept = changed?.then(|| place.kept(&date));
        Ok(RestoreDone {
            kept_as: kept.and_then(|kept| kept.file_name()?.to_str().map(str::to_owned)),
        })
    }

    /// Keeps what opens the old database, and then sets the marker. Gives whether there is an old one.
    async fn keep_old_and_mark(&self, place: &Place, date: &str) -> Answer<bool> {
        let vault = &self.inner.vault;
        let get = async |secret: Secret| {
            let stored = vault.get(&secret).await;
            stored.map_err(|error| self.keyring_refused(&error))
        };
        let name = || place.name.clone();
        if let Some(key) = get(Secret::DatabaseKey(name())).await? {
            let mut kept = Zeroizing::new(Vec::with_capacity(128));
            kept.extend_from_slice(&key);
            for secret in [Secret::RecordKey(name()), Secret::RecordHead(name())] {
                if let Some(of_record) = get(secret).await? {
                    kept.extend_from_slice(&of_record);
                }
            }
            let secret = Secret::KeptDatabaseKey {
                database: name(),
                date: date.to_owned(),
            };
            let done = vault.put(&secret, &kept).await;
            done.map_err(|error| self.keyring_refused(&error))?;
        }
        let old = place.database().exists();
        place
            .mark(date)
            .map_err(|error| self.unforeseen("restoring", &error))?;
        Ok(old)
    }

    /// The file and the key that somebody typed.
    pub(super) fn backup_of(&self, path: &str, key: &Typed) -> Answer<BackupFile> {
        let path = path_of(path)?;
        let key = RecoveryKey::parse(key.as_str()).map_err(super::key_refused)?;
        // Looking into the database as a file would let go of its locks.
        let place = self.place()?;
        let (of_path, of_database) = (path.canonicalize(), place.database().canonicalize());
        if of_path.is_ok_and(|path| of_database.is_ok_and(|database| database == path)) {
            return Err(at_path(ErrorCode::BackupNotOurs));
        }
        Ok(BackupFile {
            path,
            key: Arc::new(key),
        })
    }

    /// What is in the place that a backup would take.
    async fn present(&self) -> Answer<Present> {
        let store = self.inner.stage.read(|scene| scene.store.clone());
        if let Some(store) = store {
            let facts = store.facts().await;
            return Ok(match facts {
                Ok(facts) => Present::Database {
                    facts: (&facts).into(),
                },
                Err(error) => {
                    tracing::info!(%error, "what a backup would replace cannot be read");
                    let fault = opening::failed(&error);
                    Present::Unreadable { fault }
                }
            });
        }
        let place = self.hold_folder().await?;
        if !place.database().exists() {
            return Ok(Present::Nothing);
        }
        match opening::open_held(&place, &self.inner.vault.patiently()).await {
            Ok((store, _keep)) => {
                let facts: Result<Facts, _> = store.facts().await;
                store.close().await;
                let facts =
                    facts.map_err(|error| self.unforeseen("looking at the database", &error))?;
                Ok(Present::Database {
                    facts: (&facts).into(),
                })
            }
            Err(NotReady::Fault(fault, detail)) => {
                tracing::info!(?fault, detail, "what a backup would replace does not open");
                Ok(Present::Unreadable { fault })
            }
            Err(NotReady::NotSetUp(_)) => Ok(Present::Nothing),
        }
    }

    /// The data folder, with no other program at work in it, and no restore left half done.
    async fn hold_folder(&self) -> Answer<Place> {
        let place = self.place()?;
        let _alone = self.inner.opening.lock().await;
        if self.tools().is_ok() {
            return Ok(place);
        }
        {
            let mut hold = self.inner.hold();
            if hold.is_none() {
                let taken = opening::take(&place.folder);
                *hold = Some(taken.map_err(|_| Refusal::plain(ErrorCode::DatabaseHeld))?);
            }
        }
        let now = self.inner.clock.now();
        match swap::finish(&place, &self.inner.vault.patiently(), now).await {
            Ok(()) => Ok(place),
            Err(NotReady::Fault(kind, detail)) => {
                let what = format!("{kind:?}: {detail}");
                Err(self.unforeseen("finishing a restore", &what))
            }
            Err(NotReady::NotSetUp(_)) => Err(Refusal::plain(ErrorCode::NotNow)),
        }
    }

    fn not_restored(&self, error: &RestoreError) -> Refusal {
        match error {
            RestoreError::Backup(error) => not_restorable(error),
            RestoreError::Full => Refusal::plain(ErrorCode::RestoreNoRoom),
            RestoreError::Canceled => Refusal::plain(ErrorCode::RecoveryCanceled),
            RestoreError::Folder(_) | RestoreError::Unverified(_) => {
                self.unforeseen("restoring", error)
            }
        }
    }
}

/// A file and the key that somebody typed for it.
#[derive(Clone)]
pub(super) struct BackupFile {
    path: PathBuf,
    key: Arc<RecoveryKey>,
}

fn at_path(code: ErrorCode) -> Refusal {
    Refusal {
        field: Some(Field::Path),
        ..Refusal::plain(code)
    }
}

fn not_restorable(error: &BackupError) -> Refusal {
    match error {
        BackupError::Missing => at_path(ErrorCode::BackupMissing),
        BackupError::NotABackup => at_path(ErrorCode::BackupNotOurs),
        BackupError::OtherKey => Refusal {
            field: Some(Field::RecoveryKey),
            ..Refusal::plain(ErrorCode::RecoveryKeyOther)
        },
        BackupError::CutShort => at_path(ErrorCode::BackupCutShort),
        BackupError::Newer { made_by } => {
            tracing::warn!(?made_by, "a backup was made by a later version");
            at_path(ErrorCode::BackupNewer)
        }
        BackupError::Damaged(detail) => {
            tracing::warn!(detail, "a backup is damaged");
            at_path(ErrorCode::BackupDamaged)
        }
        BackupError::Unreadable(detail) => {
            tracing::warn!(%detail, "a backup cannot be read");
            at_path(ErrorCode::BackupUnreadable)
        }
    }
}

/// What a backup says of itself, and the key of its record. What it would replace is not known yet.
fn offer_of(
    path: &Path,
    key: &RecoveryKey,
) -> Result<(RestoreOffer, Zeroizing<[u8; 32]>), BackupError> {
    let backup = Backup::open(path, key)?;
    let carried = backup.carried();
    let offer = RestoreOffer {
        made_at: carried.made_at.to_string(),
        made_by: carried.made_by.clone(),
        bytes: backup.bytes(),
        backup: backup.facts().into(),
        present: Present::Nothing,
        confirm: String::new(),
    };
    Ok((offer, carried.record_key.clone()))
}

fn rebuild(
    file: &Path,
    recovery: &RecoveryKey,
    to: &Path,
    key: &DatabaseKey,
    watch: &Watch,
) -> Result<(), RestoreError> {
    Backup::open(file, recovery)?.rebuild(to, key, watch)?;
    Ok(())
}

/// What the record of the restored database says of how it came.
fn detail_of(offer: &RestoreOffer) -> String {
    let replaced = match &offer.present {
        Present::Nothing => "nothing".to_owned(),
        Present::Database { facts } => format!("entry {}", facts.entries),
        Present::Unreadable { .. } => "unreadable".to_owned(),
    };
    let RestoreOffer {
        made_at, backup, ..
    } = offer;
    format!(
        "made {made_at} entry {} replaced {replaced}",
        backup.entries
    )
}

/// Stands for this backup and this database. People come and go, and the record of a database at work
/// grows while somebody reads: what counts is which one it is.
fn confirmation(offer: &RestoreOffer) -> String {
    let present = match &offer.present {
        Present::Nothing => "nothing".to_owned(),
        Present::Database { facts } => format!("database {}", facts.people),
        Present::Unreadable { fault } => format!("unreadable {fault:?}"),
    };
    let RestoreOffer {
        made_at,
        made_by,
        bytes,
        backup,
        ..
    } = offer;
    let meant = format!("{made_at} {made_by} {bytes} {backup:?} {present}");
    let digest = Sha256::digest(meant.as_bytes());
    opening::hex(&digest[..8])
}
