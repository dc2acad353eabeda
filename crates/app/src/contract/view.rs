//! What a screen is given: everything it may show, and nothing else.

use serde::Serialize;
use ts_rs::TS;

use super::words::{
    CannotTell, ChannelName, FaultKind, Language, RoleName, SendProblem, StopReason, VendorName,
};

/// One state of the program as the page sees it. The page shows it and keeps no state of its own
/// beyond what is being typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Snapshot {
    /// Grows by one whenever the view changes. A page drops a snapshot older than the one it shows.
    pub revision: u32,
    /// True when the stand-ins answer instead of the vendors.
    pub rehearsal: bool,
    /// What the branch is called, if an admin said so.
    pub branch: Option<String>,
    /// The languages that are offered, the one that screens begin in first; empty for all of them.
    pub languages: Vec<Language>,
    /// True while somebody who is signed in proves themself anew: their session is put by.
    pub proving: bool,
    /// The first admin was added, and set-up is not finished: until then nobody else registers.
    pub set_up_begun: bool,
    /// The screen and what is true on it.
    pub view: View,
}

/// The screens. Times named `...In` are whole seconds from the moment the snapshot was taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(
    tag = "screen",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
#[ts(export)]
pub enum View {
    /// The keyring and the database are being opened.
    Starting,
    /// Nobody has set this installation up yet.
    FirstRun(FirstRunView),
    /// The keyring holds no credentials for these vendors any more.
    NotSetUp {
        /// The vendors that lack credentials.
        missing: Vec<VendorName>,
    },
    /// The program cannot work at all until someone mends this.
    Fault {
        /// What is wrong.
        kind: FaultKind,
        /// What to tell an admin: the log carries the same.
        reference: String,
    },
    /// Nobody is signed in: the sign-in and the registration forms.
    SignIn {
        /// Why the last person's session ended, if it did just now and not by their own act.
        ended: Option<SessionEnd>,
    },
    /// The password was right and the operator is being asked. Nothing to press for ten seconds.
    CheckingSim {
        /// The last two digits of the number.
        number_ending: String,
        /// True once the SIM has passed and the code is on its way to the vendor.
        sending: bool,
        /// How the code will be sent.
        channel: ChannelName,
    },
    /// A code was sent and is waited for.
    Code(CodeView),
    /// Sign-in stopped. Only the way back is open.
    Stopped(StoppedView),
    /// Somebody is signed in with a password they were given, and must choose their own.
    ChoosePassword(ChoosePasswordView),
    /// Somebody is signed in.
    Counter(CounterView),
}

/// How far the first set-up is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct FirstRunView {
    /// The vendors that still lack credentials.
    pub missing: Vec<VendorName>,
    /// Whether the branch has a name.
    pub branch_named: bool,
}

/// The screen on which a password that was given gives way to one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct ChoosePasswordView {
    /// The name as its owner wrote it.
    pub username: String,
    /// Seconds until the session ends if nothing is touched.
    pub idle_in: u32,
}

/// Why a session ended without its person ending it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SessionEnd {
    /// Nothing was touched for the idle time.
    Idle,
    /// The longest time a session may last is over.
    TooLong,
    /// The account was changed or disabled meanwhile.
    AccountChanged,
    /// The name was locked by wrong passwords: whoever is at the desk may not be its person.
    Locked,
}

/// The screen that takes the code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CodeView {
    /// The last two digits of the number the code went to.
    pub number_ending: String,
    /// How the last code was sent.
    pub channel: ChannelName,
    /// What the SIM check said before this code was sent.
    pub sim: SimWord,
    /// Seconds until the code is no longer taken.
    pub expires_in: u32,
    /// Wrong codes that may still be typed in this sign-in.
    pub tries_left: u32,
    /// True when the last code typed was wrong.
    pub wrong: bool,
    /// Seconds until the code may be sent again, 0 when it may be now; null when no send is left.
    pub send_again_in: Option<u32>,
    /// Why the last wish to send again was not met, if it was not; the code sent before still counts.
    pub send_problem: Option<SendProblem>,
}

/// What the SIM check said, where it let the code be sent, or what stood in for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum SimWord {
    /// The SIM was not changed within the window.
    Unchanged,
    /// Nobody could tell, and an admin's rules let that pass.
    Unchecked,
    /// It was, but this number is new here and in its first seven days.
    ChangedInGrace,
    /// It was not asked about: a recovery code stood in for the SIM check and the code.
    Recovered,
}

/// The screen that says why no code was sent, or why a code was not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct StoppedView {
    /// Which station of the gate stopped.
    pub station: Station,
    /// Whether the SIM station was passed before: a stop at the code may come before any check.
    pub sim_passed: bool,
    /// Why, in a code that the page has words for.
    pub reason: StopReason,
    /// What to show a supervisor.
    pub reference: String,
    /// The last two digits of the number, once the password was right.
    pub number_ending: Option<String>,
    /// The moment from which it may work again, if that is known (RFC 3339, UTC).
    pub until: Option<String>,
    /// Seconds after which trying again makes sense, if that is known.
    pub retry_in: Option<u32>,
    /// Seconds until this screen gives way to the sign-in, unless somebody keeps it.
    pub leaves_in: u32,
    /// The window that was asked about, in whole days, for the words of a changed SIM.
    pub window_days: u32,
    /// Whom to call, as the branch's admin put it.
    pub call: Option<String>,
}

/// The three stations of the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum Station {
    /// The password.
    Password,
    /// The SIM check.
    Sim,
    /// The code.
    Code,
}

/// The counter: who is signed in and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CounterView {
    /// The name as its owner wrote it.
    pub username: String,
    /// What they may do.
    pub role: RoleName,
    /// Seconds for which what is sensitive asks for no new proof; 0 when it does.
    pub fresh_for: u32,
    /// The last two digits of their number.
    pub number_ending: String,
    /// When this session began (RFC 3339, UTC).
    pub signed_in_at: String,
    /// How this session's code was sent; null where a recovery code stood in for it.
    pub channel: Option<ChannelName>,
    /// What this session's SIM check said.
    pub sim: SimWord,
    /// The sign-in before this one; null when this is the first.
    pub last: Option<LastSignIn>,
    /// Refused passwords for this name since the last sign-in, this sign-in's own included; a right
    /// one against a lock is among them.
    pub failed_passwords: u32,
    /// Wrong codes since the last sign-in, this sign-in's own included.
    pub failed_codes: u32,
    /// The latest of those failures (RFC 3339, UTC).
    pub last_failure_at: Option<String>,
    /// Seconds until the session ends if nothing is touched.
    pub idle_in: u32,
    /// When the session ends at the latest (RFC 3339, UTC).
    pub ends_at: String,
}

/// How somebody signed in the time before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct LastSignIn {
    /// When (RFC 3339, UTC).
    pub at: String,
    /// How the code was sent; null where a recovery code stood in for it.
    pub channel: Option<ChannelName>,
    /// What the SIM check said.
    pub sim: SimWord,
}

/// The live preview under the phone field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PhonePreview {
    /// The number as it will be used (E.164), when it is one.
    pub e164: Option<String>,
    /// The same, spaced for reading.
    pub readable: Option<String>,
    /// What is wrong with it, when it is not.
    pub problem: Option<super::words::ErrorCode>,
}

/// The live strength line under the password field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PasswordRating {
    /// Characters typed, as the rule counts them (Unicode code points after NFC).
    pub length: u32,
    /// Characters the rule asks for.
    pub needed: u32,
    /// zxcvbn's score, 0 to 4.
    pub score: u32,
    /// True when the password would be accepted as it is.
    pub accepted: bool,
    /// Why it would not be.
    pub problem: Option<super::words::ErrorCode>,
}

/// A message on the rehearsal's phone, newest last.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct PhoneMessage {
    /// The number it came to (E.164; rehearsal numbers are nobody's).
    pub to: String,
    /// Text or call.
    pub channel: ChannelName,
    /// What it says.
    pub text: String,
    /// The code in it.
    pub code: String,
    /// When it came (RFC 3339, UTC).
    pub at: String,
}

/// Why the operator's answer could not be had, for the stop that names it.
impl From<CannotTell> for StopReason {
    fn from(cause: CannotTell) -> Self {
        Self::CannotTell { cause }
    }
}
