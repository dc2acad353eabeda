//! Something happens in the middle of a step.

use simgate_app::contract::view::{StoppedView, View};
use simgate_app::contract::words::{ChannelName, CodeProblem, SendProblem, StopReason};
use simgate_rehearsal::Call;
use simgate_rehearsal::faults::Fault;
use simgate_store::watch::When::{After, Before};

use crate::branch::{Branch, STEADY, expect_code, expect_counter, expect_reason, seconds};

const OTHER: &str = "+447700900148";

/// What the vendor is asked takes this long; what it was asked is done at once.
const SLOW_MS: u64 = 1_000;

async fn slow(branch: &Branch, call: Call) {
    let fault = Fault::on(call).delayed(SLOW_MS);
    branch.vendors.set_fault(fault).await.expect("a fault");
}

/// The clearance is looked at once more, right before the vendor is asked.
#[tokio::test]
async fn a_sim_check_older_than_a_minute_sends_nothing() {
    for (age, sent) in [(60, 1), (61, 0)] {
        let branch = Branch::open().await;
        let held = branch.watcher.hold(After, "reserve_send");
        branch.begin("maria", STEADY, false).await;
        held.reached().await;
        branch.clock_forward_here(seconds(age));
        held.go_on();
        let view = branch.settled().await;
        assert_eq!(branch.sends(), sent, "{age} s");
        if sent == 1 {
            expect_code(view);
        } else {
            let problem = SendProblem::CheckTooOld;
            let stopped: StoppedView = expect_reason(view, StopReason::NotSent { problem });
            let cause = branch.cause_of(&stopped.reference).await;
            assert_eq!(cause.as_deref(), Some("stale_clearance"));
        }
    }
}

#[tokio::test]
async fn a_sim_check_that_grew_too_old_before_a_resend_leaves_the_older_code_good() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    branch.wait(seconds(30)).await;
    let held = branch.watcher.hold(After, "reserve_send");
    branch
        .app
        .send_again(ChannelName::Sms)
        .await
        .expect("asked");
    held.reached().await;
    branch.clock_forward_here(seconds(61));
    held.go_on();
    let code = expect_code(branch.settled().await);
    assert_eq!(code.send_problem, Some(SendProblem::CheckTooOld));
    assert_eq!((branch.sim_checks(), branch.sends()), (2, 1));
    expect_counter(branch.type_right_code(STEADY).await.expect("still good"));
}

/// The gate of somebody who started over ends some time later, and touches nobody else's seat.
#[tokio::test]
async fn what_another_sign_in_left_undone_changes_no_countdown() {
    let branch = Branch::open().await;
    let held = branch.watcher.hold(After, "reserve_send");
    branch.begin("maria", STEADY, false).await;
    held.reached().await;
    branch.app.start_over().await.expect("started over");
    branch.wait(seconds(25)).await;
    let code = expect_code(branch.register("joseph", OTHER).await.expect("registered"));
    assert_eq!(code.send_again_in, Some(30));
    held.go_on();
    let gone = tokio::time::timeout(seconds(30), branch.app.at_rest()).await;
    gone.expect("the other's gate comes to its end");
    let code = expect_code(branch.view().await);
    let other = "and not the five of the other";
    assert_eq!(code.send_again_in, Some(30), "{other}");
    assert_eq!(branch.sends(), 1, "the other sent nothing");
}

#[tokio::test]
async fn whoever_starts_over_while_the_code_is_sent_leaves_no_good_code() {
    let branch = Branch::open().await;
    slow(&branch, Call::Verifications).await;
    branch.begin("maria", STEADY, false).await;
    branch.asked(Call::Verifications, 1).await;
    branch.app.start_over().await.expect("started over");
    branch.canceled(1).await;
    assert!(matches!(branch.view().await, View::SignIn { .. }));
}

#[tokio::test]
async fn whoever_starts_over_before_the_vendor_is_asked_is_sent_nothing() {
    for (when, call) in [
        (Before, "reserve_check"),
        (Before, "record"),
        (After, "record"),
        (Before, "reserve_send"),
        (After, "reserve_send"),
    ] {
        let branch = Branch::open().await;
        let held = branch.watcher.hold(when, call);
        branch.begin("maria", STEADY, false).await;
        held.reached().await;
        branch.app.start_over().await.expect("started over");
        held.go_on();
        // The next sign-in's gate comes after it in every queue.
        branch.wait(seconds(600)).await;
        expect_code(branch.sign_in("maria").await.expect("a right password"));
        assert_eq!(branch.sends(), 1, "{call} {when:?}");
    }
}

/// Granted, and ended at once: nobody is there any more.
#[tokio::test]
async fn a_code_that_is_approved_after_somebody_started_over_opens_nothing() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    slow(&branch, Call::VerificationCheck).await;
    let (app, code) = (branch.app.clone(), branch.newest_code(STEADY));
    let typing = tokio::spawn(async move { app.check_code(code.into()).await });
    branch.asked(Call::VerificationCheck, 1).await;
    branch.app.start_over().await.expect("started over");
    let snapshot = typing.await.expect("no panic").expect("an answer");
    assert!(matches!(snapshot.view, View::SignIn { .. }));
    assert!(matches!(branch.view().await, View::SignIn { .. }));

    branch.vendors.clear_faults().await;
    branch.wait(seconds(600)).await;
    expect_code(branch.sign_in("maria").await.expect("a code"));
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
}

/// The same with another person on the seat by then.
#[tokio::test]
async fn a_code_that_is_approved_late_opens_no_other_sign_in() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    let held = branch.watcher.hold(After, "grant_session");
    let (app, code) = (branch.app.clone(), branch.newest_code(STEADY));
    let typing = tokio::spawn(async move { app.check_code(code.into()).await });
    held.reached().await;
    branch.app.start_over().await.expect("started over");
    expect_code(branch.register("joseph", OTHER).await.expect("registered"));
    held.go_on();
    typing.await.expect("no panic").expect("an answer");
    let code = expect_code(branch.view().await);
    assert_eq!(code.number_ending, "48");
}

/// Ten minutes pass while the vendor looks at the code: right, and too late.
#[tokio::test]
async fn a_code_that_is_approved_after_its_ten_minutes_opens_nothing() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    slow(&branch, Call::VerificationCheck).await;
    let (app, code) = (branch.app.clone(), branch.newest_code(STEADY));
    let typing = tokio::spawn(async move { app.check_code(code.into()).await });
    branch.asked(Call::VerificationCheck, 1).await;
    branch.clock_forward_here(seconds(600));
    let snapshot = typing.await.expect("no panic").expect("an answer");
    let problem = CodeProblem::Expired;
    expect_reason(snapshot.view, StopReason::CodeRefused { problem });
}
