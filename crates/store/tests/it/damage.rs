//! Damaged files: refused, never half read, never made anew.

use std::fs;
use std::path::{Path, PathBuf};

use simgate_domain::seat::Clearance;
use simgate_store::{Act, DatabaseKey, OpenError, SqliteStore, Who};
use tempfile::TempDir;

use crate::kit::{ALICE, BOB, Kit, key, name, seal, seal_key};

const PAGE: usize = 4096;

/// A closed database with something in every table, over a few dozen pages.
async fn used() -> (TempDir, PathBuf) {
    let kit = Kit::in_a_file();
    let alice = kit.registered("alice", ALICE).await;
    kit.registered("bob", BOB).await;
    kit.sent(alice).await;
    kit.signed_in(alice, Clearance::Unchanged).await;
    for n in 0..150 {
        kit.try_password(name(&format!("nobody{n}"))).await;
        kit.record(Who::Program, Act::Failed, Some("a_cause_of_some_length"))
            .await;
    }
    kit.ended()
}

/// It is refused for one of the two reasons, and the file is as it was.
fn assert_refused(path: &Path, content: &[u8], what: &str) {
    fs::write(path, content).unwrap();
    match SqliteStore::open(path, key(), Some(seal())) {
        Ok(_) => panic!("{what}: it was opened"),
        Err(OpenError::Damaged(_) | OpenError::OtherKey) => {}
        Err(error) => panic!("{what}: {error:?}"),
    }
    let after = fs::read(path).unwrap();
    assert!(after == content, "{what}: the file was changed");
    for end in ["db-wal", "db-shm"] {
        let _ = fs::remove_file(path.with_extension(end));
    }
}

#[tokio::test]
async fn one_changed_bit_in_any_page_is_found() {
    let (_folder, path) = used().await;
    let good = fs::read(&path).unwrap();
    let pages = good.len() / PAGE;
    assert!(pages > 20, "{pages} pages are a few dozen");
    for page in 0..pages {
        // The content, the random vector and the seal at the end of the page.
        for at in [17 + page, 2000, PAGE - 80, PAGE - 64, PAGE - 17] {
            let mut bad = good.clone();
            bad[page * PAGE + at] ^= 1 << (page % 8);
            assert_refused(&path, &bad, &format!("byte {at} of page {page}"));
        }
    }
    let mut bad = good.clone();
    bad[3] ^= 1;
    fs::write(&path, &bad).unwrap();
    assert!(matches!(
        SqliteStore::open(&path, key(), Some(seal())),
        Err(OpenError::OtherKey)
    ));
    fs::write(&path, &good).unwrap();
    assert!(
        SqliteStore::open(&path, key(), Some(seal())).is_ok(),
        "the good one still opens"
    );
}

#[tokio::test]
async fn pages_lost_zeroed_or_moved_are_found() {
    let (_folder, path) = used().await;
    let good = fs::read(&path).unwrap();
    let pages = good.len() / PAGE;
    for page in 0..pages {
        let (from, to) = (page * PAGE, (page + 1) * PAGE);
        assert_refused(&path, &good[..from], &format!("cut before page {page}"));
        assert_refused(&path, &good[..from + 100], &format!("cut in page {page}"));
        let mut zeroed = good.clone();
        zeroed[from..to].fill(0);
        assert_refused(&path, &zeroed, &format!("page {page} zeroed"));
        let other = (page + 1) % pages * PAGE;
        let mut moved = good.clone();
        moved.copy_within(other..other + PAGE, from);
        assert_refused(&path, &moved, &format!("page {page} is a copy of the next"));
    }
    for length in [0, 1, 15, 16, 17, 512] {
        assert_refused(&path, &good[..length], &format!("{length} bytes"));
    }
}

#[tokio::test]
async fn short_files_are_damaged() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("simgate.db");
    for content in ["", "short"] {
        fs::write(&path, content).unwrap();
        let opened = SqliteStore::open(&path, key(), Some(seal()));
        assert!(matches!(opened, Err(OpenError::Damaged(_))), "{content:?}");
    }
}

/// Such as after a backup was put back and the log of the lost file was left there.
#[tokio::test]
async fn the_log_of_another_database_does_not_overwrite_this_one() {
    let (_folder, path) = used().await;
    let good = fs::read(&path).unwrap();
    let folder = TempDir::new().unwrap();
    let other = folder.path().join("other.db");
    let running = SqliteStore::create(&other, DatabaseKey::new([7; 32]), seal_key()).unwrap();
    let log = fs::read(other.with_extension("db-wal")).unwrap();
    fs::write(path.with_extension("db-wal"), &log).unwrap();
    drop(running);
    assert!(log.len() > 4 * PAGE, "it has pages to overwrite with");

    let refused = SqliteStore::open(&path, key(), Some(seal()));
    assert!(matches!(refused, Err(OpenError::Damaged(_))));
    let after = fs::read(&path).unwrap();
    assert!(after == good, "the file is as it was");
    fs::remove_file(path.with_extension("db-wal")).unwrap();
    assert!(
        SqliteStore::open(&path, key(), Some(seal())).is_ok(),
        "without that log it opens"
    );
}

/// A log that was cut or changed ends where it no longer fits: what came before it holds.
#[tokio::test]
async fn a_torn_log_ends_where_it_no_longer_fits() {
    let kit = Kit::in_a_file();
    kit.registered("alice", ALICE).await;
    let acts = 6;
    for _ in 0..acts {
        kit.record(Who::Program, Act::Failed, None).await;
    }
    let good = fs::read(kit.path()).unwrap();
    let log = fs::read(kit.path().with_extension("db-wal")).unwrap();
    drop(kit);
    let mut seen = Vec::new();
    for cut in (0..log.len()).step_by(log.len() / 19) {
        for torn in [false, true] {
            let folder = TempDir::new().unwrap();
            let path = folder.path().join("simgate.db");
            fs::write(&path, &good).unwrap();
            let mut bad = log.clone();
            if torn {
                bad[cut] ^= 0x10;
            } else {
                bad.truncate(cut);
            }
            fs::write(path.with_extension("db-wal"), &bad).unwrap();
            match SqliteStore::open(&path, key(), Some(seal())) {
                Err(OpenError::Damaged(_)) => seen.push(None),
                Err(error) => panic!("{error:?}"),
                Ok(store) => {
                    drop(store);
                    let found = Kit::on(&path).found().await;
                    let places: Vec<_> = found.iter().map(|entry| entry.0).collect();
                    let last = places.len() as u64;
                    assert_eq!(places, (1..=last).rev().collect::<Vec<_>>(), "a part of it");
                    seen.push(Some(last));
                }
            }
        }
    }
    assert!(
        seen.contains(&Some(acts)),
        "all but the last act survived the last cut"
    );
}
