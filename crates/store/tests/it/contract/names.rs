//! Passwords against names.

use std::sync::Arc;

use simgate_domain::attempts::{CheckLimit, CodesClosed, Limits, Locked, SendLimit};
use simgate_store::{
    CheckReservation, Closed, CodeAttempt, NameTried, Registration, SendReservation, Store,
};

use crate::kit::{ALICE, BOB, Kit, days, minutes, name, secs};

pub async fn five_wrong_passwords_lock_a_name(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    for _ in 0..4 {
        assert_eq!(kit.try_password(name("alice")).await.locked, None);
    }
    let kit = kit.restarted();
    assert_eq!(kit.try_password(name("alice")).await.locked, None);
    let until = kit.now().plus(minutes(30));

    let kit = kit.restarted();
    let sixth = kit.try_password(name("alice")).await;
    assert_eq!(
        sixth.locked,
        Some(Locked { until }),
        "a restart opens no lock"
    );
    let account = sixth
        .account
        .expect("a locked account still gets its hash computed");
    assert_eq!(account.user, alice.user);

    kit.pass(secs(30 * 60 - 1));
    let still = kit.try_password(name("alice")).await.locked;
    assert_eq!(
        still,
        Some(Locked { until }),
        "trying does not move the end"
    );
    kit.pass(secs(1));
    assert_eq!(kit.try_password(name("alice")).await.locked, None);
}

pub async fn after_a_lock_there_are_five_more(kit: Kit) {
    kit.registered("alice", ALICE).await;
    for round in 0..3 {
        let (reserved, _) = kit.try_passwords(name("alice")).await;
        assert_eq!(reserved, 5, "round {round}");
        kit.pass(minutes(30));
    }
}

pub async fn unknown_names_are_locked_alike(kit: Kit) {
    for nobody in [name("nobody"), NameTried::Unreadable("<script>".to_owned())] {
        let until = kit.now().plus(minutes(30));
        let tried = kit.try_passwords(nobody.clone()).await;
        assert_eq!(tried, (5, Locked { until }));
        assert!(kit.try_password(nobody).await.account.is_none());
    }
}

pub async fn a_stricter_limit_holds_for_what_was_counted_before(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    for _ in 0..3 {
        kit.try_password(name("alice")).await;
        kit.try_code(alice).await;
    }
    let first_send = kit.now();
    kit.sent(alice).await;
    kit.check(alice).await;
    kit.set_limits(Limits {
        passwords: 3,
        lock: minutes(60),
        codes_in_a_row: 3,
        registrations_in_an_hour: 1,
        ..Limits::DEFAULT
    });
    let until = kit.now().plus(minutes(60));
    let locked = kit.try_password(name("alice")).await.locked;
    assert_eq!(locked, Some(Locked { until }));
    let closed = Closed::Codes(CodesClosed::Locked(Locked { until }));
    assert_eq!(kit.begin(alice).await.0, Err(closed));
    assert_eq!(kit.live(alice).await, Err(closed));
    assert_eq!(kit.try_code(alice).await, CodeAttempt::Closed(closed));
    assert_eq!(kit.send(alice).await, SendReservation::Closed(closed));
    let too_many = Registration::TooMany(Locked { until });
    assert_eq!(kit.register("bob", BOB).await.0, too_many);

    kit.set_limits(Limits {
        sends_in_sign_in: 1,
        sends_in_a_day: 1,
        checks_in_ten_minutes: 1,
        ..Limits::DEFAULT
    });
    kit.pass(minutes(2));
    let next = Some(first_send.plus(days(1)));
    assert_eq!(
        kit.live(alice).await.unwrap().may_send,
        Err(SendLimit::SignIn)
    );
    let limit = SendLimit::SignIn;
    let limited = SendReservation::Limited { limit, next: None };
    assert_eq!(kit.send(alice).await, limited);
    let alice = kit.back(alice).await;
    let limit = SendLimit::Number {
        until: first_send.plus(days(1)),
    };
    let limited = SendReservation::Limited { limit, next };
    assert_eq!(kit.send(alice).await, limited);
    let until = first_send.plus(minutes(10));
    let limited = CheckReservation::Limited(CheckLimit::Number { until });
    assert_eq!(kit.check(alice).await, limited);
}

pub async fn a_clock_set_back_opens_no_lock(kit: Kit) {
    kit.try_passwords(name("alice")).await;
    kit.set_clock(kit.now().minus(days(1)));
    assert!(kit.try_password(name("alice")).await.locked.is_some());
}

pub async fn a_right_password_forgets_the_wrong_ones(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    for _ in 0..4 {
        kit.try_password(name("alice")).await;
    }
    kit.back(alice).await;
    assert_eq!(kit.try_passwords(name("alice")).await.0, 5);
}

pub async fn a_registration_forgets_the_tries_against_its_name(kit: Kit) {
    kit.try_passwords(name("alice")).await;
    kit.registered("alice", ALICE).await;
    assert_eq!(kit.try_password(name("alice")).await.locked, None);
}

pub async fn one_name_has_many_spellings_and_one_count(kit: Kit) {
    for typed in ["José", "jose", "JOSE\u{301}", " jose ", "josé"] {
        assert_eq!(kit.try_password(name(typed)).await.locked, None, "{typed}");
    }
    assert!(kit.try_password(name("jose")).await.locked.is_some());
}

pub async fn unreadable_names_are_told_apart_by_their_beginning(kit: Kit) {
    let long = |end: &str| NameTried::Unreadable("é".repeat(10_000) + end);
    kit.try_passwords(long("one")).await;
    let other_end = kit.try_password(long("other")).await;
    assert!(
        other_end.locked.is_some(),
        "no more than the beginning is looked at"
    );
    let other = NameTried::Unreadable("è".repeat(10_000));
    assert!(kit.try_password(other).await.locked.is_none());
    let like_a_name = NameTried::Unreadable("alice".to_owned());
    kit.try_passwords(like_a_name).await;
    let alice = kit.try_password(name("alice")).await;
    assert!(
        alice.locked.is_none(),
        "what cannot be a name locks no name"
    );
}

pub async fn sixty_four_at_once_are_five(kit: Kit) {
    kit.registered("alice", ALICE).await;
    let now = kit.now();
    let tasks: Vec<_> = (0..64)
        .map(|_| {
            let store = Arc::clone(&kit.store);
            tokio::spawn(async move {
                store
                    .reserve_password_attempt(name("alice"), Limits::DEFAULT, now)
                    .await
            })
        })
        .collect();
    let mut reserved = 0;
    for task in tasks {
        reserved += usize::from(task.await.unwrap().unwrap().locked.is_none());
    }
    assert_eq!(reserved, 5);
}

pub async fn unknown_names_take_bounded_space(kit: Kit) {
    kit.registered("alice", ALICE).await;
    kit.try_passwords(name("alice")).await;
    kit.try_passwords(name("first")).await;
    kit.try_passwords(name("second")).await;
    // Neither a clock set back nor the order of the hashes decides who gives way.
    kit.set_clock(kit.now().minus(days(1)));
    for other in 0..9_999 {
        kit.try_password(name(&format!("other{other}"))).await;
    }
    let second = kit.try_password(name("second")).await;
    assert!(second.locked.is_some(), "ten thousand names are remembered");
    let first = kit.try_password(name("first")).await;
    assert!(first.locked.is_none(), "the longest untouched gave way");
    let known = kit.try_password(name("alice")).await;
    assert!(
        known.locked.is_some(),
        "a name that somebody has never gives way"
    );
}
