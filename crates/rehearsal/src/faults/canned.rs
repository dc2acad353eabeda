//! An answer of the fault's own.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};

use crate::http::Response;

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

impl From<Canned> for Response {
    fn from(canned: Canned) -> Self {
        Self {
            status: canned.status.unwrap_or(200),
            body: canned.body.bytes().to_vec(),
            headers: canned.headers,
        }
    }
}
