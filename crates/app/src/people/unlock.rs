//! Unlocking somebody at the command line of this machine.

use simgate_domain::Username;
use simgate_store::{Act, Actor, PersonChange, Seen, Who};

use crate::app::Answer;
use crate::console::Console;
use crate::contract::people::PersonRow;

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum UnlockAnswer {
    /// The tries against them are forgotten.
    Done {
        /// The person now.
        person: PersonRow,
        /// Whether anything had locked them.
        was_locked: bool,
    },
    /// There is nobody of that name.
    Nobody,
}

impl Console {
    /// Forgets the tries of somebody's password and of their codes, whatever they have locked.
    ///
    /// # Errors
    /// What is no name; and what was not foreseen.
    pub async fn unlock_person(&self, name: &str) -> Answer<UnlockAnswer> {
        let (app, store) = (&self.app, self.app.open_store()?);
        let (now, limits) = (app.inner.clock.now(), app.limits());
        let found = store
            .person_named(Username::parse(name)?, limits, now)
            .await;
        let found = found.map_err(|error| app.unforeseen("looking for a person", &error))?;
        let Some(found) = found else {
            return Ok(UnlockAnswer::Nobody);
        };
        let on = Seen {
            user: found.user,
            version: found.version,
        };
        let entry = self.entry(Who::User(found.user), Act::PersonUnlocked);
        let answer = store
            .change_person(on, PersonChange::Unlock, Actor::Console, limits, entry)
            .await
            .map_err(|error| app.unforeseen("unlocking a person", &error))?;
        match answer {
            simgate_store::PersonAnswer::Done(person) => Ok(UnlockAnswer::Done {
                person: (&*person).into(),
                was_locked: found.locked,
            }),
            simgate_store::PersonAnswer::Gone => Ok(UnlockAnswer::Nobody),
            // The folder is ours alone, and whoever has the key may.
            simgate_store::PersonAnswer::Outdated(_)
            | simgate_store::PersonAnswer::Unfitting
            | simgate_store::PersonAnswer::LastAdmin
            | simgate_store::PersonAnswer::Yourself
            | simgate_store::PersonAnswer::NotAllowed => {
                Err(app.unforeseen("unlocking a person", &"the database refused"))
            }
        }
    }
}
