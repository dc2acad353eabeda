//! From the steps of a trial to what the page is told of them.

use std::time::Duration;

use simgate_vendors::trial::{
    ChannelsTold, CodeLengthProblem, ScopeNotHeld, ServiceRefused, Step, TokenRefused, TruIdTrial,
    TwilioTrial,
};
use simgate_vendors::{RequestError, TransportError};

use crate::contract::settings::{TestCause, TestDetail, TestResult, TestStep, TestStepName};
use crate::shown::seconds;

/// Why a step failed, and what goes with it.
struct Failure {
    cause: TestCause,
    digits: Option<u32>,
    retry_after: Option<Duration>,
}

impl From<TestCause> for Failure {
    fn from(cause: TestCause) -> Self {
        Self {
            cause,
            digits: None,
            retry_after: None,
        }
    }
}

fn waiting(retry_after: Option<Duration>) -> Failure {
    Failure {
        retry_after,
        ..TestCause::RateLimit.into()
    }
}

impl From<TransportError> for Failure {
    fn from(error: TransportError) -> Self {
        let cause = match error {
            TransportError::Unreachable | TransportError::TimedOut | TransportError::Cut => {
                TestCause::Network
            }
            TransportError::Tls => TestCause::NotSecure,
            TransportError::VendorFailed { .. } => TestCause::VendorFailed,
            TransportError::Redirected | TransportError::TooLarge | TransportError::Malformed => {
                TestCause::MalformedAnswer
            }
        };
        cause.into()
    }
}

impl<E: Into<Failure>> From<RequestError<E>> for Failure {
    fn from(error: RequestError<E>) -> Self {
        match error {
            RequestError::Refused(refused) => refused.into(),
            RequestError::Transport(error) => error.into(),
        }
    }
}

impl From<TokenRefused> for Failure {
    fn from(refused: TokenRefused) -> Self {
        match refused {
            TokenRefused::OurCredentials => TestCause::Refused.into(),
            TokenRefused::Scope => TestCause::ScopeMissing.into(),
            TokenRefused::OurBalance => TestCause::NoBalance.into(),
            TokenRefused::RateLimited { retry_after } => waiting(retry_after),
        }
    }
}

impl From<ScopeNotHeld> for Failure {
    fn from(_: ScopeNotHeld) -> Self {
        TestCause::ScopeMissing.into()
    }
}

impl From<ServiceRefused> for Failure {
    fn from(refused: ServiceRefused) -> Self {
        match refused {
            ServiceRefused::NotFound => TestCause::ServiceMissing.into(),
            ServiceRefused::OurCredentials => TestCause::Refused.into(),
            ServiceRefused::OurAccount => TestCause::Suspended.into(),
            ServiceRefused::RateLimited { retry_after } => waiting(retry_after),
        }
    }
}

impl From<CodeLengthProblem> for Failure {
    fn from(problem: CodeLengthProblem) -> Self {
        match problem {
            CodeLengthProblem::TooShort { digits } => Self {
                digits: Some(digits),
                ..TestCause::CodeTooShort.into()
            },
            CodeLengthProblem::NotTold => TestCause::CodeLengthNotTold.into(),
        }
    }
}

impl From<std::convert::Infallible> for Failure {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

fn shown<T, E: Into<Failure>>(
    name: TestStepName,
    step: Step<T, E>,
    detail: impl FnOnce(T) -> TestDetail,
) -> TestStep {
    let result = match step {
        Step::Passed { detail: learnt } => TestResult::Passed {
            detail: detail(learnt),
        },
        Step::Failed { cause } => {
            let failure = cause.into();
            TestResult::Failed {
                cause: failure.cause,
                digits: failure.digits,
                retry_in: failure.retry_after.map(seconds),
            }
        }
        Step::NotReached => TestResult::NotReached,
    };
    TestStep { name, result }
}

fn nothing((): ()) -> TestDetail {
    TestDetail::Nothing
}

/// The steps at tru.ID, in order.
pub(super) fn of_tru_id(trial: TruIdTrial) -> Vec<TestStep> {
    vec![
        shown(TestStepName::HostReached, trial.host, nothing),
        shown(TestStepName::TokenGranted, trial.token, nothing),
        shown(TestStepName::ScopeHeld, trial.scope, nothing),
    ]
}

/// The steps at Twilio, in order.
pub(super) fn of_twilio(trial: TwilioTrial) -> Vec<TestStep> {
    let digits = |digits| TestDetail::CodeLength { digits };
    let channels = |ChannelsTold { call_wants_key }| TestDetail::Channels { call_wants_key };
    vec![
        shown(TestStepName::HostReached, trial.host, nothing),
        shown(TestStepName::ServiceFound, trial.service, nothing),
        shown(TestStepName::CodeLength, trial.code_length, digits),
        shown(TestStepName::Channels, trial.channels, channels),
    ]
}

/// The first step that failed and why, in the record's words.
pub(super) fn failure(steps: &[TestStep]) -> Option<(&'static str, &'static str)> {
    steps.iter().find_map(|step| match step.result {
        TestResult::Failed { cause, .. } => Some((step_word(step.name), cause_word(cause))),
        TestResult::Passed { .. } | TestResult::NotReached => None,
    })
}

const fn step_word(name: TestStepName) -> &'static str {
    match name {
        TestStepName::HostReached => "host_reached",
        TestStepName::TokenGranted => "token_granted",
        TestStepName::ScopeHeld => "scope_held",
        TestStepName::ServiceFound => "service_found",
        TestStepName::CodeLength => "code_length",
        TestStepName::Channels => "channels",
    }
}

const fn cause_word(cause: TestCause) -> &'static str {
    match cause {
        TestCause::Network => "network",
        TestCause::NotSecure => "not_secure",
        TestCause::Refused => "our_credentials",
        TestCause::ScopeMissing => "scope_missing",
        TestCause::NoBalance => "our_balance",
        TestCause::ServiceMissing => "service_missing",
        TestCause::CodeTooShort => "code_too_short",
        TestCause::CodeLengthNotTold => "code_length_not_told",
        TestCause::Suspended => "our_account",
        TestCause::RateLimit => "rate_limit",
        TestCause::VendorFailed => "vendor_failed",
        TestCause::MalformedAnswer => "malformed_answer",
    }
}
