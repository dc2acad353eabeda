//! Registering, and what the form shows while it is filled in.

use std::sync::Arc;

use simgate_domain::password::{Rating, SHORTEST};
use simgate_domain::seat::Person;
use simgate_domain::{
    AccountState, NewPassword, Password, PhoneNumber, RegistrationMode, Role, SignInId, UserId,
    Username,
};
use simgate_store::{Act, NewUser, Registration, Who};

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::args::{RatePasswordForm, RegisterForm};
use crate::contract::view::{PasswordRating, PhonePreview, Snapshot};
use crate::contract::words::{ErrorCode, Field, Refusal};
use crate::shown::seconds;
use crate::stage::{SetUp, Tools};

impl App {
    /// What will be made of a number as typed so far.
    ///
    /// # Errors
    /// As the door.
    pub async fn preview_phone(&self, phone: String, country: String) -> Answer<PhonePreview> {
        let app = self.clone();
        self.run(Command::PREVIEW_PHONE, async move {
            let parsed = PhoneNumber::parse(&phone, &country);
            let rules = app.rules();
            Ok(match parsed {
                Ok(number) if !rules.allows(&number) => PhonePreview {
                    e164: None,
                    readable: None,
                    problem: Some(ErrorCode::PhoneCountryNotAllowed),
                },
                Ok(number) => PhonePreview {
                    e164: Some(number.e164().to_owned()),
                    readable: Some(number.readable()),
                    problem: None,
                },
                Err(error) => PhonePreview {
                    e164: None,
                    readable: None,
                    problem: Some(error.into()),
                },
            })
        })
        .await
    }

    /// How good a password is as typed so far.
    ///
    /// # Errors
    /// As the door.
    pub async fn rate_password(&self, form: RatePasswordForm) -> Answer<PasswordRating> {
        let app = self.clone();
        self.run(Command::RATE_PASSWORD, async move {
            let rating = match Password::typed(form.password.as_str()) {
                Ok(password) => {
                    let number = PhoneNumber::parse(&form.phone, &form.country);
                    let words = own_words(&[&form.username, &form.phone], number.as_ref().ok());
                    app.rated(move || {
                        password.rate(&words.iter().map(String::as_str).collect::<Vec<_>>())
                    })
                    .await?
                }
                Err(problem) => Rating {
                    length: 0,
                    score: 0,
                    problem: Some(problem),
                },
            };
            Ok(PasswordRating {
                length: u32::try_from(rating.length).unwrap_or(u32::MAX),
                needed: u32::try_from(SHORTEST).unwrap_or(u32::MAX),
                score: rating.score.into(),
                accepted: rating.problem.is_none(),
                problem: rating.problem.map(ErrorCode::from),
            })
        })
        .await
    }

    /// Adds a person and leads straight on to their SIM check, or, where registering is by approval,
    /// to a stop before it. That the number belongs to someone
    /// else is not said here, but only to whoever proves by code to hold it.
    ///
    /// # Errors
    /// What is wrong, at its field; [`ErrorCode::UsernameTaken`]; [`ErrorCode::TooManyRegistrations`]
    /// with the wait; [`ErrorCode::RegistrationClosed`]; [`ErrorCode::NotNow`]; and as the door.
    pub async fn register(&self, form: RegisterForm) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(Command::REGISTER, async move {
            app.take_registration(form).await
        })
        .await
    }

    async fn take_registration(&self, form: RegisterForm) -> Answer<Snapshot> {
        let _turn = self.take_turn(Command::REGISTER)?;
        let tools = self.tools()?;
        // Nobody comes before set-up is finished, and with it the kit that gets its admin back in.
        if self.inner.stage.read(|scene| scene.set_up == SetUp::Begun) {
            return Err(self.refuse_registration(&tools).await);
        }
        let state = match self.registration().await? {
            RegistrationMode::Open => AccountState::Active,
            RegistrationMode::ByApproval => AccountState::Pending,
            RegistrationMode::Closed => return Err(self.refuse_registration(&tools).await),
        };
        let new = self.new_user(&tools, &form, state).await?;
        let who = Who::User(new.user);
        let cause = (state == AccountState::Pending).then_some("by_approval");
        let entry = self.entry(who, Some(new.sign_in), Act::Registered, cause);
        let person = Person {
            user: new.user,
            name: new.name.clone(),
            // A greater role is given by an admin only.
            role: Role::Staff,
            number: new.number.clone(),
            locale: form.language.into(),
            sign_in: new.sign_in,
        };
        let registered = tools
            .store
            .register(new, self.limits(), entry)
            .await
            .map_err(|error| self.unforeseen("registering", &error))?;
        match registered {
            Registration::Done => {}
            Registration::NameTaken => {
                return Err(Refusal {
                    field: Some(Field::Username),
                    ..Refusal::plain(ErrorCode::UsernameTaken)
                });
            }
            Registration::TooMany(locked) => {
                let wait = locked
                    .until
                    .since(self.inner.clock.now())
                    .unwrap_or_default();
                return Err(Refusal {
                    retry_after: Some(seconds(wait)),
                    ..Refusal::plain(ErrorCode::TooManyRegistrations)
                });
            }
        }
        self.seat(&tools, person.clone(), form.channel.into())?;
        match state {
            AccountState::Active => self.ask_operator(&tools, person),
            AccountState::Pending | AccountState::Disabled => {
                self.stop_not_approved(&tools, &person).await;
            }
        }
        Ok(self.snapshot())
    }

    async fn refuse_registration(&self, tools: &Tools) -> Refusal {
        let act = Act::RegistrationRefused;
        let entry = self.entry(Who::Program, None, act, Some("closed"));
        // The refusal stands whether or not it could be recorded.
        if let Err(error) = tools.store.record(entry).await {
            tracing::error!(%error, "a refusal is not on record");
        }
        Refusal::plain(ErrorCode::RegistrationClosed)
    }

    /// Somebody who registers, with the hash of the password that they chose.
    pub(crate) async fn new_user(
        &self,
        tools: &Arc<Tools>,
        form: &RegisterForm,
        state: AccountState,
    ) -> Answer<NewUser> {
        let name = Username::parse(&form.username)?;
        let password = Password::typed(form.password.as_str())?;
        let number = PhoneNumber::parse(&form.phone, &form.country);
        let typed = [name.shown(), name.canonical(), form.phone.as_str()];
        let words = own_words(&typed, number.as_ref().ok());
        let password = self.chosen(password, words).await?;
        let number = number?;
        self.allowed(&number)?;
        self.open_connections(tools);

        let password_hash = tools
            .hashing
            .hash(password)
            .await
            .map_err(|error| self.unforeseen("hashing a password", &error))?;
        let user = self.new_id().map(UserId::new)?;
        let sign_in = self.new_id().map(SignInId::new)?;
        Ok(NewUser {
            user,
            name,
            password_hash,
            number,
            channel: form.channel.into(),
            state,
            sign_in,
        })
    }
}

impl App {
    /// The password as a new one, if it is good enough for the person whose words these are.
    pub(crate) async fn chosen(
        &self,
        password: Password,
        own_words: Vec<String>,
    ) -> Answer<NewPassword> {
        let chosen = self.rated(move || {
            password.choose(&own_words.iter().map(String::as_str).collect::<Vec<_>>())
        });
        Ok(chosen.await??)
    }

    /// Looks at a password off the threads that everything else waits for, one at a time: it may take
    /// some tenths of a second, and whoever types makes many of them.
    async fn rated<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Answer<T> {
        // Held until it is done: who no longer waits for the answer does not let the next one in.
        let turn = Arc::clone(&self.inner.ratings).lock_owned().await;
        let rated = tokio::task::spawn_blocking(move || {
            let rated = work();
            drop(turn);
            rated
        });
        let rated = rated.await;
        rated.map_err(|error| self.unforeseen("looking at a password", &error))
    }
}

/// What a guesser who knows the person would try first.
pub(crate) fn own_words(typed: &[&str], number: Option<&PhoneNumber>) -> Vec<String> {
    let spelled = number.map(PhoneNumber::spellings).into_iter().flatten();
    let typed = typed.iter().map(|word| (*word).to_owned());
    typed.chain(spelled).collect()
}
