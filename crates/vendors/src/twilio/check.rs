//! `POST /v2/Services/{VA}/VerificationCheck`: a code is checked.

use simgate_domain::{OneTimeCode, PhoneNumber, VerificationSid};

use super::TwilioVerify;
use super::refusal::Refusal;
use super::verification::{Verification, is_success};
use crate::code_sender::{CheckRefused, CodeAnswer, CodeEnd};
use crate::error::{RequestError, TransportError};
use crate::http::{Answer, exchange};

pub(super) async fn check(
    twilio: &TwilioVerify,
    sid: &VerificationSid,
    number: &PhoneNumber,
    code: &OneTimeCode,
) -> Result<CodeAnswer, RequestError<CheckRefused>> {
    // By its SID and never by `To`: a number can have a pending verification that was begun for
    // another sign-in.
    let request = twilio
        .post("/VerificationCheck")
        .form(&[("VerificationSid", sid.as_str()), ("Code", code.reveal())]);
    let answer = exchange(request, Some(number)).await?;
    if !is_success(answer.status) {
        return refused(&answer);
    }
    match Verification::read(&answer, twilio, number) {
        Some((answered, verification)) if answered == *sid => {
            said(&verification.status).ok_or(TransportError::Malformed.into())
        }
        Some(_) | None => Err(TransportError::Malformed.into()),
    }
}

/// Our word for Twilio's status, which must be written exactly so.
fn said(status: &str) -> Option<CodeAnswer> {
    match status {
        "approved" => Some(CodeAnswer::Approved),
        "pending" => Some(CodeAnswer::Wrong),
        "canceled" => Some(CodeAnswer::Ended(CodeEnd::Canceled)),
        "expired" => Some(CodeAnswer::Ended(CodeEnd::Expired)),
        "deleted" => Some(CodeAnswer::Ended(CodeEnd::Deleted)),
        "max_attempts_reached" => Some(CodeAnswer::Ended(CodeEnd::MaxAttemptsReached)),
        "failed" => Some(CodeAnswer::Ended(CodeEnd::Failed)),
        _ => None,
    }
}

fn refused(answer: &Answer) -> Result<CodeAnswer, RequestError<CheckRefused>> {
    let refusal = Refusal::read(answer);
    let word = match refusal.code {
        Some(20_404) => return Ok(CodeAnswer::Ended(CodeEnd::NotFound)),
        // Twilio answers so, too, about a verification it does not have.
        Some(60_200) if refusal.names("To") || refusal.names("VerificationSid") => {
            return Ok(CodeAnswer::Ended(CodeEnd::NotFound));
        }
        // Ours has the length of a code, so that it is merely not this one.
        Some(60_200) if refusal.names("Code") => return Ok(CodeAnswer::Wrong),
        Some(60_202) => Some(CheckRefused::TooManyChecks),
        Some(20_429 | 25_109) => Some(CheckRefused::RateLimited {
            retry_after: answer.retry_after,
        }),
        Some(20_003) => Some(CheckRefused::OurCredentials),
        Some(20_403 | 575_001) => Some(CheckRefused::OurAccount),
        Some(_) | None => None,
    };
    Err(refusal.or_failed(word))
}
