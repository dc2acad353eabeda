//! How the window looks: its size, its colours, its language, and what axe has against it.

use anyhow::{Context as _, Result, ensure};
use serde::Deserialize;
use serde_json::json;

use super::Window;
use crate::environment;
use crate::until::{SOON, until};

/// What a person chose in the bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Look {
    /// `light`, `dark` or `contrast`.
    pub theme: &'static str,
    /// Text size in percent.
    pub text: u32,
    /// `en` or `es`.
    pub language: &'static str,
}

impl Look {
    /// What a new window in English has.
    pub const USUAL: Self = Self {
        theme: "light",
        text: 100,
        language: "en",
    };
}

#[derive(Deserialize)]
struct Violation {
    id: String,
    help: String,
    nodes: Vec<Node>,
}

#[derive(Deserialize)]
struct Node {
    html: String,
    #[serde(rename = "failureSummary")]
    summary: String,
}

impl Window {
    /// Gives the window this size.
    pub async fn resize(&self, width: u32, height: u32) -> Result<()> {
        self.driver
            .page
            .set_window_rect(0, 0, width, height)
            .await?;
        let wanted = json!([width, height]);
        until(&format!("a window of {width}x{height}"), SOON, async || {
            let now = self.evaluate("return [innerWidth, innerHeight]").await?;
            ensure!(now == wanted, "it is {now}");
            Ok(Some(()))
        })
        .await
    }

    /// Makes these choices in the bar, by its menus.
    pub async fn dress(&self, look: Look) -> Result<()> {
        self.choose("theme", look.theme).await?;
        self.choose("text-size", &look.text.to_string()).await?;
        self.choose("language", look.language).await
    }

    /// Chooses from a menu of the bar.
    pub async fn choose(&self, menu: &str, value: &str) -> Result<()> {
        let item = format!(".menu:has([data-act='{menu}']) [data-value='{value}']");
        let chosen = |checked: Option<String>| checked.as_deref() == Some("true");
        if chosen(self.attribute(&item, "aria-checked").await?) {
            return Ok(());
        }
        self.press(menu).await?;
        self.click(&item).await?;
        self.await_attribute(&item, "aria-checked", "true").await
    }

    /// How many pixels the page is wider than its window.
    pub async fn overflow(&self) -> Result<i64> {
        let script = "const page = document.scrollingElement;
            return page.scrollWidth - page.clientWidth";
        self.evaluate(script).await?.as_i64().context("no number")
    }

    /// What axe finds against the page as it is shown now; nothing is what it should find.
    pub async fn axe(&self) -> Result<Vec<String>> {
        self.load_axe().await?;
        self.settle().await?;
        let script = "const done = arguments[0];
            window.axe.run(document, { iframes: false, resultTypes: ['violations'] })
                .then(result => done(result.violations), error => done(String(error)))";
        let answer = self.driver.page.execute_async(script, Vec::new()).await?;
        let violations: Vec<Violation> = answer
            .convert()
            .with_context(|| format!("axe failed: {}", answer.json()))?;
        let told = violations.iter().flat_map(|found| {
            let about = |node: &Node| {
                let summary = node.summary.replace('\n', " ");
                format!("{}: {}: {} {summary}", found.id, found.help, node.html)
            };
            found.nodes.iter().map(about)
        });
        Ok(told.collect())
    }

    /// Waits until nothing moves or changes its colour, but for what goes round for ever.
    pub async fn settle(&self) -> Result<()> {
        let script = "const done = arguments[0];
            const ends = one => one.effect.getComputedTiming().endTime !== Infinity;
            const moves = document.getAnimations().filter(ends);
            Promise.allSettled(moves.map(one => one.finished)).then(() => done(null))";
        self.driver
            .page
            .execute_async(script, Vec::new())
            .await
            .map(drop)
            .context("waiting for the page to stand still")
    }

    async fn load_axe(&self) -> Result<()> {
        if self.evaluate("return typeof window.axe").await? == json!("object") {
            return Ok(());
        }
        let path = environment::root().join("ui/node_modules/axe-core/axe.min.js");
        let source = tokio::fs::read_to_string(&path).await.with_context(|| {
            let path = path.display();
            format!("reading {path} (`npm ci` in ui puts it there)")
        })?;
        self.run(&source, Vec::new()).await.map(drop)
    }
}
