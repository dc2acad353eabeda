//! People in files: in with a dry run, out with formulas neutralised (AU11).

use std::sync::Arc;

use simgate_app::contract::people::{
    BadRow, ExportForm, ImportColumn, ImportForm, ImportMode, ImportProblem, ImportView,
};
use simgate_app::contract::words::{ErrorCode, Refusal, RoleName};
use simgate_app::people::{CsvBytes, ExportWatch};

use super::{MARIAS, NEW};
use crate::branch::Branch;

const NAMES: &str = "username,phone,channel,role\n";

async fn import(branch: &Branch, text: &str, mode: ImportMode) -> Result<ImportView, Refusal> {
    let form = ImportForm {
        text: text.to_owned(),
        country: "GB".to_owned(),
        mode,
    };
    branch.app.import_people(form).await
}

fn everyone() -> ExportForm {
    ExportForm {
        text: String::new(),
        country: "GB".to_owned(),
        state: None,
        role: None,
    }
}

#[tokio::test]
async fn a_dry_run_names_every_bad_row_and_writes_nothing() {
    let branch = Branch::with_admin().await;
    branch.add("maria", MARIAS, RoleName::Staff).await;
    let text = format!(
        "\u{feff}{}Ana;07700 900150;SMS;staff\nMaría;+447700900152;sms;staff\n\
         adrnin.one;+447700900154;sms;staff\nbob;{MARIAS};sms;staff\n\
         ana;+447700900156;sms;staff\ncarl;07700 900150;sms;staff\nx;1;fax;root\n",
        NAMES.replace(',', ";")
    );
    let bad = |row, column, why| BadRow {
        row,
        column: Some(column),
        why,
    };
    let expected = vec![
        bad(3, ImportColumn::Username, ImportProblem::UsernameTaken),
        bad(4, ImportColumn::Username, ImportProblem::UsernameResembles),
        bad(5, ImportColumn::Phone, ImportProblem::PhoneTaken),
        bad(6, ImportColumn::Username, ImportProblem::UsernameTwice),
        bad(7, ImportColumn::Phone, ImportProblem::PhoneTwice),
        bad(8, ImportColumn::Username, ImportProblem::UsernameTooShort),
    ];
    for mode in [ImportMode::DryRun, ImportMode::All] {
        let view = import(&branch, &text, mode).await.expect("looked at");
        let found = ImportView {
            good: 1,
            bad_count: 6,
            bad: expected.clone(),
            added: 0,
        };
        assert_eq!(view, found, "{mode:?}");
        assert_eq!(branch.find("").await.len(), 2, "{mode:?} writes nothing");
    }
    let view = import(&branch, &text, ImportMode::Good)
        .await
        .expect("taken");
    assert_eq!((view.good, view.bad_count, view.added), (1, 6, 1));
    assert_eq!(branch.find("ana").await[0].username, "ana");
    let again = import(&branch, &text, ImportMode::Good)
        .await
        .expect("looked at");
    assert_eq!((again.good, again.added), (0, 0));
}

#[tokio::test]
async fn the_bad_rows_that_are_named_are_bounded() {
    let branch = Branch::with_admin().await;
    let text = format!("{NAMES}{}", "x,1,fax,root\n".repeat(5_000));
    let view = import(&branch, &text, ImportMode::DryRun)
        .await
        .expect("looked at");
    assert_eq!((view.good, view.bad_count, view.bad.len()), (0, 5_000, 100));
}

#[tokio::test]
async fn a_file_that_is_too_large_or_something_else_is_said_so() {
    let branch = Branch::with_admin().await;
    let huge = "x".repeat(100_000_000);
    let refused = import(&branch, &huge, ImportMode::All)
        .await
        .expect_err("100 MB");
    assert_eq!(refused.code, ErrorCode::FileTooLarge);
    drop(huge);
    let endless = CsvBytes::read(std::io::repeat(b'x')).expect("read so far");
    assert_eq!(
        endless.err().map(|refused| refused.code),
        Some(ErrorCode::FileTooLarge)
    );
    for text in [
        "",
        "{\"client_id\": \"x\"}",
        "username,phone,channel,role,admin\n",
    ] {
        let refused = import(&branch, text, ImportMode::All)
            .await
            .expect_err("no such file");
        assert_eq!(refused.code, ErrorCode::FileColumns, "{text}");
    }
    let bytes = CsvBytes::new(vec![0xff, 0xfe, b'u', 0]).expect("small");
    let console = branch
        .app
        .import_people_at_the_console(bytes, "GB".to_owned(), ImportMode::All);
    assert_eq!(
        console.await.expect_err("UTF-16").code,
        ErrorCode::FileNotText
    );
}

#[tokio::test]
async fn people_go_out_masked_unless_their_numbers_are_asked_for() {
    let branch = Branch::with_admin().await;
    branch.add("maria", MARIAS, RoleName::Supervisor).await;
    let folder = tempfile::tempdir().expect("a folder");
    let masked = folder.path().join("masked.csv");
    let watch = Arc::new(ExportWatch::default());
    let view = branch
        .app
        .export_people(everyone(), masked.clone(), Arc::clone(&watch))
        .await
        .expect("written");
    assert_eq!((view.rows, watch.done()), (2, 2));
    let text = std::fs::read_to_string(&masked).expect("a file");
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

    let whole = folder.path().join("whole.csv");
    let written = branch
        .app
        .export_people_with_numbers(everyone(), whole.clone(), Arc::clone(&watch))
        .await;
    written.expect("written");
    let text = std::fs::read_to_string(&whole).expect("a file");
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
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = std::fs::metadata(&whole)
            .expect("a file")
            .permissions()
            .mode();
        assert_eq!(mode & 0o777, 0o600);
    }
}

#[tokio::test]
async fn an_export_that_is_canceled_or_not_allowed_leaves_nothing() {
    let branch = Branch::with_admin().await;
    let added = branch.add("maria", NEW, RoleName::Supervisor).await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("people.csv");
    let watch = Arc::new(ExportWatch::default());
    watch.cancel();
    let canceled = branch
        .app
        .export_people(everyone(), path.clone(), watch)
        .await;
    assert_eq!(canceled.expect_err("canceled").code, ErrorCode::Canceled);
    let left = || {
        std::fs::read_dir(folder.path())
            .expect("the folder")
            .count()
    };
    assert_eq!(left(), 0);

    std::fs::write(&path, "somebody's letters").expect("a file");
    let watch = Arc::new(ExportWatch::default());
    let exists = branch
        .app
        .export_people(everyone(), path.clone(), Arc::clone(&watch))
        .await;
    assert_eq!(
        exists.expect_err("there is one").code,
        ErrorCode::FileNotWritten
    );
    assert_eq!(
        std::fs::read_to_string(&path).expect("a file"),
        "somebody's letters"
    );
    let nowhere = folder.path().join("nowhere").join("people.csv");
    let nowhere = branch
        .app
        .export_people(everyone(), nowhere, Arc::clone(&watch))
        .await;
    assert_eq!(
        nowhere.expect_err("no folder").code,
        ErrorCode::FileNotWritten
    );

    branch.leave().await;
    branch
        .first_sign_in("maria", NEW, added.one_time_password.as_str())
        .await;
    let other = folder.path().join("other.csv");
    let refused = branch
        .app
        .export_people_with_numbers(everyone(), other, watch)
        .await;
    assert_eq!(
        refused.expect_err("a supervisor").code,
        ErrorCode::NotAllowed
    );
    assert_eq!(left(), 1);
}

/// What goes out with whole numbers comes in again, but for the columns that nobody sets.
#[tokio::test]
async fn what_went_out_comes_in() {
    let branch = Branch::with_admin().await;
    branch.add("maria", MARIAS, RoleName::Supervisor).await;
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("people.csv");
    let watch = Arc::new(ExportWatch::default());
    let written = branch
        .app
        .export_people_with_numbers(everyone(), path.clone(), watch)
        .await;
    written.expect("written");
    let text = std::fs::read_to_string(&path).expect("a file");
    let cut = text
        .lines()
        .map(|line| line.splitn(5, ',').take(4).collect::<Vec<_>>().join(","));
    let cut = cut.collect::<Vec<_>>().join("\n");
    let other = Branch::with_admin().await;
    let view = import(&other, &cut, ImportMode::Good).await.expect("taken");
    assert_eq!(
        (view.added, view.bad_count),
        (1, 1),
        "the admin is there: {view:?}"
    );
    let maria = other.person_called("maria").await.row;
    assert_eq!(
        (maria.role, maria.number_ending.as_str()),
        (RoleName::Supervisor, "46")
    );
}
