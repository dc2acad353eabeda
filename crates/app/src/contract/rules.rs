//! The rules as the page edits them, what is wrong with them, what they give up, and what they would
//! do to somebody now.

use serde::{Deserialize, Deserializer, Serialize};
use ts_rs::TS;

use super::view::SimWord;
use super::words::{CannotTell, ChannelName, RoleName, StopReason};

/// The rules page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RulesPage {
    /// The version in force, which a change names as the one it saw.
    pub version: u32,
    /// When it was set (RFC 3339, UTC).
    pub set_at: String,
    /// Who set it; null where the program itself did, or they are no longer here.
    pub set_by: Option<String>,
    /// The rules.
    pub rules: RulesDraft,
    /// What they give up, in the order of the fields. Empty when nothing is loosened.
    pub loosened: Vec<LooseningView>,
    /// How far each number may be set.
    pub bounds: Vec<NumberBounds>,
}

/// Rules that an admin wants in force.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct RulesForm {
    /// The version that they saw.
    pub version: u32,
    /// The rules.
    pub rules: RulesDraft,
}

/// What came of a change of the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "answer", rename_all = "snake_case")]
#[ts(export)]
pub enum RulesAnswer {
    /// They are in force, from now on and for everyone. A sign-in that was under way goes on under
    /// the stricter of both, point by point.
    Done {
        /// What is in force now.
        page: RulesPage,
    },
    /// Something is wrong; nothing was changed.
    Wrong {
        /// What, in the order of the fields.
        errors: Vec<RulesError>,
    },
    /// Another admin was first; nothing was changed.
    Outdated {
        /// What is in force now.
        page: RulesPage,
    },
}

/// The rules as the page edits them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct RulesDraft {
    /// For staff.
    pub staff: RoleRules,
    /// For supervisors.
    pub supervisor: RoleRules,
    /// For admins.
    pub admin: RoleRules,
    /// For the branch.
    pub branch: BranchRules,
}

/// What is set for each role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct RoleRules {
    /// How far back a change of the SIM counts.
    pub window_minutes: Whole,
    /// How long a number that never passed is in grace; 0 is no grace at all.
    pub grace_days: Whole,
    /// The causes of not knowing that let a code be sent all the same, unchecked.
    pub pass: Vec<CannotTell>,
    /// How long a session lasts with nothing touched. A kiosk in the open has 5.
    pub idle_minutes: Whole,
    /// How long a session lasts at all.
    pub session_minutes: Whole,
}

/// What is set for the branch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct BranchRules {
    /// Wrong passwords that lock a name.
    pub passwords: Whole,
    /// How long a lock lasts.
    pub lock_minutes: Whole,
    /// Wrong codes in a row that lock a person.
    pub codes_in_a_row: Whole,
    /// Wrong codes in all after which only an admin helps.
    pub codes_in_all: Whole,
    /// Codes sent in one sign-in.
    pub sends_in_sign_in: Whole,
    /// Codes sent to one number, and for one person, in ten minutes.
    pub sends_in_ten_minutes: Whole,
    /// The same in 24 hours.
    pub sends_in_a_day: Whole,
    /// SIM checks of one number, and for one person, in ten minutes.
    pub checks_in_ten_minutes: Whole,
    /// The same in 24 hours.
    pub checks_in_a_day: Whole,
    /// People registered on one machine in an hour.
    pub registrations_in_an_hour: Whole,
    /// Codes sent by the whole installation in 24 hours.
    pub code_budget: Whole,
    /// SIM checks asked for by the whole installation in 24 hours.
    pub check_budget: Whole,
    /// The countries whose numbers are allowed (ISO 3166-1 alpha-2); null where all are.
    pub countries: Option<Vec<String>>,
    /// What codes cost, for the overview; null where nobody said.
    pub prices: Option<CodePrices>,
}

/// What one code costs, by the price list of whoever sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct CodePrices {
    /// ISO 4217, as `USD`.
    pub currency: String,
    /// By text, in millionths; null where nobody said.
    pub sms_micros: Option<Whole>,
    /// By call, in millionths; null where nobody said.
    pub voice_micros: Option<Whole>,
}

/// A number as it was typed, however large or small: what is outside its bounds is told at its field,
/// and not taken for a form that cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[ts(as = "u32")]
pub struct Whole(pub u32);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let typed = i64::deserialize(from)?;
        Ok(Self(u32::try_from(typed.max(0)).unwrap_or(u32::MAX)))
    }
}

/// A field of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum RulesField {
    /// How far back a change of the SIM counts, of a role.
    WindowMinutes,
    /// How long a new number is in grace, of a role.
    GraceDays,
    /// How long a session lasts with nothing touched, of a role.
    IdleMinutes,
    /// How long a session lasts at all, of a role.
    SessionMinutes,
    /// Wrong passwords that lock a name.
    Passwords,
    /// How long a lock lasts.
    LockMinutes,
    /// Wrong codes in a row that lock a person.
    CodesInARow,
    /// Wrong codes in all after which only an admin helps.
    CodesInAll,
    /// Codes sent in one sign-in.
    SendsInSignIn,
    /// Codes sent in ten minutes.
    SendsInTenMinutes,
    /// Codes sent in 24 hours.
    SendsInADay,
    /// SIM checks in ten minutes.
    ChecksInTenMinutes,
    /// SIM checks in 24 hours.
    ChecksInADay,
    /// People registered in an hour.
    RegistrationsInAnHour,
    /// Codes of the whole installation in 24 hours.
    CodeBudget,
    /// SIM checks of the whole installation in 24 hours.
    CheckBudget,
    /// The list of countries.
    Countries,
    /// The currency of the prices.
    Currency,
    /// What a code by text costs.
    SmsMicros,
    /// What a code by call costs.
    VoiceMicros,
}

/// How far a number may be set. Those of a role are the same for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct NumberBounds {
    /// Which.
    pub field: RulesField,
    /// The least it may be.
    pub least: u32,
    /// The most it may be.
    pub most: u32,
    /// What every branch begins with: what is looser is a loosening.
    pub by_default: u32,
    /// Whether a smaller number is the looser one.
    pub smaller_is_looser: bool,
}

/// Something that is wrong with the rules as an admin wrote them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RulesError {
    /// Of which role, where the field is one of a role.
    pub role: Option<RoleName>,
    /// At which field.
    pub field: RulesField,
    /// What.
    pub problem: RulesProblem,
}

/// What is wrong with a field of the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum RulesProblem {
    /// It is too small.
    TooSmall {
        /// The least it may be.
        least: u32,
    },
    /// It is too large.
    TooLarge {
        /// The most it may be.
        most: u32,
    },
    /// The list of countries is empty: nobody could sign in.
    NoCountry,
    /// The list names something that is no country with telephones.
    NotACountry,
    /// The number of whoever sets this is of a country that is not in the list: they could not sign
    /// in again.
    ShutsYouOut,
    /// It is not three letters.
    NotACurrency,
}

/// Something that is set looser than it is by default. The page says what it gives up, and the
/// overview as long as it is so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "code", rename_all = "snake_case")]
#[ts(export)]
pub enum LooseningView {
    /// A change of the SIM longer ago than this is not seen, though within the last 7 days.
    ShortWindow {
        /// For whom.
        role: RoleName,
        /// How far back is looked.
        minutes: u32,
    },
    /// A code is sent to a SIM that may have been changed, because nobody could tell.
    Pass {
        /// For whom.
        role: RoleName,
        /// Where this is why.
        cause: CannotTell,
    },
    /// Whoever guesses a password has more tries before the name is locked.
    MorePasswords {
        /// So many.
        tries: u32,
    },
    /// Whoever has codes sent for their own gain can have more of them sent in a day.
    LargeCodeBudget {
        /// So many.
        codes: u32,
    },
    /// The same of SIM checks.
    LargeCheckBudget {
        /// So many.
        checks: u32,
    },
}

/// One version of the rules, for the page that shows how they came to be as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct RulesVersion {
    /// Its number.
    pub version: u32,
    /// When it was set (RFC 3339, UTC).
    pub set_at: String,
    /// Who set it; null where the program itself did, or they are no longer here.
    pub set_by: Option<String>,
    /// The rules.
    pub rules: RulesDraft,
    /// What they give up.
    pub loosened: Vec<LooseningView>,
}

/// What was spent of a daily budget, for the overview.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct BudgetView {
    /// Spent in the last 24 hours.
    pub spent: u32,
    /// What may be spent in 24 hours.
    pub budget: u32,
    /// Whether four fifths of it are spent.
    pub warning: bool,
}

/// The daily budgets of the whole installation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct Budgets {
    /// Of codes.
    pub codes: BudgetView,
    /// Of SIM checks.
    pub checks: BudgetView,
}

/// What a SIM check could say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum SimAnswer {
    /// The SIM was not changed within the window.
    Unchanged,
    /// It was.
    Changed,
    /// Nobody could tell.
    CannotTell {
        /// Why not.
        cause: CannotTell,
    },
}

/// What would happen to a person if they signed in now. No vendor was asked and nothing was counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct WhatIf {
    /// Their name.
    pub username: String,
    /// Their role, whose rules apply.
    pub role: RoleName,
    /// The version of the rules.
    pub version: u32,
    /// How far back a change of their SIM counts.
    pub window_minutes: u32,
    /// The last two digits of their number.
    pub number_ending: String,
    /// How they get codes.
    pub channel: ChannelName,
    /// Whether the number once passed a SIM check with a code: a change of its SIM always stops then.
    pub verified: bool,
    /// Until when the number is in grace (RFC 3339, UTC); null where it is not.
    pub grace_until: Option<String>,
    /// What would stop them whatever the SIM check said, in the order in which it would.
    pub stops: Vec<WouldStop>,
    /// What each answer of the SIM check would lead to, if nothing stopped them before.
    pub answers: Vec<WhatThen>,
}

/// What would stop somebody whatever the SIM check said.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum WouldStop {
    /// The account is switched off.
    Disabled,
    /// There is no password: an admin has to hand one over.
    NoPassword,
    /// The password that was handed over was not used in time.
    PasswordOver,
    /// Wrong passwords have locked the name.
    NameLocked {
        /// Until when (RFC 3339, UTC).
        until: String,
    },
    /// They would be stopped after the password.
    Stopped {
        /// Why.
        reason: StopReason,
        /// Until when, if that is known (RFC 3339, UTC).
        until: Option<String>,
    },
}

/// What one answer of the SIM check would lead to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct WhatThen {
    /// The answer.
    pub answer: SimAnswer,
    /// What it leads to.
    pub then: Then,
}

/// What an answer of the SIM check leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
#[ts(export)]
pub enum Then {
    /// A code is sent.
    Send {
        /// What the sign-in is marked with. Only an unchanged SIM ever verifies the number.
        sim: SimWord,
    },
    /// No code is sent.
    Stop {
        /// From when on it could be otherwise, if that is known (RFC 3339, UTC).
        until: Option<String>,
    },
}
