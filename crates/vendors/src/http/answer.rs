//! What came back for a request.

use std::time::Duration;

use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

/// An answer whose status is not 3xx, read to its end.
///
/// No `Debug`: its body may hold a token or a number.
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// One second to a day, if the vendor said so in a way that can be read.
    pub(crate) retry_after: Option<Duration>,
    pub(super) body: Zeroizing<Vec<u8>>,
}

impl Answer {
    /// The body, if it is exactly one JSON text of this shape. `None` as well for one in which a
    /// field of the shape stands twice.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_slice(&self.body).ok()
    }

    #[cfg(test)]
    pub(crate) fn of(status: u16, body: &str) -> Self {
        Self {
            status,
            retry_after: None,
            body: Zeroizing::new(body.as_bytes().to_vec()),
        }
    }
}
