//! `POST /sim_check/v0.1/checks` and reading a check back.

use std::time::Duration;

use reqwest::Method;
use serde_json::{Value, json};
use simgate_rehearsal::NumberRule;

use crate::visitor::{STEADY, Visitor, client, tell};

#[tokio::test]
async fn a_check_has_every_field_tru_id_promises() {
    let visitor = Visitor::new().await;
    let token = visitor.token().await;
    let body = json!({ "phone_number": "447700900002", "reference_id": "mine" });
    let told = tell(visitor.sim_check_request(&token, &body)).await;
    assert_eq!(told.status, 201);
    assert_eq!(told.header("content-type"), "application/hal+json");
    let check = told.json();
    let id = check["check_id"].as_str().unwrap();
    assert_eq!(id.len(), 36);
    assert_eq!(check["status"], "COMPLETED");
    assert_eq!(check["no_sim_change"], true);
    assert_eq!(check["no_sim_change_period"], 10_080);
    assert_eq!(check["charge_amount"], 1);
    assert_eq!(check["charge_currency"], "API");
    assert_eq!(check["network_id"], "23410");
    assert_eq!(check["reference_id"], "mine");
    assert!(check["snapshot_balance"].is_number());
    assert!(check["created_at"].as_str().unwrap().ends_with("+00:00"));
    let path = format!("/sim_check/v0.1/checks/{id}");
    assert_eq!(
        check["_links"]["self"]["href"],
        visitor.rehearsal.tru_id_url() + &path
    );
    for header in [
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
    ] {
        assert!(told.header(header).parse::<u64>().is_ok(), "{header}");
    }

    let again = tell(visitor.tru_id(Method::GET, &path).bearer_auth(&token)).await;
    assert_eq!(again.status, 200);
    assert_eq!(
        again.json().get("snapshot_balance"),
        None,
        "told only when the check is made"
    );
    assert_eq!(again.json()["check_id"], check["check_id"]);
    let other = "/sim_check/v0.1/checks/c69bc0e6-a429-11ea-bb37-0242ac130002";
    let missing = tell(visitor.tru_id(Method::GET, other).bearer_auth(&token)).await;
    assert_eq!(
        (missing.status, missing.problem().as_str()),
        (404, "check_not_found")
    );
}

#[tokio::test]
async fn the_ending_of_a_number_chooses_what_its_operator_says() {
    let visitor = Visitor::new().await;
    for (number, unchanged) in [
        ("+447700900000", true),
        ("+447700900013", false),
        ("+447700900095", true),
        ("+447700900095", false),
    ] {
        let told = visitor.sim_check(number).await;
        assert_eq!(
            (told.status, &told.json()["no_sim_change"]),
            (201, &json!(unchanged))
        );
    }
    for (ending, error_code) in [
        (91, "mno_timeout"),
        (92, "mno_user_not_found"),
        (93, "mno_not_supported"),
        (94, "mno_no_data_available"),
        (99, "mno_server_error"),
    ] {
        let told = visitor.sim_check(&format!("+4477009000{ending}")).await;
        let check = told.json();
        assert_eq!(
            (told.status, &check["status"]),
            (201, &json!("ERROR")),
            "{ending}"
        );
        assert_eq!(check["error_code"], error_code);
        assert_eq!(
            check["charge_amount"], 0,
            "only a completed check is charged for"
        );
        assert!(check.get("no_sim_change").is_none() && check.get("network_id").is_none());
    }
    for (ending, status, problem) in [
        (90, 400, "mno_not_supported"),
        (96, 402, "insufficient_balance"),
        (97, 429, "too_many_requests"),
    ] {
        let told = visitor.sim_check(&format!("+4477009000{ending}")).await;
        assert_eq!((told.status, told.problem().as_str()), (status, problem));
        assert_eq!(
            told.header("retry-after"),
            if ending == 97 { "30" } else { "" }
        );
    }
}

#[tokio::test]
async fn a_number_ending_in_98_is_never_answered() {
    let visitor = Visitor::new().await;
    let token = visitor.token().await;
    let impatient = client(Duration::from_millis(200));
    let error = impatient
        .post(visitor.rehearsal.tru_id_url() + "/sim_check/v0.1/checks")
        .bearer_auth(token)
        .json(&json!({ "phone_number": "+447700900098" }))
        .send()
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

#[tokio::test]
async fn a_change_counts_only_within_the_period_asked_about() {
    let visitor = Visitor::new().await;
    let five_days = NumberRule::Changed {
        within_minutes: Some(5 * 1440),
    };
    visitor.rehearsal.set_number(STEADY, five_days).unwrap();
    let token = visitor.token().await;
    for (period, unchanged) in [(1440, true), (10_080, false), (540_000, false)] {
        let body = json!({ "phone_number": STEADY, "period": period });
        let check = tell(visitor.sim_check_request(&token, &body)).await.json();
        assert_eq!(check["no_sim_change"], unchanged, "{period}");
        assert_eq!(check["no_sim_change_period"], period);
        assert_eq!(check["sim_change_within"], 10_080);
    }
    visitor.rehearsal.reset_number(STEADY).unwrap();
    assert_eq!(
        visitor
            .sim_check(STEADY)
            .await
            .json()
            .get("sim_change_within"),
        None
    );
}

#[tokio::test]
async fn a_request_that_is_not_understood_is_refused() {
    let visitor = Visitor::new().await;
    let token = visitor.token().await;
    let number = |number: Value| json!({ "phone_number": number });
    let period = |period: Value| json!({ "phone_number": STEADY, "period": period });
    for (body, problem) in [
        (json!({}), "bad_request"),
        (json!([]), "bad_request"),
        (number(json!(447_700_900_000_u64)), "bad_request"),
        (number(json!("07700900000")), "phone_format_invalid"),
        (number(json!("+44 7700 900000")), "phone_format_invalid"),
        (number(json!("")), "phone_format_invalid"),
        (period(json!(59)), "bad_request"),
        (period(json!(540_001)), "bad_request"),
        (period(json!("1440")), "bad_request"),
        (period(json!(1440.5)), "bad_request"),
        (
            json!({ "phone_number": STEADY, "reference_id": 1 }),
            "bad_request",
        ),
    ] {
        let told = tell(visitor.sim_check_request(&token, &body)).await;
        assert_eq!(
            (told.status, told.problem().as_str()),
            (400, problem),
            "{body}"
        );
    }
    for edge in [60, 540_000] {
        let told = tell(visitor.sim_check_request(&token, &period(json!(edge)))).await;
        assert_eq!(told.status, 201, "{edge}");
    }
    let form = visitor
        .tru_id(Method::POST, "/sim_check/v0.1/checks")
        .bearer_auth(&token)
        .form(&[("phone_number", STEADY)]);
    assert_eq!(tell(form).await.problem(), "bad_request");
}

#[tokio::test]
async fn no_token_no_check() {
    let visitor = Visitor::new().await;
    let body = json!({ "phone_number": STEADY });
    for token in ["", "undefined", "2YotnFZFEjr1zCsicMWpAA"] {
        let told = tell(visitor.sim_check_request(token, &body)).await;
        assert_eq!(
            (told.status, told.problem().as_str()),
            (401, "unauthorized")
        );
    }
    let bare = visitor
        .tru_id(Method::POST, "/sim_check/v0.1/checks")
        .json(&body);
    assert_eq!(tell(bare).await.status, 401);
    let read = visitor.tru_id(Method::GET, "/sim_check/v0.1/checks/x");
    assert_eq!(tell(read).await.status, 401);
}

#[tokio::test]
async fn other_paths_and_methods_lead_nowhere() {
    let visitor = Visitor::new().await;
    for (method, path, status) in [
        (Method::GET, "/", 404),
        (Method::GET, "/sim_check/v1/checks", 404),
        (Method::GET, "/oauth2/v1/token", 405),
        (Method::DELETE, "/sim_check/v0.1/checks/x", 405),
    ] {
        assert_eq!(
            tell(visitor.tru_id(method, path)).await.status,
            status,
            "{path}"
        );
    }
}
