//! A walk through every screen, for whoever looks at all of them: axe, the rulers and the camera.

use anyhow::{Context as _, Result};
use serde_json::json;

use crate::home::Home;
use crate::person::Person;
use crate::window::{Keyring, Window};

/// A place where the walk stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stop {
    /// What is seen there.
    pub name: &'static str,
    /// True where the screen goes on by itself after a few seconds.
    pub fleeting: bool,
}

impl Stop {
    const fn at(name: &'static str) -> Self {
        Self {
            name,
            fleeting: false,
        }
    }
}

/// Walks through the screens that a person gets to without waiting for minutes, and looks at each.
pub async fn walk(mut look: impl AsyncFnMut(&Window, Stop) -> Result<()>) -> Result<()> {
    let window = first_run(&mut look).await?;
    let window = administration(window, &mut look).await?;
    let window = sign_in_and_register(window, &mut look).await?;
    let window = code_and_counter(window, &mut look).await?;
    let window = stops(window, &mut look).await?;
    window.close().await?;
    not_working(&mut look).await
}

async fn first_run(look: &mut impl AsyncFnMut(&Window, Stop) -> Result<()>) -> Result<Window> {
    let mut window = Window::open(Home::new()?, Keyring::Unlocked).await?;
    window.see("first_run").await?;
    look(&window, Stop::at("set-up-welcome")).await?;
    window.press("setup-begin").await?;
    window.await_loaded().await?;
    look(&window, Stop::at("set-up-vendors")).await?;
    window.pass_the_vendors().await?;
    window.fill_the_branch().await?;
    look(&window, Stop::at("set-up-branch")).await?;
    window.press("save").await?;
    let admin = Person::admin();
    window.fill_the_first_admin(&admin).await?;
    look(&window, Stop::at("set-up-admin")).await?;
    window.press("make-admin").await?;
    window.type_the_code(&admin).await?;
    window.make_the_kit().await?;
    look(&window, Stop::at("set-up-kit")).await?;
    window.write_the_kit_down().await?;
    look(&window, Stop::at("set-up-done")).await?;
    window.press("finish-set-up").await?;
    window.see("counter").await?;
    Ok(window)
}

/// The administration of whoever has just set SIMgate up; at the end whoever registers may sign in.
async fn administration(
    window: Window,
    look: &mut impl AsyncFnMut(&Window, Stop) -> Result<()>,
) -> Result<Window> {
    window.press("admin").await?;
    window.see("admin").await?;
    for page in [
        "overview", "people", "record", "rules", "vendors", "recovery", "branch",
    ] {
        window.turn_to(page).await?;
        look(&window, Stop::at(page)).await?;
    }
    window
        .click("label:has(input[name='registration'][value='open'])")
        .await?;
    window.press("save").await?;
    window.await_saved().await?;
    window.press("counter").await?;
    window.sign_out().await?;
    Ok(window)
}

async fn sign_in_and_register(
    window: Window,
    look: &mut impl AsyncFnMut(&Window, Stop) -> Result<()>,
) -> Result<Window> {
    window.see("sign_in").await?;
    look(&window, Stop::at("sign-in")).await?;

    window.press("help").await?;
    window.text("[data-dialog='help']").await?;
    look(&window, Stop::at("help")).await?;
    window.press("close").await?;

    window.sign_in(&Person::with_an_unchanged_sim()).await?;
    window.await_reference().await?;
    look(&window, Stop::at("sign-in-refused")).await?;

    window.press("open-register").await?;
    window.see("register").await?;
    look(&window, Stop::at("register")).await?;
    window.press("register").await?;
    window.await_field_error().await?;
    look(&window, Stop::at("register-refused")).await?;
    window
        .fill_registration(&Person::with_an_unchanged_sim())
        .await?;
    look(&window, Stop::at("register-filled")).await?;
    Ok(window)
}

async fn code_and_counter(
    mut window: Window,
    look: &mut impl AsyncFnMut(&Window, Stop) -> Result<()>,
) -> Result<Window> {
    let person = Person::with_an_unchanged_sim();
    let slowly = json!({ "call": "sim_check", "delay_ms": 9000 });
    window.vendors().await?.set_faults(slowly).await?;
    window.press("register").await?;
    window.see("checking_sim").await?;
    let fleeting = Stop {
        name: "checking-sim",
        fleeting: true,
    };
    look(&window, fleeting).await?;
    window.see("code").await?;
    window.vendors().await?.recover().await?;
    window.await_message(&person).await?;
    look(&window, Stop::at("code")).await?;
    window.type_a_wrong_code(&person).await?;
    window.await_field_error().await?;
    look(&window, Stop::at("code-wrong")).await?;
    window.type_the_code(&person).await?;
    window.see("counter").await?;
    look(&window, Stop::at("counter")).await?;
    window.sign_out().await?;
    Ok(window)
}

async fn stops(
    mut window: Window,
    look: &mut impl AsyncFnMut(&Window, Stop) -> Result<()>,
) -> Result<Window> {
    let known = Person::with_an_unchanged_sim();
    let vendors = window.vendors().await?;
    vendors
        .set_number(&known.e164(), json!({ "sim": "changed" }))
        .await?;
    window.sign_in(&known).await?;
    window.see("stopped").await?;
    look(&window, Stop::at("stopped-changed")).await?;
    window.press("start-over").await?;

    let unsupported = Person::with_an_unsupported_operator().named("ines.marchetti");
    window.register(&unsupported).await?;
    window.see("stopped").await?;
    look(&window, Stop::at("stopped-cannot-tell")).await?;
    window.press("start-over").await?;

    let changed = Person::with_a_changed_sim().named("tomas.lindqvist");
    window.register_to_the_counter(&changed).await?;
    look(&window, Stop::at("counter-in-grace")).await?;
    Ok(window)
}

async fn not_working(look: &mut impl AsyncFnMut(&Window, Stop) -> Result<()>) -> Result<()> {
    let window = Window::open(Home::new()?, Keyring::Missing).await?;
    window.see("fault").await?;
    look(&window, Stop::at("keyring-missing")).await?;
    window.close().await.map(drop)
}

impl Window {
    /// Waits for a reference, which comes with a refusal.
    pub async fn await_reference(&self) -> Result<()> {
        crate::until("a reference", crate::SOON, async || {
            Ok(self.exists("[data-reference]").await?.then_some(()))
        })
        .await
    }

    /// The reference that comes with a refusal.
    pub async fn reference(&self) -> Result<String> {
        self.await_reference().await?;
        let reference = self.attribute("[data-reference]", "data-reference").await?;
        reference.context("a reference")
    }

    /// Waits for a message to this person on the rehearsal's phone.
    pub async fn await_message(&self, person: &Person) -> Result<()> {
        let message = format!("[data-message][data-to='{}']", person.e164());
        crate::until("a message", crate::SOON, async || {
            Ok(self.exists(&message).await?.then_some(()))
        })
        .await
    }

    /// Waits until a page of the administration has what it shows.
    pub async fn await_loaded(&self) -> Result<()> {
        crate::until("a page that is loaded", crate::SOON, async || {
            Ok((!self.exists("[data-loading]").await?).then_some(()))
        })
        .await
    }

    /// Waits until a page says that what was changed is kept.
    pub async fn await_saved(&self) -> Result<()> {
        self.await_there("[data-saved]").await
    }

    /// Waits for an error that stands at a field.
    pub async fn await_field_error(&self) -> Result<()> {
        self.await_there("[aria-invalid='true']").await
    }
}
