//! From the rules to what the page edits, and back.

use simgate_domain::rules::{
    Bounds, BranchDraft, BranchRule, Draft, Field, Loosening, Looser, PricesDraft, RoleDraft,
    RoleRule, Why, Wrong,
};
use simgate_store::RulesSet;

use crate::contract::rules::{
    BranchRules, CodePrices, LooseningView, NumberBounds, RoleRules, RulesDraft, RulesError,
    RulesField, RulesPage, RulesProblem, RulesVersion, Whole,
};

/// The page of the rules in force.
pub(super) fn page(kept: RulesSet) -> RulesPage {
    let RulesVersion {
        version,
        set_at,
        set_by,
        rules,
        loosened,
    } = version(kept);
    RulesPage {
        version,
        set_at,
        set_by,
        rules,
        loosened,
        bounds: bounds(),
    }
}

/// One version.
pub(super) fn version(kept: RulesSet) -> RulesVersion {
    let loosened = kept.rules.loosened();
    RulesVersion {
        version: kept.rules.version(),
        set_at: kept.at.to_string(),
        set_by: kept.name,
        rules: kept.rules.draft().clone().into(),
        loosened: loosened.into_iter().map(LooseningView::from).collect(),
    }
}

fn bounds() -> Vec<NumberBounds> {
    let of_roles = RoleRule::ALL.map(|rule| (role_field(rule), rule.bounds()));
    let of_the_branch = BranchRule::ALL.map(|rule| (branch_field(rule), rule.bounds()));
    let all = of_roles.into_iter().chain(of_the_branch);
    all.map(|(field, bounds): (RulesField, Bounds)| NumberBounds {
        field,
        least: bounds.least,
        most: bounds.most,
        by_default: bounds.default,
        smaller_is_looser: bounds.looser == Looser::Smaller,
    })
    .collect()
}

const fn role_field(rule: RoleRule) -> RulesField {
    match rule {
        RoleRule::SimWindow => RulesField::WindowMinutes,
        RoleRule::Grace => RulesField::GraceDays,
        RoleRule::Idle => RulesField::IdleMinutes,
        RoleRule::Session => RulesField::SessionMinutes,
    }
}

const fn branch_field(rule: BranchRule) -> RulesField {
    match rule {
        BranchRule::Passwords => RulesField::Passwords,
        BranchRule::Lock => RulesField::LockMinutes,
        BranchRule::CodesInARow => RulesField::CodesInARow,
        BranchRule::CodesInAll => RulesField::CodesInAll,
        BranchRule::SendsInSignIn => RulesField::SendsInSignIn,
        BranchRule::SendsInTenMinutes => RulesField::SendsInTenMinutes,
        BranchRule::SendsInADay => RulesField::SendsInADay,
        BranchRule::ChecksInTenMinutes => RulesField::ChecksInTenMinutes,
        BranchRule::ChecksInADay => RulesField::ChecksInADay,
        BranchRule::Registrations => RulesField::RegistrationsInAnHour,
        BranchRule::CodeBudget => RulesField::CodeBudget,
        BranchRule::CheckBudget => RulesField::CheckBudget,
    }
}

impl From<Wrong> for RulesError {
    fn from(wrong: Wrong) -> Self {
        let (role, field) = match wrong.field {
            Field::Role(whose, rule) => (Some(whose.into()), role_field(rule)),
            Field::Branch(rule) => (None, branch_field(rule)),
            Field::Countries => (None, RulesField::Countries),
            Field::Currency => (None, RulesField::Currency),
            Field::SmsPrice => (None, RulesField::SmsMicros),
            Field::VoicePrice => (None, RulesField::VoiceMicros),
        };
        let problem = match wrong.why {
            Why::TooSmall { least } => RulesProblem::TooSmall { least },
            Why::TooLarge { most } => RulesProblem::TooLarge { most },
            Why::NoCountry => RulesProblem::NoCountry,
            Why::NotACountry => RulesProblem::NotACountry,
            Why::NotACurrency => RulesProblem::NotACurrency,
        };
        Self {
            role,
            field,
            problem,
        }
    }
}

impl From<Loosening> for LooseningView {
    fn from(loosening: Loosening) -> Self {
        match loosening {
            Loosening::ShortWindow { role, minutes } => Self::ShortWindow {
                role: role.into(),
                minutes,
            },
            Loosening::Pass { role, cause } => Self::Pass {
                role: role.into(),
                cause: cause.into(),
            },
            Loosening::MorePasswords { tries } => Self::MorePasswords { tries },
            Loosening::LargeCodeBudget { codes } => Self::LargeCodeBudget { codes },
            Loosening::LargeCheckBudget { checks } => Self::LargeCheckBudget { checks },
        }
    }
}

impl From<Draft> for RulesDraft {
    fn from(draft: Draft) -> Self {
        Self {
            staff: draft.staff.into(),
            supervisor: draft.supervisor.into(),
            admin: draft.admin.into(),
            branch: draft.branch.into(),
        }
    }
}

impl From<RulesDraft> for Draft {
    fn from(draft: RulesDraft) -> Self {
        Self {
            staff: draft.staff.into(),
            supervisor: draft.supervisor.into(),
            admin: draft.admin.into(),
            branch: draft.branch.into(),
        }
    }
}

impl From<RoleDraft> for RoleRules {
    fn from(draft: RoleDraft) -> Self {
        Self {
            window_minutes: Whole(draft.sim_window_minutes),
            grace_days: Whole(draft.grace_days),
            pass: draft.passes.into_iter().map(Into::into).collect(),
            idle_minutes: Whole(draft.idle_minutes),
            session_minutes: Whole(draft.session_minutes),
        }
    }
}

impl From<RoleRules> for RoleDraft {
    fn from(rules: RoleRules) -> Self {
        Self {
            sim_window_minutes: rules.window_minutes.0,
            grace_days: rules.grace_days.0,
            passes: rules.pass.into_iter().map(Into::into).collect(),
            idle_minutes: rules.idle_minutes.0,
            session_minutes: rules.session_minutes.0,
        }
    }
}

impl From<BranchDraft> for BranchRules {
    fn from(draft: BranchDraft) -> Self {
        Self {
            passwords: Whole(draft.passwords),
            lock_minutes: Whole(draft.lock_minutes),
            codes_in_a_row: Whole(draft.codes_in_a_row),
            codes_in_all: Whole(draft.codes_in_all),
            sends_in_sign_in: Whole(draft.sends_in_sign_in),
            sends_in_ten_minutes: Whole(draft.sends_in_ten_minutes),
            sends_in_a_day: Whole(draft.sends_in_a_day),
            checks_in_ten_minutes: Whole(draft.checks_in_ten_minutes),
            checks_in_a_day: Whole(draft.checks_in_a_day),
            registrations_in_an_hour: Whole(draft.registrations),
            code_budget: Whole(draft.code_budget),
            check_budget: Whole(draft.check_budget),
            countries: draft.countries,
            prices: draft.prices.map(|prices| CodePrices {
                currency: prices.currency,
                sms_micros: prices.sms_micros.map(Whole),
                voice_micros: prices.voice_micros.map(Whole),
            }),
        }
    }
}

impl From<BranchRules> for BranchDraft {
    fn from(rules: BranchRules) -> Self {
        Self {
            passwords: rules.passwords.0,
            lock_minutes: rules.lock_minutes.0,
            codes_in_a_row: rules.codes_in_a_row.0,
            codes_in_all: rules.codes_in_all.0,
            sends_in_sign_in: rules.sends_in_sign_in.0,
            sends_in_ten_minutes: rules.sends_in_ten_minutes.0,
            sends_in_a_day: rules.sends_in_a_day.0,
            checks_in_ten_minutes: rules.checks_in_ten_minutes.0,
            checks_in_a_day: rules.checks_in_a_day.0,
            registrations: rules.registrations_in_an_hour.0,
            code_budget: rules.code_budget.0,
            check_budget: rules.check_budget.0,
            countries: rules.countries,
            prices: rules.prices.map(|prices| PricesDraft {
                currency: prices.currency,
                sms_micros: prices.sms_micros.map(|micros| micros.0),
                voice_micros: prices.voice_micros.map(|micros| micros.0),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use simgate_domain::rules::Draft;

    use super::*;

    /// What the page is given comes back as it was.
    #[test]
    fn rules_go_to_the_page_and_back() {
        let mut draft = Draft::default();
        for (at, rule) in (0..).zip(RoleRule::ALL) {
            rule.set(&mut draft.supervisor, rule.bounds().least + at % 2);
        }
        draft.staff.passes = simgate_domain::Cause::ALL.into_iter().collect();
        for rule in BranchRule::ALL {
            rule.set(&mut draft.branch, rule.bounds().least + 1);
        }
        draft.branch.countries = Some(vec!["ES".to_owned(), "GB".to_owned()]);
        draft.branch.prices = Some(PricesDraft {
            currency: "EUR".to_owned(),
            sms_micros: Some(7),
            voice_micros: None,
        });
        let shown = RulesDraft::from(draft.clone());
        let text = serde_json::to_string(&shown).expect("plain fields");
        let typed: RulesDraft = serde_json::from_str(&text).expect("the same fields");
        assert_eq!(Draft::from(typed), draft);
    }

    /// Numbers beyond any bound are held to be told at their field; what is no whole number is no form.
    #[test]
    fn numbers_are_taken_however_large() {
        let text =
            serde_json::to_string(&RulesDraft::from(Draft::default())).expect("plain fields");
        let with = |number: &str| {
            let typed = text.replacen("\"graceDays\":7", &format!("\"graceDays\":{number}"), 1);
            serde_json::from_str::<RulesDraft>(&typed).map(|draft| draft.staff.grace_days.0)
        };
        let table = [
            ("7", Some(7)),
            ("-1", Some(0)),
            ("4294967296", Some(u32::MAX)),
            ("1.5", None),
            ("\"7\"", None),
            ("null", None),
        ];
        for (number, expected) in table {
            assert_eq!(with(number).ok(), expected, "{number}");
        }
        assert!(text.contains("\"graceDays\":7"), "{text}");
    }

    #[test]
    fn every_number_has_its_bounds_once() {
        let fields: Vec<_> = bounds().iter().map(|bounds| bounds.field).collect();
        let distinct: std::collections::HashSet<_> = fields.iter().collect();
        assert_eq!((fields.len(), distinct.len()), (16, 16));
    }
}
