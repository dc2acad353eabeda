//! Looking at people.

use std::collections::HashSet;

use rusqlite::Connection;
use simgate_domain::attempts::Limits;
use simgate_domain::{NameBeginning, Timestamp, UserId, Username};

use super::super::fault::Fault;
use super::super::table::users::{Along, One, Walk};
use super::super::table::{meta, numbers, record, sessions, users};
use crate::people::{Find, Mark, MarkKey, PeoplePage, PeopleQuery, PersonDetails, PersonRow, Sort};

/// People on a page at the most.
const LONGEST_PAGE: usize = 500;
/// People whom a search may find and still order by anything but their names.
const GATHERED: usize = 1000;

pub(super) fn page(
    connection: &Connection,
    query: &PeopleQuery,
    now: Timestamp,
) -> Result<PeoplePage, Fault> {
    if query.locked {
        return locked(connection, query, now);
    }
    match (&query.find, query.sort) {
        (Find::Everyone, _) => everyone(connection, query, now),
        (Find::Name(beginning), Sort::Name) => by_part(connection, query, beginning, now),
        (Find::Name(beginning), Sort::LastSignIn | Sort::Registered) => {
            match named(connection, query, beginning)? {
                Some(found) => gathered(connection, query, &found, now),
                None => by_part(connection, query, beginning, now),
            }
        }
        (Find::Number(number), _) => {
            let blinded = meta::blind_number(connection, number)?;
            let found = users::with_number(connection, &blinded, GATHERED)?;
            gathered(connection, query, &found, now)
        }
    }
}

fn everyone(
    connection: &Connection,
    query: &PeopleQuery,
    now: Timestamp,
) -> Result<PeoplePage, Fault> {
    let limit = limit(query);
    let walk = Walk {
        along: Along::Everyone(query.sort),
        descending: query.descending,
        after: query.after.as_ref(),
        limit: limit + 1,
    };
    let mut found = users::walk(connection, walk, query.state, query.role)?;
    let more = found.len() > limit;
    found.truncate(limit);
    let last = found.last().map(|(mark, _)| mark.clone());
    let people = found
        .into_iter()
        .map(|(_, one)| with_locks(one, query.limits, now))
        .collect();
    Ok(PeoplePage {
        people,
        next: last.filter(|_| more),
        sort: query.sort,
    })
}

/// Whoever is locked. Who has tries enough for it is found along an index; whether the lock still
/// holds, and whether they are wanted otherwise, is seen of each.
fn locked(
    connection: &Connection,
    query: &PeopleQuery,
    now: Timestamp,
) -> Result<PeoplePage, Fault> {
    let along = Along::Tried(query.sort, query.limits);
    let wanted = |_: &Mark, row: &PersonRow| Ok(is_wanted(query, row));
    picked(connection, query, (along, query.sort), wanted, now)
}

/// Whoever has a part that begins so, in the order of those parts. Who has several is found at the
/// first of them.
fn by_part(
    connection: &Connection,
    query: &PeopleQuery,
    beginning: &NameBeginning,
    now: Timestamp,
) -> Result<PeoplePage, Fault> {
    let at_first = |mark: &Mark, row: &PersonRow| match &mark.key {
        MarkKey::Text(part) => Ok(beginning.finds_first(part, &row.name)),
        MarkKey::Time(_) => Err(Fault::Row("people are ordered by what is no order")),
    };
    let along = (Along::Parts(beginning), Sort::Name);
    picked(connection, query, along, at_first, now)
}

/// A page of those on a way who are wanted; the way is walked until it is full.
fn picked(
    connection: &Connection,
    query: &PeopleQuery,
    (along, sort): (Along, Sort),
    is_wanted: impl Fn(&Mark, &PersonRow) -> Result<bool, Fault>,
    now: Timestamp,
) -> Result<PeoplePage, Fault> {
    let limit = limit(query);
    let mut people = Vec::new();
    let mut last = query.after.clone();
    let mut shown = None;
    loop {
        let walk = Walk {
            along,
            descending: query.descending,
            after: last.as_ref(),
            limit: limit + 1,
        };
        let found = users::walk(connection, walk, query.state, query.role)?;
        let ended = found.len() <= limit;
        last = found.last().map(|(mark, _)| mark.clone()).or(last);
        for (mark, one) in found {
            let row = with_locks(one, query.limits, now);
            if is_wanted(&mark, &row)? {
                if people.len() == limit {
                    return Ok(PeoplePage {
                        people,
                        next: shown,
                        sort,
                    });
                }
                people.push(row);
                shown = Some(mark);
            }
        }
        if ended {
            return Ok(PeoplePage {
                people,
                next: None,
                sort,
            });
        }
    }
}

/// Whoever has a part that begins so, unless they are too many.
fn named(
    connection: &Connection,
    query: &PeopleQuery,
    beginning: &NameBeginning,
) -> Result<Option<Vec<UserId>>, Fault> {
    let found = users::with_part(connection, beginning, query.state, query.role, GATHERED + 1)?;
    if found.len() > GATHERED {
        return Ok(None);
    }
    let mut seen = HashSet::new();
    let once = found.into_iter().filter(|user| seen.insert(*user));
    Ok(Some(once.collect()))
}

/// A page of a few people, all of whom are looked at.
fn gathered(
    connection: &Connection,
    query: &PeopleQuery,
    found: &[UserId],
    now: Timestamp,
) -> Result<PeoplePage, Fault> {
    let all = users::ones(connection, found)?.into_iter();
    let rows = all.map(|one| with_locks(one, query.limits, now));
    let wanted = rows.filter(|row| is_wanted(query, row));
    let mut wanted: Vec<_> = wanted
        .map(|row| (users::place(&row, query.sort), row))
        .collect();
    let order = |one: &Mark, other: &Mark| users::order(one, other, query.descending);
    wanted.sort_by(|(one, _), (other, _)| order(one, other));
    if let Some(after) = &query.after {
        wanted.retain(|(mark, _)| order(after, mark).is_lt());
    }
    let limit = limit(query);
    let next = (wanted.len() > limit).then(|| wanted[limit - 1].0.clone());
    wanted.truncate(limit);
    Ok(PeoplePage {
        people: wanted.into_iter().map(|(_, row)| row).collect(),
        next,
        sort: query.sort,
    })
}

fn is_wanted(query: &PeopleQuery, row: &PersonRow) -> bool {
    let found = match &query.find {
        Find::Everyone => true,
        Find::Name(beginning) => beginning.finds(&row.name),
        Find::Number(number) => *number == row.number,
    };
    found
        && (!query.locked || row.locked)
        && query.state.is_none_or(|state| state == row.state)
        && query.role.is_none_or(|role| role == row.role)
}

fn limit(query: &PeopleQuery) -> usize {
    query.limit.clamp(1, LONGEST_PAGE)
}

/// The row, with whether the person is locked.
pub(super) fn with_locks(one: One, limits: Limits, now: Timestamp) -> PersonRow {
    let by_passwords = one.passwords.reserve(limits, now).is_err();
    let locked = by_passwords || one.tries.open(limits, now).is_err();
    PersonRow { locked, ..one.row }
}

/// The person of this name.
pub(super) fn by_name(
    connection: &Connection,
    name: &Username,
    limits: Limits,
    now: Timestamp,
) -> Result<Option<PersonRow>, Fault> {
    let one = users::named(connection, name)?;
    Ok(one.map(|one| with_locks(one, limits, now)))
}

pub(super) fn details(
    connection: &Connection,
    user: UserId,
    limits: Limits,
    now: Timestamp,
) -> Result<Option<PersonDetails>, Fault> {
    let Some(one) = users::one(connection, user)? else {
        return Ok(None);
    };
    let number = numbers::read(connection, &one.number)?;
    let since = sessions::last(connection, user)?.map_or(0, |(seq, _)| seq);
    let codes_closed = one.tries.open(limits, now).err();
    let password_lock = one.passwords.reserve(limits, now).err();
    Ok(Some(PersonDetails {
        password_lock,
        codes_closed,
        number_seen: number.first_seen,
        number_verified: number.verified_at,
        latest_now: meta::latest_now(connection)?.max(now),
        came: users::came(connection, user)?,
        failed_passwords: record::failed_passwords(connection, user, since)?.count,
        failed_codes: record::failed_codes(connection, user, since)?.count,
        last_admin: is_last_admin(connection, &one.row)?,
        row: PersonRow {
            locked: password_lock.is_some() || codes_closed.is_some(),
            ..one.row
        },
    }))
}

/// Whether this is the last admin who is active and has a password of their own.
pub(super) fn is_last_admin(connection: &Connection, row: &PersonRow) -> Result<bool, Fault> {
    use crate::people::PasswordKind;
    use simgate_domain::{AccountState, Role};

    let counts = row.role == Role::Admin
        && row.state == AccountState::Active
        && row.password == PasswordKind::Own;
    Ok(counts && !users::is_other_admin(connection, row.user)?)
}
