//! The place that a backup would take: what is in it, and whether it may.

use simgate_domain::RecoveryKey;
use simgate_store::backup::Facts;
use simgate_store::{Act, PublicKey, SealKey, Search, Store, StoreError};
use simgate_vault::Secret;
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use super::restore::at_path;
use super::swap::{self, Place};
use crate::app::{Answer, App};
use crate::contract::recovery::Present;
use crate::contract::words::{ErrorCode, FaultKind, Field, Refusal};
use crate::opening::{self, NotReady};
use crate::stage::{Readiness, SetUp};

/// What is in the place that a backup would take, and the details of the restores on its record.
pub(super) struct There {
    pub(super) present: Present,
    pub(super) earlier: Vec<String>,
}

impl There {
    async fn of(store: &dyn Store) -> Result<Self, StoreError> {
        let facts: Facts = store.facts().await?;
        let wanted = Search {
            acts: vec![Act::Restored],
            ..Search::default()
        };
        let (mut earlier, mut after) = (Vec::new(), None);
        loop {
            let page = store.search(wanted.clone(), after, u16::MAX).await?;
            earlier.extend(page.entries.into_iter().filter_map(|entry| entry.detail));
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        earlier.reverse();
        Ok(Self {
            present: Present::Database {
                facts: (&facts).into(),
            },
            earlier,
        })
    }

    fn nothing() -> Self {
        Self {
            present: Present::Nothing,
            earlier: Vec::new(),
        }
    }

    fn unreadable(fault: FaultKind) -> Self {
        Self {
            present: Present::Unreadable { fault },
            earlier: Vec::new(),
        }
    }
}

impl App {
    /// Whether this backup may take the place of what is here: any, where an admin says so, or whoever
    /// has this machine's account, or nobody was ever here. Else, where the database is gone for good,
    /// one that was made here, with the key that was printed last. Either alone is not enough: a former
    /// key opens former backups, and whoever has the key can encrypt a database of their own with it.
    pub(super) async fn may_take_this_place(
        &self,
        recovery: &RecoveryKey,
        record: PublicKey,
    ) -> Answer<()> {
        let door = self.inner.stage.read(|scene| match scene.readiness {
            _ if scene.at_the_console => Ok(true),
            Readiness::Ready(_) => {
                Ok(scene.set_up == SetUp::Nobody || scene.seat.person().is_some())
            }
            Readiness::NotSetUp(_) => Ok(scene.set_up == SetUp::Nobody),
            Readiness::Starting => Ok(false),
            Readiness::Fault(kind, _) if is_lost(kind) => Ok(false),
            Readiness::Fault(..) => Err(Refusal::plain(ErrorCode::NotNow)),
        });
        if door? {
            return Ok(());
        }
        let place = self.place()?;
        let ours = async |secret: fn(String) -> Secret| {
            let stored = self.inner.vault.get(&secret(place.name.clone())).await;
            stored.map_err(|error| self.keyring_refused(&error))
        };
        let recovery_here = ours(Secret::RecoveryKey).await?;
        let record_here = ours(Secret::RecordKey).await?;
        let rest_known =
            ours(Secret::DatabaseKey).await?.is_some() || ours(Secret::RecordHead).await?.is_some();
        if recovery_here.is_none() && record_here.is_none() && !rest_known {
            return Ok(());
        }
        let seed = record_here.and_then(|seed| <[u8; 32]>::try_from(seed.as_slice()).ok());
        let made_here = seed
            .map(Zeroizing::new)
            .is_some_and(|seed| SealKey::new(&seed).public() == record);
        let current = recovery_here
            .is_some_and(|key| bool::from(key.as_slice().ct_eq(recovery.bytes().as_slice())));
        match (made_here, current) {
            (true, true) => Ok(()),
            (true, false) => Err(Refusal {
                field: Some(Field::RecoveryKey),
                ..Refusal::plain(ErrorCode::RecoveryKeyReplaced)
            }),
            (false, _) => Err(at_path(ErrorCode::BackupOfAnother)),
        }
    }

    /// What is in the place that a backup would take.
    pub(super) async fn there(&self) -> Answer<There> {
        let store = self.inner.stage.read(|scene| scene.store.clone());
        if let Some(store) = store {
            return Ok(There::of(&*store).await.unwrap_or_else(|error| {
                tracing::info!(%error, "what a backup would replace cannot be read");
                There::unreadable(opening::failed(&error))
            }));
        }
        let place = self.hold_folder().await?;
        if !place.database().exists() {
            return Ok(There::nothing());
        }
        match opening::open_held(&place, &self.inner.vault.patiently()).await {
            Ok((store, _keep)) => {
                let there = There::of(&store).await;
                store.close().await;
                there.map_err(|error| self.unforeseen("looking at the database", &error))
            }
            Err(NotReady::Fault(fault, detail)) => {
                tracing::info!(?fault, detail, "what a backup would replace does not open");
                Ok(There::unreadable(fault))
            }
            Err(NotReady::NotSetUp(_)) => Ok(There::nothing()),
        }
    }

    /// The data folder, with no other program at work in it, and no restore left half done.
    pub(super) async fn hold_folder(&self) -> Answer<Place> {
        let place = self.place()?;
        let _alone = self.inner.opening.lock().await;
        if self.tools().is_ok() {
            return Ok(place);
        }
        {
            let mut hold = self.inner.hold();
            if hold.is_none() {
                let taken = opening::take(&place.folder);
                *hold = Some(taken.map_err(|_| Refusal::plain(ErrorCode::DatabaseHeld))?);
            }
        }
        let now = self.inner.clock.now();
        match swap::finish(&place, &self.inner.vault.patiently(), now).await {
            Ok(()) => Ok(place),
            Err(NotReady::Fault(kind, detail)) => {
                let what = format!("{kind:?}: {detail}");
                Err(self.unforeseen("finishing a restore", &what))
            }
            Err(NotReady::NotSetUp(_)) => Err(Refusal::plain(ErrorCode::NotNow)),
        }
    }
}

/// Whether a database is gone, or does not open for good: not where it may be whole, and the program
/// cannot get at it just now.
fn is_lost(fault: FaultKind) -> bool {
    match fault {
        FaultKind::DatabaseMissing
        | FaultKind::DatabaseOlder
        | FaultKind::DatabaseDamaged
        | FaultKind::DatabaseOtherKey
        | FaultKind::SealLost => true,
        FaultKind::KeyringMissing
        | FaultKind::KeyringLocked
        | FaultKind::KeyringSilent
        | FaultKind::KeyringDenied
        | FaultKind::KeyringDamaged
        | FaultKind::DatabaseLocked
        | FaultKind::DatabaseNewer
        | FaultKind::DataFolder
        | FaultKind::VendorSettings
        | FaultKind::Unforeseen => false,
    }
}
