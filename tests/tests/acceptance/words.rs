//! What is said is true, and stays true while it is shown.

use simgate_app::contract::args::{RegisterForm, SignInForm};
use simgate_app::contract::view::View;
use simgate_app::contract::words::{ChannelName, Language, SendProblem, StopReason};
use simgate_rehearsal::Call;
use simgate_rehearsal::faults::{Cut, Door, Fault, Wire};

use crate::branch::{
    Branch, PASSWORD, STEADY, expect_code, expect_reason, expect_stopped, minutes, register_form,
    seconds, sign_in_form,
};

/// The page asks anew every 25 seconds, and starts its countdown from what it is told.
#[tokio::test]
async fn the_wait_of_a_stop_grows_shorter_while_it_is_shown() {
    let branch = Branch::open().await;
    let headers = &[("Retry-After", "120")];
    let fault = Fault::on(Call::SimCheck).answering(429, headers, "{}");
    branch.vendors.set_fault(fault).await.expect("a fault");
    let stopped = branch.register("maria", STEADY).await.expect("registered");
    assert_eq!(expect_stopped(stopped).retry_in, Some(120));
    for (wait, left) in [(25, 95), (25, 70), (69, 1), (1, 0), (25, 0)] {
        branch.wait(seconds(wait)).await;
        let stopped = expect_stopped(branch.view().await);
        assert_eq!(stopped.retry_in, Some(left), "{wait} s later");
    }
}

/// It shows whose sign-in stopped, so that it must not be left standing; and who has not read it yet
/// must be able to keep it.
#[tokio::test]
async fn a_stop_leaves_the_screen_after_five_minutes_unless_it_is_kept() {
    let branch = Branch::open().await;
    let fault = Fault::on(Call::SimCheck).answering(500, &[], "{}");
    branch.vendors.set_fault(fault).await.expect("a fault");
    let stopped = branch.register("maria", STEADY).await.expect("registered");
    assert_eq!(expect_stopped(stopped).leaves_in, 300);
    branch.wait(seconds(299)).await;
    assert_eq!(expect_stopped(branch.view().await).leaves_in, 1);
    branch.app.stay().await.expect("kept");
    assert_eq!(expect_stopped(branch.view().await).leaves_in, 300);
    branch.wait(seconds(299)).await;
    assert_eq!(expect_stopped(branch.view().await).leaves_in, 1);
    branch.wait(seconds(1)).await;
    assert_eq!(branch.view().await, View::SignIn { ended: None });
}

/// Where no connection was made, or no secure one, it is known that nothing was sent; where the answer
/// was lost, nobody knows.
#[tokio::test]
async fn whether_a_code_may_have_been_sent_is_said_as_it_is() {
    let cut = Wire::Cut {
        at: Cut::Start,
        reset: false,
    };
    for (fault, problem, sent) in [
        (
            Fault::on(Call::Verifications).behind(Door::Refuse),
            SendProblem::Unreachable,
            0,
        ),
        (
            Fault::on(Call::Verifications).over(cut),
            SendProblem::Network,
            1,
        ),
    ] {
        let branch = Branch::open().await;
        branch.vendors.set_fault(fault).await.expect("a fault");
        let stopped = branch.register("maria", STEADY).await.expect("registered");
        expect_reason(stopped, StopReason::NotSent { problem });
        assert_eq!(branch.vendors.phone(STEADY).len(), sent, "{problem:?}");
    }
}

/// What another sign-in left could not be called back: the vendor was never asked to send.
#[tokio::test]
async fn that_an_older_code_could_not_be_called_back_is_no_unknown_send() {
    let cut = Wire::Cut {
        at: Cut::Start,
        reset: false,
    };
    for (fault, problem) in [
        (Fault::on(Call::Cancel).over(cut), SendProblem::Unreachable),
        (
            Fault::on(Call::Cancel).answering(200, &[], "{}"),
            SendProblem::VendorFailed,
        ),
    ] {
        let branch = Branch::open().await;
        branch.vendors.set_fault(fault).await.expect("a fault");
        expect_code(branch.register("maria", STEADY).await.expect("registered"));
        branch.app.start_over().await.expect("started over");
        branch.canceled(1).await;
        branch.wait(minutes(2)).await;
        let stopped = branch.sign_in("maria").await.expect("a right password");
        expect_reason(stopped, StopReason::NotSent { problem });
        assert_eq!(branch.sends(), 1);
    }
}

#[tokio::test]
async fn codes_that_were_tried_too_often_are_not_called_sent_too_often() {
    let branch = Branch::open().await;
    let used_up = Fault::on(Call::Verifications).answering(429, &[], r#"{"code":60202}"#);
    branch.vendors.set_fault(used_up).await.expect("a fault");
    let stopped = branch.register("maria", STEADY).await.expect("registered");
    let problem = SendProblem::TooManyTries;
    expect_reason(stopped, StopReason::NotSent { problem });
}

/// A gap of half a minute is told in seconds: a time of day without them would be one too early.
#[tokio::test]
async fn a_gap_between_codes_is_told_in_seconds() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    branch.app.start_over().await.expect("started over");
    branch.wait(seconds(10)).await;
    let stopped = branch.sign_in("maria").await.expect("a right password");
    let problem = SendProblem::TooSoon;
    let stopped = expect_reason(stopped, StopReason::NotSent { problem });
    assert_eq!((stopped.retry_in, stopped.until), (Some(20), None));
}

#[tokio::test]
async fn when_a_code_may_be_sent_again_is_told_anew_where_a_limit_forbids_it() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    branch.wait(seconds(30)).await;
    // The last send lies ahead now, and its gap with it.
    branch.clock.set_back(minutes(5));
    let again = branch.send_again(ChannelName::Sms).await.expect("the code");
    let again = expect_code(again);
    assert_eq!(again.send_problem, Some(SendProblem::TooSoon));
    assert_eq!(again.send_again_in, Some(300));
    assert_eq!(branch.sim_checks(), 1, "which costs no check");
}

#[tokio::test]
async fn a_vendor_that_asks_to_wait_is_not_asked_before() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    let busy = Fault::on(Call::Verifications).answering(429, &[("Retry-After", "200")], "{}");
    branch.vendors.set_fault(busy).await.expect("a fault");
    branch.wait(seconds(30)).await;
    let again = branch.send_again(ChannelName::Sms).await.expect("the code");
    let again = expect_code(again);
    assert_eq!(again.send_problem, Some(SendProblem::RateLimit));
    assert_eq!(again.send_again_in, Some(200));
}

/// The message comes in the language that the person reads.
#[tokio::test]
async fn a_code_comes_in_the_language_of_the_page() {
    for (language, locale) in [(Language::En, "Locale=en"), (Language::Es, "Locale=es")] {
        let branch = Branch::open().await;
        let form = RegisterForm {
            language,
            ..register_form("maria", STEADY)
        };
        branch.app.register(form).await.expect("registered");
        expect_code(branch.settled().await);
        branch.app.start_over().await.expect("started over");
        branch.wait(minutes(2)).await;
        let form = SignInForm {
            language,
            ..sign_in_form("maria", PASSWORD)
        };
        branch.app.sign_in(form).await.expect("a right password");
        expect_code(branch.settled().await);
        for request in branch.requests(Call::Verifications) {
            let body = String::from_utf8_lossy(&request.body).into_owned();
            assert!(body.contains(locale), "{body}");
        }
    }
}
