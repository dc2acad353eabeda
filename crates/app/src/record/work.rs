//! What takes long: going through the record, and writing it to a file. The page begins it, asks how
//! far it is, and may stop it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use simgate_domain::seat::Seat;
use simgate_domain::{Timestamp, UserId};
use simgate_store::{Act, Entry, ExportError, Progress, Verification};

use super::shown;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::record::{RecordExportView, RecordWorkView, RunningView, VerificationView};
use crate::contract::words::{ErrorCode, Refusal};
use crate::stage::Tools;

/// The folder of exported files, within that of the database.
const FOLDER: &str = "exports";

/// Whose session, and since when: a proof made anew goes on with the same one.
type Session = (UserId, Timestamp);

/// Something long that one session began.
struct Task<Came> {
    of: Session,
    progress: Arc<Progress>,
    came: Option<Came>,
}

impl<Came> Task<Came> {
    fn running(&self) -> RunningView {
        let (done, all) = self.progress.seen();
        RunningView {
            done,
            all,
            canceling: self.progress.is_canceled(),
        }
    }
}

#[derive(Default)]
struct Tasks {
    verification: Option<Task<VerificationView>>,
    export: Option<Task<RecordExportView>>,
}

/// What is under way, and what came of it. It is shown to the session that began it; another one's is
/// stopped when a session begins its own.
#[derive(Default)]
pub struct Work(Mutex<Tasks>);

impl Work {
    fn lock(&self) -> MutexGuard<'_, Tasks> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops whatever is under way.
    pub fn cancel(&self) {
        let tasks = self.lock();
        let verification = tasks.verification.iter().map(|task| &task.progress);
        let export = tasks.export.iter().map(|task| &task.progress);
        verification
            .chain(export)
            .for_each(|progress| progress.cancel());
    }

    fn shown(&self, to: Session) -> RecordWorkView {
        let tasks = self.lock();
        let verification = tasks.verification.as_ref().filter(|task| task.of == to);
        let export = tasks.export.as_ref().filter(|task| task.of == to);
        RecordWorkView {
            verification: verification.map_or(VerificationView::Idle, |task| {
                let running = || VerificationView::Running(task.running());
                task.came.clone().unwrap_or_else(running)
            }),
            export: export.map_or(RecordExportView::Idle, |task| {
                let writing = || RecordExportView::Writing(task.running());
                task.came.clone().unwrap_or_else(writing)
            }),
        }
    }
}

/// Begins a task in place of the one before; `None` where this session has one under way.
fn begin<Came>(slot: &mut Option<Task<Came>>, of: Session) -> Option<Arc<Progress>> {
    if let Some(before) = slot {
        if before.of == of && before.came.is_none() {
            return None;
        }
        before.progress.cancel();
    }
    let progress = Arc::new(Progress::default());
    *slot = Some(Task {
        of,
        progress: Arc::clone(&progress),
        came: None,
    });
    Some(progress)
}

/// Notes what came of a task, unless another has taken its place.
fn end<Came>(slot: &mut Option<Task<Came>>, progress: &Arc<Progress>, came: Came) {
    let ours = slot
        .as_mut()
        .filter(|task| Arc::ptr_eq(&task.progress, progress));
    if let Some(task) = ours {
        task.came = Some(came);
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
            let begun = begin(&mut app.inner.record_work.lock().verification, of);
            let Some(progress) = begun else {
                return Ok(());
            };
            let entry = app.entry_by_whoever_acts(Act::RecordVerified);
            app.clone().in_background(async move {
                let going = {
                    let (app, progress) = (app.clone(), Arc::clone(&progress));
                    tokio::spawn(async move { app.go_through(&tools, progress, entry).await })
                };
                let came = going
                    .await
                    .unwrap_or_else(|panicked| VerificationView::Failed {
                        refusal: app.unforeseen("verifying the record", &panicked),
                    });
                let work = &app.inner.record_work;
                end(&mut work.lock().verification, &progress, came);
            });
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
            let begun = begin(&mut app.inner.record_work.lock().export, of);
            let Some(progress) = begun else {
                return Ok(());
            };
            let path = app.export_path();
            let entry = exported(app.entry_by_whoever_acts(Act::RecordExported), &path);
            if let Err(error) = tools.store.record(entry).await {
                let refusal = app.unforeseen("recording an export", &error);
                let came = RecordExportView::Failed {
                    refusal: refusal.clone(),
                };
                let work = &app.inner.record_work;
                end(&mut work.lock().export, &progress, came);
                return Err(refusal);
            }
            app.clone().in_background(async move {
                let writing = {
                    let (app, progress) = (app.clone(), Arc::clone(&progress));
                    tokio::spawn(async move { app.write_out(&tools, path, progress).await })
                };
                let came = writing
                    .await
                    .unwrap_or_else(|panicked| RecordExportView::Failed {
                        refusal: app.unforeseen("exporting the record", &panicked),
                    });
                let work = &app.inner.record_work;
                end(&mut work.lock().export, &progress, came);
            });
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

    /// The session of whoever acts. The table lets nobody act here who has none.
    fn session(&self) -> Answer<Session> {
        let session = self.inner.stage.read(|scene| match &scene.seat {
            Seat::Occupied(at) => Some((at.person.user, at.facts.signed_in_at)),
            Seat::Vacant
            | Seat::Identified(_)
            | Seat::Cleared(_)
            | Seat::CodeSent(_)
            | Seat::Answering(_)
            | Seat::Stopped(_) => None,
        });
        session.ok_or_else(|| Refusal::plain(ErrorCode::NotNow))
    }

    async fn go_through(
        &self,
        tools: &Tools,
        progress: Arc<Progress>,
        entry: Entry,
    ) -> VerificationView {
        let found = match tools.store.verify(progress).await {
            Ok(found) => found,
            Err(error) => {
                let refusal = self.unforeseen("verifying the record", &error);
                return VerificationView::Failed { refusal };
            }
        };
        if let Some(entry) = found_out(entry, &found) {
            let at = self.inner.clock.now();
            // A record that was shortened takes nothing more, and must all the same be told of.
            if let Err(error) = tools.store.record(Entry { at, ..entry }).await {
                tracing::error!(%error, ?found, "what the record is like is not on record");
            }
        }
        shown::verification(found)
    }

    async fn write_out(
        &self,
        tools: &Tools,
        path: PathBuf,
        progress: Arc<Progress>,
    ) -> RecordExportView {
        let not_written = |error: std::io::Error| {
            tracing::warn!(%error, "the record was not exported");
            let refusal = Refusal::plain(ErrorCode::FileNotWritten);
            RecordExportView::Failed { refusal }
        };
        let folder = path.parent().unwrap_or(&path).to_owned();
        let made = tokio::task::spawn_blocking(move || make_folder(&folder)).await;
        match made {
            Ok(Ok(())) => {}
            Ok(Err(error)) => return not_written(error),
            Err(panicked) => return not_written(std::io::Error::other(panicked)),
        }
        match tools.store.export(path.clone(), progress).await {
            Ok(exported) => RecordExportView::Done {
                entries: exported.entries,
                path: path.display().to_string(),
                key: tools.store.public_key().to_string(),
            },
            Err(ExportError::Canceled) => RecordExportView::Stopped,
            Err(ExportError::File(error)) => not_written(error),
            Err(ExportError::Store(error)) => RecordExportView::Failed {
                refusal: self.unforeseen("exporting the record", &error),
            },
        }
    }

    fn export_path(&self) -> PathBuf {
        let now = self.inner.clock.now().to_string();
        // No system takes offence at a name of digits and letters.
        let now: String = now.chars().filter(char::is_ascii_alphanumeric).collect();
        let folder = self.inner.config.data_dir.join(FOLDER);
        folder.join(format!("simgate-record-{now}.jsonl"))
    }
}

fn exported(entry: Entry, path: &Path) -> Entry {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    Entry {
        detail: Some(format!("file {name}")),
        ..entry
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

/// For its owner only.
fn make_folder(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}
