//! What is known of numbers, and the time.

use simgate_domain::NumberStanding;
use simgate_domain::seat::Clearance;
use simgate_store::{SendReservation, Store};

use crate::kit::{ALICE, BOB, Kit, START, days, minutes, new_sid, secs};

pub async fn first_seen_stays_for_whoever_registers_next(kit: Kit) {
    let seen = NumberStanding::NeverVerified { first_seen: START };
    let alice = kit.registered("alice", ALICE).await;
    kit.pass(days(5));
    assert_eq!(kit.live(alice).await.unwrap().standing, seen);
    let again = kit.registered("again", ALICE).await;
    let kit = kit.restarted();
    let standing = kit.live(again).await.unwrap().standing;
    assert_eq!(
        standing, seen,
        "registering a number again begins no second grace"
    );
}

pub async fn the_latest_time_never_goes_back(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    kit.pass(days(8));
    let latest = kit.now();
    assert_eq!(kit.live(alice).await.unwrap().latest_now, latest);
    kit.set_clock(START);
    let kit = kit.restarted();
    assert_eq!(kit.live(alice).await.unwrap().latest_now, latest);

    // Every call that is told the time counts.
    kit.set_clock(latest.plus(days(1)));
    kit.try_password(crate::kit::name("nobody")).await;
    let later = kit.now();
    kit.set_clock(START);
    assert_eq!(kit.live(alice).await.unwrap().latest_now, later);
}

pub async fn pending_verifications_are_known_oldest_first(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let bob = kit.registered("bob", BOB).await;
    let bobs = kit.sent(bob).await;
    kit.pass(secs(1));
    let alices = kit.sent(alice).await;
    let kit = kit.restarted();
    let pending = async || kit.store.pending().await.unwrap();
    assert_eq!(pending().await, [bobs.clone(), alices.clone()]);

    kit.store.forget_pending(bobs).await.unwrap();
    kit.store.forget_pending(new_sid()).await.unwrap();
    assert_eq!(pending().await, std::slice::from_ref(&alices));
    kit.try_code(alice).await;
    kit.grant(alice, &alices, Clearance::Unchanged).await;
    assert!(
        pending().await.is_empty(),
        "an approved verification is over"
    );
}

pub async fn a_pending_verification_of_another_sign_in_is_stale(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let sid = kit.sent(alice).await;
    let stale = |reserved| {
        let SendReservation::Reserved { stale, .. } = reserved else {
            panic!("a send was free, not {reserved:?}");
        };
        stale
    };
    kit.pass(minutes(2));
    assert_eq!(stale(kit.send(alice).await), None, "its own is sent again");
    kit.note_sent(alice, &sid).await;
    let alice = kit.back(alice).await;
    kit.pass(minutes(2));
    assert_eq!(stale(kit.send(alice).await), Some(sid.clone()));
    kit.store.forget_pending(sid).await.unwrap();
    kit.pass(minutes(4));
    assert_eq!(stale(kit.send(alice).await), None);

    kit.pass(days(1));
    let alices = kit.sent(alice).await;
    let bob = kit.registered("bob", ALICE).await;
    kit.pass(minutes(1));
    let of_another = stale(kit.send(bob).await);
    assert_eq!(
        of_another,
        Some(alices),
        "the vendor asks only for the number"
    );
}

pub async fn what_was_sent_is_noted_even_for_an_older_sign_in(kit: Kit) {
    let older = kit.registered("alice", ALICE).await;
    kit.send(older).await;
    kit.back(older).await;
    let sid = new_sid();
    kit.note_sent(older, &sid).await;
    assert_eq!(kit.store.pending().await.unwrap(), [sid]);
}
