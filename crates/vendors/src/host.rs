//! The hosts that credentials may be sent to. There is no way to name another.

use std::fmt;

use reqwest::Url;

/// The address is none that credentials may be sent to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not an address of the vendor")]
pub struct HostError;

/// Scheme, host and port, and nothing else.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Origin(Url);

impl Origin {
    /// The origin in `address`, if it is one of those listed. A slash at its end is passed over.
    fn listed(address: &str, allowed: &[&str]) -> Result<Self, HostError> {
        let origin = Self::parse(address)?;
        let listed = allowed.contains(&origin.to_string().as_str());
        listed.then_some(origin).ok_or(HostError)
    }

    /// The origin in `address`, if it is `http://127.0.0.1` with a port.
    fn loopback(address: &str) -> Result<Self, HostError> {
        let origin = Self::parse(address)?;
        let url = &origin.0;
        let loopback = url.scheme() == "http"
            && url.host_str() == Some("127.0.0.1")
            && url.port().is_some_and(|port| port != 0);
        loopback.then_some(origin).ok_or(HostError)
    }

    fn parse(address: &str) -> Result<Self, HostError> {
        let url = Url::parse(address).map_err(|_| HostError)?;
        let bare = url.username().is_empty()
            && url.password().is_none()
            && url.path() == "/"
            && url.query().is_none()
            && url.fragment().is_none();
        bare.then_some(Self(url)).ok_or(HostError)
    }

    /// The URL of a path on this host. The path is one of ours: it begins with a slash, and what
    /// it is put together from was parsed before.
    pub(crate) fn at(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(path);
        url
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str().trim_end_matches('/'))
    }
}

impl fmt::Debug for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Where tru.ID answers.
#[derive(Clone, PartialEq, Eq)]
pub struct TruIdHost(pub(crate) Origin);

impl TruIdHost {
    /// Every host there is: three regions, each under the name tru.ID began with and under
    /// `IDlayr`, the name it trades by now (<https://developer.idlayr.com>).
    pub const ALLOWED: &[&str] = &[
        "https://eu.api.tru.id",
        "https://in.api.tru.id",
        "https://us.api.tru.id",
        "https://eu.api.idlayr.com",
        "https://in.api.idlayr.com",
        "https://us.api.idlayr.com",
    ];

    /// The host in `address`, a slash at its end or not.
    ///
    /// # Errors
    /// [`HostError`] for all but [`TruIdHost::ALLOWED`].
    pub fn parse(address: &str) -> Result<Self, HostError> {
        Origin::listed(address, Self::ALLOWED).map(Self)
    }

    /// The host of a region as tru.ID writes it, `eu`, `in` or `us`, under the name it began with.
    #[must_use]
    pub fn of_region(region: &str) -> Option<Self> {
        let region = ["eu", "in", "us"]
            .into_iter()
            .find(|name| *name == region)?;
        Self::parse(&format!("https://{region}.api.tru.id")).ok()
    }

    /// The host that somebody typed: a region, or the name or the address of a host.
    ///
    /// # Errors
    /// [`HostError`] for all that does not come to one of [`TruIdHost::ALLOWED`].
    pub fn typed(text: &str) -> Result<Self, HostError> {
        let text = text.trim().to_ascii_lowercase();
        if let Some(host) = Self::of_region(&text) {
            return Ok(host);
        }
        if text.contains("://") {
            Self::parse(&text)
        } else {
            Self::parse(&format!("https://{text}"))
        }
    }

    /// The stand-in of a rehearsal, at `http://127.0.0.1` with a port. Only what keeps rehearsals
    /// apart from the real thing may call this: it must never be reached from a setting.
    ///
    /// # Errors
    /// [`HostError`] for any other address.
    pub fn loopback(address: &str) -> Result<Self, HostError> {
        Origin::loopback(address).map(Self)
    }
}

/// Where Twilio Verify answers.
#[derive(Clone, PartialEq, Eq)]
pub struct TwilioHost(pub(crate) Origin);

impl TwilioHost {
    /// The one host there is.
    pub const ALLOWED: &[&str] = &["https://verify.twilio.com"];

    /// The host in `address`, a slash at its end or not.
    ///
    /// # Errors
    /// [`HostError`] for all but [`TwilioHost::ALLOWED`].
    pub fn parse(address: &str) -> Result<Self, HostError> {
        Origin::listed(address, Self::ALLOWED).map(Self)
    }

    /// The stand-in of a rehearsal, at `http://127.0.0.1` with a port. Only what keeps rehearsals
    /// apart from the real thing may call this: it must never be reached from a setting.
    ///
    /// # Errors
    /// [`HostError`] for any other address.
    pub fn loopback(address: &str) -> Result<Self, HostError> {
        Origin::loopback(address).map(Self)
    }
}

impl fmt::Display for TruIdHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for TruIdHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TruIdHost({})", self.0)
    }
}

impl fmt::Display for TwilioHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for TwilioHost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "TwilioHost({})", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_host_is_taken_with_and_without_its_slash() {
        for address in TruIdHost::ALLOWED {
            for written in [
                (*address).to_owned(),
                format!("{address}/"),
                format!("{address}:443"),
            ] {
                let host = TruIdHost::parse(&written).map(|host| host.to_string());
                assert_eq!(host.as_deref(), Ok(*address), "{written}");
            }
        }
        assert!(TwilioHost::parse("https://verify.twilio.com").is_ok());
    }

    #[test]
    fn every_other_host_is_refused() {
        for address in [
            "",
            "eu.api.tru.id",
            "http://eu.api.tru.id",
            "ftp://eu.api.tru.id",
            "https://api.tru.id",
            "https://uk.api.tru.id",
            "https://eu.api.tru.id.example.com",
            "https://eu.api.tru.id.",
            "https://eu.api.tru.id:8443",
            "https://eu.api.tru.id@example.com",
            "https://user@eu.api.tru.id",
            "https://user:secret@eu.api.tru.id",
            "https://example.com/eu.api.tru.id",
            "https://eu.api.tru.id/oauth2",
            "https://eu.api.tru.id?x",
            "https://eu.api.tru.id/#x",
            "https://еu.api.tru.id",
            "https://verify.twilio.com",
            "http://127.0.0.1:8080",
            "https://127.0.0.1",
        ] {
            assert!(TruIdHost::parse(address).is_err(), "{address}");
        }
        assert!(TwilioHost::parse("https://eu.api.tru.id").is_err());
        assert!(TwilioHost::parse("https://api.twilio.com").is_err());
        assert!(TwilioHost::parse("http://127.0.0.1:8080").is_err());
    }

    #[test]
    fn a_host_may_be_typed_as_people_do() {
        let table = [
            ("eu", "https://eu.api.tru.id"),
            (" US ", "https://us.api.tru.id"),
            ("in.api.tru.id", "https://in.api.tru.id"),
            ("https://EU.api.tru.id/", "https://eu.api.tru.id"),
            ("us.api.idlayr.com", "https://us.api.idlayr.com"),
        ];
        for (text, expected) in table {
            let host = TruIdHost::typed(text).map(|host| host.to_string());
            assert_eq!(host.as_deref(), Ok(expected), "{text}");
        }
        for text in [
            "",
            "uk",
            "http://eu.api.tru.id",
            "eu.api.tru.id@example.com",
            "eu.api.tru.id/oauth2",
            "example.com",
            "127.0.0.1:8080",
            "http://127.0.0.1:8080",
        ] {
            assert!(TruIdHost::typed(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_rehearsal_is_on_this_machine() {
        assert!(TruIdHost::loopback("http://127.0.0.1:49152").is_ok());
        assert!(TwilioHost::loopback("http://127.0.0.1:49152/").is_ok());
        for address in [
            "http://127.0.0.1",
            "http://127.0.0.1:0",
            "http://127.0.0.2:49152",
            "http://0.0.0.0:49152",
            "http://localhost:49152",
            "http://[::1]:49152",
            "https://127.0.0.1:49152",
            "http://127.0.0.1:49152/v2",
            "http://127.0.0.1:49152@example.com",
            "http://user@127.0.0.1:49152",
            "http://127.0.0.1.example.com:49152",
            "http://example.com:49152",
            "https://eu.api.tru.id",
        ] {
            assert!(TruIdHost::loopback(address).is_err(), "{address}");
            assert!(TwilioHost::loopback(address).is_err(), "{address}");
        }
    }

    #[test]
    fn a_path_is_put_on_the_host() {
        let host = TwilioHost::parse("https://verify.twilio.com/").map(|host| host.0.at("/v2/x"));
        assert_eq!(
            host.map(String::from),
            Ok("https://verify.twilio.com/v2/x".to_owned())
        );
    }
}
