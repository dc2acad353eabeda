//! `people export FILE`

use std::path::Path;
use std::sync::Arc;

use serde_json::json;
use simgate_app::contract::people::ExportForm;
use simgate_app::people::ExportNumbers;
use simgate_record::Progress;

use crate::arguments::Export;
use crate::ending::{Ending, Exit, Failure};
use crate::installation::{Here, at};
use crate::progress::watched;
use crate::table::plain;
use crate::words;

/// Writes everyone to a new file.
pub async fn run(here: &Here, arguments: Export) -> Result<Ending, Failure> {
    refuse_what_is_there(&arguments.file)?;
    let numbers = if arguments.whole_numbers {
        ExportNumbers::Whole
    } else {
        ExportNumbers::Masked
    };
    let everyone = ExportForm {
        text: String::new(),
        country: String::new(),
        state: None,
        role: None,
        locked: false,
    };
    let progress = Arc::new(Progress::default());
    let written = at(here.open().await?, async |console| {
        let seen = Arc::clone(&progress);
        let writing = console.export_people(everyone, numbers, arguments.file, seen);
        watched("people", || progress.seen(), || progress.cancel(), writing).await
    });
    let written = written.await?;
    let path = plain(&written.path);
    let people = words::count(written.rows.into(), "person", "people");
    let how = match numbers {
        ExportNumbers::Masked => "numbers as their last two digits",
        ExportNumbers::Whole => "numbers whole",
    };
    Ok(Ending::done(
        format!("{people} written to {path}, {how}."),
        json!({
            "rows": written.rows,
            "path": written.path,
            "wholeNumbers": arguments.whole_numbers,
        }),
    ))
}

/// Nothing that is there is written over, and it is said before anything is opened.
///
/// # Errors
/// Where there is something of that name.
pub fn refuse_what_is_there(path: &Path) -> Result<(), Failure> {
    if matches!(path.try_exists(), Ok(true)) {
        let path = plain(&path.to_string_lossy());
        let message = format!("There is a file {path}. Name one that is not there yet.");
        return Err(Failure::new(Exit::NotDone, "file_exists", message));
    }
    Ok(())
}
