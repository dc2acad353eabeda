use proptest::prelude::*;

use super::*;

const LIMITS: Limits = Limits::DEFAULT;
const START: Timestamp = Timestamp::from_micros(1_795_392_000_000_000);

fn at(seconds: u64) -> Timestamp {
    START.plus(Duration::from_secs(seconds))
}

fn checked(of_number: &[Timestamp], for_person: &[Timestamp]) -> CheckHistory {
    CheckHistory {
        of_number: of_number.to_vec(),
        for_person: for_person.to_vec(),
        budget_since: None,
    }
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
        tries = tries.reserve(LIMITS, at(n)).expect("five tries are free");
    }
    let locked = Err(Locked {
        until: at(5 + 1800),
    });
    assert_eq!(tries.reserve(LIMITS, at(5)), locked);
    assert_eq!(
        tries.reserve(LIMITS, at(5 + 1799)),
        locked,
        "still locked at 29:59"
    );
    assert_eq!(
        tries.reserve(LIMITS, at(5 + 1800)),
        Ok(wrong_passwords(1, 1805)),
        "a full budget again"
    );
}

/// What was counted under other limits counts under these.
#[test]
fn every_limit_is_taken_from_those_given() {
    let limits = Limits {
        passwords: 3,
        lock: Duration::from_secs(3600),
        codes_in_a_row: 4,
        codes_in_all: 12,
        sends_in_sign_in: 1,
        sends_in_ten_minutes: 2,
        sends_in_a_day: 3,
        checks_in_ten_minutes: 4,
        checks_in_a_day: 5,
        registrations_in_an_hour: 1,
        ..LIMITS
    };
    let locked = Err(Locked { until: at(3600) });
    assert!(wrong_passwords(2, 0).reserve(limits, START).is_ok());
    assert_eq!(wrong_passwords(3, 0).reserve(limits, at(3599)), locked);
    assert!(wrong_passwords(3, 0).reserve(limits, at(3600)).is_ok());

    let codes = |in_a_row, in_all| CodeTries {
        in_a_row,
        in_all,
        last: Some(START),
    };
    assert_eq!(codes(3, 11).open(limits, START), Ok(()));
    let closed = CodesClosed::Locked(Locked { until: at(3600) });
    assert_eq!(codes(4, 11).open(limits, at(3599)), Err(closed));
    assert_eq!(codes(4, 11).open(limits, at(3600)), Ok(()));
    let reserved = codes(4, 11).reserve(limits, at(3600));
    assert_eq!(reserved.map(|tries| tries.in_a_row), Ok(1));
    assert_eq!(
        codes(0, 12).open(limits, at(3600)),
        Err(CodesClosed::NeedsAdmin)
    );

    let sends = |seconds: &[u64], in_sign_in| SendHistory {
        in_sign_in,
        to_number: seconds.iter().copied().map(at).collect(),
        approved: Some(at(90)),
        ..SendHistory::default()
    };
    let number = |until| Err(SendLimit::Number { until: at(until) });
    assert_eq!(
        sends(&[], 1).may_send(limits, at(99)),
        Err(SendLimit::SignIn)
    );
    assert_eq!(sends(&[], 1).next_send(limits, at(99)), None);
    assert_eq!(sends(&[0], 0).may_send(limits, at(99)), Ok(()));
    assert_eq!(sends(&[0, 9], 0).may_send(limits, at(99)), number(600));
    assert_eq!(sends(&[0, 9], 0).may_send(limits, at(600)), Ok(()));
    assert_eq!(
        sends(&[0, 9, 9], 0).may_send(limits, at(86_399)),
        number(86_400)
    );
    assert_eq!(
        sends(&[0, 9, 9], 0).next_send(limits, at(99)),
        Some(at(86_400))
    );

    let checks = [0, 9, 9, 9, 700].map(at);
    let number = |until| Err(CheckLimit::Number { until: at(until) });
    let free = checked(&checks[..3], &[]).may_check(limits, at(99));
    assert_eq!(free, Ok(()));
    let used_up = checked(&checks[..4], &[]).may_check(limits, at(99));
    assert_eq!(used_up, number(600));
    let used_up = checked(&[], &checks).may_check(limits, at(999));
    assert_eq!(used_up, number(86_400));
    let locked = |until| Err(Locked { until: at(until) });
    assert_eq!(may_register(&[START], &[], limits, at(9)), locked(3600));
    assert_eq!(may_register(&[], &[], limits, at(9)), Ok(()));
}

#[test]
fn a_clock_set_back_lengthens_a_lock() {
    let earlier = START.minus(Duration::from_secs(86_400));
    assert!(wrong_passwords(5, 0).reserve(LIMITS, earlier).is_err());
}

#[test]
fn ten_codes_lock_and_a_hundred_need_an_admin() {
    let mut tries = CodeTries::default();
    let mut now = START;
    for round in 1..=10 {
        for _ in 0..10 {
            tries = tries.reserve(LIMITS, now).expect("ten in a row are free");
        }
        if round < 10 {
            let until = now.plus(LIMITS.lock);
            assert_eq!(
                tries.reserve(LIMITS, now),
                Err(CodesClosed::Locked(Locked { until }))
            );
            now = until;
        }
    }
    assert_eq!(tries.in_all, 100);
    let years_later = now.plus(Duration::from_secs(10 * 365 * 86_400));
    assert_eq!(
        tries.open(LIMITS, years_later),
        Err(CodesClosed::NeedsAdmin)
    );
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
            history.may_send(LIMITS, at(opens - 1)),
            Err(SendLimit::TooSoon { until })
        );
        assert_eq!(history.may_send(LIMITS, until), Ok(()), "{sends:?}");
    }
    assert_eq!(history(&[0], Some(10)).may_send(LIMITS, at(11)), Ok(()));
    assert_eq!(history(&[], None).may_send(LIMITS, at(0)), Ok(()));
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
                history.may_send(LIMITS, second_before),
                Err(SendLimit::Number { until: free })
            );
            assert_eq!(history.may_send(LIMITS, free), Ok(()));
        }
    }
    let third = SendHistory {
        in_sign_in: 3,
        ..SendHistory::default()
    };
    assert_eq!(third.may_send(LIMITS, START), Err(SendLimit::SignIn));
}

#[test]
fn five_registrations_an_hour_and_ten_refused() {
    let five: Vec<_> = (0..5).map(at).collect();
    let ten: Vec<_> = (0..10).map(at).collect();
    assert_eq!(may_register(&five[..4], &ten[..9], LIMITS, at(10)), Ok(()));
    for (done, refused) in [(five.as_slice(), &[] as &[_]), (&[], ten.as_slice())] {
        let locked = Err(Locked { until: at(3600) });
        assert_eq!(may_register(done, refused, LIMITS, at(3599)), locked);
        assert_eq!(may_register(done, refused, LIMITS, at(3600)), Ok(()));
    }
}

#[test]
fn ten_sim_checks_in_ten_minutes_and_thirty_a_day() {
    let ten: Vec<_> = (0..10).map(at).collect();
    let free = checked(&ten[..9], &ten[..9]).may_check(LIMITS, at(10));
    assert_eq!(free, Ok(()));
    for checks in [checked(&ten, &[]), checked(&[], &ten)] {
        let limit = Err(CheckLimit::Number { until: at(600) });
        assert_eq!(checks.may_check(LIMITS, at(599)), limit);
        assert_eq!(checks.may_check(LIMITS, at(600)), Ok(()));
    }
    let thirty: Vec<_> = (0..30).map(|n| at(n * 600)).collect();
    let thirty = checked(&thirty, &[]);
    let limit = Err(CheckLimit::Number { until: at(86_400) });
    assert_eq!(thirty.may_check(LIMITS, at(86_399)), limit);
    assert_eq!(thirty.may_check(LIMITS, at(86_400)), Ok(()));
}

#[test]
fn a_day_has_one_budget_for_everyone() {
    let until = at(86_400);
    let sends = SendHistory {
        budget_since: Some(START),
        ..SendHistory::default()
    };
    let used_up = Err(SendLimit::Budget { until });
    assert_eq!(sends.may_send(LIMITS, at(86_399)), used_up);
    assert_eq!(sends.next_send(LIMITS, at(9)), Some(until));
    assert_eq!(sends.may_send(LIMITS, until), Ok(()));
    let checks = CheckHistory {
        budget_since: Some(START),
        ..CheckHistory::default()
    };
    let used_up = Err(CheckLimit::Budget { until });
    assert_eq!(checks.may_check(LIMITS, at(86_399)), used_up);
    assert_eq!(checks.may_check(LIMITS, until), Ok(()));
}

#[test]
fn the_limit_that_lasts_longest_is_told() {
    let ten = [(); 10].map(|()| at(9));
    let mut sends = SendHistory {
        to_number: ten.to_vec(),
        budget_since: Some(START),
        ..SendHistory::default()
    };
    let until = at(86_400 + 9);
    let number = Err(SendLimit::Number { until });
    assert_eq!(sends.may_send(LIMITS, at(10)), number);
    sends.budget_since = Some(at(9));
    let budget = Err(SendLimit::Budget { until });
    assert_eq!(sends.may_send(LIMITS, at(10)), budget, "whoever it is");
    let mut checks = checked(&[at(1); 30], &[]);
    checks.budget_since = Some(START);
    let until = at(86_401);
    let number = Err(CheckLimit::Number { until });
    assert_eq!(checks.may_check(LIMITS, at(10)), number);
    checks.budget_since = Some(at(1));
    let budget = Err(CheckLimit::Budget { until });
    assert_eq!(checks.may_check(LIMITS, at(10)), budget);
}

#[test]
fn an_admin_is_told_at_four_fifths_of_a_budget() {
    let table = [(1, 1), (2, 2), (4, 4), (5, 4), (9, 8), (10, 8), (100, 80)];
    for (budget, warning) in table {
        assert_eq!(Limits::warning_at(budget), warning, "of {budget}");
    }
}

#[test]
fn the_next_send_is_the_first_moment_that_may_send() {
    let mut history = SendHistory::default();
    assert_eq!(history.next_send(LIMITS, START), Some(START));
    history.to_number = [0, 30, 90, 210, 510].map(at).to_vec();
    history.in_sign_in = 2;
    let next = at(600).max(at(510 + 300));
    assert_eq!(history.next_send(LIMITS, at(511)), Some(next));
    assert_eq!(
        history.may_send(LIMITS, at(511)),
        Err(SendLimit::TooSoon { until: next }),
        "the gap outlasts the five in ten minutes"
    );
    history.to_number = [300, 301, 302, 303, 599].map(at).to_vec();
    history.approved = Some(at(599));
    let five_in_ten = Err(SendLimit::Number { until: at(900) });
    assert_eq!(history.may_send(LIMITS, at(600)), five_in_ten);
    history.to_number = [0, 30, 90, 210, 510].map(at).to_vec();
    history.approved = None;
    assert_eq!(history.may_send(LIMITS, next), Ok(()));
    history.in_sign_in = 3;
    assert_eq!(history.next_send(LIMITS, at(511)), None);
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
            if let Ok(next) = tries.reserve(LIMITS, at(seconds)) {
                tries = next;
                hashed.push(at(seconds));
            }
        }
        // The lock runs from the fifth try, so the sixth comes half an hour after it at the least.
        for window in hashed.chunks(5).collect::<Vec<_>>().windows(2) {
            let fifth = window[0].last().expect("chunks are never empty");
            prop_assert!(window[1][0] >= fifth.plus(LIMITS.lock));
        }
    }

    /// However often somebody asks, the sends that are let through keep both limits and the gaps.
    #[test]
    fn sends_let_through_keep_every_limit(steps in prop::collection::vec(0_u64..400, 1..400)) {
        let mut history = SendHistory::default();
        let mut seconds = 0;
        for step in steps {
            seconds += step;
            if history.may_send(LIMITS, at(seconds)).is_ok() {
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
