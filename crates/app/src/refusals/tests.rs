use CodeProblem as Code;
use SendProblem as Send;
use simgate_vendors::TransportError as Lost;

use simgate_domain::attempts::Locked;

use super::*;

const RETRY: Option<Duration> = Some(Duration::from_secs(7));
const FAILED: Lost = Lost::VendorFailed { status: 503 };

/// A lost answer: the cause on record, what is shown of a send, of canceling and of a code, and whether
/// the vendor may have looked at that code. Nothing was sent, and no code looked at, only where it is
/// sure that the request reached nobody.
#[test]
fn what_is_said_of_an_answer_that_did_not_come() {
    for (lost, cause, send, cancel, code, looked) in [
        (
            Lost::Unreachable,
            "unreachable",
            Send::Unreachable,
            Send::Unreachable,
            Code::Network,
            false,
        ),
        (
            Lost::Tls,
            "tls",
            Send::Unreachable,
            Send::Unreachable,
            Code::Network,
            false,
        ),
        (
            Lost::TimedOut,
            "timed_out",
            Send::Network,
            Send::Unreachable,
            Code::Network,
            true,
        ),
        (
            Lost::Cut,
            "cut",
            Send::Network,
            Send::Unreachable,
            Code::Network,
            true,
        ),
        (
            Lost::Redirected,
            "redirected",
            Send::MalformedAnswer,
            Send::VendorFailed,
            Code::MalformedAnswer,
            true,
        ),
        (
            Lost::TooLarge,
            "too_large",
            Send::MalformedAnswer,
            Send::VendorFailed,
            Code::MalformedAnswer,
            true,
        ),
        (
            Lost::Malformed,
            "malformed_answer",
            Send::MalformedAnswer,
            Send::VendorFailed,
            Code::MalformedAnswer,
            true,
        ),
        (
            FAILED,
            "vendor_failed",
            Send::VendorFailed,
            Send::VendorFailed,
            Code::VendorFailed,
            true,
        ),
    ] {
        assert_eq!(
            not_sent(RequestError::Transport(lost)),
            problem(send, cause)
        );
        assert_eq!(
            not_canceled(RequestError::Transport(lost)),
            problem(cancel, cause)
        );
        assert_eq!(
            not_checked(RequestError::Transport(lost)),
            problem(code, cause)
        );
        assert_eq!(
            may_have_looked(RequestError::Transport(lost)),
            looked,
            "{cause}"
        );
    }
}

#[test]
fn what_is_said_of_a_send_that_was_refused() {
    use SendRefused as Refused;
    for (refused, shown, cause) in [
        (
            Refused::NumberRefused,
            Send::NumberRefused,
            "number_refused",
        ),
        (Refused::Blocked, Send::Blocked, "blocked"),
        (Refused::ChannelOff, Send::ChannelOff, "channel_off"),
        (Refused::TooManySends, Send::NumberLimit, "too_many_sends"),
        (
            Refused::TooManyChecks,
            Send::TooManyTries,
            "too_many_checks",
        ),
        (
            Refused::OurCredentials,
            Send::OurCredentials,
            "our_credentials",
        ),
        (Refused::OurAccount, Send::OurAccount, "our_account"),
    ] {
        assert_eq!(
            not_sent(RequestError::Refused(refused)),
            problem(shown, cause)
        );
    }
    let limited = RequestError::Refused(Refused::RateLimited { retry_after: RETRY });
    assert_eq!(
        not_sent(limited),
        problem(Send::RateLimit, "rate_limit").waiting(RETRY)
    );
}

#[test]
fn what_is_said_where_an_older_code_could_not_be_called_back() {
    use CancelRefused as Refused;
    for (refused, shown, cause) in [
        (
            Refused::OurCredentials,
            Send::OurCredentials,
            "our_credentials",
        ),
        (Refused::OurAccount, Send::OurAccount, "our_account"),
    ] {
        assert_eq!(
            not_canceled(RequestError::Refused(refused)),
            problem(shown, cause)
        );
    }
    let limited = RequestError::Refused(Refused::RateLimited { retry_after: RETRY });
    let said = problem(Send::RateLimit, "cancel_rate_limit").waiting(RETRY);
    assert_eq!(not_canceled(limited), said);
}

/// A refusal says for sure that the vendor did not look at the code: none of them counts as a try.
#[test]
fn what_is_said_of_a_code_that_was_not_looked_at() {
    use CheckRefused as Refused;
    let limited = Refused::RateLimited { retry_after: RETRY };
    for (refused, said) in [
        (
            Refused::TooManyChecks,
            problem(Code::MaxAttemptsReached, "too_many_checks"),
        ),
        (
            Refused::OurCredentials,
            problem(Code::OurCredentials, "our_credentials"),
        ),
        (
            Refused::OurAccount,
            problem(Code::OurCredentials, "our_credentials"),
        ),
        (
            limited,
            problem(Code::RateLimit, "rate_limit").waiting(RETRY),
        ),
    ] {
        assert_eq!(not_checked(RequestError::Refused(refused)), said);
        assert!(!may_have_looked(RequestError::Refused(refused)));
    }
}

#[test]
fn what_is_said_where_nobody_can_tell_about_the_sim() {
    use CannotTell as Shown;
    use sim::CannotTell as Cause;
    for (cause, shown, word) in [
        (
            Cause::OperatorNotSupported,
            Shown::OperatorNotSupported,
            "operator_not_supported",
        ),
        (
            Cause::NumberNotKnown,
            Shown::NumberNotKnown,
            "number_not_known",
        ),
        (Cause::NoData, Shown::NoData, "no_data"),
        (
            Cause::OperatorTimeout,
            Shown::OperatorTimeout,
            "operator_timeout",
        ),
        (
            Cause::OperatorFailed,
            Shown::OperatorFailed,
            "operator_failed",
        ),
        (
            Cause::OurCredentials,
            Shown::OurCredentials,
            "our_credentials",
        ),
        (Cause::OurBalance, Shown::OurBalance, "our_balance"),
        (Cause::Network, Shown::Network, "network"),
        (Cause::VendorFailed, Shown::VendorFailed, "vendor_failed"),
        (
            Cause::MalformedAnswer,
            Shown::MalformedAnswer,
            "malformed_answer",
        ),
    ] {
        assert_eq!(unknown(cause), problem(shown, word));
    }
    let limited = Cause::RateLimit { retry_after: RETRY };
    assert_eq!(
        unknown(limited),
        problem(Shown::RateLimit, "rate_limit").waiting(RETRY)
    );
}

#[test]
fn what_is_said_where_no_code_can_be_right_any_more() {
    for (end, shown, cause) in [
        (CodeEnd::Canceled, Code::Canceled, "canceled"),
        (CodeEnd::Expired, Code::Expired, "vendor_expired"),
        (CodeEnd::Deleted, Code::Deleted, "deleted"),
        (
            CodeEnd::MaxAttemptsReached,
            Code::MaxAttemptsReached,
            "max_attempts_reached",
        ),
        (CodeEnd::Failed, Code::Failed, "failed"),
        (CodeEnd::NotFound, Code::NotFound, "not_found"),
    ] {
        assert_eq!(code_end(end), problem(shown, cause));
    }
}

/// Our own limits: what is shown, and until when.
#[test]
fn what_is_said_where_our_own_limits_forbid_it() {
    let now = Timestamp::from_micros(1_795_392_000_000_000);
    let until = now.plus(Duration::from_secs(90));
    for (limit, said) in [
        (
            SendLimit::TooSoon { until },
            problem(Send::TooSoon, "too_soon").waiting(Wait::For(Duration::from_secs(90))),
        ),
        (
            SendLimit::SignIn,
            problem(Send::SignInLimit, "sign_in_limit"),
        ),
        (
            SendLimit::Number { until },
            problem(Send::NumberLimit, "number_limit").waiting(Wait::Until(until)),
        ),
        (
            SendLimit::Budget { until },
            problem(Send::Budget, "code_budget").waiting(Wait::Until(until)),
        ),
    ] {
        assert_eq!(limited(limit, now), said);
    }
    let said = problem(CannotTell::RateLimit, "own_check_limit").waiting(Wait::Until(until));
    assert_eq!(no_check_left(until), said);
    let said = problem(Code::Locked, "codes_locked").waiting(Wait::Until(until));
    assert_eq!(codes_closed(CodesClosed::Locked(Locked { until })), said);
    let said = problem(Code::NeedsAdmin, "codes_need_admin");
    assert_eq!(codes_closed(CodesClosed::NeedsAdmin), said);
}
