//! The stricter of two sets of rules.

use super::Rules;
use super::bounds::{Bounds, BranchRule, RoleRule};
use crate::role::Role;

impl Rules {
    /// At each point the stricter of both. The version is the later one's, and so are the prices,
    /// which stop nobody.
    ///
    /// Lists of countries that have none in common leave none: no number is allowed then.
    #[must_use]
    pub fn stricter(&self, other: &Self) -> Self {
        let (older, newer) = if self.version <= other.version {
            (self, other)
        } else {
            (other, self)
        };
        let mut strict = newer.clone();
        for role in Role::ALL {
            let (old, new) = (older.draft.of(role), strict.draft.of_mut(role));
            for rule in RoleRule::ALL {
                rule.set(new, stricter(rule.of(old), rule.of(new), rule.bounds()));
            }
            new.passes.retain(|cause| old.passes.contains(cause));
        }
        let (old, new) = (&older.draft.branch, &mut strict.draft.branch);
        for rule in BranchRule::ALL {
            rule.set(new, stricter(rule.of(old), rule.of(new), rule.bounds()));
        }
        strict.countries = match (&older.countries, &newer.countries) {
            (None, countries) | (countries, None) => countries.clone(),
            (Some(one), Some(other)) => Some(one & other),
        };
        let codes = strict.countries.iter().flatten();
        let codes = codes.map(|country| country.iso()).collect();
        new.countries = strict.countries.as_ref().map(|_| codes);
        strict
    }
}

const fn stricter(one: u32, other: u32, bounds: Bounds) -> u32 {
    if bounds.is_looser(one, other) {
        other
    } else {
        one
    }
}
