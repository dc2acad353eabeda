//! Every status that Twilio can answer with, and some that it cannot. One of them lets people in.

use serde_json::{Value, json};
use simgate_rehearsal::Call;
use simgate_rehearsal::faults::{Edit, Fault};
use simgate_vendors::{CodeAnswer, CodeEnd, RequestError, TransportError};

use crate::harness::{Bench, Checked, Sent, lacking, setting};

const OTHER: &str = "VEaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

/// What the right code comes to when the answer suffers so.
async fn right_code_with(fault: Fault) -> Checked {
    let bench = Bench::new().await;
    let (sid, code) = bench.sent().await;
    bench.vendors.set_fault(fault).await.unwrap();
    let answer = bench.check(&sid, &code).await;
    bench.the_request(Call::VerificationCheck);
    answer
}

async fn send_with(fault: Fault) -> Sent {
    let bench = Bench::failing(fault).await;
    let sent = bench.send().await;
    bench.the_request(Call::Verifications);
    sent
}

fn set(field: &str, value: Value) -> Fault {
    setting(Call::VerificationCheck, field, value)
}

const MALFORMED: Checked = Err(RequestError::Transport(TransportError::Malformed));

#[tokio::test]
async fn the_right_code_is_approved_once() {
    let bench = Bench::new().await;
    let (sid, code) = bench.sent().await;
    assert_eq!(bench.check(&sid, &code).await, Ok(CodeAnswer::Approved));
    assert_eq!(
        bench.check(&sid, &code).await,
        Ok(CodeAnswer::Ended(CodeEnd::NotFound)),
        "it is used up"
    );
}

#[tokio::test]
async fn a_wrong_code_is_wrong_until_there_were_too_many() {
    let bench = Bench::new().await;
    let (sid, code) = bench.sent().await;
    let wrong = if code == "123456" { "654321" } else { "123456" };
    for _ in 0..5 {
        assert_eq!(bench.check(&sid, wrong).await, Ok(CodeAnswer::Wrong));
    }
    let refused = bench.check(&sid, &code).await;
    let too_many = RequestError::Refused(simgate_vendors::CheckRefused::TooManyChecks);
    assert_eq!(refused, Err(too_many));
}

#[tokio::test]
async fn of_every_status_one_lets_people_in() {
    let table = [
        (json!("approved"), Ok(CodeAnswer::Approved)),
        (json!("pending"), Ok(CodeAnswer::Wrong)),
        (json!("canceled"), Ok(CodeAnswer::Ended(CodeEnd::Canceled))),
        (
            json!("max_attempts_reached"),
            Ok(CodeAnswer::Ended(CodeEnd::MaxAttemptsReached)),
        ),
        (json!("deleted"), Ok(CodeAnswer::Ended(CodeEnd::Deleted))),
        (json!("failed"), Ok(CodeAnswer::Ended(CodeEnd::Failed))),
        (json!("expired"), Ok(CodeAnswer::Ended(CodeEnd::Expired))),
        (json!("APPROVED"), MALFORMED),
        (json!("Approved"), MALFORMED),
        (json!("approved "), MALFORMED),
        (json!(" approved"), MALFORMED),
        (json!("approved\u{0}"), MALFORMED),
        (json!("аpproved"), MALFORMED),
        (json!(""), MALFORMED),
        (json!("verified"), MALFORMED),
        (json!(null), MALFORMED),
        (json!(1), MALFORMED),
        (json!(true), MALFORMED),
        (json!(["approved"]), MALFORMED),
    ];
    let mut approved = 0;
    for (status, expected) in table {
        let answer = right_code_with(set("status", status.clone())).await;
        assert_eq!(answer, expected, "{status}");
        approved += usize::from(answer == Ok(CodeAnswer::Approved));
    }
    assert_eq!(approved, 1);
}

#[tokio::test]
async fn an_approval_of_something_else_is_none() {
    let twice = |key: &str, value, first| {
        let key = key.to_owned();
        Fault::on(Call::VerificationCheck).edited(Edit::Duplicate { key, value, first })
    };
    let service = "VAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    let table = [
        ("no status", lacking(Call::VerificationCheck, "status")),
        ("another verification", set("sid", json!(OTHER))),
        ("no verification", lacking(Call::VerificationCheck, "sid")),
        ("null for a verification", set("sid", json!(null))),
        ("a number for a verification", set("sid", json!(1))),
        ("another number", set("to", json!("+15017122661"))),
        (
            "the number without its plus",
            set("to", json!("447700900012")),
        ),
        ("no number", lacking(Call::VerificationCheck, "to")),
        ("another service", set("service_sid", json!(service))),
        (
            "no service",
            lacking(Call::VerificationCheck, "service_sid"),
        ),
        (
            "approved after pending",
            twice("status", json!("pending"), true),
        ),
        (
            "pending after approved",
            twice("status", json!("pending"), false),
        ),
        (
            "202",
            Fault::on(Call::VerificationCheck).edited(Edit::Status(202)),
        ),
        (
            "204",
            Fault::on(Call::VerificationCheck).answering(204, &[], ""),
        ),
    ];
    for (what, fault) in table {
        assert_eq!(right_code_with(fault).await, MALFORMED, "{what}");
    }
}

#[tokio::test]
async fn the_legacy_word_for_it_counts_for_nothing() {
    let pending = set("status", json!("pending")).edited(Edit::Set {
        pointer: "/valid".to_owned(),
        value: json!(true),
    });
    assert_eq!(right_code_with(pending).await, Ok(CodeAnswer::Wrong));
    let created = Fault::on(Call::VerificationCheck).edited(Edit::Status(201));
    assert_eq!(
        right_code_with(created).await,
        Ok(CodeAnswer::Approved),
        "both are documented"
    );
}

#[tokio::test]
async fn a_send_that_is_not_exactly_the_documented_one_is_none() {
    let set = |field, value| setting(Call::Verifications, field, value);
    let status = |status| Fault::on(Call::Verifications).edited(Edit::Status(status));
    let table = [
        ("approved at once", set("status", json!("approved"))),
        ("canceled", set("status", json!("canceled"))),
        ("in capitals", set("status", json!("PENDING"))),
        ("no status", lacking(Call::Verifications, "status")),
        ("null for a status", set("status", json!(null))),
        ("a short SID", set("sid", json!("VE12"))),
        (
            "a SID with a path in it",
            set("sid", json!(format!("VE{}", "../".repeat(11)))),
        ),
        (
            "a service's SID",
            set("sid", json!(OTHER.replace("VE", "VA"))),
        ),
        ("no SID", lacking(Call::Verifications, "sid")),
        ("another number", set("to", json!("+15017122661"))),
        ("no number", lacking(Call::Verifications, "to")),
        (
            "another service",
            set("service_sid", json!(OTHER.replace("VE", "VA"))),
        ),
        ("202", status(202)),
        ("206", status(206)),
    ];
    for (what, fault) in table {
        assert_eq!(
            send_with(fault).await,
            Err(RequestError::Transport(TransportError::Malformed)),
            "{what}"
        );
    }
    assert!(
        send_with(status(200)).await.is_ok(),
        "200 is as good as 201"
    );
}
