//! People who come in.

use std::io::{self, Read};
use std::sync::Arc;

use simgate_domain::{Rules, UserId, Username};
use simgate_store::{Act, Actor, Entry, Imported, NewPerson, Progress, Store, Taken, Who};

use super::read::{self, Row, Sheet};
use crate::app::{Answer, App};
use crate::console::Console;
use crate::contract::people::{BadRow, ImportColumn, ImportMode, ImportProblem, ImportView};
use crate::contract::words::{ErrorCode, Refusal};

/// Bytes of a file at the most: 5 MB.
pub(super) const LARGEST: usize = 5_000_000;
/// Bad rows that are named: as many as somebody mends before they look again. The rest is counted.
pub(super) const NAMED: usize = 1_000;
/// Rows that are looked at in one go.
const BATCH: usize = 1_000;

/// A file of a bearable size.
pub struct CsvBytes(Vec<u8>);

impl CsvBytes {
    /// These bytes.
    ///
    /// # Errors
    /// [`ErrorCode::FileTooLarge`]
    pub fn new(bytes: Vec<u8>) -> Answer<Self> {
        if bytes.len() > LARGEST {
            return Err(Refusal::plain(ErrorCode::FileTooLarge));
        }
        Ok(Self(bytes))
    }

    /// Reads a file, and no more of it than is bearable.
    ///
    /// # Errors
    /// What reading it fails with; within, [`ErrorCode::FileTooLarge`].
    pub fn read(from: impl Read) -> io::Result<Answer<Self>> {
        let mut bytes = Vec::new();
        from.take(LARGEST as u64 + 1).read_to_end(&mut bytes)?;
        Ok(Self::new(bytes))
    }
}

/// What came of writing people.
pub(super) enum Wrote {
    /// All of them are there.
    All,
    /// Somebody came in between: nobody was added, and this is the file now.
    Collided(Sheet),
}

impl App {
    /// What is in a file. Nothing is written.
    pub(super) async fn look_at(
        &self,
        store: &dyn Store,
        file: CsvBytes,
        country: String,
        progress: &Arc<Progress>,
    ) -> Answer<Sheet> {
        let watched = Arc::clone(progress);
        let reading = move || read::read(&file.0, &country, &watched);
        let sheet = tokio::task::spawn_blocking(reading)
            .await
            .map_err(|error| self.unforeseen("reading a file of people", &error))?
            .map_err(Refusal::plain)?;
        let sheet = within(&self.rules_in_force(), sheet);
        self.without_taken(store, sheet, progress).await
    }

    /// Writes the good rows: all of them or none.
    pub(super) async fn take_in(
        &self,
        store: &dyn Store,
        sheet: &Sheet,
        by: Actor,
        entry: Entry,
        progress: Arc<Progress>,
    ) -> Answer<Wrote> {
        let (good, left_out) = (sheet.good.len(), sheet.bad.len());
        let entry = Entry {
            detail: Some(format!("added {good} left_out {left_out}")),
            ..entry
        };
        let people = sheet.good.iter().map(|row| self.new_person(row));
        let people = people.collect::<Answer<Vec<_>>>()?;
        let imported = store
            .import_people(people, by, entry, progress)
            .await
            .map_err(|error| self.unforeseen("importing people", &error))?;
        match imported {
            Imported::Done => Ok(Wrote::All),
            Imported::Taken(taken) => Ok(Wrote::Collided(set_apart(sheet.clone(), &taken))),
            Imported::Canceled => Err(Refusal::plain(ErrorCode::Canceled)),
            Imported::NotAllowed => Err(Refusal::plain(ErrorCode::NotAllowed)),
        }
    }

    /// The sheet, with the rows that collide with somebody who is there among the bad ones.
    async fn without_taken(
        &self,
        store: &dyn Store,
        sheet: Sheet,
        progress: &Progress,
    ) -> Answer<Sheet> {
        let mut taken = Vec::new();
        for (batch, rows) in sheet.good.chunks(BATCH).enumerate() {
            if progress.is_canceled() {
                return Err(Refusal::plain(ErrorCode::Canceled));
            }
            let asked: Vec<(Username, _)> = rows
                .iter()
                .map(|row| (row.name.clone(), row.phone.clone()))
                .collect();
            let found = store.taken(asked).await;
            let found = found.map_err(|error| self.unforeseen("looking for collisions", &error))?;
            let before = batch * BATCH;
            taken.extend(
                found
                    .into_iter()
                    .map(|(place, taken)| (before + place, taken)),
            );
            progress.step(u64::try_from(rows.len()).unwrap_or(0));
        }
        Ok(set_apart(sheet, &taken))
    }

    fn new_person(&self, row: &Row) -> Answer<NewPerson> {
        Ok(NewPerson {
            user: self.new_id().map(UserId::new)?,
            name: row.name.clone(),
            number: row.phone.clone(),
            channel: row.channel,
            role: row.role,
        })
    }
}

impl Console {
    /// Looks at a file of people, or takes them in, as the counter of an admin does: all of them, or
    /// those whose rows are good.
    ///
    /// # Errors
    /// [`ErrorCode::FileNotText`], [`ErrorCode::FileColumns`] and [`ErrorCode::Canceled`]; and
    /// [`ErrorCode::NotNow`] before there is a first admin, whom nobody may come before.
    pub async fn import_people(
        &self,
        file: CsvBytes,
        country: String,
        mode: ImportMode,
        progress: Arc<Progress>,
    ) -> Answer<ImportView> {
        let (app, store) = (&self.app, self.app.open_store()?);
        if !self.is_anybody_here(&*store).await? {
            return Err(Refusal::plain(ErrorCode::NotNow));
        }
        let sheet = app.look_at(&*store, file, country, &progress).await?;
        let wanted = match mode {
            ImportMode::DryRun => false,
            ImportMode::All => sheet.bad.is_empty(),
            ImportMode::Good => true,
        };
        if !wanted || sheet.good.is_empty() {
            return Ok(view(&sheet, 0));
        }
        let entry = self.entry(Who::Program, Act::PeopleImported);
        let wrote = app.take_in(&*store, &sheet, Actor::Console, entry, progress);
        Ok(match wrote.await? {
            Wrote::All => view(&sheet, sheet.good.len()),
            Wrote::Collided(sheet) => view(&sheet, 0),
        })
    }
}

/// The sheet, with the rows whose numbers are of countries that are not allowed among the bad ones.
fn within(rules: &Rules, sheet: Sheet) -> Sheet {
    let Sheet { good, mut bad } = sheet;
    let (good, outside): (Vec<_>, Vec<_>) =
        good.into_iter().partition(|row| rules.allows(&row.phone));
    bad.extend(outside.into_iter().map(|row| BadRow {
        row: row.number,
        column: Some(ImportColumn::Phone),
        why: ImportProblem::PhoneCountryNotAllowed,
    }));
    bad.sort_by_key(|bad| bad.row);
    Sheet { good, bad }
}

fn set_apart(sheet: Sheet, taken: &[(usize, Taken)]) -> Sheet {
    let mut taken = taken.iter().peekable();
    let Sheet { good, mut bad } = sheet;
    let mut left = Vec::with_capacity(good.len());
    for (place, row) in good.into_iter().enumerate() {
        match taken.next_if(|(of, _)| *of == place) {
            Some((_, taken)) => bad.push(collision(&row, *taken)),
            None => left.push(row),
        }
    }
    bad.sort_by_key(|bad| bad.row);
    Sheet { good: left, bad }
}

fn collision(row: &Row, taken: Taken) -> BadRow {
    let (column, why) = match taken {
        Taken::Name => (ImportColumn::Username, ImportProblem::UsernameTaken),
        Taken::LookAlike => (ImportColumn::Username, ImportProblem::UsernameResembles),
        Taken::Number => (ImportColumn::Phone, ImportProblem::PhoneTaken),
    };
    BadRow {
        row: row.number,
        column: Some(column),
        why,
    }
}

fn view(sheet: &Sheet, added: usize) -> ImportView {
    ImportView {
        good: count(sheet.good.len()),
        bad_count: count(sheet.bad.len()),
        bad: sheet.bad.iter().take(NAMED).copied().collect(),
        added: count(added),
    }
}

pub(super) fn count(of: usize) -> u32 {
    u32::try_from(of).unwrap_or(u32::MAX)
}
