//! What a vendor did stands in the record under the vendor's own name for it.

use simgate_rehearsal::{Call, NumberRule};

use super::{back_at_work, maria_as, newest};
use crate::branch::{Branch, STEADY, expect_stopped};

async fn check_id(branch: &Branch, act: &str) -> Option<String> {
    let seq = newest(branch, act).await.seq;
    let entry = branch.app.record_entry(seq).await.expect("an answer");
    entry.expect("an entry").check_id
}

#[tokio::test]
async fn a_sim_check_and_a_send_are_found_at_the_vendor() {
    let branch = maria_as("admin").await;
    let sim_check = check_id(&branch, "sim_passed").await;
    assert!(sim_check.is_some_and(|id| !id.is_empty()));
    let sent = check_id(&branch, "code_sent").await.expect("a SID");
    let checked = branch.requests(Call::VerificationCheck);
    let body = String::from_utf8_lossy(&checked.last().expect("checked").body).into_owned();
    assert!(body.contains(&sent), "{body} is of {sent}");

    branch.app.sign_out().await.expect("signed out");
    let changed = NumberRule::Changed {
        within_minutes: None,
    };
    branch.vendors.set_number(STEADY, changed).expect("a rule");
    let stopped = branch.sign_in("maria").await.expect("a right password");
    expect_stopped(stopped);
    branch.app.start_over().await.expect("left");
    let unchanged = NumberRule::Unchanged;
    branch
        .vendors
        .set_number(STEADY, unchanged)
        .expect("a rule");
    branch.wait(crate::branch::minutes(2)).await;
    back_at_work(&branch).await;
    assert!(check_id(&branch, "sim_stopped").await.is_some());
}
