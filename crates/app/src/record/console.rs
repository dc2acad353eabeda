//! The record at the command line of this machine.

use std::path::PathBuf;
use std::sync::Arc;

use simgate_store::{Act, Progress, Who};

use crate::app::Answer;
use crate::console::Console;
use crate::contract::record::{RecordExportView, VerificationView};
use crate::contract::words::{ErrorCode, Refusal};
use crate::exports;

impl Console {
    /// Goes through the record. What comes of it is on record.
    ///
    /// # Errors
    /// What was not foreseen.
    pub async fn verify_record(&self, progress: Arc<Progress>) -> Answer<VerificationView> {
        let store = self.app.open_store()?;
        let entry = self.entry(Who::Program, Act::RecordVerified);
        let came = self.app.go_through(&*store, progress, entry).await;
        if let VerificationView::Failed { refusal } = came {
            return Err(refusal);
        }
        Ok(came)
    }

    /// Writes the record to a new file. That is on record before the file is, and in it.
    ///
    /// # Errors
    /// [`ErrorCode::FileNotWritten`], also where there is a file of that name; and where it cannot be
    /// recorded: then nothing is written.
    pub async fn export_record(
        &self,
        path: PathBuf,
        progress: Arc<Progress>,
    ) -> Answer<RecordExportView> {
        let (app, store) = (&self.app, self.app.open_store()?);
        if !matches!(path.try_exists(), Ok(false)) {
            return Err(Refusal::plain(ErrorCode::FileNotWritten));
        }
        let entry = exports::with_name(self.entry(Who::Program, Act::RecordExported), &path);
        let recorded = store.record(entry).await;
        recorded.map_err(|error| app.unforeseen("recording an export", &error))?;
        let came = app.write_out(&*store, path, progress).await;
        if let RecordExportView::Failed { refusal } = came {
            return Err(refusal);
        }
        Ok(came)
    }
}
