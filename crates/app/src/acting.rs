//! Who acts. The door says it once, and it stays said: by the time that the work of a command comes
//! to its entry in the record, they may have signed out, and somebody else may have signed in.

use std::future::Future;

use simgate_domain::SignInId;
use simgate_domain::seat::Person;
use simgate_store::{Act, By, Entry, Who};

use crate::app::App;

tokio::task_local! {
    static ACTING: Option<Person>;
}

/// The work of a command that this person called, or that was called with nobody signed in.
pub fn by<T>(person: Option<Person>, work: impl Future<Output = T>) -> impl Future<Output = T> {
    ACTING.scope(person, work)
}

impl App {
    /// Whoever called the command whose work this is; outside of one, whoever is here.
    pub(crate) fn whoever_acts(&self) -> Option<Person> {
        ACTING
            .try_with(Clone::clone)
            .unwrap_or_else(|_| self.inner.stage.read(|scene| scene.seat.person().cloned()))
    }

    /// The same, as the record says it.
    pub(crate) fn by_whoever_acts(&self) -> By {
        if self.inner.stage.read(|scene| scene.at_the_console) {
            return By::Console;
        }
        self.whoever_acts()
            .map_or(By::Nobody, |person| By::User(person.user))
    }

    /// An entry of the record about what whoever acts does to the installation.
    pub(crate) fn entry_by_whoever_acts(&self, act: Act) -> Entry {
        let person = self.whoever_acts();
        let who = person
            .as_ref()
            .map_or(Who::Program, |person| Who::User(person.user));
        self.entry(who, sign_in_of(person.as_ref()), act, None)
    }

    /// An entry of the record about `who`, by whoever acts.
    pub(crate) fn entry_about_by_whoever_acts(
        &self,
        who: Who,
        act: Act,
        cause: Option<&'static str>,
    ) -> Entry {
        let sign_in = sign_in_of(self.whoever_acts().as_ref());
        Entry {
            by: self.by_whoever_acts(),
            ..self.entry(who, sign_in, act, cause)
        }
    }
}

fn sign_in_of(person: Option<&Person>) -> Option<SignInId> {
    person.map(|person| person.sign_in)
}
