//! Which installation the commands work on.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use simgate_app::console::NotOpened;
use simgate_app::{Config, Console, VendorSource};
use simgate_host::logs::Log;
use simgate_host::{Folders, SystemClock};
use simgate_vault::{Space, Vault};

use crate::ending::{Exit, Failure};
use crate::rehearsal;
use crate::table::plain;
use crate::words;

/// The data folder, the keyring's names and the log that go together.
pub struct Here {
    /// Where the database is.
    pub data: PathBuf,
    /// Whether it is a rehearsal's.
    pub rehearsal: bool,
    log: Option<Arc<Log>>,
    space: Space,
}

impl Here {
    /// The installation of this folder, or of where the system expects it.
    ///
    /// # Errors
    /// Where the system names no folder.
    pub fn find(data_dir: Option<&Path>, rehearsal: bool) -> Result<Self, Failure> {
        let folders = Folders::find(data_dir, rehearsal)
            .map_err(|error| failed("no_folder", format!("No data folder: {error}.")))?;
        // Where there is no installation, nothing is made, a log neither.
        let log = folders.data.is_dir().then(|| Log::start(&folders.logs));
        let log = log
            .transpose()
            .map_err(|_twice| failed("unforeseen", words::UNFORESEEN.to_owned()))?;
        if let Some(Err(error)) = log.as_ref().map(Log::open) {
            // Opening says so once more, as what it is.
            tracing::error!(%error, "there is no log");
        }
        Ok(Self {
            data: folders.data,
            rehearsal,
            log: log.map(Arc::new),
            space: if rehearsal {
                Space::Rehearsal
            } else {
                Space::Real
            },
        })
    }

    /// Opens it, for this program alone. No vendor is asked anything.
    ///
    /// # Errors
    /// Where there is none, or it cannot be opened, or SIMgate is open on it.
    pub async fn open(&self) -> Result<Console, Failure> {
        self.open_with(VendorSource::Keyring).await
    }

    /// The same, where the vendors are to be asked: in a rehearsal its stand-ins, which are started.
    ///
    /// # Errors
    /// As [`Here::open`].
    pub async fn open_with_vendors(&self) -> Result<Console, Failure> {
        if !self.rehearsal {
            return self.open().await;
        }
        let stand_ins = rehearsal::stand_ins()
            .await
            .map_err(|error| failed("unforeseen", format!("{} {error}", words::UNFORESEEN)))?;
        self.open_with(stand_ins).await
    }

    async fn open_with(&self, vendors: VendorSource) -> Result<Console, Failure> {
        let config = Config {
            vendors,
            ..self.config()
        };
        let console = Console::open(config, self.clock(), self.vault()?).await;
        console.map_err(|why| not_opened(self, why))
    }

    /// The console with nothing open: a backup may be restored where nothing can be opened.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn unopened(&self) -> Result<Console, Failure> {
        let vault = self.vault()?;
        Ok(Console::unopened(self.config(), self.clock(), vault))
    }

    /// What the program is told of where it is.
    pub fn config(&self) -> Config {
        let log = self.log.clone();
        Config {
            ground: Arc::new(move || match &log {
                Some(log) => Ok(log.open()?),
                None => Ok(()),
            }),
            data_dir: self.data.clone(),
            vendors: VendorSource::Keyring,
            hashing: None,
        }
    }

    /// The clocks of this machine.
    #[expect(
        clippy::unused_self,
        reason = "they are the machine's, as the folder is"
    )]
    pub fn clock(&self) -> Arc<SystemClock> {
        Arc::new(SystemClock)
    }

    /// The keyring's entries of this installation.
    ///
    /// # Errors
    /// Where no thread can be started.
    pub fn vault(&self) -> Result<Vault, Failure> {
        Vault::new(self.space.clone())
            .map_err(|error| failed("unforeseen", format!("{} {error}", words::UNFORESEEN)))
    }

    /// Writes what the log still has to be told. To be called at the very end.
    pub fn finish(&self) {
        if let Some(log) = &self.log {
            log.finish();
        }
    }
}

/// Works at the console and closes it, whatever comes of the work: the keyring is told of the record's
/// newest entry, also where the work failed after it had put one there.
pub async fn at<T>(console: Console, work: impl AsyncFnOnce(&Console) -> T) -> T {
    let came = work(&console).await;
    console.close().await;
    came
}

/// Why an installation cannot be opened.
pub fn not_opened(here: &Here, why: NotOpened) -> Failure {
    match why {
        NotOpened::Nothing => Failure::new(
            Exit::Refused,
            "not_set_up",
            format!(
                "There is no SIMgate in {}. Start SIMgate and set it up in its window, or name another \
                 folder with --data-dir.",
                plain(&here.data.to_string_lossy())
            ),
        ),
        NotOpened::Fault { kind, reference } => Failure::closed(kind, Some(reference)),
    }
}

fn failed(code: &str, message: String) -> Failure {
    Failure::new(Exit::Closed, code, message)
}
