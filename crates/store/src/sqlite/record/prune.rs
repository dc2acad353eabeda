//! Letting go of the oldest entries.

use std::fmt::Write as _;

use simgate_domain::{Timestamp, UserId};
use simgate_record::Head;

use super::super::SqliteStore;
use super::super::fault::Fault;
use super::super::table::record::{self, Boundary};
use super::super::table::record_anchor::{self, Anchor};
use super::super::table::record_names;
use crate::entry::Entry;
use crate::error::StoreError;
use crate::record::{Pruned, Retention};

/// Entries whose time is looked at at once.
const LOOKED_AT: u32 = 2_000;
/// Entries that are deleted at once.
const DELETED: u32 = 500;

pub async fn prune(
    store: &SqliteStore,
    keep: Retention,
    now: Timestamp,
    entry: Entry,
) -> Result<Pruned, StoreError> {
    let oldest_kept = now.minus(keep.span());
    let dropped = store.read(dropped).await?;
    // What a call before this one did not do to its end.
    sweep(store, dropped).await?;
    let mut last = dropped.seq;
    loop {
        let from = last;
        let boundary = store
            .read(move |connection| record::boundary(connection, from, oldest_kept, LOOKED_AT))
            .await?;
        match boundary {
            Boundary::After(seq) => last = seq,
            Boundary::At(seq) => {
                last = seq;
                break;
            }
        }
    }
    if last == dropped.seq {
        let (entries, last) = (0, dropped.seq);
        return Ok(Pruned { entries, last });
    }
    let sealer = std::sync::Arc::clone(&store.sealer);
    let entries = store
        .write(Some(now), move |tx| {
            let before = self::dropped(tx)?;
            if before != dropped {
                return Err(Fault::Call("two calls drop the oldest entries at once"));
            }
            let hash = record::hash_at(tx, last)?;
            let hash = hash.ok_or(Fault::Row("an entry has no seal"))?;
            let head = Head { seq: last, hash };
            let signature = sealer.key().sign_dropped(head);
            record_anchor::set(
                tx,
                &Anchor {
                    last: head,
                    signature,
                },
            )?;
            let entries = last - before.seq;
            let days = keep.count();
            let hash = hash.iter().fold(String::new(), |mut text, byte| {
                // A String takes any text.
                let _written = write!(text, "{byte:02x}");
                text
            });
            let detail = format!("days {days} entries {entries} last {last} {hash}");
            let detail = Some(detail);
            record::add(tx, Entry { detail, ..entry })?;
            Ok(entries)
        })
        .await?;
    let dropped = store.read(self::dropped).await?;
    sweep(store, dropped).await?;
    Ok(Pruned { entries, last })
}

fn dropped(connection: &rusqlite::Connection) -> Result<Head, Fault> {
    let anchor = record_anchor::read(connection)?;
    Ok(anchor.map_or(Head::NONE, |anchor| anchor.last))
}

/// Deletes what was dropped, a few entries at a time.
async fn sweep(store: &SqliteStore, dropped: Head) -> Result<(), StoreError> {
    loop {
        let deleted = store
            .write(None, move |tx| {
                let (deleted, named) = record::delete_oldest(tx, dropped.seq, DELETED)?;
                forget(tx, named)?;
                Ok(deleted)
            })
            .await?;
        if deleted < DELETED as usize {
            return Ok(());
        }
    }
}

fn forget(tx: &rusqlite::Transaction, named: Vec<UserId>) -> Result<(), Fault> {
    for user in named {
        record_names::forget_unless_named(tx, user)?;
    }
    Ok(())
}
