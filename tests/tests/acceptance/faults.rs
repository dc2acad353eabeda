//! Bad vendors: every fault on every call ends in time, in words, with nothing sent that should
//! not be and nothing granted.

use std::time::Duration;

use simgate_app::contract::view::{Station, StoppedView, View};
use simgate_rehearsal::Call;
use simgate_rehearsal::faults::{CATALOGUE, Named};
use tokio::task::{JoinError, JoinSet};
use tokio::time::Instant;

use crate::branch::{Branch, STEADY, expect_code, expect_stopped};

mod table;

use table::{Row, TABLE};

/// Longer than the ten seconds a call may take by what a busy test machine adds.
const IN_TIME: Duration = Duration::from_millis(10_500);

const CALLS: [Call; 4] = [
    Call::Token,
    Call::SimCheck,
    Call::Verifications,
    Call::VerificationCheck,
];

async fn under(fault: &'static Named, call: Call, known: bool) -> (StoppedView, Duration, Branch) {
    let branch = Branch::open().await;
    if known {
        branch.verified_person("maria", STEADY).await;
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
    if call == Call::VerificationCheck {
        let view = if known {
            branch.sign_in("maria").await
        } else {
            branch.register("maria", STEADY).await
        };
        expect_code(view.expect("a code"));
    }
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
    (expect_stopped(view), took, branch)
}

fn row_of(fault: &Named) -> &'static Row {
    let found = TABLE.iter().find(|row| row.name == fault.name);
    found.unwrap_or_else(|| panic!("{} is in the table", fault.name))
}

/// One fault on one call, for somebody new or somebody verified; what it came to, where that is not what
/// the table says or came too late.
async fn holds(fault: &'static Named, call: Call, known: bool) -> Option<String> {
    let what = format!("{} on {call:?}, known: {known}", fault.name);
    let (stopped, took, branch) = under(fault, call, known).await;
    let (reason, cause) = row_of(fault).on(call);
    let on_record = branch.cause_of(&stopped.reference).await;
    let retry_in = (fault.name == "too_many_requests").then_some(30);
    let came = (stopped.reason, on_record.as_deref(), stopped.retry_in);
    let as_meant = came == (reason, Some(cause), retry_in) && took < IN_TIME;
    let surprise = (!as_meant).then(|| format!("{what}: {came:?} after {took:?}"));
    let sends = branch.sends();
    let asked = branch.requests(call).len();
    let station = match call {
        Call::Token | Call::SimCheck => {
            assert_eq!(sends, 0, "{what}: no code was asked for");
            Station::Sim
        }
        Call::Verifications => {
            assert!(sends <= 1, "{what}: a send is never repeated");
            Station::Code
        }
        Call::VerificationCheck => {
            assert!(asked <= 1, "{what}: a check is never repeated");
            Station::Code
        }
        Call::Revoke
        | Call::SimCheckRead
        | Call::VerificationRead
        | Call::Cancel
        | Call::Service
        | Call::Other => panic!("{what}"),
    };
    assert_eq!(stopped.station, station, "{what}");
    // The window still answers, and the way back is open.
    branch.app.start_over().await.expect("the way back");
    assert!(matches!(branch.view().await, View::SignIn { .. }), "{what}");
    surprise
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_fault_on_every_call_ends_in_words_and_grants_nothing() {
    assert_eq!(TABLE.len(), CATALOGUE.len());
    let mut running = JoinSet::new();
    let mut surprises = Vec::new();
    let mut take = |one: Option<Result<Option<String>, JoinError>>| {
        let surprise = one.expect("one is running").expect("it holds");
        surprises.extend(surprise);
    };
    for fault in CATALOGUE {
        for call in CALLS {
            for known in [false, true] {
                running.spawn(holds(fault, call, known));
            }
        }
        // Some of them, not all at once: each has a machine, a database and three stand-ins.
        while running.len() > 12 {
            take(running.join_next().await);
        }
    }
    while !running.is_empty() {
        take(running.join_next().await);
    }
    assert!(surprises.is_empty(), "{}", surprises.join("\n"));
}
