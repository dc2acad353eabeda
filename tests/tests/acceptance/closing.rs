//! The program is closed, or its page is lost, in the middle of something.

use std::time::Duration;

use simgate_app::contract::args::Typed;
use simgate_app::contract::view::View;
use simgate_app::contract::words::ErrorCode;
use simgate_rehearsal::Call;
use simgate_rehearsal::faults::{Fault, Wire};
use simgate_store::watch::When;

use crate::branch::{Branch, PASSWORD, STEADY, expect_code, expect_counter, seconds, sign_in_form};

/// Longer than closing may take, and shorter than any vendor.
const SHORT: Duration = Duration::from_secs(7);

#[tokio::test]
async fn a_code_that_is_being_sent_while_the_program_closes_is_called_back() {
    let branch = Branch::open().await;
    let slow = Fault {
        delay_ms: 1_000,
        ..Fault::on(Call::Verifications)
    };
    branch.vendors.set_fault(slow).await.expect("a fault");
    branch.begin("maria", STEADY, false).await;
    branch.asked(Call::Verifications, 1).await;
    branch.app.close().await;
    assert_eq!(
        branch.requests(Call::Cancel).len(),
        1,
        "the code was called back before the program ended"
    );
}

#[tokio::test]
async fn a_code_that_is_waited_for_is_called_back_before_the_program_ends() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    branch.app.close().await;
    assert_eq!(branch.requests(Call::Cancel).len(), 1);
    assert!(matches!(branch.view().await, View::Starting));
}

#[tokio::test]
async fn closing_does_not_wait_for_a_silent_vendor() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    let silent = Fault::on(Call::Cancel).over(Wire::Stall);
    branch.vendors.set_fault(silent).await.expect("a fault");
    let closed = tokio::time::timeout(SHORT, branch.app.close()).await;
    closed.expect("the program ends all the same");
}

#[tokio::test]
async fn nothing_runs_once_the_program_is_closed() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    branch.app.close().await;
    let refusal = branch.app.stay().await.expect_err("nobody is signed in");
    assert_eq!(refusal.code, ErrorCode::NotNow);
    let refusal = branch.sign_in("maria").await.expect_err("closed");
    assert_eq!(refusal.code, ErrorCode::NotNow);
    branch.app.close().await;
}

/// Whoever pressed the button just before is not let to the seat after.
#[tokio::test]
async fn a_password_that_is_looked_at_while_the_program_closes_leads_nowhere() {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    let (checks, sends) = (branch.sim_checks(), branch.sends());
    let held = branch.watcher.hold(When::After, "begin_sign_in");
    let app = branch.app.clone();
    let signing_in =
        tokio::spawn(async move { app.sign_in(sign_in_form("maria", PASSWORD)).await });
    held.reached().await;
    branch.app.close().await;
    held.go_on();
    let refusal = signing_in.await.expect("no panic").expect_err("closed");
    assert_eq!(refusal.code, ErrorCode::NotNow);
    assert_eq!((branch.sim_checks(), branch.sends()), (checks, sends));
}

#[tokio::test]
async fn a_lost_page_signs_out_and_calls_back() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    branch.app.page_lost().await;
    assert!(matches!(branch.view().await, View::SignIn { ended: None }));
    branch.canceled(1).await;

    branch.wait(seconds(31)).await;
    expect_code(branch.sign_in("maria").await.expect("a code"));
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    branch.app.page_lost().await;
    assert!(matches!(branch.view().await, View::SignIn { ended: None }));
    let refusal = branch.app.stay().await.expect_err("nobody is signed in");
    assert_eq!(refusal.code, ErrorCode::NotNow);
    let late = branch.app.check_code(Typed::from("123456".to_owned()));
    assert_eq!(late.await.expect_err("over").code, ErrorCode::NotNow);
}
