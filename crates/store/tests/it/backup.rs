//! Making a backup: while the program works, whole or not at all, over nothing.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex, OnceLock, mpsc};

use rusqlite::Connection;
use simgate_domain::RecoveryKey;
use simgate_store::backup::{
    Backup, BackupCopy, BackupError, CopyError, Facts, Label, Progress, Step, Watch,
};
use simgate_store::{Act, DatabaseKey, Head, OpenError, SqliteStore, Store, Who};
use tempfile::TempDir;
use zeroize::Zeroizing;

use crate::kit::{ALICE, Kit, START, key, name, raw, seal, seal_key};

pub fn recovery_key(seed: u8) -> RecoveryKey {
    RecoveryKey::from_random(Zeroizing::new([seed; 32]))
}

pub fn label(head: Head) -> Label {
    Label {
        made_at: START,
        made_by: "0.1.0".to_owned(),
        record_key: seal_key(),
        record_head: head,
    }
}

/// A program at work on a database of some five megabytes.
pub async fn at_work() -> (Kit, PathBuf) {
    let (folder, path) = Kit::in_a_file().ended();
    raw(&path)
        .execute_batch(
            "WITH RECURSIVE n (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < 600)
             INSERT INTO settings (name, value)
             SELECT 'filling ' || n, hex(randomblob(3000)) FROM n",
        )
        .unwrap();
    let kit = Kit::back_in(folder);
    kit.registered("alice.canary", ALICE).await;
    kit.record(Who::Program, Act::Failed, None).await;
    let path = kit.path();
    (kit, path)
}

pub fn make(database: &Path, to: &Path, watch: &Watch) -> Result<Facts, CopyError> {
    make_with(database, to, Head::NONE, watch)
}

pub fn make_with(
    database: &Path,
    to: &Path,
    head: Head,
    watch: &Watch,
) -> Result<Facts, CopyError> {
    let (from, label) = ((database, &key()), label(head));
    let made = BackupCopy::make(from, to, &recovery_key(1), &label, watch)?;
    let facts = made.facts().clone();
    made.name()?;
    Ok(facts)
}

fn files_in(folder: &Path) -> Vec<String> {
    let mut names: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn opened(path: &Path, key: u8) -> Result<Backup, BackupError> {
    Backup::open(path, &recovery_key(key))
}

#[tokio::test]
async fn its_key_opens_it_and_no_other() {
    let (kit, path) = at_work().await;
    let folder = TempDir::new().unwrap();
    let to = folder.path().join("monday.simgate");
    let facts = make(&path, &to, &Watch::default()).unwrap();
    assert_eq!(facts, kit.store.facts().await.unwrap());
    assert_eq!((facts.people, facts.last_entry), (1, Some((2, START))));

    let backup = opened(&to, 1).unwrap();
    assert_eq!(backup.facts(), &facts);
    assert_eq!(backup.bytes(), fs::metadata(&to).unwrap().len());
    assert_eq!(backup.carried().made_at, START);
    assert_eq!(backup.carried().made_by, "0.1.0");
    assert_eq!(backup.carried().record_public, seal_key().public());
    assert_eq!(backup.carried().record_head, Head::NONE);
    drop(backup);

    assert!(matches!(opened(&to, 2), Err(BackupError::OtherKey)));
    for other in [
        SqliteStore::open(&to, key(), Some(seal())),
        SqliteStore::open(&to, DatabaseKey::new([1; 32]), Some(seal())),
    ] {
        assert!(matches!(other, Err(OpenError::OtherKey)));
    }
    let plain = Connection::open(&to).unwrap();
    let read = plain.query_row("SELECT count(*) FROM users", (), |row| row.get::<_, i64>(0));
    assert!(read.is_err(), "nothing is read without a key");
    drop(plain);
    assert_eq!(files_in(folder.path()), ["monday.simgate"], "one file");

    let content = fs::read(&to).unwrap();
    assert_eq!(&content[..8], b"SIMgateB");
    for canary in ["canary", "447700900101", "CREATE TABLE", "SQLite format"] {
        let found = content
            .windows(canary.len())
            .any(|seen| seen == canary.as_bytes());
        assert!(!found, "{canary}");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&to).unwrap().permissions().mode() & 0o7777;
        assert_eq!(mode, 0o600);
    }
}

/// From a disc, or a stick that is write-protected.
#[cfg(unix)]
#[tokio::test]
async fn nothing_is_written_where_it_is_read_from() {
    use std::os::unix::fs::PermissionsExt;

    let (_kit, path) = at_work().await;
    let folder = TempDir::new().unwrap();
    let to = folder.path().join("monday.simgate");
    make(&path, &to, &Watch::default()).unwrap();
    fs::set_permissions(&to, fs::Permissions::from_mode(0o400)).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o500)).unwrap();
    let before = fs::metadata(&to).unwrap().modified().unwrap();
    let backup = opened(&to, 1).unwrap();
    assert_eq!(files_in(folder.path()), ["monday.simgate"]);
    drop(backup);
    assert_eq!(fs::metadata(&to).unwrap().modified().unwrap(), before);
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o700)).unwrap();
}

/// The copying stands still between two steps, and the database is written to all the same.
#[tokio::test]
async fn nobody_waits_for_a_backup() {
    let (kit, path) = at_work().await;
    let folder = TempDir::new().unwrap();
    let to = folder.path().join("monday.simgate");
    let (paused, halts) = mpsc::channel();
    let (go_on, goes_on) = mpsc::channel();
    let goes_on = Mutex::new(goes_on);
    let watch = Watch::new(move |progress| {
        if progress.step == Step::Copying && progress.done < progress.total {
            paused.send(progress).unwrap();
            goes_on.lock().unwrap().recv().unwrap();
        }
    });
    let making = {
        let to = to.clone();
        std::thread::spawn(move || make(&path, &to, &watch).unwrap())
    };
    let mut steps: Vec<Progress> = Vec::new();
    while let Ok(progress) = halts.recv() {
        kit.try_password(name("nobody")).await;
        kit.record(Who::Program, Act::Failed, None).await;
        steps.push(progress);
        go_on.send(()).unwrap();
    }
    let facts = making.join().unwrap();
    assert!(steps.len() > 3, "{} steps", steps.len());
    assert!(
        steps.windows(2).all(|two| two[0].done < two[1].done),
        "it never began anew"
    );
    assert_eq!(
        facts.last_entry,
        Some((2, START)),
        "as it was at the beginning"
    );
    assert_eq!(opened(&to, 1).unwrap().facts(), &facts);
    let now = kit.store.facts().await.unwrap().last_entry.unwrap();
    assert_eq!(
        now.0,
        2 + steps.len() as u64,
        "nothing that was written is lost"
    );
}

#[tokio::test]
async fn one_that_is_canceled_leaves_nothing() {
    let (_kit, path) = at_work().await;
    let folder = TempDir::new().unwrap();
    let to = folder.path().join("monday.simgate");
    for (step, at) in [(Step::Copying, 1), (Step::Copying, 2), (Step::Verifying, 1)] {
        let watch: Arc<OnceLock<Watch>> = Arc::default();
        let seen = Mutex::new(0);
        let this = Arc::downgrade(&watch);
        let canceling = Watch::new(move |progress| {
            let mut seen = seen.lock().unwrap();
            *seen += usize::from(progress.step == step);
            if *seen == at {
                this.upgrade().unwrap().get().unwrap().cancel();
            }
        });
        assert!(watch.set(canceling).is_ok());
        let made = make(&path, &to, watch.get().unwrap());
        assert!(
            matches!(made, Err(CopyError::Canceled)),
            "{step:?}: {made:?}"
        );
        assert!(files_in(folder.path()).is_empty(), "{step:?}");
    }
}

#[tokio::test]
async fn nothing_is_overwritten() {
    let (_kit, path) = at_work().await;
    let folder = TempDir::new().unwrap();
    let to = folder.path().join("monday.simgate");

    fs::write(&to, "somebody's letters").unwrap();
    let made = make(&path, &to, &Watch::default());
    assert!(matches!(made, Err(CopyError::Exists)));
    assert_eq!(fs::read_to_string(&to).unwrap(), "somebody's letters");
    fs::remove_file(&to).unwrap();

    // Until it has its name it has one that nobody can have guessed: whatever lies beside it stays,
    // and is not waited for.
    let beside = folder.path().join("monday.simgate.part");
    fs::write(&beside, [0; 5000]).unwrap();
    make(&path, &to, &Watch::default()).unwrap();
    assert_eq!(fs::read(&beside).unwrap(), [0; 5000]);
    fs::remove_file(&beside).unwrap();
    fs::remove_file(&to).unwrap();

    // Somebody takes the name at the last moment.
    let made = BackupCopy::make(
        (&path, &key()),
        &to,
        &recovery_key(1),
        &label(Head::NONE),
        &Watch::default(),
    );
    fs::write(&to, "somebody's letters").unwrap();
    assert!(matches!(made.unwrap().name(), Err(CopyError::Exists)));
    assert_eq!(fs::read_to_string(&to).unwrap(), "somebody's letters");
    assert_eq!(files_in(folder.path()), ["monday.simgate"]);

    let nowhere = folder.path().join("no such folder/monday.simgate");
    let made = make(&path, &nowhere, &Watch::default());
    assert!(matches!(made, Err(CopyError::Target(_))), "{made:?}");
}

/// Set for the program that has no room.
const ROOM: &str = "SIMGATE_TEST_ROOM";

/// The program that has no room: this test run by the one below, which limits the length of its
/// files. It says what came of it.
#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "the test below speaks to it by this variable"
)]
fn the_program_that_has_no_room() {
    if std::env::var_os(ROOM).is_none() {
        return;
    }
    let made = make(
        Path::new("simgate.db"),
        Path::new("monday.simgate"),
        &Watch::default(),
    );
    let came = match made {
        Ok(_) => "made".to_owned(),
        Err(CopyError::Full | CopyError::Target(_)) => "no room".to_owned(),
        Err(error) => format!("{error:?}"),
    };
    fs::write("came", came).unwrap();
}

/// A disk that is full after that many kibibytes, from too few by far to enough.
#[cfg(unix)]
#[tokio::test]
async fn one_that_finds_no_room_leaves_nothing() {
    let (kit, path) = at_work().await;
    let needed = fs::metadata(&path).unwrap().len() / 1024;
    kit.store.close().await;
    let folder = path.parent().unwrap();
    let mut came = Vec::new();
    for percent in [2, 10, 35, 60, 85, 95, 99, 110] {
        let blocks = needed * percent / 100 * 2;
        let program = std::env::current_exe().unwrap();
        let limited = Command::new("sh")
            .arg("-c")
            .arg(format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\""))
            .arg("sh")
            .arg(program)
            .args(["--exact", "backup::the_program_that_has_no_room"])
            .env(ROOM, "little")
            .current_dir(folder)
            .output()
            .unwrap();
        assert!(limited.status.success(), "{limited:?}");
        let said = fs::read_to_string(folder.join("came")).unwrap();
        fs::remove_file(folder.join("came")).unwrap();
        let left: Vec<_> = files_in(folder)
            .into_iter()
            .filter(|name| !name.starts_with("simgate.db"))
            .collect();
        match said.as_str() {
            "made" => {
                assert_eq!(left, ["monday.simgate"]);
                opened(&folder.join("monday.simgate"), 1).unwrap();
                fs::remove_file(folder.join("monday.simgate")).unwrap();
            }
            "no room" => assert!(left.is_empty(), "{percent} %: {left:?}"),
            other => panic!("{percent} %: {other}"),
        }
        came.push(said);
    }
    assert_eq!(came.first().map(String::as_str), Some("no room"));
    assert_eq!(came.last().map(String::as_str), Some("made"));
}
