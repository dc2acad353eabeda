//! Every code that Twilio refuses with, and our word for it.

use std::time::Duration;

use serde_json::json;
use simgate_rehearsal::Call;
use simgate_rehearsal::faults::Fault;
use simgate_vendors::{
    CancelRefused, CheckRefused, CodeAnswer, CodeEnd, CodeSender as _, RequestError, SendRefused,
    TransportError,
};

use crate::harness::{Bench, Checked, Sent};

fn refusing(call: Call, status: u16, code: u32, message: &str) -> Fault {
    let body = json!({ "code": code, "message": message, "more_info": "x", "status": status });
    Fault::on(call).answering(status, &[("Retry-After", "30")], &body.to_string())
}

async fn send_with(fault: Fault) -> Sent {
    let bench = Bench::failing(fault).await;
    let sent = bench.send().await;
    bench.the_request(Call::Verifications);
    sent
}

async fn check_with(fault: Fault) -> Checked {
    let bench = Bench::new().await;
    let (sid, code) = bench.sent().await;
    bench.vendors.set_fault(fault).await.unwrap();
    let checked = bench.check(&sid, &code).await;
    bench.the_request(Call::VerificationCheck);
    checked
}

async fn cancel_with(fault: Fault) -> Result<(), RequestError<CancelRefused>> {
    let bench = Bench::new().await;
    let (sid, _) = bench.sent().await;
    bench.vendors.set_fault(fault).await.unwrap();
    bench.codes.cancel(&sid).await
}

const HALF_A_MINUTE: Option<Duration> = Some(Duration::from_secs(30));

#[tokio::test]
async fn a_send_is_refused_by_code_whatever_the_status() {
    let limited = SendRefused::RateLimited {
        retry_after: HALF_A_MINUTE,
    };
    let table = [
        (
            SendRefused::NumberRefused,
            &[60_200, 60_205, 21_211, 21_217, 21_610, 21_612, 21_614][..],
        ),
        (
            SendRefused::Blocked,
            &[
                60_410, 60_412, 60_413, 60_605, 60_220, 60_238, 21_408, 21_215, 21_216, 30_450,
            ],
        ),
        (SendRefused::ChannelOff, &[60_223, 60_204]),
        (SendRefused::TooManySends, &[60_203, 60_212]),
        (SendRefused::TooManyChecks, &[60_202]),
        (limited, &[20_429, 25_109]),
        (SendRefused::OurCredentials, &[20_003, 20_404]),
        (SendRefused::OurAccount, &[20_403, 575_001]),
    ];
    for (word, codes) in table {
        for code in codes {
            for status in [400, 403] {
                let sent = send_with(refusing(Call::Verifications, status, *code, "x")).await;
                assert_eq!(
                    sent,
                    Err(RequestError::Refused(word)),
                    "{code} with {status}"
                );
            }
        }
    }
}

#[tokio::test]
async fn a_send_refused_for_a_parameter_of_ours_is_not_the_numbers_fault() {
    let failed = Err(RequestError::Transport(TransportError::VendorFailed {
        status: 400,
    }));
    for message in [
        "Invalid parameter: Channel",
        "Invalid parameter `Locale`: en",
    ] {
        let sent = send_with(refusing(Call::Verifications, 400, 60_200, message)).await;
        assert_eq!(sent, failed, "{message}");
    }
    for message in ["Invalid parameter: To", "Invalid parameter `To`: +1", ""] {
        let sent = send_with(refusing(Call::Verifications, 400, 60_200, message)).await;
        assert_eq!(
            sent,
            Err(RequestError::Refused(SendRefused::NumberRefused)),
            "{message}"
        );
    }
}

#[tokio::test]
async fn a_check_is_refused_by_code() {
    let limited = Err(RequestError::Refused(CheckRefused::RateLimited {
        retry_after: HALF_A_MINUTE,
    }));
    let credentials = Err(RequestError::Refused(CheckRefused::OurCredentials));
    let account = Err(RequestError::Refused(CheckRefused::OurAccount));
    let failed = Err(RequestError::Transport(TransportError::VendorFailed {
        status: 400,
    }));
    let table = [
        (20_404, "x", Ok(CodeAnswer::Ended(CodeEnd::NotFound))),
        (
            60_200,
            "Invalid parameter: To",
            Ok(CodeAnswer::Ended(CodeEnd::NotFound)),
        ),
        (
            60_200,
            "Invalid parameter: VerificationSid",
            Ok(CodeAnswer::Ended(CodeEnd::NotFound)),
        ),
        (60_200, "Invalid parameter: Code", Ok(CodeAnswer::Wrong)),
        (60_200, "x", failed),
        (
            60_202,
            "x",
            Err(RequestError::Refused(CheckRefused::TooManyChecks)),
        ),
        (20_429, "x", limited),
        (25_109, "x", limited),
        (20_003, "x", credentials),
        (20_403, "x", account),
        (575_001, "x", account),
        (60_221, "x", failed),
        (60_203, "x", failed),
        (1, "x", failed),
    ];
    for (code, message, expected) in table {
        let checked = check_with(refusing(Call::VerificationCheck, 400, code, message)).await;
        assert_eq!(checked, expected, "{code} {message}");
    }
}

#[tokio::test]
async fn a_cancel_of_what_is_gone_is_done() {
    let refused = |word| Err(RequestError::Refused(word));
    let limited = CancelRefused::RateLimited {
        retry_after: HALF_A_MINUTE,
    };
    let table = [
        (404, 20_404, Ok(())),
        (429, 20_429, refused(limited)),
        (401, 20_003, refused(CancelRefused::OurCredentials)),
        (403, 20_403, refused(CancelRefused::OurAccount)),
        (
            500,
            20_500,
            Err(RequestError::Transport(TransportError::VendorFailed {
                status: 500,
            })),
        ),
    ];
    for (status, code, expected) in table {
        let canceled = cancel_with(refusing(Call::Cancel, status, code, "x")).await;
        assert_eq!(canceled, expected, "{code}");
    }
    let other = r#"{"sid":"VEaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","status":"canceled"}"#;
    for body in ["", "{}", other, r#"{"status":"canceled"}"#] {
        let canceled = cancel_with(Fault::on(Call::Cancel).answering(200, &[], body)).await;
        assert_eq!(
            canceled,
            Err(RequestError::Transport(TransportError::Malformed)),
            "{body}"
        );
    }
}

#[tokio::test]
async fn where_there_is_no_code_the_status_speaks() {
    let failed = |status| {
        Err(RequestError::Transport(TransportError::VendorFailed {
            status,
        }))
    };
    let refused = |word| Err(RequestError::Refused(word));
    let limited = SendRefused::RateLimited { retry_after: None };
    let table = [
        (400, failed(400)),
        (401, refused(SendRefused::OurCredentials)),
        (402, failed(402)),
        (403, refused(SendRefused::OurAccount)),
        (404, refused(SendRefused::OurCredentials)),
        (409, failed(409)),
        (429, refused(limited)),
        (500, failed(500)),
        (502, failed(502)),
        (503, failed(503)),
        (599, failed(599)),
    ];
    for (status, expected) in table {
        for body in [
            "",
            "<h1>no</h1>",
            "{}",
            r#"{"code":"60200"}"#,
            r#"{"code":-1}"#,
        ] {
            let sent = send_with(Fault::on(Call::Verifications).answering(status, &[], body)).await;
            assert_eq!(sent, expected, "{status} {body}");
        }
    }
    let gone = check_with(Fault::on(Call::VerificationCheck).answering(404, &[], "")).await;
    assert_eq!(gone, Ok(CodeAnswer::Ended(CodeEnd::NotFound)));
}

#[tokio::test]
async fn a_code_that_is_not_foreseen_is_a_failure() {
    for (status, code) in [(400, 60_207), (401, 99_999), (403, 60_245), (429, 60_250)] {
        let sent = send_with(refusing(Call::Verifications, status, code, "x")).await;
        let failed = TransportError::VendorFailed { status };
        assert_eq!(sent, Err(RequestError::Transport(failed)), "{code}");
    }
}
