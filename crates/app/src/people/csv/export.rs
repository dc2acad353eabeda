//! People who go out.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use simgate_store::{Act, Entry, NewFile, PeopleQuery, PersonRow, Progress, Who};

use super::super::{Caretaker, list};
use super::neutral;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::console::Console;
use crate::contract::people::{
    ExportForm, ExportedView, PeopleExportView, PeopleForm, PeopleOrder,
};
use crate::contract::words::{ErrorCode, Refusal};
use crate::exports;
use crate::flow::channel_word;

/// People in a batch.
const BATCH: usize = 500;

/// What of a number goes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportNumbers {
    /// Its last two digits.
    Masked,
    /// All of it, which is recorded.
    Whole,
}

impl App {
    /// Begins to write people to a file of the folder `exports` beside the database, unless this
    /// session does already. Numbers go out as their last two digits. [`App::people_work`] tells what
    /// comes of it.
    ///
    /// # Errors
    /// As the door.
    pub async fn export_people(&self, form: ExportForm) -> Answer<()> {
        self.looking_after(Command::EXPORT_PEOPLE, |app, by| async move {
            app.begin_export(form, ExportNumbers::Masked, &by)
        })
        .await
    }

    /// The same with whole numbers.
    ///
    /// # Errors
    /// As [`App::export_people`].
    pub async fn export_people_whole(&self, form: ExportForm) -> Answer<()> {
        self.looking_after(Command::EXPORT_PEOPLE_WHOLE, |app, by| async move {
            app.begin_export(form, ExportNumbers::Whole, &by)
        })
        .await
    }

    fn begin_export(&self, form: ExportForm, numbers: ExportNumbers, by: &Caretaker) -> Answer<()> {
        let slot = &self.inner.people_work.export;
        let Some(progress) = slot.begin(self.session()?) else {
            return Ok(());
        };
        let path = self.export_path("people", "csv");
        let entry = self.entry_by(by, Act::PeopleExported);
        let failed = |refusal| PeopleExportView::Failed { refusal };
        let work = {
            let (app, progress) = (self.clone(), Arc::clone(&progress));
            async move {
                let within = path.clone();
                if let Err(error) = blocking(move || exports::make_folder_of(&within)).await {
                    return failed(not_written(&error));
                }
                match app.export(form, numbers, path, &progress, entry).await {
                    Ok(ExportedView { rows, path }) => PeopleExportView::Done { rows, path },
                    Err(refusal) if refusal.code == ErrorCode::Canceled => {
                        PeopleExportView::Stopped
                    }
                    Err(refusal) => failed(refusal),
                }
            }
        };
        self.carry_out(slot, progress, "exporting people", failed, work);
        Ok(())
    }

    async fn export(
        &self,
        form: ExportForm,
        numbers: ExportNumbers,
        to: PathBuf,
        progress: &Progress,
        entry: Entry,
    ) -> Answer<ExportedView> {
        let store = self.open_store()?;
        let entry = Entry {
            cause: Some(numbers.word()),
            ..exports::with_name(entry, &to)
        };
        let named = to.clone();
        let mut sheet = blocking(move || Sheet::begin(&named))
            .await
            .map_err(|error| not_written(&error))?;
        // What cannot be recorded does not happen.
        let recorded = store.record(entry).await;
        recorded.map_err(|error| self.unforeseen("recording an export", &error))?;
        let mut query = list::query(&everyone(form), BATCH, self.limits())?;
        while let Some(asked) = query.take() {
            if progress.is_canceled() {
                return Err(Refusal::plain(ErrorCode::Canceled));
            }
            let page = store
                .people(asked.clone(), self.inner.clock.now())
                .await
                .map_err(|error| self.unforeseen("listing people", &error))?;
            let (people, next) = (page.people, page.next);
            let came = u64::try_from(people.len()).unwrap_or(0);
            sheet = blocking(move || {
                for person in &people {
                    sheet.write(person, numbers)?;
                }
                Ok(sheet)
            })
            .await
            .map_err(|error| not_written(&error))?;
            progress.step(came);
            query = next.map(|next| PeopleQuery {
                after: Some(next),
                ..asked
            });
        }
        let rows = sheet.rows;
        // Whoever wished that it stop until now finds no file.
        if progress.is_canceled() {
            return Err(Refusal::plain(ErrorCode::Canceled));
        }
        blocking(move || sheet.finish())
            .await
            .map_err(|error| not_written(&error))?;
        Ok(ExportedView {
            rows,
            path: to.display().to_string(),
        })
    }
}

impl Console {
    /// Writes people to a new file, as [`App::export_people`] does, and waits for it.
    ///
    /// # Errors
    /// [`ErrorCode::FileNotWritten`], also where there is a file of that name; and
    /// [`ErrorCode::Canceled`]. Then nothing is left of it.
    pub async fn export_people(
        &self,
        form: ExportForm,
        numbers: ExportNumbers,
        to: PathBuf,
        progress: Arc<Progress>,
    ) -> Answer<ExportedView> {
        let entry = self.entry(Who::Program, Act::PeopleExported);
        self.app.export(form, numbers, to, &progress, entry).await
    }
}

impl ExportNumbers {
    /// The record's word.
    const fn word(self) -> &'static str {
        match self {
            Self::Masked => "masked",
            Self::Whole => "whole_numbers",
        }
    }
}

fn not_written(error: &io::Error) -> Refusal {
    tracing::warn!(%error, "people were not exported");
    Refusal::plain(ErrorCode::FileNotWritten)
}

/// Work that waits for the disk.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(io::Error::other)?
}

fn everyone(form: ExportForm) -> PeopleForm {
    PeopleForm {
        text: form.text,
        country: form.country,
        state: form.state,
        role: form.role,
        locked: form.locked,
        order: PeopleOrder::Name,
        descending: false,
        after: None,
    }
}

/// A file that is being written.
struct Sheet {
    writer: csv::Writer<NewFile>,
    rows: u32,
}

impl Sheet {
    fn begin(name: &Path) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(NewFile::begin(name)?);
        let names = [
            "username",
            "phone",
            "channel",
            "role",
            "state",
            "last_sign_in",
            "registered",
        ];
        writer.write_record(names)?;
        Ok(Self { writer, rows: 0 })
    }

    fn write(&mut self, person: &PersonRow, numbers: ExportNumbers) -> io::Result<()> {
        let phone = match numbers {
            ExportNumbers::Masked => format!("..{}", person.number.ending()),
            ExportNumbers::Whole => person.number.e164().to_owned(),
        };
        let last = person.last_sign_in.map(|at| at.to_string());
        let registered = person.registered_at.to_string();
        let cells = [
            person.name.shown(),
            &phone,
            channel_word(person.channel),
            person.role.word(),
            person.state.word(),
            last.as_deref().unwrap_or_default(),
            &registered,
        ];
        let cells = cells.map(neutral::written);
        let cells = cells.iter().map(|cell| cell.as_bytes());
        self.writer.write_record(cells)?;
        self.rows += 1;
        Ok(())
    }

    fn finish(self) -> io::Result<()> {
        let file = self.writer.into_inner();
        file.map_err(csv::IntoInnerError::into_error)?.finish()
    }
}
