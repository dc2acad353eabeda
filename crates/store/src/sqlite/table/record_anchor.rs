//! `record_anchor`: the last entry that was dropped, signed, so that what is left still verifies.

use rusqlite::{Connection, OptionalExtension, Transaction};
use simgate_record::Head;

use super::super::fault::Fault;
use super::{place, seq_of};

/// In the fifth version of the tables. No row where nothing was ever dropped.
pub const CREATE: &str = "
CREATE TABLE record_anchor (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    seq INTEGER NOT NULL CHECK (seq > 0),
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    signature BLOB NOT NULL CHECK (length(signature) = 64)
) STRICT;
";

/// The last entry that was dropped, and its signature.
pub struct Anchor {
    /// Which entry it was.
    pub last: Head,
    /// By whoever dropped it.
    pub signature: [u8; 64],
}

/// `None` where nothing was ever dropped.
pub fn read(connection: &Connection) -> Result<Option<Anchor>, Fault> {
    let sql = "SELECT seq, hash, signature FROM record_anchor WHERE id = 1";
    let found = connection
        .prepare_cached(sql)?
        .query_row((), |row| {
            Ok((row.get("seq")?, row.get("hash")?, row.get("signature")?))
        })
        .optional()?;
    let Some((seq, hash, signature)) = found else {
        return Ok(None);
    };
    let seq = seq_of(seq)?;
    let last = Head { seq, hash };
    Ok(Some(Anchor { last, signature }))
}

/// Sets it, in place of an earlier one.
pub fn set(tx: &Transaction, anchor: &Anchor) -> Result<(), Fault> {
    let sql = "INSERT INTO record_anchor (id, seq, hash, signature) VALUES (1, ?1, ?2, ?3) \
               ON CONFLICT (id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash, \
               signature = excluded.signature";
    let Anchor { last, signature } = anchor;
    tx.prepare_cached(sql)?
        .execute((place(last.seq)?, last.hash, signature))?;
    Ok(())
}
