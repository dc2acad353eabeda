//! Every command in every state: what the table says and nothing else.

mod call;
mod fresh;
mod table;

use std::time::Duration;

use simgate_app::commands::{Rule, STATES, State, TABLE, Who};
use simgate_app::contract::args::Typed;
use simgate_app::contract::view::View;
use simgate_app::contract::words::{ErrorCode, RoleName};
use simgate_rehearsal::faults::{Fault, Wire};
use simgate_rehearsal::{Call, NumberRule};
use tokio::time::Instant;

pub use call::call;

use crate::branch::{
    Branch, PASSWORD, STEADY, expect_code, expect_counter, expect_stopped, sign_in_form,
};
use crate::people::{MARIAS, expect_choice};

/// Has the vendor not answer this call, as long as the test lasts.
async fn stall(branch: &Branch, call: Call) {
    let fault = Fault::on(call).over(Wire::Stall);
    branch.vendors.set_fault(fault).await.expect("a fault");
}

/// A branch in which the program is in that state.
async fn branch_in(state: State) -> Option<Branch> {
    if state == State::PasswordDue {
        return Some(with_a_password_due().await);
    }
    if state == State::FirstRun {
        return Some(Branch::untouched().await);
    }
    let branch = Branch::open().await;
    branch.verified_person("maria", STEADY).await;
    match state {
        State::Vacant => {}
        State::Cleared => {
            branch.vendors.clear_ledger();
            stall(&branch, Call::Verifications).await;
            let form = sign_in_form("maria", PASSWORD);
            branch.app.sign_in(form).await.expect("a right password");
            branch.asked(Call::Verifications, 1).await;
        }
        State::Answering => {
            expect_code(branch.sign_in("maria").await.expect("a code"));
            stall(&branch, Call::VerificationCheck).await;
            branch.vendors.clear_ledger();
            let app = branch.app.clone();
            tokio::spawn(async move { app.check_code(Typed::from("123456".to_owned())).await });
            branch.asked(Call::VerificationCheck, 1).await;
        }
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
        // `opening.rs` tries every command in the first two; nothing leads here to the third.
        State::Starting | State::Fault | State::NotSetUp | State::FirstRun | State::PasswordDue => {
            return None;
        }
    }
    branch.vendors.clear_ledger();
    Some(branch)
}

/// Somebody has signed in with a password that an admin handed over.
async fn with_a_password_due() -> Branch {
    let branch = Branch::with_admin().await;
    let added = branch.add("joseph", MARIAS, RoleName::Staff).await;
    branch.leave().await;
    let handed_over = added.one_time_password.as_str();
    expect_code(
        branch
            .sign_in_with("joseph", handed_over)
            .await
            .expect("right"),
    );
    expect_choice(&branch.type_right_code(MARIAS).await.expect("a code"));
    branch.vendors.clear_ledger();
    branch
}

/// A branch may be used for the next command, as long as the ones before were not let.
struct Posed {
    branch: Branch,
    since: Instant,
}

impl Posed {
    async fn in_state(state: State) -> Option<Self> {
        Some(Self {
            branch: branch_in(state).await?,
            since: Instant::now(),
        })
    }

    /// A vendor that stalls is given up at last, and then the state is another.
    fn holds(&self) -> bool {
        self.since.elapsed() < Duration::from_secs(3)
    }
}

#[tokio::test]
async fn every_command_in_every_state_does_what_the_table_says() {
    for state in STATES {
        let mut posed = None;
        for rule in TABLE {
            let posed_before = posed.take().filter(Posed::holds);
            let now = match posed_before {
                Some(still) => still,
                None => match Posed::in_state(state).await {
                    Some(anew) => anew,
                    None => break,
                },
            };
            if tried(&now.branch, state, rule).await == Some(ErrorCode::NotNow) {
                posed = Some(now);
            }
        }
    }
}

/// Calls the command, and says by what it was barred, if it was.
async fn tried(branch: &Branch, state: State, rule: &Rule) -> Option<ErrorCode> {
    let Rule {
        name: command,
        states,
        who,
    } = rule;
    let before = branch.app.view().await.expect("a view");
    let answer = call(branch, command).await;
    let code = answer.as_ref().err().map(|refusal| refusal.code);
    let expected = if !states.contains(&state) {
        Some(ErrorCode::NotNow)
    } else if state == State::Occupied && *who > Who::Anyone {
        // Maria is staff.
        Some(ErrorCode::NotAllowed)
    } else {
        None
    };
    let barred = code.filter(|code| {
        matches!(
            code,
            ErrorCode::NotNow | ErrorCode::NotAllowed | ErrorCode::StepUpNeeded
        )
    });
    assert_eq!(barred, expected, "{command} in {state:?}: {answer:?}");
    if barred == Some(ErrorCode::NotNow) {
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
    barred
}

/// Whoever reads it can mend it. Nothing else is told of what a command does not find out itself.
#[tokio::test]
async fn every_command_that_finds_the_disk_full_says_so() {
    let mut said = 0;
    let mut branch = None;
    for rule in TABLE {
        if !rule.states.contains(&State::Occupied) {
            continue;
        }
        let at_the_counter = match branch.take() {
            Some(branch) => branch,
            None => Branch::with_admin().await,
        };
        at_the_counter.watcher.fill_disk();
        let answer = call(&at_the_counter, rule.name).await;
        let code = answer.as_ref().err().map(|refusal| refusal.code);
        assert_ne!(code, Some(ErrorCode::Unforeseen), "{}", rule.name);
        if code == Some(ErrorCode::DiskFull) {
            said += 1;
            let reference = answer.err().and_then(|refusal| refusal.reference);
            assert!(reference.is_some(), "{}: for the log", rule.name);
            branch = Some(at_the_counter);
        }
    }
    assert!(said > 20, "{said} commands said so");
}
