//! One person, as whoever looks after them sees them.

use rusqlite::{Connection, OptionalExtension};
use simgate_domain::attempts::{CodeTries, PasswordTries};
use simgate_domain::{Timestamp, UserId, Username};

use super::super::super::fault::Fault;
use super::super::in_order::InOrder;
use super::super::meta::Blinded;
use super::super::{channel_of, moment, role_of, state_of, user_bytes, user_of};
use super::{name_of, number_of};
use crate::people::{Came, PasswordKind, PersonRow};

/// A query for whole people: what else it takes of each, from where, and whom.
macro_rules! select {
    ($($rest:literal),+) => {
        concat!(
            "SELECT users.id, shown, e164, number, channel, users.role, users.state, version, \
             password_hash IS NOT NULL, one_time_until, passwords_tried, passwords_last, \
             codes_in_a_row, codes_in_all, codes_last, last_sign_in, registered_at",
            $($rest),+
        )
    };
}
pub(super) use select;

pub const ONE: &str = select!(" FROM users WHERE id = ?1");

/// A person with what a list does not show.
pub struct One {
    /// What it does. Whether they are locked depends on the limits, and is not looked at here.
    pub row: PersonRow,
    /// Their blinded number.
    pub number: Blinded,
    /// The passwords tried.
    pub passwords: PasswordTries,
    /// The codes tried.
    pub tries: CodeTries,
}

pub fn one(connection: &Connection, user: UserId) -> Result<Option<One>, Fault> {
    Ok(ones(connection, &[user])?.pop())
}

/// The person of this name.
pub fn named(connection: &Connection, name: &Username) -> Result<Option<One>, Fault> {
    let sql = "SELECT id FROM users WHERE canonical = ?1";
    let user = connection
        .prepare_cached(sql)?
        .query_row([name.canonical()], |row| row.get(0).map(user_of))
        .optional()?;
    user.map_or(Ok(None), |user| one(connection, user))
}

/// Those of these people who are there, in their order.
pub fn ones(connection: &Connection, users: &[UserId]) -> Result<Vec<One>, Fault> {
    let mut statement = connection.prepare_cached(ONE)?;
    let mut found = Vec::with_capacity(users.len());
    for user in users {
        let one = statement
            .query_row([user_bytes(*user)], |row| {
                Ok(from_row(&mut InOrder::of(row)))
            })
            .optional()?;
        found.extend(one.transpose()?);
    }
    Ok(found)
}

/// The person whom the first columns of a row are about.
pub(super) fn from_row(row: &mut InOrder) -> Result<One, Fault> {
    let user = user_of(row.take()?);
    let name = name_of(row.word()?)?;
    let e164 = number_of(row.word()?)?;
    let number = row.take()?;
    let channel = channel_of(row.word()?)?;
    let role = role_of(row.word()?)?;
    let state = state_of(row.word()?)?;
    let version = row.take()?;
    let password = match (row.take()?, moment(row.take()?)) {
        (false, _) => PasswordKind::Absent,
        (true, None) => PasswordKind::Own,
        (true, Some(until)) => PasswordKind::OneTime { until },
    };
    let passwords = PasswordTries {
        count: row.take()?,
        last: moment(row.take()?),
    };
    let tries = CodeTries {
        in_a_row: row.take()?,
        in_all: row.take()?,
        last: moment(row.take()?),
    };
    let last_sign_in: i64 = row.take()?;
    Ok(One {
        number,
        passwords,
        tries,
        row: PersonRow {
            user,
            name,
            number: e164,
            channel,
            role,
            state,
            version,
            password,
            locked: false,
            last_sign_in: (last_sign_in != 0).then(|| Timestamp::from_micros(last_sign_in)),
            registered_at: Timestamp::from_micros(row.take()?),
        },
    })
}

/// How somebody came to be here.
pub fn came(connection: &Connection, user: UserId) -> Result<Came, Fault> {
    let sql = "SELECT users.came, adders.shown FROM users \
               LEFT JOIN users AS adders ON adders.id = users.added_by WHERE users.id = ?1";
    let (came, by): (String, Option<String>) = connection
        .prepare_cached(sql)?
        .query_row([user_bytes(user)], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let by = by.map(|shown| name_of(&shown)).transpose()?;
    match came.as_str() {
        "registered" => Ok(Came::Registered),
        "added" => Ok(Came::Added { by }),
        "imported" => Ok(Came::Imported { by }),
        _ => Err(Fault::Row("somebody came in no way that is known")),
    }
}

/// Whether an admin other than this person is active and has a password of their own.
pub fn is_other_admin(connection: &Connection, user: UserId) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM users WHERE state = 'active' AND role = 'admin' \
               AND id <> ?1 AND password_hash IS NOT NULL AND one_time_until IS NULL)";
    let other = connection
        .prepare_cached(sql)?
        .query_row([user_bytes(user)], |row| row.get(0))?;
    Ok(other)
}

/// Whether there is anybody.
pub fn is_anybody(connection: &Connection) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM users WHERE canonical > '')";
    let anybody = connection
        .prepare_cached(sql)?
        .query_row((), |row| row.get(0))?;
    Ok(anybody)
}

/// The only one there is, if there is one only.
pub fn only_one(connection: &Connection) -> Result<Option<One>, Fault> {
    let sql = "SELECT id FROM users WHERE canonical > '' LIMIT 2";
    let mut statement = connection.prepare_cached(sql)?;
    let ids = statement.query_map((), |row| row.get(0).map(user_of))?;
    match ids.collect::<Result<Vec<_>, _>>()?[..] {
        [user] => one(connection, user),
        _ => Ok(None),
    }
}

/// Whether anybody has this number, but for one person.
pub fn has_number(
    connection: &Connection,
    number: &Blinded,
    but: Option<UserId>,
) -> Result<bool, Fault> {
    let sql = "SELECT EXISTS (SELECT 1 FROM users WHERE number = ?1 AND id IS NOT ?2)";
    let has = connection
        .prepare_cached(sql)?
        .query_row((number, but.map(user_bytes)), |row| row.get(0))?;
    Ok(has)
}
