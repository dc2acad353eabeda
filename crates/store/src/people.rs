//! The people, as those see them who look after them.
//!
//! Whoever acts on somebody is an [`Actor`]; whether they may is asked in the transaction that does
//! it, besides whatever was asked before. An act carries the version of the person that it saw.
//! Where that is older, nothing is done, and what is true now comes back.

use std::sync::Arc;

use async_trait::async_trait;
use simgate_domain::attempts::Limits;
use simgate_domain::seat::Clearance;
use simgate_domain::{
    Channel, PhoneNumber, RegistrationMode, Role, SignInId, Timestamp, UserId, Username,
    VerificationSid,
};
use simgate_record::Progress;

use crate::entry::Entry;
use crate::error::StoreError;
use crate::store::{Closed, NewUser};

mod list;
mod person;

pub use list::{Find, Mark, MarkKey, PeoplePage, PeopleQuery, Sort};
pub use person::{Came, PasswordKind, PersonDetails, PersonRow};

/// Who acts on somebody's account.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Actor {
    /// Somebody in their session.
    Person {
        /// Who.
        user: UserId,
        /// The sign-in whose session it is.
        sign_in: SignInId,
    },
    /// Somebody at the command line of this machine, who has the database's key.
    Console,
}

/// A person, as whoever acts on them saw them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Who.
    pub user: UserId,
    /// Which version of them.
    pub version: u32,
}

/// A change to somebody's account. See [`simgate_domain::AccountAct`] for what each is to whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonChange {
    /// Lets them sign in.
    Approve,
    /// Keeps them out.
    Disable,
    /// Lets them in again.
    Enable,
    /// Forgets the tries of their password and of their codes. Only an admin opens again what a
    /// hundred wrong codes have closed.
    Unlock,
    /// Gives them a one-time password. The tries of the old one are forgotten.
    ResetPassword(OneTimeHash),
    /// Sends their codes so.
    Channel(Channel),
    /// Makes them this.
    Role(Role),
    /// Takes the account away. What is on record stays, and so does what is known of the number,
    /// which belongs to nobody then.
    Delete,
}

/// A one-time password, as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneTimeHash {
    /// The PHC string of its hash.
    pub hash: String,
    /// Until when it is taken.
    pub until: Timestamp,
}

/// The answer to an act on a person. Nothing was changed unless it is [`PersonAnswer::Done`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PersonAnswer {
    /// It is done; this is the person now. After [`PersonChange::Delete`], as they last were.
    Done(Box<PersonRow>),
    /// Somebody else was first; this is the person now.
    Outdated(Box<PersonRow>),
    /// There is no such person, or no longer.
    Gone,
    /// Whoever acts may not.
    NotAllowed,
    /// It does not follow from the state that the person is in.
    Unfitting,
    /// They are the last admin who is active and has a password of their own.
    LastAdmin,
    /// Nobody does this to themself.
    Yourself,
}

/// A person whom an admin adds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPerson {
    /// Their id, made by the caller.
    pub user: UserId,
    /// Their name.
    pub name: Username,
    /// Their number.
    pub number: PhoneNumber,
    /// How they get codes.
    pub channel: Channel,
    /// What they may do.
    pub role: Role,
}

/// What a name or a number collides with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Taken {
    /// Somebody has that name.
    Name,
    /// Somebody has a name that looks the same.
    LookAlike,
    /// Somebody has that number.
    Number,
}

/// The answer to [`People::add_person`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added {
    /// They are there.
    Done(Box<PersonRow>),
    /// Somebody has that already; nobody was added.
    Taken(Taken),
    /// Whoever acts may not.
    NotAllowed,
}

/// The answer to [`People::import_people`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Imported {
    /// All of them are there.
    Done,
    /// Nobody was added: these, by their place in what was given, collide with somebody who is there
    /// or who stands before them.
    Taken(Vec<(usize, Taken)>),
    /// Somebody wished that it stop; nobody was added.
    Canceled,
    /// Whoever acts may not.
    NotAllowed,
}

/// What proves somebody's new number.
#[derive(Debug, Clone)]
pub struct NumberProof {
    /// Whose.
    pub user: UserId,
    /// The change that was begun.
    pub change: SignInId,
    /// The verification that was approved.
    pub sid: VerificationSid,
    /// What the SIM check before its last send said. Nothing but `Unchanged` will do.
    pub clearance: Clearance,
}

/// The answer to [`People::begin_number_change`] and [`People::finish_number_change`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NumberAnswer {
    /// It is done; this is the person now.
    Done(Box<PersonRow>),
    /// As [`PersonAnswer`] says.
    Not(PersonAnswer),
    /// It is their number already.
    Same,
    /// Somebody else has it.
    Taken,
    /// Another change of this person's number was begun since, or this one is done.
    Superseded,
}

/// How far the first set-up is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SetupState {
    /// There is nobody yet.
    Nobody,
    /// There is somebody, and it was never finished.
    Begun,
    /// It was finished.
    Finished {
        /// When.
        at: Timestamp,
    },
}

/// The answer to [`People::register_first_admin`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstAdmin {
    /// They are there, and their first sign-in has begun.
    Done,
    /// There is somebody, or set-up was finished once.
    NotFirst,
}

/// What looking after people needs done: see [`crate::Store`] for what each call is.
#[async_trait]
pub trait People: Send + Sync {
    /// One page of the people whom `query` finds.
    async fn people(&self, query: PeopleQuery, now: Timestamp) -> Result<PeoplePage, StoreError>;

    /// One person.
    async fn person(
        &self,
        user: UserId,
        limits: Limits,
        now: Timestamp,
    ) -> Result<Option<PersonDetails>, StoreError>;

    /// The person of this name.
    async fn person_named(
        &self,
        name: Username,
        limits: Limits,
        now: Timestamp,
    ) -> Result<Option<PersonRow>, StoreError>;

    /// Makes somebody an admin who can sign in, whatever they were: active, with no tries against
    /// them, and with that one-time password. A session or a sign-in of theirs ends. It is for whoever
    /// has this machine's account and its keyring: nobody in the store is asked, and the last admin is
    /// the very one whom it may be done to. `None` where there is no such person.
    async fn recover_admin(
        &self,
        user: UserId,
        password: OneTimeHash,
        limits: Limits,
        entry: Entry,
    ) -> Result<Option<PersonRow>, StoreError>;

    /// Changes somebody's account, if nobody has since it was seen so. A session or a sign-in of
    /// theirs ends where [`simgate_domain::AccountAct::ends_session`] says so.
    async fn change_person(
        &self,
        on: Seen,
        change: PersonChange,
        by: Actor,
        limits: Limits,
        entry: Entry,
    ) -> Result<PersonAnswer, StoreError>;

    /// Adds a person, who is active and has that one-time password.
    async fn add_person(
        &self,
        new: NewPerson,
        password: OneTimeHash,
        by: Actor,
        limits: Limits,
        entry: Entry,
    ) -> Result<Added, StoreError>;

    /// The first collision of each with somebody who is there, by its place.
    async fn taken(
        &self,
        names: Vec<(Username, PhoneNumber)>,
    ) -> Result<Vec<(usize, Taken)>, StoreError>;

    /// Adds all of these people or none. They are active, and have no password before they are given
    /// one. It may be stopped until the last of them is there.
    async fn import_people(
        &self,
        people: Vec<NewPerson>,
        by: Actor,
        entry: Entry,
        progress: Arc<Progress>,
    ) -> Result<Imported, StoreError>;

    /// Begins a change of somebody's number, in place of one that was begun before. From here
    /// [`crate::Store::live`], `reserve_check`, `reserve_send`, `note_sent` and
    /// `reserve_code_attempt` take `change` as they take a sign-in, and are about the new number.
    /// It opens no session. The new number is noted as seen, if it never was.
    async fn begin_number_change(
        &self,
        on: Seen,
        change: SignInId,
        number: PhoneNumber,
        by: Actor,
        limits: Limits,
        entry: Entry,
    ) -> Result<NumberAnswer, StoreError>;

    /// The new number is theirs, and verified: it was proved as any number is, by an unchanged SIM
    /// and a code. The old one is nobody's; what is known of it stays. Wrong codes are forgotten.
    /// A proof with no code counted, or on another clearance, is a mistake of the caller and fails.
    async fn finish_number_change(
        &self,
        proof: NumberProof,
        by: Actor,
        limits: Limits,
        entry: Entry,
    ) -> Result<NumberAnswer, StoreError>;

    /// The change is given up.
    async fn drop_number_change(&self, user: UserId, change: SignInId) -> Result<(), StoreError>;

    /// Gives a person the password that they chose, in their session. The tries of the old one are
    /// forgotten, and the session stays.
    async fn choose_password(
        &self,
        user: UserId,
        sign_in: SignInId,
        hash: String,
        entry: Entry,
    ) -> Result<Result<(), Closed>, StoreError>;

    /// Who may register. Before set-up is finished, whoever comes; afterwards, what an admin said, or
    /// by approval.
    async fn registration_mode(&self) -> Result<RegistrationMode, StoreError>;

    /// Says who may register. False, and nothing changed, where whoever acts may not.
    async fn set_registration_mode(
        &self,
        mode: RegistrationMode,
        by: Actor,
        entry: Entry,
    ) -> Result<bool, StoreError>;

    /// How many people wait for approval.
    async fn waiting(&self) -> Result<u32, StoreError>;

    /// How far the first set-up is.
    async fn setup_state(&self) -> Result<SetupState, StoreError>;

    /// Adds the first admin and begins their first sign-in, where there is nobody and set-up was
    /// never finished.
    async fn register_first_admin(
        &self,
        new: NewUser,
        entry: Entry,
    ) -> Result<FirstAdmin, StoreError>;

    /// Takes the first admin away again, who could not prove their phone: only while set-up is not
    /// finished and no session was ever granted. False where that is not so.
    async fn withdraw_first_admin(&self, entry: Entry) -> Result<bool, StoreError>;

    /// Set-up is finished, for ever. False where whoever acts is no admin, or it was before.
    async fn finish_set_up(&self, by: Actor, entry: Entry) -> Result<bool, StoreError>;
}
