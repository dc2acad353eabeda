use proptest::prelude::*;

use super::*;

const START: Timestamp = Timestamp::from_micros(1_795_392_000_000_000);

fn at(seconds: u64) -> Timestamp {
    START.plus(Duration::from_secs(seconds))
}

fn wrong_passwords(count: u32, seconds: u64) -> PasswordTries {
    PasswordTries {
        count,
        last: Some(at(seconds)),
    }
}

#[test]
fn the_fifth_wrong_password_locks_for_thirty_minutes() {
    let mut tries = PasswordTries::default();
    for n in 1..=5 {
        tries = tries.reserve(at(n)).expect("five tries are free");
    }
    let locked = Err(Locked {
        until: at(5 + 1800),
    });
    assert_eq!(tries.reserve(at(5)), locked);
    assert_eq!(tries.reserve(at(5 + 1799)), locked, "still locked at 29:59");
    assert_eq!(
        tries.reserve(at(5 + 1800)),
        Ok(wrong_passwords(1, 1805)),
        "a full budget again"
    );
}

#[test]
fn a_clock_set_back_lengthens_a_lock() {
    let earlier = START.minus(Duration::from_secs(86_400));
    assert!(wrong_passwords(5, 0).reserve(earlier).is_err());
}

#[test]
fn ten_codes_lock_and_a_hundred_need_an_admin() {
    let mut tries = CodeTries::default();
    let mut now = START;
    for round in 1..=10 {
        for _ in 0..10 {
            tries = tries.reserve(now).expect("ten in a row are free");
        }
        if round < 10 {
            let until = now.plus(LOCK);
            assert_eq!(
                tries.reserve(now),
                Err(CodesClosed::Locked(Locked { until }))
            );
            now = until;
        }
    }
    assert_eq!(tries.in_all, 100);
    let years_later = now.plus(Duration::from_secs(10 * 365 * 86_400));
    assert_eq!(tries.open(years_later), Err(CodesClosed::NeedsAdmin));
}

#[test]
fn gaps_grow_and_an_approved_code_ends_them() {
    let history = |sends: &[u64], approved: Option<u64>| SendHistory {
        to_number: sends.iter().copied().map(at).collect(),
        approved: approved.map(at),
        ..SendHistory::default()
    };
    let table: [(&[u64], u64); 4] = [
        (&[0], 30),
        (&[0, 30], 30 + 60),
        (&[0, 30, 90], 90 + 120),
        (&[0, 30, 90, 210], 210 + 300),
    ];
    for (sends, opens) in table {
        let until = at(opens);
        let history = history(sends, None);
        assert_eq!(
            history.may_send(at(opens - 1)),
            Err(SendLimit::TooSoon { until })
        );
        assert_eq!(history.may_send(until), Ok(()), "{sends:?}");
    }
    assert_eq!(history(&[0], Some(10)).may_send(at(11)), Ok(()));
    assert_eq!(history(&[], None).may_send(at(0)), Ok(()));
}

#[test]
fn numbers_and_people_have_their_own_limits() {
    let five: Vec<_> = [0, 60, 120, 180, 240].map(at).to_vec();
    let ten: Vec<_> = (0..10).map(|n| at(n * 3600)).collect();
    let table = [(five, at(600)), (ten, at(86_400))];
    for (sends, free) in table {
        let to_number = SendHistory {
            to_number: sends.clone(),
            approved: Some(at(9 * 3600)),
            ..SendHistory::default()
        };
        let for_person = SendHistory {
            for_person: sends,
            ..SendHistory::default()
        };
        let second_before = free.minus(Duration::from_secs(1));
        for history in [to_number, for_person] {
            assert_eq!(
                history.may_send(second_before),
                Err(SendLimit::Number { until: free })
            );
            assert_eq!(history.may_send(free), Ok(()));
        }
    }
    let third = SendHistory {
        in_sign_in: 3,
        ..SendHistory::default()
    };
    assert_eq!(third.may_send(START), Err(SendLimit::SignIn));
}

#[test]
fn five_registrations_an_hour_and_ten_refused() {
    let five: Vec<_> = (0..5).map(at).collect();
    let ten: Vec<_> = (0..10).map(at).collect();
    assert_eq!(may_register(&five[..4], &ten[..9], at(10)), Ok(()));
    for (done, refused) in [(five.as_slice(), &[] as &[_]), (&[], ten.as_slice())] {
        let locked = Err(Locked { until: at(3600) });
        assert_eq!(may_register(done, refused, at(3599)), locked);
        assert_eq!(may_register(done, refused, at(3600)), Ok(()));
    }
}

#[test]
fn ten_sim_checks_in_ten_minutes_and_thirty_a_day() {
    let ten: Vec<_> = (0..10).map(at).collect();
    assert_eq!(may_check(&ten[..9], &ten[..9], at(10)), Ok(()));
    for (number, person) in [(ten.as_slice(), &[] as &[_]), (&[], ten.as_slice())] {
        let locked = Err(Locked { until: at(600) });
        assert_eq!(may_check(number, person, at(599)), locked);
        assert_eq!(may_check(number, person, at(600)), Ok(()));
    }
    let thirty: Vec<_> = (0..30).map(|n| at(n * 600)).collect();
    let locked = Err(Locked { until: at(86_400) });
    assert_eq!(may_check(&thirty, &[], at(86_399)), locked);
    assert_eq!(may_check(&thirty, &[], at(86_400)), Ok(()));
}

#[test]
fn the_next_send_is_the_first_moment_that_may_send() {
    let mut history = SendHistory::default();
    assert_eq!(history.next_send(START), Some(START));
    history.to_number = [0, 30, 90, 210, 510].map(at).to_vec();
    history.in_sign_in = 2;
    let next = at(600).max(at(510 + 300));
    assert_eq!(history.next_send(at(511)), Some(next));
    assert_eq!(
        history.may_send(at(511)),
        Err(SendLimit::TooSoon { until: next }),
        "the gap outlasts the five in ten minutes"
    );
    history.to_number = [300, 301, 302, 303, 599].map(at).to_vec();
    history.approved = Some(at(599));
    let five_in_ten = Err(SendLimit::Number { until: at(900) });
    assert_eq!(history.may_send(at(600)), five_in_ten);
    history.to_number = [0, 30, 90, 210, 510].map(at).to_vec();
    history.approved = None;
    assert_eq!(history.may_send(next), Ok(()));
    history.in_sign_in = 3;
    assert_eq!(history.next_send(at(511)), None);
}

proptest! {
    /// However the tries are spread, no half hour sees more than five that reach the hash.
    #[test]
    fn no_half_hour_has_six_hashes(steps in prop::collection::vec(0_u64..2_000, 1..200)) {
        let mut tries = PasswordTries::default();
        let mut hashed: Vec<Timestamp> = Vec::new();
        let mut seconds = 0;
        for step in steps {
            seconds += step;
            if let Ok(next) = tries.reserve(at(seconds)) {
                tries = next;
                hashed.push(at(seconds));
            }
        }
        // The lock runs from the fifth try, so the sixth comes half an hour after it at the least.
        for window in hashed.chunks(5).collect::<Vec<_>>().windows(2) {
            let fifth = window[0].last().expect("chunks are never empty");
            prop_assert!(window[1][0] >= fifth.plus(LOCK));
        }
    }

    /// However often somebody asks, the sends that are let through keep both limits and the gaps.
    #[test]
    fn sends_let_through_keep_every_limit(steps in prop::collection::vec(0_u64..400, 1..400)) {
        let mut history = SendHistory::default();
        let mut seconds = 0;
        for step in steps {
            seconds += step;
            if history.may_send(at(seconds)).is_ok() {
                history.to_number.push(at(seconds));
                history.for_person.push(at(seconds));
            }
        }
        for (most, span) in [(5, 600), (10, 86_400)] {
            for window in history.to_number.windows(most + 1) {
                prop_assert!(window[most] >= window[0].plus(Duration::from_secs(span)));
            }
        }
        for pair in history.to_number.windows(2) {
            prop_assert!(pair[1] >= pair[0].plus(Duration::from_secs(30)));
        }
    }
}
