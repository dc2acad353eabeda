//! How long a token is kept, and what ends it.

use std::sync::Arc;

use serde_json::json;
use simgate_domain::{CannotTell, SimOutcome, SimWindow};
use simgate_rehearsal::Call;
use simgate_rehearsal::faults::Fault;
use simgate_vendors::SimCheck as _;
use tokio::task::JoinSet;

use crate::harness::{Bench, NUMBER, number, setting, unknown};

fn tokens_used(bench: &Bench) -> Vec<String> {
    let checks = bench.requests(Call::SimCheck).into_iter();
    checks
        .map(|check| check.header("authorization").unwrap_or_default().to_owned())
        .collect()
}

#[tokio::test]
async fn one_token_serves_many_checks() {
    let bench = Bench::new().await;
    for _ in 0..5 {
        assert_eq!(bench.sim(NUMBER).await, SimOutcome::Unchanged);
    }
    bench.the_request(Call::Token);
    let mut used = tokens_used(&bench);
    used.dedup();
    assert_eq!(used.len(), 1);
}

#[tokio::test]
async fn a_token_is_replaced_a_minute_before_its_end() {
    let bench = Bench::new().await;
    bench.sim(NUMBER).await;
    bench.clock.advance(3_539);
    bench.sim(NUMBER).await;
    assert_eq!(
        bench.requests(Call::Token).len(),
        1,
        "61 seconds are left to it"
    );
    bench.clock.advance(1);
    bench.sim(NUMBER).await;
    assert_eq!(
        bench.requests(Call::Token).len(),
        2,
        "60 seconds are left to it"
    );
    let used = tokens_used(&bench);
    assert_eq!(used[0], used[1]);
    assert_ne!(used[1], used[2]);
}

#[tokio::test]
async fn parallel_checks_wait_for_one_token() {
    let bench = Arc::new(Bench::failing(Fault::on(Call::Token).delayed(200)).await);
    let mut checks = JoinSet::new();
    for _ in 0..20 {
        let bench = Arc::clone(&bench);
        checks.spawn(async move { bench.sim(NUMBER).await });
    }
    let outcomes = checks.join_all().await;
    assert_eq!(outcomes, vec![SimOutcome::Unchanged; 20]);
    bench.the_request(Call::Token);
    assert_eq!(bench.requests(Call::SimCheck).len(), 20);
}

#[tokio::test]
async fn parallel_checks_share_one_refusal() {
    let fault = Fault::on(Call::Token).answering(429, &[("Retry-After", "5")], "");
    let bench = Arc::new(Bench::failing(fault.delayed(200)).await);
    let mut checks = JoinSet::new();
    for _ in 0..20 {
        let bench = Arc::clone(&bench);
        checks.spawn(async move { bench.sim(NUMBER).await });
    }
    for outcome in checks.join_all().await {
        assert!(matches!(
            outcome,
            SimOutcome::Unknown {
                cause: CannotTell::RateLimit { .. }
            }
        ));
    }
    bench.the_request(Call::Token);
    bench.vendors.clear_faults().await;
    assert_eq!(
        bench.sim(NUMBER).await,
        SimOutcome::Unchanged,
        "a refusal is not kept"
    );
}

#[tokio::test]
async fn a_token_that_is_no_longer_taken_is_replaced_once() {
    let bench = Bench::new().await;
    bench.sim(NUMBER).await;
    // Its clock runs ahead of ours: the token has ended though we think it good.
    bench
        .vendors
        .advance_clock(std::time::Duration::from_secs(3_601));
    assert_eq!(bench.sim(NUMBER).await, SimOutcome::Unchanged);
    assert_eq!(bench.requests(Call::Token).len(), 2);
    let used = tokens_used(&bench);
    assert_eq!(used.len(), 3, "the check was refused once and then made");
    assert_eq!(used[0], used[1]);
    assert_ne!(used[1], used[2]);
}

#[tokio::test]
async fn a_second_refusal_is_the_answer() {
    let bench = Bench::failing(Fault::on(Call::SimCheck).answering(401, &[], "")).await;
    assert_eq!(bench.sim(NUMBER).await, unknown(CannotTell::OurCredentials));
    assert_eq!(bench.requests(Call::SimCheck).len(), 2);
    assert_eq!(bench.requests(Call::Token).len(), 2);
    bench.vendors.clear_faults().await;
    assert_eq!(bench.sim(NUMBER).await, SimOutcome::Unchanged);
    assert_eq!(
        bench.requests(Call::Token).len(),
        3,
        "a token that was refused is not kept"
    );
}

#[tokio::test]
async fn a_token_that_lives_too_short_is_used_once() {
    for expires_in in [json!(0), json!(-1), json!(60), json!(null)] {
        let bench = Bench::failing(setting(Call::Token, "expires_in", expires_in.clone())).await;
        for _ in 0..2 {
            assert_eq!(
                bench.sim(NUMBER).await,
                SimOutcome::Unchanged,
                "{expires_in}"
            );
        }
        assert_eq!(bench.requests(Call::Token).len(), 2, "{expires_in}");
    }
}

#[tokio::test]
async fn no_token_is_kept_for_more_than_a_day() {
    let bench = Bench::failing(setting(Call::Token, "expires_in", json!(u64::MAX))).await;
    bench.sim(NUMBER).await;
    bench.clock.advance(86_339);
    bench.sim(NUMBER).await;
    assert_eq!(bench.requests(Call::Token).len(), 1);
    bench.clock.advance(1);
    bench.sim(NUMBER).await;
    assert_eq!(bench.requests(Call::Token).len(), 2);
}

#[tokio::test]
async fn a_new_client_does_not_know_the_old_ones_token() {
    let bench = Bench::new().await;
    bench.sim(NUMBER).await;
    let renewed = bench.another_tru_id();
    renewed.check(&number(NUMBER), SimWindow::SEVEN_DAYS).await;
    assert_eq!(bench.requests(Call::Token).len(), 2);
    let used = tokens_used(&bench);
    assert_ne!(used[0], used[1]);
}

#[tokio::test]
async fn a_token_is_asked_for_again_when_the_vendor_stumbles() {
    let stumble = Fault::on(Call::Token).answering(503, &[], "").times(2);
    let bench = Bench::failing(stumble).await;
    assert_eq!(bench.sim(NUMBER).await, SimOutcome::Unchanged);
    assert_eq!(bench.requests(Call::Token).len(), 3);

    let bench = Bench::failing(Fault::on(Call::Token).answering(503, &[], "")).await;
    assert_eq!(bench.sim(NUMBER).await, unknown(CannotTell::VendorFailed));
    assert_eq!(
        bench.requests(Call::Token).len(),
        3,
        "twice more and no oftener"
    );
    assert!(bench.requests(Call::SimCheck).is_empty());
}

#[tokio::test]
async fn a_token_that_is_refused_is_not_asked_for_again() {
    for (status, cause) in [
        (400, CannotTell::VendorFailed),
        (401, CannotTell::OurCredentials),
        (402, CannotTell::OurBalance),
        (403, CannotTell::OurCredentials),
        (404, CannotTell::VendorFailed),
        (201, CannotTell::MalformedAnswer),
    ] {
        let bench = Bench::failing(Fault::on(Call::Token).answering(status, &[], "")).await;
        assert_eq!(bench.sim(NUMBER).await, unknown(cause), "{status}");
        bench.the_request(Call::Token);
        assert!(bench.requests(Call::SimCheck).is_empty(), "{status}");
    }
}
