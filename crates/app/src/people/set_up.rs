//! The first admin, and the end of the first set-up.

use simgate_domain::Role;
use simgate_domain::seat::Person;
use simgate_store::{Act, FirstAdmin, Store, StoreError, Who};

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::args::RegisterForm;
use crate::contract::view::Snapshot;
use crate::contract::words::{ErrorCode, Refusal};
use crate::stage::Tools;

impl App {
    /// Shows how far the first set-up is from now on.
    pub(crate) async fn load_set_up(&self, store: &dyn Store) -> Result<(), StoreError> {
        let state = store.setup_state().await?;
        self.inner.stage.change(|scene| scene.set_up = state.into());
        Ok(())
    }

    async fn see_how_far_set_up_is(&self, tools: &Tools) -> Answer<()> {
        let seen = self.load_set_up(&*tools.store).await;
        seen.map_err(|error| self.unforeseen("reading how far set-up is", &error))
    }

    /// Adds the first admin and leads straight on to their SIM check.
    ///
    /// # Errors
    /// What is wrong, at its field; [`ErrorCode::NotNow`] where there is somebody already, or set-up
    /// was finished once; and as the door.
    pub async fn register_first_admin(&self, form: RegisterForm) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(Command::REGISTER_FIRST_ADMIN, async move {
            app.add_first_admin(form).await
        })
        .await
    }

    async fn add_first_admin(&self, form: RegisterForm) -> Answer<Snapshot> {
        let _turn = self.take_turn(Command::REGISTER_FIRST_ADMIN)?;
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
        self.see_how_far_set_up_is(&tools).await?;
        match registered {
            FirstAdmin::Done => {}
            FirstAdmin::NotFirst => return Err(Refusal::plain(ErrorCode::NotNow)),
        }
        self.seat(&tools, person.clone(), form.channel.into())?;
        self.ask_operator(&tools, person);
        Ok(self.snapshot())
    }

    /// Takes the first admin away again, who cannot prove their phone, so that set-up begins anew.
    ///
    /// # Errors
    /// [`ErrorCode::FirstAdminStays`] where they were ever signed in, or set-up is finished; and as
    /// the door.
    pub async fn withdraw_first_admin(&self) -> Answer<Snapshot> {
        let app = self.clone();
        self.run(Command::WITHDRAW_FIRST_ADMIN, async move {
            let _turn = app.take_turn(Command::WITHDRAW_FIRST_ADMIN)?;
            let tools = app.tools()?;
            let entry = app.entry(Who::Program, None, Act::FirstAdminWithdrawn, None);
            let withdrawn = tools
                .store
                .withdraw_first_admin(entry)
                .await
                .map_err(|error| app.unforeseen("withdrawing the first admin", &error))?;
            if !withdrawn {
                return Err(Refusal::plain(ErrorCode::FirstAdminStays));
            }
            app.see_how_far_set_up_is(&tools).await?;
            Ok(app.snapshot())
        })
        .await
    }

    /// Set-up is finished. Not before whoever finishes it has a recovery kit: without one, a phone that
    /// is lost would lock the only admin out.
    ///
    /// # Errors
    /// [`ErrorCode::KitNeeded`] where they have none; [`ErrorCode::NotNow`] where set-up was finished
    /// before; and as the door.
    pub async fn finish_set_up(&self) -> Answer<Snapshot> {
        self.looking_after(Command::FINISH_SET_UP, |app, by| async move {
            let tools = app.tools()?;
            let kit = tools.store.kit(by.person.user).await;
            let kit = kit.map_err(|error| app.unforeseen("looking at a kit", &error))?;
            if kit.made_at.is_none() {
                return Err(Refusal::plain(ErrorCode::KitNeeded));
            }
            let entry = app.entry_by(&by, Act::SetUpFinished);
            let finished = tools
                .store
                .finish_set_up(by.actor(), entry)
                .await
                .map_err(|error| app.unforeseen("finishing set-up", &error))?;
            app.see_how_far_set_up_is(&tools).await?;
            if !finished {
                return Err(Refusal::plain(ErrorCode::NotNow));
            }
            Ok(app.snapshot())
        })
        .await
    }
}
