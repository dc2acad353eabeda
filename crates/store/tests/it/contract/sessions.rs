//! What grants a session, and what does not.

use simgate_domain::attempts::CheckLimit;
use simgate_domain::seat::Clearance;
use simgate_domain::{Channel, NumberStanding};
use simgate_store::{
    Act, CheckReservation, Closed, Grant, GrantAnswer, LastSignIn, Session, Store, StoreError, Who,
};

use super::people::assert_closed;
use crate::kit::{ALICE, BOB, Kit, minutes, new_sid, secs};

pub async fn a_verification_grants_one_session(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let sid = kit.sent(alice).await;
    kit.try_code(alice).await;
    let first = kit.grant(alice, &sid, Clearance::Unchanged).await;
    assert!(matches!(first, GrantAnswer::Granted(_)));

    let kit = kit.restarted();
    let alice = kit.back(alice).await;
    kit.try_code(alice).await;
    let second = kit.grant(alice, &sid, Clearance::Unchanged).await;
    assert_eq!(second, GrantAnswer::Spent);
    let bob = kit.registered("bob", BOB).await;
    kit.try_code(bob).await;
    let others = kit.grant(bob, &sid, Clearance::Unchanged).await;
    assert_eq!(others, GrantAnswer::Spent);
}

pub async fn a_sign_in_has_one_session(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    kit.signed_in(alice, Clearance::Unchanged).await;
    kit.try_code(alice).await;
    let second = kit.grant(alice, &new_sid(), Clearance::Unchanged).await;
    assert_eq!(second, GrantAnswer::Spent);
}

pub async fn an_older_sign_in_gets_none(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let sid = kit.sent(alice).await;
    kit.try_code(alice).await;
    let newer = kit.back(alice).await;
    let late = kit.grant(alice, &sid, Clearance::Unchanged).await;
    assert_eq!(late, GrantAnswer::Closed(Closed::AccountChanged));
    kit.signed_in(newer, Clearance::Unchanged).await;
    assert_closed(&kit, alice).await;
}

pub async fn an_uncounted_code_grants_nothing(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let grant = Grant {
        user: alice.user,
        sign_in: alice.sign_in,
        sid: new_sid(),
        clearance: Clearance::Unchanged,
        channel: Channel::Voice,
    };
    let entry = kit.entry(Who::User(alice.user), Act::SignedIn);
    let granted = kit.store.grant_session(grant, entry).await;
    assert!(matches!(granted, Err(StoreError::Failed(_))), "{granted:?}");
    assert_eq!(
        kit.found().await.len(),
        1,
        "only the registration is on record"
    );
}

pub async fn a_number_belongs_to_who_proved_it_first(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let again = kit.registered("again", ALICE).await;
    kit.signed_in(alice, Clearance::Unchanged).await;
    kit.try_code(again).await;
    let taken = kit.grant(again, &new_sid(), Clearance::Unchanged).await;
    assert_eq!(taken, GrantAnswer::NumberTaken);
    let standing = kit.live(again).await.unwrap().standing;
    assert_eq!(
        standing,
        NumberStanding::Verified,
        "the number is what was verified, whoever registers it"
    );
    let alice = kit.back(alice).await;
    kit.signed_in(alice, Clearance::Unchanged).await;
}

pub async fn a_number_proved_in_grace_is_nobodys_yet(kit: Kit) {
    let thief = kit.registered("thief", ALICE).await;
    let alice = kit.registered("alice", ALICE).await;
    kit.signed_in(thief, Clearance::InGrace).await;
    kit.signed_in(alice, Clearance::Unchanged).await;
    let thief = kit.back(thief).await;
    kit.try_code(thief).await;
    let taken = kit.grant(thief, &new_sid(), Clearance::InGrace).await;
    assert_eq!(taken, GrantAnswer::NumberTaken, "now it is hers");
}

pub async fn ten_sim_checks_in_ten_minutes_over_all_sign_ins(kit: Kit) {
    let mut alice = kit.registered("alice", ALICE).await;
    for _ in 0..10 {
        assert_eq!(kit.check(alice).await, CheckReservation::Reserved);
        alice = kit.back(alice).await;
    }
    let kit = kit.restarted();
    let until = kit.now().plus(minutes(10));
    let limited = CheckReservation::Limited(CheckLimit::Number { until });
    assert_eq!(kit.check(alice).await, limited);
    let other = kit.registered("other", ALICE).await;
    assert_eq!(kit.check(other).await, limited, "the number counts, too");
    kit.set_clock(until);
    assert_eq!(kit.check(alice).await, CheckReservation::Reserved);
    let gone = kit.back(alice).await;
    let closed = CheckReservation::Closed(Closed::AccountChanged);
    assert_eq!(
        kit.check(alice).await,
        closed,
        "an older sign-in asks nothing"
    );
    assert_eq!(kit.check(gone).await, CheckReservation::Reserved);
}

pub async fn only_an_unchanged_sim_verifies(kit: Kit) {
    let mut alice = kit.registered("alice", ALICE).await;
    let first_seen = kit.now();
    let in_grace = NumberStanding::NeverVerified { first_seen };
    for clearance in [Clearance::InGrace, Clearance::Unchecked] {
        kit.signed_in(alice, clearance).await;
        alice = kit.back(alice).await;
        let standing = kit.live(alice).await.unwrap().standing;
        assert_eq!(standing, in_grace, "{clearance:?}");
    }

    let sid = kit.sent(alice).await;
    kit.try_code(alice).await;
    assert_eq!(
        kit.live(alice).await.unwrap().standing,
        in_grace,
        "a code not yet approved"
    );
    kit.grant(alice, &sid, Clearance::Unchanged).await;
    let kit = kit.restarted();
    let alice = kit.back(alice).await;
    assert_eq!(
        kit.live(alice).await.unwrap().standing,
        NumberStanding::Verified
    );
    kit.signed_in(alice, Clearance::InGrace).await;
    let alice = kit.back(alice).await;
    let standing = kit.live(alice).await.unwrap().standing;
    assert_eq!(standing, NumberStanding::Verified, "once verified, always");
}

pub async fn a_session_tells_of_the_time_before(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let bob = kit.registered("bob", BOB).await;
    let (alices, bobs) = (Who::User(alice.user), Who::User(bob.user));
    kit.record(alices.clone(), Act::CodeWrong, None).await;
    let wrong_at = kit.now();
    kit.pass(secs(9));
    kit.record(bobs, Act::CodeWrong, None).await;
    let first = kit.signed_in(alice, Clearance::InGrace).await;
    let expected = Session {
        last: None,
        failed_passwords: 0,
        failed_codes: 1,
        last_failure: Some(wrong_at),
        must_choose_password: false,
    };
    assert_eq!(first, expected);
    let first_at = kit.now();

    // The clock was wrong, and is set right: what counts is the order, not the time.
    kit.set_clock(first_at.minus(minutes(60)));
    for cause in ["wrong_password", "name_locked"] {
        kit.record(alices.clone(), Act::SignInRefused, Some(cause))
            .await;
    }
    let alice = kit.back(alice).await;
    kit.record(alices.clone(), Act::CodeWrong, None).await;
    kit.pass(secs(1));
    kit.record(alices.clone(), Act::CodeWrong, None).await;
    kit.record(alices.clone(), Act::CodeRefused, Some("expired"))
        .await;
    kit.record(
        Who::UnknownName("alice2".to_owned()),
        Act::SignInRefused,
        None,
    )
    .await;
    let expected = Session {
        last: Some(LastSignIn {
            at: first_at,
            channel: Some(Channel::Sms),
            clearance: Clearance::InGrace,
        }),
        failed_passwords: 2,
        failed_codes: 2,
        last_failure: Some(kit.now()),
        must_choose_password: false,
    };
    assert_eq!(kit.signed_in(alice, Clearance::Unchanged).await, expected);
    let alice = kit.back(alice).await;
    let third = kit.signed_in(alice, Clearance::Unchanged).await;
    assert_eq!((third.failed_passwords, third.failed_codes), (0, 0));
    assert_eq!(third.last_failure, None);
    assert_eq!(third.last.unwrap().clearance, Clearance::Unchanged);
}

pub async fn a_refused_grant_writes_nothing(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let again = kit.registered("again", ALICE).await;
    kit.signed_in(alice, Clearance::Unchanged).await;
    kit.try_code(alice).await;
    kit.try_code(again).await;
    let before = kit.found().await;
    let spent = kit.grant(alice, &new_sid(), Clearance::Unchanged).await;
    assert_eq!(spent, GrantAnswer::Spent);
    let taken = kit.grant(again, &new_sid(), Clearance::Unchanged).await;
    assert_eq!(taken, GrantAnswer::NumberTaken);
    assert_eq!(
        kit.found().await,
        before,
        "the caller's stop is the one entry"
    );
}
