//! Trying the settings for real.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{VendorFieldProblem, VendorForm};
use crate::contract::words::{CannotTell, ChannelName, CodeProblem, FaultKind, SendProblem};

/// A real SIM check or a real code is asked for, to see that they work.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct TryForm {
    /// The settings to try; null for those that are saved. The other vendor's are the saved ones, or
    /// those that were imported.
    pub form: Option<VendorForm>,
    /// How a code is to be sent.
    pub channel: ChannelName,
}

/// What the operator said in a real SIM check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "sim", rename_all = "snake_case")]
#[ts(export)]
pub enum TriedSim {
    /// The SIM was not changed within the window.
    Unchanged,
    /// It was.
    Changed,
    /// It could not be had.
    CannotTell {
        /// Why not.
        cause: CannotTell,
    },
}

/// What came of trying for real.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum TryAnswer {
    /// The operator was asked. Where a code was wished for and none was sent, this is why.
    Checked {
        /// What it said.
        answer: TriedSim,
        /// What the check cost, such as `0.05 GBP`, where the vendor says so.
        cost: Option<String>,
        /// What is left on the account, where the vendor says so.
        balance: Option<String>,
        /// Seconds after which trying again makes sense, if that is known.
        retry_in: Option<u32>,
    },
    /// The SIM was unchanged, and a code is on its way.
    Sent {
        /// The last two digits of the number it goes to.
        number_ending: String,
        /// How.
        channel: ChannelName,
    },
    /// The SIM was unchanged, and no code was sent.
    NotSent {
        /// Why not.
        problem: SendProblem,
        /// Seconds after which trying again makes sense, if that is known.
        retry_in: Option<u32>,
    },
    /// Our own limits let nothing be asked now.
    TooMany {
        /// Seconds after which it may be tried again, if that is known.
        retry_in: Option<u32>,
    },
    /// Nothing was asked: these fields will not do.
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

/// What came of typing the code of a try.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum TriedCode {
    /// It is the code: everything works.
    Approved,
    /// It is not; another may be typed.
    Wrong,
    /// The vendor looks at no more codes of this try.
    Refused {
        /// Why.
        problem: CodeProblem,
    },
    /// No code is waited for.
    NothingSent,
}
