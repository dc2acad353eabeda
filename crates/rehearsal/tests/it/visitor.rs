//! A client of the stand-ins that does what a test tells it and judges nothing.

use std::time::Duration;

use reqwest::{Client, Method, RequestBuilder};
use serde_json::{Value, json};
use simgate_rehearsal::{Options, Rehearsal};

/// An even number: its SIM was not changed.
pub const STEADY: &str = "+447700900000";

/// An answer, read to its end.
#[derive(Debug)]
pub struct Told {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Told {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The part of a tru.ID problem's type that names it.
    pub fn problem(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json");
        self.json()["type"]
            .as_str()
            .unwrap()
            .rsplit('#')
            .next()
            .unwrap()
            .to_owned()
    }

    /// The code of a Twilio error, which must have all four keys and say its own status.
    pub fn twilio_code(&self) -> u64 {
        let body = self.json();
        let keys: Vec<_> = body.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["code", "message", "more_info", "status"]);
        assert_eq!(body["status"], self.status);
        let code = body["code"].as_u64().unwrap();
        assert_eq!(
            body["more_info"],
            format!("https://www.twilio.com/docs/errors/{code}")
        );
        code
    }
}

/// The stand-ins, and someone to talk to them.
pub struct Visitor {
    pub rehearsal: Rehearsal,
    pub client: Client,
}

impl Visitor {
    pub async fn new() -> Self {
        let rehearsal = Rehearsal::start(Options::default()).await.unwrap();
        Self {
            rehearsal,
            client: client(Duration::from_secs(10)),
        }
    }

    pub fn tru_id(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, self.rehearsal.tru_id_url() + path)
    }

    /// With the account's credentials; `path` begins after the service's SID.
    pub fn twilio(&self, method: Method, path: &str) -> RequestBuilder {
        let credentials = self.rehearsal.credentials();
        let service = format!("/v2/Services/{}{path}", credentials.twilio_service_sid);
        self.client
            .request(method, self.rehearsal.twilio_verify_url() + &service)
            .basic_auth(
                &credentials.twilio_account_sid,
                Some(&credentials.twilio_auth_token),
            )
    }

    pub fn control(&self, method: Method, path: &str) -> RequestBuilder {
        self.client
            .request(method, self.rehearsal.control_url() + path)
    }

    pub fn token_request(&self, form: &[(&str, &str)]) -> RequestBuilder {
        let credentials = self.rehearsal.credentials();
        self.tru_id(Method::POST, "/oauth2/v1/token")
            .basic_auth(
                &credentials.tru_client_id,
                Some(&credentials.tru_client_secret),
            )
            .form(form)
    }

    pub async fn token(&self) -> String {
        let form = [("grant_type", "client_credentials"), ("scope", "sim_check")];
        let told = tell(self.token_request(&form)).await;
        assert_eq!(told.status, 200, "{told:?}");
        told.json()["access_token"].as_str().unwrap().to_owned()
    }

    pub fn sim_check_request(&self, token: &str, body: &Value) -> RequestBuilder {
        self.tru_id(Method::POST, "/sim_check/v0.1/checks")
            .bearer_auth(token)
            .json(body)
    }

    pub async fn sim_check(&self, number: &str) -> Told {
        let token = self.token().await;
        tell(self.sim_check_request(&token, &json!({ "phone_number": number }))).await
    }

    pub async fn send(&self, to: &str, channel: &str) -> Told {
        let form = [("To", to), ("Channel", channel)];
        tell(self.twilio(Method::POST, "/Verifications").form(&form)).await
    }

    /// Sends a code that must go out; the verification's SID.
    pub async fn sent(&self, to: &str) -> String {
        let told = self.send(to, "sms").await;
        assert_eq!(told.status, 201, "{told:?}");
        told.json()["sid"].as_str().unwrap().to_owned()
    }

    pub async fn check(&self, sid: &str, code: &str) -> Told {
        let form = [("VerificationSid", sid), ("Code", code)];
        tell(self.twilio(Method::POST, "/VerificationCheck").form(&form)).await
    }

    pub async fn fetch(&self, sid: &str) -> Told {
        tell(self.twilio(Method::GET, &format!("/Verifications/{sid}"))).await
    }

    pub async fn update(&self, sid: &str, status: &str) -> Told {
        let request = self.twilio(Method::POST, &format!("/Verifications/{sid}"));
        tell(request.form(&[("Status", status)])).await
    }

    /// The code on a phone.
    pub fn code(&self, number: &str) -> String {
        self.rehearsal
            .phone(number)
            .last()
            .expect("a message came")
            .code
            .clone()
    }

    /// Six digits that are not the code on a phone.
    pub fn wrong_code(&self, number: &str) -> &'static str {
        if self.code(number) == "000000" {
            "111111"
        } else {
            "000000"
        }
    }
}

/// Sends a request and reads the answer.
pub async fn tell(request: RequestBuilder) -> Told {
    let response = request.send().await.unwrap();
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    Told {
        status,
        headers,
        text: response.text().await.unwrap(),
    }
}

/// The one client builder of these tests.
#[expect(
    clippy::disallowed_methods,
    reason = "a test's client: bounded, and no redirects followed"
)]
pub fn client(timeout: Duration) -> Client {
    Client::builder()
        .timeout(timeout)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .build()
        .unwrap()
}
