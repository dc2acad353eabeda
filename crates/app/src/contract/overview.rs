//! What happened of late, what it cost, and what needs a look.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::record::CostView;
use super::rules::{BudgetView, LooseningView};

/// For whom it is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[ts(export)]
pub struct OverviewForm {
    /// Minutes by which the page's clock is ahead of UTC, -840 to 840: its days are counted.
    pub ahead: i16,
}

/// The overview.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct OverviewView {
    /// When this was counted (RFC 3339, UTC).
    pub at: String,
    /// Today so far.
    pub today: TotalsView,
    /// Today and the six days before it.
    pub week: TotalsView,
    /// Today and the twenty-nine days before it.
    pub month: TotalsView,
    /// The last seven days, oldest first.
    pub days: Vec<DayView>,
    /// Codes sent in the last 24 hours, and how many may be.
    pub budget: BudgetView,
    /// How each part that SIMgate leans on is.
    pub health: Vec<HealthView>,
    /// People who wait for approval.
    pub waiting: u32,
    /// What the rules give up.
    pub loosened: Vec<LooseningView>,
}

/// What happened in a span of time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct TotalsView {
    /// Sessions that began.
    pub sign_ins: u32,
    /// Refusals of each kind; those of which there were none are left out.
    pub stops: Vec<StopCount>,
    /// Codes sent.
    pub codes: u32,
    /// What is known of the cost: one amount for each currency or unit.
    pub cost: Vec<CostView>,
    /// Of it, what the vendors charged for SIM checks, as far as they told.
    pub checks_cost: Vec<CostView>,
    /// Of it, the codes by the prices in force now; null where the rules say none.
    pub codes_cost: Option<CostView>,
    /// Codes sent for which the rules say no price.
    pub unpriced: u32,
}

/// Refusals of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct StopCount {
    /// Which.
    pub kind: StopKind,
    /// How many.
    pub count: u32,
}

/// Why somebody did not get in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum StopKind {
    /// The name or the password was wrong.
    PasswordRefused,
    /// The name was locked.
    Locked,
    /// They were not approved yet.
    NotApproved,
    /// The SIM was changed.
    SimChanged,
    /// The operator could not tell.
    CannotTell,
    /// The code was not sent.
    NotSent,
    /// The code was refused, or its tries used up.
    CodeRefused,
    /// Something that was not foreseen.
    Other,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct DayView {
    /// `YYYY-MM-DD`, of the page's clock.
    pub day: String,
    /// Sessions that began.
    pub sign_ins: u32,
    /// Refusals.
    pub stopped: u32,
}

/// How a part is that SIMgate leans on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct HealthView {
    /// Which.
    pub thing: HealthThing,
    /// How it is.
    pub state: HealthState,
    /// Of a vendor, its last calls; null of everything else, and before the first.
    pub calls: Option<CallsView>,
}

/// What SIMgate leans on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum HealthThing {
    /// tru.ID
    TruId,
    /// Twilio
    Twilio,
    /// The keyring.
    Keyring,
    /// The database.
    Database,
    /// The record.
    Record,
    /// The clock of this machine.
    Clock,
}

/// How it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "snake_case")]
#[ts(export)]
pub enum HealthState {
    /// It works.
    Good,
    /// It needs a look.
    Watch,
    /// It does not work.
    Bad,
    /// It was not asked anything yet.
    Unknown,
}

/// A vendor's last calls, at most 20, since the program started.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(export)]
pub struct CallsView {
    /// Milliseconds that half of them took at the most.
    pub ms: u32,
    /// How many failed.
    pub failed: u32,
    /// Of how many.
    pub of: u32,
    /// When the last one ended (RFC 3339, UTC).
    pub last_at: String,
    /// What is left on the account, as the vendor said last; null where it never did.
    pub balance: Option<CostView>,
}
