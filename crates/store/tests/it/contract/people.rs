//! Registration, accounts, and the one sign-in of each person.

use simgate_domain::attempts::Locked;
use simgate_domain::seat::Clearance;
use simgate_domain::{AccountState, Channel, Role, UserId};
use simgate_store::{
    Act, CheckReservation, Closed, CodeAttempt, GrantAnswer, Registration, SendReservation, Store,
    StoredPassword, Who,
};
use uuid::Uuid;

use crate::kit::{ALICE, BOB, Kit, Person, days, minutes, name, new_sid, new_sign_in, secs};

pub async fn an_account_reads_back(kit: Kit) {
    let jose = kit.registered("José.Ruiz", ALICE).await;
    let kit = kit.restarted();
    let account = kit.try_password(name("jose.ruiz")).await.account.unwrap();
    assert_eq!(account.user, jose.user);
    assert_eq!(account.name.shown(), "josé.ruiz");
    let own = StoredPassword::Own("$argon2id$first".to_owned());
    assert_eq!(account.password, own);
    assert_eq!(account.number.e164(), ALICE);
    assert_eq!(account.channel, Channel::Sms);
    assert_eq!(account.role, Role::Staff);
    assert_eq!(account.state, AccountState::Active);
    assert_eq!(account.version, 1);
}

pub async fn look_alike_names_are_taken(kit: Kit) {
    kit.registered("alice", ALICE).await;
    for taken in ["alice", "Álice", "a1ice", "ALICE"] {
        let (registration, _) = kit.register(taken, BOB).await;
        assert_eq!(registration, Registration::NameTaken, "{taken}");
    }
    kit.registered("alicia", BOB).await;
    kit.registered("b0b.x", BOB).await;
    let (registration, _) = kit.register("bob_x", BOB).await;
    assert_eq!(
        registration,
        Registration::NameTaken,
        "both look like bob-x"
    );
}

pub async fn a_refused_registration_leaves_nothing(kit: Kit) {
    kit.registered("alice", ALICE).await;
    let (_, refused) = kit.register("a1ice", BOB).await;
    assert_eq!(kit.live(refused).await, Err(Closed::AccountChanged));
    let tried = kit.try_password(name("a1ice")).await;
    assert!(tried.account.is_none());
    kit.pass(days(8));
    let bob = kit.registered("bob", BOB).await;
    let live = kit.live(bob).await.unwrap();
    let simgate_domain::NumberStanding::NeverVerified { first_seen } = live.standing else {
        panic!("bob has never signed in");
    };
    assert_eq!(
        first_seen,
        kit.now(),
        "a number that was refused was not seen"
    );
}

pub async fn five_registrations_in_an_hour(kit: Kit) {
    let first = kit.now();
    for n in 0..5 {
        kit.registered(&format!("person{n}x"), ALICE).await;
        kit.pass(minutes(1));
    }
    let kit = kit.restarted();
    let until = first.plus(minutes(60));
    let too_many = Registration::TooMany(Locked { until });
    assert_eq!(kit.register("sixth", BOB).await.0, too_many);
    kit.set_clock(until.minus(secs(1)));
    assert_eq!(kit.register("sixth", BOB).await.0, too_many);
    kit.set_clock(until);
    kit.registered("sixth", BOB).await;
    let (seventh, _) = kit.register("seventh", BOB).await;
    assert!(
        matches!(seventh, Registration::TooMany(_)),
        "the second of them still counts"
    );
}

pub async fn a_clock_set_back_allows_no_further_registration(kit: Kit) {
    for n in 0..5 {
        kit.registered(&format!("person{n}x"), ALICE).await;
    }
    kit.set_clock(kit.now().minus(days(30)));
    let (sixth, _) = kit.register("sixth", BOB).await;
    assert!(matches!(sixth, Registration::TooMany(_)));
}

pub async fn a_better_hash_takes_the_place_of_the_old(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let hash = async || {
        let tried = kit.try_password(name("alice")).await;
        let hash = tried.account.unwrap().password;
        hash.hash().map(str::to_owned)
    };
    kit.back(alice).await;
    assert_eq!(hash().await.as_deref(), Some("$argon2id$first"));
    let entry = kit.entry(Who::User(alice.user), Act::PasswordPassed);
    let rehashed = Some("$argon2id$better".to_owned());
    let begun =
        kit.store
            .begin_sign_in(alice.user, 1, new_sign_in(), rehashed, kit.limits(), entry);
    begun.await.unwrap().unwrap();
    assert_eq!(hash().await.as_deref(), Some("$argon2id$better"));
}

pub async fn a_newer_sign_in_ends_the_older(kit: Kit) {
    let older = kit.registered("alice", ALICE).await;
    assert_eq!(kit.try_code(older).await, CodeAttempt::Reserved);
    let newer = kit.back(older).await;
    assert_closed(&kit, older).await;
    assert!(kit.live(newer).await.is_ok());
    assert!(
        kit.store
            .is_current(newer.user, newer.sign_in)
            .await
            .unwrap()
    );
}

/// The password was looked at, and then the account was changed before the sign-in began.
pub async fn a_password_that_was_looked_at_before_a_change_begins_nothing(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let entry = kit.entry(Who::User(alice.user), Act::PasswordPassed);
    let begun = kit
        .store
        .begin_sign_in(alice.user, 2, new_sign_in(), None, kit.limits(), entry);
    assert_eq!(begun.await.unwrap(), Err(Closed::AccountChanged));
    assert!(kit.live(alice).await.is_ok(), "the sign-in before goes on");
}

pub async fn who_waits_for_approval_gets_no_check_and_no_code(kit: Kit) {
    let (registration, alice) = kit.register_as(AccountState::Pending, "alice", ALICE).await;
    assert_eq!(registration, Registration::Done);
    let account = kit.try_password(name("alice")).await.account.unwrap();
    assert_eq!(account.state, AccountState::Pending);
    let waits = Closed::NotApproved;
    let (begun, again) = kit.begin(alice).await;
    assert_eq!(begun, Err(waits));
    for at in [alice, again] {
        assert_eq!(kit.live(at).await, Err(waits));
        assert_eq!(kit.check(at).await, CheckReservation::Closed(waits));
        assert_eq!(kit.send(at).await, SendReservation::Closed(waits));
        assert_eq!(kit.try_code(at).await, CodeAttempt::Closed(waits));
        let granted = kit.grant(at, &new_sid(), Clearance::Unchanged).await;
        assert_eq!(granted, GrantAnswer::Closed(waits));
        assert!(!kit.store.is_current(at.user, at.sign_in).await.unwrap());
    }
}

pub async fn nobody_is_signed_in_who_was_never_there(kit: Kit) {
    let nobody = Person {
        user: UserId::new(Uuid::from_u128(u128::MAX)),
        sign_in: new_sign_in(),
    };
    assert_closed(&kit, nobody).await;
    assert_eq!(kit.begin(nobody).await.0, Err(Closed::AccountChanged));
}

/// Every step refuses this sign-in.
pub async fn assert_closed(kit: &Kit, at: Person) {
    let closed = Closed::AccountChanged;
    assert_eq!(kit.live(at).await, Err(closed));
    assert_eq!(kit.send(at).await, SendReservation::Closed(closed));
    assert_eq!(kit.try_code(at).await, CodeAttempt::Closed(closed));
    let granted = kit.grant(at, &new_sid(), Clearance::Unchanged).await;
    assert_eq!(granted, GrantAnswer::Closed(closed));
    assert!(!kit.store.is_current(at.user, at.sign_in).await.unwrap());
}
