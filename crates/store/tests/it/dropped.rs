//! Somebody drops the oldest entries, as only the owner of the seal may: what the seal did not sign as
//! dropped is missed.

use rusqlite::Connection;
use simgate_record::SealKey;
use simgate_store::{
    Act, Entry, Flaw, Head, OpenError, Record, Retention, SqliteStore, Verification, Who,
};

use crate::kit::{Kit, days, key, raw, seal};
use crate::seal::{LAST, knowing, thirty, verified};

/// The entry `seq`, to claim that it was the last to be dropped.
fn head(connection: &Connection, seq: u64) -> Head {
    let sql = "SELECT hash FROM record WHERE seq = ?1";
    let place = [i64::try_from(seq).unwrap()];
    let hash = connection.query_row(sql, place, |row| row.get(0)).unwrap();
    Head { seq, hash }
}

/// Claims so under a signature, and drops everything up to there.
fn drop_up_to(connection: &Connection, last: Head, signature: [u8; 64]) {
    let place = i64::try_from(last.seq).unwrap();
    let anchor = "INSERT OR REPLACE INTO record_anchor (id, seq, hash, signature) \
                  VALUES (1, ?1, ?2, ?3)";
    connection
        .execute(anchor, (place, last.hash, signature))
        .unwrap();
    let entries = "DELETE FROM record WHERE seq <= ?1";
    connection.execute(entries, [place]).unwrap();
}

/// AU2, AU9: a beginning that is gone and that nobody signed for is a gap, from the first entry on.
#[tokio::test]
async fn a_beginning_dropped_without_a_word_is_found() {
    let (_folder, path, known) = thirty().await;
    let store = SqliteStore::open(&path, key(), Some(knowing(known))).unwrap();
    raw(&path)
        .execute_batch("DELETE FROM record WHERE seq <= 10")
        .unwrap();
    let gap = Verification::Flawed {
        seq: 1,
        flaw: Flaw::Gap,
    };
    assert_eq!(verified(&store).await, gap);
}

/// AU4: whoever signs for it with another key is found while the program runs, and their file does
/// not open.
#[tokio::test]
async fn a_beginning_dropped_under_another_signature_is_found() {
    let (_folder, path, known) = thirty().await;
    let store = SqliteStore::open(&path, key(), Some(knowing(known))).unwrap();
    let thief = raw(&path);
    let last = head(&thief, 10);
    drop_up_to(&thief, last, SealKey::new(&[66; 32]).sign_dropped(last));
    drop(thief);
    let unsigned = Verification::Flawed {
        seq: 1,
        flaw: Flaw::Head,
    };
    assert_eq!(verified(&store).await, unsigned);
    drop(store);
    let opened = SqliteStore::open(&path, key(), Some(knowing(known)));
    assert!(matches!(opened, Err(OpenError::Older)));
}

/// What was signed once holds for that entry: it covers no entry more.
#[tokio::test]
async fn a_signature_for_less_covers_no_more() {
    let (_folder, path, _) = thirty().await;
    let kit = Kit::on(&path);
    kit.pass(days(91));
    let entry = Entry::new(kit.now(), Who::Program, Act::RecordPruned);
    let keep = Retention::days(90).unwrap();
    let pruned = kit.store.prune_record(keep, kit.now(), entry).await;
    assert_eq!(pruned.unwrap().last, LAST);
    for _ in 0..10 {
        kit.record(Who::Program, Act::Failed, None).await;
    }
    drop(kit);

    let thief = raw(&path);
    let sql = "SELECT signature FROM record_anchor";
    let signature = thief.query_row(sql, (), |row| row.get(0)).unwrap();
    // Among these is the entry that tells of the first dropping.
    drop_up_to(&thief, head(&thief, LAST + 5), signature);
    drop(thief);
    let opened = SqliteStore::open(&path, key(), Some(seal()));
    assert!(matches!(opened, Err(OpenError::Older)));
}
