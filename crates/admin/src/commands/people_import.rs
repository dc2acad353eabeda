//! `people import FILE`

use std::fs::File;
use std::path::Path;
use std::sync::Arc;

use serde_json::json;
use simgate_app::contract::people::{BadRow, ImportMode, ImportView};
use simgate_app::people::CsvBytes;
use simgate_record::Progress;

use crate::arguments::Import;
use crate::ending::{Ending, Exit, Failure};
use crate::installation::{Here, at};
use crate::progress::watched;
use crate::table::{Table, plain};
use crate::words;

/// Looks at the people of a file, or takes them in.
pub async fn run(here: &Here, arguments: Import) -> Result<Ending, Failure> {
    let mode = match (arguments.dry_run, arguments.good) {
        (true, _) => ImportMode::DryRun,
        (false, true) => ImportMode::Good,
        (false, false) => ImportMode::All,
    };
    let file = read(&arguments.file)?;
    let progress = Arc::new(Progress::default());
    let imported = at(here.open().await?, async |console| {
        let taking = console.import_people(file, arguments.country, mode, Arc::clone(&progress));
        watched("rows", || progress.seen(), || progress.cancel(), taking).await
    });
    Ok(told(&imported.await?, mode))
}

fn read(path: &Path) -> Result<CsvBytes, Failure> {
    let read = File::open(path).and_then(CsvBytes::read);
    let file = read.map_err(|error| {
        let message = format!(
            "{} cannot be read: {error}.",
            plain(&path.to_string_lossy())
        );
        Failure::new(Exit::NotDone, "file_not_read", message)
    })?;
    Ok(file?)
}

fn told(view: &ImportView, mode: ImportMode) -> Ending {
    let well = match mode {
        ImportMode::DryRun => view.bad_count == 0 && view.good > 0,
        ImportMode::All | ImportMode::Good => view.added > 0,
    };
    let exit = if well { Exit::Done } else { Exit::NotDone };
    let json = json!({
        "mode": match mode {
            ImportMode::DryRun => "dry_run",
            ImportMode::All => "all",
            ImportMode::Good => "good",
        },
        "good": view.good,
        "badCount": view.bad_count,
        "bad": view.bad,
        "added": view.added,
    });
    Ending::told(exit, text(view, mode), json)
}

fn text(view: &ImportView, mode: ImportMode) -> String {
    let mut table = Table::new(["row", "column", "what is wrong"]);
    for bad in &view.bad {
        table.row(row(*bad));
    }
    let count = |of: u32, one, many| words::count(of.into(), one, many);
    let mut lines = Vec::new();
    if !view.bad.is_empty() {
        lines.push(table.text());
    }
    let named = u32::try_from(view.bad.len()).unwrap_or(u32::MAX);
    let others = view.bad_count.saturating_sub(named);
    if others > 0 {
        let others = count(others, "more row is", "more rows are");
        lines.push(format!("{others} bad and not named here.\n"));
    }
    let good = count(view.good, "good row", "good rows");
    let bad = count(view.bad_count, "bad row", "bad rows");
    lines.push(format!("{good}, {bad}."));
    lines.push(match (mode, view.added) {
        (ImportMode::DryRun, _) => "Nothing was written: it was only looked at.".to_owned(),
        (ImportMode::All, 0) if view.bad_count > 0 => {
            "Nobody was added. Mend those rows, or leave them out with --good.".to_owned()
        }
        (ImportMode::All | ImportMode::Good, 0) => "Nobody was added.".to_owned(),
        (ImportMode::All | ImportMode::Good, added) => format!(
            "{} added. They have no password before an admin gives them one.",
            count(added, "person was", "people were")
        ),
    });
    lines.join("\n")
}

fn row(bad: BadRow) -> [String; 3] {
    let column = bad
        .column
        .map_or_else(String::new, |column| words::code(&column));
    let why = words::problem(&words::code(&bad.why));
    [bad.row.to_string(), column, why]
}
