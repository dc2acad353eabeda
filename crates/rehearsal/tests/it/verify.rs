//! Twilio Verify: sending and checking, and what is refused.

use reqwest::Method;
use serde_json::json;
use simgate_rehearsal::Channel;

use crate::visitor::{STEADY, Visitor, tell};

#[tokio::test]
async fn a_verification_has_every_field_twilio_shows() {
    let visitor = Visitor::new().await;
    let credentials = visitor.rehearsal.credentials();
    let told = visitor.send(STEADY, "sms").await;
    assert_eq!(told.status, 201);
    let body = told.json();
    let sid = body["sid"].as_str().unwrap();
    assert!(sid.starts_with("VE") && sid.len() == 34);
    assert_eq!(body["service_sid"], credentials.twilio_service_sid);
    assert_eq!(body["account_sid"], credentials.twilio_account_sid);
    assert_eq!(body["to"], STEADY);
    assert_eq!(body["channel"], "sms");
    assert_eq!(body["status"], "pending");
    assert_eq!(body["valid"], false);
    assert_eq!(body["lookup"], json!({}));
    assert_eq!(body["send_code_attempts"].as_array().unwrap().len(), 1);
    assert_eq!(body["send_code_attempts"][0]["channel"], "SMS");
    assert!(
        body["send_code_attempts"][0]["attempt_sid"]
            .as_str()
            .unwrap()
            .starts_with("VL")
    );
    assert!(body["date_created"].as_str().unwrap().ends_with('Z'));
    for null in ["amount", "payee", "sna"] {
        assert!(body.as_object().unwrap()[null].is_null(), "{null}");
    }
    let url = body["url"].as_str().unwrap();
    assert!(url.ends_with(&format!("/Verifications/{sid}")));
    assert!(
        !told.text.contains(&visitor.code(STEADY)),
        "the code is never told"
    );
    assert_eq!(visitor.fetch(sid).await.json(), body);
}

#[tokio::test]
async fn the_service_can_be_asked_for() {
    let visitor = Visitor::new().await;
    let told = tell(visitor.twilio(Method::GET, "")).await;
    assert_eq!(told.status, 200);
    let body = told.json();
    assert_eq!(
        body["sid"],
        visitor.rehearsal.credentials().twilio_service_sid
    );
    assert_eq!(
        (&body["code_length"], &body["friendly_name"]),
        (&json!(6), &json!("SIMgate"))
    );
    assert!(
        body["links"]["verifications"]
            .as_str()
            .unwrap()
            .ends_with("/Verifications")
    );
}

#[tokio::test]
async fn wrong_credentials_are_refused_before_anything_is_done() {
    let visitor = Visitor::new().await;
    let credentials = visitor.rehearsal.credentials();
    let (account, service) = (
        &credentials.twilio_account_sid,
        &credentials.twilio_service_sid,
    );
    let url = format!(
        "{}/v2/Services/{service}/Verifications",
        visitor.rehearsal.twilio_verify_url()
    );
    for (user, secret) in [
        (account.as_str(), "wrong"),
        ("AC12", &credentials.twilio_auth_token),
    ] {
        let request = visitor.client.post(&url).basic_auth(user, Some(secret));
        let told = tell(request.form(&[("To", STEADY), ("Channel", "sms")])).await;
        assert_eq!((told.status, told.twilio_code()), (401, 20003));
    }
    assert_eq!(tell(visitor.client.post(&url)).await.status, 401);
    assert!(
        visitor.rehearsal.all_messages().is_empty(),
        "nobody was sent a code"
    );
}

#[tokio::test]
async fn another_service_is_not_found() {
    let visitor = Visitor::new().await;
    let credentials = visitor.rehearsal.credentials();
    let misshapen = &credentials.twilio_service_sid[..33];
    for service in [
        "VAaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "VA12",
        misshapen,
        &credentials.twilio_account_sid,
    ] {
        let url = format!(
            "{}/v2/Services/{service}",
            visitor.rehearsal.twilio_verify_url()
        );
        let request = visitor.client.get(url).basic_auth(
            &credentials.twilio_account_sid,
            Some(&credentials.twilio_auth_token),
        );
        let told = tell(request).await;
        assert_eq!((told.status, told.twilio_code()), (404, 20404), "{service}");
    }
    assert_eq!(
        tell(visitor.twilio(Method::GET, "/Nothing"))
            .await
            .twilio_code(),
        20404
    );
    assert_eq!(tell(visitor.twilio(Method::DELETE, "")).await.status, 405);
}

#[tokio::test]
async fn a_parameter_that_will_not_do_is_named() {
    let visitor = Visitor::new().await;
    let good = [("To", STEADY), ("Channel", "sms")];
    for (form, code, parameter) in [
        (vec![("Channel", "sms")], 60200, "To"),
        (
            vec![("To", "447700900000"), ("Channel", "sms")],
            60200,
            "To",
        ),
        (vec![("To", STEADY)], 60200, "Channel"),
        (vec![("To", STEADY), ("Channel", "email")], 60200, "Channel"),
        (vec![("To", STEADY), ("Channel", "SMS")], 60200, "Channel"),
        (
            [&good[..], &[("Locale", "not one")]].concat(),
            60200,
            "Locale",
        ),
        (
            [&good[..], &[("RiskCheck", "off")]].concat(),
            60200,
            "RiskCheck",
        ),
        (
            [&good[..], &[("CustomCode", "123456")]].concat(),
            60204,
            "ustom code",
        ),
    ] {
        let told = tell(visitor.twilio(Method::POST, "/Verifications").form(&form)).await;
        assert_eq!(told.twilio_code(), code, "{form:?}");
        assert!(
            told.json()["message"].as_str().unwrap().contains(parameter),
            "{form:?}"
        );
    }
    assert!(visitor.rehearsal.all_messages().is_empty());
    let not_a_form = visitor
        .twilio(Method::POST, "/Verifications")
        .json(&json!({ "To": STEADY }));
    assert_eq!(tell(not_a_form).await.twilio_code(), 60200);
}

#[tokio::test]
async fn the_right_code_is_approved_once() {
    let visitor = Visitor::new().await;
    let sid = visitor.sent(STEADY).await;
    let code = visitor.code(STEADY);
    let told = visitor.check(&sid, &code).await;
    assert_eq!(told.status, 200);
    let body = told.json();
    assert_eq!(
        (&body["status"], &body["valid"]),
        (&json!("approved"), &json!(true))
    );
    assert_eq!((&body["sid"], &body["to"]), (&json!(sid), &json!(STEADY)));
    assert_eq!(body["sna_attempts_error_codes"], json!([]));
    assert_eq!(
        visitor.check(&sid, &code).await.twilio_code(),
        20404,
        "it is used up"
    );
    assert_eq!(visitor.fetch(&sid).await.twilio_code(), 20404);
}

#[tokio::test]
async fn a_wrong_code_is_no_error() {
    let visitor = Visitor::new().await;
    let sid = visitor.sent(STEADY).await;
    let told = visitor.check(&sid, visitor.wrong_code(STEADY)).await;
    assert_eq!(told.status, 200);
    assert_eq!(told.json()["status"], "pending");
    assert_eq!(told.json()["valid"], false);
}

#[tokio::test]
async fn a_code_can_be_checked_by_its_number() {
    let visitor = Visitor::new().await;
    visitor.sent(STEADY).await;
    let check = |form: Vec<(&'static str, String)>| {
        tell(
            visitor
                .twilio(Method::POST, "/VerificationCheck")
                .form(&form),
        )
    };
    let code = visitor.code(STEADY);
    let never = check(vec![
        ("To", "+447700900002".to_owned()),
        ("Code", code.clone()),
    ])
    .await;
    assert_eq!(
        never.twilio_code(),
        20404,
        "that number was never sent a code"
    );
    let told = check(vec![("To", STEADY.to_owned()), ("Code", code)]).await;
    assert_eq!(told.json()["status"], "approved");
}

#[tokio::test]
async fn a_check_must_name_a_code_and_whose() {
    let visitor = Visitor::new().await;
    let sid = visitor.sent(STEADY).await;
    let sid = sid.as_str();
    for (form, code) in [
        (vec![("Code", "123456")], 60221),
        (vec![("VerificationSid", sid)], 60200),
        (vec![("VerificationSid", sid), ("Code", "123")], 60200),
        (
            vec![("VerificationSid", sid), ("Code", "12345678901")],
            60200,
        ),
        (vec![("VerificationSid", "VE12"), ("Code", "123456")], 60200),
        (vec![("To", "447700900000"), ("Code", "123456")], 60200),
        (
            vec![
                ("VerificationSid", "VEaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
                ("Code", "123456"),
            ],
            20404,
        ),
        (
            vec![
                ("VerificationSid", sid),
                ("To", "+447700900002"),
                ("Code", "123456"),
            ],
            20404,
        ),
    ] {
        let told = tell(
            visitor
                .twilio(Method::POST, "/VerificationCheck")
                .form(&form),
        )
        .await;
        assert_eq!(told.twilio_code(), code, "{form:?}");
    }
    let told = visitor.check(sid, &visitor.code(STEADY)).await;
    assert_eq!(
        told.json()["status"],
        "approved",
        "none of those counted as a check"
    );
}

#[tokio::test]
async fn a_resend_is_the_same_code_and_sid_whatever_the_channel() {
    let visitor = Visitor::new().await;
    let sid = visitor.sent(STEADY).await;
    let told = visitor.send(STEADY, "call").await.json();
    assert_eq!(told["sid"], sid);
    assert_eq!(told["channel"], "call");
    let channels: Vec<_> = told["send_code_attempts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|a| &a["channel"])
        .collect();
    assert_eq!(channels, ["SMS", "CALL"]);
    let messages = visitor.rehearsal.phone(STEADY);
    assert_eq!(
        messages.iter().map(|m| m.channel).collect::<Vec<_>>(),
        [Channel::Sms, Channel::Call]
    );
    assert_eq!(messages[0].code, messages[1].code);
    assert!(messages[0].text.ends_with(&messages[0].code));
}

#[tokio::test]
async fn the_message_is_in_the_language_asked_for() {
    let visitor = Visitor::new().await;
    let form = [("To", STEADY), ("Channel", "sms"), ("Locale", "es")];
    assert_eq!(
        tell(visitor.twilio(Method::POST, "/Verifications").form(&form))
            .await
            .status,
        201
    );
    assert!(
        visitor.rehearsal.phone(STEADY)[0]
            .text
            .starts_with("Tu código")
    );
}
