//! Registration, accounts, and the one sign-in of each person.

use simgate_domain::attempts::Locked;
use simgate_domain::seat::Clearance;
use simgate_domain::{Channel, Role, UserId};
use simgate_store::{
    Act, Closed, CodeAttempt, GrantAnswer, Registration, SendReservation, Store, Who,
};
use uuid::Uuid;

use crate::kit::{ALICE, BOB, Kit, Person, days, minutes, name, new_sid, new_sign_in, secs};

pub async fn an_account_reads_back(kit: Kit) {
    let jose = kit.registered("José.Ruiz", ALICE).await;
    let kit = kit.restarted();
    let account = kit.try_password(name("jose.ruiz")).await.account.unwrap();
    assert_eq!(account.user, jose.user);
    assert_eq!(account.name.shown(), "josé.ruiz");
    assert_eq!(account.password_hash, "$argon2id$first");
    assert_eq!(account.number.e164(), ALICE);
    assert_eq!(account.channel, Channel::Sms);
    assert_eq!(account.role, Role::Staff);
    assert!(!account.disabled);
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
        tried.account.unwrap().password_hash
    };
    kit.back(alice).await;
    assert_eq!(hash().await, "$argon2id$first");
    let entry = kit.entry(Who::User(alice.user), Act::PasswordPassed);
    let rehashed = Some("$argon2id$better".to_owned());
    let begun = kit
        .store
        .begin_sign_in(alice.user, new_sign_in(), rehashed, kit.limits(), entry);
    begun.await.unwrap().unwrap();
    assert_eq!(hash().await, "$argon2id$better");
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
