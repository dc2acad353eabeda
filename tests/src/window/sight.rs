//! What a person can see.

use std::time::Duration;

use anyhow::{Context as _, Result, ensure};
use serde_json::{Value, json};

use super::Window;
use crate::until::{SOON, until};

/// A vendor that does not answer is given up after this, and then the screen changes.
const VENDOR_GIVEN_UP: Duration = Duration::from_secs(15);

impl Window {
    /// Waits for a screen, as long as a silent vendor may keep it.
    pub async fn see(&self, screen: &str) -> Result<()> {
        self.see_within(screen, VENDOR_GIVEN_UP).await
    }

    /// Waits for a screen.
    pub async fn see_within(&self, screen: &str, limit: Duration) -> Result<()> {
        let seen = until(&format!("the screen {screen:?}"), limit, async || {
            let shown = self.attribute("[data-screen]", "data-screen").await?;
            Ok((shown.as_deref() == Some(screen)).then_some(()))
        })
        .await;
        if seen.is_err() {
            let text = self.text("body").await.unwrap_or_default();
            return seen.with_context(|| format!("the page says: {text}"));
        }
        seen
    }

    /// Waits until the sign-in stops, and says why it did: `data-reason` of the stopped screen.
    pub async fn see_it_stop(&self) -> Result<String> {
        self.see("stopped").await?;
        let reference = self
            .attribute("[data-screen=stopped] [data-reference]", "data-reference")
            .await?;
        ensure!(
            reference.is_some_and(|reference| !reference.is_empty()),
            "a stop shows the reference an admin finds it by"
        );
        self.attribute("[data-reason]", "data-reason")
            .await?
            .context("a stop says why")
    }

    /// Waits until an attribute has a value.
    pub async fn await_attribute(&self, selector: &str, name: &str, value: &str) -> Result<()> {
        until(
            &format!("{name}={value:?} at {selector}"),
            SOON,
            async || {
                let found = self.attribute(selector, name).await?;
                Ok((found.as_deref() == Some(value)).then_some(()))
            },
        )
        .await
    }

    /// Waits until something matches.
    pub async fn await_there(&self, selector: &str) -> Result<()> {
        until(selector, SOON, async || {
            Ok(self.exists(selector).await?.then_some(()))
        })
        .await
    }

    /// Waits until these words are shown in the first match.
    pub async fn await_text(&self, selector: &str, words: &str) -> Result<()> {
        until(&format!("{words:?} in {selector}"), SOON, async || {
            let there = self.exists(selector).await? && self.text(selector).await?.contains(words);
            Ok(there.then_some(()))
        })
        .await
    }

    /// Whether anything matches.
    pub async fn exists(&self, selector: &str) -> Result<bool> {
        let found = self
            .run(
                "return document.querySelector(arguments[0]) !== null",
                vec![json!(selector)],
            )
            .await?;
        Ok(found == json!(true))
    }

    /// An attribute of the first match.
    pub async fn attribute(&self, selector: &str, name: &str) -> Result<Option<String>> {
        let value = self
            .run(
                "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null",
                vec![json!(selector), json!(name)],
            )
            .await?;
        Ok(value.as_str().map(str::to_owned))
    }

    /// The words that are shown in the first match.
    pub async fn text(&self, selector: &str) -> Result<String> {
        let value = self
            .run(
                "return document.querySelector(arguments[0])?.innerText ?? null",
                vec![json!(selector)],
            )
            .await?;
        let text = value.as_str().map(str::to_owned);
        text.with_context(|| format!("nothing matches {selector}"))
    }

    /// The value of a script without arguments.
    pub(crate) async fn evaluate(&self, script: &str) -> Result<Value> {
        self.run(script, Vec::new()).await
    }

    /// The value of a script.
    pub(crate) async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let answer = self.driver.page.execute(script, arguments).await?;
        Ok(answer.json().clone())
    }
}
