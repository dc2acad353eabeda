//! What is sent to tru.ID, to the byte.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use simgate_domain::{SimOutcome, SimWindow};
use simgate_rehearsal::Call;
use simgate_vendors::SimCheck as _;

use crate::harness::{Bench, NUMBER, headers, number};

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect()
}

#[tokio::test]
async fn a_token_is_asked_for_as_tru_id_documents() {
    let bench = Bench::new().await;
    bench.sim(NUMBER).await;
    let request = bench.the_request(Call::Token);
    assert_eq!(request.path, "/oauth2/v1/token");
    assert_eq!(
        request.body_text(),
        "grant_type=client_credentials&scope=sim_check"
    );
    let known = bench.vendors.credentials();
    let basic = STANDARD.encode(format!(
        "{}:{}",
        known.tru_client_id, known.tru_client_secret
    ));
    assert_eq!(
        headers(&request),
        pairs(&[
            ("accept", "*/*"),
            ("authorization", &format!("Basic {basic}")),
            ("content-length", "45"),
            ("content-type", "application/x-www-form-urlencoded"),
            (
                "host",
                bench.vendors.tru_id_url().trim_start_matches("http://")
            ),
            ("user-agent", concat!("SIMgate/", env!("CARGO_PKG_VERSION"))),
        ])
    );
}

#[tokio::test]
async fn a_check_names_the_number_with_its_plus_and_the_window_in_minutes() {
    let bench = Bench::new().await;
    let window = SimWindow::from_minutes(1_440).unwrap();
    let report = bench.sim.check(&number(NUMBER), window).await;
    assert_eq!(report.outcome, SimOutcome::Unchanged);
    let request = bench.the_request(Call::SimCheck);
    assert_eq!(request.path, "/sim_check/v0.1/checks");
    assert_eq!(
        request.body_text(),
        r#"{"phone_number":"+447700900012","period":1440}"#
    );
    let bearer = request
        .header("authorization")
        .unwrap_or_default()
        .to_owned();
    assert!(
        bearer.starts_with("Bearer ") && bearer.len() > 20,
        "the token it was given"
    );
    assert_eq!(
        headers(&request),
        pairs(&[
            ("accept", "*/*"),
            ("authorization", &bearer),
            ("content-length", "46"),
            ("content-type", "application/json"),
            (
                "host",
                bench.vendors.tru_id_url().trim_start_matches("http://")
            ),
            ("user-agent", concat!("SIMgate/", env!("CARGO_PKG_VERSION"))),
        ])
    );
    let id = report.check_id.expect("the vendor's name for the check");
    assert_eq!(id.len(), 36, "tru.ID names its checks by UUID");
}

#[tokio::test]
async fn warming_up_leaves_one_round_trip_and_checks_nothing() {
    let bench = Bench::new().await;
    bench.sim.warm_up().await;
    assert_eq!(
        bench.vendors.ledger().len(),
        1,
        "a token was fetched and nothing else"
    );
    bench.the_request(Call::Token);
    bench.sim.warm_up().await;
    bench.sim(NUMBER).await;
    bench.the_request(Call::Token);
    bench.the_request(Call::SimCheck);
    let credentialled = |request: &simgate_rehearsal::Request| {
        request.call == Call::Other && request.header("authorization").is_some()
    };
    assert!(
        !bench.vendors.ledger().iter().any(credentialled),
        "opening takes no credentials"
    );
}
