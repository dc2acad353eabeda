//! People whom an admin adds, one by one or many at once.

use std::collections::HashSet;

use rusqlite::{Connection, Transaction};
use simgate_domain::attempts::Limits;
use simgate_domain::{PhoneNumber, Role, Username};
use simgate_record::Progress;

use super::super::fault::Fault;
use super::super::table::{meta, name_tries, numbers, record, users};
use super::{may, row};
use crate::entry::Entry;
use crate::people::{Actor, Added, Imported, NewPerson, OneTimeHash, Taken};
use crate::store::NameTried;

pub(super) fn add(
    tx: &Transaction,
    new: &NewPerson,
    password: &OneTimeHash,
    by: Actor,
    limits: Limits,
    entry: Entry,
) -> Result<Added, Fault> {
    if !may(tx, by, Role::Admin)? {
        return Ok(Added::NotAllowed);
    }
    if let Some(taken) = collision(tx, &new.name, &new.number)? {
        return Ok(Added::Taken(taken));
    }
    put(tx, new, Some(password), by, &entry)?;
    let at = entry.at;
    record::add(tx, entry)?;
    Ok(Added::Done(row(tx, new.user, limits, at)?))
}

pub(super) fn taken(
    connection: &Connection,
    names: &[(Username, PhoneNumber)],
) -> Result<Vec<(usize, Taken)>, Fault> {
    let mut found = Vec::new();
    for (place, (name, number)) in names.iter().enumerate() {
        if let Some(taken) = collision(connection, name, number)? {
            found.push((place, taken));
        }
    }
    Ok(found)
}

pub(super) fn import(
    tx: &Transaction,
    people: &[NewPerson],
    by: Actor,
    entry: Entry,
    progress: &Progress,
) -> Result<Imported, Fault> {
    if !may(tx, by, Role::Admin)? {
        return Ok(Imported::NotAllowed);
    }
    // Each is looked at, and then added.
    let count = u64::try_from(people.len()).unwrap_or(u64::MAX);
    progress.begin(count.saturating_mul(2));
    let found = collisions(tx, people, progress)?;
    if !found.is_empty() {
        return Ok(Imported::Taken(found));
    }
    for new in people {
        step(progress)?;
        put(tx, new, None, by, &entry)?;
    }
    record::add(tx, entry)?;
    Ok(Imported::Done)
}

/// What collides with somebody who is there, or with somebody who stands before.
fn collisions(
    tx: &Transaction,
    people: &[NewPerson],
    progress: &Progress,
) -> Result<Vec<(usize, Taken)>, Fault> {
    let mut looks = HashSet::new();
    let mut e164s = HashSet::new();
    let mut found = Vec::new();
    for (place, new) in people.iter().enumerate() {
        step(progress)?;
        let before = match (
            looks.insert(new.name.skeleton()),
            e164s.insert(new.number.e164()),
        ) {
            (false, _) => Some(Taken::LookAlike),
            (true, false) => Some(Taken::Number),
            (true, true) => None,
        };
        let taken = match before {
            Some(taken) => Some(taken),
            None => collision(tx, &new.name, &new.number)?,
        };
        found.extend(taken.map(|taken| (place, taken)));
    }
    Ok(found)
}

/// One more. Where somebody wishes that it stop, the transaction is given up.
fn step(progress: &Progress) -> Result<(), Fault> {
    if progress.is_canceled() {
        return Err(Fault::Call("an import was stopped"));
    }
    progress.step(1);
    Ok(())
}

fn collision(
    connection: &Connection,
    name: &Username,
    number: &PhoneNumber,
) -> Result<Option<Taken>, Fault> {
    if users::has_name(connection, name)? {
        return Ok(Some(Taken::Name));
    }
    if users::is_taken(connection, name)? {
        return Ok(Some(Taken::LookAlike));
    }
    let number = meta::blind_number(connection, number)?;
    let has = users::has_number(connection, &number, None)?;
    Ok(has.then_some(Taken::Number))
}

fn put(
    tx: &Transaction,
    new: &NewPerson,
    password: Option<&OneTimeHash>,
    by: Actor,
    entry: &Entry,
) -> Result<(), Fault> {
    let number = meta::blind_number(tx, &new.number)?;
    numbers::see(tx, &number, entry.at)?;
    users::add_active(tx, new, &number, password, by.user(), entry.at)?;
    // Tries against a name that was nobody's say nothing of the person who has it now.
    let name = NameTried::Name(new.name.clone());
    name_tries::forget(tx, &meta::blind_name(tx, &name)?)
}
