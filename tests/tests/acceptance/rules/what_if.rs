//! What would happen to somebody now.

use simgate_app::contract::people::{PersonAct, RegistrationName};
use simgate_app::contract::rules::{SimAnswer, Then, WhatIf, Whole, WouldStop};
use simgate_app::contract::view::SimWord;
use simgate_app::contract::words::{CannotTell, SendProblem, StopReason};
use simgate_domain::Clock;

use super::{branch_with, set};
use crate::branch::{Branch, STEADY, days, expect_code, minutes};

const SPANISH: &str = "+34612345678";

async fn what_if(branch: &Branch, name: &str) -> Option<WhatIf> {
    let told = branch.app.what_if(name.to_owned()).await;
    told.expect("an answer")
}

/// Everything that the operator's answer could lead to, told without asking anyone.
#[tokio::test]
async fn what_would_happen_is_told_with_no_call_and_no_count() {
    let branch = branch_with(|rules| rules.staff.pass = vec![CannotTell::NoData]).await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    branch.app.start_over().await.expect("started over");
    branch.canceled(1).await;
    let first_seen = branch.clock.now();
    branch.admin_back().await;
    branch.wait(minutes(5)).await;
    branch.vendors.clear_ledger();
    let mut told = Vec::new();
    for _ in 0..20 {
        told.push(what_if(&branch, " Maria ").await.expect("maria"));
    }
    assert!(told.windows(2).all(|pair| pair[0] == pair[1]));
    let WhatIf {
        verified,
        grace_until,
        stops,
        answers,
        window_minutes,
        number_ending,
        version,
        ..
    } = told.swap_remove(0);
    assert_eq!((verified, version, window_minutes), (false, 2, 10_080));
    assert_eq!(number_ending, "46");
    assert_eq!(grace_until, Some(first_seen.plus(days(7)).to_string()));
    assert_eq!(stops, []);
    assert_eq!(answers.len(), 13, "unchanged, changed and each cause");
    for what in &answers {
        let expected = match what.answer {
            SimAnswer::Unchanged => Some(SimWord::Unchanged),
            SimAnswer::Changed => Some(SimWord::ChangedInGrace),
            SimAnswer::CannotTell { cause } => {
                (cause == CannotTell::NoData).then_some(SimWord::Unchecked)
            }
        };
        let sends = match &what.then {
            Then::Send { sim } => Some(*sim),
            Then::Stop { .. } => None,
        };
        assert_eq!(sends, expected, "{:?}", what.answer);
    }
    assert_eq!(branch.vendors.ledger().len(), 0, "nobody was asked");
    // And it is so.
    branch.leave().await;
    let code = expect_code(branch.sign_in("maria").await.expect("nothing was counted"));
    assert_eq!(code.sim, SimWord::Unchanged);
}

#[tokio::test]
async fn what_would_stop_somebody_is_told_in_order() {
    let branch = Branch::with_admin().await;
    branch.leave().await;
    branch.verified_person("paula", SPANISH).await;
    for _ in 0..5 {
        drop(branch.sign_in_with("paula", "not the password").await);
    }
    branch.wait(minutes(2)).await;
    branch.admin_back().await;
    set(&branch, |rules| {
        rules.branch.countries = Some(vec!["GB".to_owned()]);
        rules.branch.sends_in_a_day = Whole(1);
    })
    .await;
    let paula = what_if(&branch, "paula").await.expect("paula");
    assert!(paula.verified);
    assert_eq!(paula.grace_until, None);
    let changed = paula
        .answers
        .iter()
        .find(|what| what.answer == SimAnswer::Changed);
    let then = &changed.expect("that answer").then;
    assert!(matches!(then, Then::Stop { until: Some(_) }));
    let not_sent = |problem| StopReason::NotSent { problem };
    let [
        WouldStop::NameLocked { .. },
        WouldStop::Stopped {
            reason: country, ..
        },
        WouldStop::Stopped {
            reason: limit,
            until: Some(_),
        },
    ] = &paula.stops[..]
    else {
        panic!("three things stop her: {:?}", paula.stops);
    };
    assert_eq!(*country, not_sent(SendProblem::CountryNotAllowed));
    assert_eq!(*limit, not_sent(SendProblem::NumberLimit));
}

#[tokio::test]
async fn who_could_not_sign_in_at_all_is_told_of() {
    let branch = Branch::with_admin().await;
    let text = "username,phone,channel,role\ncarmen,+447700900148,sms,staff\n".to_owned();
    branch.import_all(&text).await;
    let carmen = what_if(&branch, "carmen").await.expect("carmen");
    assert_eq!(carmen.stops, [WouldStop::NoPassword]);
    branch.reset("carmen").await;
    assert_eq!(what_if(&branch, "carmen").await.expect("carmen").stops, []);
    branch.done("carmen", PersonAct::Disable).await;
    let carmen = what_if(&branch, "carmen").await.expect("carmen");
    assert_eq!(carmen.stops, [WouldStop::Disabled]);
    let mode = branch
        .app
        .set_registration_mode(RegistrationName::ByApproval);
    mode.await.expect("said");
    branch.leave().await;
    branch.register("maria", STEADY).await.expect("registered");
    branch.app.start_over().await.expect("left");
    branch.wait(minutes(2)).await;
    branch.admin_back().await;
    let reason = StopReason::NotApproved;
    let pending = WouldStop::Stopped {
        reason,
        until: None,
    };
    assert_eq!(
        what_if(&branch, "maria").await.expect("maria").stops,
        [pending]
    );
    for nobody in ["nobody.here", "", "no name\u{0}"] {
        assert_eq!(what_if(&branch, nobody).await, None, "{nobody:?}");
    }
}
