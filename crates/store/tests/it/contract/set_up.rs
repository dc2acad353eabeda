//! The first set-up, and who may register.

use simgate_domain::seat::Clearance;
use simgate_domain::{RegistrationMode, Role};
use simgate_store::{Act, Actor, FirstAdmin, People, SetupState, Who};

use crate::kit::{ALICE, BOB, Kit, Person};

async fn state(kit: &Kit) -> SetupState {
    kit.store.setup_state().await.unwrap()
}

async fn finish(kit: &Kit, by: Actor) -> bool {
    let entry = kit.entry(Who::Program, Act::SetUpFinished);
    kit.store.finish_set_up(by, entry).await.unwrap()
}

async fn withdraw(kit: &Kit) -> bool {
    let entry = kit.entry(Who::Program, Act::FirstAdminWithdrawn);
    kit.store.withdraw_first_admin(entry).await.unwrap()
}

pub async fn there_is_one_first_admin(kit: Kit) {
    assert_eq!(state(&kit).await, SetupState::Nobody);
    let (first, admin) = kit.first_admin("admin.one", ALICE).await;
    assert_eq!(first, FirstAdmin::Done);
    assert_eq!(state(&kit).await, SetupState::Begun);
    let (second, _) = kit.first_admin("admin.two", BOB).await;
    assert_eq!(second, FirstAdmin::NotFirst);
    let row = kit.details(admin.user).await.row;
    assert_eq!(row.role, Role::Admin);
    assert!(
        kit.live(admin).await.is_ok(),
        "their first sign-in has begun"
    );
    let kit = kit.restarted();
    assert_eq!(state(&kit).await, SetupState::Begun);
}

pub async fn whoever_is_there_comes_first(kit: Kit) {
    kit.registered("alice", ALICE).await;
    let (first, _) = kit.first_admin("admin.one", BOB).await;
    assert_eq!(first, FirstAdmin::NotFirst);
}

pub async fn set_up_is_finished_once_and_for_ever(kit: Kit) {
    let (_, admin) = kit.first_admin("admin.one", ALICE).await;
    assert!(
        !finish(&kit, admin.acting()).await,
        "nobody is signed in yet"
    );
    kit.signed_in(admin, Clearance::Unchanged).await;
    assert!(finish(&kit, admin.acting()).await);
    let at = kit.now();
    assert_eq!(state(&kit).await, SetupState::Finished { at });
    kit.pass(crate::kit::days(1));
    assert!(!finish(&kit, admin.acting()).await);
    assert!(!withdraw(&kit).await);
    let kit = kit.restarted();
    assert_eq!(state(&kit).await, SetupState::Finished { at });
    assert_eq!(kit.found().await[0].1, "set_up_finished");
}

/// CVE-2023-46249: deleting the first admin opened the first set-up again.
pub async fn nobody_is_first_after_set_up(kit: Kit) {
    let admin = kit.admin().await;
    assert!(finish(&kit, admin.acting()).await);
    let row = kit.details(admin.user).await.row;
    let deleted = kit
        .act_seen(
            Actor::Console,
            (row.user, row.version),
            simgate_store::PersonChange::Delete,
        )
        .await;
    assert_eq!(deleted, simgate_store::PersonAnswer::LastAdmin);
    let (again, _) = kit.first_admin("admin.two", BOB).await;
    assert_eq!(again, FirstAdmin::NotFirst);
}

pub async fn a_first_admin_with_the_wrong_number_begins_anew(kit: Kit) {
    let (_, admin) = kit.first_admin("admin.one", ALICE).await;
    assert!(withdraw(&kit).await);
    assert!(!withdraw(&kit).await, "there is nobody left");
    assert_eq!(state(&kit).await, SetupState::Nobody);
    assert!(kit.live(admin).await.is_err());
    let (first, admin) = kit.first_admin("admin.one", BOB).await;
    assert_eq!(first, FirstAdmin::Done);
    kit.signed_in(admin, Clearance::InGrace).await;
    assert!(!withdraw(&kit).await, "they were signed in once");
}

pub async fn registering_is_closed_before_set_up_and_by_approval_after(kit: Kit) {
    let mode = async || kit.store.registration_mode().await.unwrap();
    let set = async |to, by| {
        let entry = kit.entry(Who::Program, Act::RegistrationModeChanged);
        kit.store
            .set_registration_mode(to, by, entry)
            .await
            .unwrap()
    };
    assert_eq!(mode().await, RegistrationMode::Closed);
    let admin = kit.admin().await;
    let staff = kit.colleague(admin, "staff.one", ALICE, Role::Staff).await;
    assert_eq!(mode().await, RegistrationMode::Closed);
    finish(&kit, admin.acting()).await;
    assert_eq!(mode().await, RegistrationMode::ByApproval);
    assert!(set(RegistrationMode::Closed, admin.acting()).await);
    assert_eq!(mode().await, RegistrationMode::Closed);
    assert_eq!(kit.found().await[0].1, "registration_mode_changed");
    assert!(!set(RegistrationMode::Open, staff.acting()).await);
    let over = Person {
        sign_in: crate::kit::new_sign_in(),
        ..admin
    };
    assert!(!set(RegistrationMode::Open, over.acting()).await);
    assert_eq!(mode().await, RegistrationMode::Closed);
}
