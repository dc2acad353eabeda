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

mod canned;
mod catalogue;
mod check;
mod edit;
mod standing;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use canned::{Body, Canned, Octets};
pub use catalogue::{CATALOGUE, Named, named};
pub use check::BadFault;
pub use edit::Edit;
pub(crate) use standing::{Met, Standing};

use crate::http::Incoming;
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
