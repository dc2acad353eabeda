//! Faults a vendor can be given: what goes wrong, for which requests, how often.
//!
//! A [`Fault`] has three parts. The filters (`vendor`, `call`, `method`, `path_prefix`, `skip`,
//! `times`) say which requests it is for. `answer`, `edit` and `delay_ms` say what is answered,
//! and `wire` how those bytes travel. `door` stands alone: it is about connections, not requests.
//!
//! **Does the vendor do what was asked?** With an `answer` of the fault's own, with
//! [`Wire::Stall`] and behind a [`Door`], it does not: no code is sent, no check is counted. In
//! every other case it does, and only its answer suffers; so a code may be on the phone although
//! the client was told nothing.

mod catalogue;
mod edit;
mod standing;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

pub use catalogue::{CATALOGUE, Named, named};
pub use edit::Edit;
pub(crate) use standing::{Met, Standing};

use crate::http::{Incoming, Response};
use crate::ledger::{Call, Vendor};

/// Something that goes wrong at a vendor. As JSON, every field may be left out.
///
/// Of several faults the first that is for a request, and is not used up, is the one it meets.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Fault {
    /// Only at this vendor.
    pub vendor: Option<Vendor>,
    /// Only for this call.
    pub call: Option<Call>,
    /// Only for this method, in capitals.
    pub method: Option<String>,
    /// Only for paths that begin so.
    pub path_prefix: Option<String>,
    /// How many such requests to let pass first.
    pub skip: u32,
    /// How many requests it lasts for; `None` is until it is cleared.
    pub times: Option<u32>,
    /// The vendor cannot be reached as it should be. Excludes everything but `vendor` and `call`.
    pub door: Option<Door>,
    /// How long the answer is held back, in real milliseconds. What was asked is done at once.
    pub delay_ms: u64,
    /// Answered in the vendor's place; what was asked is not done.
    pub answer: Option<Canned>,
    /// Changes made to the answer, in this order.
    pub edit: Vec<Edit>,
    /// How the answer travels.
    pub wire: Wire,
}

/// How a vendor's address fails before any request is read.
///
/// For a `call` that needs another one first (a SIM check needs a token), the door stays open
/// until that other one was answered; a request for the call itself that comes in on a connection
/// made earlier is hung up on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// Nobody listens: connections are refused.
    Refuse,
    /// Connection requests vanish. Done by filling the listener's queue, which drops them on
    /// Linux; other systems refuse instead.
    SynDrop,
    /// Connections are accepted and nothing is ever read or written.
    AcceptSilent,
    /// Connections are accepted and reset at once.
    CloseOnAccept,
}

/// An answer written by the fault and not by the vendor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Canned {
    /// The status; 200 if left out.
    pub status: Option<u16>,
    /// Names and values, in order. `Content-Length` is added by itself.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

/// The bytes of a body: `{"text":"..."}` or `{"base64":"..."}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Sent as UTF-8.
    Text(String),
    /// For what is not text.
    Base64(Octets),
}

impl Default for Body {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Body {
    fn bytes(&self) -> &[u8] {
        match self {
            Self::Text(text) => text.as_bytes(),
            Self::Base64(octets) => &octets.0,
        }
    }
}

/// Bytes that are base64 in JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Octets(pub Vec<u8>);

impl TryFrom<String> for Octets {
    type Error = base64::DecodeError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        STANDARD.decode(text).map(Self)
    }
}

impl From<Octets> for String {
    fn from(octets: Octets) -> Self {
        STANDARD.encode(octets.0)
    }
}

/// How an answer travels.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Wire {
    /// As it should.
    #[default]
    Plain,
    /// Not at all: the request is read, nothing is done, the connection stays open.
    Stall,
    /// The connection ends before the answer does.
    Cut {
        /// Where.
        at: Cut,
        /// Whether it ends with a reset (RST) or is closed in order.
        reset: bool,
    },
    /// The head goes out byte by byte.
    SlowHead {
        /// Between two bytes.
        ms_per_byte: u64,
    },
    /// The body goes out byte by byte.
    SlowBody {
        /// Between two bytes.
        ms_per_byte: u64,
    },
    /// `Content-Length` is wrong, and the connection closes after the true body.
    ContentLength {
        /// Added to the true length.
        off_by: i64,
    },
    /// A chunked body that never ends: the true one, then blanks for ever.
    EndlessChunked,
    /// A chunked body whose second chunk has no length.
    BadChunk,
    /// The body is so many blanks instead.
    Filler {
        /// How many.
        bytes: u64,
    },
    /// The body is gzip of zeros instead, a thousandth as long.
    GzipBomb {
        /// How much it unpacks to; rounded up to 16.
        mebibytes: u32,
    },
    /// One more header, this long.
    HugeHeader {
        /// Of its value.
        bytes: u64,
    },
}

/// A place in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cut {
    /// Before its first byte.
    Start,
    /// Amid the head.
    MidHead,
    /// Amid the body.
    MidBody,
    /// After so many bytes.
    Byte(u64),
}

/// Why a fault makes no sense.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadFault {
    /// A door was combined with something about requests or answers.
    #[error("`door` goes with `vendor` and `call` only, and needs one of them")]
    DoorWithMore,
    /// A fault for no request.
    #[error("`times` must be at least 1")]
    NoTimes,
    /// Outside 200 to 599.
    #[error("{0} is not a final HTTP status")]
    Status(u16),
    /// A header that would break the head.
    #[error("{0:?} cannot be a header")]
    Header(String),
    /// One header longer than 64 MiB.
    #[error("a header of {0} bytes is more than memory should hold")]
    HeaderLength(u64),
    /// A call another vendor answers.
    #[error("the call is not made at that vendor")]
    WrongVendor,
}

/// The longest header [`Wire::HugeHeader`] may ask for.
const MAX_HEADER: u64 = 64 << 20;

impl Fault {
    /// A fault for one kind of call, which does nothing yet.
    #[must_use]
    pub fn on(call: Call) -> Self {
        Self {
            call: Some(call),
            ..Self::default()
        }
    }

    /// Lasts for so many requests.
    #[must_use]
    pub fn times(self, times: u32) -> Self {
        Self {
            times: Some(times),
            ..self
        }
    }

    /// Lets so many requests pass first.
    #[must_use]
    pub fn skipping(self, skip: u32) -> Self {
        Self { skip, ..self }
    }

    /// Answers in the vendor's place.
    #[must_use]
    pub fn answering(self, status: u16, headers: &[(&str, &str)], body: &str) -> Self {
        let headers = headers
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()))
            .collect();
        let body = Body::Text(body.to_owned());
        Self {
            answer: Some(Canned {
                status: Some(status),
                headers,
                body,
            }),
            ..self
        }
    }

    /// Changes the answer.
    #[must_use]
    pub fn edited(mut self, edit: Edit) -> Self {
        self.edit.push(edit);
        self
    }

    /// Sends the answer so.
    #[must_use]
    pub fn over(self, wire: Wire) -> Self {
        Self { wire, ..self }
    }

    /// Holds the answer back.
    #[must_use]
    pub fn delayed(self, delay_ms: u64) -> Self {
        Self { delay_ms, ..self }
    }

    /// Fails before any request is read.
    #[must_use]
    pub fn behind(self, door: Door) -> Self {
        Self {
            door: Some(door),
            ..self
        }
    }

    /// Whether the fault makes sense.
    ///
    /// # Errors
    ///
    /// Says what does not.
    pub fn check(&self) -> Result<(), BadFault> {
        if self.times == Some(0) {
            return Err(BadFault::NoTimes);
        }
        if let (Some(vendor), Some(at)) = (self.vendor, self.call.and_then(Call::vendor))
            && vendor != at
        {
            return Err(BadFault::WrongVendor);
        }
        if let Wire::HugeHeader { bytes } = self.wire
            && bytes > MAX_HEADER
        {
            return Err(BadFault::HeaderLength(bytes));
        }
        if self.door.is_some() {
            let alone = Self {
                vendor: self.vendor,
                call: self.call,
                door: self.door,
                ..Self::default()
            };
            if *self != alone || self.door_vendor().is_none() {
                return Err(BadFault::DoorWithMore);
            }
        }
        let canned = self.answer.iter().filter_map(|canned| canned.status);
        let edited = self.edit.iter().filter_map(|edit| {
            if let Edit::Status(status) = edit {
                Some(*status)
            } else {
                None
            }
        });
        if let Some(status) = canned
            .chain(edited)
            .find(|status| !(200..=599).contains(status))
        {
            return Err(BadFault::Status(status));
        }
        let unfit = |text: &str| text.contains(['\r', '\n', '\0']);
        self.answer
            .iter()
            .flat_map(|canned| &canned.headers)
            .try_for_each(|(name, value)| {
                if name.is_empty() || name.contains([' ', ':']) || unfit(name) || unfit(value) {
                    return Err(BadFault::Header(format!("{name}: {value}")));
                }
                Ok(())
            })
    }

    /// Whose door it is.
    fn door_vendor(&self) -> Option<Vendor> {
        self.vendor.or_else(|| self.call.and_then(Call::vendor))
    }

    fn is_for(&self, vendor: Vendor, call: Call, request: &Incoming) -> bool {
        self.vendor.is_none_or(|only| only == vendor)
            && self.call.is_none_or(|only| only == call)
            && self
                .method
                .as_ref()
                .is_none_or(|only| *only == request.method)
            && self
                .path_prefix
                .as_ref()
                .is_none_or(|only| request.target.starts_with(only))
    }
}

impl From<Canned> for Response {
    fn from(canned: Canned) -> Self {
        Self {
            status: canned.status.unwrap_or(200),
            body: canned.body.bytes().to_vec(),
            headers: canned.headers,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_survives_json_and_nothing_unknown_passes() {
        for named in CATALOGUE {
            for call in [
                Call::Token,
                Call::SimCheck,
                Call::Verifications,
                Call::VerificationCheck,
            ] {
                let fault = named.on(call);
                assert_eq!(fault.check(), Ok(()), "{} on {call:?}", named.name);
                let text = serde_json::to_string(&fault).unwrap();
                assert_eq!(serde_json::from_str::<Fault>(&text).unwrap(), fault);
            }
        }
        for wrong in [
            r#"{"cal":"token"}"#,
            r#"{"call":"tokens"}"#,
            r#"{"wire":{"cut":{"at":"start","reset":true,"x":1}}}"#,
            r#"{"answer":{"state":200}}"#,
            r#"{"answer":{"body":{"base64":"?"}}}"#,
        ] {
            assert!(serde_json::from_str::<Fault>(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_fault_that_makes_no_sense_is_refused() {
        let door = Fault {
            door: Some(Door::Refuse),
            ..Fault::default()
        };
        assert_eq!(
            door.check(),
            Err(BadFault::DoorWithMore),
            "it is nobody's door"
        );
        let counted = Fault::on(Call::Token).behind(Door::Refuse).times(1);
        assert_eq!(counted.check(), Err(BadFault::DoorWithMore));
        assert_eq!(
            Fault::on(Call::Token).times(0).check(),
            Err(BadFault::NoTimes)
        );
        assert_eq!(
            Fault::on(Call::Token).answering(100, &[], "").check(),
            Err(BadFault::Status(100))
        );
        let split = Fault::on(Call::Token).answering(200, &[("a", "b\r\nc: d")], "");
        assert!(matches!(split.check(), Err(BadFault::Header(_))));
        let huge = Fault::on(Call::Token).over(Wire::HugeHeader { bytes: u64::MAX });
        assert_eq!(huge.check(), Err(BadFault::HeaderLength(u64::MAX)));
        let elsewhere = Fault {
            vendor: Some(Vendor::TwilioVerify),
            ..Fault::on(Call::Token)
        };
        assert_eq!(elsewhere.check(), Err(BadFault::WrongVendor));
    }
}
