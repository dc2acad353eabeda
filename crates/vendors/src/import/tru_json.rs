//! `tru.json`, which tru.ID's command line writes when it makes a project.

use std::fmt;

use secrecy::SecretString;
use serde::Deserialize;
use serde_json::error::Category;

use super::{LONGEST_FILE, without_mark};
use crate::credential::CredentialError;
use crate::host::TruIdHost;
use crate::tru_id::{SCOPE, TruIdCredentials};

/// What a `tru.json` says of its project. `Debug` shows nothing of it.
pub struct TruJson {
    /// The client id, of the form of one.
    pub client_id: String,
    /// Its secret, of the form of one.
    pub client_secret: SecretString,
    /// The host of the project's region.
    pub host: TruIdHost,
    /// Whether the file says that the project may check SIMs; `None` where it does not list what
    /// the project may do.
    pub may_check_sims: Option<bool>,
}

/// Why a text is no `tru.json` that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TruJsonError {
    /// Longer than [`LONGEST_FILE`]: another file was chosen.
    #[error("the file is too long to be a tru.json")]
    TooLong,
    /// Not JSON at all, or cut short: another file was chosen, or it is damaged.
    #[error("the file is not JSON")]
    NotJson,
    /// JSON, but of something else.
    #[error("the file is not a tru.json")]
    SomethingElse,
    /// A project without credentials: make some with `tru projects:create` or in the console.
    #[error("the file has no credentials in it")]
    NoCredentials,
    /// The client id is none. It was edited, or is a placeholder.
    #[error("the client id in the file has not the form of one")]
    ClientId,
    /// The client secret is none. It was edited, or is a placeholder.
    #[error("the client secret in the file has not the form of one")]
    ClientSecret,
    /// A region that is not `eu`, `in` or `us`.
    #[error("the file names a region that does not exist")]
    Region,
}

#[derive(Deserialize)]
struct File {
    #[serde(default)]
    credentials: Option<Vec<Credentials>>,
    #[serde(default)]
    data_residency: Option<String>,
}

#[derive(Deserialize)]
struct Credentials {
    client_id: String,
    client_secret: Secret,
    #[serde(default)]
    scopes: Option<Vec<String>>,
}

/// Wiped when dropped, whatever else is wrong with the file.
#[derive(Deserialize)]
#[serde(from = "String")]
struct Secret(SecretString);

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(SecretString::from(text))
    }
}

/// The project in the text of a `tru.json`. Where a file has several credentials, the first counts,
/// as for tru.ID's own tools; where it names no region, `eu` does.
///
/// # Errors
/// [`TruJsonError`], which repeats nothing of the text.
pub fn tru_json(text: &str) -> Result<TruJson, TruJsonError> {
    if text.len() > LONGEST_FILE {
        return Err(TruJsonError::TooLong);
    }
    let file: File =
        serde_json::from_str(without_mark(text)).map_err(|error| match error.classify() {
            Category::Data => TruJsonError::SomethingElse,
            Category::Syntax | Category::Eof | Category::Io => TruJsonError::NotJson,
        })?;
    let listed = file.credentials.ok_or(TruJsonError::SomethingElse)?;
    let first = listed.into_iter().next();
    let found = first.ok_or(TruJsonError::NoCredentials)?;
    let region = file.data_residency.as_deref().unwrap_or("eu");
    let host = TruIdHost::of_region(region).ok_or(TruJsonError::Region)?;
    let Secret(client_secret) = found.client_secret;
    TruIdCredentials::check(&found.client_id, &client_secret).map_err(|error| match error {
        CredentialError::ClientSecret => TruJsonError::ClientSecret,
        CredentialError::ClientId
        | CredentialError::AccountSid
        | CredentialError::Secret
        | CredentialError::ServiceSid => TruJsonError::ClientId,
    })?;
    Ok(TruJson {
        client_id: found.client_id,
        client_secret,
        host,
        may_check_sims: found
            .scopes
            .map(|scopes| scopes.iter().any(|scope| scope == SCOPE)),
    })
}

impl fmt::Debug for TruJson {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TruJson").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use secrecy::ExposeSecret as _;

    use super::*;

    /// As tru.ID's command line writes it.
    const WRITTEN: &str = r#"{
	"project_id": "c69bc0e6-a429-11ea-bb37-0242ac130002",
	"name": "branch",
	"created_at": "2026-11-01T09:00:00+0000",
	"credentials": [
		{
			"client_id": "6779ef20-e75817b79602-ea2c4bae",
			"client_secret": "dzi1v4osLNr5vv0.2mnvcKM37.",
			"scopes": ["phone_check", "sim_check", "subscriber_check", "coverage"]
		}
	],
	"data_residency": "in"
}"#;

    fn error(text: &str) -> Option<TruJsonError> {
        tru_json(text).err()
    }

    #[test]
    fn what_the_command_line_wrote_is_read() {
        for text in [
            WRITTEN.to_owned(),
            format!("\u{feff}{WRITTEN}"),
            WRITTEN.replace('\n', "\r\n"),
        ] {
            let found = tru_json(&text).unwrap();
            assert_eq!(found.client_id, "6779ef20-e75817b79602-ea2c4bae");
            let secret = found.client_secret.expose_secret();
            assert_eq!(secret, "dzi1v4osLNr5vv0.2mnvcKM37.");
            assert_eq!(found.host.to_string(), "https://in.api.tru.id");
            assert_eq!(found.may_check_sims, Some(true));
        }
    }

    #[test]
    fn a_region_that_is_not_named_is_the_european_one() {
        let text = WRITTEN.replace(",\n\t\"data_residency\": \"in\"", "");
        assert_ne!(text, WRITTEN);
        let host = tru_json(&text).map(|found| found.host.to_string());
        assert_eq!(host.as_deref(), Ok("https://eu.api.tru.id"));
    }

    #[test]
    fn a_project_may_be_for_something_else() {
        let text = WRITTEN.replace("\"sim_check\", ", "");
        let may = tru_json(&text).map(|found| found.may_check_sims);
        assert_eq!(may, Ok(Some(false)));
        let text = r#"{"credentials":[{"client_id":"a","client_secret":"b"}]}"#;
        assert_eq!(tru_json(text).map(|found| found.may_check_sims), Ok(None));
    }

    #[test]
    fn whatever_else_a_file_may_be_is_told() {
        let with = |from: &str, to: &str| {
            let text = WRITTEN.replace(from, to);
            assert_ne!(text, WRITTEN, "{from}");
            text
        };
        let one = "{\"client_id\":\"a\",\"client_secret\":\"b\"}";
        let junk = "x".repeat(1_000_000);
        let deep = "[".repeat(60_000);
        let table = [
            (String::new(), TruJsonError::NotJson),
            ("TRU_ID_CLIENT=a".to_owned(), TruJsonError::NotJson),
            (WRITTEN[..200].to_owned(), TruJsonError::NotJson),
            (format!("{WRITTEN}}}"), TruJsonError::NotJson),
            (deep, TruJsonError::SomethingElse),
            (junk, TruJsonError::TooLong),
            ("{}".to_owned(), TruJsonError::SomethingElse),
            ("[]".to_owned(), TruJsonError::SomethingElse),
            ("null".to_owned(), TruJsonError::SomethingElse),
            (
                r#"{"name":"ui","dependencies":{"svelte":"5"}}"#.to_owned(),
                TruJsonError::SomethingElse,
            ),
            (
                r#"{"credentials":{"private_key":"x"}}"#.to_owned(),
                TruJsonError::SomethingElse,
            ),
            (
                format!(r#"{{"credentials":[{one}],"credentials":[{one}]}}"#),
                TruJsonError::SomethingElse,
            ),
            (
                with("\"client_secret\"", "\"client_id\""),
                TruJsonError::SomethingElse,
            ),
            (
                r#"{"credentials":[]}"#.to_owned(),
                TruJsonError::NoCredentials,
            ),
            (with("6779ef20-", "<client id> "), TruJsonError::ClientId),
            (with("6779ef20-", "a:"), TruJsonError::ClientId),
            (
                with("dzi1v4osLNr5vv0.2mnvcKM37.", ""),
                TruJsonError::ClientSecret,
            ),
            (
                with("dzi1v4osLNr5vv0", "two words"),
                TruJsonError::ClientSecret,
            ),
            (with("\"in\"", "\"mars\""), TruJsonError::Region),
            (with("\"in\"", "\"in.evil.example/\""), TruJsonError::Region),
        ];
        for (text, expected) in table {
            let shown: String = text.chars().take(60).collect();
            assert_eq!(error(&text), Some(expected), "{shown}");
        }
    }

    #[test]
    fn debug_shows_nothing_of_it() {
        let shown = tru_json(WRITTEN).map(|found| format!("{found:?}"));
        assert_eq!(shown.as_deref(), Ok("TruJson { .. }"));
    }

    proptest! {
        #[test]
        fn no_text_does_harm(text in "\\PC{0,300}") {
            prop_assert!(tru_json(&text).is_err());
        }

        #[test]
        fn no_byte_of_a_true_one_does_harm(place in 0..WRITTEN.len(), byte in 0u8..128) {
            let mut bytes = WRITTEN.as_bytes().to_vec();
            bytes[place] = byte;
            let text = String::from_utf8(bytes).unwrap();
            if let Ok(found) = tru_json(&text) {
                let secret = found.client_secret.expose_secret();
                prop_assert!(!found.client_id.is_empty() && !secret.is_empty());
                prop_assert!(TruIdHost::ALLOWED.contains(&found.host.to_string().as_str()));
            }
        }

        #[test]
        fn what_a_project_may_be_called_is_found_again(
            id in "[!-9;-\\[\\]-~]{1,256}",
            secret in "[!#-\\[\\]-~]{1,256}",
            region in "eu|in|us",
        ) {
            let id = id.replace('"', "");
            prop_assume!(!id.is_empty());
            let text = format!(
                r#"{{"credentials":[{{"client_id":"{id}","client_secret":"{secret}"}}],"data_residency":"{region}"}}"#
            );
            let found = tru_json(&text).unwrap();
            prop_assert_eq!(found.client_id, id);
            prop_assert_eq!(found.client_secret.expose_secret(), &secret);
            prop_assert_eq!(found.host.to_string(), format!("https://{region}.api.tru.id"));
        }
    }
}
