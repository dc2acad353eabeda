//! A verification as Twilio's answers show it.

use serde::Deserialize;
use simgate_domain::{PhoneNumber, VerificationSid};

use super::TwilioVerify;
use crate::http::Answer;

/// The fields of a verification, or of the check of one, that are of use here.
///
/// All are documented as nullable, but an answer that lacks one tells nothing. `valid` is left
/// out on purpose: Twilio calls it legacy and says to go by `status`.
#[derive(Deserialize)]
pub(super) struct Verification {
    sid: String,
    service_sid: String,
    to: String,
    pub(super) status: String,
}

impl Verification {
    /// The verification in a successful answer, if it is of our service and of this number.
    pub(super) fn read(
        answer: &Answer,
        twilio: &TwilioVerify,
        number: &PhoneNumber,
    ) -> Option<(VerificationSid, Self)> {
        let verification: Self = answer.json()?;
        let sid = VerificationSid::parse(&verification.sid).ok()?;
        let ours = verification.service_sid == twilio.credentials.service_sid
            && verification.to == number.e164();
        ours.then_some((sid, verification))
    }
}

/// Whether the status is one of the two that Twilio documents for success. Its schema names both
/// for a check.
pub(super) fn is_success(status: u16) -> bool {
    matches!(status, 200 | 201)
}
