//! The record as a file, and what proves it offline.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use simgate_record::Verdict;
use simgate_store::{
    Act, Entry, ExportError, Exported, Flaw, Progress, Record, Retention, StoreError, Who,
};
use tempfile::TempDir;

use crate::kit::{ALICE, Kit, days, raw, seal_key};

async fn full(entries: u64) -> Kit {
    let kit = Kit::in_a_file();
    let alice = kit.registered("alice", ALICE).await;
    for _ in 1..entries {
        kit.record(Who::User(alice.user), Act::SignedOut, Some("by_hand"))
            .await;
    }
    kit
}

async fn export(kit: &Kit, path: &Path) -> Result<Exported, ExportError> {
    let progress = Arc::new(Progress::default());
    kit.store.export(path.to_owned(), progress).await
}

fn verdict(path: &Path) -> Verdict {
    let expected = Some(seal_key().public());
    simgate_record::verify_file(path, expected, &Progress::default()).unwrap()
}

fn sound(from: u64, to: u64) -> Verdict {
    let key = seal_key().public();
    Verdict::Sound { key, from, to }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let files = fs::read_dir(folder).unwrap();
    files.map(|file| file.unwrap().path()).collect()
}

#[tokio::test]
async fn what_is_exported_proves_itself_offline() {
    // One batch and a bit, exactly one, and nothing at all.
    for entries in [1_101, 500, 0] {
        let kit = match entries {
            0 => Kit::in_a_file(),
            _ => full(entries).await,
        };
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("record.jsonl");
        let progress = Arc::new(Progress::default());
        let exported = kit.store.export(path.clone(), Arc::clone(&progress)).await;
        let (from, to) = (1, entries);
        assert_eq!(exported.unwrap(), Exported { entries, from, to });
        assert_eq!(progress.seen(), (entries, entries));
        assert_eq!(verdict(&path), sound(1, entries));
        assert_eq!(
            files(folder.path()),
            std::slice::from_ref(&path),
            "and nothing beside it"
        );
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(&path).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        let text = fs::read_to_string(&path).unwrap();
        assert_eq!(text.lines().count() as u64, entries + 1);
        let longest = text.lines().map(str::len).max().unwrap();
        assert!(longest < 1_000, "{longest} bytes");
    }
}

#[tokio::test]
async fn what_is_left_after_old_entries_went_proves_itself_too() {
    let kit = full(20).await;
    kit.pass(days(91));
    for _ in 0..5 {
        kit.record(Who::Program, Act::Failed, None).await;
    }
    let entry = Entry::new(kit.now(), Who::Program, Act::RecordPruned);
    let keep = Retention::days(90).unwrap();
    kit.store
        .prune_record(keep, kit.now(), entry)
        .await
        .unwrap();
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("record.jsonl");
    assert_eq!(export(&kit, &path).await.unwrap().from, 21);
    assert_eq!(verdict(&path), sound(21, 26));
}

/// A record that somebody changed can be exported, and the file says where it is bad.
#[tokio::test]
async fn a_changed_entry_is_found_in_the_file() {
    let kit = full(30).await;
    let sql = "UPDATE record SET cause = 'idle' WHERE seq = 17";
    raw(&kit.path()).execute_batch(sql).unwrap();
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("record.jsonl");
    export(&kit, &path).await.unwrap();
    let flawed = Verdict::Flawed {
        line: 18,
        seq: Some(17),
        flaw: Flaw::Hash,
    };
    assert_eq!(verdict(&path), flawed);
}

#[tokio::test]
async fn nothing_half_done_is_left() {
    let kit = full(600).await;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("record.jsonl");

    let progress = Arc::new(Progress::default());
    progress.cancel();
    let canceled = kit.store.export(path.clone(), progress).await;
    assert!(matches!(canceled, Err(ExportError::Canceled)));

    let nowhere = folder.path().join("no such folder/record.jsonl");
    let refused = export(&kit, &nowhere).await;
    assert!(matches!(refused, Err(ExportError::File(_))), "{refused:?}");
    let refused = export(&kit, Path::new("/")).await;
    assert!(matches!(refused, Err(ExportError::File(_))), "{refused:?}");
    // A folder has the name.
    let folders = folder.path().join("taken");
    fs::create_dir(&folders).unwrap();
    let refused = export(&kit, &folders).await;
    assert!(matches!(refused, Err(ExportError::File(_))), "{refused:?}");
    fs::remove_dir(&folders).unwrap();

    // The database fails in the middle of it.
    let sql = "DELETE FROM record WHERE seq = 550";
    raw(&kit.path()).execute_batch(sql).unwrap();
    let failed = export(&kit, &path).await;
    let damaged = matches!(failed, Err(ExportError::Store(StoreError::Damaged(_))));
    assert!(damaged, "{failed:?}");

    assert_eq!(files(folder.path()), Vec::<PathBuf>::new());
}

#[tokio::test]
async fn what_has_the_name_already_stays() {
    let kit = full(20).await;
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("record.jsonl");
    fs::write(&path, "something older").unwrap();
    let refused = export(&kit, &path).await;
    assert!(matches!(refused, Err(ExportError::File(_))), "{refused:?}");
    assert_eq!(files(folder.path()), std::slice::from_ref(&path));
    assert_eq!(fs::read_to_string(&path).unwrap(), "something older");
}

/// No end is signed that is not the one that this program wrote.
#[tokio::test]
async fn an_end_cut_off_is_not_exported() {
    let kit = full(30).await;
    raw(&kit.path())
        .execute_batch("DELETE FROM record WHERE seq > 20")
        .unwrap();
    let folder = TempDir::new().unwrap();
    let refused = export(&kit, &folder.path().join("record.jsonl")).await;
    let damaged = matches!(refused, Err(ExportError::Store(StoreError::Damaged(_))));
    assert!(damaged, "{refused:?}");
    assert_eq!(files(folder.path()).len(), 0);
}
