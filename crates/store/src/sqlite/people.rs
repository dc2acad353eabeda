//! The transactions of those who look after people.

mod act;
mod first;
mod import;
mod list;
mod number;
mod password;
mod recover;

use std::sync::Arc;

use async_trait::async_trait;
use rusqlite::{Connection, Transaction};
use simgate_domain::attempts::Limits;
use simgate_domain::{PhoneNumber, RegistrationMode, Role, SignInId, Timestamp, UserId, Username};
use simgate_record::Progress;

use super::SqliteStore;
use super::fault::Fault;
use super::sign_in::current_member;
use super::table::{sessions, users};
use crate::entry::Entry;
use crate::error::StoreError;
use crate::people::{
    Actor, Added, FirstAdmin, Imported, NewPerson, NumberAnswer, NumberProof, OneTimeHash, People,
    PeoplePage, PeopleQuery, PersonAnswer, PersonChange, PersonDetails, PersonRow, Seen,
    SetupState, Taken,
};
use crate::store::{Closed, NewUser};

pub(super) use number::addressed_member;

/// The role of whoever acts, if they are in a session of theirs at this moment. A password that was
/// handed over has to be changed first.
fn role_of(connection: &Connection, by: Actor) -> Result<Option<Role>, Fault> {
    match by {
        Actor::Console => Ok(Some(Role::Admin)),
        Actor::Person { user, sign_in } => {
            let member = current_member(connection, user, sign_in)?.ok();
            let own = member.filter(|member| !member.one_time);
            let granted = sessions::was_granted(connection, user, sign_in)?;
            Ok(own.filter(|_| granted).map(|member| member.role))
        }
    }
}

/// Whether whoever acts is at least this.
pub(super) fn may(connection: &Connection, by: Actor, least: Role) -> Result<bool, Fault> {
    Ok(role_of(connection, by)?.is_some_and(|role| role >= least))
}

impl Actor {
    pub(super) fn user(self) -> Option<UserId> {
        match self {
            Self::Person { user, .. } => Some(user),
            Self::Console => None,
        }
    }
}

#[async_trait]
impl People for SqliteStore {
    async fn people(&self, query: PeopleQuery, now: Timestamp) -> Result<PeoplePage, StoreError> {
        self.read(move |connection| list::page(connection, &query, now))
            .await
    }

    async fn person(
        &self,
        user: UserId,
        limits: Limits,
        now: Timestamp,
    ) -> Result<Option<PersonDetails>, StoreError> {
        self.read(move |connection| list::details(connection, user, limits, now))
            .await
    }

    async fn person_named(
        &self,
        name: Username,
        limits: Limits,
        now: Timestamp,
    ) -> Result<Option<PersonRow>, StoreError> {
        self.read(move |connection| list::by_name(connection, &name, limits, now))
            .await
    }

    async fn recover_admin(
        &self,
        user: UserId,
        password: OneTimeHash,
        limits: Limits,
        entry: Entry,
    ) -> Result<Option<PersonRow>, StoreError> {
        self.write(Some(entry.at), move |tx| {
            recover::recover(tx, user, &password, limits, entry)
        })
        .await
    }

    async fn change_person(
        &self,
        on: Seen,
        change: PersonChange,
        by: Actor,
        limits: Limits,
        entry: Entry,
    ) -> Result<PersonAnswer, StoreError> {
        self.write(Some(entry.at), move |tx| {
            act::change(tx, on, &change, by, limits, entry)
        })
        .await
    }

    async fn add_person(
        &self,
        new: NewPerson,
        password: OneTimeHash,
        by: Actor,
        limits: Limits,
        entry: Entry,
    ) -> Result<Added, StoreError> {
        self.write(Some(entry.at), move |tx| {
            import::add(tx, &new, &password, by, limits, entry)
        })
        .await
    }

    async fn taken(
        &self,
        names: Vec<(Username, PhoneNumber)>,
    ) -> Result<Vec<(usize, Taken)>, StoreError> {
        self.read(move |connection| import::taken(connection, &names))
            .await
    }

    async fn import_people(
        &self,
        people: Vec<NewPerson>,
        by: Actor,
        entry: Entry,
        progress: Arc<Progress>,
    ) -> Result<Imported, StoreError> {
        let watched = Arc::clone(&progress);
        let imported = self.write(Some(entry.at), move |tx| {
            import::import(tx, &people, by, entry, &watched)
        });
        match imported.await {
            // Whatever ended it, nothing of it was done.
            Err(_) if progress.is_canceled() => Ok(Imported::Canceled),
            imported => imported,
        }
    }

    async fn begin_number_change(
        &self,
        on: Seen,
        change: SignInId,
        number: PhoneNumber,
        by: Actor,
        limits: Limits,
        entry: Entry,
    ) -> Result<NumberAnswer, StoreError> {
        self.write(Some(entry.at), move |tx| {
            number::begin(tx, on, (change, number), by, limits, entry)
        })
        .await
    }

    async fn finish_number_change(
        &self,
        proof: NumberProof,
        by: Actor,
        limits: Limits,
        entry: Entry,
    ) -> Result<NumberAnswer, StoreError> {
        self.write(Some(entry.at), move |tx| {
            number::finish(tx, &proof, by, limits, entry)
        })
        .await
    }

    async fn drop_number_change(&self, user: UserId, change: SignInId) -> Result<(), StoreError> {
        self.write(None, move |tx| number::give_up(tx, user, change))
            .await
    }

    async fn choose_password(
        &self,
        user: UserId,
        sign_in: SignInId,
        hash: String,
        entry: Entry,
    ) -> Result<Result<(), Closed>, StoreError> {
        self.write(Some(entry.at), move |tx| {
            password::choose(tx, user, sign_in, &hash, entry)
        })
        .await
    }

    async fn registration_mode(&self) -> Result<RegistrationMode, StoreError> {
        self.read(first::registration_mode).await
    }

    async fn set_registration_mode(
        &self,
        mode: RegistrationMode,
        by: Actor,
        entry: Entry,
    ) -> Result<bool, StoreError> {
        self.write(Some(entry.at), move |tx| {
            first::set_registration_mode(tx, mode, by, entry)
        })
        .await
    }

    async fn waiting(&self) -> Result<u32, StoreError> {
        self.read(users::waiting).await
    }

    async fn setup_state(&self) -> Result<SetupState, StoreError> {
        self.read(first::state).await
    }

    async fn register_first_admin(
        &self,
        new: NewUser,
        entry: Entry,
    ) -> Result<FirstAdmin, StoreError> {
        self.write(Some(entry.at), move |tx| first::register(tx, &new, entry))
            .await
    }

    async fn withdraw_first_admin(&self, entry: Entry) -> Result<bool, StoreError> {
        self.write(Some(entry.at), move |tx| first::withdraw(tx, entry))
            .await
    }

    async fn finish_set_up(&self, by: Actor, entry: Entry) -> Result<bool, StoreError> {
        self.write(Some(entry.at), move |tx| first::finish(tx, by, entry))
            .await
    }
}

/// The person as they are now, for an answer.
fn row(
    tx: &Transaction,
    user: UserId,
    limits: Limits,
    now: Timestamp,
) -> Result<Box<crate::people::PersonRow>, Fault> {
    let one = users::one(tx, user)?.ok_or(Fault::Call("a person is there no more"))?;
    Ok(Box::new(list::with_locks(one, limits, now)))
}
