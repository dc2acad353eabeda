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
        match page {
            "people" => people(&window, look).await?,
            "record" => record(&window, look).await?,
            "rules" => rules(&window, look).await?,
            "recovery" => recovery(&window, look).await?,
            _ => {}
        }
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

/// What is open within the people's page: somebody new, one person, their number, and files.
async fn people(
    window: &Window,
    look: &mut impl AsyncFnMut(&Window, Stop) -> Result<()>,
) -> Result<()> {
    window.press("add").await?;
    window
        .fill_new_person(&Person::ending("144").named("ines.vidal"))
        .await?;
    look(window, Stop::at("people-add")).await?;
    window.press("add").await?;
    window.await_there("[data-once]").await?;
    look(window, Stop::at("people-added")).await?;
    window.press("done").await?;
    window.await_loaded().await?;
    window.click("tbody tr:last-child button").await?;
    window.await_there("[data-person]").await?;
    look(window, Stop::at("person")).await?;
    window.press("number").await?;
    window.await_there("[data-number-step]").await?;
    look(window, Stop::at("person-number")).await?;
    window.turn_to("people").await?;
    window.press("import").await?;
    look(window, Stop::at("people-import")).await?;
    let list = "username,phone,channel,role\n\
                tom.baker,07700 900146,voice,supervisor\n\
                no one,07700 900145,sms,boss\n";
    window.choose_file("people.csv", list).await?;
    window.await_there("[data-bad-row='3']").await?;
    look(window, Stop::at("people-import-checked")).await?;
    window.turn_to("people").await?;
    window.press("export").await?;
    window.await_there("[data-export-step]").await?;
    look(window, Stop::at("people-export")).await
}

/// What is open within the record: an entry, its verification, its export, and how long it is kept.
async fn record(
    window: &Window,
    look: &mut impl AsyncFnMut(&Window, Stop) -> Result<()>,
) -> Result<()> {
    window.click("tbody tr:first-child button").await?;
    window.await_there("[data-entry]").await?;
    look(window, Stop::at("record-entry")).await?;
    window.turn_to("record").await?;
    window.verify_the_record().await?;
    look(window, Stop::at("record-verified")).await?;
    window.turn_to("record").await?;
    window.write_the_record_out().await?;
    look(window, Stop::at("record-exported")).await?;
    window.turn_to("record").await?;
    window.press("keep").await?;
    window.await_loaded().await?;
    look(window, Stop::at("record-keep")).await
}

/// What is open within the rules: a looser one, what would happen now, and what the rules were.
async fn rules(
    window: &Window,
    look: &mut impl AsyncFnMut(&Window, Stop) -> Result<()>,
) -> Result<()> {
    let rule = "[data-rule='staff-windowMinutes']";
    window
        .click(&format!("{rule} option[value='1440']"))
        .await?;
    window.press("save").await?;
    look(window, Stop::at("rules-looser")).await?;
    window.press("cancel-confirm").await?;
    window.press("what-now").await?;
    window.await_loaded().await?;
    look(window, Stop::at("rules-what-now")).await?;
    window.turn_to("rules").await?;
    window.press("history").await?;
    window.await_loaded().await?;
    look(window, Stop::at("rules-history")).await
}

/// A new kit and a backup, and what restoring it would replace.
async fn recovery(
    window: &Window,
    look: &mut impl AsyncFnMut(&Window, Stop) -> Result<()>,
) -> Result<()> {
    window.press("kit-make").await?;
    window.press("confirm").await?;
    let kit = window.read_the_kit().await?;
    look(window, Stop::at("recovery-kit")).await?;
    window.type_into("kit-code", kit.last_code()?).await?;
    window.press("kit-confirm").await?;
    let path = window.back_up().await?;
    window.offer_the_backup(&path, &kit).await?;
    window
        .await_attribute("[data-restore]", "data-restore", "plan")
        .await?;
    look(window, Stop::at("recovery-restore")).await
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
