//! What came of a test of the settings, step by step.

use serde::Serialize;
use ts_rs::TS;

use super::VendorFieldProblem;
use crate::contract::words::FaultKind;

/// A step of a test.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum TestStepName {
    /// Both: the host answers and proves to be the vendor's.
    HostReached,
    /// tru.ID: it grants a token.
    TokenGranted,
    /// tru.ID: the token is good for SIM checks.
    ScopeHeld,
    /// Twilio: it takes the credentials and knows the Verify service.
    ServiceFound,
    /// Twilio: the service's codes have six digits or more.
    CodeLength,
    /// Twilio: what the service tells of text messages and calls.
    Channels,
}

/// What was learnt in a step that went well.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "told",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum TestDetail {
    /// That it did.
    Nothing,
    /// How many digits a code has.
    CodeLength {
        /// So many.
        digits: u32,
    },
    /// Whether text messages and calls are switched on is not told by Twilio before a code is sent.
    Channels {
        /// Whether whoever is called must press a key first, if that is told.
        call_wants_key: Option<bool>,
    },
}

/// Why a step failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum TestCause {
    /// No connection, no answer in time, or one that was cut short.
    Network,
    /// The other side did not prove to be the vendor.
    NotSecure,
    /// The vendor does not take the id and the secret.
    Refused,
    /// The project does not have the scope `sim_check`.
    ScopeMissing,
    /// Nothing is left on the account.
    NoBalance,
    /// The account has no such Verify service.
    ServiceMissing,
    /// The service's codes have fewer than six digits.
    CodeTooShort,
    /// The service does not say how many digits its codes have.
    CodeLengthNotTold,
    /// The account is suspended, or its trial has ended.
    Suspended,
    /// The vendor asks us to wait.
    RateLimit,
    /// The vendor answered with a failure of its own.
    VendorFailed,
    /// The answer could not be understood.
    MalformedAnswer,
}

/// How a step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "ended",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum TestResult {
    /// Well.
    Passed {
        /// What was learnt.
        detail: TestDetail,
    },
    /// Not well.
    Failed {
        /// Why.
        cause: TestCause,
        /// With [`TestCause::CodeTooShort`], how many digits a code has.
        digits: Option<u32>,
        /// Seconds after which trying again makes sense, if that is known.
        retry_in: Option<u32>,
    },
    /// A step before it failed.
    NotReached,
}

/// One step of a test and how it ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TestStep {
    /// Which.
    pub name: TestStepName,
    /// How.
    pub result: TestResult,
}

/// What came of a test. It sends nothing and costs nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum TestAnswer {
    /// The vendor was asked.
    Tested {
        /// Whether every step was passed.
        passed: bool,
        /// The steps, in order.
        steps: Vec<TestStep>,
    },
    /// The vendor was not asked: these fields will not do.
    Invalid {
        /// Which, and why.
        problems: Vec<VendorFieldProblem>,
    },
    /// The keyring gave no answer.
    Keyring {
        /// Why.
        fault: FaultKind,
    },
}
