//! `audit export FILE`

use std::sync::Arc;

use serde_json::json;
use simgate_app::contract::record::RecordExportView;
use simgate_record::Progress;

use super::people_export::refuse_what_is_there;
use crate::arguments::AuditExport;
use crate::ending::{Ending, Exit, Failure};
use crate::installation::{Here, at};
use crate::progress::watched;
use crate::table::plain;
use crate::words;

/// Writes the record to a new file.
pub async fn run(here: &Here, arguments: AuditExport) -> Result<Ending, Failure> {
    refuse_what_is_there(&arguments.file)?;
    let progress = Arc::new(Progress::default());
    let written = at(here.open().await?, async |console| {
        let writing = console.export_record(arguments.file, Arc::clone(&progress));
        watched("entries", || progress.seen(), || progress.cancel(), writing).await
    });
    match written.await? {
        RecordExportView::Done { entries, path, key } => {
            let count = words::count(entries, "entry", "entries");
            let text = format!("{count} written to {}.\nIts key is {key}.", plain(&path));
            let json = json!({ "entries": entries, "path": path, "key": key });
            Ok(Ending::done(text, json))
        }
        RecordExportView::Idle
        | RecordExportView::Writing(_)
        | RecordExportView::Stopped
        | RecordExportView::Failed { .. } => {
            let (_, message) = words::refusal("canceled");
            Ok(Ending::failed(Exit::NotDone, "canceled", message))
        }
    }
}
