//! `name_parts`: what people are found by: their names, and the rest of each after each joint.

use rusqlite::Transaction;
use simgate_domain::name_search::parts;
use simgate_domain::{AccountState, Role, UserId, Username};

use super::super::fault::Fault;
use super::user_bytes;

/// State and role stand here once more, so that a search with a filter is one walk along an index.
///
/// The names that are there already are taken apart as [`parts`] does it.
pub const CREATE: &str = "
CREATE TABLE name_parts (
    part TEXT NOT NULL,
    user BLOB NOT NULL CHECK (length(user) = 16),
    state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'disabled')),
    role TEXT NOT NULL CHECK (role IN ('staff', 'supervisor', 'admin')),
    PRIMARY KEY (part, user)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_parts_of ON name_parts (state, role, part, user);
WITH RECURSIVE rests (part, user, state, role) AS (
    SELECT replace(replace(canonical, '.', '-'), '_', '-'), id, state, role FROM users
    UNION ALL
    SELECT substr(part, instr(part, '-') + 1), user, state, role FROM rests
    WHERE instr(part, '-') > 0
)
INSERT INTO name_parts (part, user, state, role)
    SELECT part, user, state, role FROM rests WHERE part NOT LIKE '-%';
";

pub fn add(
    tx: &Transaction,
    user: UserId,
    name: &Username,
    state: AccountState,
    role: Role,
) -> Result<(), Fault> {
    let sql = "INSERT INTO name_parts (part, user, state, role) VALUES (?1, ?2, ?3, ?4)";
    let mut statement = tx.prepare_cached(sql)?;
    for part in parts(name) {
        statement.execute((part, user_bytes(user), state.word(), role.word()))?;
    }
    Ok(())
}

/// Follows a change of the state or the role in `users`.
pub fn set(
    tx: &Transaction,
    user: UserId,
    name: &Username,
    state: AccountState,
    role: Role,
) -> Result<(), Fault> {
    let sql = "UPDATE name_parts SET state = ?3, role = ?4 WHERE part = ?1 AND user = ?2";
    let mut statement = tx.prepare_cached(sql)?;
    for part in parts(name) {
        statement.execute((part, user_bytes(user), state.word(), role.word()))?;
    }
    Ok(())
}

pub fn remove(tx: &Transaction, user: UserId, name: &Username) -> Result<(), Fault> {
    let sql = "DELETE FROM name_parts WHERE part = ?1 AND user = ?2";
    let mut statement = tx.prepare_cached(sql)?;
    for part in parts(name) {
        statement.execute((part, user_bytes(user)))?;
    }
    Ok(())
}
