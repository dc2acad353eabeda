//! A file of people that the page hands over in parts, is told of, and has taken in. It is in memory
//! only, of one session only, and gone with it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use simgate_store::Act;

use super::import::{CsvBytes, LARGEST, NAMED, Wrote, count};
use super::read::Sheet;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::people::{BeginImportForm, ImportPartForm, ImportWorkView};
use crate::contract::words::{ErrorCode, Refusal};
use crate::tasks::{Seen, Session, Slot};

/// Bytes of one part at the most: more than the page puts into one message.
const LARGEST_PART: usize = 64_000;
/// Bytes of the name of a country.
const COUNTRY: usize = 2;

/// A file of which not all is there yet.
struct Incoming {
    of: Session,
    country: String,
    /// Bytes that it will have.
    whole: usize,
    bytes: Vec<u8>,
}

/// What came of looking at a file.
#[derive(Clone)]
enum Looked {
    Sheet(Arc<Sheet>),
    Stopped,
    Failed(Refusal),
}

/// What came of taking one in.
#[derive(Clone)]
enum Took {
    Added(u32),
    Collided(Arc<Sheet>),
    Stopped,
    Failed(Refusal),
}

/// The one file that comes in.
#[derive(Default)]
pub(crate) struct Import {
    incoming: Mutex<Option<Incoming>>,
    looking: Slot<Looked>,
    taking: Slot<Took>,
}

impl Import {
    fn incoming(&self) -> MutexGuard<'_, Option<Incoming>> {
        self.incoming.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Stops whatever is under way.
    pub fn cancel(&self) {
        self.looking.cancel();
        self.taking.cancel();
    }

    /// Forgets what is not of this session.
    pub fn keep_only(&self, of: Option<Session>) {
        self.incoming().take_if(|file| Some(file.of) != of);
        self.looking.keep_only(of);
        self.taking.keep_only(of);
    }

    fn is_running(&self, of: Session) -> bool {
        matches!(self.looking.seen(of), Seen::Running(_))
            || matches!(self.taking.seen(of), Seen::Running(_))
    }

    /// The file that was looked at, as it was last found to be.
    fn sheet(&self, of: Session) -> Option<Arc<Sheet>> {
        match self.taking.seen(of) {
            Seen::Came(Took::Collided(sheet)) => return Some(sheet),
            Seen::Nothing => {}
            Seen::Running(_) | Seen::Came(Took::Added(_) | Took::Stopped | Took::Failed(_)) => {
                return None;
            }
        }
        match self.looking.seen(of) {
            Seen::Came(Looked::Sheet(sheet)) => Some(sheet),
            Seen::Nothing | Seen::Running(_) | Seen::Came(Looked::Stopped | Looked::Failed(_)) => {
                None
            }
        }
    }

    pub(super) fn shown(&self, to: Session) -> ImportWorkView {
        match self.taking.seen(to) {
            Seen::Nothing => {}
            Seen::Running(running) => return ImportWorkView::Writing(running),
            Seen::Came(Took::Added(added)) => return ImportWorkView::Done { added },
            Seen::Came(Took::Collided(sheet)) => return looked_at(&sheet),
            Seen::Came(Took::Stopped) => return ImportWorkView::Stopped,
            Seen::Came(Took::Failed(refusal)) => return ImportWorkView::Failed { refusal },
        }
        match self.looking.seen(to) {
            Seen::Nothing => ImportWorkView::Idle,
            Seen::Running(running) => ImportWorkView::Checking(running),
            Seen::Came(Looked::Sheet(sheet)) => looked_at(&sheet),
            Seen::Came(Looked::Stopped) => ImportWorkView::Stopped,
            Seen::Came(Looked::Failed(refusal)) => ImportWorkView::Failed { refusal },
        }
    }
}

impl App {
    /// Begins to take a file over, of which the page hands the parts over one after the other. The
    /// one before is forgotten, whosever it was.
    ///
    /// # Errors
    /// [`ErrorCode::FileTooLarge`], before a byte of it is here; [`ErrorCode::NotNow`] where one is
    /// being looked at or taken in; and as the door.
    pub async fn begin_import(&self, form: BeginImportForm) -> Answer<()> {
        self.looking_after(Command::BEGIN_IMPORT, move |app, _by| async move {
            let of = app.session()?;
            let import = &app.inner.people_work.import;
            if import.is_running(of) {
                return Err(Refusal::plain(ErrorCode::NotNow));
            }
            import.keep_only(None);
            let whole = usize::try_from(form.bytes).unwrap_or(usize::MAX);
            if whole > LARGEST {
                return Err(Refusal::plain(ErrorCode::FileTooLarge));
            }
            if form.country.len() > COUNTRY {
                return Err(Refusal::plain(ErrorCode::BadRequest));
            }
            *import.incoming() = Some(Incoming {
                of,
                country: form.country,
                whole,
                bytes: Vec::new(),
            });
            Ok(())
        })
        .await
    }

    /// Takes the next part of it.
    ///
    /// # Errors
    /// [`ErrorCode::NotNow`] where this session began none; [`ErrorCode::BadRequest`] for a part that
    /// is not the next one, is too large, or leads over the size that was announced: then the file is
    /// forgotten; and as the door.
    pub async fn add_to_import(&self, form: ImportPartForm) -> Answer<()> {
        self.looking_after(Command::ADD_TO_IMPORT, move |app, _by| async move {
            let of = app.session()?;
            let mut incoming = app.inner.people_work.import.incoming();
            let file = incoming.as_mut().filter(|file| file.of == of);
            let file = file.ok_or_else(|| Refusal::plain(ErrorCode::NotNow))?;
            let next = u64::try_from(file.bytes.len()).is_ok_and(|at| at == form.at);
            let fits = form.text.len() <= LARGEST_PART.min(file.whole - file.bytes.len());
            if !next || !fits {
                *incoming = None;
                return Err(Refusal::plain(ErrorCode::BadRequest));
            }
            file.bytes.extend_from_slice(form.text.as_bytes());
            Ok(())
        })
        .await
    }

    /// Begins to look at the file, all of which is there. Nothing is written, and
    /// [`App::people_work`] tells what comes of it.
    ///
    /// # Errors
    /// [`ErrorCode::NotNow`] where this session has handed over none; [`ErrorCode::BadRequest`] where
    /// a part of it is missing; and as the door.
    pub async fn check_import(&self) -> Answer<()> {
        self.looking_after(Command::CHECK_IMPORT, |app, _by| async move {
            let (tools, of) = (app.tools()?, app.session()?);
            let import = &app.inner.people_work.import;
            let file = import.incoming().take_if(|file| file.of == of);
            let file = file.ok_or_else(|| Refusal::plain(ErrorCode::NotNow))?;
            if file.bytes.len() != file.whole {
                return Err(Refusal::plain(ErrorCode::BadRequest));
            }
            let (bytes, country) = (CsvBytes::new(file.bytes)?, file.country);
            let Some(progress) = import.looking.begin(of) else {
                return Ok(());
            };
            let work = {
                let (app, progress) = (app.clone(), Arc::clone(&progress));
                async move {
                    match app.look_at(&*tools.store, bytes, country, &progress).await {
                        Ok(sheet) => Looked::Sheet(Arc::new(sheet)),
                        Err(refusal) if refusal.code == ErrorCode::Canceled => Looked::Stopped,
                        Err(refusal) => Looked::Failed(refusal),
                    }
                }
            };
            let doing = "looking at a file of people";
            app.carry_out(&import.looking, progress, doing, Looked::Failed, work);
            Ok(())
        })
        .await
    }

    /// Begins to take the people in who were found when the file was looked at: all of them, or with
    /// `good_only` those whose rows are good. [`App::people_work`] tells what comes of it.
    ///
    /// # Errors
    /// [`ErrorCode::NotNow`] where no file of this session was looked at; [`ErrorCode::BadRequest`]
    /// where there is nobody to take, or a bad row and no `good_only`; and as the door.
    pub async fn import_people(&self, good_only: bool) -> Answer<()> {
        self.looking_after(Command::IMPORT_PEOPLE, move |app, by| async move {
            let (tools, of) = (app.tools()?, app.session()?);
            let import = &app.inner.people_work.import;
            let sheet = import.sheet(of);
            let sheet = sheet.ok_or_else(|| Refusal::plain(ErrorCode::NotNow))?;
            if sheet.good.is_empty() || (!good_only && !sheet.bad.is_empty()) {
                return Err(Refusal::plain(ErrorCode::BadRequest));
            }
            let Some(progress) = import.taking.begin(of) else {
                return Ok(());
            };
            let entry = app.entry_by(&by, Act::PeopleImported);
            let work = {
                let (app, progress) = (app.clone(), Arc::clone(&progress));
                async move {
                    let added = count(sheet.good.len());
                    match app
                        .take_in(&*tools.store, &sheet, by.actor(), entry, progress)
                        .await
                    {
                        Ok(Wrote::All) => Took::Added(added),
                        Ok(Wrote::Collided(sheet)) => Took::Collided(Arc::new(sheet)),
                        Err(refusal) if refusal.code == ErrorCode::Canceled => Took::Stopped,
                        Err(refusal) => Took::Failed(refusal),
                    }
                }
            };
            app.carry_out(
                &import.taking,
                progress,
                "importing people",
                Took::Failed,
                work,
            );
            Ok(())
        })
        .await
    }

    /// Stops what is under way with the file, or forgets it where nothing is. Who were added stay.
    ///
    /// # Errors
    /// As the door.
    pub async fn cancel_import(&self) -> Answer<()> {
        self.looking_after(Command::CANCEL_IMPORT, |app, _by| async move {
            let import = &app.inner.people_work.import;
            if import.is_running(app.session()?) {
                import.cancel();
            } else {
                import.keep_only(None);
            }
            Ok(())
        })
        .await
    }
}

fn looked_at(sheet: &Sheet) -> ImportWorkView {
    ImportWorkView::Checked {
        good: count(sheet.good.len()),
        bad_count: count(sheet.bad.len()),
        bad: sheet.bad.iter().take(NAMED).copied().collect(),
    }
}
