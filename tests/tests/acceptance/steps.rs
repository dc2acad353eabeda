//! A step of the way fails or panics: what was begun ends, in words, with nothing left good.

use simgate_app::contract::view::{Station, View};
use simgate_app::contract::words::{ErrorCode, StopReason};
use simgate_store::watch::When::{self, After, Before};

use crate::branch::{Branch, STEADY, expect_code, expect_counter, expect_reason, seconds};

/// How a step goes wrong.
#[derive(Debug, Clone, Copy)]
enum Ill {
    Fails,
    Panics,
}
use Ill::{Fails, Panics};

fn make(branch: &Branch, ill: Ill, when: When, call: &'static str) {
    match ill {
        Fails => branch.watcher.fail(when, call),
        Panics => branch.watcher.panic(when, call),
    }
}

/// The kiosk is free again, and the person can sign in.
async fn goes_on(branch: &Branch, what: &str) {
    assert!(
        branch.watcher.all_happened(),
        "{what}: it came to that call"
    );
    if !matches!(branch.view().await, View::SignIn { .. }) {
        branch.app.start_over().await.expect("the way back");
    }
    branch.wait(seconds(600)).await;
    expect_code(branch.sign_in("maria").await.expect("a right password"));
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
}

#[tokio::test]
async fn a_step_that_goes_wrong_before_the_send_sends_nothing() {
    for ill in [Fails, Panics] {
        for (when, call, checks) in [
            (Before, "live", 0),
            (Before, "reserve_check", 0),
            (After, "reserve_check", 0),
            // What cannot be recorded does not happen.
            (Before, "record", 1),
            (After, "record", 1),
            (Before, "reserve_send", 1),
            (After, "reserve_send", 1),
        ] {
            let what = format!("{call} {ill:?} {when:?}");
            let branch = Branch::open().await;
            make(&branch, ill, when, call);
            let stopped = branch.register("maria", STEADY).await.expect("registered");
            let stopped = expect_reason(stopped, StopReason::Unforeseen);
            let sim_passed = call == "reserve_send";
            assert_eq!(stopped.sim_passed, sim_passed, "{what}");
            let station = if sim_passed {
                Station::Code
            } else {
                Station::Sim
            };
            assert_eq!(stopped.station, station, "{what}");
            assert_eq!((branch.sim_checks(), branch.sends()), (checks, 0), "{what}");
            goes_on(&branch, &what).await;
        }
    }
}

/// The vendor has taken the code, and what comes after goes wrong: nobody can use that code.
#[tokio::test]
async fn a_code_that_cannot_be_noted_is_called_back() {
    for ill in [Fails, Panics] {
        for when in [Before, After] {
            let what = format!("note_sent {ill:?} {when:?}");
            let branch = Branch::open().await;
            make(&branch, ill, when, "note_sent");
            let stopped = branch.register("maria", STEADY).await.expect("registered");
            expect_reason(stopped, StopReason::Unforeseen);
            assert_eq!(branch.sends(), 1);
            branch.canceled(1).await;
            goes_on(&branch, &what).await;
        }
    }
}

#[tokio::test]
async fn a_code_whose_check_goes_wrong_grants_nothing_and_is_called_back() {
    for ill in [Fails, Panics] {
        for (when, call, right) in [
            (Before, "reserve_code_attempt", true),
            (After, "reserve_code_attempt", true),
            (Before, "grant_session", true),
            (After, "grant_session", true),
            (Before, "record", false),
            (Before, "live", false),
        ] {
            let what = format!("{call} {ill:?} {when:?}");
            let branch = Branch::open().await;
            expect_code(branch.register("maria", STEADY).await.expect("registered"));
            make(&branch, ill, when, call);
            let stopped = if right {
                branch.type_right_code(STEADY).await
            } else {
                branch.type_wrong_code(STEADY).await
            };
            expect_reason(stopped.expect("an answer"), StopReason::Unforeseen);
            branch.canceled(1).await;
            goes_on(&branch, &what).await;
        }
    }
}

/// Even the stop panics: the seat is emptied, and the code called back.
#[tokio::test]
async fn a_stop_that_panics_leaves_the_kiosk_free() {
    let branch = Branch::open().await;
    branch.watcher.panic(Before, "note_sent");
    branch.watcher.panic(Before, "record");
    branch.begin("maria", STEADY, false).await;
    assert!(matches!(branch.settled().await, View::SignIn { .. }));
    branch.canceled(1).await;
    goes_on(&branch, "record").await;
}

#[tokio::test]
async fn a_command_that_panics_leaves_nobody_on_the_seat() {
    let branch = Branch::open().await;
    branch.watcher.panic(Before, "register");
    let refusal = branch.register("maria", STEADY).await.expect_err("a panic");
    assert_eq!(refusal.code, ErrorCode::Unforeseen);
    assert!(refusal.reference.is_some(), "the log has it under this");

    // It was nobody's fault, and the turn is free.
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    branch.watcher.panic(Before, "record");
    let refusal = branch.app.start_over().await.expect_err("a panic");
    assert_eq!(refusal.code, ErrorCode::Unforeseen);
    assert!(matches!(branch.view().await, View::SignIn { ended: None }));
    branch.canceled(1).await;

    branch.wait(seconds(600)).await;
    branch.watcher.panic(After, "begin_sign_in");
    let refusal = branch.sign_in("maria").await.expect_err("a panic");
    assert_eq!(refusal.code, ErrorCode::Unforeseen);

    expect_code(branch.sign_in("maria").await.expect("a right password"));
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    branch.watcher.panic(Before, "record");
    let refusal = branch.app.sign_out().await.expect_err("a panic");
    assert_eq!(refusal.code, ErrorCode::Unforeseen);
    assert!(
        matches!(branch.view().await, View::SignIn { ended: None }),
        "signed out all the same"
    );
    goes_on(&branch, "sign_out").await;
}

/// A step that never ends does not keep the kiosk for ever.
#[tokio::test]
async fn a_gate_that_hangs_stops_after_a_minute() {
    for (when, call, sends) in [(Before, "live", 0), (Before, "note_sent", 1)] {
        let branch = Branch::open().await;
        let held = branch.watcher.hold(when, call);
        branch.begin("maria", STEADY, false).await;
        held.reached().await;
        branch.wait(seconds(60)).await;
        let waiting = branch.view().await;
        assert!(matches!(waiting, View::CheckingSim { .. }), "{waiting:?}");
        branch.wait(seconds(1)).await;
        expect_reason(branch.view().await, StopReason::Unforeseen);
        held.go_on();
        branch.canceled(sends).await;
        assert_eq!(branch.sends(), sends);
        goes_on(&branch, call).await;
    }
}
