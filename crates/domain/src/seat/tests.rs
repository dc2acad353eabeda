use proptest::prelude::*;
use uuid::Uuid;

use super::*;

type TestSeat = Seat<&'static str, &'static str>;

const LIMITS: SessionLimits = SessionLimits::DEFAULT;
const NOW: Duration = Duration::from_secs(1_000);
const MINE: SignInId = SignInId::new(Uuid::from_u128(1));
const OTHER: SignInId = SignInId::new(Uuid::from_u128(2));

fn seconds(n: u64) -> Duration {
    NOW + Duration::from_secs(n)
}

fn sid(n: u8) -> VerificationSid {
    VerificationSid::parse(&format!("VE{n:032x}")).expect("a SID")
}

fn person(sign_in: SignInId) -> Person {
    Person {
        user: UserId::new(Uuid::from_u128(7)),
        name: Username::parse("maria.lopez").expect("a name"),
        role: Role::Staff,
        number: PhoneNumber::parse("+447700900146", "GB").expect("a number"),
        locale: Locale::English,
        sign_in,
    }
}

/// The moves, each with the arguments of the sign-in `id` at `now`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Move {
    Identify,
    Clear,
    Sent,
    NotSentAgain,
    SendAgain,
    Answer,
    Wrong,
    Recover,
    NotRecovered,
    Occupy,
    Stop,
}

const MOVES: [Move; 11] = [
    Move::Identify,
    Move::Clear,
    Move::Sent,
    Move::NotSentAgain,
    Move::SendAgain,
    Move::Answer,
    Move::Wrong,
    Move::Recover,
    Move::NotRecovered,
    Move::Occupy,
    Move::Stop,
];

fn make(seat: TestSeat, step: Move, id: SignInId, now: Duration) -> Result<TestSeat, Refused> {
    let next = match step {
        Move::Identify => seat.identify(person(id), Channel::Sms),
        Move::Clear => seat.clear(id, Clearance::Unchanged, now),
        Move::Sent => seat.sent(id, sid(1), now),
        Move::NotSentAgain => seat.not_sent_again(id),
        Move::SendAgain => seat.send_again(Channel::Voice),
        Move::Answer => seat.answer(now),
        Move::Wrong => seat.wrong(id),
        Move::Recover => seat.recover(now),
        Move::NotRecovered => seat.not_recovered(id),
        Move::Occupy => seat.occupy(id, "counter", now),
        Move::Stop => seat.stop(id, "stopped", now),
    };
    next.map_err(|back| back.1)
}

fn after(steps: &[Move]) -> TestSeat {
    steps.iter().fold(Seat::Vacant, |seat, &step| {
        make(seat, step, MINE, NOW).expect("the steps lead there")
    })
}

/// Every state, and the moves that lead on from it. All else is refused.
#[test]
fn the_table_of_moves() {
    use Move::{
        Answer, Clear, Identify, NotRecovered, NotSentAgain, Occupy, Recover, SendAgain, Sent,
        Stop, Wrong,
    };
    let table: [(&[Move], SeatName, &[Move]); 13] = [
        (&[], SeatName::Vacant, &[Identify]),
        (&[Identify], SeatName::Identified, &[Clear, Stop]),
        (&[Identify, Clear], SeatName::Cleared, &[Sent, Stop]),
        (
            &[Identify, Clear, Sent],
            SeatName::CodeSent,
            &[SendAgain, Answer, Recover, Stop],
        ),
        (
            &[Identify, Clear, Sent, SendAgain],
            SeatName::Identified,
            &[Clear, NotSentAgain, Stop],
        ),
        (
            &[Identify, Clear, Sent, SendAgain, Clear],
            SeatName::Cleared,
            &[Sent, NotSentAgain, Stop],
        ),
        (
            &[Identify, Clear, Sent, Answer],
            SeatName::Answering,
            &[Wrong, Occupy, Stop],
        ),
        (
            &[Identify, Clear, Sent, Answer, Occupy],
            SeatName::Occupied,
            &[],
        ),
        (&[Identify, Stop], SeatName::Stopped, &[Recover]),
        (
            &[Identify, Stop, Recover],
            SeatName::Recovering,
            &[NotRecovered, Occupy, Stop],
        ),
        (
            &[Identify, Clear, Sent, Recover],
            SeatName::Recovering,
            &[NotRecovered, Occupy, Stop],
        ),
        (
            &[Identify, Clear, Sent, Recover, NotRecovered],
            SeatName::CodeSent,
            &[SendAgain, Answer, Recover, Stop],
        ),
        (
            &[Identify, Stop, Recover, NotRecovered],
            SeatName::Stopped,
            &[Recover],
        ),
    ];
    for (path, name, allowed) in table {
        assert_eq!(after(path).name(), name, "{path:?}");
        for step in MOVES {
            let next = make(after(path), step, MINE, NOW);
            assert_eq!(
                next.is_ok(),
                allowed.contains(&step),
                "{step:?} from {name:?}"
            );
        }
    }
}

#[test]
fn another_sign_in_moves_nothing() {
    use Move::{
        Answer, Clear, Identify, NotRecovered, NotSentAgain, Occupy, Recover, SendAgain, Sent,
        Stop, Wrong,
    };
    let table: [(&[Move], &[Move]); 5] = [
        (&[Identify], &[Clear, Stop]),
        (&[Identify, Clear], &[Sent, Stop]),
        (&[Identify, Clear, Sent, SendAgain, Clear], &[NotSentAgain]),
        (&[Identify, Clear, Sent, Answer], &[Wrong, Occupy, Stop]),
        (&[Identify, Stop, Recover], &[NotRecovered, Occupy, Stop]),
    ];
    for (path, steps) in table {
        for &step in steps {
            let next = make(after(path), step, OTHER, NOW);
            assert_eq!(
                next.err(),
                Some(Refused::OtherSignIn),
                "{step:?} after {path:?}"
            );
        }
    }
}

#[test]
fn a_clearance_lasts_sixty_seconds_from_the_question() {
    let seat = after(&[Move::Identify, Move::Clear]);
    assert!(seat.may_send(MINE, seconds(60)).is_ok());
    assert_eq!(
        seat.may_send(MINE, seconds(61)).err(),
        Some(Refused::StaleClearance)
    );
    assert!(
        seat.may_send(OTHER, NOW).is_err(),
        "nobody else's clearance"
    );
    assert!(
        after(&[Move::Identify]).may_send(MINE, NOW).is_err(),
        "no clearance, no send"
    );
}

#[test]
fn a_code_lasts_ten_minutes_and_sending_it_again_does_not_lengthen_that() {
    use Move::{Answer, Clear, Identify, SendAgain, Sent};
    let first = after(&[Identify, Clear, Sent]);
    let again = [SendAgain, Clear, Sent].iter().fold(first, |seat, &step| {
        make(seat, step, MINE, seconds(300)).expect("sent again after five minutes")
    });
    let Seat::CodeSent(at) = &again else {
        panic!("a code was sent");
    };
    assert_eq!(at.sent.life_left(seconds(599)), Duration::from_secs(1));
    assert_eq!(at.sent.channel, Channel::Voice);
    assert_eq!(
        make(again, Answer, MINE, seconds(600)).err(),
        Some(Refused::CodeExpired)
    );

    let new_sid =
        after(&[Identify, Clear, Sent, SendAgain, Clear]).sent(MINE, sid(2), seconds(300));
    let Ok(Seat::CodeSent(at)) = new_sid else {
        panic!("a new code was sent");
    };
    assert_eq!(
        at.sent.life_left(seconds(899)),
        Duration::from_secs(1),
        "a new code, a new life"
    );
}

#[test]
fn what_a_newer_check_said_stays_said_when_the_code_is_not_sent_again() {
    use Move::{Clear, Identify, SendAgain, Sent};
    let seat = after(&[Identify, Clear, Sent, SendAgain]);
    let cleared = seat.clear(MINE, Clearance::InGrace, NOW).expect("cleared");
    let Ok(Seat::CodeSent(at)) = cleared.not_sent_again(MINE) else {
        panic!("the code sent before still counts");
    };
    assert_eq!(at.sent.clearance, Clearance::InGrace);
}

/// From the best to the worst; the worse of two is what stays said.
#[test]
fn the_worse_clearance_stays_said_and_only_the_best_verifies() {
    use Clearance::{InGrace, Recovered, Unchanged, Unchecked};
    let order = [Unchanged, Unchecked, InGrace, Recovered];
    for (at, one) in order.into_iter().enumerate() {
        assert_eq!(one.verifies(), one == Unchanged);
        for (other_at, other) in order.into_iter().enumerate() {
            assert_eq!(one.worse(other), order[at.max(other_at)]);
        }
    }
}

#[test]
fn a_shorter_session_ends_sooner() {
    use Move::{Answer, Clear, Identify, Occupy, Sent};
    let Seat::Occupied(at) = after(&[Identify, Clear, Sent, Answer, Occupy]) else {
        panic!("somebody is signed in");
    };
    let limits = SessionLimits {
        idle: Duration::from_secs(60),
        longest: Duration::from_secs(3600),
    };
    assert_eq!(at.ended(limits, seconds(59)), None);
    assert_eq!(at.ended(limits, seconds(60)), Some(Ended::Idle));
    assert_eq!(at.ended(limits, seconds(3600)), Some(Ended::TooLong));
}

#[test]
fn wrong_codes_are_counted_over_sends() {
    use Move::{Answer, Clear, Identify, SendAgain, Sent, Wrong};
    let seat = after(&[
        Identify, Clear, Sent, Answer, Wrong, Answer, Wrong, SendAgain, Clear, Sent,
    ]);
    let Seat::CodeSent(at) = seat else {
        panic!("a code was sent");
    };
    assert_eq!(at.sent.tries_left(), 3);
}

#[test]
fn a_pending_code_is_known_until_the_end() {
    use Move::{Answer, Clear, Identify, Occupy, Recover, SendAgain, Sent, Stop};
    let table: [(&[Move], bool); 9] = [
        (&[Identify, Clear], false),
        (&[Identify, Clear, Sent], true),
        (&[Identify, Clear, Sent, SendAgain], true),
        (&[Identify, Clear, Sent, SendAgain, Clear], true),
        (&[Identify, Clear, Sent, Answer], true),
        (&[Identify, Clear, Sent, Answer, Occupy], false),
        (&[Identify, Clear, Sent, Stop], false),
        (&[Identify, Clear, Sent, Recover], true),
        (&[Identify, Clear, Sent, Stop, Recover], false),
    ];
    for (path, pending) in table {
        assert_eq!(after(path).pending().is_some(), pending, "{path:?}");
    }
}

#[test]
fn a_recovery_code_may_be_typed_for_five_minutes_after_a_stop() {
    use Move::{Identify, NotRecovered, Recover, Stop};
    let stopped = || after(&[Identify, Stop]);
    assert!(make(stopped(), Recover, MINE, seconds(299)).is_ok());
    assert_eq!(
        make(stopped(), Recover, MINE, seconds(300)).err(),
        Some(Refused::StopOver)
    );
    let wrong = make(stopped(), Recover, MINE, seconds(200)).expect("typed in time");
    let wrong = make(wrong, NotRecovered, MINE, seconds(299)).expect("it was wrong");
    assert_eq!(
        make(wrong, Recover, MINE, seconds(300)).err(),
        Some(Refused::StopOver),
        "a wrong one lengthens nothing"
    );
    let Ok(Seat::Occupied(at)) = after(&[Identify, Stop, Recover]).occupy(MINE, "counter", NOW)
    else {
        panic!("a right one opens");
    };
    assert_eq!(at.person, person(MINE));
}

#[test]
fn sessions_end_by_idling_and_by_length() {
    let Seat::Occupied(mut at) = after(&[
        Move::Identify,
        Move::Clear,
        Move::Sent,
        Move::Answer,
        Move::Occupy,
    ]) else {
        panic!("somebody is signed in");
    };
    assert_eq!(at.ended(LIMITS, seconds(899)), None);
    assert_eq!(at.ended(LIMITS, seconds(900)), Some(Ended::Idle));
    at.touched = seconds(12 * 3600 - 1);
    assert_eq!(at.ended(LIMITS, seconds(12 * 3600 - 1)), None);
    assert_eq!(at.ended(LIMITS, seconds(12 * 3600)), Some(Ended::TooLong));
}

/// What has been passed on the way to the counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Passed {
    Nothing,
    /// The password; then the SIM, the sending and the answer, one after the other.
    Stations(u8),
    /// The password, at which a stop is left with nothing else.
    Stop,
    /// A recovery code is being looked at, and where it was typed.
    Recovery(u8),
    All,
}

proptest! {
    /// Whatever is tried in whatever order by whomever, nobody reaches the counter but through the
    /// password and then a clearance, a send and an answer, each after the last, or a recovery code.
    /// Most steps are those that a whole sign-in would take next, so that many get there.
    #[test]
    fn nobody_skips_a_station(
        steps in prop::collection::vec((0_usize..11, 0_u8..10, 0_u64..30), 0..60),
    ) {
        let order = [Move::Identify, Move::Clear, Move::Sent, Move::Answer, Move::Occupy];
        let mut seat = TestSeat::Vacant;
        let mut now = NOW;
        let mut passed = Passed::Nothing;
        for (any, chance, wait) in steps {
            now += Duration::from_secs(wait);
            let next = match passed {
                Passed::Nothing => 0,
                Passed::Stations(stations) => usize::from(stations),
                Passed::Stop | Passed::Recovery(_) | Passed::All => 4,
            };
            let step = if chance < 6 { order[next] } else { MOVES[any] };
            let id = if chance == 9 { OTHER } else { MINE };
            let before = std::mem::take(&mut seat);
            let name = before.name();
            let next = match step {
                Move::Identify => before.identify(person(id), Channel::Sms),
                Move::Clear => before.clear(id, Clearance::Unchanged, now),
                Move::Sent => before.sent(id, sid(1), now),
                Move::NotSentAgain => before.not_sent_again(id),
                Move::SendAgain => before.send_again(Channel::Voice),
                Move::Answer => before.answer(now),
                Move::Wrong => before.wrong(id),
                Move::Recover => before.recover(now),
                Move::NotRecovered => before.not_recovered(id),
                Move::Occupy => before.occupy(id, "counter", now),
                Move::Stop => before.stop(id, "stopped", now),
            };
            seat = match next {
                Ok(next) => {
                    passed = match (step, passed) {
                        (Move::Identify, Passed::Nothing)
                        | (Move::SendAgain, Passed::Stations(3)) => Passed::Stations(1),
                        (Move::Clear, Passed::Stations(1)) => Passed::Stations(2),
                        (Move::Sent, Passed::Stations(2))
                        | (Move::NotSentAgain, Passed::Stations(1 | 2))
                        | (Move::Wrong, Passed::Stations(4))
                        | (Move::NotRecovered, Passed::Recovery(3)) => Passed::Stations(3),
                        (Move::Answer, Passed::Stations(3)) => Passed::Stations(4),
                        (Move::Recover, Passed::Stations(3)) => Passed::Recovery(3),
                        (Move::Recover, Passed::Stop) => Passed::Recovery(0),
                        (Move::NotRecovered, Passed::Recovery(0))
                        | (Move::Stop, Passed::Stations(_) | Passed::Recovery(_)) => Passed::Stop,
                        (Move::Occupy, Passed::Stations(4) | Passed::Recovery(_)) => Passed::All,
                        (step, passed) => {
                            return Err(TestCaseError::fail(format!("{step:?} after {passed:?}")));
                        }
                    };
                    next
                }
                Err(back) => {
                    prop_assert_eq!(back.0.name(), name, "a refusal changes nothing");
                    back.0
                }
            };
            prop_assert_eq!(matches!(seat, Seat::Occupied(_)), passed == Passed::All);
        }
    }
}
