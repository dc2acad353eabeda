//! `rules`: everything an admin ever set, one row a version. Rows are only added: what decided in the
//! past stays to be read.

use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use simgate_domain::{Rules, Timestamp, UserId};

use super::super::fault::Fault;
use super::{user_bytes, user_of};
use crate::rules::RulesSet;

pub const CREATE: &str = "
CREATE TABLE rules (
    version INTEGER NOT NULL PRIMARY KEY CHECK (version > 0),
    body TEXT NOT NULL CHECK (length(body) <= 65536),
    at INTEGER NOT NULL,
    by BLOB CHECK (length(by) = 16)
) STRICT;
";

/// The newest version; `None` before any was written.
pub fn newest(connection: &Connection) -> Result<Option<RulesSet>, Fault> {
    let sql = "SELECT rules.version, rules.body, rules.at, rules.by, users.shown FROM rules \
               LEFT JOIN users ON users.id = rules.by \
               WHERE rules.version = (SELECT max(version) FROM rules)";
    connection
        .prepare_cached(sql)?
        .query_row((), |row| Ok(from_row(row)))
        .optional()?
        .transpose()
}

/// The versions before `before`, newest first.
pub fn page(connection: &Connection, before: u32, most: u32) -> Result<Vec<RulesSet>, Fault> {
    let sql = "SELECT rules.version, rules.body, rules.at, rules.by, users.shown FROM rules \
               LEFT JOIN users ON users.id = rules.by \
               WHERE rules.version < ?1 ORDER BY rules.version DESC LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let rows = statement.query_map((before, most), |row| Ok(from_row(row)))?;
    rows.map(|row| row?).collect()
}

fn from_row(row: &Row) -> Result<RulesSet, Fault> {
    let version = row.get("version")?;
    let body: String = row.get("body")?;
    let rules = Rules::from_json(&body, version)
        .map_err(|_| Fault::Row("stored rules are not understood"))?;
    Ok(RulesSet {
        rules,
        at: Timestamp::from_micros(row.get("at")?),
        by: row.get::<_, Option<_>>("by")?.map(user_of),
        name: row.get("shown")?,
    })
}

pub fn add(
    tx: &Transaction,
    rules: &Rules,
    at: Timestamp,
    by: Option<UserId>,
) -> Result<(), Fault> {
    let sql = "INSERT INTO rules (version, body, at, by) VALUES (?1, ?2, ?3, ?4)";
    tx.prepare_cached(sql)?.execute((
        rules.version(),
        rules.to_json(),
        at.as_micros(),
        by.map(user_bytes),
    ))?;
    Ok(())
}
