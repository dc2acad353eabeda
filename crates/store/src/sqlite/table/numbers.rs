//! `numbers`: what is known of each number, for ever: people who are removed leave it behind, so
//! that nobody gets a second grace by registering again.

use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use simgate_domain::{SignInId, Timestamp, UserId, VerificationSid};

use super::super::fault::Fault;
use super::meta::Blinded;
use super::{moment, sign_in_bytes, sign_in_of, user_bytes, user_of};

pub const CREATE: &str = "
CREATE TABLE numbers (
    number BLOB NOT NULL PRIMARY KEY CHECK (length(number) = 32),
    first_seen INTEGER NOT NULL,
    owner BLOB CHECK (length(owner) = 16),
    approved_at INTEGER,
    pending_sid TEXT,
    pending_sign_in BLOB CHECK (length(pending_sign_in) = 16),
    pending_since INTEGER,
    CHECK ((pending_sid IS NULL) = (pending_sign_in IS NULL)),
    CHECK ((pending_sid IS NULL) = (pending_since IS NULL))
) STRICT, WITHOUT ROWID;
CREATE INDEX numbers_pending_since ON numbers (pending_since) WHERE pending_sid IS NOT NULL;
CREATE INDEX numbers_pending_sid ON numbers (pending_sid) WHERE pending_sid IS NOT NULL;
";

/// The second version: *verified* is a fact about the number, whoever registers it.
pub const VERIFIED: &str = "
ALTER TABLE numbers ADD COLUMN verified_at INTEGER;
UPDATE numbers SET verified_at =
    (SELECT min(users.verified_at) FROM users WHERE users.number = numbers.number);
UPDATE numbers SET owner = NULL WHERE verified_at IS NULL;
";

/// A number's row.
pub struct Number {
    /// When SIMgate first saw it.
    pub first_seen: Timestamp,
    /// Who proved to have it, with an unchanged SIM.
    pub owner: Option<UserId>,
    /// When a code sent to it was first approved after a check that found its SIM unchanged.
    pub verified_at: Option<Timestamp>,
    /// When a code sent to it was last approved.
    pub approved: Option<Timestamp>,
    /// The verification that may still be pending at the vendor, and whose it is.
    pub pending: Option<(VerificationSid, SignInId)>,
}

/// Notes a number as seen, if it never was.
pub fn see(tx: &Transaction, number: &Blinded, now: Timestamp) -> Result<(), Fault> {
    let sql = "INSERT INTO numbers (number, first_seen) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
    tx.prepare_cached(sql)?.execute((number, now.as_micros()))?;
    Ok(())
}

pub fn read(connection: &Connection, number: &Blinded) -> Result<Number, Fault> {
    let sql = "SELECT first_seen, owner, verified_at, approved_at, pending_sid, pending_sign_in FROM numbers WHERE number = ?1";
    let found = connection
        .prepare_cached(sql)?
        .query_row([number], |row| Ok(from_row(row)))
        .optional()?;
    found.ok_or(Fault::Row("a person's number was never seen"))?
}

fn from_row(row: &Row) -> Result<Number, Fault> {
    let sid: Option<String> = row.get("pending_sid")?;
    let sign_in: Option<[u8; 16]> = row.get("pending_sign_in")?;
    Ok(Number {
        first_seen: Timestamp::from_micros(row.get("first_seen")?),
        owner: row.get::<_, Option<_>>("owner")?.map(user_of),
        verified_at: moment(row.get("verified_at")?),
        approved: moment(row.get("approved_at")?),
        pending: match (sid, sign_in) {
            (Some(sid), Some(sign_in)) => Some((sid_of(&sid)?, sign_in_of(sign_in))),
            (Some(_), None) | (None, Some(_) | None) => None,
        },
    })
}

/// Notes the verification that is now pending; the vendor has one per number.
pub fn note_pending(
    tx: &Transaction,
    number: &Blinded,
    sid: &VerificationSid,
    sign_in: SignInId,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE numbers SET pending_sid = ?2, pending_sign_in = ?3, pending_since = ?4 \
               WHERE number = ?1";
    tx.prepare_cached(sql)?.execute((
        number,
        sid.as_str(),
        sign_in_bytes(sign_in),
        now.as_micros(),
    ))?;
    Ok(())
}

/// Notes that a code sent to the number was approved.
pub fn note_approved(tx: &Transaction, number: &Blinded, now: Timestamp) -> Result<(), Fault> {
    let sql = "UPDATE numbers SET approved_at = ?2 WHERE number = ?1";
    tx.prepare_cached(sql)?.execute((number, now.as_micros()))?;
    Ok(())
}

/// Notes that `owner` proved the number with an unchanged SIM, and when that was first so.
pub fn set_verified(
    tx: &Transaction,
    number: &Blinded,
    owner: UserId,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "UPDATE numbers SET owner = ?2, verified_at = coalesce(verified_at, ?3) \
               WHERE number = ?1";
    tx.prepare_cached(sql)?
        .execute((number, user_bytes(owner), now.as_micros()))?;
    Ok(())
}

/// The number is not this person's any more. What is known of it stays.
pub fn disown(tx: &Transaction, number: &Blinded, user: UserId) -> Result<(), Fault> {
    let sql = "UPDATE numbers SET owner = NULL WHERE number = ?1 AND owner = ?2";
    tx.prepare_cached(sql)?
        .execute((number, user_bytes(user)))?;
    Ok(())
}

/// Every verification that may be pending, oldest first.
pub fn pending(connection: &Connection) -> Result<Vec<VerificationSid>, Fault> {
    let sql = "SELECT pending_sid FROM numbers WHERE pending_sid IS NOT NULL \
               ORDER BY pending_since";
    let mut statement = connection.prepare_cached(sql)?;
    let mut rows = statement.query(())?;
    let mut sids = Vec::new();
    while let Some(row) = rows.next()? {
        sids.push(sid_of(&row.get::<_, String>("pending_sid")?)?);
    }
    Ok(sids)
}

pub fn forget_pending(tx: &Transaction, sid: &VerificationSid) -> Result<(), Fault> {
    let sql = "UPDATE numbers SET pending_sid = NULL, pending_sign_in = NULL, \
               pending_since = NULL WHERE pending_sid = ?1";
    tx.prepare_cached(sql)?.execute([sid.as_str()])?;
    Ok(())
}

fn sid_of(text: &str) -> Result<VerificationSid, Fault> {
    VerificationSid::parse(text).map_err(|_| Fault::Row("a verification's SID is none"))
}
