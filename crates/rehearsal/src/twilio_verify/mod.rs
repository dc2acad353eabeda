//! Twilio Verify v2: the service, its verifications and their checks.

mod error;
mod service;
mod verification;

use jiff::Timestamp;

use crate::auth;
use crate::credentials::{Credentials, is_sid};
use crate::http::{Answer, Incoming, Response};
use crate::phones::Phones;
use crate::rules::ServiceRule;

/// The rehearsed account at Twilio, with its one Verify service.
pub(crate) struct Account {
    sid: String,
    auth_token: String,
    service_sid: String,
    /// What URLs in answers begin with, `/v2` left out.
    base_url: String,
    opened_at: Timestamp,
    rule: ServiceRule,
    verifications: verification::Verifications,
}

impl Account {
    pub(crate) fn new(credentials: &Credentials, base_url: String, now: Timestamp) -> Self {
        Self {
            sid: credentials.twilio_account_sid.clone(),
            auth_token: credentials.twilio_auth_token.clone(),
            service_sid: credentials.twilio_service_sid.clone(),
            base_url,
            opened_at: now,
            rule: ServiceRule::default(),
            verifications: verification::Verifications::default(),
        }
    }

    /// Sets the service up anew. A code that is pending stays as it is.
    pub(crate) fn set_up(&mut self, rule: ServiceRule) {
        self.rule = rule;
    }

    /// Only these are taken from now on.
    pub(crate) fn change_credentials(&mut self, credentials: &Credentials) {
        self.sid.clone_from(&credentials.twilio_account_sid);
        self.auth_token.clone_from(&credentials.twilio_auth_token);
        self.service_sid.clone_from(&credentials.twilio_service_sid);
    }

    /// What Twilio does about a request. A code that is sent arrives on one of the `phones`.
    pub(crate) fn answer(
        &mut self,
        phones: &mut Phones,
        request: &Incoming,
        now: Timestamp,
    ) -> Answer {
        if !auth::is_basic(request, &self.sid, &self.auth_token) {
            return error::authenticate().into();
        }
        let segments = request.segments();
        let ["v2", "Services", service, rest @ ..] = segments.as_slice() else {
            return error::not_found(request.path()).into();
        };
        if !is_sid("VA", service) || *service != self.service_sid {
            return error::not_found(request.path()).into();
        }
        match (request.method.as_str(), rest) {
            ("GET", []) => self.service(),
            ("POST", ["Verifications"]) => self.start(phones, request, now),
            ("POST", ["VerificationCheck"]) => self.check(request, now),
            ("GET", ["Verifications", sid]) => self.fetch(sid, request, now),
            ("POST", ["Verifications", sid]) => self.update(sid, request, now),
            (_, [] | ["Verifications", ..] | ["VerificationCheck"]) => error::method_not_allowed(),
            _ => error::not_found(request.path()),
        }
        .into()
    }

    fn service_url(&self) -> String {
        format!("{}/v2/Services/{}", self.base_url, self.service_sid)
    }
}

/// A date as Twilio's examples write it.
fn date(at: Timestamp) -> String {
    at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn json(status: u16, body: &serde_json::Value) -> Response {
    Response::json(status, "application/json;charset=utf-8", body)
}
