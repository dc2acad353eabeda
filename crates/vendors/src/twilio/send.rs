//! `POST /v2/Services/{VA}/Verifications`: a code is sent.

use simgate_domain::{Channel, Locale, PhoneNumber, VerificationSid};

use super::TwilioVerify;
use super::refusal::Refusal;
use super::verification::{Verification, is_success};
use crate::code_sender::SendRefused;
use crate::error::{RequestError, TransportError};
use crate::http::{Answer, exchange};

pub(super) async fn start(
    twilio: &TwilioVerify,
    number: &PhoneNumber,
    channel: Channel,
    locale: Locale,
) -> Result<VerificationSid, RequestError<SendRefused>> {
    let channel = match channel {
        Channel::Sms => "sms",
        Channel::Voice => "call",
    };
    let locale = match locale {
        Locale::English => "en",
        Locale::Spanish => "es",
    };
    let request = twilio.post("/Verifications").form(&[
        ("To", number.e164()),
        ("Channel", channel),
        ("Locale", locale),
    ]);
    let answer = exchange(request, Some(number)).await?;
    if !is_success(answer.status) {
        return Err(refused(&answer));
    }
    match Verification::read(&answer, twilio, number) {
        Some((sid, verification)) if verification.status == "pending" => Ok(sid),
        Some(_) | None => Err(TransportError::Malformed.into()),
    }
}

fn refused(answer: &Answer) -> RequestError<SendRefused> {
    let refusal = Refusal::read(answer);
    let word = match refusal.code {
        Some(60_200) if refusal.names("Channel") || refusal.names("Locale") => None,
        // 60205: landline; 21211, 21217: invalid; 21610: asked for no messages; 21612, 21614:
        // cannot be reached by message.
        Some(60_200 | 60_205 | 21_211 | 21_217 | 21_610 | 21_612 | 21_614) => {
            Some(SendRefused::NumberRefused)
        }
        // 60410, 60412, 60413, 30450: fraud protection; 60605, 21408, 21215, 60238: the country;
        // 60220: China; 21216: blocklist for calls.
        Some(
            60_410 | 60_412 | 60_413 | 30_450 | 60_605 | 21_408 | 21_215 | 60_238 | 60_220 | 21_216,
        ) => Some(SendRefused::Blocked),
        Some(60_204 | 60_223) => Some(SendRefused::ChannelOff),
        Some(60_203 | 60_212) => Some(SendRefused::TooManySends),
        // The pending verification is used up, and Twilio begins no other while it lasts.
        Some(60_202) => Some(SendRefused::TooManyChecks),
        Some(20_429 | 25_109) => Some(SendRefused::RateLimited {
            retry_after: answer.retry_after,
        }),
        // 20404: there is no such service.
        Some(20_003 | 20_404) => Some(SendRefused::OurCredentials),
        Some(20_403 | 575_001) => Some(SendRefused::OurAccount),
        Some(_) | None => None,
    };
    refusal.or_failed(word)
}
