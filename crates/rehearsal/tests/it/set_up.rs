//! How the project and the service are set up, and with which credentials they are reached.

use reqwest::Method;
use serde_json::{Value, json};
use simgate_rehearsal::Credentials;

use crate::visitor::{STEADY, Visitor, tell};

async fn put(visitor: &Visitor, path: &str, body: &Value) -> u16 {
    tell(visitor.control(Method::PUT, path).json(body))
        .await
        .status
}

#[tokio::test]
async fn a_project_without_the_scope_gets_no_token_for_it() {
    let visitor = Visitor::new().await;
    let rule = json!({ "scopes": ["phone_check", "coverage"] });
    assert_eq!(put(&visitor, "/project", &rule).await, 204);
    let asked = |scope: &'static str| {
        let form = [("grant_type", "client_credentials"), ("scope", scope)];
        tell(visitor.token_request(&form))
    };
    let refused = asked("sim_check").await;
    assert_eq!(refused.status, 400);
    assert_eq!(refused.json()["error"], "invalid_scope");
    assert_eq!(asked("phone_check").await.status, 200);
    assert_eq!(put(&visitor, "/project", &json!({})).await, 204);
    assert_eq!(asked("sim_check").await.status, 200);
}

#[tokio::test]
async fn a_check_tells_what_it_cost_and_what_is_left() {
    let visitor = Visitor::new().await;
    let rule = json!({ "balance_micros": 12_500_000, "charge_micros": 50_000, "currency": "GBP" });
    assert_eq!(put(&visitor, "/project", &rule).await, 204);
    let told = visitor.sim_check(STEADY).await.json();
    assert_eq!(told["charge_amount"], json!(0.05));
    assert_eq!(told["charge_currency"], "GBP");
    assert_eq!(told["snapshot_balance"], json!(12.45));
}

#[tokio::test]
async fn a_service_has_its_code_length_and_its_channels() {
    let visitor = Visitor::new().await;
    let rule = json!({ "code_length": 4, "channels": ["sms"] });
    assert_eq!(put(&visitor, "/service", &rule).await, 204);
    let service = tell(visitor.twilio(Method::GET, "")).await;
    assert_eq!(service.json()["code_length"], 4);
    let send = |channel: &'static str| {
        let form = [("To", STEADY), ("Channel", channel)];
        tell(visitor.twilio(Method::POST, "/Verifications").form(&form))
    };
    assert_eq!(send("call").await.twilio_code(), 60223);
    assert!(visitor.rehearsal.phone(STEADY).is_empty());
    assert_eq!(send("sms").await.status, 201);
    assert_eq!(visitor.rehearsal.phone(STEADY)[0].code.len(), 4);
}

#[tokio::test]
async fn revoked_credentials_open_nothing_any_more() {
    let visitor = Visitor::new().await;
    let token = visitor.token().await;
    let new = Credentials::random();
    visitor.rehearsal.change_credentials(&new).unwrap();
    let check = visitor
        .tru_id(Method::POST, "/sim_check/v0.1/checks")
        .bearer_auth(token)
        .json(&json!({ "phone_number": STEADY }));
    assert_eq!(tell(check).await.status, 401);
    let form = [("grant_type", "client_credentials"), ("scope", "sim_check")];
    assert_eq!(tell(visitor.token_request(&form)).await.status, 401);
    assert_eq!(tell(visitor.twilio(Method::GET, "")).await.status, 401);
    let path = format!(
        "{}/v2/Services/{}",
        visitor.rehearsal.twilio_verify_url(),
        new.twilio_service_sid
    );
    let with_new = visitor
        .client
        .get(path)
        .basic_auth(&new.twilio_account_sid, Some(&new.twilio_auth_token));
    assert_eq!(tell(with_new).await.status, 200);
    let misshapen = Credentials {
        twilio_service_sid: "VA12".to_owned(),
        ..Credentials::random()
    };
    assert!(visitor.rehearsal.change_credentials(&misshapen).is_err());
}
