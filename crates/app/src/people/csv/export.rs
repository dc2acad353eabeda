//! People who go out.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use simgate_domain::{Channel, Role};
use simgate_store::{Act, Entry, PersonRow, Who};

use super::super::list;
use super::neutral;
use crate::app::{Answer, App};
use crate::contract::people::{ExportForm, ExportedView, PeopleForm, PeopleOrder};
use crate::contract::words::{ErrorCode, Refusal};

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

/// Sees how far an export is, and can end it.
#[derive(Debug, Default)]
pub struct ExportWatch {
    done: AtomicU32,
    canceled: AtomicBool,
}

impl ExportWatch {
    /// People written so far.
    #[must_use]
    pub fn done(&self) -> u32 {
        self.done.load(Ordering::Relaxed)
    }

    /// Ends the export at its next batch. What was written by then is removed.
    pub fn cancel(&self) {
        self.canceled.store(true, Ordering::Relaxed);
    }
}

impl App {
    /// Writes people to a new file, which nobody else may read. Numbers go out as their last two
    /// digits.
    ///
    /// # Errors
    /// [`ErrorCode::FileNotWritten`], also where there is a file of that name; [`ErrorCode::Canceled`];
    /// and as `App::at_the_counter`. Then nothing is left of it.
    pub async fn export_people(
        &self,
        form: ExportForm,
        to: PathBuf,
        watch: Arc<ExportWatch>,
    ) -> Answer<ExportedView> {
        self.export_at_the_counter(form, ExportNumbers::Masked, to, watch)
            .await
    }

    /// The same with whole numbers.
    ///
    /// # Errors
    /// As [`App::export_people`].
    pub async fn export_people_with_numbers(
        &self,
        form: ExportForm,
        to: PathBuf,
        watch: Arc<ExportWatch>,
    ) -> Answer<ExportedView> {
        self.export_at_the_counter(form, ExportNumbers::Whole, to, watch)
            .await
    }

    /// The same at the command line of this machine.
    ///
    /// # Errors
    /// As [`App::export_people`].
    pub async fn export_people_at_the_console(
        &self,
        form: ExportForm,
        numbers: ExportNumbers,
        to: PathBuf,
        watch: Arc<ExportWatch>,
    ) -> Answer<ExportedView> {
        let entry = self.entry_at_the_console(Who::Program, Act::PeopleExported);
        self.export(form, numbers, to, &watch, entry).await
    }

    async fn export_at_the_counter(
        &self,
        form: ExportForm,
        numbers: ExportNumbers,
        to: PathBuf,
        watch: Arc<ExportWatch>,
    ) -> Answer<ExportedView> {
        self.at_the_counter(Role::Admin, move |app, by| async move {
            let entry = app.entry_by(&by, Act::PeopleExported);
            app.export(form, numbers, to, &watch, entry).await
        })
        .await
    }

    async fn export(
        &self,
        form: ExportForm,
        numbers: ExportNumbers,
        to: PathBuf,
        watch: &ExportWatch,
        mut entry: Entry,
    ) -> Answer<ExportedView> {
        let tools = self.tools()?;
        entry.cause = Some(match numbers {
            ExportNumbers::Masked => "masked",
            ExportNumbers::Whole => "whole_numbers",
        });
        let not_written = |error: io::Error| {
            tracing::warn!(%error, "people were not exported");
            Refusal::plain(ErrorCode::FileNotWritten)
        };
        let mut sheet = Sheet::begin(&to).map_err(not_written)?;
        // What cannot be recorded does not happen.
        let recorded = tools.store.record(entry).await;
        recorded.map_err(|error| self.unforeseen("recording an export", &error))?;
        let mut query = list::query(&everyone(form), BATCH, self.limits())?;
        while let Some(asked) = query.take() {
            if watch.canceled.load(Ordering::Relaxed) {
                return Err(Refusal::plain(ErrorCode::Canceled));
            }
            let page = tools
                .store
                .people(asked.clone(), self.inner.clock.now())
                .await
                .map_err(|error| self.unforeseen("listing people", &error))?;
            for person in &page.people {
                sheet.write(person, numbers).map_err(not_written)?;
            }
            watch.done.store(sheet.rows, Ordering::Relaxed);
            query = page.next.map(|next| simgate_store::PeopleQuery {
                after: Some(next),
                ..asked
            });
        }
        let rows = sheet.rows;
        sheet.finish().map_err(not_written)?;
        Ok(ExportedView {
            rows,
            path: to.display().to_string(),
        })
    }
}

fn everyone(form: ExportForm) -> PeopleForm {
    PeopleForm {
        text: form.text,
        country: form.country,
        state: form.state,
        role: form.role,
        locked: false,
        order: PeopleOrder::Name,
        descending: false,
        after: None,
    }
}

/// A file that is being written under another name. Dropped before it is finished, it is removed.
struct Sheet {
    writer: Option<csv::Writer<BufWriter<File>>>,
    part: PathBuf,
    name: PathBuf,
    rows: u32,
}

impl Sheet {
    fn begin(name: &Path) -> io::Result<Self> {
        if name.try_exists()? {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let mut part = name.as_os_str().to_owned();
        part.push(".part");
        let part = PathBuf::from(part);
        let mut options = File::options();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = options.open(&part)?;
        let mut writer = csv::Writer::from_writer(BufWriter::new(file));
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
        Ok(Self {
            writer: Some(writer),
            part,
            name: name.to_owned(),
            rows: 0,
        })
    }

    fn write(&mut self, person: &PersonRow, numbers: ExportNumbers) -> io::Result<()> {
        let phone = match numbers {
            ExportNumbers::Masked => format!("..{}", person.number.ending()),
            ExportNumbers::Whole => person.number.e164().to_owned(),
        };
        let channel = match person.channel {
            Channel::Sms => "sms",
            Channel::Voice => "voice",
        };
        let last = person.last_sign_in.map(|at| at.to_string());
        let registered = person.registered_at.to_string();
        let cells = [
            person.name.shown(),
            &phone,
            channel,
            person.role.word(),
            person.state.word(),
            last.as_deref().unwrap_or_default(),
            &registered,
        ];
        if let Some(writer) = &mut self.writer {
            let cells = cells.map(neutral::written);
            writer.write_record(cells.iter().map(|cell| cell.as_bytes()))?;
        }
        self.rows += 1;
        Ok(())
    }

    /// Gives it its name, once it is on the disk.
    fn finish(mut self) -> io::Result<()> {
        if let Some(writer) = self.writer.take() {
            let buffered = writer
                .into_inner()
                .map_err(csv::IntoInnerError::into_error)?;
            let mut buffered = buffered;
            buffered.flush()?;
            buffered.get_ref().sync_all()?;
        }
        if self.name.try_exists()? {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        std::fs::rename(&self.part, &self.name)
    }
}

impl Drop for Sheet {
    fn drop(&mut self) {
        self.writer = None;
        // After it got its name there is nothing left of this one.
        let _gone = std::fs::remove_file(&self.part);
    }
}
