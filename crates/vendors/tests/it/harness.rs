//! The two clients, wired to stand-ins of their own, and verbs for what tests do with them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::SecretString;
use simgate_domain::{CannotTell, Channel, Clock, Locale, OneTimeCode, Timestamp};
use simgate_domain::{PhoneNumber, SimOutcome, SimWindow, VerificationSid};
use simgate_rehearsal::faults::{Edit, Fault};
use simgate_rehearsal::{Call, Options, Rehearsal, Request};
use simgate_vendors::http::{Reach, client};
use simgate_vendors::{
    CheckRefused, CodeAnswer, CodeSender as _, RequestError, SendRefused, SimCheck as _, TruId,
    TruIdCredentials, TruIdHost, TwilioCredentials, TwilioHost, TwilioVerify,
};

/// What a send comes to.
pub type Sent = Result<VerificationSid, RequestError<SendRefused>>;
/// What the check of a code comes to.
pub type Checked = Result<CodeAnswer, RequestError<CheckRefused>>;

/// An even ending: a SIM that was not changed.
pub const NUMBER: &str = "+447700900012";
/// An odd ending: a SIM that was.
pub const CHANGED: &str = "+447700900013";

/// A clock that stands still until it is moved.
#[derive(Default)]
pub struct HandClock(Mutex<Duration>);

impl HandClock {
    pub fn advance(&self, seconds: u64) {
        *self.0.lock().unwrap() += Duration::from_secs(seconds);
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        panic!("no vendor client may ask for the time of day, which anyone may set");
    }

    fn uptime(&self) -> Duration {
        *self.0.lock().unwrap()
    }
}

/// Stand-ins of their own, and a client for each.
pub struct Bench {
    pub vendors: Rehearsal,
    pub clock: Arc<HandClock>,
    pub sim: TruId,
    pub codes: TwilioVerify,
}

impl Bench {
    pub async fn new() -> Self {
        Self::with(client(Reach::Loopback).unwrap()).await
    }

    pub async fn with(http: reqwest::Client) -> Self {
        let vendors = Rehearsal::start(Options::default()).await.unwrap();
        let clock = Arc::new(HandClock::default());
        let sim = tru_id(&vendors, http.clone(), Arc::clone(&clock));
        let known = vendors.credentials();
        let secret = SecretString::from(known.twilio_auth_token.as_str());
        let credentials =
            TwilioCredentials::new(&known.twilio_account_sid, secret, &known.twilio_service_sid);
        let host = TwilioHost::loopback(&vendors.twilio_verify_url()).unwrap();
        let codes = TwilioVerify::new(http, host, credentials.unwrap());
        Self {
            vendors,
            clock,
            sim,
            codes,
        }
    }

    /// Stand-ins that meet every request of this fault's kind with it.
    pub async fn failing(fault: Fault) -> Self {
        let bench = Self::new().await;
        bench.vendors.set_fault(fault).await.unwrap();
        bench
    }

    /// A second client for the same project, as after its credentials were entered anew.
    pub fn another_tru_id(&self) -> TruId {
        let http = client(Reach::Loopback).unwrap();
        tru_id(&self.vendors, http, Arc::clone(&self.clock))
    }

    pub async fn sim(&self, e164: &str) -> SimOutcome {
        self.sim
            .check(&number(e164), SimWindow::SEVEN_DAYS)
            .await
            .outcome
    }

    pub async fn send(&self) -> Sent {
        self.codes
            .start(&number(NUMBER), Channel::Sms, Locale::English)
            .await
    }

    /// Sends a code; what it was stands on the phone.
    pub async fn sent(&self) -> (VerificationSid, String) {
        let sid = self.send().await.unwrap();
        (sid, self.code_on_phone())
    }

    pub fn code_on_phone(&self) -> String {
        self.vendors
            .phone(NUMBER)
            .pop()
            .expect("a message on the phone")
            .code
    }

    pub async fn check(&self, sid: &VerificationSid, typed: &str) -> Checked {
        let code = OneTimeCode::parse(typed).unwrap_or_else(|_| panic!("{typed} is no code"));
        self.codes.check(sid, &number(NUMBER), &code).await
    }

    pub fn requests(&self, call: Call) -> Vec<Request> {
        let ledger = self.vendors.ledger().into_iter();
        ledger.filter(|request| request.call == call).collect()
    }

    /// The only request there was for this call.
    pub fn the_request(&self, call: Call) -> Request {
        let mut requests = self.requests(call);
        assert_eq!(requests.len(), 1, "{call:?} was to be made once");
        requests.remove(0)
    }
}

fn tru_id(vendors: &Rehearsal, http: reqwest::Client, clock: Arc<HandClock>) -> TruId {
    let known = vendors.credentials();
    let secret = SecretString::from(known.tru_client_secret.as_str());
    let credentials = TruIdCredentials::new(&known.tru_client_id, secret).unwrap();
    let host = TruIdHost::loopback(&vendors.tru_id_url()).unwrap();
    TruId::new(http, host, credentials, clock)
}

pub fn number(e164: &str) -> PhoneNumber {
    PhoneNumber::from_e164(e164).unwrap()
}

pub fn unknown(cause: CannotTell) -> SimOutcome {
    SimOutcome::Unknown { cause }
}

/// A fault that sets one field of the answer.
pub fn setting(call: Call, field: &str, value: serde_json::Value) -> Fault {
    Fault::on(call).edited(Edit::Set {
        pointer: format!("/{field}"),
        value,
    })
}

/// A fault that sets one field of the answer to text that need not be JSON.
pub fn setting_raw(call: Call, field: &str, raw: &str) -> Fault {
    let (pointer, raw) = (format!("/{field}"), raw.to_owned());
    Fault::on(call).edited(Edit::SetRaw { pointer, raw })
}

/// A fault that takes one field out of the answer.
pub fn lacking(call: Call, field: &str) -> Fault {
    Fault::on(call).edited(Edit::Remove {
        pointer: format!("/{field}"),
    })
}

/// Header names and values, names in lower case and sorted.
pub fn headers(request: &Request) -> Vec<(String, String)> {
    let lower = |(name, value): &(String, String)| (name.to_ascii_lowercase(), value.clone());
    let mut headers: Vec<_> = request.headers.iter().map(lower).collect();
    headers.sort();
    headers
}
