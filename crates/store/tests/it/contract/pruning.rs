//! Letting go of the oldest entries, after which the rest still proves itself.

use std::sync::Arc;

use simgate_domain::seat::Clearance;
use simgate_store::{Act, Entry, Progress, Pruned, Record, Retention, Search, Verification, Who};

use crate::kit::{ALICE, Kit, days, new_sid};

fn quarter() -> Retention {
    Retention::days(90).unwrap()
}

async fn prune(kit: &Kit) -> Pruned {
    let entry = Entry::new(kit.now(), Who::Program, Act::RecordPruned);
    let pruned = kit.store.prune_record(quarter(), kit.now(), entry);
    pruned.await.unwrap()
}

async fn places(kit: &Kit) -> Vec<u64> {
    let page = kit
        .store
        .search(Search::default(), None, 200)
        .await
        .unwrap();
    let mut places: Vec<_> = page.entries.iter().map(|entry| entry.seq).collect();
    places.sort_unstable();
    places
}

/// The first and the last place, if everything from one to the other is sound.
async fn sound(kit: &Kit) -> (u64, u64, bool) {
    let verified = kit
        .store
        .verify(Arc::new(Progress::default()))
        .await
        .unwrap();
    let Verification::Sound {
        from,
        to,
        dropped,
        entries,
        ..
    } = verified
    else {
        panic!("what is left is sound, not {verified:?}");
    };
    assert_eq!(entries, to + 1 - from);
    (from, to, dropped)
}

pub async fn retention_has_bounds(_kit: Kit) {
    for (given, taken) in [
        (0, false),
        (89, false),
        (90, true),
        (3650, true),
        (3651, false),
    ] {
        assert_eq!(Retention::days(given).is_some(), taken, "{given}");
    }
}

pub async fn what_is_old_goes_and_the_rest_is_sound(kit: Kit) {
    for _ in 0..20 {
        kit.record(Who::Program, Act::Failed, None).await;
        kit.pass(days(10));
    }
    // Entries 1 to 11 are 200 to 100 days old, and the twelfth 90: not older.
    assert_eq!(
        prune(&kit).await,
        Pruned {
            entries: 11,
            last: 11
        }
    );
    assert_eq!(places(&kit).await, (12..=21).collect::<Vec<_>>());
    assert_eq!(sound(&kit).await, (12, 21, true));
    let entry = kit.store.entry(21).await.unwrap().unwrap().entry;
    assert_eq!(entry.act, "record_pruned");
    let detail = entry.detail.unwrap();
    assert!(
        detail.starts_with("days 90 entries 11 last 11 "),
        "{detail}"
    );
    assert_eq!(kit.store.entry(11).await.unwrap(), None);
    let first = kit.store.entry(12).await.unwrap().unwrap();
    assert!(!first.older && first.newer);
    assert!(
        detail.ends_with(&crate::kit::hex(&first.before)),
        "{detail}"
    );

    assert_eq!(
        prune(&kit).await,
        Pruned {
            entries: 0,
            last: 11
        },
        "nothing more is old"
    );
    assert_eq!(
        places(&kit).await.last(),
        Some(&21),
        "and nothing is on record of that"
    );
    kit.pass(days(20));
    assert_eq!(
        prune(&kit).await,
        Pruned {
            entries: 2,
            last: 13
        }
    );
    let kit = kit.restarted();
    assert_eq!(sound(&kit).await, (14, 22, true));
    kit.record(Who::Program, Act::Failed, None).await;
    assert_eq!(sound(&kit).await, (14, 23, true));
}

pub async fn all_of_it_may_be_old(kit: Kit) {
    for _ in 0..3 {
        kit.record(Who::Program, Act::Failed, None).await;
    }
    kit.pass(days(91));
    assert_eq!(
        prune(&kit).await,
        Pruned {
            entries: 3,
            last: 3
        }
    );
    assert_eq!(sound(&kit).await, (4, 4, true));
    kit.pass(days(91));
    assert_eq!(
        prune(&kit).await,
        Pruned {
            entries: 1,
            last: 4
        }
    );
    let kit = kit.restarted();
    assert_eq!(sound(&kit).await, (5, 5, true));
}

/// Only whole beginnings go: an entry that seems young, because the clock ran ahead when it was
/// written, keeps what follows it.
pub async fn an_entry_that_seems_young_keeps_what_follows(kit: Kit) {
    let start = kit.now();
    kit.record(Who::Program, Act::Failed, None).await;
    kit.set_clock(start.plus(days(3650)));
    kit.record(Who::Program, Act::Failed, None).await;
    kit.set_clock(start);
    kit.record(Who::Program, Act::Failed, None).await;
    kit.pass(days(100));
    assert_eq!(
        prune(&kit).await,
        Pruned {
            entries: 1,
            last: 1
        }
    );
    assert_eq!(places(&kit).await, [2, 3, 4]);
}

/// A session outlives the entry that tells of it, and what the counter counts since then is counted.
pub async fn a_session_outlives_its_entry(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    kit.signed_in(alice, Clearance::Unchanged).await;
    kit.pass(days(91));
    kit.record(Who::User(alice.user), Act::CodeWrong, None)
        .await;
    assert_eq!(prune(&kit).await.entries, 2);
    let kit = kit.restarted();
    let alice = kit.back(alice).await;
    kit.record(Who::User(alice.user), Act::SignInRefused, None)
        .await;
    kit.try_code(alice).await;
    let sid = new_sid();
    let granted = kit.grant(alice, &sid, Clearance::Unchanged).await;
    let simgate_store::GrantAnswer::Granted(session) = granted else {
        panic!("the code was right, not {granted:?}");
    };
    assert!(session.last.is_some(), "the session before is known");
    assert_eq!((session.failed_passwords, session.failed_codes), (1, 1));
}

/// More than is deleted at once, and people whose names go with their last entry.
pub async fn names_go_with_the_last_entry_that_bears_them(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    for _ in 0..1_200 {
        kit.record(Who::User(alice.user), Act::SignedOut, None)
            .await;
    }
    let find = |typed: &str| Search {
        person: Some(simgate_store::Person::Named(typed.to_owned())),
        ..Search::default()
    };
    let found = kit.store.search(find("alice"), None, 200).await.unwrap();
    assert_eq!(found.entries.len(), 200);
    kit.pass(days(91));
    assert_eq!(prune(&kit).await.entries, 1_201);
    let found = kit.store.search(find("alice"), None, 200).await.unwrap();
    assert_eq!(found.entries.len(), 0);
    kit.record(Who::User(alice.user), Act::SignedOut, None)
        .await;
    let found = kit.store.search(find("alice"), None, 200).await.unwrap();
    assert_eq!(found.entries.len(), 1);
    assert_eq!(found.entries[0].who.name(), Some("alice"));
}
