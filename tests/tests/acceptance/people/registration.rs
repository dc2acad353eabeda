//! Who may register (FR4), and what a person who is not approved gets: nothing.

use simgate_app::contract::people::{PeopleForm, PersonAct, PersonState, RegistrationName};
use simgate_app::contract::view::Station;
use simgate_app::contract::words::{ErrorCode, Refusal, RoleName, StopReason};

use super::{MARIAS, NEW, people_form};
use crate::branch::{Branch, PASSWORD, expect_code, expect_counter, expect_reason, minutes};

#[tokio::test]
async fn a_branch_that_is_set_up_lets_people_in_by_approval() {
    let branch = Branch::with_admin().await;
    branch
        .app
        .set_registration_mode(RegistrationName::ByApproval)
        .await
        .expect("set");
    let mode = branch.app.registration_mode().await.expect("a mode");
    assert_eq!(mode, RegistrationName::ByApproval);
    branch.leave().await;
    branch.vendors.clear_ledger();
    let view = branch.register("maria", MARIAS).await.expect("registered");
    let stopped = expect_reason(view, StopReason::NotApproved);
    assert_eq!(stopped.station, Station::Password);
    assert!(!stopped.sim_passed);
    let cause = branch.cause_of(&stopped.reference).await;
    assert_eq!(cause.as_deref(), Some("not_approved"));
    branch.app.start_over().await.expect("left");

    for _ in 0..3 {
        let view = branch.sign_in("maria").await.expect("a right password");
        expect_reason(view, StopReason::NotApproved);
        branch.app.start_over().await.expect("left");
    }
    let asked = branch.vendors.ledger();
    let asked: Vec<_> = asked
        .iter()
        .filter(|request| request.method == "POST")
        .collect();
    assert!(asked.is_empty(), "no SIM check and no code: {asked:?}");

    branch.admin_back().await;
    let waiting = PeopleForm {
        state: Some(PersonState::Pending),
        ..people_form("")
    };
    let waiting = branch.app.people(waiting).await.expect("a list").people;
    assert_eq!(waiting.len(), 1);
    let approved = branch.done("maria", PersonAct::Approve).await;
    assert_eq!(
        (approved.state, approved.role),
        (PersonState::Active, RoleName::Staff)
    );
    branch.leave().await;
    expect_code(branch.sign_in("maria").await.expect("approved"));
    expect_counter(branch.type_right_code(MARIAS).await.expect("a code"));
}

/// EN1: before the right password a pending person is told from nobody.
#[tokio::test]
async fn who_waits_for_approval_is_refused_like_nobody_by_a_wrong_password() {
    let branch = Branch::with_admin().await;
    branch
        .app
        .set_registration_mode(RegistrationName::ByApproval)
        .await
        .expect("set");
    branch.leave().await;
    branch.register("maria", MARIAS).await.expect("registered");
    branch.app.start_over().await.expect("left");
    let said = |refusal: &Refusal| Refusal {
        reference: None,
        ..refusal.clone()
    };
    let nobody = branch
        .sign_in_with("nobody", PASSWORD)
        .await
        .expect_err("unknown");
    let pending = branch
        .sign_in_with("maria", "not hers at all")
        .await
        .expect_err("wrong");
    assert_eq!(said(&nobody), said(&pending));
}

#[tokio::test]
async fn a_closed_branch_registers_nobody() {
    let branch = Branch::with_admin().await;
    branch
        .app
        .set_registration_mode(RegistrationName::Closed)
        .await
        .expect("set");
    branch.leave().await;
    branch.vendors.clear_ledger();
    let refused = branch.register("maria", MARIAS).await.expect_err("closed");
    assert_eq!(refused.code, ErrorCode::RegistrationClosed);
    assert!(
        branch
            .vendors
            .ledger()
            .iter()
            .all(|request| request.method != "POST")
    );
    branch.sign_in("maria").await.expect_err("she is not there");
}

#[tokio::test]
async fn five_an_hour_whether_or_not_they_are_approved() {
    let branch = Branch::with_admin().await;
    branch
        .app
        .set_registration_mode(RegistrationName::ByApproval)
        .await
        .expect("set");
    for n in 0..6 {
        branch
            .add(
                &format!("added.{n}x"),
                &format!("+44770090012{n}"),
                RoleName::Staff,
            )
            .await;
    }
    branch.leave().await;
    // The first admin registered, too.
    branch.wait(minutes(60)).await;
    for n in 0..5 {
        let number = format!("+44770090013{n}");
        let view = branch.register(&format!("person.{n}x"), &number).await;
        expect_reason(view.expect("registered"), StopReason::NotApproved);
        branch.app.start_over().await.expect("left");
    }
    let refused = branch
        .register("person.six", NEW)
        .await
        .expect_err("the sixth");
    assert_eq!(refused.code, ErrorCode::TooManyRegistrations);
    branch.wait(minutes(60)).await;
    let view = branch
        .register("person.six", NEW)
        .await
        .expect("an hour later");
    expect_reason(view, StopReason::NotApproved);
}
