//! A change of somebody's number (BR1): the new one proves itself, and starts a history of its own.

use simgate_domain::attempts::SendLimit;
use simgate_domain::seat::Clearance;
use simgate_domain::{AccountState, NumberStanding, Role, SignInId, VerificationSid};
use simgate_store::{
    Act, CheckReservation, Closed, CodeAttempt, GrantAnswer, NumberAnswer, NumberProof, People,
    PersonAnswer, PersonChange, Registration, Seen, SendReservation, Store, StoreError, Who,
};

use crate::kit::{ALICE, BOB, Kit, Person, days, minutes, new_sid, new_sign_in, number};

const NEW: &str = "+447700900177";

async fn begin(
    kit: &Kit,
    by: Person,
    user: simgate_domain::UserId,
    e164: &str,
) -> (NumberAnswer, Person) {
    let change = new_sign_in();
    let on = Seen {
        user,
        version: kit.version(user).await,
    };
    let entry = kit.entry(Who::User(user), Act::NumberChangeBegun);
    let begun =
        kit.store
            .begin_number_change(on, change, number(e164), by.acting(), kit.limits(), entry);
    (
        begun.await.unwrap(),
        Person {
            user,
            sign_in: change,
        },
    )
}

async fn begun(kit: &Kit, by: Person, user: simgate_domain::UserId, e164: &str) -> Person {
    let (answer, change) = begin(kit, by, user, e164).await;
    assert!(matches!(answer, NumberAnswer::Done(_)), "{answer:?}");
    change
}

async fn finish(
    kit: &Kit,
    by: Person,
    change: Person,
    sid: &VerificationSid,
    clearance: Clearance,
) -> Result<NumberAnswer, StoreError> {
    let proof = NumberProof {
        user: change.user,
        change: change.sign_in,
        sid: sid.clone(),
        clearance,
    };
    let entry = kit.entry(Who::User(change.user), Act::NumberChanged);
    kit.store
        .finish_number_change(proof, by.acting(), kit.limits(), entry)
        .await
}

/// A check, a send and a right code.
async fn proved(kit: &Kit, by: Person, change: Person) -> NumberAnswer {
    assert_eq!(kit.check(change).await, CheckReservation::Reserved);
    let sid = kit.sent(change).await;
    assert_eq!(kit.try_code(change).await, CodeAttempt::Reserved);
    finish(kit, by, change, &sid, Clearance::Unchanged)
        .await
        .unwrap()
}

pub async fn a_new_number_proves_itself_and_starts_its_own_history(kit: Kit) {
    let admin = kit.admin().await;
    let alice = kit.registered("alice", ALICE).await;
    kit.signed_in(alice, Clearance::Unchanged).await;
    kit.pass(days(30));
    let change = begun(&kit, admin, alice.user, NEW).await;
    assert_eq!(
        kit.live(change).await.unwrap().standing,
        NumberStanding::NeverVerified {
            first_seen: kit.now()
        },
        "it is the new number that is asked about"
    );
    assert_eq!(
        kit.details(alice.user).await.row.number.e164(),
        ALICE,
        "nothing is changed yet"
    );
    let NumberAnswer::Done(row) = proved(&kit, admin, change).await else {
        panic!("it was proved");
    };
    assert_eq!(row.number.e164(), NEW);
    let details = kit.details(alice.user).await;
    assert_eq!(details.number_seen, kit.now());
    assert_eq!(details.number_verified, Some(kit.now()));
    assert!(
        !kit.store
            .is_current(alice.user, alice.sign_in)
            .await
            .unwrap()
    );
    assert_eq!(kit.found().await[0].1, "number_changed");

    let kit = kit.restarted();
    let alice = kit.back(alice).await;
    kit.signed_in(alice, Clearance::Unchanged).await;
    let bob = kit.registered("bob", ALICE).await;
    let old = kit.live(bob).await.unwrap().standing;
    assert_eq!(
        old,
        NumberStanding::Verified,
        "what is known of the old number stays"
    );
    kit.signed_in(bob, Clearance::Unchanged).await;
}

pub async fn nothing_but_an_unchanged_sim_and_a_code_changes_a_number(kit: Kit) {
    let admin = kit.admin().await;
    let alice = kit.registered("alice", ALICE).await;
    let change = begun(&kit, admin, alice.user, NEW).await;
    let sid = kit.sent(change).await;
    let uncounted = finish(&kit, admin, change, &sid, Clearance::Unchanged).await;
    assert!(
        matches!(uncounted, Err(StoreError::Failed(_))),
        "{uncounted:?}"
    );
    kit.try_code(change).await;
    let in_grace = finish(&kit, admin, change, &sid, Clearance::InGrace).await;
    assert!(
        matches!(in_grace, Err(StoreError::Failed(_))),
        "{in_grace:?}"
    );
    assert_eq!(kit.details(alice.user).await.row.number.e164(), ALICE);
}

pub async fn a_change_of_number_opens_no_session(kit: Kit) {
    let admin = kit.admin().await;
    let alice = kit.registered("alice", ALICE).await;
    let change = begun(&kit, admin, alice.user, NEW).await;
    let sid = kit.sent(change).await;
    kit.try_code(change).await;
    let granted = kit.grant(change, &sid, Clearance::Unchanged).await;
    assert_eq!(granted, GrantAnswer::Closed(Closed::AccountChanged));
    assert!(
        !kit.store
            .is_current(change.user, change.sign_in)
            .await
            .unwrap()
    );
}

pub async fn checks_sends_and_tries_count_as_in_a_sign_in(kit: Kit) {
    let admin = kit.admin().await;
    let alice = kit.registered("alice", ALICE).await;
    let change = begun(&kit, admin, alice.user, NEW).await;
    for _ in 0..3 {
        kit.sent(change).await;
        kit.pass(minutes(5));
    }
    let limited = kit.send(change).await;
    let SendReservation::Limited {
        limit: SendLimit::SignIn,
        ..
    } = limited
    else {
        panic!("three are all: {limited:?}");
    };
    let again = begun(&kit, admin, alice.user, NEW).await;
    assert_eq!(
        kit.live(change).await,
        Err(Closed::AccountChanged),
        "the older one is over"
    );
    for _ in 0..3 {
        kit.pass(minutes(5));
        kit.sent(again).await;
    }
    for n in 0..4 {
        let change = begun(&kit, admin, alice.user, NEW).await;
        kit.pass(minutes(15));
        let sent = kit.send(change).await;
        assert!(
            matches!(sent, SendReservation::Reserved { .. }),
            "{n}: {sent:?}"
        );
    }
    kit.pass(minutes(15));
    let change = begun(&kit, admin, alice.user, NEW).await;
    let eleventh = kit.send(change).await;
    assert!(
        matches!(
            eleventh,
            SendReservation::Limited {
                limit: SendLimit::Number { .. },
                ..
            }
        ),
        "ten in a day, however often it is begun: {eleventh:?}"
    );
    for _ in 0..10 {
        assert_eq!(kit.try_code(change).await, CodeAttempt::Reserved);
    }
    let change = begun(&kit, admin, alice.user, NEW).await;
    assert!(matches!(
        kit.try_code(change).await,
        CodeAttempt::Closed(Closed::Codes(_))
    ));
}

pub async fn a_change_holds_only_as_long_as_all_is_as_it_was(kit: Kit) {
    let admin = kit.admin().await;
    let other = kit.colleague(admin, "admin.two", BOB, Role::Admin).await;
    let alice = kit.registered("alice", ALICE).await;
    let change = begun(&kit, admin, alice.user, NEW).await;
    let sid = kit.sent(change).await;
    kit.try_code(change).await;
    kit.done(other, alice.user, PersonChange::Role(Role::Supervisor))
        .await;
    assert_eq!(
        kit.send(change).await,
        SendReservation::Closed(Closed::AccountChanged)
    );
    let late = finish(&kit, admin, change, &sid, Clearance::Unchanged)
        .await
        .unwrap();
    assert!(
        matches!(late, NumberAnswer::Not(PersonAnswer::Outdated(_))),
        "{late:?}"
    );

    let change = begun(&kit, admin, alice.user, NEW).await;
    kit.pass(minutes(1));
    let sid = kit.sent(change).await;
    kit.try_code(change).await;
    let newer = kit.back(admin).await;
    let over = finish(&kit, admin, change, &sid, Clearance::Unchanged)
        .await
        .unwrap();
    assert_eq!(
        over,
        NumberAnswer::Not(PersonAnswer::NotAllowed),
        "the admin's session is over"
    );
    kit.signed_in(newer, Clearance::Unchanged).await;
    let done = finish(&kit, newer, change, &sid, Clearance::Unchanged)
        .await
        .unwrap();
    assert!(matches!(done, NumberAnswer::Done(_)));
    let twice = finish(&kit, newer, change, &sid, Clearance::Unchanged)
        .await
        .unwrap();
    assert_eq!(twice, NumberAnswer::Superseded);
}

pub async fn a_number_that_is_anothers_is_not_taken_over(kit: Kit) {
    let admin = kit.admin().await;
    let alice = kit.registered("alice", ALICE).await;
    kit.registered("bob", BOB).await;
    assert_eq!(
        begin(&kit, admin, alice.user, BOB).await.0,
        NumberAnswer::Taken
    );
    assert_eq!(
        begin(&kit, admin, alice.user, ALICE).await.0,
        NumberAnswer::Same
    );
    let change = begun(&kit, admin, alice.user, NEW).await;
    assert_eq!(kit.register("carol", NEW).await.0, Registration::Done);
    assert_eq!(proved(&kit, admin, change).await, NumberAnswer::Taken);
}

pub async fn only_an_admin_changes_the_number_of_somebody_active(kit: Kit) {
    let admin = kit.admin().await;
    let supervisor = kit
        .colleague(admin, "supervisor.one", BOB, Role::Supervisor)
        .await;
    let (_, alice) = kit.register_as(AccountState::Pending, "alice", ALICE).await;
    let refused = |answer| NumberAnswer::Not(answer);
    let pending = begin(&kit, admin, alice.user, NEW).await.0;
    assert_eq!(
        pending,
        refused(PersonAnswer::Unfitting),
        "no code for who is not approved"
    );
    kit.done(admin, alice.user, PersonChange::Approve).await;
    let not_allowed = begin(&kit, supervisor, alice.user, NEW).await.0;
    assert_eq!(not_allowed, refused(PersonAnswer::NotAllowed));
    let change = begun(&kit, admin, alice.user, NEW).await;
    kit.store
        .drop_number_change(alice.user, SignInId::new(uuid::Uuid::from_u128(9)))
        .await
        .unwrap();
    assert!(kit.live(change).await.is_ok(), "another change was dropped");
    kit.store
        .drop_number_change(alice.user, change.sign_in)
        .await
        .unwrap();
    assert_eq!(kit.live(change).await, Err(Closed::AccountChanged));
    let sid = new_sid();
    let dropped = finish(&kit, admin, change, &sid, Clearance::Unchanged)
        .await
        .unwrap();
    assert_eq!(dropped, NumberAnswer::Superseded);
}

/// The verification of a change is pending for the new number, as any other.
pub async fn what_a_change_left_pending_is_known(kit: Kit) {
    let admin = kit.admin().await;
    let alice = kit.registered("alice", ALICE).await;
    let change = begun(&kit, admin, alice.user, NEW).await;
    let sid = kit.sent(change).await;
    assert_eq!(
        kit.store.pending().await.unwrap(),
        std::slice::from_ref(&sid)
    );
    kit.pass(minutes(1));
    let again = begun(&kit, admin, alice.user, NEW).await;
    let SendReservation::Reserved { stale, .. } = kit.send(again).await else {
        panic!("a send is free");
    };
    assert_eq!(stale, Some(sid));
}
