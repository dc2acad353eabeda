//! Nobody is signed in, and somebody would put a database of their own in place.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use simgate_app::contract::words::{ErrorCode, FaultKind, Field};
use simgate_domain::{RecoveryKey, Timestamp};
use simgate_store::backup::{BackupCopy, Label, Watch};
use simgate_store::{Act, DatabaseKey, Entry, Record, SealKey, SqliteStore, Store, Who};
use simgate_vault::VaultError;

use super::restores::{Backed, backed, backed_and_gone, database_files, fault};
use super::{code_of, typed};
use crate::branch::minutes;

/// A backup of another database, which the branch's recovery key opens: whoever has that key can make
/// one, and names in it whatever they like but the key of this record.
async fn forged(folder: &Path, key: &str) -> PathBuf {
    let database = folder.join("theirs/simgate.db");
    let (their_key, seal) = (|| DatabaseKey::new([6; 32]), || SealKey::new(&[66; 32]));
    let store = SqliteStore::create(&database, their_key(), seal()).expect("a database");
    let now = Timestamp::from_micros(1_795_392_000_000_000);
    let entry = Entry::new(now, Who::Program, Act::Failed);
    store.record(entry).await.expect("on record");
    let label = Label {
        made_at: now,
        made_by: "0.1.0".to_owned(),
        record_head: *store.heads().borrow(),
        record_key: seal(),
    };
    let to = folder.join("forged.backup");
    let key = RecoveryKey::parse(key).expect("a key");
    let from = (database.as_path(), &their_key());
    let made = BackupCopy::make(from, &to, &key, &label, &Watch::default());
    made.expect("a copy").name().expect("a backup");
    store.close().await;
    to
}

async fn refused_as(of: &Backed, path: &Path, key: &str, code: ErrorCode) {
    let looked = of.branch.inspect(path, key).await;
    assert_eq!(code_of(looked), code);
    let restored = of.branch.restore(path, key, "").await;
    assert_eq!(code_of(restored), code);
}

/// The key alone is not enough: a database of one's own is encrypted with it in a moment.
#[tokio::test]
async fn the_recovery_key_alone_puts_nothing_in_place() {
    let of = backed_and_gone().await;
    let forged = forged(of.elsewhere.path(), &of.key).await;
    refused_as(&of, &forged, &of.key, ErrorCode::BackupOfAnother).await;
    assert!(database_files(of.folder.path()).is_empty());
    of.branch.restored(&of.backup, &of.key).await;
}

/// A new kit with a new key makes the former one worthless, with the backups that it opens.
#[tokio::test]
async fn a_former_recovery_key_puts_nothing_in_place() {
    let mut of = backed().await;
    let keyring = of.branch.keyring.clone();
    let kit = of.branch.app.make_kit(true).await.expect("a kit");
    let written = of.branch.app.confirm_kit(typed(kit.codes[0].as_str()));
    written.await.expect("written down");
    let newer = of.elsewhere.path().join("newer.backup");
    of.branch.back_up(Some(&newer)).await.expect("a backup");
    // An admin who is signed in may put the former one back.
    let offer = of.branch.inspect(&of.backup, &of.key).await;
    offer.expect("a backup");
    of.branch.app.close().await;
    for file in database_files(of.folder.path()) {
        fs::remove_file(file).expect("gone");
    }
    of.branch.open_in(of.folder.path(), &keyring).await;
    let refused = of.branch.inspect(&of.backup, &of.key).await;
    assert_eq!(
        refused.expect_err("a former key").field,
        Some(Field::RecoveryKey)
    );
    let code = ErrorCode::RecoveryKeyReplaced;
    refused_as(&of, &of.backup, &of.key, code).await;
    let key = kit.recovery_key.as_str();
    of.branch.restored(&newer, key).await;
    of.branch.wait(minutes(10)).await;
    of.branch.admin_back().await;
}

/// Where the database may be whole there is nothing to bring back, whatever somebody has.
#[tokio::test]
async fn nothing_is_put_in_the_place_of_a_database_that_may_be_whole() {
    let mut of = backed().await;
    let keyring = of.branch.keyring.clone();
    // The program is gone, and another one holds the folder.
    let other = tempfile::tempdir().expect("a folder");
    of.branch.open_in(other.path(), &keyring).await;
    let lock = of.folder.path().join("simgate.lock");
    let lock = File::options().write(true).open(lock).expect("the lock");
    lock.try_lock().expect("held");
    of.branch.open_in(of.folder.path(), &keyring).await;
    assert_eq!(fault(&of.branch.view().await), FaultKind::DatabaseLocked);
    refused_as(&of, &of.backup, &of.key, ErrorCode::NotNow).await;
    drop(lock);
    refused_as(&of, &of.backup, &of.key, ErrorCode::NotNow).await;

    keyring.fail_after(0, VaultError::Locked);
    of.branch.open_in(of.folder.path(), &keyring).await;
    keyring.mend();
    assert_eq!(fault(&of.branch.view().await), FaultKind::KeyringLocked);
    refused_as(&of, &of.backup, &of.key, ErrorCode::NotNow).await;
    of.branch.app.try_again().await.expect("opened");
    of.branch.wait(minutes(10)).await;
    of.branch.admin_back().await;
}

/// The file is looked at, and another lies there when it is made a database of.
#[tokio::test]
async fn a_backup_that_is_exchanged_meanwhile_is_not_restored() {
    let of = backed_and_gone().await;
    let forged = forged(of.elsewhere.path(), &of.key).await;
    let path = of.elsewhere.path().join("either.backup");
    let mut refused = 0;
    for calls in 0..12 {
        fs::copy(&of.backup, &path).expect("a backup");
        let offer = of.branch.inspect(&path, &of.key).await.expect("ours");
        let (from, to) = (forged.clone(), path.clone());
        of.branch.keyring.meanwhile(calls, move || {
            fs::remove_file(&to).expect("ours");
            fs::copy(from, to).expect("theirs");
        });
        let done = of.branch.restore(&path, &of.key, &offer.confirm).await;
        match done {
            Err(why) => {
                assert_eq!(why.code, ErrorCode::RestoreChanged, "{calls}");
                assert_eq!(fault(&of.branch.view().await), FaultKind::DatabaseMissing);
                refused += 1;
            }
            // It was exchanged too late.
            Ok(_) => break,
        }
    }
    assert!(refused > 0, "it was exchanged in time");
    of.branch.wait(minutes(10)).await;
    of.branch.admin_back().await;
}

/// A file of that name that no restore made keeps nobody out.
#[tokio::test]
async fn a_marker_with_nothing_to_restore_is_passed_over() {
    let mut of = backed().await;
    let keyring = of.branch.keyring.clone();
    let marker = of.folder.path().join("simgate.restore");
    for content in [&b"20261126T120000Z\n"[..], b"", b"\xff\xfe"] {
        fs::write(&marker, content).expect("a marker");
        of.branch.open_in(of.folder.path(), &keyring).await;
        of.branch.wait(minutes(10)).await;
        of.branch.admin_back().await;
        assert!(!marker.exists());
    }
}
