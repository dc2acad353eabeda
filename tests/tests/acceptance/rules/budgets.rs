//! The daily budgets of the whole installation.

use simgate_app::contract::args::Typed;
use simgate_app::contract::rules::{RulesDraft, Whole};
use simgate_app::contract::view::View;
use simgate_app::contract::words::{CannotTell, ChannelName, ErrorCode, SendProblem, StopReason};
use simgate_rehearsal::Call;

use super::{SILENT, branch_with};
use crate::branch::{
    Branch, PASSWORD, STEADY, days, expect_code, expect_counter, expect_reason, minutes,
    register_form, seconds,
};
use crate::people::NEW;

/// The budgets as whoever sets them sees them, and the warning that is put on record once.
#[tokio::test]
async fn four_fifths_of_a_budget_are_a_warning() {
    let branch = branch_with(|rules| rules.branch.code_budget = Whole(5)).await;
    for (name, number) in [
        ("maria", STEADY),
        ("carmen", NEW),
        ("paula", "+447700900142"),
    ] {
        expect_code(branch.register(name, number).await.expect("registered"));
        branch.app.start_over().await.expect("started over");
    }
    assert_eq!(warnings(&branch), 0, "three of five are not four fifths");
    branch.admin_back().await;
    let budgets = branch.app.budgets().await.expect("the budgets");
    let codes = (budgets.codes.spent, budgets.codes.budget);
    assert_eq!((codes, budgets.codes.warning), ((4, 5), true));
    assert!(!budgets.checks.warning);
    assert_eq!(warnings(&branch), 1);
    branch.leave().await;
    branch.wait(minutes(1)).await;
    expect_code(branch.sign_in("maria").await.expect("the last of five"));
    assert_eq!(warnings(&branch), 1, "once a day");
}

/// Our own budget ends no session: a proof whose check or code would be past it is not begun.
#[tokio::test]
async fn a_proof_past_a_budget_is_not_begun() {
    for change in [
        (|rules: &mut RulesDraft| rules.branch.code_budget = Whole(1)) as fn(&mut RulesDraft),
        |rules: &mut RulesDraft| rules.branch.check_budget = Whole(1),
    ] {
        let branch = branch_with(change).await;
        branch.admin_back().await;
        branch.wait(minutes(6)).await;
        let password = Typed::from(PASSWORD.to_owned());
        let refused = branch.app.step_up(password).await.expect_err("not begun");
        assert_eq!(refused.code, ErrorCode::ProofTooSoon);
        assert_eq!(refused.retry_after, Some(86_400 - 360));
        expect_counter(branch.view().await);
        assert_eq!((branch.sim_checks(), branch.sends()), (1, 1));
    }
}

/// How often it was put on record that codes run out.
fn warnings(branch: &Branch) -> u32 {
    let sql = "SELECT count(*) FROM record WHERE act = 'budget_warning' AND cause = 'codes'";
    let count = branch.raw().query_row(sql, (), |row| row.get(0));
    count.expect("the record")
}

#[tokio::test]
async fn past_the_budget_no_code_is_sent_and_no_check_is_paid_for() {
    let branch = branch_with(|rules| rules.branch.code_budget = Whole(2)).await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    branch.wait(seconds(30)).await;
    let voice = branch.send_again(ChannelName::Voice).await.expect("a call");
    assert_eq!(expect_code(voice).send_problem, None);
    branch.wait(seconds(60)).await;
    let again = branch.send_again(ChannelName::Sms).await.expect("the code");
    let problem = SendProblem::Budget;
    assert_eq!(expect_code(again).send_problem, Some(problem));
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    branch.app.sign_out().await.expect("signed out");

    let budget = StopReason::NotSent { problem };
    let stopped = branch.register("carmen", "+447700900148").await;
    let stopped = expect_reason(stopped.expect("registered"), budget);
    assert!(stopped.until.is_some(), "it says until when");
    let cause = branch.cause_of(&stopped.reference).await;
    assert_eq!(cause.as_deref(), Some("code_budget"));
    assert_eq!((branch.sends(), branch.sim_checks()), (2, 2));

    branch.app.start_over().await.expect("started over");
    branch.wait(days(1)).await;
    expect_code(branch.sign_in("carmen").await.expect("a right password"));
    assert_eq!(branch.sends(), 3);
}

#[tokio::test]
async fn past_the_budget_of_checks_nobody_is_asked() {
    let branch = branch_with(|rules| rules.branch.check_budget = Whole(1)).await;
    let cause = CannotTell::OperatorNotSupported;
    let stopped = branch.register("maria", SILENT).await.expect("registered");
    expect_reason(stopped, StopReason::CannotTell { cause });
    branch.app.start_over().await.expect("started over");
    let stopped = branch.register("carmen", STEADY).await.expect("registered");
    let problem = SendProblem::Budget;
    let stopped = expect_reason(stopped, StopReason::NotSent { problem });
    let cause = branch.cause_of(&stopped.reference).await;
    assert_eq!(cause.as_deref(), Some("check_budget"));
    assert_eq!((branch.sim_checks(), branch.sends()), (1, 0));
}

/// Whatever is pressed in whatever order for a day and a half, by people with one number each, over
/// restarts of the program.
#[tokio::test]
async fn no_loop_sends_more_than_the_limits() {
    const BUDGET: usize = 15;
    let numbers = [STEADY, "+447700900148", "+447700900142"];
    let names = ["maria", "carmen", "paula"];
    let mut branch = branch_with(|rules| rules.branch.code_budget = Whole(15)).await;
    // The sequence is arbitrary but the same each time, so that a failure can be looked at.
    let mut dice = 0x0DD5_u64;
    let mut throw = move |sides: u64| {
        dice = dice
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (dice >> 33) % sides
    };
    let mut at = 0;
    for step in 0..500 {
        let wait = if step % 25 == 0 { 3_600 } else { throw(200) };
        branch.wait(seconds(wait)).await;
        match throw(9) {
            0 | 1 => {
                drop(branch.app.start_over().await);
                at = usize::try_from(throw(3)).expect("one of three");
                drop(branch.sign_in(names[at]).await);
            }
            2 => {
                drop(branch.app.start_over().await);
                at = usize::try_from(throw(3)).expect("one of three");
                let name = format!("{}{step}", names[at]);
                drop(branch.app.register(register_form(&name, numbers[at])).await);
                branch.settled().await;
                drop(branch.register(names[at], numbers[at]).await);
            }
            3 | 4 => drop(branch.send_again(ChannelName::Sms).await),
            5 => drop(branch.send_again(ChannelName::Voice).await),
            6 if throw(4) == 0 => branch.kill_and_restart().await,
            6 => drop(branch.type_code("111111").await),
            _ => {
                if matches!(branch.view().await, View::Code(_)) {
                    drop(branch.type_right_code(numbers[at]).await);
                    drop(branch.app.sign_out().await);
                }
            }
        }
    }
    let sends = branch.requests(Call::Verifications);
    let used_up_on_both_days = sends.len() >= 2 * BUDGET;
    assert!(used_up_on_both_days, "{} codes were sent", sends.len());
    let since_the_first =
        |send: &simgate_rehearsal::Request| send.at.duration_since(sends[0].at).as_secs_f64();
    let all: Vec<f64> = sends.iter().map(since_the_first).collect();
    assert_no_more_than(&all, BUDGET, 24.0);
    for number in numbers {
        let to = |send: &&simgate_rehearsal::Request| {
            let form = send.form();
            form.iter().any(|(name, to)| name == "To" && to == number)
        };
        let times: Vec<f64> = sends.iter().filter(to).map(since_the_first).collect();
        assert_no_more_than(&times, 5, 1.0 / 6.0);
        assert_no_more_than(&times, 10, 24.0);
    }
}

/// Of these seconds no more than `most` lie within that many hours.
fn assert_no_more_than(times: &[f64], most: usize, hours: f64) {
    for window in times.windows(most + 1) {
        let span = window[most] - window[0];
        assert!(span >= hours * 3_600.0, "{most} in {hours} h: {span} s");
    }
}
