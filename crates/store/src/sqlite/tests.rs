//! What only shows from within: the settings of the connection, and faults put into it.

mod indexes;
mod upgrades;

use rusqlite::config::DbConfig;
use simgate_domain::{Timestamp, Username};
use simgate_record::{Head, Sealed};
use tempfile::TempDir;

use super::*;
use crate::entry::{Act, Who};

const NOW: Timestamp = Timestamp::from_micros(1_795_392_000_000_000);

fn in_a_file() -> (TempDir, SqliteStore) {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("data/simgate.db");
    let store =
        SqliteStore::create(&path, DatabaseKey::new([1; 32]), SealKey::new(&[2; 32])).unwrap();
    (folder, store)
}

fn seal() -> Seal {
    Seal {
        key: SealKey::new(&[2; 32]),
        head: Head::NONE,
    }
}

fn failure() -> Entry {
    Entry::new(NOW, Who::Program, Act::Failed)
}

fn nobody() -> NameTried {
    NameTried::Name(Username::parse("nobody").unwrap())
}

async fn count(store: &SqliteStore, sql: &'static str) -> i64 {
    let count = store.read(move |connection| Ok(connection.query_row(sql, (), |row| row.get(0))?));
    count.await.unwrap()
}

#[test]
fn this_sqlite_is_none_of_those_that_corrupt() {
    // Two programs on one file corrupt it before 3.51.3; 3.52.0 was withdrawn.
    let version = rusqlite::version_number();
    assert!(version >= 3_051_003 && version != 3_052_000, "{version}");
}

#[tokio::test]
async fn the_connection_is_set_as_promised() {
    let (_folder, store) = in_a_file();
    let expected = [
        ("journal_mode", "wal"),
        ("synchronous", "2"),
        ("foreign_keys", "1"),
        ("cell_size_check", "1"),
        ("mmap_size", "0"),
        ("secure_delete", "1"),
        ("temp_store", "2"),
        ("busy_timeout", "5000"),
        ("fullfsync", "1"),
        ("trusted_schema", "0"),
    ];
    let found = store.worker.run(move |connection| {
        let mut found = Vec::new();
        for (pragma, _) in expected {
            let value = connection.pragma_query_value(None, pragma, |row| {
                row.get::<_, String>(0)
                    .or_else(|_| row.get::<_, i64>(0).map(|number| number.to_string()))
            });
            found.push((pragma, value.unwrap_or_default()));
        }
        assert!(connection.db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE)?);
        assert!(!connection.db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER)?);
        assert!(!connection.db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW)?);
        Ok(found)
    });
    let found = found.await.unwrap();
    let found: Vec<_> = found
        .iter()
        .map(|(pragma, value)| (*pragma, value.as_str()))
        .collect();
    assert_eq!(found, expected);
    let tables = "SELECT count(*) FROM pragma_table_list WHERE schema = 'main' \
                  AND name NOT LIKE 'sqlite%' AND NOT strict";
    assert_eq!(count(&store, tables).await, 0, "every table is STRICT");
}

#[tokio::test]
async fn a_full_disk_does_nothing_by_halves_and_recovers() {
    let (_folder, store) = in_a_file();
    let limit = |pages: i64| {
        store.worker.run(move |connection| {
            let limited =
                connection.pragma_update_and_check(None, "max_page_count", pages, |row| {
                    row.get::<_, i64>(0)
                });
            Ok(limited?)
        })
    };
    limit(1).await.unwrap();
    let mut done = 0;
    let error = loop {
        match store.record(failure()).await {
            Ok(()) => done += 1,
            Err(error) => break error,
        }
        assert!(done < 10_000, "the disk never filled up");
    };
    assert!(matches!(error, StoreError::Full), "{error:?}");
    let rows = "SELECT count(*) FROM record";
    assert_eq!(count(&store, rows).await, done);
    let mut reserved = 0;
    for n in 0..1000 {
        let name = NameTried::Unreadable(n.to_string());
        reserved += i64::from(
            store
                .reserve_password_attempt(name, Limits::DEFAULT, NOW)
                .await
                .is_ok(),
        );
    }
    assert!(reserved < 1000, "what cannot be counted is not let through");
    let counted = "SELECT coalesce(sum(count), 0) FROM name_tries";
    assert_eq!(count(&store, counted).await, reserved);

    limit(1_000_000).await.unwrap();
    store.record(failure()).await.unwrap();
    assert_eq!(
        count(&store, rows).await,
        done + 1,
        "room again, without a restart"
    );
    assert_eq!(count(&store, "SELECT max(seq) FROM record").await, done + 1);
}

#[tokio::test]
async fn a_panic_undoes_its_call_and_no_other() {
    let (_folder, store) = in_a_file();
    store.record(failure()).await.unwrap();
    let panicked = store
        .write(Some(NOW), |tx| -> Result<(), Fault> {
            table::record::add(tx, failure())?;
            panic!("as this test wants it");
        })
        .await;
    assert!(
        matches!(panicked, Err(StoreError::Failed(_))),
        "{panicked:?}"
    );
    store.record(failure()).await.unwrap();
    assert_eq!(count(&store, "SELECT max(seq) FROM record").await, 2);
}

#[tokio::test]
async fn a_fault_in_the_middle_undoes_the_call() {
    let (_folder, store) = in_a_file();
    let failed = store
        .write(Some(NOW), |tx| {
            table::record::add(tx, failure())?;
            tx.execute(
                "INSERT INTO meta (id, pepper, latest_now) VALUES (2, zeroblob(32), 0)",
                (),
            )?;
            Ok(())
        })
        .await;
    assert!(matches!(failed, Err(StoreError::Failed(_))), "{failed:?}");
    assert_eq!(count(&store, "SELECT count(*) FROM record").await, 0);
    let now = "SELECT latest_now FROM meta";
    assert_eq!(count(&store, now).await, i64::MIN);
}

#[tokio::test]
async fn another_program_at_work_is_waited_for_and_then_named() {
    let (folder, store) = in_a_file();
    let path = folder.path().join("data/simgate.db");
    let other = open::open(&path, &DatabaseKey::new([1; 32]), Some(&seal())).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let patience = |millis| {
        store.worker.run(move |connection| {
            let set = connection.busy_timeout(std::time::Duration::from_millis(millis));
            Ok(set?)
        })
    };
    patience(50).await.unwrap();
    let busy = store
        .reserve_password_attempt(nobody(), Limits::DEFAULT, NOW)
        .await;
    assert!(matches!(busy, Err(StoreError::Busy)), "{busy:?}");
    assert!(store.pending().await.is_ok(), "reading waits for nobody");
    other.execute_batch("ROLLBACK").unwrap();
    assert!(
        store
            .reserve_password_attempt(nobody(), Limits::DEFAULT, NOW)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn a_row_of_another_shape_is_damage_without_its_content() {
    let (_folder, store) = in_a_file();
    let planted = store.write(None, |tx| {
        tx.execute_batch(
            "INSERT INTO numbers (number, first_seen, pending_sid, pending_sign_in, pending_since) \
             VALUES (zeroblob(32), 0, 'canary', zeroblob(16), 0)",
        )?;
        Ok(())
    });
    planted.await.unwrap();
    let Err(StoreError::Damaged(what)) = store.pending().await else {
        panic!("a verification's SID is none");
    };
    assert!(!what.contains("canary"), "{what}");
}

#[tokio::test]
async fn errors_repeat_no_statement_and_no_value() {
    let (_folder, store) = in_a_file();
    let failed = store.write(None, |tx| {
        tx.execute("INSERT INTO canary VALUES (?1)", ["canary"])?;
        Ok(())
    });
    let error = failed.await.unwrap_err();
    assert!(!format!("{error} {error:?}").contains("canary"), "{error}");
}
