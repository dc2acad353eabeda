//! What an admin writes, and what is wrong with it.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::Rules;
use super::bounds::{Bounds, BranchRule, RoleRule};
use super::price::{Currency, DEAREST_MICROS};
use crate::phone::Country;
use crate::role::Role;
use crate::sim::Cause;

/// The rules as an admin writes them, and as they are stored. Not yet held against any bound.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draft {
    /// For staff.
    pub staff: RoleDraft,
    /// For supervisors.
    pub supervisor: RoleDraft,
    /// For admins.
    pub admin: RoleDraft,
    /// For the branch.
    pub branch: BranchDraft,
}

/// What is set for each role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleDraft {
    /// See [`RoleRule::SimWindow`].
    pub sim_window_minutes: u32,
    /// See [`RoleRule::Grace`].
    pub grace_days: u32,
    /// The causes of *cannot tell* that let a code be sent all the same.
    pub passes: BTreeSet<Cause>,
    /// See [`RoleRule::Idle`].
    pub idle_minutes: u32,
    /// See [`RoleRule::Session`].
    pub session_minutes: u32,
}

/// What is set for the branch as a whole. Each number is told of at its [`BranchRule`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each number is told of at its rule")]
pub struct BranchDraft {
    pub passwords: u32,
    pub lock_minutes: u32,
    pub codes_in_a_row: u32,
    pub codes_in_all: u32,
    pub sends_in_sign_in: u32,
    pub sends_in_ten_minutes: u32,
    pub sends_in_a_day: u32,
    pub checks_in_ten_minutes: u32,
    pub checks_in_a_day: u32,
    pub registrations: u32,
    pub code_budget: u32,
    pub check_budget: u32,
    /// The countries whose numbers are allowed (ISO 3166-1 alpha-2); `None` where all are.
    pub countries: Option<Vec<String>>,
    /// What codes cost, for the overview.
    pub prices: Option<PricesDraft>,
}

/// What one code costs, by the vendor's price list. SIMgate reckons with it and never pays by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PricesDraft {
    /// ISO 4217, as `USD`.
    pub currency: String,
    /// By text, in millionths.
    pub sms_micros: Option<u32>,
    /// By call, in millionths.
    pub voice_micros: Option<u32>,
}

impl Default for RoleDraft {
    fn default() -> Self {
        Self {
            sim_window_minutes: RoleRule::SimWindow.bounds().default,
            grace_days: RoleRule::Grace.bounds().default,
            passes: BTreeSet::new(),
            idle_minutes: RoleRule::Idle.bounds().default,
            session_minutes: RoleRule::Session.bounds().default,
        }
    }
}

impl Default for BranchDraft {
    fn default() -> Self {
        Self {
            passwords: BranchRule::Passwords.bounds().default,
            lock_minutes: BranchRule::Lock.bounds().default,
            codes_in_a_row: BranchRule::CodesInARow.bounds().default,
            codes_in_all: BranchRule::CodesInAll.bounds().default,
            sends_in_sign_in: BranchRule::SendsInSignIn.bounds().default,
            sends_in_ten_minutes: BranchRule::SendsInTenMinutes.bounds().default,
            sends_in_a_day: BranchRule::SendsInADay.bounds().default,
            checks_in_ten_minutes: BranchRule::ChecksInTenMinutes.bounds().default,
            checks_in_a_day: BranchRule::ChecksInADay.bounds().default,
            registrations: BranchRule::Registrations.bounds().default,
            code_budget: BranchRule::CodeBudget.bounds().default,
            check_budget: BranchRule::CheckBudget.bounds().default,
            countries: None,
            prices: None,
        }
    }
}

/// One thing that is wrong with a draft, and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wrong {
    /// Where.
    pub field: Field,
    /// What.
    pub why: Why,
}

/// A place in a draft.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// A number of a role.
    Role(Role, RoleRule),
    /// A number of the branch.
    Branch(BranchRule),
    /// The list of countries.
    Countries,
    /// The currency of the prices.
    Currency,
    /// What a code by text costs.
    SmsPrice,
    /// What a code by call costs.
    VoicePrice,
}

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// It is less than this.
    TooSmall {
        /// The least it may be.
        least: u32,
    },
    /// It is more than this.
    TooLarge {
        /// The most it may be.
        most: u32,
    },
    /// The list allows no country: nobody could sign in.
    NoCountry,
    /// The list names something that is no country with telephones.
    NotACountry,
    /// It is not three letters.
    NotACurrency,
}

impl Draft {
    /// What is set for a role.
    #[must_use]
    pub const fn of(&self, role: Role) -> &RoleDraft {
        match role {
            Role::Staff => &self.staff,
            Role::Supervisor => &self.supervisor,
            Role::Admin => &self.admin,
        }
    }

    /// The same, to be changed.
    pub const fn of_mut(&mut self, role: Role) -> &mut RoleDraft {
        match role {
            Role::Staff => &mut self.staff,
            Role::Supervisor => &mut self.supervisor,
            Role::Admin => &mut self.admin,
        }
    }

    /// The rules that this draft makes, as the given version.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the fields.
    pub fn check(mut self, version: u32) -> Result<Rules, Vec<Wrong>> {
        let mut wrong = Vec::new();
        for role in Role::ALL {
            for rule in RoleRule::ALL {
                let field = Field::Role(role, rule);
                wrong.extend(outside(field, rule.of(self.of(role)), rule.bounds()));
            }
        }
        for rule in BranchRule::ALL {
            let field = Field::Branch(rule);
            wrong.extend(outside(field, rule.of(&self.branch), rule.bounds()));
        }
        let countries = countries_of(&mut self.branch, &mut wrong);
        let currency = currency_of(&mut self.branch, &mut wrong);
        if wrong.is_empty() {
            Ok(Rules {
                version,
                draft: self,
                countries,
                currency,
            })
        } else {
            Err(wrong)
        }
    }
}

fn outside(field: Field, value: u32, bounds: Bounds) -> Option<Wrong> {
    let Bounds { least, most, .. } = bounds;
    let why = if value < least {
        Why::TooSmall { least }
    } else if value > most {
        Why::TooLarge { most }
    } else {
        return None;
    };
    Some(Wrong { field, why })
}

/// The countries, which are brought into one order and spelling on the way.
fn countries_of(branch: &mut BranchDraft, wrong: &mut Vec<Wrong>) -> Option<BTreeSet<Country>> {
    // There are 245 countries with telephones.
    const LONGEST: usize = 300;
    let written = branch.countries.as_mut()?;
    let read: Option<BTreeSet<Country>> = written
        .iter()
        .take(LONGEST + 1)
        .map(|iso| Country::parse(iso))
        .collect();
    let read = read.filter(|_| written.len() <= LONGEST);
    let why = match read {
        Some(countries) if !countries.is_empty() => {
            *written = countries.iter().map(|country| country.iso()).collect();
            return Some(countries);
        }
        Some(_empty) => Why::NoCountry,
        None => Why::NotACountry,
    };
    let field = Field::Countries;
    wrong.push(Wrong { field, why });
    None
}

fn currency_of(branch: &mut BranchDraft, wrong: &mut Vec<Wrong>) -> Option<Currency> {
    let prices = branch.prices.as_mut()?;
    let currency = Currency::parse(&prices.currency);
    match currency {
        Some(currency) => currency.iso().clone_into(&mut prices.currency),
        None => wrong.push(Wrong {
            field: Field::Currency,
            why: Why::NotACurrency,
        }),
    }
    let amounts = [
        (Field::SmsPrice, prices.sms_micros),
        (Field::VoicePrice, prices.voice_micros),
    ];
    for (field, micros) in amounts {
        if micros.is_some_and(|micros| micros > DEAREST_MICROS) {
            let most = DEAREST_MICROS;
            let why = Why::TooLarge { most };
            wrong.push(Wrong { field, why });
        }
    }
    currency
}
