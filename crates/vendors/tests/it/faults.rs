//! Every fault of the stand-ins' catalogue on every call that matters: each ends in time, as a
//! typed result that lets nobody in, and nothing that costs anything is asked for twice.

use std::time::Duration;

use simgate_domain::{CannotTell, SimOutcome};
use simgate_rehearsal::Call;
use simgate_rehearsal::faults::{CATALOGUE, Fault, Named};
use simgate_vendors::CodeAnswer;
use simgate_vendors::http::{Reach, client};
use tokio::task::JoinSet;
use tokio::time::Instant;

use crate::harness::{Bench, NUMBER, unknown};

const CALLS: [Call; 4] = [
    Call::Token,
    Call::SimCheck,
    Call::Verifications,
    Call::VerificationCheck,
];

/// Ten seconds, and some for the machine.
const LIMIT: Duration = Duration::from_millis(10_500);

/// What a fault comes to on each of [`CALLS`]: the cause or the error in its `Debug` form.
type Words = [&'static str; 4];

const UNREACHABLE: Words = [
    "Network",
    "Network",
    "Transport(Unreachable)",
    "Transport(Unreachable)",
];
const TIMED_OUT: Words = [
    "Network",
    "Network",
    "Transport(TimedOut)",
    "Transport(TimedOut)",
];
const CUT: Words = ["Network", "Network", "Transport(Cut)", "Transport(Cut)"];
const MALFORMED: Words = [
    "MalformedAnswer",
    "MalformedAnswer",
    "Transport(Malformed)",
    "Transport(Malformed)",
];
const TOO_LARGE: Words = [
    "MalformedAnswer",
    "MalformedAnswer",
    "Transport(TooLarge)",
    "Transport(TooLarge)",
];
const REDIRECTED: Words = [
    "MalformedAnswer",
    "MalformedAnswer",
    "Transport(Redirected)",
    "Transport(Redirected)",
];

const EXPECTED: &[(&str, Words)] = &[
    ("refuse", UNREACHABLE),
    ("syn_drop", UNREACHABLE),
    ("accept_silent", TIMED_OUT),
    ("rst_header", CUT),
    ("rst_body", CUT),
    ("slow_header", TIMED_OUT),
    ("slow_body", TIMED_OUT),
    ("short_content_length", MALFORMED),
    ("long_content_length", CUT),
    ("endless_chunked", TOO_LARGE),
    ("bad_chunk", CUT),
    ("gzip_bomb", TOO_LARGE),
    ("gigabyte", TOO_LARGE),
    ("empty_body", MALFORMED),
    ("html_200", MALFORMED),
    ("invalid_utf8", MALFORMED),
    ("bom_junk", MALFORMED),
    ("nul", MALFORMED),
    ("truncated_json", MALFORMED),
    ("deep_json", TOO_LARGE),
    ("duplicate_keys", MALFORMED),
    ("wrong_types", MALFORMED),
    ("missing_field", MALFORMED),
    ("number_overflow", MALFORMED),
    (
        "status_error",
        [
            "MalformedAnswer",
            "OperatorFailed",
            "Transport(Malformed)",
            "Ok(Ended(Failed))",
        ],
    ),
    ("no_content", MALFORMED),
    ("moved_301", REDIRECTED),
    ("found_302", REDIRECTED),
    ("redirect_307", REDIRECTED),
    (
        "mno_not_supported",
        [
            "VendorFailed",
            "OperatorNotSupported",
            "Refused(NumberRefused)",
            "Transport(VendorFailed { status: 400 })",
        ],
    ),
    (
        "phone_format_invalid",
        [
            "VendorFailed",
            "NumberNotKnown",
            "Refused(NumberRefused)",
            "Transport(VendorFailed { status: 400 })",
        ],
    ),
    (
        "unauthorized",
        [
            "OurCredentials",
            "OurCredentials",
            "Refused(OurCredentials)",
            "Refused(OurCredentials)",
        ],
    ),
    (
        "no_credit",
        [
            "OurBalance",
            "OurBalance",
            "Refused(OurCredentials)",
            "Refused(OurCredentials)",
        ],
    ),
    (
        "forbidden",
        [
            "OurCredentials",
            "OurCredentials",
            "Refused(OurAccount)",
            "Refused(OurAccount)",
        ],
    ),
    (
        "not_found",
        [
            "VendorFailed",
            "VendorFailed",
            "Refused(OurCredentials)",
            "Ok(Ended(NotFound))",
        ],
    ),
    (
        "conflict",
        [
            "VendorFailed",
            "VendorFailed",
            "Transport(VendorFailed { status: 409 })",
            "Transport(VendorFailed { status: 409 })",
        ],
    ),
    (
        "too_many_requests",
        [
            "RateLimit { retry_after: Some(30s) }",
            "RateLimit { retry_after: Some(30s) }",
            "Refused(RateLimited { retry_after: Some(30s) })",
            "Refused(RateLimited { retry_after: Some(30s) })",
        ],
    ),
    (
        "too_many_requests_bare",
        [
            "RateLimit { retry_after: None }",
            "RateLimit { retry_after: None }",
            "Refused(RateLimited { retry_after: None })",
            "Refused(RateLimited { retry_after: None })",
        ],
    ),
    (
        "internal_error",
        [
            "VendorFailed",
            "VendorFailed",
            "Transport(VendorFailed { status: 500 })",
            "Transport(VendorFailed { status: 500 })",
        ],
    ),
    (
        "bad_gateway",
        [
            "VendorFailed",
            "VendorFailed",
            "Transport(VendorFailed { status: 502 })",
            "Transport(VendorFailed { status: 502 })",
        ],
    ),
    (
        "unavailable",
        [
            "VendorFailed",
            "VendorFailed",
            "Transport(VendorFailed { status: 503 })",
            "Transport(VendorFailed { status: 503 })",
        ],
    ),
    ("late_success", TIMED_OUT),
    (
        "someone_elses",
        [
            "OurCredentials",
            "MalformedAnswer",
            "Transport(Malformed)",
            "Transport(Malformed)",
        ],
    ),
];

/// Makes the call that the fault is for; says what it came to and how long it took.
async fn meet(named: Named, call: Call, http: reqwest::Client) -> (String, Duration, Bench) {
    let bench = Bench::with(http).await;
    bench.vendors.set_fault(named.on(call)).await.unwrap();
    if call == Call::VerificationCheck {
        let (sid, code) = bench.sent().await;
        let began = Instant::now();
        let checked = bench.check(&sid, &code).await;
        let took = began.elapsed();
        assert_ne!(
            checked,
            Ok(CodeAnswer::Approved),
            "{} let someone in",
            named.name
        );
        let words = |answer| format!("Ok({answer:?})");
        return (
            checked.map_or_else(|error| format!("{error:?}"), words),
            took,
            bench,
        );
    }
    let began = Instant::now();
    let words = if call == Call::Verifications {
        let refused = bench.send().await.expect_err(named.name);
        format!("{refused:?}")
    } else {
        match bench.sim(NUMBER).await {
            SimOutcome::Unknown { cause } => format!("{cause:?}"),
            known @ (SimOutcome::Unchanged | SimOutcome::Changed { .. }) => {
                panic!("{} on {call:?} was taken for {known:?}", named.name)
            }
        }
    };
    (words, began.elapsed(), bench)
}

/// How often a call may have been made when this fault struck `struck`.
fn at_most(named: &Named, call: Call, struck: Call) -> usize {
    // A check that is refused with 401 was not made.
    let refused = matches!(
        (named.name, struck),
        ("unauthorized", Call::SimCheck) | ("someone_elses", Call::Token)
    );
    if call == Call::Token {
        // Tokens cost nothing, and are asked for again when that may help.
        3
    } else if call == Call::SimCheck && refused {
        2
    } else {
        1
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_fault_lets_anyone_in_or_takes_too_long() {
    let http = client(Reach::Loopback).unwrap();
    let mut meetings = JoinSet::new();
    for named in CATALOGUE {
        for call in CALLS {
            let http = http.clone();
            meetings.spawn(async move {
                let (result, took, bench) = meet(*named, call, http).await;
                assert!(took < LIMIT, "{} on {call:?} took {took:?}", named.name);
                for made in CALLS {
                    let times = bench.requests(made).len();
                    assert!(
                        times <= at_most(named, made, call),
                        "{} on {call:?} made {made:?} {times} times",
                        named.name
                    );
                }
                (named.name, call, result)
            });
        }
    }
    let results = meetings.join_all().await;
    assert_eq!(results.len(), CATALOGUE.len() * CALLS.len());
    let mut surprises = Vec::new();
    for named in CATALOGUE {
        let of = |call| {
            let mut all = results.iter();
            all.find(|(name, on, _)| *name == named.name && *on == call)
                .map_or("", |(_, _, result)| result)
        };
        let came_to = CALLS.map(of);
        let expected = EXPECTED.iter().find(|(name, _)| *name == named.name);
        if expected.is_none_or(|(_, expected)| *expected != came_to) {
            surprises.push(format!("({:?}, {came_to:?}),", named.name));
        }
    }
    assert!(
        surprises.is_empty(),
        "came to something else:\n{}",
        surprises.join("\n")
    );
}

/// What a fault comes to when the service is asked for. Reading it can be done any number of times,
/// and lets nobody in; but it must never be taken for the answer it is not.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_fault_is_taken_for_a_service() {
    let http = client(Reach::Loopback).unwrap();
    let mut meetings = JoinSet::new();
    for named in CATALOGUE {
        let http = http.clone();
        meetings.spawn(async move {
            let bench = Bench::with(http).await;
            let fault = named.on(Call::Service);
            bench.vendors.set_fault(fault).await.unwrap();
            let began = Instant::now();
            let trial = bench.codes.trial().await;
            let took = began.elapsed();
            assert!(took < LIMIT, "{} took {took:?}", named.name);
            let times = bench.requests(Call::Service).len();
            assert!(times <= 3, "{} was asked {times} times", named.name);
            (named.name, format!("{:?}", trial.service), trial.passed())
        });
    }
    for (name, service, passed) in meetings.join_all().await {
        // It says that it failed in a field that a service does not have.
        assert_eq!(passed, name == "status_error", "{name}: {service}");
    }
}

#[tokio::test]
async fn a_slow_token_and_a_slow_check_together_take_no_longer() {
    let bench = Bench::new().await;
    let slow = |call| Fault::on(call).delayed(7_000);
    let faults = vec![slow(Call::Token), slow(Call::SimCheck)];
    bench.vendors.set_faults(faults).await.unwrap();
    let began = Instant::now();
    assert_eq!(bench.sim(NUMBER).await, unknown(CannotTell::Network));
    let took = began.elapsed();
    assert!(
        took < LIMIT,
        "each was in time, and both were not: {took:?}"
    );
}
