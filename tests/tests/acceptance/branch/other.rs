//! A program of its own, on the database of a branch that another runs.

use std::path::Path;
use std::sync::Arc;

use simgate_app::{App, VendorSource};
use simgate_domain::Clock;
use simgate_store::{Head, Seal, SqliteStore, Store};

use super::{MovingClock, config, firm, key, seal_key};
use crate::memory_keyring::MemoryKeyring;

/// It opens what lies in the folder of the branch, by a clock that stands where the branch's began.
pub async fn program_on(folder: &Path, vendors: VendorSource, keyring: &MemoryKeyring) -> App {
    let seal = Seal {
        key: seal_key(),
        head: Head::NONE,
    };
    let file = folder.join("data").join("simgate.db");
    let store = SqliteStore::open(&file, key(), Some(seal)).expect("the branch's database");
    let clock = Arc::new(MovingClock::new()) as Arc<dyn Clock>;
    let app = App::new(config(vendors, folder, firm()), clock, keyring.vault());
    app.open_on(Arc::new(store) as Arc<dyn Store>).await;
    app
}
