//! A backup takes the place of the database, on this machine or on another.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use sha2::{Digest, Sha256};
use simgate_domain::RecoveryKey;
use simgate_store::backup::{Backup, BackupError, RestoreError};
use simgate_store::{DatabaseKey, Head, PublicKey};
use simgate_vault::Secret;
use zeroize::Zeroizing;

use super::backup::{blocking, path_of};
use super::swap::{Next, Place};
use super::there::There;
use super::work::Work;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::args::Typed;
use crate::contract::recovery::{
    BackupFileForm, Present, RecoveryWork, RestoreDone, RestoreForm, RestoreOffer,
};
use crate::contract::words::{ErrorCode, Field, Refusal};
use crate::opening;
use crate::random;

impl App {
    /// What a backup is, and what it would replace. Works with no database, and changes nothing.
    ///
    /// Where nobody is signed in and this machine has been set up, only a backup that this very
    /// installation made with its current recovery key is taken, and only where its database is gone or
    /// does not open: else whoever finds the program stopped could put their own people in.
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
        Ok(self.look(file).await?.offer)
    }

    async fn look(&self, file: &BackupFile) -> Answer<Offered> {
        let BackupFile { path, key } = file.clone();
        let look = blocking(move || Ok(offer_of(&Backup::open(&path, &key)?))).await;
        let (mut offer, record) = look
            .map_err(|error| self.unforeseen("looking at a backup", &error))?
            .map_err(|error: BackupError| not_restorable(&error))?;
        self.may_take_this_place(&file.key, record).await?;
        let There { present, earlier } = self.there().await?;
        offer.present = present;
        offer.confirm = confirmation(&offer, record);
        Ok(Offered { offer, earlier })
    }

    pub(super) async fn put_back(&self, form: RestoreForm) -> Answer<RestoreDone> {
        let work = Work::begin(self, RecoveryWork::Restore)?;
        let file = self.backup_of(&form.path, &form.recovery_key)?;
        let Offered { offer, earlier } = self.look(&file).await?;
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
            detail: made_of(&offer),
            database: key,
        };

        let watch = Arc::clone(work.watch());
        let (to, made_with) = (place.restoring(), DatabaseKey::new(*next.database));
        let rebuilt = blocking(move || {
            let backup = Backup::open(&file, &recovery)?;
            backup.rebuild(&to, &made_with, &earlier, &watch)?;
            Ok(offer_of(&backup))
        });
        let (mut again, record) = rebuilt
            .await
            .map_err(|error| self.unforeseen("restoring", &error))?
            .map_err(|error: RestoreError| self.not_restored(&error))?;
        // Its path was gone along anew: another file may be there by now.
        again.present = offer.present;
        if confirmation(&again, record) != form.confirm {
            if let Err(error) = place.clear() {
                tracing::warn!(%error, "what was restored is not removed");
            }
            return Err(Refusal::plain(ErrorCode::RestoreChanged));
        }
        self.change_places(&place, next).await
    }

    /// The new database is ready beside the old one.
    async fn change_places(&self, place: &Place, next: Next) -> Answer<RestoreDone> {
        let date = place.date(self.inner.clock.now());
        // Nobody may be half way through signing in when the database goes.
        let _turn = self.inner.turn.lock().await;
        let _alone = self.inner.opening.lock().await;
        self.release_database("restored").await;
        let changed = self.keep_old_and_mark(place, &date, next).await;
        // Once the marker may be there, there is only the way forward.
        if changed.is_err() && matches!(place.is_half_restored(), Ok(false)) {
            self.forget_next(place).await;
        }
        self.open_all().await;
        let kept = changed?.then(|| place.kept(&date));
        Ok(RestoreDone {
            kept_as: kept.and_then(|kept| kept.file_name()?.to_str().map(str::to_owned)),
        })
    }

    /// Removes the database that was to take the place, and the key of it.
    async fn forget_next(&self, place: &Place) {
        let secret = Secret::NextDatabaseKey(place.name.clone());
        if let Err(error) = self.inner.vault.delete(&secret).await {
            tracing::warn!(%error, "the key of a database that is not restored is still kept");
        }
        if let Err(error) = place.clear() {
            tracing::warn!(%error, "a database that is not restored is still there");
        }
    }

    /// Keeps what opens the old database and what the new one needs, and then sets the marker. Gives
    /// whether there is an old one.
    async fn keep_old_and_mark(&self, place: &Place, date: &str, mut next: Next) -> Answer<bool> {
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
        let head = get(Secret::RecordHead(name())).await?;
        let head = head.and_then(|head| Head::from_bytes(&head));
        let kept = old.then(|| place.kept(date));
        next.detail = replaced(&next.detail, head, kept.as_deref());
        let secret = Secret::NextDatabaseKey(name());
        let done = vault.put(&secret, &next.to_bytes()).await;
        done.map_err(|error| self.keyring_refused(&error))?;
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

/// A backup that may be restored, and what the database that it would replace knows of restores.
struct Offered {
    offer: RestoreOffer,
    earlier: Vec<String>,
}

/// A file and the key that somebody typed for it.
#[derive(Clone)]
pub(super) struct BackupFile {
    path: PathBuf,
    key: Arc<RecoveryKey>,
}

pub(super) fn at_path(code: ErrorCode) -> Refusal {
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

/// What a backup says of itself, and whose its record is. What it would replace is not known yet.
fn offer_of(backup: &Backup) -> (RestoreOffer, PublicKey) {
    let carried = backup.carried();
    let offer = RestoreOffer {
        made_at: carried.made_at.to_string(),
        made_by: carried.made_by.clone(),
        bytes: backup.bytes(),
        backup: backup.facts().into(),
        present: Present::Nothing,
        confirm: String::new(),
    };
    (offer, carried.record_public)
}

/// What the record of the restored database says of how it came: of what it was made.
fn made_of(offer: &RestoreOffer) -> String {
    let RestoreOffer {
        made_at, backup, ..
    } = offer;
    format!("made {made_at} entry {}", backup.entries)
}

/// And what it replaced: where that record ended, and the name under which it is kept.
fn replaced(made_of: &str, head: Option<Head>, kept: Option<&Path>) -> String {
    let ended = match head {
        Some(head) if head != Head::NONE => {
            format!("entry {} {}", head.seq, opening::hex(&head.hash[..8]))
        }
        Some(_) | None if kept.is_some() => "unknown".to_owned(),
        Some(_) | None => "nothing".to_owned(),
    };
    let kept = kept.and_then(|kept| kept.file_name()?.to_str());
    let kept = kept.map_or_else(String::new, |name| format!(" kept {name}"));
    format!("{made_of} replaced {ended}{kept}")
}

/// Stands for this backup and this database. People come and go, and the record of a database at work
/// grows while somebody reads: what counts is which one it is.
fn confirmation(offer: &RestoreOffer, record: PublicKey) -> String {
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
    let meant = format!("{made_at} {made_by} {bytes} {backup:?} {record} {present}");
    let digest = Sha256::digest(meant.as_bytes());
    opening::hex(&digest[..8])
}
