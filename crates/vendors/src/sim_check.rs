//! Asking whether the SIM behind a number was changed.

use async_trait::async_trait;
use simgate_domain::{CannotTell, Money, PhoneNumber, SimOutcome, SimWindow};

/// Someone who knows whether the SIM behind a number was changed.
#[async_trait]
pub trait SimCheck: Send + Sync {
    /// One SIM check on the number: was its SIM changed within the window, counted back from now?
    ///
    /// Never fails: what could not be known is an outcome. Ends within 10 seconds. A check that
    /// completed is billed, so nothing is asked twice.
    async fn check(&self, number: &PhoneNumber, window: SimWindow) -> SimReport;

    /// Opens ahead of time what [`SimCheck::check`] will need, so that a person waits for one
    /// round trip only. Costs nothing. Failures are left for the check to report.
    async fn warm_up(&self);
}

/// What came of a SIM check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimReport {
    /// What the operator says, or why it does not.
    pub outcome: SimOutcome,
    /// The vendor's own name for the check, for the log and for talking to the vendor: 1 to 64
    /// characters of visible ASCII. `None` where no check was made.
    pub check_id: Option<String>,
    /// What the vendor says it charged for this check. `None` where it does not say so in a way
    /// that can be read; what the SIM check said does not depend on it.
    pub cost: Option<Money>,
    /// What the vendor says was left on our account after it, under the same terms.
    pub balance: Option<Money>,
}

impl SimReport {
    /// The report of a check that was not made.
    pub(crate) fn unknown(cause: CannotTell) -> Self {
        Self {
            outcome: SimOutcome::Unknown { cause },
            check_id: None,
            cost: None,
            balance: None,
        }
    }
}
