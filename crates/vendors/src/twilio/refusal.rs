//! Twilio's refusals: told apart by their `code`.

use serde::Deserialize;

use crate::error::{RequestError, TransportError};
use crate::http::Answer;

/// An answer that is no success.
pub(super) struct Refusal {
    /// Twilio's code. Where the body has none, the one that Twilio gives with the HTTP status:
    /// the status of several codes is not documented, and so the code goes first. None for a 2xx.
    pub(super) code: Option<u32>,
    message: String,
    status: u16,
}

impl Refusal {
    pub(super) fn read(answer: &Answer) -> Self {
        /// Of four documented keys the two that tell something. The message is matched and never
        /// passed on: it can hold the number.
        #[derive(Deserialize)]
        struct Body {
            code: u32,
            #[serde(default)]
            message: Option<String>,
        }
        let status = answer.status;
        let body: Option<Body> = answer.json();
        let code = match (&body, status) {
            (_, ..400) => None,
            (Some(body), _) => Some(body.code),
            (None, _) => code_with(status),
        };
        tracing::warn!(status, code, "Twilio refused");
        Self {
            code,
            message: body.and_then(|body| body.message).unwrap_or_default(),
            status,
        }
    }

    /// Whether the message names this parameter, as `Invalid parameter: To` does.
    pub(super) fn names(&self, parameter: &str) -> bool {
        self.message
            .split(|c: char| !c.is_ascii_alphanumeric())
            .any(|word| word == parameter)
    }

    /// The error of an operation: its word for the refusal, or a failure of the vendor where it
    /// has none. A 2xx that is not documented is no refusal but a malformed answer.
    pub(super) fn or_failed<E>(&self, word: Option<E>) -> RequestError<E> {
        match (word, self.status) {
            (Some(word), _) => RequestError::Refused(word),
            (None, ..400) => TransportError::Malformed.into(),
            (None, status) => TransportError::VendorFailed { status }.into(),
        }
    }
}

/// The code Twilio gives with this status (<https://www.twilio.com/docs/api/errors>).
fn code_with(status: u16) -> Option<u32> {
    match status {
        401 => Some(20_003),
        403 => Some(20_403),
        404 => Some(20_404),
        429 => Some(20_429),
        _ => None,
    }
}
