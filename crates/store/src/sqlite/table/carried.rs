//! `carried`: what a backup brings along besides the database. It is in copies only, and in a
//! database that was just restored from one until that is finished; never in one at work.

use rusqlite::{Connection, OptionalExtension};
use simgate_domain::Timestamp;
use simgate_record::{Head, PublicKey};

use super::super::fault::Fault;
use crate::backup::Carried;

pub const CREATE: &str = "
CREATE TABLE carried (
    name TEXT NOT NULL PRIMARY KEY,
    value BLOB NOT NULL
) STRICT, WITHOUT ROWID;
";

pub const DROP: &str = "DROP TABLE carried";

const MADE_AT: &str = "made_at";
const MADE_BY: &str = "made_by";
const RECORD_PUBLIC: &str = "record_public";
const RECORD_HEAD: &str = "record_head";
const CONTENT: &str = "content";
const SIGNATURE: &str = "signature";
/// What was restored before, in a database that was made of a backup.
const EARLIER: &str = "earlier";

/// Makes the table and fills it.
pub fn write(connection: &Connection, carried: &Carried) -> Result<(), Fault> {
    connection.execute_batch(CREATE)?;
    let mut insert =
        connection.prepare("INSERT INTO carried (name, value) VALUES (?1, CAST(?2 AS BLOB))")?;
    let made_at = carried.made_at.as_micros().to_string();
    insert.execute((MADE_AT, made_at))?;
    insert.execute((MADE_BY, &carried.made_by))?;
    insert.execute((RECORD_PUBLIC, carried.record_public.bytes()))?;
    insert.execute((RECORD_HEAD, carried.record_head.to_bytes()))?;
    insert.execute((CONTENT, carried.content))?;
    insert.execute((SIGNATURE, carried.signature))?;
    Ok(())
}

/// Notes what the database that is to be replaced was restored from before.
pub fn note_earlier(connection: &Connection, earlier: &[String]) -> Result<(), Fault> {
    let mut insert =
        connection.prepare("INSERT INTO carried (name, value) VALUES (?1, CAST(?2 AS BLOB))")?;
    insert.execute((EARLIER, earlier.join("\n")))?;
    Ok(())
}

/// What was noted so, the oldest first.
pub fn earlier(connection: &Connection) -> Result<Vec<String>, Fault> {
    let noted = text(connection, EARLIER)?.unwrap_or_default();
    Ok(noted.lines().map(str::to_owned).collect())
}

/// Whether there is such a table.
pub fn exists(connection: &Connection) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'carried')";
    Ok(connection.query_row(sql, (), |row| row.get(0))?)
}

pub fn read(connection: &Connection) -> Result<Carried, Fault> {
    let made_at = made_at(connection)?.ok_or(Fault::Row("a backup does not say its time"))?;
    let made_by = made_by(connection)?.ok_or(Fault::Row("a backup does not say its version"))?;
    let record_public = array(connection, RECORD_PUBLIC)?
        .map(PublicKey::new)
        .ok_or(Fault::Row("a backup does not name the record's key"))?;
    let record_head = bytes(connection, RECORD_HEAD)?
        .and_then(|head| Head::from_bytes(&head))
        .ok_or(Fault::Row("a backup does not bring the record's head"))?;
    Ok(Carried {
        made_at,
        made_by,
        record_public,
        record_head,
        content: array(connection, CONTENT)?
            .ok_or(Fault::Row("a backup does not say what it holds"))?,
        signature: array(connection, SIGNATURE)?.ok_or(Fault::Row("a backup is not signed"))?,
    })
}

/// The version of the program that made it, if it says so.
pub fn made_by(connection: &Connection) -> Result<Option<String>, Fault> {
    text(connection, MADE_BY)
}

fn made_at(connection: &Connection) -> Result<Option<Timestamp>, Fault> {
    let micros = text(connection, MADE_AT)?.and_then(|micros| micros.parse().ok());
    Ok(micros.map(Timestamp::from_micros))
}

fn text(connection: &Connection, name: &str) -> Result<Option<String>, Fault> {
    let value = bytes(connection, name)?;
    Ok(value.and_then(|value| String::from_utf8(value).ok()))
}

fn array<const N: usize>(connection: &Connection, name: &str) -> Result<Option<[u8; N]>, Fault> {
    let value = bytes(connection, name)?;
    Ok(value.and_then(|value| value.try_into().ok()))
}

fn bytes(connection: &Connection, name: &str) -> Result<Option<Vec<u8>>, Fault> {
    let sql = "SELECT value FROM carried WHERE name = ?1";
    let value = connection.query_row(sql, [name], |row| row.get(0));
    Ok(value.optional()?)
}
