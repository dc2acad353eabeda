//! Sending a code and checking it, with the limits and lifetimes Twilio documents.

use std::collections::{HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use subtle::ConstantTimeEq as _;

use super::{Account, date, error};
use crate::credentials::is_sid;
use crate::http::{Form, Incoming, Response};
use crate::number::Digits;
use crate::phones::{Channel, Message, Phones, words};
use crate::random;

/// How long a code is good for, from the first time it is sent.
const LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// Checks one verification may have.
const MAX_CHECKS: u32 = 5;
/// Codes one number may be sent within [`LIFETIME`].
const MAX_SENDS: usize = 5;
/// More verifications than this are not kept; the oldest go first.
const KEPT: usize = 50_000;

/// Where a verification stands. Those approved or expired are gone for the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    Pending,
    Approved,
    Canceled,
    MaxAttemptsReached,
    Expired,
}

impl Status {
    fn word(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Approved => "approved",
            Self::Canceled => "canceled",
            Self::MaxAttemptsReached => "max_attempts_reached",
            Self::Expired => "expired",
        }
    }
}

struct Verification {
    sid: String,
    to: Digits,
    code: String,
    channel: Channel,
    status: Status,
    checks: u32,
    sends: Vec<(Timestamp, Channel, String)>,
    created: Timestamp,
    updated: Timestamp,
}

impl Verification {
    fn status_at(&self, now: Timestamp) -> Status {
        let over = now.duration_since(self.created) >= LIFETIME;
        match self.status {
            Status::Pending | Status::MaxAttemptsReached if over => Status::Expired,
            status @ (Status::Pending
            | Status::MaxAttemptsReached
            | Status::Approved
            | Status::Canceled
            | Status::Expired) => status,
        }
    }
}

/// Every verification of the service.
#[derive(Default)]
pub(super) struct Verifications {
    by_sid: HashMap<String, Verification>,
    order: VecDeque<String>,
    /// The newest verification of each number.
    newest: HashMap<Digits, String>,
    /// When each number was sent a code, since that was last forgiven.
    sends: HashMap<Digits, Vec<Timestamp>>,
}

impl Verifications {
    /// The SID of the number's verification that is still pending.
    fn pending(&mut self, to: &Digits, now: Timestamp) -> Option<String> {
        let newest = self.by_sid.get(self.newest.get(to)?)?;
        match newest.status_at(now) {
            Status::Pending => Some(newest.sid.clone()),
            Status::Expired => {
                self.sends.remove(to);
                None
            }
            Status::Approved | Status::Canceled | Status::MaxAttemptsReached => None,
        }
    }

    /// Counts one more code sent to the number, unless it has had its share.
    fn count_send(&mut self, to: &Digits, now: Timestamp) -> bool {
        let sends = self.sends.entry(to.clone()).or_default();
        sends.retain(|at| now.duration_since(*at) < LIFETIME);
        let allowed = sends.len() < MAX_SENDS;
        if allowed {
            sends.push(now);
        }
        allowed
    }

    fn open(&mut self, to: Digits, channel: Channel, digits: usize, now: Timestamp) -> String {
        if self.order.len() == KEPT
            && let Some(oldest) = self.order.pop_front()
            && let Some(gone) = self.by_sid.remove(&oldest)
            && self.newest.get(&gone.to) == Some(&oldest)
        {
            self.newest.remove(&gone.to);
            self.sends.remove(&gone.to);
        }
        let sid = random::sid("VE");
        self.order.push_back(sid.clone());
        self.newest.insert(to.clone(), sid.clone());
        self.by_sid.insert(
            sid.clone(),
            Verification {
                sid: sid.clone(),
                to,
                code: random::code(digits),
                channel,
                status: Status::Pending,
                checks: 0,
                sends: Vec::new(),
                created: now,
                updated: now,
            },
        );
        sid
    }
}

impl Account {
    /// Sends a code. While one is pending for the number it is that one again, whatever the
    /// channel: same SID, same code, same end.
    pub(super) fn start(
        &mut self,
        phones: &mut Phones,
        request: &Incoming,
        now: Timestamp,
    ) -> Response {
        let Some(form) = request.form() else {
            return error::invalid_parameter("To");
        };
        let (to, channel) = match read_start(&form) {
            Ok(read) => read,
            Err(refusal) => return refusal,
        };
        if !self.rule.channels.contains(&channel) {
            return error::channel_disabled();
        }
        let digits = self.rule.code_length;
        let pending = self.verifications.pending(&to, now);
        if !self.verifications.count_send(&to, now) {
            return error::max_send_attempts();
        }
        let sid =
            pending.unwrap_or_else(|| self.verifications.open(to.clone(), channel, digits, now));
        let Some(verification) = self.verifications.by_sid.get_mut(&sid) else {
            return error::not_found(request.path());
        };
        verification.channel = channel;
        verification.updated = now;
        verification.sends.push((now, channel, random::sid("VL")));
        let code = verification.code.clone();
        let text = words(channel, &code, form.get("Locale"));
        phones.deliver(
            to,
            Message {
                channel,
                code,
                text,
                at: now,
            },
        );
        let body = self.verification_json(&sid, now);
        super::json(201, &body)
    }

    /// Checks a code. A wrong one is no error: 200 with `pending`.
    pub(super) fn check(&mut self, request: &Incoming, now: Timestamp) -> Response {
        let Some(form) = request.form() else {
            return error::invalid_parameter("Code");
        };
        let Some(code) = form
            .get("Code")
            .filter(|code| (4..=10).contains(&code.chars().count()))
        else {
            return error::invalid_parameter("Code");
        };
        let sid = match self.read_checked(&form) {
            Ok(sid) => sid,
            Err(refusal) => return refusal,
        };
        let gone = error::not_found(request.path());
        let Some(verification) = sid.and_then(|sid| self.verifications.by_sid.get_mut(&sid)) else {
            return gone;
        };
        match verification.status_at(now) {
            Status::Pending => {}
            Status::MaxAttemptsReached => return error::max_check_attempts(),
            Status::Approved | Status::Canceled | Status::Expired => return gone,
        }
        verification.updated = now;
        if verification.checks == MAX_CHECKS {
            verification.status = Status::MaxAttemptsReached;
            return error::max_check_attempts();
        }
        verification.checks += 1;
        if verification.code.as_bytes().ct_eq(code.as_bytes()).into() {
            verification.status = Status::Approved;
            self.verifications.sends.remove(&verification.to);
        }
        let verification = &*verification;
        let body = json!({
            "sid": verification.sid,
            "service_sid": self.service_sid,
            "account_sid": self.sid,
            "to": verification.to.e164(),
            "channel": verification.channel.word(),
            "status": verification.status.word(),
            "valid": verification.status == Status::Approved,
            "amount": null,
            "payee": null,
            "sna_attempts_error_codes": [],
            "date_created": date(verification.created),
            "date_updated": date(verification.updated),
        });
        super::json(200, &body)
    }

    pub(super) fn fetch(&self, sid: &str, request: &Incoming, now: Timestamp) -> Response {
        if self.is_gone(sid, now) {
            return error::not_found(request.path());
        }
        super::json(200, &self.verification_json(sid, now))
    }

    /// Cancels or approves a verification, which forgives its number the codes it was sent.
    pub(super) fn update(&mut self, sid: &str, request: &Incoming, now: Timestamp) -> Response {
        let status = match request.form().as_ref().and_then(|form| form.get("Status")) {
            Some("canceled") => Status::Canceled,
            Some("approved") => Status::Approved,
            _ => return error::invalid_parameter("Status"),
        };
        let gone = error::not_found(request.path());
        if self.is_gone(sid, now) {
            return gone;
        }
        let Some(verification) = self.verifications.by_sid.get_mut(sid) else {
            return gone;
        };
        if verification.status == Status::Canceled {
            return gone;
        }
        verification.status = status;
        verification.updated = now;
        self.verifications.sends.remove(&verification.to);
        super::json(200, &self.verification_json(sid, now))
    }

    /// Which verification a check means; `Ok(None)` if there is no such one.
    fn read_checked(&self, form: &Form) -> Result<Option<String>, Response> {
        let to = match form.get("To") {
            Some(text) => Some(read_to(text)?),
            None => None,
        };
        match form.get("VerificationSid") {
            Some(sid) if !is_sid("VE", sid) => Err(error::invalid_parameter("VerificationSid")),
            Some(sid) => {
                let verification = self.verifications.by_sid.get(sid);
                Ok(verification
                    .filter(|found| to.as_ref().is_none_or(|to| *to == found.to))
                    .map(|found| found.sid.clone()))
            }
            None => match to {
                Some(to) => Ok(self.verifications.newest.get(&to).cloned()),
                None => Err(error::to_or_sid_required()),
            },
        }
    }

    /// Whether Twilio would say 404: never known, approved, or expired.
    fn is_gone(&self, sid: &str, now: Timestamp) -> bool {
        self.verifications
            .by_sid
            .get(sid)
            .is_none_or(|verification| {
                matches!(
                    verification.status_at(now),
                    Status::Approved | Status::Expired
                )
            })
    }

    fn verification_json(&self, sid: &str, now: Timestamp) -> Value {
        let Some(verification) = self.verifications.by_sid.get(sid) else {
            return Value::Null;
        };
        let status = verification.status_at(now);
        let attempts: Vec<Value> = verification
            .sends
            .iter()
            .map(|(at, channel, attempt)| {
                json!({
                    "time": date(*at),
                    "channel": channel.word().to_ascii_uppercase(),
                    "attempt_sid": attempt,
                })
            })
            .collect();
        json!({
            "sid": verification.sid,
            "service_sid": self.service_sid,
            "account_sid": self.sid,
            "to": verification.to.e164(),
            "channel": verification.channel.word(),
            "status": status.word(),
            "valid": status == Status::Approved,
            "date_created": date(verification.created),
            "date_updated": date(verification.updated),
            "lookup": {},
            "amount": null,
            "payee": null,
            "send_code_attempts": attempts,
            "sna": null,
            "url": format!("{}/Verifications/{sid}", self.service_url()),
        })
    }
}

fn read_start(form: &Form) -> Result<(Digits, Channel), Response> {
    let to = read_to(form.get("To").unwrap_or_default())?;
    let channel = match form.get("Channel") {
        Some("sms") => Channel::Sms,
        Some("call") => Channel::Call,
        // No service here has any other.
        _ => return Err(error::invalid_parameter("Channel")),
    };
    if form.get("Locale").is_some_and(|locale| !is_locale(locale)) {
        return Err(error::invalid_parameter("Locale"));
    }
    if !matches!(form.get("RiskCheck"), None | Some("enable" | "disable")) {
        return Err(error::invalid_parameter("RiskCheck"));
    }
    if form.get("CustomCode").is_some() {
        return Err(error::custom_code_not_allowed());
    }
    Ok((to, channel))
}

/// Twilio, unlike tru.ID, wants the `+`.
fn read_to(text: &str) -> Result<Digits, Response> {
    let number = text.starts_with('+').then(|| Digits::parse(text)).flatten();
    number.ok_or_else(|| error::invalid_parameter("To"))
}

/// A language, with or without a region: `en`, `es-MX`, `zh-HK`.
fn is_locale(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or_default();
    let alphabetic = |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric());
    (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|part| (2..=4).contains(&part.len()) && alphabetic(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_locale_is_a_language_and_perhaps_a_region() {
        for good in ["en", "es", "es-MX", "zh-HK", "fil"] {
            assert!(is_locale(good), "{good}");
        }
        for bad in ["", "e", "english", "es_MX", "es-", "en-GB-", "ñ", "12"] {
            assert!(!is_locale(bad), "{bad}");
        }
    }

    #[test]
    fn to_needs_its_plus() {
        assert!(read_to("+447700900000").is_ok());
        for bad in ["447700900000", "", "+0", "+44 7700 900000"] {
            assert_eq!(read_to(bad).unwrap_err().status, 400, "{bad}");
        }
    }
}
