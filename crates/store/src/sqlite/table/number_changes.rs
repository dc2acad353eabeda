//! `number_changes`: the changes of people's numbers that are under way, one for each person.

use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use simgate_domain::{PhoneNumber, SignInId, Timestamp, UserId};

use super::super::fault::Fault;
use super::meta::Blinded;
use super::users::number_of;
use super::{sign_in_bytes, sign_in_of, user_bytes};

/// `seen` is the version of the account when it was begun.
pub const CREATE: &str = "
CREATE TABLE number_changes (
    user BLOB NOT NULL PRIMARY KEY CHECK (length(user) = 16),
    change BLOB NOT NULL UNIQUE CHECK (length(change) = 16),
    seen INTEGER NOT NULL,
    e164 TEXT NOT NULL,
    number BLOB NOT NULL REFERENCES numbers (number),
    begun_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
";

/// A change that is under way.
pub struct Change {
    /// Its id.
    pub id: SignInId,
    /// The version of the account when it was begun.
    pub seen: u32,
    /// The new number.
    pub number: PhoneNumber,
    /// The same, blinded.
    pub blinded: Blinded,
}

pub fn of(connection: &Connection, user: UserId) -> Result<Option<Change>, Fault> {
    let sql = "SELECT change, seen, e164, number FROM number_changes WHERE user = ?1";
    connection
        .prepare_cached(sql)?
        .query_row([user_bytes(user)], |row| Ok(from_row(row)))
        .optional()?
        .transpose()
}

fn from_row(row: &Row) -> Result<Change, Fault> {
    Ok(Change {
        id: sign_in_of(row.get("change")?),
        seen: row.get("seen")?,
        number: number_of(&row.get::<_, String>("e164")?)?,
        blinded: row.get("number")?,
    })
}

/// Begins one, in place of whichever was under way.
pub fn begin(tx: &Transaction, user: UserId, change: &Change, now: Timestamp) -> Result<(), Fault> {
    let sql = "INSERT INTO number_changes (user, change, seen, e164, number, begun_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (user) DO UPDATE SET \
               change = excluded.change, seen = excluded.seen, e164 = excluded.e164, \
               number = excluded.number, begun_at = excluded.begun_at";
    tx.prepare_cached(sql)?.execute((
        user_bytes(user),
        sign_in_bytes(change.id),
        change.seen,
        change.number.e164(),
        change.blinded,
        now.as_micros(),
    ))?;
    Ok(())
}

pub fn remove(tx: &Transaction, user: UserId) -> Result<(), Fault> {
    let sql = "DELETE FROM number_changes WHERE user = ?1";
    tx.prepare_cached(sql)?.execute([user_bytes(user)])?;
    Ok(())
}
