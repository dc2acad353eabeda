//! An admin who is let in again, by whoever has the account of this machine and its keyring.
//!
//! It skips no factor: they get a password for one sign-in, with its SIM check and its code, and choose
//! their own before anything else is open to them.

use simgate_domain::{Channel, PhoneNumber, Role, UserId, Username};
use simgate_store::{Act, Actor, Added, NewPerson, OneTimeHash, Store, Taken, Who};

use crate::app::Answer;
use crate::console::Console;
use crate::contract::people::{OneTimeText, PersonRow};
use crate::contract::words::{ErrorCode, Field, Refusal};
use crate::opening::NotReady;

/// The number of an admin who is to be added.
#[derive(Clone, PartialEq, Eq)]
pub struct NewNumber {
    /// As typed.
    pub phone: String,
    /// The country for a number typed without `+` (ISO 3166-1 alpha-2).
    pub country: String,
}

/// An admin who can sign in again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecoveredAdmin {
    /// Who.
    pub person: PersonRow,
    /// Whether they were added just now.
    pub added: bool,
    /// The password to hand over. It is shown this once.
    pub one_time_password: OneTimeText,
}

/// What came of it. Nothing was changed unless it is `Done`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecoveryAnswer {
    /// They can sign in.
    Done(RecoveredAdmin),
    /// Nobody has set this installation up: its first admin is made there.
    NotBegun,
    /// There is nobody of that name, and no number was given to add them with.
    Nobody,
    /// There is somebody of that name, who has a number already.
    IsThere,
}

impl Console {
    /// Makes somebody an admin who can sign in: active, unlocked, and with a one-time password. With a
    /// number, somebody who is not there yet is added.
    ///
    /// # Errors
    /// What is no name or no number; [`ErrorCode::UsernameTaken`] by one that looks the same;
    /// [`ErrorCode::PhoneTaken`]; [`ErrorCode::PhoneCountryNotAllowed`]; and what was not foreseen.
    pub async fn recover_admin(
        &self,
        name: &str,
        number: Option<NewNumber>,
    ) -> Answer<RecoveryAnswer> {
        let (app, store) = (&self.app, self.app.open_store()?);
        let name = Username::parse(name)?;
        let number = number.map(|new| PhoneNumber::parse(&new.phone, &new.country));
        let number = number.transpose()?;
        number
            .as_ref()
            .map_or(Ok(()), |number| app.allowed(number))?;
        if !self.is_anybody_here(&*store).await? {
            return Ok(RecoveryAnswer::NotBegun);
        }
        let now = app.inner.clock.now();
        let found = store.person_named(name.clone(), app.limits(), now).await;
        let found = found.map_err(|error| app.unforeseen("looking for a person", &error))?;
        match (found, number) {
            (None, None) => Ok(RecoveryAnswer::Nobody),
            (Some(_), Some(_)) => Ok(RecoveryAnswer::IsThere),
            (Some(found), None) => self.let_in_again(&*store, found.user).await,
            (None, Some(number)) => self.add_admin(&*store, name, number).await,
        }
    }

    async fn let_in_again(&self, store: &dyn Store, user: UserId) -> Answer<RecoveryAnswer> {
        let app = &self.app;
        let (one_time_password, hash) = self.one_time_password(store).await?;
        let entry = self.entry(Who::User(user), Act::AdminRecovered);
        let person = store.recover_admin(user, hash, app.limits(), entry).await;
        let person = person.map_err(|error| app.unforeseen("letting an admin in again", &error))?;
        Ok(person.map_or(RecoveryAnswer::Nobody, |person| {
            RecoveryAnswer::Done(RecoveredAdmin {
                person: (&person).into(),
                added: false,
                one_time_password,
            })
        }))
    }

    async fn add_admin(
        &self,
        store: &dyn Store,
        name: Username,
        number: PhoneNumber,
    ) -> Answer<RecoveryAnswer> {
        let app = &self.app;
        let user = app.new_id().map(UserId::new)?;
        let new = NewPerson {
            user,
            name,
            number,
            channel: Channel::Sms,
            role: Role::Admin,
        };
        let (one_time_password, hash) = self.one_time_password(store).await?;
        let mut entry = self.entry(Who::User(user), Act::PersonAdded);
        entry.detail = Some(format!("role {}", Role::Admin));
        let added = store
            .add_person(new, hash, Actor::Console, app.limits(), entry)
            .await
            .map_err(|error| app.unforeseen("adding an admin", &error))?;
        let taken = |field, code| Refusal {
            field: Some(field),
            ..Refusal::plain(code)
        };
        match added {
            Added::Done(person) => Ok(RecoveryAnswer::Done(RecoveredAdmin {
                person: (&*person).into(),
                added: true,
                one_time_password,
            })),
            Added::Taken(Taken::Name | Taken::LookAlike) => {
                Err(taken(Field::Username, ErrorCode::UsernameTaken))
            }
            Added::Taken(Taken::Number) => Err(taken(Field::Phone, ErrorCode::PhoneTaken)),
            Added::NotAllowed => Err(Refusal::plain(ErrorCode::NotAllowed)),
        }
    }

    async fn one_time_password(&self, store: &dyn Store) -> Answer<(OneTimeText, OneTimeHash)> {
        let hashing = self.app.hashing(store).await.map_err(|not_ready| {
            let why = match not_ready {
                NotReady::Fault(_, detail) => detail,
                NotReady::NotSetUp(missing) => format!("{missing:?} missing"),
            };
            self.app.unforeseen("preparing to hash", &why)
        })?;
        self.app.one_time_password(&hashing).await
    }
}
