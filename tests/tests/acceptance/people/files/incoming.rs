//! People who come in (IM1).

use std::sync::Arc;

use simgate_app::contract::people::{
    BadRow, BeginImportForm, ImportColumn, ImportMode, ImportPartForm, ImportProblem,
    ImportWorkView,
};
use simgate_app::contract::words::{ErrorCode, Refusal, RoleName};
use simgate_app::people::CsvBytes;
use simgate_store::watch::When;

use super::{NAMES, code};
use crate::branch::{Branch, minutes};
use crate::people::{MARIAS, NEW};

async fn begin(branch: &Branch, bytes: u64) -> Result<(), Refusal> {
    let form = BeginImportForm {
        bytes,
        country: "GB".to_owned(),
    };
    branch.app.begin_import(form).await
}

async fn add(branch: &Branch, at: u64, text: &str) -> Result<(), Refusal> {
    let text = text.to_owned();
    branch.app.add_to_import(ImportPartForm { at, text }).await
}

fn two_people() -> String {
    format!("{NAMES}ana,+447700900150,sms,staff\nbob,+447700900152,voice,supervisor\n")
}

/// A branch in which a file of two people was looked at, and nothing was taken in.
async fn with_two_looked_at() -> Branch {
    let branch = Branch::with_admin().await;
    let looked = branch.look_at(&two_people()).await.expect("looked at");
    let expected = ImportWorkView::Checked {
        good: 2,
        bad_count: 0,
        bad: vec![],
    };
    assert_eq!(looked, expected);
    branch
}

#[tokio::test]
async fn a_look_names_every_bad_row_and_writes_nothing() {
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
    let found = ImportWorkView::Checked {
        good: 1,
        bad_count: 6,
        bad: vec![
            bad(3, ImportColumn::Username, ImportProblem::UsernameTaken),
            bad(4, ImportColumn::Username, ImportProblem::UsernameResembles),
            bad(5, ImportColumn::Phone, ImportProblem::PhoneTaken),
            bad(6, ImportColumn::Username, ImportProblem::UsernameTwice),
            bad(7, ImportColumn::Phone, ImportProblem::PhoneTwice),
            bad(8, ImportColumn::Username, ImportProblem::UsernameTooShort),
        ],
    };
    assert_eq!(branch.look_at(&text).await.expect("looked at"), found);
    assert_eq!(branch.find("").await.len(), 2, "nothing is written");
    let all = branch.app.import_people(false).await;
    assert_eq!(code(all), ErrorCode::BadRequest, "some of them are bad");
    assert_eq!(branch.people_work().await.import, found);
    assert_eq!(branch.find("").await.len(), 2);

    branch.app.import_people(true).await.expect("it begins");
    let done = ImportWorkView::Done { added: 1 };
    assert_eq!(branch.people_work().await.import, done);
    assert_eq!(branch.find("ana").await[0].username, "ana");
    let twice = branch.app.import_people(true).await;
    assert_eq!(code(twice), ErrorCode::NotNow, "it is done");
    let again = branch.look_at(&text).await.expect("looked at");
    let nobody = matches!(
        again,
        ImportWorkView::Checked {
            good: 0,
            bad_count: 7,
            ..
        }
    );
    assert!(nobody, "{again:?}");
    let none = branch.app.import_people(true).await;
    assert_eq!(code(none), ErrorCode::BadRequest);
}

#[tokio::test]
async fn the_bad_rows_that_are_named_are_bounded() {
    let branch = Branch::with_admin().await;
    let text = format!("{NAMES}{}", "x,1,fax,root\n".repeat(5_000));
    let looked = branch.look_at(&text).await.expect("looked at");
    let ImportWorkView::Checked {
        good,
        bad_count,
        bad,
    } = looked
    else {
        panic!("it was looked at: {looked:?}");
    };
    assert_eq!((good, bad_count, bad.len()), (0, 5_000, 1_000));
}

/// A file of 100 MB is refused by its size, before a byte of it is here.
#[tokio::test]
async fn a_file_that_is_too_large_or_something_else_is_said_so() {
    let branch = Branch::with_admin().await;
    for bytes in [5_000_001, 100_000_000, u64::MAX] {
        assert_eq!(code(begin(&branch, bytes).await), ErrorCode::FileTooLarge);
        let part = add(&branch, 0, "x").await;
        assert_eq!(code(part), ErrorCode::NotNow, "nothing was begun");
    }
    begin(&branch, 5_000_000).await.expect("that is the most");
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
        let looked = branch.look_at(text).await.expect("looked at");
        let ImportWorkView::Failed { refusal } = looked else {
            panic!("{text} is no such file: {looked:?}");
        };
        assert_eq!(refusal.code, ErrorCode::FileColumns, "{text}");
    }
    let bytes = CsvBytes::new(vec![0xff, 0xfe, b'u', 0]).expect("small");
    let console = branch.console().await;
    let refused = console.import_people(bytes, "GB".to_owned(), ImportMode::All, Arc::default());
    assert_eq!(code(refused.await), ErrorCode::FileNotText);
}

#[tokio::test]
async fn parts_come_one_after_the_other_and_are_all_there_or_none_counts() {
    let branch = Branch::with_admin().await;
    let text = two_people();
    let (whole, half) = (text.len() as u64, text.len() / 2);
    let next = half as u64;
    let (first, second) = text.split_at(half);

    begin(&branch, whole).await.expect("begun");
    add(&branch, 0, first).await.expect("the first");
    assert_eq!(code(branch.app.check_import().await), ErrorCode::BadRequest);
    let late = add(&branch, next, second).await;
    assert_eq!(code(late), ErrorCode::NotNow, "it is forgotten");

    // Not the next one, too large for a part, and more than was announced.
    let large = "x".repeat(64_001);
    for (announced, at, part) in [
        (whole, 0, first),
        (whole, next + 1, second),
        (1_000_000, next, large.as_str()),
        (whole - 1, next, second),
    ] {
        begin(&branch, announced).await.expect("begun");
        add(&branch, 0, first).await.expect("the first");
        let refused = add(&branch, at, part).await;
        assert_eq!(code(refused), ErrorCode::BadRequest);
        let late = add(&branch, next, second).await;
        assert_eq!(code(late), ErrorCode::NotNow, "it is forgotten");
    }

    begin(&branch, whole).await.expect("begun");
    add(&branch, 0, first).await.expect("the first");
    add(&branch, next, second).await.expect("the second");
    branch.app.check_import().await.expect("all of it is there");
    let looked = branch.people_work().await.import;
    assert!(
        matches!(looked, ImportWorkView::Checked { good: 2, .. }),
        "{looked:?}"
    );
}

/// SE7
#[tokio::test]
async fn an_import_asks_for_a_fresh_proof_and_goes_on_after_it() {
    let branch = with_two_looked_at().await;
    branch.wait(minutes(6)).await;
    let refused = branch.app.import_people(false).await;
    assert_eq!(code(refused), ErrorCode::StepUpNeeded);
    assert_eq!(branch.find("").await.len(), 1);
    branch.prove_anew().await;
    branch.app.tick().await;
    branch.app.import_people(false).await.expect("it begins");
    let done = ImportWorkView::Done { added: 2 };
    assert_eq!(branch.people_work().await.import, done);
}

#[tokio::test]
async fn another_sessions_file_is_not_seen() {
    let branch = with_two_looked_at().await;
    branch.leave().await;
    branch.wait(minutes(1)).await;
    branch.admin_back().await;
    assert_eq!(branch.people_work().await.import, ImportWorkView::Idle);
    let refused = branch.app.import_people(false).await;
    assert_eq!(code(refused), ErrorCode::NotNow);

    begin(&branch, 10).await.expect("begun");
    branch.leave().await;
    branch.wait(minutes(1)).await;
    branch.admin_back().await;
    let part = add(&branch, 0, "0123456789").await;
    assert_eq!(code(part), ErrorCode::NotNow);
    assert_eq!(code(branch.app.check_import().await), ErrorCode::NotNow);
}

#[tokio::test]
async fn canceling_at_any_step_adds_nobody() {
    let branch = with_two_looked_at().await;
    branch.app.cancel_import().await.expect("given up");
    assert_eq!(branch.people_work().await.import, ImportWorkView::Idle);
    let refused = branch.app.import_people(false).await;
    assert_eq!(code(refused), ErrorCode::NotNow, "it is forgotten");

    begin(&branch, 100).await.expect("begun");
    branch.app.cancel_import().await.expect("given up");
    assert_eq!(code(add(&branch, 0, NAMES).await), ErrorCode::NotNow);

    // While it is looked at; another is not begun meanwhile.
    let held = branch.watcher.hold(When::Before, "taken");
    branch.hand_over(&two_people()).await.expect("all of it");
    branch.app.check_import().await.expect("it begins");
    held.reached().await;
    assert_eq!(code(begin(&branch, 10).await), ErrorCode::NotNow);
    branch.app.cancel_import().await.expect("canceled");
    let now = branch.app.people_work().await.expect("an answer").import;
    let canceling = matches!(&now, ImportWorkView::Checking(running) if running.canceling);
    assert!(canceling, "{now:?}");
    held.go_on();
    // The last batch was being looked at: either is true, and nothing is written.
    let looked = branch.people_work().await.import;
    let over = matches!(
        looked,
        ImportWorkView::Stopped | ImportWorkView::Checked { .. }
    );
    assert!(over, "{looked:?}");

    // While the people are added.
    branch.look_at(&two_people()).await.expect("looked at");
    let held = branch.watcher.hold(When::Before, "import_people");
    branch.app.import_people(false).await.expect("it begins");
    held.reached().await;
    branch.app.cancel_import().await.expect("canceled");
    held.go_on();
    let stopped = branch.people_work().await.import;
    assert_eq!(stopped, ImportWorkView::Stopped);
    assert_eq!(branch.find("").await.len(), 1);
}

#[tokio::test]
async fn an_import_ends_with_its_session() {
    let branch = with_two_looked_at().await;
    let held = branch.watcher.hold(When::Before, "import_people");
    branch.app.import_people(false).await.expect("it begins");
    held.reached().await;
    branch.leave().await;
    branch.wait(minutes(1)).await;
    held.go_on();
    branch.admin_back().await;
    assert_eq!(branch.people_work().await.import, ImportWorkView::Idle);
    assert_eq!(branch.find("").await.len(), 1, "nobody was added");
}

/// What was seen is what is taken: who came in between keeps the others out, and is named.
#[tokio::test]
async fn who_came_in_between_is_named_and_nobody_is_added() {
    let branch = with_two_looked_at().await;
    let held = branch.watcher.hold(When::Before, "import_people");
    branch.app.import_people(false).await.expect("it begins");
    held.reached().await;
    branch.add("ana", NEW, RoleName::Staff).await;
    held.go_on();
    let collided = ImportWorkView::Checked {
        good: 1,
        bad_count: 1,
        bad: vec![BadRow {
            row: 2,
            column: Some(ImportColumn::Username),
            why: ImportProblem::UsernameTaken,
        }],
    };
    assert_eq!(branch.people_work().await.import, collided);
    assert_eq!(branch.find("").await.len(), 2);
    branch.app.import_people(true).await.expect("the other one");
    let done = ImportWorkView::Done { added: 1 };
    assert_eq!(branch.people_work().await.import, done);
    assert_eq!(branch.find("bob").await[0].role, RoleName::Supervisor);
}

/// A full disk: it is said, and nothing is half done.
#[tokio::test]
async fn an_import_that_cannot_be_written_adds_nobody() {
    let branch = with_two_looked_at().await;
    branch.watcher.fail(When::Before, "import_people");
    branch.app.import_people(false).await.expect("it begins");
    let failed = branch.people_work().await.import;
    let ImportWorkView::Failed { refusal } = failed else {
        panic!("it failed: {failed:?}");
    };
    assert_eq!(refusal.code, ErrorCode::Unforeseen);
    assert!(refusal.reference.is_some());
    assert_eq!(branch.find("").await.len(), 1);
}
