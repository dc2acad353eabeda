//! A backup in the place of a database: of this one, of one that is gone, and on another machine.

use std::fs;
use std::path::{Path, PathBuf};

use simgate_app::contract::recovery::Present;
use simgate_app::contract::view::View;
use simgate_app::contract::words::{ErrorCode, FaultKind, RoleName};
use simgate_vault::VaultError;
use tempfile::TempDir;

use super::{a_key, code_of};
use crate::branch::{Branch, expect_code, expect_counter, minutes, register_form};
use crate::memory_keyring::MemoryKeyring;
use crate::people::{ADMINS, MARIAS, NEW};

/// A machine with an admin who has a kit, and a backup that knows Maria and not Joseph.
pub(super) struct Backed {
    pub(super) branch: Branch,
    pub(super) folder: TempDir,
    pub(super) key: String,
    pub(super) codes: Vec<String>,
    pub(super) backup: PathBuf,
    pub(super) elsewhere: TempDir,
}

pub(super) async fn backed() -> Backed {
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let branch = Branch::machine(folder.path()).await;
    let kit = branch.kit_made().await;
    branch.add("maria", MARIAS, RoleName::Staff).await;
    let backup = elsewhere.path().join("monday.backup");
    branch.back_up(Some(&backup)).await.expect("a backup");
    branch.add("joseph", NEW, RoleName::Staff).await;
    Backed {
        branch,
        folder,
        key: kit.recovery_key.as_str().to_owned(),
        codes: kit.codes.iter().map(|c| c.as_str().to_owned()).collect(),
        backup,
        elsewhere,
    }
}

/// The same, whose database was then taken away while the program was closed.
pub(super) async fn backed_and_gone() -> Backed {
    let mut of = backed().await;
    let keyring = of.branch.keyring.clone();
    of.branch.app.close().await;
    for file in database_files(of.folder.path()) {
        fs::remove_file(file).expect("gone");
    }
    of.branch.open_in(of.folder.path(), &keyring).await;
    of
}

pub(super) fn fault(view: &View) -> FaultKind {
    let View::Fault { kind, .. } = view else {
        panic!("a fault, not {view:?}");
    };
    *kind
}

/// The database and what SQLite keeps beside it.
pub(super) fn database_files(folder: &Path) -> Vec<PathBuf> {
    ["", "-wal", "-shm"]
        .map(|end| folder.join(format!("simgate.db{end}")))
        .into_iter()
        .filter(|file| file.exists())
        .collect()
}

pub(super) async fn knows(branch: &Branch, name: &str) -> bool {
    !branch.find(name).await.is_empty()
}

#[tokio::test]
async fn it_says_what_it_replaces_and_keeps_the_old() {
    let of = backed().await;
    let branch = &of.branch;
    let offer = branch.inspect(&of.backup, &of.key).await.expect("a backup");
    assert_eq!(offer.backup.people, 2);
    let Present::Database { facts } = &offer.present else {
        panic!("there is a database, not {:?}", offer.present);
    };
    assert_eq!(facts.people, 3);
    let done = branch.restore(&of.backup, &of.key, &offer.confirm).await;
    let kept = done.expect("restored").kept_as.expect("the old one");
    assert!(of.folder.path().join(&kept).exists(), "{kept}");
    assert!(
        matches!(branch.view().await, View::SignIn { .. }),
        "signed out"
    );

    branch.wait(minutes(5)).await;
    branch.admin_back().await;
    assert!(knows(branch, "maria").await);
    assert!(!knows(branch, "joseph").await, "as old as the backup");
    let found = branch.app.record_page(crate::record::everything()).await;
    let entries = found.expect("the record").entries;
    assert!(entries.iter().any(|entry| entry.act == "restored"));
    // What was at work before is at work again: another backup is made and opens.
    let tuesday = of.elsewhere.path().join("tuesday.backup");
    branch.back_up(Some(&tuesday)).await.expect("a backup");
    branch.inspect(&tuesday, &of.key).await.expect("whole");
}

#[tokio::test]
async fn it_brings_everything_to_another_machine_with_another_keyring() {
    let mut of = backed().await;
    let folder = tempfile::tempdir().expect("a folder");
    of.branch
        .open_in(folder.path(), &MemoryKeyring::default())
        .await;
    assert!(matches!(of.branch.view().await, View::FirstRun(_)));
    let wrong_key = of.branch.inspect(&of.backup, &a_key()).await;
    assert_eq!(code_of(wrong_key), ErrorCode::RecoveryKeyOther);
    let done = of.branch.restored(&of.backup, &of.key).await;
    assert!(done.kept_as.is_some());
    of.branch.wait(minutes(10)).await;
    expect_code(of.branch.sign_in("admin.one").await.expect("right"));
    let counter = of.branch.use_code(&of.codes[1]).await;
    expect_counter(counter.expect("the codes came along"));
    assert!(knows(&of.branch, "maria").await);
}

/// Not to set-up: whoever takes the database away would be the next admin (BR4).
#[tokio::test]
async fn a_database_that_is_gone_leads_to_recovery_and_never_to_set_up() {
    let of = backed_and_gone().await;
    assert_eq!(fault(&of.branch.view().await), FaultKind::DatabaseMissing);
    let form = register_form("mallory", ADMINS);
    let set_up = of.branch.app.register_first_admin(form).await;
    assert_eq!(code_of(set_up), ErrorCode::NotNow);
    assert!(
        database_files(of.folder.path()).is_empty(),
        "nothing was made"
    );
    let listed = of.branch.app.backups().await.expect("a list");
    let database = of.folder.path().canonicalize().expect("a folder");
    assert_eq!(
        listed.database,
        database.join("simgate.db").display().to_string()
    );

    let offer = of.branch.inspect(&of.backup, &of.key).await;
    assert_eq!(offer.expect("a backup").present, Present::Nothing);
    let done = of.branch.restored(&of.backup, &of.key).await;
    assert_eq!(done.kept_as, None);
    of.branch.wait(minutes(10)).await;
    of.branch.admin_back().await;
    assert!(knows(&of.branch, "maria").await);
}

/// Nobody at the window gives lost records up: whoever has this machine's account does, and takes from
/// its keyring all that it knows of them. A part is not enough.
#[tokio::test]
async fn lost_records_are_given_up_in_the_keyring_alone() {
    let of = backed_and_gone().await;
    let keyring = of.branch.keyring.clone();
    for part in ["recovery-key", "database-key", "record-key"] {
        keyring.forget(part);
        of.branch.app.try_again().await.expect("looked again");
        let lost = fault(&of.branch.view().await);
        assert_eq!(lost, FaultKind::DatabaseMissing, "without its {part}");
    }
    keyring.forget("record-head");
    of.branch.app.try_again().await.expect("looked again");
    assert!(matches!(of.branch.view().await, View::FirstRun(_)));
    of.branch.first_admin("admin.two").await;
    assert!(!knows(&of.branch, "maria").await, "nothing of it is here");
}

/// Nobody is signed in there who could say so: a backup of another installation is refused, whatever
/// its key, and the way back stays open.
#[tokio::test]
async fn a_program_that_cannot_open_takes_no_backup_but_its_own() {
    let mut of = backed().await;
    let keyring = of.branch.keyring.clone();
    let other_folder = tempfile::tempdir().expect("a folder");
    of.branch
        .open_in(other_folder.path(), &MemoryKeyring::default())
        .await;
    of.branch.wait(minutes(10)).await;
    of.branch.first_admin("mallory").await;
    let theirs = of.branch.kit_made().await;
    let their_backup = of.elsewhere.path().join("mallory.backup");
    of.branch
        .back_up(Some(&their_backup))
        .await
        .expect("a backup");
    of.branch.app.close().await;

    for file in database_files(of.folder.path()) {
        fs::remove_file(file).expect("gone");
    }
    of.branch.open_in(of.folder.path(), &keyring).await;
    let their_key = theirs.recovery_key.as_str();
    let refused = of.branch.inspect(&their_backup, their_key).await;
    assert_eq!(code_of(refused), ErrorCode::BackupOfAnother);
    let refused = of.branch.restore(&their_backup, their_key, "").await;
    assert_eq!(code_of(refused), ErrorCode::BackupOfAnother);
    of.branch.restored(&of.backup, &of.key).await;
}

#[tokio::test]
async fn a_damaged_database_is_kept_as_it_is_beside_the_restored_one() {
    let mut of = backed().await;
    let keyring = of.branch.keyring.clone();
    // The program is gone, and with it its log beside the file.
    let other = tempfile::tempdir().expect("a folder");
    of.branch.open_in(other.path(), &keyring).await;
    let path = of.folder.path().join("simgate.db");
    assert_eq!(database_files(of.folder.path()).len(), 1);
    let mut bad = fs::read(&path).expect("the file");
    bad[4096 + 100] ^= 1;
    fs::write(&path, &bad).expect("a file");
    of.branch.open_in(of.folder.path(), &keyring).await;
    assert_eq!(fault(&of.branch.view().await), FaultKind::DatabaseDamaged);
    let offer = of.branch.inspect(&of.backup, &of.key).await;
    let Present::Unreadable { fault } = offer.expect("a backup").present else {
        panic!("it does not open");
    };
    assert_eq!(fault, FaultKind::DatabaseDamaged);
    let kept = of.branch.restored(&of.backup, &of.key).await.kept_as;
    let kept = of.folder.path().join(kept.expect("the damaged one"));
    assert_eq!(fs::read(kept).expect("the file"), bad);
    assert!(matches!(of.branch.view().await, View::SignIn { .. }));
}

/// The keyring fails at each of its calls in turn: what is there afterwards is the old database or the
/// new one, whole, and the program works with it.
#[tokio::test]
async fn a_restore_that_fails_anywhere_leaves_the_old_or_the_new() {
    let mut of = backed().await;
    let keyring = of.branch.keyring.clone();
    for calls in 0.. {
        let offer = of.branch.inspect(&of.backup, &of.key).await;
        let confirm = offer.expect("a backup").confirm;
        keyring.fail_after(calls, VaultError::Denied);
        let answer = of.branch.restore(&of.backup, &of.key, &confirm).await;
        keyring.mend();
        let folder = of.folder.path();
        let is_there = |name: &str| folder.join(name).exists();
        assert!(
            is_there("simgate.restore") || !is_there("simgate.db.restoring"),
            "{calls}: what takes no place is removed at once: {answer:?}"
        );
        // The program ends here and now, as if it were killed.
        of.branch.open_in(of.folder.path(), &keyring).await;
        assert!(
            matches!(of.branch.view().await, View::SignIn { .. }),
            "{calls}: {answer:?}"
        );
        of.branch.wait(minutes(60)).await;
        of.branch.admin_back().await;
        assert!(knows(&of.branch, "maria").await, "{calls}");
        if !knows(&of.branch, "joseph").await {
            assert!(calls > 2, "it failed before it began");
            return;
        }
        assert!(answer.is_err(), "{calls}: the old one is there");
        assert!(calls < 40, "it always fails");
    }
}
