//! The record, and the settings.

use simgate_domain::seat::Clearance;
use simgate_store::{Act, Changed, Entry, Record, Registration, Store, Who};

use crate::kit::{ALICE, BOB, Kit, START, name, new_sid, reference, secs};

pub async fn every_act_has_one_entry_and_no_gap(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let alice = kit.back(alice).await;
    let kit = kit.restarted();
    let sid = kit.sent(alice).await;
    kit.record(Who::User(alice.user), Act::CodeWrong, Some("code_wrong"))
        .await;
    kit.try_code(alice).await;
    kit.grant(alice, &sid, Clearance::Unchanged).await;
    kit.record(Who::Program, Act::Failed, None).await;
    let found = kit.found().await;
    let acts: Vec<_> = found
        .iter()
        .map(|(seq, act, _)| (*seq, act.as_str()))
        .collect();
    let expected = [
        (6, "failed"),
        (5, "signed_in"),
        (4, "code_wrong"),
        (3, "code_sent"),
        (2, "password_passed"),
        (1, "registered"),
    ];
    assert_eq!(acts, expected);
    assert_eq!(found[2].2.as_deref(), Some("code_wrong"));
}

pub async fn refusals_write_no_entry_of_their_own(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    kit.try_passwords(name("alice")).await;
    for _ in 0..12 {
        kit.try_code(alice).await;
    }
    assert!(kit.begin(alice).await.0.is_err());
    kit.send(alice).await;
    assert_eq!(
        kit.found().await.len(),
        1,
        "the program records its refusals itself"
    );
}

pub async fn a_taken_name_is_on_record_in_place_of_the_person(kit: Kit) {
    kit.registered("alice", ALICE).await;
    assert_eq!(kit.register("alice", BOB).await.0, Registration::NameTaken);
    let found = kit.found().await;
    let (_, act, cause) = &found[0];
    assert_eq!(act, "registration_refused");
    assert_eq!(cause.as_deref(), Some("name_taken"));
    assert_eq!(found.len(), 2);
}

pub async fn a_reference_finds_the_newest_twenty(kit: Kit) {
    for _ in 0..25 {
        kit.record(Who::Program, Act::Failed, None).await;
        kit.pass(secs(1));
    }
    let mut other = kit.entry(Who::Program, Act::Failed);
    other.reference = Some("0000".parse().unwrap());
    kit.store.record(other.clone()).await.unwrap();
    other.reference = None;
    kit.store.record(other).await.unwrap();
    let found = kit.store.find(reference()).await.unwrap();
    let places: Vec<_> = found.iter().map(|entry| entry.seq).collect();
    assert_eq!(places, (6..=25).rev().collect::<Vec<_>>());
    assert_eq!(found[0].at, START.plus(secs(24)));
}

pub async fn a_name_is_shown_only_if_someone_has_it(kit: Kit) {
    let jose = kit.registered("José", ALICE).await;
    let password = "correct horse battery staple";
    kit.record(
        Who::UnknownName(password.to_owned()),
        Act::SignInRefused,
        None,
    )
    .await;
    kit.record(Who::User(jose.user), Act::SignedOut, None).await;
    kit.try_code(jose).await;
    kit.grant(jose, &new_sid(), Clearance::Unchanged).await;
    let found = kit.store.find(reference()).await.unwrap();
    let names: Vec<_> = found.iter().map(|entry| entry.who.name()).collect();
    assert_eq!(names, [Some("josé"), Some("josé"), None, Some("josé")]);
}

pub async fn settings_are_kept_and_replaced(kit: Kit) {
    assert_eq!(kit.store.setting("cost").await.unwrap(), None);
    for value in ["19456", "", "65536"] {
        kit.store
            .keep_setting("cost", value.to_owned())
            .await
            .unwrap();
        let kept = kit.store.setting("cost").await.unwrap();
        assert_eq!(kept.as_deref(), Some(value));
    }
    let kit = kit.restarted();
    assert_eq!(
        kit.store.setting("cost").await.unwrap().as_deref(),
        Some("65536")
    );
    assert_eq!(kit.store.setting("other").await.unwrap(), None);
}

/// Of two admins who saw the same version, the second changes nothing and is told so.
pub async fn a_setting_is_changed_by_whoever_saw_it_last(kit: Kit) {
    let change = async |kit: &Kit, seen, value: &str| {
        let entry = Entry::new(START, Who::Program, Act::BranchChanged);
        let store = &kit.store;
        store
            .change_setting("branch", seen, value.to_owned(), entry)
            .await
            .unwrap()
    };
    assert_eq!(kit.store.versioned_setting("branch").await.unwrap(), None);
    assert_eq!(change(&kit, 0, "one").await, Changed::Done);
    assert_eq!(change(&kit, 0, "other").await, Changed::Outdated);
    assert_eq!(change(&kit, 1, "two").await, Changed::Done);
    let kit = kit.restarted();
    let kept = kit.store.versioned_setting("branch").await.unwrap();
    assert_eq!(kept, Some((2, "two".to_owned())));
}
