//! Looking through the record.

use simgate_app::contract::record::{EntryResult, PartyView, RecordForm, RecordGroup};
use simgate_app::contract::words::{ErrorCode, Refusal};
use simgate_domain::Clock;
use simgate_rehearsal::NumberRule;

use super::{about, acts, back_at_work, everything, exports, in_group, maria_as, page};
use crate::branch::{
    PASSWORD, STEADY, days, expect_code, expect_counter, expect_stopped, minutes, sign_in_form,
};

/// AU1: what is done and what is refused is on record, each with its time, its place, who, what and why.
#[tokio::test]
async fn every_act_and_every_refusal_is_on_record() {
    let branch = maria_as("admin").await;
    let unknown = sign_in_form("hunter2-is-my-password", PASSWORD);
    branch.app.sign_out().await.expect("a sign-out");
    let refusal = branch.app.sign_in(unknown).await.expect_err("nobody");
    let wrong = sign_in_form("maria", "not her password at all");
    branch.app.sign_in(wrong).await.expect_err("wrong");
    let changed = NumberRule::Changed {
        within_minutes: None,
    };
    branch.vendors.set_number(STEADY, changed).expect("a rule");
    expect_stopped(branch.sign_in("maria").await.expect("a right password"));
    branch.app.start_over().await.expect("leaves the stop");
    let steady = NumberRule::Unchanged;
    branch.vendors.set_number(STEADY, steady).expect("a rule");
    expect_code(branch.sign_in("maria").await.expect("a code"));
    branch.type_wrong_code(STEADY).await.expect("an answer");
    expect_counter(branch.type_right_code(STEADY).await.expect("approved"));

    let found = page(&branch, everything()).await;
    let told: Vec<&str> = found
        .entries
        .iter()
        .rev()
        .map(|entry| entry.act.as_str())
        .collect();
    let gone_through = ["password_passed", "sim_passed", "code_sent"];
    let expected: Vec<&str> = [
        &[
            "rules_set",
            "set_up_finished",
            "registration_mode_changed",
            "registered",
            "sim_passed",
            "code_sent",
            "signed_in",
            "signed_out",
        ][..],
        &gone_through[..],
        &[
            "signed_in",
            "signed_out",
            "sign_in_refused",
            "sign_in_refused",
        ],
        &["password_passed", "sim_stopped"],
        &gone_through[..],
        &["code_wrong", "signed_in"],
    ]
    .concat();
    assert_eq!(told, expected);
    let places: Vec<u64> = found.entries.iter().rev().map(|entry| entry.seq).collect();
    let gapless: Vec<u64> = (1..).take(places.len()).collect();
    assert_eq!(places, gapless);
    let now = branch.clock.now().to_string();
    for entry in &found.entries {
        assert_eq!(entry.at, now, "{entry:?}");
        let refused = ["sign_in_refused", "sim_stopped", "code_wrong"].contains(&&*entry.act);
        assert_eq!(entry.result == EntryResult::Refused, refused, "{entry:?}");
        assert!(
            !refused || entry.cause.is_some() || entry.act == "code_wrong",
            "{entry:?}"
        );
    }
    let by_nobody: Vec<_> = found
        .entries
        .iter()
        .filter(|entry| entry.about == PartyView::UnknownName && entry.by == PartyView::Nobody)
        .collect();
    assert_eq!(by_nobody.len(), 1, "who typed that is not known");
    assert_eq!(by_nobody[0].reference, refusal.reference);
    let others = found.entries.iter().filter(|entry| {
        matches!(&entry.by, PartyView::Person { name, .. } if name == "maria")
            && entry.by == entry.about
    });
    assert_eq!(others.count(), found.entries.len() - 4);
}

#[tokio::test]
async fn entries_are_found_by_reference_name_group_and_time() {
    let branch = maria_as("supervisor").await;
    let since = u32::try_from(branch.clock.now().as_micros() / 1_000_000).expect("in range");
    branch.app.sign_out().await.expect("a sign-out");
    branch.wait(minutes(1)).await;
    let unknown = sign_in_form("carol", PASSWORD);
    let refusal = branch.app.sign_in(unknown).await.expect_err("nobody");
    let reference = refusal.reference.expect("something to show");
    branch.wait(minutes(1)).await;
    back_at_work(&branch).await;

    let by_reference = page(&branch, about(&format!(" {} ", reference.to_lowercase()))).await;
    assert_eq!(by_reference.entries.len(), 1);
    assert_eq!(
        by_reference.entries[0].cause.as_deref(),
        Some("unknown_name")
    );
    assert_eq!(acts(&branch, about("carol")).await, ["sign_in_refused"]);
    let all = acts(&branch, everything()).await;
    assert_eq!(acts(&branch, about("MARIA")).await.len(), all.len() - 4);
    assert!(acts(&branch, about("nobody-ever")).await.is_empty());
    let stops = acts(&branch, in_group(RecordGroup::Stops)).await;
    assert_eq!(stops, ["sign_in_refused"]);
    let people = acts(&branch, in_group(RecordGroup::People)).await;
    assert_eq!(people, ["registered"]);
    let settings = acts(&branch, in_group(RecordGroup::Settings)).await;
    assert_eq!(
        settings,
        ["registration_mode_changed", "set_up_finished", "rules_set"]
    );
    let minute = RecordForm {
        from: Some(since + 60),
        until: Some(since + 61),
        ..everything()
    };
    assert_eq!(acts(&branch, minute).await, ["sign_in_refused"]);
    let before = RecordForm {
        until: Some(since),
        ..everything()
    };
    assert!(acts(&branch, before).await.is_empty());

    let last = page(&branch, everything()).await.entries[0].seq;
    let found = branch.app.record_entry(last).await.expect("an answer");
    let found = found.expect("an entry");
    assert!(found.older && !found.newer);
    assert_eq!((found.hash.len(), found.previous.len()), (64, 64));
    let after = branch.app.record_entry(last + 1).await.expect("an answer");
    assert_eq!(after, None);
    let nowhere = branch.app.record_entry(u64::MAX).await;
    assert!(!matches!(nowhere, Ok(Some(_))), "{nowhere:?}");
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap() {
    let branch = maria_as("admin").await;
    for _ in 0..12 {
        branch.app.sign_out().await.expect("a sign-out");
        branch.wait(days(1)).await;
        back_at_work(&branch).await;
    }
    let first = page(&branch, everything()).await;
    assert_eq!(first.entries.len(), 50);
    let second = RecordForm {
        after: first.next.clone(),
        ..everything()
    };
    let second = page(&branch, second).await;
    assert_eq!(second.next, None);
    let places: Vec<u64> = first
        .entries
        .iter()
        .chain(&second.entries)
        .map(|entry| entry.seq)
        .collect();
    let all: Vec<u64> = (1..=places[0]).rev().collect();
    assert_eq!(places, all);
    let odd = RecordForm {
        after: Some("seven".to_owned()),
        ..everything()
    };
    let refusal = branch.app.record_page(odd).await.expect_err("none of ours");
    assert_eq!(refusal.code, ErrorCode::BadRequest);
}

/// Whom a reference is shown looks it up; what a supervisor may not do is refused, and that is on
/// record.
#[tokio::test]
async fn a_supervisor_looks_and_does_no_more() {
    let branch = maria_as("supervisor").await;
    assert!(!acts(&branch, everything()).await.is_empty());
    let code = |answer: Result<(), Refusal>| answer.expect_err("refused").code;
    let app = &branch.app;
    let not_hers = [
        code(app.verify_record().await),
        code(app.export_record().await),
        code(app.record_work().await.map(drop)),
        code(app.record_retention().await.map(drop)),
    ];
    assert_eq!(not_hers, [ErrorCode::NotAllowed; 4]);
    let refused = acts(&branch, in_group(RecordGroup::People)).await;
    let refused = refused.iter().filter(|act| *act == "command_refused");
    assert_eq!(refused.count(), 4);
    assert!(exports(&branch).is_empty());
}
