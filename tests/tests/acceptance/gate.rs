//! The SIM stands before the code.

use simgate_app::contract::view::{SimWord, Station, View};
use simgate_app::contract::words::{CannotTell, ChannelName, StopReason};
use simgate_rehearsal::faults::Fault;
use simgate_rehearsal::{Call, NumberRule, Request};

use crate::branch::{
    Branch, STEADY, SWAPPED, days, expect_code, expect_counter, expect_reason, minutes, seconds,
};

#[tokio::test]
async fn an_unchanged_sim_leads_to_a_code_and_the_code_to_the_counter() {
    let branch = Branch::open().await;
    let code = expect_code(
        branch
            .register("Maria.Lopez", STEADY)
            .await
            .expect("registered"),
    );
    assert_eq!(code.sim, SimWord::Unchanged);
    assert_eq!(code.number_ending, "46");
    assert_eq!(
        (code.tries_left, code.expires_in, code.send_again_in),
        (5, 600, Some(30))
    );

    let counter = expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    assert_eq!(counter.username, "maria.lopez");
    assert_eq!(counter.last, None, "nobody signed in before");
    branch.app.sign_out().await.expect("signed out");

    branch.wait(minutes(5)).await;
    expect_code(
        branch
            .sign_in("MARIA.LÓPEZ")
            .await
            .expect("one name in any spelling"),
    );
    let counter = expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    let last = counter.last.expect("the first sign-in");
    assert_eq!(
        (last.channel, last.sim),
        (Some(ChannelName::Sms), SimWord::Unchanged)
    );
    assert_eq!((branch.sim_checks(), branch.sends()), (2, 2));
}

#[tokio::test]
async fn a_changed_sim_of_a_new_number_is_in_grace_and_stays_unverified() {
    let branch = Branch::open().await;
    let code = expect_code(branch.register("maria", SWAPPED).await.expect("registered"));
    assert_eq!(code.sim, SimWord::ChangedInGrace);
    let counter = expect_counter(branch.type_right_code(SWAPPED).await.expect("approved"));
    assert_eq!(counter.sim, SimWord::ChangedInGrace);
    branch.app.sign_out().await.expect("signed out");

    branch.wait(seconds(7 * 86_400 - 1)).await;
    expect_code(
        branch
            .sign_in("maria")
            .await
            .expect("the last second of the grace"),
    );
    branch.app.start_over().await.expect("started over");
    let sends = branch.sends();

    // Past the end of the grace, and past the gap after the last code.
    branch.wait(seconds(31)).await;
    let stopped = branch.sign_in("maria").await.expect("a right password");
    expect_reason(stopped, StopReason::SimChanged);
    assert_eq!(branch.sends(), sends, "no code after the grace");
}

/// Whoever holds a SIM that was just changed may be a thief, and the number is not theirs for that.
#[tokio::test]
async fn a_number_proved_in_grace_is_still_free_for_its_owner() {
    let branch = Branch::open().await;
    expect_code(branch.register("thief", SWAPPED).await.expect("registered"));
    expect_counter(branch.type_right_code(SWAPPED).await.expect("approved"));
    branch.app.sign_out().await.expect("signed out");

    branch.wait(days(30)).await;
    let unchanged = NumberRule::Unchanged;
    branch
        .vendors
        .set_number(SWAPPED, unchanged)
        .expect("a rule");
    expect_code(branch.register("maria", SWAPPED).await.expect("registered"));
    let counter = expect_counter(branch.type_right_code(SWAPPED).await.expect("approved"));
    assert_eq!(counter.sim, SimWord::Unchanged);
}

/// The code of a verification is one code, however often it was sent.
#[tokio::test]
async fn a_code_first_sent_in_grace_verifies_nothing_when_it_is_sent_again() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", SWAPPED).await.expect("registered"));
    let unchanged = NumberRule::Unchanged;
    branch
        .vendors
        .set_number(SWAPPED, unchanged)
        .expect("a rule");
    branch.wait(seconds(31)).await;
    let again = branch.send_again(ChannelName::Sms).await.expect("a check");
    assert_eq!(expect_code(again).sim, SimWord::ChangedInGrace);
    let counter = expect_counter(branch.type_right_code(SWAPPED).await.expect("approved"));
    assert_eq!(counter.sim, SimWord::ChangedInGrace);
}

/// The number is what was verified: another name for it begins no grace anew.
#[tokio::test]
async fn a_verified_number_has_no_grace_under_another_name() {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    let changed = NumberRule::Changed {
        within_minutes: None,
    };
    branch.vendors.set_number(STEADY, changed).expect("a rule");
    branch.wait(minutes(5)).await;
    let sends = branch.sends();
    let stopped = branch.register("thief", STEADY).await.expect("registered");
    expect_reason(stopped, StopReason::SimChanged);
    assert_eq!(branch.sends(), sends, "nothing goes to the new SIM");
}

#[tokio::test]
async fn a_clock_set_back_opens_no_grace_again() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", SWAPPED).await.expect("registered"));
    branch.app.start_over().await.expect("started over");
    branch.wait(days(8)).await;
    expect_reason(
        branch.sign_in("maria").await.expect("a password"),
        StopReason::SimChanged,
    );
    branch.app.start_over().await.expect("left");
    branch.clock.set_back(days(6));
    expect_reason(
        branch.sign_in("maria").await.expect("a password"),
        StopReason::SimChanged,
    );
}

#[tokio::test]
async fn registering_under_a_clock_that_runs_ahead_lengthens_no_grace() {
    let branch = Branch::open().await;
    let years = days(10 * 365);
    branch.clock_forward_here(years);
    // The operator cannot say at first, so that no send is dated ten years ahead.
    let silent = NumberRule::NotSupported;
    branch.vendors.set_number(SWAPPED, silent).expect("a rule");
    let stopped = branch.register("maria", SWAPPED).await.expect("registered");
    let cause = CannotTell::OperatorNotSupported;
    expect_reason(stopped, StopReason::CannotTell { cause });
    branch.app.start_over().await.expect("started over");

    branch.vendors.reset_number(SWAPPED).expect("a number");
    branch.clock.set_back(years);
    expect_reason(
        branch.sign_in("maria").await.expect("a password"),
        StopReason::SimChanged,
    );
}

#[tokio::test]
async fn a_sim_that_changed_before_a_failed_resend_verifies_nothing() {
    let branch = Branch::open().await;
    let code = expect_code(branch.register("maria", STEADY).await.expect("registered"));
    assert_eq!(code.sim, SimWord::Unchanged);
    let changed = NumberRule::Changed {
        within_minutes: None,
    };
    branch.vendors.set_number(STEADY, changed).expect("a rule");
    let fault = Fault::on(Call::Verifications).answering(503, &[], "{}");
    branch.vendors.set_fault(fault).await.expect("a fault");
    branch.wait(seconds(30)).await;
    let again = expect_code(
        branch
            .send_again(ChannelName::Sms)
            .await
            .expect("the old code"),
    );
    assert_eq!(again.sim, SimWord::ChangedInGrace);
    let counter = expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    assert_eq!(counter.sim, SimWord::ChangedInGrace);
    branch.app.sign_out().await.expect("signed out");
    branch.vendors.clear_faults().await;
    branch.wait(days(7)).await;
    expect_reason(
        branch.sign_in("maria").await.expect("a password"),
        StopReason::SimChanged,
    );
}

#[tokio::test]
async fn registering_a_number_again_opens_no_grace_again() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", SWAPPED).await.expect("registered"));
    branch.app.start_over().await.expect("started over");
    branch.wait(days(7)).await;
    let second = branch
        .register("someone.else", SWAPPED)
        .await
        .expect("registered");
    expect_reason(second, StopReason::SimChanged);
}

#[tokio::test]
async fn a_verified_number_whose_sim_changes_gets_no_code() {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    let changed = NumberRule::Changed {
        within_minutes: Some(2_880),
    };
    branch.vendors.set_number(STEADY, changed).expect("a rule");
    branch.vendors.clear_ledger();

    let stopped = branch.sign_in("maria").await.expect("a right password");
    let stopped = expect_reason(stopped, StopReason::SimChanged);
    assert_eq!(stopped.station, Station::Sim);
    assert_eq!(stopped.window_days, 7);
    assert!(
        stopped.until.is_some(),
        "the stop says when the change leaves the window"
    );
    assert_eq!((branch.sim_checks(), branch.sends()), (1, 0));
    assert_eq!(
        branch.cause_of(&stopped.reference).await.as_deref(),
        Some("changed")
    );
}

#[tokio::test]
async fn what_the_operator_does_not_tell_stops_and_is_never_called_a_change() {
    let table = [
        ("+447700900190", CannotTell::OperatorNotSupported),
        ("+447700900191", CannotTell::OperatorTimeout),
        ("+447700900192", CannotTell::NumberNotKnown),
        ("+447700900193", CannotTell::OperatorNotSupported),
        ("+447700900194", CannotTell::NoData),
        ("+447700900196", CannotTell::OurBalance),
        ("+447700900197", CannotTell::RateLimit),
        ("+447700900199", CannotTell::OperatorFailed),
    ];
    for (number, cause) in table {
        let branch = Branch::open().await;
        let stopped = branch.register("maria", number).await.expect("registered");
        let stopped = expect_reason(stopped, StopReason::CannotTell { cause });
        assert_eq!(stopped.station, Station::Sim, "{number}");
        assert_eq!(branch.sends(), 0, "{number}");
    }
}

/// Whatever is pressed in whatever order, each send follows a SIM check of its own.
#[tokio::test]
async fn every_send_follows_a_check_of_its_own() {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    // The sequence is arbitrary but the same each time, so that a failure can be looked at.
    let mut dice = 0x5EED_u64;
    let mut throw = move || {
        dice = dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        dice >> 33
    };
    for step in 0..250 {
        // Now and then half a day, or the daily limit would end all sending.
        let wait = if step % 12 == 0 {
            43_200
        } else {
            throw() % 400
        };
        branch.wait(seconds(wait)).await;
        // Most of these are refused most of the time, which is the point.
        match throw() % 7 {
            0 | 1 => drop(branch.sign_in("maria").await),
            2 => drop(branch.send_again(ChannelName::Sms).await),
            3 => drop(branch.send_again(ChannelName::Voice).await),
            4 => drop(branch.app.start_over().await),
            5 => drop(branch.view().await),
            _ => {
                if matches!(branch.view().await, View::Code(_)) {
                    drop(branch.type_right_code(STEADY).await);
                    drop(branch.app.sign_out().await);
                }
            }
        }
    }
    let mut unused: Option<Request> = None;
    let mut sends = 0;
    for request in branch.vendors.ledger() {
        match request.call {
            Call::SimCheck => unused = Some(request),
            Call::Verifications => {
                sends += 1;
                let check = unused.take();
                let check = check.unwrap_or_else(|| panic!("send {sends} has a check of its own"));
                let asked: serde_json::Value =
                    serde_json::from_slice(&check.body).expect("a check's body");
                let digits = asked["phone_number"].as_str().expect("a number");
                let to = STEADY.replace('+', "To=%2B");
                assert_eq!(format!("+{}", digits.trim_start_matches('+')), STEADY);
                assert!(
                    String::from_utf8_lossy(&request.body).contains(&to),
                    "both vendors get the same number"
                );
                let age = request.at.duration_since(check.at);
                assert!(age.as_secs() <= 60, "send {sends}: the check is {age} old");
            }
            Call::Token
            | Call::Revoke
            | Call::SimCheckRead
            | Call::Service
            | Call::VerificationCheck
            | Call::VerificationRead
            | Call::Cancel
            | Call::Other => {}
        }
    }
    assert!(sends > 30, "the sequence sent {sends} codes");
}
