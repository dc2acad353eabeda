//! A trial of an account's credentials and of its Verify service.

use std::convert::Infallible;

use reqwest::Method;
use serde::Deserialize;

use super::TwilioVerify;
use super::refusal::Refusal;
use crate::error::{RequestError, TransportError};
use crate::http::{Answer, ask_patiently};
use crate::trial::{
    ChannelsTold, CodeLengthProblem, Deadline, FEWEST_DIGITS, ServiceRefused, Step, TwilioTrial,
    reach,
};

impl TwilioVerify {
    /// Tries the credentials and the service, step by step: the host, the service, the length of
    /// its codes, the ways it sends by. Ends within 10 seconds; sends nothing, and costs nothing.
    pub async fn trial(&self) -> TwilioTrial {
        let deadline = Deadline::from_now();
        let reached = deadline.hold(reach(&self.http, &self.host.0)).await;
        let host = Step::from(reached);
        if !host.passed() {
            return TwilioTrial {
                host,
                service: Step::NotReached,
                code_length: Step::NotReached,
                channels: Step::NotReached,
            };
        }
        match deadline.hold(self.service()).await {
            Ok(service) => TwilioTrial {
                host,
                service: Step::Passed { detail: () },
                code_length: service.code_length().into(),
                channels: service.channels(),
            },
            Err(cause) => TwilioTrial {
                host,
                service: Step::Failed { cause },
                code_length: Step::NotReached,
                channels: Step::NotReached,
            },
        }
    }

    async fn service(&self) -> Result<Service, RequestError<ServiceRefused>> {
        let answer = ask_patiently(|| self.request(Method::GET, "")).await?;
        if answer.status != 200 {
            return Err(refused(&answer));
        }
        let service: Option<Service> = answer.json();
        service
            .filter(|service| service.sid == self.credentials.service_sid)
            .ok_or(TransportError::Malformed.into())
    }
}

/// The fields of a service that are of use here. That numbers are looked up first, or landlines
/// passed over, makes no difference to us.
#[derive(Deserialize)]
struct Service {
    sid: String,
    #[serde(default)]
    code_length: Option<u32>,
    #[serde(default)]
    dtmf_input_required: Option<bool>,
}

impl Service {
    fn code_length(&self) -> Result<u32, CodeLengthProblem> {
        match self.code_length {
            Some(digits @ FEWEST_DIGITS..=10) => Ok(digits),
            Some(digits @ 1..FEWEST_DIGITS) => Err(CodeLengthProblem::TooShort { digits }),
            // 0 is the default of Twilio's schema, and no code has more than ten.
            Some(_) | None => Err(CodeLengthProblem::NotTold),
        }
    }

    fn channels(&self) -> Step<ChannelsTold, Infallible> {
        Step::Passed {
            detail: ChannelsTold {
                call_wants_key: self.dtmf_input_required,
            },
        }
    }
}

fn refused(answer: &Answer) -> RequestError<ServiceRefused> {
    let refusal = Refusal::read(answer);
    let word = match refusal.code {
        Some(20_404) => Some(ServiceRefused::NotFound),
        Some(20_003) => Some(ServiceRefused::OurCredentials),
        Some(20_403 | 575_001) => Some(ServiceRefused::OurAccount),
        Some(20_429 | 25_109) => Some(ServiceRefused::RateLimited {
            retry_after: answer.retry_after,
        }),
        Some(_) | None => None,
    };
    refusal.or_failed(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code_length(field: &str) -> Option<Result<u32, CodeLengthProblem>> {
        let answer = Answer::of(200, &format!(r#"{{"sid":"VA"{field}}}"#));
        let service: Service = answer.json()?;
        Some(service.code_length())
    }

    #[test]
    fn six_digits_are_enough_and_fewer_are_not() {
        let short = |digits| Some(Err(CodeLengthProblem::TooShort { digits }));
        let table = [
            (r#","code_length":4"#, short(4)),
            (r#","code_length":5"#, short(5)),
            (r#","code_length":6"#, Some(Ok(6))),
            (r#","code_length":10"#, Some(Ok(10))),
            (
                r#","code_length":11"#,
                Some(Err(CodeLengthProblem::NotTold)),
            ),
            (r#","code_length":0"#, Some(Err(CodeLengthProblem::NotTold))),
            (
                r#","code_length":null"#,
                Some(Err(CodeLengthProblem::NotTold)),
            ),
            ("", Some(Err(CodeLengthProblem::NotTold))),
            (r#","code_length":-6"#, None),
            (r#","code_length":6.0"#, None),
            (r#","code_length":"6""#, None),
            (r#","code_length":6,"code_length":4"#, None),
        ];
        for (field, expected) in table {
            assert_eq!(code_length(field), expected, "{field}");
        }
    }
}
