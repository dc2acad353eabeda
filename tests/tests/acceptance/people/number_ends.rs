//! The ends of changes of a number that came to nothing: each is on record, and nothing is under way.

use simgate_app::contract::words::{ErrorCode, Field, RoleName};
use simgate_rehearsal::Call;
use simgate_rehearsal::faults::Fault;
use simgate_store::watch::When;

use super::NEW;
use super::numbers::{change, expect_waiting, type_code, with_maria};
use crate::branch::{Branch, minutes, seconds};

/// Nobody's change is under way, and that the last one came to nothing is on record with its cause.
fn expect_ended(branch: &Branch, begun: usize, causes: &[&str]) {
    assert_eq!(branch.acts("number_change_begun").len(), begun);
    assert_eq!(branch.acts("number_not_changed"), causes);
    let sql = "SELECT count(*) FROM number_changes";
    let under_way: u32 = branch
        .raw()
        .query_row(sql, [], |row| row.get(0))
        .expect("the table of changes");
    assert_eq!(under_way, 0, "the new number is kept no longer");
}

#[tokio::test]
async fn a_change_whose_session_ends_while_the_operator_is_asked_has_its_end_on_record() {
    let branch = with_maria().await;
    let slow = Fault {
        delay_ms: 500,
        ..Fault::on(Call::SimCheck)
    };
    branch.vendors.set_fault(slow).await.expect("a fault");
    // The operator answers before the second is over in which what is orphaned is looked for.
    let (step, ()) = tokio::join!(change(&branch, NEW), async {
        branch.asked(Call::SimCheck, 1).await;
        branch.leave().await;
    });
    assert_eq!(step.expect_err("over").code, ErrorCode::NotNow);
    assert_eq!(branch.sends(), 0);
    expect_ended(&branch, 1, &["session_over"]);
    branch.wait(seconds(1)).await;
    expect_ended(&branch, 1, &["session_over"]);
}

#[tokio::test]
async fn a_change_that_fails_has_its_end_on_record() {
    let branch = with_maria().await;
    branch.watcher.fail(When::Before, "note_sent");
    let failed = change(&branch, NEW).await.expect_err("the database failed");
    assert_eq!(failed.code, ErrorCode::Unforeseen);
    expect_ended(&branch, 1, &["unforeseen"]);
    let reference = failed.reference.expect("to ask an admin with");
    let cause = branch.cause_of(&reference).await;
    assert_eq!(cause.as_deref(), Some("unforeseen"), "found by it");

    branch.wait(minutes(2)).await;
    expect_waiting(&change(&branch, NEW).await);
    branch.watcher.fail(When::Before, "finish_number_change");
    let failed = type_code(&branch.app, &branch.newest_code(NEW)).await;
    assert_eq!(failed.expect_err("the same").code, ErrorCode::Unforeseen);
    expect_ended(&branch, 2, &["unforeseen", "unforeseen"]);
}

/// Somebody else got the number while its code was on the way.
#[tokio::test]
async fn a_change_that_comes_too_late_has_its_end_on_record() {
    let branch = with_maria().await;
    expect_waiting(&change(&branch, NEW).await);
    branch.add("marta", NEW, RoleName::Staff).await;
    let late = type_code(&branch.app, &branch.newest_code(NEW)).await;
    let late = late.expect_err("taken");
    assert_eq!(
        (late.code, late.field),
        (ErrorCode::PhoneTaken, Some(Field::Phone))
    );
    expect_ended(&branch, 1, &["number_taken"]);
    assert_eq!(branch.person_called("maria").await.row.number_ending, "46");
}
