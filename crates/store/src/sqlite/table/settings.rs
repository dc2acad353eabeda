//! `settings`: what this installation found out or was told, and is no secret.

use rusqlite::{Connection, OptionalExtension, Transaction};

use super::super::fault::Fault;

pub const CREATE: &str = "
CREATE TABLE settings (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
";

/// How often it was changed.
pub const VERSION: &str = "ALTER TABLE settings ADD COLUMN version INTEGER NOT NULL DEFAULT 1;";

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

/// A setting with its version.
pub fn versioned(connection: &Connection, name: &str) -> Result<Option<(u32, String)>, Fault> {
    let sql = "SELECT version, value FROM settings WHERE name = ?1";
    let found = connection
        .prepare_cached(sql)?
        .query_row([name], |row| Ok((row.get("version")?, row.get("value")?)))
        .optional()?;
    Ok(found)
}

/// Replaces the value, or makes the setting; its version grows by one.
pub fn change(tx: &Transaction, name: &str, value: &str) -> Result<(), Fault> {
    let sql = "INSERT INTO settings (name, value) VALUES (?1, ?2) \
               ON CONFLICT (name) DO UPDATE SET value = excluded.value, version = version + 1";
    tx.prepare_cached(sql)?.execute((name, value))?;
    Ok(())
}
