//! What takes long: going through the record, and writing it to a file. The page begins it, asks how
//! far it is, and may stop it.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;

use simgate_store::{Act, Entry, ExportError, Progress, Store, Verification};

use super::shown;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::record::{RecordExportView, RecordWorkView, VerificationView};
use crate::contract::words::{ErrorCode, Refusal};
use crate::exports;
use crate::tasks::{Seen, Session, Slot};

/// What is under way, and what came of it.
#[derive(Default)]
pub struct Work {
    verification: Slot<VerificationView>,
    export: Slot<RecordExportView>,
}

impl Work {
    /// Stops whatever is under way.
    pub fn cancel(&self) {
        self.verification.cancel();
        self.export.cancel();
    }

    fn shown(&self, to: Session) -> RecordWorkView {
        RecordWorkView {
            verification: match self.verification.seen(to) {
                Seen::Nothing => VerificationView::Idle,
                Seen::Running(running) => VerificationView::Running(running),
                Seen::Came(came) => came,
            },
            export: match self.export.seen(to) {
                Seen::Nothing => RecordExportView::Idle,
                Seen::Running(running) => RecordExportView::Writing(running),
                Seen::Came(came) => came,
            },
        }
    }
}

impl App {
    /// Begins to go through the record, unless this session does already. What comes of it is on
    /// record, and [`App::record_work`] tells it.
    ///
    /// # Errors
    /// As the door.
    pub async fn verify_record(&self) -> Answer<()> {
        let app = self.clone();
        self.run(Command::VERIFY_RECORD, async move {
            let (tools, of) = (app.tools()?, app.session()?);
            let slot = &app.inner.record_work.verification;
            let Some(progress) = slot.begin(of) else {
                return Ok(());
            };
            let entry = app.entry_by_whoever_acts(Act::RecordVerified);
            let failed = |refusal| VerificationView::Failed { refusal };
            let going = {
                let (app, progress) = (app.clone(), Arc::clone(&progress));
                async move { app.go_through(&*tools.store, progress, entry).await }
            };
            app.carry_out(slot, progress, "verifying the record", failed, going);
            Ok(())
        })
        .await
    }

    /// Begins to write the record to a file of the folder `exports` beside the database, unless this
    /// session does already. That is on record before the file is, and in it; [`App::record_work`]
    /// tells what comes of it.
    ///
    /// # Errors
    /// As the door, and where it cannot be recorded: then nothing is written.
    pub async fn export_record(&self) -> Answer<()> {
        let app = self.clone();
        self.run(Command::EXPORT_RECORD, async move {
            let (tools, of) = (app.tools()?, app.session()?);
            let slot = &app.inner.record_work.export;
            let Some(progress) = slot.begin(of) else {
                return Ok(());
            };
            let failed = |refusal| RecordExportView::Failed { refusal };
            let path = app.export_path("record", "jsonl");
            let entry = exports::with_name(app.entry_by_whoever_acts(Act::RecordExported), &path);
            if let Err(error) = tools.store.record(entry).await {
                let refusal = app.unforeseen("recording an export", &error);
                slot.end(&progress, failed(refusal.clone()));
                return Err(refusal);
            }
            let writing = {
                let (app, progress) = (app.clone(), Arc::clone(&progress));
                async move { app.write_to_exports(&*tools.store, path, progress).await }
            };
            app.carry_out(slot, progress, "exporting the record", failed, writing);
            Ok(())
        })
        .await
    }

    /// How far that is which this session began, and what came of it.
    ///
    /// # Errors
    /// As the door.
    pub async fn record_work(&self) -> Answer<RecordWorkView> {
        let app = self.clone();
        self.run(Command::RECORD_WORK, async move {
            Ok(app.inner.record_work.shown(app.session()?))
        })
        .await
    }

    /// Stops it. Nothing half done is left.
    ///
    /// # Errors
    /// As the door.
    pub async fn cancel_record_work(&self) -> Answer<RecordWorkView> {
        let app = self.clone();
        self.run(Command::CANCEL_RECORD_WORK, async move {
            app.inner.record_work.cancel();
            Ok(app.inner.record_work.shown(app.session()?))
        })
        .await
    }

    pub(super) async fn go_through(
        &self,
        store: &dyn Store,
        progress: Arc<Progress>,
        entry: Entry,
    ) -> VerificationView {
        let found = match store.verify(progress).await {
            Ok(found) => found,
            Err(error) => {
                let refusal = self.unforeseen("verifying the record", &error);
                return VerificationView::Failed { refusal };
            }
        };
        if let Some(entry) = found_out(entry, &found) {
            let at = self.inner.clock.now();
            // A record that was shortened takes nothing more, and must all the same be told of.
            if let Err(error) = store.record(Entry { at, ..entry }).await {
                tracing::error!(%error, ?found, "what the record is like is not on record");
            }
        }
        shown::verification(found)
    }

    async fn write_to_exports(
        &self,
        store: &dyn Store,
        path: PathBuf,
        progress: Arc<Progress>,
    ) -> RecordExportView {
        let within = path.clone();
        let made = tokio::task::spawn_blocking(move || exports::make_folder_of(&within)).await;
        match made.map_err(io::Error::other) {
            Ok(Ok(())) => self.write_out(store, path, progress).await,
            Ok(Err(error)) | Err(error) => not_written(&error),
        }
    }

    pub(super) async fn write_out(
        &self,
        store: &dyn Store,
        path: PathBuf,
        progress: Arc<Progress>,
    ) -> RecordExportView {
        match store.export(path.clone(), progress).await {
            Ok(exported) => RecordExportView::Done {
                entries: exported.entries,
                path: path.display().to_string(),
                key: store.public_key().to_string(),
            },
            Err(ExportError::Canceled) => RecordExportView::Stopped,
            Err(ExportError::File(error)) => not_written(&error),
            Err(ExportError::Store(error)) => RecordExportView::Failed {
                refusal: self.unforeseen("exporting the record", &error),
            },
        }
    }
}

fn not_written(error: &io::Error) -> RecordExportView {
    tracing::warn!(%error, "the record was not exported");
    RecordExportView::Failed {
        refusal: Refusal::plain(ErrorCode::FileNotWritten),
    }
}

/// What is put on record of a verification; nothing of one that was stopped.
fn found_out(entry: Entry, found: &Verification) -> Option<Entry> {
    match found {
        Verification::Sound { from, to, .. } => Some(Entry {
            detail: Some(format!("from {from} to {to}")),
            ..entry
        }),
        Verification::Flawed { seq, flaw } => Some(Entry {
            act: Act::RecordFlawed,
            cause: Some(shown::word(*flaw)),
            detail: Some(format!("entry {seq}")),
            ..entry
        }),
        Verification::Canceled => None,
    }
}
