//! A trial of credentials, step by step, for whoever has just typed them.
//!
//! A trial sends nothing, checks nobody and costs nothing. What it cannot find out it says: a real
//! SIM check and a real code are asked for with [`SimCheck`](crate::SimCheck) and
//! [`CodeSender`](crate::CodeSender), and cost what they cost.

use std::convert::Infallible;
use std::future::Future;
use std::time::Duration;

use reqwest::Client;
use tokio::time::{Instant, timeout_at};

use crate::error::{RequestError, TransportError};
use crate::host::Origin;
use crate::http::{TOTAL, ask_patiently};

/// The fewest digits a code may have (NIST SP 800-63B-4, 3.1.3.2): a service whose codes have fewer
/// cannot be used.
pub const FEWEST_DIGITS: u32 = 6;

/// How one step of a trial ended. Every step after one that failed was not reached, unless that one
/// told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<T, E> {
    /// It went well.
    Passed {
        /// What was learnt.
        detail: T,
    },
    /// It did not.
    Failed {
        /// Why.
        cause: E,
    },
    /// One before it failed.
    NotReached,
}

impl<T, E> Step<T, E> {
    /// Whether it went well.
    #[must_use]
    pub const fn passed(&self) -> bool {
        matches!(self, Self::Passed { .. })
    }
}

impl<T, E> From<Result<T, E>> for Step<T, E> {
    fn from(result: Result<T, E>) -> Self {
        match result {
            Ok(detail) => Self::Passed { detail },
            Err(cause) => Self::Failed { cause },
        }
    }
}

/// What came of trying a project's credentials at tru.ID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TruIdTrial {
    /// The host answers, and has proved to be the vendor's.
    pub host: Step<(), TransportError>,
    /// It grants a token for the credentials.
    pub token: Step<(), RequestError<TokenRefused>>,
    /// The token is good for SIM checks.
    pub scope: Step<(), ScopeNotHeld>,
}

impl TruIdTrial {
    /// Whether SIM checks can be asked for, as far as can be told without one.
    #[must_use]
    pub const fn passed(&self) -> bool {
        self.host.passed() && self.token.passed() && self.scope.passed()
    }
}

/// Why no token was granted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TokenRefused {
    /// The client id or its secret is not right.
    #[error("our credentials were refused")]
    OurCredentials,
    /// The project does not have the scope that was asked for, which is `sim_check`.
    #[error("the scope was refused")]
    Scope,
    /// Nothing is left on the account.
    #[error("our balance is used up")]
    OurBalance,
    /// Too many requests from us.
    #[error("too many requests")]
    RateLimited {
        /// When asking again makes sense, where the vendor says so: one second to a day.
        retry_after: Option<Duration>,
    },
}

/// The project's tokens are good for other things only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the project does not have the scope sim_check")]
pub struct ScopeNotHeld;

/// What came of trying an account's credentials and its Verify service at Twilio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TwilioTrial {
    /// The host answers, and has proved to be the vendor's.
    pub host: Step<(), TransportError>,
    /// It takes the credentials and knows the service.
    pub service: Step<(), RequestError<ServiceRefused>>,
    /// The service's codes have so many digits, which are enough.
    pub code_length: Step<u32, CodeLengthProblem>,
    /// What the service tells of the ways it sends by.
    pub channels: Step<ChannelsTold, Infallible>,
}

impl TwilioTrial {
    /// Whether codes can be sent, as far as can be told without sending one.
    #[must_use]
    pub const fn passed(&self) -> bool {
        self.host.passed()
            && self.service.passed()
            && self.code_length.passed()
            && self.channels.passed()
    }
}

/// Why the service was not found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ServiceRefused {
    /// The account has no such service.
    #[error("there is no such service")]
    NotFound,
    /// The SID or its secret is not right.
    #[error("our credentials were refused")]
    OurCredentials,
    /// The account is suspended, or its trial has ended.
    #[error("our account was refused")]
    OurAccount,
    /// Too many requests from us.
    #[error("too many requests")]
    RateLimited {
        /// When asking again makes sense, where the vendor says so: one second to a day.
        retry_after: Option<Duration>,
    },
}

/// Why the service's codes cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeLengthProblem {
    /// Fewer than [`FEWEST_DIGITS`].
    #[error("codes of {digits} digits are too short")]
    TooShort {
        /// How many they have.
        digits: u32,
    },
    /// The service does not say how many digits its codes have.
    #[error("the length of codes is not told")]
    NotTold,
}

/// What a service tells of the ways it sends by. Whether text messages and calls are switched on is
/// not among it: Twilio says so only when a code is sent ([`ChannelOff`]).
///
/// [`ChannelOff`]: crate::SendRefused::ChannelOff
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ChannelsTold {
    /// Whether whoever is called must press a key before the code is spoken, if that is told.
    pub call_wants_key: Option<bool>,
}

/// The time that a whole trial has, and not one step of it.
pub(crate) struct Deadline(Instant);

impl Deadline {
    pub(crate) fn from_now() -> Self {
        Self(Instant::now() + TOTAL)
    }

    /// What comes of a step, if it comes in time.
    pub(crate) async fn hold<T, E: From<TransportError>>(
        &self,
        step: impl Future<Output = Result<T, E>>,
    ) -> Result<T, E> {
        match timeout_at(self.0, step).await {
            Ok(result) => result,
            Err(_elapsed) => Err(TransportError::TimedOut.into()),
        }
    }
}

/// Whether anybody answers at this host who has proved to be the vendor, whatever the answer is. No
/// credentials are sent.
pub(crate) async fn reach(http: &Client, host: &Origin) -> Result<(), TransportError> {
    match ask_patiently(|| http.get(host.at("/"))).await {
        Ok(_)
        | Err(
            TransportError::VendorFailed { .. }
            | TransportError::Redirected
            | TransportError::TooLarge,
        ) => Ok(()),
        Err(
            error @ (TransportError::Unreachable
            | TransportError::Tls
            | TransportError::TimedOut
            | TransportError::Cut
            | TransportError::Malformed),
        ) => Err(error),
    }
}
