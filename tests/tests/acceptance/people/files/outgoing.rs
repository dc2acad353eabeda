//! People who go out.

use std::sync::Arc;

use simgate_app::contract::people::PeopleExportView;
use simgate_app::contract::words::{ErrorCode, RoleName};
use simgate_app::people::ExportNumbers;
use simgate_store::Progress;
use simgate_store::watch::When;

use super::{code, expect_file, exported, exports};
use crate::branch::{Branch, minutes};
use crate::people::{MARIAS, NEW, everybody};

#[tokio::test]
async fn people_go_out_masked_unless_their_numbers_are_asked_for() {
    let branch = Branch::with_admin().await;
    branch.add("maria", MARIAS, RoleName::Supervisor).await;
    let view = exported(&branch, everybody(), false).await;
    assert!(
        matches!(view, PeopleExportView::Done { rows: 2, .. }),
        "{view:?}"
    );
    let (masked, text) = expect_file(&view);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(
        lines[0],
        "username,phone,channel,role,state,last_sign_in,registered"
    );
    assert!(
        lines[2].starts_with("maria,..46,sms,supervisor,active,,2026-"),
        "{text}"
    );
    assert!(!text.contains("900146"), "{text}");

    let (whole, text) = expect_file(&exported(&branch, everybody(), true).await);
    assert_ne!(masked, whole, "two files of one second have two names");
    assert!(
        text.contains(&format!("maria,'{MARIAS},")),
        "no cell begins a formula: {text}"
    );
    for cell in text.lines().flat_map(|line| line.split(',')) {
        assert!(
            !cell.starts_with(['=', '+', '-', '@', '\t', '\r']),
            "{cell}"
        );
    }
    assert_eq!(exports(&branch).len(), 2, "and nothing beside them");
    let said = branch.raw();
    let mut said = said
        .prepare("SELECT cause, detail FROM record WHERE act = 'people_exported' ORDER BY seq")
        .expect("the record");
    let said = said
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .expect("entries");
    let said: Vec<(String, String)> = said.map(|entry| entry.expect("an entry")).collect();
    let name = |path: &std::path::Path| {
        let name = path.file_name().expect("a name");
        format!("file {}", name.to_string_lossy())
    };
    let expected = [
        ("masked".to_owned(), name(&masked)),
        ("whole_numbers".to_owned(), name(&whole)),
    ];
    assert_eq!(said, expected);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = |path: &std::path::Path| {
            let found = std::fs::metadata(path).expect("it is there");
            found.permissions().mode() & 0o777
        };
        assert_eq!(mode(&whole), 0o600);
        assert_eq!(mode(whole.parent().expect("a folder")), 0o700);
    }
}

/// SE7: masked numbers are no more than the list shows.
#[tokio::test]
async fn whole_numbers_ask_for_a_fresh_proof() {
    let branch = Branch::with_admin().await;
    branch.wait(minutes(6)).await;
    let refused = branch.app.export_people_whole(everybody()).await;
    assert_eq!(code(refused), ErrorCode::StepUpNeeded);
    assert!(exports(&branch).is_empty());
    expect_file(&exported(&branch, everybody(), false).await);
    branch.prove_anew().await;
    expect_file(&exported(&branch, everybody(), true).await);
}

#[tokio::test]
async fn an_export_that_is_canceled_leaves_nothing() {
    let branch = Branch::with_admin().await;
    let held = branch.watcher.hold(When::Before, "people");
    branch
        .app
        .export_people(everybody())
        .await
        .expect("it begins");
    held.reached().await;
    branch.app.cancel_people_export().await.expect("canceled");
    let now = branch.app.people_work().await.expect("an answer").export;
    let canceling = matches!(&now, PeopleExportView::Writing(running) if running.canceling);
    assert!(canceling, "{now:?}");
    held.go_on();
    let over = branch.people_work().await.export;
    assert_eq!(over, PeopleExportView::Stopped);
    assert!(exports(&branch).is_empty());

    // And one whose session is over.
    let held = branch.watcher.hold(When::Before, "people");
    branch
        .app
        .export_people_whole(everybody())
        .await
        .expect("it begins");
    held.reached().await;
    branch.leave().await;
    branch.wait(minutes(1)).await;
    held.go_on();
    branch.admin_back().await;
    assert_eq!(branch.people_work().await.export, PeopleExportView::Idle);
    assert!(exports(&branch).is_empty());
}

/// AU6
#[tokio::test]
async fn an_export_of_people_that_cannot_be_recorded_is_not_written() {
    let branch = Branch::with_admin().await;
    branch.watcher.fail(When::Before, "record");
    let view = exported(&branch, everybody(), true).await;
    let PeopleExportView::Failed { refusal } = view else {
        panic!("it failed: {view:?}");
    };
    assert_eq!(refusal.code, ErrorCode::Unforeseen);
    assert!(branch.watcher.all_happened());
    assert!(exports(&branch).is_empty());
}

#[tokio::test]
async fn an_export_that_cannot_be_written_is_said_so_and_replaces_nothing() {
    let branch = Branch::with_admin().await;
    std::fs::write(branch.data_folder().join("exports"), "no folder").expect("a file");
    let view = exported(&branch, everybody(), false).await;
    let PeopleExportView::Failed { refusal } = view else {
        panic!("it failed: {view:?}");
    };
    assert_eq!(refusal.code, ErrorCode::FileNotWritten);

    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("people.csv");
    std::fs::write(&path, "somebody's letters").expect("a file");
    let at_the_console = branch.console().await;
    let console = |to: &std::path::Path, progress| {
        let (form, to) = (everybody(), to.to_owned());
        at_the_console.export_people(form, ExportNumbers::Masked, to, progress)
    };
    for to in [&path, &folder.path().join("nowhere").join("people.csv")] {
        let refused = console(to, Arc::default()).await;
        assert_eq!(code(refused), ErrorCode::FileNotWritten);
    }
    let canceled = Arc::new(Progress::default());
    canceled.cancel();
    let given_up = console(&folder.path().join("other.csv"), canceled).await;
    assert_eq!(code(given_up), ErrorCode::Canceled);
    let left = std::fs::read_dir(folder.path()).expect("the folder");
    assert_eq!(left.count(), 1);
    assert_eq!(
        std::fs::read_to_string(&path).expect("a file"),
        "somebody's letters"
    );
}

#[tokio::test]
async fn files_are_for_admins() {
    let branch = Branch::with_admin().await;
    let added = branch.add("maria", NEW, RoleName::Supervisor).await;
    branch.leave().await;
    branch
        .first_sign_in("maria", NEW, added.one_time_password.as_str())
        .await;
    for whole in [false, true] {
        let refused = if whole {
            branch.app.export_people_whole(everybody()).await
        } else {
            branch.app.export_people(everybody()).await
        };
        assert_eq!(code(refused), ErrorCode::NotAllowed);
    }
    let looked = branch.look_at("username,phone,channel,role\n").await;
    assert_eq!(code(looked), ErrorCode::NotAllowed);
    assert!(exports(&branch).is_empty());
}
