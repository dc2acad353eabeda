//! Somebody has the file and its key, and not the seal: whatever they do to the record is found.
//!
//! They have the program too, and so know how entries are hashed and signed.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rusqlite::Connection;
use simgate_record::{Line, SealKey};
use simgate_store::{
    Act, DatabaseKey, Entry, Flaw, Head, OpenError, Progress, Record, Seal, SqliteStore, Store,
    StoreError, Verification, Who,
};
use tempfile::TempDir;

use crate::kit::{ALICE, Kit, key, raw, seal, seal_key};

const FIRST: u64 = 1;
const MIDDLE: u64 = 15;
pub const LAST: u64 = 30;

/// A closed database with thirty entries, and what the keyring knows of it.
pub async fn thirty() -> (TempDir, PathBuf, Head) {
    let kit = Kit::in_a_file();
    let alice = kit.registered("alice", ALICE).await;
    for n in 2..=LAST {
        let who = [
            Who::User(alice.user),
            Who::Program,
            Who::UnknownName("hunter2".to_owned()),
        ];
        let who = who[usize::try_from(n % 3).unwrap()].clone();
        kit.record(who, Act::SignInRefused, Some("wrong_password"))
            .await;
    }
    let head = *kit.store.heads().borrow();
    assert_eq!(head.seq, LAST);
    let (folder, path) = kit.ended();
    (folder, path, head)
}

pub fn knowing(head: Head) -> Seal {
    let key = seal_key();
    Seal { key, head }
}

pub async fn verified(store: &SqliteStore) -> Verification {
    store.verify(Arc::new(Progress::default())).await.unwrap()
}

fn assert_sound(verification: Verification, count: u64) {
    let Verification::Sound { entries, to, .. } = verification else {
        panic!("nobody touched it: {verification:?}");
    };
    assert_eq!((entries, to), (count, count));
}

/// The entries seen as they are.
fn line(connection: &Connection, seq: u64) -> Line {
    let sql = "SELECT * FROM record WHERE seq = ?1";
    connection
        .query_row(sql, [i64::try_from(seq).unwrap()], |row| {
            Ok(Line {
                seq,
                at: row.get("at")?,
                run: row.get("run")?,
                reference: row.get("reference")?,
                who_is: row.get("who_is")?,
                who: row.get("who")?,
                who_name: row.get("who_name")?,
                name_hash: row.get("name_hash")?,
                by_is: row.get("by_is")?,
                by: row.get("by_who")?,
                by_name: row.get("by_name")?,
                sign_in: row.get("sign_in")?,
                act: row.get("act")?,
                result: row.get("result")?,
                cause: row.get("cause")?,
                detail: row.get("detail")?,
                policy: row.get("policy")?,
                check_id: row.get("check_id")?,
                cost: row.get("cost")?,
                currency: row.get("currency")?,
            })
        })
        .unwrap()
}

/// Hashes and signs everything from `from` on anew, with a key of their own.
fn seal_again(connection: &Connection, from: u64) {
    let theirs = SealKey::new(&[66; 32]);
    let last: i64 = connection
        .query_row("SELECT max(seq) FROM record", (), |row| row.get(0))
        .unwrap();
    let before = "SELECT hash FROM record WHERE seq = ?1";
    let mut before = connection
        .query_row(before, [i64::try_from(from - 1).unwrap()], |row| row.get(0))
        .unwrap_or([0; 32]);
    for seq in from..=u64::try_from(last).unwrap() {
        let sealed = line(connection, seq).sealed(&theirs, &before);
        before = sealed.hash;
        let sql = "UPDATE record SET hash = ?2, signature = ?3 WHERE seq = ?1";
        let seq = i64::try_from(seq).unwrap();
        connection
            .execute(sql, (seq, sealed.hash, sealed.signature))
            .unwrap();
    }
}

/// AU2: an edit, a deletion, a swap, an insertion and another format, each at the first entry, in the
/// middle and at the last. The file is edited while the program runs, so that nothing but going through
/// it finds them.
#[tokio::test]
async fn the_first_bad_entry_is_named() {
    let mut found = 0;
    for at in [FIRST, MIDDLE, LAST] {
        // A swap takes the one after it, and the last has none.
        let swapped = at.min(LAST - 1);
        let gap = if at == LAST { Flaw::Head } else { Flaw::Gap };
        let next = at + 1;
        for (what, sql, expected) in [
            (
                "one byte edited",
                format!("UPDATE record SET at = at + 1 WHERE seq = {at}"),
                (at, Flaw::Hash),
            ),
            (
                "one deleted",
                format!("DELETE FROM record WHERE seq = {at}"),
                (at, gap),
            ),
            (
                "two swapped",
                format!(
                    "UPDATE record SET seq = 1000 WHERE seq = {swapped};
                     UPDATE record SET seq = {swapped} WHERE seq = {swapped} + 1;
                     UPDATE record SET seq = {swapped} + 1 WHERE seq = 1000;"
                ),
                (swapped, Flaw::Hash),
            ),
            (
                "one inserted",
                format!(
                    "UPDATE record SET seq = -seq - 1 + 2 * (seq <= {at}) * seq + (seq <= {at});
                     UPDATE record SET seq = abs(seq);
                     INSERT INTO record SELECT {next}, at, run, reference, who_is, who, who_name,
                         name_hash, by_is, by_who, by_name, sign_in, act, result, cause, detail,
                         policy, check_id, cost, currency, format, hash, signature
                         FROM record WHERE seq = {at};"
                ),
                (next, Flaw::Hash),
            ),
            (
                "another format",
                format!("UPDATE record SET format = 2 WHERE seq = {at}"),
                (at, Flaw::Format),
            ),
        ] {
            let (_folder, path, _) = thirty().await;
            let store = SqliteStore::open(&path, key(), Some(seal())).unwrap();
            assert_sound(verified(&store).await, LAST);
            // Places below zero are refused by the table, for everybody who has not switched that off.
            let thief = raw(&path);
            thief
                .execute_batch("PRAGMA ignore_check_constraints = ON")
                .unwrap();
            thief.execute_batch(&sql).unwrap();
            let (seq, flaw) = expected;
            let expected = Verification::Flawed { seq, flaw };
            assert_eq!(verified(&store).await, expected, "{what} at {at}");
            found += 1;
        }
    }
    assert_eq!(found, 15);
}

/// Every column is under the seal: one changed in any of them is found.
#[tokio::test]
async fn no_column_can_be_changed() {
    let (_folder, path, _) = thirty().await;
    let good = fs::read(&path).unwrap();
    for change in [
        "at = at - 1",
        "run = zeroblob(8)",
        "run = NULL",
        "reference = '0000'",
        "who_is = 'program'",
        "who = zeroblob(16)",
        "who_name = 'bob'",
        "name_hash = zeroblob(32)",
        "by_is = 'console'",
        "by_who = NULL",
        "by_name = NULL",
        "sign_in = zeroblob(16)",
        "act = 'signed_in'",
        "result = 'done'",
        "cause = NULL",
        "detail = ''",
        "policy = 0",
        "policy = -1",
        "check_id = ''",
        "cost = 0",
        "currency = 'EUR'",
        "format = -1",
        "format = NULL",
        "hash = zeroblob(32)",
        "signature = zeroblob(64)",
        "signature = NULL",
    ] {
        fs::write(&path, &good).unwrap();
        let store = SqliteStore::open(&path, key(), Some(seal())).unwrap();
        let sql = format!("UPDATE record SET {change} WHERE seq = 6");
        raw(&path).execute_batch(&sql).unwrap();
        let found = matches!(verified(&store).await, Verification::Flawed { seq: 6, .. });
        assert!(found, "{change}");
    }
}

/// AU3: the end cut off by one, by ten and altogether; an older copy put back; an older copy that goes
/// on with entries of their own.
#[tokio::test]
async fn an_end_cut_off_and_an_older_copy_do_not_open() {
    let (_folder, path, head) = thirty().await;
    let good = fs::read(&path).unwrap();
    let cut = |sql: &str| {
        fs::write(&path, &good).unwrap();
        raw(&path).execute_batch(sql).unwrap();
    };
    let mut found = 0;
    let mut assert_older = |what: &str| {
        let before = fs::read(&path).unwrap();
        let opened = SqliteStore::open(&path, key(), Some(knowing(head)));
        assert!(matches!(opened, Err(OpenError::Older)), "{what}");
        assert!(fs::read(&path).unwrap() == before, "{what}: left as it was");
        found += 1;
    };
    cut("DELETE FROM record WHERE seq > 29");
    assert_older("cut by one");
    cut("DELETE FROM record WHERE seq > 20");
    assert_older("cut by ten");
    cut("DELETE FROM record");
    assert_older("cut altogether");

    let (_other_folder, older, older_head) = {
        let kit = Kit::in_a_file();
        kit.record(Who::Program, Act::Failed, None).await;
        let head = *kit.store.heads().borrow();
        let (folder, path) = kit.ended();
        (folder, path, head)
    };
    assert!(SqliteStore::open(&older, key(), Some(knowing(older_head))).is_ok());
    fs::copy(&older, &path).unwrap();
    assert_older("an older copy");

    cut("UPDATE record SET cause = 'all_was_well' WHERE seq > 20");
    seal_again(&raw(&path), 21);
    assert_older("an older copy that goes on");
    assert_eq!(found, 5);

    fs::write(&path, &good).unwrap();
    let store = SqliteStore::open(&path, key(), Some(knowing(head))).unwrap();
    assert_sound(verified(&store).await, LAST);
}

/// AU4: what is newer than the keyring knows must be signed.
#[tokio::test]
async fn an_end_of_their_own_does_not_open() {
    let (_folder, path, head) = thirty().await;
    let good = fs::read(&path).unwrap();
    let kit = Kit::on(&path);
    for _ in 0..3 {
        kit.record(Who::Program, Act::Failed, None).await;
    }
    drop(kit);
    let ahead = fs::read(&path).unwrap();
    let store = SqliteStore::open(&path, key(), Some(knowing(head))).unwrap();
    assert_sound(verified(&store).await, LAST + 3);
    drop(store);
    for change in [
        "UPDATE record SET cause = 'x' WHERE seq = 32",
        "UPDATE record SET signature = NULL WHERE seq = 33",
        "UPDATE record SET hash = NULL, signature = NULL, format = NULL WHERE seq = 33",
        "DELETE FROM record WHERE seq = 32",
    ] {
        fs::write(&path, &ahead).unwrap();
        raw(&path).execute_batch(change).unwrap();
        let opened = SqliteStore::open(&path, key(), Some(knowing(head)));
        assert!(matches!(opened, Err(OpenError::Older)), "{change}");
    }
    fs::write(&path, &ahead).unwrap();
    seal_again(&raw(&path), 31);
    let opened = SqliteStore::open(&path, key(), Some(knowing(head)));
    assert!(matches!(opened, Err(OpenError::Older)), "sealed by them");

    // An entry with no seal is never signed for them.
    fs::write(&path, &good).unwrap();
    let store = SqliteStore::open(&path, key(), Some(knowing(head))).unwrap();
    raw(&path)
        .execute_batch(
            "INSERT INTO record (seq, at, who_is, by_is, act, result)
             VALUES (31, 0, 'program', 'program', 'signed_in', 'done')",
        )
        .unwrap();
    let entry = Entry::new(crate::kit::START, Who::Program, Act::Failed);
    let refused = store.record(entry).await;
    assert!(
        matches!(refused, Err(StoreError::Damaged(_))),
        "{refused:?}"
    );
}

/// The same while the program runs: it knows where the record ends, and adds nothing after another end.
#[tokio::test]
async fn nothing_is_added_after_an_end_that_is_not_ours() {
    for cut in [
        "DELETE FROM record WHERE seq > 29",
        "DELETE FROM record",
        "UPDATE record SET hash = zeroblob(32) WHERE seq = 30",
    ] {
        let (_folder, path, head) = thirty().await;
        let store = SqliteStore::open(&path, key(), Some(knowing(head))).unwrap();
        raw(&path).execute_batch(cut).unwrap();
        let entry = Entry::new(crate::kit::START, Who::Program, Act::Failed);
        let refused = store.record(entry).await;
        assert!(matches!(refused, Err(StoreError::Damaged(_))), "{cut}");
        let flawed = matches!(verified(&store).await, Verification::Flawed { .. });
        assert!(flawed, "{cut}");
    }
}

#[tokio::test]
async fn a_lost_seal_is_told_from_one_that_never_was() {
    let (_folder, path, _) = thirty().await;
    let opened = SqliteStore::open(&path, key(), None);
    assert!(matches!(opened, Err(OpenError::SealLost)));
    let other = Some(Seal {
        key: SealKey::new(&[66; 32]),
        head: Head::NONE,
    });
    let opened = SqliteStore::open(&path, key(), other);
    assert!(matches!(opened, Err(OpenError::SealLost)));
    assert!(SqliteStore::open(&path, key(), Some(seal())).is_ok());
    let missing = SqliteStore::open(Path::new("/nowhere/simgate.db"), key(), None);
    assert!(matches!(missing, Err(OpenError::Missing)));
    let other = SqliteStore::open(&path, DatabaseKey::new([7; 32]), None);
    assert!(matches!(other, Err(OpenError::OtherKey)));
}

/// AU8, in one program: two threads at once, and no gap between their entries.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn entries_of_two_threads_make_one_chain() {
    let kit = Kit::in_a_file();
    let mut tasks = Vec::new();
    for _ in 0..2 {
        let (store, entry) = (Arc::clone(&kit.store), kit.entry(Who::Program, Act::Failed));
        tasks.push(tokio::spawn(async move {
            for _ in 0..250 {
                store.record(entry.clone()).await.unwrap();
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    assert_sound(verified(&kit.store).await, 500);
}

#[tokio::test]
async fn verifying_stops_when_wished_and_shows_how_far_it_is() {
    let (_folder, path, head) = thirty().await;
    let store = SqliteStore::open(&path, key(), Some(knowing(head))).unwrap();
    let progress = Arc::new(Progress::default());
    let verification = store.verify(Arc::clone(&progress)).await.unwrap();
    assert_sound(verification, LAST);
    assert_eq!(progress.seen(), (LAST, LAST));
    progress.cancel();
    let verification = store.verify(progress).await.unwrap();
    assert_eq!(verification, Verification::Canceled);
}
