//! The password: one answer, a lock that holds, and registering.

use simgate_app::contract::words::CodeProblem;
use simgate_app::contract::words::{ErrorCode, Field, Refusal, StopReason};

use crate::branch::{Branch, STEADY, expect_code, expect_counter, expect_reason, minutes, seconds};

/// The refusal without its reference, which differs each time.
fn said(refusal: &Refusal) -> Refusal {
    Refusal {
        reference: None,
        ..refusal.clone()
    }
}

#[tokio::test]
async fn unknown_wrong_and_locked_are_one_answer_that_an_admin_can_tell_apart() {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    let refused = async |name: &str, password: &str| {
        branch
            .sign_in_with(name, password)
            .await
            .expect_err("refused")
    };
    let unknown = refused("nobody", "any password at all").await;
    let unreadable = refused("p@ss word, typed as name", "any password at all").await;
    let mut wrong = refused("maria", "not her password").await;
    for _ in 0..4 {
        wrong = refused("maria", "not her password").await;
    }
    let locked = refused("maria", crate::branch::PASSWORD).await;
    for refusal in [&unknown, &unreadable, &wrong, &locked] {
        assert_eq!(refusal.code, ErrorCode::SignInRefused);
        assert_eq!(said(refusal), said(&unknown), "one answer for all");
    }
    for (refusal, cause) in [
        (unknown, "unknown_name"),
        (unreadable, "unknown_name"),
        (wrong, "wrong_password"),
        (locked, "locked"),
    ] {
        let reference = refusal.reference.expect("a reference");
        assert_eq!(branch.cause_of(&reference).await.as_deref(), Some(cause));
    }
}

#[tokio::test]
async fn five_wrong_passwords_lock_for_thirty_minutes_over_restarts() {
    let mut branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    for _ in 0..5 {
        branch.kill_and_restart().await;
        branch
            .sign_in_with("maria", "not her password")
            .await
            .expect_err("wrong");
    }
    branch.kill_and_restart().await;
    branch.wait(seconds(30 * 60 - 1)).await;
    branch
        .sign_in("maria")
        .await
        .expect_err("right, and still locked at 29:59");
    branch.wait(seconds(1)).await;
    expect_code(branch.sign_in("maria").await.expect("open again at 30:00"));
    let counter = expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    assert_eq!(
        counter.failed_passwords, 6,
        "five wrong ones and one against the lock"
    );
    assert!(counter.last_failure_at.is_some());
}

#[tokio::test]
async fn a_taken_name_is_said_at_its_field_and_so_is_one_that_looks_the_same() {
    let branch = Branch::open().await;
    branch.verified_person("alice.burn", STEADY).await;
    for name in [
        "alice.burn",
        "Alice.Burn",
        "a1ice.burn",
        "alice_bum",
        "álice.burn",
    ] {
        let refusal = branch
            .register(name, "+447700900148")
            .await
            .expect_err("taken");
        assert_eq!(refusal.code, ErrorCode::UsernameTaken, "{name}");
        assert_eq!(refusal.field, Some(Field::Username));
    }
}

#[tokio::test]
async fn trying_out_which_names_exist_is_slowed_and_on_record() {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    for _ in 0..10 {
        let refusal = branch
            .register("maria", "+447700900148")
            .await
            .expect_err("taken");
        assert_eq!(refusal.code, ErrorCode::UsernameTaken);
    }
    let refusal = branch
        .register("maria", "+447700900148")
        .await
        .expect_err("slowed");
    assert_eq!(refusal.code, ErrorCode::TooManyRegistrations);
    let refusal = branch
        .register("nobody", "+447700900148")
        .await
        .expect_err("slowed");
    assert_eq!(
        refusal.code,
        ErrorCode::TooManyRegistrations,
        "which tells nothing of the name"
    );
}

#[tokio::test]
async fn that_a_number_is_taken_is_said_only_to_whoever_holds_it() {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    let code = branch
        .register("newcomer", STEADY)
        .await
        .expect("nothing is said of the number");
    expect_code(code);
    let stopped = branch.type_right_code(STEADY).await.expect("a code");
    let taken = StopReason::CodeRefused {
        problem: CodeProblem::NumberTaken,
    };
    expect_reason(stopped, taken);
    branch.app.start_over().await.expect("left");
    expect_code(
        branch
            .sign_in("maria")
            .await
            .expect("its owner is not disturbed"),
    );
}

#[tokio::test]
async fn five_registrations_an_hour() {
    let branch = Branch::open().await;
    for n in 0..5 {
        let number = format!("+44770090015{}", n * 2);
        expect_code(
            branch
                .register(&format!("person.{n}x"), &number)
                .await
                .expect("registered"),
        );
        branch.app.start_over().await.expect("left");
    }
    let refusal = branch
        .register("person.six", "+447700900162")
        .await
        .expect_err("the sixth");
    assert_eq!(refusal.code, ErrorCode::TooManyRegistrations);
    assert_eq!(refusal.retry_after, Some(3_600));
    branch.wait(minutes(60)).await;
    expect_code(
        branch
            .register("person.six", "+447700900162")
            .await
            .expect("an hour later"),
    );
}
