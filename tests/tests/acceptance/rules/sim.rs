//! How far back a change of the SIM counts, grace, and causes of not knowing that pass.

use simgate_app::contract::rules::Whole;
use simgate_app::contract::view::{SimWord, Station};
use simgate_app::contract::words::{CannotTell, ChannelName, StopReason};
use simgate_rehearsal::NumberRule;

use super::{CHANGED, SILENT, branch_with, periods, set_by_admin};
use crate::branch::{
    Branch, STEADY, SWAPPED, days, expect_code, expect_counter, expect_reason, minutes, seconds,
};

#[tokio::test]
async fn the_operator_is_asked_about_the_window_that_is_set() {
    let branch = Branch::with_admin().await;
    branch.leave().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    branch.app.start_over().await.expect("started over");
    branch.wait(minutes(2)).await;
    set_by_admin(&branch, |rules| {
        rules.staff.window_minutes = Whole(1_440);
        rules.admin.window_minutes = Whole(540_000);
    })
    .await;
    expect_code(branch.sign_in("maria").await.expect("a right password"));
    assert_eq!(
        periods(&branch, STEADY),
        [10_080, 1_440],
        "hers is that of staff"
    );

    branch.app.start_over().await.expect("started over");
    branch.vendors.set_number(STEADY, CHANGED).expect("a rule");
    branch.wait(days(8)).await;
    let stopped = branch.sign_in("maria").await.expect("a right password");
    let stopped = expect_reason(stopped, StopReason::SimChanged);
    assert_eq!(
        stopped.window_days, 1,
        "the words say the window asked about"
    );
}

#[tokio::test]
async fn without_grace_a_changed_sim_stops_a_new_number() {
    let branch = branch_with(|rules| rules.staff.grace_days = Whole(0)).await;
    let stopped = branch.register("maria", SWAPPED).await.expect("registered");
    expect_reason(stopped, StopReason::SimChanged);
    assert_eq!(branch.sends(), 0);
}

#[tokio::test]
async fn a_grace_of_a_day_lasts_a_day() {
    let branch = branch_with(|rules| rules.staff.grace_days = Whole(1)).await;
    let code = expect_code(branch.register("maria", SWAPPED).await.expect("registered"));
    assert_eq!(code.sim, SimWord::ChangedInGrace);
    branch.app.start_over().await.expect("started over");
    branch.wait(seconds(86_399)).await;
    expect_code(branch.sign_in("maria").await.expect("a right password"));
    branch.app.start_over().await.expect("started over");
    let sends = branch.sends();
    branch.wait(seconds(60)).await;
    let stopped = branch.sign_in("maria").await.expect("a right password");
    expect_reason(stopped, StopReason::SimChanged);
    assert_eq!(branch.sends(), sends);
}

#[tokio::test]
async fn a_cause_that_passes_sends_a_code_unchecked_and_verifies_nothing() {
    let passes = CannotTell::OperatorNotSupported;
    let branch = branch_with(|rules| rules.staff.pass = vec![passes]).await;
    let code = expect_code(branch.register("maria", SILENT).await.expect("registered"));
    assert_eq!(code.sim, SimWord::Unchecked);
    let counter = expect_counter(branch.type_right_code(SILENT).await.expect("approved"));
    assert_eq!(counter.sim, SimWord::Unchecked);
    branch.app.sign_out().await.expect("signed out");

    // A verified number would be stopped here.
    branch.vendors.set_number(SILENT, CHANGED).expect("a rule");
    branch.wait(minutes(5)).await;
    let code = expect_code(branch.sign_in("maria").await.expect("a right password"));
    assert_eq!(code.sim, SimWord::ChangedInGrace, "nothing was verified");
    branch.app.start_over().await.expect("started over");
    branch.wait(days(7)).await;
    let stopped = branch.sign_in("maria").await.expect("a right password");
    expect_reason(stopped, StopReason::SimChanged);
}

#[tokio::test]
async fn a_cause_that_passes_lets_no_other_pass() {
    let branch = branch_with(|rules| {
        rules.staff.pass = vec![CannotTell::OperatorNotSupported];
        // Nor does a rule for another role.
        rules.admin.pass = vec![CannotTell::NoData, CannotTell::OurBalance];
    })
    .await;
    let table = [
        ("+447700900192", CannotTell::NumberNotKnown),
        ("+447700900194", CannotTell::NoData),
        ("+447700900196", CannotTell::OurBalance),
        ("+447700900197", CannotTell::RateLimit),
    ];
    for (at, (number, cause)) in table.into_iter().enumerate() {
        let name = format!("person{at}");
        let stopped = branch.register(&name, number).await.expect("registered");
        let stopped = expect_reason(stopped, StopReason::CannotTell { cause });
        assert_eq!(stopped.station, Station::Sim);
        branch.app.start_over().await.expect("started over");
    }
    assert_eq!(branch.sends(), 0);
}

/// A code that was sent again on a worse clearance keeps it.
#[tokio::test]
async fn a_code_sent_again_unchecked_verifies_nothing() {
    let branch = branch_with(|rules| {
        rules.staff.pass = vec![CannotTell::OperatorNotSupported];
    })
    .await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    let silent = NumberRule::NotSupported;
    branch.vendors.set_number(STEADY, silent).expect("a rule");
    branch.wait(seconds(30)).await;
    let again = branch.send_again(ChannelName::Sms).await.expect("a check");
    assert_eq!(expect_code(again).sim, SimWord::Unchecked);
    branch.vendors.reset_number(STEADY).expect("a number");
    branch.wait(seconds(60)).await;
    let again = branch.send_again(ChannelName::Sms).await.expect("a check");
    assert_eq!(expect_code(again).sim, SimWord::Unchecked, "it stays said");
}
