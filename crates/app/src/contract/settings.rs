//! The vendors' settings: what the page sends, and what it is told. No secret is ever told.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::args::Typed;
use super::words::{CannotTell, ChannelName, CodeProblem, FaultKind, SendProblem, VendorName};

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

/// Which file is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum VendorFile {
    /// `tru.json`, which tru.ID's command line writes.
    TruJson,
    /// The `.env` of the tutorial.
    DotEnv,
}

/// A file that is imported.
#[derive(Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct VendorFileForm {
    /// What it is.
    pub file: VendorFile,
    /// All of its text.
    #[ts(type = "string")]
    pub text: Typed,
}

/// Why a file was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum VendorFileProblem {
    /// More than 64 KiB.
    TooLong,
    /// `tru.json`: not JSON, or cut short.
    NotJson,
    /// `tru.json`: JSON of something else.
    SomethingElse,
    /// `tru.json`: a project without credentials.
    NoCredentials,
    /// `tru.json`: a client id that cannot be one.
    ClientId,
    /// `tru.json`: a client secret that cannot be one.
    ClientSecret,
    /// `tru.json`: a region that does not exist.
    Region,
    /// `.env`: a line that is not `NAME=value`.
    Line,
    /// `.env`: a quote without an end.
    Quote,
    /// `.env`: a name that stands there twice.
    Twice,
    /// `.env`: a value that cannot be what its name says.
    Form,
    /// `.env`: none of our names, or nothing behind them.
    NothingFound,
}

/// What came of an import. What was found is held by the program until it is saved or dropped, and
/// does not go through the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum VendorFileAnswer {
    /// These fields are filled in now.
    Filled {
        /// Which.
        fields: Vec<FilledField>,
        /// False where the file says that the project may not check SIMs; null where it does not say.
        may_check_sims: Option<bool>,
    },
    /// Nothing was taken.
    NotTaken {
        /// Why.
        problem: VendorFileProblem,
        /// Where in a `.env`.
        line: Option<u32>,
        /// At which name of a `.env`.
        name: Option<String>,
    },
    /// The keyring gave no answer.
    Keyring {
        /// Why.
        fault: FaultKind,
    },
}

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
