//! `name_tries`: the passwords tried against each name, whether somebody has it or not.

use rusqlite::{Connection, OptionalExtension, Transaction};
use simgate_domain::Timestamp;
use simgate_domain::attempts::PasswordTries;

use super::super::fault::Fault;
use super::meta::Blinded;
use super::moment;

pub const CREATE: &str = "
CREATE TABLE name_tries (
    name BLOB NOT NULL PRIMARY KEY CHECK (length(name) = 32),
    known INTEGER NOT NULL CHECK (known IN (0, 1)),
    count INTEGER NOT NULL CHECK (count >= 0),
    last INTEGER,
    touched INTEGER NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
CREATE INDEX name_tries_unknown ON name_tries (touched) WHERE known = 0;
";

/// Unknown names that are remembered. Each takes some hundred bytes.
const UNKNOWN_NAMES: i64 = 10_000;

pub fn read(connection: &Connection, name: &Blinded) -> Result<PasswordTries, Fault> {
    let sql = "SELECT count, last FROM name_tries WHERE name = ?1";
    let tries = connection
        .prepare_cached(sql)?
        .query_row([name], |row| {
            Ok(PasswordTries {
                count: row.get("count")?,
                last: moment(row.get("last")?),
            })
        })
        .optional()?;
    Ok(tries.unwrap_or_default())
}

/// Stores the tries; of the unknown names, the longest untouched give way. They are ordered by a
/// count of our own, since the clock may be set back.
pub fn write(
    tx: &Transaction,
    name: &Blinded,
    known: bool,
    tries: PasswordTries,
) -> Result<(), Fault> {
    tx.prepare_cached(
        "INSERT INTO name_tries (name, known, count, last, touched) \
         VALUES (?1, ?2, ?3, ?4, (SELECT coalesce(max(touched), 0) + 1 FROM name_tries)) \
         ON CONFLICT (name) DO UPDATE SET known = excluded.known, count = excluded.count, \
         last = excluded.last, touched = excluded.touched",
    )?
    .execute((
        name,
        known,
        tries.count,
        tries.last.map(Timestamp::as_micros),
    ))?;
    // Done for known names too, so that the time it takes tells nothing.
    tx.prepare_cached(
        "DELETE FROM name_tries WHERE known = 0 AND touched <= \
         (SELECT touched FROM name_tries WHERE known = 0 \
         ORDER BY touched DESC LIMIT 1 OFFSET ?1)",
    )?
    .execute([UNKNOWN_NAMES])?;
    Ok(())
}

pub fn forget(tx: &Transaction, name: &Blinded) -> Result<(), Fault> {
    let sql = "DELETE FROM name_tries WHERE name = ?1";
    tx.prepare_cached(sql)?.execute([name])?;
    Ok(())
}
