//! Proving oneself anew, while the session waits.

use simgate_app::contract::args::Typed;
use simgate_app::contract::view::{SessionEnd, View};
use simgate_app::contract::words::{ErrorCode, Field, StopReason};
use simgate_rehearsal::NumberRule;

use crate::branch::{
    Branch, PASSWORD, STEADY, expect_code, expect_counter, expect_reason, minutes, seconds,
};

/// Maria, signed in for ten minutes: her proof is no longer fresh.
async fn maria_at_work() -> Branch {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    expect_code(branch.sign_in("maria").await.expect("a code"));
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    branch.wait(minutes(10)).await;
    assert_eq!(expect_counter(branch.view().await).fresh_for, 0);
    branch
}

async fn step_up(branch: &Branch) -> View {
    let password = Typed::from(PASSWORD.to_owned());
    branch.app.step_up(password).await.expect("her password");
    branch.settled().await
}

#[tokio::test]
async fn a_proof_is_a_password_a_check_and_a_code_and_gives_the_session_back() {
    let branch = maria_at_work().await;
    let before = expect_counter(branch.view().await);
    let (checks, sends) = (branch.sim_checks(), branch.sends());

    let view = step_up(&branch).await;
    assert!(branch.app.view().await.expect("a view").proving);
    expect_code(view);
    let after = expect_counter(branch.type_right_code(STEADY).await.expect("approved"));

    assert_eq!(
        (branch.sim_checks(), branch.sends()),
        (checks + 1, sends + 1)
    );
    assert_eq!(after.fresh_for, 300, "proved just now");
    assert_eq!(after.signed_in_at, before.signed_in_at, "the same session");
    assert_eq!(after.ends_at, before.ends_at, "which lasts no longer");
    assert!(!branch.app.view().await.expect("a view").proving);
}

#[tokio::test]
async fn a_proof_that_is_given_up_gives_the_session_back_as_it_was() {
    let branch = maria_at_work().await;
    expect_code(step_up(&branch).await);
    branch.app.start_over().await.expect("given up");
    branch.canceled(1).await;
    let counter = expect_counter(branch.view().await);
    assert_eq!(counter.fresh_for, 0, "nothing was proved");

    branch.wait(seconds(2)).await;
    expect_counter(branch.view().await);
    branch.app.sign_out().await.expect("signed in, so also out");
}

/// A second press, which comes when the first has brought the session back.
#[tokio::test]
async fn giving_a_proof_up_twice_at_once_ends_no_session() {
    let branch = maria_at_work().await;
    expect_code(step_up(&branch).await);
    let (app, again) = (branch.app.clone(), branch.app.clone());
    let (once, twice) = tokio::join!(app.start_over(), again.start_over());
    once.expect("given up");
    twice.expect("let through the door, as nothing was given up then");
    expect_counter(branch.view().await);
}

/// Our own limits end no session: a proof whose code could not be sent is not begun.
#[tokio::test]
async fn a_proof_right_after_one_that_was_given_up_has_to_wait() {
    let branch = maria_at_work().await;
    expect_code(step_up(&branch).await);
    branch.app.start_over().await.expect("given up");
    branch.wait(seconds(10)).await;
    let (checks, password) = (branch.sim_checks(), PASSWORD.to_owned());
    let refusal = branch.app.step_up(Typed::from(password)).await;
    let refusal = refusal.expect_err("too soon");
    assert_eq!(refusal.code, ErrorCode::ProofTooSoon);
    assert_eq!(refusal.retry_after, Some(20));
    expect_counter(branch.view().await);
    assert_eq!(branch.sim_checks(), checks, "nothing was asked");

    branch.wait(seconds(20)).await;
    expect_code(step_up(&branch).await);
}

/// The session waits outside the seat; it grows old there all the same.
#[tokio::test]
async fn a_session_that_ended_meanwhile_does_not_come_back() {
    let branch = maria_at_work().await;
    branch.wait(minutes(4)).await;
    expect_code(step_up(&branch).await);
    branch.wait(minutes(2)).await;
    branch.app.start_over().await.expect("given up");
    let ended = SessionEnd::Idle;
    branch.app.tick().await;
    assert_eq!(
        branch.view().await,
        View::SignIn { ended: Some(ended) },
        "idle for sixteen minutes"
    );
}

#[tokio::test]
async fn who_is_stopped_on_the_way_is_not_left_signed_in() {
    let branch = maria_at_work().await;
    let changed = NumberRule::Changed {
        within_minutes: None,
    };
    branch.vendors.set_number(STEADY, changed).expect("a rule");
    let sends = branch.sends();
    expect_reason(step_up(&branch).await, StopReason::SimChanged);
    assert_eq!(branch.sends(), sends, "nothing goes to the new SIM");
    branch.app.start_over().await.expect("leaves the stop");
    assert_eq!(branch.view().await, View::SignIn { ended: None });
}

#[tokio::test]
async fn a_wrong_password_is_said_at_its_field_and_five_lock_the_name_and_end_the_session() {
    let branch = maria_at_work().await;
    let checks = branch.sim_checks();
    for _ in 0..5 {
        let wrong = Typed::from("not her password at all".to_owned());
        let refusal = branch.app.step_up(wrong).await.expect_err("wrong");
        assert_eq!(refusal.code, ErrorCode::PasswordWrong);
        assert_eq!(refusal.field, Some(Field::Password));
        expect_counter(branch.view().await);
    }
    let right = Typed::from(PASSWORD.to_owned());
    branch.app.step_up(right).await.expect("an answer");
    let ended = SessionEnd::Locked;
    assert_eq!(
        branch.view().await,
        View::SignIn { ended: Some(ended) },
        "the name is locked, and whoever is at the desk is not known to be she"
    );
    assert_eq!(branch.sim_checks(), checks, "no check without a password");
}
