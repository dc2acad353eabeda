//! The rules in force: read when the program opens, replaced at once when an admin sets others.
//!
//! Every step of a sign-in and of a session is decided by the rules that are in force when the step
//! begins, but never by looser ones than those under which the sign-in began: where both differ, the
//! stricter holds, point by point. What is put on record is the later version.

mod page;
mod shown;
mod what_if;

use std::sync::{Arc, PoisonError, RwLock};

use simgate_domain::attempts::Limits;
use simgate_domain::seat::SessionLimits;
use simgate_domain::{PhoneNumber, Role, Rules};
use simgate_store::{Act, Actor, RulesChange, RulesSet, Store, StoreError, Who};

use crate::app::{Answer, App};
use crate::contract::rules::LooseningView;
use crate::contract::words::{ErrorCode, Field, Refusal};
use crate::stage::Scene;

/// Where the rules in force are kept.
#[derive(Default)]
pub struct InForce(RwLock<Arc<Rules>>);

impl InForce {
    fn read(&self) -> Arc<Rules> {
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Whatever is in force: another database has other rules.
    fn replace(&self, rules: Rules) {
        *self.0.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(rules);
    }

    /// Rules that another call has put in force meanwhile and are newer stay.
    fn replace_if_newer(&self, rules: Rules) {
        let mut in_force = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if rules.version() > in_force.version() {
            *in_force = Arc::new(rules);
        }
    }
}

impl App {
    /// The rules in force.
    pub(crate) fn rules_in_force(&self) -> Arc<Rules> {
        self.inner.rules.read()
    }

    /// The rules that hold for whoever is on the seat; those in force where nobody is. Locks the
    /// scene.
    pub(crate) fn rules(&self) -> Arc<Rules> {
        self.inner.stage.read(|scene| self.rules_on(scene))
    }

    fn rules_on(&self, scene: &Scene) -> Arc<Rules> {
        let now = self.rules_in_force();
        match &scene.under {
            Some(began) if began.version() != now.version() => Arc::new(began.stricter(&now)),
            Some(_) | None => now,
        }
    }

    /// Whether the rules in force let somebody be here with this number.
    ///
    /// # Errors
    /// [`ErrorCode::PhoneCountryNotAllowed`] at its field.
    pub(crate) fn allowed(&self, number: &PhoneNumber) -> Answer<()> {
        let allowed = self.rules_in_force().allows(number);
        allowed
            .then_some(())
            .ok_or_else(|| Refusal::at(Field::Phone, ErrorCode::PhoneCountryNotAllowed))
    }

    /// What the rules in force give up.
    pub(crate) fn loosened(&self) -> Vec<LooseningView> {
        let loosened = self.rules_in_force().loosened();
        loosened.into_iter().map(LooseningView::from).collect()
    }

    /// How often something may be tried by whoever is on the seat.
    pub(crate) fn limits(&self) -> Limits {
        self.rules().limits()
    }

    /// How long the session on the seat may last.
    pub(crate) fn session_limits_on(&self, scene: &Scene) -> SessionLimits {
        let role = scene
            .seat
            .person()
            .map_or(Role::Staff, |person| person.role);
        self.rules_on(scene).session(role)
    }

    /// Reads the rules from the store, at the opening. Where there are none yet, those that every
    /// branch begins with are put there, so that what decided is on record from the first.
    pub(crate) async fn take_up_rules(&self, store: &dyn Store) -> Result<(), StoreError> {
        let kept = match store.current_rules().await? {
            Some(kept) => kept.rules,
            None => self.first_rules(store).await?,
        };
        tracing::info!(version = kept.version(), "the rules in force");
        self.inner.rules.replace(kept);
        Ok(())
    }

    async fn first_rules(&self, store: &dyn Store) -> Result<Rules, StoreError> {
        let first = Rules::default();
        let entry = self.entry(Who::Program, None, Act::RulesSet, Some("first"));
        match store
            .set_rules(0, first.clone(), Actor::Console, entry)
            .await?
        {
            RulesChange::Done => Ok(first),
            // Another program was first.
            RulesChange::Outdated | RulesChange::NotAllowed => {
                let kept: Option<RulesSet> = store.current_rules().await?;
                Ok(kept.map_or(first, |kept| kept.rules))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use simgate_domain::rules::Draft;

    use super::*;

    #[test]
    fn rules_do_not_fall_back_to_an_older_version() {
        let version = |version| Draft::default().check(version).expect("within the bounds");
        let in_force = InForce::default();
        for (put, holds) in [(3, 3), (2, 3), (3, 3), (4, 4)] {
            in_force.replace_if_newer(version(put));
            assert_eq!(in_force.read().version(), holds, "{put}");
        }
        in_force.replace(version(1));
        assert_eq!(in_force.read().version(), 1, "those of another database");
    }
}
