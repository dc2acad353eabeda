//! The people, and what is done to them by those who look after them.
//!
//! Whoever acts is asked about twice: here, before anything is done, and by the store, in the
//! transaction that does it.

mod act;
mod add;
mod csv;
mod list;
mod number;
mod password;
mod recover;
mod registration;
mod set_up;
mod shown;
mod unlock;

pub(crate) use csv::PeopleWork;
pub use csv::{CsvBytes, ExportNumbers};
pub(crate) use number::Proving;
pub use recover::{NewNumber, RecoveredAdmin, RecoveryAnswer};
pub use unlock::UnlockAnswer;

use std::future::Future;

use simgate_domain::UserId;
use simgate_domain::seat::{Person, Seat};
use simgate_store::{Act, Actor, By, Entry, Who};
use uuid::Uuid;

use crate::app::{Answer, App};
use crate::commands::{Command, State};
use crate::contract::words::{ErrorCode, Refusal};
use crate::stage::Scene;

/// Somebody signed in who looks after people.
#[derive(Debug, Clone)]
pub(crate) struct Caretaker {
    /// Who.
    pub person: Person,
}

impl Caretaker {
    pub fn actor(&self) -> Actor {
        Actor::Person {
            user: self.person.user,
            sign_in: self.person.sign_in,
        }
    }
}

impl App {
    /// Does the work of a command for whoever is signed in, once the one door has let them.
    ///
    /// # Errors
    /// As [`App::run`].
    pub(crate) async fn looking_after<T: Send + 'static, F>(
        &self,
        command: Command,
        work: impl FnOnce(Self, Caretaker) -> F + Send + 'static,
    ) -> Answer<T>
    where
        F: Future<Output = Answer<T>> + Send + 'static,
    {
        let app = self.clone();
        self.run(command, async move {
            // The door has asked for the role; who it was is asked of the seat.
            let by = app.caretaker()?;
            work(app, by).await
        })
        .await
    }

    /// Whoever is signed in; nobody in the first set-up, which comes before there is anybody.
    ///
    /// # Errors
    /// [`ErrorCode::NotNow`] where it is neither.
    pub(crate) fn who_sets_up_or_looks_after(&self) -> Answer<Option<Caretaker>> {
        if self.inner.stage.read(Scene::state) == State::FirstRun {
            Ok(None)
        } else {
            self.caretaker().map(Some)
        }
    }

    fn caretaker(&self) -> Answer<Caretaker> {
        let found = self.inner.stage.read(|scene| match &scene.seat {
            Seat::Occupied(at) if !at.facts.password_due => Some(at.person.clone()),
            Seat::Vacant
            | Seat::Identified(_)
            | Seat::Cleared(_)
            | Seat::CodeSent(_)
            | Seat::Answering(_)
            | Seat::Recovering(_)
            | Seat::Occupied(_)
            | Seat::Stopped(_) => None,
        });
        let person = found.ok_or_else(|| Refusal::plain(ErrorCode::NotNow))?;
        Ok(Caretaker { person })
    }

    /// An entry about what a caretaker does to a person.
    pub(crate) fn entry_about(&self, on: UserId, by: &Caretaker, act: Act) -> Entry {
        Entry {
            by: By::User(by.person.user),
            ..self.entry(Who::User(on), Some(by.person.sign_in), act, None)
        }
    }

    /// An entry about what a caretaker does to nobody in particular.
    pub(crate) fn entry_by(&self, by: &Caretaker, act: Act) -> Entry {
        Entry {
            by: By::User(by.person.user),
            ..self.entry(Who::Program, Some(by.person.sign_in), act, None)
        }
    }
}

/// The id that a page sends back.
pub(crate) fn user_of(id: &str) -> Answer<UserId> {
    let parsed = Uuid::try_parse(id);
    parsed
        .map(UserId::new)
        .map_err(|_| Refusal::plain(ErrorCode::BadRequest))
}
