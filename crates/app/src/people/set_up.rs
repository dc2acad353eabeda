//! The first admin, and the end of the first set-up.

use simgate_domain::Role;
use simgate_domain::seat::Person;
use simgate_store::{Act, FirstAdmin, SetupState, Who};

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::args::RegisterForm;
use crate::contract::view::Snapshot;
use crate::contract::words::{ErrorCode, Refusal};

impl App {
    /// How far the first set-up is.
    ///
    /// # Errors
    /// [`ErrorCode::NotNow`] where there is no database, [`ErrorCode::Unforeseen`] where it fails.
    pub async fn setup_state(&self) -> Answer<SetupState> {
        let tools = self.tools()?;
        let state = tools.store.setup_state().await;
        state.map_err(|error| self.unforeseen("reading how far set-up is", &error))
    }

    /// Adds the first admin and leads straight on to their SIM check.
    ///
    /// # Errors
    /// What is wrong, at its field; [`ErrorCode::NotNow`] where there is somebody already, or set-up
    /// was finished once; and as the door.
    pub async fn register_first_admin(&self, form: RegisterForm) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(
            Command::REGISTER,
            async move { app.add_first_admin(form).await },
        )
        .await
    }

    async fn add_first_admin(&self, form: RegisterForm) -> Answer<Snapshot> {
        let _turn = self.take_turn(Command::REGISTER)?;
        let tools = self.tools()?;
        let new = self
            .new_user(&tools, &form, simgate_domain::AccountState::Active)
            .await?;
        let entry = self.entry(
            Who::User(new.user),
            Some(new.sign_in),
            Act::Registered,
            Some("first_admin"),
        );
        let person = Person {
            user: new.user,
            name: new.name.clone(),
            role: Role::Admin,
            number: new.number.clone(),
            locale: form.language.into(),
            sign_in: new.sign_in,
        };
        let registered = tools
            .store
            .register_first_admin(new, entry)
            .await
            .map_err(|error| self.unforeseen("registering the first admin", &error))?;
        match registered {
            FirstAdmin::Done => {}
            FirstAdmin::NotFirst => return Err(Refusal::plain(ErrorCode::NotNow)),
        }
        self.seat(person.clone(), form.channel.into())?;
        self.ask_operator(&tools, person);
        Ok(self.snapshot())
    }

    /// Takes the first admin away again, who cannot prove their phone, so that set-up begins anew.
    ///
    /// # Errors
    /// [`ErrorCode::NotNow`] where somebody is on the seat, was ever signed in, or set-up is
    /// finished.
    pub async fn withdraw_first_admin(&self) -> Answer<()> {
        let app = self.clone();
        self.run(Command::REGISTER, async move {
            let _turn = app.take_turn(Command::REGISTER)?;
            let tools = app.tools()?;
            let entry = app.entry(Who::Program, None, Act::FirstAdminWithdrawn, None);
            let withdrawn = tools
                .store
                .withdraw_first_admin(entry)
                .await
                .map_err(|error| app.unforeseen("withdrawing the first admin", &error))?;
            withdrawn
                .then_some(())
                .ok_or_else(|| Refusal::plain(ErrorCode::NotNow))
        })
        .await
    }

    /// Set-up is finished.
    ///
    /// # Errors
    /// [`ErrorCode::NotNow`] where it was before; and as `App::at_the_counter`.
    pub async fn finish_set_up(&self) -> Answer<()> {
        self.at_the_counter(Role::Admin, |app, by| async move {
            let tools = app.tools()?;
            let entry = app.entry_by(&by, Act::SetUpFinished);
            let finished = tools
                .store
                .finish_set_up(by.actor(), entry)
                .await
                .map_err(|error| app.unforeseen("finishing set-up", &error))?;
            finished
                .then_some(())
                .ok_or_else(|| Refusal::plain(ErrorCode::NotNow))
        })
        .await
    }
}
