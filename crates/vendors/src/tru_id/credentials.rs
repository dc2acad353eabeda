//! What a tru.ID project is known by.

use std::fmt;

use secrecy::SecretString;

use crate::credential::{CredentialError, is_client_id, is_secret};

/// Client id and client secret of one tru.ID project. `Debug` shows neither.
pub struct TruIdCredentials {
    pub(super) client_id: String,
    pub(super) client_secret: SecretString,
}

impl TruIdCredentials {
    /// The credentials of a project, as its `tru.json` or the console shows them.
    ///
    /// # Errors
    /// [`CredentialError::ClientId`] or [`CredentialError::ClientSecret`], for what cannot be one.
    pub fn new(client_id: &str, client_secret: SecretString) -> Result<Self, CredentialError> {
        Self::check(client_id, &client_secret)?;
        Ok(Self {
            client_id: client_id.to_owned(),
            client_secret,
        })
    }

    pub(crate) fn check(
        client_id: &str,
        client_secret: &SecretString,
    ) -> Result<(), CredentialError> {
        if !is_client_id(client_id) {
            return Err(CredentialError::ClientId);
        }
        if !is_secret(client_secret) {
            return Err(CredentialError::ClientSecret);
        }
        Ok(())
    }
}

impl fmt::Debug for TruIdCredentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TruIdCredentials").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(id: &str, secret: &str) -> Option<CredentialError> {
        TruIdCredentials::new(id, SecretString::from(secret)).err()
    }

    #[test]
    fn only_what_can_be_a_credential_passes() {
        let id = "c69bc0e6-a429-11ea-bb37-0242ac130002";
        let secret = "dzi1v4osLNr5vv0.2mnvcKM37.";
        let long = "x".repeat(257);
        assert_eq!(refusal(id, secret), None);
        for wrong in ["", "a:b", "a b", "a\n", "é", long.as_str()] {
            assert_eq!(refusal(wrong, secret), Some(CredentialError::ClientId));
        }
        for wrong in ["", "a b", "a\r\nX: y", "é", long.as_str()] {
            assert_eq!(refusal(id, wrong), Some(CredentialError::ClientSecret));
        }
    }

    #[test]
    fn debug_shows_neither() {
        let credentials = TruIdCredentials::new("client", SecretString::from("secret")).unwrap();
        assert_eq!(format!("{credentials:?}"), "TruIdCredentials { .. }");
    }
}
