//! `checks`: the SIM checks asked for of late, each of which cost money.

use rusqlite::Transaction;
use simgate_domain::attempts::CHECK_MEMORY;
use simgate_domain::{Timestamp, UserId};

use super::super::fault::Fault;
use super::meta::Blinded;
use super::{times, user_bytes};

/// In the second version of the tables.
pub const CREATE: &str = "
CREATE TABLE checks (
    seq INTEGER NOT NULL PRIMARY KEY,
    number BLOB NOT NULL CHECK (length(number) = 32),
    user BLOB NOT NULL CHECK (length(user) = 16),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX checks_number ON checks (number, at);
CREATE INDEX checks_user ON checks (user, at);
CREATE INDEX checks_at ON checks (at);
";

/// Those of the number and those for the person, each oldest first. Those dated later than now,
/// before the clock was set back, count too.
pub fn history(
    tx: &Transaction,
    number: &Blinded,
    user: UserId,
) -> Result<(Vec<Timestamp>, Vec<Timestamp>), Fault> {
    let of_number = "SELECT at FROM checks WHERE number = ?1 ORDER BY at";
    let for_person = "SELECT at FROM checks WHERE user = ?1 ORDER BY at";
    Ok((
        times(tx, of_number, number)?,
        times(tx, for_person, &user_bytes(user))?,
    ))
}

/// Counts one, and forgets those too old to count.
pub fn add(tx: &Transaction, number: &Blinded, user: UserId, now: Timestamp) -> Result<(), Fault> {
    let sql = "DELETE FROM checks WHERE at <= ?1";
    tx.prepare_cached(sql)?
        .execute([now.minus(CHECK_MEMORY).as_micros()])?;
    let sql = "INSERT INTO checks (number, user, at) VALUES (?1, ?2, ?3)";
    tx.prepare_cached(sql)?
        .execute((number, user_bytes(user), now.as_micros()))?;
    Ok(())
}
