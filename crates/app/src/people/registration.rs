//! Who may register.

use simgate_domain::RegistrationMode;
use simgate_store::Act;

use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::people::RegistrationName;
use crate::contract::words::{ErrorCode, Refusal};

impl App {
    /// Who may register.
    ///
    /// # Errors
    /// As the door.
    pub async fn registration_mode(&self) -> Answer<RegistrationName> {
        self.looking_after(Command::REGISTRATION_MODE, |app, _by| async move {
            app.registration().await.map(Into::into)
        })
        .await
    }

    /// Says who may register.
    ///
    /// # Errors
    /// As the door.
    pub async fn set_registration_mode(&self, mode: RegistrationName) -> Answer<()> {
        self.looking_after(Command::SET_REGISTRATION_MODE, move |app, by| async move {
            let tools = app.tools()?;
            let mut entry = app.entry_by(&by, Act::RegistrationModeChanged);
            entry.cause = Some(RegistrationMode::from(mode).word());
            let set = tools
                .store
                .set_registration_mode(mode.into(), by.actor(), entry)
                .await
                .map_err(|error| app.unforeseen("saying who may register", &error))?;
            set.then_some(())
                .ok_or_else(|| Refusal::plain(ErrorCode::NotAllowed))
        })
        .await
    }

    /// Who may register now.
    pub(crate) async fn registration(&self) -> Answer<RegistrationMode> {
        let tools = self.tools()?;
        let mode = tools.store.registration_mode().await;
        mode.map_err(|error| self.unforeseen("reading who may register", &error))
    }
}

impl From<RegistrationMode> for RegistrationName {
    fn from(mode: RegistrationMode) -> Self {
        match mode {
            RegistrationMode::Open => Self::Open,
            RegistrationMode::ByApproval => Self::ByApproval,
            RegistrationMode::Closed => Self::Closed,
        }
    }
}

impl From<RegistrationName> for RegistrationMode {
    fn from(name: RegistrationName) -> Self {
        match name {
            RegistrationName::Open => Self::Open,
            RegistrationName::ByApproval => Self::ByApproval,
            RegistrationName::Closed => Self::Closed,
        }
    }
}
