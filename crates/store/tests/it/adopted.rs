//! A record that was restored where another key signs: it goes on there, and all of it verifies.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use simgate_record::{Verdict, verify_file};
use simgate_store::backup::{Backup, BackupCopy, Label, RestoredDatabase, Watch};
use simgate_store::{
    Act, Entry, Head, OpenError, Progress, Record, Retention, Seal, SealKey, SqliteStore, Store,
    Verification, Who,
};
use tempfile::TempDir;

use crate::backup::recovery_key;
use crate::kit::{Kit, SEED, START, days, key, raw};
use crate::restore::restored_entry;
use crate::seal::{LAST, thirty, verified};

const SECOND: [u8; 32] = [2; 32];
const THIRD: [u8; 32] = [3; 32];

fn backed_up(database: &Path, by: &[u8; 32], head: Head) -> PathBuf {
    let to = database.with_file_name("monday.backup");
    let label = Label {
        made_at: START,
        made_by: "0.1.0".to_owned(),
        record_head: head,
        record_key: SealKey::new(by),
    };
    let (from, watch) = ((database, &key()), Watch::default());
    let made = BackupCopy::make(from, &to, &recovery_key(1), &label, &watch);
    made.unwrap().name().unwrap();
    to
}

/// A machine whose record is signed with `by` makes a database of the backup.
fn restored(backup: &Path, by: &[u8; 32], earlier: &[String]) -> (TempDir, PathBuf) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("data/simgate.db");
    let backup = Backup::open(backup, &recovery_key(1)).unwrap();
    let made = backup.rebuild(&path, &key(), earlier, &Watch::default());
    made.unwrap();
    // Whatever is done twice is done once.
    for _ in 0..2 {
        let made = RestoredDatabase::open(&path, &key()).unwrap();
        let entry = Entry {
            detail: Some("the newest".to_owned()),
            ..restored_entry()
        };
        made.settle(SealKey::new(by), entry).unwrap();
    }
    (folder, path)
}

fn open(path: &Path, by: &[u8; 32], head: Head) -> Result<SqliteStore, OpenError> {
    let key_of_record = SealKey::new(by);
    let seal = Seal {
        key: key_of_record,
        head,
    };
    SqliteStore::open(path, key(), Some(seal))
}

/// The acts and details from `from` on, the oldest first.
fn told(path: &Path, from: u64) -> Vec<(String, Option<String>)> {
    let connection = raw(path);
    let sql = "SELECT act, detail FROM record WHERE seq >= ?1 ORDER BY seq";
    let mut rows = connection.prepare(sql).unwrap();
    let from = i64::try_from(from).unwrap();
    let rows = rows.query_map([from], |row| Ok((row.get(0)?, row.get(1)?)));
    rows.unwrap().map(Result::unwrap).collect()
}

async fn offline(store: &SqliteStore, folder: &Path, by: &[u8; 32]) -> Verdict {
    let path = folder.join("record.jsonl");
    let progress = Arc::new(Progress::default());
    store.export(path.clone(), progress).await.unwrap();
    let expected = Some(SealKey::new(by).public());
    let verdict = verify_file(&path, expected, &Progress::default()).unwrap();
    // No export takes the place of a file.
    std::fs::remove_file(&path).unwrap();
    verdict
}

fn sound(by: &[u8; 32], from: u64, to: u64) -> Verdict {
    let key = SealKey::new(by).public();
    Verdict::Sound { key, from, to }
}

fn handed_over(by: &[u8; 32]) -> (String, Option<String>) {
    let before = SealKey::new(by).public();
    ("record_adopted".to_owned(), Some(format!("key {before}")))
}

fn restored_told(detail: &str) -> (String, Option<String>) {
    ("restored".to_owned(), Some(detail.to_owned()))
}

#[tokio::test]
async fn a_record_goes_on_under_another_machines_key_and_verifies() {
    let (_folder, path, known) = thirty().await;
    let backup = backed_up(&path, &SEED, known);
    let (elsewhere, path) = restored(&backup, &SECOND, &[]);
    let expected = [handed_over(&SEED), restored_told("the newest")];
    assert_eq!(told(&path, LAST + 1), expected);
    let other = open(&path, &SEED, known);
    assert!(matches!(other.err(), Some(OpenError::SealLost)));

    let store = open(&path, &SECOND, known).unwrap();
    let to = LAST + 2;
    let all = verified(&store).await;
    assert!(
        matches!(all, Verification::Sound { entries, .. } if entries == to),
        "{all:?}"
    );
    assert_eq!(
        offline(&store, elsewhere.path(), &SECOND).await,
        sound(&SECOND, 1, to)
    );
    let entry = Entry::new(restored_entry().at, Who::Program, Act::Failed);
    store.record(entry).await.unwrap();
    let head = *store.heads().borrow();
    drop(store);

    // And from there to a third.
    let backup = backed_up(&path, &SECOND, head);
    let (elsewhere, path) = restored(&backup, &THIRD, &[]);
    let store = open(&path, &THIRD, head).unwrap();
    let to = LAST + 5;
    assert!(matches!(
        verified(&store).await,
        Verification::Sound { entries, .. } if entries == to
    ));
    assert_eq!(
        offline(&store, elsewhere.path(), &THIRD).await,
        sound(&THIRD, 1, to)
    );
}

/// Nobody adopts a record without an entry that says so.
#[tokio::test]
async fn a_record_that_was_adopted_without_a_word_does_not_open() {
    let (_folder, path, known) = thirty().await;
    let backup = backed_up(&path, &SEED, known);
    let (_elsewhere, path) = restored(&backup, &SECOND, &[]);
    raw(&path)
        .execute_batch("UPDATE record_seals SET first = first - 1 WHERE first > 1")
        .unwrap();
    let opened = open(&path, &SECOND, Head::NONE);
    assert!(matches!(opened.err(), Some(OpenError::Older)));
}

#[tokio::test]
async fn the_same_machine_keeps_its_key() {
    let (_folder, path, known) = thirty().await;
    let backup = backed_up(&path, &SEED, known);
    let (_elsewhere, path) = restored(&backup, &SEED, &[]);
    assert_eq!(told(&path, LAST + 1), [restored_told("the newest")]);
    let store = open(&path, &SEED, known).unwrap();
    assert!(matches!(
        verified(&store).await,
        Verification::Sound { entries, .. } if entries == LAST + 1
    ));
}

/// What was dropped was signed by the key before: the new one signs it anew.
#[tokio::test]
async fn a_record_whose_beginning_was_dropped_is_adopted_whole() {
    let (_folder, path, _) = thirty().await;
    let kit = Kit::on(&path);
    kit.pass(days(91));
    let keep = Retention::days(90).unwrap();
    let entry = Entry::new(kit.now(), Who::Program, Act::RecordPruned);
    let pruned = kit.store.prune_record(keep, kit.now(), entry).await;
    assert_eq!(pruned.unwrap().last, LAST);
    let known = *kit.store.heads().borrow();
    let now = kit.now();
    drop(kit);

    let backup = backed_up(&path, &SEED, known);
    let (elsewhere, path) = restored(&backup, &SECOND, &[]);
    let store = open(&path, &SECOND, known).unwrap();
    let to = *store.heads().borrow();
    let all = verified(&store).await;
    assert!(
        matches!(all, Verification::Sound { entries, .. } if entries == to.seq - LAST),
        "{all:?}"
    );
    assert_eq!(
        offline(&store, elsewhere.path(), &SECOND).await,
        sound(&SECOND, LAST + 1, to.seq)
    );

    // The entry that handed it over may be dropped too.
    let later = now.plus(days(200));
    let entry = Entry::new(later, Who::Program, Act::RecordPruned);
    let pruned = store.prune_record(keep, later, entry).await.unwrap();
    assert_eq!(pruned.last, to.seq);
    drop(store);
    let store = open(&path, &SECOND, to).unwrap();
    let all = verified(&store).await;
    assert!(matches!(all, Verification::Sound { .. }), "{all:?}");
    assert_eq!(
        offline(&store, elsewhere.path(), &SECOND).await,
        sound(&SECOND, to.seq + 1, to.seq + 1)
    );
}

/// What the replaced database knew of earlier restores is not lost with it, nor told twice.
#[tokio::test]
async fn restores_that_the_backup_does_not_know_go_on_record_again() {
    let (_folder, path, known) = thirty().await;
    let backup = backed_up(&path, &SEED, known);
    let earlier = ["the first".to_owned(), "the second".to_owned()];
    let (_elsewhere, path) = restored(&backup, &SECOND, &earlier);
    let expected = [
        handed_over(&SEED),
        restored_told("the first"),
        restored_told("the second"),
        restored_told("the newest"),
    ];
    assert_eq!(told(&path, LAST + 1), expected);
    let head = *open(&path, &SECOND, known).unwrap().heads().borrow();

    let backup = backed_up(&path, &SECOND, head);
    let earlier = ["the first", "the second", "the newest", "the third"];
    let (_elsewhere, path) = restored(&backup, &SECOND, &earlier.map(str::to_owned));
    let expected = [restored_told("the third"), restored_told("the newest")];
    assert_eq!(told(&path, head.seq + 1), expected);
}
