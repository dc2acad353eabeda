//! What another sign-in left pending is canceled before anything new is sent, or nothing is.

use simgate_app::contract::words::{SendProblem, StopReason};
use simgate_rehearsal::Call;
use simgate_rehearsal::faults::{Fault, Wire};
use simgate_store::watch::When::{After, Before};

use crate::branch::{Branch, STEADY, expect_code, expect_counter, expect_reason, minutes};

/// A branch in which a verification of an older sign-in is still pending at the vendor.
async fn with_a_stale_code() -> Branch {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    let lost = Fault::on(Call::Cancel).times(1).answering(503, &[], "{}");
    branch.vendors.set_fault(lost).await.expect("a fault");
    branch.app.start_over().await.expect("started over");
    branch.canceled(1).await;
    branch.vendors.clear_faults().await;
    branch.wait(minutes(2)).await;
    branch
}

#[tokio::test]
async fn where_canceling_takes_too_long_nothing_is_sent() {
    let branch = with_a_stale_code().await;
    let silent = Fault::on(Call::Cancel).over(Wire::Stall);
    branch.vendors.set_fault(silent).await.expect("a fault");
    let stopped = branch.sign_in("maria").await.expect("a right password");
    let problem = SendProblem::Unreachable;
    let stopped = expect_reason(stopped, StopReason::NotSent { problem });
    let cause = branch.cause_of(&stopped.reference).await;
    assert_eq!(cause.as_deref(), Some("timed_out"));
    assert_eq!(branch.sends(), 1, "only the one from before");
}

#[tokio::test]
async fn where_canceling_is_refused_nothing_is_sent() {
    for (status, code, problem) in [
        (401, 20_003, SendProblem::OurCredentials),
        (403, 20_403, SendProblem::OurAccount),
        (429, 20_429, SendProblem::RateLimit),
    ] {
        let branch = with_a_stale_code().await;
        let body = format!("{{\"code\":{code}}}");
        let refused = Fault::on(Call::Cancel).answering(status, &[], &body);
        branch.vendors.set_fault(refused).await.expect("a fault");
        let stopped = branch.sign_in("maria").await.expect("a right password");
        expect_reason(stopped, StopReason::NotSent { problem });
        assert_eq!(branch.sends(), 1);
    }
}

/// It says that it canceled the code and sends that very code once more.
#[tokio::test]
async fn a_vendor_that_sends_a_canceled_code_again_is_not_believed() {
    let branch = with_a_stale_code().await;
    let path = branch.requests(Call::Cancel)[0].path.clone();
    let sid = path.rsplit('/').next().expect("a SID");
    let body = format!("{{\"sid\":\"{sid}\",\"status\":\"canceled\"}}");
    let lie = Fault::on(Call::Cancel).times(1).answering(200, &[], &body);
    branch.vendors.set_fault(lie).await.expect("a fault");
    let stopped = branch.sign_in("maria").await.expect("a right password");
    let problem = SendProblem::MalformedAnswer;
    expect_reason(stopped, StopReason::NotSent { problem });
    // Once for the older sign-in, once for the lie, once for what was sent all the same.
    branch.canceled(3).await;
    assert_eq!(branch.requests(Call::Cancel)[2].path, path);

    branch.app.start_over().await.expect("left");
    branch.wait(minutes(2)).await;
    expect_code(branch.sign_in("maria").await.expect("a new code"));
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
}

/// That it is canceled cannot be noted, so that it is not known here whether it is.
#[tokio::test]
async fn where_a_canceled_code_cannot_be_forgotten_nothing_is_sent() {
    for when in [Before, After] {
        let branch = with_a_stale_code().await;
        branch.watcher.fail(when, "forget_pending");
        let stopped = branch.sign_in("maria").await.expect("a right password");
        expect_reason(stopped, StopReason::Unforeseen);
        assert_eq!(branch.sends(), 1);
        assert!(branch.watcher.all_happened());
    }
}
