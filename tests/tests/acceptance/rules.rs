//! What an admin may set, and what it does.

use simgate_app::contract::rules::{
    LooseningView, RulesAnswer, RulesDraft, RulesField, RulesForm, RulesProblem, SimAnswer, Then,
    WhatIf, Whole, WouldStop,
};
use simgate_app::contract::view::{SessionEnd, SimWord, Station, View};
use simgate_app::contract::words::{
    CannotTell, ChannelName, CodeProblem, ErrorCode, Field, SendProblem, StopReason,
};
use simgate_domain::attempts::Limits;
use simgate_domain::{Clock, UserId};
use simgate_rehearsal::{Call, NumberRule};
use simgate_store::{NameTried, Store};

use crate::branch::{
    Branch, STEADY, SWAPPED, days, expect_code, expect_counter, expect_reason, minutes,
    register_form, seconds,
};

/// A number that the stand-ins say no operator answers for.
const SILENT: &str = "+447700900190";
const CHANGED: NumberRule = NumberRule::Changed {
    within_minutes: Some(30),
};

/// An admin sets other rules; they hold at once.
async fn set(branch: &Branch, change: impl FnOnce(&mut RulesDraft)) -> u32 {
    let page = branch.app.rules_page().await.expect("the rules");
    let mut rules = page.rules;
    change(&mut rules);
    let version = page.version;
    let form = RulesForm { version, rules };
    let answer = branch.app.set_rules(form).await.expect("an answer");
    let RulesAnswer::Done { page } = answer else {
        panic!("the rules are within their bounds: {answer:?}");
    };
    assert_eq!(page.version, version + 1);
    page.version
}

async fn branch_with(change: impl FnOnce(&mut RulesDraft)) -> Branch {
    let branch = Branch::open().await;
    set(&branch, change).await;
    branch
}

/// The windows that the operator was asked about, in minutes.
fn periods(branch: &Branch) -> Vec<u64> {
    let asked = branch.requests(Call::SimCheck).into_iter();
    asked
        .map(|request| {
            let body: serde_json::Value =
                serde_json::from_str(&request.body_text()).expect("the question");
            body["period"].as_u64().expect("a period")
        })
        .collect()
}

async fn user(branch: &Branch, name: &str) -> UserId {
    let name = simgate_domain::Username::parse(name).expect("a name");
    let now = branch.clock.now();
    let found = branch
        .store
        .reserve_password_attempt(NameTried::Name(name), Limits::DEFAULT, now);
    let account = found.await.expect("the database").account;
    account.expect("somebody of that name").user
}

#[tokio::test]
async fn the_operator_is_asked_about_the_window_that_is_set() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    branch.app.start_over().await.expect("started over");
    set(&branch, |rules| rules.staff.window_minutes = Whole(1_440)).await;
    set(&branch, |rules| rules.admin.window_minutes = Whole(540_000)).await;
    branch.wait(minutes(2)).await;
    expect_code(branch.sign_in("maria").await.expect("a right password"));
    assert_eq!(periods(&branch), [10_080, 1_440], "hers is that of staff");

    branch.app.start_over().await.expect("started over");
    branch.vendors.set_number(STEADY, CHANGED).expect("a rule");
    branch.wait(days(8)).await;
    let stopped = branch.sign_in("maria").await.expect("a right password");
    let stopped = expect_reason(stopped, StopReason::SimChanged);
    assert_eq!(
        stopped.window_days, 1,
        "the words say the window asked about"
    );
}

#[tokio::test]
async fn without_grace_a_changed_sim_stops_a_new_number() {
    let branch = branch_with(|rules| rules.staff.grace_days = Whole(0)).await;
    let stopped = branch.register("maria", SWAPPED).await.expect("registered");
    expect_reason(stopped, StopReason::SimChanged);
    assert_eq!(branch.sends(), 0);
}

#[tokio::test]
async fn a_grace_of_a_day_lasts_a_day() {
    let branch = branch_with(|rules| rules.staff.grace_days = Whole(1)).await;
    let code = expect_code(branch.register("maria", SWAPPED).await.expect("registered"));
    assert_eq!(code.sim, SimWord::ChangedInGrace);
    branch.app.start_over().await.expect("started over");
    branch.wait(seconds(86_399)).await;
    expect_code(branch.sign_in("maria").await.expect("a right password"));
    branch.app.start_over().await.expect("started over");
    let sends = branch.sends();
    branch.wait(seconds(60)).await;
    let stopped = branch.sign_in("maria").await.expect("a right password");
    expect_reason(stopped, StopReason::SimChanged);
    assert_eq!(branch.sends(), sends);
}

#[tokio::test]
async fn a_cause_that_passes_sends_a_code_unchecked_and_verifies_nothing() {
    let passes = CannotTell::OperatorNotSupported;
    let branch = branch_with(|rules| rules.staff.pass = vec![passes]).await;
    let code = expect_code(branch.register("maria", SILENT).await.expect("registered"));
    assert_eq!(code.sim, SimWord::Unchecked);
    let counter = expect_counter(branch.type_right_code(SILENT).await.expect("approved"));
    assert_eq!(counter.sim, SimWord::Unchecked);
    branch.app.sign_out().await.expect("signed out");

    // A verified number would be stopped here.
    branch.vendors.set_number(SILENT, CHANGED).expect("a rule");
    branch.wait(minutes(5)).await;
    let code = expect_code(branch.sign_in("maria").await.expect("a right password"));
    assert_eq!(code.sim, SimWord::ChangedInGrace, "nothing was verified");
    branch.app.start_over().await.expect("started over");
    branch.wait(days(7)).await;
    let stopped = branch.sign_in("maria").await.expect("a right password");
    expect_reason(stopped, StopReason::SimChanged);
}

#[tokio::test]
async fn a_cause_that_passes_lets_no_other_pass() {
    let branch = branch_with(|rules| {
        rules.staff.pass = vec![CannotTell::OperatorNotSupported];
        // Nor does a rule for another role.
        rules.admin.pass = vec![CannotTell::NoData, CannotTell::OurBalance];
    })
    .await;
    let table = [
        ("+447700900192", CannotTell::NumberNotKnown),
        ("+447700900194", CannotTell::NoData),
        ("+447700900196", CannotTell::OurBalance),
        ("+447700900197", CannotTell::RateLimit),
    ];
    for (at, (number, cause)) in table.into_iter().enumerate() {
        let name = format!("person{at}");
        let stopped = branch.register(&name, number).await.expect("registered");
        let stopped = expect_reason(stopped, StopReason::CannotTell { cause });
        assert_eq!(stopped.station, Station::Sim);
        branch.app.start_over().await.expect("started over");
    }
    assert_eq!(branch.sends(), 0);
}

/// A code that was sent again on a worse clearance keeps it.
#[tokio::test]
async fn a_code_sent_again_unchecked_verifies_nothing() {
    let branch = branch_with(|rules| {
        rules.staff.pass = vec![CannotTell::OperatorNotSupported];
    })
    .await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    let silent = NumberRule::NotSupported;
    branch.vendors.set_number(STEADY, silent).expect("a rule");
    branch.wait(seconds(30)).await;
    let again = branch.send_again(ChannelName::Sms).await.expect("a check");
    assert_eq!(expect_code(again).sim, SimWord::Unchecked);
    branch.vendors.reset_number(STEADY).expect("a number");
    branch.wait(seconds(60)).await;
    let again = branch.send_again(ChannelName::Sms).await.expect("a check");
    assert_eq!(expect_code(again).sim, SimWord::Unchecked, "it stays said");
}

#[tokio::test]
async fn a_session_lasts_as_long_as_is_set() {
    let branch = branch_with(|rules| {
        rules.staff.idle_minutes = Whole(5);
        rules.staff.session_minutes = Whole(60);
        rules.admin.idle_minutes = Whole(1);
    })
    .await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    let counter = expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    assert_eq!(counter.idle_in, 300);
    let began = branch.clock.now();
    assert_eq!(counter.ends_at, began.plus(minutes(60)).to_string());
    branch.wait(seconds(299)).await;
    expect_counter(branch.view().await);
    branch.app.stay().await.expect("somebody is there");
    branch.wait(seconds(300)).await;
    let idle = Some(SessionEnd::Idle);
    assert!(matches!(branch.view().await, View::SignIn { ended } if ended == idle));

    expect_code(branch.sign_in("maria").await.expect("a right password"));
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    for _ in 0..14 {
        branch.wait(minutes(4)).await;
        branch.app.stay().await.expect("still there");
    }
    branch.wait(seconds(239)).await;
    expect_counter(branch.view().await);
    branch.wait(seconds(1)).await;
    let too_long = Some(SessionEnd::TooLong);
    assert!(matches!(branch.view().await, View::SignIn { ended } if ended == too_long));
}

#[tokio::test]
async fn stricter_limits_hold() {
    let branch = branch_with(|rules| {
        rules.branch.passwords = Whole(3);
        rules.branch.lock_minutes = Whole(60);
        rules.branch.codes_in_a_row = Whole(3);
        rules.branch.sends_in_sign_in = Whole(1);
        rules.branch.registrations_in_an_hour = Whole(1);
    })
    .await;
    let code = expect_code(branch.register("maria", STEADY).await.expect("registered"));
    assert_eq!(code.send_again_in, None, "one send is all there is");
    for _ in 0..2 {
        let wrong = branch.type_wrong_code(STEADY).await.expect("a code");
        assert!(expect_code(wrong).wrong);
    }
    let stopped = branch.type_wrong_code(STEADY).await.expect("a code");
    let problem = CodeProblem::Locked;
    expect_reason(stopped, StopReason::CodeRefused { problem });
    branch.app.start_over().await.expect("started over");
    let second = branch.register("carmen", "+447700900148").await;
    let refusal = second.expect_err("one an hour");
    assert_eq!(refusal.code, ErrorCode::TooManyRegistrations);

    branch.wait(minutes(61)).await;
    for _ in 0..3 {
        let wrong = branch.sign_in_with("maria", "not the password").await;
        assert_eq!(wrong.expect_err("wrong").code, ErrorCode::SignInRefused);
    }
    branch.wait(minutes(59)).await;
    let locked = branch.sign_in("maria").await.expect_err("locked");
    assert_eq!(locked.code, ErrorCode::SignInRefused);
    branch.wait(minutes(1)).await;
    expect_code(branch.sign_in("maria").await.expect("open again"));
}

#[tokio::test]
async fn past_the_budget_no_code_is_sent_and_no_check_is_paid_for() {
    let branch = branch_with(|rules| rules.branch.code_budget = Whole(2)).await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    branch.wait(seconds(30)).await;
    let voice = branch.send_again(ChannelName::Voice).await.expect("a call");
    assert_eq!(expect_code(voice).send_problem, None);
    let budgets = branch.app.budgets().await.expect("the budgets");
    let codes = (budgets.codes.spent, budgets.codes.budget);
    assert_eq!((codes, budgets.codes.warning), ((2, 2), true));
    assert!(!budgets.checks.warning);

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

#[tokio::test]
async fn a_country_that_is_not_allowed_gets_no_check_and_no_code() {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    set(&branch, |rules| {
        rules.branch.countries = Some(vec!["ES".to_owned(), "CO".to_owned()]);
    })
    .await;
    branch.vendors.clear_ledger();
    branch.wait(minutes(5)).await;
    let problem = SendProblem::CountryNotAllowed;
    let not_sent = StopReason::NotSent { problem };
    let stopped = branch.sign_in("maria").await.expect("a right password");
    let stopped = expect_reason(stopped, not_sent);
    assert!(!stopped.sim_passed);
    let cause = branch.cause_of(&stopped.reference).await;
    assert_eq!(cause.as_deref(), Some("country_not_allowed"));
    branch.app.start_over().await.expect("started over");

    let refused = branch.register("carmen", "+447700900148").await;
    let refused = refused.expect_err("not of an allowed country");
    let code = ErrorCode::PhoneCountryNotAllowed;
    assert_eq!((refused.code, refused.field), (code, Some(Field::Phone)));
    let preview = branch
        .app
        .preview_phone("07700 900148".to_owned(), "GB".to_owned());
    let preview = preview.await.expect("a preview");
    assert_eq!((preview.e164, preview.problem), (None, Some(code)));
    assert_eq!((branch.sim_checks(), branch.sends()), (0, 0));

    let spanish = "+34612345678";
    expect_code(branch.register("paula", spanish).await.expect("registered"));
}

/// The rules page as another admin finds it changed.
#[tokio::test]
async fn the_second_admin_is_shown_what_the_first_set() {
    let branch = Branch::open().await;
    let page = branch.app.rules_page().await.expect("the rules");
    assert_eq!((page.version, page.loosened.len()), (1, 0));
    set(&branch, |rules| rules.branch.passwords = Whole(6)).await;
    let mut rules = page.rules.clone();
    rules.branch.passwords = Whole(3);
    let form = RulesForm { version: 1, rules };
    let answer = branch.app.set_rules(form).await.expect("an answer");
    let RulesAnswer::Outdated { page: now } = answer else {
        panic!("another admin was first: {answer:?}");
    };
    assert_eq!((now.version, now.rules.branch.passwords), (2, Whole(6)));
    assert_eq!(now.loosened, [LooseningView::MorePasswords { tries: 6 }]);
    let history = branch.app.rules_history(2).await.expect("what was before");
    assert_eq!(history.len(), 1);
    assert_eq!((history[0].version, &history[0].rules), (1, &page.rules));
}

#[tokio::test]
async fn what_is_wrong_with_the_rules_is_told_at_its_field_and_changes_nothing() {
    let mut branch = Branch::open().await;
    let page = branch.app.rules_page().await.expect("the rules");
    let mut rules = page.rules.clone();
    rules.supervisor.idle_minutes = Whole(16);
    rules.branch.lock_minutes = Whole(29);
    rules.branch.countries = Some(vec!["ZZ".to_owned()]);
    let version = page.version;
    let form = RulesForm { version, rules };
    let answer = branch.app.set_rules(form).await.expect("an answer");
    let RulesAnswer::Wrong { errors } = answer else {
        panic!("outside the bounds: {answer:?}");
    };
    let told: Vec<_> = errors.iter().map(|e| (e.field, e.problem)).collect();
    let expected = [
        (RulesField::IdleMinutes, RulesProblem::TooLarge { most: 15 }),
        (
            RulesField::LockMinutes,
            RulesProblem::TooSmall { least: 30 },
        ),
        (RulesField::Countries, RulesProblem::NotACountry),
    ];
    assert_eq!(told, expected);
    assert_eq!(branch.app.rules_page().await.expect("the rules"), page);
    branch.kill_and_restart().await;
    assert_eq!(branch.app.rules_page().await.expect("the rules"), page);
}

/// Whoever sets the countries must be able to sign in again.
#[tokio::test]
async fn nobody_shuts_themself_out() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    let page = branch.app.rules_page().await.expect("the rules");
    let mut rules = page.rules;
    rules.branch.countries = Some(vec!["ES".to_owned()]);
    let version = page.version;
    let form = RulesForm { version, rules };
    let answer = branch.app.set_rules(form).await.expect("an answer");
    let RulesAnswer::Wrong { errors } = answer else {
        panic!("her own number is British: {answer:?}");
    };
    assert_eq!(errors[0].problem, RulesProblem::ShutsYouOut);
}

#[tokio::test]
async fn rules_outlive_the_program() {
    let mut branch = branch_with(|rules| {
        rules.staff.grace_days = Whole(0);
        rules.branch.countries = Some(vec!["GB".to_owned()]);
    })
    .await;
    let before = branch.app.rules_page().await.expect("the rules");
    branch.kill_and_restart().await;
    assert_eq!(branch.app.rules_page().await.expect("the rules"), before);
    let stopped = branch.register("maria", SWAPPED).await.expect("registered");
    expect_reason(stopped, StopReason::SimChanged);
}

/// A sign-in under way goes on under the stricter of the rules it began with and those set since.
#[tokio::test]
async fn rules_set_while_somebody_signs_in_loosen_nothing_for_them_and_tighten_at_once() {
    let branch = branch_with(|rules| rules.branch.sends_in_sign_in = Whole(1)).await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    set(&branch, |rules| {
        rules.branch.sends_in_sign_in = Whole(3);
        rules.staff.pass = vec![CannotTell::OperatorNotSupported];
    })
    .await;
    branch.wait(seconds(31)).await;
    let again = branch.send_again(ChannelName::Sms).await.expect("the code");
    let limit = Some(SendProblem::SignInLimit);
    assert_eq!(expect_code(again).send_problem, limit, "as it began");
    branch.app.start_over().await.expect("started over");

    branch.wait(minutes(10)).await;
    expect_code(branch.sign_in("maria").await.expect("a right password"));
    branch.wait(seconds(31)).await;
    let again = branch.send_again(ChannelName::Sms).await.expect("sent");
    assert_eq!(expect_code(again).send_problem, None, "the next has three");
    set(&branch, |rules| {
        rules.staff.pass = Vec::new();
        rules.branch.sends_in_sign_in = Whole(2);
    })
    .await;
    branch.wait(seconds(61)).await;
    let again = branch.send_again(ChannelName::Sms).await.expect("the code");
    assert_eq!(expect_code(again).send_problem, limit, "stricter at once");

    // So it is with a session.
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    set(&branch, |rules| rules.staff.idle_minutes = Whole(5)).await;
    assert_eq!(expect_counter(branch.view().await).idle_in, 300);
    branch.wait(minutes(5)).await;
    assert!(matches!(branch.view().await, View::SignIn { .. }));
}

/// Everything that the operator's answer could lead to, told without asking anyone.
#[tokio::test]
async fn what_would_happen_is_told_with_no_call_and_no_count() {
    let branch = branch_with(|rules| rules.staff.pass = vec![CannotTell::NoData]).await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    branch.app.start_over().await.expect("started over");
    let maria = user(&branch, "maria").await;
    branch.canceled(1).await;
    branch.vendors.clear_ledger();
    let first_seen = branch.clock.now();
    branch.wait(minutes(5)).await;
    let mut told = Vec::new();
    for _ in 0..20 {
        let what_if = branch.app.what_if(maria, None).await.expect("an answer");
        told.push(what_if.expect("maria"));
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
    let code = expect_code(branch.sign_in("maria").await.expect("nothing was counted"));
    assert_eq!(code.sim, SimWord::Unchanged);
}

#[tokio::test]
async fn what_would_stop_somebody_is_told_in_order() {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    let maria = user(&branch, "maria").await;
    for _ in 0..5 {
        drop(branch.sign_in_with("maria", "not the password").await);
    }
    set(&branch, |rules| {
        rules.branch.countries = Some(vec!["ES".to_owned()]);
        rules.branch.sends_in_a_day = Whole(1);
    })
    .await;
    let changed = Some(SimAnswer::Changed);
    let what_if = branch.app.what_if(maria, changed).await.expect("an answer");
    let what_if = what_if.expect("maria");
    assert!(what_if.verified);
    assert_eq!(what_if.grace_until, None);
    let [only] = &what_if.answers[..] else {
        panic!("one answer was asked about: {:?}", what_if.answers);
    };
    assert!(matches!(only.then, Then::Stop { until: Some(_) }));
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
    ] = &what_if.stops[..]
    else {
        panic!("three things stop her: {:?}", what_if.stops);
    };
    assert_eq!(*country, not_sent(SendProblem::CountryNotAllowed));
    assert_eq!(*limit, not_sent(SendProblem::NumberLimit));
    let nobody = UserId::new(uuid::Uuid::from_u128(9));
    let what_if = branch.app.what_if(nobody, None).await.expect("an answer");
    assert_eq!(what_if, None);
}
