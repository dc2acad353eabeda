//! `meta`: what is true of the database as a whole, in one row.

use hmac::{Hmac, KeyInit, Mac};
use rusqlite::{Connection, Transaction};
use sha2::Sha256;
use simgate_domain::{PhoneNumber, Timestamp, UserId, Username};
use zeroize::Zeroizing;

use super::super::fault::Fault;
use crate::store::NameTried;

pub const CREATE: &str = "
CREATE TABLE meta (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    pepper BLOB NOT NULL CHECK (length(pepper) = 32),
    latest_now INTEGER NOT NULL
) STRICT;
";

/// When the first set-up was finished.
pub const SET_UP: &str = "ALTER TABLE meta ADD COLUMN set_up_at INTEGER;";

/// What a name or a number is found by where it must not stand in clear: a keyed hash, so that
/// nobody without the pepper can try all numbers of a country against it.
pub type Blinded = [u8; 32];

/// Fills the new table: a fresh pepper, and no time seen yet.
pub fn fill(tx: &Transaction) -> Result<(), Fault> {
    let mut pepper = Zeroizing::new([0_u8; 32]);
    getrandom::fill(&mut *pepper).map_err(|_| Fault::Call("the system gives no randomness"))?;
    tx.execute(
        "INSERT INTO meta (id, pepper, latest_now) VALUES (1, ?1, ?2)",
        (&*pepper, i64::MIN),
    )?;
    Ok(())
}

/// Raises the high-water mark of the wall clock to `now`; it never falls.
pub fn raise_latest_now(tx: &Transaction, now: Timestamp) -> Result<(), Fault> {
    let sql = "UPDATE meta SET latest_now = ?1 WHERE id = 1 AND latest_now < ?1";
    tx.prepare_cached(sql)?.execute([now.as_micros()])?;
    Ok(())
}

/// The latest time that any transaction was given.
pub fn latest_now(connection: &Connection) -> Result<Timestamp, Fault> {
    let sql = "SELECT latest_now FROM meta WHERE id = 1";
    let micros = connection
        .prepare_cached(sql)?
        .query_row((), |row| row.get(0))?;
    Ok(Timestamp::from_micros(micros))
}

/// When the first set-up was finished.
pub fn set_up_at(connection: &Connection) -> Result<Option<Timestamp>, Fault> {
    let sql = "SELECT set_up_at FROM meta WHERE id = 1";
    let micros: Option<i64> = connection
        .prepare_cached(sql)?
        .query_row((), |row| row.get(0))?;
    Ok(micros.map(Timestamp::from_micros))
}

/// Notes that the first set-up is finished; when it first was stays.
pub fn finish_set_up(tx: &Transaction, now: Timestamp) -> Result<(), Fault> {
    let sql = "UPDATE meta SET set_up_at = coalesce(set_up_at, ?1) WHERE id = 1";
    tx.prepare_cached(sql)?.execute([now.as_micros()])?;
    Ok(())
}

/// The blinded form of a typed name. A zero byte, which no name has, keeps what nobody can be
/// called apart from the names; a number begins with `+`, which no name does either.
pub fn blind_name(connection: &Connection, name: &NameTried) -> Result<Blinded, Fault> {
    match name {
        NameTried::Name(name) => blind(connection, &[name.canonical().as_bytes()]),
        NameTried::Unreadable(typed) => {
            // Whoever pastes a novel is slowed like anyone; reading it all would slow us too.
            const LONGEST: usize = 256;
            let bytes = typed.as_bytes();
            blind(connection, &[b"\0", &bytes[..bytes.len().min(LONGEST)]])
        }
    }
}

/// The same for a name as it was typed.
pub fn blind_typed(connection: &Connection, typed: String) -> Result<Blinded, Fault> {
    let name =
        Username::parse(&typed).map_or_else(|_| NameTried::Unreadable(typed), NameTried::Name);
    blind_name(connection, &name)
}

/// The blinded form of a number.
pub fn blind_number(connection: &Connection, number: &PhoneNumber) -> Result<Blinded, Fault> {
    blind(connection, &[number.e164().as_bytes()])
}

/// The blinded form of a recovery code, which is another for each person. What nobody can be called
/// begins with a zero byte, this with a one.
pub fn blind_recovery_code(
    connection: &Connection,
    user: UserId,
    code: &Zeroizing<[u8; 8]>,
) -> Result<Blinded, Fault> {
    blind(
        connection,
        &[b"\x01", user.value().as_bytes(), code.as_slice()],
    )
}

fn blind(connection: &Connection, parts: &[&[u8]]) -> Result<Blinded, Fault> {
    let sql = "SELECT pepper FROM meta WHERE id = 1";
    let pepper: [u8; 32] = connection
        .prepare_cached(sql)?
        .query_row((), |row| row.get(0))?;
    let pepper = Zeroizing::new(pepper);
    let mut mac = Hmac::<Sha256>::new_from_slice(&*pepper).expect("HMAC takes any key");
    for part in parts {
        mac.update(part);
    }
    Ok(mac.finalize().into_bytes().into())
}
