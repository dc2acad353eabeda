//! The record of a restored database: under whose key it goes on, and what it tells of restores.

use std::path::Path;

use simgate_app::contract::record::{RecordExportView, VerificationView};
use simgate_app::contract::view::View;
use simgate_app::contract::words::FaultKind;
use simgate_record::{Progress, Verdict, verify_file};
use simgate_vault::VaultError;

use super::restores::{backed, fault};
use crate::branch::{Branch, minutes};
use crate::memory_keyring::MemoryKeyring;
use crate::record::{everything, exported, page, verified};

/// The record of whoever is at the counter is sound, here and offline. Gives its key.
async fn sound(branch: &Branch) -> String {
    let here = verified(branch).await;
    assert!(matches!(here, VerificationView::Good { .. }), "{here:?}");
    let RecordExportView::Done { path, key, entries } = exported(branch).await else {
        panic!("it is written");
    };
    let verdict = verify_file(Path::new(&path), None, &Progress::default());
    let verdict = verdict.expect("a file");
    let Verdict::Sound { key: named, to, .. } = verdict else {
        panic!("{verdict:?}");
    };
    assert_eq!((named.to_string(), to), (key.clone(), entries));
    key
}

/// The details of the entries with this act, the oldest first.
async fn told(branch: &Branch, act: &str) -> Vec<String> {
    let mut told = Vec::new();
    for row in page(branch, everything()).await.entries {
        if row.act == act {
            let entry = branch.app.record_entry(row.seq).await.expect("an answer");
            told.push(entry.expect("an entry").detail.expect("a detail"));
        }
    }
    told.reverse();
    told
}

/// A backup brings no key along: what is signed on another machine is signed with that machine's.
#[tokio::test]
async fn on_another_machine_the_record_goes_on_under_that_machines_key() {
    let mut of = backed().await;
    let key = sound(&of.branch).await;
    let folder = tempfile::tempdir().expect("a folder");
    of.branch
        .open_in(folder.path(), &MemoryKeyring::default())
        .await;
    of.branch.restored(&of.backup, &of.key).await;
    of.branch.wait(minutes(10)).await;
    of.branch.admin_back().await;
    let here = sound(&of.branch).await;
    assert_ne!(here, key);
    assert_eq!(
        told(&of.branch, "record_adopted").await,
        [format!("key {key}")]
    );

    // Its own backups are its own, and need no adoption.
    let keyring = of.branch.keyring.clone();
    let later = of.elsewhere.path().join("later.backup");
    of.branch.back_up(Some(&later)).await.expect("a backup");
    of.branch.restored(&later, &of.key).await;
    of.branch.open_in(folder.path(), &keyring).await;
    of.branch.wait(minutes(10)).await;
    of.branch.admin_back().await;
    assert_eq!(sound(&of.branch).await, here);
    assert_eq!(told(&of.branch, "record_adopted").await.len(), 1);
}

#[tokio::test]
async fn the_same_machine_goes_on_under_its_key() {
    let of = backed().await;
    let key = sound(&of.branch).await;
    of.branch.restored(&of.backup, &of.key).await;
    of.branch.wait(minutes(10)).await;
    of.branch.admin_back().await;
    assert_eq!(sound(&of.branch).await, key);
    assert!(told(&of.branch, "record_adopted").await.is_empty());
}

/// The keyring of another machine, which has even lost its record's key, fails at each of its calls in
/// turn: what is restored in the end is adopted once, and verifies.
#[tokio::test]
async fn an_adoption_that_is_interrupted_anywhere_is_finished() {
    let mut of = backed().await;
    let mut adopted = 0;
    for calls in 0.. {
        let folder = tempfile::tempdir().expect("a folder");
        let keyring = MemoryKeyring::default();
        of.branch.open_in(folder.path(), &keyring).await;
        let offer = of.branch.inspect(&of.backup, &of.key).await;
        let confirm = offer.expect("a backup").confirm;
        keyring.forget("record-key");
        keyring.fail_after(calls, VaultError::Denied);
        let answer = of.branch.restore(&of.backup, &of.key, &confirm).await;
        let never_failed = matches!(of.branch.view().await, View::SignIn { .. });
        keyring.mend();
        // The program ends here and now, as if it were killed.
        of.branch.open_in(folder.path(), &keyring).await;
        let view = of.branch.view().await;
        if !matches!(view, View::SignIn { .. }) {
            assert!(answer.is_err(), "{calls} {view:?}");
            assert_eq!(fault(&view), FaultKind::SealLost, "{calls}: the old one");
            assert!(calls < 40, "it always fails");
            continue;
        }
        of.branch.wait(minutes(60)).await;
        of.branch.admin_back().await;
        assert_eq!(told(&of.branch, "record_adopted").await.len(), 1, "{calls}");
        assert_eq!(told(&of.branch, "restored").await.len(), 1, "{calls}");
        let here = verified(&of.branch).await;
        assert!(matches!(here, VerificationView::Good { .. }), "{here:?}");
        adopted += 1;
        if never_failed {
            break;
        }
    }
    assert!(adopted > 5, "it failed at {adopted} calls after the marker");
}

/// Whoever restores an old backup twice hides neither what they replaced first nor what they replaced
/// then.
#[tokio::test]
async fn two_restores_of_one_backup_leave_a_trail() {
    let of = backed().await;
    let mut kept = Vec::new();
    for _ in 0..2 {
        let done = of.branch.restored(&of.backup, &of.key).await;
        kept.push(done.kept_as.expect("the old one"));
        of.branch.wait(minutes(10)).await;
        of.branch.admin_back().await;
    }
    assert_ne!(kept[0], kept[1]);
    let told = told(&of.branch, "restored").await;
    assert_eq!(told.len(), 2, "{told:?}");
    for (told, kept) in told.iter().zip(&kept) {
        let (_, rest) = told.split_once(" replaced entry ").expect("what");
        let words: Vec<&str> = rest.split(' ').collect();
        let [seq, hash, "kept", name] = words[..] else {
            panic!("{told}");
        };
        assert!(seq.parse::<u64>().expect("a place") > 10, "{told}");
        assert!(hash.len() == 16 && hash.chars().all(|c| c.is_ascii_hexdigit()));
        assert_eq!(name, kept);
    }
    let verified = verified(&of.branch).await;
    assert!(matches!(verified, VerificationView::Good { .. }));
}
