//! The shell: windows, commands, and the composition root. Everything worth a test is in
//! `simgate-app`; here it is put together and given a window.

// No console window beside the real one.
#![cfg_attr(windows, windows_subsystem = "windows")]

mod arguments;
mod commands;
mod rehearsal;
mod surroundings;
#[cfg(target_os = "linux")]
mod web_view;
mod window;

use std::io::Write;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;
use simgate_app::config::VendorSource;
use simgate_app::{App, Config};
use simgate_host::logs::Log;
use simgate_host::{Folders, SystemClock, folders};
use simgate_vault::{Space, Vault};
use tauri::async_runtime;

use arguments::Arguments;

type Failure = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match start(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say_that_it_cannot_start(&*error);
            ExitCode::FAILURE
        }
    }
}

/// In the log, if it could be opened, and to whoever started the program by hand.
fn say_that_it_cannot_start(error: &dyn std::error::Error) {
    tracing::error!(%error, "cannot start");
    let _unread = writeln!(std::io::stderr(), "simgate: {error}");
}

fn start(arguments: &Arguments) -> Result<(), Failure> {
    surroundings::refuse_remote_control(arguments.rehearsal)?;
    surroundings::require_display()?;
    let folders = Folders::find(arguments.data_dir.as_deref(), arguments.rehearsal)?;
    let log = Arc::new(Log::start(&folders.logs)?);
    if let Err(error) = log.open() {
        // The window says so, and opens the log when it is told to try again.
        tracing::error!(%error, "there is no log");
    }
    tracing::info!(
        version = env!("CARGO_PKG_VERSION"),
        rehearsal = arguments.rehearsal,
        "starting"
    );

    let (vendors, space, announcement) = if arguments.rehearsal {
        let (stand_ins, announcement) = async_runtime::block_on(rehearsal::start())?;
        let file = arguments.rehearsal_announce.clone();
        (
            stand_ins,
            Space::Rehearsal,
            file.map(|file| (announcement, file)),
        )
    } else {
        (VendorSource::Keyring, Space::Real, None)
    };
    let ground = Arc::clone(&log);
    let config = Config {
        ground: Arc::new(move || Ok(ground.open()?)),
        data_dir: folders.data.clone(),
        vendors,
        hashing: None,
    };
    let app = App::new(config, Arc::new(SystemClock), Vault::new(space)?);
    let working = app.clone();
    let work = move || {
        if let Some((line, file)) = announcement {
            rehearsal::announce(&line, &file).map_err(|error| {
                let file = file.display();
                std::io::Error::other(format!("{file} cannot be written: {error}"))
            })?;
        }
        work_in_background(working);
        Ok(())
    };
    let looks = window::Looks {
        rehearsal: arguments.rehearsal,
        // A window that can keep nothing is better than none: it says what is wrong.
        web: folders::make(&folders.web).is_ok().then_some(folders.web),
    };
    window::run(&app, looks, work, move || log.finish())?;
    Ok(())
}

/// Opens everything while the window comes up, and then ends what is over, once a second. What
/// panics in one second does not keep the next from coming.
fn work_in_background(app: App) {
    async_runtime::spawn(async move {
        app.open().await;
        let mut second = tokio::time::interval(Duration::from_secs(1));
        second.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
        loop {
            second.tick().await;
            let app = app.clone();
            if tokio::spawn(async move { app.tick().await }).await.is_err() {
                tracing::error!("a tick panicked");
            }
        }
    });
}
