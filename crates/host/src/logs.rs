//! The log: JSON, one file a day, fourteen kept. Nothing secret is ever given to it.

use std::path::Path;

use tracing_appender::non_blocking::WorkerGuard;
use tracing_appender::rolling::{RollingFileAppender, Rotation};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Files kept.
const DAYS: usize = 14;
/// Our own words, and from libraries only what went wrong: they may quote what they were given.
const FILTER: &str = "warn,simgate=info,simgate_app=info,simgate_store=info,simgate_vault=info,\
                      simgate_vendors=info,hyper=off,reqwest=off,rustls=off,h2=off";

/// Has the log say where a panic was. What it said is left out: it may quote what was typed.
fn log_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let thread = std::thread::current();
        let place = panic.location().map(ToString::to_string);
        tracing::error!(thread = thread.name(), place, "a panic");
    }));
}

/// Starts the log in this folder. What is returned must be kept until the end.
///
/// # Errors
/// Where the folder cannot be made or written, or a log was started before.
pub fn start(folder: &Path) -> Result<WorkerGuard, Box<dyn std::error::Error>> {
    crate::folders::make(folder)?;
    let files = RollingFileAppender::builder()
        .rotation(Rotation::DAILY)
        .filename_prefix("simgate")
        .filename_suffix("jsonl")
        .max_log_files(DAYS)
        .build(folder)?;
    let (writer, guard) = tracing_appender::non_blocking(files);
    tracing_subscriber::registry()
        .with(EnvFilter::new(FILTER))
        .with(tracing_subscriber::fmt::layer().json().with_writer(writer))
        .try_init()?;
    log_panics();
    Ok(guard)
}
