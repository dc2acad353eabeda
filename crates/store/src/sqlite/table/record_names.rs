//! `record_names`: who the ids in the record are, kept as long as an entry names them: people go, and
//! what they did is still looked for by their name.

use rusqlite::{Connection, OptionalExtension, Transaction};
use simgate_domain::{UserId, Username};

use super::super::fault::Fault;
use super::{user_bytes, user_of};

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

/// Everybody of this name whom the record names, the latest first to register, at most a few: a name is
/// free again when its owner goes.
pub fn of(connection: &Connection, name: &Username) -> Result<Vec<UserId>, Fault> {
    let sql = "SELECT user FROM record_names WHERE canonical = ?1 ORDER BY user DESC LIMIT 20";
    let mut statement = connection.prepare_cached(sql)?;
    let users = statement.query_map([name.canonical()], |row| row.get(0).map(user_of))?;
    Ok(users.collect::<Result<_, _>>()?)
}

/// Forgets the person's name, if no entry names them any more.
pub fn forget_unless_named(tx: &Transaction, user: UserId) -> Result<(), Fault> {
    let sql = "DELETE FROM record_names WHERE user = ?1 \
               AND NOT EXISTS (SELECT 1 FROM record WHERE who = ?1) \
               AND NOT EXISTS (SELECT 1 FROM record WHERE by_who = ?1 AND by_who IS NOT who)";
    tx.prepare_cached(sql)?.execute([user_bytes(user)])?;
    Ok(())
}
