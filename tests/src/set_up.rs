//! A machine on which SIMgate was set up before: by the program's own inside, with no window.

use std::sync::Arc;

use anyhow::{Context as _, Result, anyhow, ensure};
use simgate_app::contract::args::{RegisterForm, Typed};
use simgate_app::contract::people::RegistrationName;
use simgate_app::contract::view::View;
use simgate_app::contract::words::{ChannelName, Language, Refusal};
use simgate_app::{App, Config, HashingCost};
use simgate_host::{Folders, SystemClock};
use simgate_rehearsal::{Credentials, Options, Rehearsal};
use simgate_vault::{Space, Vault};

use crate::home::Home;
use crate::person::Person;
use crate::stand_ins;
use crate::until::{SOON, until};

impl Home {
    /// A machine whose rehearsal has its first admin, [`Person::admin`], and is open to whoever
    /// registers, as most scenarios want it.
    pub async fn set_up() -> Result<Self> {
        let home = Self::new()?;
        // A scenario may have kept settings in the keyring, which is one for all: those that the
        // window's own stand-ins take.
        let vendors = Rehearsal::start(Options {
            credentials: Some(Credentials::well_known()),
            ..Options::default()
        })
        .await?;
        let app = App::new(
            config(&home, &vendors)?,
            Arc::new(SystemClock),
            Vault::new(Space::Rehearsal)?,
        );
        app.open().await;
        let admin = Person::admin();
        done(app.register_first_admin(form(&admin)).await)?;
        until("the first admin's code", SOON, async || {
            let view = done(app.view().await)?.view;
            if matches!(view, View::CheckingSim { .. }) {
                return Ok(None);
            }
            ensure!(
                matches!(view, View::Code(_)),
                "a code is waited for, not {view:?}"
            );
            Ok(Some(()))
        })
        .await?;
        let messages = vendors.phone(&admin.e164());
        let code = messages.last().context("no code came")?.code.clone();
        done(app.check_code(Typed::from(code)).await)?;
        let kit = done(app.make_kit(false).await)?;
        let written = kit.codes.first().context("a kit has codes")?;
        done(
            app.confirm_kit(Typed::from(written.as_str().to_owned()))
                .await,
        )?;
        done(app.finish_set_up().await)?;
        done(app.set_registration_mode(RegistrationName::Open).await)?;
        done(app.sign_out().await)?;
        app.close().await;
        Ok(home)
    }
}

fn done<T>(answer: Result<T, Refusal>) -> Result<T> {
    answer.map_err(|refusal| anyhow!("set-up was refused: {refusal:?}"))
}

fn form(person: &Person) -> RegisterForm {
    RegisterForm {
        username: person.username.clone(),
        password: Typed::from(person.password.clone()),
        phone: person.phone.clone(),
        country: "GB".to_owned(),
        channel: ChannelName::Sms,
        language: Language::En,
    }
}

fn config(home: &Home, vendors: &Rehearsal) -> Result<Config> {
    Ok(Config {
        ground: Arc::new(|| Ok(())),
        data_dir: Folders::find(Some(&home.data()), true)?.data,
        vendors: stand_ins::source(vendors)?,
        // The cheapest: the program finds out its own when it starts.
        hashing: Some(HashingCost::FLOOR),
    })
}
