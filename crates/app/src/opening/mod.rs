//! Opening the keyring, the database and the vendors, and saying which of them fails.

mod credentials;
mod database;
mod keep;
#[cfg(test)]
mod tests;

use std::sync::{Arc, PoisonError};

use simgate_store::{Head, Record, Store, StoreError};
use simgate_vault::{Patience, Secret, VaultError};
use tokio::sync::watch;

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::view::Snapshot;
use crate::contract::words::{ErrorCode, FaultKind, Refusal, VendorName};
use crate::hashing::{Hashing, HashingCost};
use crate::head::HeadKeeper;
use crate::random;
use crate::stage::{Readiness, Tools};
use credentials::Clients;
pub(crate) use database::{Hold, blocking, failed, hex, open_held, place, refused, take};
pub(crate) use keep::{get, put};

/// The setting under which the cost of a hash is kept.
const HASHING_COST: &str = "hashing_cost";

/// Why the program cannot work.
pub(crate) enum NotReady {
    /// Something fails; the text is for the log.
    Fault(FaultKind, String),
    /// There are no credentials for these.
    NotSetUp(Vec<VendorName>),
}

/// A failure, with what the log is told of it.
pub(crate) fn fault(kind: FaultKind, detail: impl std::fmt::Display) -> NotReady {
    NotReady::Fault(kind, detail.to_string())
}

impl App {
    /// Opens everything, once, at the start. What is wrong is shown, not returned.
    pub async fn open(&self) {
        let app = self.clone();
        if tokio::spawn(async move {
            let _alone = app.inner.opening.lock().await;
            app.open_all().await;
        })
        .await
        .is_err()
        {
            tracing::error!("opening panicked");
            self.clear_up_after_panic().await;
        }
    }

    /// Whoever calls this holds [`crate::app::Inner::opening`].
    pub(crate) async fn open_all(&self) {
        // One for all the calls: a person is told in time, whichever of them the keyring is silent at.
        let vault = self.inner.vault.patiently();
        let tools = match self.open_database(&vault).await {
            // At the command line no vendor is worked with.
            Ok(store) if self.is_at_the_console() => {
                return self.inner.stage.change(|scene| scene.store = Some(store));
            }
            Ok(store) => self.tools_on(store, &vault).await,
            Err(not_ready) => Err(not_ready),
        };
        self.begin_with(tools);
    }

    fn is_at_the_console(&self) -> bool {
        self.inner.stage.read(|scene| scene.at_the_console)
    }

    /// Opens the database of the data folder, and has the keyring told of its record from now on.
    pub(crate) async fn open_database(
        &self,
        vault: &Patience<'_>,
    ) -> Result<Arc<dyn Store>, NotReady> {
        let inner = &self.inner;
        // What was held before is let go of first: the hold knows no difference between us and us.
        inner.stage.change(|scene| scene.store = None);
        *inner.hold.lock().unwrap_or_else(PoisonError::into_inner) = None;
        let (now, restoring) = (inner.clock.now(), inner.recovery.is_taken());
        let opened = match (inner.config.ground)() {
            Ok(()) => database::open(&inner.config.data_dir, vault, now, restoring).await,
            Err(error) => Err(fault(FaultKind::DataFolder, error)),
        };
        let (store, keep, hold) = opened?;
        *inner.hold.lock().unwrap_or_else(PoisonError::into_inner) = Some(hold);
        let (secret, known) = keep.head();
        self.keep_heads(store.heads(), secret, known);
        Ok(Arc::new(store))
    }

    /// Whether there is a database in the data folder, or the keyring knows of one that was. Looking
    /// makes nothing.
    pub(crate) async fn is_anything_here(&self) -> Result<bool, NotReady> {
        let vault = self.inner.vault.patiently();
        database::is_anything_here(&self.inner.config.data_dir, &vault).await
    }

    /// As [`App::open`], on a database that the caller has opened. Its key and its record's head are the
    /// caller's affair.
    pub async fn open_on(&self, store: Arc<dyn Store>) {
        self.begin_on(store).await;
    }

    /// Works on this database, if everything else is there.
    pub(crate) async fn begin_on(&self, store: Arc<dyn Store>) {
        let tools = self.tools_on(store, &self.inner.vault.patiently()).await;
        self.begin_with(tools);
    }

    /// Tells the keyring of the record's newest entry from now on.
    fn keep_heads(&self, heads: watch::Receiver<Head>, secret: Secret, known: Head) {
        let vault = Arc::clone(&self.inner.vault);
        let keeper = HeadKeeper::start(heads, known, move |head| {
            let (vault, secret) = (Arc::clone(&vault), secret.clone());
            async move { vault.put(&secret, &head.to_bytes()).await }
        });
        *self
            .inner
            .head
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(keeper));
    }

    fn begin_with(&self, tools: Result<Tools, NotReady>) {
        let readiness = match tools {
            Ok(tools) => {
                let tools = Arc::new(tools);
                self.cancel_what_a_crash_left(&tools);
                tracing::info!("ready");
                Readiness::Ready(tools)
            }
            Err(NotReady::NotSetUp(missing)) => {
                tracing::warn!(?missing, "not set up");
                Readiness::NotSetUp(missing)
            }
            Err(NotReady::Fault(kind, detail)) => {
                let reference = random::reference(self.inner.clock.now()).to_string();
                tracing::error!(%reference, ?kind, detail, "cannot work");
                Readiness::Fault(kind, reference)
            }
        };
        self.inner.stage.change(|scene| scene.readiness = readiness);
    }

    /// Opens everything again, after someone mended what was wrong.
    ///
    /// # Errors
    /// As the door.
    pub async fn try_again(&self) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(Command::TRY_AGAIN, async move {
            // Only one of several calls opens: two would each find the data folder held by the other.
            let begins = app.inner.stage.change(|scene| match scene.readiness {
                Readiness::NotSetUp(_) | Readiness::Fault(..) => {
                    scene.readiness = Readiness::Starting;
                    true
                }
                Readiness::Starting | Readiness::Ready(_) => false,
            });
            if !begins {
                return Err(Refusal::plain(ErrorCode::NotNow));
            }
            app.open().await;
            Ok(app.snapshot())
        })
        .await
    }

    async fn tools_on(
        &self,
        store: Arc<dyn Store>,
        vault: &Patience<'_>,
    ) -> Result<Tools, NotReady> {
        self.inner
            .stage
            .change(|scene| scene.store = Some(Arc::clone(&store)));
        // The first set-up begins where there are no vendors yet.
        self.load_branch(&*store)
            .await
            .map_err(|error| fault(FaultKind::Unforeseen, error))?;
        self.load_set_up(&*store)
            .await
            .map_err(|error| fault(FaultKind::Unforeseen, error))?;
        self.load_rules(&*store).await?;
        let Clients { sim, codes } = self.clients(&*store, vault).await?;
        let hashing = Arc::new(self.hashing(&*store).await?);
        Ok(Tools {
            store,
            sim,
            codes,
            hashing,
        })
    }

    pub(crate) async fn load_rules(&self, store: &dyn Store) -> Result<(), NotReady> {
        self.take_up_rules(store).await.map_err(|error| {
            let kind = match error {
                // Rules that are not understood are damage: none stand in for them.
                StoreError::Damaged(_) => FaultKind::DatabaseDamaged,
                StoreError::Full
                | StoreError::Busy
                | StoreError::ReadOnly
                | StoreError::Failed(_) => FaultKind::Unforeseen,
            };
            fault(kind, error)
        })
    }

    /// Hashing at the cost this installation found out for itself, once.
    pub(crate) async fn hashing(&self, store: &dyn Store) -> Result<Hashing, NotReady> {
        let unforeseen = |error: &dyn std::fmt::Display| fault(FaultKind::Unforeseen, error);
        let kept = match self.inner.config.hashing {
            Some(cost) => Some(cost),
            None => store
                .setting(HASHING_COST)
                .await
                .map_err(|error| unforeseen(&error))?
                .as_deref()
                .and_then(HashingCost::parse),
        };
        let clock = Arc::clone(&self.inner.clock);
        let (cost, hashing) = tokio::task::spawn_blocking(move || {
            let cost = kept.unwrap_or_else(|| HashingCost::calibrated(&*clock));
            (cost, Hashing::new(cost))
        })
        .await
        .map_err(|error| unforeseen(&error))?;
        if kept.is_none() {
            tracing::info!(%cost, "the cost of a password's hash was calibrated");
            store
                .keep_setting(HASHING_COST, cost.to_string())
                .await
                .map_err(|error| unforeseen(&error))?;
        }
        hashing.map_err(|error| unforeseen(&error))
    }

    /// Verifications that were pending when the program was killed are good for nobody.
    fn cancel_what_a_crash_left(&self, tools: &Arc<Tools>) {
        let (app, tools) = (self.clone(), Arc::clone(tools));
        // Whoever closes the program waits for it: it holds the data folder for as long as it goes on.
        self.in_background(async move {
            match tools.store.pending().await {
                Ok(pending) => {
                    for sid in pending {
                        app.cancel(&tools, sid).await;
                    }
                }
                Err(error) => tracing::warn!(%error, "pending verifications are not known"),
            }
        });
    }
}

/// A keyring that gives no answer.
pub(crate) fn keyring(error: &VaultError) -> NotReady {
    fault(keyring_fault(error), error)
}

/// The page's word for why the keyring gave no answer.
pub(crate) fn keyring_fault(error: &VaultError) -> FaultKind {
    match error {
        VaultError::Missing => FaultKind::KeyringMissing,
        VaultError::Locked => FaultKind::KeyringLocked,
        VaultError::TimedOut => FaultKind::KeyringSilent,
        VaultError::Denied => FaultKind::KeyringDenied,
        VaultError::Damaged => FaultKind::KeyringDamaged,
        VaultError::Failed(_) => FaultKind::Unforeseen,
    }
}
