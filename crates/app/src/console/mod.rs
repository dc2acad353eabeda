//! The program at the command line of this machine.
//!
//! Whoever runs it has the machine's account and its keyring, and with them the key of the database.
//! No password, SIM check or code asked for here would keep them out, so none is; what they do is on
//! record as done at the console. The window makes no [`Console`], so that no command of a page leads
//! to what is done here.

mod look;

use std::sync::Arc;

use simgate_domain::Clock;
use simgate_store::{Act, By, Entry, SetupState, Store, Who};
use simgate_vault::Vault;

use crate::app::{Answer, App};
use crate::config::Config;
use crate::contract::words::FaultKind;
use crate::opening::NotReady;
use crate::random;

pub use crate::recovery::{NotRestored, RecoveryWatch};
pub use look::{DatabaseFound, Installation, Look, SetUpFound, VendorsFound, look};

/// An installation, opened with no window. It asks no vendor anything but to test its settings.
pub struct Console {
    pub(crate) app: App,
}

/// Why an installation cannot be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotOpened {
    /// There is none in this folder, and the keyring knows of none that was. Nothing was made.
    Nothing,
    /// Something keeps it from being opened.
    Fault {
        /// What.
        kind: FaultKind,
        /// The log says more under it.
        reference: String,
    },
}

impl Console {
    /// Opens the database of the data folder, for this program alone. Makes none.
    ///
    /// # Errors
    /// [`NotOpened`]; [`FaultKind::DatabaseLocked`] where the window is open on it.
    pub async fn open(
        config: Config,
        clock: Arc<dyn Clock>,
        vault: Vault,
    ) -> Result<Self, NotOpened> {
        Self::open_in(App::new(config, clock, vault)).await
    }

    async fn open_in(app: App) -> Result<Self, NotOpened> {
        match app.is_anything_here().await {
            Ok(true) => {}
            Ok(false) => return Err(NotOpened::Nothing),
            Err(not_ready) => return Err(not_opened(&app, not_ready)),
        }
        let opened = app.open_database(&app.inner.vault.patiently()).await;
        match opened {
            Ok(store) => Self::begin(app, store).await,
            Err(not_ready) => Err(not_opened(&app, not_ready)),
        }
    }

    /// As [`Console::open`], on a database that the caller has opened. Its key and its record's head are
    /// the caller's affair.
    ///
    /// # Errors
    /// [`NotOpened::Fault`] where its rules cannot be read.
    pub async fn open_on(
        config: Config,
        clock: Arc<dyn Clock>,
        vault: Vault,
        store: Arc<dyn Store>,
    ) -> Result<Self, NotOpened> {
        Self::begin(App::new(config, clock, vault), store).await
    }

    async fn begin(app: App, store: Arc<dyn Store>) -> Result<Self, NotOpened> {
        if let Err(not_ready) = app.load_rules(&*store).await {
            return Err(not_opened(&app, not_ready));
        }
        app.inner.stage.change(|scene| {
            scene.store = Some(store);
            scene.at_the_console = true;
        });
        Ok(Self { app })
    }

    /// A console with nothing open: a backup may be put where nothing opens.
    #[must_use]
    pub fn unopened(config: Config, clock: Arc<dyn Clock>, vault: Vault) -> Self {
        let app = App::new(config, clock, vault);
        app.inner.stage.change(|scene| scene.at_the_console = true);
        Self { app }
    }

    /// Has the keyring told of the record's newest entry. To be called at the end.
    pub async fn close(&self) {
        self.app.close().await;
    }

    /// Whether this installation has, or ever had, a first admin.
    pub(crate) async fn is_anybody_here(&self, store: &dyn Store) -> Answer<bool> {
        let state = store.setup_state().await;
        let state = state.map_err(|error| {
            let doing = "reading how far set-up is";
            self.app.unforeseen(doing, &error)
        })?;
        Ok(match state {
            SetupState::Nobody => false,
            SetupState::Begun | SetupState::Finished { .. } => true,
        })
    }

    /// An entry about what is done here.
    pub(crate) fn entry(&self, who: Who, act: Act) -> Entry {
        Entry {
            by: By::Console,
            ..self.app.entry(who, None, act, None)
        }
    }
}

pub(crate) fn not_opened(app: &App, not_ready: NotReady) -> NotOpened {
    let (kind, detail) = match not_ready {
        NotReady::Fault(kind, detail) => (kind, detail),
        NotReady::NotSetUp(missing) => (FaultKind::Unforeseen, format!("{missing:?} missing")),
    };
    let reference = random::reference(app.inner.clock.now()).to_string();
    tracing::error!(%reference, ?kind, detail, "cannot be opened");
    NotOpened::Fault { kind, reference }
}
