//! What is done to somebody by somebody else.

use simgate_domain::attempts::CodesClosed;
use simgate_domain::seat::Clearance;
use simgate_domain::{AccountState, Channel, NumberStanding, Role};
use simgate_store::{
    Actor, Added, Came, Closed, CodeAttempt, OneTimeHash, PasswordKind, People, PersonAnswer,
    PersonChange, Store, StoredPassword, Taken,
};

use super::people::assert_closed;
use crate::kit::people::{ADMINS_NUMBER, new_person};
use crate::kit::{ALICE, BOB, Kit, Person, days, minutes, name, new_sign_in, secs};

/// Every kind of change.
fn changes(kit: &Kit) -> [PersonChange; 8] {
    [
        PersonChange::Approve,
        PersonChange::Disable,
        PersonChange::Enable,
        PersonChange::Unlock,
        PersonChange::ResetPassword(kit.one_time()),
        PersonChange::Channel(Channel::Voice),
        PersonChange::Role(Role::Supervisor),
        PersonChange::Delete,
    ]
}

/// The acts on record about somebody, newest first.
async fn acts(kit: &Kit) -> Vec<String> {
    kit.found()
        .await
        .into_iter()
        .map(|(_, act, _)| act)
        .collect()
}

pub async fn an_act_and_its_entry_are_one(kit: Kit) {
    let admin = kit.admin().await;
    let alice = kit.registered("alice", ALICE).await;
    for (change, word) in [
        (PersonChange::Channel(Channel::Voice), "channel_changed"),
        (PersonChange::Role(Role::Supervisor), "role_changed"),
        (PersonChange::Unlock, "person_unlocked"),
        (
            PersonChange::ResetPassword(kit.one_time()),
            "password_reset",
        ),
        (PersonChange::Disable, "person_disabled"),
        (PersonChange::Enable, "person_enabled"),
        (PersonChange::Delete, "person_deleted"),
    ] {
        let before = kit.version(alice.user).await;
        kit.done(admin, alice.user, change.clone()).await;
        assert_eq!(acts(&kit).await[0], word);
        if change != PersonChange::Delete {
            assert_eq!(kit.version(alice.user).await, before + 1, "{change:?}");
        }
    }
    let entries = acts(&kit).await.len();
    for change in changes(&kit) {
        assert_eq!(kit.act(admin, alice.user, change).await, PersonAnswer::Gone);
    }
    assert_eq!(
        acts(&kit).await.len(),
        entries,
        "what is not done has no entry"
    );
}

pub async fn the_second_of_two_admins_is_told_what_changed(kit: Kit) {
    let admin = kit.admin().await;
    let other = kit.colleague(admin, "admin.two", BOB, Role::Admin).await;
    let alice = kit.registered("alice", ALICE).await;
    let seen = kit.version(alice.user).await;
    kit.done(admin, alice.user, PersonChange::Role(Role::Supervisor))
        .await;
    for change in changes(&kit) {
        let entries = acts(&kit).await.len();
        let answer = kit
            .act_seen(other.acting(), (alice.user, seen), change.clone())
            .await;
        let PersonAnswer::Outdated(now) = answer else {
            panic!("{change:?} saw an older version: {answer:?}");
        };
        assert_eq!(now.role, Role::Supervisor);
        assert_eq!(
            *now,
            kit.details(alice.user).await.row,
            "nothing was changed"
        );
        assert_eq!(acts(&kit).await.len(), entries);
    }
}

pub async fn who_may_not_changes_nothing(kit: Kit) {
    let admin = kit.admin().await;
    let staff = kit
        .colleague(admin, "staff.one", "+447700900110", Role::Staff)
        .await;
    let supervisor = kit
        .colleague(admin, "supervisor.one", "+447700900112", Role::Supervisor)
        .await;
    let peer = kit
        .colleague(admin, "supervisor.two", "+447700900114", Role::Supervisor)
        .await;
    let one_time = {
        let user = kit
            .added(admin, "admin.new", "+447700900116", Role::Admin)
            .await
            .user;
        let person = kit
            .back(Person {
                user,
                sign_in: new_sign_in(),
            })
            .await;
        kit.signed_in(person, Clearance::Unchanged).await;
        person
    };
    let password_only = {
        let other = kit
            .colleague(admin, "admin.three", "+447700900118", Role::Admin)
            .await;
        kit.back(other).await
    };
    let older = {
        let other = kit
            .colleague(admin, "admin.four", "+447700900120", Role::Admin)
            .await;
        kit.back(other).await;
        other
    };
    kit.pass(minutes(61));
    let (_, alice) = kit.register_as(AccountState::Pending, "alice", ALICE).await;
    let before = kit.details(alice.user).await.row;
    for (who, why) in [
        (staff, "staff"),
        (one_time, "has not chosen a password yet"),
        (password_only, "has proved the password only"),
        (older, "their session is over"),
    ] {
        for change in changes(&kit) {
            let answer = kit.act(who, alice.user, change.clone()).await;
            assert_eq!(answer, PersonAnswer::NotAllowed, "{why}: {change:?}");
        }
        let new = new_person("new.one", "+447700900122", Role::Staff);
        assert_eq!(kit.add(who.acting(), new).await, Added::NotAllowed, "{why}");
    }
    for change in changes(&kit) {
        let helps = matches!(change, PersonChange::Approve | PersonChange::Unlock);
        if !helps {
            let answer = kit.act(supervisor, alice.user, change.clone()).await;
            assert_eq!(answer, PersonAnswer::NotAllowed, "a supervisor: {change:?}");
        }
        let answer = kit.act(supervisor, peer.user, change.clone()).await;
        assert_eq!(answer, PersonAnswer::NotAllowed, "on an equal: {change:?}");
    }
    assert_eq!(kit.details(alice.user).await.row, before);
    kit.done(supervisor, alice.user, PersonChange::Unlock).await;
    kit.done(supervisor, alice.user, PersonChange::Approve)
        .await;
    let seen = kit.version(alice.user).await;
    let console = kit
        .act_seen(Actor::Console, (alice.user, seen), PersonChange::Disable)
        .await;
    assert!(matches!(console, PersonAnswer::Done(_)), "{console:?}");
}

pub async fn what_does_not_follow_is_not_done(kit: Kit) {
    let admin = kit.admin().await;
    let alice = kit.registered("alice", ALICE).await;
    for change in [
        PersonChange::Approve,
        PersonChange::Enable,
        PersonChange::Channel(Channel::Sms),
        PersonChange::Role(Role::Staff),
    ] {
        let answer = kit.act(admin, alice.user, change.clone()).await;
        assert_eq!(answer, PersonAnswer::Unfitting, "{change:?}");
    }
    assert_eq!(kit.version(alice.user).await, 1);
    kit.done(admin, alice.user, PersonChange::Disable).await;
    let twice = kit.act(admin, alice.user, PersonChange::Disable).await;
    assert_eq!(twice, PersonAnswer::Unfitting);
}

pub async fn what_shuts_out_ends_the_session(kit: Kit) {
    let admin = kit.admin().await;
    for (n, change) in changes(&kit).into_iter().enumerate() {
        if matches!(change, PersonChange::Approve | PersonChange::Enable) {
            continue;
        }
        let typed = format!("person.{n}x");
        let person = kit
            .colleague(admin, &typed, &format!("+44770090013{n}"), Role::Staff)
            .await;
        let current = async || {
            kit.store
                .is_current(person.user, person.sign_in)
                .await
                .unwrap()
        };
        assert!(current().await);
        kit.done(admin, person.user, change.clone()).await;
        let stays = matches!(change, PersonChange::Unlock | PersonChange::Channel(_));
        assert_eq!(current().await, stays, "{change:?}");
        if !stays {
            assert_closed(&kit, person).await;
        }
    }
}

pub async fn a_disabled_person_comes_back_when_enabled(kit: Kit) {
    let admin = kit.admin().await;
    let alice = kit.registered("alice", ALICE).await;
    kit.done(admin, alice.user, PersonChange::Disable).await;
    assert_eq!(kit.begin(alice).await.0, Err(Closed::AccountChanged));
    kit.done(admin, alice.user, PersonChange::Enable).await;
    let alice = kit.back(alice).await;
    kit.signed_in(alice, Clearance::Unchanged).await;
}

pub async fn unlocking_forgets_passwords_and_codes(kit: Kit) {
    let admin = kit.admin().await;
    let alice = kit.registered("alice", ALICE).await;
    for _ in 0..10 {
        kit.try_code(alice).await;
    }
    kit.try_passwords(name("alice")).await;
    let details = kit.details(alice.user).await;
    assert!(details.password_lock.is_some());
    assert!(matches!(details.codes_closed, Some(CodesClosed::Locked(_))));
    kit.done(admin, alice.user, PersonChange::Unlock).await;
    let details = kit.details(alice.user).await;
    assert_eq!((details.password_lock, details.codes_closed), (None, None));
    let (tries, _) = kit.try_passwords(name("alice")).await;
    assert_eq!(tries, 5, "all of them are there again");
    assert_eq!(kit.try_code(alice).await, CodeAttempt::Reserved);
}

pub async fn what_a_hundred_codes_closed_only_an_admin_opens(kit: Kit) {
    let admin = kit.admin().await;
    let supervisor = kit
        .colleague(admin, "supervisor.one", BOB, Role::Supervisor)
        .await;
    let alice = kit.registered("alice", ALICE).await;
    for _ in 0..10 {
        for _ in 0..10 {
            kit.try_code(alice).await;
        }
        kit.pass(minutes(31));
    }
    let closed = kit.details(alice.user).await.codes_closed;
    assert_eq!(closed, Some(CodesClosed::NeedsAdmin));
    let refused = kit.act(supervisor, alice.user, PersonChange::Unlock).await;
    assert_eq!(refused, PersonAnswer::NotAllowed);
    kit.done(admin, alice.user, PersonChange::Unlock).await;
    assert_eq!(kit.try_code(alice).await, CodeAttempt::Reserved);
}

/// BR3: it is taken once and for a day, and skips neither the SIM check nor the code.
pub async fn a_one_time_password_is_for_one_session_and_one_day(kit: Kit) {
    let admin = kit.admin().await;
    let alice = kit.registered("alice", ALICE).await;
    kit.signed_in(alice, Clearance::Unchanged).await;
    kit.try_passwords(name("alice")).await;
    kit.done(
        admin,
        alice.user,
        PersonChange::ResetPassword(kit.one_time()),
    )
    .await;
    let stored = async || {
        kit.try_password(name("alice"))
            .await
            .account
            .unwrap()
            .password
    };
    let one_time = |over| StoredPassword::OneTime {
        hash: "$argon2id$one_time".to_owned(),
        over,
    };
    assert_eq!(
        stored().await,
        one_time(false),
        "and the old tries are forgotten"
    );
    let start = kit.now();
    kit.at(start.plus(days(1)).minus(secs(1)));
    assert_eq!(stored().await, one_time(false));
    let alice = Person {
        sign_in: new_sign_in(),
        ..alice
    };
    let seen = kit.version(alice.user).await;
    let begun = kit.store.begin_sign_in(
        alice.user,
        seen,
        alice.sign_in,
        None,
        kit.limits(),
        kit.entry(
            simgate_store::Who::User(alice.user),
            simgate_store::Act::PasswordPassed,
        ),
    );
    begun.await.unwrap().unwrap();
    assert_eq!(
        kit.choose(alice, "$argon2id$early").await,
        Err(Closed::AccountChanged),
        "the one-time password alone chooses nothing"
    );
    let session = kit.signed_in(alice, Clearance::Unchanged).await;
    assert!(session.must_choose_password);
    assert_eq!(stored().await, one_time(true), "it is used up");
    kit.choose(alice, "$argon2id$own").await.unwrap();
    assert_eq!(
        stored().await,
        StoredPassword::Own("$argon2id$own".to_owned())
    );
    assert!(
        kit.store
            .is_current(alice.user, alice.sign_in)
            .await
            .unwrap()
    );
    let alice = kit.back(alice).await;
    assert!(
        !kit.signed_in(alice, Clearance::Unchanged)
            .await
            .must_choose_password
    );

    kit.done(
        admin,
        alice.user,
        PersonChange::ResetPassword(kit.one_time()),
    )
    .await;
    kit.pass(days(1));
    assert_eq!(stored().await, one_time(true), "a day is over");
    kit.set_clock(start);
    assert_eq!(
        stored().await,
        one_time(true),
        "and stays so when the clock is set back"
    );
}

/// BR4
pub async fn the_last_admin_stays(kit: Kit) {
    let admin = kit.admin().await;
    let fresh = kit.added(admin, "admin.new", ALICE, Role::Admin).await.user;
    let disabled = kit
        .colleague(admin, "admin.off", BOB, Role::Admin)
        .await
        .user;
    kit.done(admin, disabled, PersonChange::Disable).await;
    let shuts_out = [
        PersonChange::Disable,
        PersonChange::ResetPassword(kit.one_time()),
        PersonChange::Role(Role::Supervisor),
        PersonChange::Delete,
    ];
    let entries = acts(&kit).await.len();
    assert!(kit.details(admin.user).await.last_admin);
    for change in shuts_out.clone() {
        let seen = kit.version(admin.user).await;
        for by in [admin.acting(), Actor::Console] {
            let answer = kit.act_seen(by, (admin.user, seen), change.clone()).await;
            assert_eq!(answer, PersonAnswer::LastAdmin, "{change:?}");
        }
    }
    assert_eq!(acts(&kit).await.len(), entries);
    let other = kit
        .colleague(admin, "admin.two", "+447700900104", Role::Admin)
        .await;
    for change in shuts_out {
        let answer = kit.act(admin, admin.user, change.clone()).await;
        assert_eq!(answer, PersonAnswer::Yourself, "{change:?}");
    }
    kit.done(other, admin.user, PersonChange::Role(Role::Staff))
        .await;
    let fresh = kit.act(other, fresh, PersonChange::Delete).await;
    assert!(
        matches!(fresh, PersonAnswer::Done(_)),
        "who has no own password never counted"
    );
    assert!(kit.details(other.user).await.last_admin);
}

pub async fn a_deleted_person_leaves_the_record_and_the_number(kit: Kit) {
    let admin = kit.admin().await;
    let alice = kit.registered("alice", ALICE).await;
    kit.signed_in(alice, Clearance::Unchanged).await;
    let entries = acts(&kit).await.len();
    kit.done(admin, alice.user, PersonChange::Delete).await;
    assert_eq!(acts(&kit).await.len(), entries + 1);
    assert!(kit.try_password(name("alice")).await.account.is_none());
    assert_eq!(
        kit.store
            .person(alice.user, kit.limits(), kit.now())
            .await
            .unwrap(),
        None
    );
    let again = kit.registered("alice", ALICE).await;
    let standing = kit.live(again).await.unwrap().standing;
    assert_eq!(standing, NumberStanding::Verified, "no second grace");
    kit.signed_in(again, Clearance::Unchanged).await;
}

pub async fn a_person_is_added_active_and_with_a_one_time_password(kit: Kit) {
    let admin = kit.admin().await;
    for n in 0..7 {
        let e164 = format!("+44770090015{n}");
        kit.added(admin, &format!("person.{n}x"), &e164, Role::Staff)
            .await;
    }
    let row = kit.added(admin, "maria", ALICE, Role::Supervisor).await;
    let until = kit.now().plus(days(1));
    assert_eq!(row.state, AccountState::Active);
    assert_eq!(row.role, Role::Supervisor);
    assert_eq!(row.password, PasswordKind::OneTime { until });
    let details = kit.details(row.user).await;
    assert_eq!(details.row, row);
    let Came::Added { by: Some(by) } = &details.came else {
        panic!("somebody added her: {:?}", details.came);
    };
    assert_eq!(by.shown(), "admin.one");
    assert_eq!(details.number_seen, kit.now());
    assert_eq!(details.number_verified, None);
    kit.registered("bob", BOB).await;

    let taken = [
        ("maria", "+447700900199", Taken::Name),
        ("rnaria", "+447700900199", Taken::LookAlike),
        ("new.one", ALICE, Taken::Number),
        ("new.one", BOB, Taken::Number),
        ("new.one", ADMINS_NUMBER, Taken::Number),
    ];
    for (typed, e164, expected) in taken {
        let new = new_person(typed, e164, Role::Staff);
        let added = kit.add(admin.acting(), new).await;
        assert_eq!(added, Added::Taken(expected), "{typed} {e164}");
    }
}

pub async fn a_choice_of_ones_own_needs_ones_session(kit: Kit) {
    let admin = kit.admin().await;
    let alice = kit.registered("alice", ALICE).await;
    assert_eq!(
        kit.choose(alice, "$argon2id$new").await,
        Err(Closed::AccountChanged),
        "no session was granted yet"
    );
    kit.signed_in(alice, Clearance::Unchanged).await;
    kit.try_password(name("alice")).await;
    kit.choose(alice, "$argon2id$new").await.unwrap();
    let stranger = Person {
        sign_in: admin.sign_in,
        ..alice
    };
    assert_eq!(
        kit.choose(stranger, "$argon2id$x").await,
        Err(Closed::AccountChanged)
    );
    let hash = OneTimeHash {
        until: kit.now(),
        ..kit.one_time()
    };
    kit.done(admin, alice.user, PersonChange::ResetPassword(hash))
        .await;
    assert_eq!(
        kit.choose(alice, "$argon2id$x").await,
        Err(Closed::AccountChanged)
    );
}
