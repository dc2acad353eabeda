//! What an admin does to people, and to the first of them.

use simgate_app::contract::args::Typed;
use simgate_app::contract::people::{NumberStep, PeopleExportView, PersonAct, PersonAnswer};
use simgate_app::contract::record::EntryView;
use simgate_app::contract::words::{ChannelName, RoleName};
use simgate_app::people::RecoveryAnswer;

use super::record_of;
use crate::branch::{Branch, expect_code, expect_counter, register_form};
use crate::people::{ADMINS, NEW, everybody};

pub async fn walk() -> Vec<EntryView> {
    let branch = Branch::with_maria().await;

    number(&branch, NEW).await;
    let wrong = type_code(&branch, "000000").await;
    assert!(matches!(wrong, NumberStep::Code { wrong: true, .. }));
    let right = type_code(&branch, &branch.newest_code(NEW)).await;
    assert!(matches!(right, NumberStep::Done { .. }), "{right:?}");
    number(&branch, "+447700900142").await;
    branch.app.give_up_number().await.expect("given up");

    for act in [
        PersonAct::Channel {
            channel: ChannelName::Voice,
        },
        PersonAct::Role {
            role: RoleName::Supervisor,
        },
        PersonAct::Disable,
        PersonAct::Enable,
        PersonAct::Unlock,
        PersonAct::Reset,
    ] {
        branch.done("maria", act).await;
    }
    let refused = branch.act("admin.one", PersonAct::Delete).await;
    assert_eq!(refused, PersonAnswer::LastAdmin);
    branch
        .import_all("username,phone,channel,role\nana.gil,+447700900152,sms,staff\n")
        .await;
    branch.app.export_people(everybody()).await.expect("begun");
    let exported = branch.people_work().await.export;
    assert!(matches!(exported, PeopleExportView::Done { .. }));
    branch.done("maria", PersonAct::Delete).await;
    let recovered = branch.console().await.recover_admin("ana.gil", None).await;
    assert!(matches!(recovered, Ok(RecoveryAnswer::Done(_))));
    record_of(&branch).await
}

/// A change of Maria's number that waits for its code.
async fn number(branch: &Branch, phone: &str) {
    let form = branch.number_form("maria", phone).await;
    let step = branch.app.change_number(form).await.expect("begun");
    assert!(matches!(step, NumberStep::Code { .. }), "{step:?}");
}

async fn type_code(branch: &Branch, code: &str) -> NumberStep {
    let code = Typed::from(code.to_owned());
    branch.app.check_number_code(code).await.expect("an answer")
}

/// A first admin who gives up before they were signed in, and is followed by another.
pub async fn walk_of_a_first_admin() -> Vec<EntryView> {
    let branch = Branch::untouched().await;
    for (name, number) in [("admin.old", NEW), ("admin.one", ADMINS)] {
        let form = register_form(name, number);
        let registered = branch.app.register_first_admin(form).await;
        registered.expect("the first admin");
        expect_code(branch.settled().await);
        if name == "admin.old" {
            branch.app.start_over().await.expect("left");
            let withdrawn = branch.app.withdraw_first_admin().await;
            withdrawn.expect("they never were signed in");
        }
    }
    expect_counter(branch.type_right_code(ADMINS).await.expect("a code"));
    branch.finish_set_up().await;
    record_of(&branch).await
}
