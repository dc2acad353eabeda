//! What an admin may set from the counter, and what it does.

use simgate_app::contract::rules::{
    BranchRules, RoleRules, RulesAnswer, RulesDraft, RulesForm, RulesPage, Whole,
};
use simgate_rehearsal::{Call, NumberRule};

use crate::branch::{Branch, days};

mod budgets;
mod limits;
mod page;
mod sim;
mod what_if;

/// A number that the stand-ins say no operator answers for.
const SILENT: &str = "+447700900190";
const CHANGED: NumberRule = NumberRule::Changed {
    within_minutes: Some(30),
};

async fn rules(branch: &Branch) -> RulesPage {
    branch.app.rules_page().await.expect("the rules")
}

async fn answer(branch: &Branch, version: u32, rules: RulesDraft) -> RulesAnswer {
    let form = RulesForm { version, rules };
    branch.app.set_rules(form).await.expect("an answer")
}

/// The admin at the counter sets other rules; they hold at once.
pub async fn set(branch: &Branch, change: impl FnOnce(&mut RulesDraft)) -> RulesPage {
    let page = rules(branch).await;
    let mut rules = page.rules;
    change(&mut rules);
    let answer = answer(branch, page.version, rules).await;
    let RulesAnswer::Done { page: now } = answer else {
        panic!("the rules are within their bounds: {answer:?}");
    };
    assert_eq!(now.version, page.version + 1);
    now
}

/// An admin comes, sets other rules, and leaves.
async fn set_by_admin(branch: &Branch, change: impl FnOnce(&mut RulesDraft)) {
    branch.admin_back().await;
    set(branch, change).await;
    branch.leave().await;
}

/// A branch with these rules since the day before, on which nothing has happened yet.
async fn branch_with(change: impl FnOnce(&mut RulesDraft)) -> Branch {
    let branch = Branch::with_admin().await;
    set(&branch, change).await;
    branch.leave().await;
    branch.wait(days(1)).await;
    branch.vendors.clear_ledger();
    branch
}

/// The windows that the operator was asked about for a number, in minutes.
fn periods(branch: &Branch, number: &str) -> Vec<u64> {
    let asked = branch.requests(Call::SimCheck).into_iter();
    let asked = asked.map(|request| {
        let body = serde_json::from_str(&request.body_text());
        body.expect("the question")
    });
    asked
        .filter(|body: &serde_json::Value| body["phone_number"] == number)
        .map(|body| body["period"].as_u64().expect("a period"))
        .collect()
}

/// A form of the rules that every branch begins with, as somebody sends it who has seen them.
pub fn default_rules() -> RulesForm {
    let role = RoleRules {
        window_minutes: Whole(10_080),
        grace_days: Whole(7),
        pass: Vec::new(),
        idle_minutes: Whole(15),
        session_minutes: Whole(720),
    };
    RulesForm {
        version: 1,
        rules: RulesDraft {
            staff: role.clone(),
            supervisor: role.clone(),
            admin: role,
            branch: BranchRules {
                passwords: Whole(5),
                lock_minutes: Whole(30),
                codes_in_a_row: Whole(10),
                codes_in_all: Whole(100),
                sends_in_sign_in: Whole(3),
                sends_in_ten_minutes: Whole(5),
                sends_in_a_day: Whole(10),
                checks_in_ten_minutes: Whole(10),
                checks_in_a_day: Whole(30),
                registrations_in_an_hour: Whole(5),
                code_budget: Whole(100),
                check_budget: Whole(300),
                countries: None,
                prices: None,
            },
        },
    }
}
