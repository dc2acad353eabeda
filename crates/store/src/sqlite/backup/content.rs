//! What a backup holds, in one number that is signed.

use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

use crate::sqlite::fault::Fault;
use crate::sqlite::migrations;

/// A hash over every row of every table but `carried`, which bears its signature. Rows are taken in the
/// order in which they lie, which a copy keeps page by page.
pub(super) fn digest(connection: &Connection) -> Result<[u8; 32], Fault> {
    let mut all = Sha256::new_with_prefix(b"simgate backup content 1");
    all.update(migrations::version(connection)?.to_be_bytes());
    for table in tables(connection)? {
        take(&mut all, b't', table.as_bytes());
        // A table's name is no parameter; these are SIMgate's own, to the letter.
        let sql = format!("SELECT * FROM \"{table}\" NOT INDEXED");
        let mut statement = connection.prepare(&sql)?;
        let columns = statement.column_count();
        let mut rows = statement.query(())?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                match row.get_ref(column)? {
                    ValueRef::Null => take(&mut all, b'n', &[]),
                    ValueRef::Integer(value) => take(&mut all, b'i', &value.to_be_bytes()),
                    ValueRef::Real(value) => take(&mut all, b'r', &value.to_bits().to_be_bytes()),
                    ValueRef::Text(value) => take(&mut all, b's', value),
                    ValueRef::Blob(value) => take(&mut all, b'b', value),
                }
            }
        }
    }
    Ok(all.finalize().into())
}

fn tables(connection: &Connection) -> Result<Vec<String>, Fault> {
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'carried' \
               ORDER BY name";
    let mut statement = connection.prepare(sql)?;
    let names = statement.query_map((), |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// Of its kind, with its length before it: no two rows are hashed alike.
fn take(all: &mut Sha256, kind: u8, bytes: &[u8]) {
    all.update([kind]);
    all.update(u64::try_from(bytes.len()).unwrap_or(u64::MAX).to_be_bytes());
    all.update(bytes);
}
