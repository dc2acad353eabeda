//! From what went wrong to the code that the page has words for, and to the word of the record.

use std::time::Duration;

use simgate_domain::attempts::{CodesClosed, SendLimit};
use simgate_domain::code::CodeError;
use simgate_domain::password::PasswordError;
use simgate_domain::phone::PhoneError;
use simgate_domain::username::UsernameError;
use simgate_domain::{Timestamp, sim};
use simgate_vendors::{
    CancelRefused, CheckRefused, CodeEnd, RequestError, SendRefused, TransportError,
};

use crate::contract::words::{CannotTell, CodeProblem, ErrorCode, Field, Refusal, SendProblem};
use crate::shown::seconds;

impl Refusal {
    /// A refusal that stands at no field.
    pub(crate) fn plain(code: ErrorCode) -> Self {
        Self {
            code,
            field: None,
            retry_after: None,
            reference: None,
        }
    }

    pub(crate) fn at(field: Field, code: ErrorCode) -> Self {
        Self {
            field: Some(field),
            ..Self::plain(code)
        }
    }
}

impl From<UsernameError> for ErrorCode {
    fn from(error: UsernameError) -> Self {
        match error {
            UsernameError::Empty => Self::UsernameEmpty,
            UsernameError::TooShort => Self::UsernameTooShort,
            UsernameError::TooLong => Self::UsernameTooLong,
            UsernameError::Characters => Self::UsernameCharacters,
            UsernameError::LookAlike => Self::UsernameLookAlike,
        }
    }
}

impl From<UsernameError> for Refusal {
    fn from(error: UsernameError) -> Self {
        Self::at(Field::Username, error.into())
    }
}

impl From<PasswordError> for ErrorCode {
    fn from(error: PasswordError) -> Self {
        match error {
            PasswordError::Empty => Self::PasswordEmpty,
            PasswordError::TooShort => Self::PasswordTooShort,
            PasswordError::TooLong => Self::PasswordTooLong,
            PasswordError::Guessable => Self::PasswordGuessable,
        }
    }
}

impl From<PasswordError> for Refusal {
    fn from(error: PasswordError) -> Self {
        Self::at(Field::Password, error.into())
    }
}

impl From<PhoneError> for ErrorCode {
    fn from(error: PhoneError) -> Self {
        match error {
            PhoneError::Empty => Self::PhoneEmpty,
            PhoneError::Invalid => Self::PhoneInvalid,
            PhoneError::NotMobile => Self::PhoneNotMobile,
        }
    }
}

impl From<PhoneError> for Refusal {
    fn from(error: PhoneError) -> Self {
        Self::at(Field::Phone, error.into())
    }
}

impl From<CodeError> for Refusal {
    fn from(error: CodeError) -> Self {
        let code = match error {
            CodeError::Empty => ErrorCode::CodeEmpty,
            CodeError::Malformed => ErrorCode::CodeMalformed,
        };
        Self::at(Field::Code, code)
    }
}

/// What is shown and recorded of something that went wrong, and when trying again makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Problem<P> {
    /// For the page.
    pub shown: P,
    /// For the record.
    pub cause: &'static str,
    /// When trying again makes sense, where that is known.
    pub wait: Wait,
}

/// When trying again makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wait {
    /// Nobody knows.
    Unknown,
    /// After this long.
    For(Duration),
    /// From this moment of the wall clock on.
    Until(Timestamp),
}

impl From<Option<Duration>> for Wait {
    fn from(retry_after: Option<Duration>) -> Self {
        retry_after.map_or(Self::Unknown, Self::For)
    }
}

impl Wait {
    /// What the page is told: the moment, or the seconds.
    pub fn shown(self) -> (Option<String>, Option<u32>) {
        match self {
            Self::Unknown => (None, None),
            Self::For(span) => (None, Some(seconds(span))),
            Self::Until(moment) => (Some(moment.to_string()), None),
        }
    }
}

const fn problem<P>(shown: P, cause: &'static str) -> Problem<P> {
    Problem {
        shown,
        cause,
        wait: Wait::Unknown,
    }
}

impl<P> Problem<P> {
    fn waiting(self, wait: impl Into<Wait>) -> Self {
        Self {
            wait: wait.into(),
            ..self
        }
    }
}

/// Why the SIM could not be checked.
pub fn unknown(cause: sim::CannotTell) -> Problem<CannotTell> {
    let kind = cause.kind();
    let problem = problem(kind.into(), kind.word());
    match cause {
        sim::CannotTell::RateLimit { retry_after } => problem.waiting(retry_after),
        sim::CannotTell::OperatorNotSupported
        | sim::CannotTell::NumberNotKnown
        | sim::CannotTell::NoData
        | sim::CannotTell::OperatorTimeout
        | sim::CannotTell::OperatorFailed
        | sim::CannotTell::OurCredentials
        | sim::CannotTell::OurBalance
        | sim::CannotTell::Network
        | sim::CannotTell::VendorFailed
        | sim::CannotTell::MalformedAnswer => problem,
    }
}

impl From<sim::Cause> for CannotTell {
    fn from(cause: sim::Cause) -> Self {
        use sim::Cause;
        match cause {
            Cause::OperatorNotSupported => Self::OperatorNotSupported,
            Cause::NumberNotKnown => Self::NumberNotKnown,
            Cause::NoData => Self::NoData,
            Cause::OperatorTimeout => Self::OperatorTimeout,
            Cause::OperatorFailed => Self::OperatorFailed,
            Cause::OurCredentials => Self::OurCredentials,
            Cause::OurBalance => Self::OurBalance,
            Cause::RateLimit => Self::RateLimit,
            Cause::Network => Self::Network,
            Cause::VendorFailed => Self::VendorFailed,
            Cause::MalformedAnswer => Self::MalformedAnswer,
        }
    }
}

impl From<CannotTell> for sim::Cause {
    fn from(cause: CannotTell) -> Self {
        match cause {
            CannotTell::OperatorNotSupported => Self::OperatorNotSupported,
            CannotTell::NumberNotKnown => Self::NumberNotKnown,
            CannotTell::NoData => Self::NoData,
            CannotTell::OperatorTimeout => Self::OperatorTimeout,
            CannotTell::OperatorFailed => Self::OperatorFailed,
            CannotTell::OurCredentials => Self::OurCredentials,
            CannotTell::OurBalance => Self::OurBalance,
            CannotTell::RateLimit => Self::RateLimit,
            CannotTell::Network => Self::Network,
            CannotTell::VendorFailed => Self::VendorFailed,
            CannotTell::MalformedAnswer => Self::MalformedAnswer,
        }
    }
}

/// Why our own limits let the operator not be asked again.
pub fn no_check_left(until: Timestamp) -> Problem<CannotTell> {
    problem(CannotTell::RateLimit, "own_check_limit").waiting(Wait::Until(until))
}

/// Why our own budget lets the operator not be asked.
pub fn check_budget(until: Timestamp) -> Problem<SendProblem> {
    problem(SendProblem::Budget, "check_budget").waiting(Wait::Until(until))
}

/// The number is of a country that is not allowed here.
pub const COUNTRY: Problem<SendProblem> =
    problem(SendProblem::CountryNotAllowed, "country_not_allowed");

/// Why our own limits let no code be sent. A gap is told in seconds, a longer wait as a time.
pub fn limited(limit: SendLimit, now: Timestamp) -> Problem<SendProblem> {
    match limit {
        SendLimit::TooSoon { until } => {
            let wait = Wait::For(until.since(now).unwrap_or_default());
            problem(SendProblem::TooSoon, "too_soon").waiting(wait)
        }
        SendLimit::SignIn => problem(SendProblem::SignInLimit, "sign_in_limit"),
        SendLimit::Number { until } => {
            problem(SendProblem::NumberLimit, "number_limit").waiting(Wait::Until(until))
        }
        SendLimit::Budget { until } => {
            problem(SendProblem::Budget, "code_budget").waiting(Wait::Until(until))
        }
    }
}

/// Why the vendor did not send a code.
pub fn not_sent(error: RequestError<SendRefused>) -> Problem<SendProblem> {
    match error {
        RequestError::Refused(refused) => match refused {
            SendRefused::NumberRefused => problem(SendProblem::NumberRefused, "number_refused"),
            SendRefused::Blocked => problem(SendProblem::Blocked, "blocked"),
            SendRefused::ChannelOff => problem(SendProblem::ChannelOff, "channel_off"),
            SendRefused::TooManySends => problem(SendProblem::NumberLimit, "too_many_sends"),
            SendRefused::TooManyChecks => problem(SendProblem::TooManyTries, "too_many_checks"),
            SendRefused::RateLimited { retry_after } => {
                problem(SendProblem::RateLimit, "rate_limit").waiting(retry_after)
            }
            SendRefused::OurCredentials => problem(SendProblem::OurCredentials, "our_credentials"),
            SendRefused::OurAccount => problem(SendProblem::OurAccount, "our_account"),
        },
        RequestError::Transport(error) => {
            let shown = match error {
                TransportError::Unreachable | TransportError::Tls => SendProblem::Unreachable,
                TransportError::TimedOut | TransportError::Cut => SendProblem::Network,
                TransportError::VendorFailed { .. } => SendProblem::VendorFailed,
                TransportError::Redirected
                | TransportError::TooLarge
                | TransportError::Malformed => SendProblem::MalformedAnswer,
            };
            problem(shown, transport_cause(error))
        }
    }
}

/// Why an older code could not be canceled, without which no new one is sent.
pub fn not_canceled(error: RequestError<CancelRefused>) -> Problem<SendProblem> {
    match error {
        RequestError::Refused(refused) => match refused {
            CancelRefused::RateLimited { retry_after } => {
                problem(SendProblem::RateLimit, "cancel_rate_limit").waiting(retry_after)
            }
            CancelRefused::OurCredentials => {
                problem(SendProblem::OurCredentials, "our_credentials")
            }
            CancelRefused::OurAccount => problem(SendProblem::OurAccount, "our_account"),
        },
        // However it went, the vendor was not yet asked to send anything.
        RequestError::Transport(error) => {
            let shown = match error {
                TransportError::Unreachable
                | TransportError::Tls
                | TransportError::TimedOut
                | TransportError::Cut => SendProblem::Unreachable,
                TransportError::VendorFailed { .. }
                | TransportError::Redirected
                | TransportError::TooLarge
                | TransportError::Malformed => SendProblem::VendorFailed,
            };
            problem(shown, transport_cause(error))
        }
    }
}

/// Whether the vendor may have looked at the code that this is the answer to: then the try counts.
pub fn may_have_looked(error: RequestError<CheckRefused>) -> bool {
    match error {
        RequestError::Refused(
            CheckRefused::TooManyChecks
            | CheckRefused::RateLimited { .. }
            | CheckRefused::OurCredentials
            | CheckRefused::OurAccount,
        )
        | RequestError::Transport(TransportError::Unreachable | TransportError::Tls) => false,
        RequestError::Transport(
            TransportError::TimedOut
            | TransportError::Cut
            | TransportError::Redirected
            | TransportError::TooLarge
            | TransportError::VendorFailed { .. }
            | TransportError::Malformed,
        ) => true,
    }
}

/// Why a code was not looked at.
pub fn not_checked(error: RequestError<CheckRefused>) -> Problem<CodeProblem> {
    match error {
        RequestError::Refused(refused) => match refused {
            CheckRefused::TooManyChecks => {
                problem(CodeProblem::MaxAttemptsReached, "too_many_checks")
            }
            CheckRefused::RateLimited { retry_after } => {
                problem(CodeProblem::RateLimit, "rate_limit").waiting(retry_after)
            }
            CheckRefused::OurCredentials | CheckRefused::OurAccount => {
                problem(CodeProblem::OurCredentials, "our_credentials")
            }
        },
        RequestError::Transport(error) => {
            let shown = match error {
                TransportError::Unreachable
                | TransportError::Tls
                | TransportError::TimedOut
                | TransportError::Cut => CodeProblem::Network,
                TransportError::VendorFailed { .. } => CodeProblem::VendorFailed,
                TransportError::Redirected
                | TransportError::TooLarge
                | TransportError::Malformed => CodeProblem::MalformedAnswer,
            };
            problem(shown, transport_cause(error))
        }
    }
}

/// Why no code can be right any more.
pub fn code_end(end: CodeEnd) -> Problem<CodeProblem> {
    match end {
        CodeEnd::Canceled => problem(CodeProblem::Canceled, "canceled"),
        CodeEnd::Expired => problem(CodeProblem::Expired, "vendor_expired"),
        CodeEnd::Deleted => problem(CodeProblem::Deleted, "deleted"),
        CodeEnd::MaxAttemptsReached => {
            problem(CodeProblem::MaxAttemptsReached, "max_attempts_reached")
        }
        CodeEnd::Failed => problem(CodeProblem::Failed, "failed"),
        CodeEnd::NotFound => problem(CodeProblem::NotFound, "not_found"),
    }
}

/// Why no code may be tried or sent.
pub fn codes_closed(closed: CodesClosed) -> Problem<CodeProblem> {
    match closed {
        CodesClosed::Locked(locked) => {
            problem(CodeProblem::Locked, "codes_locked").waiting(Wait::Until(locked.until))
        }
        CodesClosed::NeedsAdmin => problem(CodeProblem::NeedsAdmin, "codes_need_admin"),
    }
}

/// Our own reasons for which no code is sent, or a code ends the sign-in.
pub mod ours {
    use super::{CodeProblem, Problem, SendProblem, problem};

    /// The clearance is older than a minute.
    pub const CHECK_TOO_OLD: Problem<SendProblem> =
        problem(SendProblem::CheckTooOld, "stale_clearance");

    /// Ten minutes have passed.
    pub const EXPIRED: Problem<CodeProblem> = problem(CodeProblem::Expired, "expired");
    /// Five wrong codes.
    pub const TRIES_USED_UP: Problem<CodeProblem> =
        problem(CodeProblem::TriesUsedUp, "tries_used_up");
    /// The account was changed between the password and the code.
    pub const ACCOUNT_CHANGED: Problem<CodeProblem> =
        problem(CodeProblem::AccountChanged, "account_changed");
    /// Somebody else has proved the number.
    pub const NUMBER_TAKEN: Problem<CodeProblem> =
        problem(CodeProblem::NumberTaken, "number_taken");
    /// The verification has granted a session before.
    pub const SPENT: Problem<CodeProblem> = problem(CodeProblem::NotFound, "verification_spent");
}

fn transport_cause(error: TransportError) -> &'static str {
    match error {
        TransportError::Unreachable => "unreachable",
        TransportError::Tls => "tls",
        TransportError::TimedOut => "timed_out",
        TransportError::Cut => "cut",
        TransportError::Redirected => "redirected",
        TransportError::TooLarge => "too_large",
        TransportError::VendorFailed { .. } => "vendor_failed",
        TransportError::Malformed => "malformed_answer",
    }
}

#[cfg(test)]
mod tests;
