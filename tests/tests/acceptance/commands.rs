//! Every command in every state: what the table says and nothing else.

mod table;

use std::time::Duration;

use simgate_app::commands::{Rule, STATES, State, TABLE, Who};
use simgate_app::contract::args::{RatePasswordForm, Typed};
use simgate_app::contract::overview::OverviewForm;
use simgate_app::contract::people::{
    ChoosePasswordForm, PersonAct, PersonActForm, RegistrationName,
};
use simgate_app::contract::record::RetentionForm;
use simgate_app::contract::settings::{SaveVendorForm, VendorFile, VendorFileForm};
use simgate_app::contract::view::View;
use simgate_app::contract::words::{ChannelName, ErrorCode, Refusal, RoleName, VendorName};
use simgate_rehearsal::faults::{Fault, Wire};
use simgate_rehearsal::{Call, NumberRule};
use tokio::time::Instant;

use crate::branch::{
    Branch, PASSWORD, STEADY, branch_form, expect_code, expect_counter, expect_stopped,
    register_form, sign_in_form,
};
use crate::people::{CHOSEN, MARIAS, add_form, expect_choice, people_form};
use crate::record::everything;
use crate::rules::default_rules;
use crate::vendor_settings::{as_stored, try_form, with_secret};

/// Calls a command by name with arguments that would do something if it were let.
pub async fn call(branch: &Branch, command: &str) -> Result<(), Refusal> {
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
                country: "GB".to_owned(),
                password: Typed::from(PASSWORD.to_owned()),
            };
            app.rate_password(form).await.map(drop)
        }
        "register" => {
            let form = register_form("another", "+447700900148");
            app.register(form).await.map(drop)
        }
        "register_first_admin" => {
            let form = register_form("another", "+447700900148");
            app.register_first_admin(form).await.map(drop)
        }
        "withdraw_first_admin" => app.withdraw_first_admin().await.map(drop),
        "finish_set_up" => app.finish_set_up().await.map(drop),
        "overview" => app.overview(OverviewForm { ahead: 0 }).await.map(drop),
        "registration_mode" => app.registration_mode().await.map(drop),
        "set_registration_mode" => app.set_registration_mode(RegistrationName::Open).await,
        "send_again" => app.send_again(ChannelName::Sms).await.map(drop),
        "check_code" => app
            .check_code(Typed::from("123456".to_owned()))
            .await
            .map(drop),
        "start_over" => app.start_over().await.map(drop),
        "step_up" => app
            .step_up(Typed::from("not the password".to_owned()))
            .await
            .map(drop),
        "branch" => app.branch().await.map(drop),
        "set_branch" => app.set_branch(branch_form("High Street")).await,
        "people" => app.people(people_form("")).await.map(drop),
        "person" => app.person(NOBODY.to_owned()).await.map(drop),
        "help_person" => app.help_person(nobody(PersonAct::Unlock)).await.map(drop),
        "change_person" => app.change_person(nobody(PersonAct::Delete)).await.map(drop),
        "add_person" => {
            let form = add_form("another", "+447700900148", RoleName::Admin);
            app.add_person(form).await.map(drop)
        }
        "choose_password" => {
            let form = ChoosePasswordForm {
                current: Some(Typed::from(PASSWORD.to_owned())),
                password: Typed::from(CHOSEN.to_owned()),
            };
            app.choose_password(form).await.map(drop)
        }
        "record_page" => app.record_page(everything()).await.map(drop),
        "record_entry" => app.record_entry(1).await.map(drop),
        "verify_record" => app.verify_record().await,
        "export_record" => app.export_record().await,
        "record_work" => app.record_work().await.map(drop),
        "cancel_record_work" => app.cancel_record_work().await.map(drop),
        "record_retention" => app.record_retention().await.map(drop),
        "set_record_retention" => {
            let form = RetentionForm {
                version: 0,
                days: Some(90),
            };
            app.set_record_retention(form).await.map(drop)
        }
        "rules_page" => app.rules_page().await.map(drop),
        "set_rules" => app.set_rules(default_rules()).await.map(drop),
        "rules_history" => app.rules_history(1).await.map(drop),
        "budgets" => app.budgets().await.map(drop),
        "what_if" => app.what_if("maria".to_owned()).await.map(drop),
        "stay" => app.stay().await.map(drop),
        "sign_out" => app.sign_out().await.map(drop),
        "rehearsal_phone" => app.rehearsal_phone().await.map(drop),
        other => call_on_vendors(branch, other).await,
    }
}

async fn call_on_vendors(branch: &Branch, command: &str) -> Result<(), Refusal> {
    let app = &branch.app;
    match command {
        "vendors" => app.vendors().await.map(drop),
        "import_vendor_file" => {
            let form = VendorFileForm {
                file: VendorFile::DotEnv,
                text: Typed::from("TRU_ID_CLIENT=a".to_owned()),
            };
            app.import_vendor_file(form).await.map(drop)
        }
        "fill_in_rehearsal" => app.fill_in_rehearsal().await.map(drop),
        "drop_unsaved_vendor" => app.drop_unsaved_vendor(VendorName::TruId).await.map(drop),
        "test_vendor" => app
            .test_vendor(as_stored(VendorName::TruId))
            .await
            .map(drop),
        "save_vendor" => {
            let form = SaveVendorForm {
                form: with_secret("another"),
                untested: true,
            };
            app.save_vendor(form).await.map(drop)
        }
        "try_sim_check" => app.try_sim_check(try_form(None)).await.map(drop),
        "try_code" => app.try_code(try_form(None)).await.map(drop),
        "check_tried_code" => {
            let code = Typed::from("123456".to_owned());
            app.check_tried_code(code).await.map(drop)
        }
        other => panic!("{other} is in the table and not in this test"),
    }
}

/// The id of nobody.
const NOBODY: &str = "00000000-0000-7000-8000-000000000000";

fn nobody(act: PersonAct) -> PersonActForm {
    PersonActForm {
        id: NOBODY.to_owned(),
        version: 1,
        act,
    }
}

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
