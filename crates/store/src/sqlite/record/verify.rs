//! Going through the whole record.

use std::sync::Arc;

use rusqlite::Connection;
use simgate_domain::Timestamp;
use simgate_record::{Chain, Flaw, Head, Keys, Progress};

use super::super::SqliteStore;
use super::super::fault::Fault;
use super::super::table::record::{self, Kept};
use super::super::table::record_seals;
use super::seal::{BATCH, begins_at, take};
use crate::error::StoreError;
use crate::record::Verification;

/// What the record is to be, before it is looked at.
struct Bounds {
    keys: Option<Keys>,
    /// The last entry that was dropped, if the key signed that.
    dropped: Option<Head>,
    /// The place of the first entry that is there.
    first: u64,
    /// The place of the last.
    last: u64,
}

/// What the database was asked for at once.
struct Batch {
    entries: Vec<(u64, Kept)>,
    dropped: Option<Head>,
}

/// Where going through has come to.
struct Walk {
    chain: Chain,
    known: Head,
    first: Option<i64>,
    last: Option<i64>,
    taken: u64,
}

pub async fn verify(
    store: &SqliteStore,
    progress: Arc<Progress>,
) -> Result<Verification, StoreError> {
    let key = store.sealer.key().public();
    let known = store.sealer.head();
    let bounds = store.read(bounds).await?;
    let flawed = |seq, flaw| Ok(Verification::Flawed { seq, flaw });
    let Some(keys) = bounds.keys.filter(|keys| keys.newest() == key) else {
        return flawed(bounds.first, Flaw::Signature);
    };
    let Some(dropped) = bounds.dropped else {
        return flawed(bounds.first, Flaw::Head);
    };
    let to = bounds.last.max(known.seq);
    progress.begin(to.saturating_sub(dropped.seq));
    let mut begin = dropped;
    let mut walk = Walk::after(dropped, keys, known);
    while walk.chain.end().seq < to {
        if progress.is_canceled() {
            return Ok(Verification::Canceled);
        }
        let from = walk.chain.end().seq;
        let batch = store
            .read(move |connection| batch(connection, from, key))
            .await?;
        match batch.dropped {
            // The oldest entries were let go of meanwhile, and of these some that come next.
            Some(dropped) if dropped.seq > from => {
                progress.step(dropped.seq - from);
                begin = dropped;
                walk = Walk::after(dropped, walk.chain.into_keys(), known);
                continue;
            }
            Some(_) => {}
            None => return flawed(walk.chain.next(), Flaw::Head),
        }
        let last = batch.entries.len() < BATCH as usize;
        let came = batch.entries.len();
        let going = tokio::task::spawn_blocking(move || {
            let flaw = walk.go(&batch.entries, to).err();
            (walk, flaw)
        });
        let (back, flaw) = going
            .await
            .map_err(|error| StoreError::Failed(error.to_string()))?;
        walk = back;
        if let Some(flaw) = flaw {
            return flawed(walk.chain.next(), flaw);
        }
        progress.step(u64::try_from(came).unwrap_or(0));
        if last && walk.chain.end().seq < to {
            return flawed(walk.chain.next(), Flaw::Head);
        }
    }
    Ok(walk.sound(begin))
}

fn bounds(connection: &Connection) -> Result<Bounds, Fault> {
    let keys = record_seals::read(connection)?;
    let dropped = match &keys {
        Some(keys) => begins_at(connection, keys.newest())?,
        None => None,
    };
    let first = dropped.map_or(1, |dropped| dropped.seq + 1);
    let (last, _) = record::last(connection)?;
    Ok(Bounds {
        keys,
        dropped,
        first,
        last,
    })
}

fn batch(
    connection: &Connection,
    from: u64,
    key: simgate_record::PublicKey,
) -> Result<Batch, Fault> {
    Ok(Batch {
        dropped: begins_at(connection, key)?,
        entries: record::after(connection, from, BATCH)?,
    })
}

impl Walk {
    fn after(begin: Head, keys: Keys, known: Head) -> Self {
        Self {
            chain: Chain::after(begin, keys),
            known,
            first: None,
            last: None,
            taken: 0,
        }
    }

    fn go(&mut self, entries: &[(u64, Kept)], to: u64) -> Result<(), Flaw> {
        for (seq, kept) in entries {
            if *seq > to {
                // Between what was there and this, something is not.
                return if self.chain.end().seq == to {
                    Ok(())
                } else {
                    Err(Flaw::Gap)
                };
            }
            if *seq > self.chain.next() {
                return Err(Flaw::Gap);
            }
            take(&mut self.chain, kept)?;
            let end = self.chain.end();
            if end.seq == self.known.seq && end != self.known {
                // Signed, and yet another than this program wrote there.
                return Err(Flaw::Head);
            }
            if let Kept::Sealed(sealed) = kept {
                self.first = self.first.or(Some(sealed.line.at));
                self.last = Some(sealed.line.at);
            }
            self.taken += 1;
        }
        Ok(())
    }

    fn sound(&self, begin: Head) -> Verification {
        let time = Timestamp::from_micros;
        Verification::Sound {
            entries: self.taken,
            from: begin.seq + 1,
            to: self.chain.end().seq,
            times: self.first.map(time).zip(self.last.map(time)),
            dropped: begin.seq > 0,
        }
    }
}
