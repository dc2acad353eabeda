//! `POST /v2/Services/{VA}/Verifications/{VE}`: a pending verification is canceled.

use serde::Deserialize;

use simgate_domain::VerificationSid;

use super::TwilioVerify;
use super::refusal::Refusal;
use super::verification::is_success;
use crate::code_sender::CancelRefused;
use crate::error::{RequestError, TransportError};
use crate::http::{Answer, exchange};

/// The number is not known here, and its code dies whoever's it was.
#[derive(Deserialize)]
struct Canceled {
    sid: String,
    status: String,
}

pub(super) async fn cancel(
    twilio: &TwilioVerify,
    sid: &VerificationSid,
) -> Result<(), RequestError<CancelRefused>> {
    let request = twilio
        .post(&format!("/Verifications/{}", sid.as_str()))
        .form(&[("Status", "canceled")]);
    let answer = exchange(request, None).await?;
    if !is_success(answer.status) {
        return refused(&answer);
    }
    let canceled: Option<Canceled> = answer.json();
    if canceled.is_some_and(|it| it.sid == sid.as_str() && it.status == "canceled") {
        Ok(())
    } else {
        Err(TransportError::Malformed.into())
    }
}

fn refused(answer: &Answer) -> Result<(), RequestError<CancelRefused>> {
    let refusal = Refusal::read(answer);
    let word = match refusal.code {
        // It was approved or has expired: its code is good for nothing either way.
        Some(20_404) => return Ok(()),
        Some(20_429 | 25_109) => Some(CancelRefused::RateLimited {
            retry_after: answer.retry_after,
        }),
        Some(20_003) => Some(CancelRefused::OurCredentials),
        Some(20_403 | 575_001) => Some(CancelRefused::OurAccount),
        Some(_) | None => None,
    };
    Err(refusal.or_failed(word))
}
