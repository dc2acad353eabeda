//! A disk with no room left: a backup and a restore say so, leave nothing half done, and what was there
//! works on.
//!
//! The disk is a real one of some mebibytes: memory that Linux mounts for a program in a namespace of
//! its own. Where the system forbids that, the test says so and looks at nothing.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use simgate_app::contract::view::View;
use simgate_app::contract::words::{ErrorCode, Field, RoleName};

use crate::branch::{Branch, expect_counter, minutes};
use crate::people::MARIAS;

/// Set, to a folder with the small disk in it, for the program that works on it.
const BASE: &str = "SIMGATE_TEST_SMALL_DISK";

/// Mounts the disk on its first argument and runs the others.
const MOUNTED: &str = r#"mount -t tmpfs -o size=12m none "$1" && shift && exec "$@""#;

fn on_a_small_disk(disk: &Path, program: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("unshare");
    command
        .args(["--user", "--map-root-user", "--mount", "sh", "-c", MOUNTED])
        .arg("sh")
        .args([disk, program])
        .args(arguments);
    command
}

#[test]
fn a_backup_and_a_restore_that_find_no_room_leave_everything_as_it_was() {
    let base = tempfile::tempdir().expect("a folder");
    let disk = base.path().join("disk");
    fs::create_dir(&disk).expect("a folder");
    let possible = on_a_small_disk(&disk, "true".as_ref(), &[]).output();
    if !possible.is_ok_and(|tried| tried.status.success()) {
        eprintln!("no small disk can be mounted here");
        return;
    }
    let program = std::env::current_exe().expect("this test");
    let name = "recovery::full_disk::the_program_on_a_small_disk";
    let mut ran = on_a_small_disk(&disk, &program, &["--exact", name, "--nocapture"]);
    let ran = ran.env(BASE, base.path()).output().expect("it began");
    assert!(ran.status.success(), "{ran:?}");
    assert!(base.path().join("came to its end").exists(), "{ran:?}");
}

/// The program that works on the small disk: this test run by the one above.
#[tokio::test]
#[expect(
    clippy::disallowed_methods,
    reason = "the test above speaks to it by this variable"
)]
async fn the_program_on_a_small_disk() {
    let Some(base) = std::env::var_os(BASE).map(PathBuf::from) else {
        return;
    };
    let (disk, monday) = (base.join("disk"), base.join("monday.backup"));
    let folder = disk.join("data");
    let branch = Branch::new_machine(&folder).await;
    let kit = branch.kit_made().await;
    branch.app.finish_set_up().await.expect("finished");
    let key = kit.recovery_key.as_str();
    branch.back_up(Some(&monday)).await.expect("there is room");
    branch.add("maria", MARIAS, RoleName::Staff).await;
    let confirm = branch.inspect(&monday, key).await.expect("whole").confirm;
    let tuesday = disk.join("tuesday.backup");
    let size = fs::metadata(&monday).expect("the backup").len();
    let names = || [files_in(&disk), files_in(&folder)];
    let before = names();

    for room in [0, 16 * 1024, size / 2, size - 8192] {
        let filling = fill(&disk, room);
        let refused = branch.back_up(Some(&tuesday)).await.expect_err("no room");
        let said = (refused.code, refused.field);
        assert_eq!(said, (ErrorCode::BackupNoRoom, Some(Field::Path)), "{room}");
        let refused = branch.restore(&monday, key, &confirm).await;
        let refused = refused.expect_err("no room");
        assert_eq!(refused.code, ErrorCode::RestoreNoRoom, "{room}");
        expect_counter(branch.view().await);
        fs::remove_file(filling).expect("room again");
        assert_eq!(names(), before, "{room}: nothing is left");
    }

    assert_eq!(branch.find("maria").await.len(), 1);
    branch.back_up(Some(&tuesday)).await.expect("there is room");
    let done = branch.restore(&monday, key, &confirm).await;
    done.expect("there is room");
    assert!(matches!(branch.view().await, View::SignIn { .. }));
    branch.wait(minutes(10)).await;
    branch.admin_back().await;
    assert!(
        branch.find("maria").await.is_empty(),
        "as old as the backup"
    );
    fs::write(base.join("came to its end"), "").expect("a file");
}

/// Fills the disk but for so many bytes, with a file of this name.
fn fill(disk: &Path, room: u64) -> PathBuf {
    let path = disk.join("filling");
    let mut file = fs::File::create(&path).expect("a file");
    let block = [0; 4096];
    while file.write_all(&block).is_ok() {}
    let length = file.metadata().expect("a file").len();
    file.set_len(length.saturating_sub(room)).expect("room");
    path
}

fn files_in(folder: &Path) -> Vec<String> {
    let files = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<_> = files
        .map(|file| file.expect("a file").file_name().into_string())
        .map(|name| name.expect("text"))
        .collect();
    names.sort();
    names
}
