//! The limits on sends, as the store counts them.

use simgate_domain::attempts::SendLimit;
use simgate_domain::seat::Clearance;
use simgate_store::SendReservation;

use crate::kit::{ALICE, BOB, Kit, Person, days, minutes, secs};

async fn limited(kit: &Kit, to: Person) -> SendLimit {
    let reserved = kit.send(to).await;
    let SendReservation::Limited { limit, .. } = reserved else {
        panic!("a limit was reached, not {reserved:?}");
    };
    limit
}

pub async fn gaps_grow_and_a_sign_in_has_three(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    for gap in [30, 60] {
        let until = kit.now().plus(secs(gap));
        let reserved = SendReservation::Reserved {
            stale: None,
            next: Some(until),
        };
        assert_eq!(kit.send(alice).await, reserved);
        kit.pass(secs(gap - 1));
        let too_soon = SendReservation::Limited {
            limit: SendLimit::TooSoon { until },
            next: Some(until),
        };
        assert_eq!(kit.send(alice).await, too_soon);
        kit.pass(secs(1));
    }
    let third = SendReservation::Reserved {
        stale: None,
        next: None,
    };
    assert_eq!(kit.send(alice).await, third);
    // Not a day later, nor with the clock a year ahead.
    for later in [minutes(5), days(1), days(365)] {
        kit.pass(later);
        let used_up = SendReservation::Limited {
            limit: SendLimit::SignIn,
            next: None,
        };
        assert_eq!(kit.send(alice).await, used_up);
    }
}

pub async fn a_sign_in_has_three_however_the_clock_is_set(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let bob = kit.registered("bob", BOB).await;
    for _ in 0..3 {
        kit.sent(alice).await;
        kit.pass(days(2));
        let bob = kit.back(bob).await;
        kit.sent(bob).await;
        kit.pass(days(2));
    }
    assert_eq!(limited(&kit, alice).await, SendLimit::SignIn);
}

/// Sends at the earliest moments, two in each sign-in.
async fn send_times(kit: &Kit, alice: Person, times: usize) -> Person {
    let mut alice = alice;
    for sent in 0..times {
        if sent % 2 == 0 {
            alice = kit.back(alice).await;
        }
        let reserved = kit.send(alice).await;
        let SendReservation::Reserved { next, .. } = reserved else {
            panic!("send {sent} was free, not {reserved:?}");
        };
        kit.set_clock(next.unwrap());
    }
    kit.back(alice).await
}

pub async fn five_in_ten_minutes_over_all_sign_ins(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let start = kit.now();
    let alice = send_times(&kit, alice, 4).await;
    kit.sent(alice).await;
    // The gap after the fifth, five minutes long, outlasts the five in ten minutes.
    let until = kit.now().plus(minutes(5));
    assert!(until > start.plus(minutes(10)));
    assert_eq!(limited(&kit, alice).await, SendLimit::TooSoon { until });
    kit.set_clock(until);
    kit.sent(alice).await;
}

pub async fn ten_in_a_day(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let start = kit.now();
    let alice = send_times(&kit, alice, 10).await;
    kit.set_clock(start.plus(days(1)).minus(secs(1)));
    let until = start.plus(days(1));
    assert_eq!(limited(&kit, alice).await, SendLimit::Number { until });
    kit.set_clock(until);
    kit.sent(alice).await;
    kit.set_clock(start);
    let alice = kit.back(alice).await;
    let set_back = limited(&kit, alice).await;
    let (SendLimit::Number { until: end } | SendLimit::TooSoon { until: end }) = set_back else {
        panic!("a clock set back frees no send: {set_back:?}");
    };
    assert!(end >= until, "nor does it shorten a limit");
}

pub async fn a_number_counts_whoever_sends_to_it(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    let bob = kit.registered("bob", ALICE).await;
    kit.sent(alice).await;
    let until = kit.now().plus(secs(30));
    assert_eq!(limited(&kit, bob).await, SendLimit::TooSoon { until });
}

pub async fn an_approved_code_ends_the_gaps(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    kit.sent(alice).await;
    kit.pass(secs(5));
    kit.signed_in(alice, Clearance::Unchanged).await;
    let alice = kit.back(alice).await;
    kit.sent(alice).await;
}

pub async fn asking_counts_nothing(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    for _ in 0..10 {
        assert_eq!(kit.live(alice).await.unwrap().may_send, Ok(()));
    }
    kit.sent(alice).await;
    let until = kit.now().plus(secs(30));
    let too_soon = Err(SendLimit::TooSoon { until });
    for _ in 0..10 {
        assert_eq!(kit.live(alice).await.unwrap().may_send, too_soon);
        assert_eq!(limited(&kit, alice).await, SendLimit::TooSoon { until });
    }
    kit.set_clock(until);
    assert_eq!(kit.live(alice).await.unwrap().may_send, Ok(()));
}

pub async fn a_restart_forgets_no_send(kit: Kit) {
    let alice = kit.registered("alice", ALICE).await;
    kit.sent(alice).await;
    let until = kit.now().plus(secs(30));
    let kit = kit.restarted();
    assert_eq!(limited(&kit, alice).await, SendLimit::TooSoon { until });
}
