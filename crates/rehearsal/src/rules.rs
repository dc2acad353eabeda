//! How the project at tru.ID and the service at Twilio are set up.

use serde::Deserialize;

use crate::phones::Channel;

/// A rule that no vendor would take.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadRule(&'static str);

/// The project at tru.ID. As JSON, a field that is left out has its default.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ProjectRule {
    /// What its tokens may be good for. One that is asked for anything else is refused with
    /// `invalid_scope`. By default all that tru.ID knows.
    pub scopes: Vec<String>,
    /// What is left on its account, in millionths; 1 000 000 whole ones by default.
    pub balance_micros: u64,
    /// What a check that completes costs, in millionths; one whole by default.
    pub charge_micros: u64,
    /// What both are counted in: `API` (the default), `USD`, `GBP` or `EUR`.
    pub currency: String,
}

/// Scopes tru.ID knows (its `Scope` and `OAuth2Scope`).
pub(crate) const SCOPES: [&str; 9] = [
    "phone_check",
    "sim_check",
    "subscriber_check",
    "console",
    "workspaces",
    "projects",
    "balance",
    "payments",
    "coverage",
];
/// The currencies of tru.ID's `Currency`.
const CURRENCIES: [&str; 4] = ["API", "USD", "GBP", "EUR"];

impl Default for ProjectRule {
    fn default() -> Self {
        Self {
            scopes: SCOPES.map(str::to_owned).to_vec(),
            balance_micros: 1_000_000_000_000,
            charge_micros: 1_000_000,
            currency: CURRENCIES[0].to_owned(),
        }
    }
}

impl ProjectRule {
    pub(crate) fn check(&self) -> Result<(), BadRule> {
        let known = |scope: &String| SCOPES.contains(&scope.as_str());
        if !self.scopes.iter().all(known) {
            return Err(BadRule("tru.ID knows no such scope"));
        }
        if !CURRENCIES.contains(&self.currency.as_str()) {
            return Err(BadRule("tru.ID counts in no such currency"));
        }
        Ok(())
    }
}

/// The Verify service at Twilio. As JSON, a field that is left out has its default.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServiceRule {
    /// How many digits the codes have that are sent from now on: 4 to 10, 6 by default.
    pub code_length: usize,
    /// The ways it sends by, both by default. A send by another is refused with 60223.
    pub channels: Vec<Channel>,
}

impl Default for ServiceRule {
    fn default() -> Self {
        Self {
            code_length: 6,
            channels: vec![Channel::Sms, Channel::Call],
        }
    }
}

impl ServiceRule {
    pub(crate) fn check(&self) -> Result<(), BadRule> {
        if (4..=10).contains(&self.code_length) {
            Ok(())
        } else {
            Err(BadRule("Twilio's codes have 4 to 10 digits"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_vendor_would_take_is_refused() {
        assert_eq!(ProjectRule::default().check(), Ok(()));
        assert_eq!(ServiceRule::default().check(), Ok(()));
        let scopes = vec!["sim_checks".to_owned()];
        let project = ProjectRule {
            scopes,
            ..ProjectRule::default()
        };
        assert!(project.check().is_err());
        let project = ProjectRule {
            currency: "CHF".to_owned(),
            ..ProjectRule::default()
        };
        assert!(project.check().is_err());
        for code_length in [0, 3, 11] {
            let service = ServiceRule {
                code_length,
                ..ServiceRule::default()
            };
            assert!(service.check().is_err(), "{code_length}");
        }
    }
}
