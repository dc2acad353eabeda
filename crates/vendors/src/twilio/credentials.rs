//! What an account and its Verify service are known by.

use std::fmt;

use secrecy::SecretString;

use crate::credential::{CredentialError, is_secret, is_sid};

/// Who we are at Twilio and which Verify service is ours. `Debug` shows none of it.
pub struct TwilioCredentials {
    pub(super) user_sid: String,
    pub(super) secret: SecretString,
    pub(super) service_sid: String,
}

impl TwilioCredentials {
    /// The credentials of an account (`AC...` and its auth token) or of an API key (`SK...` and
    /// its secret), which Twilio advises for production
    /// (<https://www.twilio.com/docs/verify/api>), with the service (`VA...`) to be used.
    ///
    /// # Errors
    /// [`CredentialError::AccountSid`], [`CredentialError::Secret`] or
    /// [`CredentialError::ServiceSid`], for the first that cannot be one.
    pub fn new(
        account_or_key_sid: &str,
        secret: SecretString,
        service_sid: &str,
    ) -> Result<Self, CredentialError> {
        if !is_sid("AC", account_or_key_sid) && !is_sid("SK", account_or_key_sid) {
            return Err(CredentialError::AccountSid);
        }
        if !is_secret(&secret) {
            return Err(CredentialError::Secret);
        }
        if !is_sid("VA", service_sid) {
            return Err(CredentialError::ServiceSid);
        }
        Ok(Self {
            user_sid: account_or_key_sid.to_owned(),
            secret,
            service_sid: service_sid.to_owned(),
        })
    }
}

impl fmt::Debug for TwilioCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwilioCredentials").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DIGITS: &str = "0123456789abcdef0123456789abcdef";

    fn refusal(user: &str, secret: &str, service: &str) -> Option<CredentialError> {
        TwilioCredentials::new(user, SecretString::from(secret), service).err()
    }

    #[test]
    fn only_what_can_be_a_credential_passes() {
        let (account, service) = (format!("AC{DIGITS}"), format!("VA{DIGITS}"));
        assert_eq!(refusal(&account, DIGITS, &service), None);
        assert_eq!(
            refusal(&format!("SK{DIGITS}"), "any.secret-0", &service),
            None
        );
        for wrong in [
            "",
            "AC",
            &service,
            &format!("{account}0"),
            &format!("{account}:"),
        ] {
            let wrong = refusal(wrong, DIGITS, &service);
            assert_eq!(wrong, Some(CredentialError::AccountSid));
        }
        for wrong in ["", "a b", "a\r\nX: y", &"x".repeat(257)] {
            let wrong = refusal(&account, wrong, &service);
            assert_eq!(wrong, Some(CredentialError::Secret));
        }
        for wrong in [
            "",
            &account,
            &format!("{service}/x"),
            &format!("VA..{}", &DIGITS[2..]),
        ] {
            let wrong = refusal(&account, DIGITS, wrong);
            assert_eq!(wrong, Some(CredentialError::ServiceSid));
        }
    }

    #[test]
    fn debug_shows_none_of_it() {
        let account = format!("AC{DIGITS}");
        let service = format!("VA{DIGITS}");
        let credentials = TwilioCredentials::new(&account, SecretString::from("s"), &service);
        let shown = credentials.map(|credentials| format!("{credentials:?}"));
        assert_eq!(shown.as_deref(), Ok("TwilioCredentials { .. }"));
    }
}
