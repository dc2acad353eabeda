//! Being signed in, and how that ends.

use simgate_app::contract::view::{SessionEnd, View};
use simgate_app::contract::words::ErrorCode;
use simgate_domain::attempts::Limits;
use simgate_domain::{Clock, SignInId};
use simgate_store::{Act, Entry, Store, Who};

use crate::branch::{Branch, STEADY, expect_code, expect_counter, minutes, seconds};

async fn signed_in() -> Branch {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    branch
}

fn ended(view: &View, end: SessionEnd) -> bool {
    matches!(view, View::SignIn { ended: Some(why) } if *why == end)
}

#[tokio::test]
async fn a_session_ends_after_fifteen_idle_minutes() {
    let branch = signed_in().await;
    branch.wait(seconds(15 * 60 - 1)).await;
    let counter = expect_counter(branch.view().await);
    assert_eq!(counter.idle_in, 1);
    branch.wait(seconds(1)).await;
    assert!(ended(&branch.view().await, SessionEnd::Idle));
}

#[tokio::test]
async fn looking_is_no_activity_and_staying_is() {
    let branch = signed_in().await;
    for _ in 0..4 {
        branch.wait(minutes(10)).await;
        branch.app.stay().await.expect("she is there");
    }
    for _ in 0..14 {
        branch.wait(minutes(1)).await;
        expect_counter(branch.view().await);
    }
    branch.wait(minutes(1)).await;
    assert!(ended(&branch.view().await, SessionEnd::Idle));
}

#[tokio::test]
async fn twelve_hours_are_the_longest() {
    let branch = signed_in().await;
    for _ in 0..71 {
        branch.wait(minutes(10)).await;
        branch.app.stay().await.expect("she is there");
    }
    branch.wait(minutes(10)).await;
    assert!(ended(&branch.view().await, SessionEnd::TooLong));
}

#[tokio::test]
async fn the_first_command_after_the_machine_slept_finds_the_session_over() {
    let branch = signed_in().await;
    // No tick came while it slept.
    branch.clock_forward_here(minutes(60));
    let refusal = branch.app.stay().await.expect_err("too late");
    assert_eq!(refusal.code, ErrorCode::NotNow);
    assert!(ended(&branch.view().await, SessionEnd::Idle));
}

#[tokio::test]
async fn killed_while_signed_in_is_signed_out() {
    for _ in 0..10 {
        let mut branch = signed_in().await;
        branch.kill_and_restart().await;
        assert!(matches!(branch.view().await, View::SignIn { ended: None }));
        expect_code(
            branch
                .sign_in("maria")
                .await
                .expect("the password leads to a code only"),
        );
        expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
        branch.app.sign_out().await.expect("signed out");
    }
}

#[tokio::test]
async fn a_newer_sign_in_elsewhere_ends_the_session_here() {
    let branch = signed_in().await;
    // Another copy of the program on the same database, as its store sees it.
    let attempt = branch
        .store
        .reserve_password_attempt(
            simgate_store::NameTried::Name(
                simgate_domain::Username::parse("maria").expect("a name"),
            ),
            Limits::DEFAULT,
            branch.clock.now(),
        )
        .await
        .expect("the database");
    let user = attempt.account.expect("maria").user;
    let newer = SignInId::new(uuid::Uuid::from_u128(42));
    let entry = Entry {
        sign_in: Some(newer),
        ..Entry::new(branch.clock.now(), Who::User(user), Act::PasswordPassed)
    };
    branch
        .store
        .begin_sign_in(user, 1, newer, None, Limits::DEFAULT, entry)
        .await
        .expect("the database")
        .expect("codes are open");
    branch.wait(seconds(1)).await;
    assert!(ended(&branch.view().await, SessionEnd::AccountChanged));
}
