//! What was done to somebody, as they are told of it (BR2).

use simgate_app::contract::args::Typed;
use simgate_app::contract::people::{NumberStep, PersonAct};
use simgate_app::contract::words::RoleName;

use super::{MARIAS, NEW, expect_choice};
use crate::branch::{Branch, expect_code, expect_counter, minutes};

impl Branch {
    /// The admin comes, and a while after others have had their codes.
    async fn admin_comes(&self) {
        self.wait(minutes(11)).await;
        self.admin_back().await;
    }

    /// Who did such acts to whom, oldest first.
    fn by_whom(&self, act: &str) -> Vec<(String, String)> {
        let raw = self.raw();
        let sql = "SELECT by_name, who_name FROM record WHERE act = ?1 ORDER BY seq";
        let mut rows = raw.prepare(sql).expect("the record");
        let rows = rows.query_map([act], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.expect("rows").map(|row| row.expect("names")).collect()
    }
}

/// BR2: at the next sign-in after it was unlocked, given another number or reset, a person sees that on
/// the screen that they cannot miss, and who did it is on record.
#[tokio::test]
async fn what_was_done_to_somebody_shows_at_their_next_sign_in() {
    let branch = Branch::with_admin().await;
    let added = branch.add("maria", MARIAS, RoleName::Staff).await;
    branch.leave().await;
    let handed_over = added.one_time_password.as_str();
    branch.first_sign_in("maria", MARIAS, handed_over).await;
    branch.leave().await;

    for _ in 0..5 {
        let wrong = branch.sign_in_with("maria", "somebody else at it").await;
        wrong.expect_err("wrong");
    }
    branch.admin_comes().await;
    branch.done("maria", PersonAct::Unlock).await;
    branch.leave().await;
    expect_code(branch.sign_in("maria").await.expect("unlocked"));
    let counter = expect_counter(branch.type_right_code(MARIAS).await.expect("a code"));
    assert_eq!(counter.failed_passwords, 5, "why she was locked");
    assert!(counter.last_failure_at.is_some() && counter.last.is_some());
    assert_eq!(counter.number_ending, "46");
    branch.leave().await;

    branch.admin_comes().await;
    let form = branch.number_form("maria", NEW).await;
    let begun = branch.app.change_number(form).await;
    assert!(matches!(begun, Ok(NumberStep::Code { .. })), "{begun:?}");
    let code = Typed::from(branch.newest_code(NEW));
    let done = branch.app.check_number_code(code).await;
    assert!(matches!(done, Ok(NumberStep::Done { .. })), "{done:?}");
    branch.leave().await;
    branch.wait(minutes(11)).await;
    let asked = expect_code(branch.sign_in("maria").await.expect("right"));
    assert_eq!(asked.number_ending, "48", "before she types anything");
    let counter = expect_counter(branch.type_right_code(NEW).await.expect("a code"));
    assert_eq!(counter.number_ending, "48");
    branch.leave().await;

    branch.admin_comes().await;
    let handed_over = branch.reset("maria").await;
    branch.leave().await;
    branch.sign_in("maria").await.expect_err("her own is over");
    let code = branch.sign_in_with("maria", &handed_over).await;
    expect_code(code.expect("the one that was handed over"));
    expect_choice(&branch.type_right_code(NEW).await.expect("a code"));

    for act in ["person_unlocked", "number_changed", "password_reset"] {
        let once = ("admin.one".to_owned(), "maria".to_owned());
        assert_eq!(branch.by_whom(act), [once], "{act}");
    }
}
