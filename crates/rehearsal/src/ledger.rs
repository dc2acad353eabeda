//! Every request the vendors received: the oracle for "nothing was sent".

use std::collections::VecDeque;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::http::Incoming;

/// More requests than this are not kept; the oldest go first.
const KEPT: usize = 100_000;
/// More of a body than this is not kept.
const BODY_KEPT: usize = 64 * 1024;

/// Which of the two vendors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Vendor {
    /// tru.ID: the token and the SIM check.
    TruId,
    /// Twilio Verify.
    TwilioVerify,
}

/// What a request asks for, told by its method and path.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Call {
    /// `POST /oauth2/v1/token`
    Token,
    /// `POST /oauth2/v1/revoke`
    Revoke,
    /// `POST /sim_check/v0.1/checks`
    SimCheck,
    /// `GET /sim_check/v0.1/checks/{id}`
    SimCheckRead,
    /// `GET /v2/Services/{VA}`
    Service,
    /// `POST /v2/Services/{VA}/Verifications`: sends a code
    Verifications,
    /// `POST /v2/Services/{VA}/VerificationCheck`
    VerificationCheck,
    /// `GET /v2/Services/{VA}/Verifications/{VE}`
    VerificationRead,
    /// `POST /v2/Services/{VA}/Verifications/{VE}`: cancels or approves
    Cancel,
    /// Anything else
    Other,
}

impl Call {
    /// The call a request makes at a vendor.
    pub(crate) fn of(vendor: Vendor, request: &Incoming) -> Self {
        let method = request.method.as_str();
        match (vendor, method, request.segments().as_slice()) {
            (Vendor::TruId, "POST", ["oauth2", "v1", "token"]) => Self::Token,
            (Vendor::TruId, "POST", ["oauth2", "v1", "revoke"]) => Self::Revoke,
            (Vendor::TruId, "POST", ["sim_check", "v0.1", "checks"]) => Self::SimCheck,
            (Vendor::TruId, "GET", ["sim_check", "v0.1", "checks", _]) => Self::SimCheckRead,
            (Vendor::TwilioVerify, method, ["v2", "Services", _, rest @ ..]) => {
                match (method, rest) {
                    ("GET", []) => Self::Service,
                    ("POST", ["Verifications"]) => Self::Verifications,
                    ("POST", ["VerificationCheck"]) => Self::VerificationCheck,
                    ("GET", ["Verifications", _]) => Self::VerificationRead,
                    ("POST", ["Verifications", _]) => Self::Cancel,
                    _ => Self::Other,
                }
            }
            _ => Self::Other,
        }
    }

    /// The call without which this one cannot be made, if there is one.
    pub(crate) fn predecessor(self) -> Option<Self> {
        match self {
            Self::SimCheck => Some(Self::Token),
            Self::SimCheckRead => Some(Self::SimCheck),
            Self::VerificationCheck | Self::VerificationRead | Self::Cancel => {
                Some(Self::Verifications)
            }
            Self::Token | Self::Revoke | Self::Service | Self::Verifications | Self::Other => None,
        }
    }

    /// The vendor the call is made at; `None` for [`Call::Other`].
    #[must_use]
    pub fn vendor(self) -> Option<Vendor> {
        match self {
            Self::Token | Self::Revoke | Self::SimCheck | Self::SimCheckRead => Some(Vendor::TruId),
            Self::Service
            | Self::Verifications
            | Self::VerificationCheck
            | Self::VerificationRead
            | Self::Cancel => Some(Vendor::TwilioVerify),
            Self::Other => None,
        }
    }
}

/// One request as a vendor received it. A request answered with a fault is here as well.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// When it was complete, by the stand-ins' clock.
    pub at: Timestamp,
    /// When it was complete, in microseconds since the stand-ins were started. Never goes back,
    /// and is not moved with the clock.
    pub monotonic_us: u64,
    /// Who received it.
    pub vendor: Vendor,
    /// What it asks for.
    pub call: Call,
    /// As received.
    pub method: String,
    /// Path and query as received, nothing decoded.
    pub path: String,
    /// Names and values as received and in that order; each byte is one character (ISO 8859-1).
    pub headers: Vec<(String, String)>,
    /// The first 64 KiB of the body.
    pub body: Vec<u8>,
}

impl Request {
    /// The first header of that name, in any case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(n, _)| n.eq_ignore_ascii_case(name))
            .map(|(_, v)| v.as_str())
    }

    /// The body as text; bytes that are not UTF-8 become `U+FFFD`.
    #[must_use]
    pub fn body_text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The fields of a form body, decoded, in the order received.
    #[must_use]
    pub fn form(&self) -> Vec<(String, String)> {
        form_urlencoded::parse(&self.body).into_owned().collect()
    }

    /// `body` is text; a body that is not UTF-8 is in `body_base64` instead.
    pub(crate) fn to_json(&self) -> Value {
        let mut entry = json!({
            "at": self.at,
            "monotonic_us": self.monotonic_us,
            "vendor": self.vendor,
            "call": self.call,
            "method": self.method,
            "path": self.path,
            "headers": self.headers,
        });
        match std::str::from_utf8(&self.body) {
            Ok(text) => entry["body"] = json!(text),
            Err(_) => entry["body_base64"] = json!(STANDARD.encode(&self.body)),
        }
        entry
    }
}

/// The requests received, in order.
#[derive(Default)]
pub(crate) struct Ledger(VecDeque<Request>);

impl Ledger {
    pub(crate) fn record(
        &mut self,
        at: Timestamp,
        monotonic_us: u64,
        vendor: Vendor,
        call: Call,
        request: &Incoming,
    ) {
        if self.0.len() == KEPT {
            self.0.pop_front();
        }
        let Incoming {
            method,
            target,
            headers,
            body,
        } = request.clone();
        let mut body = body;
        body.truncate(BODY_KEPT);
        self.0.push_back(Request {
            at,
            monotonic_us,
            vendor,
            call,
            method,
            path: target,
            headers,
            body,
        });
    }

    pub(crate) fn all(&self) -> Vec<Request> {
        self.0.iter().cloned().collect()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(method: &str, target: &str) -> Incoming {
        Incoming {
            method: method.to_owned(),
            target: target.to_owned(),
            ..Incoming::default()
        }
    }

    #[test]
    fn a_call_is_told_by_vendor_method_and_path() {
        let tru = |m, t| Call::of(Vendor::TruId, &request(m, t));
        assert_eq!(tru("POST", "/oauth2/v1/token"), Call::Token);
        assert_eq!(tru("POST", "/sim_check/v0.1/checks"), Call::SimCheck);
        assert_eq!(tru("GET", "/sim_check/v0.1/checks/x"), Call::SimCheckRead);
        assert_eq!(tru("GET", "/oauth2/v1/token"), Call::Other);
        let twilio = |m, t| Call::of(Vendor::TwilioVerify, &request(m, t));
        assert_eq!(twilio("GET", "/v2/Services/VA1"), Call::Service);
        assert_eq!(
            twilio("POST", "/v2/Services/VA1/Verifications"),
            Call::Verifications
        );
        assert_eq!(
            twilio("POST", "/v2/Services/VA1/Verifications/VE1"),
            Call::Cancel
        );
        assert_eq!(
            twilio("GET", "/v2/Services/VA1/Verifications/VE1"),
            Call::VerificationRead
        );
        assert_eq!(
            twilio("POST", "/v2/Services/VA1/VerificationCheck"),
            Call::VerificationCheck
        );
        assert_eq!(twilio("POST", "/oauth2/v1/token"), Call::Other);
    }

    #[test]
    fn a_long_body_is_cut_and_one_that_is_not_text_is_base64() {
        let mut ledger = Ledger::default();
        let mut long = request("POST", "/x");
        long.body = vec![0xff; BODY_KEPT + 1];
        ledger.record(Timestamp::UNIX_EPOCH, 1, Vendor::TruId, Call::Other, &long);
        let kept = &ledger.all()[0];
        assert_eq!(kept.body.len(), BODY_KEPT);
        assert!(kept.to_json()["body_base64"].is_string());
        assert!(kept.to_json().get("body").is_none());
    }
}
