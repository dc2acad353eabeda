//! `settings`: what this installation found out or was told, and is no secret.

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::super::fault::Fault;

pub const CREATE: &str = "
CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
";

pub fn read(connection: &Connection, name: &str) -> Result<Option<String>, Fault> {
    let sql = "SELECT value FROM settings WHERE name = ?1";
    let value = connection
        .prepare_cached(sql)?
        .query_row([name], |row| row.get("value"))
        .optional()?;
    Ok(value)
}

pub fn write(tx: &Transaction, name: &str, value: &str) -> Result<(), Fault> {
    let sql = "INSERT INTO settings (name, value) VALUES (?1, ?2) \
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.prepare_cached(sql)?.execute((name, value))?;
    Ok(())
}
