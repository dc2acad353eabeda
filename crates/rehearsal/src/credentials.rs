//! What a client must present to be served.

use std::fmt;

use crate::random;

/// Client id of [`Credentials::well_known`].
pub const WELL_KNOWN_CLIENT_ID: &str = "72656865-6172-4361-8c00-7075626c6963";
/// Client secret of [`Credentials::well_known`].
pub const WELL_KNOWN_CLIENT_SECRET: &str = "rehearsal.opens-nothing-but-stand-ins";
/// Account SID of [`Credentials::well_known`].
pub const WELL_KNOWN_ACCOUNT_SID: &str = "AC72656865617273616c00000000000001";
/// Auth token of [`Credentials::well_known`].
pub const WELL_KNOWN_AUTH_TOKEN: &str = "72656865617273616c6f70656e736e6f";
/// Service SID of [`Credentials::well_known`].
pub const WELL_KNOWN_SERVICE_SID: &str = "VA72656865617273616c00000000000002";

/// The credentials of the rehearsed project at tru.ID and the rehearsed account at Twilio.
///
/// They open nothing but stand-ins. Debug shows no secret all the same, so
/// that a log of a rehearsal looks like a log of the real thing.
#[derive(Clone, PartialEq, Eq)]
pub struct Credentials {
    /// Client id of the tru.ID project.
    pub tru_client_id: String,
    /// Client secret of the tru.ID project.
    pub tru_client_secret: String,
    /// `AC` and 32 hexadecimal digits.
    pub twilio_account_sid: String,
    /// 32 hexadecimal digits.
    pub twilio_auth_token: String,
    /// `VA` and 32 hexadecimal digits.
    pub twilio_service_sid: String,
}

impl Credentials {
    /// The ones that everybody knows: they are printed in this crate's README, and open nothing
    /// but stand-ins on loopback. With them, setting SIMgate up can be practised.
    #[must_use]
    pub fn well_known() -> Self {
        Self {
            tru_client_id: WELL_KNOWN_CLIENT_ID.to_owned(),
            tru_client_secret: WELL_KNOWN_CLIENT_SECRET.to_owned(),
            twilio_account_sid: WELL_KNOWN_ACCOUNT_SID.to_owned(),
            twilio_auth_token: WELL_KNOWN_AUTH_TOKEN.to_owned(),
            twilio_service_sid: WELL_KNOWN_SERVICE_SID.to_owned(),
        }
    }

    /// Draws fresh credentials from the operating system's randomness.
    #[must_use]
    pub fn random() -> Self {
        Self {
            tru_client_id: random::uuid(),
            tru_client_secret: random::token(),
            twilio_account_sid: random::sid("AC"),
            twilio_auth_token: random::sid(""),
            twilio_service_sid: random::sid("VA"),
        }
    }

    /// The first field that does not look as the vendor's would.
    pub(crate) fn misshapen(&self) -> Option<&'static str> {
        if self.tru_client_id.is_empty() || self.tru_client_id.contains(':') {
            return Some("tru_client_id");
        }
        if self.tru_client_secret.is_empty() {
            return Some("tru_client_secret");
        }
        if !is_sid("AC", &self.twilio_account_sid) {
            return Some("twilio_account_sid");
        }
        if !is_sid("", &self.twilio_auth_token) {
            return Some("twilio_auth_token");
        }
        if !is_sid("VA", &self.twilio_service_sid) {
            return Some("twilio_service_sid");
        }
        None
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credentials")
            .field("tru_client_id", &self.tru_client_id)
            .field("twilio_account_sid", &self.twilio_account_sid)
            .field("twilio_service_sid", &self.twilio_service_sid)
            .finish_non_exhaustive()
    }
}

/// Whether `text` is a SID of this kind: `^{kind}[0-9a-fA-F]{32}$`.
pub(crate) fn is_sid(kind: &str, text: &str) -> bool {
    text.strip_prefix(kind)
        .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drawn_credentials_have_the_vendors_shapes_and_differ() {
        let credentials = Credentials::random();
        assert_eq!(credentials.misshapen(), None);
        assert_ne!(credentials, Credentials::random());
    }

    #[test]
    fn the_well_known_ones_have_them_too() {
        assert_eq!(Credentials::well_known().misshapen(), None);
    }

    #[test]
    fn debug_shows_no_secret() {
        let credentials = Credentials::random();
        let shown = format!("{credentials:?}");
        assert!(!shown.contains(&credentials.tru_client_secret));
        assert!(!shown.contains(&credentials.twilio_auth_token));
    }

    #[test]
    fn a_misshapen_field_is_named() {
        let given = Credentials {
            twilio_service_sid: "VA12".to_owned(),
            ..Credentials::random()
        };
        assert_eq!(given.misshapen(), Some("twilio_service_sid"));
    }
}
