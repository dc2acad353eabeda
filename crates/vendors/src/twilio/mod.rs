//! Twilio Verify v2: sending a code, having it checked, and calling it off.

mod cancel;
mod check;
mod credentials;
mod refusal;
mod send;
mod trial;
mod verification;

use std::fmt;

use async_trait::async_trait;
use reqwest::{Client, Method, RequestBuilder};
use secrecy::ExposeSecret as _;
use simgate_domain::{Channel, Locale, OneTimeCode, PhoneNumber, VerificationSid};

pub use credentials::TwilioCredentials;

use crate::code_sender::{CancelRefused, CheckRefused, CodeAnswer, CodeSender, SendRefused};
use crate::error::RequestError;
use crate::host::TwilioHost;
use crate::http::exchange;

/// One Verify service at Twilio, spoken to with one account's or API key's credentials.
pub struct TwilioVerify {
    http: Client,
    host: TwilioHost,
    credentials: TwilioCredentials,
}

impl TwilioVerify {
    /// The client for the service these credentials name. `http` comes from
    /// [`http::client`](crate::http::client).
    #[must_use]
    pub fn new(http: Client, host: TwilioHost, credentials: TwilioCredentials) -> Self {
        Self {
            http,
            host,
            credentials,
        }
    }

    /// A request with our credentials for what lies at this path below the service.
    fn post(&self, path: &str) -> RequestBuilder {
        self.request(Method::POST, path)
    }

    fn request(&self, method: Method, path: &str) -> RequestBuilder {
        let path = format!("/v2/Services/{}{path}", self.credentials.service_sid);
        let secret = self.credentials.secret.expose_secret();
        self.http
            .request(method, self.host.0.at(&path))
            .basic_auth(&self.credentials.user_sid, Some(secret))
    }
}

#[async_trait]
impl CodeSender for TwilioVerify {
    async fn start(
        &self,
        number: &PhoneNumber,
        channel: Channel,
        locale: Locale,
    ) -> Result<VerificationSid, RequestError<SendRefused>> {
        send::start(self, number, channel, locale).await
    }

    async fn check(
        &self,
        sid: &VerificationSid,
        number: &PhoneNumber,
        code: &OneTimeCode,
    ) -> Result<CodeAnswer, RequestError<CheckRefused>> {
        check::check(self, sid, number, code).await
    }

    async fn cancel(&self, sid: &VerificationSid) -> Result<(), RequestError<CancelRefused>> {
        cancel::cancel(self, sid).await
    }

    async fn warm_up(&self) {
        // Whatever the answer is, the connection is open.
        let _ = exchange(self.http.get(self.host.0.at("/")), None).await;
    }
}

impl fmt::Debug for TwilioVerify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TwilioVerify")
            .field("host", &self.host)
            .finish_non_exhaustive()
    }
}
