//! The forms of credentials, which are checked once, when they come in.

use secrecy::{ExposeSecret as _, SecretString};

/// Which credential has not the form its vendor gives it. Never repeats what was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CredentialError {
    /// tru.ID: 1 to 256 visible ASCII characters, no colon (RFC 7617, section 2).
    #[error("the client id has not the form of one")]
    ClientId,
    /// tru.ID: 1 to 256 visible ASCII characters.
    #[error("the client secret has not the form of one")]
    ClientSecret,
    /// Twilio: `AC` (account) or `SK` (API key) and 32 hexadecimal digits.
    #[error("the account SID has not the form of one")]
    AccountSid,
    /// Twilio: 1 to 256 visible ASCII characters.
    #[error("the auth token has not the form of one")]
    Secret,
    /// Twilio: `VA` and 32 hexadecimal digits.
    #[error("the service SID has not the form of one")]
    ServiceSid,
}

/// Whether `text` is a SID of this kind: two letters and 32 hexadecimal digits.
pub(crate) fn is_sid(kind: &str, text: &str) -> bool {
    text.strip_prefix(kind)
        .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// Whether `text` is `1..=longest` characters of visible ASCII, the space not among them.
pub(crate) fn is_visible(text: &str, longest: usize) -> bool {
    (1..=longest).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_graphic())
}

/// The longest secret or client id there is any reason to accept.
pub(crate) const LONGEST: usize = 256;

/// Whether `text` can stand for a client: visible ASCII, and no colon (RFC 7617, section 2).
pub(crate) fn is_client_id(text: &str) -> bool {
    is_visible(text, LONGEST) && !text.contains(':')
}

pub(crate) fn is_secret(secret: &SecretString) -> bool {
    is_visible(secret.expose_secret(), LONGEST)
}
