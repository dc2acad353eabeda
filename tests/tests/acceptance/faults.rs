//! Bad vendors: every fault on every call ends in time, in words, with nothing sent that should
//! not be and nothing granted.

use std::time::Duration;

use simgate_app::contract::view::{CodeView, Station, View};
use simgate_app::contract::words::{CodeProblem, StopReason};
use simgate_rehearsal::Call;
use simgate_rehearsal::faults::{CATALOGUE, Named};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::branch::{Branch, STEADY, expect_code, expect_stopped};

/// Longer than the ten seconds a call may take by what a busy test machine adds.
const IN_TIME: Duration = Duration::from_millis(10_500);

/// Under a fault the flow may go two ways only: it stops, or it waits for the code still.
enum Came {
    Stopped(StopReason, Station, String),
    Code(CodeView),
}

async fn under(fault: &'static Named, call: Call, known: bool) -> (Came, Duration, Branch) {
    let branch = Branch::open().await;
    if known {
        branch.verified_person("maria", STEADY).await;
    }
    if call == Call::VerificationCheck {
        let view = if known {
            branch.sign_in("maria").await
        } else {
            branch.register("maria", STEADY).await
        };
        expect_code(view.expect("a code"));
    }
    if call == Call::Token && known {
        // What was kept from before is too old.
        branch.wait(Duration::from_secs(3_600)).await;
    }
    branch.vendors.clear_ledger();
    branch
        .vendors
        .set_fault(fault.on(call))
        .await
        .expect("a fault");
    // What is timed is the wait for the vendor, not the hash of the password before it.
    let mut before = Instant::now();
    let view = if call == Call::VerificationCheck {
        branch
            .type_right_code(STEADY)
            .await
            .expect("an answer in words")
    } else {
        branch.begin("maria", STEADY, known).await;
        before = Instant::now();
        branch.settled().await
    };
    let took = before.elapsed();
    let came = if let View::Code(code) = view {
        Came::Code(code)
    } else {
        let stopped = expect_stopped(view);
        Came::Stopped(stopped.reason, stopped.station, stopped.reference)
    };
    (came, took, branch)
}

/// One fault on one call, for somebody new or somebody verified.
async fn holds(fault: &'static Named, call: Call, known: bool) {
    let what = format!("{} on {call:?}, known: {known}", fault.name);
    let (came, took, branch) = under(fault, call, known).await;
    assert!(took < IN_TIME, "{what} took {took:?}");
    let sends = branch.sends();
    if let Came::Stopped(_, _, reference) = &came {
        let cause = branch.cause_of(reference).await;
        assert!(cause.is_some(), "{what}: {reference} leads to the cause");
    }
    match (call, came) {
        (
            Call::Token | Call::SimCheck,
            Came::Stopped(StopReason::CannotTell { .. }, Station::Sim, _),
        ) => {
            assert_eq!(sends, 0, "{what}: no code was asked for");
        }
        (Call::Verifications, Came::Stopped(StopReason::NotSent { .. }, Station::Code, _)) => {
            assert!(sends <= 1, "{what}: a send is never repeated");
        }
        (
            Call::VerificationCheck,
            Came::Stopped(StopReason::CodeRefused { problem }, Station::Code, _),
        ) => {
            assert_ne!(problem, CodeProblem::TriesUsedUp, "{what}");
            assert!(
                branch.requests(call).len() <= 1,
                "{what}: a check is never repeated"
            );
        }
        (_, Came::Stopped(reason, station, _)) => panic!("{what}: {reason:?} at {station:?}"),
        (_, Came::Code(code)) => panic!("{what}: {code:?}"),
    }
    // The window still answers, and the way back is open.
    branch.app.start_over().await.expect("the way back");
    assert!(matches!(branch.view().await, View::SignIn { .. }), "{what}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_on_every_call_ends_in_words_and_grants_nothing() {
    let mut running = JoinSet::new();
    let calls = [
        Call::Token,
        Call::SimCheck,
        Call::Verifications,
        Call::VerificationCheck,
    ];
    for fault in CATALOGUE {
        for call in calls {
            for known in [false, true] {
                running.spawn(holds(fault, call, known));
            }
        }
        // Some of them, not all at once: each has a machine, a database and three stand-ins.
        while running.len() > 12 {
            running
                .join_next()
                .await
                .expect("one is running")
                .expect("it holds");
        }
    }
    while let Some(one) = running.join_next().await {
        one.expect("it holds");
    }
}
