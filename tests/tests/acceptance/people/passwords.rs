//! Passwords that are handed over, and those that people choose (BR3, PW9).

use simgate_app::contract::people::{PasswordState, PersonAct};
use simgate_app::contract::view::{SessionEnd, View};
use simgate_app::contract::words::{ErrorCode, Field, Refusal, RoleName};

use super::{CHOSEN, MARIAS, expect_choice, people_form};
use crate::branch::{Branch, PASSWORD, days, expect_code, expect_counter, minutes, seconds};

#[tokio::test]
async fn a_reset_gives_a_random_password_that_skips_no_factor() {
    let branch = Branch::with_admin().await;
    let added = branch.add("maria", MARIAS, RoleName::Staff).await;
    let first = added.one_time_password.as_str().to_owned();
    let reset = branch.reset("maria").await;
    assert_ne!(first, reset, "each is random");
    assert_eq!(reset.len(), 24, "five blocks of four: 100 bits");
    branch.leave().await;
    branch
        .sign_in_with("maria", &first)
        .await
        .expect_err("the older one is over");
    branch.vendors.clear_ledger();
    let typed = reset.to_lowercase().replace('-', " ").replace('0', "o");
    let code = branch.sign_in_with("maria", &typed).await;
    expect_code(code.expect("as it is read off a slip of paper"));
    assert_eq!(
        (branch.sim_checks(), branch.sends()),
        (1, 1),
        "no factor is skipped"
    );
    expect_choice(&branch.type_right_code(MARIAS).await.expect("a code"));

    let refused = branch.app.people(people_form("")).await;
    assert_eq!(
        refused.expect_err("nothing but choosing").code,
        ErrorCode::NotNow
    );
    for (chosen, code) in [
        (reset.as_str(), ErrorCode::PasswordNotNew),
        (first.as_str(), ErrorCode::PasswordNotNew),
        ("short", ErrorCode::PasswordTooShort),
        ("mariamariamaria", ErrorCode::PasswordGuessable),
    ] {
        let refused = branch.choose(None, chosen).await.expect_err("no good");
        assert_eq!(refused.code, code, "{chosen}");
    }
    expect_counter(branch.choose(None, CHOSEN).await.expect("chosen"));
    branch.leave().await;
    branch
        .sign_in_with("maria", &reset)
        .await
        .expect_err("over");
    branch.wait(minutes(2)).await;
    expect_code(branch.sign_in_with("maria", CHOSEN).await.expect("her own"));
}

#[tokio::test]
async fn a_password_that_was_handed_over_ends_after_a_day() {
    let branch = Branch::with_admin().await;
    let added = branch.add("maria", MARIAS, RoleName::Staff).await;
    let password = added.one_time_password.as_str();
    branch.leave().await;
    branch.wait(days(1)).await;
    let over = branch
        .sign_in_with("maria", password)
        .await
        .expect_err("over");
    let wrong = branch
        .sign_in_with("maria", "anything else")
        .await
        .expect_err("wrong");
    let said = |refusal: &Refusal| Refusal {
        reference: None,
        ..refusal.clone()
    };
    assert_eq!(said(&over), said(&wrong), "one answer");
    let reference = over.reference.expect("a reference");
    let cause = branch.cause_of(&reference).await;
    assert_eq!(cause.as_deref(), Some("one_time_password_over"));
    branch.clock.set_back(days(1));
    branch
        .sign_in_with("maria", password)
        .await
        .expect_err("over, however the clock is set");
}

#[tokio::test]
async fn who_leaves_without_choosing_needs_another() {
    let branch = Branch::with_admin().await;
    let added = branch.add("maria", MARIAS, RoleName::Staff).await;
    let password = added.one_time_password.as_str();
    branch.leave().await;
    expect_code(
        branch
            .sign_in_with("maria", password)
            .await
            .expect("a password"),
    );
    expect_choice(&branch.type_right_code(MARIAS).await.expect("a code"));
    branch.leave().await;
    branch
        .sign_in_with("maria", password)
        .await
        .expect_err("used up");
    branch.admin_back().await;
    let state = branch.person_called("maria").await.row.password;
    assert!(matches!(state, PasswordState::OneTime { .. }), "{state:?}");
}

/// EN1 for those who have no password: nothing tells them from a name that nobody has.
#[tokio::test]
async fn who_has_no_password_is_refused_like_nobody() {
    let branch = Branch::with_admin().await;
    let text = format!("username,phone,channel,role\nmaria,{MARIAS},sms,staff\n");
    branch.import_all(&text).await;
    branch.leave().await;
    let said = |refusal: &Refusal| Refusal {
        reference: None,
        ..refusal.clone()
    };
    let nobody = branch
        .sign_in_with("nobody", PASSWORD)
        .await
        .expect_err("unknown");
    let absent = branch
        .sign_in_with("maria", PASSWORD)
        .await
        .expect_err("no password");
    assert_eq!(said(&nobody), said(&absent));
    let reference = absent.reference.expect("a reference");
    assert_eq!(
        branch.cause_of(&reference).await.as_deref(),
        Some("no_password")
    );
    branch.admin_back().await;
    let password = branch.reset("maria").await;
    branch.leave().await;
    branch.first_sign_in("maria", MARIAS, &password).await;
}

#[tokio::test]
async fn ones_own_password_changes_with_the_one_that_one_has() {
    let branch = Branch::with_admin().await;
    let refused = async |current: Option<&str>, new: &str| {
        let refused = branch.choose(current, new).await;
        let refused = refused.expect_err("not so");
        (refused.code, refused.field)
    };
    let current = Some(Field::CurrentPassword);
    assert_eq!(
        refused(None, CHOSEN).await,
        (ErrorCode::PasswordEmpty, current)
    );
    let wrong = Some("not the one they have");
    assert_eq!(
        refused(wrong, CHOSEN).await,
        (ErrorCode::PasswordWrong, current)
    );
    let same = (ErrorCode::PasswordNotNew, Some(Field::Password));
    assert_eq!(refused(Some(PASSWORD), PASSWORD).await, same);
    let weak = (ErrorCode::PasswordGuessable, Some(Field::Password));
    assert_eq!(refused(Some(PASSWORD), "admin.oneadmin.one").await, weak);
    expect_counter(
        branch
            .choose(Some(PASSWORD), CHOSEN)
            .await
            .expect("changed"),
    );
    branch.wait(seconds(1)).await;
    expect_counter(branch.view().await);
    branch.leave().await;
    branch.sign_in("admin.one").await.expect_err("the old one");
    branch.wait(minutes(1)).await;
    expect_code(
        branch
            .sign_in_with("admin.one", CHOSEN)
            .await
            .expect("the new one"),
    );
    branch.app.start_over().await.expect("left");
    let refused = branch
        .choose(Some(CHOSEN), PASSWORD)
        .await
        .expect_err("signed out");
    assert_eq!(refused.code, ErrorCode::NotNow);
}

/// Whoever finds a counter open tries passwords no further than at the gate.
#[tokio::test]
async fn wrong_current_passwords_lock_the_name_and_end_the_session() {
    let branch = Branch::with_admin().await;
    for _ in 0..5 {
        let refused = branch.choose(Some("not the one they have"), CHOSEN).await;
        assert_eq!(refused.expect_err("wrong").code, ErrorCode::PasswordWrong);
    }
    let view = branch.choose(Some(PASSWORD), CHOSEN).await.expect("a view");
    assert_eq!(
        view,
        View::SignIn {
            ended: Some(SessionEnd::Locked)
        }
    );
    branch.sign_in("admin.one").await.expect_err("locked");
}

#[tokio::test]
async fn a_reset_of_somebody_locked_lets_them_try_anew() {
    let branch = Branch::with_admin().await;
    branch.add("maria", MARIAS, RoleName::Staff).await;
    branch.leave().await;
    for _ in 0..5 {
        branch
            .sign_in_with("maria", "wrong all along")
            .await
            .expect_err("wrong");
    }
    branch.admin_back().await;
    assert!(branch.person_called("maria").await.row.locked);
    let password = branch.reset("maria").await;
    let maria = branch.done("maria", PersonAct::Unlock).await;
    assert!(!maria.locked);
    branch.leave().await;
    branch.first_sign_in("maria", MARIAS, &password).await;
}

/// To keep the password that one has is refused, and is no try of it.
#[tokio::test]
async fn who_chooses_the_same_password_again_and_again_is_not_locked() {
    let branch = Branch::with_admin().await;
    for _ in 0..6 {
        let kept = branch.choose(Some(PASSWORD), PASSWORD).await;
        let refused = kept.expect_err("the same");
        let said = (refused.code, refused.field);
        assert_eq!(said, (ErrorCode::PasswordNotNew, Some(Field::Password)));
    }
    let chosen = branch.choose(Some(PASSWORD), CHOSEN).await;
    expect_counter(chosen.expect("not locked, and still signed in"));
}
