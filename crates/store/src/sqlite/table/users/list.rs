//! Lists of people: each page is a walk along one index, or along one for each state and role.

use rusqlite::{Connection, params};
use simgate_domain::attempts::Limits;
use simgate_domain::{AccountState, NameBeginning, Role, Timestamp, UserId};

use super::super::super::fault::Fault;
use super::super::in_order::InOrder;
use super::super::meta::Blinded;
use super::super::{user_bytes, user_of};
use super::one::{One, from_row, select};
use crate::people::{Mark, MarkKey, PersonRow, Sort};

/// Everyone along an index: who of them, and in which order.
macro_rules! along {
    ($where:literal) => {
        select!(" FROM users WHERE ", $where, " LIMIT ?5")
    };
}

/// The same along the parts of their names. A part that is nobody's is a person who cannot be read, and
/// not passed over.
macro_rules! along_parts {
    ($where:literal) => {
        select!(
            ", part FROM name_parts LEFT JOIN users ON users.id = user WHERE ",
            $where,
            " LIMIT ?5"
        )
    };
}

/// Whoever reached a limit of tries, along an index that holds nobody but who was tried. SQLite is told
/// which: it cannot know how few they are.
macro_rules! along_tried {
    ($index:literal, $where:literal) => {
        select!(
            " FROM users INDEXED BY ",
            $index,
            " WHERE (passwords_tried > 0 OR codes_in_all > 0) \
             AND (passwords_tried >= ?6 OR codes_in_a_row >= ?7 OR codes_in_all >= ?8) AND ",
            $where,
            " LIMIT ?5"
        )
    };
}

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
    /// Whoever has as many tries against them as lock, in one of the same orders. Whether the lock still
    /// holds is not looked at here.
    Tried(Sort, Limits),
    /// The parts of their names that begin so.
    Parts(&'a NameBeginning),
}

/// The people on the way, each with their place on it. Where only one of a state and a role is given,
/// each combination with it is walked through by itself.
pub fn walk(
    connection: &Connection,
    walk: Walk,
    state: Option<AccountState>,
    role: Option<Role>,
) -> Result<Vec<(Mark, One)>, Fault> {
    let combinations = match walk.along {
        // They are few: who is wanted of them is seen of each.
        Along::Tried(..) => vec![None],
        Along::Everyone(_) | Along::Parts(_) => combinations(state, role),
    };
    let several = combinations.len() > 1;
    let mut found = Vec::new();
    for of in combinations {
        found.append(&mut one_walk(connection, walk, of)?);
    }
    if several {
        found.sort_by(|(one, _), (other, _)| order(one, other, walk.descending));
        found.truncate(walk.limit);
    }
    Ok(found)
}

/// What is walked through by itself: all there is, or each state with each role.
fn combinations(
    state: Option<AccountState>,
    role: Option<Role>,
) -> Vec<Option<(AccountState, Role)>> {
    if state.is_none() && role.is_none() {
        return vec![None];
    }
    let states = state.map_or(AccountState::ALL.to_vec(), |state| vec![state]);
    let roles = role.map_or(Role::ALL.to_vec(), |role| vec![role]);
    let of = |state| roles.iter().map(move |role| Some((state, *role)));
    states.into_iter().flat_map(of).collect()
}

fn words(of: Option<(AccountState, Role)>) -> (&'static str, &'static str) {
    of.map_or(("", ""), |(state, role)| (state.word(), role.word()))
}

/// Which of two places comes first.
pub fn order(one: &Mark, other: &Mark, descending: bool) -> std::cmp::Ordering {
    let users = || user_bytes(one.user).cmp(&user_bytes(other.user));
    let ascending = one.key.cmp(&other.key).then_with(users);
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
) -> Result<Vec<(Mark, One)>, Fault> {
    let (state, role) = words(of);
    // From the very beginning: before the least key, or after the greatest.
    let (first_text, first_time, first_user) = if walk.descending {
        // The sign after `z`, the greatest that a name has.
        ("{", i64::MAX, [u8::MAX; 16])
    } else {
        ("", i64::MIN, [0; 16])
    };
    let user = walk.after.map_or(first_user, |mark| user_bytes(mark.user));
    let limit = i64::try_from(walk.limit).unwrap_or(i64::MAX);
    let mut statement =
        connection.prepare_cached(statement(walk.along, walk.descending, of.is_some()))?;
    let mut rows = match (walk.along, walk.after.map(|mark| &mark.key)) {
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
            statement.query(params![state, role, key, user, limit, to])?
        }
        (Along::Everyone(Sort::Name), key) => {
            let key = text_of(key, first_text);
            statement.query(params![state, role, key, user, limit])?
        }
        (Along::Everyone(Sort::LastSignIn | Sort::Registered), key) => {
            let key = time_of(key, first_time);
            statement.query(params![state, role, key, user, limit])?
        }
        (Along::Tried(Sort::Name, most), key) => {
            let key = text_of(key, first_text);
            let (passwords, in_a_row, in_all) = counts(most);
            let values = params![state, role, key, user, limit, passwords, in_a_row, in_all];
            statement.query(values)?
        }
        (Along::Tried(Sort::LastSignIn | Sort::Registered, most), key) => {
            let key = time_of(key, first_time);
            let (passwords, in_a_row, in_all) = counts(most);
            let values = params![state, role, key, user, limit, passwords, in_a_row, in_all];
            statement.query(values)?
        }
    };
    let mut found = Vec::with_capacity(walk.limit);
    while let Some(row) = rows.next()? {
        let mut row = InOrder::of(row);
        let one = from_row(&mut row)?;
        let mark = match walk.along {
            Along::Everyone(sort) | Along::Tried(sort, _) => place(&one.row, sort),
            Along::Parts(_) => Mark {
                key: MarkKey::Text(row.take()?),
                user: one.row.user,
            },
        };
        found.push((mark, one));
    }
    Ok(found)
}

/// The place to go on from, where it is one of a name.
fn text_of<'a>(key: Option<&'a MarkKey>, first: &'a str) -> &'a str {
    match key {
        Some(MarkKey::Text(key)) => key,
        Some(MarkKey::Time(_)) | None => first,
    }
}

/// The place to go on from, where it is one of a time.
fn time_of(key: Option<&MarkKey>, first: i64) -> i64 {
    match key {
        Some(MarkKey::Time(key)) => *key,
        Some(MarkKey::Text(_)) | None => first,
    }
}

/// How many tries lock: of passwords, of codes in a row, of codes in all.
fn counts(limits: Limits) -> (u32, u32, u32) {
    (limits.passwords, limits.codes_in_a_row, limits.codes_in_all)
}

/// Where a person stands in the list of everyone.
pub fn place(row: &PersonRow, sort: Sort) -> Mark {
    let time = |at: Option<Timestamp>| MarkKey::Time(at.map_or(0, Timestamp::as_micros));
    let key = match sort {
        Sort::Name => MarkKey::Text(row.name.canonical().to_owned()),
        Sort::LastSignIn => time(row.last_sign_in),
        Sort::Registered => time(Some(row.registered_at)),
    };
    Mark {
        key,
        user: row.user,
    }
}

/// Each is written out: no statement is put together while the program runs. `?1` is the state, `?2` the
/// role, `?3` and `?4` the place to go on from, `?5` how far at the most, `?6` where the parts end, or
/// `?6`, `?7` and `?8` the tries that lock.
pub fn statement(along: Along, descending: bool, filtered: bool) -> &'static str {
    match (along, descending, filtered) {
        (Along::Everyone(Sort::Name), false, false) => {
            along!("canonical > ?3 ORDER BY canonical")
        }
        (Along::Everyone(Sort::Name), true, false) => {
            along!("canonical < ?3 ORDER BY canonical DESC")
        }
        (Along::Everyone(Sort::Name), false, true) => {
            along!("state = ?1 AND role = ?2 AND canonical > ?3 ORDER BY canonical")
        }
        (Along::Everyone(Sort::Name), true, true) => {
            along!("state = ?1 AND role = ?2 AND canonical < ?3 ORDER BY canonical DESC")
        }
        (Along::Everyone(Sort::LastSignIn), false, false) => {
            along!("(last_sign_in, id) > (?3, ?4) ORDER BY last_sign_in, id")
        }
        (Along::Everyone(Sort::LastSignIn), true, false) => {
            along!("(last_sign_in, id) < (?3, ?4) ORDER BY last_sign_in DESC, id DESC")
        }
        (Along::Everyone(Sort::LastSignIn), false, true) => {
            along!(
                "state = ?1 AND role = ?2 AND (last_sign_in, id) > (?3, ?4) \
                 ORDER BY last_sign_in, id"
            )
        }
        (Along::Everyone(Sort::LastSignIn), true, true) => {
            along!(
                "state = ?1 AND role = ?2 AND (last_sign_in, id) < (?3, ?4) \
                 ORDER BY last_sign_in DESC, id DESC"
            )
        }
        (Along::Everyone(Sort::Registered), false, false) => {
            along!("(registered_at, id) > (?3, ?4) ORDER BY registered_at, id")
        }
        (Along::Everyone(Sort::Registered), true, false) => {
            along!("(registered_at, id) < (?3, ?4) ORDER BY registered_at DESC, id DESC")
        }
        (Along::Everyone(Sort::Registered), false, true) => {
            along!(
                "state = ?1 AND role = ?2 AND (registered_at, id) > (?3, ?4) \
                 ORDER BY registered_at, id"
            )
        }
        (Along::Everyone(Sort::Registered), true, true) => {
            along!(
                "state = ?1 AND role = ?2 AND (registered_at, id) < (?3, ?4) \
                 ORDER BY registered_at DESC, id DESC"
            )
        }
        (Along::Tried(Sort::Name, _), false, _) => {
            along_tried!("users_tried_name", "canonical > ?3 ORDER BY canonical")
        }
        (Along::Tried(Sort::Name, _), true, _) => {
            along_tried!("users_tried_name", "canonical < ?3 ORDER BY canonical DESC")
        }
        (Along::Tried(Sort::LastSignIn, _), false, _) => {
            along_tried!(
                "users_tried_last_sign_in",
                "(last_sign_in, id) > (?3, ?4) ORDER BY last_sign_in, id"
            )
        }
        (Along::Tried(Sort::LastSignIn, _), true, _) => {
            along_tried!(
                "users_tried_last_sign_in",
                "(last_sign_in, id) < (?3, ?4) ORDER BY last_sign_in DESC, id DESC"
            )
        }
        (Along::Tried(Sort::Registered, _), false, _) => {
            along_tried!(
                "users_tried_registered",
                "(registered_at, id) > (?3, ?4) ORDER BY registered_at, id"
            )
        }
        (Along::Tried(Sort::Registered, _), true, _) => {
            along_tried!(
                "users_tried_registered",
                "(registered_at, id) < (?3, ?4) ORDER BY registered_at DESC, id DESC"
            )
        }
        (Along::Parts(_), false, false) => {
            along_parts!("(part, user) > (?3, ?4) AND part < ?6 ORDER BY part, user")
        }
        (Along::Parts(_), true, false) => {
            along_parts!("(part, user) < (?3, ?4) AND part >= ?6 ORDER BY part DESC, user DESC")
        }
        (Along::Parts(_), false, true) => {
            along_parts!(
                "name_parts.state = ?1 AND name_parts.role = ?2 \
                 AND (part, user) > (?3, ?4) AND part < ?6 \
                 ORDER BY part, user"
            )
        }
        (Along::Parts(_), true, true) => {
            along_parts!(
                "name_parts.state = ?1 AND name_parts.role = ?2 \
                 AND (part, user) < (?3, ?4) AND part >= ?6 \
                 ORDER BY part DESC, user DESC"
            )
        }
    }
}

/// Whoever has a part of their name that begins so, once for each such part, in no order.
pub fn with_part(
    connection: &Connection,
    beginning: &NameBeginning,
    state: Option<AccountState>,
    role: Option<Role>,
    limit: usize,
) -> Result<Vec<UserId>, Fault> {
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let (first, end) = (beginning.first(), beginning.end());
    let mut found = Vec::new();
    for of in combinations(state, role) {
        let sql = match of {
            None => "SELECT user FROM name_parts WHERE part >= ?3 AND part < ?4 LIMIT ?5",
            Some(_) => {
                "SELECT user FROM name_parts WHERE state = ?1 AND role = ?2 \
                 AND part >= ?3 AND part < ?4 LIMIT ?5"
            }
        };
        let (state, role) = words(of);
        let mut statement = connection.prepare_cached(sql)?;
        let values = params![state, role, first, end, limit];
        for user in statement.query_map(values, |row| row.get(0).map(user_of))? {
            found.push(user?);
        }
    }
    Ok(found)
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
