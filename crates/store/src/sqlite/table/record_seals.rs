//! `record_seals`: the public keys that the record was signed with, each from some entry on.

use rusqlite::{Connection, Transaction};
use simgate_record::{Keys, PublicKey};

use super::super::fault::Fault;
use super::{place, seq_of};

/// In the fifth version of the tables.
pub const CREATE: &str = "
CREATE TABLE record_seals (
    first INTEGER NOT NULL PRIMARY KEY CHECK (first > 0),
    public BLOB NOT NULL CHECK (length(public) = 32)
) STRICT;
";

pub fn add(tx: &Transaction, first: u64, public: PublicKey) -> Result<(), Fault> {
    let sql = "INSERT INTO record_seals (first, public) VALUES (?1, ?2)";
    tx.prepare_cached(sql)?
        .execute((place(first)?, public.bytes()))?;
    Ok(())
}

/// All of them; `None` where there is none.
pub fn read(connection: &Connection) -> Result<Option<Keys>, Fault> {
    let sql = "SELECT first, public FROM record_seals ORDER BY first";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(())?;
    let mut keys = Vec::new();
    while let Some(row) = rows.next()? {
        keys.push((
            seq_of(row.get("first")?)?,
            PublicKey::new(row.get("public")?),
        ));
    }
    Ok(Keys::new(keys))
}
