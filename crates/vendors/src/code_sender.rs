//! Sending one-time codes and having them checked.

use std::time::Duration;

use async_trait::async_trait;
use simgate_domain::{Channel, Locale, OneTimeCode, PhoneNumber, VerificationSid};

use crate::error::RequestError;

/// Someone who sends one-time codes and knows which code was sent.
///
/// No call is ever repeated by itself: that would send two messages, burn an attempt or cost
/// money. Each ends within 10 seconds. After a [`TransportError`](crate::TransportError) the
/// vendor may well have done what was asked.
#[async_trait]
pub trait CodeSender: Send + Sync {
    /// Sends a code to the number. While an earlier one is pending, Twilio sends that same code
    /// again under the same SID, whatever the channel.
    ///
    /// # Errors
    /// [`SendRefused`] where the vendor says no; then nothing was sent.
    async fn start(
        &self,
        number: &PhoneNumber,
        channel: Channel,
        locale: Locale,
    ) -> Result<VerificationSid, RequestError<SendRefused>>;

    /// Has a code checked against the verification that [`CodeSender::start`] began for this very
    /// number. An answer that names another verification or number is
    /// [`TransportError::Malformed`](crate::TransportError::Malformed), whatever it says.
    ///
    /// # Errors
    /// [`CheckRefused`] where the vendor did not look at the code.
    async fn check(
        &self,
        sid: &VerificationSid,
        number: &PhoneNumber,
        code: &OneTimeCode,
    ) -> Result<CodeAnswer, RequestError<CheckRefused>>;

    /// Ends a pending verification, so that its code is good for nothing. One that is gone
    /// already is no error.
    ///
    /// # Errors
    /// [`CancelRefused`]; the code may then still be good until it expires.
    async fn cancel(&self, sid: &VerificationSid) -> Result<(), RequestError<CancelRefused>>;

    /// Opens the connection ahead of time. Sends no credentials, costs nothing, and leaves
    /// failures for the call that follows to report.
    async fn warm_up(&self);
}

/// What the vendor says of a code. Nothing but [`CodeAnswer::Approved`] lets anyone in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeAnswer {
    /// It is the code that was sent to this number for this verification.
    Approved,
    /// It is not; another may be tried.
    Wrong,
    /// It cannot be said of this verification any more.
    Ended(CodeEnd),
}

/// Why no code can be right for a verification any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum CodeEnd {
    /// The verification was canceled.
    Canceled,
    /// The verification has expired.
    Expired,
    /// The verification was deleted.
    Deleted,
    /// Too many codes were tried on this verification.
    MaxAttemptsReached,
    /// The verification failed.
    Failed,
    /// There is no such verification any more: it has expired, or was approved before. Twilio
    /// does not tell the two apart.
    NotFound,
}

/// Why no code was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendRefused {
    /// The number is invalid, a landline, or asked to get no messages.
    #[error("the number cannot be sent a code")]
    NumberRefused,
    /// Fraud protection, or a country that is not allowed.
    #[error("sending to this number is blocked")]
    Blocked,
    /// The service is not set up for this channel.
    #[error("the channel is switched off")]
    ChannelOff,
    /// The number was sent too many codes; that ends with the ten minutes a verification lasts.
    #[error("too many codes for this number")]
    TooManySends,
    /// Too many codes were tried on the number's pending verification; that ends with it.
    #[error("too many codes were tried for this number")]
    TooManyChecks,
    /// Too many requests from us.
    #[error("too many requests")]
    RateLimited {
        /// When asking again makes sense, where the vendor says so: one second to a day.
        retry_after: Option<Duration>,
    },
    /// The SID, its secret or the service SID is not right.
    #[error("our credentials were refused")]
    OurCredentials,
    /// The account is suspended, or its trial has ended.
    #[error("our account was refused")]
    OurAccount,
}

/// Why a code was not looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckRefused {
    /// Five codes were tried on this verification; it will look at no more.
    #[error("too many codes were tried")]
    TooManyChecks,
    /// Too many requests from us.
    #[error("too many requests")]
    RateLimited {
        /// When asking again makes sense, where the vendor says so: one second to a day.
        retry_after: Option<Duration>,
    },
    /// The SID or its secret is not right.
    #[error("our credentials were refused")]
    OurCredentials,
    /// The account is suspended, or its trial has ended.
    #[error("our account was refused")]
    OurAccount,
}

/// Why a verification was not canceled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CancelRefused {
    /// Too many requests from us.
    #[error("too many requests")]
    RateLimited {
        /// When asking again makes sense, where the vendor says so: one second to a day.
        retry_after: Option<Duration>,
    },
    /// The SID or its secret is not right.
    #[error("our credentials were refused")]
    OurCredentials,
    /// The account is suspended, or its trial has ended.
    #[error("our account was refused")]
    OurAccount,
}
