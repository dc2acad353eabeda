//! A change of somebody's number (BR1, SP7).

use simgate_app::App;
use simgate_app::contract::args::Typed;
use simgate_app::contract::people::{NumberStep, PersonAct};
use simgate_app::contract::words::{
    CannotTell, CodeProblem, ErrorCode, Field, Refusal, RoleName, SendProblem, StopReason,
};
use simgate_rehearsal::faults::{Fault, Wire};
use simgate_rehearsal::{Call, NumberRule};

use super::{ADMINS, MARIAS, NEW};
use crate::branch::{Branch, SWAPPED, days, expect_code, expect_counter, minutes, seconds};

/// A branch with maria, whose number is verified, and an admin at the counter.
pub(super) async fn with_maria() -> Branch {
    let branch = Branch::with_maria().await;
    branch.vendors.clear_ledger();
    branch
}

pub(super) async fn change(branch: &Branch, number: &str) -> Result<NumberStep, Refusal> {
    let form = branch.number_form("maria", number).await;
    branch.app.change_number(form).await
}

pub(super) async fn type_code(app: &App, code: &str) -> Result<NumberStep, Refusal> {
    app.check_number_code(Typed::from(code.to_owned())).await
}

pub(super) fn expect_waiting(step: &Result<NumberStep, Refusal>) {
    assert!(
        matches!(step, Ok(NumberStep::Code { wrong: false, .. })),
        "{step:?}"
    );
}

fn expect_stop(step: Result<NumberStep, Refusal>) -> (StopReason, String) {
    let Ok(NumberStep::Stopped {
        reason, reference, ..
    }) = step
    else {
        panic!("the number was not changed: {step:?}");
    };
    (reason, reference)
}

#[tokio::test]
async fn a_new_number_takes_a_sim_check_and_a_code_of_its_own() {
    let branch = with_maria().await;
    expect_waiting(&change(&branch, NEW).await);
    let asked: Vec<_> = branch
        .vendors
        .ledger()
        .into_iter()
        .map(|request| request.call)
        .collect();
    let check = asked.iter().position(|call| *call == Call::SimCheck);
    let send = asked.iter().position(|call| *call == Call::Verifications);
    assert!(
        check.is_some() && check < send,
        "a check comes before the code: {asked:?}"
    );
    assert_eq!(
        branch.vendors.phone(NEW).len(),
        1,
        "it goes to the new number"
    );
    let wrong = type_code(&branch.app, "000000").await;
    assert!(
        matches!(
            wrong,
            Ok(NumberStep::Code {
                wrong: true,
                tries_left: 4,
                ..
            })
        ),
        "{wrong:?}"
    );
    let done = type_code(&branch.app, &branch.newest_code(NEW)).await;
    let Ok(NumberStep::Done { person }) = done else {
        panic!("it was the right code: {done:?}");
    };
    assert_eq!(person.number_ending, "48");
    let maria = branch.person_called("maria").await;
    assert!(maria.verified_at.is_some(), "what proved it proved it");
    let again = type_code(&branch.app, &branch.newest_code(NEW)).await;
    assert_eq!(again.expect_err("it is done").code, ErrorCode::NotNow);
    branch.leave().await;
    branch.wait(minutes(11)).await;
    expect_code(
        branch
            .sign_in("maria")
            .await
            .expect("her password is the same"),
    );
    expect_counter(
        branch
            .type_right_code(NEW)
            .await
            .expect("at the new number"),
    );
}

#[tokio::test]
async fn a_new_number_has_no_grace_and_no_doubt() {
    let branch = with_maria().await;
    let (reason, reference) = expect_stop(change(&branch, SWAPPED).await);
    assert_eq!(reason, StopReason::SimChanged);
    assert_eq!(
        branch.cause_of(&reference).await.as_deref(),
        Some("changed")
    );
    branch
        .vendors
        .set_number(NEW, NumberRule::NotSupported)
        .expect("a rule");
    let (reason, _) = expect_stop(change(&branch, NEW).await);
    let cannot_tell = StopReason::CannotTell {
        cause: CannotTell::OperatorNotSupported,
    };
    assert_eq!(reason, cannot_tell);
    assert_eq!(branch.sends(), 0, "no code was sent");
    let typed = type_code(&branch.app, "123456").await;
    assert_eq!(typed.expect_err("nothing to type").code, ErrorCode::NotNow);
    assert_eq!(branch.person_called("maria").await.row.number_ending, "46");
}

#[tokio::test]
async fn five_wrong_codes_are_all() {
    let branch = with_maria().await;
    expect_waiting(&change(&branch, NEW).await);
    for _ in 0..4 {
        let wrong = type_code(&branch.app, "000000").await;
        assert!(
            matches!(wrong, Ok(NumberStep::Code { wrong: true, .. })),
            "{wrong:?}"
        );
    }
    let (reason, _) = expect_stop(type_code(&branch.app, "000000").await);
    let used_up = StopReason::CodeRefused {
        problem: CodeProblem::TriesUsedUp,
    };
    assert_eq!(reason, used_up);
    branch.canceled(1).await;
    let right = type_code(&branch.app, &branch.newest_code(NEW)).await;
    assert_eq!(right.expect_err("over").code, ErrorCode::NotNow);
}

#[tokio::test]
async fn a_code_for_a_new_number_lives_ten_minutes_and_as_long_as_the_session() {
    let branch = with_maria().await;
    expect_waiting(&change(&branch, NEW).await);
    branch.clock_forward_here(seconds(600));
    let (reason, _) = expect_stop(type_code(&branch.app, &branch.newest_code(NEW)).await);
    assert_eq!(
        reason,
        StopReason::CodeRefused {
            problem: CodeProblem::Expired
        }
    );
    assert!(
        branch.requests(Call::VerificationCheck).is_empty(),
        "the vendor was not asked"
    );

    branch.wait(minutes(3)).await;
    branch.prove_anew().await;
    expect_waiting(&change(&branch, NEW).await);
    let code = branch.newest_code(NEW);
    branch.leave().await;
    branch.wait(minutes(2)).await;
    branch.canceled(2).await;
    branch.admin_back().await;
    let late = type_code(&branch.app, &code).await;
    assert_eq!(late.expect_err("another session").code, ErrorCode::NotNow);
    assert_eq!(branch.person_called("maria").await.row.number_ending, "46");
}

#[tokio::test]
async fn a_change_that_is_given_up_is_canceled() {
    let branch = with_maria().await;
    expect_waiting(&change(&branch, NEW).await);
    branch.app.give_up_number().await.expect("given up");
    branch.canceled(1).await;
    let late = type_code(&branch.app, &branch.newest_code(NEW)).await;
    assert_eq!(late.expect_err("given up").code, ErrorCode::NotNow);
    branch
        .app
        .give_up_number()
        .await
        .expect("there is nothing to give up");
}

#[tokio::test]
async fn what_is_no_new_number_is_said_at_its_field() {
    let branch = with_maria().await;
    for (number, code) in [
        (MARIAS, ErrorCode::PhoneSame),
        (ADMINS, ErrorCode::PhoneTaken),
        ("12", ErrorCode::PhoneInvalid),
        ("020 7946 0018", ErrorCode::PhoneNotMobile),
    ] {
        let refused = change(&branch, number).await.expect_err("no new number");
        assert_eq!(
            (refused.code, refused.field),
            (code, Some(Field::Phone)),
            "{number}"
        );
    }
    assert_eq!(branch.sim_checks(), 0);
}

#[tokio::test]
async fn another_admins_act_between_begin_and_code_wins() {
    let branch = with_maria().await;
    expect_waiting(&change(&branch, NEW).await);
    branch
        .done(
            "maria",
            PersonAct::Role {
                role: RoleName::Supervisor,
            },
        )
        .await;
    let late = type_code(&branch.app, &branch.newest_code(NEW)).await;
    let changed = matches!(
        late,
        Ok(NumberStep::Stopped {
            reason: StopReason::CodeRefused {
                problem: CodeProblem::AccountChanged
            },
            ..
        })
    );
    assert!(changed, "{late:?}");
    assert_eq!(branch.person_called("maria").await.row.number_ending, "46");
}

/// FR1: neither the number nor the person gets more codes by beginning again and again.
#[tokio::test]
async fn beginning_again_buys_no_more_codes() {
    let branch = with_maria().await;
    let (mut sent, mut proofs) = (0, 0);
    for _ in 0..12 {
        match change(&branch, NEW).await {
            Ok(NumberStep::Code { .. }) => sent += 1,
            Err(refusal) if refusal.code == ErrorCode::StepUpNeeded => {
                branch.prove_anew().await;
                proofs += 1;
            }
            Ok(NumberStep::Stopped {
                reason: StopReason::NotSent { problem },
                ..
            }) => {
                assert!(matches!(
                    problem,
                    SendProblem::TooSoon | SendProblem::NumberLimit
                ));
            }
            other => panic!("{other:?}"),
        }
        branch.wait(seconds(50)).await;
        branch.app.stay().await.expect("the admin is there");
    }
    assert!(sent <= 5, "{sent} in ten minutes");
    assert_eq!(branch.sends(), sent + proofs);
}

/// SP7: grace starts when a number is first seen, whoever has it, and not again.
#[tokio::test]
async fn a_new_number_starts_its_own_history_and_the_old_keeps_its() {
    let branch = with_maria().await;
    branch.app.stay().await.expect("the admin is there");
    expect_waiting(&change(&branch, NEW).await);
    type_code(&branch.app, &branch.newest_code(NEW))
        .await
        .expect("changed");
    let old = branch.person_called("maria").await;
    assert!(old.grace_until.is_none(), "it is verified");
    branch.leave().await;
    branch.wait(days(1)).await;
    branch
        .vendors
        .set_number(
            MARIAS,
            NumberRule::Changed {
                within_minutes: None,
            },
        )
        .expect("a rule");
    branch.admin_back().await;
    let added = branch.add("marta", MARIAS, RoleName::Staff).await;
    let marta = branch.person_called("marta").await;
    assert!(marta.verified_at.is_some() && marta.grace_until.is_none());
    branch.leave().await;
    let view = branch
        .sign_in_with("marta", added.one_time_password.as_str())
        .await;
    crate::branch::expect_reason(view.expect("a password"), StopReason::SimChanged);
}

/// SE7: the code that is typed then needs no other proof.
#[tokio::test]
async fn a_change_of_number_asks_for_a_fresh_proof() {
    let branch = with_maria().await;
    branch.wait(minutes(6)).await;
    let refused = change(&branch, NEW).await.expect_err("too old");
    assert_eq!(refused.code, ErrorCode::StepUpNeeded);
    assert_eq!((branch.sim_checks(), branch.sends()), (0, 0));
    branch.prove_anew().await;
    expect_waiting(&change(&branch, NEW).await);
    branch.clock_forward_here(minutes(6));
    let done = type_code(&branch.app, &branch.newest_code(NEW)).await;
    assert!(matches!(done, Ok(NumberStep::Done { .. })), "{done:?}");
}

/// A change of NEW was given up, and the vendor did not hear of it.
async fn with_a_stale_code() -> Branch {
    let branch = with_maria().await;
    expect_waiting(&change(&branch, NEW).await);
    let lost = Fault::on(Call::Cancel).times(1).answering(503, &[], "{}");
    branch.vendors.set_fault(lost).await.expect("a fault");
    branch.app.give_up_number().await.expect("given up");
    branch.canceled(1).await;
    branch.vendors.clear_faults().await;
    branch.wait(minutes(2)).await;
    branch
}

#[tokio::test]
async fn what_another_change_left_pending_is_canceled_or_nothing_is_sent() {
    let branch = with_a_stale_code().await;
    let silent = Fault::on(Call::Cancel).over(Wire::Stall);
    branch.vendors.set_fault(silent).await.expect("a fault");
    let (reason, reference) = expect_stop(change(&branch, NEW).await);
    let problem = SendProblem::Unreachable;
    assert_eq!(reason, StopReason::NotSent { problem });
    let cause = branch.cause_of(&reference).await;
    assert_eq!(cause.as_deref(), Some("timed_out"));
    assert_eq!(branch.sends(), 1, "only the one from before");
    branch.vendors.clear_faults().await;
    branch.wait(minutes(2)).await;
    let canceled = branch.requests(Call::Cancel).len();
    expect_waiting(&change(&branch, NEW).await);
    assert_eq!(branch.requests(Call::Cancel).len(), canceled + 1);
}

#[tokio::test]
async fn a_vendor_that_sends_a_canceled_code_to_a_new_number_is_not_believed() {
    let branch = with_a_stale_code().await;
    let path = branch.requests(Call::Cancel)[0].path.clone();
    let sid = path.rsplit('/').next().expect("a SID");
    let body = format!("{{\"sid\":\"{sid}\",\"status\":\"canceled\"}}");
    let lie = Fault::on(Call::Cancel).times(1).answering(200, &[], &body);
    branch.vendors.set_fault(lie).await.expect("a fault");
    let (reason, _) = expect_stop(change(&branch, NEW).await);
    let problem = SendProblem::MalformedAnswer;
    assert_eq!(reason, StopReason::NotSent { problem });
    // Once when it was given up, once for the lie, once for what was sent all the same.
    branch.canceled(3).await;
}

#[tokio::test]
async fn a_vendor_that_looks_at_no_code_costs_no_try() {
    let branch = with_maria().await;
    expect_waiting(&change(&branch, NEW).await);
    let refusing = Fault::on(Call::VerificationCheck).answering(429, &[], "{\"code\":20429}");
    branch.vendors.set_fault(refusing).await.expect("a fault");
    let (reason, _) = expect_stop(type_code(&branch.app, &branch.newest_code(NEW)).await);
    let problem = CodeProblem::RateLimit;
    assert_eq!(reason, StopReason::CodeRefused { problem });
    let sql = "SELECT codes_in_a_row FROM users WHERE canonical = 'maria'";
    let tries: u32 = branch
        .raw()
        .query_row(sql, [], |row| row.get(0))
        .expect("the table of people");
    assert_eq!(tries, 0);
}

#[tokio::test]
async fn a_change_that_is_given_up_while_the_operator_is_asked_sends_nothing() {
    let branch = with_maria().await;
    let slow = Fault {
        delay_ms: 500,
        ..Fault::on(Call::SimCheck)
    };
    branch.vendors.set_fault(slow).await.expect("a fault");
    let (step, ()) = tokio::join!(change(&branch, NEW), async {
        branch.asked(Call::SimCheck, 1).await;
        branch.app.give_up_number().await.expect("given up");
    });
    assert_eq!(step.expect_err("given up").code, ErrorCode::NotNow);
    assert_eq!(branch.sends(), 0);
    branch.vendors.clear_faults().await;
    expect_waiting(&change(&branch, NEW).await);
}

#[tokio::test]
async fn a_code_on_its_way_is_called_back_where_its_session_or_the_program_ends() {
    let slow = || Fault {
        delay_ms: 500,
        ..Fault::on(Call::Verifications)
    };
    let branch = with_maria().await;
    branch.vendors.set_fault(slow()).await.expect("a fault");
    let (_told_to_nobody, ()) = tokio::join!(change(&branch, NEW), async {
        branch.asked(Call::Verifications, 1).await;
        branch.leave().await;
        branch.wait(seconds(1)).await;
    });
    branch.canceled(1).await;
    assert_eq!(branch.sends(), 1);

    let branch = with_maria().await;
    expect_waiting(&change(&branch, NEW).await);
    branch.app.close().await;
    assert_eq!(branch.requests(Call::Cancel).len(), 1);
}
