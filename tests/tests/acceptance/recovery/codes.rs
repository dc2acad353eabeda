//! A recovery code, in place of the SIM check and the code.

use std::sync::Arc;

use simgate_app::contract::args::Typed;
use simgate_app::contract::people::PersonAct;
use simgate_app::contract::view::{SimWord, View};
use simgate_app::contract::words::{ErrorCode, Field, RoleName};
use simgate_domain::Clock as _;
use simgate_rehearsal::NumberRule;

use super::{a_code, code_of, typed};
use crate::branch::{
    Branch, PASSWORD, expect_code, expect_counter, expect_stopped, minutes, sign_in_form,
};
use crate::people::{ADMINS, MARIAS};

/// An admin with a kit, who has left.
async fn admin_with_a_kit() -> (Branch, Vec<String>) {
    let branch = Branch::with_admin().await;
    let kit = branch.kit_made().await;
    branch.leave().await;
    let codes = kit.codes.iter().map(|code| code.as_str().to_owned());
    (branch, codes.collect())
}

fn causes_of(branch: &Branch, act: &str) -> Vec<Option<String>> {
    let raw = branch.raw();
    let sql = "SELECT cause FROM record WHERE act = ?1 ORDER BY seq";
    let mut rows = raw.prepare(sql).expect("sql");
    let causes = rows.query_map([act], |row| row.get(0)).expect("rows");
    causes.map(|cause| cause.expect("a cause")).collect()
}

#[tokio::test]
async fn it_stands_in_for_the_code_once_and_is_on_record() {
    let (branch, codes) = admin_with_a_kit().await;
    branch.wait(minutes(20)).await;
    expect_code(branch.sign_in("admin.one").await.expect("right"));
    let counter = expect_counter(branch.use_code(&codes[2]).await.expect("unused"));
    assert_eq!((counter.channel, counter.sim), (None, SimWord::Recovered));
    branch.canceled(1).await;
    assert_eq!(branch.app.kit().await.expect("a kit").codes_left, 9);
    assert_eq!(causes_of(&branch, "recovery_code_used"), [None]);
    let me = branch.person_called("admin.one").await.row;
    assert_eq!(me.last_sign_in_at, Some(branch.clock.now().to_string()));
    let signed_in = causes_of(&branch, "signed_in");
    assert_eq!(signed_in.last(), Some(&Some("recovery_code".to_owned())));
    branch.leave().await;

    branch.wait(minutes(5)).await;
    expect_code(branch.sign_in("admin.one").await.expect("right"));
    let again = branch.use_code(&codes[2]).await.expect_err("used");
    assert_eq!(again.code, ErrorCode::RecoveryCodeRefused);
    assert_eq!(again.field, Some(Field::RecoveryCode));
    assert!(matches!(branch.view().await, View::Code(_)), "as it was");
    let counter = expect_counter(branch.type_right_code(ADMINS).await.expect("the code"));
    assert_eq!(counter.last.expect("a last one").sim, SimWord::Recovered);
}

#[tokio::test]
async fn it_stands_in_for_a_sim_check_that_stops() {
    let (branch, codes) = admin_with_a_kit().await;
    let rule = NumberRule::NotSupported;
    branch.vendors.set_number(ADMINS, rule).expect("a rule");
    let sends = branch.sends();
    expect_stopped(branch.sign_in("admin.one").await.expect("right"));
    expect_counter(branch.use_code(&codes[0]).await.expect("unused"));
    assert_eq!(branch.sends(), sends, "no code was sent");
}

#[tokio::test]
async fn it_never_stands_in_for_the_password() {
    let (branch, codes) = admin_with_a_kit().await;
    assert_eq!(code_of(branch.use_code(&codes[0]).await), ErrorCode::NotNow);
    let wrong = branch.sign_in_with("admin.one", "not the password").await;
    assert_eq!(code_of(wrong), ErrorCode::SignInRefused);
    assert_eq!(code_of(branch.use_code(&codes[0]).await), ErrorCode::NotNow);
    let as_password = branch.sign_in_with("admin.one", &codes[0]).await;
    assert_eq!(code_of(as_password), ErrorCode::SignInRefused);
    branch.admin_back().await;
    assert_eq!(branch.app.kit().await.expect("a kit").codes_left, 10);
}

#[tokio::test]
async fn its_form_is_looked_at_first_and_costs_no_try() {
    let (branch, codes) = admin_with_a_kit().await;
    expect_code(branch.sign_in("admin.one").await.expect("right"));
    let mut slip = codes[0].clone().into_bytes();
    slip[0] = if slip[0] == b'2' { b'3' } else { b'2' };
    let slip = String::from_utf8(slip).expect("text");
    for _ in 0..12 {
        let refused = branch.use_code(&slip).await;
        assert_eq!(code_of(refused), ErrorCode::RecoveryCodeMistyped);
    }
    expect_counter(branch.use_code(&codes[0]).await.expect("unused"));
}

#[tokio::test]
async fn a_wrong_one_is_counted_like_any_code_and_the_tenth_locks() {
    let (branch, codes) = admin_with_a_kit().await;
    expect_code(branch.sign_in("admin.one").await.expect("right"));
    for _ in 0..2 {
        expect_code(branch.type_wrong_code(ADMINS).await.expect("counted"));
    }
    for _ in 0..7 {
        let wrong = branch.use_code(&a_code()).await;
        assert_eq!(code_of(wrong), ErrorCode::RecoveryCodeRefused);
    }
    expect_stopped(branch.use_code(&a_code()).await.expect("the tenth"));
    let locked = branch
        .use_code(&codes[0])
        .await
        .expect("nothing but a stop");
    expect_stopped(locked);
    let wrong = causes_of(&branch, "code_wrong");
    let with_recovery = wrong.iter().flatten();
    let with_recovery = with_recovery.filter(|cause| *cause == "recovery_code");
    assert_eq!(with_recovery.count(), 8, "each on record");
    branch.app.start_over().await.expect("left");

    // Whoever has the password and a code waits as long as everybody.
    expect_stopped(branch.sign_in("admin.one").await.expect("right"));
    expect_stopped(branch.use_code(&codes[0]).await.expect("still locked"));
    branch.app.start_over().await.expect("left");
    branch.wait(minutes(31)).await;
    expect_code(branch.sign_in("admin.one").await.expect("right"));
    expect_counter(branch.use_code(&codes[0]).await.expect("unused"));
}

#[tokio::test]
async fn two_windows_that_race_use_a_code_once() {
    let (branch, codes) = admin_with_a_kit().await;
    let second = branch.another_app(Arc::clone(&branch.store)).await;
    for app in [&branch.app, &second] {
        let form = sign_in_form("admin.one", PASSWORD);
        app.sign_in(form).await.expect("right");
        branch.settled_in(app).await;
    }
    let (one, other) = tokio::join!(
        branch.app.use_recovery_code(typed(&codes[4])),
        second.use_recovery_code(typed(&codes[4])),
    );
    let opened = [one, other].into_iter().flatten();
    let opened = opened.filter(|snapshot| matches!(snapshot.view, View::Counter(_)));
    assert_eq!(opened.count(), 1);

    // Two presses in one window.
    let (branch, codes) = admin_with_a_kit().await;
    expect_code(branch.sign_in("admin.one").await.expect("right"));
    let (one, other) = tokio::join!(branch.use_code(&codes[4]), branch.use_code(&codes[4]));
    let taken = [&one, &other].into_iter().filter(|answer| answer.is_ok());
    assert_eq!(taken.count(), 1, "{one:?} {other:?}");
    assert_eq!(branch.app.kit().await.expect("a kit").codes_left, 9);
    assert_eq!(causes_of(&branch, "recovery_code_used").len(), 1);
}

/// One that was used is used for ever, in a kit that another has taken the place of, too; and a code of
/// another admin is none.
#[tokio::test]
async fn whoever_is_no_admin_has_none() {
    let (branch, codes) = admin_with_a_kit().await;
    branch.admin_back().await;
    let added = branch.add("maria", MARIAS, RoleName::Staff).await;
    branch.leave().await;
    let password = Typed::from(added.one_time_password.as_str().to_owned());
    let view = branch.sign_in_with("maria", password.as_str()).await;
    expect_code(view.expect("right"));
    for code in [&codes[0], &a_code()] {
        let refused = branch.use_code(code).await;
        assert_eq!(code_of(refused), ErrorCode::RecoveryCodeRefused);
    }
}

/// Another admin makes a kit worthless that is in other hands.
#[tokio::test]
async fn a_reset_a_role_and_being_disabled_take_the_kit_away() {
    let (branch, _) = admin_with_a_kit().await;
    branch.admin_back().await;
    let added = branch.add("maria", MARIAS, RoleName::Admin).await;
    branch.leave().await;
    branch
        .first_sign_in("maria", MARIAS, added.one_time_password.as_str())
        .await;
    let raw = branch.raw();
    let kept = || -> u32 {
        let sql = "SELECT count(*) FROM recovery_codes";
        raw.query_row(sql, (), |row| row.get(0)).expect("a number")
    };
    assert_eq!(kept(), 10);
    let staff = PersonAct::Role {
        role: RoleName::Staff,
    };
    for act in [PersonAct::Disable, PersonAct::Reset, staff] {
        branch.done("admin.one", act).await;
        assert_eq!(kept(), 0, "{act:?}");
        let sql = "INSERT INTO recovery_codes (user, hash, made_at) \
                   SELECT id, randomblob(32), 1 FROM users WHERE canonical = 'admin.one'";
        raw.execute(sql, ()).expect("a code");
        if act == PersonAct::Disable {
            branch.done("admin.one", PersonAct::Enable).await;
            assert_eq!(kept(), 1, "what gives back takes nothing");
        }
    }
}

#[tokio::test]
async fn it_proves_an_admin_anew_and_gives_the_session_back() {
    let (branch, codes) = admin_with_a_kit().await;
    branch.admin_back().await;
    let began = expect_counter(branch.view().await).signed_in_at;
    branch.wait(minutes(6)).await;
    let stale = branch.app.make_kit(false).await;
    assert_eq!(code_of(stale), ErrorCode::StepUpNeeded);
    branch.app.step_up(typed(PASSWORD)).await.expect("right");
    expect_code(branch.settled().await);
    let counter = expect_counter(branch.use_code(&codes[0]).await.expect("unused"));
    assert_eq!(counter.signed_in_at, began, "the same session");
    assert_eq!(counter.fresh_for, 300);
}
