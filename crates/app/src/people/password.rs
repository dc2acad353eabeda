//! The password that a person chooses themself.

use simgate_domain::seat::{Person, Seat};
use simgate_domain::{OneTimePassword, Password};
use simgate_store::{Act, NameTried, Who};

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::people::ChoosePasswordForm;
use crate::contract::view::{SessionEnd, Snapshot};
use crate::contract::words::{ErrorCode, Field, Refusal};
use crate::flow::own_words;
use crate::hashing::Checked;
use crate::stage::Tools;

impl App {
    /// Takes the password that whoever is signed in chose for themself. After a one-time password,
    /// which the session itself has just proved, nothing else is asked; else the one they have is.
    ///
    /// # Errors
    /// What is wrong with the new one; [`ErrorCode::PasswordNotNew`]; [`ErrorCode::PasswordWrong`] at
    /// the field of the one they have, of which a few end the session; [`ErrorCode::NotNow`] where
    /// nobody is signed in.
    pub async fn choose_password(&self, form: ChoosePasswordForm) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(
            Command::CHOOSE_PASSWORD,
            async move { app.choose(form).await },
        )
        .await
    }

    async fn choose(&self, form: ChoosePasswordForm) -> Answer<Snapshot> {
        let tools = self.tools()?;
        let (person, due) = self.at_counter()?;
        let new = Password::typed(form.password.as_str())?;
        let not_new = || at(Field::Password, ErrorCode::PasswordNotNew);
        if OneTimePassword::read(&new).is_some() {
            return Err(not_new());
        }
        let current = match (&form.current, due) {
            (_, true) => None,
            (Some(current), false) => Some(current_password(current.as_str())?),
            (None, false) => return Err(at(Field::CurrentPassword, ErrorCode::PasswordEmpty)),
        };
        let same = current
            .as_ref()
            .is_some_and(|current| current.bytes() == new.bytes());
        let words = own_words(
            &[person.name.shown(), person.name.canonical()],
            Some(&person.number),
        );
        let new = self.chosen(new, words).await?;
        // Before the try is counted: that two typed texts are the same tells nobody anything.
        if same {
            return Err(not_new());
        }
        if let Some(current) = current
            && !self.is_theirs(&tools, &person, current).await?
        {
            return Ok(self.snapshot());
        }
        let hash = tools
            .hashing
            .hash(new)
            .await
            .map_err(|error| self.unforeseen("hashing a password", &error))?;
        let who = Who::User(person.user);
        let entry = self.entry(who, Some(person.sign_in), Act::PasswordChosen, None);
        let chosen = tools
            .store
            .choose_password(person.user, person.sign_in, hash, entry)
            .await
            .map_err(|error| self.unforeseen("choosing a password", &error))?;
        if chosen.is_err() {
            self.end_session(&tools, &person, SessionEnd::AccountChanged)
                .await;
            return Ok(self.snapshot());
        }
        self.inner.stage.change(|scene| {
            if let Seat::Occupied(at) = &mut scene.seat
                && at.person.sign_in == person.sign_in
            {
                at.facts.password_due = false;
            }
        });
        Ok(self.snapshot())
    }

    /// Whether that is the password that they have. False, and the session over, where the name is
    /// locked by now.
    async fn is_theirs(&self, tools: &Tools, person: &Person, current: Password) -> Answer<bool> {
        // Counted and committed before anything is hashed, like any other try of the name.
        let name = NameTried::Name(person.name.clone());
        let attempt = tools
            .store
            .reserve_password_attempt(name, self.limits(), self.inner.clock.now())
            .await
            .map_err(|error| self.unforeseen("counting a password", &error))?;
        let account = attempt
            .account
            .filter(|account| account.user == person.user);
        let account = match (account, attempt.locked) {
            (Some(account), None) => account,
            (Some(_), Some(_)) => {
                self.end_session(tools, person, SessionEnd::Locked).await;
                return Ok(false);
            }
            (None, _) => {
                self.end_session(tools, person, SessionEnd::AccountChanged)
                    .await;
                return Ok(false);
            }
        };
        let checked = tools
            .hashing
            .check(current, account.password.hash(), false)
            .await
            .map_err(|error| self.unforeseen("hashing a password", &error))?;
        match checked {
            Checked::Right { .. } => Ok(true),
            Checked::Wrong => {
                let who = Who::User(person.user);
                let cause = Some("wrong_password");
                let entry = self.entry(who, Some(person.sign_in), Act::SignInRefused, cause);
                // The refusal stands whether or not it could be recorded.
                if let Err(error) = tools.store.record(entry).await {
                    tracing::error!(%error, "a refusal is not on record");
                }
                Err(at(Field::CurrentPassword, ErrorCode::PasswordWrong))
            }
        }
    }

    /// Whoever is signed in, and whether they must choose a password before anything else.
    fn at_counter(&self) -> Answer<(Person, bool)> {
        let found = self.inner.stage.read(|scene| match &scene.seat {
            Seat::Occupied(at) => {
                let due = at.facts.password_due;
                Some((at.person.clone(), due))
            }
            Seat::Vacant
            | Seat::Identified(_)
            | Seat::Cleared(_)
            | Seat::CodeSent(_)
            | Seat::Answering(_)
            | Seat::Recovering(_)
            | Seat::Stopped(_) => None,
        });
        found.ok_or_else(|| Refusal::plain(ErrorCode::NotNow))
    }
}

fn current_password(typed: &str) -> Answer<Password> {
    Password::typed(typed).map_err(|error| at(Field::CurrentPassword, error.into()))
}

fn at(field: Field, code: ErrorCode) -> Refusal {
    Refusal {
        field: Some(field),
        ..Refusal::plain(code)
    }
}
