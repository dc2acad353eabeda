use std::sync::Mutex;
use std::time::Duration;

use simgate_domain::{Clock, Timestamp};
use simgate_store::{OpenError, SealKey, SqliteStore};
use simgate_vault::{Space, Vault};

use super::*;
use crate::config::{Config, VendorSource};

fn kind_of(not_ready: &NotReady) -> FaultKind {
    match not_ready {
        NotReady::Fault(kind, _) => *kind,
        NotReady::NotSetUp(missing) => panic!("a fault, and not {missing:?} missing"),
    }
}

#[test]
fn each_way_of_having_no_keyring_has_a_screen() {
    for (error, kind) in [
        (VaultError::Missing, FaultKind::KeyringMissing),
        (VaultError::Locked, FaultKind::KeyringLocked),
        (VaultError::TimedOut, FaultKind::KeyringSilent),
        (VaultError::Denied, FaultKind::KeyringDenied),
        (VaultError::Damaged, FaultKind::KeyringDamaged),
        (
            VaultError::Failed("it burns".to_owned()),
            FaultKind::Unforeseen,
        ),
    ] {
        assert_eq!(kind_of(&keyring(&error)), kind, "{error}");
    }
}

#[test]
fn each_way_of_having_no_database_has_a_screen() {
    let newer = OpenError::Newer {
        found: 99,
        known: 9,
    };
    let folder = OpenError::Folder(std::io::Error::other("full"));
    for (error, kind) in [
        (OpenError::Missing, FaultKind::DatabaseMissing),
        (OpenError::Locked, FaultKind::DatabaseLocked),
        (newer, FaultKind::DatabaseNewer),
        (
            OpenError::Damaged("a page".to_owned()),
            FaultKind::DatabaseDamaged,
        ),
        (OpenError::OtherKey, FaultKind::DatabaseOtherKey),
        (OpenError::Older, FaultKind::DatabaseOlder),
        (OpenError::SealLost, FaultKind::SealLost),
        (OpenError::Unsealed, FaultKind::SealLost),
        (folder, FaultKind::DataFolder),
    ] {
        let said = error.to_string();
        assert_eq!(kind_of(&database::refused(error)), kind, "{said}");
    }
}

/// A clock on which everything takes this long.
struct Pace(Duration, Mutex<Duration>);

impl Clock for Pace {
    fn now(&self) -> Timestamp {
        Timestamp::from_micros(1_795_392_000_000_000)
    }

    fn uptime(&self) -> Duration {
        let mut uptime = self.1.lock().unwrap();
        *uptime += self.0;
        *uptime
    }
}

fn app_at(pace: Duration) -> App {
    let config = Config {
        ground: Arc::new(|| Ok(())),
        data_dir: "nowhere".into(),
        vendors: VendorSource::Keyring,
        hashing: None,
    };
    let vault = Vault::new(Space::Rehearsal).unwrap();
    App::new(config, Arc::new(Pace(pace, Mutex::default())), vault)
}

/// A machine that is busy at some later start does not get cheaper hashes.
#[tokio::test]
async fn the_cost_of_a_hash_is_found_out_once() {
    let store = SqliteStore::in_memory(SealKey::new(&[1; 32])).unwrap();
    let quick = app_at(Duration::from_millis(200));
    assert!(quick.hashing(&store).await.is_ok());
    let kept = store.setting(HASHING_COST).await.unwrap();
    assert_eq!(kept.as_deref(), Some("m=65536,t=2"));
    let busy = app_at(Duration::from_secs(2));
    assert!(busy.hashing(&store).await.is_ok());
    assert_eq!(store.setting(HASHING_COST).await.unwrap(), kept);

    let other = SqliteStore::in_memory(SealKey::new(&[1; 32])).unwrap();
    assert!(busy.hashing(&other).await.is_ok());
    let slow = other.setting(HASHING_COST).await.unwrap();
    assert_eq!(slow.as_deref(), Some("m=19456,t=2"), "by this clock");
}
