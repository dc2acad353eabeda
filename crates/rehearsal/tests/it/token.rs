//! `POST /oauth2/v1/token` and `/oauth2/v1/revoke`.

use std::time::Duration;

use reqwest::Method;
use serde_json::json;

use crate::visitor::{STEADY, Visitor, tell};

const GOOD: [(&str, &str); 2] = [("grant_type", "client_credentials"), ("scope", "sim_check")];

#[tokio::test]
async fn a_token_is_issued_for_the_right_credentials() {
    let visitor = Visitor::new().await;
    let form = [
        ("grant_type", "client_credentials"),
        ("scope", "phone_check sim_check"),
    ];
    let told = tell(visitor.token_request(&form)).await;
    assert_eq!(told.status, 200);
    assert_eq!(told.header("content-type"), "application/json");
    let body = told.json();
    assert!(body["access_token"].as_str().unwrap().len() >= 40);
    assert_eq!(body["token_type"], "bearer");
    assert_eq!(body["expires_in"], 3600);
    assert_eq!(body["scope"], "phone_check sim_check");
    assert_ne!(
        visitor.token().await,
        visitor.token().await,
        "each token is a new one"
    );
}

#[tokio::test]
async fn wrong_credentials_get_nothing() {
    let visitor = Visitor::new().await;
    let credentials = visitor.rehearsal.credentials();
    let (id, secret) = (&credentials.tru_client_id, &credentials.tru_client_secret);
    for (id, secret) in [
        (id.as_str(), "wrong"),
        ("wrong", secret),
        (secret, id),
        (id, ""),
    ] {
        let request = visitor.tru_id(Method::POST, "/oauth2/v1/token");
        let told = tell(request.basic_auth(id, Some(secret)).form(&GOOD)).await;
        assert_eq!(told.status, 401);
        assert_eq!(told.json()["error"], "invalid_client");
        assert!(told.json()["error_description"].is_string());
        assert!(told.header("www-authenticate").starts_with("Basic"));
    }
    let none = tell(visitor.tru_id(Method::POST, "/oauth2/v1/token").form(&GOOD)).await;
    assert_eq!(none.status, 401);
}

#[tokio::test]
async fn a_grant_that_is_not_understood_is_refused() {
    let visitor = Visitor::new().await;
    for (form, error) in [
        (
            vec![("grant_type", "password"), ("scope", "sim_check")],
            "unsupported_grant_type",
        ),
        (vec![("scope", "sim_check")], "invalid_request"),
        (vec![("grant_type", "client_credentials")], "invalid_scope"),
        (
            vec![("grant_type", "client_credentials"), ("scope", "all")],
            "invalid_scope",
        ),
    ] {
        let told = tell(visitor.token_request(&form)).await;
        assert_eq!(
            (told.status, &told.json()["error"]),
            (400, &json!(error)),
            "{form:?}"
        );
    }
    let not_a_form = visitor
        .token_request(&[])
        .json(&json!({ "grant_type": "client_credentials" }));
    assert_eq!(tell(not_a_form).await.status, 400);
}

#[tokio::test]
async fn a_token_lives_an_hour_by_the_stand_ins_clock() {
    let visitor = Visitor::new().await;
    let token = visitor.token().await;
    let body = json!({ "phone_number": STEADY });
    visitor.rehearsal.advance_clock(Duration::from_secs(3590));
    assert_eq!(
        tell(visitor.sim_check_request(&token, &body)).await.status,
        201
    );
    visitor.rehearsal.advance_clock(Duration::from_secs(10));
    let told = tell(visitor.sim_check_request(&token, &body)).await;
    assert_eq!(
        (told.status, told.problem().as_str()),
        (401, "unauthorized")
    );
}

#[tokio::test]
async fn a_revoked_token_is_good_for_nothing() {
    let visitor = Visitor::new().await;
    let token = visitor.token().await;
    let credentials = visitor.rehearsal.credentials();
    for token in [token.as_str(), "never issued"] {
        let request = visitor
            .tru_id(Method::POST, "/oauth2/v1/revoke")
            .basic_auth(
                &credentials.tru_client_id,
                Some(&credentials.tru_client_secret),
            )
            .form(&[("token", token), ("token_type_hint", "access_token")]);
        assert_eq!(tell(request).await.status, 200, "revoking always succeeds");
    }
    let told = tell(visitor.sim_check_request(&token, &json!({ "phone_number": STEADY }))).await;
    assert_eq!(told.status, 401);
}

#[tokio::test]
async fn a_token_for_something_else_does_not_check_sims() {
    let visitor = Visitor::new().await;
    let form = [("grant_type", "client_credentials"), ("scope", "coverage")];
    let told = tell(visitor.token_request(&form)).await;
    let token = told.json()["access_token"].as_str().unwrap().to_owned();
    let told = tell(visitor.sim_check_request(&token, &json!({ "phone_number": STEADY }))).await;
    assert_eq!(told.status, 401);
}
