//! Backups and restoring at the command line of this machine.

use simgate_vault::Secret;

use crate::app::{Answer, App};
use crate::console::{Console, NotOpened, not_opened};
use crate::contract::recovery::{
    BackupFileForm, BackupMade, RestoreDone, RestoreForm, RestoreOffer,
};
use crate::contract::words::Refusal;
use crate::opening;
use crate::stage::Readiness;

/// Why a backup was not restored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotRestored {
    /// It was refused, and everything is as it was.
    Refused(Refusal),
    /// The keyring gives no answer, and everything is as it was; or it has begun to take its place, and
    /// what is there does not open: whoever opens it next finishes what is left to do.
    NotOpened(NotOpened),
}

/// For whoever waits for a backup or a restore.
pub struct RecoveryWatch(App);

impl RecoveryWatch {
    /// So many pages of so many; of none where that is not known.
    #[must_use]
    pub fn seen(&self) -> (u64, u64) {
        let progress = self.0.inner.recovery.progress();
        progress.map_or((0, 0), |now| (now.done.into(), now.total.into()))
    }

    /// Ends it at its next step.
    pub fn cancel(&self) {
        self.0.inner.recovery.cancel();
    }
}

impl Console {
    /// Tells how far a backup or a restore of this console is.
    #[must_use]
    pub fn recovery_watch(&self) -> RecoveryWatch {
        RecoveryWatch(self.app.clone())
    }

    /// Makes a backup, as [`App::back_up`] does.
    ///
    /// # Errors
    /// As [`App::back_up`], without those of the door.
    pub async fn back_up(&self, to: Option<String>) -> Answer<BackupMade> {
        self.app.back_up_to(to).await
    }

    /// What a backup is, and what it would replace. Takes the data folder, and changes nothing.
    ///
    /// # Errors
    /// [`NotRestored`]. A backup of another installation is taken: whoever has this machine's account
    /// could put it here by hand.
    pub async fn inspect_backup(&self, form: BackupFileForm) -> Result<RestoreOffer, NotRestored> {
        self.keyring_answers().await?;
        let file = self.app.backup_of(&form.path, &form.recovery_key);
        let offer = self.app.offer(&file.map_err(NotRestored::Refused)?).await;
        offer.map_err(NotRestored::Refused)
    }

    /// Puts a backup in the place of the database, as [`App::restore`] does. To be called where no
    /// database has to be open: [`Console::unopened`].
    ///
    /// # Errors
    /// [`NotRestored`].
    pub async fn restore(&self, form: RestoreForm) -> Result<RestoreDone, NotRestored> {
        self.keyring_answers().await?;
        let put_back = self.app.put_back(form).await;
        let done = put_back.map_err(NotRestored::Refused)?;
        let fault = self.app.inner.stage.read(|scene| match &scene.readiness {
            Readiness::Fault(kind, reference) => Some(NotOpened::Fault {
                kind: *kind,
                reference: reference.clone(),
            }),
            Readiness::Starting | Readiness::NotSetUp(_) | Readiness::Ready(_) => None,
        });
        fault.map_or(Ok(done), |why| Err(NotRestored::NotOpened(why)))
    }

    /// Without the keyring nothing can be restored, and why is told before anything is looked at.
    async fn keyring_answers(&self) -> Result<(), NotRestored> {
        let app = &self.app;
        let place = app.place().map_err(NotRestored::Refused)?;
        let vault = app.inner.vault.patiently();
        let asked = opening::get(&vault, &Secret::DatabaseKey(place.name)).await;
        asked.map_or_else(
            |why| Err(NotRestored::NotOpened(not_opened(app, why))),
            |_key| Ok(()),
        )
    }
}
