//! Limits, locks, sessions and countries that are set otherwise.

use simgate_app::contract::people::{ImportProblem, ImportWorkView, NumberForm};
use simgate_app::contract::rules::Whole;
use simgate_app::contract::view::{SessionEnd, View};
use simgate_app::contract::words::{
    CodeProblem, ErrorCode, Field, RoleName, SendProblem, StopReason,
};
use simgate_domain::Clock;

use super::{branch_with, set_by_admin};
use crate::branch::{Branch, STEADY, expect_code, expect_counter, expect_reason, minutes, seconds};
use crate::people::add_form;

const SPANISH: &str = "+34612345678";

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
async fn a_country_that_is_not_allowed_gets_no_check_and_no_code() {
    let branch = Branch::with_admin().await;
    branch.leave().await;
    branch.verified_person("paula", SPANISH).await;
    branch.wait(minutes(5)).await;
    set_by_admin(&branch, |rules| {
        rules.branch.countries = Some(vec!["GB".to_owned(), "CO".to_owned()]);
    })
    .await;
    branch.vendors.clear_ledger();
    let problem = SendProblem::CountryNotAllowed;
    let not_sent = StopReason::NotSent { problem };
    let stopped = branch.sign_in("paula").await.expect("a right password");
    let stopped = expect_reason(stopped, not_sent);
    assert!(!stopped.sim_passed);
    let cause = branch.cause_of(&stopped.reference).await;
    assert_eq!(cause.as_deref(), Some("country_not_allowed"));
    branch.app.start_over().await.expect("started over");

    let refused = branch.register("carmen", "+34612345676").await;
    let refused = refused.expect_err("not of an allowed country");
    let code = ErrorCode::PhoneCountryNotAllowed;
    assert_eq!((refused.code, refused.field), (code, Some(Field::Phone)));
    let preview = branch
        .app
        .preview_phone("612 345 676".to_owned(), "ES".to_owned());
    let preview = preview.await.expect("a preview");
    assert_eq!((preview.e164, preview.problem), (None, Some(code)));
    assert_eq!((branch.sim_checks(), branch.sends()), (0, 0));

    branch.admin_back().await;
    let add = branch
        .app
        .add_person(add_form("carmen", "+34612345676", RoleName::Staff));
    let refused = add.await.expect_err("nor is anybody added with one");
    assert_eq!((refused.code, refused.field), (code, Some(Field::Phone)));
    let paula = branch.person_called("paula").await.row;
    let form = NumberForm {
        id: paula.id,
        version: paula.version,
        phone: "+34612345676".to_owned(),
        country: "GB".to_owned(),
    };
    let refused = branch
        .app
        .change_number(form)
        .await
        .expect_err("nor changed");
    assert_eq!((refused.code, refused.field), (code, Some(Field::Phone)));
    let file = "username,phone,channel,role\ncarmen,+34612345676,sms,staff\nmaria,+447700900146,sms,staff\n";
    let looked = branch.look_at(file).await.expect("looked at");
    let ImportWorkView::Checked { good: 1, bad, .. } = looked else {
        panic!("one is good: {looked:?}");
    };
    assert_eq!(bad[0].why, ImportProblem::PhoneCountryNotAllowed);
    branch.leave().await;

    expect_code(branch.register("maria", STEADY).await.expect("registered"));
}
