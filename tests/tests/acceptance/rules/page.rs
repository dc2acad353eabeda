//! The rules as admins set them: fresh proof, versions, bounds, and what is given up.

use simgate_app::contract::args::Typed;
use simgate_app::contract::rules::{
    LooseningView, RulesAnswer, RulesField, RulesForm, RulesProblem, Whole,
};
use simgate_app::contract::view::View;
use simgate_app::contract::words::{
    CannotTell, ChannelName, ErrorCode, RoleName, SendProblem, StopReason,
};

use super::{answer, branch_with, default_rules, rules, set};
use crate::branch::{
    Branch, PASSWORD, STEADY, SWAPPED, expect_code, expect_counter, expect_reason, minutes, seconds,
};
use crate::people::{ADMINS, NEW};
use crate::record::everything;

/// A branch with an admin, and a second one who is at the counter.
async fn with_two_admins() -> Branch {
    let branch = Branch::with_admin().await;
    let added = branch.add("admin.two", NEW, RoleName::Admin).await;
    branch.leave().await;
    branch
        .first_sign_in("admin.two", NEW, added.one_time_password.as_str())
        .await;
    branch
}

#[tokio::test]
async fn rules_are_set_by_an_admin_with_a_fresh_proof() {
    let branch = Branch::with_admin().await;
    let page = rules(&branch).await;
    assert_eq!(
        (page.version, page.set_by),
        (1, None),
        "as every branch begins"
    );
    assert_eq!(page.loosened, []);
    assert_eq!(page.rules, default_rules().rules);
    branch.wait(minutes(6)).await;
    let form = RulesForm {
        version: 1,
        rules: page.rules.clone(),
    };
    let stale = branch.app.set_rules(form.clone()).await;
    assert_eq!(stale.expect_err("stale").code, ErrorCode::StepUpNeeded);
    assert_eq!(rules(&branch).await.version, 1);
    let password = Typed::from(PASSWORD.to_owned());
    branch.app.step_up(password).await.expect("the password");
    expect_code(branch.settled().await);
    expect_counter(branch.type_right_code(ADMINS).await.expect("a code"));
    let set = branch.app.set_rules(form).await.expect("an answer");
    let RulesAnswer::Done { page } = set else {
        panic!("within the bounds: {set:?}");
    };
    assert_eq!(page.set_by.as_deref(), Some("admin.one"));
    assert_eq!(page.version, 2);
}

/// Every entry says by which version it was decided, and a change says what it is.
#[tokio::test]
async fn what_decided_is_on_record() {
    let branch = Branch::with_admin().await;
    let page = set(&branch, |rules| rules.branch.passwords = Whole(6)).await;
    assert_eq!(page.loosened, [LooseningView::MorePasswords { tries: 6 }]);
    branch.leave().await;
    branch.verified_person("maria", STEADY).await;
    branch.wait(minutes(2)).await;
    branch.admin_back().await;
    let entries = branch
        .app
        .record_page(everything())
        .await
        .expect("a page")
        .entries;
    let mut versions = Vec::new();
    for row in &entries {
        let entry = branch.app.record_entry(row.seq).await.expect("an answer");
        let entry = entry.expect("an entry");
        if row.act == "rules_set" && row.cause.as_deref() == Some("loosened") {
            assert_eq!(entry.detail.as_deref(), Some("version 2"));
        }
        versions.push((row.act.as_str(), entry.policy));
    }
    let of = |act: &str| -> Vec<Option<u32>> {
        let of_it = versions.iter().filter(|(of, _)| *of == act);
        of_it.map(|(_, version)| *version).collect()
    };
    assert_eq!(of("rules_set"), [Some(1), Some(1)]);
    let newest_first = [Some(2), Some(2), Some(1)];
    for act in ["sim_passed", "code_sent", "signed_in"] {
        assert_eq!(of(act), newest_first, "{act}");
    }
}

#[tokio::test]
async fn the_second_admin_is_shown_what_the_first_set() {
    let branch = with_two_admins().await;
    let seen = rules(&branch).await;
    branch.leave().await;
    branch.wait(minutes(2)).await;
    branch.admin_back().await;
    set(&branch, |rules| rules.branch.passwords = Whole(6)).await;
    branch.leave().await;
    branch.wait(minutes(2)).await;
    expect_code(branch.sign_in("admin.two").await.expect("a right password"));
    expect_counter(branch.type_right_code(NEW).await.expect("a code"));

    let mut rules_of_two = seen.rules.clone();
    rules_of_two.branch.passwords = Whole(3);
    let answer = answer(&branch, seen.version, rules_of_two).await;
    let RulesAnswer::Outdated { page: now } = answer else {
        panic!("another admin was first: {answer:?}");
    };
    assert_eq!((now.version, now.rules.branch.passwords), (2, Whole(6)));
    assert_eq!(now.set_by.as_deref(), Some("admin.one"));
    assert_eq!(now.loosened, [LooseningView::MorePasswords { tries: 6 }]);
    let history = branch.app.rules_history(2).await.expect("what was before");
    assert_eq!(history.len(), 1);
    assert_eq!((history[0].version, &history[0].rules), (1, &seen.rules));
}

#[tokio::test]
async fn what_is_wrong_with_the_rules_is_told_at_its_field_and_changes_nothing() {
    let mut branch = Branch::with_admin().await;
    let page = rules(&branch).await;
    let mut wrong = page.rules.clone();
    wrong.supervisor.idle_minutes = Whole(16);
    wrong.branch.lock_minutes = Whole(29);
    wrong.branch.countries = Some(vec!["ZZ".to_owned()]);
    let answer = answer(&branch, page.version, wrong).await;
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
    assert_eq!(rules(&branch).await, page);
    branch.kill_and_restart().await;
    branch.wait(minutes(2)).await;
    branch.admin_back().await;
    assert_eq!(rules(&branch).await, page);
}

/// Whoever sets the countries must be able to sign in again.
#[tokio::test]
async fn nobody_shuts_themself_out() {
    let branch = Branch::with_admin().await;
    let mut page = rules(&branch).await;
    page.rules.branch.countries = Some(vec!["ES".to_owned()]);
    let answer = answer(&branch, page.version, page.rules).await;
    let RulesAnswer::Wrong { errors } = answer else {
        panic!("the admin's own number is British: {answer:?}");
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
    branch.kill_and_restart().await;
    let stopped = branch.register("maria", SWAPPED).await.expect("registered");
    expect_reason(stopped, StopReason::SimChanged);
    branch.app.start_over().await.expect("started over");
    branch.admin_back().await;
    let kept = rules(&branch).await;
    assert_eq!((kept.version, kept.rules.staff.grace_days), (2, Whole(0)));
    let countries = kept.rules.branch.countries;
    assert_eq!(countries, Some(vec!["GB".to_owned()]));
}

/// A session, and a proof made anew in it, go on under the stricter of the rules it began with and
/// those set since.
#[tokio::test]
async fn rules_set_in_a_session_loosen_nothing_for_it_and_tighten_at_once() {
    let branch = branch_with(|rules| {
        rules.branch.sends_in_sign_in = Whole(1);
        rules.admin.idle_minutes = Whole(5);
    })
    .await;
    branch.admin_back().await;
    set(&branch, |rules| {
        rules.branch.sends_in_sign_in = Whole(3);
        rules.admin.idle_minutes = Whole(15);
        rules.admin.pass = vec![CannotTell::OperatorNotSupported];
    })
    .await;
    assert_eq!(
        expect_counter(branch.view().await).idle_in,
        300,
        "as it began"
    );
    branch.wait(minutes(1)).await;
    let password = Typed::from(PASSWORD.to_owned());
    branch.app.step_up(password).await.expect("the password");
    expect_code(branch.settled().await);
    branch.wait(seconds(61)).await;
    let again = branch.send_again(ChannelName::Sms).await.expect("the code");
    let limit = Some(SendProblem::SignInLimit);
    assert_eq!(expect_code(again).send_problem, limit, "as it began");
    expect_counter(branch.type_right_code(ADMINS).await.expect("a code"));
    branch.leave().await;

    branch.wait(minutes(10)).await;
    branch.admin_back().await;
    assert_eq!(
        expect_counter(branch.view().await).idle_in,
        900,
        "the next has it"
    );
    set(&branch, |rules| rules.admin.idle_minutes = Whole(2)).await;
    assert_eq!(
        expect_counter(branch.view().await).idle_in,
        120,
        "stricter at once"
    );
    branch.wait(minutes(2)).await;
    assert!(matches!(branch.view().await, View::SignIn { .. }));
}
