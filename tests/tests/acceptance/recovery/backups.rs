//! A backup, made while the program works, and refused where it is not whole.

use std::fs;

use simgate_app::contract::words::{ErrorCode, Field, RoleName};

use super::{a_key, code_of};
use crate::branch::{Branch, expect_counter, minutes};
use crate::people::MARIAS;
use crate::record::everything;

#[tokio::test]
async fn it_is_made_at_work_and_found_where_it_lies() {
    let folder = tempfile::tempdir().expect("a folder");
    let branch = Branch::new_machine(folder.path()).await;
    let unprinted = branch.back_up(None).await;
    assert_eq!(code_of(unprinted), ErrorCode::KitNeeded);
    branch.finish_set_up().await;
    let made = branch.back_up(None).await.expect("a backup");
    assert_eq!(made.database.people, 1);
    let listed = branch.app.backups().await.expect("a list");
    assert_eq!(listed.found.len(), 1);
    let last = listed.last_at.expect("it is on record");
    assert_eq!(listed.found[0].path, made.path);
    assert_eq!(listed.found[0].bytes, made.bytes);
    assert!(made.path.starts_with(&listed.folder), "{made:?}");
    let content = fs::read(&made.path).expect("the file");
    assert!(content.starts_with(b"SIMgateB"), "encrypted");
    assert_eq!(branch.app.recovery_work().await, Ok(None), "over");
    // Wherever it went: one on a stick is a backup, too.
    branch.wait(minutes(1)).await;
    let stick = tempfile::tempdir().expect("a stick");
    branch.back_up(Some(stick.path())).await.expect("another");
    let listed = branch.app.backups().await.expect("a list");
    assert_eq!(listed.found.len(), 1, "it is not here");
    assert!(listed.last_at.is_some_and(|at| at > last), "it is the last");
    // Nobody could open one that is made with a key which is on no paper.
    branch.keyring.forget("recovery-key");
    let unprinted = branch.back_up(None).await;
    assert_eq!(code_of(unprinted), ErrorCode::KitNeeded);
    branch.kit_made().await;
    branch.add("maria", MARIAS, RoleName::Staff).await;
    let second = branch.back_up(None).await.expect("another");
    assert_ne!(second.path, made.path, "beside the first");
    assert_eq!(second.database.people, 2);
}

#[tokio::test]
async fn it_overwrites_nothing_and_says_where_it_cannot_be() {
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let branch = Branch::machine(folder.path()).await;
    branch.kit_made().await;
    let there = elsewhere.path().join("letter.backup");
    fs::write(&there, "dear").expect("a file");
    let exists = branch.back_up(Some(&there)).await.expect_err("there");
    assert_eq!(exists.code, ErrorCode::BackupExists);
    assert_eq!(exists.field, Some(Field::Path));
    assert_eq!(fs::read_to_string(&there).expect("a file"), "dear");
    let nowhere = elsewhere.path().join("no/such/folder/monday.backup");
    let unwritable = branch.back_up(Some(&nowhere)).await;
    assert_eq!(code_of(unwritable), ErrorCode::BackupUnwritable);
    let relative = branch.back_up(Some("monday.backup".as_ref())).await;
    assert_eq!(code_of(relative), ErrorCode::BackupPath);
    let in_folder = branch.back_up(Some(elsewhere.path())).await;
    let in_folder = in_folder.expect("named by the program");
    assert!(fs::exists(&in_folder.path).expect("a look"));
    branch.wait(minutes(6)).await;
    let stale = branch.back_up(None).await;
    assert_eq!(code_of(stale), ErrorCode::StepUpNeeded, "a fresh proof");
}

/// The page may be a script's: no other program takes a backup for its own file, and none lies in the way
/// of what SIMgate keeps beside its database.
#[tokio::test]
async fn it_takes_no_name_that_is_not_a_backups() {
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let branch = Branch::machine(folder.path()).await;
    for name in [
        "simgate.restore",
        "simgate.db-journal",
        ".xsession",
        "monday",
        "monday.Backup.txt",
        ".backup",
    ] {
        for folder in [folder.path(), elsewhere.path()] {
            let refused = branch.back_up(Some(&folder.join(name))).await;
            let refused = refused.expect_err("no backup's name");
            assert_eq!(refused.code, ErrorCode::BackupName, "{name}");
            assert_eq!(refused.field, Some(Field::Path));
        }
    }
    branch.back_up(None).await.expect("where backups lie");
    let within = |path: &str| folder.path().join(path);
    let mut inside = vec![
        within("monday.backup"),
        within(""),
        within("backups/../monday.backup"),
    ];
    #[cfg(unix)]
    {
        let link = elsewhere.path().join("link");
        std::os::unix::fs::symlink(folder.path(), &link).expect("a link");
        inside.push(link.join("monday.backup"));
    }
    for path in inside {
        let refused = branch.back_up(Some(&path)).await.expect_err("inside");
        assert_eq!(refused.code, ErrorCode::BackupFolder, "{}", path.display());
    }
    branch.wait(minutes(1)).await;
    let own = branch.back_up(Some(&within("backups/monday.backup"))).await;
    own.expect("where backups lie");
}

/// The copy may take longer than their session lasts, and end in nobody's or in somebody else's.
#[tokio::test]
async fn a_backup_is_by_whoever_began_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let branch = Branch::machine(folder.path()).await;
    branch.kit_made().await;
    let (made, ()) = tokio::join!(branch.back_up(None), branch.leave());
    made.expect("a backup");
    branch.wait(minutes(2)).await;
    branch.admin_back().await;
    let entries = branch.app.record_page(everything()).await;
    let entries = entries.expect("a page").entries;
    let at = |word: &str| {
        let found = entries.iter().find(|entry| entry.act == word);
        found.unwrap_or_else(|| panic!("{word} is on record"))
    };
    let (made, left) = (at("backup_made"), at("signed_out"));
    assert!(made.seq > left.seq, "it ended after the session");
    assert_eq!(made.by, left.by);
}

/// What is wrong is said, the file stays as it is, and nothing is replaced.
#[tokio::test]
async fn one_that_is_not_whole_is_refused_and_nothing_is_replaced() {
    let folder = tempfile::tempdir().expect("a folder");
    let elsewhere = tempfile::tempdir().expect("a folder");
    let branch = Branch::machine(folder.path()).await;
    let kit = branch.kit_made().await;
    let key = kit.recovery_key.as_str();
    let path = elsewhere.path().join("monday.backup");
    branch.back_up(Some(&path)).await.expect("a backup");
    let good = fs::read(&path).expect("the file");
    let offer = branch.inspect(&path, key).await.expect("whole");
    let files = || {
        let names = fs::read_dir(folder.path()).expect("a folder");
        let mut names: Vec<_> = names
            .map(|name| name.expect("a name").file_name())
            .collect();
        names.sort();
        names
    };
    let before = files();

    let mut altered = good.clone();
    let at = good.len() - 2000;
    altered[at] ^= 1;
    let mut other = good.clone();
    other[..8].copy_from_slice(b"someone'");
    for (content, code) in [
        (
            good[..good.len() - 4096].to_vec(),
            ErrorCode::BackupCutShort,
        ),
        (good[..good.len() - 9].to_vec(), ErrorCode::BackupCutShort),
        (altered, ErrorCode::BackupDamaged),
        (other, ErrorCode::BackupNotOurs),
    ] {
        fs::write(&path, &content).expect("a file");
        let refused = branch.restore(&path, key, &offer.confirm).await;
        let refused = refused.expect_err("not whole");
        assert_eq!((refused.code, refused.field), (code, Some(Field::Path)));
        assert_eq!(fs::read(&path).expect("the file"), content, "as it was");
        assert_eq!(files(), before, "{code:?}: nothing is left");
        expect_counter(branch.view().await);
    }
    fs::write(&path, &good).expect("a file");
    let wrong_key = branch.inspect(&path, &a_key()).await.expect_err("another");
    assert_eq!(wrong_key.code, ErrorCode::RecoveryKeyOther);
    assert_eq!(wrong_key.field, Some(Field::RecoveryKey));
    let missing = elsewhere.path().join("tuesday.backup");
    let missing = branch.inspect(&missing, key).await;
    assert_eq!(code_of(missing), ErrorCode::BackupMissing);
    let database = folder.path().join("simgate.db");
    let database = branch.inspect(&database, key).await;
    assert_eq!(code_of(database), ErrorCode::BackupNotOurs);
    let unshown = branch.restore(&path, key, "another").await;
    assert_eq!(code_of(unshown), ErrorCode::RestoreChanged);
    assert_eq!(files(), before);
}
