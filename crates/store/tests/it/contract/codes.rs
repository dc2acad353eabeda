//! Codes tried against a person.

use simgate_domain::attempts::{CodesClosed, Limits, Locked};
use simgate_domain::seat::Clearance;
use simgate_store::{Closed, CodeAttempt, GrantAnswer, SendReservation, Store};

use crate::kit::{ALICE, Kit, Person, days, minutes, new_sid, secs};

const IN_A_ROW: u32 = Limits::DEFAULT.codes_in_a_row;
const IN_ALL: u32 = Limits::DEFAULT.codes_in_all;

/// Wrong codes, three in each sign-in.
async fn wrong_codes(kit: &Kit, person: Person, times: u32) -> Person {
    let mut person = person;
    for tried in 0..times {
        if tried % 3 == 0 {
            person = kit.back(person).await;
        }
        assert_eq!(
            kit.try_code(person).await,
            CodeAttempt::Reserved,
            "code {tried}"
        );
    }
    person
}

pub async fn ten_in_a_row_lock_over_all_sign_ins(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let alice = wrong_codes(&kit, alice, IN_A_ROW).await;
    let kit = kit.restarted();
    let until = kit.now().plus(minutes(30));
    let closed = Closed::Codes(CodesClosed::Locked(Locked { until }));
    kit.pass(secs(30 * 60 - 1));
    assert_eq!(kit.try_code(alice).await, CodeAttempt::Closed(closed));
    assert_eq!(kit.live(alice).await, Err(closed));
    assert_eq!(kit.send(alice).await, SendReservation::Closed(closed));
    let (begun, refused) = kit.begin(alice).await;
    assert_eq!(begun, Err(closed), "the right password does not open it");
    assert_eq!(kit.live(refused).await, Err(Closed::AccountChanged));
    kit.set_clock(kit.now().minus(days(1)));
    assert_eq!(
        kit.live(alice).await,
        Err(closed),
        "nor does an older clock"
    );
    kit.set_clock(until);
    let alice = kit.back(alice).await;
    assert_eq!(kit.try_code(alice).await, CodeAttempt::Reserved);
}

pub async fn a_lock_between_password_and_code_holds(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let waiting = kit.back(alice).await;
    kit.sent(waiting).await;
    wrong_codes(&kit, alice, IN_A_ROW).await;
    // Those codes were other sign-ins', so this one is over twice.
    assert_eq!(kit.live(waiting).await, Err(Closed::AccountChanged));
    let granted = kit.grant(waiting, &new_sid(), Clearance::Unchanged).await;
    assert_eq!(granted, GrantAnswer::Closed(Closed::AccountChanged));
}

/// The hundredth is reserved in the sign-in that is returned.
async fn hundred_codes(kit: &Kit) -> Person {
    let mut alice = kit.registered("alice", ALICE).await;
    for _ in 0..IN_ALL / IN_A_ROW {
        kit.pass(minutes(30));
        alice = wrong_codes(kit, alice, IN_A_ROW).await;
    }
    alice
}

pub async fn after_a_hundred_only_an_admin_helps(kit: Kit) {
    let alice = hundred_codes(&kit).await;
    let kit = kit.restarted();
    kit.pass(days(1000));
    let closed = Closed::Codes(CodesClosed::NeedsAdmin);
    assert_eq!(kit.try_code(alice).await, CodeAttempt::Closed(closed));
    assert_eq!(kit.begin(alice).await.0, Err(closed));
}

pub async fn a_right_tenth_code_opens(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let alice = wrong_codes(&kit, alice, IN_A_ROW).await;
    // The tenth try is counted, and locks; and its code was right.
    let granted = kit.grant(alice, &new_sid(), Clearance::Unchanged).await;
    assert!(matches!(granted, GrantAnswer::Granted(_)), "{granted:?}");
    let alice = kit.back(alice).await;
    assert_eq!(kit.try_code(alice).await, CodeAttempt::Reserved);
}

pub async fn a_right_hundredth_code_opens(kit: Kit) {
    let alice = hundred_codes(&kit).await;
    let granted = kit.grant(alice, &new_sid(), Clearance::Unchanged).await;
    assert!(matches!(granted, GrantAnswer::Granted(_)), "{granted:?}");
    let alice = kit.back(alice).await;
    assert!(kit.live(alice).await.is_ok());
}

pub async fn a_session_forgets_the_wrong_codes(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let alice = wrong_codes(&kit, alice, IN_A_ROW - 1).await;
    kit.signed_in(alice, Clearance::InGrace).await;
    assert!(
        kit.store
            .is_current(alice.user, alice.sign_in)
            .await
            .unwrap()
    );
    let alice = wrong_codes(&kit, alice, IN_A_ROW).await;
    let eleventh = kit.try_code(alice).await;
    assert!(matches!(eleventh, CodeAttempt::Closed(Closed::Codes(_))));
}

pub async fn a_try_that_was_none_is_given_back(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let older = alice;
    for _ in 0..2 * IN_ALL {
        assert_eq!(kit.try_code(alice).await, CodeAttempt::Reserved);
        kit.give_back(alice).await;
    }
    kit.give_back(alice).await;
    // Only the one that is given back: those before it stay counted, the one that locks included.
    let alice = wrong_codes(&kit, alice, IN_A_ROW).await;
    kit.give_back(older).await;
    let closed = kit.try_code(alice).await;
    assert!(matches!(closed, CodeAttempt::Closed(Closed::Codes(_))));
    kit.give_back(alice).await;
    assert_eq!(kit.try_code(alice).await, CodeAttempt::Reserved);
    let closed = kit.try_code(alice).await;
    assert!(matches!(closed, CodeAttempt::Closed(Closed::Codes(_))));
}

pub async fn a_right_code_that_grants_nothing_counts_against_nobody(kit: Kit) {
    let owner = kit.registered("owner", ALICE).await;
    let sid = kit.sent(owner).await;
    kit.try_code(owner).await;
    let granted = kit.grant(owner, &sid, Clearance::Unchanged).await;
    assert!(matches!(granted, GrantAnswer::Granted(_)), "{granted:?}");
    let alice = kit.registered("alice", ALICE).await;
    for _ in 0..IN_ALL {
        assert_eq!(kit.try_code(alice).await, CodeAttempt::Reserved);
        let taken = kit.grant(alice, &new_sid(), Clearance::Unchanged).await;
        assert_eq!(taken, GrantAnswer::NumberTaken);
        assert_eq!(kit.try_code(alice).await, CodeAttempt::Reserved);
        let spent = kit.grant(alice, &sid, Clearance::Unchanged).await;
        assert_eq!(spent, GrantAnswer::Spent);
    }
}
