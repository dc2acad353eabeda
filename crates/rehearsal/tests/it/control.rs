//! The control API, and that it and the methods in Rust steer the same things.

use reqwest::Method;
use serde_json::{Value, json};
use simgate_rehearsal::{Call, MnoError, NumberRule, Options, Rehearsal, StartError, Vendor};

use crate::visitor::{STEADY, Visitor, tell};

async fn put(visitor: &Visitor, path: &str, body: &Value) -> u16 {
    tell(visitor.control(Method::PUT, path).json(body))
        .await
        .status
}

#[tokio::test]
async fn a_number_is_given_an_outcome_and_loses_it_again() {
    let visitor = Visitor::new().await;
    let path = format!("/numbers/{STEADY}");
    for (rule, status, field, value) in [
        (
            json!({ "sim": "changed", "within_minutes": 2880 }),
            201,
            "sim_change_within",
            json!(2880),
        ),
        (
            json!({ "sim": "changed" }),
            201,
            "no_sim_change",
            json!(false),
        ),
        (
            json!({ "sim": "unchanged" }),
            201,
            "no_sim_change",
            json!(true),
        ),
        (
            json!({ "sim": "error", "error_code": "mno_timeout" }),
            201,
            "error_code",
            json!("mno_timeout"),
        ),
        (json!({ "sim": "not_supported" }), 400, "status", json!(400)),
        (json!({ "sim": "no_credit" }), 402, "status", json!(402)),
        (
            json!({ "sim": "rate_limited", "retry_after": 7 }),
            429,
            "status",
            json!(429),
        ),
    ] {
        assert_eq!(put(&visitor, &path, &rule).await, 204, "{rule}");
        let told = visitor.sim_check(STEADY).await;
        assert_eq!(
            (told.status, &told.json()[field]),
            (status, &value),
            "{rule}"
        );
    }
    assert_eq!(visitor.sim_check(STEADY).await.header("retry-after"), "7");
    assert_eq!(
        tell(visitor.control(Method::DELETE, &path)).await.status,
        204
    );
    assert_eq!(
        visitor.sim_check(STEADY).await.json()["no_sim_change"],
        true
    );

    let rule = NumberRule::Error(MnoError::ServerError);
    visitor.rehearsal.set_number(STEADY, rule).unwrap();
    assert_eq!(
        visitor.sim_check(STEADY).await.json()["error_code"],
        "mno_server_error"
    );
    assert!(visitor.rehearsal.set_number("0770", rule).is_err());
}

#[tokio::test]
async fn a_phone_shows_its_messages_newest_last() {
    let visitor = Visitor::new().await;
    visitor.sent(STEADY).await;
    visitor.send(STEADY, "call").await;
    let told = tell(visitor.control(Method::GET, &format!("/phone/{STEADY}")))
        .await
        .json();
    let code = visitor.code(STEADY);
    assert_eq!(told.as_array().unwrap().len(), 2);
    assert_eq!(told[0]["channel"], "sms");
    assert_eq!(
        told[0]["text"],
        format!("Your SIMgate verification code is: {code}")
    );
    assert_eq!(
        (&told[1]["channel"], &told[1]["code"]),
        (&json!("call"), &json!(code))
    );
    assert!(told[1]["at"].is_string());
    let all = tell(visitor.control(Method::GET, "/phone")).await.json();
    assert_eq!(all[0]["to"], STEADY);
    assert_eq!(visitor.rehearsal.all_messages().len(), 2);
    let quiet = tell(visitor.control(Method::GET, "/phone/+447700900002"))
        .await
        .json();
    assert_eq!(quiet, json!([]));
}

#[tokio::test]
async fn the_ledger_has_every_request_byte_for_byte() {
    let visitor = Visitor::new().await;
    visitor.sim_check(STEADY).await;
    let odd = visitor
        .twilio(Method::POST, "/Verifications?x=%20")
        .header("X-Odd", "a  b")
        .form(&[("To", "+447700900000&Channel=call"), ("Channel", "sms")]);
    assert_eq!(tell(odd).await.status, 400);

    let ledger = visitor.rehearsal.ledger();
    let calls: Vec<_> = ledger.iter().map(|request| request.call).collect();
    assert_eq!(calls, [Call::Token, Call::SimCheck, Call::Verifications]);
    assert_eq!(ledger[0].vendor, Vendor::TruId);
    assert_eq!(
        ledger[0].body_text(),
        "grant_type=client_credentials&scope=sim_check"
    );
    assert_eq!(
        ledger[1].body_text(),
        json!({ "phone_number": STEADY }).to_string()
    );
    assert!(ledger[2].path.ends_with("/Verifications?x=%20"));
    assert_eq!(ledger[2].header("x-odd"), Some("a  b"));
    assert_eq!(ledger[2].form()[0].1, "+447700900000&Channel=call");
    assert!(ledger.is_sorted_by_key(|request| request.monotonic_us));

    let told = tell(visitor.control(Method::GET, "/ledger")).await.json();
    assert_eq!(
        told.as_array().unwrap().len(),
        3,
        "control itself is not in the ledger"
    );
    assert_eq!(told[0]["vendor"], "tru_id");
    assert_eq!(
        (&told[2]["call"], &told[2]["method"]),
        (&json!("verifications"), &json!("POST"))
    );
    assert!(
        told[2]["headers"]
            .as_array()
            .unwrap()
            .contains(&json!(["x-odd", "a  b"]))
    );
    assert!(told[2]["at"].is_string() && told[2]["monotonic_us"].is_u64());

    assert_eq!(
        tell(visitor.control(Method::DELETE, "/ledger"))
            .await
            .status,
        204
    );
    assert!(visitor.rehearsal.ledger().is_empty());
}

#[tokio::test]
async fn the_clock_is_moved_on() {
    let visitor = Visitor::new().await;
    let sid = visitor.sent(STEADY).await;
    let before = visitor.rehearsal.now();
    let request = visitor
        .control(Method::POST, "/clock")
        .json(&json!({ "advance_seconds": 600 }));
    let told = tell(request).await;
    assert_eq!(told.status, 200);
    assert!(told.json()["now"].is_string());
    assert!(visitor.rehearsal.now().duration_since(before).as_secs() >= 600);
    assert_eq!(
        visitor.fetch(&sid).await.status,
        404,
        "ten minutes have gone by for the code"
    );
}

#[tokio::test]
async fn faults_are_set_listed_and_cleared() {
    let visitor = Visitor::new().await;
    let fault = json!({
        "call": "verifications",
        "times": 1,
        "answer": { "status": 503, "headers": [["Retry-After", "5"]], "body": { "text": "{}" } },
    });
    assert_eq!(put(&visitor, "/faults", &fault).await, 204);
    let told = visitor.send(STEADY, "sms").await;
    assert_eq!((told.status, told.header("retry-after")), (503, "5"));
    assert!(
        visitor.rehearsal.all_messages().is_empty(),
        "the vendor did nothing"
    );
    assert_eq!(
        visitor.send(STEADY, "sms").await.status,
        201,
        "the fault is used up"
    );

    let list = json!([{ "named": "forbidden", "call": "token" }, fault]);
    assert_eq!(put(&visitor, "/faults", &list).await, 204);
    let listed = tell(visitor.control(Method::GET, "/faults")).await.json();
    assert_eq!(
        (&listed[0]["call"], &listed[1]["times"]),
        (&json!("token"), &json!(1))
    );
    assert_eq!(
        tell(visitor.control(Method::DELETE, "/faults"))
            .await
            .status,
        204
    );
    assert_eq!(
        tell(visitor.control(Method::GET, "/faults")).await.json(),
        json!([])
    );
    visitor.token().await;
    let catalogue = tell(visitor.control(Method::GET, "/faults/catalogue"))
        .await
        .json();
    assert!(
        catalogue
            .as_array()
            .unwrap()
            .iter()
            .any(|named| named["name"] == "gzip_bomb")
    );
}

#[tokio::test]
async fn what_control_does_not_know_it_refuses_and_says_why() {
    let visitor = Visitor::new().await;
    for (path, body, why) in [
        (
            "/numbers/+447700900000",
            json!({ "sim": "stolen" }),
            "stolen",
        ),
        (
            "/numbers/+447700900000",
            json!({ "sim": "unchanged", "x": 1 }),
            "x",
        ),
        ("/numbers/0770", json!({ "sim": "unchanged" }), "0770"),
        ("/faults", json!({ "call": "token", "delay": 1 }), "delay"),
        (
            "/faults",
            json!({ "named": "gremlin", "call": "token" }),
            "gremlin",
        ),
    ] {
        let told = tell(visitor.control(Method::PUT, path).json(&body)).await;
        assert_eq!(told.status, 400, "{path} {body}");
        let error = told.json()["error"].as_str().unwrap().to_owned();
        assert!(error.contains(why), "{error}");
    }
    assert_eq!(
        tell(visitor.control(Method::GET, "/nothing")).await.status,
        404
    );
    assert_eq!(
        tell(visitor.control(Method::PATCH, "/clock")).await.status,
        405
    );
    let page = visitor
        .control(Method::GET, "/ledger")
        .header("Origin", "http://evil.example");
    assert_eq!(tell(page).await.status, 403);
}

#[tokio::test]
async fn given_credentials_are_used_if_they_have_the_vendors_form() {
    let drawn = Visitor::new().await.rehearsal.credentials().clone();
    let options = Options {
        port: 0,
        credentials: Some(drawn.clone()),
    };
    let rehearsal = Rehearsal::start(options).await.unwrap();
    assert_eq!(*rehearsal.credentials(), drawn);
    rehearsal.stop().await;

    let mut misshapen = drawn;
    misshapen.twilio_account_sid = "AC".to_owned();
    let options = Options {
        port: 0,
        credentials: Some(misshapen),
    };
    let refused = Rehearsal::start(options).await.err();
    assert!(
        matches!(refused, Some(StartError::Credentials("twilio_account_sid"))),
        "{refused:?}"
    );
}
