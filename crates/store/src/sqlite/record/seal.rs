//! Sealing entries, and checking a file against what the keyring knows.

use std::cmp::Ordering;

use rusqlite::{Connection, Transaction};
use simgate_record::{Chain, Flaw, Head, Line, PublicKey, SealKey};
use tokio::sync::watch;

use super::super::fault::Fault;
use super::super::table::record::{self, Kept};
use super::super::table::{record_anchor, record_seals};
use crate::entry::Entry;
use crate::error::OpenError;

/// Entries that are read at once.
pub const BATCH: u32 = 500;

/// Puts the seal on what is put on record.
pub struct Sealer {
    key: SealKey,
    /// Which run of the program this is.
    run: [u8; 8],
    heads: watch::Sender<Head>,
}

impl Sealer {
    pub fn new(key: SealKey, connection: &Connection) -> Result<Self, Fault> {
        let mut run = [0; 8];
        getrandom::fill(&mut run).map_err(|_| Fault::Call("the system gives no randomness"))?;
        let head = end(connection)?;
        Ok(Self {
            key,
            run,
            heads: watch::Sender::new(head),
        })
    }

    /// Where the record ends before a transaction adds to it. Nothing is signed after an end that is
    /// not ours: whoever changes the file while the program runs would have it signed for them.
    pub fn end_of(&self, tx: &Transaction) -> Result<Head, Fault> {
        let end = end(tx)?;
        let ours = *self.heads.borrow();
        if end.seq < ours.seq || (end.seq == ours.seq && end.hash != ours.hash) {
            return Err(Fault::Row("the record does not end where it did"));
        }
        Ok(end)
    }

    /// Seals what a transaction has put on record after `before`, and returns the new end.
    pub fn seal_after(&self, tx: &Transaction, before: Head) -> Result<Head, Fault> {
        seal_after(tx, before, &self.key, Some(self.run))
    }

    /// The transaction is on the disk.
    pub fn note(&self, head: Head) {
        self.heads.send_if_modified(|newest| {
            let newer = *newest != head;
            *newest = head;
            newer
        });
    }

    pub fn key(&self) -> &SealKey {
        &self.key
    }

    /// The newest entry that this program knows of.
    pub fn head(&self) -> Head {
        *self.heads.borrow()
    }

    pub fn heads(&self) -> watch::Receiver<Head> {
        self.heads.subscribe()
    }
}

/// The first seal of a database: whatever is on record is taken as it is.
pub fn begin(tx: &Transaction, key: &SealKey) -> Result<(), Fault> {
    record_seals::add(tx, 1, key.public())?;
    seal_after(tx, Head::NONE, key, None).map(drop)
}

/// The record goes on under another key than it was signed with until now: an entry `by` somebody hands
/// it over, and what was dropped is signed anew. Whatever is put on record after that is sealed with it.
pub fn adopt(tx: &Transaction, key: &SealKey, end: Head, entry: Entry) -> Result<(), Fault> {
    let keys = record_seals::read(tx)?.ok_or(Fault::Row("no key is named"))?;
    if keys.newest() == key.public() {
        return Ok(());
    }
    record_seals::add(tx, end.seq + 1, key.public())?;
    if let Some(anchor) = record_anchor::read(tx)? {
        let (last, signature) = (anchor.last, key.sign_dropped(anchor.last));
        record_anchor::set(tx, &record_anchor::Anchor { last, signature })?;
    }
    record::add(
        tx,
        Entry {
            detail: Some(Chain::handed_over(keys.newest())),
            ..entry
        },
    )?;
    Ok(())
}

fn seal_after(
    tx: &Transaction,
    before: Head,
    key: &SealKey,
    run: Option<[u8; 8]>,
) -> Result<Head, Fault> {
    let mut end = before;
    loop {
        let added = record::after(tx, end.seq, BATCH)?;
        let all = added.len() < BATCH as usize;
        for (seq, kept) in added {
            let Kept::Unsealed(line) = kept else {
                return Err(Fault::Row("an entry was sealed before its time"));
            };
            if seq != end.seq + 1 {
                return Err(Fault::Row("the record has a gap"));
            }
            let line = Line { run, ..line };
            end = record::set_seal(tx, &line.sealed(key, &end.hash))?;
        }
        if all {
            return Ok(end);
        }
    }
}

fn end(connection: &Connection) -> Result<Head, Fault> {
    match record::last(connection)? {
        (seq, Some(hash)) => Ok(Head { seq, hash }),
        (_, None) => Err(Fault::Row("the newest entry has no seal")),
    }
}

/// Whether the file has the entry that the keyring knows, and the keyring the key that it is signed
/// with. Asked before the file is changed in any way.
pub fn check_head(
    connection: &Connection,
    sealed: bool,
    key: PublicKey,
    known: Head,
) -> Result<(), OpenError> {
    if !sealed {
        // What was sealed once is sealed: this is from before.
        return if known == Head::NONE {
            Ok(())
        } else {
            Err(OpenError::Older)
        };
    }
    let dropped = record_anchor::read(connection)?;
    let dropped = dropped.map_or(Head::NONE, |anchor| anchor.last);
    let there = match known.seq.cmp(&dropped.seq) {
        Ordering::Greater => record::hash_at(connection, known.seq)? == Some(known.hash),
        Ordering::Equal => known == dropped,
        // It was dropped since, if the key dropped it: that is asked below.
        Ordering::Less => true,
    };
    if !there {
        return Err(OpenError::Older);
    }
    match record_seals::read(connection)? {
        Some(keys) if keys.newest() == key => {}
        Some(_) | None => return Err(OpenError::SealLost),
    }
    begins_at(connection, key)?
        .map(drop)
        .ok_or(OpenError::Older)
}

/// The last entry that was dropped; `None` where the key did not sign that it was.
pub fn begins_at(connection: &Connection, key: PublicKey) -> Result<Option<Head>, Fault> {
    let Some(anchor) = record_anchor::read(connection)? else {
        return Ok(Some(Head::NONE));
    };
    let signed = key.verifies_dropped(anchor.last, &anchor.signature);
    Ok(signed.then_some(anchor.last))
}

/// Takes the next entry as it is on the disk.
pub fn take(chain: &mut Chain, kept: &Kept) -> Result<(), Flaw> {
    match kept {
        Kept::Sealed(sealed) => chain.take(sealed),
        Kept::Unsealed(_) => Err(Flaw::Signature),
        Kept::Unreadable => Err(Flaw::Shape),
    }
}

/// Whether what the file has after the entry that the keyring knows was signed.
pub fn check_newer(connection: &Connection, known: Head) -> Result<(), OpenError> {
    let keys = record_seals::read(connection)?.ok_or(OpenError::SealLost)?;
    let dropped = begins_at(connection, keys.newest())?.ok_or(OpenError::Older)?;
    let from = if known.seq < dropped.seq {
        dropped
    } else {
        known
    };
    let mut chain = Chain::after(from, keys);
    loop {
        let newer = record::after(connection, chain.end().seq, BATCH)?;
        if newer.is_empty() {
            return Ok(());
        }
        for (_, kept) in newer {
            if take(&mut chain, &kept).is_err() {
                return Err(OpenError::Older);
            }
        }
    }
}
