//! What is told of a database as a whole.

use rusqlite::{Connection, OptionalExtension};
use simgate_domain::Timestamp;

use super::fault::Fault;
use super::table::meta;
use crate::backup::Facts;

pub(super) fn read(connection: &Connection) -> Result<Facts, Fault> {
    let people: i64 = connection.query_row("SELECT count(*) FROM users", (), |row| row.get(0))?;
    let sql = "SELECT seq, at FROM record ORDER BY seq DESC LIMIT 1";
    let last_entry = connection
        .query_row(sql, (), |row| {
            let seq: i64 = row.get("seq")?;
            Ok((seq.unsigned_abs(), Timestamp::from_micros(row.get("at")?)))
        })
        .optional()?;
    Ok(Facts {
        people: people.unsigned_abs(),
        last_entry,
        latest_now: meta::latest_now(connection)?,
    })
}
