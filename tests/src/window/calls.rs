//! What a page that has been taken over could ask of Rust.

use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};

use super::Window;

impl Window {
    /// Calls a command as the page does, and returns what it was refused with.
    pub async fn refusal(&self, command: &str, arguments: Value) -> Result<Value> {
        let script = "const done = arguments[2];
            const call = window.__TAURI_INTERNALS__.invoke(arguments[0], arguments[1]);
            call.then(value => done({ answered: value ?? null }), why => done({ refused: why }))";
        let answer = self
            .driver
            .page
            .execute_async(script, vec![json!(command), arguments])
            .await
            .with_context(|| format!("{command} was neither answered nor refused"))?;
        let answer = answer.json();
        if let Some(value) = answer.get("answered") {
            bail!("{command} was answered: {value}");
        }
        answer
            .get("refused")
            .cloned()
            .with_context(|| format!("{command} was neither answered nor refused: {answer}"))
    }
}
