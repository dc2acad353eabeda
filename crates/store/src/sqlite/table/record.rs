//! `record`: what was done and what was refused. Rows are only added, and `seq` has no gaps.

use rusqlite::{Connection, Transaction};
use simgate_domain::attempts::REGISTRATION_SPAN;
use simgate_domain::{Reference, Timestamp, UserId};

use super::super::fault::Fault;
use super::{meta, moment, sign_in_bytes, user_bytes};
use crate::entry::{Act, Entry, Who};
use crate::store::FoundEntry;

pub const CREATE: &str = "
CREATE TABLE record (
    seq INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    reference TEXT,
    user BLOB CHECK (length(user) = 16),
    name BLOB CHECK (length(name) = 32),
    sign_in BLOB CHECK (length(sign_in) = 16),
    act TEXT NOT NULL,
    cause TEXT
) STRICT;
CREATE INDEX record_reference ON record (reference) WHERE reference IS NOT NULL;
CREATE INDEX record_user_act ON record (user, act) WHERE user IS NOT NULL;
CREATE INDEX record_act_at ON record (act, at) WHERE user IS NULL;
";

/// Entries that one reference finds.
const FOUND: i64 = 20;

/// Writes one entry and returns its `seq`, which is one more than the last.
pub fn add(tx: &Transaction, entry: Entry) -> Result<i64, Fault> {
    let (user, name) = match entry.who {
        Who::User(user) => (Some(user_bytes(user)), None),
        Who::UnknownName(typed) => (None, Some(meta::blind_typed(tx, typed)?)),
        Who::Program => (None, None),
    };
    let sql = "INSERT INTO record (at, reference, user, name, sign_in, act, cause) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let seq = tx.prepare_cached(sql)?.insert((
        entry.at.as_micros(),
        entry.reference.map(|reference| reference.to_string()),
        user,
        name,
        entry.sign_in.map(sign_in_bytes),
        entry.act.word(),
        entry.cause,
    ))?;
    Ok(seq)
}

/// What went wrong for one person since some entry.
#[derive(Default)]
pub struct Failures {
    /// How often.
    pub count: u32,
    /// The latest.
    pub last: Option<Timestamp>,
}

/// The passwords refused to `user` after the entry `seq`.
pub fn failed_passwords(tx: &Transaction, user: UserId, seq: i64) -> Result<Failures, Fault> {
    failures(tx, user, seq, Act::SignInRefused)
}

/// The wrong codes of `user` after the entry `seq`.
pub fn failed_codes(tx: &Transaction, user: UserId, seq: i64) -> Result<Failures, Fault> {
    failures(tx, user, seq, Act::CodeWrong)
}

fn failures(tx: &Transaction, user: UserId, seq: i64, act: Act) -> Result<Failures, Fault> {
    let sql = "SELECT count(*) AS count, max(at) AS last FROM record \
               WHERE user = ?1 AND act = ?2 AND seq > ?3";
    let failures =
        tx.prepare_cached(sql)?
            .query_row((user_bytes(user), act.word(), seq), |row| {
                Ok(Failures {
                    count: row.get("count")?,
                    last: moment(row.get("last")?),
                })
            })?;
    Ok(failures)
}

/// The registrations refused within the hour, oldest first.
pub fn recent_refused_registrations(
    tx: &Transaction,
    now: Timestamp,
) -> Result<Vec<Timestamp>, Fault> {
    let sql = "SELECT at FROM record WHERE user IS NULL AND act = ?1 AND at > ?2 ORDER BY at";
    let mut statement = tx.prepare_cached(sql)?;
    let since = now.minus(REGISTRATION_SPAN).as_micros();
    let word = Act::RegistrationRefused.word();
    let rows = statement.query_map((word, since), |row| Ok(Timestamp::from_micros(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The newest entries with this reference, newest first.
pub fn find(connection: &Connection, reference: Reference) -> Result<Vec<FoundEntry>, Fault> {
    let sql = "SELECT record.seq, record.at, users.shown, record.act, record.cause FROM record \
               LEFT JOIN users ON users.id = record.user \
               WHERE record.reference = ?1 ORDER BY record.seq DESC LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((reference.to_string(), FOUND))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let seq: i64 = row.get("seq")?;
        found.push(FoundEntry {
            seq: u64::try_from(seq).map_err(|_| Fault::Row("an entry's place is negative"))?,
            at: Timestamp::from_micros(row.get("at")?),
            name: row.get("shown")?,
            act: row.get("act")?,
            cause: row.get("cause")?,
        });
    }
    Ok(found)
}
