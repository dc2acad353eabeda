//! `record_names`: who the ids in the record are, kept as long as an entry names them: people go, and
//! what they did is still looked for by their name.

use rusqlite::{OptionalExtension, Transaction};
use simgate_domain::UserId;

use super::super::fault::Fault;
use super::user_bytes;

/// In the fifth version of the tables.
pub const CREATE: &str = "
CREATE TABLE record_names (
    user BLOB NOT NULL PRIMARY KEY CHECK (length(user) = 16),
    canonical TEXT NOT NULL,
    shown TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX record_names_canonical ON record_names (canonical);
";

/// Notes the person's name, and gives it as it is shown; the last one known, where they are gone.
pub fn note(tx: &Transaction, user: UserId) -> Result<Option<String>, Fault> {
    let sql = "INSERT INTO record_names (user, canonical, shown) \
               SELECT id, canonical, shown FROM users WHERE id = ?1 \
               ON CONFLICT (user) DO NOTHING";
    tx.prepare_cached(sql)?.execute([user_bytes(user)])?;
    let sql = "SELECT shown FROM record_names WHERE user = ?1";
    let shown = tx
        .prepare_cached(sql)?
        .query_row([user_bytes(user)], |row| row.get("shown"))
        .optional()?;
    Ok(shown)
}
