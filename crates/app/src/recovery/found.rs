//! The backups that lie where the program writes them.

use std::fs::{self, DirEntry};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use simgate_domain::Timestamp;
use simgate_store::{Act, Search};

use super::backup::blocking;
use crate::app::{Answer, App};
use crate::commands::Command;
use crate::contract::recovery::{BackupsView, FoundBackup};

/// The folder of backups, within that of the database.
pub(super) const FOLDER: &str = "backups";
/// What the name of a backup ends with.
pub(super) const ENDING: &str = "backup";
/// So many are shown.
const MOST: usize = 50;

impl App {
    /// Where backups lie, and which are there. Works with no database.
    ///
    /// # Errors
    /// As the door.
    pub async fn backups(&self) -> Answer<BackupsView> {
        let app = self.clone();
        self.run(Command::BACKUPS, async move {
            let place = app.place()?;
            let folder = place.folder.join(FOLDER);
            let looked_in = folder.clone();
            let found = blocking(move || found_in(&looked_in)).await;
            Ok(BackupsView {
                folder: folder.display().to_string(),
                database: place.database().display().to_string(),
                last_at: app.last_backup().await?,
                found: found.map_err(|error| app.unforeseen("looking for backups", &error))?,
            })
        })
        .await
    }

    /// When the last backup was made by what the record says, if a record is open.
    async fn last_backup(&self) -> Answer<Option<String>> {
        let Ok(store) = self.open_store() else {
            return Ok(None);
        };
        let made = Search {
            acts: vec![Act::BackupMade],
            ..Search::default()
        };
        let page = store.search(made, None, 1).await;
        let page = page.map_err(|error| self.unforeseen("looking for the last backup", &error))?;
        Ok(page.entries.first().map(|found| found.at.to_string()))
    }

    /// The folder of backups, which is made if need be. The folder around it is closed to others.
    pub(super) fn backups_folder(&self) -> Answer<PathBuf> {
        let folder = self.place()?.folder.join(FOLDER);
        fs::create_dir_all(&folder)
            .map_err(|error| self.unforeseen("making the folder of backups", &error))?;
        Ok(folder)
    }
}

/// The newest first. A folder that is not there has none.
fn found_in(folder: &Path) -> Vec<FoundBackup> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut found: Vec<(u128, FoundBackup)> = entries.filter_map(|entry| look_at(&entry)).collect();
    found.sort_by(|(one, _), (other, _)| other.cmp(one));
    found.truncate(MOST);
    found.into_iter().map(|(_, backup)| backup).collect()
}

fn look_at(entry: &DirEntry) -> Option<(u128, FoundBackup)> {
    let path = entry.path();
    let named_so = path.extension().is_some_and(|ending| ending == ENDING);
    let facts = entry.metadata().ok().filter(fs::Metadata::is_file)?;
    let since = facts.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
    let micros = i64::try_from(since.as_micros()).ok()?;
    let backup = FoundBackup {
        path: path.to_str()?.to_owned(),
        at: Timestamp::from_micros(micros).to_string(),
        bytes: facts.len(),
    };
    named_so.then_some((since.as_micros(), backup))
}
