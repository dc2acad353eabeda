//! `sessions`: the sessions that were granted, each by a verification that grants no other.

use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use simgate_domain::seat::Clearance;
use simgate_domain::{SignInId, Timestamp, UserId};

use super::super::fault::Fault;
use super::{channel_of, channel_word, clearance_of, clearance_word, sign_in_bytes, user_bytes};
use crate::store::{Grant, LastSignIn};

/// `seq` is that of the entry which tells of the session: what came after has a greater one.
pub const CREATE: &str = "
CREATE TABLE sessions (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES record (seq),
    sign_in BLOB NOT NULL UNIQUE CHECK (length(sign_in) = 16),
    user BLOB NOT NULL CHECK (length(user) = 16),
    sid TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'voice')),
    clearance TEXT NOT NULL CHECK (clearance IN ('unchanged', 'in_grace'))
) STRICT;
CREATE INDEX sessions_user ON sessions (user);
";

/// Other ways in than a SIM that was asked about: an admin's rules let a cause pass, or a recovery
/// code stood in, which no verification was sent for. SQLite changes no `CHECK`, so that the table is
/// made anew.
pub const OTHER_CLEARANCES: &str = "
CREATE TABLE new_sessions (
    seq INTEGER NOT NULL PRIMARY KEY REFERENCES record (seq),
    sign_in BLOB NOT NULL UNIQUE CHECK (length(sign_in) = 16),
    user BLOB NOT NULL CHECK (length(user) = 16),
    sid TEXT UNIQUE,
    at INTEGER NOT NULL,
    channel TEXT CHECK (channel IN ('sms', 'voice')),
    clearance TEXT NOT NULL
        CHECK (clearance IN ('unchanged', 'unchecked', 'in_grace', 'recovered')),
    CHECK ((sid IS NULL) = (clearance = 'recovered')),
    CHECK ((channel IS NULL) = (clearance = 'recovered'))
) STRICT;
INSERT INTO new_sessions (seq, sign_in, user, sid, at, channel, clearance)
    SELECT seq, sign_in, user, sid, at, channel, clearance FROM sessions;
DROP TABLE sessions;
ALTER TABLE new_sessions RENAME TO sessions;
CREATE INDEX sessions_user ON sessions (user);
";

/// The fifth version: the entry that tells of a session is dropped in time, and the session is not.
pub const OUTLIVES_ITS_ENTRY: &str = "
CREATE TABLE new_sessions (
    seq INTEGER NOT NULL PRIMARY KEY,
    sign_in BLOB NOT NULL UNIQUE CHECK (length(sign_in) = 16),
    user BLOB NOT NULL CHECK (length(user) = 16),
    sid TEXT UNIQUE,
    at INTEGER NOT NULL,
    channel TEXT CHECK (channel IN ('sms', 'voice')),
    clearance TEXT NOT NULL
        CHECK (clearance IN ('unchanged', 'unchecked', 'in_grace', 'recovered')),
    CHECK ((sid IS NULL) = (clearance = 'recovered')),
    CHECK ((channel IS NULL) = (clearance = 'recovered'))
) STRICT;
INSERT INTO new_sessions (seq, sign_in, user, sid, at, channel, clearance)
    SELECT seq, sign_in, user, sid, at, channel, clearance FROM sessions;
DROP TABLE sessions;
ALTER TABLE new_sessions RENAME TO sessions;
CREATE INDEX sessions_user ON sessions (user);
";

/// Whether this verification, or this sign-in, has granted a session before.
pub fn is_spent(tx: &Transaction, grant: &Grant) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sessions WHERE sid = ?1) \
               OR EXISTS (SELECT 1 FROM sessions WHERE sign_in = ?2)";
    let spent = tx
        .prepare_cached(sql)?
        .query_row((grant.sid.as_str(), sign_in_bytes(grant.sign_in)), |row| {
            row.get(0)
        })?;
    Ok(spent)
}

/// Whether this sign-in granted this person a session.
pub fn was_granted(
    connection: &Connection,
    user: UserId,
    sign_in: SignInId,
) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sessions WHERE sign_in = ?1 AND user = ?2)";
    let granted = connection
        .prepare_cached(sql)?
        .query_row((sign_in_bytes(sign_in), user_bytes(user)), |row| row.get(0))?;
    Ok(granted)
}

/// Whether anybody was ever granted a session.
pub fn was_any_granted(connection: &Connection) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM sessions WHERE seq > 0)";
    let granted = connection
        .prepare_cached(sql)?
        .query_row((), |row| row.get(0))?;
    Ok(granted)
}

/// The person's last session, with its entry's `seq`.
pub fn last(connection: &Connection, user: UserId) -> Result<Option<(i64, LastSignIn)>, Fault> {
    let sql = "SELECT seq, at, channel, clearance FROM sessions WHERE user = ?1 \
               ORDER BY seq DESC LIMIT 1";
    connection
        .prepare_cached(sql)?
        .query_row([user_bytes(user)], |row| Ok(from_row(row)))
        .optional()?
        .transpose()
}

fn from_row(row: &Row) -> Result<(i64, LastSignIn), Fault> {
    let last = LastSignIn {
        at: Timestamp::from_micros(row.get("at")?),
        channel: row
            .get::<_, Option<String>>("channel")?
            .map(|word| channel_of(&word))
            .transpose()?,
        clearance: clearance_of(&row.get::<_, String>("clearance")?)?,
    };
    Ok((row.get("seq")?, last))
}

pub fn add(tx: &Transaction, seq: i64, grant: &Grant, now: Timestamp) -> Result<(), Fault> {
    let sql = "INSERT INTO sessions (seq, sign_in, user, sid, at, channel, clearance) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    tx.prepare_cached(sql)?.execute((
        seq,
        sign_in_bytes(grant.sign_in),
        user_bytes(grant.user),
        grant.sid.as_str(),
        now.as_micros(),
        channel_word(grant.channel),
        clearance_word(grant.clearance),
    ))?;
    Ok(())
}

/// A session that a recovery code opened: no verification was sent for it.
pub fn add_recovered(
    tx: &Transaction,
    seq: i64,
    user: UserId,
    sign_in: SignInId,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO sessions (seq, sign_in, user, at, clearance) \
               VALUES (?1, ?2, ?3, ?4, ?5)";
    tx.prepare_cached(sql)?.execute((
        seq,
        sign_in_bytes(sign_in),
        user_bytes(user),
        now.as_micros(),
        clearance_word(Clearance::Recovered),
    ))?;
    Ok(())
}
