//! The rules, the budgets they set, and what they would do to somebody.

use simgate_domain::attempts::{CheckLimit, CodesClosed, Limits, Locked, SendLimit};
use simgate_domain::rules::Draft;
use simgate_domain::seat::Clearance;
use simgate_domain::{AccountState, Channel, NumberStanding, Role, Rules};
use simgate_store::{
    Act, Actor, CheckReservation, Outlook, PasswordOutlook, RulesChange, RulesSet, SendReservation,
    Spent, Store, StoreError, Who,
};

use crate::kit::{ALICE, BOB, Kit, Person, days, minutes, name, number, secs};

/// The default rules with another number of wrong passwords.
fn rules(version: u32, passwords: u32) -> Rules {
    let mut draft = Draft::default();
    draft.branch.passwords = passwords;
    draft.check(version).unwrap()
}

async fn set(kit: &Kit, expected: u32, rules: Rules, by: Actor) -> RulesChange {
    let entry = kit.entry(Who::Program, Act::RulesSet);
    let set = kit.store.set_rules(expected, rules, by, entry);
    set.await.unwrap()
}

pub async fn each_version_is_kept(kit: Kit) {
    assert_eq!(kit.store.current_rules().await.unwrap(), None);
    let admin = kit.admin().await;
    let mut versions = Vec::new();
    let by_admin = (admin.acting(), Some(admin.user));
    let by_program = (Actor::Console, None);
    for (version, passwords, (actor, by)) in
        [(1, 5, by_program), (2, 3, by_admin), (3, 4, by_program)]
    {
        let rules = rules(version, passwords);
        let expected = version - 1;
        assert_eq!(
            set(&kit, expected, rules.clone(), actor).await,
            RulesChange::Done
        );
        let newest = RulesSet {
            rules,
            at: kit.now(),
            by,
            name: by.map(|_| "admin.one".to_owned()),
        };
        let current = kit.store.current_rules().await.unwrap();
        assert_eq!(current.as_ref(), Some(&newest));
        versions.insert(0, newest);
        kit.pass(minutes(1));
    }
    let kit = kit.restarted();
    let current = kit.store.current_rules().await.unwrap();
    assert_eq!(current.as_ref(), versions.first());
    let page = async |before, most| kit.store.rules_before(before, most).await.unwrap();
    assert_eq!(page(4, 10).await, versions);
    assert_eq!(page(3, 1).await, versions[1..2]);
    assert_eq!(page(1, 10).await, []);
    let acts = kit.found().await;
    let set = acts.iter().filter(|(_, act, _)| act == "rules_set");
    assert_eq!(set.count(), 3, "each is on record");
}

pub async fn the_second_admin_changes_nothing(kit: Kit) {
    set(&kit, 0, rules(1, 5), Actor::Console).await;
    let done = set(&kit, 1, rules(2, 3), Actor::Console).await;
    assert_eq!(done, RulesChange::Done);
    let before = kit.found().await;
    for expected in [0, 1, 3] {
        let late = set(&kit, expected, rules(expected + 1, 9), Actor::Console).await;
        assert_eq!(late, RulesChange::Outdated);
    }
    let current = kit.store.current_rules().await.unwrap().unwrap();
    assert_eq!(current.rules, rules(2, 3));
    assert_eq!(kit.found().await, before, "nothing was written");
}

pub async fn only_an_admin_sets_rules(kit: Kit) {
    let admin = kit.admin().await;
    let maria = kit.colleague(admin, "maria", BOB, Role::Supervisor).await;
    set(&kit, 0, rules(1, 5), Actor::Console).await;
    let before = kit.found().await;
    let not_one = set(&kit, 1, rules(2, 3), maria.acting()).await;
    assert_eq!(not_one, RulesChange::NotAllowed);
    let current = kit.store.current_rules().await.unwrap().unwrap();
    assert_eq!(current.rules, rules(1, 5));
    assert_eq!(kit.found().await, before, "nothing was written");
}

pub async fn only_the_next_version_is_taken(kit: Kit) {
    set(&kit, 0, rules(1, 5), Actor::Console).await;
    for version in [1, 3] {
        let entry = kit.entry(Who::Program, Act::RulesSet);
        let taken = kit
            .store
            .set_rules(1, rules(version, 9), Actor::Console, entry)
            .await;
        assert!(matches!(taken, Err(StoreError::Failed(_))), "{taken:?}");
    }
    let current = kit.store.current_rules().await.unwrap().unwrap();
    assert_eq!(current.rules, rules(1, 5));
}

pub async fn a_budget_of_codes_is_everyones(kit: Kit) {
    kit.set_limits(Limits {
        code_budget: 2,
        ..Limits::DEFAULT
    });
    let alice = kit.registered("alice", ALICE).await;
    let bob = kit.registered("bob", BOB).await;
    let carol = kit.registered("carol", "+447700900103").await;
    kit.sent(alice).await;
    let first = kit.now();
    kit.pass(minutes(30));
    kit.sent(bob).await;
    let kit = kit.restarted();
    let until = first.plus(days(1));
    let limit = SendLimit::Budget { until };
    assert_eq!(kit.live(carol).await.unwrap().may_send, Err(limit));
    let next = Some(until);
    let limited = SendReservation::Limited { limit, next };
    for person in [carol, alice, bob] {
        assert_eq!(kit.send(person).await, limited, "whoever it is");
    }
    let spent = async |now| kit.store.spent(now).await.unwrap();
    let both = Spent {
        codes: 2,
        checks: 0,
    };
    assert_eq!(spent(kit.now()).await, both);
    kit.set_clock(until.minus(secs(1)));
    assert_eq!(kit.send(carol).await, limited);
    kit.set_clock(until);
    let one = Spent {
        codes: 1,
        checks: 0,
    };
    assert_eq!(spent(kit.now()).await, one);
    kit.sent(carol).await;
    let until = first.plus(minutes(30)).plus(days(1));
    let again = kit.send(kit.back(alice).await).await;
    let limit = SendLimit::Budget { until };
    let next = Some(until);
    assert_eq!(again, SendReservation::Limited { limit, next });
}

pub async fn a_budget_of_sim_checks_is_everyones(kit: Kit) {
    kit.set_limits(Limits {
        check_budget: 2,
        ..Limits::DEFAULT
    });
    let alice = kit.registered("alice", ALICE).await;
    let bob = kit.registered("bob", BOB).await;
    assert_eq!(kit.check(alice).await, CheckReservation::Reserved);
    let until = kit.now().plus(days(1));
    kit.pass(minutes(30));
    assert_eq!(kit.check(alice).await, CheckReservation::Reserved);
    let limited = CheckReservation::Limited(CheckLimit::Budget { until });
    for person in [alice, bob] {
        assert_eq!(kit.check(person).await, limited);
    }
    let both = Spent {
        codes: 0,
        checks: 2,
    };
    assert_eq!(kit.store.spent(kit.now()).await.unwrap(), both);
    kit.set_clock(until);
    assert_eq!(kit.check(bob).await, CheckReservation::Reserved);
}

async fn outlook(kit: &Kit, of: Person) -> Outlook {
    let name = kit.details(of.user).await.row.name;
    let outlook = kit.store.outlook(name, kit.limits(), kit.now());
    outlook.await.unwrap().expect("somebody who is there")
}

pub async fn an_outlook_counts_nothing(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let first_seen = kit.now();
    let expected = Outlook {
        name: simgate_domain::Username::parse("alice").unwrap(),
        role: Role::Staff,
        state: AccountState::Active,
        password: PasswordOutlook::Taken,
        number: number(ALICE),
        channel: Channel::Sms,
        standing: NumberStanding::NeverVerified { first_seen },
        latest_now: first_seen,
        locked: None,
        codes: Ok(()),
        may_check: Ok(()),
        may_send: Ok(()),
    };
    for _ in 0..30 {
        assert_eq!(outlook(&kit, alice).await, expected);
    }
    let later = kit.now().plus(days(400));
    let nobody = simgate_domain::Username::parse("nobody").unwrap();
    let of_nobody = kit.store.outlook(nobody, kit.limits(), later).await;
    assert_eq!(of_nobody.unwrap(), None);
    assert_eq!(
        kit.live(alice).await.unwrap().latest_now,
        first_seen,
        "not even the time was noted"
    );
    assert_eq!(kit.found().await.len(), 1, "only the registration");
    kit.signed_in(alice, Clearance::Unchanged).await;
    assert_eq!(
        outlook(&kit, alice).await.standing,
        NumberStanding::Verified
    );
}

pub async fn an_outlook_tells_what_would_stop(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    kit.set_limits(Limits {
        passwords: 3,
        codes_in_a_row: 3,
        sends_in_a_day: 1,
        checks_in_a_day: 1,
        ..Limits::DEFAULT
    });
    kit.sent(alice).await;
    kit.check(alice).await;
    for _ in 0..3 {
        kit.try_password(name("alice")).await;
        kit.try_code(alice).await;
    }
    let until = kit.now().plus(minutes(30));
    let in_a_day = kit.now().plus(days(1));
    kit.pass(minutes(2));
    let before_her_next = outlook(&kit, alice).await;
    assert_eq!(before_her_next.locked, Some(Locked { until }));
    let closed = CodesClosed::Locked(Locked { until });
    assert_eq!(before_her_next.codes, Err(closed));
    let number = SendLimit::Number { until: in_a_day };
    assert_eq!(before_her_next.may_send, Err(number));
    let number = CheckLimit::Number { until: in_a_day };
    assert_eq!(before_her_next.may_check, Err(number));

    // The limit of one sign-in is no limit of the next.
    kit.set_limits(Limits {
        sends_in_sign_in: 1,
        ..Limits::DEFAULT
    });
    assert_eq!(outlook(&kit, alice).await.may_send, Ok(()));
}
