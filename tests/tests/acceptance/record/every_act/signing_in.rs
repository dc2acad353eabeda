//! Registering, signing in, and every way in which that ends.

use simgate_app::contract::people::{PersonAct, RegistrationName};
use simgate_app::contract::record::EntryView;
use simgate_app::contract::words::ErrorCode;
use simgate_rehearsal::NumberRule;
use simgate_store::watch::When;

use super::record_of;
use crate::branch::{
    Branch, PASSWORD, expect_code, expect_counter, expect_stopped, minutes, register_form,
    sign_in_form,
};
use crate::people::{MARIAS, NEW, people_form};

pub async fn walk() -> Vec<EntryView> {
    let branch = Branch::with_admin().await;
    branch.leave().await;
    let unknown = sign_in_form("nobody.here", PASSWORD);
    branch.app.sign_in(unknown).await.expect_err("nobody");
    marias_sign_ins(&branch).await;
    marias_stops(&branch).await;

    branch.admin_back().await;
    mode(&branch, RegistrationName::ByApproval).await;
    branch.leave().await;
    expect_stopped(branch.register("carmen", NEW).await.expect("registered"));
    branch.app.start_over().await.expect("left");
    branch.admin_back().await;
    branch.done("carmen", PersonAct::Approve).await;
    mode(&branch, RegistrationName::Closed).await;
    branch.leave().await;
    let late = register_form("paula", "+447700900142");
    let refused = branch.app.register(late).await.expect_err("closed");
    assert_eq!(refused.code, ErrorCode::RegistrationClosed);
    branch.admin_back().await;
    record_of(&branch).await
}

async fn mode(branch: &Branch, mode: RegistrationName) {
    let set = branch.app.set_registration_mode(mode).await;
    set.expect("who may register");
}

/// She registers, gives up, is too early, types a wrong code and the right one, does what is not for
/// her, and goes for a coffee.
async fn marias_sign_ins(branch: &Branch) {
    expect_code(branch.register("maria", MARIAS).await.expect("registered"));
    branch.app.start_over().await.expect("given up");
    expect_stopped(branch.sign_in("maria").await.expect("too soon"));
    branch.app.start_over().await.expect("left");
    branch.wait(minutes(2)).await;
    expect_code(branch.sign_in("maria").await.expect("a code"));
    branch.type_wrong_code(MARIAS).await.expect("an answer");
    expect_counter(branch.type_right_code(MARIAS).await.expect("approved"));
    let refused = branch.app.people(people_form("")).await;
    assert_eq!(
        refused.expect_err("not for her").code,
        ErrorCode::NotAllowed
    );
    branch.wait(minutes(16)).await;
}

/// Her code expires, her SIM was changed, and the database fails her.
async fn marias_stops(branch: &Branch) {
    expect_code(branch.sign_in("maria").await.expect("a code"));
    branch.wait(minutes(10)).await;
    expect_stopped(branch.view().await);
    branch.app.start_over().await.expect("left");
    for (rule, stops) in [
        (
            NumberRule::Changed {
                within_minutes: None,
            },
            true,
        ),
        (NumberRule::Unchanged, false),
    ] {
        branch.vendors.set_number(MARIAS, rule).expect("a rule");
        if !stops {
            // That the SIM is as it was cannot be recorded.
            branch.watcher.fail(When::Before, "record");
        }
        expect_stopped(branch.sign_in("maria").await.expect("a right password"));
        branch.app.start_over().await.expect("left");
    }
    assert!(branch.watcher.all_happened());
    branch.wait(minutes(2)).await;
}
