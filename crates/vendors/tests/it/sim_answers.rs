//! Every answer that tru.ID can give to a SIM check, and some that it cannot.

use std::time::Duration;

use serde_json::json;
use simgate_domain::sim::ChangedWithin;
use simgate_domain::{CannotTell, SimOutcome, SimWindow};
use simgate_rehearsal::faults::{Edit, Fault};
use simgate_rehearsal::{Call, MnoError, NumberRule};
use simgate_vendors::SimCheck as _;

use crate::harness::{Bench, CHANGED, NUMBER, lacking, number, setting, setting_raw, unknown};

const DAY: u64 = 86_400;

async fn outcome_under(rule: NumberRule) -> SimOutcome {
    let bench = Bench::new().await;
    bench.vendors.set_number(NUMBER, rule).unwrap();
    bench.sim(NUMBER).await
}

async fn outcome_with(fault: Fault) -> SimOutcome {
    Bench::failing(fault).await.sim(NUMBER).await
}

#[tokio::test]
async fn a_sim_that_was_not_changed() {
    let bench = Bench::new().await;
    assert_eq!(bench.sim(NUMBER).await, SimOutcome::Unchanged);
}

#[tokio::test]
async fn a_sim_that_was_changed_and_when() {
    let bench = Bench::new().await;
    let hour = ChangedWithin {
        at_least: Duration::ZERO,
        at_most: Some(Duration::from_secs(3_600)),
    };
    assert_eq!(
        bench.sim(CHANGED).await,
        SimOutcome::Changed { within: Some(hour) }
    );

    let five_days = NumberRule::Changed {
        within_minutes: Some(5 * 24 * 60),
    };
    let bucket = ChangedWithin {
        at_least: Duration::from_secs(3 * DAY),
        at_most: Some(Duration::from_secs(7 * DAY)),
    };
    assert_eq!(
        outcome_under(five_days).await,
        SimOutcome::Changed {
            within: Some(bucket)
        }
    );

    let some_time = NumberRule::Changed {
        within_minutes: None,
    };
    assert_eq!(
        outcome_under(some_time).await,
        SimOutcome::Changed { within: None }
    );
}

#[tokio::test]
async fn a_change_before_the_window_is_none() {
    let bench = Bench::new().await;
    let five_days = NumberRule::Changed {
        within_minutes: Some(5 * 24 * 60),
    };
    bench.vendors.set_number(NUMBER, five_days).unwrap();
    let one_day = SimWindow::from_minutes(1_440).unwrap();
    let report = bench.sim.check(&number(NUMBER), one_day).await;
    assert_eq!(report.outcome, SimOutcome::Unchanged);
}

#[tokio::test]
async fn what_the_operator_cannot_say_is_unknown() {
    let error = NumberRule::Error;
    let wait = Some(Duration::from_secs(30));
    let table = [
        (
            error(MnoError::NotSupported),
            CannotTell::OperatorNotSupported,
        ),
        (error(MnoError::Timeout), CannotTell::OperatorTimeout),
        (error(MnoError::UserNotFound), CannotTell::NumberNotKnown),
        (error(MnoError::ResponseError), CannotTell::OperatorFailed),
        (error(MnoError::ServerError), CannotTell::OperatorFailed),
        (error(MnoError::NoDataAvailable), CannotTell::NoData),
        (NumberRule::NotSupported, CannotTell::OperatorNotSupported),
        (NumberRule::NoCredit, CannotTell::OurBalance),
        (
            NumberRule::RateLimited {
                retry_after: Some(30),
            },
            CannotTell::RateLimit { retry_after: wait },
        ),
        (
            NumberRule::RateLimited { retry_after: None },
            CannotTell::RateLimit { retry_after: None },
        ),
    ];
    for (rule, cause) in table {
        assert_eq!(outcome_under(rule).await, unknown(cause), "{rule:?}");
    }
}

#[tokio::test]
async fn an_error_of_the_operator_still_has_its_name() {
    let bench = Bench::new().await;
    let rule = NumberRule::Error(MnoError::Timeout);
    bench.vendors.set_number(NUMBER, rule).unwrap();
    let report = bench
        .sim
        .check(&number(NUMBER), SimWindow::SEVEN_DAYS)
        .await;
    assert!(
        report.check_id.is_some(),
        "the check was made, so there is a record of it"
    );
}

#[tokio::test]
async fn an_operator_error_of_a_new_kind_is_an_operator_error() {
    let error = |code| {
        lacking(Call::SimCheck, "no_sim_change")
            .edited(Edit::Set {
                pointer: "/status".to_owned(),
                value: json!("ERROR"),
            })
            .edited(Edit::Set {
                pointer: "/error_code".to_owned(),
                value: code,
            })
    };
    for code in [json!("mno_moved_to_mars"), json!(""), json!(null)] {
        let outcome = outcome_with(error(code.clone())).await;
        assert_eq!(outcome, unknown(CannotTell::OperatorFailed), "{code}");
    }
    assert_eq!(
        outcome_with(error(json!(7))).await,
        unknown(CannotTell::MalformedAnswer),
        "a code is text"
    );
}

#[tokio::test]
async fn an_error_that_also_says_unchanged_is_an_error() {
    let fault = setting(Call::SimCheck, "status", json!("ERROR"));
    assert_eq!(
        outcome_with(fault).await,
        unknown(CannotTell::OperatorFailed)
    );
}

#[tokio::test]
async fn an_answer_that_is_not_exactly_the_documented_one_is_none() {
    let set = |field, value| setting(Call::SimCheck, field, value);
    let raw = |field, text| setting_raw(Call::SimCheck, field, text);
    let twice = |key: &str, value, first| {
        Fault::on(Call::SimCheck).edited(Edit::Duplicate {
            key: key.to_owned(),
            value,
            first,
        })
    };
    let table = [
        ("no answer in it", lacking(Call::SimCheck, "no_sim_change")),
        ("text for a yes", set("no_sim_change", json!("true"))),
        ("a number for a yes", set("no_sim_change", json!(1))),
        ("null for a yes", set("no_sim_change", json!(null))),
        ("a list for a yes", set("no_sim_change", json!([true]))),
        ("an overflow for a yes", raw("no_sim_change", "1e999")),
        (
            "no first, yes second",
            twice("no_sim_change", json!(false), true),
        ),
        (
            "yes first, no second",
            twice("no_sim_change", json!(false), false),
        ),
        ("yes twice", twice("no_sim_change", json!(true), false)),
        ("two statuses", twice("status", json!("ERROR"), true)),
        ("no status", lacking(Call::SimCheck, "status")),
        (
            "a status in small letters",
            set("status", json!("completed")),
        ),
        ("a status with a blank", set("status", json!("COMPLETED "))),
        ("a status that is no end", set("status", json!("PENDING"))),
        ("a status that is a yes", set("status", json!(true))),
        ("no name", lacking(Call::SimCheck, "check_id")),
        ("an empty name", set("check_id", json!(""))),
        ("an endless name", set("check_id", json!("x".repeat(65)))),
        ("a name with a line break", set("check_id", json!("a\nb"))),
        ("another period", set("no_sim_change_period", json!(60))),
        (
            "text for a period",
            set("no_sim_change_period", json!("10080")),
        ),
        ("changed an hour ago", set("sim_change_within", json!(60))),
        (
            "text for a bucket",
            set("sim_change_within", json!("525601")),
        ),
        (
            "another number",
            set("phone_number", json!("+447700900014")),
        ),
        ("a number that is none", set("phone_number", json!(""))),
        ("200", Fault::on(Call::SimCheck).edited(Edit::Status(200))),
        ("202", Fault::on(Call::SimCheck).edited(Edit::Status(202))),
        ("203", Fault::on(Call::SimCheck).edited(Edit::Status(203))),
        ("204", Fault::on(Call::SimCheck).answering(204, &[], "")),
        ("304", Fault::on(Call::SimCheck).answering(304, &[], "")),
        (
            "a list",
            Fault::on(Call::SimCheck).answering(201, &[], "[]"),
        ),
        (
            "null",
            Fault::on(Call::SimCheck).answering(201, &[], "null"),
        ),
        (
            "true",
            Fault::on(Call::SimCheck).answering(201, &[], "true"),
        ),
    ];
    for (what, fault) in table {
        let outcome = outcome_with(fault).await;
        assert_eq!(outcome, unknown(CannotTell::MalformedAnswer), "{what}");
    }
}

#[tokio::test]
async fn what_may_vary_may_vary() {
    let table = [
        ("no period", lacking(Call::SimCheck, "no_sim_change_period")),
        ("no network", lacking(Call::SimCheck, "network_id")),
        (
            "a field that is new",
            setting(Call::SimCheck, "esim", json!({ "a": [1] })),
        ),
        (
            "our number",
            setting(Call::SimCheck, "phone_number", json!(NUMBER)),
        ),
        (
            "our number without its plus",
            setting(Call::SimCheck, "phone_number", json!(&NUMBER[1..])),
        ),
        (
            "changed long before",
            setting(Call::SimCheck, "sim_change_within", json!(525_601)),
        ),
    ];
    for (what, fault) in table {
        assert_eq!(outcome_with(fault).await, SimOutcome::Unchanged, "{what}");
    }
}

#[tokio::test]
async fn a_wait_that_the_vendor_asks_for_is_capped_and_asked_once() {
    let table = [
        ("0", None),
        ("5", Some(5)),
        ("86400", Some(DAY)),
        ("99999999999999999999999", Some(DAY)),
        ("-1", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("soon", None),
    ];
    for (value, seconds) in table {
        let fault = Fault::on(Call::SimCheck).answering(429, &[("Retry-After", value)], "");
        let bench = Bench::failing(fault).await;
        let retry_after = seconds.map(Duration::from_secs);
        let expected = unknown(CannotTell::RateLimit { retry_after });
        assert_eq!(bench.sim(NUMBER).await, expected, "{value}");
        bench.the_request(Call::SimCheck);
    }
}
