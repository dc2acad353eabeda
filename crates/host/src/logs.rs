//! The log: JSON, one file a day, fourteen kept. Nothing secret is ever given to it.

use std::io::Stderr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use tracing_appender::non_blocking::{NonBlocking, WorkerGuard};
use tracing_appender::rolling::{InitError, RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt::writer::EitherWriter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

/// Files kept.
const DAYS: usize = 14;
/// Our own words, and from libraries only what went wrong: they may quote what they were given.
const FILTER: &str = "warn,simgate=info,simgate_admin=info,simgate_app=info,simgate_store=info,\
                      simgate_vault=info,simgate_vendors=info,hyper=off,reqwest=off,rustls=off,\
                      h2=off";

/// The program's log. Until its files can be written, what is said goes to standard error.
pub struct Log {
    folder: PathBuf,
    files: Arc<OnceLock<NonBlocking>>,
    // The files' writer: dropping it writes what is still on its way.
    writer: Mutex<Option<WorkerGuard>>,
}

/// The log's folder cannot be made or written.
#[derive(Debug, thiserror::Error)]
pub enum Unwritable {
    /// The folder cannot be made.
    #[error("the folder of the log cannot be made: {0}")]
    Folder(#[from] std::io::Error),
    /// The file cannot be made.
    #[error("the log cannot be written: {0}")]
    File(#[from] InitError),
}

impl Log {
    /// Takes what is said from now on.
    ///
    /// # Errors
    /// Where a log was started before in this program.
    pub fn start(folder: &Path) -> Result<Self, TryInitError> {
        let files = Arc::new(OnceLock::new());
        let open = Arc::clone(&files);
        let writer = move || -> EitherWriter<NonBlocking, Stderr> {
            match open.get() {
                Some(files) => EitherWriter::A(NonBlocking::clone(files)),
                None => EitherWriter::B(std::io::stderr()),
            }
        };
        tracing_subscriber::registry()
            .with(EnvFilter::new(FILTER))
            .with(tracing_subscriber::fmt::layer().json().with_writer(writer))
            .try_init()?;
        log_panics();
        Ok(Self {
            folder: folder.to_owned(),
            files,
            writer: Mutex::new(None),
        })
    }

    /// Opens the files, unless they are open.
    ///
    /// # Errors
    /// [`Unwritable`] where the folder cannot be made or written: it may be asked again.
    pub fn open(&self) -> Result<(), Unwritable> {
        let mut writer = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
        if self.files.get().is_some() {
            return Ok(());
        }
        crate::folders::make(&self.folder)?;
        let files = RollingFileAppender::builder()
            .rotation(Rotation::DAILY)
            .filename_prefix("simgate")
            .filename_suffix("jsonl")
            .max_log_files(DAYS)
            .build(&self.folder)?;
        let (files, guard) = tracing_appender::non_blocking(files);
        // None stood there before: the lock is held.
        let _ours = self.files.set(files).is_ok();
        *writer = Some(guard);
        Ok(())
    }

    /// Writes what is still on its way. To be called at the very end: nothing is written after it.
    pub fn finish(&self) {
        drop(
            self.writer
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .take(),
        );
    }
}

/// Has the log say where a panic was. What it said is left out: it may quote what was typed.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let thread = std::thread::current();
        let place = panic.location().map(ToString::to_string);
        tracing::error!(thread = thread.name(), place, "a panic");
    }));
}
