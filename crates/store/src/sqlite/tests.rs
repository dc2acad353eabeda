//! What only shows from within: the settings of the connection, and faults put into it.

use rusqlite::config::DbConfig;
use simgate_domain::{Timestamp, UserId, Username};
use simgate_record::{Head, Sealed};
use tempfile::TempDir;

use super::table::record_search::{self, Lead};
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

/// The second version moves *verified* from the person to the number, and takes a number from whoever
/// had it in grace only.
#[test]
fn what_was_verified_stays_verified_in_the_second_version() {
    let mut connection = Connection::open_in_memory().unwrap();
    migrations::step(&mut connection, None).unwrap();
    let people = [(1, 'a', "5"), (2, 'b', "NULL")];
    for (number, name, verified_at) in people {
        let number = format!("unhex('{}')", format!("{number:02x}").repeat(32));
        let id = format!("unhex('{}')", format!("{:02x}", name as u32).repeat(16));
        connection
            .execute_batch(&format!(
                "INSERT INTO numbers (number, first_seen, owner) VALUES ({number}, 0, {id});
                 INSERT INTO users (id, canonical, shown, skeleton, password_hash, e164, number,
                                    channel, verified_at, registered_at)
                 VALUES ({id}, '{name}', '{name}', '{name}', '', '', {number}, 'sms',
                         {verified_at}, 0);"
            ))
            .unwrap();
    }
    migrations::migrate(&mut connection, &seal().key).unwrap();
    for (number, verified) in [(1, true), (2, false)] {
        let number = numbers::read(&connection, &[number; 32]).unwrap();
        assert_eq!(number.verified_at.is_some(), verified);
        assert_eq!(number.owner.is_some(), verified);
    }
    let staff = "SELECT count(*) FROM users WHERE role = 'staff'";
    let staff: i64 = connection.query_row(staff, (), |row| row.get(0)).unwrap();
    assert_eq!(
        staff, 2,
        "nobody who was there before roles has a greater one"
    );
    migrations::check_schema(&connection).unwrap();
}

#[test]
fn sessions_outlive_the_making_of_their_table_anew() {
    let mut connection = Connection::open_in_memory().unwrap();
    for _ in 0..2 {
        migrations::step(&mut connection, None).unwrap();
    }
    let session = |seq: u8, sid: &str, channel: &str, clearance: &str| {
        format!(
            "INSERT INTO sessions (seq, sign_in, user, sid, at, channel, clearance)
             VALUES ({seq}, unhex('{}'), zeroblob(16), {sid}, 7, {channel}, '{clearance}');",
            format!("{seq:02x}").repeat(16)
        )
    };
    let entry = "INSERT INTO record (seq, at, act) VALUES (1, 0, 'signed_in');";
    let old = session(1, "'VE1'", "'voice'", "in_grace");
    connection
        .execute_batch(&(entry.to_owned() + &old))
        .unwrap();
    migrations::migrate(&mut connection, &seal().key).unwrap();
    let read = "SELECT sid || at || channel || clearance FROM sessions WHERE seq = 1";
    let kept: String = connection.query_row(read, (), |row| row.get(0)).unwrap();
    assert_eq!(kept, "VE17voicein_grace");

    let table = [
        ("'VE2'", "'sms'", "unchecked", true),
        ("NULL", "NULL", "recovered", true),
        ("NULL", "'sms'", "unchanged", false),
        ("'VE5'", "NULL", "unchanged", false),
        ("'VE6'", "'sms'", "recovered", false),
        ("'VE7'", "'sms'", "assumed", false),
    ];
    for (seq, (sid, channel, clearance, kept)) in (2..).zip(table) {
        let added = connection.execute_batch(&session(seq, sid, channel, clearance));
        assert_eq!(added.is_ok(), kept, "{sid} {channel} {clearance}");
    }
}

/// The fifth version seals what was on record before.
#[test]
fn what_was_on_record_is_sealed_as_it_was() {
    let mut connection = Connection::open_in_memory().unwrap();
    for _ in 0..4 {
        migrations::step(&mut connection, None).unwrap();
    }
    connection
        .execute_batch(
            "INSERT INTO numbers (number, first_seen) VALUES (zeroblob(32), 0);
             INSERT INTO users (id, canonical, shown, skeleton, password_hash, e164, number,
                                channel, registered_at)
             VALUES (zeroblob(16), 'josé', 'José', 'jose', '', '', zeroblob(32), 'sms', 0);
             INSERT INTO record (seq, at, reference, user, name, sign_in, act, cause) VALUES
             (1, 5, NULL, zeroblob(16), NULL, zeroblob(16), 'registered', NULL),
             (2, 6, '7F3K', NULL, zeroblob(32), NULL, 'sign_in_refused', 'unknown_name'),
             (3, 7, NULL, NULL, NULL, NULL, 'failed', NULL);",
        )
        .unwrap();
    migrations::migrate(&mut connection, &seal().key).unwrap();
    record::seal::check_newer(&connection, Head::NONE).unwrap();
    let sealed = table::record::after(&connection, 0, 10).unwrap();
    let told: Vec<_> = sealed
        .iter()
        .map(|(_, kept)| {
            let table::record::Kept::Sealed(Sealed { line, .. }) = kept else {
                panic!("it has no seal");
            };
            let name = line.who_name.as_deref();
            (&*line.who_is, name, &*line.by_is, &*line.result)
        })
        .collect();
    let expected = [
        ("person", Some("José"), "person", "done"),
        ("unknown_name", None, "nobody", "refused"),
        ("program", None, "program", "refused"),
    ];
    assert_eq!(told, expected);
    let found = table::record_search::entry(&connection, 2)
        .unwrap()
        .unwrap();
    assert_eq!(found.at, Timestamp::from_micros(6));
    assert_eq!(found.reference.as_deref(), Some("7F3K"));
    assert_eq!(found.cause.as_deref(), Some("unknown_name"));
    migrations::check_schema(&connection).unwrap();
}

/// People keep what they had when their table is made anew, and are found by the parts of their names.
#[test]
fn people_outlive_the_making_of_their_table_anew() {
    let mut connection = Connection::open_in_memory().unwrap();
    for _ in 0..3 {
        migrations::step(&mut connection, None).unwrap();
    }
    let number = format!("unhex('{}')", "01".repeat(32));
    let number_row = format!("INSERT INTO numbers (number, first_seen) VALUES ({number}, 0)");
    connection.execute_batch(&number_row).unwrap();
    let names = ["maria.lopez-garcia", "a..b", "x_y_z", "jo"];
    for (n, name) in (0_u8..).zip(names) {
        let id = format!("unhex('{}')", format!("{n:02x}").repeat(16));
        let sql = format!(
            "INSERT INTO users (id, canonical, shown, skeleton, password_hash, e164, number,
                                channel, disabled, current_sign_in, codes_in_a_row, codes_in_all,
                                codes_last, registered_at, role)
             VALUES ({id}, '{name}', '{name}', '{name}', 'hash', '+447700900101', {number},
                     'voice', {n} % 2, zeroblob(16), 1, 2, 3, 4, 'admin');
             INSERT INTO record (seq, at, act) VALUES ({n} + 1, 0, 'signed_in');
             INSERT INTO sessions (seq, sign_in, user, sid, at, channel, clearance)
             VALUES ({n} + 1, {id}, {id}, '{n}', 9, 'sms', 'unchanged');"
        );
        connection.execute_batch(&sql).unwrap();
    }
    migrations::migrate(&mut connection, &seal().key).unwrap();
    let read = "SELECT canonical || shown || password_hash || channel || state || codes_in_a_row \
                || codes_in_all || codes_last || registered_at || role || last_sign_in || version \
                || came || length(current_sign_in) FROM users ORDER BY id";
    let mut statement = connection.prepare(read).unwrap();
    let kept: Vec<String> = statement
        .query_map((), |row| row.get(0))
        .unwrap()
        .collect::<Result<_, _>>()
        .unwrap();
    for (n, name) in names.iter().enumerate() {
        let state = ["active", "disabled"][n % 2];
        let expected = format!("{name}{name}hashvoice{state}1234admin91registered16");
        assert_eq!(kept[n], expected);
        let of = "SELECT part FROM name_parts WHERE user = ?1 AND state = ?2 AND role = 'admin'";
        let mut statement = connection.prepare(of).unwrap();
        let id = [u8::try_from(n).unwrap(); 16];
        let mut found: Vec<String> = statement
            .query_map((id, state), |row| row.get(0))
            .unwrap()
            .collect::<Result<_, _>>()
            .unwrap();
        found.sort();
        if let Ok(name) = Username::parse(name) {
            let mut parts = simgate_domain::name_search::parts(&name);
            parts.sort();
            assert_eq!(found, parts, "as the program takes {name} apart");
        }
    }
    migrations::check_schema(&connection).unwrap();
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

/// Every statement of every table file, taken from its source.
fn statements() -> Vec<String> {
    let sources = [
        include_str!("table/meta.rs"),
        include_str!("table/name_parts.rs"),
        include_str!("table/name_tries.rs"),
        include_str!("table/number_changes.rs"),
        include_str!("table/numbers.rs"),
        include_str!("table/record.rs"),
        include_str!("table/record_anchor.rs"),
        include_str!("table/record_names.rs"),
        include_str!("table/record_seals.rs"),
        include_str!("table/record_search.rs"),
        include_str!("table/sends.rs"),
        include_str!("table/sessions.rs"),
        include_str!("table/settings.rs"),
        include_str!("table/users.rs"),
        include_str!("table/users/list.rs"),
        include_str!("table/users/one.rs"),
        include_str!("table/users/write.rs"),
    ];
    let mut statements = Vec::new();
    for source in sources {
        assert!(
            !source.contains("format!"),
            "values are parameters, never text"
        );
        for literal in source.split('"') {
            let verbs = ["SELECT ", "INSERT ", "UPDATE ", "DELETE "];
            // Those of `record_search` are put together by macros, and follow whole.
            let whole = !literal.ends_with("FROM record");
            if whole && verbs.iter().any(|verb| literal.starts_with(verb)) {
                statements.push(literal.replace("\\\n", " "));
            }
        }
    }
    statements.extend([record_search::ENTRY, record_search::WITH_REFERENCE].map(str::to_owned));
    statements
}

#[tokio::test]
async fn every_statement_finds_its_rows_by_an_index() {
    let (_folder, store) = in_a_file();
    let statements = statements();
    assert!(statements.len() > 30, "{} statements", statements.len());
    for sql in statements {
        let explained = format!("EXPLAIN QUERY PLAN {sql}");
        let plan = store.read(move |connection| {
            let mut statement = connection.prepare(&explained)?;
            let parameters = statement.parameter_count();
            let nulls = vec![None::<i64>; parameters];
            let steps = statement.query_map(rusqlite::params_from_iter(nulls), |row| row.get(3))?;
            Ok(steps.collect::<Result<Vec<String>, _>>()?)
        });
        for step in plan.await.unwrap() {
            // Partial indexes that hold just the rows wanted, read from end to end: what is
            // pending, and the unknown names, of which there is a bound; and who was tried, of whom
            // not all are read.
            let wanted = [
                "SCAN numbers USING INDEX numbers_pending_since",
                "SCAN name_tries USING COVERING INDEX name_tries_unknown",
                "SCAN users USING INDEX users_tried",
                "SCAN CONSTANT ROW",
                // One for each machine that the database ever was on.
                "SCAN record_seals",
            ];
            let wanted = wanted.contains(&step.as_str());
            assert!(wanted || !step.starts_with("SCAN"), "{step}: {sql}");
            assert!(!step.contains("TEMP B-TREE"), "{step}: {sql}");
        }
    }
}

/// Each way to look for entries, and the index that it goes along.
fn leads() -> [(Lead, &'static str); 8] {
    let user = UserId::new(uuid::Uuid::from_u128(1));
    [
        (Lead::All, "INDEX record_at (at"),
        (
            Lead::Act(Act::SignedIn),
            "INDEX record_act_at (act=? AND at",
        ),
        (Lead::Refused, "INDEX record_refused_at (at"),
        (
            Lead::Reference("7F3K".parse().unwrap()),
            "INDEX record_reference_at (reference=? AND at",
        ),
        (Lead::About(user), "INDEX record_who_at (who=? AND at"),
        (
            Lead::AboutAct(user, Act::SignedIn),
            "INDEX record_who_act_at (who=? AND act=? AND at",
        ),
        (Lead::By(user), "INDEX record_by_at (by_who=? AND at"),
        (
            Lead::Name([0; 32]),
            "INDEX record_name_at (name_hash=? AND at",
        ),
    ]
}

/// Each way to look for entries goes along an index of its own and no further than the page.
#[tokio::test]
async fn every_way_to_look_for_entries_has_its_index() {
    let (_folder, store) = in_a_file();
    for (lead, index) in leads() {
        let sql = record_search::sql(&lead);
        let explained = format!("EXPLAIN QUERY PLAN {sql}");
        let plan = store.read(move |connection| {
            let mut statement = connection.prepare(&explained)?;
            let nulls = vec![None::<i64>; statement.parameter_count()];
            let steps = statement.query_map(rusqlite::params_from_iter(nulls), |row| row.get(3))?;
            Ok(steps.collect::<Result<Vec<String>, _>>()?)
        });
        let plan = plan.await.unwrap();
        // The two that follow look whether people are still there, each by their id.
        let (entries, people) = plan.split_first().unwrap();
        assert!(entries.contains(index), "{lead:?} {plan:?}");
        assert!(
            !plan.iter().any(|step| step.contains("TEMP B-TREE")),
            "{lead:?} sorts: {plan:?}"
        );
        assert!(
            !people
                .iter()
                .any(|step| step.starts_with("SCAN") && step.contains("record")),
            "{plan:?}"
        );
    }
}
