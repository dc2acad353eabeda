//! `record`: what was done and what was refused. Rows are only added, and dropped from the oldest on;
//! `seq` has no gaps. What the columns are, the `README.md` of `simgate-record` says: they are the
//! fields that are hashed.

use rusqlite::{Connection, OptionalExtension, Transaction};
use simgate_domain::attempts::{REGISTRATION_SPAN, SEND_MEMORY};
use simgate_domain::{Timestamp, UserId};
use simgate_record::{Head, Line, Sealed};

use super::super::fault::Fault;
use super::in_order::InOrder;
use super::{
    meta, moment, place, record_anchor, record_names, seq_of, sign_in_bytes, user_bytes, user_of,
};
use crate::entry::{Act, By, Cost, Entry, LONGEST_CHECK_ID, LONGEST_DETAIL, Who};
use crate::plain::plain;

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

/// The fifth version: sealed, and found by more. A transaction adds its rows without a seal and
/// seals them before it ends.
pub const SEALED: &str = "
DROP INDEX record_reference;
DROP INDEX record_user_act;
DROP INDEX record_act_at;
ALTER TABLE record RENAME TO record_unsealed;
CREATE TABLE record (
    seq INTEGER NOT NULL PRIMARY KEY CHECK (seq > 0),
    at INTEGER NOT NULL,
    run BLOB CHECK (length(run) = 8),
    reference TEXT,
    who_is TEXT NOT NULL CHECK (who_is IN ('person', 'unknown_name', 'program')),
    who BLOB CHECK (length(who) = 16),
    who_name TEXT,
    name_hash BLOB CHECK (length(name_hash) = 32),
    by_is TEXT NOT NULL CHECK (by_is IN ('person', 'nobody', 'program', 'console')),
    by_who BLOB CHECK (length(by_who) = 16),
    by_name TEXT,
    sign_in BLOB CHECK (length(sign_in) = 16),
    act TEXT NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('done', 'refused')),
    cause TEXT,
    detail TEXT,
    policy INTEGER,
    check_id TEXT,
    cost INTEGER,
    currency TEXT,
    format INTEGER,
    hash BLOB CHECK (length(hash) = 32),
    signature BLOB CHECK (length(signature) = 64)
) STRICT;
CREATE INDEX record_at ON record (at);
CREATE INDEX record_act_at ON record (act, at);
CREATE INDEX record_refused_at ON record (at) WHERE result = 'refused';
CREATE INDEX record_reference_at ON record (reference, at) WHERE reference IS NOT NULL;
CREATE INDEX record_who_at ON record (who, at) WHERE who IS NOT NULL;
CREATE INDEX record_who_act_at ON record (who, act, at) WHERE who IS NOT NULL;
CREATE INDEX record_by_at ON record (by_who, at) WHERE by_who IS NOT NULL AND by_who IS NOT who;
CREATE INDEX record_name_at ON record (name_hash, at) WHERE name_hash IS NOT NULL;
";

/// Fills the new table from the old one, each entry by whom it is about, and drops that.
pub const MOVED: &str = "
INSERT INTO record_names (user, canonical, shown)
    SELECT id, canonical, shown FROM users
    WHERE EXISTS (SELECT 1 FROM record_unsealed WHERE record_unsealed.user = users.id);
INSERT INTO record (seq, at, reference, who_is, who, who_name, name_hash, by_is, by_who, by_name,
                    sign_in, act, result, cause)
    SELECT seq, at, reference,
           CASE WHEN old.user IS NOT NULL THEN 'person'
                WHEN name IS NOT NULL THEN 'unknown_name' ELSE 'program' END,
           old.user, shown, name,
           CASE WHEN old.user IS NOT NULL THEN 'person'
                WHEN name IS NOT NULL THEN 'nobody' ELSE 'program' END,
           old.user, shown, sign_in, act,
           CASE WHEN act IN ('sign_in_refused', 'registration_refused', 'sim_stopped',
                             'code_not_sent', 'code_wrong', 'code_refused', 'failed')
                THEN 'refused' ELSE 'done' END,
           cause
    FROM record_unsealed AS old LEFT JOIN record_names ON record_names.user = old.user;
DROP TABLE record_unsealed;
";

/// Writes one entry and returns its `seq`, which is one more than the last. The transaction seals it
/// before it is committed.
pub fn add(tx: &Transaction, entry: Entry) -> Result<i64, Fault> {
    let (who, name_hash) = match entry.who {
        Who::User(user) => (Some(user), None),
        Who::UnknownName(typed) => (None, Some(meta::blind_typed(tx, typed)?)),
        Who::Program => (None, None),
    };
    let by = match entry.by {
        By::User(user) => Some(user),
        By::Nobody | By::Program | By::Console => None,
    };
    let who_name = who.map_or(Ok(None), |user| record_names::note(tx, user))?;
    let by_name = match by {
        Some(user) if who == Some(user) => who_name.clone(),
        Some(user) => record_names::note(tx, user)?,
        None => None,
    };
    let sql = "INSERT INTO record (seq, at, reference, who_is, who, who_name, name_hash, by_is, \
               by_who, by_name, sign_in, act, result, cause, detail, policy, check_id, cost, \
               currency) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, \
               ?15, ?16, ?17, ?18, ?19)";
    let seq = place(last(tx)?.0 + 1)?;
    let who_is = match (who, name_hash) {
        (Some(_), _) => "person",
        (None, Some(_)) => "unknown_name",
        (None, None) => "program",
    };
    let by_is = match entry.by {
        By::User(_) => "person",
        By::Nobody => "nobody",
        By::Program => "program",
        By::Console => "console",
    };
    let detail = entry.detail.map(|detail| plain(&detail, LONGEST_DETAIL));
    let check_id = entry.check_id.map(|id| plain(&id, LONGEST_CHECK_ID));
    tx.prepare_cached(sql)?.execute(rusqlite::params![
        seq,
        entry.at.as_micros(),
        entry.reference.map(|reference| reference.to_string()),
        who_is,
        who.map(user_bytes),
        who_name,
        name_hash,
        by_is,
        by.map(user_bytes),
        by_name,
        entry.sign_in.map(sign_in_bytes),
        entry.act.word(),
        entry.act.outcome().word(),
        entry.cause,
        detail,
        entry.policy,
        check_id,
        entry.cost.map(Cost::millionths),
        entry.cost.as_ref().map(Cost::currency),
    ])?;
    Ok(seq)
}

/// The place of the newest entry, with its hash if it is sealed. Where there is none, the last that
/// was dropped.
pub fn last(connection: &Connection) -> Result<(u64, Option<[u8; 32]>), Fault> {
    let sql = "SELECT seq, iif(signature IS NULL, NULL, hash) AS hash FROM record \
               WHERE seq = (SELECT max(seq) FROM record)";
    let found = connection
        .prepare_cached(sql)?
        .query_row((), |row| Ok((row.get("seq")?, row.get("hash")?)))
        .optional()?;
    if let Some((seq, hash)) = found {
        return Ok((seq_of(seq)?, hash));
    }
    let dropped = record_anchor::read(connection)?.map_or(Head::NONE, |anchor| anchor.last);
    Ok((dropped.seq, Some(dropped.hash)))
}

/// The hash of the entry `seq`, if it is there and sealed.
pub fn hash_at(connection: &Connection, seq: u64) -> Result<Option<[u8; 32]>, Fault> {
    let sql = "SELECT hash FROM record WHERE seq = ?1";
    let hash = connection
        .prepare_cached(sql)?
        .query_row([place(seq)?], |row| row.get("hash"))
        .optional()?;
    Ok(hash.flatten())
}

/// An entry as it is on the disk.
pub enum Kept {
    /// With its seal.
    Sealed(Sealed),
    /// Without one: only while the transaction that adds it goes on.
    Unsealed(Line),
    /// It holds what SIMgate never writes.
    Unreadable,
}

/// The entries after `seq`, oldest first, at most `most`, each with its place.
pub fn after(connection: &Connection, seq: u64, most: u32) -> Result<Vec<(u64, Kept)>, Fault> {
    let sql = "SELECT seq, at, run, reference, who_is, who, who_name, name_hash, by_is, by_who, \
               by_name, sign_in, act, result, cause, detail, policy, check_id, cost, currency, \
               format, hash, signature FROM record WHERE seq > ?1 ORDER BY seq LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((place(seq)?, most))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let mut row = InOrder::of(row);
        let seq = seq_of(row.take()?)?;
        found.push((seq, kept(seq, row).unwrap_or(Kept::Unreadable)));
    }
    Ok(found)
}

fn kept(seq: u64, mut row: InOrder) -> Result<Kept, Fault> {
    let line = line_of(seq, &mut row)?;
    match (row.take()?, row.take()?, row.take()?) {
        (Some(format), Some(hash), Some(signature)) => Ok(Kept::Sealed(Sealed {
            line,
            format,
            hash,
            signature,
        })),
        (None, None, None) => Ok(Kept::Unsealed(line)),
        _ => Ok(Kept::Unreadable),
    }
}

fn line_of(seq: u64, row: &mut InOrder) -> Result<Line, Fault> {
    Ok(Line {
        seq,
        at: row.take()?,
        run: row.take()?,
        reference: row.take()?,
        who_is: row.take()?,
        who: row.take()?,
        who_name: row.take()?,
        name_hash: row.take()?,
        by_is: row.take()?,
        by: row.take()?,
        by_name: row.take()?,
        sign_in: row.take()?,
        act: row.take()?,
        result: row.take()?,
        cause: row.take()?,
        detail: row.take()?,
        policy: row.take()?,
        check_id: row.take()?,
        cost: row.take()?,
        currency: row.take()?,
    })
}

/// Puts the seal on an entry that has none.
pub fn set_seal(tx: &Transaction, sealed: &Sealed) -> Result<Head, Fault> {
    let sql = "UPDATE record SET run = ?2, format = ?3, hash = ?4, signature = ?5 \
               WHERE seq = ?1 AND signature IS NULL";
    tx.prepare_cached(sql)?.execute((
        place(sealed.line.seq)?,
        sealed.line.run,
        sealed.format,
        sealed.hash,
        sealed.signature,
    ))?;
    Ok(Head {
        seq: sealed.line.seq,
        hash: sealed.hash,
    })
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
pub fn failed_passwords(
    connection: &Connection,
    user: UserId,
    seq: i64,
) -> Result<Failures, Fault> {
    failures(connection, user, seq, Act::SignInRefused)
}

/// The wrong codes of `user` after the entry `seq`.
pub fn failed_codes(connection: &Connection, user: UserId, seq: i64) -> Result<Failures, Fault> {
    failures(connection, user, seq, Act::CodeWrong)
}

fn failures(connection: &Connection, user: UserId, seq: i64, act: Act) -> Result<Failures, Fault> {
    let sql = "SELECT count(*) AS count, max(at) AS last FROM record \
               WHERE who = ?1 AND act = ?2 AND seq > ?3";
    let failures =
        connection
            .prepare_cached(sql)?
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
    let sql = "SELECT at FROM record WHERE act = ?1 AND at > ?2 AND who IS NULL ORDER BY at";
    let mut statement = tx.prepare_cached(sql)?;
    let since = now.minus(REGISTRATION_SPAN).as_micros();
    let word = Act::RegistrationRefused.word();
    let rows = statement.query_map((word, since), |row| Ok(Timestamp::from_micros(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Whether an admin was told of a budget, by that cause, within the last 24 hours.
pub fn warned_of(tx: &Transaction, cause: &str, now: Timestamp) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM record \
               WHERE act = ?1 AND at > ?2 AND cause = ?3)";
    let since = now.minus(SEND_MEMORY).as_micros();
    let word = Act::BudgetWarning.word();
    let warned = tx
        .prepare_cached(sql)?
        .query_row((word, since, cause), |row| row.get(0))?;
    Ok(warned)
}

/// The first entry after `seq` that bears `at` or a later time, among the next `most`; else the last of
/// those, and whether there is one after it.
pub fn boundary(
    connection: &Connection,
    seq: u64,
    at: Timestamp,
    most: u32,
) -> Result<Boundary, Fault> {
    let sql = "SELECT seq, at FROM record WHERE seq > ?1 ORDER BY seq LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query((place(seq)?, most))?;
    let mut last = seq;
    let mut count = 0;
    while let Some(row) = rows.next()? {
        if row.get::<_, i64>("at")? >= at.as_micros() {
            return Ok(Boundary::At(last));
        }
        last = seq_of(row.get("seq")?)?;
        count += 1;
    }
    if count < most {
        return Ok(Boundary::At(last));
    }
    Ok(Boundary::After(last))
}

/// Where what is old ends.
pub enum Boundary {
    /// This is the last old entry, or the place before the first.
    At(u64),
    /// This one is old, and the next may be too.
    After(u64),
}

/// Deletes the oldest entries up to `last`, at most `most`, and gives whom they named. How many there
/// were is the first of the two.
pub fn delete_oldest(
    tx: &Transaction,
    last: u64,
    most: u32,
) -> Result<(usize, Vec<UserId>), Fault> {
    let sql = "SELECT who, by_who FROM record WHERE seq <= ?1 ORDER BY seq LIMIT ?2";
    let mut named = Vec::new();
    let mut statement = tx.prepare_cached(sql)?;
    let mut rows = statement.query((place(last)?, most))?;
    while let Some(row) = rows.next()? {
        let parties: [Option<[u8; 16]>; 2] = [row.get("who")?, row.get("by_who")?];
        for user in parties.into_iter().flatten().map(user_of) {
            if !named.contains(&user) {
                named.push(user);
            }
        }
    }
    let sql = "DELETE FROM record WHERE seq IN \
               (SELECT seq FROM record WHERE seq <= ?1 ORDER BY seq LIMIT ?2)";
    let deleted = tx.prepare_cached(sql)?.execute((place(last)?, most))?;
    Ok((deleted, named))
}
