//! A sign-in that is refused: one answer and one cost, whatever the reason, and a reference by which
//! an admin learns it all the same (EN1).

use serde_json::{Value, json};
use simgate_app::contract::people::{PersonAct, RegistrationName};
use simgate_app::contract::record::PartyView;
use simgate_app::contract::view::View;
use simgate_app::contract::words::{CodeProblem, Refusal, RoleName, StopReason};
use simgate_app::{HashWork, HashingCost};

use crate::branch::{Branch, PASSWORD, days, expect_code, expect_reason, minutes};
use crate::record::{about, everything, page};

const WRONG: &str = "not their password at all";

/// One hash at the cost that is set for every branch here.
const ONE: HashWork = HashWork {
    hashes: 1,
    kib_passes: 19_456 * 2,
};

/// A branch whose people cannot sign in for every reason there is, and the password that was handed to
/// one of them. Nobody is on the seat.
async fn with_every_reason() -> (Branch, String) {
    assert_eq!(HashingCost::FLOOR.to_string(), "m=19456,t=2");
    let branch = Branch::with_admin().await;
    let handed = branch
        .add("handed.over", "+447700900110", RoleName::Staff)
        .await;
    let file = "username,phone,channel,role\nwithout.any,+447700900112,sms,staff\n";
    branch.import_all(file).await;
    branch.leave().await;
    for (name, number) in [
        ("maria", "+447700900114"),
        ("locked.one", "+447700900116"),
        ("disabled.one", "+447700900118"),
        ("codes.one", CODES),
    ] {
        branch.verified_person(name, number).await;
    }
    // The password that was handed over is over.
    branch.wait(days(1)).await;
    branch.admin_back().await;
    branch.done("disabled.one", PersonAct::Disable).await;
    let mode = RegistrationName::ByApproval;
    branch.app.set_registration_mode(mode).await.expect("set");
    branch.leave().await;
    let view = branch.register("waiting.one", "+447700900122").await;
    expect_reason(view.expect("registered"), StopReason::NotApproved);
    branch.app.start_over().await.expect("left");
    lock_codes(&branch).await;
    for _ in 0..5 {
        refused(&branch, "locked.one", WRONG).await;
        refused(&branch, "nobody.locked", WRONG).await;
    }
    (branch, handed.one_time_password.as_str().to_owned())
}

const CODES: &str = "+447700900120";

/// Ten wrong codes in a row.
async fn lock_codes(branch: &Branch) {
    for _ in 0..2 {
        branch.wait(minutes(11)).await;
        expect_code(branch.sign_in("codes.one").await.expect("a code"));
        while matches!(branch.view().await, View::Code(_)) {
            branch.type_wrong_code(CODES).await.expect("wrong");
        }
        branch.app.start_over().await.expect("left");
    }
}

async fn refused(branch: &Branch, name: &str, password: &str) -> Refusal {
    let answer = branch.sign_in_with(name, password).await;
    answer.expect_err("refused")
}

/// What was hashed while something else was done.
async fn hashed<T>(branch: &Branch, work: impl Future<Output = T>) -> (T, HashWork) {
    let before = branch.app.hash_work();
    let done = work.await;
    let after = branch.app.hash_work();
    let work = HashWork {
        hashes: after.hashes - before.hashes,
        kib_passes: after.kib_passes - before.kib_passes,
    };
    (done, work)
}

/// All of an answer as the page gets it, but for what its reference is.
fn said(refusal: &Refusal) -> Value {
    let mut said = serde_json::to_value(refusal).expect("JSON");
    let reference = said["reference"].take();
    let reference = reference.as_str().expect("a reference");
    said["reference"] = json!(reference.len());
    said
}

#[tokio::test]
async fn whatever_the_reason_a_refusal_is_one_answer_at_the_cost_of_one_hash() {
    let (branch, handed_over) = with_every_reason().await;
    let asked = (branch.sim_checks(), branch.sends());
    let mut one = None;
    for (name, password, cause) in [
        ("nobody", WRONG, "unknown_name"),
        ("nobody", PASSWORD, "unknown_name"),
        ("p@ss word, typed as name", WRONG, "unknown_name"),
        ("\u{202e}airam\u{0}", WRONG, "unknown_name"),
        ("nobody.locked", WRONG, "locked"),
        ("maria", WRONG, "wrong_password"),
        ("locked.one", WRONG, "locked"),
        ("locked.one", PASSWORD, "locked"),
        ("disabled.one", WRONG, "wrong_password"),
        ("disabled.one", PASSWORD, "disabled"),
        ("waiting.one", WRONG, "wrong_password"),
        ("codes.one", WRONG, "wrong_password"),
        ("handed.over", WRONG, "wrong_password"),
        ("handed.over", &handed_over, "one_time_password_over"),
        ("without.any", WRONG, "no_password"),
    ] {
        let (refusal, work) = hashed(&branch, refused(&branch, name, password)).await;
        assert_eq!(work, ONE, "{name:?}: {cause}");
        let said = said(&refusal);
        let first = one.get_or_insert_with(|| said.clone());
        assert_eq!(said, *first, "{name:?}: {cause}");
        let reference = refusal.reference.expect("a reference");
        let on_record = branch.cause_of(&reference).await;
        assert_eq!(on_record.as_deref(), Some(cause), "{name:?}");
    }
    let expected = json!({
        "code": "sign_in_refused", "field": null, "retryAfter": null, "reference": 4
    });
    assert_eq!(one, Some(expected), "the whole of it");
    assert_eq!((branch.sim_checks(), branch.sends()), asked);
}

/// Whoever proves the password is told more, and is told it at the same cost.
#[tokio::test]
async fn a_right_password_costs_one_hash_wherever_it_leads() {
    let (branch, _handed_over) = with_every_reason().await;
    let (view, work) = hashed(&branch, branch.sign_in("waiting.one")).await;
    expect_reason(view.expect("a right password"), StopReason::NotApproved);
    assert_eq!(work, ONE, "not approved");
    branch.app.start_over().await.expect("left");

    let (view, work) = hashed(&branch, branch.sign_in("codes.one")).await;
    let problem = CodeProblem::Locked;
    let locked = StopReason::CodeRefused { problem };
    expect_reason(view.expect("a right password"), locked);
    assert_eq!(work, ONE, "codes locked");
    branch.app.start_over().await.expect("left");

    let (view, work) = hashed(&branch, branch.sign_in("maria")).await;
    expect_code(view.expect("a right password"));
    assert_eq!(work, ONE, "nothing in the way");
}

/// What somebody shows to an admin is found in the record, and says what the screen did not.
#[tokio::test]
async fn the_reference_of_a_refused_sign_in_is_found_by_an_admin() {
    let (branch, _handed_over) = with_every_reason().await;
    let mut shown = Vec::new();
    for (name, password, cause, person) in [
        ("nobody", WRONG, "unknown_name", None),
        ("maria", WRONG, "wrong_password", Some("maria")),
        ("disabled.one", PASSWORD, "disabled", Some("disabled.one")),
        ("locked.one", PASSWORD, "locked", Some("locked.one")),
    ] {
        let reference = refused(&branch, name, password).await.reference;
        shown.push((reference.expect("a reference"), cause, person));
    }
    let nobodys = branch.app.record_page(everything()).await;
    nobodys.expect_err("nobody is signed in");

    branch.admin_back().await;
    for (reference, cause, person) in shown {
        for typed in [
            reference.clone(),
            format!("  {} ", reference.to_lowercase()),
        ] {
            let entries = page(&branch, about(&typed)).await.entries;
            assert_eq!(entries.len(), 1, "{cause}: {typed:?}");
            let entry = &entries[0];
            assert_eq!(entry.act, "sign_in_refused");
            assert_eq!(entry.cause.as_deref(), Some(cause));
            assert_eq!(entry.reference.as_deref(), Some(reference.as_str()));
            let whom = match &entry.about {
                PartyView::Person { name, .. } => Some(name.as_str()),
                PartyView::UnknownName => None,
                other @ (PartyView::Nobody | PartyView::Program | PartyView::Console) => {
                    panic!("{cause}: {other:?}")
                }
            };
            assert_eq!(whom, person, "{cause}");
        }
    }
}
