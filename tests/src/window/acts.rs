//! What a person does.

use anyhow::{Context as _, Result, bail, ensure};
use serde_json::{Value, json};
use thirtyfour::{By, Key, TypingData};

use super::Window;
use crate::person::Person;
use crate::until::{SOON, until};

impl Window {
    /// Presses the button of that `data-act`, once it can be pressed.
    pub async fn press(&self, act: &str) -> Result<()> {
        self.click(&format!("[data-act='{act}']")).await
    }

    /// Clicks what a selector names, once it can be clicked.
    pub async fn click(&self, selector: &str) -> Result<()> {
        until(&format!("a press on {selector}"), SOON, async || {
            let element = self.driver.page.find(By::Css(selector)).await?;
            let waits = element.attr("aria-disabled").await?.as_deref() == Some("true");
            if waits || !element.is_enabled().await? {
                return Ok(None);
            }
            element.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// Types into the input of that name, in place of what it held.
    pub async fn type_into(&self, name: &str, text: &str) -> Result<()> {
        let selector = format!("input[name='{name}']");
        until(&format!("typing into {selector}"), SOON, async || {
            let input = self.driver.page.find(By::Css(&*selector)).await?;
            input.clear().await?;
            input.send_keys(text).await?;
            Ok(Some(()))
        })
        .await
    }

    /// Chooses a country beside the phone number.
    pub async fn choose_country(&self, iso: &str) -> Result<()> {
        self.click(&format!("select[name='country'] option[value='{iso}']"))
            .await
    }

    /// Chooses how codes are sent, on the label beside the round button.
    pub async fn choose_channel(&self, channel: &str) -> Result<()> {
        self.click(&format!(
            "label:has(input[name='channel'][value='{channel}'])"
        ))
        .await
    }

    /// Fills the registration form, which is open already, and does not send it.
    pub async fn fill_registration(&self, person: &Person) -> Result<()> {
        self.see("register").await?;
        self.fill_person(person).await
    }

    async fn fill_person(&self, person: &Person) -> Result<()> {
        self.type_into("username", &person.username).await?;
        self.type_into("password", &person.password).await?;
        self.choose_country("GB").await?;
        self.type_into("phone", &person.phone).await?;
        self.choose_channel(person.channel).await?;
        self.await_attribute("[data-preview]", "data-preview", &person.e164())
            .await
            .context("the number as it will be used is shown before it is used")?;
        // What is said of the password comes a moment later, and moves what lies below it.
        self.await_attribute("[data-accepted]", "data-accepted", "true")
            .await
    }

    /// Registers, as far as the SIM check.
    pub async fn register(&self, person: &Person) -> Result<()> {
        self.see("sign_in").await?;
        self.press("open-register").await?;
        self.fill_registration(person).await?;
        self.press("register").await
    }

    /// Types name and password, as far as the SIM check.
    pub async fn sign_in(&self, person: &Person) -> Result<()> {
        self.see("sign_in").await?;
        self.type_into("username", &person.username).await?;
        self.type_into("password", &person.password).await?;
        self.press("sign-in").await
    }

    /// Types the code that came to the person's phone. A full code sends itself.
    pub async fn type_the_code(&mut self, person: &Person) -> Result<()> {
        self.see("code").await?;
        let code = self.vendors().await?.newest_code(&person.e164()).await?;
        self.type_into("code", &code).await
    }

    /// Types a code that is not the one that was sent.
    pub async fn type_a_wrong_code(&mut self, person: &Person) -> Result<()> {
        self.see("code").await?;
        let right = self.vendors().await?.newest_code(&person.e164()).await?;
        let last = right.chars().last().context("an empty code")?;
        let other = if last == '0' { '1' } else { '0' };
        let wrong = format!("{}{other}", &right[..right.len() - 1]);
        ensure!(wrong != right, "a wrong code must differ");
        self.type_into("code", &wrong).await
    }

    /// Sets a new machine up, from the welcome to the counter of its first admin.
    pub async fn set_up(&mut self, admin: &Person) -> Result<()> {
        self.see("first_run").await?;
        self.press("setup-begin").await?;
        self.pass_the_vendors().await?;
        self.fill_the_branch().await?;
        self.press("save").await?;
        self.fill_the_first_admin(admin).await?;
        self.press("make-admin").await?;
        self.type_the_code(admin).await?;
        self.make_the_kit().await?;
        self.write_the_kit_down().await?;
        self.press("finish-set-up").await?;
        self.see("counter").await
    }

    /// Has the recovery kit of the set-up shown.
    pub async fn make_the_kit(&self) -> Result<()> {
        self.await_attribute("[data-step]", "data-step", "kit")
            .await?;
        self.await_loaded().await?;
        self.press("kit-make").await?;
        self.await_attribute("[data-kit]", "data-kit", "shown")
            .await
    }

    /// Types one of its codes back, which ends the step.
    pub async fn write_the_kit_down(&self) -> Result<()> {
        let code = self.text("[data-kit] ol .letters").await?;
        self.type_into("kit-code", &code).await?;
        self.press("kit-confirm").await?;
        self.await_attribute("[data-step]", "data-step", "done")
            .await
    }

    /// Goes past the vendors, which a rehearsal has set up already.
    pub async fn pass_the_vendors(&self) -> Result<()> {
        self.await_attribute("[data-step]", "data-step", "vendors")
            .await?;
        self.press("setup-next").await?;
        self.await_attribute("[data-step]", "data-step", "branch")
            .await
    }

    /// Says what the branch is called and whom to call.
    pub async fn fill_the_branch(&self) -> Result<()> {
        self.type_into("branch-name", "High Street").await?;
        self.type_into("branch-call", "Ana, extension 12").await
    }

    /// Fills the form of the first admin, and does not send it.
    pub async fn fill_the_first_admin(&self, admin: &Person) -> Result<()> {
        self.await_attribute("[data-step]", "data-step", "admin")
            .await?;
        self.fill_person(admin).await
    }

    /// From nothing to the counter.
    pub async fn register_to_the_counter(&mut self, person: &Person) -> Result<()> {
        self.register(person).await?;
        self.type_the_code(person).await?;
        self.see("counter").await
    }

    /// From the sign-in screen to the counter.
    pub async fn sign_in_to_the_counter(&mut self, person: &Person) -> Result<()> {
        self.sign_in(person).await?;
        self.type_the_code(person).await?;
        self.see("counter").await
    }

    /// Looks for a reference in the record, which is open, and waits for what stands under it.
    pub async fn search_the_record(&self, reference: &str, act: &str) -> Result<()> {
        self.type_into("search", reference).await?;
        self.keys(Key::Enter).await?;
        until(&format!("{act:?} under {reference}"), SOON, async || {
            let words =
                "[...document.querySelectorAll('[data-act-word]')].map(one => one.dataset.actWord)";
            let found = self.evaluate(&format!("return {words}")).await?;
            Ok((found == json!([act])).then_some(()))
        })
        .await
    }

    /// Leaves the counter.
    pub async fn sign_out(&self) -> Result<()> {
        self.press("sign-out").await?;
        self.see("sign_in").await
    }

    /// Loads the page again, as a page that crashed would be.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.driver.page.refresh().await?)
    }

    /// Keys, sent to whatever has the focus.
    pub async fn keys(&self, keys: impl Into<TypingData>) -> Result<()> {
        let keys = self.driver.page.action_chain().send_keys(keys);
        Ok(keys.perform().await?)
    }

    /// Goes on with Tab until the focus is on what the selector names.
    pub async fn tab_to(&self, selector: &str) -> Result<()> {
        let mut passed = Vec::new();
        for _ in 0..60 {
            if self.exists(&format!(":is({selector}):focus")).await? {
                return Ok(());
            }
            let before = self.focused().await?;
            self.keys(Key::Tab).await?;
            until("Tab to move the focus", SOON, async || {
                Ok((self.focused().await? != before).then_some(()))
            })
            .await
            .with_context(|| format!("the focus is kept at {before}"))?;
            passed.push(before.to_string());
        }
        bail!(
            "sixty Tabs did not reach {selector}:\n{}",
            passed.join("\n")
        )
    }

    /// What has the focus: its place in the page, and what it is.
    async fn focused(&self) -> Result<Value> {
        let script = "const one = document.activeElement;
            return [[...document.querySelectorAll('*')].indexOf(one), one.cloneNode().outerHTML]";
        self.evaluate(script).await
    }

    /// Presses Enter on whatever has the focus.
    pub async fn enter(&self) -> Result<()> {
        self.keys(Key::Enter).await
    }
}
