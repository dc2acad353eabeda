//! What each fault comes to on each call, written by hand: what the screen says, and the record.

use simgate_app::contract::words::{CannotTell, CodeProblem, SendProblem, StopReason};
use simgate_rehearsal::Call;

/// What is said of the SIM check, and the record's word.
type Sim = (CannotTell, &'static str);
/// What is said of the send, and the record's word.
type Send = (SendProblem, &'static str);
/// What is said of the code, and the record's word.
type Code = (CodeProblem, &'static str);
/// What is said of a send and of a code where no answer came, and the record's word for either.
type Lost = (SendProblem, CodeProblem, &'static str);

/// What a fault comes to.
pub struct Row {
    /// The fault.
    pub name: &'static str,
    token: Sim,
    check: Sim,
    send: Send,
    code: Code,
}

impl Row {
    /// What is said and recorded of this fault on this call.
    pub fn on(&self, call: Call) -> (StopReason, &'static str) {
        let sim = |(cause, word)| (StopReason::CannotTell { cause }, word);
        match call {
            Call::Token => sim(self.token),
            Call::SimCheck => sim(self.check),
            Call::Verifications => {
                let (problem, word) = self.send;
                (StopReason::NotSent { problem }, word)
            }
            Call::VerificationCheck => {
                let (problem, word) = self.code;
                (StopReason::CodeRefused { problem }, word)
            }
            Call::Revoke
            | Call::SimCheckRead
            | Call::VerificationRead
            | Call::Cancel
            | Call::Service
            | Call::Other => panic!("{call:?} is none of the four"),
        }
    }
}

const fn row(name: &'static str, token: Sim, check: Sim, send: Send, code: Code) -> Row {
    Row {
        name,
        token,
        check,
        send,
        code,
    }
}

/// One at which no answer came that anybody could go by.
const fn lost(name: &'static str, sim: Sim, (send, code, word): Lost) -> Row {
    row(name, sim, sim, (send, word), (code, word))
}

const NETWORK: Sim = (CannotTell::Network, "network");
const GARBLED: Sim = (CannotTell::MalformedAnswer, "malformed_answer");
const BROKEN: Sim = (CannotTell::VendorFailed, "vendor_failed");
const OUR_CREDENTIALS: Sim = (CannotTell::OurCredentials, "our_credentials");
const OUR_BALANCE: Sim = (CannotTell::OurBalance, "our_balance");
const SLOWED: Sim = (CannotTell::RateLimit, "rate_limit");
const NOT_SUPPORTED: Sim = (CannotTell::OperatorNotSupported, "operator_not_supported");
const NOT_KNOWN: Sim = (CannotTell::NumberNotKnown, "number_not_known");
const OPERATOR_FAILED: Sim = (CannotTell::OperatorFailed, "operator_failed");

const SEND_MALFORMED: Send = (SendProblem::MalformedAnswer, "malformed_answer");
const SEND_NUMBER: Send = (SendProblem::NumberRefused, "number_refused");
const SEND_CREDENTIALS: Send = (SendProblem::OurCredentials, "our_credentials");
const SEND_ACCOUNT: Send = (SendProblem::OurAccount, "our_account");
const SEND_SLOWED: Send = (SendProblem::RateLimit, "rate_limit");

const CODE_FAILED: Code = (CodeProblem::Failed, "failed");
const CODE_BROKEN: Code = (CodeProblem::VendorFailed, "vendor_failed");
const CODE_CREDENTIALS: Code = (CodeProblem::OurCredentials, "our_credentials");
const CODE_SLOWED: Code = (CodeProblem::RateLimit, "rate_limit");
const CODE_MALFORMED: Code = (CodeProblem::MalformedAnswer, "malformed_answer");
const CODE_NOT_FOUND: Code = (CodeProblem::NotFound, "not_found");

const UNREACHABLE: Lost = (
    SendProblem::Unreachable,
    CodeProblem::Network,
    "unreachable",
);
const TIMED_OUT: Lost = (SendProblem::Network, CodeProblem::Network, "timed_out");
const CUT: Lost = (SendProblem::Network, CodeProblem::Network, "cut");
const MALFORMED: Lost = (
    SendProblem::MalformedAnswer,
    CodeProblem::MalformedAnswer,
    "malformed_answer",
);
const TOO_LARGE: Lost = (
    SendProblem::MalformedAnswer,
    CodeProblem::MalformedAnswer,
    "too_large",
);
const REDIRECTED: Lost = (
    SendProblem::MalformedAnswer,
    CodeProblem::MalformedAnswer,
    "redirected",
);
const FAILED: Lost = (
    SendProblem::VendorFailed,
    CodeProblem::VendorFailed,
    "vendor_failed",
);

/// Every fault of the catalogue.
pub const TABLE: &[Row] = &[
    lost("refuse", NETWORK, UNREACHABLE),
    lost("syn_drop", NETWORK, UNREACHABLE),
    lost("accept_silent", NETWORK, TIMED_OUT),
    lost("rst_header", NETWORK, CUT),
    lost("rst_body", NETWORK, CUT),
    lost("slow_header", NETWORK, TIMED_OUT),
    lost("slow_body", NETWORK, TIMED_OUT),
    lost("short_content_length", GARBLED, MALFORMED),
    lost("long_content_length", NETWORK, CUT),
    lost("endless_chunked", GARBLED, TOO_LARGE),
    lost("bad_chunk", NETWORK, CUT),
    lost("gzip_bomb", GARBLED, TOO_LARGE),
    lost("gigabyte", GARBLED, TOO_LARGE),
    lost("empty_body", GARBLED, MALFORMED),
    lost("html_200", GARBLED, MALFORMED),
    lost("invalid_utf8", GARBLED, MALFORMED),
    lost("bom_junk", GARBLED, MALFORMED),
    lost("nul", GARBLED, MALFORMED),
    lost("truncated_json", GARBLED, MALFORMED),
    lost("deep_json", GARBLED, TOO_LARGE),
    lost("duplicate_keys", GARBLED, MALFORMED),
    lost("wrong_types", GARBLED, MALFORMED),
    lost("missing_field", GARBLED, MALFORMED),
    lost("number_overflow", GARBLED, MALFORMED),
    row(
        "status_error",
        GARBLED,
        OPERATOR_FAILED,
        SEND_MALFORMED,
        CODE_FAILED,
    ),
    lost("no_content", GARBLED, MALFORMED),
    lost("moved_301", GARBLED, REDIRECTED),
    lost("found_302", GARBLED, REDIRECTED),
    lost("redirect_307", GARBLED, REDIRECTED),
    row(
        "mno_not_supported",
        BROKEN,
        NOT_SUPPORTED,
        SEND_NUMBER,
        CODE_BROKEN,
    ),
    row(
        "phone_format_invalid",
        BROKEN,
        NOT_KNOWN,
        SEND_NUMBER,
        CODE_BROKEN,
    ),
    row(
        "unauthorized",
        OUR_CREDENTIALS,
        OUR_CREDENTIALS,
        SEND_CREDENTIALS,
        CODE_CREDENTIALS,
    ),
    row(
        "no_credit",
        OUR_BALANCE,
        OUR_BALANCE,
        SEND_CREDENTIALS,
        CODE_CREDENTIALS,
    ),
    row(
        "forbidden",
        OUR_CREDENTIALS,
        OUR_CREDENTIALS,
        SEND_ACCOUNT,
        CODE_CREDENTIALS,
    ),
    row(
        "not_found",
        BROKEN,
        BROKEN,
        SEND_CREDENTIALS,
        CODE_NOT_FOUND,
    ),
    lost("conflict", BROKEN, FAILED),
    row(
        "too_many_requests",
        SLOWED,
        SLOWED,
        SEND_SLOWED,
        CODE_SLOWED,
    ),
    row(
        "too_many_requests_bare",
        SLOWED,
        SLOWED,
        SEND_SLOWED,
        CODE_SLOWED,
    ),
    lost("internal_error", BROKEN, FAILED),
    lost("bad_gateway", BROKEN, FAILED),
    lost("unavailable", BROKEN, FAILED),
    lost("late_success", NETWORK, TIMED_OUT),
    row(
        "someone_elses",
        OUR_CREDENTIALS,
        GARBLED,
        SEND_MALFORMED,
        CODE_MALFORMED,
    ),
];
