//! What is done to a person.

use simgate_domain::account::ONE_TIME_LIFE;
use simgate_domain::{AccountAct, NewPassword, OneTimePassword, Role, UserId};
use simgate_store::{Act, OneTimeHash, PersonChange, Seen};

use super::{Caretaker, user_of};
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::people::{OneTimeText, PersonAct, PersonActForm, PersonAnswer};
use crate::contract::words::{ErrorCode, Refusal};
use crate::hashing::Hashing;
use crate::random;
use crate::stage::Tools;

impl PersonAct {
    fn account_act(self) -> AccountAct {
        match self {
            Self::Approve => AccountAct::Approve,
            Self::Disable => AccountAct::Disable,
            Self::Enable => AccountAct::Enable,
            Self::Unlock => AccountAct::Unlock,
            Self::Reset => AccountAct::ResetPassword,
            Self::Delete => AccountAct::Delete,
            Self::Role { .. } => AccountAct::ChangeRole,
            Self::Channel { .. } => AccountAct::ChangeChannel,
        }
    }

    fn on_record(self) -> Act {
        match self {
            Self::Approve => Act::PersonApproved,
            Self::Disable => Act::PersonDisabled,
            Self::Enable => Act::PersonEnabled,
            Self::Unlock => Act::PersonUnlocked,
            Self::Reset => Act::PasswordReset,
            Self::Delete => Act::PersonDeleted,
            Self::Role { .. } => Act::RoleChanged,
            Self::Channel { .. } => Act::ChannelChanged,
        }
    }
}

impl App {
    /// Approves or unlocks a person.
    ///
    /// # Errors
    /// [`ErrorCode::BadRequest`] for any other act; [`ErrorCode::NotAllowed`] where it is not for
    /// whoever is signed in to do it to this person; and as the door.
    pub async fn help_person(&self, form: PersonActForm) -> Answer<PersonAnswer> {
        self.looking_after(Command::HELP_PERSON, |app, by| async move {
            if form.act.account_act().least_role() > Role::Supervisor {
                return Err(Refusal::plain(ErrorCode::BadRequest));
            }
            app.act_on(&form, &by).await
        })
        .await
    }

    /// Disables, enables, resets or deletes a person, or changes their role or their channel.
    ///
    /// # Errors
    /// As the door.
    pub async fn change_person(&self, form: PersonActForm) -> Answer<PersonAnswer> {
        self.looking_after(Command::CHANGE_PERSON, |app, by| async move {
            app.act_on(&form, &by).await
        })
        .await
    }

    async fn act_on(&self, form: &PersonActForm, by: &Caretaker) -> Answer<PersonAnswer> {
        let (tools, user) = (self.tools()?, user_of(&form.id)?);
        let (one_time, change) = match form.act {
            PersonAct::Approve => (None, PersonChange::Approve),
            PersonAct::Disable => (None, PersonChange::Disable),
            PersonAct::Enable => (None, PersonChange::Enable),
            PersonAct::Unlock => (None, PersonChange::Unlock),
            PersonAct::Delete => (None, PersonChange::Delete),
            PersonAct::Role { role } => (None, PersonChange::Role(role.into())),
            PersonAct::Channel { channel } => (None, PersonChange::Channel(channel.into())),
            PersonAct::Reset => {
                let (text, hash) = self.one_time_password(&tools.hashing).await?;
                (Some(text), PersonChange::ResetPassword(hash))
            }
        };
        let entry = self.entry_about(user, by, form.act.on_record());
        let on = Seen {
            user,
            version: form.version,
        };
        let answer = tools
            .store
            .change_person(on, change, by.actor(), self.limits(), entry)
            .await
            .map_err(|error| self.unforeseen("changing a person", &error))?;
        let (cause, refused) = match answer {
            simgate_store::PersonAnswer::Done(row) => {
                return Ok(PersonAnswer::Done {
                    person: (&*row).into(),
                    one_time_password: one_time,
                });
            }
            // Two were at it at once, or the page is behind: nobody was refused anything.
            simgate_store::PersonAnswer::Outdated(row) => {
                return Ok(PersonAnswer::Outdated {
                    person: (&*row).into(),
                });
            }
            simgate_store::PersonAnswer::Gone => return Ok(PersonAnswer::Gone),
            simgate_store::PersonAnswer::Unfitting => return Ok(PersonAnswer::Unfitting),
            simgate_store::PersonAnswer::LastAdmin => ("last_admin", Ok(PersonAnswer::LastAdmin)),
            simgate_store::PersonAnswer::Yourself => ("yourself", Ok(PersonAnswer::Yourself)),
            simgate_store::PersonAnswer::NotAllowed => {
                ("not_allowed", Err(Refusal::plain(ErrorCode::NotAllowed)))
            }
        };
        self.record_refused_act(&tools, user, by, cause).await;
        refused
    }

    /// A new one-time password, to be shown once, and what is stored of it.
    pub(crate) async fn one_time_password(
        &self,
        hashing: &Hashing,
    ) -> Answer<(OneTimeText, OneTimeHash)> {
        let random = random::bytes::<20>();
        let random = random.map_err(|error| self.unforeseen("making a password", &error))?;
        let password = OneTimePassword::from_random(&random);
        let hash = hashing
            .hash(NewPassword::from(&password))
            .await
            .map_err(|error| self.unforeseen("hashing a password", &error))?;
        let until = self.inner.clock.now().plus(ONE_TIME_LIFE);
        Ok((
            OneTimeText::new(password.shown()),
            OneTimeHash { hash, until },
        ))
    }

    pub(super) async fn record_refused_act(
        &self,
        tools: &Tools,
        user: UserId,
        by: &Caretaker,
        cause: &'static str,
    ) {
        let mut entry = self.entry_about(user, by, Act::PersonActRefused);
        entry.cause = Some(cause);
        // The refusal stands whether or not it could be recorded.
        if let Err(error) = tools.store.record(entry).await {
            tracing::error!(%error, cause, "a refusal is not on record");
        }
    }
}
