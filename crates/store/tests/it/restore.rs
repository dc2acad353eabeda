//! Reading a backup: what is none says so, and what is one becomes a database again.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use hmac::{Hmac, KeyInit, Mac};
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::Sha256;
use simgate_domain::attempts::Limits;
use simgate_store::backup::{Backup, BackupError, RestoreError, RestoredDatabase, Watch};
use simgate_store::{Act, DatabaseKey, Entry, OpenError, Record, SqliteStore, Store, Who};
use tempfile::TempDir;

use crate::backup::{at_work, make, make_with, recovery_key};
use crate::kit::{ALICE, Kit, SEED, START, days, key, name, raw, seal, seal_key};

const PAGE: usize = 4096;

pub fn new_key() -> DatabaseKey {
    DatabaseKey::new([9; 32])
}

/// A small backup, of a database whose people have done a little.
async fn small() -> (TempDir, PathBuf) {
    let kit = Kit::in_a_file();
    let alice = kit.registered("alice", ALICE).await;
    kit.sent(alice).await;
    for _ in 0..5 {
        kit.try_password(name("bob")).await;
    }
    let (folder, path) = kit.ended();
    let to = path.with_file_name("monday.simgate");
    make(&path, &to, &Watch::default()).unwrap();
    (folder, to)
}

pub fn opened(path: &Path) -> Result<Backup, BackupError> {
    Backup::open(path, &recovery_key(1))
}

/// Opens it and makes a database of it.
fn rebuilt(path: &Path) -> Result<(), RestoreError> {
    let backup = opened(path)?;
    let to = path.with_file_name("rebuilt.db");
    let made = backup.rebuild(&to, &new_key(), &[], &Watch::default());
    assert_eq!(made.is_ok(), to.exists(), "all of it or nothing");
    made.map(drop)
}

fn hmac(key: &[u8], purpose: &[u8]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(purpose);
    mac.finalize().into_bytes().into()
}

/// The backup as somebody who has the recovery key could change it.
fn raw_backup(path: &Path) -> Connection {
    let key = hmac(&[1; 32], b"simgate backup key");
    let salt = hmac(&key, b"simgate backup salt");
    let mut hex = String::new();
    for byte in key.iter().chain(b"SIMgateB").chain(&salt[..8]) {
        write!(hex, "{byte:02x}").unwrap();
    }
    let connection = Connection::open(path).unwrap();
    connection
        .execute_batch(&format!("PRAGMA key = \"x'{hex}'\""))
        .unwrap();
    connection
}

#[tokio::test]
async fn one_that_was_cut_short_says_so_wherever_it_was_cut() {
    let (_folder, path) = small().await;
    let good = fs::read(&path).unwrap();
    let pages = good.len() / PAGE;
    assert_eq!(good.len() % PAGE, 0);
    assert!(pages > 20, "{pages} pages are a few dozen");
    for page in 0..pages {
        for cut in [page * PAGE, page * PAGE + 5, page * PAGE + 100] {
            fs::write(&path, &good[..cut]).unwrap();
            let error = rebuilt(&path).unwrap_err();
            assert!(
                matches!(error, RestoreError::Backup(BackupError::CutShort)),
                "cut after {cut} bytes: {error:?}"
            );
            let after = fs::read(&path).unwrap();
            assert!(after == good[..cut], "it stays as it is");
        }
    }
    fs::write(&path, &good).unwrap();
    rebuilt(&path).unwrap();
}

#[tokio::test]
async fn one_changed_bit_in_any_page_is_found() {
    let (_folder, path) = small().await;
    let good = fs::read(&path).unwrap();
    for page in 0..good.len() / PAGE {
        for at in [17 + page, 2000, PAGE - 80, PAGE - 64, PAGE - 17] {
            let mut bad = good.clone();
            bad[page * PAGE + at] ^= 1 << (page % 8);
            fs::write(&path, &bad).unwrap();
            let error = rebuilt(&path).unwrap_err();
            assert!(
                matches!(error, RestoreError::Backup(BackupError::Damaged(_))),
                "byte {at} of page {page}: {error:?}"
            );
        }
    }
    let mut longer = good.clone();
    longer.extend([0; PAGE]);
    fs::write(&path, &longer).unwrap();
    assert!(matches!(
        rebuilt(&path),
        Err(RestoreError::Backup(BackupError::Damaged(_)))
    ));
}

#[tokio::test]
async fn what_is_no_backup_is_told_from_one_with_another_key() {
    let (folder, path) = small().await;
    let good = fs::read(&path).unwrap();
    let mut other = good.clone();
    other[12] ^= 1;
    fs::write(&path, &other).unwrap();
    assert!(matches!(opened(&path), Err(BackupError::OtherKey)));
    other[3] ^= 1;
    fs::write(&path, &other).unwrap();
    assert!(matches!(opened(&path), Err(BackupError::NotABackup)));

    let plain = path.with_file_name("plain.db");
    let connection = Connection::open(&plain).unwrap();
    connection.execute_batch("CREATE TABLE users (id)").unwrap();
    connection.close().unwrap();
    let text = path.with_file_name("letter.txt");
    fs::write(&text, "Dear").unwrap();
    let zeros = path.with_file_name("zeros");
    fs::write(&zeros, vec![0; 3 * PAGE]).unwrap();
    let database = path.with_file_name("simgate.db");
    for no_backup in [&*plain, &text, &zeros, &database, folder.path()] {
        let error = opened(no_backup).err().unwrap();
        assert!(
            matches!(error, BackupError::NotABackup),
            "{}: {error:?}",
            no_backup.display()
        );
    }
    let nothing = opened(&path.with_file_name("nothing"));
    assert!(matches!(nothing, Err(BackupError::Missing)));
}

#[tokio::test]
async fn a_newer_one_is_left_alone() {
    let (_folder, path) = small().await;
    raw_backup(&path)
        .execute_batch(
            "PRAGMA user_version = 99; CREATE TABLE of_the_future (x);
             UPDATE carried SET value = CAST('7.0.0' AS BLOB) WHERE name = 'made_by'",
        )
        .unwrap();
    let error = opened(&path).err().unwrap();
    let BackupError::Newer { made_by } = error else {
        panic!("{error:?}");
    };
    assert_eq!(made_by.as_deref(), Some("7.0.0"));
}

/// Whoever has the recovery key can write a file; what SIMgate never made is not restored.
#[tokio::test]
async fn what_simgate_never_put_there_is_damage() {
    for planted in [
        "CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM name_tries; END",
        "CREATE VIEW v AS SELECT * FROM users",
        "CREATE TABLE t (x)",
        "DROP TABLE carried",
        "DELETE FROM carried WHERE name = 'made_at'",
        "UPDATE carried SET value = x'ff' WHERE name = 'made_by'",
        "PRAGMA user_version = 1",
    ] {
        let (_folder, path) = small().await;
        raw_backup(&path).execute_batch(planted).unwrap();
        let error = opened(&path).err().unwrap();
        assert!(
            matches!(error, BackupError::Damaged(_)),
            "{planted}: {error:?}"
        );
    }
    let (_folder, path) = small().await;
    raw_backup(&path)
        .execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM numbers")
        .unwrap();
    let error = rebuilt(&path).unwrap_err();
    assert!(
        matches!(error, RestoreError::Backup(BackupError::Damaged(_))),
        "a person without their number: {error:?}"
    );
}

pub fn restored_entry() -> Entry {
    Entry::new(START.plus(days(1)), Who::Program, Act::Restored)
}

#[tokio::test]
async fn a_backup_becomes_a_database_with_a_key_of_its_own() {
    let (folder, backup) = small().await;
    let path = folder.path().join("elsewhere/simgate.db.restoring");
    let before = fs::read(&backup).unwrap();
    let facts = opened(&backup)
        .unwrap()
        .rebuild(&path, &new_key(), &[], &Watch::default())
        .unwrap();
    assert_eq!(facts.people, 1);
    assert!(fs::read(&backup).unwrap() == before, "the backup stays");
    let files = fs::read_dir(path.parent().unwrap()).unwrap().count();
    assert_eq!(files, 1, "one file");

    let other = RestoredDatabase::open(&path, &key());
    assert!(matches!(other.err(), Some(OpenError::OtherKey)));
    let unsettled = SqliteStore::open(&path, new_key(), Some(seal()));
    assert!(
        matches!(unsettled.err(), Some(OpenError::Damaged(_))),
        "what was brought along is not lost by working on"
    );

    for settled_before in [false, true] {
        let restored = RestoredDatabase::open(&path, &new_key()).unwrap();
        if settled_before {
            assert!(restored.carried().is_none());
        } else {
            let carried = restored.carried().unwrap();
            assert_eq!(carried.record_public, seal_key().public());
        }
        restored.settle(seal_key(), restored_entry()).unwrap();
    }
    let store = SqliteStore::open(&path, new_key(), Some(seal())).unwrap();
    let now = store.facts().await.unwrap();
    let (seq, at) = now.last_entry.unwrap();
    assert_eq!(seq, facts.last_entry.unwrap().0 + 1, "once on record");
    assert_eq!(at, START.plus(days(1)));
    assert_eq!(now.latest_now, START.plus(days(1)));
    let bob = store.reserve_password_attempt(name("bob"), Limits::DEFAULT, START);
    let bob = bob.await;
    assert!(bob.unwrap().locked.is_some(), "what was locked is locked");
    assert_eq!(store.pending().await.unwrap().len(), 1);
}

/// A record that was rewritten before the backup was made, or one that ends before the entry that the
/// backup says was the newest.
#[tokio::test]
async fn a_record_that_does_not_verify_is_damage() {
    let kit = Kit::in_a_file();
    kit.registered("alice", ALICE).await;
    let (folder, database) = kit.ended();
    raw(&database)
        .execute_batch("UPDATE record SET cause = 'another' WHERE seq = 1")
        .unwrap();
    let path = folder.path().join("monday.simgate");
    make(&database, &path, &Watch::default()).unwrap();
    let error = rebuilt(&path).unwrap_err();
    let found = matches!(error, RestoreError::Backup(BackupError::Damaged(_)));
    assert!(found, "an entry was changed: {error:?}");

    let kit = Kit::in_a_file();
    kit.registered("alice", ALICE).await;
    let mut ahead = *kit.store.heads().borrow();
    ahead.seq += 1;
    let (folder, database) = kit.ended();
    let path = folder.path().join("monday.simgate");
    make_with(&database, &path, ahead, &Watch::default()).unwrap();
    let error = rebuilt(&path).unwrap_err();
    let found = matches!(error, RestoreError::Backup(BackupError::Damaged(_)));
    assert!(found, "the newest entry is not there: {error:?}");
}

#[tokio::test]
async fn what_was_left_half_done_is_done_anew() {
    let (folder, backup) = small().await;
    let path = folder.path().join("data/simgate.db.restoring");
    fs::write(&path, "half").unwrap();
    fs::write(folder.path().join("data/simgate.db.restoring-wal"), "half").unwrap();
    let backup = opened(&backup).unwrap();
    backup
        .rebuild(&path, &new_key(), &[], &Watch::default())
        .unwrap();
    assert!(RestoredDatabase::open(&path, &new_key()).is_ok());
}

#[tokio::test]
async fn one_that_is_canceled_leaves_nothing() {
    let (kit, database) = at_work().await;
    let backup = database.with_file_name("monday.simgate");
    make(&database, &backup, &Watch::default()).unwrap();
    let path = database.with_file_name("simgate.db.restoring");
    let watch = Watch::default();
    watch.cancel();
    let made = opened(&backup)
        .unwrap()
        .rebuild(&path, &new_key(), &[], &watch);
    assert!(matches!(made, Err(RestoreError::Canceled)), "{made:?}");
    assert!(!path.exists());
    let (_folder, database) = kit.ended();
    let _unchanged = raw(&database);
}

/// Whoever has the recovery key can change every page of a backup, and sign none of it: neither what is
/// in it nor what it says of itself, nor a database of their own under the name of the branch's key.
#[tokio::test]
async fn what_was_changed_with_the_recovery_key_is_damage() {
    for changed in [
        "UPDATE users SET password_hash = 'their own'",
        "UPDATE users SET role = 'admin'",
        "DELETE FROM name_tries",
        "INSERT INTO settings (name, value) VALUES ('a', 'b')",
        "UPDATE meta SET latest_now = 0",
        "DELETE FROM record; DELETE FROM record_names",
    ] {
        let (_folder, path) = small().await;
        raw_backup(&path).execute_batch(changed).unwrap();
        let error = rebuilt(&path).unwrap_err();
        let found = matches!(error, RestoreError::Backup(BackupError::Damaged(_)));
        assert!(found, "{changed}: {error:?}");
    }
    for changed in [
        "UPDATE carried SET value = CAST('0' AS BLOB) WHERE name = 'made_at'",
        "UPDATE carried SET value = CAST('9' AS BLOB) WHERE name = 'made_by'",
        "UPDATE carried SET value = zeroblob(32) WHERE name = 'content'",
        "UPDATE carried SET value = zeroblob(64) WHERE name = 'signature'",
        "UPDATE carried SET value = zeroblob(32) WHERE name = 'record_public'",
        "UPDATE carried SET value = CAST(x'01' || randomblob(40) AS BLOB) WHERE name = 'record_head'",
    ] {
        let (_folder, path) = small().await;
        raw_backup(&path).execute_batch(changed).unwrap();
        let error = opened(&path).err().unwrap();
        let found = matches!(error, BackupError::Damaged(_));
        assert!(found, "{changed}: {error:?}");
    }
}

/// Every value of every table, in which the seed would be found.
fn holds(connection: &Connection, sought: &[u8]) -> bool {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let mut tables = connection.prepare(sql).unwrap();
    let tables: Vec<String> = tables
        .query_map((), |row| row.get(0))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    assert!(tables.contains(&"carried".to_owned()), "{tables:?}");
    tables.iter().any(|table| {
        let mut rows = connection
            .prepare(&format!("SELECT * FROM {table}"))
            .unwrap();
        let columns = rows.column_count();
        let mut rows = rows.query(()).unwrap();
        let mut found = false;
        while let Some(row) = rows.next().unwrap() {
            for column in 0..columns {
                let bytes = match row.get_ref(column).unwrap() {
                    ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes,
                    ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => continue,
                };
                found |= bytes.windows(sought.len()).any(|part| part == sought);
            }
        }
        found
    })
}

#[tokio::test]
async fn a_backup_names_the_records_key_and_does_not_hold_it() {
    let (_folder, path) = small().await;
    let backup = raw_backup(&path);
    assert!(holds(&backup, seal_key().public().bytes()), "it is named");
    assert!(!holds(&backup, &SEED), "it is not there");
    let halves = SEED.split_at(16);
    assert!(!holds(&backup, halves.0) && !holds(&backup, halves.1));
}
