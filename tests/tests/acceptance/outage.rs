//! A vendor that is out of order locks nobody out, and opens no way to more guesses.

use simgate_app::contract::view::View;
use simgate_app::contract::words::{ChannelName, CodeProblem, StopReason};
use simgate_rehearsal::faults::{Cut, Door, Fault, Wire};
use simgate_rehearsal::{Call, Vendor};

use crate::branch::{
    Branch, STEADY, expect_code, expect_counter, expect_reason, expect_stopped, minutes, seconds,
};

/// Nine wrong codes in a row: one more locks.
async fn nine_wrong_codes(branch: &Branch, name: &str) {
    for codes in [4, 4, 1] {
        branch.wait(minutes(11)).await;
        expect_code(branch.sign_in(name).await.expect("a code"));
        for _ in 0..codes {
            expect_code(branch.type_wrong_code(STEADY).await.expect("wrong"));
        }
        branch.app.start_over().await.expect("started over");
    }
    branch.wait(minutes(11)).await;
    expect_code(branch.sign_in(name).await.expect("a code"));
}

/// Whether the person can sign in after this answer to the tenth code.
async fn is_open_after(fault: Fault) -> bool {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    nine_wrong_codes(&branch, "maria").await;
    branch.vendors.set_fault(fault).await.expect("a fault");
    is_open_after_the_tenth(&branch).await
}

async fn is_open_after_the_tenth(branch: &Branch) -> bool {
    expect_stopped(branch.type_right_code(STEADY).await.expect("an answer"));
    branch.vendors.clear_faults().await;
    branch.app.start_over().await.expect("left");
    branch.wait(minutes(11)).await;
    let view = branch.sign_in("maria").await.expect("a right password");
    if matches!(view, View::Code(_)) {
        return true;
    }
    let problem = CodeProblem::Locked;
    let stopped = expect_reason(view, StopReason::CodeRefused { problem });
    assert!(stopped.until.is_some(), "it says until when");
    false
}

#[tokio::test]
async fn a_code_that_the_vendor_did_not_look_at_counts_against_nobody() {
    let refused = |status, code: u32| {
        let body = format!("{{\"code\":{code}}}");
        Fault::on(Call::VerificationCheck).answering(status, &[], &body)
    };
    for fault in [
        refused(401, 20_003),
        refused(403, 20_403),
        refused(429, 20_429),
        refused(429, 60_202),
    ] {
        let what = format!("{fault:?}");
        assert!(is_open_after(fault).await, "{what}");
    }
}

#[tokio::test]
async fn a_code_that_never_reached_the_vendor_counts_against_nobody() {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    nine_wrong_codes(&branch, "maria").await;
    let gone = Fault {
        vendor: Some(Vendor::TwilioVerify),
        door: Some(Door::Refuse),
        ..Fault::default()
    };
    branch.vendors.set_fault(gone).await.expect("a fault");
    // The connection that was open is used up by this; from here on there is none.
    branch.wait(seconds(30)).await;
    let again = branch.send_again(ChannelName::Sms).await.expect("the code");
    assert!(expect_code(again).send_problem.is_some());
    assert!(is_open_after_the_tenth(&branch).await);
}

#[tokio::test]
async fn a_code_that_the_vendor_may_have_looked_at_counts() {
    let cut = Wire::Cut {
        at: Cut::MidBody,
        reset: true,
    };
    for fault in [
        Fault::on(Call::VerificationCheck).answering(503, &[], "{}"),
        Fault::on(Call::VerificationCheck).over(cut),
        Fault::on(Call::VerificationCheck).answering(200, &[], "{}"),
    ] {
        let what = format!("{fault:?}");
        assert!(!is_open_after(fault).await, "{what}");
    }
}

/// The code was right; that the number is somebody else's is no wrong code.
#[tokio::test]
async fn a_right_code_for_a_number_of_somebody_else_counts_against_nobody() {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    expect_code(branch.register("newcomer", STEADY).await.expect("a code"));
    branch.app.start_over().await.expect("started over");
    nine_wrong_codes(&branch, "newcomer").await;
    let stopped = branch.type_right_code(STEADY).await.expect("an answer");
    let problem = CodeProblem::NumberTaken;
    expect_reason(stopped, StopReason::CodeRefused { problem });
    branch.app.start_over().await.expect("left");
    branch.wait(minutes(11)).await;
    expect_code(branch.sign_in("newcomer").await.expect("not locked"));
    branch.app.start_over().await.expect("left");
    branch.wait(minutes(11)).await;
    expect_code(branch.sign_in("maria").await.expect("a code"));
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
}
