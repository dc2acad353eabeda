//! Every command in every state: what the table says and nothing else.

use std::collections::BTreeMap;

use simgate_app::commands::{STATES, State, TABLE};
use simgate_app::contract::args::{RatePasswordForm, Typed};
use simgate_app::contract::view::View;
use simgate_app::contract::words::{ChannelName, ErrorCode, Refusal};
use simgate_rehearsal::NumberRule;

use crate::branch::{
    Branch, PASSWORD, STEADY, expect_code, expect_counter, expect_stopped, register_form,
    sign_in_form,
};

/// Calls a command by name with arguments that would do something if it were let.
async fn call(branch: &Branch, command: &str) -> Result<(), Refusal> {
    let app = &branch.app;
    match command {
        "view" => app.view().await.map(drop),
        "next_view" => app.next_view(0).await.map(drop),
        "try_again" => app.try_again().await.map(drop),
        "warm_up" => app.warm_up().await,
        "sign_in" => app.sign_in(sign_in_form("maria", PASSWORD)).await.map(drop),
        "preview_phone" => app
            .preview_phone(STEADY.to_owned(), "GB".to_owned())
            .await
            .map(drop),
        "rate_password" => {
            let form = RatePasswordForm {
                username: String::new(),
                phone: String::new(),
                password: Typed::from(PASSWORD.to_owned()),
            };
            app.rate_password(form).await.map(drop)
        }
        "register" => {
            let form = register_form("another", "+447700900148");
            app.register(form).await.map(drop)
        }
        "send_again" => app.send_again(ChannelName::Sms).await.map(drop),
        "check_code" => app
            .check_code(Typed::from("123456".to_owned()))
            .await
            .map(drop),
        "start_over" => app.start_over().await.map(drop),
        "stay" => app.stay().await.map(drop),
        "sign_out" => app.sign_out().await.map(drop),
        "rehearsal_phone" => app.rehearsal_phone().await.map(drop),
        other => panic!("{other} is in the table and not in this test"),
    }
}

/// A branch in which the program is in that state.
async fn branch_in(state: State) -> Option<Branch> {
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    match state {
        State::Vacant => {}
        State::Identified => {
            // The operator does not answer, and the person has gone no further.
            branch
                .vendors
                .set_number(STEADY, NumberRule::Stall)
                .expect("a rule");
            let snapshot = branch
                .app
                .sign_in(sign_in_form("maria", PASSWORD))
                .await
                .expect("a right password");
            assert!(matches!(snapshot.view, View::CheckingSim { .. }));
        }
        State::CodeSent => drop(expect_code(branch.sign_in("maria").await.expect("a code"))),
        State::Occupied => {
            expect_code(branch.sign_in("maria").await.expect("a code"));
            expect_counter(branch.type_right_code(STEADY).await.expect("approved"));
        }
        State::Stopped => {
            let rule = NumberRule::NotSupported;
            branch.vendors.set_number(STEADY, rule).expect("a rule");
            expect_stopped(branch.sign_in("maria").await.expect("a right password"));
        }
        // These last for a moment inside a call, or are made by a machine that is not whole: the
        // table itself is asked about them below, and the real window shows two.
        State::Starting | State::NotSetUp | State::Fault | State::Cleared | State::Answering => {
            return None;
        }
    }
    branch.vendors.clear_ledger();
    Some(branch)
}

#[tokio::test]
async fn every_command_in_every_state_does_what_the_table_says() {
    for state in STATES {
        for (command, states) in TABLE {
            let Some(branch) = branch_in(state).await else {
                continue;
            };
            let before = branch.app.view().await.expect("a view");
            let answer = call(&branch, command).await;
            let not_now = matches!(&answer, Err(refusal) if refusal.code == ErrorCode::NotNow);
            assert_eq!(
                !not_now,
                states.contains(&state),
                "{command} in {state:?}: {answer:?}"
            );
            if not_now {
                let after = branch.app.view().await.expect("a view");
                assert_eq!(
                    after.revision, before.revision,
                    "{command} in {state:?} changed nothing"
                );
                let asked = branch.vendors.ledger();
                let asked: Vec<_> = asked
                    .iter()
                    .filter(|request| request.method == "POST")
                    .collect();
                let by_itself = usize::from(state == State::Identified);
                assert!(
                    asked.len() <= by_itself,
                    "{command} in {state:?} asked no vendor"
                );
            }
        }
    }
}

/// The table written out once more, by hand: a slip of the pen in the program's own would show.
#[test]
fn the_table_is_what_it_was_meant_to_be() {
    let table: BTreeMap<&str, Vec<State>> = TABLE
        .iter()
        .map(|(name, states)| (*name, states.to_vec()))
        .collect();
    let guarded = [
        ("sign_in", vec![State::Vacant]),
        ("register", vec![State::Vacant]),
        ("check_code", vec![State::CodeSent]),
        ("send_again", vec![State::CodeSent]),
        ("sign_out", vec![State::Occupied]),
        ("stay", vec![State::Occupied]),
        ("try_again", vec![State::NotSetUp, State::Fault]),
    ];
    for (command, states) in guarded {
        assert_eq!(table.get(command), Some(&states), "{command}");
    }
    for harmless in ["view", "next_view", "rehearsal_phone"] {
        assert_eq!(
            table.get(harmless).map(Vec::len),
            Some(STATES.len()),
            "{harmless}"
        );
    }
    assert_eq!(table.len(), 14, "a new command needs a line here");
}
