//! The verbs of whoever looks after people.

use simgate_domain::attempts::Limits;
use simgate_domain::seat::Clearance;
use simgate_domain::{Channel, NameBeginning, PhoneNumber, Role, Timestamp, UserId, Username};
use simgate_store::{
    Act, Actor, Added, Find, FirstAdmin, NewPerson, NewUser, OneTimeHash, People, PeoplePage,
    PeopleQuery, PersonAnswer, PersonChange, PersonDetails, PersonRow, Seen, Sort, Who,
};

use super::{Kit, Person, days, new_sign_in, new_user, number};

/// Everyone, by name.
pub fn everyone() -> PeopleQuery {
    PeopleQuery {
        find: Find::Everyone,
        state: None,
        role: None,
        locked: false,
        sort: Sort::Name,
        descending: false,
        after: None,
        limit: 50,
        limits: Limits::DEFAULT,
    }
}

/// Whoever has a part of their name that begins so.
pub fn named(typed: &str) -> PeopleQuery {
    let beginning = NameBeginning::parse(typed).unwrap().unwrap();
    PeopleQuery {
        find: Find::Name(beginning),
        ..everyone()
    }
}

pub fn new_person(typed: &str, e164: &str, role: Role) -> NewPerson {
    NewPerson {
        user: new_user(),
        name: Username::parse(typed).unwrap(),
        number: number(e164),
        channel: Channel::Sms,
        role,
    }
}

pub const ADMINS_NUMBER: &str = "+447700900190";

impl Person {
    pub fn acting(self) -> Actor {
        Actor::Person {
            user: self.user,
            sign_in: self.sign_in,
        }
    }
}

impl Kit {
    /// The first admin, in their session.
    pub async fn admin(&self) -> Person {
        let (first, admin) = self.first_admin("admin.one", ADMINS_NUMBER).await;
        assert_eq!(first, FirstAdmin::Done);
        self.signed_in(admin, Clearance::Unchanged).await;
        admin
    }

    pub async fn first_admin(&self, typed: &str, e164: &str) -> (FirstAdmin, Person) {
        let admin = Person {
            user: new_user(),
            sign_in: new_sign_in(),
        };
        let new = NewUser {
            user: admin.user,
            name: Username::parse(typed).unwrap(),
            password_hash: "$argon2id$first".to_owned(),
            number: number(e164),
            channel: Channel::Sms,
            state: simgate_domain::AccountState::Active,
            sign_in: admin.sign_in,
        };
        let entry = self.entry(Who::User(admin.user), Act::Registered);
        let first = self.store.register_first_admin(new, entry).await.unwrap();
        (first, admin)
    }

    /// Somebody of that role whom an admin added, in a session of theirs, with a password of their
    /// own.
    pub async fn colleague(&self, by: Person, typed: &str, e164: &str, role: Role) -> Person {
        let user = self.added(by, typed, e164, role).await.user;
        let person = self
            .back(Person {
                user,
                sign_in: new_sign_in(),
            })
            .await;
        let session = self.signed_in(person, Clearance::Unchanged).await;
        assert!(session.must_choose_password);
        self.choose(person, "$argon2id$own").await.unwrap();
        person
    }

    pub async fn choose(&self, person: Person, hash: &str) -> Result<(), simgate_store::Closed> {
        let entry = self.entry(Who::User(person.user), Act::PasswordChosen);
        let chosen =
            self.store
                .choose_password(person.user, person.sign_in, hash.to_owned(), entry);
        chosen.await.unwrap()
    }

    pub fn one_time(&self) -> OneTimeHash {
        OneTimeHash {
            hash: "$argon2id$one_time".to_owned(),
            until: self.now().plus(days(1)),
        }
    }

    pub async fn add(&self, by: Actor, new: NewPerson) -> Added {
        let entry = self.entry(Who::User(new.user), Act::PersonAdded);
        let added = self
            .store
            .add_person(new, self.one_time(), by, self.limits(), entry);
        added.await.unwrap()
    }

    pub async fn added(&self, by: Person, typed: &str, e164: &str, role: Role) -> PersonRow {
        let added = self.add(by.acting(), new_person(typed, e164, role)).await;
        let Added::Done(row) = added else {
            panic!("{typed} is free, not {added:?}");
        };
        *row
    }

    pub async fn details(&self, user: UserId) -> PersonDetails {
        let person = self
            .store
            .person(user, self.limits(), self.now())
            .await
            .unwrap();
        person.expect("they are here")
    }

    pub async fn version(&self, user: UserId) -> u32 {
        let person = self
            .store
            .person(user, self.limits(), self.now())
            .await
            .unwrap();
        person.map_or(0, |person| person.row.version)
    }

    /// An act on the person as they are now.
    pub async fn act(&self, by: Person, on: UserId, change: PersonChange) -> PersonAnswer {
        let seen = self.version(on).await;
        self.act_seen(by.acting(), (on, seen), change).await
    }

    pub async fn act_seen(
        &self,
        by: Actor,
        (on, seen): (UserId, u32),
        change: PersonChange,
    ) -> PersonAnswer {
        let act = match &change {
            PersonChange::Approve => Act::PersonApproved,
            PersonChange::Disable => Act::PersonDisabled,
            PersonChange::Enable => Act::PersonEnabled,
            PersonChange::Unlock => Act::PersonUnlocked,
            PersonChange::ResetPassword(_) => Act::PasswordReset,
            PersonChange::Channel(_) => Act::ChannelChanged,
            PersonChange::Role(_) => Act::RoleChanged,
            PersonChange::Delete => Act::PersonDeleted,
        };
        let entry = self.entry(Who::User(on), act);
        let on = Seen {
            user: on,
            version: seen,
        };
        let changed = self
            .store
            .change_person(on, change, by, self.limits(), entry);
        changed.await.unwrap()
    }

    pub async fn done(&self, by: Person, on: UserId, change: PersonChange) -> PersonRow {
        let answer = self.act(by, on, change.clone()).await;
        let PersonAnswer::Done(row) = answer else {
            panic!("{change:?} is done, not {answer:?}");
        };
        *row
    }

    pub async fn page(&self, query: PeopleQuery) -> PeoplePage {
        self.store.people(query, self.now()).await.unwrap()
    }

    /// The names on all pages, in their order.
    pub async fn names(&self, query: PeopleQuery) -> Vec<String> {
        let mut query = query;
        let mut names = Vec::new();
        loop {
            let page = self.page(query.clone()).await;
            assert!(page.people.len() <= query.limit);
            names.extend(page.people.iter().map(|row| row.name.shown().to_owned()));
            match page.next {
                Some(next) => query.after = Some(next),
                None => return names,
            }
        }
    }

    pub fn at(&self, now: Timestamp) {
        self.set_clock(now);
    }
}

pub fn numbers(count: u32) -> impl Iterator<Item = String> {
    (0..count).map(|n| format!("+4477009{n:05}"))
}

pub fn phone(e164: &str) -> Find {
    Find::Number(PhoneNumber::from_e164(e164).unwrap())
}
