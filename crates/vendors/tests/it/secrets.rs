//! Nothing secret, and no whole number, gets into an error or a log.

use std::fmt::{Debug, Write as _};
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use secrecy::SecretString;
use simgate_domain::SimWindow;
use simgate_rehearsal::Call;
use simgate_rehearsal::faults::{CATALOGUE, Fault, Wire};
use simgate_vendors::{CodeSender as _, SimCheck as _, TruIdCredentials, TwilioCredentials};
use tracing_subscriber::fmt::MakeWriter;

use crate::harness::{Bench, NUMBER, number};

/// Everything that was logged by anyone in this process.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Self;

    fn make_writer(&'a self) -> Self::Writer {
        self.clone()
    }
}

/// What must be seen nowhere.
struct Canaries(Vec<(&'static str, String)>);

impl Canaries {
    fn of(bench: &Bench) -> Self {
        let known = bench.vendors.credentials();
        let basic = |user: &str, secret: &str| STANDARD.encode(format!("{user}:{secret}"));
        let mut canaries = vec![
            ("client secret", known.tru_client_secret.clone()),
            (
                "client in base64",
                basic(&known.tru_client_id, &known.tru_client_secret),
            ),
            ("auth token", known.twilio_auth_token.clone()),
            (
                "account in base64",
                basic(&known.twilio_account_sid, &known.twilio_auth_token),
            ),
            ("account", known.twilio_account_sid.clone()),
            ("service", known.twilio_service_sid.clone()),
            ("number", NUMBER.trim_start_matches('+').to_owned()),
        ];
        for request in bench.requests(Call::SimCheck) {
            let bearer = request.header("authorization").unwrap_or_default();
            canaries.push(("token", bearer.trim_start_matches("Bearer ").to_owned()));
        }
        for (_, message) in bench.vendors.all_messages() {
            canaries.push(("code", format!("{:?}", message.code)));
            canaries.push(("code in a form", format!("Code={}", message.code)));
        }
        for request in bench.requests(Call::Cancel) {
            let sid = request.path.rsplit('/').next().unwrap_or_default();
            canaries.push(("verification", sid.to_owned()));
        }
        Self(canaries)
    }

    fn assert_absent(&self, place: &str, text: &str) {
        for (what, canary) in &self.0 {
            assert!(canary.len() > 5, "{what} is too short to be looked for");
            let found = text.lines().find(|line| line.contains(canary.as_str()));
            assert_eq!(found, None, "the {what} is in the {place}");
        }
    }
}

fn shown(shown: &mut String, value: &impl Debug) {
    // Writing to a string cannot fail.
    let _ = write!(shown, "{value:?}\n{value:#?}\n");
}

#[tokio::test]
async fn neither_errors_nor_logs_show_what_is_secret() {
    let log = Log::default();
    tracing_subscriber::fmt()
        .with_max_level(tracing_subscriber::filter::LevelFilter::TRACE)
        .with_ansi(false)
        .with_writer(log.clone())
        .init();
    let bench = Bench::new().await;
    let mut text = String::new();
    shown(&mut text, &(&bench.sim, &bench.codes));

    let quick = |name: &str| {
        ![
            "accept_silent",
            "slow_header",
            "slow_body",
            "syn_drop",
            "late_success",
        ]
        .contains(&name)
    };
    let faults = CATALOGUE.iter().filter(|named| quick(named.name));
    let calls = [
        Call::Token,
        Call::SimCheck,
        Call::Verifications,
        Call::VerificationCheck,
    ];
    for named in faults {
        for call in calls {
            bench.vendors.clear_faults().await;
            bench
                .vendors
                .advance_clock(std::time::Duration::from_secs(660));
            bench.clock.advance(86_400);
            let (sid, code) = bench.sent().await;
            bench.vendors.set_fault(named.on(call)).await.unwrap();
            let report = bench
                .sim
                .check(&number(NUMBER), SimWindow::SEVEN_DAYS)
                .await;
            shown(&mut text, &report);
            let sent = bench.send().await;
            shown(&mut text, &sent.map_err(|error| (error, error.to_string())));
            let checked = bench.check(&sid, &code).await;
            shown(
                &mut text,
                &checked.map_err(|error| (error, error.to_string())),
            );
            shown(&mut text, &bench.codes.cancel(&sid).await);
            shown(&mut text, &sid);
        }
    }
    // A body that repeats what was sent.
    let echo = format!("{} {NUMBER}", bench.vendors.credentials().twilio_auth_token);
    for status in [200, 400, 401, 500] {
        let fault = Fault::on(Call::Verifications).answering(status, &[("X-Echo", &echo)], &echo);
        bench
            .vendors
            .set_fault(fault.over(Wire::Plain))
            .await
            .unwrap();
        shown(&mut text, &bench.send().await);
    }
    let canaries = Canaries::of(&bench);
    canaries.assert_absent("errors", &text);
    let logged = log.text();
    canaries.assert_absent("log", &logged);
    assert!(
        logged.contains("VA..") && logged.contains("number=..12"),
        "but it does say something"
    );
}

#[tokio::test]
async fn credentials_show_nothing_of_themselves() {
    let secret = || SecretString::from("s3cret-canary");
    let tru_id = TruIdCredentials::new("client-canary", secret()).unwrap();
    let user = format!("AC{}", "c0ffee00".repeat(4));
    let service = format!("VA{}", "c0ffee00".repeat(4));
    let twilio = TwilioCredentials::new(&user, secret(), &service).unwrap();
    let text = format!("{tru_id:?} {tru_id:#?} {twilio:?} {twilio:#?}");
    assert!(
        !text.contains("canary") && !text.contains("c0ffee"),
        "{text}"
    );
    let refused = [
        TruIdCredentials::new("client canary", secret()).err(),
        TruIdCredentials::new("client", SecretString::from("canary \n")).err(),
        TwilioCredentials::new("ACcanary", secret(), &service).err(),
        TwilioCredentials::new(&user, secret(), "VAcanary").err(),
    ];
    for error in refused {
        let error = error.expect("none of them can be a credential");
        assert!(!format!("{error:?} {error}").contains("canary"), "{error}");
    }
}
