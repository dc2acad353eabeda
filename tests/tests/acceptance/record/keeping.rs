//! Letting go of old entries.

use simgate_app::contract::record::{PartyView, RetentionForm, VerificationView};
use simgate_app::contract::view::View;
use simgate_app::contract::words::{ErrorCode, Field};
use tokio::time::{Duration, interval, timeout};

use super::{PATIENCE, acts, back_at_work, detail, everything, maria_as, newest, page, verified};
use crate::branch::days;

/// AU9: what is older than an admin says goes by itself, that is signed and on record, and the rest
/// still proves itself.
#[tokio::test]
async fn what_grew_too_old_goes_and_the_rest_is_sound() {
    let mut branch = maria_as("admin").await;
    branch.wait(days(60)).await;
    assert!(
        matches!(branch.view().await, View::SignIn { .. }),
        "hours ago"
    );
    branch.wait(days(40)).await;
    back_at_work(&branch).await;
    let kept = branch.app.record_retention().await.expect("an answer");
    assert_eq!(
        (kept.version, kept.days, kept.least, kept.most),
        (0, None, 90, 3650)
    );
    let set = |version, days| {
        branch
            .app
            .set_record_retention(RetentionForm { version, days })
    };
    for days in [0, 89, 3651] {
        let refusal = set(0, Some(days)).await.expect_err("out of bounds");
        assert_eq!(refusal.code, ErrorCode::RetentionOutOfBounds);
        assert_eq!(refusal.field, Some(Field::Retention));
    }
    let kept = set(0, Some(90)).await.expect("kept");
    assert_eq!((kept.version, kept.days), (1, Some(90)));
    let outdated = set(0, None).await.expect_err("somebody else was first");
    assert_eq!(outdated.code, ErrorCode::Outdated);
    assert_eq!(
        detail(&branch, "retention_changed").await,
        "days 90 before all"
    );
    let changed = newest(&branch, "retention_changed").await;
    assert!(
        matches!(changed.by, PartyView::Person { .. }),
        "{changed:?}"
    );

    branch.app.tick().await;
    let pruned = async {
        let mut look = interval(Duration::from_millis(5));
        while !acts(&branch, everything())
            .await
            .contains(&"record_pruned".to_owned())
        {
            look.tick().await;
        }
    };
    timeout(PATIENCE, pruned).await.expect("old entries go");
    let told = detail(&branch, "record_pruned").await;
    assert!(told.starts_with("days 90 entries 12 last 12 "), "{told}");
    assert_eq!(
        newest(&branch, "record_pruned").await.by,
        PartyView::Program
    );
    let sound = verified(&branch).await;
    let VerificationView::Good {
        entries,
        from,
        dropped_until,
        ..
    } = sound
    else {
        panic!("what is left is sound: {sound:?}");
    };
    assert_eq!(dropped_until, from);
    let left = page(&branch, everything()).await.entries;
    let oldest = left.last().expect("an entry").seq;
    assert_eq!(oldest, 13, "the session's end, forty days ago");
    assert_eq!(entries, left.len() as u64 - 1, "but for what tells of it");

    branch.kill_and_restart().await;
    back_at_work(&branch).await;
    let kept = branch.app.record_retention().await.expect("an answer");
    assert_eq!((kept.version, kept.days), (1, Some(90)));
}
