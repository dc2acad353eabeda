//! The access token: fetched once, kept until it grows old.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use reqwest::{Client, RequestBuilder};
use secrecy::{ExposeSecret as _, SecretString};
use serde::Deserialize;
use simgate_domain::{CannotTell, Clock};
use tokio::sync::Mutex;

use super::{TruIdCredentials, cannot_tell, problem};
use crate::credential::is_visible;
use crate::error::TransportError;
use crate::host::TruIdHost;
use crate::http::{Answer, ask_patiently};
use crate::trial::TokenRefused;

/// How long before its end a token is no longer used.
const MARGIN: Duration = Duration::from_secs(60);
/// No token is kept longer, whatever it says of itself.
const LONGEST_LIFE: Duration = Duration::from_secs(24 * 60 * 60);
/// A longer token is none.
const MAX_LENGTH: usize = 4096;
/// What a token must be good for.
pub(crate) const SCOPE: &str = "sim_check";

/// An access token. No `Debug`.
pub(super) struct Token {
    pub(super) bearer: SecretString,
    /// By the uptime; `None` for one that lives too short to be kept.
    kept_until: Option<Duration>,
}

/// Why there is no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotAToken {
    /// The vendor said no.
    Refused(TokenRefused),
    /// One was granted, and it is good for other things only.
    OtherScope,
    /// There is no answer to go by.
    Transport(TransportError),
}

impl From<TransportError> for NotAToken {
    fn from(error: TransportError) -> Self {
        Self::Transport(error)
    }
}

/// What that means to someone who waits for a SIM check.
impl From<NotAToken> for CannotTell {
    fn from(why: NotAToken) -> Self {
        match why {
            // A project without the scope has the wrong credentials for us.
            NotAToken::Refused(TokenRefused::OurCredentials | TokenRefused::Scope) => {
                Self::OurCredentials
            }
            NotAToken::Refused(TokenRefused::OurBalance) => Self::OurBalance,
            NotAToken::Refused(TokenRefused::RateLimited { retry_after }) => {
                Self::RateLimit { retry_after }
            }
            NotAToken::OtherScope => Self::MalformedAnswer,
            NotAToken::Transport(error) => cannot_tell(error),
        }
    }
}

/// The project's access token, and how to get another.
pub(super) struct Tokens {
    http: Client,
    host: TruIdHost,
    credentials: TruIdCredentials,
    clock: Arc<dyn Clock>,
    kept: Mutex<Kept>,
    /// How many times a token was asked for and an answer came.
    answers: AtomicU64,
}

#[derive(Default)]
struct Kept {
    token: Option<Arc<Token>>,
    /// Why the last answer was none.
    refusal: Option<CannotTell>,
}

impl Tokens {
    pub(super) fn new(
        http: Client,
        host: TruIdHost,
        credentials: TruIdCredentials,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self {
            http,
            host,
            credentials,
            clock,
            kept: Mutex::default(),
            answers: AtomicU64::new(0),
        }
    }

    /// A token that is good for another minute at least, or one just fetched.
    pub(super) async fn get(&self) -> Result<Arc<Token>, CannotTell> {
        self.get_either().await.map(|(token, _)| token)
    }

    /// Sees to it that there is a token. `true` if it had to be fetched.
    pub(super) async fn ready(&self) -> Result<bool, CannotTell> {
        self.get_either().await.map(|(_, fetched)| fetched)
    }

    async fn get_either(&self) -> Result<(Arc<Token>, bool), CannotTell> {
        let answers_before = self.answers.load(Ordering::Acquire);
        // Held while a token is fetched: whoever else wants one waits for that one.
        let mut kept = self.kept.lock().await;
        if let Some(token) = kept.token.as_ref().filter(|token| self.is_good(token)) {
            return Ok((Arc::clone(token), false));
        }
        if self.answers.load(Ordering::Acquire) != answers_before
            && let Some(cause) = kept.refusal
        {
            // Someone asked while we waited, and it is our answer as much as theirs.
            return Err(cause);
        }
        kept.token = None;
        let fetched = self.fetch().await.map_err(CannotTell::from);
        self.answers.fetch_add(1, Ordering::Release);
        kept.refusal = fetched.as_ref().err().copied();
        let token = Arc::new(fetched?);
        kept.token = token.kept_until.map(|_| Arc::clone(&token));
        Ok((token, true))
    }

    /// Drops this token, unless it was replaced already.
    pub(super) async fn forget(&self, token: &Arc<Token>) {
        let mut kept = self.kept.lock().await;
        if kept
            .token
            .as_ref()
            .is_some_and(|kept| Arc::ptr_eq(kept, token))
        {
            kept.token = None;
        }
    }

    fn is_good(&self, token: &Token) -> bool {
        token
            .kept_until
            .is_some_and(|until| self.clock.uptime() < until)
    }

    /// A token just granted, which is not kept here.
    pub(super) async fn fetch(&self) -> Result<Token, NotAToken> {
        // Counted from before the request, so that its way is at our expense.
        let asked_at = self.clock.uptime();
        let answer = ask_patiently(|| self.request()).await?;
        if answer.status != 200 {
            return Err(problem::of_token(&answer));
        }
        read(&answer, asked_at)
    }

    fn request(&self) -> RequestBuilder {
        self.http
            .post(self.host.0.at("/oauth2/v1/token"))
            .basic_auth(
                &self.credentials.client_id,
                Some(self.credentials.client_secret.expose_secret()),
            )
            .form(&[("grant_type", "client_credentials"), ("scope", SCOPE)])
    }
}

/// The token in an answer with status 200, if it is one that can be used.
fn read(answer: &Answer, asked_at: Duration) -> Result<Token, NotAToken> {
    const MALFORMED: NotAToken = NotAToken::Transport(TransportError::Malformed);
    /// The answer as tru.ID's API definitions and RFC 6749, section 5.1, give it.
    #[derive(Deserialize)]
    struct Body {
        access_token: String,
        token_type: String,
        #[serde(default)]
        expires_in: Option<serde_json::Number>,
        #[serde(default)]
        scope: Option<String>,
    }
    let body: Body = answer.json().ok_or(MALFORMED)?;
    let bearer = SecretString::from(body.access_token);
    if !is_visible(bearer.expose_secret(), MAX_LENGTH)
        || !body.token_type.eq_ignore_ascii_case("bearer")
    {
        return Err(MALFORMED);
    }
    let kept_for = match body.expires_in {
        None => None,
        Some(seconds) => life(&seconds).ok_or(MALFORMED)?.checked_sub(MARGIN),
    };
    let held = |scopes: &String| scopes.split(' ').any(|scope| scope == SCOPE);
    if !body.scope.as_ref().is_none_or(held) {
        return Err(NotAToken::OtherScope);
    }
    Ok(Token {
        bearer,
        kept_until: kept_for
            .filter(|span| !span.is_zero())
            .map(|span| asked_at.saturating_add(span)),
    })
}

/// How long a token lives that says so many seconds of itself. `None` for what is no whole number.
fn life(seconds: &serde_json::Number) -> Option<Duration> {
    match (seconds.as_u64(), seconds.as_i64()) {
        (Some(seconds), _) => Some(Duration::from_secs(seconds).min(LONGEST_LIFE)),
        // Negative.
        (None, Some(_)) => Some(Duration::ZERO),
        (None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED_AT: Duration = Duration::from_secs(1000);

    /// How long the token in this body is kept, in seconds; `None` if it is no token.
    fn kept_for(body: &str) -> Option<u64> {
        let token = read(&Answer::of(200, body), ASKED_AT).ok()?;
        Some(
            token
                .kept_until
                .map_or(0, |until| until.saturating_sub(ASKED_AT).as_secs()),
        )
    }

    #[test]
    fn a_token_is_kept_until_a_minute_before_its_end() {
        let table = [
            ("3600", Some(3540)),
            ("3599", Some(3539)),
            ("61", Some(1)),
            ("60", Some(0)),
            ("1", Some(0)),
            ("0", Some(0)),
            ("-1", Some(0)),
            ("-9223372036854775808", Some(0)),
            ("86400", Some(86_340)),
            ("86401", Some(86_340)),
            ("9223372036854775808", Some(86_340)),
            ("18446744073709551615", Some(86_340)),
            ("18446744073709551616", None),
            ("1e999", None),
            ("3600.5", None),
            ("\"3600\"", None),
            ("true", None),
            ("null", Some(0)),
        ];
        for (expires_in, expected) in table {
            let body = format!(
                r#"{{"access_token":"t","token_type":"bearer","expires_in":{expires_in}}}"#
            );
            assert_eq!(kept_for(&body), expected, "{expires_in}");
        }
        assert_eq!(
            kept_for(r#"{"access_token":"t","token_type":"Bearer"}"#),
            Some(0)
        );
    }

    #[test]
    fn what_is_no_token_for_sim_checks_is_refused() {
        let with = |token: &str, more: &str| {
            kept_for(&format!(
                r#"{{"access_token":{token},"expires_in":3600{more}}}"#
            ))
        };
        let bearer = r#","token_type":"bearer""#;
        assert_eq!(with(r#""t""#, bearer), Some(3540));
        for scope in ["sim_check", "phone_check sim_check coverage"] {
            let more = format!(r#"{bearer},"scope":"{scope}""#);
            assert_eq!(with(r#""t""#, &more), Some(3540), "{scope}");
        }
        for scope in ["", "phone_check", "sim_checks", "SIM_CHECK"] {
            let more = format!(r#"{bearer},"scope":"{scope}""#);
            assert_eq!(with(r#""t""#, &more), None, "{scope}");
        }
        assert_eq!(with(r#""t""#, ""), None, "a token without a type");
        assert_eq!(with(r#""t""#, r#","token_type":"mac""#), None);
        assert_eq!(
            with(r#""t""#, &format!(r#"{bearer},"token_type":"bearer""#)),
            None
        );
        let longest = format!("\"{}\"", "t".repeat(MAX_LENGTH));
        assert_eq!(with(&longest, bearer), Some(3540));
        let longer = format!("\"{}\"", "t".repeat(MAX_LENGTH + 1));
        for token in [
            r#""""#,
            r#""a b""#,
            r#""a\r\nX: y""#,
            r#""é""#,
            "1",
            "null",
            &longer,
        ] {
            assert_eq!(with(token, bearer), None);
        }
        for body in ["", "{}", "[]", "<html>", r#"{"error":"server_error"}"#] {
            assert_eq!(kept_for(body), None, "{body}");
        }
    }
}
