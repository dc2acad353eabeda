//! What an admin may set: how far back a change of SIM counts, what passes where nobody can tell,
//! how often something may be tried, how long a session lasts.
//!
//! [`Draft`] is what an admin writes, [`Draft::check`] holds it against the bounds, and [`Rules`] is
//! what came through, under a version that every decision records. The bounds ([`bounds`]) are such
//! that nothing can be set looser than the standards let it be. What is looser than the default is a
//! [`Loosening`], and is named wherever an admin looks.
//!
//! A sign-in that is under way while the rules are changed goes on under the stricter of both, point
//! by point: [`Rules::stricter`].

use std::collections::BTreeSet;
use std::time::Duration;

use crate::attempts::Limits;
use crate::channel::Channel;
use crate::phone::{Country, PhoneNumber};
use crate::policy::SimPolicy;
use crate::role::Role;
use crate::seat::SessionLimits;
use crate::sim::SimWindow;

pub mod bounds;
mod draft;
mod loosening;
mod price;
mod stored;
mod stricter;
#[cfg(test)]
mod tests;

pub use bounds::{Bounds, BranchRule, Looser, RoleRule};
pub use draft::{BranchDraft, Draft, Field, PricesDraft, RoleDraft, Why, Wrong};
pub use loosening::Loosening;
pub use price::{Currency, Price};
pub use stored::Unreadable;

/// Everything an admin may set, within its bounds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    version: u32,
    draft: Draft,
    countries: Option<BTreeSet<Country>>,
    currency: Option<Currency>,
}

impl Default for Rules {
    /// What every branch begins with: version 1.
    fn default() -> Self {
        Self {
            version: 1,
            draft: Draft::default(),
            countries: None,
            currency: None,
        }
    }
}

impl Rules {
    /// Grows by one with each change, from 1.
    #[must_use]
    pub fn version(&self) -> u32 {
        self.version
    }

    /// The same as an admin would write it.
    #[must_use]
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// What decides whether a code may be sent to somebody of this role.
    ///
    /// # Panics
    /// Never: the window was checked.
    #[must_use]
    pub fn sim(&self, role: Role) -> SimPolicy {
        let of = self.draft.of(role);
        SimPolicy {
            window: SimWindow::from_minutes(of.sim_window_minutes).expect("the window was checked"),
            grace: Duration::from_secs(u64::from(of.grace_days) * 86_400),
            passes: of.passes.clone(),
        }
    }

    /// How long a session of this role may last.
    #[must_use]
    pub fn session(&self, role: Role) -> SessionLimits {
        let of = self.draft.of(role);
        SessionLimits {
            idle: minutes(of.idle_minutes),
            longest: minutes(of.session_minutes),
        }
    }

    /// How often something may be tried.
    #[must_use]
    pub fn limits(&self) -> Limits {
        let of = &self.draft.branch;
        Limits {
            passwords: of.passwords,
            lock: minutes(of.lock_minutes),
            codes_in_a_row: of.codes_in_a_row,
            codes_in_all: of.codes_in_all,
            sends_in_sign_in: of.sends_in_sign_in,
            sends_in_ten_minutes: of.sends_in_ten_minutes,
            sends_in_a_day: of.sends_in_a_day,
            checks_in_ten_minutes: of.checks_in_ten_minutes,
            checks_in_a_day: of.checks_in_a_day,
            registrations_in_an_hour: of.registrations,
            code_budget: of.code_budget,
            check_budget: of.check_budget,
        }
    }

    /// Whether a number of its country may be checked and be sent codes. A number of which nobody
    /// knows the country is allowed only where every country is.
    #[must_use]
    pub fn allows(&self, number: &PhoneNumber) -> bool {
        let Some(countries) = &self.countries else {
            return true;
        };
        number
            .country()
            .is_some_and(|country| countries.contains(&country))
    }

    /// The countries whose numbers are allowed; `None` where all are.
    #[must_use]
    pub fn countries(&self) -> Option<&BTreeSet<Country>> {
        self.countries.as_ref()
    }

    /// What one code costs, where an admin said so.
    #[must_use]
    pub fn price(&self, channel: Channel) -> Option<Price> {
        let prices = self.draft.branch.prices.as_ref()?;
        let micros = match channel {
            Channel::Sms => prices.sms_micros,
            Channel::Voice => prices.voice_micros,
        };
        Some(Price {
            micros: micros?,
            currency: self.currency?,
        })
    }
}

fn minutes(minutes: u32) -> Duration {
    Duration::from_secs(u64::from(minutes) * 60)
}
