//! Lists of people: each page is a walk along one index, or along one for each state and role.

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};
use simgate_domain::{AccountState, NameBeginning, Role, UserId};

use super::super::super::fault::Fault;
use super::super::meta::Blinded;
use super::super::{user_bytes, user_of};
use crate::people::{Mark, MarkKey, Sort};

/// Where to walk, and from where.
#[derive(Clone, Copy)]
pub struct Walk<'a> {
    /// Along which index.
    pub along: Along<'a>,
    /// In which direction.
    pub descending: bool,
    /// From after this place.
    pub after: Option<&'a Mark>,
    /// This far.
    pub limit: usize,
}

/// An order in which people can be walked through.
#[derive(Clone, Copy)]
pub enum Along<'a> {
    /// Their names, or their times.
    Everyone(Sort),
    /// The parts of their names that begin so.
    Parts(&'a NameBeginning),
}

/// The people on the way, each with what they are ordered by, in no order where both a state and a
/// role are not given and one of them is: each combination is walked through by itself.
pub fn walk(
    connection: &Connection,
    walk: Walk,
    state: Option<AccountState>,
    role: Option<Role>,
) -> Result<Vec<Mark>, Fault> {
    if state.is_none() && role.is_none() {
        return one_walk(connection, walk, None);
    }
    let states = state.map_or(AccountState::ALL.to_vec(), |state| vec![state]);
    let roles = role.map_or(Role::ALL.to_vec(), |role| vec![role]);
    let mut found = Vec::new();
    for state in states {
        for role in &roles {
            found.extend(one_walk(connection, walk, Some((state, *role)))?);
        }
    }
    found.sort_by(|one, other| order(one, other, walk.descending));
    found.truncate(walk.limit);
    Ok(found)
}

/// Which of two places comes first.
pub fn order(one: &Mark, other: &Mark, descending: bool) -> std::cmp::Ordering {
    let of = |mark: &Mark| (mark.key.clone(), user_bytes(mark.user));
    let ascending = of(one).cmp(&of(other));
    if descending {
        ascending.reverse()
    } else {
        ascending
    }
}

fn one_walk(
    connection: &Connection,
    walk: Walk,
    of: Option<(AccountState, Role)>,
) -> Result<Vec<Mark>, Fault> {
    let (state, role) = of.map_or(("", ""), |(state, role)| (state.word(), role.word()));
    // From the very beginning: before the least key, or after the greatest.
    let (first_text, first_time, first_user) = if walk.descending {
        // The sign after `z`, the greatest that a name has.
        ("{", i64::MAX, [u8::MAX; 16])
    } else {
        ("", i64::MIN, [0; 16])
    };
    let user = walk.after.map_or(first_user, |mark| user_bytes(mark.user));
    let limit = i64::try_from(walk.limit).unwrap_or(i64::MAX);
    let mut statement = connection.prepare_cached(statement(walk, of.is_some()))?;
    let rows = match (walk.along, walk.after.map(|mark| &mark.key)) {
        (Along::Parts(beginning), key) => {
            let (first, end) = (beginning.first(), beginning.end());
            let within = |key: &&str| (first..=end.as_str()).contains(key);
            let key = match key {
                Some(MarkKey::Text(key)) => Some(key.as_str()).filter(within),
                Some(MarkKey::Time(_)) | None => None,
            };
            let from = if walk.descending { end.as_str() } else { first };
            let (key, user) = key.map_or((from, [0; 16]), |key| (key, user));
            let to = if walk.descending { first } else { end.as_str() };
            let parameters = params![state, role, key, user, limit, to];
            statement
                .query_map(parameters, |row| Ok(mark(row)))?
                .collect::<Result<Vec<_>, _>>()
        }
        (Along::Everyone(Sort::Name), key) => {
            let key = match key {
                Some(MarkKey::Text(key)) => key.as_str(),
                Some(MarkKey::Time(_)) | None => first_text,
            };
            let parameters = params![state, role, key, user, limit];
            statement
                .query_map(parameters, |row| Ok(mark(row)))?
                .collect()
        }
        (Along::Everyone(Sort::LastSignIn | Sort::Registered), key) => {
            let key = match key {
                Some(MarkKey::Time(key)) => *key,
                Some(MarkKey::Text(_)) | None => first_time,
            };
            let parameters = params![state, role, key, user, limit];
            statement
                .query_map(parameters, |row| Ok(mark(row)))?
                .collect()
        }
    };
    rows?.into_iter().collect()
}

fn mark(row: &Row) -> Result<Mark, Fault> {
    let key = match row.get_ref(1)? {
        ValueRef::Integer(time) => MarkKey::Time(time),
        ValueRef::Text(text) => MarkKey::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Null | ValueRef::Real(_) | ValueRef::Blob(_) => {
            return Err(Fault::Row("people are ordered by what is no order"));
        }
    };
    let user = user_of(row.get(0)?);
    Ok(Mark { key, user })
}

/// Each is written out: no statement is put together from pieces. `?1` is the state, `?2` the role,
/// `?3` and `?4` the place to go on from, `?5` how far at the most, `?6` where the parts end.
fn statement(walk: Walk, filtered: bool) -> &'static str {
    match (walk.along, walk.descending, filtered) {
        (Along::Everyone(Sort::Name), false, false) => {
            "SELECT id, canonical FROM users WHERE canonical > ?3 ORDER BY canonical LIMIT ?5"
        }
        (Along::Everyone(Sort::Name), true, false) => {
            "SELECT id, canonical FROM users WHERE canonical < ?3 ORDER BY canonical DESC LIMIT ?5"
        }
        (Along::Everyone(Sort::Name), false, true) => {
            "SELECT id, canonical FROM users WHERE state = ?1 AND role = ?2 AND canonical > ?3 \
             ORDER BY canonical LIMIT ?5"
        }
        (Along::Everyone(Sort::Name), true, true) => {
            "SELECT id, canonical FROM users WHERE state = ?1 AND role = ?2 AND canonical < ?3 \
             ORDER BY canonical DESC LIMIT ?5"
        }
        (Along::Everyone(Sort::LastSignIn), false, false) => {
            "SELECT id, last_sign_in FROM users WHERE (last_sign_in, id) > (?3, ?4) \
             ORDER BY last_sign_in, id LIMIT ?5"
        }
        (Along::Everyone(Sort::LastSignIn), true, false) => {
            "SELECT id, last_sign_in FROM users WHERE (last_sign_in, id) < (?3, ?4) \
             ORDER BY last_sign_in DESC, id DESC LIMIT ?5"
        }
        (Along::Everyone(Sort::LastSignIn), false, true) => {
            "SELECT id, last_sign_in FROM users WHERE state = ?1 AND role = ?2 \
             AND (last_sign_in, id) > (?3, ?4) ORDER BY last_sign_in, id LIMIT ?5"
        }
        (Along::Everyone(Sort::LastSignIn), true, true) => {
            "SELECT id, last_sign_in FROM users WHERE state = ?1 AND role = ?2 \
             AND (last_sign_in, id) < (?3, ?4) ORDER BY last_sign_in DESC, id DESC LIMIT ?5"
        }
        (Along::Everyone(Sort::Registered), false, false) => {
            "SELECT id, registered_at FROM users WHERE (registered_at, id) > (?3, ?4) \
             ORDER BY registered_at, id LIMIT ?5"
        }
        (Along::Everyone(Sort::Registered), true, false) => {
            "SELECT id, registered_at FROM users WHERE (registered_at, id) < (?3, ?4) \
             ORDER BY registered_at DESC, id DESC LIMIT ?5"
        }
        (Along::Everyone(Sort::Registered), false, true) => {
            "SELECT id, registered_at FROM users WHERE state = ?1 AND role = ?2 \
             AND (registered_at, id) > (?3, ?4) ORDER BY registered_at, id LIMIT ?5"
        }
        (Along::Everyone(Sort::Registered), true, true) => {
            "SELECT id, registered_at FROM users WHERE state = ?1 AND role = ?2 \
             AND (registered_at, id) < (?3, ?4) ORDER BY registered_at DESC, id DESC LIMIT ?5"
        }
        (Along::Parts(_), false, false) => {
            "SELECT user, part FROM name_parts WHERE (part, user) > (?3, ?4) AND part < ?6 \
             ORDER BY part, user LIMIT ?5"
        }
        (Along::Parts(_), true, false) => {
            "SELECT user, part FROM name_parts WHERE (part, user) < (?3, ?4) AND part >= ?6 \
             ORDER BY part DESC, user DESC LIMIT ?5"
        }
        (Along::Parts(_), false, true) => {
            "SELECT user, part FROM name_parts WHERE state = ?1 AND role = ?2 \
             AND (part, user) > (?3, ?4) AND part < ?6 ORDER BY part, user LIMIT ?5"
        }
        (Along::Parts(_), true, true) => {
            "SELECT user, part FROM name_parts WHERE state = ?1 AND role = ?2 \
             AND (part, user) < (?3, ?4) AND part >= ?6 ORDER BY part DESC, user DESC LIMIT ?5"
        }
    }
}

/// Whoever has tries against them since they were last right.
pub fn tried(connection: &Connection, limit: usize) -> Result<Vec<UserId>, Fault> {
    let sql = "SELECT id FROM users WHERE passwords_tried > 0 OR codes_in_all > 0 LIMIT ?1";
    let mut statement = connection.prepare_cached(sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let ids = statement.query_map([limit], |row| row.get(0).map(user_of))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// Whoever has this number.
pub fn with_number(
    connection: &Connection,
    number: &Blinded,
    limit: usize,
) -> Result<Vec<UserId>, Fault> {
    let sql = "SELECT id FROM users WHERE number = ?1 LIMIT ?2";
    let mut statement = connection.prepare_cached(sql)?;
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let ids = statement.query_map((number, limit), |row| row.get(0).map(user_of))?;
    Ok(ids.collect::<Result<_, _>>()?)
}

/// How many people wait for approval.
pub fn waiting(connection: &Connection) -> Result<u32, Fault> {
    let sql = "SELECT count(*) FROM users WHERE state = ?1";
    let mut statement = connection.prepare_cached(sql)?;
    Ok(statement.query_row([AccountState::Pending.word()], |row| row.get(0))?)
}
