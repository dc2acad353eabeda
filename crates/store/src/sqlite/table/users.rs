//! `users`: the people who may sign in.

use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use simgate_domain::attempts::{CodeTries, Limits, REGISTRATION_SPAN};
use simgate_domain::{PhoneNumber, SignInId, Timestamp, UserId, Username};

use super::super::fault::Fault;
use super::meta::Blinded;
use super::{
    channel_of, channel_word, moment, role_of, sign_in_bytes, sign_in_of, user_bytes, user_of,
};
use crate::store::{Account, NewUser};

/// `canonical` is what a name is looked up by, `skeleton` what it looks like at a glance.
pub const CREATE: &str = "
CREATE TABLE users (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    canonical TEXT NOT NULL UNIQUE,
    shown TEXT NOT NULL,
    skeleton TEXT NOT NULL UNIQUE,
    password_hash TEXT NOT NULL,
    e164 TEXT NOT NULL,
    number BLOB NOT NULL REFERENCES numbers (number),
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'voice')),
    disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
    current_sign_in BLOB CHECK (length(current_sign_in) = 16),
    codes_in_a_row INTEGER NOT NULL DEFAULT 0 CHECK (codes_in_a_row >= 0),
    codes_in_all INTEGER NOT NULL DEFAULT 0 CHECK (codes_in_all >= 0),
    codes_last INTEGER,
    verified_at INTEGER,
    registered_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX users_registered ON users (registered_at);
";

/// The second version: see [`super::numbers::VERIFIED`].
pub const UNVERIFIED: &str = "ALTER TABLE users DROP COLUMN verified_at;";

/// The third version. Whoever was there before roles were is staff.
pub const ROLE: &str = "
ALTER TABLE users ADD COLUMN role TEXT NOT NULL DEFAULT 'staff'
    CHECK (role IN ('staff', 'supervisor', 'admin'));
";

/// What the gate needs of a person after the password.
pub struct Member {
    /// The name.
    pub name: Username,
    /// The blinded number.
    pub number: Blinded,
    /// Whether an admin has switched the account off.
    pub disabled: bool,
    /// The one sign-in of theirs that may go on.
    pub current: Option<SignInId>,
    /// The codes tried.
    pub tries: CodeTries,
}

pub fn account(connection: &Connection, name: &Username) -> Result<Option<Account>, Fault> {
    let sql = "SELECT id, shown, password_hash, disabled, e164, channel, role \
               FROM users WHERE canonical = ?1";
    connection
        .prepare_cached(sql)?
        .query_row([name.canonical()], |row| Ok(account_from(row)))
        .optional()?
        .transpose()
}

fn account_from(row: &Row) -> Result<Account, Fault> {
    let e164: String = row.get("e164")?;
    Ok(Account {
        user: user_of(row.get("id")?),
        name: name_of(&row.get::<_, String>("shown")?)?,
        password_hash: row.get("password_hash")?,
        disabled: row.get("disabled")?,
        number: PhoneNumber::from_e164(&e164)
            .map_err(|_| Fault::Row("a person's number is none"))?,
        channel: channel_of(&row.get::<_, String>("channel")?)?,
        role: role_of(&row.get::<_, String>("role")?)?,
    })
}

pub fn member(connection: &Connection, user: UserId) -> Result<Option<Member>, Fault> {
    let sql = "SELECT shown, number, disabled, current_sign_in, codes_in_a_row, codes_in_all, \
               codes_last FROM users WHERE id = ?1";
    connection
        .prepare_cached(sql)?
        .query_row([user_bytes(user)], |row| Ok(member_from(row)))
        .optional()?
        .transpose()
}

fn member_from(row: &Row) -> Result<Member, Fault> {
    Ok(Member {
        name: name_of(&row.get::<_, String>("shown")?)?,
        number: row.get("number")?,
        disabled: row.get("disabled")?,
        current: row.get::<_, Option<_>>("current_sign_in")?.map(sign_in_of),
        tries: CodeTries {
            in_a_row: row.get("codes_in_a_row")?,
            in_all: row.get("codes_in_all")?,
            last: moment(row.get("codes_last")?),
        },
    })
}

fn name_of(shown: &str) -> Result<Username, Fault> {
    Username::parse(shown).map_err(|_| Fault::Row("a person's name is none"))
}

/// Whether somebody has this name, or one that looks the same.
pub fn is_taken(tx: &Transaction, name: &Username) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM users WHERE canonical = ?1) \
               OR EXISTS (SELECT 1 FROM users WHERE skeleton = ?2)";
    let taken = tx
        .prepare_cached(sql)?
        .query_row((name.canonical(), name.skeleton()), |row| row.get(0))?;
    Ok(taken)
}

/// The latest registrations, as many as could count against the next one, oldest first. Those
/// dated later than now, before the clock was set back, count too.
pub fn recent_registrations(
    tx: &Transaction,
    limits: Limits,
    now: Timestamp,
) -> Result<Vec<Timestamp>, Fault> {
    let sql = "SELECT registered_at FROM users WHERE registered_at > ?1 \
               ORDER BY registered_at DESC LIMIT ?2";
    let since = now.minus(REGISTRATION_SPAN).as_micros();
    let mut statement = tx.prepare_cached(sql)?;
    let times = statement.query_map((since, limits.registrations_in_an_hour), |row| row.get(0))?;
    let mut times = times
        .map(|micros| micros.map(Timestamp::from_micros))
        .collect::<Result<Vec<_>, _>>()?;
    times.reverse();
    Ok(times)
}

pub fn add(tx: &Transaction, new: &NewUser, number: &Blinded, now: Timestamp) -> Result<(), Fault> {
    let sql = "INSERT INTO users (id, canonical, shown, skeleton, password_hash, e164, number, \
               channel, current_sign_in, registered_at) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)";
    tx.prepare_cached(sql)?.execute((
        user_bytes(new.user),
        new.name.canonical(),
        new.name.shown(),
        new.name.skeleton(),
        &new.password_hash,
        new.number.e164(),
        number,
        channel_word(new.channel),
        sign_in_bytes(new.sign_in),
        now.as_micros(),
    ))?;
    Ok(())
}

/// Replaces the hash of the same password by a better one.
pub fn set_password_hash(tx: &Transaction, user: UserId, hash: &str) -> Result<(), Fault> {
    let sql = "UPDATE users SET password_hash = ?2 WHERE id = ?1";
    tx.prepare_cached(sql)?.execute((user_bytes(user), hash))?;
    Ok(())
}

/// Makes `sign_in` the one that may go on.
pub fn set_current(tx: &Transaction, user: UserId, sign_in: SignInId) -> Result<(), Fault> {
    let sql = "UPDATE users SET current_sign_in = ?2 WHERE id = ?1";
    tx.prepare_cached(sql)?
        .execute((user_bytes(user), sign_in_bytes(sign_in)))?;
    Ok(())
}

pub fn set_tries(tx: &Transaction, user: UserId, tries: CodeTries) -> Result<(), Fault> {
    let sql = "UPDATE users SET codes_in_a_row = ?2, codes_in_all = ?3, codes_last = ?4 \
               WHERE id = ?1";
    tx.prepare_cached(sql)?.execute((
        user_bytes(user),
        tries.in_a_row,
        tries.in_all,
        tries.last.map(Timestamp::as_micros),
    ))?;
    Ok(())
}
