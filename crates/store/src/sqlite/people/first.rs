//! The first set-up, and who may register after it.

use rusqlite::{Connection, Transaction};
use simgate_domain::{RegistrationMode, Role};

use super::super::fault::Fault;
use super::super::sign_in::{add_registered, forget_passwords};
use super::super::table::{meta, numbers, record, sessions, settings, users};
use super::may;
use crate::entry::Entry;
use crate::people::{Actor, FirstAdmin, SetupState};
use crate::store::NewUser;

/// The setting that says who may register.
const MODE: &str = "registration";

pub(super) fn state(connection: &Connection) -> Result<SetupState, Fault> {
    if let Some(at) = meta::set_up_at(connection)? {
        return Ok(SetupState::Finished { at });
    }
    Ok(if users::is_anybody(connection)? {
        SetupState::Begun
    } else {
        SetupState::Nobody
    })
}

pub(super) fn register(tx: &Transaction, new: &NewUser, entry: Entry) -> Result<FirstAdmin, Fault> {
    match state(tx)? {
        SetupState::Nobody => {}
        SetupState::Begun | SetupState::Finished { .. } => return Ok(FirstAdmin::NotFirst),
    }
    add_registered(tx, new, Role::Admin, entry.at)?;
    record::add(tx, entry)?;
    Ok(FirstAdmin::Done)
}

pub(super) fn withdraw(tx: &Transaction, entry: Entry) -> Result<bool, Fault> {
    let begun = state(tx)? == SetupState::Begun;
    if !begun || sessions::was_any_granted(tx)? {
        return Ok(false);
    }
    let Some(one) = users::only_one(tx)? else {
        return Ok(false);
    };
    forget_passwords(tx, one.row.user, one.row.name.clone())?;
    numbers::disown(tx, &one.number, one.row.user)?;
    users::remove(tx, one.row.user, &one.row.name)?;
    record::add(tx, entry)?;
    Ok(true)
}

pub(super) fn finish(tx: &Transaction, by: Actor, entry: Entry) -> Result<bool, Fault> {
    if meta::set_up_at(tx)?.is_some() || !may(tx, by, Role::Admin)? {
        return Ok(false);
    }
    meta::finish_set_up(tx, entry.at)?;
    record::add(tx, entry)?;
    Ok(true)
}

pub(super) fn registration_mode(connection: &Connection) -> Result<RegistrationMode, Fault> {
    if let Some(word) = settings::read(connection, MODE)? {
        let mode = word.parse();
        return mode.map_err(|_| Fault::Row("who may register is said in no known word"));
    }
    Ok(if meta::set_up_at(connection)?.is_some() {
        RegistrationMode::default()
    } else {
        // Until then it is the admin's machine alone.
        RegistrationMode::Closed
    })
}

pub(super) fn set_registration_mode(
    tx: &Transaction,
    mode: RegistrationMode,
    by: Actor,
    entry: Entry,
) -> Result<bool, Fault> {
    if !may(tx, by, Role::Admin)? {
        return Ok(false);
    }
    settings::write(tx, MODE, mode.word())?;
    record::add(tx, entry)?;
    Ok(true)
}
