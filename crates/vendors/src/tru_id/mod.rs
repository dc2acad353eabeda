//! tru.ID `SIMCheck`: an access token, and then a check.

mod answer;
mod cost;
mod credentials;
mod problem;
mod token;
mod trial;

use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use reqwest::Client;
use secrecy::ExposeSecret as _;
use serde::Serialize;
use simgate_domain::{CannotTell, Clock, PhoneNumber, SimWindow};
use tokio::time::timeout;

pub use credentials::TruIdCredentials;

use crate::error::TransportError;
use crate::host::TruIdHost;
use crate::http::{Answer, TOTAL, exchange};
use crate::sim_check::{SimCheck, SimReport};
pub(crate) use token::SCOPE;
use token::{Token, Tokens};

/// tru.ID, spoken to with one project's credentials.
///
/// It keeps the access token for itself. When the credentials change, a new one is to be made:
/// nothing of the old then lives on.
pub struct TruId {
    http: Client,
    host: TruIdHost,
    tokens: Tokens,
}

impl TruId {
    /// The client for the project these credentials belong to. `http` comes from
    /// [`http::client`](crate::http::client); the clock's uptime tells when a token grows old.
    #[must_use]
    pub fn new(
        http: Client,
        host: TruIdHost,
        credentials: TruIdCredentials,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let tokens = Tokens::new(http.clone(), host.clone(), credentials, clock);
        Self { http, host, tokens }
    }

    async fn ask(&self, number: &PhoneNumber, window: SimWindow) -> SimReport {
        match self.admitted(number, window).await {
            Ok(answer) => answer::report(&answer, number, window),
            Err(cause) => SimReport::unknown(cause),
        }
    }

    /// The answer to a check, with a fresh token where the one we had is no longer taken. A
    /// request refused with 401 was not made, so that asking again checks nothing twice.
    async fn admitted(
        &self,
        number: &PhoneNumber,
        window: SimWindow,
    ) -> Result<Answer, CannotTell> {
        let token = self.tokens.get().await?;
        let answer = self
            .post(&token, number, window)
            .await
            .map_err(cannot_tell)?;
        if answer.status != UNAUTHORIZED {
            return Ok(answer);
        }
        self.tokens.forget(&token).await;
        let fresh = self.tokens.get().await?;
        let answer = self
            .post(&fresh, number, window)
            .await
            .map_err(cannot_tell)?;
        if answer.status == UNAUTHORIZED {
            self.tokens.forget(&fresh).await;
        }
        Ok(answer)
    }

    async fn post(
        &self,
        token: &Token,
        number: &PhoneNumber,
        window: SimWindow,
    ) -> Result<Answer, TransportError> {
        /// `SimCheckCreatePayload` of tru.ID's API definitions. They show the number without its
        /// `+`, their own command line and tutorial send it with; E.164 as we hold it has one.
        #[derive(Serialize)]
        struct Payload<'a> {
            phone_number: &'a str,
            /// Minutes.
            period: u32,
        }
        let request = self
            .http
            .post(self.host.0.at("/sim_check/v0.1/checks"))
            .bearer_auth(token.bearer.expose_secret())
            .json(&Payload {
                phone_number: number.e164(),
                period: window.minutes(),
            });
        exchange(request, Some(number)).await
    }

    async fn open(&self) {
        match self.tokens.ready().await {
            // Getting a token opens the connection, or has just failed to.
            Ok(true) | Err(_) => {}
            Ok(false) => {
                let request = self.http.get(self.host.0.at("/"));
                // Whatever the answer is, the connection is open.
                let _ = exchange(request, None).await;
            }
        }
    }
}

const UNAUTHORIZED: u16 = 401;

#[async_trait]
impl SimCheck for TruId {
    async fn check(&self, number: &PhoneNumber, window: SimWindow) -> SimReport {
        let report = timeout(TOTAL, self.ask(number, window)).await;
        report.unwrap_or_else(|_| SimReport::unknown(CannotTell::Network))
    }

    async fn warm_up(&self) {
        // Failures are for the check to report.
        let _ = timeout(TOTAL, self.open()).await;
    }
}

impl fmt::Debug for TruId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TruId")
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}

/// What a transport error means to someone who waits for a SIM check.
fn cannot_tell(error: TransportError) -> CannotTell {
    match error {
        TransportError::Unreachable
        | TransportError::Tls
        | TransportError::TimedOut
        | TransportError::Cut => CannotTell::Network,
        TransportError::Redirected | TransportError::TooLarge | TransportError::Malformed => {
            CannotTell::MalformedAnswer
        }
        TransportError::VendorFailed { .. } => CannotTell::VendorFailed,
    }
}
