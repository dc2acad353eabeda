//! Trials of credentials: what is asked, step by step, and what each answer comes to.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use simgate_rehearsal::faults::{Door, Fault, Wire};
use simgate_rehearsal::{Call, ProjectRule, ServiceRule, Vendor};
use simgate_vendors::trial::{
    ChannelsTold, CodeLengthProblem, ScopeNotHeld, ServiceRefused, Step, TokenRefused, TruIdTrial,
    TwilioTrial,
};
use simgate_vendors::{RequestError, SimCheck as _, TransportError};

use crate::harness::{Bench, NUMBER, headers, lacking, number, setting};

const PASSED: Step<(), TransportError> = Step::Passed { detail: () };

fn token_failed(cause: RequestError<TokenRefused>) -> TruIdTrial {
    TruIdTrial {
        host: PASSED,
        token: Step::Failed { cause },
        scope: Step::NotReached,
    }
}

fn service_failed(cause: RequestError<ServiceRefused>) -> TwilioTrial {
    TwilioTrial {
        host: PASSED,
        service: Step::Failed { cause },
        code_length: Step::NotReached,
        channels: Step::NotReached,
    }
}

#[tokio::test]
async fn tru_id_is_asked_for_a_token_and_for_nothing_that_costs() {
    let bench = Bench::new().await;
    let trial = bench.sim.trial().await;
    assert!(trial.passed(), "{trial:?}");
    let asked = bench.vendors.ledger();
    let asked: Vec<_> = asked
        .iter()
        .map(|request| (request.method.as_str(), request.path.as_str()))
        .collect();
    assert_eq!(asked, [("GET", "/"), ("POST", "/oauth2/v1/token")]);
    assert_eq!(
        bench.the_request(Call::Other).header("authorization"),
        None,
        "whether the host answers is asked without credentials"
    );
    assert_eq!(
        bench.the_request(Call::Token).body_text(),
        "grant_type=client_credentials&scope=sim_check"
    );

    bench.sim(NUMBER).await;
    assert_eq!(
        bench.requests(Call::Token).len(),
        2,
        "the token of a trial is not kept"
    );
}

#[tokio::test]
async fn twilio_is_asked_for_the_service_and_sends_nothing() {
    let bench = Bench::new().await;
    let trial = bench.codes.trial().await;
    assert!(trial.passed(), "{trial:?}");
    assert_eq!(trial.code_length, Step::Passed { detail: 6 });
    let detail = ChannelsTold {
        call_wants_key: Some(true),
    };
    assert_eq!(trial.channels, Step::Passed { detail });

    let known = bench.vendors.credentials();
    let request = bench.the_request(Call::Service);
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        (
            "GET",
            format!("/v2/Services/{}", known.twilio_service_sid).as_str()
        )
    );
    assert_eq!(request.body_text(), "");
    let basic = STANDARD.encode(format!(
        "{}:{}",
        known.twilio_account_sid, known.twilio_auth_token
    ));
    let url = bench.vendors.twilio_verify_url();
    let expected = [
        ("accept", "*/*"),
        ("authorization", &format!("Basic {basic}")),
        ("host", url.trim_start_matches("http://")),
        ("user-agent", concat!("SIMgate/", env!("CARGO_PKG_VERSION"))),
    ];
    let expected = expected.map(|(name, value)| (name.to_owned(), value.to_owned()));
    assert_eq!(headers(&request), expected);
    assert_eq!(bench.vendors.ledger().len(), 2);
    assert!(bench.vendors.all_messages().is_empty());
}

#[tokio::test]
async fn a_host_that_does_not_answer_is_where_it_ends() {
    for (vendor, door, cause) in [
        (Vendor::TruId, Door::Refuse, TransportError::Unreachable),
        (Vendor::TruId, Door::CloseOnAccept, TransportError::Cut),
        (
            Vendor::TwilioVerify,
            Door::Refuse,
            TransportError::Unreachable,
        ),
    ] {
        let fault = Fault {
            vendor: Some(vendor),
            ..Fault::default().behind(door)
        };
        let bench = Bench::failing(fault).await;
        match vendor {
            Vendor::TruId => {
                let trial = bench.sim.trial().await;
                let expected = TruIdTrial {
                    host: Step::Failed { cause },
                    token: Step::NotReached,
                    scope: Step::NotReached,
                };
                assert_eq!(trial, expected, "{door:?}");
            }
            Vendor::TwilioVerify => {
                let trial = bench.codes.trial().await;
                let expected = TwilioTrial {
                    host: Step::Failed { cause },
                    service: Step::NotReached,
                    code_length: Step::NotReached,
                    channels: Step::NotReached,
                };
                assert_eq!(trial, expected, "{door:?}");
            }
        }
        assert!(bench.requests(Call::Token).is_empty());
        assert!(bench.requests(Call::Service).is_empty());
    }
}

#[tokio::test]
async fn a_host_is_reached_whatever_it_says_at_its_door() {
    for status in [200, 302, 401, 404, 503] {
        let bench = Bench::failing(Fault::on(Call::Other).answering(status, &[], "")).await;
        assert!(bench.sim.trial().await.passed(), "{status}");
        assert!(bench.codes.trial().await.passed(), "{status}");
    }
    let bench = Bench::failing(Fault::on(Call::Other).over(Wire::Filler { bytes: 1 << 20 })).await;
    assert!(bench.sim.trial().await.passed());
}

#[tokio::test]
async fn a_token_that_is_refused_says_why() {
    let refused = RequestError::Refused;
    let retry_after = Some(std::time::Duration::from_secs(30));
    let table = [
        (401, "{}", refused(TokenRefused::OurCredentials)),
        (403, "{}", refused(TokenRefused::OurCredentials)),
        (402, "{}", refused(TokenRefused::OurBalance)),
        (
            429,
            "{}",
            refused(TokenRefused::RateLimited { retry_after }),
        ),
        (200, "{}", TransportError::Malformed.into()),
        (
            404,
            "{}",
            TransportError::VendorFailed { status: 404 }.into(),
        ),
        (
            500,
            "{}",
            TransportError::VendorFailed { status: 500 }.into(),
        ),
    ];
    for (status, body, cause) in table {
        let headers = [("Retry-After", "30")];
        let fault = Fault::on(Call::Token).answering(status, &headers, body);
        let bench = Bench::failing(fault).await;
        assert_eq!(bench.sim.trial().await, token_failed(cause), "{status}");
        let times = if status == 500 { 3 } else { 1 };
        assert_eq!(bench.requests(Call::Token).len(), times, "{status}");
    }
}

#[tokio::test]
async fn a_project_that_may_not_check_sims_is_told_apart() {
    let bench = Bench::new().await;
    let scopes = vec!["phone_check".to_owned()];
    let rule = ProjectRule {
        scopes,
        ..ProjectRule::default()
    };
    bench.vendors.set_project(rule).unwrap();
    let not_held = Step::Failed {
        cause: ScopeNotHeld,
    };
    let expected = TruIdTrial {
        host: PASSED,
        token: Step::Failed {
            cause: RequestError::Refused(TokenRefused::Scope),
        },
        scope: not_held,
    };
    assert_eq!(bench.sim.trial().await, expected);

    let bench = Bench::failing(setting(Call::Token, "scope", json!("phone_check"))).await;
    let expected = TruIdTrial {
        host: PASSED,
        token: Step::Passed { detail: () },
        scope: not_held,
    };
    assert_eq!(bench.sim.trial().await, expected);
}

#[tokio::test]
async fn a_service_that_is_not_found_says_why() {
    let body = |code: u32, status: u16| {
        json!({ "code": code, "message": "x", "more_info": "x", "status": status }).to_string()
    };
    let table = [
        (404, 20_404, ServiceRefused::NotFound),
        (401, 20_003, ServiceRefused::OurCredentials),
        (403, 20_403, ServiceRefused::OurAccount),
        (400, 575_001, ServiceRefused::OurAccount),
        (
            429,
            20_429,
            ServiceRefused::RateLimited { retry_after: None },
        ),
    ];
    for (status, code, refused) in table {
        let fault = Fault::on(Call::Service).answering(status, &[], &body(code, status));
        let bench = Bench::failing(fault).await;
        let expected = service_failed(RequestError::Refused(refused));
        assert_eq!(bench.codes.trial().await, expected, "{code}");
        bench.the_request(Call::Service);
    }
}

#[tokio::test]
async fn codes_of_four_digits_are_too_short() {
    let bench = Bench::new().await;
    let rule = ServiceRule {
        code_length: 4,
        ..ServiceRule::default()
    };
    bench.vendors.set_service(rule).unwrap();
    let trial = bench.codes.trial().await;
    assert!(!trial.passed());
    assert!(trial.service.passed());
    let cause = CodeLengthProblem::TooShort { digits: 4 };
    assert_eq!(trial.code_length, Step::Failed { cause });

    let bench = Bench::failing(lacking(Call::Service, "code_length")).await;
    let trial = bench.codes.trial().await;
    let cause = CodeLengthProblem::NotTold;
    assert_eq!(trial.code_length, Step::Failed { cause });
    assert!(!trial.passed(), "what is not told is not taken for enough");
}

#[tokio::test]
async fn a_read_is_tried_again_and_a_whole_trial_has_one_limit() {
    let stumble = Fault::on(Call::Service).answering(503, &[], "").times(2);
    let bench = Bench::failing(stumble).await;
    assert!(bench.codes.trial().await.passed());
    assert_eq!(bench.requests(Call::Service).len(), 3);

    let slow = |call| Fault::on(call).delayed(6_000);
    let bench = Bench::new().await;
    let faults = vec![slow(Call::Other), slow(Call::Service), slow(Call::Token)];
    bench.vendors.set_faults(faults).await.unwrap();
    let (tru_id, twilio) = tokio::join!(bench.sim.trial(), bench.codes.trial());
    assert_eq!(tru_id, token_failed(TransportError::TimedOut.into()));
    assert_eq!(twilio, service_failed(TransportError::TimedOut.into()));
}

#[tokio::test]
async fn a_check_says_what_it_cost_and_what_is_left() {
    let bench = Bench::new().await;
    let rule = ProjectRule {
        balance_micros: 12_500_000,
        charge_micros: 50_000,
        currency: "GBP".to_owned(),
        ..ProjectRule::default()
    };
    bench.vendors.set_project(rule).unwrap();
    let window = simgate_domain::SimWindow::SEVEN_DAYS;
    let number = number(NUMBER);
    let check = || bench.sim.check(&number, window);
    let report = check().await;
    let shown = |money: Option<simgate_domain::Money>| money.map(|money| money.to_string());
    assert_eq!(shown(report.cost).as_deref(), Some("0.05 GBP"));
    assert_eq!(shown(report.balance).as_deref(), Some("12.45 GBP"));

    for (field, value) in [
        ("charge_amount", json!("0.05")),
        ("charge_amount", json!(1e300)),
        ("charge_currency", json!("CHF")),
        ("charge_currency", json!(7)),
        ("snapshot_balance", json!([])),
    ] {
        let fault = setting(Call::SimCheck, field, value.clone());
        bench.vendors.set_fault(fault).await.unwrap();
        let again = check().await;
        assert_eq!(again.outcome, report.outcome, "{field} {value}");
        assert!(again.check_id.is_some(), "{field} {value}");
    }
}
