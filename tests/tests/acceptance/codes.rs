//! Checking the code.

use simgate_app::contract::view::View;
use simgate_app::contract::words::{CodeProblem, ErrorCode, Field, StopReason};
use simgate_rehearsal::Call;
use simgate_rehearsal::faults::{Edit, Fault};

use crate::branch::{
    Branch, STEADY, expect_code, expect_counter, expect_reason, expect_stopped, minutes, seconds,
};

fn refused(problem: CodeProblem) -> StopReason {
    StopReason::CodeRefused { problem }
}

#[tokio::test]
async fn five_wrong_codes_end_the_sign_in() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    for left in (1..5).rev() {
        let code = expect_code(branch.type_wrong_code(STEADY).await.expect("wrong"));
        assert!(code.wrong);
        assert_eq!(code.tries_left, left);
    }
    let stopped = branch.type_wrong_code(STEADY).await.expect("the fifth");
    expect_reason(stopped, refused(CodeProblem::TriesUsedUp));
    branch.canceled(1).await;
    let late = branch
        .type_right_code(STEADY)
        .await
        .expect_err("the sign-in is over");
    assert_eq!(late.code, ErrorCode::NotNow);
    assert_eq!(branch.requests(Call::VerificationCheck).len(), 5);
}

#[tokio::test]
async fn ten_wrong_codes_in_a_row_lock_the_person_over_sign_ins_and_restarts() {
    let mut branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    let mut typed = 0;
    let stopped = loop {
        branch.wait(minutes(11)).await;
        branch.kill_and_restart().await;
        expect_code(branch.sign_in("maria").await.expect("a code"));
        let mut view = branch.view().await;
        for _ in 0..4 {
            if matches!(view, View::Code(_)) {
                view = branch.type_wrong_code(STEADY).await.expect("wrong");
                typed += 1;
            }
        }
        if let View::Stopped(stopped) = view {
            break stopped;
        }
        branch.app.start_over().await.expect("started over");
    };
    assert_eq!(typed, 10);
    assert_eq!(stopped.reason, refused(CodeProblem::Locked));
    assert!(stopped.until.is_some());

    branch.app.start_over().await.expect("left");
    branch.wait(minutes(29)).await;
    let checks = branch.sim_checks();
    // More often than wrong passwords may be typed: right ones lock no name.
    for _ in 0..6 {
        let still = branch
            .sign_in("maria")
            .await
            .expect("the password is right");
        expect_reason(still, refused(CodeProblem::Locked));
        branch.app.start_over().await.expect("left");
    }
    assert_eq!(
        branch.sim_checks(),
        checks,
        "locked is locked at every step"
    );

    branch.wait(minutes(1)).await;
    expect_code(branch.sign_in("maria").await.expect("open again"));
    let counter = expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
    assert_eq!(counter.failed_codes, 10);
}

#[tokio::test]
async fn a_code_lasts_ten_minutes_and_no_vendor_can_lengthen_that() {
    for (after, good) in [(599, true), (600, false), (601, false)] {
        let branch = Branch::open().await;
        expect_code(branch.register("maria", STEADY).await.expect("registered"));
        // Only our own clock moves: for the vendor no time has passed.
        branch.clock_forward_here(seconds(after));
        let view = branch.type_right_code(STEADY).await.expect("an answer");
        if good {
            expect_counter(view);
        } else {
            expect_reason(view, refused(CodeProblem::Expired));
            assert!(
                branch.requests(Call::VerificationCheck).is_empty(),
                "the vendor was not asked"
            );
        }
    }
}

#[tokio::test]
async fn an_expired_code_is_said_without_anyone_typing() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    branch.wait(seconds(600)).await;
    expect_reason(branch.view().await, refused(CodeProblem::Expired));
    branch.wait(minutes(5)).await;
    assert!(
        matches!(branch.view().await, View::SignIn { .. }),
        "a kiosk forgets a stop"
    );
}

/// Only the very word, for this verification, number and service, opens the counter.
#[tokio::test]
async fn only_approved_for_this_verification_opens_the_counter() {
    let set = |pointer: &str, value: &str| Edit::SetRaw {
        pointer: pointer.to_owned(),
        raw: value.to_owned(),
    };
    let other_sid = "\"VE00000000000000000000000000000000\"";
    let table = [
        (set("/status", "\"pending\""), None),
        (set("/status", "\"canceled\""), Some(CodeProblem::Canceled)),
        (
            set("/status", "\"max_attempts_reached\""),
            Some(CodeProblem::MaxAttemptsReached),
        ),
        (set("/status", "\"deleted\""), Some(CodeProblem::Deleted)),
        (set("/status", "\"failed\""), Some(CodeProblem::Failed)),
        (set("/status", "\"expired\""), Some(CodeProblem::Expired)),
        (
            set("/status", "\"APPROVED\""),
            Some(CodeProblem::MalformedAnswer),
        ),
        (
            set("/status", "\"approved \""),
            Some(CodeProblem::MalformedAnswer),
        ),
        (set("/status", "null"), Some(CodeProblem::MalformedAnswer)),
        (set("/status", "1"), Some(CodeProblem::MalformedAnswer)),
        (set("/status", "true"), Some(CodeProblem::MalformedAnswer)),
        (
            Edit::Remove {
                pointer: "/status".to_owned(),
            },
            Some(CodeProblem::MalformedAnswer),
        ),
        (set("/sid", other_sid), Some(CodeProblem::MalformedAnswer)),
        (
            set("/to", "\"+447700900199\""),
            Some(CodeProblem::MalformedAnswer),
        ),
        (
            set("/service_sid", "\"VA00000000000000000000000000000000\""),
            Some(CodeProblem::MalformedAnswer),
        ),
        (
            Edit::Duplicate {
                key: "status".to_owned(),
                value: "pending".into(),
                first: true,
            },
            Some(CodeProblem::MalformedAnswer),
        ),
    ];
    for (edit, problem) in table {
        let branch = Branch::open().await;
        expect_code(branch.register("maria", STEADY).await.expect("registered"));
        let name = format!("{edit:?}");
        let fault = Fault::on(Call::VerificationCheck).edited(edit);
        branch.vendors.set_fault(fault).await.expect("a fault");
        let view = branch.type_right_code(STEADY).await.expect("an answer");
        match problem {
            None => assert!(expect_code(view).wrong, "{name}"),
            Some(problem) => {
                assert_eq!(expect_stopped(view).reason, refused(problem), "{name}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_no_code_is_said_at_the_field_and_reaches_no_vendor() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    let long = "1".repeat(1_000_000);
    for (typed, code) in [
        ("", ErrorCode::CodeEmpty),
        ("123", ErrorCode::CodeMalformed),
        ("١٢٣٤٥٦", ErrorCode::CodeMalformed),
        ("1 OR 1", ErrorCode::CodeMalformed),
        (long.as_str(), ErrorCode::CodeMalformed),
    ] {
        let refusal = branch.type_code(typed).await.expect_err("no code");
        assert_eq!((refusal.code, refusal.field), (code, Some(Field::Code)));
    }
    assert!(branch.requests(Call::VerificationCheck).is_empty());
    let spaced = branch.newest_code(STEADY);
    let spaced = format!(" {} {} ", &spaced[..3], &spaced[3..]);
    expect_counter(branch.type_code(&spaced).await.expect("pasted with spaces"));
}

#[tokio::test]
async fn one_right_code_typed_fifty_times_at_once_opens_one_session() {
    let branch = Branch::open().await;
    expect_code(branch.register("maria", STEADY).await.expect("registered"));
    let code = branch.newest_code(STEADY);
    let mut typing = tokio::task::JoinSet::new();
    for _ in 0..50 {
        let (app, code) = (branch.app.clone(), code.clone());
        typing.spawn(async move { app.check_code(code.into()).await.is_ok() });
    }
    let answers = typing.join_all().await;
    assert!(answers.contains(&true));
    assert_eq!(
        branch.requests(Call::VerificationCheck).len(),
        1,
        "the vendor was asked once"
    );
    expect_counter(branch.view().await);
}

#[tokio::test]
async fn the_tenth_wrong_code_says_that_it_locked() {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    for problem in [CodeProblem::TriesUsedUp, CodeProblem::Locked] {
        branch.wait(minutes(11)).await;
        expect_code(branch.sign_in("maria").await.expect("a code"));
        for _ in 0..4 {
            expect_code(branch.type_wrong_code(STEADY).await.expect("wrong"));
        }
        let stopped = branch.type_wrong_code(STEADY).await.expect("the fifth");
        let stopped = expect_reason(stopped, refused(problem));
        assert!(stopped.sim_passed);
        branch.app.start_over().await.expect("left");
    }
}
