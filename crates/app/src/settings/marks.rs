//! Whether the keyring's entries are those that were there when the program last saw them.
//!
//! The keyring and the database cannot be written in one transaction, and other programs of the same
//! user can write to the keyring. So the database keeps a mark of each entry, which it changes in one
//! transaction with putting that on record. Where the two do not agree at a start, the settings were
//! changed by someone else, or the program was killed between keeping them and putting that on
//! record, and it is put on record now.

use simgate_domain::Timestamp;
use simgate_store::{Act, Changed, Entry, Store, StoreError, Who};

use crate::contract::words::VendorName;

/// The setting of the database that has a vendor's mark.
const fn setting(vendor: VendorName) -> &'static str {
    match vendor {
        VendorName::TruId => "settings_mark_tru_id",
        VendorName::Twilio => "settings_mark_twilio",
    }
}

/// The version of the mark that is kept, and the mark; `None` before there is any.
pub(crate) async fn kept(
    store: &dyn Store,
    vendor: VendorName,
) -> Result<Option<(u32, String)>, StoreError> {
    store.versioned_setting(setting(vendor)).await
}

/// Keeps another mark and puts that on record, if nobody has kept another since the version `seen`.
pub(crate) async fn change(
    store: &dyn Store,
    vendor: VendorName,
    seen: u32,
    mark: String,
    entry: Entry,
) -> Result<Changed, StoreError> {
    store
        .change_setting(setting(vendor), seen, mark, entry)
        .await
}

/// Compares the entry with the one that was there before, and puts it on record if it is another.
pub(crate) async fn compare(
    store: &dyn Store,
    vendor: VendorName,
    mark: String,
    now: Timestamp,
) -> Result<(), StoreError> {
    let Some((seen, before)) = kept(store, vendor).await? else {
        return store.keep_setting(setting(vendor), mark).await;
    };
    if before == mark {
        return Ok(());
    }
    tracing::warn!(vendor = vendor.word(), "the settings were changed outside");
    let entry = Entry {
        cause: Some("found"),
        detail: Some(vendor.word().to_owned()),
        ..Entry::new(now, Who::Program, Act::VendorSettingsChanged)
    };
    // Nobody else has the database open.
    change(store, vendor, seen, mark, entry).await.map(drop)
}
