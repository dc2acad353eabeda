//! The file: who may read it, which files are refused, and that nothing is made or overwritten by
//! mistake.

use std::fs;
use std::path::Path;

use rusqlite::Connection;
use simgate_domain::AccountState;
use simgate_domain::seat::Clearance;
use simgate_store::{
    Act, Closed, DatabaseKey, FirstAdmin, OpenError, People, SetupState, SqliteStore, Store, Who,
};
use tempfile::TempDir;

use crate::kit::{ALICE, BOB, Kit, key, name, raw, seal, seal_key};

fn refused(path: &Path) -> OpenError {
    match SqliteStore::open(path, key(), Some(seal())) {
        Ok(_) => panic!("it was opened"),
        Err(error) => error,
    }
}

#[cfg(unix)]
#[tokio::test]
async fn only_its_owner_reads_it() {
    use std::os::unix::fs::PermissionsExt;

    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o7777;
    let kit = Kit::in_a_file();
    let path = kit.path();
    let folder = path.parent().unwrap().to_owned();
    let assert_closed = |when: &str| {
        assert_eq!(mode(&folder), 0o700, "the folder {when}");
        let mut files = 0;
        for file in fs::read_dir(&folder).unwrap() {
            let file = file.unwrap().path();
            assert_eq!(mode(&file), 0o600, "{} {when}", file.display());
            files += 1;
        }
        assert_eq!(files, 3, "the file, its log, its index of the log");
    };
    kit.registered("alice", ALICE).await;
    assert_closed("when made");
    let (_folder, path) = kit.ended();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let _store = SqliteStore::open(&path, key(), Some(seal())).unwrap();
    assert_closed("when opened after it had been opened to all");
}

#[cfg(unix)]
#[test]
fn a_folder_that_everyone_shares_is_refused() {
    use std::os::unix::fs::PermissionsExt;

    let folder = TempDir::new().unwrap();
    let shared = fs::Permissions::from_mode(0o1777);
    fs::set_permissions(folder.path(), shared).unwrap();
    let made = SqliteStore::create(&folder.path().join("simgate.db"), key(), seal_key());
    assert!(matches!(made, Err(OpenError::Folder(_))));
}

#[test]
fn a_missing_file_is_not_made() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("simgate.db");
    assert!(matches!(refused(&path), OpenError::Missing));
    assert!(matches!(
        refused(&path.join("deeper/simgate.db")),
        OpenError::Missing
    ));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn nothing_is_overwritten() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("simgate.db");
    for content in ["", "somebody's letters"] {
        fs::write(&path, content).unwrap();
        let made = SqliteStore::create(&path, key(), seal_key());
        assert!(matches!(made, Err(OpenError::Folder(_))));
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
    }
}

#[tokio::test]
async fn a_closed_file_is_one_file() {
    let kit = Kit::in_a_file();
    kit.registered("alice", ALICE).await;
    let (_folder, path) = kit.ended();
    let files = fs::read_dir(path.parent().unwrap()).unwrap().count();
    assert_eq!(files, 1, "the log was copied into the file");
}

#[test]
fn another_key_is_told_from_damage() {
    let (_folder, path) = Kit::in_a_file().ended();
    let before = fs::read(&path).unwrap();
    let other = SqliteStore::open(&path, DatabaseKey::new([7; 32]), Some(seal()));
    assert!(matches!(other, Err(OpenError::OtherKey)));

    let plain = path.with_file_name("plain.db");
    let connection = Connection::open(&plain).unwrap();
    connection.execute_batch("CREATE TABLE users (id)").unwrap();
    connection.close().unwrap();
    assert!(matches!(refused(&plain), OpenError::OtherKey));
    fs::write(&plain, [b'x'; 4096]).unwrap();
    assert!(matches!(refused(&plain), OpenError::OtherKey));
    let after = fs::read(&path).unwrap();
    assert!(after == before, "refused and left as it was");
}

#[test]
fn a_newer_database_is_left_alone() {
    let (_folder, path) = Kit::in_a_file().ended();
    raw(&path)
        .execute_batch("PRAGMA user_version = 99")
        .unwrap();
    let newer = refused(&path);
    let as_expected = matches!(
        newer,
        OpenError::Newer {
            found: 99,
            known: 11
        }
    );
    assert!(as_expected, "{newer:?}");
    let version = raw(&path).pragma_query_value(None, "user_version", |row| row.get(0));
    assert_eq!(version, Ok(99));
}

#[test]
fn what_simgate_never_put_there_is_damage() {
    for planted in [
        "CREATE TRIGGER t AFTER INSERT ON record BEGIN DELETE FROM name_tries; END",
        "CREATE VIEW v AS SELECT * FROM users",
        "CREATE TABLE t (x)",
        "CREATE INDEX i ON users (shown)",
        "CREATE VIRTUAL TABLE t USING fts5(x)",
        "ALTER TABLE users ADD COLUMN rank TEXT",
        "DROP INDEX users_registered",
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = replace(sql, \
         'CHECK (version >= 1)', '')",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = -1",
    ] {
        let (_folder, path) = Kit::in_a_file().ended();
        raw(&path).execute_batch(planted).unwrap();
        let error = refused(&path);
        assert!(
            matches!(error, OpenError::Damaged(_)),
            "{planted}: {error:?}"
        );
    }
}

#[test]
fn a_database_that_another_program_holds_is_locked() {
    let (_folder, path) = Kit::in_a_file().ended();
    let holder = raw(&path);
    holder
        .execute_batch(
            "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; \
             INSERT INTO settings (name, value) VALUES ('a', 'b'); COMMIT;",
        )
        .unwrap();
    assert!(matches!(refused(&path), OpenError::Locked));
    drop(holder);
    assert!(SqliteStore::open(&path, key(), Some(seal())).is_ok());
}

#[tokio::test]
async fn a_disabled_account_goes_no_further() {
    let kit = Kit::in_a_file();
    let alice = kit.registered("alice", ALICE).await;
    kit.try_code(alice).await;
    raw(&kit.path())
        .execute_batch("UPDATE users SET state = 'disabled'")
        .unwrap();
    crate::contract::assert_closed(&kit, alice).await;
    assert_eq!(kit.begin(alice).await.0, Err(Closed::AccountChanged));
    let account = kit.try_password(name("alice")).await.account;
    assert_eq!(account.unwrap().state, AccountState::Disabled);
}

/// Somebody has the folder, the log and the index of the log, but no key.
#[tokio::test]
async fn without_the_key_the_files_tell_nothing() {
    let kit = Kit::in_a_file();
    let alice = kit.registered("alice.canary", ALICE).await;
    let typed = "correct horse battery staple";
    kit.record(Who::UnknownName(typed.to_owned()), Act::SignInRefused, None)
        .await;
    kit.try_password(name("nobody.canary")).await;
    let sid = kit.sent(alice).await;
    kit.signed_in(alice, Clearance::Unchanged).await;
    kit.store
        .keep_setting("cost", "setting-canary".to_owned())
        .await
        .unwrap();
    let path = kit.path();
    let canaries = [
        "canary",
        "447700900101",
        "argon2id",
        typed,
        sid.as_str(),
        "CREATE TABLE",
        "7F3K",
        "registered",
        "SQLite",
    ];
    let scan = |when: &str| {
        let mut bytes = 0;
        for file in fs::read_dir(path.parent().unwrap()).unwrap() {
            let content = fs::read(file.unwrap().path()).unwrap();
            for canary in canaries {
                let found = content
                    .windows(canary.len())
                    .any(|seen| seen == canary.as_bytes());
                assert!(!found, "{canary} {when}");
            }
            bytes += content.len();
        }
        assert!(bytes > 4096, "there was something to scan");
    };
    scan("while it is open");
    let (_folder, path) = kit.ended();
    let closed = fs::read(&path).unwrap();
    assert!(!closed.is_empty());
    scan("after it was closed");
}

/// Somebody has the key too: what was typed as a name is in no row, and numbers outlive people
/// only as keyed hashes.
#[tokio::test]
async fn what_was_typed_as_a_name_is_nowhere_in_clear() {
    let kit = Kit::in_a_file();
    let alice = kit.registered("alice", ALICE).await;
    let typed = "correct horse battery staple";
    kit.try_password(simgate_store::NameTried::Unreadable(typed.to_owned()))
        .await;
    kit.try_password(name("hunter2.canary")).await;
    kit.record(Who::UnknownName(typed.to_owned()), Act::SignInRefused, None)
        .await;
    kit.record(
        Who::UnknownName("Hunter2.Canary".to_owned()),
        Act::SignInRefused,
        None,
    )
    .await;
    kit.sent(alice).await;
    let (_folder, path) = kit.ended();
    let seen = raw(&path);
    let plain = path.with_file_name("plain.db");
    seen.execute(
        "ATTACH DATABASE ?1 AS plain KEY ''",
        [plain.to_str().unwrap()],
    )
    .unwrap();
    seen.query_row("SELECT sqlcipher_export('plain')", (), |_| Ok(()))
        .unwrap();
    seen.execute_batch("DETACH DATABASE plain").unwrap();
    let content = fs::read(&plain).unwrap();
    let count = |text: &str| {
        let windows = content.windows(text.len());
        windows.filter(|seen| *seen == text.as_bytes()).count()
    };
    assert!(count("CREATE TABLE") > 0, "this copy is in clear");
    assert_eq!(count("horse"), 0);
    assert_eq!(count("unter2"), 0);
    assert_eq!(count("7700900101"), 1, "in the person's own row alone");

    // An admin who knows the name finds what was tried against it.
    let names: u32 = seen
        .query_row(
            "SELECT count(*) FROM record JOIN name_tries ON name_tries.name = record.name_hash",
            (),
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(
        names, 2,
        "one name is one hash, in the record and in the count"
    );
}

#[tokio::test]
async fn the_same_name_has_another_hash_in_another_database() {
    let hash = async || {
        let kit = Kit::in_a_file();
        kit.try_password(name("nobody")).await;
        let (_folder, path) = kit.ended();
        let hash = raw(&path).query_row("SELECT name FROM name_tries", (), |row| row.get(0));
        hash.unwrap()
    };
    let (one, other): ([u8; 32], [u8; 32]) = (hash().await, hash().await);
    assert_ne!(one, other);
}

/// The power fails: what was answered is in the files as they are at that moment.
#[tokio::test]
async fn what_was_answered_is_on_the_disk() {
    let kit = Kit::in_a_file();
    let alice = kit.registered("alice", ALICE).await;
    kit.sent(alice).await;
    for _ in 0..5 {
        kit.try_password(name("bob")).await;
    }
    let copy = TempDir::new().unwrap();
    let path = copy.path().join("simgate.db");
    fs::copy(kit.path(), &path).unwrap();
    let log = |path: &Path| path.with_extension("db-wal");
    fs::copy(log(&kit.path()), log(&path)).unwrap();
    drop(kit);

    let after = Kit::on(&path);
    assert!(after.try_password(name("bob")).await.locked.is_some());
    assert_eq!(after.store.pending().await.unwrap().len(), 1);
    assert_eq!(after.found().await.len(), 2);
    after.registered("bob", BOB).await;
    assert_eq!(
        after.found().await[0].0,
        3,
        "the record goes on without a gap"
    );
    let alice = after.back(alice).await;
    after.signed_in(alice, Clearance::Unchanged).await;
}

/// One program has one database; a test has many, and none may disturb another.
#[test]
fn many_databases_are_made_and_kept_open_at_once() {
    let make = || {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data").join("simgate.db");
        fs::create_dir(folder.path().join("data")).unwrap();
        drop(SqliteStore::create(&path, key(), seal_key()).unwrap());
        let store = SqliteStore::open(&path, key(), Some(seal())).unwrap();
        (store, folder)
    };
    let threads: Vec<_> = (0..16)
        .map(|_| std::thread::spawn(move || (0..8).map(|_| make()).collect::<Vec<_>>()))
        .collect();
    for thread in threads {
        thread.join().unwrap();
    }
}

/// BR4, CVE-2023-46249: whoever takes everybody away, by whatever way, opens no first set-up with it.
#[tokio::test]
async fn set_up_does_not_open_again_where_nobody_is_left() {
    let kit = Kit::in_a_file();
    let admin = kit.admin().await;
    let entry = kit.entry(Who::Program, Act::SetUpFinished);
    let finished = kit.store.finish_set_up(admin.acting(), entry).await;
    assert!(finished.unwrap());
    let finished = SetupState::Finished { at: kit.now() };
    let (folder, path) = kit.ended();
    let gone = raw(&path).execute("DELETE FROM users", ()).unwrap();
    assert_eq!(gone, 1, "nobody is left");

    let kit = Kit::back_in(folder);
    assert_eq!(kit.store.setup_state().await.unwrap(), finished);
    let (again, _) = kit.first_admin("admin.two", BOB).await;
    assert_eq!(again, FirstAdmin::NotFirst);
    let entry = kit.entry(Who::Program, Act::FirstAdminWithdrawn);
    assert!(!kit.store.withdraw_first_admin(entry).await.unwrap());
    let people = "SELECT count(*) FROM users";
    let people: u32 = raw(&kit.path())
        .query_row(people, (), |row| row.get(0))
        .unwrap();
    assert_eq!(people, 0);
}
