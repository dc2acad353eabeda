//! Going through the record, and what somebody did to the file is found.

use simgate_app::contract::record::{
    BadEntry, BadKind, EntryResult, RecordGroup, VerificationView,
};
use simgate_store::watch::When;

use super::{acts, back_at_work, detail, in_group, maria_as, newest, verified, work};
use crate::branch::minutes;

/// AU2 and AU3, in the program: whoever changes the file under it is found, at the first entry that is
/// not what was written, and that is on record where the record still takes anything.
#[tokio::test]
async fn verifying_names_the_first_bad_entry() {
    for (change, seq, kind, told) in [
        (
            "UPDATE record SET cause = 'idle' WHERE seq = 4",
            4,
            BadKind::Hash,
            Some("entry_changed"),
        ),
        (
            "DELETE FROM record WHERE seq = 3",
            3,
            BadKind::Link,
            Some("entry_missing"),
        ),
        (
            "UPDATE record SET seq = 99 WHERE seq = 5;
             UPDATE record SET seq = 5 WHERE seq = 6;
             UPDATE record SET seq = 6 WHERE seq = 99",
            5,
            BadKind::Hash,
            Some("entry_changed"),
        ),
        (
            "DELETE FROM record WHERE seq > 7",
            8,
            BadKind::Shortened,
            None,
        ),
        (
            "DELETE FROM record WHERE seq < 3",
            1,
            BadKind::Link,
            Some("entry_missing"),
        ),
    ] {
        let branch = maria_as("admin").await;
        let sound = verified(&branch).await;
        let VerificationView::Good {
            entries,
            dropped_until: None,
            ..
        } = sound
        else {
            panic!("nobody touched it: {sound:?}");
        };
        assert_eq!(entries, 12);
        assert_eq!(detail(&branch, "record_verified").await, "from 1 to 12");
        branch.raw().execute_batch(change).expect("the table");
        let first = BadEntry { seq, kind };
        assert_eq!(
            verified(&branch).await,
            VerificationView::Bad { first },
            "{change}"
        );
        if let Some(cause) = told {
            let flawed = newest(&branch, "record_flawed").await;
            assert_eq!(flawed.cause.as_deref(), Some(cause));
            assert_eq!(flawed.result, EntryResult::Refused);
            let told = detail(&branch, "record_flawed").await;
            assert_eq!(told, format!("entry {seq}"));
        } else {
            let told = acts(&branch, in_group(RecordGroup::Record)).await;
            assert!(
                told.is_empty(),
                "nothing is added after an end that is not ours"
            );
        }
    }
}

/// The beginning taken away with what tells of it, but without the signature: it is missed.
#[tokio::test]
async fn a_beginning_that_nobody_signed_for_is_missed() {
    let branch = maria_as("admin").await;
    let forged = "INSERT INTO record_anchor (id, seq, hash, signature)
                  SELECT 1, seq, hash, zeroblob(64) FROM record WHERE seq = 3;
                  DELETE FROM record WHERE seq <= 3";
    branch.raw().execute_batch(forged).expect("the tables");
    let first = BadEntry {
        seq: 1,
        kind: BadKind::Shortened,
    };
    assert_eq!(verified(&branch).await, VerificationView::Bad { first });
}

#[tokio::test]
async fn verifying_shows_how_far_it_is_and_stops_when_asked() {
    let branch = maria_as("admin").await;
    let running = async || {
        let now = branch.app.record_work().await.expect("an answer");
        let VerificationView::Running(running) = now.verification else {
            panic!("it goes on, and is not {now:?}");
        };
        running
    };
    let held = branch.watcher.hold(When::Before, "verify");
    branch.app.verify_record().await.expect("it begins");
    held.reached().await;
    branch.app.verify_record().await.expect("it goes on");
    let now = running().await;
    assert_eq!((now.done, now.all, now.canceling), (0, 12, false));
    held.go_on();
    let over = work(&branch).await.verification;
    let good = matches!(over, VerificationView::Good { entries: 12, .. });
    assert!(good, "{over:?}");

    let held = branch.watcher.hold(When::After, "bounds");
    branch.app.verify_record().await.expect("it begins anew");
    held.reached().await;
    branch.app.cancel_record_work().await.expect("an answer");
    assert!(running().await.canceling);
    held.go_on();
    assert_eq!(work(&branch).await.verification, VerificationView::Stopped);
    assert!(branch.watcher.all_happened());

    branch.app.sign_out().await.expect("a sign-out");
    branch.wait(minutes(1)).await;
    back_at_work(&branch).await;
    let another = branch.app.record_work().await.expect("an answer");
    let idle = VerificationView::Idle;
    assert_eq!(another.verification, idle, "that was another session's");
}
