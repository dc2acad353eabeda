//! What only shows from within: the settings of the connection, and faults put into it.

mod indexes;
mod upgrades;

use rusqlite::config::DbConfig;
use simgate_domain::{Channel, PhoneNumber, Timestamp, Username};
use simgate_record::{Head, Sealed};
use tempfile::TempDir;
use uuid::Uuid;

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
        // The plans that are tested are those that are run.
        assert!(connection.db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG)?);
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

/// Rules that are not understood stop the program: others in their place could be looser.
#[tokio::test]
async fn stored_rules_that_are_not_understood_are_damage() {
    let (_folder, store) = in_a_file();
    let planted = store.write(None, |tx| {
        let body = Rules::default()
            .to_json()
            .replace("\"grace_days\":7", "\"grace_days\":70");
        let sql = "INSERT INTO rules (version, body, at) VALUES (1, ?1, 0)";
        tx.execute(sql, [body])?;
        Ok(())
    });
    planted.await.unwrap();
    let read = store.current_rules().await;
    assert!(matches!(read, Err(StoreError::Damaged(_))), "{read:?}");
    let history = store.rules_before(2, 9).await;
    assert!(matches!(history, Err(StoreError::Damaged(_))));
}

#[tokio::test]
async fn four_fifths_of_a_budget_are_on_record_once_a_day() {
    let (_folder, store) = in_a_file();
    let limits = Limits {
        code_budget: 5,
        check_budget: 10,
        ..Limits::DEFAULT
    };
    let warned = async |cause: &str| {
        let sql = match cause {
            "codes" => {
                "SELECT count(*) FROM record WHERE act = 'budget_warning' AND cause = 'codes'"
            }
            _ => {
                "SELECT count(*) FROM record WHERE act = 'budget_warning' AND cause = 'sim_checks'"
            }
        };
        count(&store, sql).await
    };
    let later = |hours: u64| NOW.plus(std::time::Duration::from_secs(hours * 3600));
    let mut people = Vec::new();
    for n in 1..=10 {
        let (user, sign_in) = (
            UserId::new(Uuid::from_u128(n)),
            SignInId::new(Uuid::from_u128(n)),
        );
        let new = NewUser {
            user,
            name: Username::parse(&format!("person{n:02}")).unwrap(),
            password_hash: String::new(),
            number: PhoneNumber::from_e164(&format!("+4477009001{n:02}")).unwrap(),
            channel: Channel::Sms,
            state: simgate_domain::AccountState::Active,
            sign_in,
        };
        let mut entry = failure();
        entry.at = later(0);
        let registered = store.register(
            new,
            Limits {
                registrations_in_an_hour: 99,
                ..limits
            },
            entry,
        );
        assert_eq!(registered.await.unwrap(), Registration::Done);
        people.push((user, sign_in));
    }
    let send = async |n: usize, at| {
        let (user, sign_in) = people[n];
        let sent = store.reserve_send(user, sign_in, limits, at).await.unwrap();
        assert!(matches!(sent, SendReservation::Reserved { .. }), "{n}");
    };
    for n in 0..3 {
        send(n, later(0)).await;
    }
    assert_eq!(warned("codes").await, 0);
    send(3, later(1)).await;
    assert_eq!(warned("codes").await, 1);
    send(4, later(1)).await;
    assert_eq!(warned("codes").await, 1, "once a day");
    for n in 5..8 {
        send(n, later(24)).await;
    }
    assert_eq!(warned("codes").await, 1, "still within a day of the last");
    let (user, sign_in) = people[0];
    store
        .live(user, sign_in, limits, later(25))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(
        warned("codes").await,
        1,
        "three of five are not four fifths"
    );
    let lower = Limits {
        code_budget: 3,
        ..limits
    };
    store
        .live(user, sign_in, lower, later(25))
        .await
        .unwrap()
        .unwrap();
    assert_eq!(warned("codes").await, 2, "of the budget that was made less");

    for &(user, sign_in) in &people[..8] {
        assert_eq!(warned("sim_checks").await, 0);
        let checked = store
            .reserve_check(user, sign_in, limits, later(0))
            .await
            .unwrap();
        assert_eq!(checked, CheckReservation::Reserved);
    }
    assert_eq!(warned("sim_checks").await, 1);
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
