//! One backup or restore at a time, its progress, and its end.

use std::sync::{Arc, Mutex, PoisonError};

use simgate_store::backup::{Progress, Step, Watch};

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::recovery::{RecoveryProgress, RecoveryStep, RecoveryWork};
use crate::contract::words::{ErrorCode, Refusal};

/// The place for one piece of work.
#[derive(Default)]
pub(crate) struct Slot(Mutex<Option<Arc<UnderWay>>>);

struct UnderWay {
    watch: Arc<Watch>,
    progress: Arc<Mutex<RecoveryProgress>>,
}

/// A piece of work that has the place, until it is dropped.
pub(super) struct Work {
    app: App,
    under_way: Arc<UnderWay>,
}

impl Work {
    /// Takes the place.
    ///
    /// # Errors
    /// [`ErrorCode::RecoveryUnderWay`] where it is taken.
    pub(super) fn begin(app: &App, work: RecoveryWork) -> Answer<Self> {
        let progress = Arc::new(Mutex::new(RecoveryProgress {
            work,
            step: RecoveryStep::Begun,
            done: 0,
            total: 0,
        }));
        let seen = Arc::clone(&progress);
        let watch = Watch::new(move |now: Progress| {
            *seen.lock().unwrap_or_else(PoisonError::into_inner) = RecoveryProgress {
                work,
                step: match now.step {
                    Step::Copying => RecoveryStep::Copying,
                    Step::Verifying => RecoveryStep::Verifying,
                },
                done: now.done,
                total: now.total,
            };
        });
        let watch = Arc::new(watch);
        let under_way = Arc::new(UnderWay { watch, progress });
        let mut place = app.inner.recovery.lock();
        if place.is_some() {
            return Err(Refusal::plain(ErrorCode::RecoveryUnderWay));
        }
        *place = Some(Arc::clone(&under_way));
        drop(place);
        Ok(Self {
            app: app.clone(),
            under_way,
        })
    }

    pub(super) fn watch(&self) -> &Arc<Watch> {
        &self.under_way.watch
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        *self.app.inner.recovery.lock() = None;
    }
}

impl Slot {
    /// Whether a backup or a restore is under way.
    pub(crate) fn is_taken(&self) -> bool {
        self.lock().is_some()
    }

    /// Ends what is under way at its next step.
    pub(crate) fn cancel(&self) {
        if let Some(under_way) = &*self.lock() {
            under_way.watch.cancel();
        }
    }

    pub(super) fn progress(&self) -> Option<RecoveryProgress> {
        let under_way = self.lock();
        let progress = &under_way.as_ref()?.progress;
        Some(*progress.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Arc<UnderWay>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// How far the backup or the restore is that is under way, if one is.
    ///
    /// # Errors
    /// As the door.
    pub async fn recovery_work(&self) -> Answer<Option<RecoveryProgress>> {
        let app = self.clone();
        self.run(Command::RECOVERY_WORK, async move {
            Ok(app.inner.recovery.progress())
        })
        .await
    }

    /// Ends the backup or the restore that is under way. A restore that has begun to change places is
    /// finished all the same.
    ///
    /// # Errors
    /// As the door.
    pub async fn cancel_recovery(&self) -> Answer<()> {
        let app = self.clone();
        self.run(Command::CANCEL_RECOVERY, async move {
            app.inner.recovery.cancel();
            Ok(())
        })
        .await
    }
}
