//! What is sent to Twilio, to the byte.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::SecretString;
use simgate_domain::{Channel, Locale};
use simgate_rehearsal::{Call, Request};
use simgate_vendors::http::{Reach, client};
use simgate_vendors::{
    CodeAnswer, CodeEnd, CodeSender as _, TwilioCredentials, TwilioHost, TwilioVerify,
};

use crate::harness::{Bench, NUMBER, headers, number};

/// The headers that every request to Twilio has, and none besides.
fn expected_headers(bench: &Bench, body: &str) -> Vec<(String, String)> {
    let known = bench.vendors.credentials();
    let basic = format!("{}:{}", known.twilio_account_sid, known.twilio_auth_token);
    let url = bench.vendors.twilio_verify_url();
    [
        ("accept", "*/*".to_owned()),
        ("authorization", format!("Basic {}", STANDARD.encode(basic))),
        ("content-length", body.len().to_string()),
        (
            "content-type",
            "application/x-www-form-urlencoded".to_owned(),
        ),
        ("host", url.trim_start_matches("http://").to_owned()),
        (
            "user-agent",
            concat!("SIMgate/", env!("CARGO_PKG_VERSION")).to_owned(),
        ),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .to_vec()
}

fn assert_is(bench: &Bench, request: &Request, path: &str, body: &str) {
    let service = &bench.vendors.credentials().twilio_service_sid;
    assert_eq!(request.path, format!("/v2/Services/{service}{path}"));
    assert_eq!(request.body_text(), body);
    assert_eq!(headers(request), expected_headers(bench, body));
}

#[tokio::test]
async fn a_code_is_sent_by_channel_and_language() {
    let table = [
        (
            Channel::Sms,
            Locale::English,
            "To=%2B447700900012&Channel=sms&Locale=en",
        ),
        (
            Channel::Sms,
            Locale::Spanish,
            "To=%2B447700900012&Channel=sms&Locale=es",
        ),
        (
            Channel::Voice,
            Locale::English,
            "To=%2B447700900012&Channel=call&Locale=en",
        ),
        (
            Channel::Voice,
            Locale::Spanish,
            "To=%2B447700900012&Channel=call&Locale=es",
        ),
    ];
    for (channel, locale, body) in table {
        let bench = Bench::new().await;
        bench
            .codes
            .start(&number(NUMBER), channel, locale)
            .await
            .unwrap();
        assert_is(
            &bench,
            &bench.the_request(Call::Verifications),
            "/Verifications",
            body,
        );
        assert_eq!(bench.vendors.phone(NUMBER).len(), 1);
    }
}

#[tokio::test]
async fn a_code_is_checked_by_its_verification_and_never_by_number() {
    let bench = Bench::new().await;
    let (sid, code) = bench.sent().await;
    assert_eq!(bench.check(&sid, &code).await, Ok(CodeAnswer::Approved));
    let body = format!("VerificationSid={}&Code={code}", sid.as_str());
    assert_is(
        &bench,
        &bench.the_request(Call::VerificationCheck),
        "/VerificationCheck",
        &body,
    );
}

#[tokio::test]
async fn a_verification_is_canceled_and_its_code_is_dead() {
    let bench = Bench::new().await;
    let (sid, code) = bench.sent().await;
    assert_eq!(bench.codes.cancel(&sid).await, Ok(()));
    let path = format!("/Verifications/{}", sid.as_str());
    assert_is(
        &bench,
        &bench.the_request(Call::Cancel),
        &path,
        "Status=canceled",
    );
    let answer = bench.check(&sid, &code).await;
    assert!(
        matches!(
            answer,
            Ok(CodeAnswer::Ended(CodeEnd::NotFound | CodeEnd::Canceled))
        ),
        "{answer:?}"
    );
}

#[tokio::test]
async fn an_api_key_is_as_good_as_an_account() {
    let bench = Bench::new().await;
    let key = format!("SK{}", "0".repeat(32));
    let service = &bench.vendors.credentials().twilio_service_sid;
    let credentials = TwilioCredentials::new(&key, SecretString::from("its.secret"), service);
    let host = TwilioHost::loopback(&bench.vendors.twilio_verify_url()).unwrap();
    let codes = TwilioVerify::new(client(Reach::Loopback).unwrap(), host, credentials.unwrap());
    let sent = codes
        .start(&number(NUMBER), Channel::Sms, Locale::English)
        .await;
    assert!(sent.is_err(), "the stand-ins know the account only");
    let presented = bench.the_request(Call::Verifications);
    let basic = format!("Basic {}", STANDARD.encode(format!("{key}:its.secret")));
    assert_eq!(presented.header("authorization"), Some(basic.as_str()));
}

#[tokio::test]
async fn warming_up_sends_no_credentials_and_no_code() {
    let bench = Bench::new().await;
    bench.codes.warm_up().await;
    let request = bench.the_request(Call::Other);
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("GET", "/")
    );
    assert_eq!(request.header("authorization"), None);
    assert_eq!(bench.vendors.ledger().len(), 1);
}

#[tokio::test]
async fn a_code_sent_again_is_the_same_verification() {
    let bench = Bench::new().await;
    let (first, code) = bench.sent().await;
    let again = bench
        .codes
        .start(&number(NUMBER), Channel::Voice, Locale::English)
        .await;
    assert_eq!(again, Ok(first));
    assert_eq!(bench.code_on_phone(), code);
}
