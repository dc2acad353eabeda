//! An admin who is let in again from outside.

use rusqlite::Transaction;
use simgate_domain::attempts::{CodeTries, Limits};
use simgate_domain::{AccountState, Role, UserId};

use super::super::fault::Fault;
use super::super::sign_in::forget_passwords;
use super::super::table::{record, users};
use super::row;
use crate::entry::Entry;
use crate::people::{OneTimeHash, PersonRow};

pub(super) fn recover(
    tx: &Transaction,
    user: UserId,
    password: &OneTimeHash,
    limits: Limits,
    entry: Entry,
) -> Result<Option<PersonRow>, Fault> {
    let Some(one) = users::one(tx, user)? else {
        return Ok(None);
    };
    let now = entry.at;
    let detail = format!("was {} {}", one.row.role, one.row.state);
    let entry = Entry {
        detail: entry.detail.or(Some(detail)),
        ..entry
    };
    record::add(tx, entry)?;
    let of = (user, &one.row.name);
    users::set_standing(tx, of, AccountState::Active, Role::Admin, true)?;
    forget_passwords(tx, user, one.row.name.clone())?;
    users::set_tries(tx, user, CodeTries::default())?;
    users::set_one_time(tx, user, password)?;
    Ok(Some(*row(tx, user, limits, now)?))
}
