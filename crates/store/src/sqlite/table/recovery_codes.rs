//! `recovery_codes`: the codes of the admins' kits, each by its keyed hash. A used one stays until a
//! new kit takes the place of the old.

use rusqlite::{Connection, Transaction};
use simgate_domain::{Timestamp, UserId};
use subtle::ConstantTimeEq;

use super::super::fault::Fault;
use super::meta::Blinded;
use super::{moment, user_bytes};
use crate::store::Kit;

pub const CREATE: &str = "
CREATE TABLE recovery_codes (
    user BLOB NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    hash BLOB NOT NULL CHECK (length(hash) = 32),
    made_at INTEGER NOT NULL,
    used_at INTEGER,
    PRIMARY KEY (user, hash)
) STRICT, WITHOUT ROWID;
";

/// Puts these codes in the place of all that the person had.
pub fn replace(
    tx: &Transaction,
    user: UserId,
    hashes: &[Blinded],
    now: Timestamp,
) -> Result<(), Fault> {
    remove(tx, user)?;
    let sql = "INSERT INTO recovery_codes (user, hash, made_at) VALUES (?1, ?2, ?3)";
    let mut insert = tx.prepare_cached(sql)?;
    for hash in hashes {
        insert.execute((user_bytes(user), hash, now.as_micros()))?;
    }
    Ok(())
}

/// Takes all of the person's codes away.
pub fn remove(tx: &Transaction, user: UserId) -> Result<(), Fault> {
    let sql = "DELETE FROM recovery_codes WHERE user = ?1";
    tx.prepare_cached(sql)?.execute([user_bytes(user)])?;
    Ok(())
}

/// What is left of the person's codes.
pub fn state(connection: &Connection, user: UserId) -> Result<Kit, Fault> {
    let sql = "SELECT count(*) - count(used_at) AS unused, max(made_at) AS made_at \
               FROM recovery_codes WHERE user = ?1";
    let kit = connection
        .prepare_cached(sql)?
        .query_row([user_bytes(user)], |row| {
            Ok(Kit {
                codes_left: row.get("unused")?,
                made_at: moment(row.get("made_at")?),
            })
        })?;
    Ok(kit)
}

/// Uses the code up, if the person has it and it is not used. Every code is looked at, so that the
/// time it takes tells nothing of them.
pub fn take(tx: &Transaction, user: UserId, hash: &Blinded, now: Timestamp) -> Result<bool, Fault> {
    let sql = "SELECT hash FROM recovery_codes WHERE user = ?1 AND used_at IS NULL";
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query([user_bytes(user)])?;
    let mut found = 0;
    while let Some(row) = rows.next()? {
        let unused: Blinded = row.get("hash")?;
        found |= unused.ct_eq(hash).unwrap_u8();
    }
    if found == 0 {
        return Ok(false);
    }
    let sql = "UPDATE recovery_codes SET used_at = ?3 \
               WHERE user = ?1 AND hash = ?2 AND used_at IS NULL";
    let taken = tx
        .prepare_cached(sql)?
        .execute((user_bytes(user), hash, now.as_micros()))?;
    Ok(taken == 1)
}
