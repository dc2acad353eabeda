//! `sends`: the codes sent of late, which the next one has to keep its distance from.

use rusqlite::{Connection, Transaction};
use simgate_domain::attempts::{Limits, SEND_MEMORY, SendHistory};
use simgate_domain::{SignInId, Timestamp, UserId};

use super::super::fault::Fault;
use super::meta::Blinded;
use super::{moment_of, sign_in_bytes, times, user_bytes};

pub const CREATE: &str = "
CREATE TABLE sends (
    seq INTEGER NOT NULL PRIMARY KEY,
    number BLOB NOT NULL CHECK (length(number) = 32),
    user BLOB NOT NULL CHECK (length(user) = 16),
    sign_in BLOB NOT NULL CHECK (length(sign_in) = 16),
    at INTEGER NOT NULL
) STRICT;
CREATE INDEX sends_number ON sends (number, at);
CREATE INDEX sends_user ON sends (user, at);
CREATE INDEX sends_sign_in ON sends (sign_in);
CREATE INDEX sends_at ON sends (at);
";

/// Who a code is for.
#[derive(Clone, Copy)]
pub struct Addressee<'a> {
    /// The number it goes to.
    pub number: &'a Blinded,
    /// The person it is for.
    pub user: UserId,
    /// The sign-in it belongs to.
    pub sign_in: SignInId,
}

/// What counts against the next send. Sends dated later than now, before the clock was set back,
/// count too.
pub fn history(
    connection: &Connection,
    to: Addressee,
    approved: Option<Timestamp>,
    limits: Limits,
    now: Timestamp,
) -> Result<SendHistory, Fault> {
    let sql = "SELECT count(*) FROM sends WHERE sign_in = ?1";
    let in_sign_in = connection
        .prepare_cached(sql)?
        .query_row([sign_in_bytes(to.sign_in)], |row| row.get(0))?;
    let to_number = "SELECT at FROM sends WHERE number = ?1 ORDER BY at";
    let for_person = "SELECT at FROM sends WHERE user = ?1 ORDER BY at";
    Ok(SendHistory {
        in_sign_in,
        to_number: times(connection, to_number, to.number)?,
        for_person: times(connection, for_person, &user_bytes(to.user))?,
        approved,
        budget_since: nth_last(connection, limits.code_budget, now)?,
    })
}

/// The `n`th of the day's sends, counted back from the last, by anyone; `None` where there were
/// fewer.
pub fn nth_last(
    connection: &Connection,
    n: u32,
    now: Timestamp,
) -> Result<Option<Timestamp>, Fault> {
    let sql = "SELECT at FROM sends WHERE at > ?1 ORDER BY at DESC LIMIT 1 OFFSET ?2 - 1";
    moment_of(connection, sql, (now.minus(SEND_MEMORY).as_micros(), n))
}

/// The sends of the day, by anyone.
pub fn in_a_day(connection: &Connection, now: Timestamp) -> Result<u32, Fault> {
    let sql = "SELECT count(*) FROM sends WHERE at > ?1";
    let since = now.minus(SEND_MEMORY).as_micros();
    let count = connection
        .prepare_cached(sql)?
        .query_row([since], |row| row.get(0))?;
    Ok(count)
}

/// Counts one send, and forgets those too old to count. Those of sign-ins that may still go on are
/// kept: they count however the clock is set.
pub fn add(tx: &Transaction, to: Addressee, now: Timestamp) -> Result<(), Fault> {
    let sql = "DELETE FROM sends WHERE at <= ?1 AND NOT EXISTS (SELECT 1 FROM users \
               WHERE users.id = sends.user AND users.current_sign_in = sends.sign_in) \
               AND NOT EXISTS (SELECT 1 FROM number_changes \
               WHERE number_changes.user = sends.user AND number_changes.change = sends.sign_in)";
    tx.prepare_cached(sql)?
        .execute([now.minus(SEND_MEMORY).as_micros()])?;
    let sql = "INSERT INTO sends (number, user, sign_in, at) VALUES (?1, ?2, ?3, ?4)";
    tx.prepare_cached(sql)?.execute((
        to.number,
        user_bytes(to.user),
        sign_in_bytes(to.sign_in),
        now.as_micros(),
    ))?;
    Ok(())
}
