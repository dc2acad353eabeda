//! `users`: the people who may sign in.

use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use simgate_domain::attempts::{CodeTries, Limits, PasswordTries, REGISTRATION_SPAN};
use simgate_domain::{AccountState, PhoneNumber, Role, SignInId, Timestamp, UserId, Username};

use super::super::fault::Fault;
use super::meta::Blinded;
use super::{
    channel_of, channel_word, moment, name_parts, role_of, sign_in_bytes, sign_in_of, state_of,
    user_bytes, user_of,
};
use crate::store::{Account, NewUser, StoredPassword};

mod list;
mod one;
mod write;

#[cfg(test)]
pub use list::statement;
pub use list::{Along, Walk, order, place, waiting, walk, with_number, with_part};
#[cfg(test)]
pub use one::ONE;
pub use one::{One, came, has_number, is_anybody, is_other_admin, named, one, ones, only_one};
pub use write::{
    add_active, remove, set_channel, set_number, set_one_time, set_own_password, set_standing,
    touch,
};

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

/// People whom admins look after: there may be no password, or one that was handed
/// over and is taken until `one_time_until`; `last_sign_in` is 0 before there is any. What counts of
/// passwords is in `name_tries`; it stands here once more for whoever looks. SQLite takes no
/// `NOT NULL` away, so that the table is made anew.
///
/// Each order in which people are listed has an index, with and without a filter.
pub const ACCOUNTS: &str = "
CREATE TABLE new_users (
    id BLOB NOT NULL PRIMARY KEY CHECK (length(id) = 16),
    canonical TEXT NOT NULL UNIQUE,
    shown TEXT NOT NULL,
    skeleton TEXT NOT NULL UNIQUE,
    password_hash TEXT,
    one_time_until INTEGER,
    e164 TEXT NOT NULL,
    number BLOB NOT NULL REFERENCES numbers (number),
    channel TEXT NOT NULL CHECK (channel IN ('sms', 'voice')),
    role TEXT NOT NULL CHECK (role IN ('staff', 'supervisor', 'admin')),
    state TEXT NOT NULL CHECK (state IN ('pending', 'active', 'disabled')),
    version INTEGER NOT NULL DEFAULT 1 CHECK (version >= 1),
    current_sign_in BLOB CHECK (length(current_sign_in) = 16),
    passwords_tried INTEGER NOT NULL DEFAULT 0 CHECK (passwords_tried >= 0),
    passwords_last INTEGER,
    codes_in_a_row INTEGER NOT NULL DEFAULT 0 CHECK (codes_in_a_row >= 0),
    codes_in_all INTEGER NOT NULL DEFAULT 0 CHECK (codes_in_all >= 0),
    codes_last INTEGER,
    last_sign_in INTEGER NOT NULL DEFAULT 0,
    registered_at INTEGER NOT NULL,
    came TEXT NOT NULL CHECK (came IN ('registered', 'added', 'imported')),
    added_by BLOB CHECK (length(added_by) = 16),
    CHECK (one_time_until IS NULL OR password_hash IS NOT NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO new_users (id, canonical, shown, skeleton, password_hash, e164, number, channel, role,
        state, current_sign_in, codes_in_a_row, codes_in_all, codes_last, last_sign_in,
        registered_at, came)
    SELECT id, canonical, shown, skeleton, password_hash, e164, number, channel, role,
        CASE disabled WHEN 1 THEN 'disabled' ELSE 'active' END,
        current_sign_in, codes_in_a_row, codes_in_all, codes_last,
        coalesce((SELECT max(at) FROM sessions WHERE sessions.user = users.id), 0),
        registered_at, 'registered'
    FROM users;
DROP TABLE users;
ALTER TABLE new_users RENAME TO users;
CREATE INDEX users_came ON users (registered_at) WHERE came = 'registered';
CREATE INDEX users_number ON users (number);
CREATE INDEX users_tried ON users (id) WHERE passwords_tried > 0 OR codes_in_all > 0;
CREATE INDEX users_last_sign_in ON users (last_sign_in, id);
CREATE INDEX users_registered ON users (registered_at, id);
CREATE INDEX users_of_name ON users (state, role, canonical);
CREATE INDEX users_of_last_sign_in ON users (state, role, last_sign_in, id);
CREATE INDEX users_of_registered ON users (state, role, registered_at, id);
";

/// Who was tried, in each order in which people are listed: who is locked is looked for among them.
pub const TRIED: &str = "
DROP INDEX users_tried;
CREATE INDEX users_tried_name ON users (canonical)
    WHERE passwords_tried > 0 OR codes_in_all > 0;
CREATE INDEX users_tried_last_sign_in ON users (last_sign_in, id)
    WHERE passwords_tried > 0 OR codes_in_all > 0;
CREATE INDEX users_tried_registered ON users (registered_at, id)
    WHERE passwords_tried > 0 OR codes_in_all > 0;
";

/// What the gate needs of a person after the password.
pub struct Member {
    /// The name.
    pub name: Username,
    /// The blinded number that codes go to.
    pub number: Blinded,
    /// Whether they may sign in.
    pub state: AccountState,
    /// What they may do once they are signed in.
    pub role: Role,
    /// Grows whenever the account is changed.
    pub version: u32,
    /// Whether the password is one that an admin handed over.
    pub one_time: bool,
    /// The one sign-in of theirs that may go on.
    pub current: Option<SignInId>,
    /// The codes tried.
    pub tries: CodeTries,
}

/// The account of that name. `latest` is the latest time that the database has ever seen, so that a
/// clock set back makes no handed-over password last longer.
pub fn account(
    connection: &Connection,
    name: &Username,
    latest: Timestamp,
) -> Result<Option<Account>, Fault> {
    let sql = "SELECT id, shown, password_hash, one_time_until, state, e164, channel, role, version \
               FROM users WHERE canonical = ?1";
    connection
        .prepare_cached(sql)?
        .query_row([name.canonical()], |row| Ok(account_from(row, latest)))
        .optional()?
        .transpose()
}

fn account_from(row: &Row, latest: Timestamp) -> Result<Account, Fault> {
    let until = moment(row.get("one_time_until")?);
    let password = match (row.get("password_hash")?, until) {
        (None, _) => StoredPassword::Absent,
        (Some(hash), None) => StoredPassword::Own(hash),
        (Some(hash), Some(until)) => StoredPassword::OneTime {
            hash,
            over: latest >= until,
        },
    };
    Ok(Account {
        user: user_of(row.get("id")?),
        name: name_of(&row.get::<_, String>("shown")?)?,
        password,
        state: state_of(&row.get::<_, String>("state")?)?,
        number: number_of(&row.get::<_, String>("e164")?)?,
        channel: channel_of(&row.get::<_, String>("channel")?)?,
        role: role_of(&row.get::<_, String>("role")?)?,
        version: row.get("version")?,
    })
}

pub fn member(connection: &Connection, user: UserId) -> Result<Option<Member>, Fault> {
    let sql = "SELECT shown, number, state, role, version, one_time_until IS NOT NULL AS one_time, \
               current_sign_in, codes_in_a_row, codes_in_all, codes_last FROM users WHERE id = ?1";
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
        state: state_of(&row.get::<_, String>("state")?)?,
        role: role_of(&row.get::<_, String>("role")?)?,
        version: row.get("version")?,
        one_time: row.get("one_time")?,
        current: row.get::<_, Option<_>>("current_sign_in")?.map(sign_in_of),
        tries: tries_from(row)?,
    })
}

fn tries_from(row: &Row) -> Result<CodeTries, Fault> {
    Ok(CodeTries {
        in_a_row: row.get("codes_in_a_row")?,
        in_all: row.get("codes_in_all")?,
        last: moment(row.get("codes_last")?),
    })
}

pub(super) fn name_of(shown: &str) -> Result<Username, Fault> {
    Username::parse(shown).map_err(|_| Fault::Row("a person's name is none"))
}

pub(super) fn number_of(e164: &str) -> Result<PhoneNumber, Fault> {
    PhoneNumber::from_e164(e164).map_err(|_| Fault::Row("a person's number is none"))
}

/// Whether somebody has this very name.
pub fn has_name(connection: &Connection, name: &Username) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM users WHERE canonical = ?1)";
    let has = connection
        .prepare_cached(sql)?
        .query_row([name.canonical()], |row| row.get(0))?;
    Ok(has)
}

/// Whether somebody has this name, or one that looks the same.
pub fn is_taken(connection: &Connection, name: &Username) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM users WHERE canonical = ?1) \
               OR EXISTS (SELECT 1 FROM users WHERE skeleton = ?2)";
    let taken = connection
        .prepare_cached(sql)?
        .query_row((name.canonical(), name.skeleton()), |row| row.get(0))?;
    Ok(taken)
}

/// The latest registrations, as many as could count against the next one, oldest first. Those
/// dated later than now, before the clock was set back, count too; people whom an admin added do
/// not.
pub fn recent_registrations(
    tx: &Transaction,
    limits: Limits,
    now: Timestamp,
) -> Result<Vec<Timestamp>, Fault> {
    let sql = "SELECT registered_at FROM users WHERE came = 'registered' AND registered_at > ?1 \
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

/// Adds somebody who registered.
pub fn add(
    tx: &Transaction,
    new: &NewUser,
    role: Role,
    number: &Blinded,
    now: Timestamp,
) -> Result<(), Fault> {
    let current = match new.state {
        AccountState::Active => Some(sign_in_bytes(new.sign_in)),
        AccountState::Pending | AccountState::Disabled => None,
    };
    let sql = "INSERT INTO users (id, canonical, shown, skeleton, password_hash, e164, number, \
               channel, role, state, current_sign_in, registered_at, came) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, 'registered')";
    tx.prepare_cached(sql)?.execute((
        user_bytes(new.user),
        new.name.canonical(),
        new.name.shown(),
        new.name.skeleton(),
        &new.password_hash,
        new.number.e164(),
        number,
        channel_word(new.channel),
        role.word(),
        new.state.word(),
        current,
        now.as_micros(),
    ))?;
    name_parts::add(tx, new.user, &new.name, new.state, role)
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

/// Notes that a session was granted. A password that was handed over is used up by that.
pub fn note_sign_in(tx: &Transaction, user: UserId, now: Timestamp) -> Result<(), Fault> {
    let sql = "UPDATE users SET last_sign_in = ?2, one_time_until = min(one_time_until, ?2) \
               WHERE id = ?1";
    tx.prepare_cached(sql)?
        .execute((user_bytes(user), now.as_micros()))?;
    Ok(())
}

/// Notes the passwords tried, as `name_tries` has them. Nobody's are noted at no one.
pub fn note_passwords(
    tx: &Transaction,
    user: Option<UserId>,
    tries: PasswordTries,
) -> Result<(), Fault> {
    let sql = "UPDATE users SET passwords_tried = ?2, passwords_last = ?3 WHERE id = ?1";
    tx.prepare_cached(sql)?.execute((
        user.map(user_bytes),
        tries.count,
        tries.last.map(Timestamp::as_micros),
    ))?;
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
