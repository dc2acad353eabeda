//! `backup [FILE]`

use std::path::Path;

use serde_json::json;

use crate::arguments::Backup;
use crate::ending::{Ending, Exit, Failure};
use crate::installation::{Here, at};
use crate::progress::watched;
use crate::table::plain;
use crate::words;

/// Makes a backup.
pub async fn run(here: &Here, arguments: Backup) -> Result<Ending, Failure> {
    let to = arguments.file.as_deref().map(absolute).transpose()?;
    let opened = here.open().await;
    let console = opened.map_err(|failure| {
        failure.adding(
            "database_locked",
            "Or make the backup in its window, which stays open.",
        )
    })?;
    let made = at(console, async |console| {
        let watch = console.recovery_watch();
        let making = console.back_up(to);
        watched("pages", || watch.seen(), || watch.cancel(), making).await
    });
    let made = made.await?;
    let people = words::count(made.database.people, "person", "people");
    let entries = words::count(made.database.entries, "entry", "entries");
    let text = format!(
        "{}\nA backup of {people} and {entries} of the record, {} kB. The recovery key of the kit opens \
         it.",
        plain(&made.path),
        made.bytes.div_ceil(1_000)
    );
    Ok(Ending::done(text, json!(made)))
}

/// A path that means the same wherever it is read.
///
/// # Errors
/// Where it is empty, or no text.
pub fn absolute(path: &Path) -> Result<String, Failure> {
    let whole = std::path::absolute(path).ok();
    let whole = whole.and_then(|whole| whole.to_str().map(str::to_owned));
    whole.ok_or_else(|| {
        let message = "That is not the name of a file that can be worked with.".to_owned();
        Failure::new(Exit::NotDone, "backup_path", message)
    })
}
