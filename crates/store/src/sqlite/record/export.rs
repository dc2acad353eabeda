//! Writing the record to a file.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::Arc;

use rusqlite::Connection;
use simgate_record::{Head, Header, Progress, PublicKey, Sealed};

use super::super::SqliteStore;
use super::super::fault::Fault;
use super::super::table::record::{self, Kept};
use super::super::table::record_seals;
use super::seal::{BATCH, begins_at};
use crate::error::StoreError;
use crate::new_file::NewFile;
use crate::record::{ExportError, Exported};

pub async fn export(
    store: &SqliteStore,
    path: PathBuf,
    progress: Arc<Progress>,
) -> Result<Exported, ExportError> {
    let known = store.sealer.head();
    let key = store.sealer.key().public();
    let header = store
        .read(move |connection| header(connection, key, known))
        .await?;
    let exported = Exported {
        entries: header.end.seq - header.before.seq,
        from: header.before.seq + 1,
        to: header.end.seq,
    };
    progress.begin(exported.entries);
    let text = header.to_text(store.sealer.key());
    let mut file = blocking(move || {
        let mut file = NewFile::begin(&path)?;
        writeln!(file, "{text}")?;
        Ok(file)
    })
    .await?;
    let mut at = header.before.seq;
    while at < exported.to {
        if progress.is_canceled() {
            return Err(ExportError::Canceled);
        }
        let entries = store
            .read(move |connection| next(connection, at, exported.to))
            .await?;
        let came = u64::try_from(entries.len()).unwrap_or(0);
        file = blocking(move || {
            for sealed in entries {
                writeln!(file, "{}", sealed.to_text())?;
            }
            Ok(file)
        })
        .await?;
        at += came;
        progress.step(came);
    }
    blocking(move || file.finish()).await?;
    Ok(exported)
}

fn header(connection: &Connection, key: PublicKey, known: Head) -> Result<Header, Fault> {
    let keys = record_seals::read(connection)?.filter(|keys| keys.newest() == key);
    let keys = keys.ok_or(Fault::Row("the record is sealed with another key"))?;
    let before = begins_at(connection, key)?;
    let before = before.ok_or(Fault::Row("what was dropped of the record was not signed"))?;
    let (seq, hash) = record::last(connection)?;
    let hash = hash.ok_or(Fault::Row("the newest entry has no seal"))?;
    // What is signed here as the end must be it.
    if seq < known.seq || seq < before.seq || (seq == known.seq && hash != known.hash) {
        return Err(Fault::Row("the record does not end where it did"));
    }
    let end = Head { seq, hash };
    Ok(Header { keys, before, end })
}

/// The entries that come next, as many as are read at once. Whether they are sound is for whoever
/// verifies the file; that they are there is not.
fn next(connection: &Connection, at: u64, to: u64) -> Result<Vec<Sealed>, Fault> {
    let mut entries = Vec::new();
    for (expected, (seq, kept)) in (at + 1..=to).zip(record::after(connection, at, BATCH)?) {
        match kept {
            Kept::Sealed(sealed) if seq == expected => entries.push(sealed),
            Kept::Sealed(_) => return Err(Fault::Row("the record has a gap")),
            Kept::Unsealed(_) | Kept::Unreadable => {
                return Err(Fault::Row("an entry is not of the shape that is written"));
            }
        }
    }
    if entries.is_empty() {
        return Err(Fault::Row("the record has a gap"));
    }
    Ok(entries)
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T, ExportError> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.map_err(|error| StoreError::Failed(error.to_string()))?;
    Ok(done?)
}
