//! Every fault as a client sees it, and that the vendors are well again afterwards.

use std::time::Duration;

use reqwest::{Method, Response};
use serde_json::{Value, json};
use simgate_rehearsal::faults::{CATALOGUE, Cut, Door, Edit, Octets, Wire, named};
use simgate_rehearsal::{Call, Fault};

use crate::visitor::{STEADY, Visitor, client, tell};

/// Where a client may be left when a fault has struck.
#[derive(Debug)]
enum Left {
    /// No answer began.
    Unanswered(reqwest::Error),
    /// An answer began and did not end.
    Amid,
    Answered(u16, Vec<u8>),
}

/// As much of an answer as any client would take.
const ENOUGH: usize = 256 * 1024;

async fn read(mut response: Response) -> Left {
    let status = response.status().as_u16();
    let mut body = Vec::new();
    loop {
        match response.chunk().await {
            Ok(Some(chunk)) => body.extend_from_slice(&chunk),
            Ok(None) => return Left::Answered(status, body),
            Err(_) => return Left::Amid,
        }
        if body.len() > ENOUGH {
            return Left::Amid;
        }
    }
}

/// How long a client waits that is to give up.
const HASTE: Duration = Duration::from_millis(300);
/// How long a client waits that is to be answered, on however busy a machine.
const PATIENCE: Duration = Duration::from_secs(10);

/// What one of the four calls needs from those before it.
#[derive(Default)]
struct Before {
    token: String,
    sid: String,
    code: String,
}

impl Before {
    async fn done(visitor: &Visitor) -> Self {
        let token = visitor.token().await;
        let sid = visitor.sent(STEADY).await;
        Self {
            token,
            sid,
            code: visitor.code(STEADY),
        }
    }
}

/// Makes one of the four calls.
async fn call(visitor: &Visitor, call: Call, before: &Before, wait: Duration) -> Left {
    let Before { token, sid, code } = before;
    let request = match call {
        Call::Token => {
            visitor.token_request(&[("grant_type", "client_credentials"), ("scope", "sim_check")])
        }
        Call::SimCheck => visitor.sim_check_request(token, &json!({ "phone_number": STEADY })),
        Call::Verifications => visitor
            .twilio(Method::POST, "/Verifications")
            .form(&[("To", "+447700900002"), ("Channel", "sms")]),
        Call::VerificationCheck => visitor
            .twilio(Method::POST, "/VerificationCheck")
            .form(&[("VerificationSid", sid), ("Code", code)]),
        Call::Revoke
        | Call::SimCheckRead
        | Call::Service
        | Call::VerificationRead
        | Call::Cancel
        | Call::Other => panic!("{call:?} is none of the four"),
    };
    match request.timeout(wait).send().await {
        Ok(response) => read(response).await,
        Err(error) => Left::Unanswered(error),
    }
}

/// Faults that a client ends only by giving up.
const OF_TIME: [&str; 5] = [
    "syn_drop",
    "accept_silent",
    "slow_header",
    "slow_body",
    "late_success",
];

const FOUR: [Call; 4] = [
    Call::Token,
    Call::SimCheck,
    Call::Verifications,
    Call::VerificationCheck,
];

#[tokio::test(flavor = "multi_thread")]
async fn no_fault_of_the_catalogue_leaves_a_good_answer() {
    for which in FOUR {
        let visitor = Visitor::new().await;
        for named in CATALOGUE {
            let before = Before::done(&visitor).await;
            // Only a fault of time is to be met with haste: the others must fail by themselves.
            let wait = if OF_TIME.contains(&named.name) {
                HASTE
            } else {
                PATIENCE
            };
            visitor.rehearsal.set_fault(named.on(which)).await.unwrap();
            let left = call(&visitor, which, &before, wait).await;
            visitor.rehearsal.clear_faults().await;
            let (name, sid) = (named.name, &before.sid);
            assert!(!is_good(which, &left, sid), "{name} on {which:?}: {left:?}");
            let timed_out = matches!(&left, Left::Unanswered(error) if error.is_timeout());
            assert!(
                !timed_out || wait == HASTE,
                "{name} on {which:?} took for ever"
            );
            // Whatever was left pending is gone before the next fault.
            visitor.rehearsal.advance_clock(Duration::from_secs(600));
        }
    }
}

/// Whether a client could take this for what it asked for.
fn is_good(call: Call, left: &Left, sid: &str) -> bool {
    let Left::Answered(200 | 201, body) = left else {
        return false;
    };
    // Stricter than serde_json about keys said twice, as a client reading a struct is.
    let text = String::from_utf8_lossy(body);
    let Ok(json) = serde_json::from_slice::<Value>(body) else {
        return false;
    };
    let once = |key: &str| text.matches(&format!("\"{key}\":")).count() == 1;
    match call {
        Call::Token => {
            once("access_token")
                && json["access_token"]
                    .as_str()
                    .is_some_and(|t| t.len() == 43 && !t.contains('\0'))
                && json["expires_in"].is_u64()
        }
        Call::SimCheck => {
            once("no_sim_change")
                && json["status"] == "COMPLETED"
                && json["no_sim_change"] == true
                && json.get("phone_number").is_none()
        }
        Call::Verifications => {
            once("sid")
                && json["sid"].as_str().is_some_and(|sid| sid.len() == 34)
                && json["to"] == "+447700900002"
                && json["status"] == "pending"
        }
        Call::VerificationCheck => {
            once("status")
                && json["status"] == "approved"
                && json["sid"] == sid
                && json["to"] == STEADY
        }
        Call::Revoke
        | Call::SimCheckRead
        | Call::Service
        | Call::VerificationRead
        | Call::Cancel
        | Call::Other => panic!("{call:?} is none of the four"),
    }
}

#[tokio::test]
async fn without_a_fault_each_of_the_four_is_good() {
    for which in FOUR {
        let visitor = Visitor::new().await;
        let before = Before::done(&visitor).await;
        let left = call(&visitor, which, &before, PATIENCE).await;
        assert!(is_good(which, &left, &before.sid), "{which:?}: {left:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shut_door_fails_as_it_should_and_opens_again() {
    let visitor = Visitor::new().await;
    for (door, times_out) in [
        (Door::Refuse, false),
        (Door::SynDrop, cfg!(target_os = "linux")),
        (Door::AcceptSilent, true),
        (Door::CloseOnAccept, false),
    ] {
        visitor.sent(STEADY).await;
        visitor
            .rehearsal
            .set_fault(Fault::on(Call::Verifications).behind(door))
            .await
            .unwrap();
        let hasty = client(if times_out { HASTE } else { PATIENCE });
        let error = hasty
            .get(visitor.rehearsal.twilio_verify_url())
            .send()
            .await
            .unwrap_err();
        assert_eq!(error.is_timeout(), times_out, "{door:?}: {error:?}");
        visitor.token().await;
        visitor.rehearsal.clear_faults().await;
        visitor.rehearsal.advance_clock(Duration::from_secs(600));
    }
}

#[tokio::test]
async fn a_door_shuts_on_the_call_it_is_for_and_not_before() {
    let visitor = Visitor::new().await;
    visitor
        .rehearsal
        .set_fault(Fault::on(Call::SimCheck).behind(Door::Refuse))
        .await
        .unwrap();
    let token = visitor.token().await;
    let request = visitor.sim_check_request(&token, &json!({ "phone_number": STEADY }));
    let error = request.send().await.unwrap_err();
    assert!(error.is_connect(), "{error:?}");
    visitor.rehearsal.clear_faults().await;

    // With a token from before, the connection is hung up on when the call comes in.
    let token = visitor.token().await;
    visitor
        .rehearsal
        .set_fault(Fault::on(Call::SimCheck).behind(Door::Refuse))
        .await
        .unwrap();
    let request = visitor.sim_check_request(&token, &json!({ "phone_number": STEADY }));
    assert!(request.send().await.is_err());
}

#[tokio::test]
async fn a_late_success_is_a_success_at_the_vendor() {
    let visitor = Visitor::new().await;
    let late = named("late_success").unwrap().on(Call::Verifications);
    visitor.rehearsal.set_fault(late).await.unwrap();
    let left = call(&visitor, Call::Verifications, &Before::default(), HASTE).await;
    assert!(
        matches!(&left, Left::Unanswered(error) if error.is_timeout()),
        "{left:?}"
    );
    assert_eq!(
        visitor.rehearsal.phone("+447700900002").len(),
        1,
        "the code went out"
    );

    visitor
        .rehearsal
        .set_fault(Fault::on(Call::Verifications).delayed(1))
        .await
        .unwrap();
    assert_eq!(visitor.send(STEADY, "sms").await.status, 201);
}

#[tokio::test]
async fn a_cut_loses_the_answer_and_a_stall_the_request() {
    let visitor = Visitor::new().await;
    let cut = Wire::Cut {
        at: Cut::Start,
        reset: true,
    };
    for (wire, delivered) in [(cut, 1), (Wire::Stall, 0)] {
        let before = visitor.rehearsal.all_messages().len();
        visitor
            .rehearsal
            .set_fault(Fault::on(Call::Verifications).over(wire))
            .await
            .unwrap();
        call(&visitor, Call::Verifications, &Before::default(), HASTE).await;
        assert_eq!(visitor.rehearsal.all_messages().len() - before, delivered);
    }
    assert_eq!(
        visitor.rehearsal.ledger().len(),
        2,
        "both requests were received, once each"
    );
}

#[tokio::test]
async fn an_answer_is_edited_after_the_vendor_gave_it() {
    let visitor = Visitor::new().await;
    let set = |pointer: &str, value: Value| Edit::Set {
        pointer: pointer.to_owned(),
        value,
    };
    let fault = Fault::on(Call::VerificationCheck)
        .edited(set("/status", json!("APPROVED")))
        .edited(set("/valid", json!(true)))
        .times(1);
    visitor.rehearsal.set_fault(fault).await.unwrap();
    let sid = visitor.sent(STEADY).await;
    let wrong = visitor.wrong_code(STEADY);
    assert_eq!(
        visitor.check(&sid, wrong).await.json()["status"],
        "APPROVED"
    );
    assert_eq!(visitor.check(&sid, wrong).await.json()["status"], "pending");
    assert_eq!(visitor.fetch(&sid).await.json()["status"], "pending");

    let fault = Fault::on(Call::Service).edited(set("/code_length", json!(4)));
    visitor.rehearsal.set_fault(fault).await.unwrap();
    assert_eq!(
        tell(visitor.twilio(Method::GET, "")).await.json()["code_length"],
        4
    );
}

#[tokio::test]
async fn a_fault_may_wait_and_may_be_for_a_path() {
    let visitor = Visitor::new().await;
    let third = Fault {
        path_prefix: Some("/oauth2/".to_owned()),
        method: Some("POST".to_owned()),
        ..Fault::default()
    };
    let third = third.skipping(2).times(1).answering(500, &[], "");
    visitor.rehearsal.set_fault(third).await.unwrap();
    let form = [("grant_type", "client_credentials"), ("scope", "sim_check")];
    let mut told = Vec::new();
    for _ in 0..4 {
        told.push(tell(visitor.token_request(&form)).await.status);
    }
    assert_eq!(told, [200, 200, 500, 200]);
}

#[tokio::test]
async fn bytes_that_are_no_text_arrive_as_they_are() {
    let visitor = Visitor::new().await;
    let fault = Fault::on(Call::Token).edited(Edit::Append(Octets(vec![0xff, 0])));
    visitor.rehearsal.set_fault(fault).await.unwrap();
    let left = call(&visitor, Call::Token, &Before::default(), PATIENCE).await;
    assert!(
        matches!(&left, Left::Answered(200, body) if body.ends_with(&[0xff, 0])),
        "{left:?}"
    );
}

#[tokio::test]
async fn a_redirect_that_is_followed_would_show_in_the_ledger() {
    let visitor = Visitor::new().await;
    for (name, status) in [
        ("moved_301", 301),
        ("found_302", 302),
        ("redirect_307", 307),
    ] {
        let fault = named(name).unwrap().on(Call::Token);
        visitor.rehearsal.set_fault(fault).await.unwrap();
        let told = tell(visitor.token_request(&[])).await;
        assert_eq!(
            (told.status, told.header("location")),
            (status, "/elsewhere")
        );
    }
}

#[tokio::test]
async fn a_fault_that_makes_no_sense_changes_nothing() {
    let visitor = Visitor::new().await;
    visitor
        .rehearsal
        .set_fault(Fault::on(Call::Token).answering(503, &[], ""))
        .await
        .unwrap();
    assert!(
        visitor
            .rehearsal
            .set_fault(Fault::on(Call::Token).times(0))
            .await
            .is_err()
    );
    assert_eq!(
        tell(visitor.token_request(&[])).await.status,
        503,
        "the fault before still stands"
    );
}
