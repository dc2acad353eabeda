//! Sending the code, again and by voice.

use simgate_app::contract::view::View;
use simgate_app::contract::words::{CannotTell, ChannelName, SendProblem, StopReason};
use simgate_rehearsal::faults::Fault;
use simgate_rehearsal::{Call, NumberRule};

use crate::branch::{Branch, STEADY, expect_code, expect_counter, expect_reason, minutes, seconds};

#[tokio::test]
async fn a_code_comes_again_after_thirty_seconds_and_by_voice_after_sixty_more() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));

    branch.wait(seconds(29)).await;
    let early = expect_code(
        branch
            .send_again(ChannelName::Sms)
            .await
            .expect("still the code"),
    );
    assert_eq!(early.send_problem, Some(SendProblem::TooSoon));
    assert_eq!(
        (branch.sim_checks(), branch.sends()),
        (1, 1),
        "too soon costs nothing"
    );

    branch.wait(seconds(1)).await;
    let again = expect_code(
        branch
            .send_again(ChannelName::Sms)
            .await
            .expect("sent again"),
    );
    assert_eq!((again.send_again_in, again.send_problem), (Some(60), None));
    branch.wait(seconds(60)).await;
    let voice = expect_code(branch.send_again(ChannelName::Voice).await.expect("called"));
    assert_eq!(voice.channel, ChannelName::Voice);
    assert_eq!(
        voice.send_again_in, None,
        "three sends are all of one sign-in"
    );
    assert_eq!((branch.sim_checks(), branch.sends()), (3, 3));
    assert_eq!(
        voice.expires_in,
        600 - 90,
        "sending it again makes no code last longer"
    );

    let fourth = expect_code(
        branch
            .send_again(ChannelName::Sms)
            .await
            .expect("still the code"),
    );
    assert_eq!(fourth.send_problem, Some(SendProblem::SignInLimit));
    expect_counter(
        branch
            .type_right_code(STEADY)
            .await
            .expect("it is still good"),
    );
}

#[tokio::test]
async fn a_sim_that_changes_before_the_code_is_sent_again_stops_it() {
    for channel in [ChannelName::Sms, ChannelName::Voice] {
        let branch = Branch::open().await;
        branch.verified_person("maria", STEADY).await;
        expect_code(branch.sign_in("maria").await.expect("a code"));
        let sends = branch.sends();
        let changed = NumberRule::Changed {
            within_minutes: None,
        };
        branch.vendors.set_number(STEADY, changed).expect("a rule");
        branch.wait(seconds(30)).await;
        let stopped = branch.send_again(channel).await.expect("a check");
        expect_reason(stopped, StopReason::SimChanged);
        assert_eq!(branch.sends(), sends, "nothing was sent to the new SIM");
        branch.canceled(1).await;
    }
}

#[tokio::test]
async fn starting_over_is_no_way_around_the_gap_or_the_limit() {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    let mut sent = 0;
    for _ in 0..60 {
        if let View::Code(_) = branch.sign_in("maria").await.expect("a right password") {
            sent += 1;
        }
        branch.app.start_over().await.expect("started over");
        branch.wait(seconds(10)).await;
    }
    // Ten minutes: four more beside the one of the registration, after 30, 60 and 120 s gaps.
    assert_eq!(sent, 4, "codes in ten minutes");
    assert_eq!(branch.sends(), sent + 1);

    for _ in 0..50 {
        branch.wait(minutes(29)).await;
        drop(branch.sign_in("maria").await.expect("a right password"));
        branch.app.start_over().await.expect("started over");
    }
    let all = branch.vendors.phone(STEADY);
    assert!(all.len() > 10, "more than a day went by: {}", all.len());
    for window in all.windows(11) {
        let span = window[10].at.duration_since(window[0].at);
        assert!(
            span.as_hours() >= 24,
            "no more than ten codes a day to one number"
        );
    }
}

/// A check costs money whether or not a code follows it.
#[tokio::test]
async fn signing_in_over_and_over_asks_the_operator_ten_times_and_no_more() {
    let branch = Branch::open().await;
    let silent = "+447700900190";
    let mut last = branch.register("maria", silent).await.expect("registered");
    for _ in 0..14 {
        branch.app.start_over().await.expect("started over");
        last = branch.sign_in("maria").await.expect("a right password");
    }
    assert_eq!(branch.sim_checks(), 10);
    let cause = CannotTell::RateLimit;
    let stopped = expect_reason(last, StopReason::CannotTell { cause });
    assert!(stopped.until.is_some(), "it says until when");
    let cause = branch.cause_of(&stopped.reference).await;
    assert_eq!(cause.as_deref(), Some("own_check_limit"));

    branch.app.start_over().await.expect("started over");
    branch.wait(minutes(10)).await;
    branch.sign_in("maria").await.expect("a right password");
    assert_eq!(
        branch.sim_checks(),
        11,
        "ten minutes later it is asked again"
    );
}

#[tokio::test]
async fn drawing_a_screen_sends_nothing() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    for _ in 0..200 {
        expect_code(branch.view().await);
    }
    assert_eq!((branch.sim_checks(), branch.sends()), (1, 1));
}

#[tokio::test]
async fn leaving_cancels_the_code_and_a_crash_is_made_good_at_the_next_start() {
    let mut branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    branch.app.start_over().await.expect("started over");
    branch.canceled(1).await;

    branch.wait(minutes(11)).await;
    expect_code(branch.sign_in("maria").await.expect("a code"));
    branch.kill_and_restart().await;
    assert!(matches!(branch.view().await, View::SignIn { ended: None }));
    branch.canceled(2).await;
    let canceled = branch.requests(Call::Cancel);
    assert_ne!(
        canceled[0].path, canceled[1].path,
        "each verification was canceled once"
    );
}

#[tokio::test]
async fn a_code_left_pending_by_another_sign_in_is_canceled_before_a_new_one_is_sent() {
    let branch = Branch::open().await;
    // The first attempt to cancel is lost, so that the verification stays pending.
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    let old = branch.newest_code(STEADY);
    let fault = Fault::on(Call::Cancel).times(1).answering(503, &[], "{}");
    branch.vendors.set_fault(fault).await.expect("a fault");
    branch.app.start_over().await.expect("started over");
    branch.canceled(1).await;
    branch.wait(minutes(2)).await;
    expect_code(branch.sign_in("maria").await.expect("a new code"));
    branch.canceled(2).await;
    let calls: Vec<Call> = branch
        .vendors
        .ledger()
        .iter()
        .map(|request| request.call)
        .collect();
    let canceled = calls.iter().rposition(|call| *call == Call::Cancel);
    let sent = calls.iter().rposition(|call| *call == Call::Verifications);
    assert!(canceled < sent, "canceled first");
    assert_ne!(branch.newest_code(STEADY), old, "another code was made");
    let wrong = expect_code(branch.type_code(&old).await.expect("an old code"));
    assert!(wrong.wrong, "the old code opens nothing");
}
