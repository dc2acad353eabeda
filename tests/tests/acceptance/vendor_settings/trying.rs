//! One real SIM check and one real code.

use simgate_app::contract::args::Typed;
use simgate_app::contract::settings::{TriedCode, TriedSim, TryAnswer};
use simgate_app::contract::words::{CannotTell, ChannelName, SendProblem, VendorName};
use simgate_rehearsal::faults::Fault;
use simgate_rehearsal::{Call, NumberRule, ProjectRule, ServiceRule};
use simgate_store::watch::When;

use super::{as_stored, at_the_counter, passed, test, try_form, twilio};
use crate::branch::{STEADY, minutes, seconds};

#[tokio::test]
async fn one_real_check_says_what_it_cost() {
    let branch = at_the_counter().await;
    let rule = ProjectRule {
        balance_micros: 20_000_000,
        charge_micros: 50_000,
        currency: "EUR".to_owned(),
        ..ProjectRule::default()
    };
    branch.vendors.set_project(rule).expect("a project");
    let answer = branch.app.try_sim_check(try_form(None)).await;
    assert_eq!(
        answer.expect("an answer"),
        TryAnswer::Checked {
            answer: TriedSim::Unchanged,
            cost: Some("0.05 EUR".to_owned()),
            balance: Some("19.95 EUR".to_owned()),
            retry_in: None,
        }
    );
    assert_eq!((branch.sim_checks(), branch.sends()), (1, 0));
}

#[tokio::test]
async fn one_real_code_follows_a_check_of_its_own_and_counts() {
    let branch = at_the_counter().await;
    let known = branch.vendors.credentials().clone();
    branch.wait(minutes(10)).await;
    branch.app.stay().await.expect("still there");
    branch.vendors.clear_ledger();
    let answer = branch.app.try_code(try_form(Some(twilio(&known)))).await;
    assert_eq!(
        answer.expect("an answer"),
        TryAnswer::Sent {
            number_ending: "46".to_owned(),
            channel: ChannelName::Sms,
        }
    );
    assert_eq!((branch.sim_checks(), branch.sends()), (1, 1));
    let check = |code: String| {
        let app = branch.app.clone();
        async move { app.check_tried_code(Typed::from(code)).await }
    };
    let right = branch.newest_code(STEADY);
    let wrong = if right == "111111" {
        "222222"
    } else {
        "111111"
    };
    assert_eq!(check(wrong.to_owned()).await, Ok(TriedCode::Wrong));
    assert_eq!(check(right.clone()).await, Ok(TriedCode::Approved));
    assert_eq!(check(right).await, Ok(TriedCode::NothingSent));

    let too_soon = branch.app.try_code(try_form(None)).await;
    assert!(
        matches!(
            too_soon,
            Ok(TryAnswer::NotSent {
                problem: SendProblem::TooSoon,
                ..
            })
        ),
        "{too_soon:?}"
    );
    branch.wait(minutes(1)).await;
    let again = branch.app.try_code(try_form(None)).await;
    assert!(matches!(again, Ok(TryAnswer::Sent { .. })), "{again:?}");
    branch.wait(minutes(5)).await;
    let used_up = branch.app.try_code(try_form(None)).await;
    assert_eq!(
        used_up,
        Ok(TryAnswer::NotSent {
            problem: SendProblem::SignInLimit,
            retry_in: None
        })
    );
    assert_eq!(branch.sends(), 2, "the limits of a sign-in hold here too");
}

#[tokio::test]
async fn no_code_is_tried_where_the_sim_was_changed_or_cannot_be_checked() {
    for (rule, expected) in [
        (
            NumberRule::Changed {
                within_minutes: None,
            },
            TriedSim::Changed,
        ),
        (
            NumberRule::NotSupported,
            TriedSim::CannotTell {
                cause: CannotTell::OperatorNotSupported,
            },
        ),
    ] {
        let branch = at_the_counter().await;
        branch.wait(minutes(10)).await;
        branch.app.stay().await.expect("still there");
        branch.vendors.set_number(STEADY, rule).expect("a rule");
        branch.vendors.clear_ledger();
        let answer = branch
            .app
            .try_code(try_form(None))
            .await
            .expect("an answer");
        assert!(
            matches!(answer, TryAnswer::Checked { answer, .. } if answer == expected),
            "{answer:?}"
        );
        assert_eq!((branch.sim_checks(), branch.sends()), (1, 0));
    }
}

#[tokio::test]
async fn a_channel_that_is_switched_off_shows_when_a_code_is_tried() {
    let branch = at_the_counter().await;
    let rule = ServiceRule {
        channels: vec![simgate_rehearsal::Channel::Call],
        ..ServiceRule::default()
    };
    branch.vendors.set_service(rule).expect("a service");
    assert!(passed(&test(&branch, as_stored(VendorName::Twilio)).await));
    branch.wait(minutes(10)).await;
    branch.app.stay().await.expect("still there");
    let answer = branch
        .app
        .try_code(try_form(None))
        .await
        .expect("an answer");
    let problem = SendProblem::ChannelOff;
    assert_eq!(
        answer,
        TryAnswer::NotSent {
            problem,
            retry_in: None
        }
    );
    assert_eq!(
        branch.acts("vendor_test_failed"),
        ["channel_off twilio trial_code"]
    );
    assert!(
        branch.acts("code_not_sent").is_empty(),
        "no sign-in stopped"
    );
}

#[tokio::test]
async fn a_code_that_was_tried_is_called_off_with_the_session() {
    let branch = at_the_counter().await;
    branch.wait(minutes(10)).await;
    branch.app.stay().await.expect("still there");
    let answer = branch
        .app
        .try_code(try_form(None))
        .await
        .expect("an answer");
    assert!(matches!(answer, TryAnswer::Sent { .. }), "{answer:?}");
    branch.app.sign_out().await.expect("a sign-out");
    branch.wait(seconds(1)).await;
    branch.canceled(1).await;
}

/// As everywhere else: a code follows a check of this very moment, or is not sent.
#[tokio::test]
async fn no_code_is_tried_on_an_old_check() {
    let branch = at_the_counter().await;
    branch.wait(minutes(10)).await;
    branch.app.stay().await.expect("still there");
    branch.vendors.clear_ledger();
    let held = branch.watcher.hold(When::Before, "reserve_send");
    let (answer, ()) = tokio::join!(branch.app.try_code(try_form(None)), async {
        held.reached().await;
        branch.clock_forward_here(seconds(61));
        held.go_on();
    });
    let problem = SendProblem::CheckTooOld;
    assert_eq!(
        answer,
        Ok(TryAnswer::NotSent {
            problem,
            retry_in: None
        })
    );
    assert_eq!((branch.sim_checks(), branch.sends()), (1, 0));
    assert_eq!(
        branch.acts("vendor_test_failed"),
        ["stale_clearance twilio trial_code"]
    );
}

/// A verification that another sign-in left pending: canceled, it says, and sent once more.
#[tokio::test]
async fn a_vendor_that_tries_a_canceled_code_again_is_not_believed() {
    let branch = at_the_counter().await;
    branch.wait(minutes(10)).await;
    branch.app.stay().await.expect("still there");
    let sent = branch.app.try_code(try_form(None)).await;
    assert!(matches!(sent, Ok(TryAnswer::Sent { .. })), "{sent:?}");
    let sql = "UPDATE numbers SET pending_sign_in = zeroblob(16) WHERE pending_sid IS NOT NULL";
    assert_eq!(branch.raw().execute(sql, []).expect("the numbers"), 1);
    let sql = "SELECT pending_sid FROM numbers WHERE pending_sid IS NOT NULL";
    let sid: String = branch
        .raw()
        .query_row(sql, [], |row| row.get(0))
        .expect("a SID");
    let body = format!("{{\"sid\":\"{sid}\",\"status\":\"canceled\"}}");
    let lie = Fault::on(Call::Cancel).times(1).answering(200, &[], &body);
    branch.vendors.set_fault(lie).await.expect("a fault");
    branch.wait(minutes(1)).await;
    let answer = branch.app.try_code(try_form(None)).await;
    let problem = SendProblem::MalformedAnswer;
    assert_eq!(
        answer,
        Ok(TryAnswer::NotSent {
            problem,
            retry_in: None
        })
    );
    // Once for the lie, once for what was sent all the same.
    branch.canceled(2).await;
    let check = branch
        .app
        .check_tried_code(Typed::from("123456".to_owned()));
    assert_eq!(check.await, Ok(TriedCode::NothingSent));
}
