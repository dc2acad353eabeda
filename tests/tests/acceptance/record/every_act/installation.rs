//! What is set: the branch, the rules, the vendors; and the record itself.

use simgate_app::contract::record::{EntryView, RecordExportView, RetentionForm, VerificationView};
use simgate_app::contract::rules::{RulesAnswer, Whole};
use simgate_app::contract::words::VendorName;
use simgate_rehearsal::Credentials;
use tokio::time::{Duration, interval, timeout};

use super::super::{PATIENCE, exported, verified};
use super::record_of;
use crate::branch::{Branch, branch_form, days, expect_code};
use crate::people::{MARIAS, NEW};
use crate::rules::default_rules;
use crate::vendor_settings::{as_stored, passed, save, saved, test, tru_id, with_secret};

pub async fn walk() -> Vec<EntryView> {
    let branch = Branch::with_admin().await;
    let app = &branch.app;
    app.set_branch(branch_form("High Street"))
        .await
        .expect("set");
    assert!(passed(&test(&branch, as_stored(VendorName::TruId)).await));
    assert!(!passed(&test(&branch, with_secret("no")).await));
    let new = Credentials {
        twilio_account_sid: branch.vendors.credentials().twilio_account_sid.clone(),
        twilio_auth_token: branch.vendors.credentials().twilio_auth_token.clone(),
        twilio_service_sid: branch.vendors.credentials().twilio_service_sid.clone(),
        ..Credentials::random()
    };
    branch.vendors.change_credentials(&new).expect("new ones");
    assert!(saved(&save(&branch, tru_id(&new), true).await));
    let mut rules = default_rules();
    rules.rules.branch.code_budget = Whole(5);
    let set = app.set_rules(rules).await.expect("an answer");
    assert!(matches!(set, RulesAnswer::Done { .. }), "{set:?}");
    let sound = verified(&branch).await;
    assert!(matches!(sound, VerificationView::Good { .. }), "{sound:?}");
    let written = exported(&branch).await;
    assert!(matches!(written, RecordExportView::Done { .. }));
    let form = RetentionForm {
        version: 0,
        days: Some(90),
    };
    app.set_record_retention(form).await.expect("kept");
    branch.leave().await;
    // With the admin's own that makes four codes of five.
    for (name, number) in [
        ("maria", MARIAS),
        ("carmen", NEW),
        ("paula", "+447700900142"),
    ] {
        expect_code(branch.register(name, number).await.expect("registered"));
        app.start_over().await.expect("given up");
    }
    branch.admin_back().await;
    let mut seen = record_of(&branch).await;

    branch.wait(days(100)).await;
    branch.admin_back().await;
    app.tick().await;
    let pruned = async {
        let mut look = interval(Duration::from_millis(5));
        loop {
            let left = record_of(&branch).await;
            if left.iter().any(|entry| entry.row.act == "record_pruned") {
                return left;
            }
            look.tick().await;
        }
    };
    let left = timeout(PATIENCE, pruned).await.expect("old entries go");
    let others = left.iter().rfind(|entry| entry.row.act == "signed_in");
    let seq = others.expect("the admin's sign-in").row.seq;
    let changed = format!("UPDATE record SET cause = 'another' WHERE seq = {seq}");
    let changed = branch.raw().execute(&changed, ());
    assert_eq!(changed.expect("the record"), 1);
    let flawed = verified(&branch).await;
    assert!(matches!(flawed, VerificationView::Bad { .. }), "{flawed:?}");
    seen.extend(record_of(&branch).await);
    seen
}
