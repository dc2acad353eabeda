//! Reading and checking the `Authorization` header.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use subtle::ConstantTimeEq as _;

use crate::http::Incoming;

/// Whether the request carries exactly this user and secret as HTTP Basic. Takes the same time
/// wherever the two differ.
pub(crate) fn is_basic(request: &Incoming, user: &str, secret: &str) -> bool {
    let Some(presented) = credentials(request, "basic").and_then(|text| STANDARD.decode(text).ok())
    else {
        return false;
    };
    presented
        .ct_eq(format!("{user}:{secret}").as_bytes())
        .into()
}

/// The token the request carries as a Bearer token.
pub(crate) fn bearer(request: &Incoming) -> Option<&str> {
    credentials(request, "bearer")
}

fn credentials<'a>(request: &'a Incoming, scheme: &str) -> Option<&'a str> {
    let (found, credentials) = request.header("authorization")?.split_once(' ')?;
    found
        .eq_ignore_ascii_case(scheme)
        .then(|| credentials.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(value: &str) -> Incoming {
        Incoming {
            headers: vec![("Authorization".to_owned(), value.to_owned())],
            ..Incoming::default()
        }
    }

    #[test]
    fn only_the_very_user_and_secret_pass() {
        let right = format!("Basic {}", STANDARD.encode("user:secret"));
        assert!(is_basic(&with(&right), "user", "secret"));
        for wrong in [
            "user:secreT",
            "user:secret ",
            "user:",
            ":secret",
            "user",
            "",
        ] {
            let header = format!("Basic {}", STANDARD.encode(wrong));
            assert!(!is_basic(&with(&header), "user", "secret"), "{wrong}");
        }
        assert!(!is_basic(&with("Basic not base64!"), "user", "secret"));
        assert!(!is_basic(&with("Bearer abc"), "user", "secret"));
        assert!(!is_basic(&Incoming::default(), "user", "secret"));
    }

    #[test]
    fn a_bearer_token_is_found_whatever_the_case_of_its_scheme() {
        assert_eq!(bearer(&with("Bearer abc")), Some("abc"));
        assert_eq!(bearer(&with("bearer abc")), Some("abc"));
        assert_eq!(bearer(&with("Basic abc")), None);
    }
}
