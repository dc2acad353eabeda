//! What the answer to a SIM check says. In doubt it says nothing.

use std::time::Duration;

use serde::Deserialize;
use simgate_domain::sim::ChangedWithin;
use simgate_domain::{CannotTell, PhoneNumber, SimOutcome, SimWindow};

use super::cost::Costs;
use super::problem;
use crate::credential::is_visible;
use crate::http::Answer;
use crate::sim_check::SimReport;

/// The longest name of a check that is believed. tru.ID's have 36 characters.
const LONGEST_ID: usize = 64;

/// The fields of a created check that are of use here.
///
/// Serde takes no other type for a field and no field twice, so that `"true"`, `1` and two
/// different answers in one are no answer.
#[derive(Deserialize)]
struct Check {
    #[serde(rename = "check_id")]
    id: String,
    status: String,
    #[serde(default)]
    no_sim_change: Option<bool>,
    #[serde(default)]
    no_sim_change_period: Option<i64>,
    #[serde(default)]
    sim_change_within: Option<i64>,
    #[serde(default)]
    error_code: Option<String>,
    /// Not documented. If it is there all the same, it must be ours.
    #[serde(default)]
    phone_number: Option<String>,
}

/// The report that an answer makes to a check on this number over this window.
pub(super) fn report(answer: &Answer, number: &PhoneNumber, window: SimWindow) -> SimReport {
    if answer.status != 201 {
        return SimReport::unknown(problem::of_check(answer));
    }
    let check = answer
        .json::<Check>()
        .filter(|check| is_visible(&check.id, LONGEST_ID));
    let Costs { cost, balance } = Costs::read(answer);
    let Some(check) = check else {
        return SimReport {
            cost,
            balance,
            ..SimReport::unknown(CannotTell::MalformedAnswer)
        };
    };
    let outcome = check
        .outcome(number, window)
        .unwrap_or_else(|cause| SimOutcome::Unknown { cause });
    SimReport {
        outcome,
        check_id: Some(check.id),
        cost,
        balance,
    }
}

impl Check {
    fn outcome(&self, number: &PhoneNumber, window: SimWindow) -> Result<SimOutcome, CannotTell> {
        if !self.is_about(number) {
            return Err(CannotTell::MalformedAnswer);
        }
        match self.status.as_str() {
            "COMPLETED" => self.completed(window),
            "ERROR" => Err(self.error()),
            _ => Err(CannotTell::MalformedAnswer),
        }
    }

    fn is_about(&self, number: &PhoneNumber) -> bool {
        let digits = |text: &str| text.strip_prefix('+').unwrap_or(text).to_owned();
        let named = self.phone_number.as_deref();
        named.is_none_or(|named| digits(named) == digits(number.e164()))
    }

    fn completed(&self, window: SimWindow) -> Result<SimOutcome, CannotTell> {
        let asked = i64::from(window.minutes());
        if self
            .no_sim_change_period
            .is_some_and(|period| period != asked)
        {
            return Err(CannotTell::MalformedAnswer);
        }
        let bucket = self.sim_change_within.map(Bucket::of);
        match self.no_sim_change {
            Some(true) if bucket.is_some_and(|bucket| bucket.lies_within(asked)) => {
                Err(CannotTell::MalformedAnswer)
            }
            Some(true) => Ok(SimOutcome::Unchanged),
            Some(false) => {
                let within = bucket.filter(|bucket| bucket.reaches_into(asked));
                Ok(SimOutcome::Changed {
                    within: within.and_then(Bucket::span),
                })
            }
            None => Err(CannotTell::MalformedAnswer),
        }
    }

    /// `SimCheckErrorCode` of tru.ID's API definitions.
    fn error(&self) -> CannotTell {
        match self.error_code.as_deref() {
            Some("mno_not_supported") => CannotTell::OperatorNotSupported,
            Some("mno_timeout") => CannotTell::OperatorTimeout,
            Some("mno_user_not_found") => CannotTell::NumberNotKnown,
            Some("mno_no_data_available") => CannotTell::NoData,
            // `mno_response_error`, `mno_server_error`, and whatever else there may be one day:
            // the check was made and the operator did not answer it.
            Some(_) | None => CannotTell::OperatorFailed,
        }
    }
}

/// Upper ends of tru.ID's buckets in minutes, the last of which is a year.
const ENDS: [i64; 11] = [
    60, 360, 720, 1_440, 2_880, 4_320, 10_080, 43_200, 129_600, 259_200, 525_600,
];
/// What stands for more than a year.
const BEYOND: i64 = 525_601;

/// A value of `sim_change_within`, in minutes before the check.
#[derive(Clone, Copy)]
enum Bucket {
    /// More than the first, and up to the second.
    Between(i64, i64),
    /// More than this.
    Beyond(i64),
    /// A value that is not in tru.ID's table, though it should be the end of a span.
    Unknown(i64),
}

impl Bucket {
    fn of(value: i64) -> Self {
        match ENDS.iter().position(|end| *end == value) {
            Some(0) => Self::Between(0, value),
            Some(place) => Self::Between(ENDS[place - 1], value),
            None if value == BEYOND => Self::Beyond(ENDS[ENDS.len() - 1]),
            None => Self::Unknown(value),
        }
    }

    /// Whether a change in it is certain to be in a window of so many minutes.
    fn lies_within(self, window: i64) -> bool {
        match self {
            Self::Between(_, end) | Self::Unknown(end) => end <= window,
            Self::Beyond(_) => false,
        }
    }

    /// Whether a change in it can be in a window of so many minutes.
    fn reaches_into(self, window: i64) -> bool {
        match self {
            Self::Between(start, _) | Self::Beyond(start) => start < window,
            Self::Unknown(_) => true,
        }
    }

    fn span(self) -> Option<ChangedWithin> {
        let (start, end) = match self {
            Self::Between(start, end) => (start, Some(end)),
            Self::Beyond(start) => (start, None),
            Self::Unknown(_) => return None,
        };
        Some(ChangedWithin {
            at_least: minutes(start),
            at_most: end.map(minutes),
        })
    }
}

fn minutes(count: i64) -> Duration {
    Duration::from_secs(count.unsigned_abs() * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAYS: u64 = 24 * 60;

    fn outcome(fields: &str, window: u32) -> SimOutcome {
        let number = PhoneNumber::from_e164("+447700900123").unwrap();
        let body = format!(r#"{{"check_id":"c69bc0e6","status":"COMPLETED",{fields}}}"#);
        let window = SimWindow::from_minutes(window).unwrap();
        report(&Answer::of(201, &body), &number, window).outcome
    }

    fn changed(span: Option<(u64, Option<u64>)>) -> SimOutcome {
        let within = span.map(|(start, end)| ChangedWithin {
            at_least: Duration::from_secs(start * 60),
            at_most: end.map(|end| Duration::from_secs(end * 60)),
        });
        SimOutcome::Changed { within }
    }

    const MALFORMED: SimOutcome = SimOutcome::Unknown {
        cause: CannotTell::MalformedAnswer,
    };

    #[test]
    fn a_change_is_put_in_the_span_of_its_bucket() {
        let table = [
            (60, Some((0, Some(60)))),
            (360, Some((60, Some(360)))),
            (720, Some((360, Some(720)))),
            (1_440, Some((720, Some(DAYS)))),
            (2_880, Some((DAYS, Some(2 * DAYS)))),
            (4_320, Some((2 * DAYS, Some(3 * DAYS)))),
            (10_080, Some((3 * DAYS, Some(7 * DAYS)))),
            (43_200, Some((7 * DAYS, Some(30 * DAYS)))),
            (129_600, Some((30 * DAYS, Some(90 * DAYS)))),
            (259_200, Some((90 * DAYS, Some(180 * DAYS)))),
            (525_600, Some((180 * DAYS, Some(365 * DAYS)))),
            (525_601, Some((365 * DAYS, None))),
            // The value in tru.ID's own example, which its table does not have.
            (43_201, None),
            (0, None),
            (-60, None),
        ];
        for (value, span) in table {
            let fields = format!(r#""no_sim_change":false,"sim_change_within":{value}"#);
            assert_eq!(outcome(&fields, 540_000), changed(span), "{value}");
        }
        assert_eq!(outcome(r#""no_sim_change":false"#, 60), changed(None));
    }

    #[test]
    fn a_change_before_the_window_is_a_change_at_no_known_time() {
        let fields = r#""no_sim_change":false,"sim_change_within":43200"#;
        assert_eq!(
            outcome(fields, 10_080),
            changed(None),
            "it says changed, so it is"
        );
        let fields = r#""no_sim_change":false,"sim_change_within":10080"#;
        let span = Some((3 * DAYS, Some(7 * DAYS)));
        assert_eq!(
            outcome(fields, 7_200),
            changed(span),
            "the span reaches into the window"
        );
    }

    #[test]
    fn no_change_and_a_change_within_the_window_contradict_each_other() {
        let table = [
            (10_080, 10_080, MALFORMED),
            (60, 10_080, MALFORMED),
            (0, 60, MALFORMED),
            (-1, 60, MALFORMED),
            (5_000, 10_080, MALFORMED),
            (525_600, 540_000, MALFORMED),
            (43_200, 10_080, SimOutcome::Unchanged),
            (10_080, 7_200, SimOutcome::Unchanged),
            (43_201, 10_080, SimOutcome::Unchanged),
            (525_601, 540_000, SimOutcome::Unchanged),
        ];
        for (value, window, expected) in table {
            let fields = format!(r#""no_sim_change":true,"sim_change_within":{value}"#);
            assert_eq!(outcome(&fields, window), expected, "{value} in {window}");
        }
    }

    #[test]
    fn an_answer_to_another_question_is_none() {
        let table = [
            ("10080", SimOutcome::Unchanged),
            ("null", SimOutcome::Unchanged),
            ("10079", MALFORMED),
            ("60", MALFORMED),
            ("540000", MALFORMED),
            ("-10080", MALFORMED),
            ("10080.0", MALFORMED),
            ("\"10080\"", MALFORMED),
            ("1e999", MALFORMED),
        ];
        for (period, expected) in table {
            let fields = format!(r#""no_sim_change":true,"no_sim_change_period":{period}"#);
            assert_eq!(outcome(&fields, 10_080), expected, "{period}");
        }
    }
}
