//! What the page may send. Unknown fields are refused, and nothing here can be printed.

use serde::Deserialize;
use ts_rs::TS;
use zeroize::Zeroizing;

use super::words::{ChannelName, Language};

/// Something secret as typed: wiped when dropped, and never printed.
#[derive(Deserialize)]
#[serde(from = "String")]
pub struct Typed(Zeroizing<String>);

impl From<String> for Typed {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl Typed {
    /// The text itself, for the one parser that takes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A username and a password, as typed.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct SignInForm {
    /// The name as typed.
    pub username: String,
    /// The password as typed.
    #[ts(type = "string")]
    pub password: Typed,
    /// The language for the code's message.
    pub language: Language,
}

/// What registering needs.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct RegisterForm {
    /// The name as typed.
    pub username: String,
    /// The password as typed.
    #[ts(type = "string")]
    pub password: Typed,
    /// The number as typed.
    pub phone: String,
    /// The country chosen beside it (ISO 3166-1 alpha-2), for numbers typed without `+`.
    pub country: String,
    /// How codes are to be sent.
    pub channel: ChannelName,
    /// The language for the code's message.
    pub language: Language,
}

/// A password being chosen, with the person's own words.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct RatePasswordForm {
    /// The name as typed so far.
    pub username: String,
    /// The number as typed so far.
    pub phone: String,
    /// The country chosen beside it (ISO 3166-1 alpha-2), for numbers typed without `+`.
    pub country: String,
    /// The password as typed so far.
    #[ts(type = "string")]
    pub password: Typed,
}
