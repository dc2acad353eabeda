//! A change of one's own number: a sole admin has nobody else to ask.

use simgate_app::contract::args::Typed;
use simgate_app::contract::people::NumberStep;
use simgate_app::contract::view::{SessionEnd, View};

use super::NEW;
use crate::branch::{Branch, expect_code, expect_counter, minutes};

#[tokio::test]
async fn the_last_admin_changes_their_own_number_and_signs_in_with_it() {
    let branch = Branch::with_admin().await;
    branch.leave().await;
    branch.wait(minutes(11)).await;
    branch.admin_back().await;
    let own = branch.person_called("admin.one").await;
    assert!(own.yourself && own.last_admin, "{own:?}");
    let form = branch.number_form("admin.one", NEW).await;
    let waiting = branch.app.change_number(form).await;
    assert!(
        matches!(waiting, Ok(NumberStep::Code { .. })),
        "{waiting:?}"
    );
    let code = branch.newest_code(NEW);
    let done = branch.app.check_number_code(Typed::from(code)).await;
    assert!(matches!(done, Ok(NumberStep::Done { .. })), "{done:?}");
    branch.app.tick().await;
    let View::SignIn { ended } = branch.view().await else {
        panic!("whoever is signed in with the old number is signed out");
    };
    assert_eq!(ended, Some(SessionEnd::AccountChanged));
    branch.wait(minutes(11)).await;
    expect_code(
        branch
            .sign_in("admin.one")
            .await
            .expect("the same password"),
    );
    expect_counter(
        branch
            .type_right_code(NEW)
            .await
            .expect("at the new number"),
    );
}
