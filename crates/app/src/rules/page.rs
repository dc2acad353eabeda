//! Looking at the rules and setting others.

use simgate_domain::{Rules, rules};
use simgate_store::{Act, Actor, Entry, RulesChange, RulesSet, Store, Who};

use super::shown;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::rules::{
    BudgetView, Budgets, RulesAnswer, RulesError, RulesField, RulesForm, RulesPage, RulesProblem,
    RulesVersion,
};
use crate::contract::words::{ErrorCode, Refusal};
use crate::people::Caretaker;

/// Versions on one page of the history.
const HISTORY: u32 = 20;

impl App {
    /// The rules in force, how far each may be set, and what they give up.
    ///
    /// # Errors
    /// As the door.
    pub async fn rules_page(&self) -> Answer<RulesPage> {
        let app = self.clone();
        self.run(Command::RULES_PAGE, async move {
            let kept = app.kept_rules(&*app.open_store()?).await?;
            Ok(shown::page(kept))
        })
        .await
    }

    /// Puts other rules in force, for everyone and at once. In the first set-up nobody has to be
    /// signed in for it.
    ///
    /// # Errors
    /// As the door. What is wrong with the rules, and that another admin was first, is an answer.
    pub async fn set_rules(&self, form: RulesForm) -> Answer<RulesAnswer> {
        let app = self.clone();
        self.run(Command::SET_RULES, async move {
            let by = app.who_sets_up_or_looks_after()?;
            app.change_rules(form, by.as_ref()).await
        })
        .await
    }

    async fn change_rules(&self, form: RulesForm, by: Option<&Caretaker>) -> Answer<RulesAnswer> {
        let store = self.open_store()?;
        let seen = form.version;
        let next = seen.checked_add(1);
        let next = next.ok_or_else(|| Refusal::plain(ErrorCode::BadRequest))?;
        let new = match rules::Draft::from(form.rules).check(next) {
            Ok(new) => new,
            Err(wrong) => {
                let errors = wrong.into_iter().map(RulesError::from).collect();
                return Ok(RulesAnswer::Wrong { errors });
            }
        };
        if by.is_some_and(|by| !new.allows(&by.person.number)) {
            let errors = vec![RulesError {
                role: None,
                field: RulesField::Countries,
                problem: RulesProblem::ShutsYouOut,
            }];
            return Ok(RulesAnswer::Wrong { errors });
        }
        let loosened = !new.loosened().is_empty();
        let entry = Entry {
            cause: loosened.then_some("loosened"),
            detail: Some(format!("version {next}")),
            ..by.map_or_else(
                || self.entry(Who::Program, None, Act::RulesSet, None),
                |by| self.entry_by(by, Act::RulesSet),
            )
        };
        let actor = by.map_or(Actor::Console, Caretaker::actor);
        let changed = store
            .set_rules(seen, new.clone(), actor, entry)
            .await
            .map_err(|error| self.unforeseen("setting the rules", &error))?;
        match changed {
            RulesChange::Done => {
                tracing::info!(version = new.version(), loosened, "the rules were set");
                self.put_in_force(new);
                let page = shown::page(self.kept_rules(&*store).await?);
                Ok(RulesAnswer::Done { page })
            }
            RulesChange::NotAllowed => Err(Refusal::plain(ErrorCode::NotAllowed)),
            RulesChange::Outdated => {
                let kept = self.kept_rules(&*store).await?;
                // Another program was: what it set holds here, too.
                self.put_in_force(kept.rules.clone());
                let page = shown::page(kept);
                Ok(RulesAnswer::Outdated { page })
            }
        }
    }

    /// The rules that were in force before the version `before`, newest first, at most 20.
    ///
    /// # Errors
    /// As the door.
    pub async fn rules_history(&self, before: u32) -> Answer<Vec<RulesVersion>> {
        let app = self.clone();
        self.run(Command::RULES_HISTORY, async move {
            let tools = app.tools()?;
            let versions = tools.store.rules_before(before, HISTORY).await;
            let versions =
                versions.map_err(|error| app.unforeseen("reading the rules of before", &error))?;
            Ok(versions.into_iter().map(shown::version).collect())
        })
        .await
    }

    /// What was spent of the daily budgets.
    ///
    /// # Errors
    /// As the door.
    pub async fn budgets(&self) -> Answer<Budgets> {
        let app = self.clone();
        self.run(Command::BUDGETS, async move {
            let spent = app.tools()?.store.spent(app.inner.clock.now()).await;
            let spent = spent.map_err(|error| app.unforeseen("reading what was spent", &error))?;
            let limits = app.rules_in_force().limits();
            Ok(Budgets {
                codes: budget(spent.codes, limits.code_budget),
                checks: budget(spent.checks, limits.check_budget),
            })
        })
        .await
    }

    async fn kept_rules(&self, store: &dyn Store) -> Answer<RulesSet> {
        let kept: Option<RulesSet> = store
            .current_rules()
            .await
            .map_err(|error| self.unforeseen("reading the rules", &error))?;
        kept.ok_or_else(|| self.unforeseen("reading the rules", &"there are none"))
    }

    fn put_in_force(&self, new: Rules) {
        self.inner.rules.replace_if_newer(new);
        // Whoever looks sees at once how long their session may last now.
        self.inner.stage.change(|_scene| ());
    }
}

fn budget(spent: u32, budget: u32) -> BudgetView {
    BudgetView {
        spent,
        budget,
        warning: spent >= simgate_domain::attempts::Limits::warning_at(budget),
    }
}
