//! What the rules give up against those that every branch begins with.

use super::Rules;
use super::bounds::{BranchRule, RoleRule};
use crate::role::Role;
use crate::sim::Cause;

/// One thing that is set looser than the default. What is not here cannot be set looser: its default
/// is as loose as the standards let it be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Loosening {
    /// A change of the SIM longer ago than this is not seen, though it is within the last 7 days.
    ShortWindow {
        /// For whom.
        role: Role,
        /// How far back is looked.
        minutes: u32,
    },
    /// A code is sent to a SIM that may have been changed, because nobody could tell.
    Pass {
        /// For whom.
        role: Role,
        /// Where this is why.
        cause: Cause,
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

impl Rules {
    /// Everything that is set looser than the default, in the order of the fields.
    #[must_use]
    pub fn loosened(&self) -> Vec<Loosening> {
        let mut loosened = Vec::new();
        for role in Role::ALL {
            let of = self.draft().of(role);
            let minutes = of.sim_window_minutes;
            let bounds = RoleRule::SimWindow.bounds();
            if bounds.is_looser(minutes, bounds.default) {
                loosened.push(Loosening::ShortWindow { role, minutes });
            }
            let passes = of.passes.iter();
            loosened.extend(passes.map(|&cause| Loosening::Pass { role, cause }));
        }
        let branch = &self.draft().branch;
        let looser = |rule: BranchRule| {
            let (value, bounds) = (rule.of(branch), rule.bounds());
            bounds.is_looser(value, bounds.default).then_some(value)
        };
        let of_the_branch = [
            looser(BranchRule::Passwords).map(|tries| Loosening::MorePasswords { tries }),
            looser(BranchRule::CodeBudget).map(|codes| Loosening::LargeCodeBudget { codes }),
            looser(BranchRule::CheckBudget).map(|checks| Loosening::LargeCheckBudget { checks }),
        ];
        loosened.extend(of_the_branch.into_iter().flatten());
        loosened
    }
}
