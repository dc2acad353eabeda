//! A look at an installation: what is there, what is missing, and what keeps it from working.

use std::sync::Arc;
use std::time::Duration;

use simgate_domain::{Clock, Timestamp};
use simgate_store::{Search, SetupState, Store, StoreError};
use simgate_vault::Vault;

use super::{Console, NotOpened, not_opened};
use crate::app::App;
use crate::config::Config;
use crate::contract::words::{FaultKind, VendorName};
use crate::opening::{NotReady, keyring_fault};
use crate::settings::entries::{self, Entry};

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Whether the data folder is there.
    pub folder: bool,
    /// The vendors' settings in the keyring; or why it gave no answer.
    pub keyring: Result<VendorsFound, FaultKind>,
    /// The database.
    pub database: DatabaseFound,
}

/// The vendors' settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VendorsFound {
    /// Both vendors' are there, of their form. Whether the vendors take them is not known.
    Set,
    /// Those of these are missing.
    Missing(Vec<VendorName>),
    /// Something else stands in their place.
    Damaged,
}

/// The database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DatabaseFound {
    /// There is none, and there was none.
    Nothing,
    /// It was not looked at, because the keyring has its key and gave no answer.
    NotSeen,
    /// It cannot be opened.
    Closed {
        /// Why not.
        kind: FaultKind,
        /// The log says more under it.
        reference: String,
    },
    /// It opens, and its record ends where the keyring says that it must.
    Open(Installation),
}

/// What is known of an installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installation {
    /// How far the first set-up is.
    pub set_up: SetUpFound,
    /// The place of the newest entry of the record.
    pub newest: u64,
    /// By how much the clock of the machine is behind the newest entry.
    pub clock_behind: Option<Duration>,
}

/// How far the first set-up is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetUpFound {
    /// There is nobody.
    NotBegun,
    /// There is a first admin, who has not finished it.
    Begun,
    /// It was finished.
    Finished,
}

impl From<SetupState> for SetUpFound {
    fn from(state: SetupState) -> Self {
        match state {
            SetupState::Nobody => Self::NotBegun,
            SetupState::Begun => Self::Begun,
            SetupState::Finished { .. } => Self::Finished,
        }
    }
}

/// Looks at an installation. Changes nothing but what opening a database changes: one of an earlier
/// version is brought up to this one.
pub async fn look(config: Config, clock: Arc<dyn Clock>, vault: Vault) -> Look {
    let now = clock.now();
    let app = App::new(config, clock, vault);
    let folder = app.inner.config.data_dir.is_dir();
    let keyring = keyring(&app).await;
    if keyring.is_err() {
        return Look {
            folder,
            keyring,
            database: DatabaseFound::NotSeen,
        };
    }
    let database = match Console::open_in(app).await {
        Ok(console) => {
            let found = found_in(&console, now).await;
            console.close().await;
            found.unwrap_or_else(closed)
        }
        Err(not_opened) => closed(not_opened),
    };
    Look {
        folder,
        keyring,
        database,
    }
}

async fn keyring(app: &App) -> Result<VendorsFound, FaultKind> {
    let vault = app.inner.vault.patiently();
    let mut missing = Vec::new();
    for vendor in VendorName::ALL {
        let stored = entries::read(&vault, vendor).await.map_err(|error| {
            tracing::error!(%error, "the keyring gives no answer");
            keyring_fault(&error)
        })?;
        match stored.entry {
            Entry::Kept { .. } => {}
            Entry::None => missing.push(vendor),
            Entry::Damaged => return Ok(VendorsFound::Damaged),
        }
    }
    Ok(if missing.is_empty() {
        VendorsFound::Set
    } else {
        VendorsFound::Missing(missing)
    })
}

fn closed(not_opened: NotOpened) -> DatabaseFound {
    match not_opened {
        NotOpened::Nothing => DatabaseFound::Nothing,
        NotOpened::Fault { kind, reference } => DatabaseFound::Closed { kind, reference },
    }
}

async fn found_in(console: &Console, now: Timestamp) -> Result<DatabaseFound, NotOpened> {
    let found = match console.app.open_store() {
        Ok(store) => installation(&*store, now)
            .await
            .map_err(|error| error.to_string()),
        Err(refusal) => Err(format!("{refusal:?}")),
    };
    found.map(DatabaseFound::Open).map_err(|detail| {
        let fault = NotReady::Fault(FaultKind::Unforeseen, detail);
        not_opened(&console.app, fault)
    })
}

async fn installation(store: &dyn Store, now: Timestamp) -> Result<Installation, StoreError> {
    let newest = store.search(Search::default(), None, 1).await?;
    let newest_at = newest.entries.first().map(|entry| entry.at);
    let newest_seq = store.heads().borrow().seq;
    Ok(Installation {
        set_up: store.setup_state().await?.into(),
        newest: newest_seq,
        clock_behind: newest_at
            .and_then(|at| at.since(now))
            .filter(|span| !span.is_zero()),
    })
}
