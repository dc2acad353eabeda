//! `checks`: the SIM checks asked for of late, each of which cost money.

use rusqlite::{Connection, Transaction};
use simgate_domain::attempts::{CHECK_MEMORY, CheckHistory, Limits};
use simgate_domain::{Timestamp, UserId};

use super::super::fault::Fault;
use super::meta::Blinded;
use super::{moment_of, times, user_bytes};

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

/// What counts against the next check. Those dated later than now, before the clock was set back,
/// count too.
pub fn history(
    connection: &Connection,
    number: &Blinded,
    user: UserId,
    limits: Limits,
    now: Timestamp,
) -> Result<CheckHistory, Fault> {
    let of_number = "SELECT at FROM checks WHERE number = ?1 ORDER BY at";
    let for_person = "SELECT at FROM checks WHERE user = ?1 ORDER BY at";
    Ok(CheckHistory {
        of_number: times(connection, of_number, number)?,
        for_person: times(connection, for_person, &user_bytes(user))?,
        budget_since: nth_last(connection, limits.check_budget, now)?,
    })
}

/// The `n`th of the day's checks, counted back from the last, for anyone; `None` where there were
/// fewer.
pub fn nth_last(
    connection: &Connection,
    n: u32,
    now: Timestamp,
) -> Result<Option<Timestamp>, Fault> {
    let sql = "SELECT at FROM checks WHERE at > ?1 ORDER BY at DESC LIMIT 1 OFFSET ?2 - 1";
    moment_of(connection, sql, (now.minus(CHECK_MEMORY).as_micros(), n))
}

/// The checks of the day, for anyone.
pub fn in_a_day(connection: &Connection, now: Timestamp) -> Result<u32, Fault> {
    let sql = "SELECT count(*) FROM checks WHERE at > ?1";
    let since = now.minus(CHECK_MEMORY).as_micros();
    let count = connection
        .prepare_cached(sql)?
        .query_row([since], |row| row.get(0))?;
    Ok(count)
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
