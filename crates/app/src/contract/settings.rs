//! The vendors' settings: what the page sends, and what it is told. No secret is ever told.

mod files;
mod testing;
mod trying;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::args::Typed;
use super::words::{FaultKind, VendorName};

pub use files::{VendorFile, VendorFileAnswer, VendorFileForm, VendorFileProblem};
pub use testing::{TestAnswer, TestCause, TestDetail, TestResult, TestStep, TestStepName};
pub use trying::{TriedCode, TriedSim, TryAnswer, TryForm};

/// A field of the vendors' settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum VendorField {
    /// tru.ID: the host, `https://eu.api.tru.id` and its kin.
    Host,
    /// tru.ID: the client id, which the console shows too.
    ClientId,
    /// tru.ID: the client secret.
    ClientSecret,
    /// Twilio: the SID of the account (`AC`) or of an API key (`SK`), which the console shows too.
    Sid,
    /// Twilio: the account's auth token or the API key's secret.
    Secret,
    /// Twilio: the SID of the Verify service (`VA`), which the console shows too.
    ServiceSid,
}

/// One vendor's settings as typed. A field that is null or empty means what was imported and not saved
/// yet, or else what is stored.
#[derive(Deserialize, TS)]
#[serde(tag = "vendor", rename_all = "snake_case")]
#[ts(export)]
pub enum VendorForm {
    /// tru.ID's.
    TruId(TruIdForm),
    /// Twilio's.
    Twilio(TwilioForm),
}

/// The settings of tru.ID as typed.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct TruIdForm {
    /// A region (`eu`, `in`, `us`), or a host of the list.
    pub host: Option<String>,
    /// The client id.
    pub client_id: Option<String>,
    /// The client secret.
    #[ts(type = "string | null")]
    pub client_secret: Option<Typed>,
}

/// The settings of Twilio Verify as typed.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct TwilioForm {
    /// The SID of the account or of an API key.
    pub sid: Option<String>,
    /// Its auth token or secret.
    #[ts(type = "string | null")]
    pub secret: Option<Typed>,
    /// The SID of the Verify service.
    pub service_sid: Option<String>,
}

/// What is to be saved.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct SaveVendorForm {
    /// The settings.
    pub form: VendorForm,
    /// True where the admin says: save them although no test of exactly these was passed.
    pub untested: bool,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum VendorFieldCode {
    /// Nothing was typed, imported or stored.
    Missing,
    /// More than 256 characters.
    TooLong,
    /// Not a host that SIMgate may send credentials to.
    HostNotAllowed,
    /// Not a client id: visible characters without a colon.
    ClientIdForm,
    /// Not a client secret: visible characters without a space.
    ClientSecretForm,
    /// Not `AC` or `SK` and 32 hexadecimal digits.
    SidForm,
    /// Not an auth token or an API key's secret: visible characters without a space.
    SecretForm,
    /// Not `VA` and 32 hexadecimal digits.
    ServiceSidForm,
}

/// A field that will not do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct VendorFieldProblem {
    /// Which.
    pub field: VendorField,
    /// Why.
    pub code: VendorFieldCode,
}

/// A field that has a value, of which no more is told than this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FilledField {
    /// Which.
    pub field: VendorField,
    /// The whole host; of what the vendor shows too, the last four characters; of a secret nothing.
    pub shown: Option<String>,
}

/// What is known of one vendor's settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct VendorStatus {
    /// Whose.
    pub vendor: VendorName,
    /// Whether the keyring holds them, whole and of their form.
    pub set: bool,
    /// Whether it holds something else under their name, which saving replaces.
    pub damaged: bool,
    /// When they were saved here (RFC 3339, UTC); null where they were put there by hand.
    pub since: Option<String>,
    /// What is stored.
    pub stored: Vec<FilledField>,
    /// What was imported and is not saved yet.
    pub unsaved: Vec<FilledField>,
}

/// The answer to a question about the settings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum VendorsStatus {
    /// What is known.
    Known {
        /// tru.ID's.
        tru_id: VendorStatus,
        /// Twilio's.
        twilio: VendorStatus,
        /// Whether this is a rehearsal, whose own credentials can be filled in.
        rehearsal: bool,
    },
    /// The keyring gave no answer.
    Keyring {
        /// Why.
        fault: FaultKind,
    },
}

/// What came of saving. Unless it is `Saved`, everything is as it was before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum SaveAnswer {
    /// They are saved, and what is asked of the vendor from now on is asked with them.
    Saved {
        /// What is known now.
        status: VendorStatus,
    },
    /// These fields will not do.
    Invalid {
        /// Which, and why.
        problems: Vec<VendorFieldProblem>,
    },
    /// No test of exactly these was passed, and nobody said to save them all the same.
    Untested,
    /// The service's codes have fewer than six digits, which nobody's word makes up for.
    CodeTooShort {
        /// So many.
        digits: u32,
    },
    /// The keyring gave no answer. Where it did not answer in time, it may have taken them still.
    Keyring {
        /// Why.
        fault: FaultKind,
    },
    /// It could not be put on record, and so was undone.
    NotRecorded {
        /// What to tell an admin: the log carries the same.
        reference: String,
        /// False where what was there before could not be put back either: the next start of the
        /// program finds the new ones, and puts that on record.
        undone: bool,
    },
}
