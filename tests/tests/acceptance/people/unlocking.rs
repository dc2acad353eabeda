//! A hundred wrong codes in all, and who opens codes again.

use simgate_app::contract::people::{PeopleForm, PersonAct};
use simgate_app::contract::record::PartyView;
use simgate_app::contract::view::{Station, StoppedView};
use simgate_app::contract::words::{CodeProblem, ErrorCode, RoleName, StopReason};

use super::{MARIAS, NEW, act_form, act_on_person, people_form};
use crate::branch::{Branch, days, expect_code, expect_counter, expect_reason, minutes};
use crate::record::{everything, page};

/// Five wrong codes, which end the sign-in like this.
async fn five_wrong_codes(branch: &Branch, problem: CodeProblem) -> StoppedView {
    expect_code(branch.sign_in("maria").await.expect("a code"));
    for _ in 0..4 {
        expect_code(branch.type_wrong_code(MARIAS).await.expect("wrong"));
    }
    let stopped = branch.type_wrong_code(MARIAS).await.expect("the fifth");
    let stopped = expect_reason(stopped, StopReason::CodeRefused { problem });
    branch.app.start_over().await.expect("left");
    stopped
}

/// It is said for what it is, without a time, under a reference; and no vendor is asked.
async fn still_needs_an_admin(branch: &Branch) {
    let asked = (branch.sim_checks(), branch.sends());
    let view = branch.sign_in("maria").await.expect("a right password");
    let problem = CodeProblem::NeedsAdmin;
    let stopped = expect_reason(view, StopReason::CodeRefused { problem });
    assert_eq!((stopped.until, stopped.retry_in), (None, None));
    assert_eq!((branch.sim_checks(), branch.sends()), asked);
    let cause = branch.cause_of(&stopped.reference).await;
    assert_eq!(cause.as_deref(), Some("codes_need_admin"));
    branch.app.start_over().await.expect("left");
}

/// Maria, and a supervisor, both with passwords of their own.
async fn with_maria_and_a_supervisor() -> Branch {
    let branch = Branch::with_admin().await;
    let supervisor = branch.add("super.one", NEW, RoleName::Supervisor).await;
    let maria = branch.add("maria", MARIAS, RoleName::Staff).await;
    branch.leave().await;
    for (name, number, added) in [("super.one", NEW, supervisor), ("maria", MARIAS, maria)] {
        let handed_over = added.one_time_password.as_str();
        branch.first_sign_in(name, number, handed_over).await;
        branch.leave().await;
    }
    branch
}

#[tokio::test]
async fn a_hundred_wrong_codes_are_said_and_an_admin_opens_codes_again() {
    let mut branch = with_maria_and_a_supervisor().await;
    for sign_in in 1..20 {
        branch.wait(days(1)).await;
        let tenth = sign_in % 2 == 0;
        let problem = if tenth {
            CodeProblem::Locked
        } else {
            CodeProblem::TriesUsedUp
        };
        five_wrong_codes(&branch, problem).await;
    }
    branch.wait(days(1)).await;
    let stopped = five_wrong_codes(&branch, CodeProblem::NeedsAdmin).await;
    assert_eq!(stopped.station, Station::Code);
    assert_eq!((stopped.until, stopped.retry_in), (None, None));

    // No time and no new start ends it.
    still_needs_an_admin(&branch).await;
    branch.wait(minutes(31)).await;
    still_needs_an_admin(&branch).await;
    branch.kill_and_restart().await;
    branch.wait(days(30)).await;
    still_needs_an_admin(&branch).await;

    // A supervisor sees it, and is not the one.
    expect_code(branch.sign_in("super.one").await.expect("a code"));
    expect_counter(branch.type_right_code(NEW).await.expect("approved"));
    let locked = PeopleForm {
        locked: true,
        ..people_form("")
    };
    let locked = branch.app.people(locked).await.expect("a list").people;
    let names: Vec<_> = locked.iter().map(|row| row.username.as_str()).collect();
    assert_eq!(names, ["maria"]);
    let maria = branch.person_called("maria").await;
    assert!(maria.needs_admin && maria.codes_locked_until.is_none());
    let refused = act_on_person(&branch.app, act_form(&maria.row, PersonAct::Unlock)).await;
    assert_eq!(refused.expect_err("not theirs").code, ErrorCode::NotAllowed);
    branch.leave().await;
    still_needs_an_admin(&branch).await;

    branch.admin_back().await;
    assert!(!branch.done("maria", PersonAct::Unlock).await.locked);
    assert!(!branch.person_called("maria").await.needs_admin);
    let entries = page(&branch, everything()).await.entries;
    let unlocked = entries.iter().find(|entry| entry.act == "person_unlocked");
    let unlocked = unlocked.expect("on record");
    let is = |party: &PartyView, whom: &str| matches!(party, PartyView::Person { name, .. } if name == whom);
    assert!(is(&unlocked.about, "maria") && is(&unlocked.by, "admin.one"));
    branch.leave().await;

    expect_code(branch.sign_in("maria").await.expect("open again"));
    let counter = expect_counter(branch.type_right_code(MARIAS).await.expect("approved"));
    assert_eq!(counter.failed_codes, 100);
}
