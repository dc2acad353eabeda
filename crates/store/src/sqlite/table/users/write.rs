//! What is done to somebody by somebody else. Each of these makes the account's version grow.

use rusqlite::Transaction;
use simgate_domain::{AccountState, Channel, PhoneNumber, Role, Timestamp, UserId, Username};

use super::super::super::fault::Fault;
use super::super::meta::Blinded;
use super::super::{channel_word, name_parts, user_bytes};
use crate::people::{NewPerson, OneTimeHash};

/// Sets who may sign in, and as what. Where it is to end their session and their sign-in, it does.
pub fn set_standing(
    tx: &Transaction,
    (user, name): (UserId, &Username),
    state: AccountState,
    role: Role,
    ends: bool,
) -> Result<(), Fault> {
    let sql = "UPDATE users SET state = ?2, role = ?3, version = version + 1, \
               current_sign_in = CASE WHEN ?4 THEN NULL ELSE current_sign_in END WHERE id = ?1";
    tx.prepare_cached(sql)?
        .execute((user_bytes(user), state.word(), role.word(), ends))?;
    name_parts::set(tx, user, name, state, role)
}

/// Sets how codes are sent.
pub fn set_channel(tx: &Transaction, user: UserId, channel: Channel) -> Result<(), Fault> {
    let sql = "UPDATE users SET channel = ?2, version = version + 1 WHERE id = ?1";
    tx.prepare_cached(sql)?
        .execute((user_bytes(user), channel_word(channel)))?;
    Ok(())
}

/// Gives a one-time password, and ends the session and the sign-in under the old one.
pub fn set_one_time(tx: &Transaction, user: UserId, password: &OneTimeHash) -> Result<(), Fault> {
    let sql = "UPDATE users SET password_hash = ?2, one_time_until = ?3, current_sign_in = NULL, \
               version = version + 1 WHERE id = ?1";
    tx.prepare_cached(sql)?.execute((
        user_bytes(user),
        &password.hash,
        password.until.as_micros(),
    ))?;
    Ok(())
}

/// Sets a password that its person chose. Their session stays.
pub fn set_own_password(tx: &Transaction, user: UserId, hash: &str) -> Result<(), Fault> {
    let sql = "UPDATE users SET password_hash = ?2, one_time_until = NULL, version = version + 1 \
               WHERE id = ?1";
    tx.prepare_cached(sql)?.execute((user_bytes(user), hash))?;
    Ok(())
}

/// Sets the number, and ends the session and the sign-in under the old one.
pub fn set_number(
    tx: &Transaction,
    user: UserId,
    number: &PhoneNumber,
    blinded: &Blinded,
) -> Result<(), Fault> {
    let sql = "UPDATE users SET e164 = ?2, number = ?3, current_sign_in = NULL, \
               version = version + 1 WHERE id = ?1";
    tx.prepare_cached(sql)?
        .execute((user_bytes(user), number.e164(), blinded))?;
    Ok(())
}

/// Notes that something of an account was changed that stands elsewhere.
pub fn touch(tx: &Transaction, user: UserId) -> Result<(), Fault> {
    let sql = "UPDATE users SET version = version + 1 WHERE id = ?1";
    tx.prepare_cached(sql)?.execute([user_bytes(user)])?;
    Ok(())
}

/// Adds somebody who is active and did not register, with a one-time password or none.
pub fn add_active(
    tx: &Transaction,
    new: &NewPerson,
    number: &Blinded,
    password: Option<&OneTimeHash>,
    by: Option<UserId>,
    now: Timestamp,
) -> Result<(), Fault> {
    let sql = "INSERT INTO users (id, canonical, shown, skeleton, password_hash, one_time_until, \
               e164, number, channel, role, state, registered_at, came, added_by) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
    let came = if password.is_some() {
        "added"
    } else {
        "imported"
    };
    let state = AccountState::Active;
    tx.prepare_cached(sql)?.execute((
        user_bytes(new.user),
        new.name.canonical(),
        new.name.shown(),
        new.name.skeleton(),
        password.map(|password| &password.hash),
        password.map(|password| password.until.as_micros()),
        new.number.e164(),
        number,
        channel_word(new.channel),
        new.role.word(),
        state.word(),
        now.as_micros(),
        came,
        by.map(user_bytes),
    ))?;
    name_parts::add(tx, new.user, &new.name, state, new.role)
}

pub fn remove(tx: &Transaction, user: UserId, name: &Username) -> Result<(), Fault> {
    name_parts::remove(tx, user, name)?;
    let sql = "DELETE FROM users WHERE id = ?1";
    tx.prepare_cached(sql)?.execute([user_bytes(user)])?;
    Ok(())
}
